using System.Collections.Immutable;
using Celadon.Quantities;

namespace Celadon.Lenses.Products;

/// <summary>An environmental product declaration after EN 15804+A2, as its owner states it.</summary>
public sealed record DeclarationSpec
{
    /// <summary>What is declared.</summary>
    public required string Product { get; init; }

    /// <summary>Whose declaration it is.</summary>
    public required string Owner { get; init; }

    /// <summary>The programme operator.</summary>
    public required string Programme { get; init; }

    /// <summary>The declaration's number with the operator; null before it is registered.</summary>
    public string? Number { get; init; }

    /// <summary>The product category rules, with their version.</summary>
    public required string Pcr { get; init; }

    /// <summary>Who verified it (ISO 14025, 8.1.3); null while nobody has.</summary>
    public string? Verifier { get; init; }

    /// <summary>First day of validity, "2026-11-26".</summary>
    public required string Issued { get; init; }

    /// <summary>Last day of validity.</summary>
    public required string ValidUntil { get; init; }

    /// <summary>What the numbers are for.</summary>
    public required DeclaredUnitSpec Unit { get; init; }

    /// <summary>Reference service life, years; needed where a module of B is declared.</summary>
    public Amount? ServiceLife { get; init; }

    /// <summary>What was cut off, in words.</summary>
    public string? CutOff { get; init; }

    /// <summary>The scenarios behind modules A4 to D.</summary>
    public ImmutableArray<DeclaredScenario> Scenarios { get; init; } = [];

    /// <summary>
    /// Modules without numbers and why: "ND" (not declared) or "MNR" (not relevant). A module that is neither
    /// named here nor has a number is not declared.
    /// </summary>
    public ImmutableSortedDictionary<string, string> Modules { get; init; } =
        ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>
    /// The spec of products.footprint, as JSON text, whose answer gives A1-A3 of GWP-fossil where neither
    /// GWP-fossil nor GWP-total states a number of production.
    /// </summary>
    public string? Footprint { get; init; }

    /// <summary>Id of the product in that footprint; may be left out where there is one alone.</summary>
    public string? FootprintProduct { get; init; }

    /// <summary>The numbers, an indicator a row.</summary>
    public required ImmutableArray<DeclaredValues> Indicators { get; init; }
}

/// <summary>The declared or functional unit.</summary>
public sealed record DeclaredUnitSpec
{
    /// <summary>True for a functional unit, which covers the whole life; false for a declared unit.</summary>
    public bool Functional { get; init; }

    /// <summary>How much, "1".</summary>
    public required Amount Amount { get; init; }

    /// <summary>Of what: "t", "m2", "piece".</summary>
    public required string Of { get; init; }

    /// <summary>Mass of the unit, kg; null while it is not known, which is said.</summary>
    public Amount? Mass { get; init; }

    /// <summary>What it does, for a functional unit.</summary>
    public string? Function { get; init; }
}

/// <summary>What a module after the gate rests on.</summary>
public sealed record DeclaredScenario
{
    /// <summary>The module, "C3".</summary>
    public required string Module { get; init; }

    /// <summary>The scenario, in words.</summary>
    public required string Text { get; init; }
}

/// <summary>An indicator's numbers.</summary>
public sealed record DeclaredValues
{
    /// <summary>Id of the indicator in the pack: "GWP-total".</summary>
    public required string Indicator { get; init; }

    /// <summary>
    /// By module, as printed ("1.20E+01", "-0.4"), so that its rounding is known; or "ND", "MNR".
    /// </summary>
    public required ImmutableSortedDictionary<string, string> Values { get; init; }
}
