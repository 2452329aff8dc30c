using Celadon.Quantities;

namespace Celadon.Ledger;

/// <summary>How an amount came to be known.</summary>
public enum Basis
{
    /// <summary>Read from an instrument: ●.</summary>
    Measured = 0,

    /// <summary>Stated on an invoice or delivery note: ▤.</summary>
    Invoiced = 1,

    /// <summary>Computed from other entries by a stated rule: ◇.</summary>
    Calculated = 2,

    /// <summary>Estimated by a stated method: ▨.</summary>
    Estimated = 3,

    /// <summary>Said by a person or a supplier without a document: ◌.</summary>
    Stated = 4,
}

/// <summary>What proves an entry.</summary>
public abstract record Evidence
{
    private Evidence() { }

    /// <summary>A place in a stored file.</summary>
    /// <param name="Sha256">Lower-case hex of the file's bytes.</param>
    /// <param name="Name">Its name when it was received.</param>
    /// <param name="Sheet">Sheet of a workbook; empty for a text file.</param>
    /// <param name="Row">Row, from 1.</param>
    public sealed record FileRow(string Sha256, string Name, string Sheet, int Row) : Evidence;

    /// <summary>Readings of a meter, posted at closing.</summary>
    /// <param name="Meter">The meter.</param>
    /// <param name="Through">The journal position up to which its readings were counted.</param>
    public sealed record MeterReadings(string Meter, long Through) : Evidence;

    /// <summary>The word of a person.</summary>
    /// <param name="Actor">Their id; the name lives outside the chain.</param>
    public sealed record StatedBy(string Actor) : Evidence;
}

/// <summary>
/// One movement: what went from where to where, how much, when, how we know, and what the document said.
/// </summary>
/// <param name="From">Who gave it.</param>
/// <param name="To">Who took it.</param>
/// <param name="Resource">What, by its id in the resource catalogue ("electricity", "natural-gas").</param>
/// <param name="Amount">How much; an integer times 10^-scale that fits the books.</param>
/// <param name="Unit">Code of the unit.</param>
/// <param name="Period">When, half-open, in UTC.</param>
/// <param name="Basis">How we know.</param>
/// <param name="Evidence">What proves it.</param>
/// <param name="Facts">What the document states.</param>
/// <param name="Calorific">Basis of fuel energy; None for everything else.</param>
public sealed record Entry(
    Node From, Node To, string Resource, Amount Amount, string Unit, Period Period, Basis Basis,
    Evidence Evidence, Facts Facts, CalorificBasis Calorific = CalorificBasis.None)
{
    /// <summary>
    /// The fact that says who added a fact which the document does not state: "owner: distance".
    /// </summary>
    public const string StatedBy = "stated-by";

    /// <summary>A count of stock is written as an entry from a stock to itself: it moves nothing.</summary>
    public bool IsStockCount => From.Kind == NodeKind.Stock && From == To;
}
