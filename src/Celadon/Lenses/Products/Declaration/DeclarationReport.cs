using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Celadon.Registers;

namespace Celadon.Lenses.Products;

/// <summary>A declaration with its checks.</summary>
/// <param name="Product">What is declared.</param>
/// <param name="Owner">Whose it is.</param>
/// <param name="Programme">The programme operator.</param>
/// <param name="Number">Its number; null before it is registered.</param>
/// <param name="Pcr">The product category rules.</param>
/// <param name="Verifier">Who verified it, or null.</param>
/// <param name="Issued">First day of validity.</param>
/// <param name="ValidUntil">Last day of validity.</param>
/// <param name="Unit">What the numbers are for.</param>
/// <param name="ServiceLife">Reference service life in years, where stated.</param>
/// <param name="CutOff">What was cut off.</param>
/// <param name="Scenarios">What the modules after the gate rest on.</param>
/// <param name="Modules">The columns in the standard's order, with their status.</param>
/// <param name="Indicators">The rows in the standard's order.</param>
public sealed record DeclarationReport(
    string Product, string Owner, string Programme, string? Number, string Pcr, string? Verifier,
    string Issued, string ValidUntil, DeclaredUnit Unit, Figure? ServiceLife, string? CutOff,
    ImmutableArray<DeclaredScenario> Scenarios, ImmutableArray<DeclaredModule> Modules,
    ImmutableArray<DeclaredIndicator> Indicators);

/// <summary>The declared or functional unit.</summary>
/// <param name="Functional">True for a functional unit.</param>
/// <param name="Amount">How much of it.</param>
/// <param name="Mass">Its mass; null where it is not known.</param>
/// <param name="Function">What it does.</param>
public sealed record DeclaredUnit(bool Functional, Figure Amount, Figure? Mass, string? Function);

/// <summary>A module.</summary>
/// <param name="Id">"A1-A3", "C4", "D".</param>
/// <param name="Status">"X" declared, "ND" not declared, "MNR" not relevant.</param>
public sealed record DeclaredModule(string Id, string Status);

/// <summary>An indicator with its numbers.</summary>
/// <param name="Id">"GWP-total".</param>
/// <param name="Group">"core", "resources", "waste" or "output".</param>
/// <param name="Name">Its name.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Cells">A cell a module, in the order of the modules.</param>
/// <param name="Production">A1 to A3; null where one of them is not declared.</param>
/// <param name="LifeCycle">
/// A1 to C4 without D; null where one of them is not declared. D lies beyond the system and is never added.
/// </param>
public sealed record DeclaredIndicator(
    string Id, string Group, Name Name, string Unit, ImmutableArray<DeclaredCell> Cells, Figure? Production,
    Figure? LifeCycle)
{
    /// <summary>The number of a module, or null.</summary>
    internal Figure? Of(string module) => Cells.FirstOrDefault(c => c.Module == module)?.Value;
}

/// <summary>A number, or why there is none.</summary>
/// <param name="Module">The module.</param>
/// <param name="Status">"X", "ND" or "MNR".</param>
/// <param name="Value">The number where the status is X; never zero for want of one.</param>
/// <param name="Printed">The number with the digits it was stated with: "12.40".</param>
public sealed record DeclaredCell(string Module, string Status, Figure? Value, string? Printed)
    : IHasPrincipalFigure
{
    /// <inheritdoc/>
    [JsonIgnore]
    public (string Property, Figure Figure) Principal => ("value", Value!);
}
