using System.Globalization;
using System.Text.Json.Nodes;
using Celadon.Lenses.Energy;
using Celadon.Quantities;
using Celadon.Server.Drawing;
using Celadon.Server.Web;
using Celadon.Store;
using Celadon.Text;

namespace Celadon.Server.Pages;

/// <summary>
/// The period's figures, the latest full day, what to do next, and what is there of what is expected.
/// </summary>
public sealed class TodayPage : Page
{
    private readonly Names _names;

    /// <summary>Makes the page.</summary>
    public TodayPage(PageContext at) : base(at)
    {
        _names = new Names(at);
        if (at.Period is not { } period) return;
        Coverage = at.Books.CoverageOf(at.Site, period);
        Day = at.Books.LatestDay(at.Site);
        Base = Day is null ? null : BaseOf(Day, EnergySpec.MonthsOf(period));
        (Account, Refused) = AccountOf(period);
        Statistics = StatisticsOf(period);
        Electricity = ElectricityIn(Statistics);
        Costs = at.Books.CostsOf(at.Site, period);
        if (LastYear is { } last && at.Books.Extent is { } all && all.First <= last.First)
        {
            (Before, _) = AccountOf(last);
            ElectricityBefore = ElectricityIn(StatisticsOf(last));
            CostsBefore = at.Books.CostsOf(at.Site, last);
            CoverageBefore = at.Books.CoverageOf(at.Site, last).Percent;
        }
        ToDos = [.. ToDo.Of(at, _names, Coverage, Account).Take(ToDo.Most)];
    }

    /// <summary>The account of the period; null in an empty workspace or when it was refused.</summary>
    public Spot? Account { get; }

    /// <summary>The account of the same months a year earlier; null when there is no record.</summary>
    public Spot? Before { get; }

    /// <summary>Why there is no account.</summary>
    public Finding? Refused { get; }

    /// <summary>What is there of what is expected; null in an empty workspace.</summary>
    public Coverage? Coverage { get; }

    /// <summary>The latest full day of the main meter, or null.</summary>
    public DayProfile? Day { get; }

    /// <summary>
    /// Basic load of the day's meter over the period, on days of the day's kind; null when no whole day of
    /// the kind is known.
    /// </summary>
    public Spot? Base { get; }

    /// <summary>At most seven things to do, the most urgent first.</summary>
    public IReadOnlyList<ToDo> ToDos { get; } = [];

    /// <inheritdoc/>
    public override string Section => "today";

    /// <inheritdoc/>
    public override Type View => typeof(TodayView);

    /// <inheritdoc/>
    public override IEnumerable<Table> Tables => Coverage is { Sources.Count: > 0 } ? [Sources(Coverage)]
        : [];

    /// <inheritdoc/>
    public override IEnumerable<Chart> Charts =>
        [.. Day is null ? [] : (Chart[])[Load(Day)], .. Account is null ? [] : (Chart[])[Weighs]];

    /// <summary>What weighs most in the account.</summary>
    public Chart Weighs => InventoryPage.SourcesOf(At, Account!.Value, "location", InventoryPage.GwpSets[0],
        6);

    /// <inheritdoc/>
    public override JsonObject Data
    {
        get
        {
            var data = new JsonObject
            {
                ["toDo"] = new JsonArray(
                    [.. ToDos.Select(t => new JsonObject
                    {
                        ["title"] = t.Title, ["says"] = $"{t.Says}", ["worth"] = $"{t.Worth}",
                        ["do"] = t.Href,
                    })]),
                ["cost"] = new JsonArray([.. Costs.Totals.Select(c => new JsonObject
                {
                    ["value"] = c.Sum.ToString(), ["unit"] = c.Currency, ["documents"] = c.Count,
                })]),
            };
            if (Base is { } basis) data["base"] = basis["load"].Json?.DeepClone();
            if (Account is { } account) data["answer"] = JsonNode.Parse(AnswerJson.Write(account.Asked));
            return data;
        }
    }

    /// <inheritdoc/>
    public override string Title => Coverage is null ? At.L("web.today.empty")
        : At.L((Coverage.Missing, Coverage.Partial) switch
        {
            _ when Coverage.Expected == 0 => "web.today.nothing",
            (0, 0) => "web.today.whole",
            (0, _) => "web.today.partial",
            (_, 0) => "web.today.missing",
            _ => "web.today.gaps",
        }, ("months", Show.Months(At.Text, At.Period!.Value)), ("missing", Coverage.Missing),
            ("partial", Coverage.Partial), ("expected", Coverage.Expected));

    /// <summary>The same months a year earlier.</summary>
    public MonthSpan? LastYear => At.Period is { } p
        ? new MonthSpan(p.First.PlusMonths(-12), p.Last.PlusMonths(-12)) : null;

    /// <summary>Electricity over the chosen sites in kWh; null when none is recorded.</summary>
    public Spot? Electricity { get; }

