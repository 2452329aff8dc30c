using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Registers;

namespace Celadon.Lenses.Products;

/// <summary>Footprints, cradle to gate, of what a site made; masses are kg CO2e under one GWP set.</summary>
public sealed record FootprintReport
{
    /// <summary>The months.</summary>
    public required MonthSpan Period { get; init; }

    /// <summary>Id of the site.</summary>
    public required string Site { get; init; }

    /// <summary>The rules.</summary>
    public required FootprintRules Rules { get; init; }

    /// <summary>The GWP set.</summary>
    public required GwpSet Gwp { get; init; }

    /// <summary>Which view of purchased energy counts.</summary>
    public required FootprintElectricity Electricity { get; init; }

    /// <summary>By what products share; null where the site makes one alone.</summary>
    public required FootprintKey? Key { get; init; }

    /// <summary>Why, as stated; null where the site makes one alone.</summary>
    public required string? Reason { get; init; }

    /// <summary>What units took of each resource, where lines were split over them first.</summary>
    public required ImmutableArray<FootprintUnitSplit> Units { get; init; }

    /// <summary>The products, in order of id.</summary>
    public required ImmutableArray<FootprintProduct> Products { get; init; }

    /// <summary>What of the inventory is in no product, line by line, with the reason.</summary>
    public required ImmutableArray<FootprintExcluded> Excluded { get; init; }

    /// <summary>Products and exclusions against the site's inventory.</summary>
    public required FootprintReconciliation Reconciliation { get; init; }

    /// <summary>
    /// Names of what was used and has no figure: each footprint is "at least" what stands here.
    /// </summary>
    public required ImmutableArray<FootprintUnknown> Unknown { get; init; }

    /// <summary>True when something that belongs here has no figure or is known only in part.</summary>
    public required bool Partial { get; init; }
}

/// <summary>A product.</summary>
public sealed record FootprintProduct : IHasPrincipalFigure
{
    /// <summary>Its id: the resource that the books count.</summary>
    public required string Product { get; init; }

    /// <summary>Its name.</summary>
    public required Name Name { get; init; }

    /// <summary>What was made.</summary>
    public required Figure Output { get; init; }

    /// <summary>Its share of the site's burdens in percent; null where the site makes one alone.</summary>
    public required Figure? Share { get; init; }

    /// <summary>All its burdens, kg CO2e.</summary>
    public required Figure Total { get; init; }

    /// <summary>Total ÷ output: "kg CO2e/t".</summary>
    public required Figure PerUnit { get; init; }

    /// <summary>The footprint of one piece of stated mass; null where that is not known.</summary>
    public required Figure? PerPiece { get; init; }

    /// <summary>By stage, in order of the life cycle; these add up to the total.</summary>
    public required ImmutableArray<FootprintStage> Stages { get; init; }

    /// <summary>
    /// Its bill of materials, level by level, each line below what it goes into; empty where none is known.
    /// </summary>
    public required ImmutableArray<FootprintComponent> Components { get; init; }

    /// <summary>
    /// Carriage to customers that the inventory holds of it, kg CO2e, beyond the total; null where the spec
    /// does not take it.
    /// </summary>
    public required Figure? Delivered { get; init; }

    /// <summary>Beyond the gate; null where nothing is stated.</summary>
    public required FootprintGrave? Grave { get; init; }

    /// <summary>What the rules would let go; null where no pack says.</summary>
    public required FootprintCutOff? CutOff { get; init; }

    /// <summary>
    /// Of the total in percent, what rests on measured or invoiced amounts rather than estimates.
    /// </summary>
    public required Figure Measured { get; init; }

    /// <summary>How good the data behind the total are; null where no rating was asked for.</summary>
    public required FootprintQuality? Quality { get; init; }

