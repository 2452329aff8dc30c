using System.Numerics;
using Celadon.Lca.Model;

namespace Celadon.Tests.Lca;

/// <summary>A fraction of whole numbers of any length.</summary>
internal readonly record struct Fraction(BigInteger Over, BigInteger Under)
{
    public bool IsZero => Over.IsZero;

    /// <summary>The very value of a double.</summary>
    public static Fraction Of(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)((bits >> 52) & 0x7FF);
        var mantissa = (bits & 0xFFFFFFFFFFFFF) | (exponent == 0 ? 0 : 1L << 52);
        var power = Math.Max(exponent, 1) - 1075;
        var over = new BigInteger(bits < 0 ? -mantissa : mantissa);
        return power >= 0 ? new(over << power, 1) : Reduced(over, BigInteger.One << -power);
    }

    public static Fraction operator +(Fraction a, Fraction b) =>
        Reduced((a.Over * b.Under) + (b.Over * a.Under), a.Under * b.Under);

    public static Fraction operator -(Fraction a, Fraction b) => a + new Fraction(-b.Over, b.Under);

    public static Fraction operator *(Fraction a, Fraction b) => Reduced(a.Over * b.Over, a.Under * b.Under);

    public static Fraction operator /(Fraction a, Fraction b) => Reduced(a.Over * b.Under, a.Under * b.Over);

    public double ToDouble()
    {
        if (Over.IsZero) return 0;
        // Sixty-four bits of the quotient, then the power of two.
        var shift = 64 - (int)(Over.GetBitLength() - Under.GetBitLength());
        var (over, under) = shift > 0 ? (Over << shift, Under) : (Over, Under << -shift);
        return Math.ScaleB((double)(over / under), -shift);
    }

    private static Fraction Reduced(BigInteger over, BigInteger under)
    {
        var common = BigInteger.GreatestCommonDivisor(over, under);
        if (under.Sign < 0) common = -common;
        return new(over / common, under / common);
    }
}

/// <summary>The exact twin: systems solved in fractions, without any rounding.</summary>
internal static class Exactly
{
    /// <summary>The score of a demand for one product; null where the system has no solution.</summary>
    public static Fraction? Score(ProductSystem system, int product, double amount)
    {
        var n = system.ProcessCount;
        var m = Enumerable.Range(0, n).Select(_ => Enumerable.Repeat(Fraction.Of(0), n + 1).ToArray())
            .ToArray();
        var a = system.Technosphere.Matrix;
        for (var j = 0; j < n; j++)
            foreach (var (i, value) in a.Column(j)) m[i][j] += Fraction.Of(value);
        m[product][n] = Fraction.Of(amount);
        if (!Eliminate(m)) return null;
        var score = Fraction.Of(0);
        for (var j = 0; j < n; j++)
            foreach (var (e, value) in system.Biosphere.Matrix.Column(j))
                foreach (var (c, factor) in system.Factors.Matrix.Column(e))
                    if (c == 0) score += m[j][n] * Fraction.Of(value) * Fraction.Of(factor);
        return score;
    }

    private static bool Eliminate(Fraction[][] m)
    {
        for (var k = 0; k < m.Length; k++)
        {
            var row = Array.FindIndex(m, k, r => !r[k].IsZero);
            if (row < 0) return false;
            (m[k], m[row]) = (m[row], m[k]);
            var pivot = m[k][k];
            for (var q = k; q <= m.Length; q++) m[k][q] /= pivot;
            for (var i = 0; i < m.Length; i++)
            {
                if (i == k || m[i][k].IsZero) continue;
                var factor = m[i][k];
                for (var q = k; q <= m.Length; q++) m[i][q] -= factor * m[k][q];
            }
        }
        return true;
    }
}
