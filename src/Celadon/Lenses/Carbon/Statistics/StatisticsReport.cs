using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Celadon.Lenses.Carbon;

/// <summary>
/// Energy used. Gross, net and electricity stand apart; tonnes of coal equivalent take electricity by
/// equivalent value (当量值), never by equal value (等价值).
/// </summary>
/// <param name="Period">The months, when the books were asked.</param>
/// <param name="Rows">By site, carrier and unit.</param>
/// <param name="Carriers">By carrier.</param>
/// <param name="Energy">Totals, one a kind: "kWh", "kWh gross", "kWh net".</param>
/// <param name="Tce">Coal equivalent of the rows that have one.</param>
/// <param name="TceComplete">
/// False when a row has none: its energy is known on gross calorific value only, or not at all.
/// </param>
public sealed record StatisticsReport(
    string? Period, ImmutableArray<StatisticsRow> Rows, ImmutableArray<CarrierReport> Carriers,
    ImmutableArray<Figure> Energy, Figure Tce, bool TceComplete) : IHasPrincipalFigure
{
    /// <inheritdoc/>
    [JsonIgnore]
    public (string Property, Figure Figure) Principal => ("tce", Tce);
}

/// <summary>A carrier at a site.</summary>
/// <param name="Site">The site.</param>
/// <param name="Carrier">The carrier.</param>
/// <param name="Quantity">As measured or invoiced.</param>
/// <param name="Energy">In kWh, kWh gross or kWh net; null when no calorific value is known.</param>
/// <param name="Tce">Tonnes of coal equivalent; null when unknown.</param>
public sealed record StatisticsRow(string Site, string Carrier, Figure Quantity, Figure? Energy, Figure? Tce)
    : IHasPrincipalFigure
{
    /// <inheritdoc/>
    [JsonIgnore]
    public (string Property, Figure Figure) Principal =>
        Energy is { } energy ? ("energy", energy) : ("quantity", Quantity);
}

/// <summary>A carrier over all sites.</summary>
/// <param name="Carrier">The carrier.</param>
/// <param name="Energy">One a kind.</param>
/// <param name="Tce">Coal equivalent; null when one of its rows has none.</param>
public sealed record CarrierReport(string Carrier, ImmutableArray<Figure> Energy, Figure? Tce);
