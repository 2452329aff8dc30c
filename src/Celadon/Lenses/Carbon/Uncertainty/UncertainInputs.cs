using System.Numerics;
using Celadon.Quantities;

namespace Celadon.Lenses.Carbon;

/// <summary>A number that one or more lines use, with the lines that use it.</summary>
internal sealed class UncertainInput(string id, UncertainNumber stated, Figure value, string at)
{
    private readonly List<int> _lines = [];

    /// <summary>Its id, or its place in the spec.</summary>
    public string Id { get; } = id;

    /// <summary>Its value.</summary>
    public Figure Value { get; } = value;

    /// <summary>Indexes of the lines that use it.</summary>
    public IReadOnlyList<int> Lines => _lines;

    /// <summary>Its distribution; null when its uncertainty is unknown.</summary>
    public Distribution? Distribution { get; } =
        stated.Distribution ?? (stated.Uncertainty is null ? null : Carbon.Distribution.Normal);

    /// <summary>95 % half width relative to the value, as a fraction; null when unknown.</summary>
    public Amount? HalfWidth { get; } = HalfWidthOf(stated, value, at);

    /// <summary>Low and high relative to the value, for triangular and uniform.</summary>
    public (double Low, double High) Range { get; } = stated.Low is null || stated.High is null ? default
        : (Relative(stated.Low, value, at), Relative(stated.High, value, at));

    /// <summary>The same number in another place must say the same.</summary>
    public void UseIn(int line, UncertainNumber other, Figure figure, string place)
    {
        if (figure.Value != Value.Value || figure.Unit != Value.Unit
            || other.Uncertainty != stated.Uncertainty
            || other.Distribution != stated.Distribution || other.Low != stated.Low
                || other.High != stated.High)
            throw Refuse.At("carbon.uncertainty.sameId", place, ("id", Id), ("first", at));
        _lines.Add(line);
    }

    /// <summary>
    /// The number over its value for a uniform draw: 1 on average (its mode for triangular).
    /// </summary>
    public double Multiplier(double uniform)
    {
        var deviation = HalfWidth!.Value.ToDouble() / Z95;
        switch (Distribution)
        {
            case Carbon.Distribution.Normal:
                return 1 + deviation * PortableMath.NormalQuantile(uniform);
            case Carbon.Distribution.Lognormal:
                var variance = PortableMath.Log(1 + deviation * deviation);
                var normal = PortableMath.NormalQuantile(uniform);
                return PortableMath.Exp(Math.Sqrt(variance) * normal - variance / 2);
            case Carbon.Distribution.Uniform:
                return Range.Low + (Range.High - Range.Low) * uniform;
            default:
                var width = Range.High - Range.Low;
                return uniform < (1 - Range.Low) / width
                    ? Range.Low + Math.Sqrt(uniform * width * (1 - Range.Low))
                    : Range.High - Math.Sqrt((1 - uniform) * (Range.High - 1) * width);
        }
    }

    /// <summary>The normal quantile of 97.5 %.</summary>
    public const double Z95 = 1.959963984540054;

    private static Amount? HalfWidthOf(UncertainNumber stated, Figure value, string at)
    {
        var ranged = stated.Distribution is Carbon.Distribution.Triangular or Carbon.Distribution.Uniform;
        if (ranged != (stated.Low is not null && stated.High is not null)
            || (stated.Low is null) != (stated.High is null)
            || (ranged && stated.Uncertainty is not null) || (!ranged && stated.Distribution is not null
            && stated.Uncertainty is null))
            throw Refuse.At("carbon.uncertainty.shape", at);
        if (ranged) return OfRange(stated, value, at);
        if (stated.Uncertainty is null) return null;
        var half = new Multiplication("formula.share", at)
            .Times("operand.uncertainty", stated.Uncertainty.At(at)).In("");
        return half.Value.Sign >= 0 ? half.Value
            : throw Refuse.At("carbon.uncertainty.shape", at);
    }

    /// <summary>1.96 standard deviations of the range, relative to the value.</summary>
    private static Amount OfRange(UncertainNumber stated, Figure value, string at)
    {
        double low = Relative(stated.Low!, value, at), high = Relative(stated.High!, value, at);
        if (low > 1 || high < 1 || low >= high) throw Refuse.At("carbon.uncertainty.shape", at);
        var variance = stated.Distribution == Carbon.Distribution.Uniform ? (high - low) * (high - low) / 12
            : (low * low + high * high + 1 - low * high - low - high) / 18;
        return Figure.FromDouble(Z95 * Math.Sqrt(variance), "", new Trace.Constant("")).Value;
    }

    private static double Relative(Measure bound, Figure value, string at)
    {
        if (value.Value.Sign <= 0) throw Refuse.At("carbon.uncertainty.shape", at);
        var figure = new Multiplication("formula.stated", at).Times("operand.quantity", bound.At(at))
            .In(value.Unit);
        return Amount.Divide(figure.Value, value.Value, 18).ToDouble();
    }
}

/// <summary>Exact arithmetic of approach 1.</summary>
internal static class SquareRoot
{
    /// <summary>
    /// The square root of an amount of zero or more, rounded to the nearest at the given scale.
    /// </summary>
    public static Amount Of(Amount square, int scale)
    {
        var places = Math.Max(2 * scale + 2, square.Scale + (square.Scale & 1));
        square.TryGetUnscaled(places, out var integer);
        return Amount.From(Floor(integer), places / 2).Round(scale);
    }

    private static BigInteger Floor(BigInteger value)
    {
        if (value.IsZero) return value;
        var root = BigInteger.One << (int)((value.GetBitLength() + 1) / 2);
        while (true)
        {
            var next = (root + value / root) >> 1;
            if (next >= root) return root;
            root = next;
        }
    }
}
