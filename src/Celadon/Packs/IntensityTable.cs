using System.Collections.Frozen;
using System.Collections.Immutable;
using Celadon.Quantities;

namespace Celadon.Packs;

/// <summary>
/// Life-cycle intensity of electricity by country and year, and the report's bands. For tiers and trends
/// only: it
/// is no factor and never serves Scope 2.
/// </summary>
public sealed class IntensityTable
{
    private readonly FrozenDictionary<string, ImmutableArray<IntensityRow>> _series;

    internal IntensityTable(ImmutableArray<IntensityRow> rows, ImmutableArray<IntensityBand> bands)
    {
        Rows = rows;
        Bands = [.. bands.OrderBy(band => band.Order)];
        var series = rows.GroupBy(row => row.Code, StringComparer.Ordinal)
            .Select(group => group.OrderBy(row => row.Year).ToImmutableArray()).ToList();
        var names = new Dictionary<string, ImmutableArray<IntensityRow>>(StringComparer.OrdinalIgnoreCase);
        foreach (var one in series)
            foreach (var name in (string?[])[one[0].Code, one[0].Place, one[0].Name.En, one[0].Name.Zh])
                if (!string.IsNullOrEmpty(name)) names.TryAdd(name, one);
        _series = names.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Every row.</summary>
    public ImmutableArray<IntensityRow> Rows { get; }

    /// <summary>The bands, lowest intensity first.</summary>
    public ImmutableArray<IntensityBand> Bands { get; }

    /// <summary>
    /// The years of a country or aggregate by any of its codes or names, in order; empty when unknown.
    /// </summary>
    public ImmutableArray<IntensityRow> SeriesOf(string country) =>
        _series.GetValueOrDefault(country.Trim(), []);

    /// <summary>One year of a country, or null: a year outside the series is not extrapolated.</summary>
    public IntensityRow? Of(string country, int year) =>
        SeriesOf(country).FirstOrDefault(row => row.Year == year);

    /// <summary>
    /// The band of an intensity in kg/kWh: rounded half to even to the decimals the bands state, then
    /// classified.
    /// Null when there are no bands or it is negative.
    /// </summary>
    public IntensityBand? BandOf(Amount kgPerKwh) => kgPerKwh.Sign < 0 ? null : Bands.FirstOrDefault(band =>
        kgPerKwh.Round(band.Decimals) is var rounded
        && (band.Lower is not { } lower || rounded >= lower)
        && (band.Upper is not { } upper || rounded <= upper));
}
