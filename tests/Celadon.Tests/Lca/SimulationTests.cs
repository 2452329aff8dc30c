using Celadon.Lca.Direct;
using Celadon.Lca.Model;
using Celadon.Lca.MonteCarlo;
using Celadon.Lca.Results;

namespace Celadon.Tests.Lca;

public class SimulationTests
{
    private static readonly CategoryIndex First = new(0);

    /// <summary>Three hundred samples of loopy systems, each against a factorisation of its own.</summary>
    [Theory]
    [InlineData(1, 60, 0.3)]
    [InlineData(2, 150, 0.5)]
    [InlineData(3, 40, 0.8)]
    public void Every_sample_is_that_of_an_exact_solution(int seed, int size, double sigma)
    {
        var system = Systems.Random(seed, size, 4, sigma: sigma);
        using var assessment = new Assessment(system);
        var nominal = assessment.Solve(new Demand(new(size - 1), 2));
        var settings = new MonteCarloSettings { Samples = 320, Categories = [new(0), new(1)], Seed = 9 };
        using var plan = MonteCarloPlan.Of(nominal, settings);
        using var batch = new Batch(plan);
        using var exact = DirectSolver.Analyse(system);
        var x = new double[size];
        var (g, compared) = (system.DirectScores(First), 0);
        for (var number = 0; number < 10; number++)
        {
            batch.Run(number);
            for (var lane = 0; lane < 32; lane++, compared++)
            {
                exact.Factor(batch.Amounts(lane));
                exact.Solve(nominal.RightHandSide, x);
                var supply = batch.Supply(lane);
                var (expected, actual) = (g.Zip(x, (a, b) => a * b).Sum(), g.Zip(supply, (a, b)
                    => a * b).Sum());
                Assert.True(Math.Abs(expected - actual) <= 1e-9 * Math.Abs(expected), $"{number} {lane}");
            }
        }
        Assert.Equal(320, compared);
    }

    [Fact]
    public void The_result_does_not_depend_on_the_number_of_threads()
    {
        using var assessment = new Assessment(Systems.Random(4, 80, sigma: 0.4));
        var nominal = assessment.Solve(new Demand(new(3), 1));
        var settings = new MonteCarloSettings { Samples = 500 };
        var one = Simulation.Run(nominal, settings).Samples(First).ToArray();
        foreach (var threads in new[] { 2, 3 })
            Assert.Equal(one, Simulation.Run(nominal,
                settings with { Threads = threads }).Samples(First).ToArray());
        Assert.NotEqual(one, Simulation.Run(nominal, settings with { Seed = 2 }).Samples(First).ToArray());
        Assert.Equal(one[..100], Simulation.Run(nominal,
            settings with { Samples = 100 }).Samples(First).ToArray());
    }

    /// <summary>
    /// A chain p1 ← a·p2, p2 emits b: the score is a·b·c. With independent lognormals its logarithm is normal
    /// with the summed variances; mean = product of means.
    /// </summary>
    [Fact]
    public void Mean_and_variance_of_a_product_of_lognormals()
    {
        var builder = new ProductSystemBuilder(2, 2, 1, 1).Exchange(new(0), new(0), 1).Exchange(new(1),
            new(1), 1)
            .Exchange(new(0), new(1), -0.5, Uncertainty.Lognormal(-0.5, 0.3))
            .Emit(new(1), new(0), 4, Uncertainty.Lognormal(4, 0.2))
            .Factor(new(0), new(0), 3, Uncertainty.Lognormal(3, 0.1));
        using var assessment = new Assessment(builder.Build());
        var result = Simulation.Run(assessment.Solve(new Demand(new(0), 1)), new() { Samples = 100_000 });
        var s2 = 0.09 + 0.04 + 0.01;
        var (mean, variance) = (6 * Math.Exp(s2 / 2), 36 * Math.Exp(s2) * (Math.Exp(s2) - 1));
        var summary = result.Summary(First);
        Assert.True(Math.Abs(summary.Mean - mean) < 4 * summary.StandardError);
        Assert.Equal(variance, summary.Variance, 0.04 * variance);
        Assert.Equal(6, summary.Median, 0.03);
        Assert.Equal(6 * Math.Exp(1.959964 * Math.Sqrt(s2)), summary.Quantile(0.975), 0.1);
        Assert.Equal(0, result.Tally.ExactLanes);
    }

