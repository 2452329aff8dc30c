using System.Collections.Immutable;
using System.Security.Cryptography;
using Celadon.Store.Import.Reading;
using Celadon.Text;

namespace Celadon.Store.Import.Lci.Shared;

/// <summary>
/// A received database as its files: a zip unpacked within bounds, a folder, or one file. Parts can be opened
/// from several threads; they are in order of name whatever order they were packed in.
/// </summary>
public sealed class LciPackage : IDisposable
{
    private readonly PackedParts? _zip;
    private readonly Lock _reading = new();

    private LciPackage(PackedParts? zip) => _zip = zip;

    /// <summary>
    /// Bounds of a package: room for the largest databases, of which each dataset is a file.
    /// </summary>
    public static ReadLimits Bounds { get; } = new()
    {
        FileBytes = 1L << 30,
        ZipEntries = 500_000,
        ZipFiles = 500_000,
        ZipBytes = 8L << 30,
        EntryBytes = 256L << 20,
    };

    /// <summary>The files, in order of name.</summary>
    public ImmutableArray<LciPart> Parts { get; private set; } = [];

    /// <summary>SHA-256 of the file, lower-case hex; null for a folder.</summary>
    public string? Sha256 { get; private init; }

    /// <summary>Opens a file or folder.</summary>
    /// <exception cref="RefusedException">It is not there, or beyond the bounds.</exception>
    public static LciPackage Open(string path, ReadLimits? limits = null)
    {
        var bounds = limits ?? Bounds;
        if (Directory.Exists(path)) return new LciPackage(null) { Parts = Folder(path, bounds) };
        var file = new FileInfo(path);
        if (!file.Exists) throw RefusedException.Of("file.missing", ("file", path));
        if (file.Length > bounds.FileBytes) throw TooLarge(file.Name, file.Name, bounds.FileBytes);
        return Of(file.Name, File.ReadAllBytes(path), bounds);
    }

    /// <summary>A file that was received, by its bytes.</summary>
    /// <exception cref="RefusedException">It is beyond the bounds.</exception>
    public static LciPackage Of(string name, byte[] bytes, ReadLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        var bounds = limits ?? Bounds;
        if (bytes.Length > bounds.FileBytes) throw TooLarge(name, name, bounds.FileBytes);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        return bytes.AsSpan().StartsWith("PK"u8) ? Zip(new SourceFile(name, bytes), sha256, bounds)
            : new LciPackage(null) { Parts = [LciPart.Of(name, bytes)], Sha256 = sha256 };
    }

    /// <inheritdoc/>
    public void Dispose() => _zip?.Dispose();

    private static LciPackage Zip(SourceFile file, string sha256, ReadLimits limits)
    {
        var zip = PackedParts.Open(file, limits);
        try
        {
            var entries = zip.Entries.Where(e => !e.FullName.EndsWith('/')).ToList();
            if (entries.Exists(e => e.FullName.Equals("xl/workbook.xml", StringComparison.OrdinalIgnoreCase)))
                return Whole(zip, file, sha256);
            // What entries claim; each is counted again while it unpacks.
            if (entries.Sum(e => Math.Min(e.Length, limits.ZipBytes)) > limits.ZipBytes)
                throw TooLarge(file.Name, file.Name, limits.ZipBytes);
            var package = new LciPackage(zip) { Sha256 = sha256 };
            package.Parts = [.. entries
                .Select(e => new LciPart(e.FullName.Replace('\\', '/'), () => package.Unpacked(() =>
                    zip.Open(e, limits.EntryBytes))))
                .OrderBy(p => p.Name, StringComparer.Ordinal)];
            return package;
        }
        catch
        {
            zip.Dispose();
            throw;
        }
    }

    /// <summary>A workbook is a zip, but one part.</summary>
    private static LciPackage Whole(PackedParts zip, SourceFile file, string sha256)
    {
        zip.Dispose();
        return new LciPackage(null) { Parts = [new LciPart(file.Name, () =>
            new MemoryStream(file.Bytes.ToArray(), writable: false))], Sha256 = sha256 };
    }

    /// <summary>The bytes of an entry: one archive unpacks one entry at a time.</summary>
    private MemoryStream Unpacked(Func<Stream> open)
    {
        lock (_reading)
        {
            using var from = open();
            var bytes = new MemoryStream();
            from.CopyTo(bytes);
            bytes.Position = 0;
            return bytes;
        }
    }

    private static ImmutableArray<LciPart> Folder(string path, ReadLimits limits)
    {
        // A link may lead out of the folder or round in it, and a file that cannot be read would be missing
        // unnoticed: neither is passed over.
        var all = new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = false };
        var (files, open) = (new List<FileInfo>(), new Stack<DirectoryInfo>([new DirectoryInfo(path)]));
        while (open.TryPop(out var folder) && files.Count <= limits.ZipEntries)
            foreach (var found in folder.EnumerateFileSystemInfos("*", all).Take(limits.ZipEntries + 1))
                if (found.Attributes.HasFlag(FileAttributes.ReparsePoint))
                    throw new RefusedException(Finding.Of("lci.folderLink", Severity.Error, new Place(
                        Path.GetRelativePath(path, found.FullName).Replace('\\', '/'))));
                else if (found is DirectoryInfo below) open.Push(below);
                else files.Add((FileInfo)found);
        if (files.Count > limits.ZipEntries)
            throw RefusedException.Of("import.zip.entries", ("count", files.Count));
        if (files.Find(f => f.Length > limits.EntryBytes) is { } large)
            throw TooLarge(path, large.Name, limits.EntryBytes);
        if (files.Sum(f => f.Length) > limits.ZipBytes) throw TooLarge(path, path, limits.ZipBytes);
        return [.. files.Select(f => new LciPart(Path.GetRelativePath(path, f.FullName).Replace('\\', '/'),
            f.OpenRead)).OrderBy(p => p.Name, StringComparer.Ordinal)];
    }

    private static RefusedException TooLarge(string file, string entry, long bytes) => new(Finding.Of(
        "import.zip.large", Severity.Error, new Place(file), ("entry", entry), ("bytes", bytes)));
}
