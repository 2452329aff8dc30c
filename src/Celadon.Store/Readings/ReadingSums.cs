using Celadon.Quantities;

namespace Celadon.Store.Readings;

/// <summary>What the readings that count say of one local hour, day or month and tariff band.</summary>
/// <param name="Start">First second, since 1970 UTC.</param>
/// <param name="Length">Seconds in it.</param>
/// <param name="Band">Tariff band; empty for none.</param>
/// <param name="Sum">Sum in the meter's unit.</param>
/// <param name="Known">Seconds covered by readings.</param>
/// <param name="Estimated">Part of the sum from readings marked estimated.</param>
/// <param name="Interpolated">
/// Part of the sum that is a share in time of readings that do not lie inside whole.
/// </param>
/// <param name="Count">How many readings, whole or in part.</param>
/// <param name="Min">The smallest of them as it counts here.</param>
/// <param name="Max">The largest of them as it counts here.</param>
public sealed record ReadingSum(
    long Start, long Length, string Band, Amount Sum, long Known, Amount Estimated, Amount Interpolated,
    long Count,
    Amount Min, Amount Max);

/// <summary>One row of rollup in the store's numbers.</summary>
internal readonly record struct SumRow(
    long Start, int Length, short Band, byte Scale, Int128 Sum, long Known, Int128 Estimated,
    Int128 Interpolated,
    long Count, Int128 Min, Int128 Max);

/// <summary>Sums the parts that count over the hours, days and months of a calendar.</summary>
internal static class ReadingSums
{
    /// <summary>The buckets of a level that hold readings, by start and band.</summary>
    public static List<SumRow> Of(List<CountedPart> parts, LocalCalendar calendar, SumLevel level)
    {
        byte scale = 0;
        var bands = new SortedDictionary<short, int>();
        foreach (var part in parts)
        {
            scale = Math.Max(scale, part.Of.Scale);
            bands.TryAdd(part.Of.Band, 0);
        }
        var names = bands.Keys.ToArray();
        for (var i = 0; i < names.Length; i++) bands[names[i]] = i;
        var factors = Enumerable.Range(0, scale + 1).Select(power => (Int128)Amount.Pow10(power)).ToArray();
        var sums = new Accumulator[calendar.Count(level) * names.Length];
        foreach (var part in parts)
            if (part.Within(calendar.Start, calendar.End) is { } inside)
                Add(inside, calendar, level, sums.AsSpan(), bands[part.Of.Band], names.Length,
                    factors[scale - part.Of.Scale]);
        var rows = new List<SumRow>();
        for (var i = 0; i < sums.Length; i++)
        {
            if (sums[i].Count == 0) continue;
            var bucket = i / names.Length;
            var start = calendar.StartOf(level, bucket);
            rows.Add(sums[i].Row(start, (int)(calendar.StartOf(level, bucket + 1) - start),
                names[i % names.Length], scale));
        }
        return rows;
    }

    private static void Add(
        CountedPart part, LocalCalendar calendar, SumLevel level, Span<Accumulator> sums, int band, int bands,
        Int128 factor)
    {
        var from = part.From;
        for (var bucket = calendar.BucketOf(level, from); from < part.To; bucket++)
        {
            var to = Math.Min(part.To, calendar.StartOf(level, bucket + 1));
            var piece = part with { From = from, To = to };
            sums[bucket * bands + band].Add(
                piece.Amount * factor, piece.To - piece.From, piece.Of.Quality, piece.IsShare);
            from = piece.To;
        }
    }

    private struct Accumulator
    {
        private Int128 _sum, _estimated, _interpolated, _min, _max;
        private long _known;

        public long Count { get; private set; }

        public void Add(Int128 amount, long seconds, byte quality, bool share)
        {
            _min = Count == 0 ? amount : Int128.Min(_min, amount);
            _max = Count == 0 ? amount : Int128.Max(_max, amount);
            _sum += amount;
            _known += seconds;
            if (quality == 2) _estimated += amount;
            if (share) _interpolated += amount;
            Count++;
        }

        public readonly SumRow Row(long start, int length, short band, byte scale) => new(
            start, length, band, scale, _sum, _known, _estimated, _interpolated, Count, _min, _max);
    }
}
