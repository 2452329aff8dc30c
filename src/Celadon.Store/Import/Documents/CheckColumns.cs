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
        var points = Enumerable.Range(0, rows.Length).Where(i => amounts.State[i] == CellState.Read
            && stated.State[i] == CellState.Read && amounts.Unscaled[i] > 0).ToArray();
        if (points.Length == 0) return null;
        var (low, high) = check.Map?.Factor is { } factor ? Exact(factor, amounts.Scale, stated.Scale)
            : Consistent(amounts, stated, points);
        var disagree = new List<int>();
        var sum = BigInteger.Zero;
        foreach (var i in points)
        {
            // value = amount × factor rounded: amount × low ≤ value + ½ and amount × high ≥ value − ½.
            var twice = (Int128)2 * stated.Unscaled[i];
            var k = (BigInteger)amounts.Unscaled[i] * 2;
            if (k * low.Top <= (BigInteger)(twice + 1) * low.Bottom
                && k * high.Top >= (BigInteger)(twice - 1) * high.Bottom) continue;
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
        var lowAt = Enumerable.Range(0, points.Length).ToArray();
        var highAt = Enumerable.Range(0, points.Length).ToArray();
        Array.Sort((double[])lows.Clone(), lowAt);
        Array.Sort((double[])highs.Clone(), highAt);
        int open = 0, most = 0, bestLow = lowAt[0], bestHigh = highAt[0];
        for (int i = 0, j = 0; i < points.Length; i++)
        {
            while (highs[highAt[j]] < lows[lowAt[i]])
            {
                open--;
                j++;
            }
            if (++open <= most) continue;
            // The best stretch begins at this low and ends at the next high above it.
            (most, bestLow, bestHigh) = (open, lowAt[i], highAt[j]);
        }
        return (Bound(amounts, stated, points[bestLow], -1), Bound(amounts, stated, points[bestHigh], 1));
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
