using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Celadon.Lenses.Carbon;

/// <summary>Refrigerant lost.</summary>
/// <param name="Lines">The lines.</param>
/// <param name="Total">Their sum in kg CO2e.</param>
public sealed record RefrigerantsReport(ImmutableArray<RefrigerantLineReport> Lines, Figure Total)
    : IHasPrincipalFigure
{
    /// <inheritdoc/>
    [JsonIgnore]
    public (string Property, Figure Figure) Principal => ("total", Total);
}

/// <summary>A line.</summary>
/// <param name="Name">What the user calls it.</param>
/// <param name="Method">"mass-balance", "simplified" or "screening".</param>
/// <param name="Lost">Gas lost, kg.</param>
/// <param name="Gwp">kg CO2e per kg.</param>
/// <param name="Emissions">kg CO2e.</param>
public sealed record RefrigerantLineReport(string Name, string Method, Figure Lost, Figure Gwp,
    Figure Emissions)
    : IHasPrincipalFigure
{
    /// <inheritdoc/>
    [JsonIgnore]
    public (string Property, Figure Figure) Principal => ("emissions", Emissions);
}
