using System.Collections.Immutable;
using Celadon.Quantities;

namespace Celadon.Lenses.Energy.Basic;

/// <summary>Whose basic energy is looked for, and by which rule.</summary>
public sealed record BasicSpec
{
    /// <summary>The months in each site's own time: "2026-09", "2026" or "2025-10/2026-09".</summary>
    public required MonthSpan Period { get; init; }

    /// <summary>Ids of the sites; empty for all.</summary>
    public ImmutableArray<string> Sites { get; init; } = [];

    /// <summary>Ids of the meters; empty for all of the resource at the sites, sub-meters too.</summary>
    public ImmutableArray<string> Meters { get; init; } = [];

    /// <summary>What flows: "electricity", "natural-gas", "water-supply".</summary>
    public string Resource { get; init; } = "electricity";

    /// <summary>
    /// The basic load of a day is the mean of its lowest intervals: so many percent of them, 1 to 50.
    /// </summary>
    public int Percent { get; init; } = 10;

    /// <summary>Which days are worked.</summary>
    public WorkCalendar Calendar { get; init; } = new();

    /// <summary>
    /// What a unit of energy costs: "0.21 GBP/kWh". Without it the bills of the period say, where they state
    /// costs in one currency; else there are no costs.
    /// </summary>
    public string? Price { get; init; }

    /// <summary>
    /// A load in kW (or the meter's unit an hour) to sum the energy under, beside the rule's.
    /// </summary>
    public Amount? Line { get; init; }
}
