using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Celadon.Ledger;
using Celadon.Quantities;
using NodaTime;

namespace Celadon.Registers;

/// <summary>A name in both languages; either stands in for the other when it is missing.</summary>
/// <param name="En">English.</param>
/// <param name="Zh">中文.</param>
public sealed record Name(string? En = null, string? Zh = null)
{
    /// <summary>The name in a language, else the other one, else the id given.</summary>
    public string In(string language, string id) => (language == "zh" ? Zh ?? En : En ?? Zh) ?? id;
}

/// <summary>
/// How an organisation draws the boundary of what counts as its own (GHG Protocol, chapter 3).
/// </summary>
[JsonConverter(typeof(JsonStringEnumConverter<Consolidation>))]
public enum Consolidation
{
    /// <summary>All of every operation it runs.</summary>
    [JsonStringEnumMemberName("operational-control")] OperationalControl,

    /// <summary>All of every operation whose financial policies it directs.</summary>
    [JsonStringEnumMemberName("financial-control")] FinancialControl,

    /// <summary>Its share of every operation.</summary>
    [JsonStringEnumMemberName("equity-share")] EquityShare,
}

/// <summary>Something that exists: a row of a register.</summary>
public abstract record RegisterItem
{
    /// <summary>Which one; unique within its type.</summary>
    public required string Id { get; init; }

    /// <summary>What people call it.</summary>
    public Name Name { get; init; } = new();

    /// <summary>Free remarks.</summary>
    public string? Note { get; init; }
}

/// <summary>The reporting organisation.</summary>
public sealed record Organisation : RegisterItem
{
    /// <summary>Its consolidation approach.</summary>
    public Consolidation Consolidation { get; init; } = Consolidation.OperationalControl;

    /// <summary>Country, ISO 3166-1 alpha-2.</summary>
    public string? Country { get; init; }

    /// <summary>Base year of its inventory, first month.</summary>
    public string? BaseYear { get; init; }

    /// <summary>Significance threshold of its base-year policy in percent.</summary>
    public Amount? RecalculationThresholdPercent { get; init; }

    /// <summary>Residents, staff: persons for intensity ratios.</summary>
    public Amount? Persons { get; init; }
}

/// <summary>A site: one address with its fence.</summary>
public sealed record Site : RegisterItem
{
    /// <summary>The organisation.</summary>
    public string? Organisation { get; init; }

    /// <summary>Country, ISO 3166-1 alpha-2.</summary>
    public required string Country { get; init; }

    /// <summary>Region or province, ISO 3166-2 ("CN-33").</summary>
    public string? Region { get; init; }

    /// <summary>IANA time zone.</summary>
    public required string Zone { get; init; }

    /// <summary>Floor area in m².</summary>
    public Amount? FloorAreaM2 { get; init; }

    /// <summary>Land area in m².</summary>
    public Amount? LandAreaM2 { get; init; }

    /// <summary>Sector code with its scheme: "SIC 23.41", "GB/T 4754 C307".</summary>
    public string? SectorCode { get; init; }

    /// <summary>Share of equity the organisation holds, 0 to 1; null when not stated.</summary>
    public Amount? EquityShare { get; init; }

    /// <summary>Whether it directs the financial policies; null when not stated.</summary>
    public bool? FinancialControl { get; init; }

    /// <summary>Whether it runs the site; null when not stated.</summary>
    public bool? OperationalControl { get; init; }
}

/// <summary>A line, boiler, vehicle pool or building inside a site.</summary>
public sealed record PlantUnit : RegisterItem
{
    /// <summary>The site.</summary>
    public required string Site { get; init; }

    /// <summary>
    /// "stationary" or "mobile" for what burns fuel; "cooling", "process", "building" otherwise.
    /// </summary>
    public string? Kind { get; init; }
}

/// <summary>A store inside a site.</summary>
public sealed record Stock : RegisterItem
{
    /// <summary>The site.</summary>
    public required string Site { get; init; }

    /// <summary>What it holds.</summary>
    public string? Resource { get; init; }

    /// <summary>The unit that draws from it, where only one does: "unit:forklifts".</summary>
    public string? Consumer { get; init; }

    /// <summary>
    /// The unit (or site) whose output goes into it: "unit:kiln". An output table that names no stock is
    /// written from there to here.
    /// </summary>
    public string? Producer { get; init; }
}

