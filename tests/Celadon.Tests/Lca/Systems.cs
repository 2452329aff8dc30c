using Celadon.Lca.Model;

namespace Celadon.Tests.Lca;

/// <summary>Small systems to try things on.</summary>
internal static class Systems
{
    /// <summary>A system from full matrices: technosphere, biosphere, factors.</summary>
    public static ProductSystem Of(double[][] a, double[][] b, double[][] c, SystemNames? names = null)
    {
        var builder = new ProductSystemBuilder(a[0].Length, a.Length, b.Length, c.Length, names);
        Each(a, (i, j, v) => builder.Exchange(new(j), new(i), v));
        Each(b, (i, j, v) => builder.Emit(new(j), new(i), v));
        Each(c, (i, j, v) => builder.Factor(new(i), new(j), v));
        return builder.Build();
    }

    /// <summary>One elementary flow, counted as it is.</summary>
    public static ProductSystem OneFlow(double[][] a, double[] emissions) => Of(a, [emissions], [[1]]);

    /// <summary>
    /// A random economy: every process takes from others less than it gives in value, in units that differ by
    /// up to a millionfold; loops, hubs, credits if asked for, some waste treatment.
    /// </summary>
    public static ProductSystem Random(int seed, int size, int inputs = 4, bool credits = false,
        double sigma = 0)
    {
        var random = new Random(seed);
        var unit = Enumerable.Range(0, size).Select(_ => Math.Pow(10,
            (6 * random.NextDouble()) - 3)).ToArray();
        const int flows = 5;
        var builder = new ProductSystemBuilder(size, size, flows, 2);
        for (var j = 0; j < size; j++)
        {
            var treats = random.Next(10) == 0;
            builder.Exchange(new(j), new(j), treats ? -1 : 1);
            var shares = Enumerable.Range(0, 1 + random.Next(2 * inputs)).Select(_
                => random.NextDouble()).ToArray();
            var total = shares.Sum() / (0.1 + (0.7 * random.NextDouble()));
            foreach (var share in shares)
            {
                var i = random.Next(4) == 0 ? random.Next(Math.Min(3, size)) : random.Next(size);
                if (i == j) continue;
                var sign = credits && random.Next(6) == 0 ? 1 : -1;
                var amount = sign * share / total * unit[i] / unit[j];
                builder.Exchange(new(j), new(i), amount,
                    sigma > 0 ? Uncertainty.Lognormal(amount, sigma) : default);
            }
            for (var e = 0; e < flows; e++)
                if (random.Next(2) == 0)
                {
                    var amount = random.NextDouble() / unit[j];
                    builder.Emit(new(j), new(e), amount,
                        sigma > 0 ? Uncertainty.Lognormal(amount, sigma) : default);
                }
        }
        for (var e = 0; e < flows; e++)
            builder.Factor(new(0), new(e), 1 + e).Factor(new(1), new(e), random.NextDouble());
        return builder.Build();
    }

    private static void Each(double[][] m, Action<int, int, double> visit)
    {
        for (var i = 0; i < m.Length; i++)
            for (var j = 0; j < m[i].Length; j++)
                if (m[i][j] != 0) visit(i, j, m[i][j]);
    }
}
