using System.Collections.Immutable;
using Celadon.Packs;
using Celadon.Quantities;

namespace Celadon.Lenses.Products;

/// <summary>What is asked of a life-cycle database, or of a small system stated here.</summary>
public sealed record AssessSpec
{
    /// <summary>Id of an adopted pack that holds a life-cycle database.</summary>
    public string? Database { get; init; }

    /// <summary>A small system in place of a database.</summary>
    public AssessedSystem? System { get; init; }

    /// <summary>The process that is asked for: its id, or its exact name.</summary>
    public required string Process { get; init; }

    /// <summary>How much of its reference flow; above 0.</summary>
    public required Amount Amount { get; init; }

    /// <summary>
    /// A unit of the reference flow, by name; the unit in which the process states it when left out.
    /// </summary>
    public string? Unit { get; init; }

    /// <summary>What the inventory is weighed with; the database's own methods when left out.</summary>
    public AssessMethod? Method { get; init; }

    /// <summary>Impact categories by id or exact name; all of the method when left out.</summary>
    public ImmutableArray<string> Categories { get; init; } = [];

    /// <summary>
    /// A set of the method for normalisation and weighting, by id or exact name; all categories are then
    /// scored. Weights are a choice of values (ISO 14044:2006, 4.4.5).
    /// </summary>
    public string? Weighting { get; init; }

    /// <summary>Which provider is taken where several could be meant and none is stated.</summary>
    public AssessLinking Linking { get; init; }

    /// <summary>How co-products share what their process takes and releases.</summary>
    public AssessAllocation Allocation { get; init; }

    /// <summary>
    /// A product system of the database, by id or exact name, whose links come before all other rules. When
    /// left out, the links of all systems that ask for the process are taken.
    /// </summary>
    public string? ProductSystem { get; init; }

    /// <summary>How many contributions are shown, 1 to 100; the others are added up.</summary>
    public int Top { get; init; } = 10;

    /// <summary>The way of solving; chosen by the system when left out.</summary>
    public AssessSolver Solver { get; init; }

    /// <summary>Follows the supply chain as a tree and a diagram of flows, when stated.</summary>
    public AssessUpstreamLimits? Upstream { get; init; }

    /// <summary>Draws the uncertain amounts anew, when stated.</summary>
    public AssessDraws? MonteCarlo { get; init; }
}

/// <summary>
/// What an inventory is weighed with: global warming potentials over the flows of a pack (<see cref="Pack"/>
/// and <see cref="Gwp"/>), or the methods of a database (<see cref="Database"/>).
/// </summary>
public sealed record AssessMethod
{
    /// <summary>Id of a pack that says which flows are which gas.</summary>
    public string? Pack { get; init; }

    /// <summary>The set of potentials; needed with a pack.</summary>
    public GwpSet? Gwp { get; init; }

    /// <summary>Id of an adopted database that has methods.</summary>
    public string? Database { get; init; }

    /// <summary>Id or exact name of one method of the database; all its categories when left out.</summary>
    public string? Name { get; init; }
}

/// <summary>How co-products share what their process takes and releases.</summary>
public enum AssessAllocation
{
    /// <summary>By the rule that the process states; without one, the reference bears all.</summary>
    Stated,

    /// <summary>The reference bears all, whatever the process states.</summary>
    ReferenceBearsAll,
}

/// <summary>Which provider is taken where several could be meant and none is stated.</summary>
public enum AssessLinking
{
    /// <summary>None: the input is cut off and listed.</summary>
    CutOff,

    /// <summary>The only one at the same place; else cut off.</summary>
    SamePlace,

    /// <summary>The first by identifier.</summary>
    FirstByName,
}

/// <summary>The way of solving. One that does not come to an end gives way to a factor, which is
/// said.</summary>
public enum AssessSolver
{
    /// <summary>By the system: a factor, or sweeps where it is large and its loops contract.</summary>
    Chosen,

    /// <summary>LU by dense fronts, pivots on the diagonal.</summary>
    Multifrontal,

    /// <summary>LU column by column with threshold pivoting.</summary>
    GilbertPeierls,

    /// <summary>Sweeps in an order that minimises feedback.</summary>
    GaussSeidel,

    /// <summary>The supply chain added up tier by tier.</summary>
    Neumann,

    /// <summary>Krylov iteration preconditioned by the factor.</summary>
    Gmres,
}

/// <summary>How far a supply chain is followed. What is left out is counted and added up.</summary>
public sealed record AssessUpstreamLimits
{
    /// <summary>
    /// Branches smaller than this share of burdens and credits together are left out; 0 to below 1.
    /// </summary>
    public Amount CutOff { get; init; } = Amount.From(1, 2);

    /// <summary>Deepest tier of the tree, 1 to 50.</summary>
    public int Depth { get; init; } = 10;

    /// <summary>Most branches of the tree, 1 to 500.</summary>
    public int Branches { get; init; } = 100;

    /// <summary>Most links of the diagram, 1 to 30.</summary>
    public int Links { get; init; } = 30;
}

