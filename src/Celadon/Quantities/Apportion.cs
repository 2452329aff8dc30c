using System.Numerics;

namespace Celadon.Quantities;

/// <summary>
/// Splits an amount so that the parts add up to the whole, by the method of largest remainder.
/// </summary>
public static class Apportion
{
    /// <summary>
    /// Splits <paramref name="total"/> in proportion to <paramref name="weights"/> in steps of 10^-scale.
    /// Each part is first rounded towards zero; the steps left over go to the largest remainders, the earlier
    /// part first where two are equal. The parts add up to the total exactly.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// The weights are negative or all zero, or the total has more decimals than the scale.
    /// </exception>
    public static Amount[] ByLargestRemainder(Amount total, IReadOnlyList<BigInteger> weights, int scale)
    {
        if (!total.TryGetUnscaled(scale, out var whole))
            throw new ArgumentException($"{total} has more than {scale} decimals.", nameof(scale));
        var sum = BigInteger.Zero;
        foreach (var weight in weights)
        {
            if (weight.Sign < 0) throw new ArgumentException("A weight is negative.", nameof(weights));
            sum += weight;
        }
        if (sum.IsZero) throw new ArgumentException("All weights are zero.", nameof(weights));
        var sign = whole.Sign;
        whole = BigInteger.Abs(whole);
        var parts = new BigInteger[weights.Count];
        var remainders = new BigInteger[weights.Count];
        var left = whole;
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = BigInteger.DivRem(whole * weights[i], sum, out remainders[i]);
            left -= parts[i];
        }
        foreach (var i in Enumerable.Range(0, parts.Length).OrderByDescending(i => remainders[i])
            .Take((int)left))
            parts[i] += 1;
        return [.. parts.Select(part => Amount.From(sign * part, scale))];
    }
}
