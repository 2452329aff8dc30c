using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Celadon.Registers;

namespace Celadon.Lenses.Products;

/// <summary>Alternatives side by side on one functional unit.</summary>
/// <param name="Database">Id of the database; null for a system in the spec.</param>
/// <param name="Function">The function, in words.</param>
/// <param name="Amount">How much of it.</param>
/// <param name="Alternatives">The alternatives; the first is what the others are compared with.</param>
/// <param name="Categories">Scores and differences. No two categories are added.</param>
public sealed record CompareReport(string? Database, string Function, Figure Amount,
    ImmutableArray<ComparedAlternative> Alternatives, ImmutableArray<ComparedCategory> Categories);

/// <summary>An alternative.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ProcessId">Identifier of the process that fulfils the function.</param>
/// <param name="Process">Its name.</param>
/// <param name="Flow">Name of its product.</param>
/// <param name="ReferenceFlow">How much of the product fulfils the functional unit.</param>
/// <param name="Changes">Changes stated for it.</param>
/// <param name="Unlinked">Inputs and wastes in its supply chain that lead nowhere.</param>
/// <param name="Solver">How it was solved.</param>
public sealed record ComparedAlternative(string Name, string ProcessId, string Process, string Flow,
    Figure ReferenceFlow, int Changes, int Unlinked, ComparedSolver Solver);

/// <summary>How an alternative was solved.</summary>
/// <param name="Way">Text key of the way.</param>
/// <param name="Reason">Text key of why this way was taken.</param>
/// <param name="Changed">Processes corrected for on a factor at hand; 0 where there was none.</param>
/// <param name="BackwardError">Componentwise backward error of the supply, in the changed system.</param>
public sealed record ComparedSolver(string Way, string Reason, int Changed, Figure BackwardError);

/// <summary>The alternatives in one category.</summary>
/// <param name="Id">Identifier of the category.</param>
/// <param name="Name">Its name.</param>
/// <param name="Scores">The score of each alternative, in their order.</param>
/// <param name="Differences">Each other alternative less the first.</param>
public sealed record ComparedCategory(string Id, Name Name, ImmutableArray<ComparedScore> Scores,
    ImmutableArray<ComparedDifference> Differences);

/// <summary>The score of an alternative.</summary>
/// <param name="Alternative">Its name.</param>
/// <param name="Score">Its score.</param>
/// <param name="Accuracy">How far it can be trusted as a number.</param>
/// <param name="MonteCarlo">What the samples say; null when none were asked for.</param>
public sealed record ComparedScore(string Alternative, Figure Score, AssessedAccuracy Accuracy,
    AssessedSpread? MonteCarlo) : IHasPrincipalFigure
{
    /// <inheritdoc/>
    [JsonIgnore]
    public (string Property, Figure Figure) Principal => ("score", Score);
}

/// <summary>An alternative less the first.</summary>
/// <param name="First">Name of the first alternative.</param>
/// <param name="Second">Name of the other.</param>
/// <param name="Difference">Its score less that of the first.</param>
/// <param name="Percent">The same in % of the first's score; null where that is not above 0.</param>
/// <param name="Error">What rounding may have done to it: the errors of both scores together.</param>
/// <param name="Digits">
/// Digits of the difference that rounding leaves, 0 to 15; with 0 which is lower cannot be told.
/// </param>
/// <param name="Processes">Which processes make the difference.</param>
/// <param name="Changes">
/// Which change of the other gives which part of it; null where it changes nothing, or too much.
/// </param>
/// <param name="MonteCarlo">The difference in the samples; null when none were asked for.</param>
public sealed record ComparedDifference(string First, string Second, Figure Difference, Figure? Percent,
    Figure Error, int Digits, ComparedParts Processes, ComparedChanges? Changes,
    ComparedSamples? MonteCarlo) : IHasPrincipalFigure
{
    /// <inheritdoc/>
    [JsonIgnore]
    public (string Property, Figure Figure) Principal => ("difference", Difference);
}

