using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Celadon.Lenses;
using Celadon.Lenses.Energy;
using Celadon.Lenses.Energy.Basic;
using Celadon.Lenses.Energy.Load;
using Celadon.Quantities;
using Celadon.Server.Drawing;
using Celadon.Server.Web;
using Celadon.Store;
using Celadon.Text;
using NodaTime;
using NodaTime.Text;

namespace Celadon.Server.Pages;

/// <summary>The load calendar of a meter, one day of it beside, and how long the load was how high.</summary>
public sealed partial class EnergyPage : Page
{
    private readonly EnergySpec _spec;

    /// <summary>Makes the page.</summary>
    public EnergyPage(PageContext at) : base(at)
    {
        _spec = new EnergySpec(at);
        if (_spec.Chosen is not { } chosen) return;
        try
        {
            var spec = _spec.Of(chosen.Meter);
            Asked = at.Books.Ask("energy.load", spec, at.Number("at"), at.Http.RequestAborted);
            Basic = at.Books.Ask("energy.basic", spec, at.Number("at"), at.Http.RequestAborted);
            Calendar = at.Books.CalendarOf($"{spec} {at.At}", Report!);
            Cursor = CursorOf();
        }
        catch (RefusedException refused)
        {
            Refused = refused.Finding;
        }
    }

    /// <summary>The answer; null without a meter or when it was refused.</summary>
    public Asked? Asked { get; }

    /// <summary>The basic energy of the same meter.</summary>
    public Asked? Basic { get; }

    /// <summary>The report.</summary>
    public LoadReport? Report => (LoadReport?)Asked?.Answer.Report;

    /// <summary>The meter's basic energy.</summary>
    public BasicMeter? Base => ((BasicReport?)Basic?.Answer.Report)?.Meters[0];

    /// <summary>Why there is no answer.</summary>
    public Finding? Refused { get; }

    internal LoadCalendar? Calendar { get; }

    internal EnergySpec Spec => _spec;

    /// <summary>The day and interval that is open: that of the URL, else the peak.</summary>
    public (int Day, int Interval) Cursor { get; }

    /// <inheritdoc/>
    public override string Section => "energy";

    /// <inheritdoc/>
    public override string Tab => "calendar";

    /// <inheritdoc/>
    public override string? Script => Asked is null ? null : "calendar";

    /// <inheritdoc/>
    public override Type View => typeof(EnergyView);

    /// <inheritdoc/>
    public override IEnumerable<Chart> Charts => Report is null ? []
        : [CalendarChart, DayChart, .. Report.Duration is null ? [] : (Chart[])[DurationChart]];

    /// <inheritdoc/>
    public override JsonObject Data => Asked is null ? []
        : new() { ["answer"] = JsonNode.Parse(AnswerJson.Write(Asked)) };

    /// <inheritdoc/>
    public override string Title => $"{TitleSentence}";

    /// <inheritdoc/>
    public override Sentence TitleSentence
    {
        get
        {
            if (Report is not { } report)
                return At.L(Refused is null ? "web.energy.none" : "web.energy.refused");
            var total = Said(report.Total, "/total",
                $"{Show.Brief(report.Total.Value)} {Show.Unit(report.Unit)}");
            var months = Show.Months(At.Text, _spec.Months!.Value);
            return report.Peak is not { } peak
                ? Sentence.Of(At, "web.energy.title.total", ("total", total), ("months", months),
                    ("meter", MeterName))
                : Sentence.Of(At, "web.energy.title", ("total", total), ("months", months),
                    ("meter", MeterName),
                    ("peak", Said(peak.Power, "/peak/power", Power(peak.Power))), ("day", Day(peak.Date)),
                    ("time", peak.Time));
        }
    }

    /// <summary>Everything a reader should know, worst first.</summary>
    public IEnumerable<Finding> Findings => Asked is null ? []
        : Asked.Answer.Findings.OrderByDescending(f => f.Severity);

    /// <summary>A number of the load in words, with its explanation.</summary>
    private Number Said(Figure figure, string pointer, string shown) =>
        _spec.Number(Asked!, figure, pointer, shown);

    /// <summary>A number of the meter's basic energy.</summary>
    internal Number OfBase(Figure figure, string path, string? shown = null) =>
        _spec.Number(Basic!, figure, "/meters/0/" + path, shown, true);

