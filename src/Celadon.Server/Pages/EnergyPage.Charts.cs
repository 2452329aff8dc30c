using Celadon.Lenses;
using Celadon.Lenses.Energy;
using Celadon.Lenses.Energy.Basic;
using Celadon.Lenses.Energy.Load;
using Celadon.Quantities;
using Celadon.Server.Drawing;
using Celadon.Server.Web;
using NodaTime;
using NodaTime.Text;

namespace Celadon.Server.Pages;

public sealed partial class EnergyPage
{
    private const int CurvePoints = 400;
    private const double AwakeShare = 0.5;
    private const double FlatRatio = 1.3;

    /// <summary>What is written at the numbered flags, in order of date.</summary>
    public IReadOnlyList<(int Day, int Number, string Text, Cell Value)> Flags => _flags ??= FlagsOf();

    private IReadOnlyList<(int, int, string, Cell)>? _flags;

    /// <summary>Days × intervals.</summary>
    public Chart CalendarChart => _calendarChart ??= MakeCalendar();

    private Chart? _calendarChart;

    private Chart MakeCalendar()
    {
        var report = Report!;
        var first = DateOf(report.Days[0]);
        var months = report.Days.Select((day, i) => (Date: DateOf(day), At: i))
            .Where(d => d.Date.Day == 1)
            .Select(d => (d.At, Show.MonthName(At.Text, d.Date.Month))).ToList();
        var title = Says();
        return new Chart("calendar", title, At.L("web.energy.calendar.small", ("unit", report.PowerUnit),
            ("minutes", report.Minutes), ("months", Show.Months(At.Text, _spec.Months!.Value)),
            ("days", report.Days.Length), ("zone", report.Zone)),
            new Heatmap(Calendar!.Cells, months,
                [.. Enumerable.Range(0, report.Days.Length)
                    .Where(i => first.PlusDays(i).DayOfWeek == IsoDayOfWeek.Sunday)],
                [.. Flags.Select(f => (f.Day, f.Number))]) { Label = $"{title}" },
            MonthTable, Source);
    }

    /// <summary>The day at the cursor, interval by interval, against the mean day of its kind.</summary>
    public Chart DayChart
    {
        get
        {
            var report = Report!;
            var day = report.Days[Cursor.Day];
            var typical = report.Profile.FirstOrDefault(p => p.Days == day.Kind)?.Slots
                .ToDictionary(s => s.Time, s => s.Mean.Value.ToDouble()) ?? [];
            var clocks = Enumerable.Range(0, day.Power.Count)
                .Select(i => Clock((day.Slots is { } odd ? odd[i] : i) * report.Minutes)).ToList();
            var values = Enumerable.Range(0, day.Power.Count)
                .Select(i => day.Power.ValueAt(i)?.ToDouble()).ToList();
            var kind = At.L(day.Kind == DayKind.Working ? "web.energy.working" : "web.energy.nonWorking");
            Sentence title = day.Total is { } total
                ? Sentence.Of(At, "web.energy.day", ("day", Day(day.Date)),
                    ("total", Said(total, Invariant($"/days/{Cursor.Day}/total"),
                        $"{Show.Brief(total.Value)} {Show.Unit(report.Unit)}")))
                : At.L("web.energy.day.none", ("day", Day(day.Date)));
            var floor = day.Kind == DayKind.Working ? Base?.Working : Base?.NonWorking;
            string[] hours = ["00", "03", "06", "09", "12", "15", "18", "21", "24"];
            return new Chart("day", title, At.L("web.energy.day.small", ("unit", report.PowerUnit),
                ("kind", kind)),
                new DayLoad(values, floor?.Load.Value.ToDouble(),
                    [.. clocks.Select(c => typical.TryGetValue(c, out var mean) ? mean : (double?)null)],
                    report.PowerUnit, hours, null, 200) { Label = $"{title}" },
                new Table("day", $"{title}", [new("time", At.L("web.col.time")),
                    new("power", report.PowerUnit, Align.Number)],
                    [.. clocks.Select((c, i) => Row.Of(new Words(c), day.Power[i] is { } power
                        ? _spec.Number(Asked!, power, Pointer(Cursor.Day, i)) : new Unknown()))])
                { Class = "tight" }, Source)
            {
                Legend = [.. floor is null ? [] : BaseLegend(floor, day.Kind), ("compare",
                    At.L("web.energy.legend.typical", ("kind", kind)))],
            };
        }
    }

