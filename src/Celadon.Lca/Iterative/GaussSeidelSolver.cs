using Celadon.Lca.Model;
using Celadon.Lca.Solving;
using Celadon.Lca.Sparse;

namespace Celadon.Lca.Iterative;

/// <summary>
/// Solves by sweeps: no factor, little memory, exact enough where loops contract. An answer that did not
/// settle is null: the caller then factors.
/// </summary>
public sealed class GaussSeidelSolver
{
    /// <summary>Largest relative change of any value in the last sweep.</summary>
    public const double Tolerance = 1e-12;

    private const int Lanes = 8;

    [ThreadStatic]
    private static double[]? t_constants;
    [ThreadStatic]
    private static double[]? t_values;

    private readonly ProductSystem _system;
    private readonly Lazy<SweepMatrix> _supply;
    private readonly Lazy<SweepMatrix> _intensities;

    private GaussSeidelSolver(ProductSystem system)
    {
        _system = system;
        Order = SweepOrder.Of(system.Paired);
        _supply = new(() => SweepMatrix.Supply(system.Paired, Order));
        _intensities = new(() => SweepMatrix.Intensities(system.Paired, Order));
    }

    /// <summary>The order of the sweeps.</summary>
    internal SweepOrder Order { get; }

    /// <summary>Orders the system.</summary>
    public static GaussSeidelSolver Of(ProductSystem system)
    {
        ArgumentNullException.ThrowIfNull(system);
        return new GaussSeidelSolver(system);
    }

    /// <summary>Supply for a demand given by process, and how it went.</summary>
    public (double[] Supply, SolverChoice Choice)? Solve(double[] b)
    {
        ArgumentNullException.ThrowIfNull(b);
        var (n, diagonal) = (_system.ProcessCount, _system.Paired.Diagonal);
        var (c, y, x) = (new double[n], new double[n], new double[n]);
        for (var k = 0; k < n; k++) c[k] = b[Order.Order[k]] / diagonal[Order.Order[k]];
        var sweeps = _supply.Value.Solve(c, y, Tolerance);
        if (sweeps < 0) return null;
        for (var k = 0; k < n; k++) x[Order.Order[k]] = y[k];
        return (x, new SolverChoice(SolverKind.GaussSeidel, SolverReason.LoopsContract,
            _system.Paired.BackwardError(x, b), sweeps));
    }

    /// <summary>Intensities of all products for the direct intensities of all processes.</summary>
    public (double[] Intensities, SolverChoice Choice)? SolveTransposed(double[] g)
    {
        ArgumentNullException.ThrowIfNull(g);
        var (n, diagonal) = (_system.ProcessCount, _system.Paired.Diagonal);
        // Kept by the thread: fresh pages cost as much as the sweeps.
        var (c, y, lambda) = (Scratch(ref t_constants, n), Scratch(ref t_values, n), new double[n]);
        for (var k = 0; k < n; k++) c[k] = g[Order.Order[n - 1 - k]] / diagonal[Order.Order[n - 1 - k]];
        var sweeps = _intensities.Value.Solve(c, y, Tolerance);
        if (sweeps < 0) return null;
        for (var k = 0; k < n; k++) lambda[Order.Order[n - 1 - k]] = y[k];
        return (lambda, new SolverChoice(SolverKind.GaussSeidel, SolverReason.LoopsContract,
            _system.Paired.TransposedBackwardError(lambda, g), sweeps));
    }

    /// <summary>The same for up to eight impact categories at once.</summary>
    public (double[][] Intensities, SolverChoice Choice)? SolveTransposed(double[][] g)
    {
        ArgumentNullException.ThrowIfNull(g);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(g.Length, Lanes);
        using var constants = new AlignedBuffer<double>(8L * _system.ProcessCount);
        using var y = new AlignedBuffer<double>(8L * _system.ProcessCount);
        Load8(g, constants);
        var sweeps = _intensities.Value.Solve8(constants, y, Tolerance);
        if (sweeps < 0) return null;
        var lambda = Unload8(g.Length, y);
        var worst = g.Select((row, k) => _system.Paired.TransposedBackwardError(lambda[k], row)).Max();
        return (lambda, new SolverChoice(SolverKind.GaussSeidel, SolverReason.LoopsContract, worst, sweeps));
    }

    private static double[] Scratch(ref double[]? kept, int n)
    {
        if (kept is null || kept.Length < n) kept = new double[n];
        else Array.Clear(kept, 0, n);
        return kept;
    }

    /// <summary>The sweeps alone, for measuring: constants and values stay where they are.</summary>
    internal int Sweeps8(AlignedBuffer<double> constants, AlignedBuffer<double> y) =>
        _intensities.Value.Solve8(constants, y, Tolerance);

    /// <summary>Direct intensities of each category into a lane.</summary>
    internal unsafe void Load8(double[][] g, AlignedBuffer<double> constants)
    {
        var (n, diagonal) = (_system.ProcessCount, _system.Paired.Diagonal);
        for (var k = 0; k < n; k++)
            for (var lane = 0; lane < g.Length; lane++)
            {
                var j = Order.Order[n - 1 - k];
                constants.Pointer[(8L * k) + lane] = g[lane][j] / diagonal[j];
            }
    }

    private unsafe double[][] Unload8(int lanes, AlignedBuffer<double> y)
    {
        var n = _system.ProcessCount;
        double[][] lambda = [.. Enumerable.Range(0, lanes).Select(_ => new double[n])];
        for (var k = 0; k < n; k++)
            for (var lane = 0; lane < lanes; lane++)
                lambda[lane][Order.Order[n - 1 - k]] = y.Pointer[(8L * k) + lane];
        return lambda;
    }
}
