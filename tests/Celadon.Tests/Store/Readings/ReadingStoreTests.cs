using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Store.Readings;
using Celadon.Text;
using NodaTime;

namespace Celadon.Tests.Store.Readings;

public class ReadingStoreTests
{
    [Fact]
    public void A_year_of_quarter_hours_adds_up_to_the_last_digit_at_every_level()
    {
        using var books = new ReadingBooks();
        var amounts = Enumerable.Range(0, 35_040).Select(i => (long)(i * 7919 % 15_700)).ToArray();
        var shanghai = new ReadingMeter("m", SiteZone.Get("Asia/Shanghai"));
        books.Append(ReadingBooks.Grid("2017-12-31T16:00:00", 900, amounts));
        var total = Amount.From(amounts.Sum(), 2);
        Assert.Equal(total, books.Total("2018", meter: shanghai));
        foreach (var (level, count) in new[] { (SumLevel.Hour, 8760), (SumLevel.Day, 365),
            (SumLevel.Month, 12) })
        {
            var sums = books.Store.SumsAt(shanghai, level, MonthSpan.Parse("2018"), books.Head);
            Assert.Equal(count, sums.Count);
            Assert.Equal(total, sums.Aggregate(Amount.Zero, (sum, row) => sum + row.Sum));
            Assert.All(sums, sum => Assert.Equal(sum.Length, sum.Known));
            Assert.Equal(35_040, sums.Sum(sum => sum.Count));
            Assert.Equal(Amount.From(amounts.Max(), 2), sums.Max(sum => sum.Max));
        }
        var january = books.Store.ReadingsOf(shanghai, new YearMonth(2018, 1), "", books.Head);
        Assert.Equal(31 * 96, january.Count);
        Assert.Equal(books.Months("2018-01", meter: shanghai).Single().Sum, Sum(january));
        Assert.Equal("0", january[0].Amount.ToString());
        Assert.All(january, leaf => Assert.Equal(1, leaf.Batch));
    }

    [Theory]
    [InlineData("2025-03-30", 46)]
    [InlineData("2025-06-15", 48)]
    [InlineData("2025-10-26", 50)]
    public void Days_on_which_the_clocks_change_hold_46_and_50_half_hours(string day, int halfHours)
    {
        using var books = new ReadingBooks();
        books.Append(ReadingBooks.Grid("2025-01-01T00:00:00", 1800, Enumerable.Repeat(100L, 17_520)));
        var date = NodaTime.Text.LocalDatePattern.Iso.Parse(day).Value;
        var period = ReadingBooks.London.Zone.Day(date);
        var sum = books.Store.SumsAt(ReadingBooks.London, SumLevel.Day, MonthSpan.Parse("2025"), books.Head)
            .Single(row => row.Start == period.Start.ToUnixTimeSeconds());
        Assert.Equal((halfHours, halfHours * 1800L, Amount.From(halfHours)),
            ((int)sum.Count, sum.Known, sum.Sum));
        Assert.Equal(halfHours, books.Store.SeriesAt(ReadingBooks.London, period, books.Head).Start.Length);
    }

    [Fact]
    public void A_repeated_load_and_a_repeated_record_change_nothing()
    {
        using var books = new ReadingBooks();
        var series = ReadingBooks.Grid("2026-01-01T00:00:00", 1800, [1, 2, 3]);
        books.Append(series);
        Assert.Equal(0, books.Store.Load(series));
        books.Append(ReadingBooks.Grid("2026-01-01T00:00:00", 1800, [1, 2, 3]));
        Assert.Equal(("0.06", 3), (books.Total("2026").ToString(), (int)books.Months("2026").Single().Count));
    }

