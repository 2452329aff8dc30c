using Celadon.Ledger;
using Celadon.Lenses;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Store.Readings;
using NodaTime;

namespace Celadon.Server;

public sealed partial class Books
{
    /// <summary>
    /// How much of what is expected is there. Expected is, for every month of the period that is over, a
    /// record of each supply that runs (from a grid, or with a meter on it) and of each other flow that is
    /// documented month by month.
    /// </summary>
    public Coverage CoverageOf(string? site, MonthSpan period) => Keep($"coverage {site} {period}", () =>
    {
        var view = _workspace.ViewAt(period, _reader.Head().Position);
        return CoverageFrom(Measurements.Of(view).Coverage, site, period, Extent?.Last ?? period.First);
    });

    private static Coverage CoverageFrom(IEnumerable<FlowCoverage> rows, string? site, MonthSpan period,
        YearMonth due)
    {
        var sources = rows.Where(c => site is null || c.Site == site)
            .GroupBy(c => (c.Site, c.From, c.To, c.Resource, c.Point))
            .Select(g => new CoverageSource(g.Key.Site, g.Key.From, g.Key.To, g.Key.Resource, g.Key.Point,
                [.. period.Months.Select(month => MonthOf(month, due, g.Where(c => c.Month == month)))]))
            .OrderBy(s => s.Site, StringComparer.Ordinal).ThenBy(s => s.Resource, StringComparer.Ordinal)
            .ThenBy(s => s.Point, StringComparer.Ordinal).ToList();
        return new Coverage(sources);
    }

    private const int MostMonthsCompared = 12;

    /// <summary>
    /// What is there of what is expected, now and with a staged import: over the year up to the import's last
    /// month, the same records expected both times. Null where it brings nothing that is expected.
    /// </summary>
    public CoverageChange? CoverageChangeOf(Staged staged)
    {
        var spans = staged.New.Readings.Select(r => r.Draft.Span)
            .Concat(staged.New.Entries.Where(e => !e.IsStockCount).Select(e => e.Period)).ToList();
        if (spans.Count == 0) return null;
        // A minute less: a period that ends with a month does not reach into the next.
        var last = MonthOf(spans.Max(s => s.End) - Duration.FromMinutes(1));
        var first = MonthOf(spans.Min(s => s.Start) + Duration.FromDays(1));
        var year = last.PlusMonths(1 - MostMonthsCompared);
        var period = new MonthSpan(first > year ? Max(year, Min(first, Extent?.First ?? first)) : year, last);
        var due = Max(Extent?.Last ?? last, last);
        var after = CoverageFrom(_workspace.CoverageWith(staged.New, period), null, period, due);
        var now = Measurements.Of(_workspace.ViewAt(period, _reader.Head().Position)).Coverage;
        var before = CoverageFrom(now, null, period, due).Sources;
        var change = new CoverageChange(period,
            new Coverage([.. after.Sources.Select(s => Earlier(s, after.Sources, before))]), after);
        return change.Changed.Any() ? change : null;

        static YearMonth MonthOf(Instant at) => at.InUtc().Date.ToYearMonth();
        static YearMonth Max(YearMonth a, YearMonth b) => a > b ? a : b;
        static YearMonth Min(YearMonth a, YearMonth b) => a < b ? a : b;
    }

    /// <summary>
    /// The source as it is now: by its supply, else the only one of its flow that the import gives a name;
    /// with every month missing where there is none.
    /// </summary>
    private static CoverageSource Earlier(CoverageSource source, IReadOnlyList<CoverageSource> after,
        IReadOnlyList<CoverageSource> before)
    {
        var same = before.Where(s => s.From == source.From && s.To == source.To
            && s.Resource == source.Resource).ToList();
        var now = same.Find(s => s.Point == source.Point)
            ?? (same.FindAll(s => !after.Any(a => a.From == s.From && a.To == s.To && a.Resource == s.Resource
                && a.Point == s.Point)) is [var only] ? only : null);
        return source with
        {
            Months = now?.Months ?? [.. source.Months.Select(m => m.State == CoverageState.Later ? m
                : new MonthCoverage(m.Month, CoverageState.Missing, 0, 0))],
        };
    }

    /// <summary>
    /// The months to show when nobody chose: twelve, up to the last in which at least half of the sources are
    /// present, so that a bill that reaches a few days into a month does not open a year that hardly began.
    /// </summary>
    public MonthSpan? UsualPeriod => Keep("usual", () => new Box<MonthSpan?>(FindUsualPeriod())).Value;

    private MonthSpan? FindUsualPeriod()
    {
        if (Extent is not { } all) return null;
        var last = all.Last;
        var recent = new MonthSpan(all.Count > 3 ? last.PlusMonths(-2) : all.First, last);
        var sources = CoverageOf(null, recent).Sources;
        for (var i = recent.Count - 1; i > 0 && sources.Count > 0; i--, last = last.PlusMonths(-1))
            if (sources.Count(s => s.Months[i].KnownPercent
                + s.Months[i].EstimatedPercent >= 50) * 2 >= sources.Count) break;
        var first = last.PlusMonths(-11);
        return new MonthSpan(first < all.First ? all.First : first, last);
    }

