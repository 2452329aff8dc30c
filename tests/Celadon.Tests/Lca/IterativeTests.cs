using Celadon.Lca.Direct;
using Celadon.Lca.Iterative;
using Celadon.Lca.Model;
using Celadon.Lca.Ordering;
using CsCheck;

namespace Celadon.Tests.Lca;

public class IterativeTests
{
    [Fact]
    public void Sweeps_tiers_and_Krylov_agree_with_the_factor() =>
        Gen.Select(Gen.Int[0, 100_000], Gen.Int[2, 80]).Sample((seed, size) =>
        {
            var system = Systems.Random(seed, size, 3);
            using var direct = DirectSolver.Of(system);
            var b = system.RightHandSide(new Demand(new(seed % size), 3));
            var (x, y) = (new double[size], new double[size]);
            direct.Solve(b, x);
            var g = system.DirectScores(new(0));
            direct.SolveTransposed(g, y);
            var sweeps = GaussSeidelSolver.Of(system);
            var tiers = NeumannSeries.Solve(system, b, g);
            Assert.NotNull(tiers);
            DirectSolverTests.Near(x, tiers.Value.Supply);
            Assert.Equal(tiers.Value.TierScores.Sum(), g.Zip(x, (a, c) => a * c).Sum(),
                1e-9 * Math.Abs(tiers.Value.TierScores.Sum()));
            DirectSolverTests.Near(x, sweeps.Solve(b)!.Value.Supply);
            DirectSolverTests.Near(y, sweeps.SolveTransposed(g)!.Value.Intensities);
            var eight = sweeps.SolveTransposed([g, system.DirectScores(new(1)), g])!.Value.Intensities;
            DirectSolverTests.Near(y, eight[0]);
            DirectSolverTests.Near(y, eight[2]);
            var other = system.Paired.With([.. system.Paired.Values.Select((v, p) => v * (1
                + (0.05 * (p % 3))))]);
            var krylov = Gmres.Solve(direct, other, b);
            Assert.NotNull(krylov);
            direct.Factor(other.Values);
            direct.Solve(b, x);
            DirectSolverTests.Near(x, krylov.Value.Supply);
        }, iter: 60);

    [Fact]
    public void Loops_that_grow_are_not_swept()
    {
        // Each takes twice of the other what it gives: a loop gain of 4, yet a solution exists (with
        // credits).
        var system = Systems.OneFlow([[1, -2], [-2, 1]], [1, 1]);
        Assert.Null(GaussSeidelSolver.Of(system).Solve([1, 0]));
        Assert.Null(NeumannSeries.Solve(system, [1, 0], [1, 1]));
    }

    [Fact]
    public void A_ring_is_broken_in_one_place_and_a_chord_flows_forwards()
    {
        // 0 takes of 1, 1 of 2, 2 of 3, 3 of 0; and 0 takes of 2 as well.
        var order = FeedbackOrder.Of(4, [2, 0, 3, 1, 0], [3, 1, 0, 2, 2], [0.5, 0.5, 0.01, 0.5,
            0.5]).ToList();
        (int From, int To)[] arcs = [(0, 1), (1, 2), (2, 3), (3, 0), (0, 2)];
        Assert.Single(arcs, arc => order.IndexOf(arc.From) > order.IndexOf(arc.To));
        Assert.True(order.IndexOf(0) < order.IndexOf(2));
    }

    [Fact]
    public void Less_flows_backwards_than_in_the_order_found_by_traversal()
    {
        var random = new Random(3);
        const int n = 400;
        var (from, to, z) = (new int[3000], new int[3000], new double[3000]);
        for (var q = 0; q < z.Length; q++)
            (from[q], to[q], z[q]) = (random.Next(n), random.Next(n), Math.Exp(3 * random.NextDouble()));
        var order = FeedbackOrder.Of(n, from, to, z);
        Assert.Equal(Enumerable.Range(0, n), order.Order());
        var plain = FeedbackOrder.Backward(n, from, to, z, [.. Enumerable.Range(0, n)]);
        Assert.True(FeedbackOrder.Backward(n, from, to, z, order) < 0.6 * plain);
    }
}
