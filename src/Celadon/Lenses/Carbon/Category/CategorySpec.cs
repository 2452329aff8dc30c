using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Celadon.Lenses.Carbon;

/// <summary>
/// A Scope 3 category by one calculation method of the GHG Protocol's Technical Guidance for Calculating
/// Scope 3 Emissions (2013). Every fact stands in the spec; the method decides which facts there are.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "method")]
[JsonDerivedType(typeof(SupplierSpecific), "supplier-specific")]
[JsonDerivedType(typeof(Hybrid), "hybrid")]
[JsonDerivedType(typeof(AverageData), "average-data")]
[JsonDerivedType(typeof(SpendBased), "spend-based")]
[JsonDerivedType(typeof(FuelAndEnergy), "fuel-and-energy")]
[JsonDerivedType(typeof(FuelBased), "fuel-based")]
[JsonDerivedType(typeof(DistanceBased), "distance-based")]
[JsonDerivedType(typeof(TransportAllocation), "transport-allocation")]
[JsonDerivedType(typeof(DistributionSite), "distribution-site-specific")]
[JsonDerivedType(typeof(DistributionAverage), "distribution-average")]
[JsonDerivedType(typeof(WasteType), "waste-type-specific")]
[JsonDerivedType(typeof(WasteAverage), "waste-average")]
[JsonDerivedType(typeof(EndOfLife), "end-of-life")]
[JsonDerivedType(typeof(TravelDistance), "travel-distance")]
[JsonDerivedType(typeof(CommutingDistance), "commuting-distance")]
[JsonDerivedType(typeof(CommutingAverage), "commuting-average")]
[JsonDerivedType(typeof(LeasedAsset), "asset-specific")]
[JsonDerivedType(typeof(LeasedLessor), "lessor-specific")]
[JsonDerivedType(typeof(LeasedAverage), "asset-average")]
[JsonDerivedType(typeof(ProcessingSite), "processing-site-specific")]
[JsonDerivedType(typeof(UseDirect), "use-phase-direct")]
[JsonDerivedType(typeof(UseFuels), "use-phase-fuels")]
[JsonDerivedType(typeof(UseGases), "use-phase-gases")]
[JsonDerivedType(typeof(UseIndirect), "use-phase-indirect")]
[JsonDerivedType(typeof(UseIntermediate), "use-phase-intermediate")]
[JsonDerivedType(typeof(FranchiseSpecific), "franchise-specific")]
[JsonDerivedType(typeof(InvestmentSpecific), "investment-specific")]
[JsonDerivedType(typeof(InvestmentAverage), "investment-average")]
[JsonDerivedType(typeof(ProjectSpecific), "project-specific")]
[JsonDerivedType(typeof(ProjectAverage), "project-average")]
[JsonDerivedType(typeof(ProjectLifetime), "project-lifetime")]
public abstract record CategorySpec
{
    /// <summary>"3.1" to "3.15".</summary>
    public required string Category { get; init; }

    /// <summary>Unit of mass of the result: "kg" or "t".</summary>
    public string Mass { get; init; } = "kg";
}

/// <summary>A spec that is a list of lines of one shape.</summary>
public abstract record LinesSpec<TLine> : CategorySpec where TLine : CategoryLine
{
    /// <summary>The lines.</summary>
    public required ImmutableArray<TLine> Lines { get; init; }
}

/// <summary>One thing that is calculated.</summary>
public abstract record CategoryLine
{
    /// <summary>What the user calls it.</summary>
    public required string Name { get; init; }
}

/// <summary>A quantity times a factor.</summary>
public record ActivityLine : CategoryLine
{
    /// <summary>Activity data: "200000 kg".</summary>
    public required Measure Quantity { get; init; }

    /// <summary>Emission factor: "0.15 kg CO2e/kg".</summary>
    public required FactorReference Factor { get; init; }
}

/// <summary>Goods over a distance.</summary>
public sealed record DistanceLine : CategoryLine
{
    /// <summary>Mass, volume or units carried: "2 t", "3 TEU".</summary>
    public required Measure Goods { get; init; }

    /// <summary>Distance of the leg: "2000 km".</summary>
    public required Measure Distance { get; init; }

    /// <summary>"0.2 kg CO2e/tkm", "0.05 kg CO2e/TEU-km".</summary>
    public required FactorReference Factor { get; init; }
}

/// <summary>A treatment and the share of the waste it takes.</summary>
public sealed record TreatmentLine : CategoryLine
{
    /// <summary>Share of the total: "25 %". The shares of a waste add up to 100 %.</summary>
    public required Measure Share { get; init; }

    /// <summary>"300 kg CO2e/t".</summary>
    public required FactorReference Factor { get; init; }
}