    /// <summary>x = 1/(1 − ab) with a uniform: the mean is known by integration.</summary>
    [Fact]
    public void Mean_of_a_loop_with_a_uniform_coefficient()
    {
        // p1 takes a of p2, p2 takes 0.5 of p1: s1 = 1/(1 − a/2), a in (0.2, 1): mean = −2 ln(0.5/0.9)/0.8.
        var builder = new ProductSystemBuilder(2, 2, 1, 1).Exchange(new(0), new(0), 1).Exchange(new(1),
            new(1), 1)
            .Exchange(new(0), new(1), -0.6, Uncertainty.Uniform(-1, -0.2)).Exchange(new(1), new(0), -0.5)
            .Emit(new(0), new(0), 1).Factor(new(0), new(0), 1);
        using var assessment = new Assessment(builder.Build());
        var summary = Simulation.Run(assessment.Solve(new Demand(new(0), 1)), new() { Samples = 100_000 })
            .Summary(First);
        Assert.True(Math.Abs(summary.Mean - (-2 * Math.Log(0.5 / 0.9) / 0.8)) < 4 * summary.StandardError);
    }

    [Fact]
    public void An_uncertain_own_use_and_an_uncertain_output_are_drawn_as_well()
    {
        // Makes 1 (drawn), eats 0.2 of it (drawn): s = 1/(out − eat); each sample against its own amounts.
        var builder = new ProductSystemBuilder(1, 1, 1, 1)
            .Exchange(new(0), new(0), 1, Uncertainty.Normal(1, 0.05))
            .Exchange(new(0), new(0), -0.2, Uncertainty.Triangular(-0.4, -0.2, -0.1))
            .Emit(new(0), new(0), 1).Factor(new(0), new(0), 1);
        using var assessment = new Assessment(builder.Build());
        var nominal = assessment.Solve(new Demand(new(0), 1));
        using var plan = MonteCarloPlan.Of(nominal, new MonteCarloSettings());
        using var batch = new Batch(plan);
        batch.Run(0);
        for (var lane = 0; lane < 32; lane++)
            Assert.Equal(1 / batch.Amounts(lane).Sum(), batch.Scores[lane], 1e-8);
    }

    [Fact]
    public void Small_loops_that_grow_are_factored_too()
    {
        // Nominally a gain of 0.81; drawn, it often exceeds one.
        var builder = new ProductSystemBuilder(2, 2, 1, 1).Exchange(new(0), new(0), 1).Exchange(new(1),
            new(1), 1)
            .Exchange(new(0), new(1), -0.9, Uncertainty.Lognormal(-0.9, 0.5))
            .Exchange(new(1), new(0), -0.9, Uncertainty.Lognormal(-0.9, 0.5))
            .Emit(new(1), new(0), 1).Factor(new(0), new(0), 1);
        using var assessment = new Assessment(builder.Build());
        var nominal = assessment.Solve(new Demand(new(0), 1));
        using var plan = MonteCarloPlan.Of(nominal, new MonteCarloSettings());
        using var batch = new Batch(plan);
        for (var number = 0; number < 4; number++)
        {
            batch.Run(number);
            for (var lane = 0; lane < 32; lane++)
            {
                var a = batch.Amounts(lane);
                // Entries by column: own, taken of 1 | taken of 0, own.
                var expected = -a[1] / (1 - (a[1] * a[2]));
                Assert.Equal(expected, batch.Scores[lane], 1e-7 * Math.Abs(expected));
            }
        }
        Assert.InRange(batch.ExactLanes, 10, 100);
    }

    [Fact]
    public void Samples_whose_loops_grow_are_factored()
    {
        // Each of eight takes of every other; nominally a gain of 0.77, drawn it often exceeds one.
        const int size = 8;
        var builder = new ProductSystemBuilder(size, size, 1, 1).Factor(new(0), new(0), 1);
        for (var j = 0; j < size; j++)
        {
            builder.Exchange(new(j), new(j), 1).Emit(new(j), new(0), 1 + j);
            for (var i = 0; i < size; i++)
                if (i != j) builder.Exchange(new(j), new(i), -0.11, Uncertainty.Lognormal(-0.11, 0.7));
        }
        using var assessment = new Assessment(builder.Build());
        var nominal = assessment.Solve(new Demand(new(0), 1));
        using var plan = MonteCarloPlan.Of(nominal, new MonteCarloSettings());
        using var batch = new Batch(plan);
        using var exact = DirectSolver.Analyse(nominal.System);
        var x = new double[size];
        for (var number = 0; number < 8; number++)
        {
            batch.Run(number);
            for (var lane = 0; lane < 32; lane++)
            {
                exact.Factor(batch.Amounts(lane));
                exact.Solve(nominal.RightHandSide, x);
                var expected = x.Select((s, j) => s * (1 + j)).Sum();
                Assert.Equal(expected, batch.Scores[lane], 1e-7 * Math.Abs(expected));
            }
        }
        Assert.InRange(batch.ExactLanes, 10, 200);
    }

