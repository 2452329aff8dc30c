using System.Collections.Immutable;
using Celadon.Quantities;
using Celadon.Registers;

namespace Celadon.Packs;

/// <summary>A global warming potential.</summary>
/// <param name="Pack">The pack it stands in.</param>
/// <param name="Id">"AR5/methane/fossil".</param>
/// <param name="Set">The set.</param>
/// <param name="Gas">Canonical resource of the gas.</param>
/// <param name="Origin">For methane, which of its two values; null for all others.</param>
/// <param name="Name">Its name.</param>
/// <param name="Value">kg CO2e per kg.</param>
/// <param name="Status">How it came to be known.</param>
/// <param name="Source">Table at the source.</param>
public sealed record GwpRow(
    PackHeader Pack, string Id, GwpSet Set, string Gas, MethaneOrigin? Origin, Name Name, Amount Value,
    FactorStatus Status, string Source);

/// <summary>A component of a refrigerant blend, by mass.</summary>
/// <param name="Pack">The pack it stands in.</param>
/// <param name="Blend">Canonical resource of the blend: "r-410a".</param>
/// <param name="Component">Canonical resource of the component.</param>
/// <param name="Fraction">Mass fraction, above 0 and at most 1; those of a blend add up to 1.</param>
/// <param name="Counted">False for a component that is no Kyoto gas (a hydrocarbon).</param>
/// <param name="Status">How it came to be known.</param>
/// <param name="Source">Where it stands.</param>
public sealed record BlendRow(
    PackHeader Pack, string Blend, string Component, Amount Fraction, bool Counted, FactorStatus Status,
    string Source);

/// <summary>What kind of thing a resource is; scope rules go by it.</summary>
public enum ResourceKind
{
    /// <summary>Burned for energy.</summary>
    Fuel,

    /// <summary>Electricity.</summary>
    Electricity,

    /// <summary>Heat and steam.</summary>
    Heat,

    /// <summary>Water and waste water.</summary>
    Water,

    /// <summary>A material that goes into or around the product.</summary>
    Material,

    /// <summary>A fluid of cooling plant.</summary>
    Refrigerant,

    /// <summary>Any other gas that counts when it escapes.</summary>
    Gas,

    /// <summary>Waste.</summary>
    Waste,

    /// <summary>Carriage of goods.</summary>
    Freight,

    /// <summary>Travel of employees.</summary>
    Travel,

    /// <summary>What is made or sold, and goods bought that are no material.</summary>
    Product,
}

/// <summary>A resource of the catalogue.</summary>
/// <param name="Id">Canonical id: "natural-gas".</param>
/// <param name="Kind">What kind of thing it is.</param>
/// <param name="Name">Its name in both languages.</param>
/// <param name="Unit">The unit it is usually counted in.</param>
/// <param name="Variants">
/// How facts name its variant: "{vehicle-class:all-hgvs}/{load:average-laden}" takes two facts, each with the
/// word that stands when the fact is absent or "unknown"; "{route}" has no such word. Empty when it has no
/// variants.
/// </param>
/// <param name="Aliases">Other names, without regard to case.</param>
public sealed record Resource(
    string Id, ResourceKind Kind, Name Name, Unit Unit, string Variants, ImmutableArray<string> Aliases);

/// <summary>A place that factors are published for, and the wider place it lies in.</summary>
/// <param name="Id">"WORLD", ISO 3166-1 alpha-2, ISO 3166-2, or a grid region ("CN-east").</param>
/// <param name="Kind">"world", "country", "region", "province", "city".</param>
/// <param name="Parent">The next wider place; empty for the world.</param>
/// <param name="Name">Its name.</param>
/// <param name="Aliases">Other codes.</param>
public sealed record PlaceRow(string Id, string Kind, string Parent, Name Name,
    ImmutableArray<string> Aliases);

/// <summary>
/// A resource that may be named as a candidate when another has no factor. Never used unasked.
/// </summary>
/// <param name="Resource">The one without a factor.</param>
/// <param name="Related">The one that has.</param>
/// <param name="Basis">For which basis.</param>
/// <param name="When">Condition on the facts, as in rules; empty when there is none.</param>
/// <param name="Note">What is different.</param>
public sealed record RelatedResource(string Resource, string Related, FactorBasis Basis, string When,
    Name Note);

