using System.Text.Json;
using Celadon.Quantities;
using CsCheck;
using NodaTime;

namespace Celadon.Tests.Quantities;

public class MonthSpanTests
{
    [Theory]
    [InlineData("2025-10/2026-09", 2026)]
    [InlineData("2025-04/2026-03", 2025)]
    [InlineData("2025-07/2026-06", 2026)]
    [InlineData("2026", 2026)]
    [InlineData("2026-09", 2026)]
    [InlineData("2024-12/2027-01", 2026)]
    public void The_main_year_holds_most_of_the_months_the_later_where_two_hold_as_many(string span,
        int year) =>
        Assert.Equal(year, MonthSpan.Parse(span).MainYear);

    [Theory]
    [InlineData("2026", "2026-01/2026-12", 12)]
    [InlineData("2026-09", "2026-09", 1)]
    [InlineData("2026-09/2026-09", "2026-09", 1)]
    [InlineData("2025-10/2026-09", "2025-10/2026-09", 12)]
    public void Spans_are_read_and_written(string text, string normal, int months)
    {
        var span = MonthSpan.Parse(text);
        Assert.Equal((normal, months), (span.ToString(), span.Count));
        Assert.Equal(months, span.Months.Count());
        Assert.Equal(span, JsonSerializer.Deserialize<MonthSpan>(JsonSerializer.Serialize(span)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-13")]
    [InlineData("2026-9")]
    [InlineData("26-09")]
    [InlineData("2026-09/2025-10")]
    [InlineData("2026/2027")]
    [InlineData("2026-01/2026-02/2026-03")]
    public void What_is_not_a_span_is_refused(string text)
    {
        Assert.False(MonthSpan.TryParse(text, out _));
        Assert.Throws<FormatException>(() => MonthSpan.Parse(text));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<MonthSpan>($"\"{text}\""));
    }

    [Fact]
    public void A_span_in_a_zone_is_the_sum_of_its_months() =>
        Gen.Select(Gen.Int[2015, 2030], Gen.Int[1, 12], Gen.Int[1, 30],
                Gen.OneOf("Europe/London", "Asia/Shanghai", "Australia/Adelaide", "Asia/Kathmandu"))
            .Sample((year, month, count, id) =>
            {
                var zone = SiteZone.Get(id);
                var first = new YearMonth(year, month);
                var span = new MonthSpan(first, first.PlusMonths(count - 1));
                var sum = span.Months.Aggregate(Duration.Zero, (total, m) => total + zone.Month(m).Length);
                return span.Count == count && span.In(zone).Length == sum && span.Contains(first)
                    && !span.Contains(first.PlusMonths(count)) && MonthSpan.Parse(span.ToString()) == span;
            });
}
