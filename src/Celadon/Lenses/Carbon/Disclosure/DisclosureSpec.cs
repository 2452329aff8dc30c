using System.Collections.Immutable;
using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Registers;

namespace Celadon.Lenses.Carbon;

/// <summary>
/// What a statement is made of: the months, the sites and the rules of the inventory under it.
/// </summary>
public sealed record DisclosureSpec
{
    /// <summary>The months of the statement, in each site's own time.</summary>
    public required MonthSpan Period { get; init; }

    /// <summary>The GWP set.</summary>
    public required GwpSet Gwp { get; init; }

    /// <summary>Ids of the sites; empty for every site of the organisation.</summary>
    public ImmutableArray<string> Sites { get; init; } = [];

    /// <summary>Id of the organisation; needed only where the register holds several.</summary>
    public string? Organisation { get; init; }

    /// <summary>The consolidation approach; null takes the organisation's own.</summary>
    public Consolidation? Consolidation { get; init; }

    /// <summary>
    /// Takes the nearest edition of a factor where none applies; each such line is flagged.
    /// </summary>
    public bool AllowNearestEdition { get; init; }

    /// <summary>Takes a factor of a wider place where the own one has none; each is flagged.</summary>
    public bool AllowWiderPlace { get; init; }

    /// <summary>Fuel bought counts as burned where the books know no burning of it at that site.</summary>
    public bool BoughtFuelCountsAsBurned { get; init; }
}