/// <summary>A calorific value or a density of a fuel.</summary>
/// <param name="Pack">The pack it stands in.</param>
/// <param name="Id">Its id in the pack.</param>
/// <param name="Resource">The fuel.</param>
/// <param name="Variant">Its variant; empty for the general row.</param>
/// <param name="Property">"calorific-value" or "density".</param>
/// <param name="Place">For which place.</param>
/// <param name="Name">Its name.</param>
/// <param name="Value">Numerator units per denominator unit.</param>
/// <param name="Numerator">"GJ", "MJ", "kg".</param>
/// <param name="Denominator">"t", "m3", "L".</param>
/// <param name="Calorific">Gross or net for a calorific value.</param>
/// <param name="Derived">True when implied by other published figures.</param>
/// <param name="Status">How it came to be known.</param>
/// <param name="Source">Where it stands.</param>
public sealed record FuelProperty(
    PackHeader Pack, string Id, string Resource, string Variant, string Property, string Place, Name Name,
    Amount Value, Unit Numerator, Unit Denominator, CalorificBasis Calorific, bool Derived,
    FactorStatus Status,
    string Source);

/// <summary>
/// A country's electricity in one year: life-cycle intensity and generation. For tiers and trends only.
/// </summary>
/// <param name="Pack">The pack it stands in.</param>
/// <param name="Code">ISO 3166-1 alpha-3, or the publisher's code of an aggregate.</param>
/// <param name="Place">ISO 3166-1 alpha-2; empty for an aggregate.</param>
/// <param name="IsCountry">False for a continent or income group.</param>
/// <param name="Name">Its name.</param>
/// <param name="Year">The year.</param>
/// <param name="GramsPerKwh">g CO2e/kWh, life cycle, biogenic CO2 counted.</param>
/// <param name="GenerationTwh">Total generation; null when not stated.</param>
/// <param name="BySourceTwh">
/// coal, gas, oil, nuclear, hydro, wind, solar, where stated; the rest is in the total only.
/// </param>
/// <param name="Row">Row of its file.</param>
public sealed record IntensityRow(
    PackHeader Pack, string Code, string Place, bool IsCountry, Name Name, int Year, Amount GramsPerKwh,
    Amount? GenerationTwh, ImmutableSortedDictionary<string, Amount> BySourceTwh, int Row);

/// <summary>The 95 % interval that its publisher states for a factor of the same pack.</summary>
/// <param name="Pack">The pack it stands in.</param>
/// <param name="Factor">Id of the factor's row.</param>
/// <param name="Gas">"co2" where the interval is that of the CO2 column; empty for the whole value.</param>
/// <param name="Lower">Lower end, in the factor's own unit.</param>
/// <param name="Upper">Upper end, in the factor's own unit.</param>
/// <param name="Status">How it came to be known.</param>
/// <param name="Source">Where it stands.</param>
public sealed record FactorUncertainty(
    PackHeader Pack, string Factor, string Gas, Amount Lower, Amount Upper, FactorStatus Status,
    string Source);

/// <summary>A number that a rule or standard sets: a threshold, a coefficient.</summary>
/// <param name="Pack">The pack it stands in.</param>
/// <param name="Id">Its id: "secr/de-minimis".</param>
/// <param name="Name">What it is.</param>
/// <param name="Value">The number.</param>
/// <param name="Unit">Its unit; empty for a bare number.</param>
/// <param name="Status">How it came to be known.</param>
/// <param name="Source">Where it stands.</param>
public sealed record RuleValue(
    PackHeader Pack, string Id, Name Name, Amount Value, string Unit, FactorStatus Status, string Source);

/// <summary>An indicator of product declarations.</summary>
/// <param name="Pack">The pack it stands in.</param>
/// <param name="Id">Its abbreviation: "GWP-total".</param>
/// <param name="Order">Where it is printed, from 1.</param>
/// <param name="Group">"core", "resources", "waste" or "output".</param>
/// <param name="Alias">Its abbreviation in ILCD+EPD files: "ADPE".</param>
/// <param name="Identifier">Its UUID in ILCD+EPD files.</param>
/// <param name="UnitGroup">UUID of its unit group there.</param>
/// <param name="Name">Its name.</param>
/// <param name="Unit">Its unit: "kg CO2 eq".</param>
/// <param name="Status">How it came to be known.</param>
/// <param name="Source">Where it stands.</param>
public sealed record IndicatorRow(
    PackHeader Pack, string Id, int Order, string Group, string Alias, string Identifier, string UnitGroup,
    Name Name, string Unit, FactorStatus Status, string Source);

/// <summary>A criterion of eco-design.</summary>
/// <param name="Pack">The pack it stands in.</param>
/// <param name="Id">Its id: "durability/repair".</param>
/// <param name="Order">Where it is printed, from 1.</param>
/// <param name="Stage">The stage of life it concerns.</param>
/// <param name="Name">What is asked.</param>
/// <param name="Status">How it came to be known.</param>
/// <param name="Source">Where it stands.</param>
public sealed record CriterionRow(
    PackHeader Pack, string Id, int Order, string Stage, Name Name, FactorStatus Status, string Source);

