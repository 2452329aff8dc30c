using System.Collections.Immutable;

namespace Celadon.Lenses.Carbon;

/// <summary>A Scope 3 category by one method.</summary>
/// <param name="Category">"3.1" to "3.15".</param>
/// <param name="Method">The method, as the spec names it.</param>
/// <param name="Clause">Formula or example of the guidance.</param>
/// <param name="Groups">Lines with their subtotals.</param>
/// <param name="Total">The sum.</param>
/// <param name="OutsideInventory">
/// True for projected lifetime emissions, which are reported apart from Scope 3.
/// </param>
public sealed record CategoryReport(
    string Category, string Method, string Clause, ImmutableArray<CategoryGroupReport> Groups, Figure Total,
    bool OutsideInventory) : IHasPrincipalFigure
{
    /// <inheritdoc/>
    [System.Text.Json.Serialization.JsonIgnore]
    public (string Property, Figure Figure) Principal => ("total", Total);
}

/// <summary>Lines that belong together: a supplier, a store, a product.</summary>
/// <param name="Name">What the user calls it; empty where the spec has no groups.</param>
/// <param name="Lines">Its lines.</param>
/// <param name="Total">Their sum.</param>
public sealed record CategoryGroupReport(string Name, ImmutableArray<CategoryLineReport> Lines, Figure Total)
    : IHasPrincipalFigure
{
    /// <inheritdoc/>
    [System.Text.Json.Serialization.JsonIgnore]
    public (string Property, Figure Figure) Principal => ("total", Total);
}

/// <summary>A calculated line.</summary>
/// <param name="Name">What the user calls it.</param>
/// <param name="Part">
/// Which part of the method it is ("inputs", "losses"); empty where there is only one.
/// </param>
/// <param name="Emissions">The result.</param>
public sealed record CategoryLineReport(string Name, string Part, Figure Emissions) : IHasPrincipalFigure
{
    /// <inheritdoc/>
    [System.Text.Json.Serialization.JsonIgnore]
    public (string Property, Figure Figure) Principal => ("emissions", Emissions);
}