    /// <summary>Load against hours.</summary>
    public Chart DurationChart
    {
        get
        {
            var (report, duration) = (Report!, Report!.Duration!);
            var curve = duration.Curve;
            var loads = Enumerable.Range(0, Math.Min(CurvePoints, curve.Count)).Select(i => curve.ValueAt(
                (int)((long)i * (curve.Count - 1) / Math.Max(1, Math.Min(CurvePoints, curve.Count) - 1)))!
                .Value.ToDouble()).ToList();
            var (title, marks) = DurationSays(duration);
            return new Chart("duration", title, At.L("web.energy.duration.small", ("unit", report.PowerUnit),
                ("months", Show.Months(At.Text, _spec.Months!.Value)),
                ("hours", Show.Brief(duration.Hours.Value))),
                new DurationCurve(loads, duration.Hours.Value.ToDouble(),
                    Base?.Working?.Load.Value.ToDouble(), report.PowerUnit,
                    At.L("web.energy.duration.axis"), marks) { Label = $"{title}" },
                new Table("duration", $"{title}",
                [
                    new("load", At.L("web.energy.col.load", ("unit", report.PowerUnit))),
                    new("hours", At.L("web.energy.col.atOrAbove"), Align.Number),
                    new("percent", "%", Align.Number),
                ], [.. duration.Levels.Select((level, i) => Row.Of(
                    new Words(Show.Brief(level.Power.Value)) { Key = level.Power.Value.ToString() },
                    _spec.Number(Asked!, level.Hours, Invariant($"/duration/levels/{i}/hours")),
                    _spec.Number(Asked!, level.Percent, Invariant($"/duration/levels/{i}/percent"))))])
                { Class = "tight" }, Source)
            {
                Legend = Base?.Working is { } working ? BaseLegend(working, DayKind.Working) : [],
            };
        }
    }

    private (string, Sentence)[] BaseLegend(BasicDays floor, DayKind kind) => [("base", Sentence.Of(At,
        "web.energy.legend.base", ("load", OfBase(floor.Load,
            kind == DayKind.Working ? "working/load" : "nonWorking/load",
            Show.Brief(floor.Load.Value.Round(2))))))];

    /// <summary>Below what half of the time lies, and how rare the highest loads are.</summary>
    private (Sentence Title, IReadOnlyList<DurationMark> Marks) DurationSays(LoadDuration duration)
    {
        var peak = duration.Shares[0].Power;
        var said = Said(peak, "/duration/shares/0/power", Power(peak));
        var half = duration.Levels.FirstOrDefault(l => l.Percent.Value <= 50);
        var high = duration.Levels.LastOrDefault(l => l.Power.Value.ToDouble() <= peak.Value.ToDouble() * 0.7
            && l.Hours.Value.Sign > 0 && l.Percent.Value < 15);
        var top = new DurationMark(0, peak.Value.ToDouble(), At.L("web.energy.mark.peak",
            ("load", Power(peak)), ("day", Day(Report!.Peak!.Date)), ("time", Report.Peak.Time)),
            Power(peak)) { Why = said.Why };
        if (half is null) return (Sentence.Of(At, "web.energy.duration.flat",
            ("median", Median(duration)), ("peak", said)), [top]);
        var below = duration.Hours.Value - half.Hours.Value;
        var share = Show.Percent(At.Text, Show.Fixed(BelowOf(duration, half), 0));
        var part = new Number(BelowOf(duration, half), "%", share, _spec.Why("below", half.Power.Value));
        var load = Said(half.Power, LevelOf(duration, half) + "/power", Power(half.Power));
        var mark = new DurationMark(half.Hours.Value.ToDouble(), half.Power.Value.ToDouble(),
            At.L("web.energy.mark.below", ("load", Power(half.Power)), ("hours", Hours(below)),
                ("share", share)), $"< {Power(half.Power)}: {Hours(below)} h")
            { Why = At.Why(Asked!, HoursOf(duration, half)) };
        if (high is null || high == half)
            return (Sentence.Of(At, "web.energy.duration.half", ("share", part), ("load", load),
                ("peak", said)), [top, mark]);
        var rare = Said(high.Hours, HoursOf(duration, high), Hours(high.Hours.Value));
        return (Sentence.Of(At, "web.energy.duration.sentence", ("share", part), ("load", load),
            ("hours", rare), ("high", Said(high.Power, LevelOf(duration, high) + "/power",
                Power(high.Power)))),
            [top, new DurationMark(high.Hours.Value.ToDouble(), high.Power.Value.ToDouble(),
                At.L("web.energy.mark.above", ("load", Power(high.Power)),
                    ("hours", Hours(high.Hours.Value))),
                $"> {Power(high.Power)}: {Hours(high.Hours.Value)} h") { Why = rare.Why }, mark]);
    }

