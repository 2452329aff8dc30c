using System.Collections.Immutable;

namespace Celadon.Lenses.Carbon;

/// <summary>One product made in two places: the same quantities, each place's own factors.</summary>
public sealed record EmbodiedSpec
{
    /// <summary>What the product is.</summary>
    public required string Product { get; init; }

    /// <summary>
    /// The two places, as the user calls them; the first is what the second is compared with.
    /// </summary>
    public required ImmutableArray<string> Places { get; init; }

    /// <summary>Energy and material in one unit of the product.</summary>
    public required ImmutableArray<EmbodiedItem> Items { get; init; }

    /// <summary>
    /// Allows a factor that counts CO2 alone beside factors in CO2e; each such item is named. Otherwise
    /// refused.
    /// </summary>
    public bool AllowCo2Only { get; init; }
}

/// <summary>An energy or material.</summary>
public sealed record EmbodiedItem
{
    /// <summary>What the user calls it.</summary>
    public required string Name { get; init; }

    /// <summary>How much one unit of the product takes: "3.2 kWh".</summary>
    public required Measure Quantity { get; init; }

    /// <summary>Its factor in each place, in the order of the places.</summary>
    public required ImmutableArray<FactorReference> Factors { get; init; }
}
