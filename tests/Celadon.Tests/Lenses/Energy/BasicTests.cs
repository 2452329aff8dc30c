using Celadon.Ledger;
using Celadon.Lenses;
using Celadon.Lenses.Energy;
using Celadon.Lenses.Energy.Basic;
using Celadon.Lenses.Energy.Load;
using Celadon.Quantities;
using Celadon.Store.Import;
using Celadon.Store.Import.Reading;
using NodaTime;

namespace Celadon.Tests.Lenses.Energy;

/// <summary>energy.basic: a case worked by hand, and the steel works of a year.</summary>
public sealed class BasicTests
{
    private static readonly BasicSpec September = new() { Period = MonthSpan.Parse("2026-09") };
    private static readonly BasicSpec Year = new() { Period = MonthSpan.Parse("2018") };

    /// <summary>
    /// Hours: on working days two at 10 and 12 kW and the rest at 50, on others 6 and 8 and the rest at 20.
    /// </summary>
    private static MeteredBooks Works() => new MeteredBooks().Meter("m1").Read("m1", "2026-09-01",
        "2026-09-30", 60, (date, i) => (date.DayOfWeek < IsoDayOfWeek.Saturday, i) switch
        {
            (true, 2) => 1000,
            (true, 3) => 1200,
            (true, _) => 5000,
            (false, 2) => 600,
            (false, 3) => 800,
            _ => 2000,
        });

    [Fact]
    public void A_month_worked_by_hand()
    {
        var (report, answer) = Works().Basic(September with { Price = "0.25 GBP/kWh" });
        var meter = Assert.Single(report.Meters);
        // A tenth of 24 hours is two whole ones: (10 + 12) ÷ 2 and (6 + 8) ÷ 2.
        Assert.Equal(("11", 22, 22, 2), (meter.Working!.Load.Value.ToString(), meter.Working.Days,
            meter.Working.AllDays, meter.Working.Lowest));
        Assert.Equal(("7", 8), (meter.NonWorking!.Load.Value.ToString(), meter.NonWorking.Days));
        // 22 × 24 h × 11 kW and 8 × 24 h × 7 kW of 22 × (22 × 50 + 22) and 8 × (22 × 20 + 14) kWh.
        Assert.Equal(("5808", "24684", "23.53"),
            Of(meter.Working.Energy, meter.Working.Total, meter.Working.Share));
        Assert.Equal(("1344", "3632", "37"),
            Of(meter.NonWorking.Energy, meter.NonWorking.Total, meter.NonWorking.Share));
        Assert.Equal(("7152", "28316", "25.26"), Of(meter.Energy, meter.Total, meter.Share));
        Assert.Equal(("1788", "GBP"), (meter.Cost!.Value.ToString(), meter.Cost.Unit));
        // Under 11 kW lie 22 × (23 × 11 + 10), under 7 kW 8 × (23 × 7 + 6).
        Assert.Equal(("5786", "1336", "25.15"),
            Of(meter.Working.Under, meter.NonWorking.Under, meter.UnderShare));
        Assert.Equal(("720", "180"), (meter.Kilowatt.Value.ToString(), meter.KilowattCost!.Value.ToString()));
        Assert.Null(meter.Saving);
        Assert.Empty(answer.Findings);
    }

    [Fact]
    public void A_shutdown_is_no_working_day_and_a_day_worked_in_exchange_is()
    {
        var meter = Works().Basic(September with
        {
            Calendar = new WorkCalendar { Shutdown = ["2026-09-07/2026-09-13"], Worked = ["2026-09-12"] },
        }).Report.Meters[0];
        // Five weekdays go, Saturday the 12th comes: 18 and 12, the median of 18 stays 11.
        Assert.Equal((18, 12), (meter.Working!.AllDays, meter.NonWorking!.AllDays));
        Assert.Equal(("11", "7"),
            (meter.Working.Load.Value.ToString(), meter.NonWorking.Load.Value.ToString()));
    }

