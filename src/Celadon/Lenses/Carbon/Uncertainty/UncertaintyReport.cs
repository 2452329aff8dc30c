using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Celadon.Lenses.Carbon;

/// <summary>A total and how well it is known. What is unknown is absent, never zero.</summary>
/// <param name="Total">The sum of the lines.</param>
/// <param name="Approach1">Error propagation; null when an uncertainty is unknown.</param>
/// <param name="MonteCarlo">Simulation; null when it was not asked for or an uncertainty is unknown.</param>
/// <param name="Lines">The lines.</param>
/// <param name="Inputs">The numbers, by their part in the variance, largest first.</param>
/// <param name="UnknownShare">Share of the total on numbers whose uncertainty is unknown.</param>
public sealed record UncertaintyReport(
    Figure Total, Interval? Approach1, MonteCarloReport? MonteCarlo,
        ImmutableArray<UncertainLineReport> Lines,
    ImmutableArray<InputReport> Inputs, Figure UnknownShare) : IHasPrincipalFigure
{
    /// <inheritdoc/>
    [JsonIgnore]
    public (string Property, Figure Figure) Principal => ("total", Total);
}

/// <summary>A 95 % interval.</summary>
/// <param name="HalfWidth">Its half width.</param>
/// <param name="Percent">The half width relative to the value.</param>
/// <param name="Word">"high", "good", "fair" or "poor", by the GHG Protocol's bands.</param>
public sealed record Interval(Figure HalfWidth, Figure Percent, string Word) : IHasPrincipalFigure
{
    /// <inheritdoc/>
    [JsonIgnore]
    public (string Property, Figure Figure) Principal => ("percent", Percent);
}

/// <summary>A line.</summary>
/// <param name="Name">What the user calls it.</param>
/// <param name="Emissions">Activity × factor.</param>
/// <param name="Interval">Null when one of its numbers has no known uncertainty.</param>
public sealed record UncertainLineReport(string Name, Figure Emissions, Interval? Interval)
    : IHasPrincipalFigure
{
    /// <inheritdoc/>
    [JsonIgnore]
    public (string Property, Figure Figure) Principal => ("emissions", Emissions);
}

/// <summary>A number that lines use.</summary>
/// <param name="Id">Its id, or the place in the spec.</param>
/// <param name="Emissions">Emissions of the lines that use it.</param>
/// <param name="Uncertainty">Its 95 % half width, relative; null when unknown.</param>
/// <param name="VarianceShare">Its part in the variance of the total; null when any is unknown.</param>
public sealed record InputReport(string Id, Figure Emissions, Figure? Uncertainty, Figure? VarianceShare);

/// <summary>A simulation.</summary>
/// <param name="Samples">How many samples.</param>
/// <param name="Seed">The key.</param>
/// <param name="Generator">The generator.</param>
/// <param name="Mean">Mean of the samples.</param>
/// <param name="StandardDeviation">Their standard deviation.</param>
/// <param name="Low">2.5 % quantile.</param>
/// <param name="Median">50 % quantile.</param>
/// <param name="High">97.5 % quantile.</param>
/// <param name="LowPercent">Low relative to the mean, less 100 %.</param>
/// <param name="HighPercent">High relative to the mean, less 100 %.</param>
public sealed record MonteCarloReport(
    int Samples, long Seed, string Generator, Figure Mean, Figure StandardDeviation, Figure Low,
        Figure Median,
    Figure High, Figure LowPercent, Figure HighPercent) : IHasPrincipalFigure
{
    /// <inheritdoc/>
    [JsonIgnore]
    public (string Property, Figure Figure) Principal => ("mean", Mean);
}
