using Celadon.Ledger;
using Celadon.Lenses;
using Celadon.Lenses.Energy;
using Celadon.Lenses.Energy.Load;
using Celadon.Quantities;
using CsCheck;
using NodaTime;

namespace Celadon.Tests.Lenses.Energy;

/// <summary>energy.load on books small enough to work out by hand.</summary>
public sealed class LoadTests
{
    private static readonly LoadSpec September = new() { Period = MonthSpan.Parse("2026-09") };

    /// <summary>1 kWh in every half-hour, 5.5 kWh from 09:00 to 17:00 on working days.</summary>
    private static MeteredBooks Works() => new MeteredBooks().Meter("m1").Read("m1", "2026-09-01",
        "2026-09-30", 30,
        (date, i) => date.DayOfWeek < IsoDayOfWeek.Saturday && i is >= 18 and < 34 ? 550 : 100);

    [Fact]
    public void A_month_worked_by_hand()
    {
        var (report, answer) = Works().Load(September);
        // 30 days × 48 kWh + 22 working days × 16 half-hours × 4.5 kWh.
        Assert.Equal(("3024", "kWh"), (report.Total.Value.ToString(), report.Total.Unit));
        Assert.Equal(("100", "4.2"), (report.Known.Value.ToString(), report.Mean!.Value.ToString()));
        Assert.Equal(("11", "2026-09-01", "09:00"),
            (report.Peak!.Power.Value.ToString(), report.Peak.Date, report.Peak.Time));
        Assert.Equal("38.18", report.LoadFactor!.Value.ToString());
        Assert.Equal((22, 8), (report.Profile[0].Count, report.Profile[1].Count));
        Assert.Equal(("11", "2"),
            (At(report, DayKind.Working, "09:00"), At(report, DayKind.NonWorking, "09:00")));
        Assert.Empty(answer.Findings);
        Assert.Null(report.Estimated);
    }

    [Fact]
    public void The_duration_curve_says_how_long_the_load_was_how_high()
    {
        var duration = Works().Load(September).Report.Duration!;
        Assert.Equal("720", duration.Hours.Value.ToString());
        // 22 days × 8 hours at 11 kW, all else at 2 kW.
        Assert.Equal(["3 176 24.44", "5 176 24.44", "10 176 24.44"],
            duration.Levels.Select(l => $"{l.Power.Value} {l.Hours.Value} {l.Percent.Value}"));
        Assert.Equal(["11", "11", "2", "2"], ((int[])[0, 20, 25, 100]).Select(p =>
            duration.Shares.Single(s => s.Percent == p).Power.Value.ToString()));
        Assert.Equal(1440, duration.Curve.Count);
    }

    [Fact]
    public void Days_of_46_and_50_half_hours_keep_their_hours()
    {
        var books = new MeteredBooks().Meter("m1").Read("m1", "2026-03-28", "2026-03-30", 30,
            (_, i) => 100 + i);
        var days = books.Load(new LoadSpec { Period = MonthSpan.Parse("2026-03") }).Report.Days;
        Assert.Equal(48, days[27].Power.Count);
        var spring = days[28];
        Assert.Equal(("2026-03-29", 46), (spring.Date, spring.Power.Count));
        // After 00:30 comes 02:00: the third interval of the day stands in the fifth step of the clock.
        Assert.Equal([0, 1, 4, 5], spring.Slots!.Value.Take(4));
        Assert.Equal("56.35", spring.Total!.Value.ToString());

        books = new MeteredBooks().Meter("m1").Read("m1", "2026-10-24", "2026-10-26", 30, (_, i) => 100 + i);
        var autumn = books.Load(new LoadSpec { Period = MonthSpan.Parse("2026-10") }).Report.Days[24];
        Assert.Equal(("2026-10-25", 50), (autumn.Date, autumn.Power.Count));
        Assert.Equal([1, 2, 3, 2, 3, 4], autumn.Slots!.Value.Skip(1).Take(6));
        Assert.Equal("62.25", autumn.Total!.Value.ToString());
    }

    [Fact]
    public void The_peak_in_a_repeated_hour_says_which_of_the_two()
    {
        var books = new MeteredBooks().Meter("m1").Read("m1", "2026-10-25", "2026-10-25", 30,
            (_, i) => i == 4 ? 900 : 100);
        var peak = books.Load(new LoadSpec { Period = MonthSpan.Parse("2026-10") }).Report.Peak!;
        Assert.Equal(("2026-10-25", "01:00+00"), (peak.Date, peak.Time));
    }

    [Fact]
    public void A_gap_stays_a_gap_and_an_estimate_is_marked()
    {
        var books = new MeteredBooks().Meter("m1").Read("m1", "2026-09-01", "2026-09-30", 30,
            (date, i) => date.Day == 14 && i is >= 4 and < 10 ? null : 100,
            (date, i) => date.Day == 20 && i == 0 ? ReadingQuality.Estimated : ReadingQuality.Measured);
        var (report, answer) = books.Load(September);
        Assert.Equal(("1434", "99.58"), (report.Total.Value.ToString(), report.Known.Value.ToString()));
        var day = report.Days[13];
        Assert.Null(day.Power[4]);
        Assert.Equal(("2", 87), (day.Power[10]!.Value.ToString(), day.KnownPercent));
        var gap = Assert.Single(report.Gaps);
        Assert.Equal(("2026-09-14T01:00:00Z", "2026-09-14T04:00:00Z", "3"),
            (gap.From, gap.To, gap.Hours.Value.ToString()));
        var finding = Assert.Single(answer.Findings);
        Assert.Equal(("energy.gap", "2026-09-14 02:00"), (finding.Code, finding.Args["from"]));
        Assert.Equal([0], report.Days[19].Estimated);
        Assert.Equal("1", report.Estimated!.Value.ToString());
    }

