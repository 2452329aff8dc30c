using System.Collections.Immutable;
using Celadon.Quantities;

namespace Celadon.Lenses.Products;

/// <summary>Alternatives that do the same, by one life-cycle database or one small system.</summary>
public sealed record CompareSpec
{
    /// <summary>Id of an adopted pack that holds a life-cycle database.</summary>
    public string? Database { get; init; }

    /// <summary>A small system in place of a database.</summary>
    public AssessedSystem? System { get; init; }

    /// <summary>What every alternative does, and how much of it.</summary>
    public required ComparedFunction FunctionalUnit { get; init; }

    /// <summary>The alternatives, 2 to 8; each is compared with the first.</summary>
    public required ImmutableArray<CompareAlternative> Alternatives { get; init; }

    /// <summary>What the inventories are weighed with; the database's own methods when left out.</summary>
    public AssessMethod? Method { get; init; }

    /// <summary>Impact categories by id or exact name; all of the method when left out.</summary>
    public ImmutableArray<string> Categories { get; init; } = [];

    /// <summary>Which provider is taken where several could be meant and none is stated.</summary>
    public AssessLinking Linking { get; init; }

    /// <summary>How co-products share what their process takes and releases.</summary>
    public AssessAllocation Allocation { get; init; }

    /// <summary>How many contributions are shown, 1 to 100; the others are added up.</summary>
    public int Top { get; init; } = 10;

    /// <summary>Draws the uncertain amounts anew, alike for all alternatives, when stated.</summary>
    public AssessDraws? MonteCarlo { get; init; }
}

/// <summary>A functional unit (ISO 14040, 3.20).</summary>
public sealed record ComparedFunction
{
    /// <summary>The function, in words: "milk, packed and delivered".</summary>
    public required string What { get; init; }

    /// <summary>How much of it; above 0.</summary>
    public required Amount Amount { get; init; }

    /// <summary>Its unit.</summary>
    public required string Unit { get; init; }
}

/// <summary>One way to fulfil the functional unit.</summary>
public sealed record CompareAlternative
{
    /// <summary>What it is called; each its own.</summary>
    public required string Name { get; init; }

    /// <summary>The process that fulfils the function: its id, or its exact name.</summary>
    public required string Process { get; init; }

    /// <summary>
    /// How much of the process's product fulfils the functional unit; when left out, the product is the
    /// function itself and measured in its unit.
    /// </summary>
    public ComparedQuantity? ReferenceFlow { get; init; }

    /// <summary>
    /// The functional unit the alternative was studied for, where it comes from a study of its own; it must
    /// be the common one.
    /// </summary>
    public ComparedFunction? FunctionalUnit { get; init; }

    /// <summary>Inputs that come from another supplier.</summary>
    public ImmutableArray<ChangedSupplier> Suppliers { get; init; } = [];

    /// <summary>Exchanges with another amount.</summary>
    public ImmutableArray<ChangedAmount> Amounts { get; init; } = [];

    /// <summary>Parameters of the database, or of a process, with another value.</summary>
    public ImmutableArray<ChangedParameter> Parameters { get; init; } = [];
}

/// <summary>An amount with its unit.</summary>
public sealed record ComparedQuantity
{
    /// <summary>How much; above 0.</summary>
    public required Amount Amount { get; init; }

    /// <summary>Its unit, one of those the product is measured in.</summary>
    public required string Unit { get; init; }
}

/// <summary>What a process takes comes from another supplier.</summary>
public sealed record ChangedSupplier
{
    /// <summary>The process that takes it: its id, or its exact name.</summary>
    public required string Process { get; init; }

    /// <summary>The flow it takes: its id, or its exact name.</summary>
    public required string Flow { get; init; }

    /// <summary>The present provider, where it is stated and only its part is to change.</summary>
    public string? From { get; init; }

    /// <summary>The process that provides it instead: its id, or its exact name.</summary>
    public required string To { get; init; }

    /// <summary>
    /// How much of the other product stands for one unit of the flow; 1 where both have one unit.
    /// </summary>
    public Amount? Ratio { get; init; }
}

/// <summary>An exchange of a process with another amount.</summary>
public sealed record ChangedAmount
{
    /// <summary>The process: its id, or its exact name.</summary>
    public required string Process { get; init; }

    /// <summary>The flow: its id, or its exact name.</summary>
    public required string Flow { get; init; }

    /// <summary>True for what goes in, false for what comes out; needed where the flow does both.</summary>
    public bool? Input { get; init; }

    /// <summary>The present provider, where the process takes the flow from several.</summary>
    public string? From { get; init; }

    /// <summary>The amount at the process's stated scale.</summary>
    public required Amount Amount { get; init; }

    /// <summary>Its unit, one of those the flow is measured in.</summary>
    public required string Unit { get; init; }
}

/// <summary>A parameter with another value.</summary>
public sealed record ChangedParameter
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The process whose own it is; when left out, the database's.</summary>
    public string? Process { get; init; }

    /// <summary>The value.</summary>
    public required Amount Value { get; init; }
}
