using System.Collections.Immutable;
using Celadon.Registers;

namespace Celadon.Lenses.Carbon.Inventory;

/// <summary>
/// How well an inventory is known: 95 % intervals by error propagation (approach 1), each over the lines of
/// which both numbers have a stated uncertainty, with the share of the total that these are. Nothing is
/// assumed for the others; they are listed.
/// </summary>
public sealed record InventoryUncertainty
{
    /// <summary>Of Scope 1; null when no line of it is covered.</summary>
    public required InventoryInterval? Scope1 { get; init; }

    /// <summary>Of Scope 2, location-based.</summary>
    public required InventoryInterval? Scope2Location { get; init; }

    /// <summary>Of Scope 2, market-based.</summary>
    public required InventoryInterval? Scope2Market { get; init; }

    /// <summary>Of Scope 3.</summary>
    public required InventoryInterval? Scope3 { get; init; }

    /// <summary>Of Scope 1, Scope 2 location-based and Scope 3 together.</summary>
    public required InventoryInterval? WithLocation { get; init; }

    /// <summary>Of Scope 1, Scope 2 market-based and Scope 3 together.</summary>
    public required InventoryInterval? WithMarket { get; init; }

    /// <summary>The numbers, by their part in the variance with the location-based method.</summary>
    public required ImmutableArray<InventoryUncertainNumber> Numbers { get; init; }

    /// <summary>Lines that no interval covers.</summary>
    public required ImmutableArray<InventoryUncertainLine> Open { get; init; }
}

/// <summary>A 95 % interval.</summary>
/// <param name="Covered">Emissions of the lines it covers.</param>
/// <param name="HalfWidth">Its half width.</param>
/// <param name="Percent">The half width relative to what is covered.</param>
/// <param name="Word">"high", "good", "fair" or "poor", by the GHG Protocol's bands.</param>
/// <param name="CoveredPercent">Share of the total that it covers.</param>
public sealed record InventoryInterval(
    Figure Covered, Figure HalfWidth, Figure Percent, string Word, Figure CoveredPercent)
    : IHasPrincipalFigure
{
    (string Property, Figure Figure) IHasPrincipalFigure.Principal => ("percent", Percent);
}

/// <summary>A number that lines hang on: wholly correlated wherever it is used.</summary>
/// <param name="Id">"meter:stoke-m1", "factor:pack:row".</param>
/// <param name="Kind">"document", "meter", "range" or "factor": who states its uncertainty.</param>
/// <param name="Source">The statement: a clause, a certificate, the accuracy of a register.</param>
/// <param name="Percent">Its 95 % half width.</param>
/// <param name="Kgco2e">Emissions that hang on it, with the location-based method.</param>
/// <param name="VariancePercent">Its part in the variance; null when there is none.</param>
public sealed record InventoryUncertainNumber(
    string Id, string Kind, string Source, Figure Percent, Figure Kgco2e, Figure? VariancePercent)
    : IHasPrincipalFigure
{
    (string Property, Figure Figure) IHasPrincipalFigure.Principal => ("percent", Percent);
}

/// <summary>A line that no interval covers.</summary>
/// <param name="Scope">"1", "2-location", "2-market", "3".</param>
/// <param name="Category">Its category.</param>
/// <param name="Site">Its site.</param>
/// <param name="Resource">Its resource.</param>
/// <param name="Kind">What multiplies.</param>
/// <param name="Label">What it is.</param>
/// <param name="FactorId">Its factor.</param>
/// <param name="Kgco2e">Its emissions.</param>
/// <param name="Missing">"activity", "factor" or both: which uncertainty nobody states.</param>
public sealed record InventoryUncertainLine(
    string Scope, string Category, string Site, string Resource, string Kind, Name Label, string FactorId,
    Figure Kgco2e, ImmutableArray<string> Missing) : IHasPrincipalFigure
{
    (string Property, Figure Figure) IHasPrincipalFigure.Principal => ("kgco2e", Kgco2e);
}