    /// <summary>
    /// The latest day of which the largest supply of electricity is known from the first minute to the last;
    /// null when no such day is found within two months of the meter's last reading.
    /// </summary>
    public DayProfile? LatestDay(string? site) => Keep($"day {site}", () =>
        new Box<DayProfile?>(MainMeters(site).Select(LatestDayOf).OfType<DayProfile>()
            .OrderByDescending(d => d.Date).ThenByDescending(d => d.Sum).FirstOrDefault())).Value;

    private const int WeeksBefore = 4;

    private IEnumerable<Meter> MainMeters(string? site) => Registers.Of<Meter>()
        .Where(m => (site is null || m.Site == site) && m.Resource == "electricity" && m.Unit == "kWh"
            && m.FromNode.Kind == NodeKind.Grid && m.ToNode.Kind == NodeKind.Site);

    private DayProfile? LatestDayOf(Meter meter)
    {
        var position = _reader.Head().Position;
        if (_workspace.Readings.SpanAt(meter.Id, position) is not { } span) return null;
        var reading = ReadingMeter.Of(meter, Registers);
        var last = reading.Zone.MonthOf(span.End - Duration.Epsilon);
        var days = _workspace.Readings.SumsAt(reading, SumLevel.Day,
            new MonthSpan(last.PlusMonths(-1), last), position)
            .GroupBy(d => d.Start).Where(g => g.Sum(d => d.Known) == g.First().Length).ToList();
        if (days.Count == 0) return null;
        var start = Instant.FromUnixTimeSeconds(days[^1].Key);
        var date = reading.Zone.DateOf(start);
        var series = _workspace.Readings.SeriesAt(reading, reading.Zone.Day(date), position);
        var same = Enumerable.Range(1, WeeksBefore).Select(week => reading.Zone.Day(date.PlusDays(-7 * week)))
            .Where(day => days.Exists(d => d.Key == day.Start.ToUnixTimeSeconds()))
            .Select(day => _workspace.Readings.SeriesAt(reading, day, position))
            .Where(s => s.Start.Length == series.Start.Length).ToList();
        return new DayProfile(meter, date, reading.Zone, series, SumOf(series), same);
    }

    private static Amount SumOf(CountedSeries series) =>
        series.Amount.Aggregate(Amount.Zero, (total, amount) => total + amount);

    private static MonthCoverage MonthOf(YearMonth month, YearMonth due, IEnumerable<FlowCoverage> rows)
    {
        var here = rows.ToList();
        if (here.Count == 0)
            return new MonthCoverage(month, month > due ? CoverageState.Later : CoverageState.Missing, 0, 0);
        var length = here.Max(r => r.Length);
        var known = length == 0 ? 0 : (int)Math.Min(100, here.Max(r => r.Known) * 100 / length);
        if (known == 0) return new MonthCoverage(month, month > due ? CoverageState.Later
            : CoverageState.Missing, 0, 0);
        var estimated = here.TrueForAll(r => r.Source is "estimated" or "stated");
        var state = known < 100 ? CoverageState.Partial
            : estimated ? CoverageState.Estimated : CoverageState.Present;
        return new MonthCoverage(month, state, estimated ? 0 : known, estimated ? known : 0);
    }
}

/// <summary>A day of a meter, interval by interval.</summary>
/// <param name="Meter">The meter.</param>
/// <param name="Date">The local day.</param>
/// <param name="Zone">Its time.</param>
/// <param name="Series">The readings that count, in order of time.</param>
/// <param name="Sum">Their sum in the meter's unit.</param>
/// <param name="Before">
/// The same day of the weeks before, at most four, those that are known whole and by as many intervals.
/// </param>
public sealed record DayProfile(
    Meter Meter, LocalDate Date, SiteZone Zone, CountedSeries Series, Amount Sum,
    IReadOnlyList<CountedSeries> Before)
{
    /// <summary>Mean power of each interval in kW, for drawing.</summary>
    public IReadOnlyList<double> Power => PowerOf(Series);

    /// <summary>Mean power of the same intervals of the days before; empty when there are none.</summary>
    public IReadOnlyList<double> Typical => Before.Count == 0 ? []
        : [.. Enumerable.Range(0, Power.Count).Select(i => Before.Average(b => PowerOf(b)[i]))];

    /// <summary>Mean power in kW that an interval took on the days before, of which there are some.</summary>
    public Amount TypicalAt(int slot) => Amount.Divide(Before.Aggregate(Amount.Zero, (sum, b) =>
        sum + Pages.DayLink.PowerOf(b, slot)), Before.Count, Pages.DayLink.Decimals);

    /// <summary>Mean of the sums of the days before; null when there are none.</summary>
    public Amount? TypicalSum => Before.Count == 0 ? null : Amount.Divide(Before
        .SelectMany(b => b.Amount).Aggregate(Amount.Zero, (sum, amount) => sum + amount), Before.Count, 2);

    private static double[] PowerOf(CountedSeries series) => [.. Enumerable.Range(0, series.Start.Length)
        .Select(i => series.Amount[i].ToDouble() * 3600 / series.Length[i])];
}
