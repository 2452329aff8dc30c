namespace Celadon.Store.Import.Reading;

/// <summary>
/// What a received file may cost to read. Files come from anywhere; beyond these bounds a file is refused
/// before its content is held in memory.
/// </summary>
public sealed record ReadLimits
{
    /// <summary>The bounds in use.</summary>
    public static ReadLimits Default { get; } = new();

    /// <summary>Bytes of one file.</summary>
    public long FileBytes { get; init; } = 200L << 20;

    /// <summary>Entries of a zip or workbook.</summary>
    public int ZipEntries { get; init; } = 2_000;

    /// <summary>Files that a zip may bring.</summary>
    public int ZipFiles { get; init; } = 500;

    /// <summary>Bytes of all files of a zip together, unpacked.</summary>
    public long ZipBytes { get; init; } = 512L << 20;

    /// <summary>Bytes of one unpacked entry.</summary>
    public long EntryBytes { get; init; } = 512L << 20;

    /// <summary>
    /// How many times larger than its packed form an entry may unpack once it is larger than
    /// <see cref="ZipRatioFrom"/>. Plain worksheets pack 10 to 30 times.
    /// </summary>
    public int ZipRatio { get; init; } = 200;

    /// <summary>Bytes from which the ratio is judged: small parts may pack any amount.</summary>
    public long ZipRatioFrom { get; init; } = 4L << 20;

    /// <summary>Rows of one sheet (a worksheet ends at 1,048,576).</summary>
    public int Rows { get; init; } = 3_000_000;

    /// <summary>Columns of one sheet.</summary>
    public int Columns { get; init; } = 2_000;

    /// <summary>Cells of one sheet, empty ones between others included.</summary>
    public int Cells { get; init; } = 60_000_000;

    /// <summary>Characters of one cell.</summary>
    public int CellCharacters { get; init; } = 100_000;

    /// <summary>Sheets of one workbook.</summary>
    public int Sheets { get; init; } = 200;
}