    /// <summary>The same a year earlier; null when there is no record.</summary>
    public Spot? ElectricityBefore { get; }

    /// <summary>The energy statistics of the period; null when nothing of energy is recorded.</summary>
    public Spot? Statistics { get; }

    /// <summary>What documents of the period state as prices.</summary>
    public Costs Costs { get; } = new([]);

    /// <summary>The same a year earlier.</summary>
    public Costs CostsBefore { get; } = new([]);

    /// <summary>What of last year's expected records is there, in percent; null when nothing was.</summary>
    public int? CoverageBefore { get; }

    /// <summary>How a cost compares with the same currency a year earlier.</summary>
    public Sentence Compare((string Currency, Amount Sum, int Count) cost) =>
        CostsBefore.Totals.FirstOrDefault(t => t.Currency == cost.Currency) is { Currency: not null } before
            ? Change(cost.Sum, before.Sum, CostsPage.Say(before)) : (Sentence)At.L("web.today.noRecord");

    /// <summary>How a number compares with the same months a year earlier.</summary>
    public Sentence Compare(Spot now, Spot? then)
    {
        if (then is not { Value: { } before } || now.Value
            is not { } value) return At.L("web.today.noRecord");
        return Change(value, before, then.Value.Said(At));
    }

    private Sentence Change(Amount value, Amount before, object shown)
    {
        if (before.IsZero) return Sentence.Of(At, "web.today.lastYear", ("number", shown));
        var change = Amount.Divide((value - before) * 100, before, 1);
        return Sentence.Of(At, "web.today.change", ("number", shown),
            ("change", Show.Percent(At.Text, (change.Sign > 0 ? "+" : "") + Catalogue.Number(change))));
    }

    /// <summary>A number of the account a year earlier, by its path.</summary>
    public Spot? Then(params string[] path) => Before is { } before
        ? path.Aggregate(before, (spot, part) => spot[part]) : null;

    private static Spot? ElectricityIn(Spot? statistics) => statistics is not { } report ? null
        : report["carriers"].Items.Where(c => c["carrier"].Text == "electricity")
            .SelectMany(c => c["energy"].Items).Where(e => e.Unit == "kWh").Select(e => (Spot?)e)
            .FirstOrDefault();

    private Spot? StatisticsOf(MonthSpan period)
    {
        try
        {
            return Spot.Of(At.Books.Ask("carbon.statistics", StatisticsSpec(At.Site, period), At.Number("at"),
                At.Http.RequestAborted));
        }
        catch (RefusedException)
        {
            // Nothing of energy in these months: the figure says that there is no record.
            return null;
        }
    }

    /// <summary>What is asked for the statistics of one site or of all.</summary>
    internal static string StatisticsSpec(string? site, MonthSpan period)
    {
        var spec = new JsonObject { ["period"] = period.ToString() };
        if (site is not null) spec["sites"] = new JsonArray(site);
        return spec.ToJsonString();
    }

    /// <summary>What the energy pages ask about the meter too, so that one answer serves both.</summary>
    private Spot? BaseOf(DayProfile day, MonthSpan months)
    {
        var spec = new JsonObject
        {
            ["period"] = months.ToString(), ["meters"] = new JsonArray(day.Meter.Id),
        };
        try
        {
            var report = Spot.Of(At.Books.Ask("energy.basic", spec.ToJsonString(), At.Number("at"),
                At.Http.RequestAborted));
            return report["meters"].Items is [var meter, ..]
                && meter[IsWorked(day) ? "working" : "nonWorking"] is { Exists: true } days ? days : null;
        }
        catch (RefusedException)
        {
            // No readings of the meter in these months: the day is drawn without a base.
            return null;
        }
    }

    private static bool IsWorked(DayProfile day) =>
        new WorkCalendar().Weekdays.Contains(day.Date.DayOfWeek);

    /// <summary>What the base is of: days of which kind, how many, which months.</summary>
    public string BaseSays(DayProfile day, Spot days) => At.L(
        IsWorked(day) ? "today.base.working" : "today.base.nonWorking", ("days", days["days"].Text ?? ""),
        ("months", Show.Months(At.Text, EnergySpec.MonthsOf(At.Period!.Value))));

    private double? BaseLoad => Base?["load"].Value?.ToDouble();

    private (Spot?, Finding?) AccountOf(MonthSpan period)
    {
        try
        {
            return (Spot.Of(At.Books.Ask("carbon.inventory",
                InventoryPage.SpecOf(At, period, InventoryPage.GwpSets[0]),
                At.Number("at"), At.Http.RequestAborted)), null);
        }
        catch (RefusedException refused)
        {
            return (null, refused.Finding);
        }
    }