/// <summary>
/// A difference by changes, each made alone. Choice, parts and interaction add up to it exactly.
/// </summary>
/// <param name="Without">The other's score if it changed nothing.</param>
/// <param name="Choice">
/// That less the first's score: another process, another reference flow, or what the first changes.
/// </param>
/// <param name="Parts">The changes: suppliers, amounts, parameters, in the order stated.</param>
/// <param name="Interaction">
/// What they give together beyond what each gives alone; all that those give which cannot be made alone.
/// </param>
public sealed record ComparedChanges(Figure Without, Figure Choice, ImmutableArray<ComparedChange> Parts,
    Figure Interaction) : IHasPrincipalFigure
{
    /// <summary>
    /// How many changes cannot be made without the others and have no part of their own: what they give is
    /// in the interaction.
    /// </summary>
    public int Inseparable { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public (string Property, Figure Figure) Principal => ("interaction", Interaction);
}

/// <summary>A change and what it gives alone.</summary>
/// <param name="Kind">"supplier", "amount", "parameter".</param>
/// <param name="Process">Name of the process changed; null for a parameter of the database.</param>
/// <param name="What">Name of the flow or parameter.</param>
/// <param name="To">Name of the other supplier; null for another kind of change.</param>
/// <param name="Stated">The amount, value or ratio stated; null for a supplier without ratio.</param>
/// <param name="Alone">
/// The score with this change alone less that without any; null where it cannot be made without the others.
/// </param>
public sealed record ComparedChange(string Kind, string? Process, string What, string? To, Figure? Stated,
    Figure? Alone)
{
    /// <summary>
    /// Code of the finding by which this change alone is refused, so that what it gives is in the
    /// interaction; null where it can be made alone.
    /// </summary>
    public string? Because { get; init; }
}

/// <summary>
/// Contributions to a difference, largest first by size. Those shown and both rests add up to it.
/// </summary>
/// <param name="Top">The largest.</param>
/// <param name="RestMore">What those not shown give more, added up.</param>
/// <param name="RestLess">What those not shown give less, added up; not above 0.</param>
/// <param name="RestCount">How many are not shown.</param>
public sealed record ComparedParts(ImmutableArray<ComparedPart> Top, Figure RestMore, Figure RestLess,
    int RestCount);

/// <summary>What a process gives to both scores.</summary>
/// <param name="Id">Identifier of the process.</param>
/// <param name="Name">Its name.</param>
/// <param name="First">What it gives to the first alternative's score.</param>
/// <param name="Second">What it gives to the other's.</param>
/// <param name="Difference">The second less the first.</param>
public sealed record ComparedPart(string Id, string Name, Figure First, Figure Second, Figure Difference)
    : IHasPrincipalFigure
{
    /// <inheritdoc/>
    [JsonIgnore]
    public (string Property, Figure Figure) Principal => ("difference", Difference);
}

/// <summary>The difference in samples in which both alternatives have the same draws.</summary>
/// <param name="Samples">Number of samples.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Mean">Mean of the difference.</param>
/// <param name="Median">Median.</param>
/// <param name="Deviation">Standard deviation, with n − 1.</param>
/// <param name="Low">2.5th percentile.</param>
/// <param name="High">97.5th percentile.</param>
/// <param name="FirstLower">Share of the samples in which the first is lower, %.</param>
/// <param name="SecondLower">Share of the samples in which the second is lower, %.</param>
/// <param name="Equal">Share of the samples in which both are equal, %.</param>
/// <param name="Unpaired">What draws apart would seem to say.</param>
/// <param name="Histogram">How many samples lie where; 0 is always a bound.</param>
public sealed record ComparedSamples(int Samples, uint Seed, Figure Mean, Figure Median, Figure Deviation,
    Figure Low, Figure High, Figure FirstLower, Figure SecondLower, Figure Equal, ComparedUnpaired Unpaired,
    ImmutableArray<ComparedBin> Histogram);

/// <summary>
/// What the same samples would say if every one of the first were held against every one of the second, as
/// if what both share had been drawn twice.
/// </summary>
/// <param name="Deviation">Standard deviation of the difference.</param>
/// <param name="FirstLower">Share of the pairs in which the first is lower, %.</param>
public sealed record ComparedUnpaired(Figure Deviation, Figure FirstLower);

/// <summary>A class of a histogram.</summary>
/// <param name="From">Its lower bound, within the class.</param>
/// <param name="To">Its upper bound, outside of it except for the last class.</param>
/// <param name="Count">Samples in it.</param>
public sealed record ComparedBin(Figure From, Figure To, int Count);