/// <summary>How often to draw.</summary>
public sealed record AssessDraws
{
    /// <summary>Number of samples, 2 to 10000.</summary>
    public required int Samples { get; init; }

    /// <summary>The same seed gives the same samples.</summary>
    public uint Seed { get; init; } = 1;

    /// <summary>
    /// Scales what a process takes of one product from several providers, in each sample together, so that
    /// its sum stays what it is nominally: shares of a market that are drawn one by one push the mean off.
    /// </summary>
    public bool KeepShares { get; init; }
}

/// <summary>A small product system.</summary>
public sealed record AssessedSystem
{
    /// <summary>Its flows.</summary>
    public required ImmutableArray<AssessedFlow> Flows { get; init; }

    /// <summary>Its processes.</summary>
    public required ImmutableArray<AssessedProcess> Processes { get; init; }

    /// <summary>Its impact categories.</summary>
    public required ImmutableArray<AssessedFactors> Categories { get; init; }
}

/// <summary>A flow.</summary>
public sealed record AssessedFlow
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The unit of all its amounts.</summary>
    public required string Unit { get; init; }

    /// <summary>What it is.</summary>
    public required AssessedKind Kind { get; init; }
}

/// <summary>What a flow is.</summary>
public enum AssessedKind
{
    /// <summary>A product or a service.</summary>
    Product,

    /// <summary>Waste: its provider is the treatment.</summary>
    Waste,

    /// <summary>From or to nature.</summary>
    Elementary,
}

/// <summary>A process at a stated scale.</summary>
public sealed record AssessedProcess
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The product it is named after, or the waste it treats.</summary>
    public required string Reference { get; init; }

    /// <summary>What goes in and comes out, the reference among them.</summary>
    public required ImmutableArray<AssessedExchange> Exchanges { get; init; }

    /// <summary>Shares of its co-products; they add up to 1. Needed where there are several.</summary>
    public ImmutableArray<AssessedShare> Shares { get; init; } = [];
}

/// <summary>The share of a co-product.</summary>
public sealed record AssessedShare
{
    /// <summary>The co-product's flow.</summary>
    public required string Flow { get; init; }

    /// <summary>Its share of all burdens, 0 to 1.</summary>
    public required Amount Share { get; init; }
}

/// <summary>Something that goes in or comes out.</summary>
public sealed record AssessedExchange
{
    /// <summary>The flow.</summary>
    public required string Flow { get; init; }

    /// <summary>How much.</summary>
    public required Amount Amount { get; init; }

    /// <summary>Its unit: that of the flow.</summary>
    public required string Unit { get; init; }

    /// <summary>True for what goes in.</summary>
    public bool Input { get; init; }

    /// <summary>True where it saves production or treatment elsewhere.</summary>
    public bool Avoided { get; init; }

    /// <summary>The process that provides it; found by the flow when left out.</summary>
    public string? Provider { get; init; }

    /// <summary>How uncertain the amount is; known exactly when left out.</summary>
    public AssessedUncertainty? Uncertainty { get; init; }
}

/// <summary>How uncertain an amount is, in its own unit.</summary>
public sealed record AssessedUncertainty
{
    /// <summary>The shape.</summary>
    public required AssessedDistribution Distribution { get; init; }

    /// <summary>
    /// Lognormal: the geometric standard deviation, from 1, about the amount as median; normal: the standard
    /// deviation about the amount as mean.
    /// </summary>
    public Amount? Spread { get; init; }

    /// <summary>Uniform, triangular, PERT, whole numbers: the least it can be.</summary>
    public Amount? Least { get; init; }

    /// <summary>
    /// Uniform, triangular, PERT, whole numbers: the most it can be; the amount of a triangular and of a PERT
    /// is its mode.
    /// </summary>
    public Amount? Most { get; init; }

    /// <summary>Gamma and Weibull: the shape, above 0; the amount is the mean.</summary>
    public Amount? Shape { get; init; }
}

/// <summary>The shape of an uncertainty.</summary>
public enum AssessedDistribution
{
    /// <summary>The logarithm is normal.</summary>
    Lognormal,

    /// <summary>Normal.</summary>
    Normal,

    /// <summary>Anything between two bounds alike.</summary>
    Uniform,

    /// <summary>Between two bounds, most often the amount.</summary>
    Triangular,

    /// <summary>The same with less weight on the bounds: a beta shape.</summary>
    Pert,

    /// <summary>Gamma.</summary>
    Gamma,

    /// <summary>Weibull.</summary>
    Weibull,

    /// <summary>Whole numbers between two bounds, both among them, all alike.</summary>
    DiscreteUniform,
}

/// <summary>An impact category with its factors.</summary>
public sealed record AssessedFactors
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Unit of its scores.</summary>
    public required string Unit { get; init; }

    /// <summary>Impact of one unit of a flow.</summary>
    public required ImmutableArray<AssessedFactor> Factors { get; init; }
}

/// <summary>The impact of one unit of a flow.</summary>
public sealed record AssessedFactor
{
    /// <summary>The flow.</summary>
    public required string Flow { get; init; }

    /// <summary>Impact of one unit of it, in the category's unit.</summary>
    public required Amount Factor { get; init; }
}