    /// <summary>
    /// September 2026 has 22 weekdays. England and Wales keep none of them; China keeps Friday the 25th
    /// (中秋节) and works Sunday the 20th in exchange; what is stated goes before both.
    /// </summary>
    [Theory]
    [InlineData("GB-EAW", "", "", 22, 8, "0", "0")]
    [InlineData("CN", "", "", 22, 8, "3", "1")]
    [InlineData("CN", "2026-09-20", "", 21, 9, "3", "1")]
    [InlineData("CN", "", "2026-09-25", 23, 7, "3", "1")]
    public void Public_holidays_of_a_place_count_where_it_is_named(
        string place, string shut, string works, int working, int other, string holidays, string worked)
    {
        var (report, answer) = Works().Basic(September with
        {
            Calendar = new WorkCalendar
            {
                Holidays = place, Shutdown = shut == "" ? [] : [shut], Worked = works == "" ? [] : [works],
            },
        });
        Assert.Equal((working, other),
            (report.Meters[0].Working!.AllDays, report.Meters[0].NonWorking!.AllDays));
        var taken = Assert.Single(answer.Findings, f => f.Code == "energy.holidays.taken");
        Assert.Equal((holidays, worked), (taken.Args["holidays"], taken.Args["worked"]));
    }

    [Fact]
    public void Holidays_of_an_unknown_place_are_refused_and_unknown_years_are_named()
    {
        Assert.Equal("energy.holidays.place", MeteredBooks.RefusalOf(() => Works().Basic(September with
        {
            Calendar = new WorkCalendar { Holidays = "XX" },
        })));
        var later = new MeteredBooks().Meter("m1").Read("m1", "2027-02-01", "2027-02-28", 60, (_, _) => 1);
        var years = Assert.Single(later.Basic(September with
        {
            Period = Celadon.Quantities.MonthSpan.Parse("2027-02"),
            Calendar = new WorkCalendar { Holidays = "CN" },
        }).Answer.Findings, f => f.Code == "energy.holidays.years");
        Assert.Equal("2027", years.Args["years"]);
    }

    [Fact]
    public void Days_with_gaps_or_estimates_do_not_count_for_the_load()
    {
        var books = new MeteredBooks().Meter("m1").Read("m1", "2026-09-01", "2026-09-30", 60,
            (date, i) => date.Day <= 2 ? (i == 5 && date.Day == 1 ? null : 1) : 1000,
            (date, i) => date.Day == 2 && i == 7 ? ReadingQuality.Estimated : ReadingQuality.Measured);
        var (report, answer) = books.Basic(September);
        var working = report.Meters[0].Working!;
        Assert.Equal(("10", 20), (working.Load.Value.ToString(), working.Days));
        Assert.Equal(["energy.noPrice", "energy.daysLeftOut"], answer.Findings.Select(f => f.Code));
        Assert.Equal("2", answer.Findings[1].Args["count"]);
    }

    [Fact]
    public void The_price_is_the_mean_of_the_bills_and_never_assumed()
    {
        var report = Works().Bill("20000", "3000 GBP").Bill("10000", "1800 GBP").Bill("500", null)
            .Bill("900", "900 GBP", basis: Basis.Estimated).Basic(September).Report;
        // 4,800 GBP over 30,000 kWh.
        Assert.Equal(("0.16", "GBP/kWh", 2), (report.Price[0].Price.Value.ToString(),
            report.Price[0].Price.Unit, report.Price[0].Bills));
        Assert.Equal("1144.32", report.Meters[0].Cost!.Value.ToString());

        var (none, answer) = Works().Bill("20000", null).Basic(September);
        Assert.Null(none.Meters[0].Cost);
        Assert.Equal("energy.noPrice", Assert.Single(answer.Findings).Code);

        var (mixed, findings) = Works().Bill("1", "1 GBP").Bill("1", "1 EUR").Basic(September);
        Assert.Empty(mixed.Price);
        Assert.Contains(findings.Findings, f => f.Code == "energy.currencies");
    }