    [Fact]
    public void A_tombstone_returns_every_total_and_the_past_stays_as_it_was()
    {
        using var books = new ReadingBooks();
        books.Append(ReadingBooks.Grid(
            "2026-01-01T00:00:00", 1800, Enumerable.Range(1, 200).Select(i => (long)i)));
        var before = (books.Head, Months: books.Months("2026"));
        var batch = books.Append(ReadingBooks.Grid("2026-01-04T00:00:00", 1800, [7, 8, 9]));
        var during = (books.Head, Months: books.Months("2026"));
        books.Append(ReadingBooks.Grid("2026-03-01T00:00:00", 1800, [5]));
        Assert.NotEqual(before.Months, during.Months);
        books.Reverse(batch);
        Assert.Equal(before.Months, books.Months("2026-01"));
        Assert.Equal(before.Months, books.Months("2026", before.Head));
        Assert.Equal(during.Months, books.Months("2026", during.Head));
        books.Reopen();
        Assert.Equal(before.Months, books.Months("2026-01"));
        Assert.Equal(during.Months, books.Months("2026", during.Head));
        // The same readings may come again: the rows are there, the new record makes them count.
        books.Append(ReadingBooks.Grid("2026-01-04T00:00:00", 1800, [7, 8, 9]));
        Assert.Equal(during.Months, books.Months("2026-01"));
    }

    [Fact]
    public void A_stated_correction_counts_and_the_old_value_is_seen_at_its_position()
    {
        using var books = new ReadingBooks();
        books.Append(ReadingBooks.Grid("2026-01-01T00:00:00", 1800, [10, 20, 30]));
        books.Append(ReadingBooks.Grid("2026-01-01T00:30:00", 1800, [21]), revision: 1);
        Assert.Equal("0.61", books.Total("2026").ToString());
        Assert.Equal(books.Store.ReadingsOf(ReadingBooks.London, new YearMonth(2026, 1), "", books.Head),
            books.Store.ReadingsOf(ReadingBooks.London, new YearMonth(2026, 1), "", long.MaxValue));
        Assert.Equal("0.6", books.Total("2026", 1).ToString());
        var conflict = Assert.Single(books.Store.ConflictsAt(
            ReadingBooks.London, ReadingBooks.Span("2026-01-01T00:00:00", "2026-01-02T00:00:00"),
            books.Head));
        Assert.Equal((ReadingChoice.Revision, 2L, "0.21", 1L, "0.2"), (conflict.By, conflict.KeptBatch,
            conflict.Kept.ToString(), conflict.OtherBatch, conflict.Other.ToString()));
    }

    [Fact]
    public void Measured_counts_before_substituted_before_estimated_whichever_came_first()
    {
        using var books = new ReadingBooks();
        books.Append(ReadingBooks.Grid("2026-01-01T00:00:00", 1800, [300, 300, 300], quality: 0));
        books.Append(ReadingBooks.Grid("2026-01-01T00:00:00", 1800, [200, 200, 200, 200], quality: 1));
        books.Append(ReadingBooks.Grid("2026-01-01T00:00:00", 1800, [100, 100, 100, 100, 100], quality: 2));
        var month = books.Months("2026").Single();
        Assert.Equal(("12", "1", 5L, 5 * 1800L),
            (month.Sum.ToString(), month.Estimated.ToString(), month.Count, month.Known));
    }

    [Fact]
    public void A_finer_reading_counts_inside_a_coarser_one_and_nothing_is_counted_twice()
    {
        using var books = new ReadingBooks();
        books.Append(ReadingBooks.Grid("2026-01-01T00:00:00", 86_400, [4800]));
        books.Append(ReadingBooks.Grid("2026-01-01T06:00:00", 1800, [500, 600]));
        var month = books.Months("2026").Single();
        Assert.Equal(("57", 86_400L, "46"),
            (month.Sum.ToString(), month.Known, month.Interpolated.ToString()));
        var leaves = books.Store.ReadingsOf(ReadingBooks.London, new YearMonth(2026, 1), "", books.Head);
        Assert.Equal(["12", "5", "6", "34"], leaves.Select(leaf => leaf.Amount.ToString()));
        Assert.Equal([true, false, false, true], leaves.Select(leaf => leaf.Interpolated));
    }

