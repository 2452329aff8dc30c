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
/// What a reader found: the database, or null when there is nothing to use; and what to know.
/// </summary>
public sealed record LciReading(Packs.Lci.LciDatabase? Database, IReadOnlyList<Text.Finding> Findings);
