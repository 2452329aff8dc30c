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
    /// <summary>Largest relative error of any value, as estimated from how fast changes shrink.</summary>
    public const double Tolerance = 1e-11;

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
        _supply = new(() => Condensation.Of(SweepMatrix.Supply(system.Paired, Order)));
        _intensities = new(() => Condensation.Of(SweepMatrix.Intensities(system.Paired, Order)));
    }

    /// <summary>The order of the sweeps.</summary>
    internal SweepOrder Order { get; }

    /// <summary>The equations of supply, condensed.</summary>
    internal SweepMatrix Condensed => _supply.Value;

    /// <summary>Processes and entries that intensities are swept over.</summary>
    internal (int Processes, int Entries) Core
    {
        get
        {
            var matrix = _intensities.Value;
            var loops = matrix.Zones.Where(z => z.IsLoop).ToList();
            return (loops.Sum(z => z.End - z.Begin), loops.Sum(z => Enumerable.Range(z.Begin, z.End - z.Begin)
                .Sum(k => matrix.Named(k).Length)));
        }
    }

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
        return Swept(_supply.Value, b, _system.Paired.BackwardError);
    }

    /// <summary>Intensities of all products for the direct intensities of all processes.</summary>
    public (double[] Intensities, SolverChoice Choice)? SolveTransposed(double[] g)
    {
        ArgumentNullException.ThrowIfNull(g);
        return Swept(_intensities.Value, g, _system.Paired.TransposedBackwardError);
    }

    private (double[], SolverChoice)? Swept(SweepMatrix matrix, double[] b, Check check)
    {
        var (n, diagonal, at) = (_system.ProcessCount, _system.Paired.Diagonal, matrix.At);
        // Kept by the thread: fresh pages cost as much as the sweeps.
        var (c, y, x) = (Scratch(ref t_constants, n), Scratch(ref t_values, n), new double[n]);
        for (var j = 0; j < n; j++) c[at[j]] = b[j] / diagonal[j];
        var sweeps = matrix.Solve(c, y, Tolerance);
        if (sweeps < 0) return null;
        for (var j = 0; j < n; j++) x[j] = y[at[j]];
        return (x, new SolverChoice(SolverKind.GaussSeidel, SolverReason.LoopsContract, check(x, b), sweeps));
    }

    /// <summary>The same for up to eight impact categories at once.</summary>
    public (double[][] Intensities, SolverChoice Choice)? SolveTransposed(double[][] g)
    {
        ArgumentNullException.ThrowIfNull(g);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(g.Length, Lanes);
        using var constants = new AlignedBuffer<double>(8L * _system.ProcessCount);
        using var y = new AlignedBuffer<double>(8L * _system.ProcessCount);
        Load8(g, constants);
        var sweeps = Sweeps8(constants, y);
        if (sweeps < 0) return null;
        var worst = LaneCheck.TransposedBackwardError(_system.Paired, y, _intensities.Value.At, g);
        return (Unload8(g.Length, y),
            new SolverChoice(SolverKind.GaussSeidel, SolverReason.LoopsContract, worst, sweeps));
    }

    private delegate double Check(ReadOnlySpan<double> x, ReadOnlySpan<double> b);

    private static double[] Scratch(ref double[]? kept, int n)
    {
        if (kept is null || kept.Length < n) kept = new double[n];
        else Array.Clear(kept, 0, n);
        return kept;
    }

    /// <summary>The sweeps alone; constants are overwritten.</summary>
    internal int Sweeps8(AlignedBuffer<double> constants, AlignedBuffer<double> y) =>
        _intensities.Value.Solve8(constants, y, Tolerance);

    /// <summary>Direct intensities of each category into a lane.</summary>
    internal unsafe void Load8(double[][] g, AlignedBuffer<double> constants)
    {
        var (n, diagonal, at) = (_system.ProcessCount, _system.Paired.Diagonal, _intensities.Value.At);
        for (var j = 0; j < n; j++)
        {
            var to = constants.Pointer + (8L * at[j]);
            for (var lane = 0; lane < g.Length; lane++) to[lane] = g[lane][j] / diagonal[j];
        }
    }

    private unsafe double[][] Unload8(int lanes, AlignedBuffer<double> y)
    {
        var (n, at) = (_system.ProcessCount, _intensities.Value.At);
        double[][] lambda = [.. Enumerable.Range(0, lanes).Select(_ => new double[n])];
        for (var j = 0; j < n; j++)
            for (var lane = 0; lane < lanes; lane++) lambda[lane][j] = y.Pointer[(8L * at[j]) + lane];
        return lambda;
    }
}