    private Number Median(LoadDuration duration)
    {
        var at = duration.Shares.Select((s, i) => (s, i)).First(s => s.s.Percent == 50);
        return Said(at.s.Power, Invariant($"/duration/shares/{at.i}/power"), Power(at.s.Power));
    }

    /// <summary>The hours at or above a load: of the hours below it they are the other part.</summary>
    private static string HoursOf(LoadDuration duration, LoadLevel level) =>
        LevelOf(duration, level) + "/hours";

    private static string LevelOf(LoadDuration duration, LoadLevel level) =>
        Invariant($"/duration/levels/{duration.Levels.IndexOf(level)}");

    /// <summary>Percent of the known hours that run below a load.</summary>
    internal static Amount BelowOf(LoadDuration duration, LoadLevel level) =>
        Amount.Divide((duration.Hours.Value - level.Hours.Value) * 100, duration.Hours.Value, 1);

    private static string Hours(Amount hours) =>
        hours < 1000 ? Show.Brief(hours.Round(1)) : Show.Fixed(hours, 0);

    private string Source => At.L("web.energy.source", ("meter", MeterName),
        ("count", Report!.Meters.Sum(m => m.Readings)), ("position", Asked!.Position));

    /// <summary>When the load wakes, where it rests, and how much falls on days without work.</summary>
    private Sentence Says()
    {
        var working = Report!.Profile.FirstOrDefault(p => p.Days == DayKind.Working)?.Slots ?? [];
        if (working.Length == 0 || Base is not { } basic) return At.L("web.energy.calendar.plain");
        var most = working.Max(s => s.Mean.Value.ToDouble());
        var least = working.Min(s => s.Mean.Value.ToDouble());
        if (most < least * FlatRatio) return At.L("web.energy.calendar.flat",
            ("least", Power(working.MinBy(s => s.Mean.Value)!.Mean)),
            ("most", Power(working.MaxBy(s => s.Mean.Value)!.Mean)));
        var wakes = working.FirstOrDefault(s =>
            s.Mean.Value.ToDouble() >= least + (most - least) * AwakeShare)!.Time;
        if (basic.Working is not { } days) return At.L("web.energy.calendar.plain");
        var load = _spec.Number(Basic!, days.Load, "/meters/0/working/load", Power(days.Load));
        return basic.NonWorking is { Total.Value.Sign: > 0 } other
            ? Sentence.Of(At, "web.energy.calendar.sentence", ("load", load), ("time", wakes),
                ("share", new Number(RestDaysOf(other, basic), "%", Show.Percent(At.Text,
                    Show.Fixed(RestDaysOf(other, basic), 1)), _spec.Why("rest"))))
            : Sentence.Of(At, "web.energy.calendar.wakes", ("load", load), ("time", wakes));
    }

    /// <summary>Percent of all energy that is used on days without work.</summary>
    internal static Amount RestDaysOf(BasicDays other, BasicMeter basic) =>
        Amount.Divide(other.Total.Value * 100, basic.Total.Value, 1);

