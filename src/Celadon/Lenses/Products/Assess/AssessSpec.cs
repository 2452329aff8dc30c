using System.Collections.Immutable;
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

    /// <summary>How much of its reference flow, in that flow's reference unit; above 0.</summary>
    public required Amount Amount { get; init; }

    /// <summary>Impact categories by id or exact name; all when left out.</summary>
    public ImmutableArray<string> Categories { get; init; } = [];

    /// <summary>Which provider is taken where several could be meant and none is stated.</summary>
    public AssessLinking Linking { get; init; }

    /// <summary>How many contributions are shown, 1 to 100; the others are added up.</summary>
    public int Top { get; init; } = 10;

    /// <summary>Draws the uncertain amounts anew, when stated.</summary>
    public AssessDraws? MonteCarlo { get; init; }
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

/// <summary>How often to draw.</summary>
public sealed record AssessDraws
{
    /// <summary>Number of samples, 2 to 10000.</summary>
    public required int Samples { get; init; }

    /// <summary>The same seed gives the same samples.</summary>
    public uint Seed { get; init; } = 1;
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
