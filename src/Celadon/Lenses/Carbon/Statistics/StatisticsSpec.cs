using System.Collections.Immutable;
using Celadon.Quantities;

namespace Celadon.Lenses.Carbon;

/// <summary>Energy used in a period, by carrier and site: from the books, or from stated lines.</summary>
public sealed record StatisticsSpec
{
    /// <summary>The months, when the books are asked.</summary>
    public MonthSpan? Period { get; init; }

    /// <summary>Ids of the sites; empty for all.</summary>
    public ImmutableArray<string> Sites { get; init; } = [];

    /// <summary>Stated lines, when the books are not asked.</summary>
    public ImmutableArray<StatisticsLine> Lines { get; init; } = [];
}

/// <summary>A stated amount of energy.</summary>
public sealed record StatisticsLine
{
    /// <summary>The site.</summary>
    public required string Site { get; init; }

    /// <summary>The energy carrier by canonical resource: "electricity", "natural-gas", "diesel".</summary>
    public required string Carrier { get; init; }

    /// <summary>How much: "41198.6 kWh", "12000 m3", "134647.6 kWh gross".</summary>
    public required Measure Quantity { get; init; }

    /// <summary>What brings it to energy: "39.5 MJ/m3 gross", "0.8323 kg/L", a pack's row.</summary>
    public ImmutableArray<FactorReference> Through { get; init; } = [];
}
