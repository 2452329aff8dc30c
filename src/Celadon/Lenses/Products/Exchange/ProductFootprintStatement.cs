using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Celadon.Quantities;
using NodaTime;

namespace Celadon.Lenses.Products;

/// <summary>Whether a statement may still be relied on.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StatementStatus>))]
public enum StatementStatus
{
    /// <summary>The version that counts.</summary>
    Active,

    /// <summary>Superseded or taken back.</summary>
    Deprecated,
}

/// <summary>
/// The product carbon footprint inside a statement: quantities per declared unit, what they cover and by
/// which rules they were made. One model for every form it is exchanged in.
/// </summary>
public sealed record Pcf
{
    /// <summary>
    /// The units in which a footprint may be declared (PACT technical specification v3.0.3).
    /// </summary>
    public static ImmutableArray<string> Units { get; } =
    [
        "liter", "kilogram", "cubic meter", "kilowatt hour", "megajoule", "ton kilometer", "square meter",
        "piece", "hour", "megabit second",
    ];

    /// <summary>One of <see cref="Units"/>.</summary>
    public required string Unit { get; init; }

    /// <summary>How many of the unit the quantities are for; above zero.</summary>
    public required Amount UnitCount { get; init; }

    /// <summary>Mass of that many, in kg, without packaging; zero where mass says nothing (power, service).
    /// </summary>
    public required Amount MassKg { get; init; }

    /// <summary>When the activity data begin.</summary>
    public required Instant ReferenceStart { get; init; }

    /// <summary>When they end.</summary>
    public required Instant ReferenceEnd { get; init; }

    /// <summary>Country, ISO 3166-1 alpha-2; null for another granularity.</summary>
    public string? Country { get; init; }

    /// <summary>Part of a country, ISO 3166-2.</summary>
    public string? Subdivision { get; init; }

    /// <summary>Region or subregion by the United Nations' names.</summary>
    public string? Region { get; init; }

    /// <summary>The quantities that are known; one that is missing is unknown, not zero.</summary>
    public required ImmutableSortedDictionary<PcfValue, Amount> Values { get; init; }

    /// <summary>What is left out, in percent of the footprint.</summary>
    public required Amount ExemptedPercent { get; init; }

    /// <summary>Why it is left out.</summary>
    public string? Exemptions { get; init; }

    /// <summary>The processes inside the boundary.</summary>
    public string? Boundary { get; init; }

    /// <summary>How shared burdens were divided.</summary>
    public string? Allocation { get; init; }

    /// <summary>True when packaging is inside; null when not said.</summary>
    public bool? WithPackaging { get; init; }

    /// <summary>True when captured carbon dioxide that is stored is inside; null when not said.</summary>
    public bool? WithStorage { get; init; }

    /// <summary>The reports whose warming potentials were used: "AR6".</summary>
    public required ImmutableArray<string> Gwp { get; init; }

    /// <summary>The standards followed: "ISO14067".</summary>
    public required ImmutableArray<string> Standards { get; init; }

    /// <summary>Share of primary data, in percent.</summary>
    public Amount? PrimaryPercent { get; init; }

    /// <summary>Quality of technology, geography and time, 1 (best) to 5; null when not rated.</summary>
    public DataQuality? Quality { get; init; }

    /// <summary>
    /// What the form held besides, by name, as JSON: kept so that nothing is lost on the way through.
    /// </summary>
    public ImmutableSortedDictionary<string, string> Further { get; init; } =
        ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>A quantity, or null when it is unknown.</summary>
    public Amount? this[PcfValue value] => Values.TryGetValue(value, out var known) ? known : null;
}

/// <summary>Ratings from 1 (best) to 5.</summary>
public sealed record DataQuality(Amount? Technology, Amount? Geography, Amount? Time);

/// <summary>
/// A statement of the footprint of a product, as it goes to a customer or comes from a supplier. It never
/// changes: a correction is a new statement that names this one among its predecessors.
/// </summary>
public sealed record ProductFootprintStatement
{
    /// <summary>How long a statement without dates of its own counts after its reference period.</summary>
    public const int YearsValid = 3;

    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Version of the specification it was written by, "3.0.3".</summary>
    public required string SpecVersion { get; init; }

    /// <summary>The statements it replaces.</summary>
    public ImmutableArray<Guid> Preceding { get; init; } = [];

    /// <summary>When it was made.</summary>
    public required Instant Created { get; init; }

    /// <summary>Whether it counts.</summary>
    public required StatementStatus Status { get; init; }

    /// <summary>From when it may be relied on, as stated; null when not said.</summary>
    public Instant? ValidStart { get; init; }

    /// <summary>Until when.</summary>
    public Instant? ValidEnd { get; init; }

    /// <summary>The company that states it.</summary>
    public required string Company { get; init; }

    /// <summary>Its identifiers, URNs.</summary>
    public required ImmutableArray<string> CompanyIds { get; init; }

    /// <summary>The product in words.</summary>
    public required string Description { get; init; }

    /// <summary>Its identifiers, URNs.</summary>
    public required ImmutableArray<string> ProductIds { get; init; }

    /// <summary>What class of product it is, URNs.</summary>
    public ImmutableArray<string> Classifications { get; init; } = [];

    /// <summary>The name the company has for it.</summary>
    public required string Product { get; init; }

    /// <summary>A remark.</summary>
    public string? Comment { get; init; }

    /// <summary>The footprint.</summary>
    public required Pcf Pcf { get; init; }

    /// <summary>What the form held besides, by name, as JSON.</summary>
    public ImmutableSortedDictionary<string, string> Further { get; init; } =
        ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>From when it counts: as stated, else the end of the reference period.</summary>
    [JsonIgnore]
    public Instant CountsFrom => ValidStart ?? Pcf.ReferenceEnd;

    /// <summary>Until when: as stated, else three years after the reference period.</summary>
    [JsonIgnore]
    public Instant CountsUntil => ValidEnd ?? Pcf.ReferenceEnd.InUtc().LocalDateTime.PlusYears(YearsValid)
        .InUtc().ToInstant();
}
