using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Celadon.Lenses.Carbon;

/// <summary>The product's embodied emissions in two places and what makes the difference.</summary>
/// <param name="Product">The product.</param>
/// <param name="Places">Its total in each place.</param>
/// <param name="Items">Each item; their differences add up to the whole.</param>
/// <param name="Difference">Second place less first.</param>
public sealed record EmbodiedReport(
    string Product, ImmutableArray<EmbodiedPlace> Places, ImmutableArray<EmbodiedItemReport> Items,
        Figure Difference)
    : IHasPrincipalFigure
{
    /// <inheritdoc/>
    [JsonIgnore]
    public (string Property, Figure Figure) Principal => ("difference", Difference);
}

/// <summary>A place.</summary>
public sealed record EmbodiedPlace(string Name, Figure Total) : IHasPrincipalFigure
{
    /// <inheritdoc/>
    [JsonIgnore]
    public (string Property, Figure Figure) Principal => ("total", Total);
}

/// <summary>An item.</summary>
/// <param name="Name">What the user calls it.</param>
/// <param name="Emissions">Its emissions in each place.</param>
/// <param name="FactorDifference">Second factor less first, in the unit of the first.</param>
/// <param name="Difference">Quantity × difference of the factors.</param>
/// <param name="Share">Its part in the whole difference; null when there is none.</param>
public sealed record EmbodiedItemReport(
    string Name, ImmutableArray<Figure> Emissions, Figure FactorDifference, Figure Difference, Figure? Share)
    : IHasPrincipalFigure
{
    /// <inheritdoc/>
    [JsonIgnore]
    public (string Property, Figure Figure) Principal => ("difference", Difference);
}
