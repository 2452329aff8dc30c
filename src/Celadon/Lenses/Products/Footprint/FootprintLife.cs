using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Celadon.Quantities;

namespace Celadon.Lenses.Products;

/// <summary>What happens to one unit of a product after the gate, as it is stated.</summary>
public sealed record FootprintLife
{
    /// <summary>Id of the product.</summary>
    public required string Product { get; init; }

    /// <summary>How it gets to the customer; null where that is not stated.</summary>
    public FootprintDelivery? Delivery { get; init; }

    /// <summary>What it uses in its life; null where it uses nothing or that is not known.</summary>
    public FootprintUse? Use { get; init; }

    /// <summary>
    /// Treatments after use, by the cut-off method: who recycles bears the recycling. Shares add up to 1.
    /// </summary>
    public ImmutableArray<FootprintTreatment> EndOfLife { get; init; } = [];

    /// <summary>
    /// The materials of one unit for the circular footprint formula, in kg CO2e; in place of treatments. Only
    /// its terms after use count: what goes in is in the footprint to the gate.
    /// </summary>
    public CircularFootprintSpec? Circular { get; init; }

    /// <summary>
    /// Mass of one unit, kg; needed for treatments and distances where the unit is no mass.
    /// </summary>
    public Amount? MassKg { get; init; }

    /// <summary>
    /// Carbon dioxide that the biomass in it took up, kg CO2e per unit; at most zero. Biomass that the site
    /// burned took up what it let out and is in neither.
    /// </summary>
    public Amount? Uptake { get; init; }

    /// <summary>
    /// Carbon dioxide of its biomass that gets out after the gate, mostly at the end of life, kg CO2e per
    /// unit; at least zero.
    /// </summary>
    public Amount? Release { get; init; }

    /// <summary>
    /// Direct land use change of its raw materials, kg CO2e per unit, already spread over twenty years.
    /// </summary>
    public Amount? LandUseChange { get; init; }
}

/// <summary>Transport to the customer: by the ledger or as it is stated, not both.</summary>
public sealed record FootprintDelivery
{
    /// <summary>
    /// Takes the carriage to customers that the site's inventory holds under this product's own id, whoever
    /// pays for it. Those lines then stand in the product and not among what is excluded.
    /// </summary>
    public bool FromBooks { get; init; }

    /// <summary>Ways that one unit goes, or that parts of it go, one after another.</summary>
    public ImmutableArray<FootprintLeg> Legs { get; init; } = [];
}

/// <summary>A leg: a distance over which the mass is carried, or the fuel that one unit takes.</summary>
public sealed record FootprintLeg
{
    /// <summary>What it is: "road to Leeds".</summary>
    public required string Name { get; init; }

    /// <summary>Distance in km; null where fuel is stated.</summary>
    public Amount? DistanceKm { get; init; }

    /// <summary>Fuel or energy for one unit of the product; null where a distance is stated.</summary>
    public Amount? Fuel { get; init; }

    /// <summary>Unit of the fuel: "l".</summary>
    public string? Unit { get; init; }

    /// <summary>Part of the product that goes this way, above 0 to 1; null for all of it.</summary>
    public Amount? Share { get; init; }

    /// <summary>"pack:row" of the factor: by tonne-kilometre, or by the fuel's unit.</summary>
    public required string Factor { get; init; }
}

/// <summary>Energy that a product uses.</summary>
public sealed record FootprintUse
{
    /// <summary>How much a year for one unit of the product.</summary>
    public required Amount Energy { get; init; }

    /// <summary>Its unit: "kWh".</summary>
    public required string Unit { get; init; }

    /// <summary>Years of use, a whole number from 1 to 100.</summary>
    public required int Years { get; init; }

    /// <summary>"pack:row" of the factor.</summary>
    public required string Factor { get; init; }
}

/// <summary>A treatment after use.</summary>
public sealed record FootprintTreatment
{
    /// <summary>What it is: "landfill", "recycling".</summary>
    public required string Name { get; init; }

    /// <summary>Share of the mass, 0 to 1.</summary>
    public required Amount Share { get; init; }

    /// <summary>"pack:row" of the factor.</summary>
    public required string Factor { get; init; }
}

/// <summary>A product beyond the gate; every figure in kg CO2e per unit made.</summary>
/// <param name="Delivery">To the customer, by legs or by the ledger; null where it is not stated.</param>
/// <param name="Use">Energy a year × years × factor; null where it is not stated.</param>
/// <param name="EndOfLife">By treatments or by the circular formula; null where it is not stated.</param>
/// <param name="Whole">
/// To the grave: the gate, land use change and delivery as far as they are stated, use and end of life; null
/// unless the last two are.
/// </param>
/// <param name="Weighted">
/// The same with delayed emissions weighted; beside the whole and never in its place. Null under ISO 14067,
/// which weighs nothing.
/// </param>
/// <param name="Uptake">Biogenic uptake as stated; null where it is not.</param>
/// <param name="IncludingUptake">
/// The furthest figure there is with the uptake and, to the grave, with the biogenic carbon dioxide that gets
/// out again; null without an uptake.
/// </param>
/// <param name="LandUseChange">
/// Direct land use change as stated: apart, and in every figure beyond the books; null where it is not.
/// </param>
public sealed record FootprintGrave(Figure? Delivery, Figure? Use, Figure? EndOfLife, Figure? Whole,
    Figure? Weighted, Figure? Uptake, Figure? IncludingUptake, Figure? LandUseChange)
{
    /// <summary>To the gate with land use change, which no inventory holds; null without it.</summary>
    public Figure? GateWithLandUse { get; init; }

    /// <summary>Biogenic carbon dioxide after the gate as stated, apart; null where it is not.</summary>
    public Figure? Release { get; init; }

    /// <summary>
    /// How good the data are of the lines to the gate and of all that is stated beyond it; null where no
    /// rating was asked for, or nothing is stated.
    /// </summary>
    public FootprintQuality? Quality { get; init; }

    /// <summary>
    /// What the rules would let go of all that, to which their thresholds speak; null where no pack says.
    /// </summary>
    public FootprintCutOff? CutOff { get; init; }
}

/// <summary>What the rules would let a reader leave out, and what that would leave.</summary>
/// <param name="Threshold">A line below this share may be left out, percent.</param>
/// <param name="Lines">How many lines are below it by size, whatever their sign; each has its share.</param>
/// <param name="Small">The sizes of their shares together, percent: counted all the same.</param>
/// <param name="Left">What would be left without them, percent.</param>
/// <param name="Covered">What must be left, percent.</param>
public sealed record FootprintCutOff(Figure Threshold, int Lines, Figure Small, Figure Left, Figure Covered)
    : IHasPrincipalFigure
{
    /// <inheritdoc/>
    [JsonIgnore]
    public (string Property, Figure Figure) Principal => ("small", Small);
}
