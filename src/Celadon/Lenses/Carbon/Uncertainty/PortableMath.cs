namespace Celadon.Lenses.Carbon;

/// <summary>
/// Exponential, logarithm and normal quantile from addition, multiplication, division and square root alone,
/// which IEEE 754 defines to the last bit: the same bytes on every machine, where a platform's own library
/// may differ.
/// </summary>
internal static class PortableMath
{
    private const double Ln2High = 0.693147180369123816490, Ln2Low = 1.90821492927058770002e-10;

    /// <summary>e to the x, for |x| at most 700; relative error below 4e-16.</summary>
    public static double Exp(double x)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Math.Abs(x), 700);
        var k = Math.Round(x / (Ln2High + Ln2Low), MidpointRounding.ToEven);
        var r = x - k * Ln2High - k * Ln2Low;
        var sum = 1.0;
        for (var n = 16; n >= 1; n--) sum = 1.0 + r / n * sum;
        return sum * BitConverter.Int64BitsToDouble((long)(k + 1023) << 52);
    }

    /// <summary>Natural logarithm of a positive, normal number; relative error below 4e-16.</summary>
    public static double Log(double x)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(x, 2.2250738585072014e-308);
        var bits = BitConverter.DoubleToInt64Bits(x);
        var exponent = (int)(bits >> 52) - 1023;
        var mantissa = BitConverter.Int64BitsToDouble((bits & 0xFFFFFFFFFFFFF) | (1023L << 52));
        if (mantissa > 1.4142135623730951)
        {
            mantissa /= 2;
            exponent++;
        }
        var s = (mantissa - 1) / (mantissa + 1);
        var square = s * s;
        var sum = 0.0;
        for (var n = 23; n >= 1; n -= 2) sum = sum * square + 1.0 / n;
        return exponent * Ln2High + (2 * s * sum + exponent * Ln2Low);
    }

    /// <summary>
    /// Quantile of the standard normal distribution (Wichura 1988, algorithm AS 241, PPND16); relative error
    /// 1e-15.
    /// </summary>
    public static double NormalQuantile(double p)
    {
        var q = p - 0.5;
        if (Math.Abs(q) <= 0.425)
        {
            var r = 0.180625 - q * q;
            return q * Ratio(r, CentreAbove, CentreBelow);
        }
        var tail = Math.Sqrt(-Log(q < 0 ? p : 1 - p));
        var z = tail <= 5 ? Ratio(tail - 1.6, NearAbove, NearBelow) : Ratio(tail - 5, FarAbove, FarBelow);
        return q < 0 ? -z : z;
    }

    private static double Ratio(double x, double[] above, double[] below)
    {
        double top = 0, bottom = 0;
        for (var i = above.Length - 1; i >= 0; i--)
        {
            top = top * x + above[i];
            bottom = bottom * x + below[i];
        }
        return top / bottom;
    }

    private static readonly double[] CentreAbove =
    [
        3.3871328727963666080e0, 1.3314166789178437745e+2, 1.9715909503065514427e+3, 1.3731693765509461125e+4,
        4.5921953931549871457e+4, 6.7265770927008700853e+4, 3.3430575583588128105e+4,
            2.5090809287301226727e+3,
    ];

    private static readonly double[] CentreBelow =
    [
        1.0, 4.2313330701600911252e+1, 6.8718700749205790830e+2, 5.3941960214247511077e+3,
        2.1213794301586595867e+4, 3.9307895800092710610e+4, 2.8729085735721942674e+4,
            5.2264952788528545610e+3,
    ];

    private static readonly double[] NearAbove =
    [
        1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0,
            3.64784832476320460504e0,
        1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2,
            7.74545014278341407640e-4,
    ];

    private static readonly double[] NearBelow =
    [
        1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
        1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
            1.05075007164441684324e-9,
    ];

    private static readonly double[] FarAbove =
    [
        6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0,
            2.96560571828504891230e-1,
        2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5,
            2.01033439929228813265e-7,
    ];

    private static readonly double[] FarBelow =
    [
        1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
        7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
            2.04426310338993978564e-15,
    ];
}
