using Celadon.Ledger;
using Celadon.Quantities;

namespace Celadon.Server.Web;

/// <summary>How a column is set: words to the left, numbers to the right.</summary>
public enum Align
{
    /// <summary>Words.</summary>
    Text,

    /// <summary>Numbers.</summary>
    Number,
}

/// <summary>A column of a table.</summary>
/// <param name="Key">Its name in the CSV and JSON twins.</param>
/// <param name="Head">Its heading in the page's language; the unit stands here once.</param>
/// <param name="Align">Words or numbers.</param>
/// <param name="Sort">Where its heading leads to sort by it; null when it does not.</param>
/// <param name="Sorted">"ascending" or "descending" when the rows are sorted by it.</param>
/// <param name="Secondary">Left out on a phone, where the row stands as a card.</param>
public sealed record Column(
    string Key, string Head, Align Align = Align.Text, string? Sort = null, string? Sorted = null,
    bool Secondary = false);

/// <summary>A row: one cell a column.</summary>
/// <param name="Cells">The cells.</param>
/// <param name="Class">A class of the row, or null.</param>
public sealed record Row(IReadOnlyList<Cell> Cells, string? Class = null)
{
    /// <summary>Holds what no other row does; stands last in any order.</summary>
    public bool IsRest { get; init; }

    /// <summary>A row of cells.</summary>
    public static Row Of(params Cell[] cells) => new(cells);
}

/// <summary>
/// A table: what the page shows, what its CSV twin holds and what the JSON twin lists are these same rows.
/// </summary>
/// <param name="Id">Unique in its page; names the table in the twins.</param>
/// <param name="Caption">What it shows, for people who cannot see it and above a printed table.</param>
/// <param name="Columns">The columns.</param>
/// <param name="Rows">The rows.</param>
public sealed record Table(string Id, string Caption, IReadOnlyList<Column> Columns, IReadOnlyList<Row> Rows)
{
    /// <summary>The total below a line, or null.</summary>
    public Row? Total { get; init; }

    /// <summary>How it is laid out: "freeze", "covers", "tight", "stack" or several.</summary>
    public string Class { get; init; } = "stack";

    /// <summary>Where more rows are, or null.</summary>
    public Pager? Pager { get; init; }

    /// <summary>The first column heads its row.</summary>
    public bool RowHeads { get; init; } = true;

    /// <summary>
    /// In CSV words stand beside their key, as column "…Name", and a unit beside its number, as "…Unit": for
    /// tables of things whose keys nobody knows by heart.
    /// </summary>
    public bool NamesInFiles { get; init; }
}

/// <summary>Cursor paging: the next page never shifts under the reader.</summary>
/// <param name="Says">"Rows 1 to 50 of 1,204".</param>
/// <param name="Next">Where the next rows are, or null at the end.</param>
/// <param name="First">Back to the beginning, or null there.</param>
public sealed record Pager(string Says, string? Next, string? First);

/// <summary>One cell.</summary>
public abstract record Cell
{
    /// <summary>What the twins hold: stored form, exact.</summary>
    public abstract string Stored { get; }

    /// <summary>True when the stored form is a number of ours and not somebody's text.</summary>
    public virtual bool IsNumber => false;

    /// <summary>Nothing there, and nothing expected.</summary>
    public static Cell Empty { get; } = new Words("");
}

/// <summary>Words, perhaps a link.</summary>
/// <param name="Text">The words.</param>
/// <param name="Href">Where they lead, or null.</param>
public sealed record Words(string Text, string? Href = null) : Cell
{
    /// <summary>A class for the words ("quiet", "mono", "nb").</summary>
    public string? Class { get; init; }

    /// <summary>A smaller line under the words.</summary>
    public string? Below { get; init; }

    /// <summary>
    /// What the twins hold when it is not the words themselves: an id, a position, an instant.
    /// </summary>
    public string? Key { get; init; }

