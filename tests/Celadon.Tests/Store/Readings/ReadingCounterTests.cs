using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Store.Readings;
using Celadon.Text;
using CsCheck;
using NodaTime;

namespace Celadon.Tests.Store.Readings;

public class ReadingCounterTests
{
    private static readonly ReadingMeter Million =
        ReadingBooks.London with { Modulus = Amount.Parse("1000000") };

    [Fact]
    public void The_steps_of_a_counter_add_up_to_the_digit_with_every_roll_over()
    {
        using var books = new ReadingBooks();
        var samples = 0;
        Gen.Select(Gen.Int[0, 999_999_999], Gen.Int[0, 90_000_000].Array[1, 40], Gen.Int[1, 90_000].Array[40],
            Gen.Int[1, 10]).Sample((first, steps, gaps, batches) =>
        {
            const int scale = 3;
            var meter = Million with { Id = $"m{samples++}" };
            long at = ReadingBooks.At("2026-01-20T00:00:07"), value = first, total = 0, rolled = 0;
            List<(long At, long Value)> readings = [(at, value)];
            for (var i = 0; i < steps.Length; i++)
            {
                (at, value, total) = (at + gaps[i], value + steps[i], total + steps[i]);
                if (value >= 1_000_000_000) (value, rolled) = (value - 1_000_000_000, rolled + 1);
                readings.Add((at, value));
            }
            // In several files, the later readings first.
            foreach (var chunk in readings.Chunk(batches).Reverse())
                books.Append(ReadingSeries.From(
                    meter.Id, scale, [.. chunk.Select(r => r.At)], new int[chunk.Length],
                    [.. chunk.Select(r => r.Value)], new byte[chunk.Length]));
            var span = MonthSpan.Parse("2026-01/2026-03");
            foreach (var level in Enum.GetValues<SumLevel>())
            {
                var sums = books.Store.SumsAt(meter, level, span, books.Head);
                Assert.Equal(Amount.From(total, scale),
                    sums.Aggregate(Amount.Zero, (sum, row) => sum + row.Sum));
                Assert.Equal(at - readings[0].At, sums.Sum(row => row.Known));
            }
            Assert.Equal(total, readings[^1].Value - first + rolled * 1_000_000_000);
            var whole = new Period(Instant.FromUnixTimeSeconds(readings[0].At),
                Instant.FromUnixTimeSeconds(at));
            Assert.Equal(rolled, books.Store.CounterEventsAt(meter, whole, books.Head)
                .Count(e => e.Kind == CounterEventKind.RollOver));
        }, iter: 20, threads: 1);
    }

    [Fact]
    public void A_roll_over_at_the_modulus_is_known()
    {
        using var books = new ReadingBooks();
        books.Append(ReadingBooks.Counter(
            4, ("2026-01-05T00:00:00", 9_999_840_625), ("2026-01-06T00:00:00", 200_000)));
        Assert.Equal("35.9375", books.Total("2026", meter: Million).ToString());
        var rolled = Assert.Single(books.Store.CounterEventsAt(
            Million, ReadingBooks.Span("2026-01-01T00:00:00", "2026-02-01T00:00:00"), books.Head));
        Assert.Equal((CounterEventKind.RollOver, "999984.0625", "20"),
            (rolled.Kind, rolled.Before.ToString(), rolled.After.ToString()));
        Assert.Equal(
            "The counter of meter m passed its modulus between 2026-01-05T00:00:00Z and "
            + "2026-01-06T00:00:00Z: 999,984.0625, then 20.",
            Catalogue.English.Render(rolled.ToFinding("m")));
    }

    [Fact]
    public void A_replaced_counter_leaves_its_step_unknown()
    {
        using var books = new ReadingBooks();
        books.Append(ReadingBooks.Counter(
            0, ("2026-01-05T00:00:00", 500_000), ("2026-01-06T00:00:00", 500_100),
            ("2026-01-07T00:00:00", 30), ("2026-01-08T00:00:00", 80)));
        var month = books.Months("2026", meter: Million).Single();
        Assert.Equal(("150", 2 * 86_400L), (month.Sum.ToString(), month.Known));
        Assert.Equal(CounterEventKind.Reset, Assert.Single(books.Store.CounterEventsAt(
            Million, ReadingBooks.Span("2026-01-01T00:00:00", "2026-02-01T00:00:00"), books.Head)).Kind);
    }

    [Fact]
    public void A_counter_that_shows_zero_for_a_while_and_comes_back_lost_nothing()
    {
        using var books = new ReadingBooks();
        books.Append(ReadingBooks.Counter(0, ("2026-01-05T00:00:00", 5_000), ("2026-01-05T01:00:00", 0),
            ("2026-01-05T02:00:00", 0)));
        Assert.Equal("0", books.Total("2026").ToString());
        books.Append(ReadingBooks.Counter(0, ("2026-01-05T03:00:00", 5_030)));
        var month = books.Months("2026").Single();
        Assert.Equal(("30", 3 * 3600L), (month.Sum.ToString(), month.Known));
        Assert.Empty(books.Store.VerifyRollups([ReadingBooks.London]));
    }

    [Fact]
    public void A_step_over_several_days_is_shared_by_time_and_flagged()
    {
        using var books = new ReadingBooks();
        books.Append(ReadingBooks.Counter(1, ("2026-01-30T00:00:00", 1000), ("2026-02-02T00:00:00", 1100)));
        Assert.Equal([("6.7", "6.7"), ("3.3", "3.3")],
            books.Months("2026").Select(m => (m.Sum.ToString(), m.Interpolated.ToString())));
        books.Append(ReadingBooks.Counter(1, ("2026-02-01T00:00:00", 1090)));
        Assert.Equal([("9", "0"), ("1", "0")],
            books.Months("2026").Select(m => (m.Sum.ToString(), m.Interpolated.ToString())));
        Assert.Empty(books.Store.VerifyRollups([ReadingBooks.London]));
        Assert.Equal("3.3", books.Months("2026-02", 1).Single().Sum.ToString());
    }

    [Fact]
    public void A_late_reading_between_two_changes_the_steps_on_both_sides_and_only_them()
    {
        using var books = new ReadingBooks();
        var readings = Enumerable.Range(0, 60 * 24)
            .Select(h => (At: ReadingBooks.At("2026-01-01T00:00:00") + h * 3600L, Value: h * 10L)).ToArray();
        var late = readings.Where((_, i) => i is > 700 and < 760).ToArray();
        foreach (var part in new[] { readings.Except(late).ToArray(), late })
        {
            books.Append(ReadingSeries.From("m", 0, [.. part.Select(r => r.At)], new int[part.Length],
                [.. part.Select(r => r.Value)], new byte[part.Length]));
            Assert.Equal("14390", books.Total("2026").ToString());
            Assert.Empty(books.Store.VerifyRollups([ReadingBooks.London]));
        }
        Assert.All(books.Months("2026"), month => Assert.True(month.Interpolated.IsZero));
    }
}
