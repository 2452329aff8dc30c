using System.Collections.Immutable;

namespace Celadon.Lenses.Carbon;

/// <summary>3.8, 3.13, 3.14: an asset's own energy, by the part that is let (formula 8.1).</summary>
public sealed record LeasedAsset : CategorySpec
{
    /// <summary>The assets.</summary>
    public required ImmutableArray<LeasedBuilding> Assets { get; init; }
}

/// <summary>A leased asset with its energy.</summary>
public sealed record LeasedBuilding
{
    /// <summary>What the user calls it.</summary>
    public required string Name { get; init; }

    /// <summary>Fuel, electricity and refrigerant of the whole building.</summary>
    public required ImmutableArray<ActivityLine> Energy { get; init; }

    /// <summary>The part in question: "200 m2".</summary>
    public required Measure Area { get; init; }

    /// <summary>The whole: "2000 m2".</summary>
    public required Measure TotalArea { get; init; }

    /// <summary>Share of the whole that is occupied: "75 %"; null when all of it is.</summary>
    public Measure? Occupancy { get; init; }
}

/// <summary>3.8, 3.13: stated emissions of lessor or lessee, shared by area (formula 8.2).</summary>
public sealed record LeasedLessor : LinesSpec<LessorLine>;

/// <summary>Stated emissions and the part that counts.</summary>
public sealed record LessorLine : CategoryLine
{
    /// <summary>Scope 1 and 2 emissions of all assets together: "9000 kg CO2e".</summary>
    public required Measure Emissions { get; init; }

    /// <summary>Area, volume or other size of the leased asset.</summary>
    public required Measure Area { get; init; }

    /// <summary>The same of all assets.</summary>
    public required Measure TotalArea { get; init; }
}

/// <summary>
/// 3.8, 3.13, 3.14: floor area or number times an average factor (formulas 8.3, 8.4, 14.4, 14.5).
/// </summary>
public sealed record LeasedAverage : LinesSpec<AreaLine>;

/// <summary>Floor area or a number of assets over a time.</summary>
public sealed record AreaLine : CategoryLine
{
    /// <summary>"100 m2", "3 building".</summary>
    public required Measure Size { get; init; }

    /// <summary>How long: "1 a".</summary>
    public required Measure Time { get; init; }

    /// <summary>"30000 kg CO2e/m2/a".</summary>
    public required FactorReference Factor { get; init; }
}

/// <summary>3.14: emissions that franchisees state (formula 14.1).</summary>
public sealed record FranchiseSpecific : LinesSpec<FranchiseLine>;

/// <summary>A franchisee.</summary>
public sealed record FranchiseLine : CategoryLine
{
    /// <summary>"100000 kg CO2e".</summary>
    public required Measure Scope1 { get; init; }

    /// <summary>"20000 kg CO2e".</summary>
    public required Measure Scope2 { get; init; }
}

/// <summary>3.10: energy, refrigerant and waste of the processor (formula 10.1).</summary>
public sealed record ProcessingSite : LinesSpec<ActivityLine>
{
    /// <summary>Share that falls to the product sold; null when all of it does.</summary>
    public Measure? Share { get; init; }
}

/// <summary>3.11: products that use energy themselves (formula 11.1).</summary>
public sealed record UseDirect : LinesSpec<UseLine>;

/// <summary>A product in use.</summary>
public sealed record UseLine : CategoryLine
{
    /// <summary>Uses over its life: "1000 use/piece".</summary>
    public required Measure LifetimeUses { get; init; }

    /// <summary>Number sold: "11500 piece".</summary>
    public required Measure Sold { get; init; }

    /// <summary>"1.3 kWh/use".</summary>
    public required Measure PerUse { get; init; }

    /// <summary>"0.5 kg CO2e/kWh".</summary>
    public required FactorReference Factor { get; init; }
}

/// <summary>3.11: fuels and feedstocks sold, combustion only (formula 11.2).</summary>
public sealed record UseFuels : LinesSpec<ActivityLine>;

/// <summary>3.11: greenhouse gases that products hold and let go (formula 11.3).</summary>
public sealed record UseGases : LinesSpec<ReleaseLine>;

/// <summary>A product that holds a greenhouse gas.</summary>
public sealed record ReleaseLine : CategoryLine
{
    /// <summary>Gas in one product: "2 kg/piece".</summary>
    public required Measure Contained { get; init; }

    /// <summary>Number sold.</summary>
    public required Measure Sold { get; init; }

    /// <summary>Share released over its life: "80 %".</summary>
    public required Measure Released { get; init; }

    /// <summary>Global warming potential: "1300 kg CO2e/kg".</summary>
    public required FactorReference Gwp { get; init; }
}

/// <summary>3.11, optional: products whose use needs energy elsewhere (formula 11.4).</summary>
public sealed record UseIndirect : CategorySpec
{
    /// <summary>The products.</summary>
    public required ImmutableArray<IndirectProduct> Products { get; init; }
}

