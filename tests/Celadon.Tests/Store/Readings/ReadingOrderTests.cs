using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Store.Readings;
using CsCheck;
using NodaTime;

namespace Celadon.Tests.Store.Readings;

/// <summary>
/// Properties over random batches: overlapping, corrected, estimated, of unlike length and scale.
/// </summary>
public class ReadingOrderTests
{
    private const int Minutes = 4000;
    private static readonly int[] Steps = [5, 15, 30, 60, 1440];
    private static readonly long Start = ReadingBooks.At("2026-01-30T12:00:00");
    private static readonly SiteZone Zone = SiteZone.Get("Europe/London");
    private static readonly MonthSpan Span = MonthSpan.Parse("2026-01/2026-02");

    private sealed record Batch(int Scale, int First, int Step, int Revision, byte Quality, int[] Amounts)
    {
        public ReadingSeries For(string meter) => ReadingSeries.From(
            meter, Scale, [.. Amounts.Select((_, i) => Start + 60L * (First + i * Step))],
            [.. Amounts.Select(_ => Step * 60)], [.. Amounts.Select(amount => (long)amount)],
            [.. Amounts.Select(_ => Quality)]);
    }

    private static readonly Gen<Batch> AnyBatch = Gen.Select(
        Gen.Int[0, 3], Gen.Int[0, Minutes / 10].Select(i => i * 5), Gen.Int[0, 4].Select(i => Steps[i]),
        Gen.Int[0, 2], Gen.Byte[0, 2],
        Gen.Int[-50, 1000].Array[1, 12],
        (scale, first, step, revision, quality, amounts) =>
            new Batch(scale, first, step, revision, quality, amounts));

    [Fact]
    public void Any_order_and_any_repetition_of_batches_gives_the_same_leaves_and_totals()
    {
        using var inOrder = new ReadingBooks();
        using var shuffledBooks = new ReadingBooks();
        var samples = 0;
        Gen.Select(AnyBatch.List[1, 8], Gen.Int[0, 1_000_000]).Sample((batches, seed) =>
        {
            var meter = $"m{samples++}";
            foreach (var batch in batches) inOrder.Append(batch.For(meter), batch.Revision);
            var shuffled = batches.Concat(batches.Where((_, i) => i % 2 == seed % 2))
                .OrderBy(batch => HashCode.Combine(seed, batch)).ToArray();
            foreach (var batch in shuffled) shuffledBooks.Append(batch.For(meter), batch.Revision);
            var (one, other) = (Answer(inOrder, meter), Answer(shuffledBooks, meter));
            Assert.Equal(one.Months, other.Months);
            Assert.Equal(one.Leaves, other.Leaves);
        }, iter: 25, threads: 1);
    }

    [Fact]
    public void At_every_minute_the_preferred_reading_counts_once_and_leaves_add_up_to_the_month()
    {
        using var books = new ReadingBooks();
        var samples = 0;
        AnyBatch.List[1, 8].Sample(batches =>
        {
            var meter = new ReadingMeter($"m{samples++}", Zone);
            foreach (var batch in batches) books.Append(batch.For(meter.Id), batch.Revision);
            var months = books.Store.MonthsAt([meter], Span, books.Head);
            var leaves = Span.Months.SelectMany(month =>
                books.Store.ReadingsOf(meter, month, "", books.Head)).ToArray();
            foreach (var month in months)
            {
                var inside = books.Store.ReadingsOf(meter, month.Month, "", books.Head);
                Assert.Equal(month.Sum, inside.Aggregate(Amount.Zero, (sum, leaf) => sum + leaf.Amount));
                Assert.Equal(month.Known, inside.Sum(leaf => (long)leaf.Period.Length.TotalSeconds));
                Assert.Equal(month.Count, inside.Count);
            }
            var hashes = batches.ToDictionary(batch => batch, batch => batch.For(meter.Id).ContentSha256);
            var covered = 0L;
            for (var minute = 0; minute < Minutes + 12 * 1440; minute += 5)
            {
                var expected = Preferred(hashes, minute);
                var at = Instant.FromUnixTimeSeconds(Start + minute * 60L);
                var counted = leaves.Where(leaf => leaf.Period.Contains(at)).ToArray();
                Assert.Equal(expected is null ? 0 : 1, counted.Length);
                if (expected is not { } best) continue;
                covered += 300;
                if (!counted[0].Interpolated)
                    Assert.Equal(Amount.From(best.Batch.Amounts[best.Index], best.Batch.Scale),
                        counted[0].Amount);
                Assert.Equal(best.Batch.Quality, counted[0].Quality);
            }
            Assert.Equal(covered, months.Sum(month => month.Known));
        }, iter: 12, threads: 1);
    }

