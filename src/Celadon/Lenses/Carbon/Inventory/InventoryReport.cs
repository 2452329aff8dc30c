using System.Collections.Immutable;
using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Registers;
using NodaTime;
using Celadon.Text;

namespace Celadon.Lenses.Carbon.Inventory;

/// <summary>
/// A greenhouse gas inventory by scope and category (GHG Protocol Corporate Standard, Scope 2 Guidance, Scope
/// 3 Standard). Masses are kg CO2e under one GWP set.
/// </summary>
public sealed record InventoryReport
{
    /// <summary>The months reported.</summary>
    public required MonthSpan Period { get; init; }

    /// <summary>The GWP set of every figure.</summary>
    public required GwpSet Gwp { get; init; }

    /// <summary>The organisation; null where the register holds none.</summary>
    public required string? Organisation { get; init; }

    /// <summary>The consolidation approach.</summary>
    public required Consolidation Consolidation { get; init; }

    /// <summary>Direct emissions.</summary>
    public required InventorySection Scope1 { get; init; }

    /// <summary>Purchased electricity and heat, by both methods.</summary>
    public required InventoryScope2 Scope2 { get; init; }

    /// <summary>Other indirect emissions by category.</summary>
    public required InventoryScope3 Scope3 { get; init; }

    /// <summary>Biogenic CO2, in kg CO2, outside every total.</summary>
    public required InventorySection Biogenic { get; init; }

    /// <summary>Removals from the atmosphere, never netted.</summary>
    public required InventorySection Removals { get; init; }

    /// <summary>Captured CO2, never netted.</summary>
    public required InventorySection Captured { get; init; }

    /// <summary>Gases outside the Kyoto basket (CFC, HCFC and others), outside every total.</summary>
    public required InventorySection OutsideScopes { get; init; }

    /// <summary>What was recorded after months were closed, in none of the totals.</summary>
    public required InventoryAdjustments Adjustments { get; init; }

    /// <summary>What happened and has no figure, with the reason and the nearest factors.</summary>
    public required ImmutableArray<InventoryUnknown> Unknown { get; init; }

    /// <summary>Facts that are missing, and what each answer would add.</summary>
    public required ImmutableArray<InventoryOpenQuestion> Questions { get; init; }

    /// <summary>Energy by carrier.</summary>
    public required ImmutableArray<InventoryEnergy> Energy { get; init; }

    /// <summary>The same lines by category of ISO 14064-1:2018.</summary>
    public required ImmutableArray<InventoryIsoCategory> Iso14064 { get; init; }

    /// <summary>Totals by site.</summary>
    public required ImmutableArray<InventorySite> Sites { get; init; }

    /// <summary>Totals under the other consolidation approaches that were asked for.</summary>
    public required ImmutableArray<InventoryComparison> Comparison { get; init; }

    /// <summary>How much of the period each running supply is known.</summary>
    public required ImmutableArray<InventoryCoverage> Coverage { get; init; }

    /// <summary>How well the totals are known; null where it was not asked.</summary>
    public InventoryUncertainty? Uncertainty { get; init; }

    /// <summary>Totals of each month; null where they were not asked.</summary>
    public ImmutableArray<InventoryMonth>? Months { get; init; }

    /// <summary>
    /// What each month gives to a line of this report, in order; empty where months were not asked for.
    /// </summary>
    internal IEnumerable<(YearMonth Month, Figure Kgco2e)> MonthsOf(InventoryLine line) => (Months ?? [])
        .Zip(Period.Months).SelectMany(m => m.First.Lines.Where(l => ReferenceEquals(l.Line, line))
            .Select(l => (m.Second, l.Kgco2e)));

    /// <summary>The packs whose rows stand in the report.</summary>
    public required ImmutableArray<InventoryPack> Packs { get; init; }

    /// <summary>Method and limits, computed from what the report holds.</summary>
    public required ImmutableArray<Finding> Caveats { get; init; }

    /// <summary>
    /// What differs from the answers kept at closing; null when there are none to compare with.
    /// </summary>
    public ImmutableArray<InventoryChange>? Changes { get; init; }
}

/// <summary>A total.</summary>
public sealed record InventoryTotal : IHasPrincipalFigure
{
    /// <summary>The sum of the lines, kg CO2e.</summary>
    public required Figure Kgco2e { get; init; }

    /// <summary>
    /// Of that, by gas: "co2", "ch4", "n2o", "hfc", "pfc", "sf6", "nf3", "other". The gases and what is not
    /// split add up to the total.
    /// </summary>
    public required ImmutableSortedDictionary<string, Figure> ByGas { get; init; }

    /// <summary>
    /// What comes from factors that are published without a split; null when there is none.
    /// </summary>
    public required Figure? NotSplit { get; init; }

    /// <summary>True when something that belongs here has no figure or is not wholly known.</summary>
    public required bool Partial { get; init; }

    (string Property, Figure Figure) IHasPrincipalFigure.Principal => ("kgco2e", Kgco2e);
}