    /// <summary>Short notes after the words, each with where it leads or null.</summary>
    public IReadOnlyList<(string Text, string? Href)> Tags { get; init; } = [];

    /// <summary>Evidence mark before the words.</summary>
    public Basis? Mark { get; init; }

    /// <inheritdoc/>
    public override string Stored => Key ?? Text;
}

/// <summary>A number with its explanation.</summary>
/// <param name="Value">The number as it is.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Shown">As the page writes it.</param>
/// <param name="Why">Where its explanation stands.</param>
public sealed record Number(Amount Value, string Unit, string Shown, string Why) : Cell
{
    /// <summary>The unit beside it, when the column's head does not name it.</summary>
    public string? ShownUnit { get; init; }

    /// <summary>True when it holds an estimate.</summary>
    public bool Estimated { get; init; }

    /// <inheritdoc/>
    public override string Stored => Value.ToString();

    /// <inheritdoc/>
    public override bool IsNumber => true;
}

/// <summary>
/// An amount or count as it is written in the books; it explains itself by the row it stands in.
/// </summary>
/// <param name="Value">The amount.</param>
/// <param name="Href">Where it leads, or null.</param>
public sealed record Plain(Amount Value, string? Href = null) : Cell
{
    /// <summary>The unit beside it, when the column's head does not name it.</summary>
    public string? Unit { get; init; }

    /// <summary>Decimals shown at least, so that a column of money stands point below point.</summary>
    public int Decimals { get; init; }

    /// <summary>As a page writes it; nothing is rounded away.</summary>
    public string Shown => Celadon.Text.Catalogue.Number(Value) is var said
        && said.IndexOf('.', StringComparison.Ordinal) is var point
        && (point < 0 ? 0 : said.Length - point - 1) < Decimals ? Show.Fixed(Value, Decimals) : said;

    /// <inheritdoc/>
    public override string Stored => Value.ToString();

    /// <inheritdoc/>
    public override bool IsNumber => true;
}

/// <summary>How something is known.</summary>
public sealed record Known(Basis Basis) : Cell
{
    /// <inheritdoc/>
    public override string Stored => Basis.ToString().ToLowerInvariant();
}

/// <summary>Not known, and not zero.</summary>
/// <param name="Why">What is missing, in words, or null.</param>
public sealed record Unknown(string? Why = null) : Cell
{
    /// <inheritdoc/>
    public override string Stored => "";
}

/// <summary>A verdict or state with its sign and word.</summary>
/// <param name="State">Which of the five states, or the state of a record.</param>
/// <param name="Text">The word.</param>
public sealed record State(Verdict Verdict, string Text) : Cell
{
    /// <inheritdoc/>
    public override string Stored => Text;
}

/// <summary>A month of a source: how much of it is there.</summary>
/// <param name="Month">The month's coverage.</param>
public sealed record Covered(MonthCoverage Month) : Cell
{
    /// <inheritdoc/>
    public override string Stored => Month.State.ToString().ToLowerInvariant();
}

/// <summary>A share as a bar with its number.</summary>
/// <param name="Percent">0 to 100, rounded for drawing only.</param>
/// <param name="Shown">As the page writes it.</param>
public sealed record Share(Amount Percent, string Shown) : Cell
{
    /// <summary>Where its explanation stands, or null.</summary>
    public string? Why { get; init; }

    /// <inheritdoc/>
    public override string Stored => Percent.ToString();

    /// <inheritdoc/>
    public override bool IsNumber => true;
}

/// <summary>The five states of a judgement.</summary>
public enum Verdict
{
    /// <summary>Holds.</summary>
    Pass,

    /// <summary>Does not hold.</summary>
    Fail,

    /// <summary>Does not apply.</summary>
    Outside,

    /// <summary>Cannot be judged; says what is missing.</summary>
    Cannot,

    /// <summary>Suspected.</summary>
    Suspected,
}
