using System.Collections.Immutable;
using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Registers;

namespace Celadon.Lenses.Carbon.Inventory;

/// <summary>What inventory is wanted.</summary>
public sealed record InventorySpec
{
    /// <summary>
    /// The months of the report: "2025-10/2026-09", "2026" or "2026-09", in each site's own time.
    /// </summary>
    public required MonthSpan Period { get; init; }

    /// <summary>The GWP set of the whole inventory. Chosen in every run: a report never mixes two.</summary>
    public required GwpSet Gwp { get; init; }

    /// <summary>
    /// Which GWP value methane of combustion takes; null keeps what each factor's publisher used. "fossil"
    /// reproduces the value of AR5 or AR6 for fossil methane.
    /// </summary>
    public MethaneOrigin? Methane { get; init; }

    /// <summary>Ids of the sites; empty for every site of the organisation.</summary>
    public ImmutableArray<string> Sites { get; init; } = [];

    /// <summary>Id of the organisation; needed only where the register holds several.</summary>
    public string? Organisation { get; init; }

    /// <summary>The consolidation approach; null takes the organisation's own.</summary>
    public Consolidation? Consolidation { get; init; }

    /// <summary>Other approaches whose totals shall stand beside the report's.</summary>
    public ImmutableArray<Consolidation> Compare { get; init; } = [];

    /// <summary>
    /// Takes the nearest edition of a factor where none applies to the period; each such line is flagged.
    /// </summary>
    public bool AllowNearestEdition { get; init; }

    /// <summary>
    /// Takes a factor of a wider place where the own one has none; each such line is flagged.
    /// </summary>
    public bool AllowWiderPlace { get; init; }

    /// <summary>
    /// Stated rule: fuel bought for a site or stock counts as burned when it was bought, where the books know
    /// no burning of it at that site.
    /// </summary>
    public bool BoughtFuelCountsAsBurned { get; init; }

    /// <summary>Asks for the totals of each month beside the whole.</summary>
    public bool ByMonth { get; init; }

    /// <summary>
    /// Asks for the uncertainty of the inventory: {} takes what documents, registers and packs state; ranges
    /// for what they do not are stated here, each with who says so. Null: not asked.
    /// </summary>
    public InventoryUncertaintySpec? Uncertainty { get; init; }
}
