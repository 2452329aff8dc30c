using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Registers;

namespace Celadon.Lenses.Carbon.Inventory;

/// <summary>
/// The question whether a site belongs to the inventory at all, where the register does not say what the
/// consolidation approach needs, with what the site would add.
/// </summary>
internal static class ControlAsking
{
    /// <summary>The question.</summary>
    /// <param name="untold">The site and the field of its register.</param>
    /// <param name="spec">What inventory is wanted.</param>
    /// <param name="packs">Titles of the fields.</param>
    /// <param name="alone">The site reckoned alone, as if it counted whole.</param>
    public static InventoryOpenQuestion Of(
        (Site Site, string Field) untold, InventorySpec spec, FactorLibrary packs, InventoryRun alone)
    {
        var title = packs.Packs.SelectMany(p => p.FactNames)
            .FirstOrDefault(f => f.Name == untold.Field)?.Title;
        var whole = Totals.Sum(alone.Lines.Where(l => l.Scope is "1" or "2" or "3"), l => l.Kgco2e);
        var isShare = untold.Field == "equityShare";
        return new InventoryOpenQuestion
        {
            Fact = untold.Field,
            Title = title ?? new Name(untold.Field),
            Scope = "",
            Categories = [],
            Label = untold.Site.Name,
            Site = untold.Site.Id,
            Period = spec.Period,
            From = $"site:{untold.Site.Id}",
            To = $"site:{untold.Site.Id}",
            Resource = "",
            Quantity = null,
            // A share multiplies what the site emits: what it would add depends on the answer.
            Kgco2e = isShare ? null : whole,
            Options = isShare ? [new InventoryOption(Amount.One.ToString(), "", "", whole)]
                : [new InventoryOption("true", "", "", whole), new InventoryOption("false", "", "", null)],
        };
    }
}
