using System.Globalization;
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

namespace Celadon.Server.Pages;

/// <summary>
/// Basic energy: what runs whether or not anything is made, by meter, and what it is worth.
/// </summary>
public sealed class EnergyBasePage : Page
{
    private readonly EnergySpec _spec;
    private readonly Names _names;

    /// <summary>Makes the page.</summary>
    public EnergyBasePage(PageContext at) : base(at)
    {
        (_spec, _names) = (new EnergySpec(at), new Names(at));
        if (_spec.Chosen is not { } chosen) return;
        try
        {
            Asked = at.Books.Ask("energy.basic", _spec.OfAll, at.Number("at"), at.Http.RequestAborted);
            Load = at.Books.Ask("energy.load", _spec.Of(chosen.Meter), at.Number("at"),
                at.Http.RequestAborted);
            Index = Report!.Meters.Select((m, i) => (m.Meter, i)).First(m => m.Meter == chosen.Meter.Id).i;
        }
        catch (RefusedException refused)
        {
            Refused = refused.Finding;
        }
    }

    /// <summary>The answer for all meters of the site; null without a meter or when it was refused.</summary>
    public Asked? Asked { get; }

    /// <summary>The load of the chosen meter.</summary>
    public Asked? Load { get; }

    /// <summary>Why there is no answer.</summary>
    public Finding? Refused { get; }

    /// <summary>Which meter of the answer is looked at.</summary>
    public int Index { get; }

    /// <summary>The report.</summary>
    public BasicReport? Report => (BasicReport?)Asked?.Answer.Report;

    /// <summary>The meter looked at.</summary>
    public BasicMeter Meter => Report!.Meters[Index];

    internal EnergySpec Spec => _spec;

    /// <inheritdoc/>
    public override string Section => "energy";

    /// <inheritdoc/>
    public override string Tab => "base";

    /// <inheritdoc/>
    public override Type View => typeof(EnergyBaseView);

    /// <inheritdoc/>
    public override IEnumerable<Table> Tables => Report is null ? [] : [Meters];

