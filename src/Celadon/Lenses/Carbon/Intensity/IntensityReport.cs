using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Celadon.Quantities;

namespace Celadon.Lenses.Carbon;

/// <summary>Intensity ratios.</summary>
/// <param name="Emissions">Total emissions.</param>
/// <param name="Energy">Total energy in kWh; null when none is stated.</param>
/// <param name="DeMinimis">Energy up to which UK disclosure may be left out.</param>
/// <param name="BelowDeMinimis">
/// True when the energy is not above that; null when no energy is stated.
/// </param>
/// <param name="Ratios">One for each denominator.</param>
public sealed record IntensityReport(
    Figure Emissions, Figure? Energy, Figure DeMinimis, bool? BelowDeMinimis,
        ImmutableArray<RatioReport> Ratios)
{
    /// <summary>Months of the inventory that is the numerator; null where the emissions are stated.</summary>
    public MonthSpan? Period { get; init; }

    /// <summary>Total emissions of the year before; null when it is not known.</summary>
    public Figure? PriorEmissions { get; init; }

    /// <summary>Total energy of the year before; null when it is not known.</summary>
    public Figure? PriorEnergy { get; init; }

    /// <summary>True when a total of an inventory that it rests on is partial.</summary>
    public bool Partial { get; init; }
}

/// <summary>A ratio.</summary>
/// <param name="Name">Name of the denominator.</param>
/// <param name="Emissions">Emissions per unit.</param>
/// <param name="Energy">kWh per unit; null when no energy is stated.</param>
/// <param name="PriorEmissions">The year before; null when it does not state this denominator.</param>
/// <param name="Change">Change of the emissions ratio in percent.</param>
public sealed record RatioReport(
    string Name, Figure Emissions, Figure? Energy, Figure? PriorEmissions, Figure? Change)
        : IHasPrincipalFigure
{
    /// <inheritdoc/>
    [JsonIgnore]
    public (string Property, Figure Figure) Principal => ("emissions", Emissions);
}
