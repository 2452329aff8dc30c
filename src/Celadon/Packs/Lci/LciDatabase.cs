using System.Collections.Immutable;
using Celadon.Lca.Modelling;

namespace Celadon.Packs.Lci;

/// <summary>
/// A life-cycle inventory database: processes, flows, units, methods. Every importer reads into it, every
/// exporter writes from it, and a pack of kind "lci-…" tables keeps it. Amounts are doubles, as in every
/// format of the field; they leave as the shortest decimal text that reads back to the same number.
/// </summary>
public sealed record LciDatabase
{
    /// <summary>Its name; the pack's title where it came from a pack.</summary>
    public required string Name { get; init; }

    /// <summary>Units by what they measure.</summary>
    public ImmutableArray<LciUnitGroup> UnitGroups { get; init; } = [];

    /// <summary>What is measured: mass, energy, area times time.</summary>
    public ImmutableArray<LciFlowProperty> FlowProperties { get; init; } = [];

    /// <summary>Currencies of costs.</summary>
    public ImmutableArray<LciCurrency> Currencies { get; init; } = [];

    /// <summary>Places.</summary>
    public ImmutableArray<LciLocation> Locations { get; init; } = [];

    /// <summary>Products, wastes, and what is exchanged with nature.</summary>
    public ImmutableArray<LciFlow> Flows { get; init; } = [];

    /// <summary>Processes with their exchanges.</summary>
    public ImmutableArray<LciProcess> Processes { get; init; } = [];

    /// <summary>Impact categories with their factors.</summary>
    public ImmutableArray<LciImpactCategory> Categories { get; init; } = [];

    /// <summary>Methods: named groups of categories with damages, normalisation and weighting.</summary>
    public ImmutableArray<LciMethod> Methods { get; init; } = [];

    /// <summary>Parameters of the whole database.</summary>
    public ImmutableArray<LciParameter> Parameters { get; init; } = [];

    /// <summary>Product systems: whose links between processes come before all other rules.</summary>
    public ImmutableArray<LciProductSystem> Systems { get; init; } = [];

    /// <summary>
    /// What stands beside the model (sources, actors, data-quality systems, …), kept as it came.
    /// </summary>
    public ImmutableArray<LciDocument> Documents { get; init; } = [];
}

/// <summary>
/// What every named thing of a database has. <see cref="Extra"/> holds, as a JSON object, what its format
/// said beyond this model, in the words of openLCA's schema version 2; it goes back out with the thing.
/// </summary>
public abstract record LciEntity
{
    /// <summary>Its identifier, a UUID in most databases.</summary>
    public required string Id { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The path of its category, parted by "/": "Manufacturing/Cement"; empty when none.</summary>
    public string Category { get; init; } = "";

    /// <summary>What its format said beyond the model, as a JSON object; empty when nothing.</summary>
    public string Extra { get; init; } = "";
}

/// <summary>Units that convert into one another.</summary>
public sealed record LciUnitGroup : LciEntity
{
    /// <summary>The flow property the group measures first of all; empty when not stated.</summary>
    public string DefaultProperty { get; init; } = "";

    /// <summary>Its units, exactly one of them the reference.</summary>
    public required ImmutableArray<LciUnit> Units { get; init; }
}

/// <summary>A unit.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Name">"kg".</param>
/// <param name="Factor">How many reference units of its group one of it is.</param>
/// <param name="IsReference">Whether it is the reference unit of its group.</param>
/// <param name="Synonyms">Other names.</param>
public sealed record LciUnit(string Id, string Name, double Factor, bool IsReference,
    ImmutableArray<string> Synonyms)
{
    /// <summary>What the format said beyond the model.</summary>
    public string Extra { get; init; } = "";
}

/// <summary>What is measured.</summary>
public sealed record LciFlowProperty : LciEntity
{
    /// <summary>The unit group.</summary>
    public required string UnitGroup { get; init; }

    /// <summary>True for money.</summary>
    public bool IsEconomic { get; init; }
}

/// <summary>A currency; its code is the name.</summary>
public sealed record LciCurrency : LciEntity
{
    /// <summary>ISO 4217 code.</summary>
    public string Code { get; init; } = "";

    /// <summary>How many reference units of money one is worth.</summary>
    public double Factor { get; init; } = 1;

    /// <summary>The currency the factors refer to; empty for itself.</summary>
    public string Reference { get; init; } = "";
}

/// <summary>A place.</summary>
public sealed record LciLocation : LciEntity
{
    /// <summary>Its code: "GB", "RNA", "CN-33".</summary>
    public string Code { get; init; } = "";

    /// <summary>Degrees north; null when not stated.</summary>
    public double? Latitude { get; init; }

    /// <summary>Degrees east; null when not stated.</summary>
    public double? Longitude { get; init; }
}

/// <summary>A product, a waste, or a flow from or to nature.</summary>
public sealed record LciFlow : LciEntity
{
    /// <summary>Which of the three.</summary>
    public required FlowKind Kind { get; init; }

    /// <summary>
    /// The properties it can be measured in; the first is the reference, whose factor is 1. An amount in
    /// another property is divided by that one's factor.
    /// </summary>
    public required ImmutableArray<LciPropertyFactor> Properties { get; init; }

    /// <summary>CAS number; empty when none.</summary>
    public string Cas { get; init; } = "";

    /// <summary>Chemical formula; empty when none.</summary>
    public string Formula { get; init; } = "";

    /// <summary>Where it is from; empty when anywhere.</summary>
    public string Location { get; init; } = "";

    /// <summary>Other names.</summary>
    public ImmutableArray<string> Synonyms { get; init; } = [];
}

/// <summary>How much of a flow property one reference amount of the flow has.</summary>
public sealed record LciPropertyFactor(string Property, double Factor);

/// <summary>Something kept beside the model: a source, an actor.</summary>
/// <param name="Kind">Folder of openLCA's schema: "sources", "actors", "dq_systems", ….</param>
/// <param name="Id">Its identifier.</param>
/// <param name="Name">Its name.</param>
/// <param name="Json">The whole object, in the words of openLCA's schema version 2.</param>
public sealed record LciDocument(string Kind, string Id, string Name, string Json);