    private Table MonthTable
    {
        get
        {
            var report = Report!;
            var rows = report.Days.Select((day, i) => (Day: day, At: i))
                .GroupBy(d => DateOf(d.Day).ToYearMonth()).Select((month, at) =>
            {
                var days = month.Where(d => d.Day.Total is not null).ToList();
                var peak = Calendar!.Peaks[at];
                var basic = Base?.Months[at];
                return Row.Of(new Words(Show.Month(At.Text, month.Key))
                    { Key = new MonthSpan(month.Key, month.Key).ToString() },
                    days.Count == 0 ? new Unknown() : _spec.SumOf(new MonthSpan(month.Key, month.Key),
                        days.Aggregate(Amount.Zero, (sum, d) => sum + d.Day.Total!.Value)),
                    peak is not { } top ? new Unknown() : _spec.Number(Asked!,
                        report.Days[top.Day].Power[top.Interval]!, Pointer(top.Day, top.Interval)),
                    basic?.Working is { } working ? _spec.Number(Basic!, working,
                        Invariant($"/meters/0/months/{at}/working"), Show.Fixed(working.Value, 1))
                        : new Unknown());
            });
            return new Table("calendar", At.L("web.energy.months"),
            [
                new("month", At.L("web.energy.col.month")),
                new("energy", Show.Unit(report.Unit), Align.Number),
                new("peak", At.L("web.energy.col.peak", ("unit", report.PowerUnit)), Align.Number),
                new("base", At.L("web.energy.col.base", ("unit", report.PowerUnit)), Align.Number),
            ], [.. rows])
            { Class = "tight" };
        }
    }

    private List<(int, int, string, Cell)> FlagsOf()
    {
        var report = Report!;
        var flags = new List<(int Day, string Text, Cell Value)>();
        int DayOf(string date) => report.Days.Select((d, i) => (d, i)).First(d => d.d.Date == date).i;
        if (report.Peak is { } peak) flags.Add((DayOf(peak.Date), At.L("web.energy.flag.peak",
            ("day", Day(peak.Date)), ("time", peak.Time)),
            _spec.Number(Asked!, peak.Power, "/peak/power", withUnit: true)));
        var whole = Enumerable.Range(0, report.Days.Length).Where(i => report.Days[i].KnownPercent == 100
            && report.Days[i].Suspected.IsEmpty && report.Days[i].Total is not null).ToList();
        if (whole.Count > 1)
        {
            Add(whole.MaxBy(i => report.Days[i].Total!.Value), "web.energy.flag.most");
            Add(whole.MinBy(i => report.Days[i].Total!.Value), "web.energy.flag.least");
        }
        foreach (var day in Enumerable.Range(0, report.Days.Length)
            .Where(i => !report.Days[i].Suspected.IsEmpty).Take(2))
        {
            var interval = report.Days[day].Suspected[0];
            flags.Add((day, At.L("web.energy.flag.suspected", ("day", Day(report.Days[day].Date))),
                _spec.Number(Asked!, report.Days[day].Power[interval]!, Pointer(day, interval),
                    withUnit: true)));
        }
        foreach (var (gap, i) in report.Gaps.Select((g, i) => (g, i)).OrderByDescending(g => g.g.Hours.Value)
            .Take(2))
        {
            var at = InstantPattern.General.Parse(gap.From).Value
                .InZone(DateTimeZoneProviders.Tzdb[report.Zone]).Date;
            flags.Add((DayOf(LocalDatePattern.Iso.Format(at)), At.L("web.energy.flag.gap",
                ("day", Show.Day(At.Text, at))), _spec.Number(Asked!, gap.Hours,
                Invariant($"/gaps/{i}/hours"), withUnit: true)));
        }
        return [.. flags.OrderBy(f => f.Day).Select((f, i) => (f.Day, i + 1, f.Text, f.Value))];

        void Add(int day, string key) => flags.Add((day, At.L(key, ("day", Day(report.Days[day].Date))),
            _spec.Number(Asked!, report.Days[day].Total!, Invariant($"/days/{day}/total"), withUnit: true)));
    }
}