    [Fact]
    public void Rollups_refreshed_where_dirty_equal_a_full_rebuild_and_sums_from_rows()
    {
        using var books = new ReadingBooks();
        var samples = 0;
        Gen.Select(AnyBatch.List[2, 6], Gen.Int[0, 5]).Sample((batches, reversed) =>
        {
            var meter = new ReadingMeter($"m{samples++}", Zone);
            var positions = new List<long>();
            foreach (var batch in batches)
            {
                positions.Add(books.Append(batch.For(meter.Id), batch.Revision));
                books.Store.MonthsAt([meter], Span, books.Head);
            }
            books.Reverse(positions[reversed % positions.Count]);
            var incremental = Levels(books, meter, books.Head);
            Assert.Empty(books.Store.VerifyRollups([meter]));
            books.Store.ForgetAllRollups();
            Assert.Equal(incremental, Levels(books, meter, books.Head));
            // A later batch of the meter makes the position historical, which is summed from the rows.
            var position = books.Head;
            books.Append(batches[0].For(meter.Id) is var s ? ReadingSeries.From(
                meter.Id, s.Scale, s.StartSeconds, s.LengthSeconds, [.. s.Unscaled.Select(u => u + 1)],
                s.Quality)
                : s, 9);
            Assert.Equal(incremental, Levels(books, meter, position));
            Assert.NotEqual(incremental, Levels(books, meter, books.Head));
        }, iter: 12, threads: 1);
    }

    /// <summary>The rule of the manual, applied to one minute without any of the store's code.</summary>
    private static (Batch Batch, int Index)? Preferred(Dictionary<Batch, string> hashes, int minute) =>
        hashes.Keys
        .Where(batch => minute >= batch.First && minute < batch.First + batch.Amounts.Length * batch.Step)
        .OrderByDescending(batch =>
            hashes.Where(other => other.Value == hashes[batch]).Max(o => o.Key.Revision))
        .ThenBy(batch => batch.Quality).ThenBy(batch => batch.Step)
        .ThenByDescending(batch => hashes[batch], StringComparer.Ordinal)
        .Select(batch => ((Batch, int)?)(batch, (minute - batch.First) / batch.Step)).FirstOrDefault();

    private static ReadingSum[] Levels(ReadingBooks books, ReadingMeter meter, long position) =>
        [.. Enum.GetValues<SumLevel>().SelectMany(level => books.Store.SumsAt(meter, level, Span, position))];

    private static (List<(YearMonth, Amount, long, Amount, long, Amount)> Months,
        List<(Period, Amount, int, bool)> Leaves) Answer(ReadingBooks books, string name)
    {
        var meter = new ReadingMeter(name, Zone);
        var months = books.Store.MonthsAt([meter], Span, books.Head);
        return (
            [.. months.Select(m => (m.Month, m.Sum, m.Known, m.Estimated, m.Count, m.Interpolated))],
            [.. months.SelectMany(m => books.Store.ReadingsOf(meter, m.Month, m.Band, books.Head))
                .Select(leaf => (leaf.Period, leaf.Amount, leaf.Quality, leaf.Interpolated))]);
    }
}
