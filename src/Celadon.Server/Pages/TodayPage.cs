using System.Globalization;
using System.Text.Json.Nodes;
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
        (Account, Refused) = AccountOf(period);
        if (LastYear is { } last && at.Books.Extent is { } all && all.First <= last.First)
            (Before, _) = AccountOf(last);
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
                    [.. ToDos.Select(t => new JsonObject { ["title"] = t.Title, ["says"] = t.Says })]),
            };
            if (Account is { } account) data["answer"] = JsonNode.Parse(AnswerJson.Write(account.Asked));
            return data;
        }
    }

    /// <inheritdoc/>
    public override string Title => Coverage is null ? At.L("web.today.empty")
        : Coverage.Missing == 0 ? At.L("web.today.whole", ("months", Show.Months(At.Text, At.Period!.Value)))
        : At.L("web.today.missing", ("months", Show.Months(At.Text, At.Period!.Value)),
            ("missing", Coverage.Missing),
            ("expected", Coverage.Expected));

    /// <summary>The same months a year earlier.</summary>
    public MonthSpan? LastYear => At.Period is { } p
        ? new MonthSpan(p.First.PlusMonths(-12), p.Last.PlusMonths(-12)) : null;

    /// <summary>Electricity by site, at most two: label, number, the number a year earlier.</summary>
    public IEnumerable<(string Label, Spot Now, Spot? Then)> Electricity => Account is not { } account ? []
        : account["energy"].Items.Where(e => e["carrier"].Text == "electricity" && e["kwh"].Exists).Take(2)
            .Select(e => (account["energy"].Items.Count(i => i["carrier"].Text == "electricity") == 1
                ? At.L("web.today.electricity") : At.L("web.today.electricityAt",
                    ("site", _names.OfSite(e["site"].Text ?? ""))),
                e["kwh"], Earlier(e["site"].Text)));

    /// <summary>How a number compares with the same months a year earlier.</summary>
    public string Compare(Spot now, Spot? then)
    {
        if (then is not { Value: { } before } || now.Value
            is not { } value) return At.L("web.today.noRecord");
        var shown = then.Value.Say();
        if (before.IsZero) return At.L("web.today.lastYear", ("number", shown));
        var change = Amount.Divide((value - before) * 100, before, 1);
        return At.L("web.today.change", ("number", shown),
            ("change", Show.Percent(At.Text, (change.Sign > 0 ? "+" : "") + Catalogue.Number(change))));
    }

    /// <summary>A number of the account a year earlier, by its path.</summary>
    public Spot? Then(params string[] path) => Before is { } before
        ? path.Aggregate(before, (spot, part) => spot[part]) : null;

    private Spot? Earlier(string? site) => Before?["energy"].Items
        .Where(e => e["carrier"].Text == "electricity" && e["site"].Text == site)
            .Select(e => (Spot?)e["kwh"]).FirstOrDefault();

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
            new("present", At.L("web.col.present"), Align.Number),
        ], [.. coverage.Sources.Select(s => new Row(
        [
            new Words(_names.OfSource(s)) { Key = $"{s.From}|{s.To}|{s.Resource}|{s.Point}" },
            .. s.Months.Select(m => new Covered(m)),
            new Words(string.Create(CultureInfo.InvariantCulture,
            $"{s.Present} / {s.Expected}")) { Class = "nb" },
        ]))])
        {
            Class = "covers",
        };
    }

    /// <summary>The day's load, interval by interval, as mean power.</summary>
    public Chart Load(DayProfile day)
    {
        var series = day.Series;
        var values = Enumerable.Range(0, series.Start.Length).Select(i =>
            (double?)(series.Amount[i].ToDouble() * 3600 / series.Length[i])).ToList();
        var top = Enumerable.Range(0, values.Count).MaxBy(i => values[i]);
        var clock = Clock(series.Start[top], day);
        var name = day.Meter.Name.In(At.Text.Language, day.Meter.Id);
        var title = At.L("web.today.load", ("day", Show.Day(At.Text, day.Date)),
            ("sum", Catalogue.Number(day.Sum)),
            ("unit", day.Meter.Unit), ("peak", Power(values[top])), ("time", clock));
        var twin = new Table("load", title,
        [
            new("time", At.L("web.col.time")), new("amount", day.Meter.Unit, Align.Number),
            new("power", "kW", Align.Number),
        ], [.. values.Select((v, i) => Row.Of(new Words(Clock(series.Start[i], day)),
        new Plain(series.Amount[i]),
            new Words(Power(v))))])
        {
            Class = "tight",
        };
        string[] hours = ["00", "03", "06", "09", "12", "15", "18", "21", "24"];
        return new Chart("day", title, At.L("web.today.load.small", ("meter", name), ("zone", day.Zone.Id)),
            new DayLoad(values, null, [], "kW", hours,
            At.L("web.today.peak", ("peak", Power(values[top])), ("time", clock)))
            { Label = title }, twin, At.L("web.today.load.source", ("count", values.Count)));
    }

    private static string Power(double? kilowatts) => (kilowatts ?? 0)
        .ToString("0.0", CultureInfo.InvariantCulture);

    private static string Clock(long second, DayProfile day)
    {
        var time = NodaTime.Instant.FromUnixTimeSeconds(second).InZone(day.Zone.Zone).TimeOfDay;
        return string.Create(CultureInfo.InvariantCulture, $"{time.Hour:00}:{time.Minute:00}");
    }
}
