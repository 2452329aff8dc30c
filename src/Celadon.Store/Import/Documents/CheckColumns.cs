using System.Numerics;
using Celadon.Quantities;
using Celadon.Store.Import.Detection;
using Celadon.Text;

namespace Celadon.Store.Import.Documents;

/// <summary>
/// Columns that repeat what the amounts say: carbon dioxide, tonnes of coal equivalent, a total of tariff
/// bands. A result is never evidence, so they are not loaded but compared, each at its own rounding.
/// </summary>
internal static class CheckColumns
{
    public static void Run(SheetJob job, Column amount, AmountColumn amounts, int[] rows, Unit unit)
    {
        foreach (var check in job.All("check"))
        {
            if (check.Map?.Of is { } of && of != amount.Head.Header && of != amount.Head.Name) continue;
            if (job.Checks.Exists(done => done.Column == check.Head.Header)) continue;
            var stated = AmountColumn.Read(job, check.Style, rows, [check.Index], check.Unit, Amount.One);
            if (Compare(job, amount, amounts, check, stated, rows, unit) is { } result) job.Checks.Add(
                result);
        }
    }

    private static CheckResult? Compare(SheetJob job, Column amount, AmountColumn amounts, Column check,
        AmountColumn stated, int[] rows, Unit unit)
    {
        var points = Comparable(amounts, stated);
        if (points.Length == 0) return null;
        var (low, high) = check.Map?.Factor is { } factor ? Exact(factor, amounts.Scale, stated.Scale)
            : Consistent(amounts, stated, points);
        var disagree = new List<int>();
        var sum = BigInteger.Zero;
        var (least, greatest) = (Narrow.Of(low, amounts, stated), Narrow.Of(high, amounts, stated));
        foreach (var i in points)
        {
            // value = amount × factor rounded: amount × low ≤ value + ½ and amount × high ≥ value − ½.
            if (least is { } l && greatest is { } h
                ? Agrees(amounts.Unscaled[i], stated.Unscaled[i], l, h)
                : Agrees(amounts.Unscaled[i], stated.Unscaled[i], low, high)) continue;
            disagree.Add(job.Sheet.RowNumber(rows[i]));
            sum += amounts.Unscaled[i];
        }
        var shift = amounts.Scale - stated.Scale;
        var name = $"{check.Unit?.Code ?? "1"}/{unit.Code}";
        var result =
            new CheckResult(check.Head.Header, amount.Head.Header, name, Decimal(low, shift, up: true),
            Decimal(high, shift, up: false), points.Length - disagree.Count, [.. disagree],
            Amount.From(sum, amounts.Scale));
        check.Certainty = Certainty.Check;
        if (disagree.Count > 0)
            job.Plan.Add("import.check.disagrees", Severity.Warning,
                job.Place with { Row = disagree[0], Column = check.Head.Header },
                ("column", check.Head.Header),
                ("count", disagree.Count), ("rows", TimeAxis.Ranges(disagree)), ("sum", result.Sum),
                ("unit", unit.Code),
                ("low", result.FactorLow), ("high", result.FactorHigh), ("per", name),
                ("agree", result.Agree));
        else
            job.Plan.Add("import.check.agrees", Severity.Info, job.Place with { Column = check.Head.Header },
                ("column", check.Head.Header), ("count", points.Length), ("low", result.FactorLow),
                ("high", result.FactorHigh), ("per", name));
        return result;
    }

    /// <summary>Points at which both were read and the amount is above zero.</summary>
    private static int[] Comparable(AmountColumn amounts, AmountColumn stated)
    {
        var points = new int[amounts.Unscaled.Length];
        var count = 0;
        for (var i = 0; i < points.Length; i++)
            if (amounts.State[i] == CellState.Read && stated.State[i] == CellState.Read
                && amounts.Unscaled[i] > 0) points[count++] = i;
        return points[..count];
    }

    private static bool Agrees(long amount, long value, Ratio low, Ratio high)
    {
        var (twice, k) = ((BigInteger)value * 2, (BigInteger)amount * 2);
        return k * low.Top <= (twice + 1) * low.Bottom && k * high.Top >= (twice - 1) * high.Bottom;
    }

