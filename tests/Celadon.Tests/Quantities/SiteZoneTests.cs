using Celadon.Quantities;
using CsCheck;
using NodaTime;

namespace Celadon.Tests.Quantities;

public class SiteZoneTests
{
    [Theory]
    [InlineData("Europe/London", "2026-03-29", 46, "2026-03-29T00:00:00Z/2026-03-29T23:00:00Z")]
    [InlineData("Europe/London", "2026-10-25", 50, "2026-10-24T23:00:00Z/2026-10-26T00:00:00Z")]
    [InlineData("Europe/London", "2026-06-15", 48, "2026-06-14T23:00:00Z/2026-06-15T23:00:00Z")]
    [InlineData("Asia/Shanghai", "2026-03-29", 48, "2026-03-28T16:00:00Z/2026-03-29T16:00:00Z")]
    [InlineData("Australia/Adelaide", "2026-10-04", 46, "2026-10-03T14:30:00Z/2026-10-04T13:30:00Z")]
    [InlineData("Australia/Adelaide", "2026-04-05", 50, "2026-04-04T13:30:00Z/2026-04-05T14:30:00Z")]
    [InlineData("Asia/Kathmandu", "2026-09-30", 48, "2026-09-29T18:15:00Z/2026-09-30T18:15:00Z")]
    public void A_local_day_has_its_own_half_hours(string zone, string date, int halfHours, string period)
    {
        var day = SiteZone.Get(zone).Day(LocalDate.FromDateOnly(DateOnly.ParseExact(date, "yyyy-MM-dd",
            System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(halfHours, SiteZone.Intervals(day, 30));
        Assert.Equal(period, day.ToString());
    }

    [Theory]
    [InlineData("Europe/London", 1, 1, 17_520)]
    [InlineData("Australia/Adelaide", 1, 1, 17_520)]
    [InlineData("Asia/Shanghai", 0, 0, 17_520)]
    [InlineData("Asia/Kathmandu", 0, 0, 17_520)]
    public void A_year_has_one_short_and_one_long_day_or_none(string id, int shorter, int longer,
        int halfHours)
    {
        var zone = SiteZone.Get(id);
        var days = zone.DatesOf(zone.Days(new LocalDate(2026, 1, 1), new LocalDate(2026, 12, 31)))
            .Select(date => SiteZone.Intervals(zone.Day(date), 30)).ToArray();
        Assert.Equal((365, shorter, longer),
            (days.Length, days.Count(n => n == 46), days.Count(n => n == 50)));
        Assert.Equal(halfHours, days.Sum());
    }

    [Fact]
    public void The_months_of_any_zone_follow_one_another_without_gap_or_overlap() =>
        Gen.Select(Gen.OneOf(DateTimeZoneProviders.Tzdb.Ids.ToArray()), Gen.Int[1990, 2035], Gen.Int[1, 12])
            .Sample((id, year, month) =>
            {
                var zone = SiteZone.Get(id);
                var (first, next) = (new YearMonth(year, month), new YearMonth(year, month).PlusMonths(1));
                var (a, b) = (zone.Month(first), zone.Month(next));
                return a.End == b.Start && !a.Overlaps(b) && zone.MonthOf(a.Start) == first
                    && zone.MonthOf(a.End) == next && zone.MonthsOf(a).SequenceEqual([first]);
            });

    [Fact]
    public void The_days_of_a_month_fill_it_exactly() =>
        Gen.Select(Gen.OneOf("Europe/London", "Asia/Shanghai", "Australia/Adelaide", "Asia/Kathmandu",
                "Australia/Lord_Howe", "America/Sao_Paulo"), Gen.Int[2000, 2030], Gen.Int[1, 12])
            .Sample((id, year, month) =>
            {
                var zone = SiteZone.Get(id);
                var whole = zone.Month(new YearMonth(year, month));
                var days = zone.DatesOf(whole).Select(zone.Day).ToArray();
                return days[0].Start == whole.Start && days[^1].End == whole.End
                    && days.Zip(days.Skip(1)).All(pair => pair.First.End == pair.Second.Start)
                    && days.Sum(day => day.Length.TotalSeconds).Equals(whole.Length.TotalSeconds);
            });

    [Fact]
    public void An_unknown_zone_is_refused_by_name()
    {
        Assert.Null(SiteZone.Find("Europe/Stoke"));
        Assert.Contains("Europe/Stoke",
            Assert.Throws<ArgumentException>(() => SiteZone.Get("Europe/Stoke")).Message,
            StringComparison.Ordinal);
        Assert.NotEmpty(SiteZone.DatabaseVersion);
    }
}