    /// <summary>
    /// Loops of several kinds at once, some amounts drawn and some known, twice the same supplier, own uses:
    /// each sample against its own factorisation.
    /// </summary>
    [Theory]
    [InlineData(11, 30, 2)]
    [InlineData(12, 60, 6)]
    [InlineData(13, 90, 12)]
    public void Cores_of_loops_are_condensed_in_every_sample(int seed, int size, int inputs)
    {
        var random = new Random(seed);
        var builder = new ProductSystemBuilder(size, size, 1, 1).Factor(new(0), new(0), 1);
        for (var j = 0; j < size; j++)
        {
            builder.Exchange(new(j), new(j), 1).Emit(new(j), new(0), random.NextDouble());
            for (var k = 0; k < inputs; k++)
            {
                // Loops within thirds, and from each third to the next only one way.
                var third = size / 3 * Math.Min(2, (j * 3 / size) + random.Next(2));
                var amount = -0.8 / inputs * random.NextDouble();
                builder.Exchange(new(j), new(third + random.Next(size / 3)), amount,
                    random.Next(3) == 0 ? default : Uncertainty.Lognormal(amount, 0.4));
            }
        }
        using var assessment = new Assessment(builder.Build());
        var nominal = assessment.Solve(new Demand(new(0), 1));
        using var plan = MonteCarloPlan.Of(nominal, new MonteCarloSettings());
        using var batch = new Batch(plan);
        using var exact = DirectSolver.Analyse(nominal.System);
        var (x, g) = (new double[size], nominal.System.DirectScores(First));
        for (var number = 0; number < 3; number++)
        {
            batch.Run(number);
            for (var lane = 0; lane < 32; lane++)
            {
                exact.Factor(batch.Amounts(lane));
                exact.Solve(nominal.RightHandSide, x);
                var expected = x.Zip(g, (s, e) => s * e).Sum();
                Assert.Equal(expected, batch.Scores[lane], 1e-9 * Math.Abs(expected));
            }
        }
        // Of two inputs both may be its own and, drawn, more than it makes.
        Assert.InRange(batch.ExactLanes, 0, 4);
        Assert.True(inputs < 6 || plan.Loops.Any(l => l.CoreCount > 0), "nothing left to sweep");
    }

    /// <summary>Independent shares push the mean off; shares kept together leave it true.</summary>
    [Fact]
    public void Shares_of_a_market_can_be_kept_to_their_sum()
    {
        var builder = new ProductSystemBuilder(3, 3, 1, 1).Exchange(new(0), new(0), 1).Exchange(new(1),
            new(1), 1)
            .Exchange(new(2), new(2), 1).Emit(new(1), new(0), 2).Emit(new(2), new(0), 2)
            .Factor(new(0), new(0), 1);
        var first = builder.TechnosphereCount;
        builder.Exchange(new(0), new(1), -0.7, Uncertainty.Lognormal(-0.7, 0.6))
            .Exchange(new(0), new(2), -0.3, Uncertainty.Lognormal(-0.3, 0.6));
        using var assessment = new Assessment(builder.Build());
        var nominal = assessment.Solve(new Demand(new(0), 1));
        var settings = new MonteCarloSettings { Samples = 3200 };
        var free = Simulation.Run(nominal, settings).Summary(First);
        Assert.True(free.Mean > 2.2);
        var kept = Simulation.Run(nominal, settings with { Shares = [[first, first + 1]] }).Summary(First);
        Assert.Equal(2, kept.Mean, 6);
        Assert.True(kept.Deviation < 1e-6);
    }

    [Fact]
    public void Runs_of_one_seed_are_paired()
    {
        using var assessment = new Assessment(Systems.Random(8, 60, sigma: 0.4));
        var settings = new MonteCarloSettings { Samples = 640 };
        var one = Simulation.Run(assessment.Solve(new Demand(new(5), 1)), settings);
        var two = Simulation.Run(assessment.Solve(new Demand(new(5), 1.1)), settings);
        var difference = two.Difference(one, First);
        Assert.True(difference.Quantile(0) > 0);
        Assert.Equal(0.1 * one.Summary(First).Mean, difference.Mean, 1e-7 * one.Summary(First).Mean);
        Assert.Throws<ArgumentException>(() => two.Difference(
            Simulation.Run(one.Nominal, settings with { Seed = 3 }), First));
    }

