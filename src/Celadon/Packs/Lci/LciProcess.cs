using System.Collections.Immutable;
using Celadon.Lca.Model;
using Celadon.Lca.Modelling;

namespace Celadon.Packs.Lci;

/// <summary>A process: what goes in and what comes out at a stated scale.</summary>
public sealed record LciProcess : LciEntity
{
    /// <summary>Where it is; the identifier of a location, empty when not stated.</summary>
    public string Location { get; init; } = "";

    /// <summary>True for a system solved already (an LCI result), false for a unit process.</summary>
    public bool IsResult { get; init; }

    /// <summary>
    /// <see cref="LciExchange.Id"/> of what it is named after: the product it makes or the waste it treats;
    /// null when the data say nothing.
    /// </summary>
    public int? Reference { get; init; }

    /// <summary>Its exchanges.</summary>
    public required ImmutableArray<LciExchange> Exchanges { get; init; }

    /// <summary>How it wants co-products dealt with, when stated.</summary>
    public AllocationRule? Allocation { get; init; }

    /// <summary>Stated allocation factors.</summary>
    public ImmutableArray<LciAllocationFactor> AllocationFactors { get; init; } = [];

    /// <summary>Its own parameters.</summary>
    public ImmutableArray<LciParameter> Parameters { get; init; } = [];
}

/// <summary>Something that goes in or comes out.</summary>
public sealed record LciExchange
{
    /// <summary>Number inside its process, from 1; links of product systems name it.</summary>
    public required int Id { get; init; }

    /// <summary>The flow.</summary>
    public required string Flow { get; init; }

    /// <summary>The unit of <see cref="Amount"/>.</summary>
    public required string Unit { get; init; }

    /// <summary>What the unit measures; one of the flow's properties.</summary>
    public required string Property { get; init; }

    /// <summary>How much, in <see cref="Unit"/>.</summary>
    public required double Amount { get; init; }

    /// <summary>True for what goes in.</summary>
    public required bool IsInput { get; init; }

    /// <summary>True where it saves production or treatment elsewhere.</summary>
    public bool IsAvoided { get; init; }

    /// <summary>The process that provides it; empty when not stated.</summary>
    public string Provider { get; init; } = "";

    /// <summary>A formula in place of the amount; empty when none.</summary>
    public string Formula { get; init; } = "";

    /// <summary>Uncertainty, in <see cref="Unit"/>.</summary>
    public Uncertainty Uncertainty { get; init; }

    /// <summary>Where it happens, when not where the process is.</summary>
    public string Location { get; init; } = "";

    /// <summary>What it costs or earns in <see cref="Currency"/>; null when not stated.</summary>
    public double? Cost { get; init; }

    /// <summary>Identifier of the currency.</summary>
    public string Currency { get; init; } = "";

    /// <summary>Scores of data quality as its system writes them, "(1;3;2;5;1)"; empty when none.</summary>
    public string DataQuality { get; init; } = "";

    /// <summary>The basic part of the uncertainty (a geometric standard deviation); null when none.</summary>
    public double? BaseUncertainty { get; init; }

    /// <summary>What the format said beyond the model, as a JSON object.</summary>
    public string Extra { get; init; } = "";
}

/// <summary>The share of a co-product in a process or in one of its exchanges.</summary>
/// <param name="Rule">Physical, economic or causal.</param>
/// <param name="Product">The co-product's flow.</param>
/// <param name="Exchange">The exchange it holds for (causal); null for all.</param>
/// <param name="Value">The share, 0 to 1.</param>
/// <param name="Formula">A formula in place of the share; empty when none.</param>
public sealed record LciAllocationFactor(AllocationRule Rule, string Product, int? Exchange, double Value,
    string Formula);

/// <summary>A parameter: a number, or a formula over other parameters.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Name">Its name in formulas.</param>
/// <param name="Value">Its number; for a formula, what its format says it comes to.</param>
/// <param name="Formula">The formula; empty for a number.</param>
/// <param name="Uncertainty">Uncertainty of a number.</param>
/// <param name="Extra">What the format said beyond the model.</param>
public sealed record LciParameter(string Id, string Name, double Value, string Formula,
    Uncertainty Uncertainty, string Extra = "");

