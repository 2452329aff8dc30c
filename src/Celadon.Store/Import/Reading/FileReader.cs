using System.Collections.Immutable;
using Celadon.Text;

namespace Celadon.Store.Import.Reading;

/// <summary>What kind of file the bytes are, whatever the name says.</summary>
public enum FileForm
{
    /// <summary>Delimited text.</summary>
    Text,

    /// <summary>A workbook of worksheets (xlsx, xlsm).</summary>
    Workbook,

    /// <summary>JSON.</summary>
    Json,

    /// <summary>Kept as evidence; nothing is read from it: a photo, a scanned bill.</summary>
    EvidenceOnly,
}

/// <summary>A file as tables of cells.</summary>
/// <param name="File">The file.</param>
/// <param name="Form">What it is.</param>
/// <param name="Sheets">Its sheets; none for JSON and evidence.</param>
/// <param name="Encoding">Encoding of a text file: "UTF-8", "UTF-8 BOM", "GB18030", "Windows-1252",
/// "UTF-16LE".</param>
/// <param name="Delimiter">Delimiter of a text file, else NUL.</param>
/// <param name="Findings">What was noticed while reading.</param>
public sealed record FileContent(
    SourceFile File, FileForm Form, ImmutableArray<Sheet> Sheets, string Encoding, char Delimiter,
    ImmutableArray<Finding> Findings);

/// <summary>
/// Turns bytes into sheets of cells; the first step of every import. Pure: no disk, no clock.
/// </summary>
public static class FileReader
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="RefusedException">Damaged, beyond the limits, or of a kind that is not
    /// read.</exception>
    public static FileContent Read(SourceFile file, ReadLimits? limits = null) =>
        Read(file, limits ?? ReadLimits.Default, ImportPace.Unheard);

    /// <summary>Reads a file; its rows are counted while they are read.</summary>
    internal static FileContent Read(SourceFile file, ReadLimits limits, ImportPace pace)
    {
        var bytes = file.Bytes.Span;
        if (bytes.Length == 0) throw Refuse(file, "import.file.empty");
        if (bytes.Length > limits.FileBytes) throw Refuse(file, "import.file.large", ("bytes", bytes.Length));
        if (IsPicture(bytes) || bytes.StartsWith("%PDF"u8))
            return new FileContent(file, FileForm.EvidenceOnly, [], "", '\0', [Finding.Of(
                "import.file.evidence", Severity.Info, new Place(file.Name))]);
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0])) throw Refuse(file,
            "import.file.xls");
        var findings = new List<Finding>();
        if (bytes.StartsWith("PK"u8))
        {
            var sheets = Workbook.Read(file, limits, findings, pace);
            return new FileContent(file, FileForm.Workbook, [.. sheets], "", '\0', [.. findings]);
        }
        var (text, encoding, proved) = TextDecoding.Decode(bytes);
        var beginning = text.AsSpan().TrimStart();
        if (text.AsSpan(0, Math.Min(text.Length, 65_536)).Contains('\0')) throw Refuse(file,
            "import.file.binary");
        if (beginning.StartsWith("<")) throw Refuse(file, "import.file.markup");
        if (beginning.StartsWith("{") || beginning.StartsWith("["))
            return new FileContent(file, FileForm.Json, [], encoding, '\0', []);
        if (!proved) findings.Add(Finding.Of("import.encoding.assumed", Severity.Info, new Place(file.Name),
            ("encoding", encoding)));
        var (delimiter, start) = Delimiters.Find(text);
        var sheet = DelimitedText.Read(file.Name, text, delimiter, start, limits, findings, pace);
        return new FileContent(file, FileForm.Text, [sheet], encoding, delimiter, [.. findings]);
    }

    private static bool IsPicture(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])
        || bytes.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47])
        || bytes.StartsWith("GIF8"u8) || bytes.Length > 12 && bytes[4..].StartsWith("ftyphei"u8);

    private static RefusedException Refuse(SourceFile file, string code, params (string, object)[] args) =>
        new(Finding.Of(code, Severity.Error, new Place(file.Name), args));
}
