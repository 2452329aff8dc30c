using Celadon.Quantities;
using CsCheck;
using NodaTime;

namespace Celadon.Tests.Quantities;

public class PeriodTests
{
    private static readonly Gen<Period> AnyPeriod =
        Gen.Select(Gen.Long[0, 1_000], Gen.Long[1, 300], (start, length) => Of(start, start + length));

    [Fact]
    public void The_start_is_inside_and_the_end_is_not()
    {
        var period = Of(10, 20);
        Assert.True(period.Contains(At(10)));
        Assert.True(period.Contains(At(19)));
        Assert.False(period.Contains(At(20)));
        Assert.False(period.Overlaps(Of(20, 30)));
        Assert.Null(period.Intersect(Of(20, 30)));
    }

    [Theory]
    [InlineData(20, 20)]
    [InlineData(20, 10)]
    public void A_period_that_does_not_last_is_refused(long start, long end) =>
        Assert.Throws<ArgumentException>(() => Of(start, end));

    [Fact]
    public void Periods_share_time_exactly_when_some_second_is_in_both() =>
        Gen.Select(AnyPeriod, AnyPeriod).Sample((a, b) =>
        {
            var shared = Enumerable.Range(0, 1_400).Where(s => a.Contains(At(s)) && b.Contains(At(s)))
                .ToArray();
            return a.Overlaps(b) == shared.Length > 0 && a.Intersect(b) == b.Intersect(a)
                && (a.Intersect(b) is { } both
                    ? both.Start == At(shared[0]) && both.End == At(shared[^1] + 1) && a.Contains(both)
                    : shared.Length == 0);
        });

    private static Instant At(long second) => Instant.FromUnixTimeSeconds(second);

    private static Period Of(long start, long end) => new(At(start), At(end));
}
