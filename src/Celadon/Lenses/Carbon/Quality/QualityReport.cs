using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Celadon.Lenses.Carbon;

/// <summary>Data quality, by line and weighted by emissions.</summary>
/// <param name="Lines">The lines.</param>
/// <param name="Indicators">Weighted score of each indicator over the lines that have it.</param>
/// <param name="Score">Weighted score of the lines that are fully assessed; null when none is.</param>
/// <param name="Grade">The level nearest to the score; halves go to the poorer.</param>
/// <param name="AssessedShare">Share of the emissions that is fully assessed.</param>
/// <param name="Pact">PACT's three, weighted, and the share that states them; null when no line does.</param>
public sealed record QualityReport(
    ImmutableArray<QualityLineReport> Lines, ImmutableArray<IndicatorReport> Indicators, Figure? Score,
    QualityLevel? Grade, Figure AssessedShare, PactReport? Pact)
{
    /// <summary>
    /// Of the sum of the lines that have one, taken as independent; null when none was asked for or given.
    /// </summary>
    public QualitySpread? Spread { get; init; }
}

/// <summary>A lognormal spread that follows from the quality of the data.</summary>
/// <param name="Emissions">The emissions it is of: the value is the median.</param>
/// <param name="Factor">
/// Square of the geometric standard deviation: 95 % lie between the value divided by it and times it.
/// </param>
/// <param name="Low">Lower bound of the 95 % interval.</param>
/// <param name="High">Upper bound.</param>
/// <param name="Share">Share of all the emissions, in percent.</param>
/// <param name="Basic">True when the basic uncertainty of every line in it is stated and in it.</param>
public sealed record QualitySpread(
    Figure Emissions, Figure Factor, Figure Low, Figure High, Figure Share, bool Basic) : IHasPrincipalFigure
{
    /// <inheritdoc/>
    [JsonIgnore]
    public (string Property, Figure Figure) Principal => ("factor", Factor);
}

/// <summary>A line.</summary>
/// <param name="Name">What the user calls it.</param>
/// <param name="Score">Mean of its five levels, 1 to 4; null when one is not assessed.</param>
/// <param name="Grade">The nearest level.</param>
/// <param name="Missing">Indicators that were not assessed.</param>
public sealed record QualityLineReport(
    string Name, Figure? Score, QualityLevel? Grade, ImmutableArray<string> Missing)
{
    /// <summary>Its spread; null when none was asked for or its indicators are not stated.</summary>
    public QualitySpread? Spread { get; init; }
}

/// <summary>An indicator over all lines.</summary>
/// <param name="Name">"technology", "time", "geography", "completeness", "reliability".</param>
/// <param name="Score">Weighted score; null when no line has it.</param>
public sealed record IndicatorReport(string Name, Figure? Score) : IHasPrincipalFigure
{
    /// <inheritdoc/>
    [JsonIgnore]
    public (string Property, Figure Figure) Principal => ("score", Score!);
}

/// <summary>PACT's ratings.</summary>
public sealed record PactReport(Figure Technological, Figure Geographical, Figure Temporal, Figure Share);