    /// <summary>What the meter is called.</summary>
    public string MeterName => _spec.NameOf(_spec.Chosen!.Meter);

    /// <summary>A power as it is written in a sentence.</summary>
    internal static string Power(Figure figure) =>
        $"{Show.Brief(figure.Value.Round(2))} {Show.Unit(figure.Unit)}";

    /// <summary>An ISO date as the language writes it.</summary>
    internal string Day(string date) => Show.Day(At.Text, LocalDatePattern.Iso.Parse(date).Value);

    /// <summary>The power at the cursor, or the word for unknown.</summary>
    public Cell PowerAtCursor => Report!.Days[Cursor.Day].Power[Cursor.Interval] is { } power
        ? _spec.Number(Asked!, power, Pointer(Cursor.Day, Cursor.Interval)) : new Unknown();

    /// <summary>The energy at the cursor, or the word for unknown.</summary>
    public Cell EnergyAtCursor => Report!.Days[Cursor.Day].Power[Cursor.Interval] is { } power
        ? _spec.Number(Asked!, Explainer.OperandsOf(power.Trace)[0].Figure,
            Pointer(Cursor.Day, Cursor.Interval) + "/@/0") : new Unknown();

    /// <summary>The energy of the cursor's day, or the word for unknown.</summary>
    public Cell TotalAtCursor => Report!.Days[Cursor.Day].Total is { } total
        ? _spec.Number(Asked!, total, Invariant($"/days/{Cursor.Day}/total")) : new Unknown();

    /// <summary>The stretch of time at the cursor: "09:30–09:45".</summary>
    public string ClockAtCursor
    {
        get
        {
            var day = Report!.Days[Cursor.Day];
            var slot = day.Slots is { } odd ? odd[Cursor.Interval] : Cursor.Interval;
            return $"{Clock(slot * Report.Minutes)}–{Clock((slot + 1) * Report.Minutes)}";
        }
    }

    /// <summary>Words that the script fills, as JSON for an attribute.</summary>
    public string Words => JsonSerializer.Serialize(new Dictionary<string, object>
    {
        ["date"] = At.L("web.energy.cursor.date"),
        ["unknown"] = At.L("web.unknown"),
        ["absent"] = At.L("web.energy.cursor.absent"),
        ["again"] = At.L("web.energy.cursor.again"),
        ["estimated"] = At.L("web.energy.legend.estimated"),
        ["suspected"] = At.L("web.energy.cursor.suspected"),
        ["unit"] = Report!.PowerUnit,
        ["months"] = Enumerable.Range(1, 12).Select(m => Show.MonthName(At.Text, m)).ToArray(),
        ["weekdays"] = At.Text.Culture.DateTimeFormat.DayNames,
        ["why"] = At.Why(Asked!, "/days/0/power/0"),
        ["total"] = At.Why(Asked!, "/days/0/total"),
        ["dayPart"] = At.Here(("part", "day"), ("day", null), ("slot", null), ("twin", null)),
        ["open"] = new[] { Cursor.Day, Cursor.Interval },
        ["flags"] = Flags.Select(f => new[] { f.Day, f.Number }).ToArray(),
    });

    private (int Day, int Interval) CursorOf()
    {
        var report = Report!;
        var asked = At["day"] ?? report.Peak?.Date;
        var day = Math.Max(0, Enumerable.Range(0, report.Days.Length)
            .FirstOrDefault(i => report.Days[i].Date == asked, report.Days.Length - 1));
        var minutes = asked == report.Peak?.Date && report.Peak is { } peak && At["slot"] is null
            ? Minutes(peak.Time) / report.Minutes : (int)(At.Number("slot", 0, 287) ?? 0);
        var slots = report.Days[day].Slots;
        var interval = slots is { } odd ? Math.Max(0, odd.IndexOf(minutes)) : minutes;
        return (day, Math.Min(interval, report.Days[day].Power.Count - 1));
    }

    private static int Minutes(string time) => int.Parse(time[..2], CultureInfo.InvariantCulture) * 60
        + int.Parse(time[3..5], CultureInfo.InvariantCulture);

    private static string Pointer(int day, int interval) => Invariant($"/days/{day}/power/{interval}");

    private static string Clock(int minutes) => Invariant($"{minutes / 60:00}:{minutes % 60:00}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static LocalDate DateOf(LoadDay day) => LocalDatePattern.Iso.Parse(day.Date).Value;
}
