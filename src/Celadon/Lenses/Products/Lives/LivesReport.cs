using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Celadon.Lenses.Products;

/// <summary>Two designs over their lives, indicator by indicator; never added together.</summary>
/// <param name="Service">What both do.</param>
/// <param name="First">Name of the first.</param>
/// <param name="Second">Name of the second.</param>
/// <param name="Indicators">Each indicator.</param>
public sealed record LivesReport(
    string Service, string First, string Second, ImmutableArray<ComparedIndicator> Indicators);

/// <summary>An indicator of both designs.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What kind it is.</param>
/// <param name="First">The first design, life after life.</param>
/// <param name="Second">The second design, life after life.</param>
/// <param name="Difference">Second less first, per unit of service over all lives.</param>
public sealed record ComparedIndicator(
    string Name, BurdenKind Kind, ImmutableArray<LifeSoFar> First, ImmutableArray<LifeSoFar> Second,
    Figure Difference) : IHasPrincipalFigure
{
    /// <inheritdoc/>
    [JsonIgnore]
    public (string Property, Figure Figure) Principal => ("difference", Difference);
}

/// <summary>What has come together up to a life.</summary>
/// <param name="Kind">The kind of the life.</param>
/// <param name="Burden">All burdens so far.</param>
/// <param name="Service">All service so far.</param>
/// <param name="PerService">Burden by service.</param>
/// <param name="Source">Where the life's own amount comes from; null where it is not said.</param>
public sealed record LifeSoFar(
    LifeKind Kind, Figure Burden, Figure Service, Figure PerService, string? Source) : IHasPrincipalFigure
{
    /// <inheritdoc/>
    [JsonIgnore]
    public (string Property, Figure Figure) Principal => ("perService", PerService);
}