/// <summary>A product and the ways it is used.</summary>
public sealed record IndirectProduct
{
    /// <summary>What the user calls it.</summary>
    public required string Name { get; init; }

    /// <summary>Uses over its life: "1000 wash/piece".</summary>
    public required Measure LifetimeUses { get; init; }

    /// <summary>Number sold.</summary>
    public required Measure Sold { get; init; }

    /// <summary>The ways it is used; their shares add up to 100 %.</summary>
    public required ImmutableArray<UseScenario> Scenarios { get; init; }
}

/// <summary>One way a product is used.</summary>
public sealed record UseScenario : CategoryLine
{
    /// <summary>Share of lifetime uses: "20 %".</summary>
    public required Measure Share { get; init; }

    /// <summary>"0.4 kWh/wash".</summary>
    public required Measure PerUse { get; init; }

    /// <summary>"0.5 kg CO2e/kWh".</summary>
    public required FactorReference Factor { get; init; }
}

/// <summary>3.11: intermediate products inside final ones (formula 11.5), by a physical share.</summary>
public sealed record UseIntermediate : LinesSpec<IntermediateLine>;

/// <summary>An intermediate product in its final product.</summary>
public sealed record IntermediateLine : CategoryLine
{
    /// <summary>Number sold: "10 engine".</summary>
    public required Measure Sold { get; init; }

    /// <summary>Uses of the final product over its life: "300000 km/engine".</summary>
    public required Measure LifetimeUses { get; init; }

    /// <summary>Emissions of a use of the final product: "0.3 kg CO2e/km".</summary>
    public required FactorReference PerUse { get; init; }

    /// <summary>Physical size of the intermediate product: "20 t".</summary>
    public required Measure Part { get; init; }

    /// <summary>The same of the final product: "500 t".</summary>
    public required Measure Whole { get; init; }
}

/// <summary>3.15: emissions investees state, by share of equity (formula 15.1).</summary>
public sealed record InvestmentSpecific : LinesSpec<InvestmentLine>;

/// <summary>An investment.</summary>
public sealed record InvestmentLine : CategoryLine
{
    /// <summary>Scope 1 and 2 emissions of the investee: "120000 t CO2e".</summary>
    public required Measure Emissions { get; init; }

    /// <summary>Share of equity: "40 %".</summary>
    public required Measure Share { get; init; }
}

/// <summary>3.15: revenue of investees by sector, by share of equity (formula 15.2).</summary>
public sealed record InvestmentAverage : CategorySpec
{
    /// <summary>The investees.</summary>
    public required ImmutableArray<Investee> Investees { get; init; }
}

/// <summary>An investee without emissions of its own stating.</summary>
public sealed record Investee
{
    /// <summary>What the user calls it.</summary>
    public required string Name { get; init; }

    /// <summary>Its revenue: "3000000 USD".</summary>
    public required Measure Revenue { get; init; }

    /// <summary>Share of equity.</summary>
    public required Measure Share { get; init; }

    /// <summary>Its sectors with their shares of revenue and factors; the shares add up to 100 %.</summary>
    public required ImmutableArray<TreatmentLine> Sectors { get; init; }
}

/// <summary>3.15: projects that state emissions, by share of project costs (formula 15.3).</summary>
public sealed record ProjectSpecific : LinesSpec<ProjectLine>;

/// <summary>A financed project.</summary>
public sealed record ProjectLine : CategoryLine
{
    /// <summary>Scope 1 and 2 emissions of the project in the year.</summary>
    public required Measure Emissions { get; init; }

    /// <summary>Value of the investment: "1000000 USD".</summary>
    public required Measure Investment { get; init; }

    /// <summary>Total project costs, equity plus debt.</summary>
    public required Measure ProjectCost { get; init; }
}

/// <summary>3.15: project cost or revenue times a sector factor, by share (formula 15.4).</summary>
public sealed record ProjectAverage : LinesSpec<ProjectAverageLine>;

/// <summary>A financed project without emissions of its own stating.</summary>
public sealed record ProjectAverageLine : CategoryLine
{
    /// <summary>Construction cost (while it is built) or revenue (while it runs) in the year.</summary>
    public required Measure CostOrRevenue { get; init; }

    /// <summary>"310 t CO2e/MUSD" is written per currency unit: "0.00031 t CO2e/USD".</summary>
    public required FactorReference Factor { get; init; }

    /// <summary>Share of total project costs: "7 %".</summary>
    public required Measure Share { get; init; }
}

/// <summary>3.15: projected emissions over a project's life; reported apart from Scope 3.</summary>
public sealed record ProjectLifetime : LinesSpec<ProjectLifetimeLine>;

/// <summary>A project financed in the year by an initial sponsor or lender.</summary>
public sealed record ProjectLifetimeLine : CategoryLine
{
    /// <summary>Expected emissions a year: "7000000 t CO2e/a".</summary>
    public required Measure Annual { get; init; }

    /// <summary>Expected life: "30 a".</summary>
    public required Measure Lifetime { get; init; }

    /// <summary>Share of total project costs.</summary>
    public required Measure Share { get; init; }
}