    [Fact]
    public void The_lowest_month_says_what_holding_it_would_have_spared()
    {
        var meter = new MeteredBooks().Meter("m1").Read("m1", "2026-09-01", "2026-10-31", 60,
            (date, _) => date.Month == 9 ? 1000 : 1500).Basic(September with
            {
                Period = MonthSpan.Parse("2026-09/2026-10"),
            }).Report.Meters[0];
        Assert.Equal(("2026-09", "2026-09"), (meter.Saving!.WorkingMonth, meter.Saving.NonWorkingMonth));
        // 5 kW over October, whose last Sunday but one has 25 hours: 745 h.
        Assert.Equal("3725", meter.Saving.Energy.Value.ToString());
        Assert.Equal(["10", "15"], meter.Months.Select(m => m.Working!.Value.ToString()));
    }

    [Theory]
    [InlineData("0.25 GBP")]
    [InlineData("x GBP/kWh")]
    [InlineData("-1 GBP/kWh")]
    [InlineData("0.25 GBP/m3")]
    public void A_price_that_is_none_is_refused(string price) => Assert.Equal("energy.price",
        MeteredBooks.RefusalOf(() => Works().Basic(September with { Price = price })));

    [Fact]
    public void A_share_of_the_lowest_outside_its_range_is_refused() => Assert.Equal("energy.percent",
        MeteredBooks.RefusalOf(() => Works().Basic(September with { Percent = 51 })));

    [Theory]
    [InlineData(5, "11.92", "11.37")]
    [InlineData(10, "12.01", "11.61")]
    [InlineData(20, "12.29", "11.81")]
    public void The_steel_works_never_fall_below(int percent, string weekday, string weekend)
    {
        var (report, _) = Steel().Basic(Year with { Percent = percent });
        var meter = Assert.Single(report.Meters);
        Assert.Equal((weekday, weekend), (meter.Working!.Load.Value.Round(2).ToString(),
            meter.NonWorking!.Load.Value.Round(2).ToString()));
        Assert.Equal((261, 104), (meter.Working.Days, meter.NonWorking.Days));
        Assert.Equal("959636.71", meter.Total.Value.ToString());
    }

    [Fact]
    public void Under_a_line_of_12_kW_lies_a_tenth_of_the_steel_works_year()
    {
        var meter = Steel().Basic(Year with { Line = 12 }).Report.Meters[0];
        Assert.Equal(("104023.32", "10.84"),
            (meter.Line!.Value.ToString(), meter.LineShare!.Value.ToString()));
    }

    [Fact]
    public void The_load_of_the_steel_works_is_as_published()
    {
        var report = Steel().Load(new LoadSpec { Period = MonthSpan.Parse("2018") }).Report;
        Assert.Equal(("628.72", "2018-11-22", "09:30"),
            (report.Peak!.Power.Value.ToString(), report.Peak.Date, report.Peak.Time));
        Assert.Equal(["100 3398", "200 2272", "300 952.5", "400 420.5", "500 69.25", "600 1"],
            report.Duration!.Levels.Where(l => l.Power.Value >= 100)
                .Select(l => $"{l.Power.Value} {l.Hours.Value}"));
        Assert.Equal("4086", report.Duration.Levels.Single(l => l.Power.Value == 20).Hours.Value.ToString());
    }

    private static MeteredBooks Steel()
    {
        var path = Path.Combine(House.Repository.Root, "..", "shared", "data", "steel-energy.csv");
        Assert.SkipUnless(File.Exists(path), "skipped: ../shared/data/steel-energy.csv not present");
        var plan = Importer.Plan([SourceFile.Open(path)], new ImportContext { ProvedOnly = true });
        var readings = Assert.Single(plan.Readings);
        return new MeteredBooks("steel", "Etc/UTC").Meter("main").Read("main", [.. readings.Start],
            [.. readings.Length.Select(l => (int)l)], [.. readings.Unscaled], readings.Scale);
    }

    private static (string?, string?, string?) Of(Figure? a, Figure? b, Figure? c) =>
        (a?.Value.ToString(), b?.Value.ToString(), c?.Value.ToString());
}
