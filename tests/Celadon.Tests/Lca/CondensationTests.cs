using Celadon.Lca.Direct;
using Celadon.Lca.Iterative;
using Celadon.Lca.Model;
using Celadon.Lca.Sparse;
using CsCheck;

namespace Celadon.Tests.Lca;

public class CondensationTests
{
    /// <summary>Every score of every process, in one vector and in eight lanes, against the factor.</summary>
    [Theory]
    [InlineData(1, 600, 12)]
    [InlineData(2, 3000, 6)]
    [InlineData(3, 5000, 4)]
    public void Scores_of_all_processes_agree_with_the_factor(int seed, int size, int inputs)
    {
        var system = Systems.Random(seed, size, inputs);
        using var direct = DirectSolver.Of(system);
        var sweeps = GaussSeidelSolver.Of(system);
        double[][] g = [.. Enumerable.Range(0, 8).Select(c => system.DirectScores(new(c % 2))
            .Select((v, j) => v * (1 + (0.1 * c * (j * 7919L % 13)))).ToArray())];
        var eight = sweeps.SolveTransposed(g)!.Value;
        var expected = new double[size];
        for (var c = 0; c < g.Length; c++)
        {
            direct.SolveTransposed(g[c], expected);
            DirectSolverTests.Near(expected, eight.Intensities[c]);
            DirectSolverTests.Near(expected, sweeps.SolveTransposed(g[c])!.Value.Intensities);
        }
        Assert.True(eight.Choice.BackwardError < 1e-11);
    }

    [Fact]
    public void Loops_lose_processes_and_never_gain_entries() =>
        Gen.Select(Gen.Int[0, 100_000], Gen.Int[2, 300], Gen.Bool).Sample((seed, size, credits) =>
        {
            var matrix = Matrix(Systems.Random(seed, size, 3, credits));
            var condensed = Condensation.Of(matrix);
            Assert.Equal(Enumerable.Range(0, size), condensed.At.Order());
            var covered = condensed.Zones.SelectMany(z => Enumerable.Range(z.Begin, z.End - z.Begin));
            Assert.Equal(Enumerable.Range(0, size), covered);
            Assert.True(Swept(condensed).Rows <= Swept(matrix).Rows);
            Assert.True(Swept(condensed).Entries <= Swept(matrix).Entries);
            // Outside the core nothing waits for what comes after it.
            foreach (var zone in condensed.Zones.Where(z => !z.IsLoop))
                for (var k = zone.Begin; k < zone.End; k++)
                    Assert.All(condensed.Named(k).ToArray(), i => Assert.True(i < k));
        }, iter: 60);

    [Fact]
    public void A_ring_needs_no_sweeps()
    {
        var system = Systems.OneFlow([[1, 0, 0, -0.5], [-0.5, 1, 0, 0], [0, -0.5, 1, 0], [0, 0, -0.5, 1]],
            [1, 2, 3, 4]);
        Assert.DoesNotContain(Condensation.Of(Matrix(system)).Zones, z => z.IsLoop);
        var swept = GaussSeidelSolver.Of(system).SolveTransposed([1, 2, 3, 4])!.Value;
        using var direct = DirectSolver.Of(system);
        var expected = new double[4];
        direct.SolveTransposed([1, 2, 3, 4], expected);
        DirectSolverTests.Near(expected, swept.Intensities);
    }

    [Fact]
    public void A_supplier_named_twice_counts_twice()
    {
        // Two loops share process 0; it names its supplier in two entries.
        var a = new SparseMatrix(3, 3, [0, 4, 7, 10], [0, 1, 1, 2, 0, 1, 2, 0, 1, 2],
            [1, -0.1, -0.2, -0.1, -0.3, 1, -0.2, -0.4, -0.1, 1]);
        var none = new SparseMatrix(1, 3, [0, 1, 2, 3], [0, 0, 0], [1, 2, 3]);
        var system = new ProductSystem(new UncertainMatrix(a, []), new UncertainMatrix(none, []),
            new UncertainMatrix(new SparseMatrix(1, 1, [0, 1], [0], [1]), []));
        var x = Dense.Solve([[1, -0.3, -0.4], [-0.3, 1, -0.1], [-0.1, -0.2, 1]], [1, 0, 0]);
        var swept = GaussSeidelSolver.Of(system).Solve([1, 0, 0])!.Value;
        DirectSolverTests.Near(x, swept.Supply);
    }

    [Theory]
    [InlineData(2, 2)] // gives itself four times what it makes
    [InlineData(1, 1)] // gives itself all it makes
    public void A_loop_that_does_not_contract_is_told(double there, double back)
    {
        var system = Systems.OneFlow([[1, -there], [-back, 1]], [1, 1]);
        Assert.True(Condensation.Of(Matrix(system)).Grows);
        Assert.Null(GaussSeidelSolver.Of(system).SolveTransposed([1.0, 1]));
        Assert.Null(GaussSeidelSolver.Of(system).SolveTransposed([[1.0, 1]]));
    }

    [Fact]
    public void The_check_of_lanes_is_that_of_each_vector() =>
        Gen.Select(Gen.Int[0, 100_000], Gen.Int[2, 60]).Sample((seed, size) =>
        {
            var paired = Systems.Random(seed, size, 4).Paired;
            var random = new Random(seed);
            double[][] y = [.. Enumerable.Range(0, 5).Select(_ => Draw(random, size))];
            double[][] g = [.. Enumerable.Range(0, 5).Select(_ => Draw(random, size))];
            var at = Enumerable.Range(0, size).Reverse().ToArray();
            var values = new double[8 * size];
            for (var j = 0; j < size; j++)
                for (var k = 0; k < 5; k++) values[(8 * at[j]) + k] = y[k][j];
            using var lanes = AlignedBuffer<double>.From(values);
            var each = y.Zip(g, (a, b) => paired.TransposedBackwardError(a, b)).Max();
            Assert.Equal(each, LaneCheck.TransposedBackwardError(paired, lanes, at, g), 1e-12 * each);
            values[8 * at[0]] = double.NaN;
            using var broken = AlignedBuffer<double>.From(values);
            Assert.True(double.IsNaN(LaneCheck.TransposedBackwardError(paired, broken, at, g)));
        }, iter: 40);

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.6)]
    [InlineData(0.95)]
    public void Sweeps_stop_when_what_is_missing_is_small(double factor)
    {
        var settling = new Settling(1e-9);
        var (change, missing) = (1.0, factor / (1 - factor));
        for (var sweep = 1; !settling.IsReached(change); sweep++)
        {
            Assert.True(sweep < 1000);
            (change, missing) = (change * factor, missing * factor);
        }
        Assert.InRange(missing, 1e-9 * factor * factor, 1e-9 * (1 + 1e-9));
        Assert.False(new Settling(1e-9).IsReached(1e-20), "one sweep says nothing of the next");
        Assert.True(new Settling(1e-9).IsReached(0));
    }

    private static SweepMatrix Matrix(ProductSystem system) =>
        SweepMatrix.Intensities(system.Paired, SweepOrder.Of(system.Paired));

    private static (int Rows, int Entries) Swept(SweepMatrix matrix)
    {
        var rows = matrix.Zones.Where(z => z.IsLoop)
            .SelectMany(z => Enumerable.Range(z.Begin, z.End - z.Begin)).ToList();
        return (rows.Count, rows.Sum(k => matrix.Named(k).Length));
    }

    private static double[] Draw(Random random, int size) =>
        [.. Enumerable.Range(0, size).Select(_ => (2 * random.NextDouble()) - 1)];
}
