using System.Runtime.Intrinsics;
using Celadon.Lca.Model;
using Celadon.Lca.Sampling;

namespace Celadon.Tests.Lca;

public class SamplerTests
{
    /// <summary>
    /// Known answers of Threefry-2x64 with 13 rounds, as published with the Random123 library.
    /// </summary>
    [Theory]
    [InlineData(0, 0, 0, 0, 0xf167b032c3b480bd, 0xe91f9fee4b7a6fb5)]
    [InlineData(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, 0xccdec5c917a874b1,
        0x4df53abca26ceb01)]
    [InlineData(0xa4093822299f31d0, 0x082efa98ec4e6c89, 0x243f6a8885a308d3, 0x13198a2e03707344,
        0xc3aac71561042993, 0x3fe7ae8801aff316)]
    public void Threefry_gives_its_published_answers(ulong key0, ulong key1, ulong counter0, ulong counter1,
        ulong first, ulong second)
    {
        Assert.Equal((first, second), Threefry.Block(key0, key1, counter0, counter1));
        Threefry.Blocks(new Threefry.Key(key0, key1, unchecked(counter0 - 3)), counter1, out var a,
            out var b);
        Assert.Equal((first, second), (a.GetElement(3), b.GetElement(3)));
    }

    [Fact]
    public void Logarithm_and_power_of_two_are_right_to_single_precision()
    {
        var random = new Random(1);
        for (var k = 0; k < 20_000; k++)
        {
            var x = (float)Math.Pow(2, -32 * random.NextDouble());
            var log = FloatMath.Log(Vector512.Create(x)).GetElement(0);
            Assert.True(Math.Abs(log - Math.Log(x)) <= 2e-7 * Math.Max(1e-3, Math.Abs(Math.Log(x))), $"{x}");
            var y = (float)(40 * (random.NextDouble() - 0.5));
            Assert.True(Math.Abs((FloatMath.Exp2(Vector512.Create(y)).GetElement(0) / Math.Pow(2,
                y)) - 1) <= 2e-7);
        }
    }

    /// <summary>
    /// Six hundred thousand deviates: moments within 4 standard errors, Kolmogorov and Smirnov's distance at
    /// the 0.1 %
    /// level, tails within 4.
    /// </summary>
    [Fact]
    public void Normal_deviates_are_normal()
    {
        const int blocks = 20_000;
        const int n = 32 * blocks;
        var values = new double[n];
        for (var c = 0; c < blocks; c++)
            Fill(Uncertainty.Normal(0, 1), 12345, c >> 10, c & 1023, values.AsSpan(32 * c, 32));
        var moments = Enumerable.Range(1, 4).Select(p => values.Sum(v => Math.Pow(v, p)) / n).ToArray();
        var root = Math.Sqrt(n);
        Assert.True(Math.Abs(moments[0]) * root < 4);
        Assert.True(Math.Abs(moments[1] - 1) * root / Math.Sqrt(2) < 4);
        Assert.True(Math.Abs(moments[2]) * root / Math.Sqrt(15) < 4);
        Assert.True(Math.Abs(moments[3] - 3) * root / Math.Sqrt(96) < 4);
        foreach (var (sigma, share) in new[] { (3.0, 2.6997961e-3), (4.0, 6.3342484e-5) })
        {
            var expected = n * share;
            Assert.True(Math.Abs(values.Count(v
                => Math.Abs(v) > sigma) - expected) < 4 * Math.Sqrt(expected));
        }
        Array.Sort(values);
        var distance = 0.0;
        for (var k = 0; k < n; k++)
            distance = Math.Max(distance, Math.Abs(((k + 0.5) / n) - Phi(values[k])));
        Assert.True(distance * root < 1.95);
    }

