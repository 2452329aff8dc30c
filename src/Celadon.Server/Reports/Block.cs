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
public sealed record Steps(string? Title, IReadOnlyList<(string What, Sentence Worth, string? Href)> Items)
    : Block(Title);

/// <summary>
/// Something that a statement asks for and the books do not hold: left blank, with what fills it.
/// </summary>
/// <param name="Title">Heading.</param>
/// <param name="Fills">What would fill it.</param>
public sealed record Blank(string? Title, Sentence Fills) : Block(Title);
