using System.Collections.Immutable;
using Celadon.Ledger;

namespace Celadon.Lenses.Carbon.Inventory;

/// <summary>
/// Ranges that the reader states for numbers of which no document, register or pack does. All are half widths
/// of the 95 % interval relative to the value ("5 %"). Nothing has a default.
/// </summary>
public sealed record InventoryUncertaintySpec
{
    /// <summary>Of activity data, by resource.</summary>
    public ImmutableArray<ActivityRange> Activities { get; init; } = [];

    /// <summary>Of activity data, by how they are known.</summary>
    public ImmutableArray<BasisRange> Bases { get; init; } = [];

    /// <summary>Of factors.</summary>
    public ImmutableArray<FactorRange> Factors { get; init; } = [];
}

/// <summary>A range for what the books hold of a resource.</summary>
public sealed record ActivityRange
{
    /// <summary>Canonical id of the resource.</summary>
    public required string Resource { get; init; }

    /// <summary>Id of the site; null for all.</summary>
    public string? Site { get; init; }

    /// <summary>"5 %".</summary>
    public required Measure Uncertainty { get; init; }

    /// <summary>Who says so: "weighbridge certificate 2026".</summary>
    public required string Source { get; init; }
}

/// <summary>A range for what is known in one way.</summary>
public sealed record BasisRange
{
    /// <summary>How it is known.</summary>
    public required Basis Basis { get; init; }

    /// <summary>"20 %".</summary>
    public required Measure Uncertainty { get; init; }

    /// <summary>Who says so.</summary>
    public required string Source { get; init; }
}

/// <summary>A range for factors: one by name, or those of a pack.</summary>
public sealed record FactorRange
{
    /// <summary>"pack:row" or "instrument:id"; null for the factors of a pack.</summary>
    public string? Factor { get; init; }

    /// <summary>Id of the pack; null where the factor is named.</summary>
    public string? Pack { get; init; }

    /// <summary>"combustion", "well-to-tank"; null for all of the pack.</summary>
    public string? Kind { get; init; }

    /// <summary>"5 %".</summary>
    public required Measure Uncertainty { get; init; }

    /// <summary>Who says so.</summary>
    public required string Source { get; init; }
}