    [Fact]
    public void Progress_is_told_and_a_run_can_be_cancelled()
    {
        using var assessment = new Assessment(Systems.Random(8, 60, sigma: 0.4));
        var nominal = assessment.Solve(new Demand(new(5), 1));
        using var source = new CancellationTokenSource();
        var told = new List<MonteCarloProgress>();
        var progress = new Told(p =>
        {
            told.Add(p);
            if (told.Count == 3) source.Cancel();
        });
        Assert.Throws<OperationCanceledException>(() =>
            Simulation.Run(nominal, new MonteCarloSettings { Samples = 100_000 }, progress, source.Token));
        Assert.Equal([32, 64, 96], told.Select(p => p.Done));
    }

    /// <summary>openLCA's case: 1, 2, 3.</summary>
    [Fact]
    public void Statistics_of_three_numbers()
    {
        var s = Statistics.Of([3, 1, 2]);
        Assert.Equal((2, 2, 1), (s.Mean, s.Median, s.Deviation));
        Assert.Equal(1.05, s.Quantile(0.025), 12);
        Assert.Equal(2.95, s.Quantile(0.975), 12);
        Assert.Equal([1, 2, 3], s.Convergence.Select(c => c.Samples));
    }

    /// <summary>Of 1 to 100: 50 ± 1.96 × √(100 × ½ × ½) = 40.2 and 59.8, outwards, from 0.</summary>
    [Fact]
    public void Bounds_of_a_quantile_are_order_statistics() => Assert.Equal((41, 61),
        Statistics.Of([.. Enumerable.Range(1, 100).Select(i => (double)i)]).QuantileBounds(0.5));

    [Fact]
    public void Contributions_to_variance_agree_with_drawing_one_amount_at_a_time()
    {
        ProductSystem With(int uncertain)
        {
            var builder = new ProductSystemBuilder(3, 3, 1, 1);
            var number = 0;
            Uncertainty U(double amount) =>
                uncertain < 0 || number++ == uncertain ? Uncertainty.Normal(amount, 0.02 * Math.Abs(amount))
                    : default;
            builder.Exchange(new(0), new(0), 1).Exchange(new(1), new(1), 1).Exchange(new(2), new(2), 1)
                .Exchange(new(0), new(1), -0.5, U(-0.5)).Exchange(new(1), new(2), -0.4, U(-0.4))
                .Exchange(new(2), new(0), -0.3, U(-0.3)).Emit(new(1), new(0), 2, U(2)).Emit(new(2), new(0), 5,
                    U(5))
                .Factor(new(0), new(0), 3, U(3));
            return builder.Build();
        }
        using var all = new Assessment(With(-1));
        var shares = VarianceShares.Of(all.Solve(new Demand(new(0), 1)), First);
        Assert.Equal(6, shares.Count);
        Assert.Equal(1, shares.Sum(s => s.Share), 12);
        var alone = new List<double>();
        for (var k = 0; k < 6; k++)
        {
            using var one = new Assessment(With(k));
            alone.Add(Simulation.Run(one.Solve(new Demand(new(0), 1)), new() { Samples = 20_000 })
                .Summary(First).Variance);
        }
        foreach (var (expected, share) in alone.OrderDescending().Zip(shares))
            Assert.Equal(expected, share.Variance, 0.06 * expected);
    }

    /// <summary>
    /// The logarithm of a·b·c is a sum of normals, so that the correlation of each with it is σ over the
    /// whole;
    /// Spearman's of normals is 6/π·asin(ρ/2).
    /// </summary>
    [Fact]
    public void Ranks_of_draws_go_with_ranks_of_scores_as_they_must()
    {
        var builder = new ProductSystemBuilder(2, 2, 1, 1).Exchange(new(0), new(0), 1).Exchange(new(1),
            new(1), 1)
            .Exchange(new(0), new(1), -0.5, Uncertainty.Lognormal(-0.5, 0.3))
            .Emit(new(1), new(0), 4, Uncertainty.Lognormal(4, 0.2))
            .Factor(new(0), new(0), 3, Uncertainty.Lognormal(3, 0.1));
        using var assessment = new Assessment(builder.Build());
        var run = Simulation.Run(assessment.Solve(new Demand(new(0), 1)), new() { Samples = 20_000 });
        var found = RankCorrelations.Of(run, First);
        Assert.Equal([UncertainPart.Technosphere, UncertainPart.Biosphere, UncertainPart.Factor],
            found.Select(r => r.Of.Part));
        double[] expected = [0.3, 0.2, 0.1];
        foreach (var (sigma, r) in expected.Zip(found))
            Assert.Equal(6 / Math.PI * Math.Asin(sigma / Math.Sqrt(0.14) / 2), r.Correlation, 0.02);
    }

    private sealed class Told(Action<MonteCarloProgress> tell) : IProgress<MonteCarloProgress>
    {
        public void Report(MonteCarloProgress value) => tell(value);
    }
}