/// <summary>A substance on a list.</summary>
/// <param name="Pack">The pack it stands in.</param>
/// <param name="Id">Its id: "eu-rohs/lead".</param>
/// <param name="List">The list: "eu-rohs".</param>
/// <param name="Cas">CAS number; for a group without one, its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Limit">% w/w above which the list applies.</param>
/// <param name="Substitute">What may stand in for it; null where no source names anything.</param>
/// <param name="Status">How it came to be known.</param>
/// <param name="Source">Where it stands.</param>
public sealed record SubstanceRow(
    PackHeader Pack, string Id, string List, string Cas, Name Name, Amount Limit, Name? Substitute,
    FactorStatus Status, string Source);

/// <summary>A substance of a group that lists name as a whole.</summary>
/// <param name="Pack">The pack it stands in.</param>
/// <param name="Id">Its id: "pbde/bde-47".</param>
/// <param name="Group">Id of the group, the <see cref="SubstanceRow.Cas"/> of its rows.</param>
/// <param name="Cas">CAS number of the substance.</param>
/// <param name="Name">Its name.</param>
/// <param name="Status">How it came to be known.</param>
/// <param name="Source">Where it stands.</param>
public sealed record SubstanceMember(
    PackHeader Pack, string Id, string Group, string Cas, Name Name, FactorStatus Status, string Source);

/// <summary>What a source says of a substitute.</summary>
public enum SubstituteStanding
{
    /// <summary>
    /// A public body or a study compared it with the listed substance: hazards, burdens or performance.
    /// </summary>
    Assessed,

    /// <summary>It stands in for the listed substance; the source does not compare the two.</summary>
    Used,

    /// <summary>Named as possible, and advised against.</summary>
    Rejected,
}

/// <summary>What may stand in for a listed substance in a use. Facts of a source, no advice.</summary>
/// <param name="Pack">The pack it stands in.</param>
/// <param name="Id">Its id: "dehp/pvc/dinch".</param>
/// <param name="Substance">
/// CAS number of the listed substance, or the id of its group: what <see cref="SubstanceRow.Cas"/> holds.
/// </param>
/// <param name="Use">The use that the source speaks of.</param>
/// <param name="Name">The substitute: a substance, a material or a way of making.</param>
/// <param name="Cas">Its CAS number; empty where it has none.</param>
/// <param name="Standing">What the source says of it.</param>
/// <param name="Caveat">What it takes, and what is against it.</param>
/// <param name="Status">How it came to be known.</param>
/// <param name="Source">Where it stands.</param>
/// <param name="Links">Addresses of the source, at least one.</param>
/// <param name="Published">When the source was published: year, month or day; empty when not known.</param>
public sealed record SubstituteRow(
    PackHeader Pack, string Id, string Substance, Name Use, Name Name, string Cas,
    SubstituteStanding Standing, Name Caveat, FactorStatus Status, string Source,
    ImmutableArray<string> Links, string Published);

/// <summary>A public holiday, or a day of a weekend that is worked in exchange for one (调休).</summary>
/// <param name="Pack">The pack it stands in.</param>
/// <param name="Place">Where: "CN", "GB-EAW".</param>
/// <param name="Date">The local day.</param>
/// <param name="IsWorked">True for a day worked in exchange.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Status">How it came to be known.</param>
/// <param name="Source">Where it stands.</param>
public sealed record CalendarDay(
    PackHeader Pack, string Place, NodaTime.LocalDate Date, bool IsWorked, Name Name, FactorStatus Status,
    string Source);

/// <summary>
/// A band of electricity intensity as the report prints it. Group and tier letters run opposite ways, so that
/// colour, name and numbers are always shown together.
/// </summary>
/// <param name="Pack">The pack it stands in.</param>
/// <param name="Order">1 is the lowest band.</param>
/// <param name="Group">Group letter.</param>
/// <param name="Tier">Tier letter.</param>
/// <param name="Colour">"green", "blue", "red".</param>
/// <param name="Name">Its name.</param>
/// <param name="Lower">Lowest value inside, after rounding; null when open.</param>
/// <param name="Upper">Highest value inside, after rounding; null when open.</param>
/// <param name="Decimals">
/// To how many decimals of kg/kWh a value is rounded, half to even, before it is classified.
/// </param>
/// <param name="Source">Where it stands.</param>
public sealed record IntensityBand(
    PackHeader Pack, int Order, string Group, string Tier, string Colour, Name Name, Amount? Lower,
    Amount? Upper,
    int Decimals, string Source);
