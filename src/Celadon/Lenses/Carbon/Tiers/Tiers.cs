using System.Collections.Immutable;
using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Text;

namespace Celadon.Lenses.Carbon;

/// <summary>
/// Classifies intensities of electricity into the report's bands. The printed bands leave gaps (0.29 to
/// 0.30, 0.69 to 0.70): an intensity is rounded half to even to the decimals the bands state, then
/// classified.
/// </summary>
internal sealed class Tiers
{
    private readonly FactorLibrary _packs;
    private readonly string? _edition;
    private readonly FactorSource _factors;
    private readonly List<Finding> _findings;

    public Tiers(FactorLibrary packs, string? edition, List<Finding> findings)
    {
        (_packs, _edition, _findings) = (packs, edition, findings);
        _factors = new FactorSource(packs, findings);
        if (packs.Intensity.Bands.IsEmpty) throw Refuse.At("carbon.tier.noBands", "");
        Decimals = packs.Intensity.Bands[0].Decimals;
        Bands = [.. packs.Intensity.Bands.Select(Shown)];
    }

    /// <summary>The bands, lowest intensity first.</summary>
    public ImmutableArray<TierBand> Bands { get; }

    /// <summary>Decimals of kg/kWh that are classified.</summary>
    public int Decimals { get; }

    /// <summary>An item of a spec.</summary>
    public TierItemReport Item(TierItem item, string at)
    {
        if (item.Country is { } country && item.Intensity is null && item.Year is { } year)
        {
            var series = Series(country, at + "/country");
            return OfYear(series.FirstOrDefault(r => r.Year == year)
                ?? throw Outside(series, year, at + "/year"), at);
        }
        if (item.Intensity is null || item.Country is not null) throw Refuse.At("carbon.tier.item", at);
        var stated = item.Intensity.Resolve(_factors, at + "/intensity");
        var gas = CompoundUnit.Parse(stated.Unit).Gas
            ?? throw Refuse.At("carbon.noGas", at, ("given", stated.Unit));
        var intensity = new Multiplication("formula.stated", at + "/intensity")
            .Times("operand.intensity", stated).In($"kg {gas}/kWh");
        return Classified(item.Name ?? intensity.Value.ToString(), null, null, intensity, at);
    }

    /// <summary>A country of a history.</summary>
    public TierCountryReport Country(string country, TierHistorySpec spec, string at)
    {
        var series = Series(country, at);
        var (first, last) = (spec.From ?? series[0].Year, spec.To ?? series[^1].Year);
        if (first < series[0].Year) throw Outside(series, first, "/from");
        if (last > series[^1].Year) throw Outside(series, last, "/to");
        if (last < first) throw Refuse.At("carbon.tier.order", "/to", ("from", first), ("to", last));
        var rows = series.Where(r => r.Year >= first && r.Year <= last).ToList();
        var missing = Enumerable.Range(first, last - first + 1).Except(rows.Select(r => r.Year)).ToList();
        if (missing.Count > 0)
            _findings.Add(Finding.Of("carbon.tier.gap", Severity.Warning, new Place(Pointer: at),
                ("country", series[0].Code), ("years", string.Join(", ", missing))));
        if (rows.Count == 0) throw Outside(series, first, "/from");
        ImmutableArray<TierItemReport> years = [.. rows.Select(r => OfYear(r, at))];
        return new TierCountryReport(series[0].Code, series[0].Name, years, Moves(years));
    }

    private ImmutableArray<TierMove> Moves(ImmutableArray<TierItemReport> years) =>
    [
        .. years.Zip(years.Skip(1)).Where(pair => pair.First.Band.Group != pair.Second.Band.Group)
            .Select(pair =>
            new TierMove(pair.Second.Year!.Value, pair.First.Year!.Value, pair.First.Band.Group,
                pair.Second.Band.Group,
                Bands.IndexOf(pair.Second.Band) < Bands.IndexOf(pair.First.Band),
                new Figure(pair.Second.Intensity.Value - pair.First.Intensity.Value,
                    pair.First.Intensity.Unit,
                    new Trace.Formula("formula.difference", [new("operand.after", pair.Second.Intensity),
                        new("operand.before", pair.First.Intensity)])))),
    ];

    private ImmutableArray<IntensityRow> Series(string country, string at)
    {
        var series = _packs.Intensity.SeriesOf(country);
        if (series.IsEmpty) throw Refuse.At("carbon.tier.country", at, ("country", country));
        if (_edition is not null && series[0].Pack.Edition != _edition)
            throw Refuse.At("carbon.tier.edition", "/edition", ("wanted", _edition),
                ("edition", series[0].Pack.Edition));
        return series;
    }

    private TierItemReport OfYear(IntensityRow row, string at)
    {
        var published = new Figure(row.GramsPerKwh, "g CO2e/kWh", new Trace.PackRow(row.Pack.Id,
            FormattableString.Invariant($"{row.Code}/{row.Year}"), "intensity", row.Pack.Citation));
        var intensity = new Multiplication("formula.stated", at)
            .Times("operand.intensity", published).In("kg CO2e/kWh");
        return Classified(row.Code, row.Year, row.Pack.Edition, intensity, at);
    }

    private TierItemReport Classified(string name, int? year, string? edition, Figure intensity, string at)
    {
        var rounded = new Figure(intensity.Value.Round(Decimals), intensity.Unit,
            new Trace.Formula("formula.carbon.tier.rounded", [new("operand.intensity", intensity)]));
        var band = _packs.Intensity.BandOf(intensity.Value)
            ?? throw Refuse.At("carbon.tier.negative", at, ("given", intensity.Value));
        if (!Inside(band, intensity.Value))
            _findings.Add(Finding.Of("carbon.tier.betweenBands", Severity.Info, new Place(Pointer: at),
                ("name", year is null ? name : $"{name} {year}"), ("intensity", intensity.Value),
                ("rounded", rounded.Value), ("colour", band.Colour), ("group", band.Group)));
        return new TierItemReport(name, year, edition, intensity, rounded,
            Bands.First(b => b.Group == band.Group));
    }

    private static bool Inside(IntensityBand band, Amount value) =>
        (band.Lower is not { } lower || value >= lower) && (band.Upper is not { } upper || value <= upper);

    private static TierBand Shown(IntensityBand band) => new(
        band.Group, band.Tier, band.Colour, band.Name, band.Lower?.ToString(), band.Upper?.ToString());

    private static RefusedException Outside(ImmutableArray<IntensityRow> series, int year, string at) =>
        Refuse.At("carbon.tier.outside", at, ("country", series[0].Code), ("year", year),
            ("first", series[0].Year), ("last", series[^1].Year));
}
