using Celadon.Lca.Model;
using Celadon.Lca.MonteCarlo;
using Celadon.Lca.Results;
using Celadon.Lca.Sampling;
using CsCheck;

namespace Celadon.Tests.Lca;

/// <summary>
/// Every sample against a plain twin: each amount drawn anew from its own stream, a full matrix, a sum.
/// </summary>
public class DrawnScoresTests
{
    private const int Samples = 64;
    private const ulong Seed = 11;

    private static readonly CategoryIndex First = new(0);

    /// <summary>
    /// Small systems with every distribution in every place, credits, treatment, own use, amounts and factors
    /// that are nominally nothing.
    /// </summary>
    [Fact]
    public void A_score_is_that_of_its_own_draws() =>
        Gen.Select(Gen.Int[0, 1_000_000], Gen.Int[1, 9]).Sample((seed, size) =>
            Check(Mixed(new Random(seed), size), seed % size), iter: 50);

    /// <summary>Nominally the score is 0 and no process matters; drawn, every one does.</summary>
    [Fact]
    public void A_factor_that_is_nominally_nothing_is_drawn_on_solved_samples()
    {
        var builder = new ProductSystemBuilder(2, 2, 1, 1).Exchange(new(0), new(0), 1)
            .Exchange(new(1), new(1), 1).Exchange(new(0), new(1), -0.8, Uncertainty.Lognormal(-0.8, 0.1))
            .Exchange(new(1), new(0), -0.8).Emit(new(0), new(0), 1)
            .Factor(new(0), new(0), 0, Uncertainty.Uniform(-1, 1));
        Check(builder.Build(), 0);
    }

    /// <summary>The same for what is released, a step further up.</summary>
    [Fact]
    public void A_release_that_is_nominally_nothing_is_drawn_on_solved_samples()
    {
        var builder = new ProductSystemBuilder(3, 3, 1, 1).Exchange(new(0), new(0), 1)
            .Exchange(new(1), new(1), 1).Exchange(new(2), new(2), 1)
            .Exchange(new(0), new(1), -0.8, Uncertainty.Lognormal(-0.8, 0.1))
            .Exchange(new(1), new(0), -0.8).Exchange(new(1), new(2), -0.5)
            .Emit(new(2), new(0), 0, Uncertainty.Normal(0, 1)).Factor(new(0), new(0), 1);
        Check(builder.Build(), 0);
    }

    private static void Check(ProductSystem system, int product)
    {
        using var assessment = new Assessment(system);
        var nominal = assessment.Solve(new Demand(new(product), 1));
        var drawn = Simulation.Run(nominal, new() { Samples = Samples, Seed = Seed }).Samples(First);
        for (var sample = 0; sample < Samples; sample++)
        {
            var (score, gross) = Exact(system, product, sample);
            Assert.True(Math.Abs(score - drawn[sample]) <= 1e-5 * gross,
                $"{sample}: {score} {drawn[sample]}");
        }
    }

    private static (double Score, double Gross) Exact(ProductSystem system, int product, int sample)
    {
        var (a, b, c) = (Drawn(system, UncertainPart.Technosphere, system.Technosphere, sample),
            Drawn(system, UncertainPart.Biosphere, system.Biosphere, sample),
            Drawn(system, UncertainPart.Factor, system.Factors, sample));
        var demand = new double[system.ProcessCount];
        demand[product] = 1;
        var supply = Dense.Solve(a, demand);
        var (score, gross) = (0.0, 0.0);
        for (var j = 0; j < supply.Length; j++)
            for (var e = 0; e < b.Length; e++)
            {
                score += c[0][e] * b[e][j] * supply[j];
                gross += Math.Abs(c[0][e] * b[e][j] * supply[j]);
            }
        return (score, gross);
    }

    private static double[][] Drawn(ProductSystem system, UncertainPart part, UncertainMatrix matrix,
        int sample)
    {
        var full = Enumerable.Range(0, matrix.Matrix.Rows).Select(_ => new double[matrix.Matrix.Columns])
            .ToArray();
        var m = matrix.Matrix;
        for (var j = 0; j < m.Columns; j++)
            for (var p = m.Starts[j]; p < m.Starts[j + 1]; p++)
            {
                var u = matrix.Of(p);
                if (!u.IsUncertain)
                {
                    full[m.RowOf[p]][j] += m.Values[p];
                    continue;
                }
                Draws.Draw(Draws.KeyOf(Seed, sample / Draws.Lanes), Streams.Of(system, part, p),
                    Draws.Parameters.Of(u, 1), out var first, out var second);
                var lane = sample % Draws.Lanes;
                full[m.RowOf[p]][j] += lane < 16 ? first[lane] : second[lane - 16];
            }
        return full;
    }

    private static ProductSystem Mixed(Random random, int size)
    {
        var builder = new ProductSystemBuilder(size, size, 3, 1);
        for (var j = 0; j < size; j++)
        {
            var own = random.Next(6) == 0 ? -1.0 : 1;
            builder.Exchange(new(j), new(j), own, random.Next(3) == 0 ? Shape(random, 10, own) : default);
            var inputs = Enumerable.Range(0, random.Next(4)).Select(_ => (random.Next(size),
                random.NextDouble())).ToList();
            foreach (var (i, share) in inputs)
            {
                var amount = (random.Next(6) == 0 ? 0.2 : -0.5) * share / inputs.Count;
                builder.Exchange(new(j), new(i), amount, Shape(random, 4, amount));
            }
            for (var e = 0; e < 3; e++) Amount(random, (value, u) => builder.Emit(new(j), new(e), value, u));
        }
        for (var e = 0; e < 3; e++) Amount(random, (value, u) => builder.Factor(new(0), new(e), value, u));
        return builder.Build();
    }

    /// <summary>An amount of either sign; nothing that may be drawn; or nothing at all.</summary>
    private static void Amount(Random random, Action<double, Uncertainty> take)
    {
        var amount = random.NextDouble() + 0.1;
        if (random.Next(4) == 0) amount = -amount;
        if (random.Next(5) == 0) take(0, Uncertainty.Uniform(-amount * amount, amount * amount));
        else if (random.Next(5) > 0) take(amount, Shape(random, 2, amount));
    }

    /// <summary>One of all shapes about an amount, as narrow as asked.</summary>
    private static Uncertainty Shape(Random random, double narrow, double amount) => random.Next(10) switch
    {
        0 => Uncertainty.Lognormal(amount, 1 / narrow),
        1 => Uncertainty.Normal(amount, Math.Abs(amount) / 3 / narrow),
        2 => Uncertainty.Uniform(1 - (1 / narrow), 1).Times(amount),
        3 => Uncertainty.Triangular(1 - (1 / narrow), 1, 1 + (1 / narrow)).Times(amount),
        4 => Uncertainty.Pert(1 - (1 / narrow), 1, 1 + (1 / narrow)).Times(amount),
        5 => Uncertainty.Gamma(narrow * narrow, amount / narrow / narrow),
        // Not for products: one that is drawn near 0 leaves no digits to compare.
        6 => narrow > 2 ? Uncertainty.None : Uncertainty.Beta(2, 3, amount),
        7 => Uncertainty.Weibull(2 * narrow, amount),
        8 => Uncertainty.DiscreteUniform(3, 5).Times(amount / 4),
        _ => Uncertainty.None,
    };
}
