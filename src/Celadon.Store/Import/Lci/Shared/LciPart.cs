namespace Celadon.Store.Import.Lci.Shared;

/// <summary>
/// A file of a received database: of a folder, or of a zip that was opened within bounds. Its name is only a
/// name; nothing is opened by it.
/// </summary>
/// <param name="Name">Path inside the package, slashes forward.</param>
/// <param name="Open">Gives its bytes, as often as asked.</param>
public sealed record LciPart(string Name, Func<Stream> Open)
{
    /// <summary>A part whose bytes are at hand.</summary>
    public static LciPart Of(string name, byte[] bytes) =>
        new(name, () => new MemoryStream(bytes, writable: false));
}

/// <summary>What reading a database may cost; beyond these bounds it stops and says so.</summary>
public sealed record LciLimits
{
    /// <summary>The bounds in use: room for the largest databases of today several times over.</summary>
    public static LciLimits Default { get; } = new();

    /// <summary>Characters of one file.</summary>
    public long FileCharacters { get; init; } = 256L << 20;

    /// <summary>How deep elements may nest.</summary>
    public int Depth { get; init; } = 60;

    /// <summary>Elements and attributes of one file.</summary>
    public int Items { get; init; } = 8_000_000;

    /// <summary>Exchanges and factors of all files together.</summary>
    public int Exchanges { get; init; } = 20_000_000;

    /// <summary>Findings of one kind that are kept one by one; the rest are a count.</summary>
    public int FindingsOfAKind { get; init; } = 10_000;
}

/// <summary>
/// What a reader found. One rule for every format: with an error there is no database, but perhaps a part
/// of one that holds together, which is taken only where somebody says so.
/// </summary>
/// <param name="Database">The database; null with any error.</param>
/// <param name="Findings">What to know.</param>
/// <param name="Sound">
/// What holds together without the data sets that have errors: the database itself where there are none;
/// null where nothing does, or where no part can be told from the others.
/// </param>
public sealed record LciReading(Packs.Lci.LciDatabase? Database, IReadOnlyList<Text.Finding> Findings,
    Packs.Lci.LciDatabase? Sound)
{
    /// <summary>How many errors there are.</summary>
    public int Errors => Findings.Count(f => f.Severity == Text.Severity.Error);
}
