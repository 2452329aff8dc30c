using Celadon.Lca.Model;
using Celadon.Lca.Solving;

namespace Celadon.Lca.Direct;

/// <summary>
/// Solves by factorisation: fronts first; Gilbert-Peierls with pivoting where a pivot is missing or the
/// residual of a probe is too large. The choice and the reason are recorded. Not for two threads at once.
/// </summary>
public sealed class DirectSolver : IDisposable
{
    /// <summary>Largest backward error of the probe that is accepted without pivoting.</summary>
    public const double Tolerance = 1e-10;

    private readonly ProductSystem _system;
    private MultifrontalLu? _fronts;
    private GilbertPeierlsLu? _pivoted;
    private double[] _values;

    private DirectSolver(ProductSystem system, FrontPlan plan)
    {
        (_system, Plan) = (system, plan);
        _values = system.Paired.Values;
        Choice = new SolverChoice(SolverKind.Multifrontal, SolverReason.NotSolved, double.NaN);
    }

    /// <summary>What was used and why.</summary>
    public SolverChoice Choice { get; private set; }

    /// <summary>The system that is solved.</summary>
    internal ProductSystem System => _system;

    /// <summary>The analysed pattern; solvers of systems with the same pattern share it.</summary>
    internal FrontPlan Plan { get; }

    /// <summary>Entries of the factors, padding included.</summary>
    public long FactorEntries => _pivoted?.FactorEntries ?? Plan.PanelStarts[^1];

    /// <summary>Bytes outside the managed heap.</summary>
    public long NativeBytes => _fronts?.Bytes ?? 0;

    /// <summary>Floating-point operations of one factorisation by fronts.</summary>
    public double Flops => Plan.Flops;

    /// <summary>Analyses the pattern; nothing is factored yet.</summary>
    public static DirectSolver Analyse(ProductSystem system)
    {
        ArgumentNullException.ThrowIfNull(system);
        return new DirectSolver(system, FrontPlan.Of(system.Paired));
    }

    /// <summary>Analyses and factors.</summary>
    /// <exception cref="InvalidSystemException">The system is singular; the process is named.</exception>
    public static DirectSolver Of(ProductSystem system)
    {
        var solver = Analyse(system);
        solver.Factor();
        return solver;
    }

    /// <summary>A solver of its own for another thread that shares the analysis.</summary>
    internal DirectSolver Twin() => new(_system, Plan);

    /// <summary>Factors the system's own amounts.</summary>
    public void Factor() => Factor(_system.Paired.Values);

    /// <summary>Factors other amounts on the same pattern, in the order of the technosphere's
    /// entries.</summary>
    internal void Factor(double[] values, bool pivoting = false)
    {
        _values = values;
        _pivoted = null;
        var reason = SolverReason.AskedFor;
        if (!pivoting)
        {
            _fronts ??= new MultifrontalLu(Plan);
            reason = SolverReason.ZeroPivot;
            if (_fronts.Factor(values))
            {
                var error = Probe(_fronts.Solve);
                Choice = new SolverChoice(SolverKind.Multifrontal, SolverReason.DiagonalPivots, error);
                if (error <= Tolerance) return;
                reason = SolverReason.LargeResidual;
            }
        }
        _pivoted = GilbertPeierlsLu.Factor(Plan, _system.Paired, values, out var failedAt);
        if (_pivoted is null)
            throw new InvalidSystemException([new ModelFault(FaultKind.Singular, new(failedAt), null,
                _system.Names.Process(new(failedAt)))]);
        Choice = new SolverChoice(SolverKind.GilbertPeierls, reason, Probe(_pivoted.Solve));
    }

    /// <summary>Supply for a demand, both in the order of processes.</summary>
    public void Solve(ReadOnlySpan<double> b, Span<double> x)
    {
        if (_pivoted is not null) _pivoted.Solve(b, x);
        else Fronts().Solve(b, x);
    }

    /// <summary>
    /// The same, refined until the backward error is at rounding (Skeel, Iterative refinement implies
    /// numerical
    /// stability for Gaussian elimination, Math. Comp. 35, 1980); returns it.
    /// </summary>
    public double SolveRefined(ReadOnlySpan<double> b, Span<double> x)
    {
        var matrix = ReferenceEquals(_values, _system.Paired.Values) ? _system.Paired
            : _system.Paired.With(_values);
        Solve(b, x);
        var error = matrix.BackwardError(x, b);
        var (residual, step) = (new double[x.Length], new double[x.Length]);
        for (var k = 0; k < 3 && error > 1e-14; k++)
        {
            matrix.Residual(x, b, residual);
            Solve(residual, step);
            for (var i = 0; i < x.Length; i++) step[i] += x[i];
            var better = matrix.BackwardError(step, b);
            if (!(better < error)) break;
            error = better;
            step.CopyTo(x);
        }
        return error;
    }

    /// <summary>Intensities of all processes for direct intensities.</summary>
    public void SolveTransposed(ReadOnlySpan<double> g, Span<double> y)
    {
        if (_pivoted is not null) _pivoted.SolveTransposed(g, y);
        else Fronts().SolveTransposed(g, y);
    }

    /// <summary>The backward error of a solution of the factored amounts.</summary>
    public double BackwardError(ReadOnlySpan<double> x, ReadOnlySpan<double> b) =>
        _system.Paired.With(_values).BackwardError(x, b);

    public void Dispose() => _fronts?.Dispose();

    private MultifrontalLu Fronts() =>
        _fronts ?? throw new InvalidOperationException("Factor before solving.");

    private delegate void Solution(ReadOnlySpan<double> b, Span<double> x);

    /// <summary>
    /// Solves for a demand of one unit of each process's own output and measures the backward error.
    /// </summary>
    private double Probe(Solution solve)
    {
        var matrix = ReferenceEquals(_values, _system.Paired.Values) ? _system.Paired
            : _system.Paired.With(_values);
        var (b, x) = (new double[matrix.Size], new double[matrix.Size]);
        for (var i = 0; i < b.Length; i++) b[i] = matrix.Diagonal[i] == 0 ? 1 : matrix.Diagonal[i];
        solve(b, x);
        var error = matrix.BackwardError(x, b);
        return double.IsNaN(error) ? double.PositiveInfinity : error;
    }
}