    public static TheoryData<Uncertainty> All => [.. new[]
    {
        Uncertainty.Lognormal(2, 0.4), Uncertainty.Lognormal(-3, 0.2), Uncertainty.Normal(5, 2),
        Uncertainty.Uniform(-1, 4), Uncertainty.Triangular(1, 2, 6), Uncertainty.Triangular(2, 2, 3),
        Uncertainty.Pert(1, 2, 6), Uncertainty.Gamma(2.5, 0.7), Uncertainty.Gamma(0.6, 2),
        Uncertainty.Beta(2, 3, 10), Uncertainty.Weibull(1.7, 3), Uncertainty.DiscreteUniform(1, 6),
        Uncertainty.Gamma(2.5, 0.7, 1.2), Uncertainty.Binomial(5, 0.3), Uncertainty.Binomial(40, 0.9),
        Uncertainty.Binomial(2000, 0.02),
    }];

    [Theory]
    [MemberData(nameof(All))]
    public void Mean_and_variance_are_those_of_the_distribution(Uncertainty uncertainty)
    {
        const int n = 96_000;
        foreach (var k in new[] { 1.0, -2.5 })
        {
            var values = new double[n];
            for (var c = 0; c < n / 32; c++) Fill(uncertainty, 7, c, 11, values.AsSpan(32 * c, 32), k);
            var mean = values.Average();
            var variance = values.Sum(v => (v - mean) * (v - mean)) / (n - 1);
            var error = Math.Sqrt(variance / n);
            Assert.True(Math.Abs(mean - (k * uncertainty.Mean)) < 4.5 * error,
                $"{uncertainty}: mean {mean}, {k * uncertainty.Mean}");
            var fourth = values.Sum(v => Math.Pow(v - mean, 4)) / n;
            var spread = Math.Sqrt((fourth - (variance * variance)) / n);
            Assert.True(Math.Abs(variance - (k * k * uncertainty.Variance)) < 4.5 * spread,
                $"{uncertainty}: variance {variance}, {k * k * uncertainty.Variance}");
        }
    }

    /// <summary>The same exchange in another unit, or on the other side of an equation, is the same
    /// draw.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void A_draw_of_so_many_times_an_amount_is_so_many_times_the_draw(Uncertainty uncertainty)
    {
        var (one, other) = (new double[32], new double[32]);
        Fill(uncertainty, 5, 3, 17, one);
        foreach (var k in new[] { 4.0, -4, -0.25 })
        {
            Fill(uncertainty, 5, 3, 17, other, k);
            for (var lane = 0; lane < 32; lane++)
                Assert.Equal(k * one[lane], other[lane], 2e-6 * Math.Abs(k) * one.Max(Math.Abs));
        }
    }

    /// <summary>Whole numbers stay whole, each as often as the others (chi squared of five, 0.1 %
    /// level).</summary>
    [Fact]
    public void Whole_numbers_are_drawn_alike_and_stay_whole_in_their_unit()
    {
        var (counts, values) = (new int[6], new double[32]);
        var uncertainty = Uncertainty.DiscreteUniform(1, 6).Times(-0.5).Times(2);
        Assert.Equal((-3.5, 35 / 12.0), (uncertainty.Mean, uncertainty.Variance));
        for (var c = 0; c < 3000; c++)
        {
            Fill(uncertainty, 3, c, 2, values);
            foreach (var value in values) counts[(int)-value - 1]++;
            Assert.All(values, v => Assert.Equal(Math.Round(v), v));
        }
        Assert.InRange(counts.Sum(n => Math.Pow(n - 16_000, 2) / 16_000), 0, 20.5);
        Assert.Equal(Uncertainty.None, uncertainty.Times(0));
        Assert.False(new Uncertainty(Distribution.DiscreteUniform, 0.5, 2, 1).IsPossible);
    }

