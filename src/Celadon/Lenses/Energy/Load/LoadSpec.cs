using System.Collections.Immutable;
using Celadon.Quantities;

namespace Celadon.Lenses.Energy.Load;

/// <summary>What load is looked at.</summary>
public sealed record LoadSpec
{
    /// <summary>The months in the site's own time: "2026-09", "2026" or "2025-10/2026-09".</summary>
    public required MonthSpan Period { get; init; }

    /// <summary>Ids of the sites; empty for all.</summary>
    public ImmutableArray<string> Sites { get; init; } = [];

    /// <summary>
    /// Ids of the meters, which are added up; empty for those that supply the sites. A meter and its own
    /// sub-meter would count twice and are refused together.
    /// </summary>
    public ImmutableArray<string> Meters { get; init; } = [];

    /// <summary>What flows: "electricity", "natural-gas", "water-supply".</summary>
    public string Resource { get; init; } = "electricity";

    /// <summary>
    /// The step in minutes: 5, 10, 15, 20, 30 or 60; null takes the longest step that the meters come in.
    /// </summary>
    public int? Minutes { get; init; }

    /// <summary>Quantiles of the profile in percent, 0 to 100.</summary>
    public ImmutableArray<int> Quantiles { get; init; } = [10, 50, 90];

    /// <summary>Which days are worked.</summary>
    public WorkCalendar Calendar { get; init; } = new();
}
