using System.Runtime.Intrinsics;
using Celadon.Lca.Model;
using F = System.Runtime.Intrinsics.Vector512<float>;

namespace Celadon.Lca.Sampling;

/// <summary>
/// Draws by rejection, one sample after the other: gamma (Marsaglia and Tsang, A simple method for generating
/// gamma variables, ACM TOMS 26, 2000), from it beta and PERT, and from beta the binomial. Each attempt has a
/// counter of its own, so that these too depend on seed, sample and exchange alone.
/// </summary>
internal static class ShapeDraws
{
    private const ulong Stream = 1;

    /// <summary>So many trials are made one by one.</summary>
    private const int FewTrials = 16;

    /// <summary>The thirty-two samples of a batch.</summary>
    public static void Draw(in Threefry.Key key, ulong id, in Draws.Parameters p, out F first, out F second)
    {
        Span<float> values = stackalloc float[Draws.Lanes];
        var seed = key.Key0.GetElement(0);
        var start = (key.Counter.GetElement(0) - seed) * 4;
        for (var lane = 0; lane < values.Length; lane++)
        {
            var source = new Source(seed, start + (ulong)lane, id);
            values[lane] = p.Kind switch
            {
                Distribution.Gamma => (float)(p.C + (p.B * Gamma(p.A, ref source))),
                Distribution.Beta => (float)(p.C * Beta(p.A, p.B, ref source)),
                Distribution.Binomial => (float)(p.C * Binomial(p.A, p.B, ref source)),
                _ => Pert(p, ref source),
            };
        }
        first = Vector512.Create<float>(values[..16]);
        second = Vector512.Create<float>(values[16..]);
    }

    private static float Pert(in Draws.Parameters p, ref Source source)
    {
        if (p.A == p.C) return p.A;
        var (range, mode) = ((double)p.C - p.A, (double)p.B - p.A);
        var (alpha, beta) = (1 + (4 * mode / range), 1 + (4 * (range - mode) / range));
        return (float)(p.A + (range * Beta(alpha, beta, ref source)));
    }

    /// <summary>
    /// Trials succeed whose uniform number is at most p. The middle one of all numbers in order is a beta
    /// draw, and tells which half is undecided: until few are left (Relles, A simple algorithm for generating
    /// binomial random variables when N is large, JASA 67, 1972).
    /// </summary>
    private static double Binomial(double trials, double p, ref Source source)
    {
        var successes = 0.0;
        while (trials > FewTrials)
        {
            var middle = Math.Floor(trials / 2) + 1;
            var number = Beta(middle, trials + 1 - middle, ref source);
            if (number <= p)
            {
                successes += middle;
                trials -= middle;
                p = (p - number) / (1 - number);
            }
            else
            {
                trials = middle - 1;
                p /= number;
            }
        }
        for (var trial = 0; trial < trials; trial++)
            if (source.Uniform() < p) successes++;
        return successes;
    }

    private static double Beta(double alpha, double beta, ref Source source)
    {
        var (x, y) = (Gamma(alpha, ref source), Gamma(beta, ref source));
        return x / (x + y);
    }

    private static double Gamma(double shape, ref Source source)
    {
        if (shape < 1)
        {
            var boost = Math.Pow(source.Uniform(), 1 / shape);
            return Gamma(shape + 1, ref source) * boost;
        }
        var d = shape - (1 / 3.0);
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var n = source.Normal();
            var v = 1 + (c * n);
            if (v <= 0) continue;
            v = v * v * v;
            if (Math.Log(source.Uniform()) < (0.5 * n * n) + (d * (1 - v + Math.Log(v)))) return d * v;
        }
    }

    /// <summary>As many random numbers as one draw may need.</summary>
    private struct Source(ulong seed, ulong sample, ulong id)
    {
        private ulong _attempt;

        public double Uniform() => Unit(Next().Item1);

        public double Normal()
        {
            var (a, b) = Next();
            return Math.Sqrt(-2 * Math.Log(Unit(a))) * Math.Cos(2 * Math.PI * Unit(b));
        }

        /// <summary>The attempt stands above the 40 bits that number the exchanges.</summary>
        private (ulong, ulong) Next() => Threefry.Block(seed, Stream, sample, id | (_attempt++ << 40));

        private static double Unit(ulong bits) => ((bits >> 11) + 0.5) * 1.1102230246251565e-16;
    }
}
