using Celadon.Quantities;
using Celadon.Store.Readings;

namespace Celadon.Tests.Store.Readings;

public class LocalCalendarTests
{
    [Theory]
    [InlineData("Europe/London", 1800)]
    [InlineData("Asia/Shanghai", 1800)]
    [InlineData("Australia/Adelaide", 1800)]
    [InlineData("Australia/Lord_Howe", 1800)]
    [InlineData("Asia/Kathmandu", 900)]
    [InlineData("Pacific/Chatham", 900)]
    public void Cells_are_half_hours_or_quarters_where_the_zone_needs_them(string zone, int step) =>
        Assert.Equal(step, new LocalCalendar(SiteZone.Get(zone), MonthSpan.Parse("2025")).Step);

    [Theory]
    [InlineData("Europe/London")]
    [InlineData("Asia/Shanghai")]
    [InlineData("Australia/Adelaide")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Asia/Kathmandu")]
    [InlineData("America/Havana")]
    [InlineData("Asia/Beirut")]
    public void Days_and_months_are_those_of_the_zone(string name)
    {
        var zone = SiteZone.Get(name);
        var calendar = new LocalCalendar(zone, MonthSpan.Parse("2024-01/2025-12"));
        var days = calendar.Months.Months.SelectMany(m => zone.DatesOf(zone.Month(m))).ToArray();
        Assert.Equal(days.Length, calendar.Count(SumLevel.Day));
        for (var i = 0; i < days.Length; i++)
            Assert.Equal(zone.Day(days[i]).Start.ToUnixTimeSeconds(), calendar.StartOf(SumLevel.Day, i));
        Assert.Equal(
            calendar.Months.Months.Select(m => zone.Month(m).Start.ToUnixTimeSeconds()),
            Enumerable.Range(0, 24).Select(i => calendar.StartOf(SumLevel.Month, i)));
        for (var hour = 0; hour < calendar.Count(SumLevel.Hour); hour++)
        {
            var length = calendar.StartOf(SumLevel.Hour, hour + 1) - calendar.StartOf(SumLevel.Hour, hour);
            Assert.True(length == 3600 || (length == 1800 && name == "Australia/Lord_Howe"),
                $"{hour}: {length}");
            Assert.Equal(hour, calendar.BucketOf(
                SumLevel.Hour, calendar.StartOf(SumLevel.Hour, hour) + length - 1));
        }
    }

    [Fact]
    public void A_year_in_London_has_a_day_of_23_and_one_of_25_hours()
    {
        var calendar = new LocalCalendar(SiteZone.Get("Europe/London"), MonthSpan.Parse("2025"));
        var hours = Enumerable.Range(0, calendar.Count(SumLevel.Hour))
            .GroupBy(hour => calendar.BucketOf(SumLevel.Day, calendar.StartOf(SumLevel.Hour, hour)))
            .CountBy(day => day.Count()).OrderBy(pair => pair.Key);
        Assert.Equal([KeyValuePair.Create(23, 1), KeyValuePair.Create(24, 363), KeyValuePair.Create(25, 1)],
            hours);
    }
}
