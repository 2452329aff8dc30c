using Celadon.Lca.Direct;
using Celadon.Lca.Model;
using Celadon.Lca.MonteCarlo;
using Celadon.Lca.Results;
using Celadon.Lca.Solving;
using Celadon.Lca.WhatIf;

namespace Celadon.Tests.Lca;

/// <summary>Two systems drawn from the same random streams, and a changed system on a kept factor.</summary>
public class PairedSamplesTests
{
    private static readonly CategoryIndex First = new(0);

    /// <summary>
    /// A works with a supplier changed: every difference of two samples is that of two factorisations of the
    /// amounts drawn, and what both systems share is drawn alike in both.
    /// </summary>
    [Fact]
    public void A_difference_of_samples_is_that_of_exact_solutions()
    {
        var (before, after) = (Works(1), Works(2));
        using var first = new Assessment(before);
        using var second = new Assessment(after);
        var (a, b) = (first.Solve(new Demand(new(0), 1)), second.Solve(new Demand(new(0), 1)));
        var settings = new MonteCarloSettings { Samples = 320, Seed = 5 };
        var difference = Simulation.Run(b, settings).SamplesOf(First)
            .Zip(Simulation.Run(a, settings).SamplesOf(First), (x, y) => x - y).ToArray();
        using var planA = MonteCarloPlan.Of(a, settings);
        using var planB = MonteCarloPlan.Of(b, settings);
        using var batchA = new Batch(planA);
        using var batchB = new Batch(planB);
        for (var number = 0; number < 10; number++)
        {
            batchA.Run(number);
            batchB.Run(number);
            for (var lane = 0; lane < 32; lane++)
            {
                var (drawnA, drawnB) = (batchA.Amounts(lane), batchB.Amounts(lane));
                Assert.Equal(Taken(before, drawnA, 1), Taken(after, drawnB, 2), 1e-6);
                Assert.Equal(Taken(before, drawnA, 3), Taken(after, drawnB, 3), 1e-6);
                Assert.Equal(Exact(after, drawnB) - Exact(before, drawnA), difference[(number * 32) + lane],
                    5e-6);
            }
        }
    }

