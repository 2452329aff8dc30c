using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Celadon.Lca.Model;
using F = System.Runtime.Intrinsics.Vector512<float>;

namespace Celadon.Lca.Sampling;

/// <summary>
/// Thirty-two draws of one uncertain amount: the samples of a batch. One block of random bits for each pair.
/// </summary>
internal static class Draws
{
    /// <summary>Samples of a batch.</summary>
    public const int Lanes = 32;

    private const float Log2E = 1.44269504f;

    /// <summary>The key of a batch of samples.</summary>
    public static Threefry.Key KeyOf(ulong seed, long batch) => new(seed, 0, (ulong)batch * 8);

    /// <summary>
    /// The draws of samples 0 to 15 and 16 to 31 of a batch, times nothing: in the unit of the parameters.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Draw(in Threefry.Key key, ulong id, in Parameters p, out F first, out F second)
    {
        if (p.Kind == Distribution.Lognormal)
        {
            if (!Vector512.IsHardwareAccelerated)
            {
                NarrowDraws.Lognormal(key, id, p.A, p.B, out first, out second);
                return;
            }
            Threefry.Blocks(key, id, out var a, out var b);
            FloatMath.Normal(a, b, out var n0, out var n1);
            var s = Vector512.Create(p.B);
            var median = Vector512.Create(p.A);
            first = FloatMath.Exp2(s * n0) * median;
            second = FloatMath.Exp2(s * n1) * median;
            return;
        }
        DrawOther(key, id, p, out first, out second);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void DrawOther(in Threefry.Key key, ulong id, in Parameters p, out F first, out F second)
    {
        if (p.Kind is Distribution.Gamma or Distribution.Beta or Distribution.Pert
            or Distribution.Binomial)
        {
            ShapeDraws.Draw(key, id, p, out first, out second);
            return;
        }
        Threefry.Blocks(key, id, out var a, out var b);
        if (p.Kind == Distribution.Normal)
        {
            FloatMath.Normal(a, b, out first, out second);
            first = Vector512.FusedMultiplyAdd(first, Vector512.Create(p.B), Vector512.Create(p.A));
            second = Vector512.FusedMultiplyAdd(second, Vector512.Create(p.B), Vector512.Create(p.A));
            return;
        }
        first = Inverse(FloatMath.Uniform(a), p);
        second = Inverse(FloatMath.Uniform(b), p);
    }

    /// <summary>The amount that so large a share of all draws lies below.</summary>
    private static F Inverse(F u, in Parameters p)
    {
        var (a, b, c) = (Vector512.Create(p.A), Vector512.Create(p.B), Vector512.Create(p.C));
        switch (p.Kind)
        {
            case Distribution.Uniform:
                return Vector512.FusedMultiplyAdd(u, b - a, a);
            case Distribution.DiscreteUniform:
                // C is the unit of the coefficient; A and B stay whole numbers.
                return c * Vector512.Min(Vector512.Floor(u * (b - a + Vector512.Create(1f))) + a, b);
            case Distribution.Weibull:
                var log = Vector512.Max(-FloatMath.Log(u), Vector512.Create(1e-30f));
                return b * FloatMath.Exp2(FloatMath.Log(log) * Vector512.Create(Log2E / p.A));
            case Distribution.Triangular:
                // Minimum a, mode b, maximum c; the signs of the differences are those of c − a.
                var (left, right) = ((c - a) * (b - a), (c - a) * (c - b));
                var (one, sign) = (Vector512.Create(1f), Vector512.Create(p.Sign));
                var below = a + (sign * Vector512.Sqrt(u * left));
                var above = c - (sign * Vector512.Sqrt((one - u) * right));
                var share = Vector512.Create(p.C == p.A ? 0 : (p.B - p.A) / (p.C - p.A));
                return Vector512.ConditionalSelect(Vector512.LessThan(u, share), below, above);
            default:
                return a;
        }
    }

    /// <summary>
    /// A distribution in single precision, in the unit of the coefficient it becomes. For the lognormal, B is
    /// the deviation of the logarithm to base two.
    /// </summary>
    public readonly record struct Parameters(Distribution Kind, float A, float B, float C)
    {
        /// <summary>−1 where a change of sign has turned the bounds round.</summary>
        public float Sign => C < A ? -1 : 1;

        /// <summary>An uncertainty, times a factor.</summary>
        public static Parameters Of(Uncertainty u, double k) => u.Kind switch
        {
            _ when u.IsTurned => Of(u.Times(-1), -k),
            Distribution.Lognormal => new(u.Kind, (float)(u.A * k), (float)(u.B / Math.Log(2)), 0),
            // With its sign: a draw in another unit is the same draw, not its mirror image.
            Distribution.Normal => new(u.Kind, (float)(u.A * k), (float)(u.B * k), 0),
            Distribution.Gamma => new(u.Kind, (float)u.A, (float)(u.B * k), (float)(u.C * k)),
            Distribution.Weibull => new(u.Kind, (float)u.A, (float)(u.B * k), 0),
            Distribution.Beta => new(u.Kind, (float)u.A, (float)u.B, (float)(u.C * k)),
            Distribution.DiscreteUniform or Distribution.Binomial =>
                new(u.Kind, (float)u.A, (float)u.B, (float)(u.Step * k)),
            _ => new(u.Kind, (float)(u.A * k), (float)(u.B * k), (float)(u.C * k)),
        };

        /// <summary>An amount that is known exactly but must have lanes.</summary>
        public static Parameters Exactly(double value) => new(Distribution.None, (float)value, 0, 0);
    }
}