    /// <summary>Biogenic CO2, kg CO2, apart; null when there is none.</summary>
    public required Figure? Biogenic { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public (string Property, Figure Figure) Principal => ("total", Total);
}

/// <summary>A stage.</summary>
/// <param name="Stage">
/// "materials", "components", "upstreamEnergy", "inbound", "manufacture", "waste", "overheads".
/// </param>
/// <param name="Total">kg CO2e.</param>
/// <param name="PerUnit">kg CO2e per unit of output.</param>
/// <param name="Share">Of the product's total, percent.</param>
/// <param name="Lines">Its parts of the inventory's lines.</param>
public sealed record FootprintStage(string Stage, Figure Total, Figure PerUnit, Figure Share,
    ImmutableArray<FootprintLine> Lines) : IHasPrincipalFigure
{
    /// <inheritdoc/>
    [JsonIgnore]
    public (string Property, Figure Figure) Principal => ("total", Total);
}

/// <summary>A part of a line of the inventory.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Title">The title of the rule that gave it.</param>
/// <param name="Scope">"1", "2", "3.1"; empty for a line of a bill of materials.</param>
/// <param name="Item">Id of the resource or component.</param>
/// <param name="Kind">
/// What multiplies, as the inventory says it: "combustion", "well-to-tank"; "component" for a line of a bill.
/// </param>
/// <param name="Whole">The inventory's line, kg CO2e.</param>
/// <param name="Part">This product's part of it.</param>
/// <param name="Share">The part of the product's total, percent.</param>
public sealed record FootprintLine(Name Label, Name Title, string Scope, string Item, string Kind,
    Figure Whole, Figure Part, Figure Share) : IHasPrincipalFigure
{
    /// <summary>What sums call it: ids, which a reader sees as names.</summary>
    internal string Traced { get; init; } = "";

    /// <inheritdoc/>
    [JsonIgnore]
    public (string Property, Figure Figure) Principal => ("part", Part);
}

/// <summary>A line of the inventory that is in no product.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Title">The title of the rule that gave it.</param>
/// <param name="Scope">"3.7".</param>
/// <param name="Because">
/// "capitalGoods", "businessTravel", "commuting", "leased", "afterTheGate".
/// </param>
/// <param name="Emissions">kg CO2e.</param>
public sealed record FootprintExcluded(Name Label, Name Title, string Scope, string Because, Figure Emissions)
    : IHasPrincipalFigure
{
    /// <inheritdoc/>
    [JsonIgnore]
    public (string Property, Figure Figure) Principal => ("emissions", Emissions);
}

/// <summary>The books balanced: what the site let go is in a product or named as excluded.</summary>
/// <param name="Inventory">Scopes 1, 2 and 3 of the site, kg CO2e.</param>
/// <param name="Products">All products, kg CO2e.</param>
/// <param name="Delivered">Of the inventory, in products as their delivery; null when nothing is.</param>
/// <param name="Excluded">Of that, excluded; null when nothing is.</param>
/// <param name="Components">
/// In products by their bills of materials and in no line of the inventory; null when nothing is.
/// </param>
/// <param name="Difference">
/// Inventory + components − products − delivered − excluded: zero to the last digit.
/// </param>
public sealed record FootprintReconciliation(Figure Inventory, Figure Products, Figure? Delivered,
    Figure? Excluded, Figure? Components, Figure Difference) : IHasPrincipalFigure
{
    /// <inheritdoc/>
    [JsonIgnore]
    public (string Property, Figure Figure) Principal => ("inventory", Inventory);
}

/// <summary>Something used that has no figure.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Title">
/// What of it has none: "Electricity, transmission losses"; null where no rule can tell.
/// </param>
/// <param name="Scope">"3.1"; empty where no rule can tell.</param>
/// <param name="Item">Id of the resource, or the books' own word for it.</param>
/// <param name="Quantity">How much.</param>
public sealed record FootprintUnknown(Name Label, Name? Title, string Scope, string Item, Figure Quantity)
    : IHasPrincipalFigure
{
    /// <inheritdoc/>
    [JsonIgnore]
    public (string Property, Figure Figure) Principal => ("quantity", Quantity);
}

/// <summary>A line of a product's bill of materials.</summary>
public sealed record FootprintComponent : IHasPrincipalFigure
{
    /// <summary>1 for what goes into the product itself, 2 for what goes into that, …</summary>
    public required int Level { get; init; }

    /// <summary>Id of what it goes into.</summary>
    public required string Into { get; init; }

    /// <summary>Id of what goes in.</summary>
    public required string Item { get; init; }

    /// <summary>Its name.</summary>
    public required Name Name { get; init; }

    /// <summary>How much for one unit of what it goes into.</summary>
    public required Figure Amount { get; init; }

    /// <summary>
    /// How it counts: "books" (bought in these months and in the inventory's lines, so not again), "bill" (by
    /// its own bill below), "factor", "process", "gap".
    /// </summary>
    public required string Counted { get; init; }

    /// <summary>
    /// What counts it: "pack:row", "database:process"; for a gap "noSource", "noFactor", "otherSet", "unit",
    /// "productUnit", "notCarbon", "notInForce"; else empty.
    /// </summary>
    public required string Source { get; init; }

    /// <summary>kg CO2e per unit of the component; null where nothing of its own counts it.</summary>
    public required Figure? Factor { get; init; }

    /// <summary>kg CO2e in all that was made; null where nothing of its own counts it.</summary>
    public required Figure? Emissions { get; init; }

    /// <summary>Of the product's total, percent; null where nothing of its own counts it.</summary>
    public Figure? Share { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public (string Property, Figure Figure) Principal => ("amount", Amount);
}
