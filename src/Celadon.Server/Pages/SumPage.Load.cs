using System.Globalization;
using Celadon.Lenses;
using Celadon.Quantities;
using Celadon.Server.Web;
using Celadon.Store;

namespace Celadon.Server.Pages;

public sealed partial class SumPage
{
    /// <summary>What the energy pages draw from several figures of a load: a part, a rest, a ratio.</summary>
    public static SumPage? OfLoad(PageContext at) => at["of"] switch
    {
        "below" => Below(at),
        "rest" or "days" => Days(at, at["of"]!),
        "part" or "left" or "leftPart" => Metered(at, at["of"]!),
        _ => null,
    };

    /// <summary>Percent of the known hours below a load.</summary>
    private static SumPage? Below(PageContext at)
    {
        var page = new EnergyPage(at);
        if (page.Report?.Duration is not { } duration || page.Refused is not null) return null;
        var level = duration.Levels.Select((l, i) => (l, i))
            .FirstOrDefault(l => $"{l.l.Power.Value}" == at["level"]);
        if (level.l is null || duration.Hours.Value.IsZero) return null;
        var sum = new SumPage(at)
        {
            Sum = EnergyPage.BelowOf(duration, level.l), Unit = "%", Formula = at.L("sums.below"),
        };
        var over = string.Create(CultureInfo.InvariantCulture, $"/duration/levels/{level.i}/hours");
        sum.Operands = sum.TableOf(
        [
            sum.Line(at.L("sums.hours"), Adds, sum.Of(page.Asked!, duration.Hours, "/duration/hours")),
            sum.Line(at.L("sums.hoursFrom", ("load", EnergyPage.Power(level.l.Power))), TakesOff,
                sum.Of(page.Asked!, level.l.Hours, over)),
            sum.Line(at.L("sums.hours"), Divides, sum.Of(page.Asked!, duration.Hours, "/duration/hours")),
        ]);
        return sum;
    }

    /// <summary>Days without work against all energy, or against working days hour for hour.</summary>
    private static SumPage? Days(PageContext at, string of)
    {
        var page = new EnergyBasePage(at);
        if (page.Report is null || page.Refused is not null
            || page.Meter is not { Working: { } working, NonWorking: { } other } meter) return null;
        if (working.Total.Value.Sign <= 0 || other.Hours.Value.Sign <= 0) return null;
        var sum = new SumPage(at)
        {
            Sum = of == "rest" ? EnergyPage.RestDaysOf(other, meter) : EnergyBasePage.DaysOf(working, other),
            Unit = "%",
            Formula = at.L(of == "rest" ? "sums.restDays" : "sums.days"),
        };
        Row Of(string text, Words sign, Figure figure, string path) => sum.Line(at.L(text), sign,
            sum.Of(page.Asked!, figure, EnergyBasePage.Pointer(page.Index, path)));
        List<Row> rows = of == "rest"
            ? [Of("sums.energy.other", Adds, other.Total, "nonWorking/total"),
                Of("sums.energy.all", Divides, meter.Total, "total")]
            : [Of("sums.energy.other", Adds, other.Total, "nonWorking/total"),
                Of("sums.hours.other", Divides, other.Hours, "nonWorking/hours"),
                Of("sums.energy.working", Divides, working.Total, "working/total"),
                Of("sums.hours.working", Times, working.Hours, "working/hours")];
        sum.Operands = sum.TableOf(rows);
        return sum;
    }

    /// <summary>What a sub-meter counted of a supply, what none of them did, or either in percent.</summary>
    private static SumPage? Metered(PageContext at, string of)
    {
        var spec = new EnergySpec(at);
        if (spec.Chosen is not { } supply || supply.Meter.Id != at["meter"]) return null;
        var parts = spec.PartsOf(supply);
        var part = parts.FirstOrDefault(p => p.Meter.Id == at["sub"]);
        if (of == "part" && part is null || supply.Sum.Sign <= 0) return null;
        var sum = new SumPage(at)
        {
            Sum = of == "left" ? spec.RestOf(supply) : spec.ShareOf(supply, of == "part" ? part : null),
            Unit = of == "left" ? supply.Meter.Unit : "%",
            Formula = at.L(of == "left" ? "sums.rest" : "sums.part"),
        };
        Row Of(MeteredLoad load, Words sign) => sum.Line(spec.NameOf(load.Meter), sign,
            spec.SumOf(load) with { ShownUnit = load.Meter.Unit });
        List<Row> rows = of switch
        {
            "part" => [Of(part!, Adds), Of(supply, Divides)],
            "left" => [Of(supply, Adds), .. parts.Select(p => Of(p, TakesOff))],
            _ => [sum.Line(at.L("web.energy.notMetered"), Adds, new Number(spec.RestOf(supply),
                supply.Meter.Unit, Text.Catalogue.Number(spec.RestOf(supply)),
                spec.Why("left", null, supply)) { ShownUnit = supply.Meter.Unit }), Of(supply, Divides)],
        };
        sum.Operands = sum.TableOf(rows);
        return sum;
    }

    /// <summary>
    /// The latest day against the same day of the weeks before: its whole sum, or what an interval usually
    /// takes.
    /// </summary>
    public static SumPage? OfDay(PageContext at)
    {
        if (at.Books.LatestDay(at.Site) is not { Before.Count: > 0 } day) return null;
        if (at["slot"] is not null) return OfSlot(at, day);
        if (day.TypicalSum is not { IsZero: false } typical) return null;
        var sum = new SumPage(at)
        {
            Sum = Amount.Divide((day.Sum - typical) * 100, typical, 1), Unit = "%",
            Formula = at.L("sums.usual"),
        };
        sum.Operands = sum.TableOf([sum.DayLine(day, day.Date, Adds,
            DayLink.Total(at, day, day.Date, day.Sum)), .. day.Before.Select(b => sum.DayLine(day,
                DayLink.DateOf(day, b), Divides, DayLink.Total(at, day, DayLink.DateOf(day, b),
                    b.Amount.Aggregate(Amount.Zero, (total, amount) => total + amount))))]);
        return sum;
    }

    private static SumPage? OfSlot(PageContext at, DayProfile day)
    {
        if (at.Number("slot", 0, day.Series.Start.Length - 1) is not { } asked) return null;
        var slot = (int)asked;
        var sum = new SumPage(at)
        {
            Sum = day.TypicalAt(slot), Unit = "kW", Formula = at.L("sums.mean"),
        };
        sum.Operands = sum.TableOf([.. day.Before.Select(b => sum.DayLine(day, DayLink.DateOf(day, b), Adds,
            DayLink.Power(at, day, DayLink.DateOf(day, b), b, slot)))]);
        return sum;
    }

    private Row DayLine(DayProfile day, NodaTime.LocalDate date, Words sign, Number number) => Row.Of(
        new Words(Show.Day(At.Text, date)) { Class = "nb" }, new Words(_names.OfMeter(day.Meter.Id)), sign,
        number with { Shown = Text.Catalogue.Number(number.Value), ShownUnit = number.Unit });

    private Row Line(string what, Words sign, Number number) => Row.Of(
        new Words(Show.Months(At.Text, EnergySpec.MonthsOf(At.Period!.Value))) { Class = "nb" },
        new Words(what), sign, number);

    private Number Of(Asked asked, Figure figure, string pointer) => new(figure.Value, figure.Unit,
        Text.Catalogue.Number(figure.Value), At.Why(asked, pointer)) { ShownUnit = figure.Unit };
}
