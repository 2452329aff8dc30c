using System.Globalization;

namespace LongquanStoke;

/// <summary>Whole numbers of small steps, shares that add up, and plain decimal text.</summary>
public static class Numbers
{
    /// <summary>Hundredths as a decimal: 4119860 is 41,198.60.</summary>
    public static decimal Hundredths(long value) => value / 100m;

    /// <summary>Plain decimal text without trailing zeros.</summary>
    public static string Text(decimal value)
    {
        var text = value.ToString(CultureInfo.InvariantCulture);
        return text.Contains('.', StringComparison.Ordinal) ? text.TrimEnd('0').TrimEnd('.') : text;
    }

    /// <summary>Hundredths with both decimals: "41198.60".</summary>
    public static string Fixed(long hundredths) =>
        Hundredths(hundredths).ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>Text of anything in the invariant culture.</summary>
    public static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// Splits a whole number by weights; what rounding leaves goes to the largest remainders.
    /// </summary>
    public static long[] Share(long total, IReadOnlyList<int> weights)
    {
        long sum = weights.Sum(w => (long)w), left = total;
        var parts = new long[weights.Count];
        for (var i = 0; i < parts.Length; i++) left -= parts[i] = total * weights[i] / sum;
        var byRemainder = Enumerable.Range(0, parts.Length).OrderByDescending(i => total * weights[i] % sum);
        foreach (var i in byRemainder.Take((int)left)) parts[i]++;
        return parts;
    }
}
