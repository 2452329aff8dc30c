using Celadon.Lca.Direct;
using Celadon.Lca.Model;
using Celadon.Lca.Solving;
using CsCheck;

namespace Celadon.Tests.Lca;

public class DirectSolverTests
{
    /// <summary>Five equations with zeros on the diagonal, from openLCA's tests of its solvers.</summary>
    [Fact]
    public void Zero_diagonals_are_paired_anew_and_solved()
    {
        var system = Systems.Of([[2, 3, 0, 0, 0], [3, 0, 4, 0, 6], [0, -1, -3, 2, 0], [0, 0, 1, 0, 0],
            [0, 4, 2, 0, 1]], [[1, 1, 1, 1, 1]], [[1]]);
        using var solver = DirectSolver.Of(system);
        var x = new double[5];
        solver.Solve(system.RightHandSide(new(new(0), 8), new(new(1), 45), new(new(2), -3), new(new(3), 3),
            new(new(4), 19)), x);
        for (var i = 0; i < 5; i++) Assert.Equal(i + 1, x[i], 12);
        Assert.Equal([1, 3], system.RepairedDiagonals.Select(p => p.Value));
    }

    [Fact]
    public void Both_factorisations_agree_with_the_dense_twin() =>
        Gen.Select(Gen.Int[0, 100_000], Gen.Int[1, 70], Gen.Bool).Sample((seed, size, credits) =>
        {
            var system = Systems.Random(seed, size, 3, credits);
            var a = Dense.Technosphere(system);
            var b = Enumerable.Range(0, size).Select(i => i % 3 == 0 ? 1.0 + i : 0).ToArray();
            var expected = Dense.Solve(a, b);
            var transposed = Dense.Solve(Dense.Transposed(a), b);
            using var solver = DirectSolver.Analyse(system);
            foreach (var pivoting in new[] { false, true })
            {
                solver.Factor(system.Paired.Values, pivoting);
                if (pivoting) Assert.Equal(SolverKind.GilbertPeierls, solver.Choice.Kind);
                var (x, y) = (new double[size], new double[size]);
                Assert.True(solver.SolveRefined(b, x) < 1e-13);
                solver.SolveTransposed(b, y);
                Near(expected, x);
                Near(transposed, y);
            }
        }, iter: 150);

    /// <summary>Large enough for wide fronts, blocks of 32 columns and all kernels.</summary>
    [Theory]
    [InlineData(1, 600, 12)]
    [InlineData(2, 900, 5)]
    [InlineData(3, 2000, 3)]
    public void Fronts_agree_with_pivoting_on_larger_systems(int seed, int size, int inputs)
    {
        var system = Systems.Random(seed, size, inputs);
        using var fronts = DirectSolver.Of(system);
        using var pivoted = DirectSolver.Analyse(system);
        pivoted.Factor(system.Paired.Values, pivoting: true);
        Assert.Equal(SolverKind.Multifrontal, fronts.Choice.Kind);
        var b = system.RightHandSide(new Demand(new(size - 1), 1), new Demand(new(5), 2));
        var (x, y) = (new double[size], new double[size]);
        fronts.Solve(b, x);
        pivoted.Solve(b, y);
        Near(y, x);
        fronts.SolveTransposed(b, x);
        pivoted.SolveTransposed(b, y);
        Near(y, x);
    }

    /// <summary>Kilograms of one, millions of tonnes of another: small in its row is not nothing.</summary>
    [Theory]
    [InlineData(5e10, 1e-5)]
    [InlineData(1e12, 1e-8)]
    public void Pivots_are_judged_by_what_is_added_up_in_them(double taken, double made)
    {
        var system = Systems.OneFlow([[made, -taken], [0, 2]], [3, 5]);
        using var solver = DirectSolver.Analyse(system);
        solver.Factor(system.Paired.Values, pivoting: true);
        var x = new double[2];
        solver.Solve([1, 1], x);
        Near([(1 + (taken / 2)) / made, 0.5], x);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1e-12)]
    [InlineData(1e9)]
    public void What_rounding_leaves_of_a_column_is_no_pivot(double unit)
    {
        // The third process takes of the others just what it gives out through them, in any unit of it.
        var system = Systems.OneFlow([[1, -0.1, -0.1 * unit], [-0.3, 1, -0.7 * unit],
            [-0.7, -0.9, 0.8 * unit]], [1, 1, 1]);
        using var solver = DirectSolver.Analyse(system);
        var refused = Assert.Throws<InvalidSystemException>(() =>
            solver.Factor(system.Paired.Values, pivoting: true));
        Assert.Equal(FaultKind.Singular, Assert.Single(refused.Faults).Kind);
    }

    [Fact]
    public void A_weak_diagonal_is_solved_with_pivots_and_says_so()
    {
        // The second process is nearly all consumed by the first, which leaves a pivot of 1e-17.
        var system = Systems.OneFlow([[1, -1, 0], [-1, 1 + 1e-15, -1], [0, -1, 1]], [1, 1, 1]);
        using var solver = DirectSolver.Of(system);
        Assert.Equal(SolverKind.GilbertPeierls, solver.Choice.Kind);
        Assert.True(solver.Choice.BackwardError < 1e-12);
        var x = new double[3];
        solver.Solve([0, 0, 1], x);
        Near(Dense.Solve(Dense.Technosphere(system), [0, 0, 1]), x);
    }

    [Fact]
    public void A_process_that_eats_all_it_makes_is_named()
    {
        var names = SystemNames.Numbers with { Process = p => p.Value == 0 ? "power plant" : "coal mine" };
        var system = Systems.Of([[1, -2], [-0.5, 1]], [[1, 1]], [[1]], names);
        var fault = Assert.Throws<InvalidSystemException>(() => DirectSolver.Of(system)).Faults.Single();
        Assert.Equal(FaultKind.Singular, fault.Kind);
        Assert.Contains(fault.Name, new[] { "power plant", "coal mine" });
    }

    [Fact]
    public void A_chain_of_fifteen_thousand_does_not_overflow_the_stack()
    {
        const int length = 15_000;
        var builder = new ProductSystemBuilder(length, length, 1, 1).Factor(new(0), new(0), 1);
        for (var j = 0; j < length; j++)
        {
            builder.Exchange(new(j), new(j), 1).Emit(new(j), new(0), 1);
            if (j > 0) builder.Exchange(new(j), new(j - 1), -1);
        }
        var system = builder.Build();
        using var solver = DirectSolver.Of(system);
        var x = new double[length];
        solver.Solve(system.RightHandSide(new Demand(new(length - 1), 1)), x);
        Assert.Equal(15_000, x.Sum(), 9);
        solver.SolveTransposed(system.DirectScores(new(0)), x);
        Assert.Equal(15_000, x[^1], 9);
    }

    internal static void Near(double[] expected, double[] actual)
    {
        var scale = expected.Max(Math.Abs);
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= (1e-10 * Math.Abs(expected[i]))
                + (1e-13 * scale),
                $"{i}: {expected[i]:R} and {actual[i]:R}");
    }
}