    [Fact]
    public void A_stream_is_that_stated_or_else_the_number_of_the_entry()
    {
        var system = Systems.Random(3, 20, sigma: 0.2);
        for (var p = 0; p < system.Biosphere.Matrix.Count; p++)
            Assert.Equal((uint)(system.Technosphere.Matrix.Count + p),
                Streams.Of(system, UncertainPart.Biosphere, p));
        foreach (var supplier in new[] { 1, 2 })
        {
            var works = Works(supplier);
            var drawn = Enumerable.Range(0, works.Technosphere.Matrix.Count)
                .Where(p => works.Technosphere.Of(p).IsUncertain)
                .Select(p => Streams.Of(works, UncertainPart.Technosphere, p));
            Assert.Equal([1u, 2u, 3u], drawn.Order());
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_changed_system_on_the_kept_factor_is_that_built_anew(int seed)
    {
        var (now, then) = (Systems.Random(seed, 80, 3), Halved(Systems.Random(seed, 80, 3), 4));
        using var assessment = new Assessment(now);
        using var changed = new Assessment(then);
        var scenario = Scenario.TryBetween(assessment, then, 10)!;
        Assert.InRange(scenario.Rank, 1, 4);
        Assert.Null(Scenario.TryBetween(assessment, then, scenario.Rank - 1));
        Assert.Null(Scenario.TryBetween(assessment, Systems.Random(seed, 81, 3), 100));
        var demand = new Demand(new(7), 3);
        var (swapped, anew) = (scenario.Solve(changed, demand), changed.Solve(demand));
        DirectSolverTests.Near(anew.SupplyOf, swapped.SupplyOf);
        Assert.Equal(anew.Score(First), swapped.Score(First), 1e-10 * Math.Abs(anew.Score(First)));
        Assert.Equal((SolverKind.LowRank, SolverReason.FewChanges, scenario.Rank),
            (swapped.Choice.Kind, swapped.Choice.Reason, swapped.Choice.Iterations));
        Assert.InRange(swapped.Choice.BackwardError, 0, 1e-13);
        Assert.InRange(swapped.Choice.Condition, anew.Choice.Condition / 2, 2 * anew.Choice.Condition);
        Assert.Throws<ArgumentException>(() => scenario.Solve(assessment, demand));
    }

    [Fact]
    public void Where_nothing_differs_the_solution_is_the_same_to_the_last_bit()
    {
        var (now, then) = (Systems.Random(9, 50), Systems.Random(9, 50));
        using var assessment = new Assessment(now);
        using var same = new Assessment(then);
        var demand = new Demand(new(4), 0.7);
        var (a, b) = (assessment.Solve(demand), Scenario.Between(assessment, then).Solve(same, demand));
        Assert.Equal(a.SupplyOf, b.SupplyOf);
        Assert.Equal(a.ScoresOf, b.ScoresOf);
        Assert.Equal(a.Choice, b.Choice);
    }

    [Fact]
    public void The_reason_for_a_way_is_a_code()
    {
        using var plain = DirectSolver.Of(Systems.OneFlow([[1, 0], [-0.5, 1]], [1, 1]));
        Assert.Equal((SolverKind.Multifrontal, SolverReason.DiagonalPivots),
            (plain.Choice.Kind, plain.Choice.Reason));
        using var waiting = DirectSolver.Analyse(Systems.OneFlow([[1]], [1]));
        Assert.Equal(SolverReason.NotSolved, waiting.Choice.Reason);
    }

    /// <summary>
    /// A works takes 2 kg from supplier 1 or 2 and 0.3 kWh; supplier 2 has a cell of its own, so that the two
    /// systems have different patterns; streams go by exchange.
    /// </summary>
    private static ProductSystem Works(int supplier)
    {
        var builder = new ProductSystemBuilder(4, 4, 1, 1);
        for (var j = 0; j < 4; j++) builder.Exchange(new(j), new(j), 1);
        return builder
            .Exchange(new(0), new(supplier), -2, Uncertainty.Lognormal(-2, 0.3), 1)
            .Exchange(new(0), new(3), -0.3, Uncertainty.Lognormal(-0.3, 0.4), 2)
            .Exchange(new(1), new(3), -0.1, Uncertainty.Lognormal(-0.1, 0.2), 3)
            .Exchange(new(3), new(1), -0.05)
            .Emit(new(0), new(0), 1, Uncertainty.Lognormal(1, 0.5), 4).Emit(new(1), new(0), 5)
            .Emit(new(2), new(0), 4).Emit(new(3), new(0), 0.6)
            .Factor(new(0), new(0), 1).Build();
    }

    private static double Taken(ProductSystem system, double[] amounts, int product)
    {
        var a = system.Technosphere.Matrix;
        return Enumerable.Range(a.Starts[0], a.Starts[1] - a.Starts[0])
            .Where(p => a.RowOf[p] == product).Sum(p => amounts[p]);
    }

    private static double Exact(ProductSystem system, double[] amounts)
    {
        using var exact = DirectSolver.Analyse(system);
        exact.Factor(amounts);
        var (x, b) = (new double[system.ProcessCount], system.RightHandSide(new Demand(new(0), 1)));
        exact.SolveRefined(b, x);
        // Without the emissions of the works: they are drawn alike and fall out of the difference.
        return system.DirectScores(First).Zip(x, (g, s) => g * s).Skip(1).Sum();
    }

    /// <summary>The system with the inputs of its first processes halved.</summary>
    private static ProductSystem Halved(ProductSystem system, int processes)
    {
        var a = system.Technosphere.Matrix;
        var values = (double[])a.Values.Clone();
        for (var j = 0; j < processes; j++)
            for (var p = a.Starts[j]; p < a.Starts[j + 1]; p++)
                if (system.ProducerOf[a.RowOf[p]] != j) values[p] /= 2;
        return system.WithTechnosphere(values);
    }
}