    /// <summary>Every source with its months.</summary>
    public Table Sources(Coverage coverage)
    {
        var months = At.Period!.Value.Months.ToList();
        return new Table("coverage", At.L("web.coverage.label",
            ("months", Show.Months(At.Text, At.Period.Value))),
        [
            new("source", At.L("web.col.source")),
            .. months.Select(m => new Column(new MonthSpan(m, m).ToString(),
            Show.MonthName(At.Text, m.Month))),
            new("whole", At.L("web.col.whole"), Align.Number),
        ], [.. coverage.Sources.Select(s => new Row(
        [
            new Words(_names.OfSource(s)) { Key = $"{s.From}|{s.To}|{s.Resource}|{s.Point}" },
            .. s.Months.Select(m => new Covered(m)),
            CoverageWords.Cell(At, s),
        ]))])
        {
            Class = "covers",
        };
    }

    /// <summary>
    /// The day's load as mean power, against its base and the same day of the weeks before.
    /// </summary>
    public Chart Load(DayProfile day)
    {
        var (power, typical) = (day.Power, day.Typical);
        var top = Enumerable.Range(0, power.Count).MaxBy(i => power[i]);
        var clock = Clock(day.Series.Start[top], day);
        var title = TitleOf(day);
        var twin = new Table("load", $"{title}",
        [
            new("time", At.L("web.col.time")), new("amount", day.Meter.Unit, Align.Number),
            new("power", "kW", Align.Number),
            .. typical.Count > 0 ? [new Column("typical", At.L("today.load.typical.kw"), Align.Number)]
                : Array.Empty<Column>(),
        ], [.. power.Select((_, i) => new Row([new Words(Clock(day.Series.Start[i], day)),
            DayLink.Energy(At, day, i), DayLink.Power(At, day, day.Date, day.Series, i),
            .. typical.Count > 0 ? [Usual(day, i)] : Array.Empty<Cell>()]))])
        {
            Class = "tight",
        };
        string[] hours = ["00", "03", "06", "09", "12", "15", "18", "21", "24"];
        return new Chart("day", title, At.L("web.today.load.small",
            ("meter", day.Meter.Name.In(At.Text.Language, day.Meter.Id)), ("zone", day.Zone.Id)),
            new DayLoad([.. power.Select(v => (double?)v)], BaseLoad, [.. typical.Select(v => (double?)v)],
                "kW", hours, At.L("web.today.peak", ("peak", Power(power[top])), ("time", clock)))
            {
                Label = $"{title}", Why = DayLink.Power(At, day, day.Date, day.Series, top).Why,
            }, twin, At.L("web.today.load.source", ("count", power.Count)))
        {
            Legend = [.. Floor is { } load ? [("base", Sentence.Of(At, IsWorked(day)
                ? "today.load.base.working" : "today.load.base.nonWorking", ("base", load))),
                ("above", At.L("today.load.above"))] : Array.Empty<(string, Sentence)>(),
                .. typical.Count > 0 ? [("compare", At.L("today.load.typical", ("count", day.Before.Count),
                    ("weekday", Weekday(day))))] : Array.Empty<(string, Sentence)>()],
        };
    }

    private Sentence TitleOf(DayProfile day)
    {
        (string, object)[] args = [("day", Show.Day(At.Text, day.Date)), ("unit", day.Meter.Unit),
            ("sum", DayLink.Total(At, day, day.Date, day.Sum)), ("weekday", Weekday(day))];
        Sentence With(string key, params (string, object)[] more) => new([
            .. Sentence.Of(At, key, [.. args, .. more]).Parts, .. Floor is { } load
                ? Sentence.Of(At, "today.load.onBase", ("base", load)).Parts : []]);
        if (day.TypicalSum is not { IsZero: false } typical) return With("today.load.title");
        var change = Amount.Divide((day.Sum - typical) * 100, typical, 1);
        return With(change.Sign > 0 ? "today.load.more" : "today.load.less", ("change",
            new Number(change, "%", Show.Percent(At.Text, Catalogue.Number(change.Abs())),
                At.Link("/why/day"))));
    }

    /// <summary>The base of the day as it is written in a sentence.</summary>
    private Number? Floor => Base?["load"] is { Value: { } load } spot
        ? new Number(load, spot.Unit, Show.Fixed(load, 1), At.Why(spot.Asked, spot.Pointer)) : null;

    /// <summary>What an interval took on the same day of the weeks before.</summary>
    private Number Usual(DayProfile day, int slot) => new(day.TypicalAt(slot), "kW",
        Show.Fixed(day.TypicalAt(slot), 1), At.Link("/why/day",
            ("slot", slot.ToString(CultureInfo.InvariantCulture))));

    private string Weekday(DayProfile day) => At.Text.Culture.DateTimeFormat.GetDayName(
        (DayOfWeek)((int)day.Date.DayOfWeek % 7));

    private static string Power(double kilowatts) => kilowatts.ToString("0.0", CultureInfo.InvariantCulture);

    private static string Clock(long second, DayProfile day)
    {
        var time = NodaTime.Instant.FromUnixTimeSeconds(second).InZone(day.Zone.Zone).TimeOfDay;
        return string.Create(CultureInfo.InvariantCulture, $"{time.Hour:00}:{time.Minute:00}");
    }
}
