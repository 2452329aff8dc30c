using Celadon.Server.Drawing;
using Celadon.Server.Web;

namespace Celadon.Server.Reports;

/// <summary>A part of a report. Everything a report shows is one of these, so that paper, page, file and
/// twins hold the same.</summary>
/// <param name="Title">Its heading, or null.</param>
public abstract record Block(string? Title)
{
    /// <summary>The tables in it.</summary>
    public virtual IEnumerable<Table> Tables => [];

    /// <summary>The charts in it.</summary>
    public virtual IEnumerable<Chart> Charts => [];
}

/// <summary>Sentences.</summary>
/// <param name="Title">Heading.</param>
/// <param name="Sentences">Each a paragraph or, in a list, an item.</param>
/// <param name="IsList">True for items.</param>
public sealed record Prose(string? Title, IReadOnlyList<Sentence> Sentences, bool IsList = false)
    : Block(Title);

/// <summary>Big figures in a row.</summary>
/// <param name="Items">Label, number, second line.</param>
public sealed record FigureRow(IReadOnlyList<(string Label, Cell Cell, Sentence Below)> Items)
    : Block((string?)null);

/// <summary>A table with what must be said about it.</summary>
/// <param name="Title">Heading.</param>
/// <param name="Table">The table.</param>
/// <param name="Notes">Below it.</param>
public sealed record Tabled(string? Title, Table Table, params IReadOnlyList<Sentence> Notes) : Block(Title)
{
    /// <inheritdoc/>
    public override IEnumerable<Table> Tables => [Table];
}

/// <summary>A chart.</summary>
/// <param name="Chart">The chart.</param>
public sealed record Drawn(Chart Chart) : Block((string?)null)
{
    /// <inheritdoc/>
    public override IEnumerable<Chart> Charts => [Chart];
}

/// <summary>Two blocks side by side.</summary>
/// <param name="Left">The left one.</param>
/// <param name="Right">The right one.</param>
public sealed record Pair(Block Left, Block Right) : Block((string?)null)
{
    /// <inheritdoc/>
    public override IEnumerable<Table> Tables => [.. Left.Tables, .. Right.Tables];

    /// <inheritdoc/>
    public override IEnumerable<Chart> Charts => [.. Left.Charts, .. Right.Charts];
}

/// <summary>What is to be done, with what it is worth.</summary>
/// <param name="Title">Heading.</param>
/// <param name="Steps">What, worth, where.</param>
public sealed record Steps(string? Title, IReadOnlyList<(string What, string Worth, string? Href)> Items)
    : Block(Title);

/// <summary>
/// Something that a statement asks for and the books do not hold: left blank, with what fills it.
/// </summary>
/// <param name="Title">Heading.</param>
/// <param name="Fills">What would fill it.</param>
public sealed record Blank(string? Title, Sentence Fills) : Block(Title);

/// <summary>A sentence with numbers in it; each number leads to its explanation.</summary>
/// <param name="Parts">Words and numbers in order.</param>
public sealed record Sentence(IReadOnlyList<Cell> Parts)
{
    private const char Hole = '\uE000';

    /// <summary>Nothing.</summary>
    public static Sentence None { get; } = new([]);

    /// <summary>Words alone.</summary>
    public static Sentence Of(string words) => new([new Words(words)]);

    /// <summary>A text of the catalogue whose arguments may be cells.</summary>
    public static Sentence Of(PageContext at, string key, params (string Name, object Value)[] args)
    {
        var cells = new List<Cell>();
        var text = at.L(key, [.. args.Select(a =>
        {
            if (a.Value is not Cell cell) return a;
            cells.Add(cell);
            return (a.Name, (object)$"{Hole}{(char)('0' + cells.Count - 1)}");
        })]);
        var parts = new List<Cell>();
        foreach (var (piece, i) in text.Split(Hole).Select((piece, i) => (piece, i)))
        {
            if (i > 0) parts.Add(cells[piece[0] - '0']);
            var words = i > 0 ? piece[1..] : piece;
            if (words.Length > 0) parts.Add(new Words(words));
        }
        return new Sentence(parts);
    }

    /// <summary>The sentence as plain text, for titles and terminals.</summary>
    public override string ToString() => string.Concat(Parts.Select(p => p switch
    {
        Words words => words.Text,
        Number number => number.ShownUnit is null ? number.Shown
            : $"{number.Shown} {Show.Unit(number.ShownUnit)}",
        _ => p.Stored,
    }));
}