/// <summary>Whether a meter reports what passed in an interval or what its counter shows.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MeterReading>))]
public enum MeterReading
{
    /// <summary>The amount of each interval.</summary>
    [JsonStringEnumMemberName("interval")] Interval,

    /// <summary>The state of the counter at an instant.</summary>
    [JsonStringEnumMemberName("counter")] Counter,
}

/// <summary>A meter: what it measures, between which places, in which unit and how finely.</summary>
public sealed record Meter : RegisterItem
{
    /// <summary>The site whose time and closing it follows.</summary>
    public required string Site { get; init; }

    /// <summary>Where the flow comes from ("grid:GB").</summary>
    public required string From { get; init; }

    /// <summary>Where it goes ("site:stoke").</summary>
    public required string To { get; init; }

    /// <summary>What flows.</summary>
    public required string Resource { get; init; }

    /// <summary>Unit of its readings.</summary>
    public required string Unit { get; init; }

    /// <summary>Readings are integers × 10^-scale of the unit.</summary>
    public int Scale { get; init; } = 3;

    /// <summary>Interval or counter.</summary>
    public MeterReading Reading { get; init; }

    /// <summary>Length of an interval in minutes; null for a counter read now and then.</summary>
    public int? IntervalMinutes { get; init; }

    /// <summary>Accuracy in percent (class 1 is 1).</summary>
    public Amount? AccuracyPercent { get; init; }

    /// <summary>The value at which a counter starts again at zero (999999.9 + 0.1 → 1000000).</summary>
    public Amount? Modulus { get; init; }

    /// <summary>Gross or net where its unit is energy of a fuel.</summary>
    public CalorificBasis Calorific { get; init; }

    /// <summary>The node the flow comes from.</summary>
    [JsonIgnore] public Node FromNode => Node.Parse(From);

    /// <summary>The node the flow goes to.</summary>
    [JsonIgnore] public Node ToNode => Node.Parse(To);
}

/// <summary>Who supplies.</summary>
public sealed record Supplier : RegisterItem
{
    /// <summary>Country, ISO 3166-1 alpha-2.</summary>
    public string? Country { get; init; }
}

/// <summary>What the organisation makes.</summary>
public sealed record Product : RegisterItem
{
    /// <summary>Unit it is counted in.</summary>
    public string? Unit { get; init; }

    /// <summary>Mass of one in kg.</summary>
    public Amount? MassKg { get; init; }
}

/// <summary>Kinds of energy instrument in the order the market-based method uses them.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<InstrumentKind>))]
public enum InstrumentKind
{
    /// <summary>Energy attribute certificate: REGO, GO, I-REC, 绿证.</summary>
    [JsonStringEnumMemberName("certificate")] Certificate,

    /// <summary>Contract with a generator: PPA, 绿电 contract.</summary>
    [JsonStringEnumMemberName("contract")] Contract,

    /// <summary>Emission rate of the supplier.</summary>
    [JsonStringEnumMemberName("supplier-rate")] SupplierRate,
}

/// <summary>An energy instrument of the market-based method (Scope 2 Guidance, chapter 6).</summary>
public sealed record Instrument : RegisterItem
{
    /// <summary>Certificate, contract or supplier rate.</summary>
    public required InstrumentKind Kind { get; init; }

    /// <summary>The site it is used for.</summary>
    public required string Site { get; init; }

    /// <summary>The market it belongs to: "GB", "CN".</summary>
    public required string Market { get; init; }

    /// <summary>Year of generation.</summary>
    public int? Vintage { get; init; }

    /// <summary>How much it covers; null for a rate that covers all supply of its period.</summary>
    public Amount? Mwh { get; init; }

    /// <summary>kg CO2e per kWh it conveys.</summary>
    public required Amount KgCo2ePerKwh { get; init; }

    /// <summary>First month it can be used, "2026-01".</summary>
    public required string From { get; init; }

    /// <summary>Last month it can be used, "2026-12".</summary>
    public required string To { get; init; }

    /// <summary>For whom it was retired; a certificate not retired is not used.</summary>
    public string? RetiredFor { get; init; }

    /// <summary>Serial number or range in its registry: one MWh has one.</summary>
    public string? Serial { get; init; }

    /// <summary>The quality criteria that were checked, by name.</summary>
    public ImmutableArray<string> Quality { get; init; } = [];
}
