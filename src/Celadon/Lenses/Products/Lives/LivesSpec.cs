using System.Collections.Immutable;
using Celadon.Quantities;

namespace Celadon.Lenses.Products;

/// <summary>Two designs of one service, each over its lives.</summary>
public sealed record LivesSpec
{
    /// <summary>What both do, counted: "use", "m2 year".</summary>
    public required string Service { get; init; }

    /// <summary>The two designs; the first is what the second is compared with.</summary>
    public required ImmutableArray<DesignLives> Designs { get; init; }
}

/// <summary>A design with its lives.</summary>
public sealed record DesignLives
{
    /// <summary>What the user calls it.</summary>
    public required string Name { get; init; }

    /// <summary>The lives in their order: first use, then reuse or remanufacture.</summary>
    public required ImmutableArray<DesignLife> Lives { get; init; }
}

/// <summary>What kind of life it is.</summary>
public enum LifeKind
{
    /// <summary>The first use, with the making of the product.</summary>
    Use,

    /// <summary>Used again as it is.</summary>
    Reuse,

    /// <summary>Made as good as new and used again.</summary>
    Remanufacture,

    /// <summary>The end of the last life: no service, only what it takes.</summary>
    EndOfLife,
}

/// <summary>A life: how much service it gives and what it takes.</summary>
public sealed record DesignLife
{
    /// <summary>What kind of life.</summary>
    public required LifeKind Kind { get; init; }

    /// <summary>Service given, in the unit of the question.</summary>
    public required Amount Service { get; init; }

    /// <summary>What it takes, every indicator in its own unit.</summary>
    public required ImmutableArray<LifeBurden> Burdens { get; init; }
}

/// <summary>What kind of indicator it is.</summary>
public enum BurdenKind
{
    /// <summary>On the environment.</summary>
    Environment,

    /// <summary>Money.</summary>
    Cost,

    /// <summary>On people.</summary>
    Social,
}

/// <summary>An amount of one indicator.</summary>
public sealed record LifeBurden
{
    /// <summary>Its name, the same in both designs.</summary>
    public required string Indicator { get; init; }

    /// <summary>What kind it is.</summary>
    public required BurdenKind Kind { get; init; }

    /// <summary>How much; a credit is negative.</summary>
    public required Amount Amount { get; init; }

    /// <summary>Its unit: "kg CO2e", "GBP", "h".</summary>
    public required string Unit { get; init; }

    /// <summary>Where the amount comes from.</summary>
    public string? Source { get; init; }
}