/// <summary>3.1, 3.2: product-specific cradle-to-gate factors from suppliers (formula 1.1).</summary>
public sealed record SupplierSpecific : LinesSpec<ActivityLine>;

/// <summary>
/// 3.1, 3.2, 3.3, 3.6, 3.10: industry-average factors per mass or unit (formulas 1.4, 10.2).
/// </summary>
public sealed record AverageData : LinesSpec<ActivityLine>;

/// <summary>Money spent times an input-output factor (formulas 1.5, 4.7).</summary>
public sealed record SpendBased : LinesSpec<SpendLine>;

/// <summary>Money spent.</summary>
public sealed record SpendLine : CategoryLine
{
    /// <summary>Amount spent: "5000 USD".</summary>
    public required Measure Spend { get; init; }

    /// <summary>
    /// Price level of the spending over that of the factor's year ("1.07"); null when both are of one year.
    /// </summary>
    public Measure? PriceIndex { get; init; }

    /// <summary>"0.3 kg CO2e/USD".</summary>
    public required FactorReference Factor { get; init; }
}

/// <summary>3.1, 3.2: the supplier's own data, gaps filled by secondary data (formulas 1.2, 1.3).</summary>
public sealed record Hybrid : CategorySpec
{
    /// <summary>The suppliers.</summary>
    public required ImmutableArray<HybridSupplier> Suppliers { get; init; }
}

/// <summary>What a supplier states about what it made for the reporter, and what is filled in.</summary>
public sealed record HybridSupplier
{
    /// <summary>What the user calls it.</summary>
    public required string Name { get; init; }

    /// <summary>Its allocated fuel, electricity, process and fugitive emissions.</summary>
    public ImmutableArray<ActivityLine> Scope1And2 { get; init; } = [];

    /// <summary>Its material inputs.</summary>
    public ImmutableArray<ActivityLine> Inputs { get; init; } = [];

    /// <summary>Carriage of its inputs to it.</summary>
    public ImmutableArray<DistanceLine> Transport { get; init; } = [];

    /// <summary>Its waste.</summary>
    public ImmutableArray<ActivityLine> Waste { get; init; } = [];

    /// <summary>
    /// Everything the supplier could not state, by an average factor that leaves out what it did.
    /// </summary>
    public RemainderLine? Remainder { get; init; }
}

/// <summary>The part of a cradle-to-gate factor that the supplier's own data do not cover.</summary>
public sealed record RemainderLine : ActivityLine
{
    /// <summary>What the factor leaves out: "scope1And2", "inputs", "transport", "waste".</summary>
    public required ImmutableArray<string> Excludes { get; init; }
}

/// <summary>3.3: activities A, B and C (formulas 3.1 to 3.3).</summary>
public sealed record FuelAndEnergy : LinesSpec<EnergyLine>;

/// <summary>Fuel or energy bought and used.</summary>
public sealed record EnergyLine : CategoryLine
{
    /// <summary>"500000 kWh".</summary>
    public required Measure Purchased { get; init; }

    /// <summary>
    /// Upstream (well-to-tank) factor of the fuel or energy; null when it is not asked for.
    /// </summary>
    public FactorReference? Upstream { get; init; }

    /// <summary>Factor of generation, with which losses are counted.</summary>
    public FactorReference? Generation { get; init; }

    /// <summary>Transmission and distribution losses: "10 %". Stated with the factor of generation.</summary>
    public Measure? LossRate { get; init; }
}

/// <summary>3.5: treatment by type of waste (formula 5.2).</summary>
public sealed record WasteType : LinesSpec<ActivityLine>;

/// <summary>3.5: total waste shared out over treatments (formula 5.3).</summary>
public sealed record WasteAverage : CategorySpec
{
    /// <summary>Total mass of waste.</summary>
    public required Measure Total { get; init; }

    /// <summary>How it was treated.</summary>
    public required ImmutableArray<TreatmentLine> Treatments { get; init; }
}

/// <summary>3.12: products sold, after use, shared out over treatments (formula 12.1).</summary>
public sealed record EndOfLife : CategorySpec
{
    /// <summary>The products.</summary>
    public required ImmutableArray<EndOfLifeProduct> Products { get; init; }
}

/// <summary>A product at the end of its life.</summary>
public sealed record EndOfLifeProduct
{
    /// <summary>What the user calls it.</summary>
    public required string Name { get; init; }

    /// <summary>Total mass of product and packaging after consumer use.</summary>
    public required Measure Mass { get; init; }

    /// <summary>How it is treated.</summary>
    public required ImmutableArray<TreatmentLine> Treatments { get; init; }
}