    private static bool Agrees(long amount, long value, Narrow low, Narrow high)
    {
        var (twice, k) = (value * 2, amount * 2);
        return k * low.Top <= (twice + 1) * low.Bottom && k * high.Top >= (twice - 1) * high.Bottom;
    }

    /// <summary>A ratio so small beside the amounts that every product of them fits 63 bits.</summary>
    private readonly record struct Narrow(long Top, long Bottom)
    {
        private const int Most = int.MaxValue / 4;

        public static Narrow? Of(Ratio ratio, AmountColumn amounts, AmountColumn stated) =>
            BigInteger.Abs(ratio.Top) <= Most && BigInteger.Abs(ratio.Bottom) <= Most
            && Fits(amounts.Unscaled) && Fits(stated.Unscaled)
                ? new Narrow((long)ratio.Top, (long)ratio.Bottom) : null;

        private static bool Fits(long[] values) => !values.AsSpan().ContainsAnyExceptInRange(-Most, Most);
    }

    /// <summary>A ratio of the check's smallest digit to the amount's: Top ÷ Bottom.</summary>
    private readonly record struct Ratio(BigInteger Top, BigInteger Bottom);

    private static (Ratio, Ratio) Exact(Amount factor, int amountScale, int checkScale)
    {
        var shift = checkScale - amountScale - factor.Scale;
        var ratio = shift >= 0 ? new Ratio(factor.Unscaled * Amount.Pow10(shift), 1)
            : new Ratio(factor.Unscaled, Amount.Pow10(-shift));
        return (ratio, ratio);
    }

    /// <summary>
    /// The factors that most rows allow. Each row allows the stretch (value − ½) ÷ amount to (value + ½) ÷
    /// amount; the stretch that the most rows share is found by a sweep in floating point, its ends are then
    /// exact fractions.
    /// </summary>
    private static (Ratio Low, Ratio High) Consistent(AmountColumn amounts, AmountColumn stated, int[] points)
    {
        var lows = new double[points.Length];
        var highs = new double[points.Length];
        for (var p = 0; p < points.Length; p++)
        {
            var (k, value) = ((double)amounts.Unscaled[points[p]], (double)stated.Unscaled[points[p]]);
            (lows[p], highs[p]) = ((value - 0.5) / k, (value + 0.5) / k);
        }
        var (rising, ends) = ((double[])lows.Clone(), (double[])highs.Clone());
        Parallel.Invoke(() => Array.Sort(rising), () => Array.Sort(ends));
        var (open, most, bestLow, bestHigh) = (0, 0, rising[0], ends[0]);
        for (int i = 0, j = 0; i < points.Length; i++)
        {
            while (ends[j] < rising[i])
            {
                open--;
                j++;
            }
            if (++open <= most) continue;
            // The best stretch begins at this low and ends at the next high above it.
            (most, bestLow, bestHigh) = (open, rising[i], ends[j]);
        }
        return (Bound(amounts, stated, points[Array.IndexOf(lows, bestLow)], -1),
            Bound(amounts, stated, points[Array.IndexOf(highs, bestHigh)], 1));
    }

    private static Ratio Bound(AmountColumn amounts, AmountColumn stated, int point, int half) =>
        new((BigInteger)stated.Unscaled[point] * 2 + half, (BigInteger)amounts.Unscaled[point] * 2);

    /// <summary>
    /// The ratio in whole units at eight decimals more than it needs, rounded into the range.
    /// </summary>
    private static Amount Decimal(Ratio ratio, int shift, bool up)
    {
        var top = shift >= 0 ? ratio.Top * Amount.Pow10(shift) : ratio.Top;
        var bottom = shift >= 0 ? ratio.Bottom : ratio.Bottom * Amount.Pow10(-shift);
        const int scale = 8;
        var scaled = BigInteger.DivRem(top * Amount.Pow10(scale), bottom, out var rest);
        if (rest.Sign > 0 && up) scaled += 1;
        if (rest.Sign < 0 && !up) scaled -= 1;
        return Amount.From(scaled, scale);
    }
}
