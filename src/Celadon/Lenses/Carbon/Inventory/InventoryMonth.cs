using System.Collections.Immutable;

namespace Celadon.Lenses.Carbon.Inventory;

/// <summary>
/// A month of an inventory: what the month's own records give under the factors of the whole. Where a
/// conversion rounds document by document, months may differ from the whole by that rounding.
/// </summary>
/// <param name="Month">"2026-09".</param>
/// <param name="Scope1">Direct emissions; null where nothing is recorded.</param>
/// <param name="Scope2Location">Scope 2, location-based.</param>
/// <param name="Scope2Market">Scope 2, market-based.</param>
/// <param name="Scope3">Other indirect emissions.</param>
/// <param name="Unknown">
/// Scopes to which something of the month belongs that has no figure or is known in part: "1", "2", "3".
/// </param>
public sealed record InventoryMonth(
    string Month, InventoryMonthTotal? Scope1, InventoryMonthTotal? Scope2Location,
    InventoryMonthTotal? Scope2Market, InventoryMonthTotal? Scope3, ImmutableArray<string> Unknown)
{
    /// <summary>
    /// What the month gives to each line of the report that has something in it, of every scope: for lenses
    /// that share a line by months.
    /// </summary>
    internal ImmutableArray<(InventoryLine Line, Figure Kgco2e)> Lines { get; init; } = [];
}

/// <summary>A scope's total of a month.</summary>
/// <param name="Kgco2e">The total, kg CO2e.</param>
/// <param name="Estimated">Of that, on estimated amounts; null when nothing is estimated.</param>
public sealed record InventoryMonthTotal(Figure Kgco2e, Figure? Estimated) : IHasPrincipalFigure
{
    (string Property, Figure Figure) IHasPrincipalFigure.Principal => ("kgco2e", Kgco2e);
}
