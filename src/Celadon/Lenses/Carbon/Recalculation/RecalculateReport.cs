using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Celadon.Lenses.Carbon;

/// <summary>Whether the base year is recalculated, and what it is then.</summary>
/// <param name="BaseYear">The base year.</param>
/// <param name="Reported">Base-year emissions as reported.</param>
/// <param name="Threshold">The policy's threshold.</param>
/// <param name="Changes">Each change: whether it counts and why.</param>
/// <param name="Cumulative">Sum of the sizes of the changes that count; up and down do not cancel.</param>
/// <param name="CumulativePercent">The same relative to the reported emissions.</param>
/// <param name="Recalculate">True when that reaches the threshold.</param>
/// <param name="Lines">
/// The lines as reported, restated, and their difference; empty when nothing is recalculated.
/// </param>
/// <param name="Restated">Restated base-year emissions; null when nothing is recalculated.</param>
/// <param name="Difference">Restated less reported.</param>
public sealed record RecalculateReport(
    string BaseYear, Figure Reported, Figure Threshold, ImmutableArray<ChangeReport> Changes,
        Figure Cumulative,
    Figure CumulativePercent, bool Recalculate, ImmutableArray<RestatedLine> Lines, Figure? Restated,
    Figure? Difference) : IHasPrincipalFigure
{
    /// <inheritdoc/>
    [JsonIgnore]
    public (string Property, Figure Figure) Principal =>
        Restated is { } restated ? ("restated", restated) : ("reported", Reported);
}

/// <summary>A change.</summary>
/// <param name="Name">What the user calls it.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Counts">Whether it is a reason to recalculate, were it large enough.</param>
/// <param name="Reason">Why: a text key under "carbon.recalculate.reason".</param>
/// <param name="Effect">After less before, in the base year.</param>
/// <param name="Percent">The effect relative to reported emissions.</param>
public sealed record ChangeReport(
    string Name, ChangeKind Kind, bool Counts, string Reason, Figure Effect, Figure Percent)
        : IHasPrincipalFigure
{
    /// <inheritdoc/>
    [JsonIgnore]
    public (string Property, Figure Figure) Principal => ("effect", Effect);
}

/// <summary>A line of the restated base year.</summary>
public sealed record RestatedLine(string Name, Figure Reported, Figure Restated, Figure Difference)
    : IHasPrincipalFigure
{
    /// <inheritdoc/>
    [JsonIgnore]
    public (string Property, Figure Figure) Principal => ("restated", Restated);
}