    [Fact]
    public void A_reading_over_several_steps_is_shared_and_said()
    {
        var zone = SiteZone.Get("Europe/London");
        var start = zone.Day(new LocalDate(2026, 9, 1)).Start.ToUnixTimeSeconds();
        var books = new MeteredBooks().Meter("m1").Read("m1", [start, start + 1800, start + 7200],
            [1800, 5400, 1800], [100, 100, 100], 2);
        var day = books.Load(September).Report.Days[0];
        // 1 kWh over three half-hours, in hundredths: 33, 34, 33 (two thirds are 66.67, rounded to 67).
        Assert.Equal(["2", "0.66", "0.68", "0.66", "2"],
            Enumerable.Range(0, 5).Select(i => day.Power[i]!.Value.ToString()));
        Assert.Equal([1, 2, 3], day.Interpolated);
        Assert.Equal("3", day.Total!.Value.ToString());
    }

    [Fact]
    public void A_lost_decimal_point_is_booked_and_believed_nowhere()
    {
        var books = new MeteredBooks().Meter("m1").Read("m1", "2026-09-01", "2026-09-30", 30,
            (date, i) => date.Day == 14 && i == 9 ? 200_000 : 200);
        var (report, answer) = books.Load(September);
        Assert.Equal("4878", report.Total.Value.ToString());
        Assert.Equal(("4", "4000"), (report.Peak!.Power.Value.ToString(),
            report.Days[13].Power[9]!.Value.ToString()));
        Assert.Equal([9], report.Days[13].Suspected);
        var finding = Assert.Single(answer.Findings);
        Assert.Equal(("energy.suspect", "2026-09-14 04:30", "2000"),
            (finding.Code, finding.Args["time"], finding.Args["amount"]));
    }

    [Fact]
    public void Two_supplies_are_added_where_both_are_known()
    {
        var report = Works().Meter("m2").Read("m2", "2026-09-01", "2026-09-15", 15, (_, _) => 50)
            .Load(September).Report;
        Assert.Equal(30, report.Minutes);
        Assert.Equal("4", report.Days[0].Power[0]!.Value.ToString());
        Assert.Null(report.Days[20].Power[0]);
        Assert.Equal("75", report.Known.Value.ToString());
    }

    [Fact]
    public void What_cannot_be_shown_is_refused()
    {
        var books = Works().Meter("sub", "site:works", "unit:press")
            .Read("sub", "2026-09-01", "2026-09-30", 30, (_, _) => 10);
        Assert.Equal("energy.twice", Refusal(books, September with { Meters = ["m1", "sub"] }));
        Assert.Equal("energy.noMeter", Refusal(books, September with { Meters = ["m9"] }));
        Assert.Equal("energy.noReadings", Refusal(books, September with { Resource = "natural-gas" }));
        Assert.Equal("energy.step", Refusal(books, September with { Minutes = 15 }));
        Assert.Equal("energy.step", Refusal(books, September with { Minutes = 45 }));
        Assert.Equal("energy.quantile", Refusal(books, September with { Quantiles = [101] }));
        Assert.Equal("energy.date", Refusal(books, September with
        {
            Calendar = new WorkCalendar { Shutdown = ["2026-09-31"] },
        }));
    }

    [Fact]
    public void Readings_longer_than_an_hour_are_no_load()
    {
        var books = Works().Meter("daily").Read("daily", "2026-09-01", "2026-09-30", 1380, (_, _) => 100);
        var (report, answer) = books.Load(September);
        Assert.Equal("m1", Assert.Single(report.Meters).Meter);
        Assert.Equal("energy.coarse", Assert.Single(answer.Findings).Code);
    }

    [Fact]
    public void Any_readings_add_up_over_days_and_cells_to_the_last_digit()
    {
        Gen.Select(Gen.Int[1, 5000].Array[1, 60], Gen.Int[60, 7200].Array[60], Gen.Int[0, 3].Array[60])
            .Sample((amounts, lengths, gaps) =>
        {
            var zone = SiteZone.Get("Europe/London");
            var start = zone.Day(new LocalDate(2026, 10, 24)).Start.ToUnixTimeSeconds();
            var (starts, at) = (new long[amounts.Length], start);
            for (var i = 0; i < amounts.Length; i++)
            {
                starts[i] = at;
                at += lengths[i] + gaps[i] * 600;
            }
            var books = new MeteredBooks().Meter("m1").Read("m1", starts, lengths[..amounts.Length],
                [.. amounts.Select(a => (long)a)], 3);
            if (lengths[..amounts.Length].CountBy(l => l).OrderByDescending(c => c.Value).ThenBy(c => c.Key)
                .First().Key > 3600) return;
            var report = books.Load(new LoadSpec { Period = MonthSpan.Parse("2026-10") }).Report;
            var sum = Amount.From(amounts.Sum(a => (long)a), 3);
            Assert.Equal(sum, report.Total.Value);
            Assert.Equal(sum, report.Days.Where(d => d.Total is not null)
                .Aggregate(Amount.Zero, (total, day) => total + day.Total!.Value));
            foreach (var (_, figure) in Explainer.All(report).Where(f => Explainer.IsSummed(f.Figure.Trace)))
                Assert.Equal(figure.Value, Explainer.Leaves(figure)
                    .Aggregate(Amount.Zero, (total, leaf) => total + leaf.Contribution));
        }, iter: 40);
    }

    private static string Refusal(MeteredBooks books, LoadSpec spec) =>
        MeteredBooks.RefusalOf(() => books.Load(spec));

    private static string At(LoadReport report, DayKind kind, string time) => report.Profile
        .Single(p => p.Days == kind).Slots.Single(s => s.Time == time).Mean.Value.ToString();
}