    /// <summary>
    /// Kolmogorov and Smirnov's distance at the 0.1 % level, and each tail of a thousandth within 4 standard
    /// errors; distribution functions of whole shapes are sums.
    /// </summary>
    [Fact]
    public void Gamma_beta_and_pert_have_their_distribution_and_tails()
    {
        static double Gamma3(double x) => 1 - (Math.Exp(-x) * (1 + x + (x * x / 2)));
        static double Beta(double x, int a, int b)
        {
            var (n, sum, term) = (a + b - 1, 0.0, Math.Pow(1 - x, a + b - 1));
            for (var k = 0; k <= n; k++)
            {
                if (k >= a) sum += term;
                term *= (n - k) / (k + 1.0) * x / (1 - x);
            }
            return sum;
        }
        (Uncertainty, Func<double, double>)[] all =
        [
            (Uncertainty.Gamma(3, 0.7, 1.2), v => Gamma3((v - 1.2) / 0.7)),
            (Uncertainty.Beta(2, 3, 10), v => Beta(v / 10, 2, 3)),
            (Uncertainty.Pert(1, 3, 5), v => Beta((v - 1) / 4, 3, 3)),
        ];
        foreach (var (uncertainty, below) in all)
        {
            const int n = 128_000;
            var values = new double[n];
            for (var c = 0; c < n / 32; c++) Fill(uncertainty, 21, c, 5, values.AsSpan(32 * c, 32));
            Array.Sort(values);
            var shares = Array.ConvertAll(values, v => below(v));
            var distance = shares.Select((p, k) => Math.Abs(((k + 0.5) / n) - p)).Max();
            Assert.True(distance * Math.Sqrt(n) < 1.95, $"{uncertainty}: {distance}");
            foreach (var tail in (int[])[shares.Count(p => p < 1e-3), shares.Count(p => p > 1 - 1e-3)])
                Assert.InRange(tail, (n * 1e-3) - (4 * Math.Sqrt(n * 1e-3)),
                    (n * 1e-3) + (4 * Math.Sqrt(n * 1e-3)));
        }
    }

    /// <summary>
    /// Each number of successes as often as the formula says (chi squared at the 0.1 % level, numbers
    /// expected less than 8 times together): trials one by one, and divided by beta draws.
    /// </summary>
    [Theory]
    [InlineData(12, 0.3)]
    [InlineData(16, 0.999)]
    [InlineData(17, 0.5)]
    [InlineData(2000, 0.004)]
    [InlineData(100_000, 0.9999)]
    [InlineData(16_777_216, 1e-6)]
    public void Successes_are_drawn_as_often_as_they_should_be(int trials, double probability)
    {
        const int n = 96_000;
        var values = new double[n];
        for (var c = 0; c < n / 32; c++)
            Fill(Uncertainty.Binomial(trials, probability), 8, c, 3, values.AsSpan(32 * c, 32));
        Assert.All(values, v => Assert.True(v == Math.Floor(v) && v >= 0 && v <= trials));
        // The probability as the sampler has it, in single precision.
        double p = (float)probability, mean = trials * p;
        var spread = 10 * Math.Sqrt(mean * (1 - p)) + 20;
        var (from, to) = ((int)Math.Max(0, mean - spread), (int)Math.Min(trials, mean + spread));
        var counts = values.GroupBy(v => (int)v).ToDictionary(g => g.Key, g => g.Count());
        var (squares, classes, few, fewSeen, seen) = (0.0, 0, 0.0, 0, 0);
        for (var k = from; k <= to; k++)
        {
            var expected = n * Math.Exp(LogFactorial(trials) - LogFactorial(k) - LogFactorial(trials - k)
                + (k * Math.Log(p)) + ((trials - k) * Math.Log(1 - p)));
            var count = counts.GetValueOrDefault(k);
            seen += count;
            if (expected < 8) (few, fewSeen) = (few + expected, fewSeen + count);
            else (squares, classes) = (squares + (Math.Pow(count - expected, 2) / expected), classes + 1);
        }
        if (few >= 8) (squares, classes) = (squares + (Math.Pow(fewSeen - few, 2) / few), classes + 1);
        else Assert.InRange(fewSeen, 0, 30);
        Assert.Equal(n, seen);
        // The 0.1 % point of chi squared after Wilson and Hilferty (1931).
        double free = Math.Max(1, classes - 1), third = 2 / (9 * free);
        Assert.InRange(squares, 0, free * Math.Pow(1 - third + (3.09 * Math.Sqrt(third)), 3));
    }