    /// <inheritdoc/>
    public override IEnumerable<Chart> Charts => Report is null || Refused is not null ? []
        : [.. Profile is { } profile ? [profile] : Array.Empty<Chart>(),
            .. Months is { } months ? [months] : Array.Empty<Chart>()];

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
            if (Report is null || Refused is not null)
                return At.L(Refused is null ? "web.energy.none" : "web.energy.refused");
            if (Meter.Working is not { } working || Meter.Share is not { } share)
                return At.L("web.energy.base.unknown", ("meter", MeterName));
            return Sentence.Of(At, Meter.Cost is null ? "web.energy.base.title" : "web.energy.base.titleCost",
                ("meter", MeterName),
                ("load", Cell(working.Load, "working/load", Power(working.Load), false)),
                ("share", Cell(share, "share", Percent(share), false)),
                ("cost", Meter.Cost is { } cost ? Cell(cost, "cost", Money(cost), false) : ""),
                ("months", Show.Months(At.Text, _spec.Months!.Value)));
        }
    }

    /// <summary>What the meter is called.</summary>
    public string MeterName => _spec.NameOf(_spec.Chosen!.Meter);

    /// <summary>Everything a reader should know, worst first.</summary>
    public IEnumerable<Finding> Findings => Asked is null ? []
        : Asked.Answer.Findings.OrderByDescending(f => f.Severity);

    /// <summary>A figure of the meter looked at, by its path below the meter.</summary>
    internal Cell Cell(Figure? figure, string path, string? shown = null, bool withUnit = true) =>
        figure is null ? new Unknown()
            : _spec.Number(Asked!, figure, Pointer(Index, path), shown, withUnit);

    /// <summary>A power, a percentage, a sum of money as written in a sentence.</summary>
    internal static string Power(Figure figure) =>
        $"{Show.Brief(figure.Value.Round(2))} {Show.Unit(figure.Unit)}";

    internal string Percent(Figure share) => Show.Percent(At.Text, Show.Fixed(share.Value, 1));

    internal static string Money(Figure cost) => $"{Show.Fixed(cost.Value, 0)} {cost.Unit}";

    /// <summary>The price of energy at the site, with where it comes from; null without one.</summary>
    internal (Number Price, int Bills)? Price => Report!.Price.Select((p, i) => (p, i))
        .Where(p => p.p.Site.Length == 0 || p.p.Site == Meter.Site)
        .Select(p => ((Number, int)?)(_spec.Number(Asked!, p.p.Price, Invariant($"/price/{p.i}/price"),
            Show.Brief(p.p.Price.Value.Round(4)), true), p.p.Bills)).FirstOrDefault();

    /// <summary>Every meter with its basic energy.</summary>
    public Table Meters => new("meters", At.L("web.energy.base.meters"),
    [
        new("meter", At.L("web.energy.col.meter")),
        new("working", At.L("web.energy.col.working", ("unit", Unit)), Align.Number),
        new("nonWorking", At.L("web.energy.col.nonWorking", ("unit", Unit)), Align.Number),
        new("energy", At.L("web.energy.col.energy", ("unit", Show.Unit(Meter.Total.Unit))), Align.Number),
        new("share", At.L("web.energy.col.share"), Align.Number),
        new("cost", At.L("web.energy.col.cost"), Align.Number),
        new("known", At.L("web.energy.col.known"), Align.Number, Secondary: true),
    ], [.. Report!.Meters.Select((m, i) => Row.Of(
        new Words(_names.OfMeter(m.Meter), At.Here(("meter", m.Meter)))
        {
            Key = m.Meter, Below = m.Supply ? At.L("web.energy.supply") : null,
        },
        Number(m.Working?.Load, i, "working/load"), Number(m.NonWorking?.Load, i, "nonWorking/load"),
        Number(m.Energy, i, "energy", 0), Number(m.Share, i, "share"),
        m.Cost is { } cost ? _spec.Number(Asked!, cost, Pointer(i, "cost"), Money(cost)) : new Unknown(),
        Number(m.Known, i, "known")))]);

    /// <summary>The mean working day against the mean day without work, over the basic load.</summary>
    public Chart? Profile
    {
        get
        {
            var report = (LoadReport)Load!.Answer.Report;
            LoadProfile? Of(DayKind kind) => report.Profile.FirstOrDefault(p => p.Days == kind);
            if (Of(DayKind.Working) is not { Slots.Length: > 0 } working) return null;
            var other = Of(DayKind.NonWorking)?.Slots ?? [];
            var perDay = 24 * 60 / report.Minutes;
            double?[] Values(IEnumerable<LoadSlot> slots)
            {
                var values = new double?[perDay];
                foreach (var slot in slots) values[SlotOf(slot, report.Minutes)] = slot.Mean.Value.ToDouble();
                return values;
            }
            Sentence title = Meter is { Working: { } w, NonWorking: { } n } && w.Total.Value.Sign > 0
                ? Sentence.Of(At, "web.energy.profile", ("share", new Number(DaysOf(w, n), "%",
                    Show.Percent(At.Text, Show.Fixed(DaysOf(w, n), 0)), _spec.Why("days"))))
                : At.L("web.energy.profile.one");
            string[] hours = ["00", "03", "06", "09", "12", "15", "18", "21", "24"];
            var at = report.Profile.IndexOf(working);
            var beside = report.Profile.Select((p, i) => (p, i)).Where(p => p.p.Days == DayKind.NonWorking)
                .Select(p => p.i).FirstOrDefault(-1);
            return new Chart("profile", title, At.L("web.energy.profile.small", ("unit", report.PowerUnit),
                ("working", working.Count), ("other", Of(DayKind.NonWorking)?.Count ?? 0),
                ("zone", report.Zone)),
                new DayLoad(Values(working.Slots), Meter.Working?.Load.Value.ToDouble(),
                    other.Length == 0 ? [] : Values(other), report.PowerUnit, hours, null)
                    { Label = $"{title}" },
                new Table("profile", $"{title}",
                [
                    new("time", At.L("web.col.time")),
                    new("working", At.L("web.energy.col.working", ("unit", report.PowerUnit)), Align.Number),
                    new("nonWorking", At.L("web.energy.col.nonWorking", ("unit", report.PowerUnit)),
                        Align.Number),
                ], [.. working.Slots.Select((slot, i) => Row.Of(new Words(slot.Time),
                    Mean(slot, at, i), other.Select((s, k) => (s, k)).Where(s => s.s.Time == slot.Time)
                        .Select(s => (Cell)Mean(s.s, beside, s.k)).FirstOrDefault(new Unknown())))])
                { Class = "tight" }, Source(report.Meters.Sum(m => m.Readings)))
            {
                Legend = [("above", At.L("web.energy.working")), ("compare", At.L("web.energy.nonWorking")),
                    .. Meter.Working is { } floor ? [("base", Sentence.Of(At, "web.energy.legend.base",
                        ("load", Cell(floor.Load, "working/load", Power(floor.Load), false))))]
                        : Array.Empty<(string, Sentence)>()],
            };
        }
    }

    /// <summary>Percent that a mean day without work takes of a mean working day, hour for hour.</summary>
    internal static Amount DaysOf(BasicDays working, BasicDays other) => Amount.Divide(
        other.Total.Value * working.Hours.Value * 100, working.Total.Value * other.Hours.Value, 0);

    /// <summary>Basic load on working days, month by month.</summary>
    public Chart? Months
    {
        get
        {
            var known = Meter.Months.Where(m => m.Working is not null).ToList();
            if (known.Count < 2) return null;
            var (most, least) = (known.MaxBy(m => m.Working!.Value)!, known.MinBy(m => m.Working!.Value)!);
            string Name(BasicMonth month) => Show.Month(At.Text, MonthSpan.Parse(month.Month).First);
            Cell Said(BasicMonth month) => Cell(month.Working, PathOf(month), Power(month.Working!), false);
            string PathOf(BasicMonth month) => Invariant($"months/{Meter.Months.IndexOf(month)}/working");
            var title = Sentence.Of(At, "web.energy.base.months", ("most", Said(most)),
                ("mostMonth", Name(most)), ("least", Said(least)),
                ("leastMonth", Name(least)));
            var unit = known[0].Working!.Unit;
            return new Chart("months", title, At.L("web.energy.base.months.small", ("unit", unit),
                ("percent", Report!.Percent)),
                new Bars([.. Meter.Months.Select(m => m.Working is { } load
                    ? new BarItem(Name(m), load.Value.ToDouble(),
                        $"{Show.Fixed(load.Value, 2)} {Show.Unit(load.Unit)}", "s2")
                        { Why = At.Why(Asked!, Pointer(Index, PathOf(m))) }
                    : new BarItem(Name(m), 0, At.L("web.unknown"), "unk", Unknown: true))])
                { Label = $"{title}" },
                new Table("months", $"{title}",
                [
                    new("month", At.L("web.energy.col.month")),
                    new("working", At.L("web.energy.col.working", ("unit", unit)), Align.Number),
                    new("nonWorking", At.L("web.energy.col.nonWorking", ("unit", unit)), Align.Number),
                ], [.. Meter.Months.Select((m, i) => Row.Of(new Words(Name(m)) { Key = m.Month },
                    Number(m.Working, Index, Invariant($"months/{i}/working")),
                    Number(m.NonWorking, Index, Invariant($"months/{i}/nonWorking"))))])
                { Class = "tight" }, Source(null));
        }
    }

    private string Unit => Meter.Working?.Load.Unit ?? Meter.NonWorking?.Load.Unit ?? "kW";

    private string Source(long? readings) => readings is { } count
        ? At.L("web.energy.source", ("meter", MeterName), ("count", count), ("position", Asked!.Position))
        : At.L("web.chart.source", ("position", Asked!.Position));

    private Number Mean(LoadSlot slot, int profile, int at) => _spec.Number(Load!, slot.Mean,
        Invariant($"/profile/{profile}/slots/{at}/mean"), Show.Brief(slot.Mean.Value.Round(2)));

    private Cell Number(Figure? figure, int meter, string path, int decimals = 2) => figure is null
        ? new Unknown() : _spec.Number(Asked!, figure, Pointer(meter, path),
            Show.Fixed(figure.Value, decimals));

    private static int SlotOf(LoadSlot slot, int minutes) =>
        (int.Parse(slot.Time[..2], CultureInfo.InvariantCulture) * 60
            + int.Parse(slot.Time[3..], CultureInfo.InvariantCulture)) / minutes;

    internal static string Pointer(int meter, string path) => Invariant($"/meters/{meter}/{path}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