    [Fact]
    public void A_reading_over_the_end_of_a_month_is_split_by_time_and_says_so()
    {
        using var books = new ReadingBooks();
        books.Append(ReadingBooks.Grid("2026-01-31T23:20:00", 3600, [101]));
        Assert.Equal(["0.67", "0.34"], books.Months("2026").Select(month => month.Sum.ToString()));
        Assert.Equal(["0.67", "0.34"], books.Months("2026").Select(month => month.Interpolated.ToString()));
        Assert.Equal([2400L, 1200L], books.Months("2026").Select(month => month.Known));
    }

    [Fact]
    public void Bands_are_summed_apart()
    {
        using var books = new ReadingBooks();
        books.Append(ReadingSeries.From("m", 1, [ReadingBooks.At("2026-05-01T00:00:00"),
            ReadingBooks.At("2026-05-01T00:30:00"), ReadingBooks.At("2026-05-01T01:00:00")],
            [1800, 1800, 1800], [10, 20, 40], [0, 0, 0], ["峰", "谷"], [0, 1, 0]));
        books.Reopen();
        Assert.Equal([("峰", "5", 3600L), ("谷", "2", 1800L)],
            books.Months("2026").OrderByDescending(m => m.Known)
                .Select(m => (m.Band, m.Sum.ToString(), m.Known)));
        Assert.Equal(["1", "4"], books.Store.ReadingsOf(
            ReadingBooks.London, new YearMonth(2026, 5), "峰", books.Head)
            .Select(leaf => leaf.Amount.ToString()));
    }

    [Fact]
    public void Series_of_unlike_scale_add_exactly()
    {
        using var books = new ReadingBooks();
        books.Append(ReadingBooks.Grid("2026-01-01T00:00:00", 1800, [1], scale: 0));
        books.Append(ReadingBooks.Grid("2026-01-01T00:30:00", 1800, [1], scale: 6));
        Assert.Equal("1.000001", books.Total("2026").ToString());
    }

    [Fact]
    public void A_gap_is_not_zero()
    {
        using var books = new ReadingBooks();
        books.Append(ReadingBooks.Grid("2026-01-01T00:00:00", 1800, [5]));
        books.Append(ReadingBooks.Grid("2026-03-01T00:00:00", 1800, [5]));
        var months = books.Months("2026");
        Assert.Equal([1, 3], months.Select(month => month.Month.Month));
        Assert.Equal((1800L, 31 * 86_400L), (months[0].Known, months[0].Length));
        Assert.Equal(ReadingBooks.Span("2026-01-01T00:00:00", "2026-03-01T00:30:00"),
            books.Store.SpanAt("m", books.Head));
        Assert.Empty(books.Months("2026", 0));
    }

    [Fact]
    public void Two_values_that_nothing_tells_apart_are_reported()
    {
        using var books = new ReadingBooks();
        books.Append(ReadingBooks.Grid("2026-01-01T00:00:00", 1800, [5, 6]));
        books.Append(ReadingBooks.Grid("2026-01-01T00:00:00", 1800, [5, 7]));
        var conflict = Assert.Single(books.Store.ConflictsAt(
            ReadingBooks.London, ReadingBooks.Span("2026-01-01T00:00:00", "2026-01-02T00:00:00"),
            books.Head));
        Assert.Equal(ReadingChoice.Arbitrary, conflict.By);
        Assert.Equal(ReadingBooks.Span("2026-01-01T00:30:00", "2026-01-01T01:00:00"), conflict.Period);
        Assert.Equal(Amount.From(5, 2) + conflict.Kept, books.Total("2026"));
    }

    [Fact]
    public void Every_refusal_has_its_texts_in_both_languages()
    {
        foreach (var code in new[]
        {
            "locked", "damaged", "failed", "newer", "none", "absent", "rows-missing", "rows-added", "changed",
            "unknown", "rollup", "conflict", "superseded", "roll-over", "reset", "drop-out",
        })
            foreach (var catalogue in new[] { Catalogue.English, Catalogue.Chinese })
                Assert.True(catalogue.Has($"finding.readings.{code}")
                    && catalogue.Has($"finding.readings.{code}.remedy"), code);
    }

    private static Amount Sum(IEnumerable<ReadingLeaf> leaves) =>
        leaves.Aggregate(Amount.Zero, (sum, leaf) => sum + leaf.Amount);
}