/// <summary>Processes that were linked by hand, and what is asked of them.</summary>
public sealed record LciProductSystem : LciEntity
{
    /// <summary>The process that is asked for.</summary>
    public required string Process { get; init; }

    /// <summary>Number of its exchange that is asked for; null for the process's reference.</summary>
    public int? Exchange { get; init; }

    /// <summary>How much, in <see cref="Unit"/>.</summary>
    public required double Amount { get; init; }

    /// <summary>The unit.</summary>
    public required string Unit { get; init; }

    /// <summary>What the unit measures.</summary>
    public required string Property { get; init; }

    /// <summary>Its links.</summary>
    public ImmutableArray<LciLink> Links { get; init; } = [];

    /// <summary>The processes it is made of: the one asked for, and those at either end of a link.</summary>
    public ImmutableArray<string> ProcessesOf() =>
    [
        .. Links.SelectMany(l => (string[])[l.Process, l.Provider]).Prepend(Process)
            .Distinct(StringComparer.Ordinal),
    ];
}

/// <summary>An exchange of a process and who provides it.</summary>
public sealed record LciLink(string Process, int Exchange, string Provider, string Flow);

/// <summary>An impact category with its factors.</summary>
public sealed record LciImpactCategory : LciEntity
{
    /// <summary>Unit of its scores, as text: "kg CO2 eq".</summary>
    public required string Unit { get; init; }

    /// <summary>Which side of a process counts.</summary>
    public Direction Direction { get; init; }

    /// <summary>Its factors.</summary>
    public required ImmutableArray<LciImpactFactor> Factors { get; init; }

    /// <summary>Its own parameters.</summary>
    public ImmutableArray<LciParameter> Parameters { get; init; } = [];
}

/// <summary>The impact of one unit of a flow.</summary>
/// <param name="Flow">The flow.</param>
/// <param name="Unit">The unit of the flow that <paramref name="Value"/> is for.</param>
/// <param name="Property">What the unit measures.</param>
/// <param name="Value">Impact of one unit, in the category's unit.</param>
/// <param name="Formula">A formula in place of the value; empty when none.</param>
/// <param name="Location">The place it holds for; empty for anywhere.</param>
/// <param name="Uncertainty">Its uncertainty.</param>
public sealed record LciImpactFactor(string Flow, string Unit, string Property, double Value, string Formula,
    string Location, Uncertainty Uncertainty);

/// <summary>A method: categories that belong together.</summary>
public sealed record LciMethod : LciEntity
{
    /// <summary>Its categories.</summary>
    public required ImmutableArray<string> Categories { get; init; }

    /// <summary>Its damage categories, or endpoints; none in most methods.</summary>
    public ImmutableArray<LciDamage> Damages { get; init; } = [];

    /// <summary>Its sets for normalisation and weighting.</summary>
    public ImmutableArray<LciWeighting> Weightings { get; init; } = [];
}

/// <summary>A damage category: the sum of scores of categories, each times a factor.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Name">Its name: "human health".</param>
/// <param name="Unit">Unit of its scores, as text: "DALY".</param>
/// <param name="Factors">One a category.</param>
public sealed record LciDamage(string Id, string Name, string Unit, ImmutableArray<LciDamageFactor> Factors);

/// <summary>Damage of one unit of a category's score, in the unit of the damage category.</summary>
/// <param name="Category">Identifier of the category.</param>
/// <param name="Factor">Damage of one unit of it.</param>
public sealed record LciDamageFactor(string Category, double Factor);

/// <summary>A set for normalisation and weighting.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Name">Its name.</param>
/// <param name="Unit">Unit of the weighted score; empty when none.</param>
/// <param name="Factors">One a category, or a damage category.</param>
public sealed record LciWeighting(string Id, string Name, string Unit,
    ImmutableArray<LciWeightingFactor> Factors);

/// <summary>Reference and weight of a category; null where the set has none.</summary>
/// <param name="Category">Identifier of a category, or of a damage category of the method.</param>
/// <param name="Normalisation">What a score is divided by, in the unit of the score.</param>
/// <param name="Weight">What a score, normalised where there is a reference, is multiplied with.</param>
public sealed record LciWeightingFactor(string Category, double? Normalisation, double? Weight);
