using System.Collections.Immutable;
using System.IO.Compression;
using Celadon.Text;

namespace Celadon.Store.Import.Reading;

/// <summary>
/// Opens a zip of files into the files themselves, in memory and within bounds: each member becomes a file of
/// the import with evidence of its own. A path in a zip is only a name; nothing is ever written under it.
/// </summary>
internal static class ZipFiles
{
    private const int LinkMode = 0xA000, KindMask = 0xF000;

    /// <summary>
    /// The files with what every zip among them holds, in order; a zip stands before its members. What was
    /// refused is a finding; the rest can be loaded without it.
    /// </summary>
    public static ImmutableArray<SourceFile> Open(
        IReadOnlyList<SourceFile> files, ReadLimits limits, List<Finding> findings)
    {
        var opened = ImmutableArray.CreateBuilder<SourceFile>(files.Count);
        foreach (var file in files)
        {
            opened.Add(file);
            if (!IsZipOfFiles(file, limits)) continue;
            try
            {
                var members = Members(file, limits, findings);
                findings.Add(Finding.Of("import.zip.opened", Severity.Info, new Place(file.Name),
                    ("count", members.Count),
                    ("names", string.Join(", ", members.Take(12).Select(m => m.Name))
                        + (members.Count > 12 ? ", …" : ""))));
                opened.AddRange(members);
            }
            catch (RefusedException refused)
            {
                findings.Add(refused.Finding);
            }
        }
        return opened.ToImmutable();
    }

    /// <summary>True for a whole zip that is not the wrapping of one document (XLSX, DOCX, ODS).</summary>
    public static bool IsZipOfFiles(SourceFile file, ReadLimits limits) =>
        file.Bytes.Span.StartsWith("PK"u8)
        && ZipDirectory.Read(file.Bytes.Span, limits.ZipEntries).Directory is { } directory
        && !IsDocument(directory);

    /// <summary>True when the zip is how one document is stored.</summary>
    public static bool IsDocument(ZipDirectory directory) => directory.Has("[Content_Types].xml")
        || directory.Has("xl/workbook.xml") || directory.Has("mimetype");

    private static List<SourceFile> Members(SourceFile zip, ReadLimits limits, List<Finding> findings)
    {
        using var parts = PackedParts.Open(zip, limits);
        var members = new List<SourceFile>();
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { zip.Name };
        var left = limits.ZipBytes;
        foreach (var entry in parts.Entries)
        {
            var path = entry.FullName.Replace('\\', '/');
            if (path.EndsWith('/') || IsLitter(path)) continue;
            if (Refusal(entry, path) is { } code)
            {
                findings.Add(Finding.Of(code, Severity.Error, new Place(zip.Name), ("entry", Shown(path))));
                continue;
            }
            if (members.Count == limits.ZipFiles)
                throw Refuse(zip, "import.zip.entries", ("count", parts.Entries.Count));
            var bytes = Bytes(parts, entry, Math.Min(left, limits.FileBytes), zip);
            left -= bytes.Length;
            if (IsZipOfFiles(new SourceFile(path, bytes), limits))
                findings.Add(Finding.Of("import.zip.nested", Severity.Error, new Place(zip.Name),
                    ("entry", Shown(path))));
            else members.Add(new SourceFile(Name(path, taken), bytes));
        }
        return members;
    }

    private static byte[] Bytes(PackedParts parts, ZipArchiveEntry entry, long most, SourceFile zip)
    {
        using var stream = parts.Open(entry, most);
        using var memory = new MemoryStream();
        try
        {
            stream.CopyTo(memory);
        }
        catch (InvalidDataException)
        {
            throw Refuse(zip, "import.zip.damaged");
        }
        return memory.ToArray();
    }

    /// <summary>What forbids a member, or null.</summary>
    private static string? Refusal(ZipArchiveEntry entry, string path)
    {
        if (((entry.ExternalAttributes >> 16) & KindMask) == LinkMode) return "import.zip.link";
        if (entry.IsEncrypted) return "import.zip.encrypted";
        var parts = path.Split('/');
        return path.StartsWith('/') || path.Contains(':', StringComparison.Ordinal)
            || Array.Exists(parts, p => p is "." or ".." || p.Trim().Length == 0)
            || path.Any(char.IsControl) ? "import.zip.path" : null;
    }

    /// <summary>What systems leave in zips: no file anybody meant to send.</summary>
    private static bool IsLitter(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        return path.StartsWith("__MACOSX/", StringComparison.Ordinal)
            || name.StartsWith("~$", StringComparison.Ordinal)
            || name is ".DS_Store" or "Thumbs.db" or "desktop.ini";
    }

    /// <summary>The last part of the path; the folder tells two of one name apart.</summary>
    private static string Name(string path, HashSet<string> taken)
    {
        var parts = path.Split('/');
        var name = parts[^1];
        for (var i = parts.Length - 2; i >= 0 && taken.Contains(name); i--) name = $"{parts[i]} {name}";
        for (var n = 2; !taken.Add(name); n++) name = $"{n} {parts[^1]}";
        return name;
    }

    /// <summary>A path as it can be shown: no control characters, no more than a line.</summary>
    private static string Shown(string path)
    {
        var shown = new string([.. path.Select(c => char.IsControl(c) ? '�' : c)]);
        return shown.Length <= 120 ? shown : shown[..120] + "…";
    }

    private static RefusedException Refuse(SourceFile zip, string code, params (string, object)[] args) =>
        new(Finding.Of(code, Severity.Error, new Place(zip.Name), args));
}