    /// <summary>Stirling's series from 20 on, 12 digits.</summary>
    private static double LogFactorial(int n)
    {
        if (n < 20)
        {
            var product = 1.0;
            for (var k = 2; k <= n; k++) product *= k;
            return Math.Log(product);
        }
        double x = n;
        return (x * Math.Log(x)) - x + (0.5 * Math.Log(2 * Math.PI * x)) + (1 / (12 * x))
            - (1 / (360 * x * x * x)) + (1 / (1260 * Math.Pow(x, 5)));
    }

    [Theory]
    [InlineData(Distribution.Binomial, 0, 0.5, 1)]
    [InlineData(Distribution.Binomial, 2.5, 0.5, 1)]
    [InlineData(Distribution.Binomial, 16_777_217, 0.5, 1)]
    [InlineData(Distribution.Binomial, 3, -0.1, 1)]
    [InlineData(Distribution.Binomial, 3, 1.1, 1)]
    [InlineData(Distribution.Gamma, 0, 1, 0)]
    [InlineData(Distribution.Gamma, 1, 1, double.NaN)]
    [InlineData(Distribution.Beta, 1, 0, 1)]
    [InlineData(Distribution.Beta, 1, 1, double.PositiveInfinity)]
    public void What_describes_no_distribution_is_impossible(Distribution kind, double a, double b,
        double c) => Assert.False(new Uncertainty(kind, a, b, c).IsPossible);

    [Fact]
    public void A_draw_depends_on_seed_sample_and_exchange_alone()
    {
        var (a, b) = (new double[32], new double[32]);
        Fill(Uncertainty.Gamma(2, 1), 1, 5, 9, a);
        Fill(Uncertainty.Gamma(2, 1), 1, 5, 9, b);
        Assert.Equal(a, b);
        Fill(Uncertainty.Gamma(2, 1), 2, 5, 9, b);
        Assert.NotEqual(a, b);
        Fill(Uncertainty.Gamma(2, 1), 1, 5, 10, b);
        Assert.NotEqual(a, b);
    }

    /// <summary>Draws of two batches.</summary>
    internal static double[] Drawn(Uncertainty uncertainty)
    {
        var values = new double[64];
        Fill(uncertainty, 9, 0, 4, values.AsSpan(0, 32));
        Fill(uncertainty, 9, 1, 4, values.AsSpan(32));
        return values;
    }

    private static void Fill(Uncertainty uncertainty, ulong seed, long batch, int id, Span<double> values,
        double k = 1)
    {
        var parameters = Draws.Parameters.Of(uncertainty, k);
        Draws.Draw(Draws.KeyOf(seed, batch), (ulong)id, parameters, out var first, out var second);
        for (var lane = 0; lane < 16; lane++)
            (values[lane], values[16 + lane]) = (first.GetElement(lane), second.GetElement(lane));
    }

    /// <summary>The normal distribution: series near the middle, continued fraction in the tails.</summary>
    private static double Phi(double x)
    {
        var z = Math.Abs(x);
        double below;
        if (z < 3)
        {
            var (term, sum) = (z, z);
            for (var k = 1; k < 100; k++) sum += term *= z * z / ((2 * k) + 1);
            below = 0.5 + (sum * Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI));
        }
        else
        {
            var f = 0.0;
            for (var k = 60; k >= 1; k--) f = k / (z + f);
            below = 1 - (Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI) / (z + f));
        }
        return x < 0 ? 1 - below : below;
    }
}