/// <summary>Lines with their total.</summary>
/// <param name="Total">Null when there is no line: nothing recorded is not zero.</param>
/// <param name="Lines">The lines, in order of category, site, resource and factor.</param>
public sealed record InventorySection(InventoryTotal? Total, ImmutableArray<InventoryLine> Lines)
    : IHasPrincipalFigure
{
    (string Property, Figure Figure) IHasPrincipalFigure.Principal => Total is { } total
        ? ("total/kgco2e", total.Kgco2e) : throw RefusedException.Of("inventory.noTotal");
}

/// <summary>Scope 2 by both methods. They stand side by side and are never added or netted.</summary>
/// <param name="Location">Energy × the average of its grid.</param>
/// <param name="Market">
/// By contractual instruments, then residual mix, then grid average with a warning.
/// </param>
public sealed record InventoryScope2(InventorySection Location, InventorySection Market);

/// <summary>Scope 3.</summary>
/// <param name="Total">Null when there is no line.</param>
/// <param name="Categories">Categories with lines, in order.</param>
public sealed record InventoryScope3(InventoryTotal? Total, ImmutableArray<InventoryCategoryLines> Categories)
    : IHasPrincipalFigure
{
    (string Property, Figure Figure) IHasPrincipalFigure.Principal => Total is { } total
        ? ("total/kgco2e", total.Kgco2e) : throw RefusedException.Of("inventory.noTotal");
}

/// <summary>A category of Scope 3.</summary>
/// <param name="Category">1 to 15.</param>
/// <param name="Title">Its title.</param>
/// <param name="Total">Sum of its lines.</param>
/// <param name="Lines">Its lines.</param>
public sealed record InventoryCategoryLines(
    int Category, Name Title, InventoryTotal Total, ImmutableArray<InventoryLine> Lines) : IHasPrincipalFigure
{
    (string Property, Figure Figure) IHasPrincipalFigure.Principal => ("total/kgco2e", Total.Kgco2e);
}

/// <summary>Adjustments after closing, by scope.</summary>
/// <param name="Scope1">Of direct emissions.</param>
/// <param name="Scope2">Of purchased energy.</param>
/// <param name="Scope3">Of other indirect emissions.</param>
/// <param name="Other">Of biogenic CO2, removals, captured CO2 and gases outside the scopes.</param>
public sealed record InventoryAdjustments(
    InventorySection Scope1, InventoryScope2 Scope2, InventorySection Scope3,
    ImmutableArray<InventoryLine> Other);

/// <summary>A category of ISO 14064-1:2018.</summary>
/// <param name="Category">1 to 6.</param>
/// <param name="Title">Its title.</param>
/// <param name="Alternative">The other category a policy may choose; null when there is none.</param>
/// <param name="Total">Sum of its lines; category 2 by the location-based method.</param>
/// <param name="Market">Category 2 by the market-based method; null for all others.</param>
public sealed record InventoryIsoCategory(
    int Category, Name Title, int? Alternative, InventoryTotal Total, InventoryTotal? Market)
    : IHasPrincipalFigure
{
    (string Property, Figure Figure) IHasPrincipalFigure.Principal => ("total/kgco2e", Total.Kgco2e);
}

/// <summary>A site in the inventory, or left out of it.</summary>
/// <param name="Site">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Country">Its country.</param>
/// <param name="Included">False when it lies outside the boundary, or when that is not known.</param>
/// <param name="Share">The share that counts; null when it is not included.</param>
/// <param name="Scope1">Direct emissions; null when there is no line.</param>
/// <param name="Scope2Location">Location-based.</param>
/// <param name="Scope2Market">Market-based.</param>
/// <param name="Scope3">Other indirect emissions.</param>
public sealed record InventorySite(
    string Site, Name Name, string Country, bool Included, Figure? Share, Figure? Scope1,
    Figure? Scope2Location, Figure? Scope2Market, Figure? Scope3)
{
    /// <summary>
    /// True when the register does not say what the approach needs: whether the site counts is not known, a
    /// question asks for it, and every total is partial.
    /// </summary>
    public bool Untold { get; init; }
}

/// <summary>Totals under another consolidation approach.</summary>
/// <param name="Consolidation">The approach.</param>
/// <param name="Scope1">Direct emissions; null when there is no line.</param>
/// <param name="Scope2Location">Location-based.</param>
/// <param name="Scope2Market">Market-based.</param>
/// <param name="Scope3">Other indirect emissions.</param>
/// <param name="Sites">Sites that count.</param>
/// <param name="LeftOut">Sites that do not, or of which it cannot be told.</param>
public sealed record InventoryComparison(
    Consolidation Consolidation, InventoryTotal? Scope1, InventoryTotal? Scope2Location,
    InventoryTotal? Scope2Market, InventoryTotal? Scope3,
    ImmutableArray<string> Sites, ImmutableArray<string> LeftOut);

/// <summary>A pack whose rows stand in the report.</summary>
/// <param name="Id">Which pack.</param>
/// <param name="Edition">Its edition.</param>
/// <param name="Sha256">Hash of its files.</param>
/// <param name="Title">Its title.</param>
/// <param name="Publisher">Who published the figures.</param>
/// <param name="Licence">Under which licence.</param>
/// <param name="Attribution">
/// What must be said wherever the figures are shown; null when nothing must.
/// </param>
public sealed record InventoryPack(
    string Id, string Edition, string Sha256, Name Title, string Publisher, string Licence,
    string? Attribution);
