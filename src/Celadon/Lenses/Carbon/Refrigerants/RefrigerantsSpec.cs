using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Celadon.Packs;

namespace Celadon.Lenses.Carbon;

/// <summary>Refrigerant lost by cooling plant, by one of three methods a line.</summary>
public sealed record RefrigerantsSpec
{
    /// <summary>The plant or stock of gas.</summary>
    public required ImmutableArray<RefrigerantLine> Lines { get; init; }

    /// <summary>GWP set; needed where a line names its gas instead of its GWP.</summary>
    [JsonConverter(typeof(JsonStringEnumConverter<GwpSet>))]
    public GwpSet? Gwp { get; init; }
}

/// <summary>One gas in one plant.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "method")]
[JsonDerivedType(typeof(MassBalance), "mass-balance")]
[JsonDerivedType(typeof(SimplifiedBalance), "simplified")]
[JsonDerivedType(typeof(Screening), "screening")]
public abstract record RefrigerantLine
{
    /// <summary>What the user calls it.</summary>
    public required string Name { get; init; }

    /// <summary>The gas or blend by canonical resource: "r-410a", "hfc-32".</summary>
    public string? Gas { get; init; }

    /// <summary>Composition of a blend by mass where no pack knows it; fractions add up to 100 %.</summary>
    public ImmutableArray<BlendComponent> Composition { get; init; } = [];

    /// <summary>The GWP itself: "1923.5 kg CO2e/kg".</summary>
    public FactorReference? Gwp { get; init; }
}

/// <summary>A component of a blend.</summary>
public sealed record BlendComponent
{
    /// <summary>The gas by canonical resource.</summary>
    public required string Gas { get; init; }

    /// <summary>Its mass fraction: "50 %".</summary>
    public required Measure Share { get; init; }
}

/// <summary>
/// Everything that came in and did not stay: inventory decrease + purchases − sales − capacity increase.
/// </summary>
public sealed record MassBalance : RefrigerantLine
{
    /// <summary>
    /// Gas in store at the start less gas in store at the end; negative when the store grew.
    /// </summary>
    public required Measure InventoryDecrease { get; init; }

    /// <summary>Gas bought and otherwise received.</summary>
    public required Measure Purchases { get; init; }

    /// <summary>Gas sold, returned, sent for recycling or destruction.</summary>
    public required Measure Sales { get; init; }

    /// <summary>Full charge of plant at the end less at the start; negative when plant was retired.</summary>
    public required Measure CapacityIncrease { get; init; }
}

/// <summary>
/// For a user whose contractor services the plant: (new charge − new capacity) + recharge + (disposed −
/// recovered).
/// </summary>
public sealed record SimplifiedBalance : RefrigerantLine
{
    /// <summary>Gas used to fill new plant; zero for plant filled at the factory.</summary>
    public required Measure NewCharge { get; init; }

    /// <summary>Full charge of that new plant.</summary>
    public required Measure NewCapacity { get; init; }

    /// <summary>Gas used to top up plant.</summary>
    public required Measure Recharge { get; init; }

    /// <summary>Full charge of plant disposed of.</summary>
    public required Measure DisposedCapacity { get; init; }

    /// <summary>Gas recovered from it.</summary>
    public required Measure Recovered { get; init; }
}

/// <summary>By loss rates, for screening only.</summary>
public sealed record Screening : RefrigerantLine
{
    /// <summary>Gas filled into new plant.</summary>
    public required Measure NewCharge { get; init; }

    /// <summary>Share lost in filling: "1 %".</summary>
    public required Measure InstallationLoss { get; init; }

    /// <summary>Full charge of plant in use.</summary>
    public required Measure Capacity { get; init; }

    /// <summary>Share lost a year: "10 %/a".</summary>
    public required Measure AnnualLoss { get; init; }

    /// <summary>How long it was in use: "1 a".</summary>
    public required Measure Time { get; init; }

    /// <summary>Full charge of plant disposed of.</summary>
    public required Measure DisposedCapacity { get; init; }

    /// <summary>Share of it still there at disposal: "80 %".</summary>
    public required Measure Remaining { get; init; }

    /// <summary>Share of that recovered: "70 %".</summary>
    public required Measure Recovery { get; init; }
}
