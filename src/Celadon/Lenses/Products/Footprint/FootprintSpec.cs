using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Celadon.Packs;
using Celadon.Quantities;

namespace Celadon.Lenses.Products;

/// <summary>The rules a footprint follows.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FootprintRules>))]
public enum FootprintRules
{
    /// <summary>ISO 14067:2018.</summary>
    [JsonStringEnumMemberName("iso14067")] Iso14067,

    /// <summary>PAS 2050:2011.</summary>
    [JsonStringEnumMemberName("pas2050")] Pas2050,
}

/// <summary>Which of the two views of purchased energy counts; they are never mixed.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FootprintElectricity>))]
public enum FootprintElectricity
{
    /// <summary>The average of the grid.</summary>
    [JsonStringEnumMemberName("location")] Location,

    /// <summary>Contracts and certificates, as the inventory counts them: none is used twice.</summary>
    [JsonStringEnumMemberName("market")] Market,
}

/// <summary>By what several products of a site share its burdens.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FootprintKey>))]
public enum FootprintKey
{
    /// <summary>Mass of the output.</summary>
    [JsonStringEnumMemberName("mass")] Mass,

    /// <summary>Output times price.</summary>
    [JsonStringEnumMemberName("economic")] Economic,

    /// <summary>Stated shares that add up to 1.</summary>
    [JsonStringEnumMemberName("stated")] Stated,
}

/// <summary>The footprint, cradle to gate, of everything that a site made in some months.</summary>
public sealed record FootprintSpec
{
    /// <summary>The months: "2025-10/2026-09".</summary>
    public required MonthSpan Period { get; init; }

    /// <summary>Id of the site.</summary>
    public required string Site { get; init; }

    /// <summary>The rules: what is left out follows them.</summary>
    public required FootprintRules Rules { get; init; }

    /// <summary>The GWP set.</summary>
    public required GwpSet Gwp { get; init; }

    /// <summary>Which view of purchased energy counts.</summary>
    public required FootprintElectricity Electricity { get; init; }

    /// <summary>
    /// Units whose own energy goes to what is made on them, before the key shares the rest: both rules put
    /// splitting the process first. Empty for none.
    /// </summary>
    public ImmutableArray<FootprintUnit> Units { get; init; } = [];

    /// <summary>How products share; needed where the site makes more than one.</summary>
    public FootprintAllocation? Allocation { get; init; }

    /// <summary>
    /// Scope 3 categories that count although the rules leave them out by default: "3.2", "3.6". ISO 14067
    /// lets what is significant count; PAS 2050 leaves capital goods and commuting out in any case.
    /// </summary>
    public ImmutableArray<string> Include { get; init; } = [];

    /// <summary>
    /// What happens after the gate, per product; what is not stated here ends at the gate.
    /// </summary>
    public ImmutableArray<FootprintLife> Life { get; init; } = [];

    /// <summary>How the data are rated; null for no rating.</summary>
    public FootprintQualitySpec? Quality { get; init; }

    /// <summary>Takes the nearest edition of a factor, flagged.</summary>
    public bool AllowNearestEdition { get; init; }

    /// <summary>Takes a factor of a wider place, flagged.</summary>
    public bool AllowWiderPlace { get; init; }

    /// <summary>Fuel bought counts as burned where the books know no burning of it.</summary>
    public bool BoughtFuelCountsAsBurned { get; init; }
}

/// <summary>How products share what the site as a whole is burdened with.</summary>
public sealed record FootprintAllocation
{
    /// <summary>By what.</summary>
    public required FootprintKey Key { get; init; }

    /// <summary>Why this key; it stands in the answer.</summary>
    public required string Reason { get; init; }

    /// <summary>Of each product, its price of one unit of output (economic) or its share (stated).</summary>
    public ImmutableArray<FootprintWeight> Weights { get; init; } = [];
}

/// <summary>A product's price or share.</summary>
/// <param name="Product">Id of the product.</param>
/// <param name="Value">Price of one unit of output in one currency for all, or share, 0 to 1.</param>
public sealed record FootprintWeight(string Product, Amount Value);
