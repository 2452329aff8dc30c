using Celadon.Lca.Direct;
using Celadon.Lca.Iterative;
using Celadon.Lca.Model;
using Celadon.Lca.Solving;

namespace Celadon.Lca.Results;

/// <summary>
/// Answers questions about one product system and keeps what can be used again: the factor, the order of the
/// sweeps, the intensities of each category. Not for two threads at once.
/// </summary>
public sealed class Assessment : IDisposable
{
    /// <summary>
    /// Above this many processes a factor costs more memory than a question is worth; sweeps are tried first.
    /// </summary>
    public const int FactorLimit = 50_000;

    private const int Refinements = 3;

    private readonly Dictionary<int, (double[] Value, SolverChoice Choice)> _intensities = [];
    private readonly Lazy<GaussSeidelSolver> _sweeps;
    private readonly Lazy<DirectSolver> _direct;
    private readonly SolverKind? _asked;

    /// <summary>Prepares nothing yet; each part is made when first needed.</summary>
    /// <param name="system">The system.</param>
    /// <param name="asked">
    /// The way of solving; chosen by the system when left out. Where it does not come to an end the system is
    /// factored, and the choice says so. A low-rank correction belongs to a scenario, not to one system.
    /// </param>
    public Assessment(ProductSystem system, SolverKind? asked = null)
    {
        ArgumentNullException.ThrowIfNull(system);
        if (asked == SolverKind.LowRank) throw new ArgumentOutOfRangeException(nameof(asked));
        (System, _asked) = (system, asked);
        _sweeps = new(() => GaussSeidelSolver.Of(system));
        _direct = new(() => Factored(system, asked));
    }

    /// <summary>The system.</summary>
    public ProductSystem System { get; }

    /// <summary>The kept factor; made on first use.</summary>
    public DirectSolver Direct => _direct.Value;

    /// <summary>Supply, inventory and scores of a demand.</summary>
    public LcaResult Solve(params ReadOnlySpan<Demand> demands)
    {
        var b = System.RightHandSide(demands);
        var (supply, choice) = Supply(b);
        return new LcaResult(this, b, supply, choice);
    }

    /// <summary>A solution that was found elsewhere, as a result on this system.</summary>
    internal LcaResult Take(double[] b, double[] supply, SolverChoice choice) => new(this, b, supply, choice);

    /// <summary>The solution of a system whose processes are the same.</summary>
    internal LcaResult Take(double[] b, LcaResult same) => new(this, b, same.SupplyOf, same.Choice);

    /// <summary>
    /// The score of one unit of every product, in one solve of the transposed system; kept for later.
    /// </summary>
    public ReadOnlySpan<double> Intensities(CategoryIndex category) => IntensitiesOf(category).Value;

    /// <summary>How the intensities of a category were found.</summary>
    public SolverChoice IntensitiesChoice(CategoryIndex category) => IntensitiesOf(category).Choice;

    /// <summary>The intensity of one product: impact of one unit of it, cradle to gate.</summary>
    public double Intensity(CategoryIndex category, ProductIndex product) =>
        IntensitiesOf(category).Value[System.ProducerOf[product.Value]];

    /// <summary>Prepares the intensities of up to eight categories at once.</summary>
    public void Prepare(IReadOnlyList<CategoryIndex> categories)
    {
        ArgumentNullException.ThrowIfNull(categories);
        var missing = categories.Where(c => !_intensities.ContainsKey(c.Value)).Distinct().ToList();
        foreach (var batch in missing.Chunk(8))
        {
            double[][] g = [.. batch.Select(System.DirectScores)];
            var swept = IsSwept ? _sweeps.Value.SolveTransposed(g) : null;
            for (var k = 0; k < batch.Length; k++)
                _intensities[batch[k].Value] = swept is { } s
                    && s.Choice.BackwardError <= DirectSolver.Tolerance
                    ? (s.Intensities[k], s.Choice) : Transposed(g[k]);
        }
    }

    public void Dispose()
    {
        if (_direct.IsValueCreated) _direct.Value.Dispose();
    }

    /// <summary>The order of sweeps through the system.</summary>
    internal SweepOrder SweepOrder => _sweeps.Value.Order;

    /// <summary>The equations of supply in the order of the sweeps, condensed.</summary>
    internal SweepMatrix Condensed => _sweeps.Value.Condensed;

    /// <summary>Intensities in the order of processes.</summary>
    internal double[] IntensitiesByProcess(CategoryIndex category) => IntensitiesOf(category).Value;

    private (double[] Value, SolverChoice Choice) IntensitiesOf(CategoryIndex category)
    {
        if (_intensities.TryGetValue(category.Value, out var known)) return known;
        return _intensities[category.Value] = Transposed(System.DirectScores(category));
    }

    /// <summary>Intensities are swept for, which is faster than to factor, unless a factor was asked
    /// for.</summary>
    private bool IsSwept => _asked is not (SolverKind.Multifrontal or SolverKind.GilbertPeierls);

    /// <summary>A solution of the transposed system, refined; by sweeps where they settle.</summary>
    internal (double[] Value, SolverChoice Choice) Transposed(double[] g)
    {
        if (IsSwept && _sweeps.Value.SolveTransposed(g) is { } swept
            && swept.Choice.BackwardError <= DirectSolver.Tolerance) return swept;
        var (paired, lambda) = (System.Paired, new double[g.Length]);
        Direct.SolveTransposed(g, lambda);
        var error = paired.TransposedBackwardError(lambda, g);
        var (residual, step) = (new double[g.Length], new double[g.Length]);
        for (var k = 0; k < Refinements && error > 1e-14; k++)
        {
            paired.TransposedResidual(lambda, g, residual);
            Direct.SolveTransposed(residual, step);
            for (var i = 0; i < step.Length; i++) step[i] += lambda[i];
            var better = paired.TransposedBackwardError(step, g);
            if (!(better < error)) break;
            error = better;
            step.CopyTo(lambda, 0);
        }
        if (Array.FindIndex(lambda, v => !double.IsFinite(v)) is >= 0 and var bad)
            throw new InvalidSystemException([new ModelFault(FaultKind.OutOfRange, new(bad), null,
                System.Names.Process(new(bad)))]);
        return (lambda, Direct.Choice with { BackwardError = error });
    }

    private (double[] Supply, SolverChoice Choice) Supply(double[] b)
    {
        if (b.Length == 0) return ([], new(SolverKind.Multifrontal, SolverReason.NotSolved, 0));
        var (x, choice) = Iterated(b) is { } found
            && found.Choice.BackwardError <= DirectSolver.Tolerance ? found : ByFactor(b);
        return (x, SupplyCondition.Checked(System, x, b, choice, Behind));
    }

    /// <summary>A solution of the transposed system good enough to estimate by, by what is at
    /// hand.</summary>
    private double[]? Behind(double[] g)
    {
        if (!_direct.IsValueCreated) return _sweeps.Value.SolveTransposed(g)?.Intensities;
        var lambda = new double[g.Length];
        Direct.SolveTransposed(g, lambda);
        return lambda;
    }

    private (double[] Supply, SolverChoice Choice)? Iterated(double[] b) => _asked switch
    {
        SolverKind.GaussSeidel => Asked(_sweeps.Value.Solve(b)),
        SolverKind.Neumann => NeumannSeries.Solve(System, b, new double[b.Length]) is { } tiers
            ? (tiers.Supply, tiers.Choice) : null,
        SolverKind.Gmres => Asked(Gmres.Solve(Direct, System.Paired, b)),
        null when !_direct.IsValueCreated && System.ProcessCount > FactorLimit => _sweeps.Value.Solve(b),
        _ => null,
    };

    private static (double[], SolverChoice)? Asked((double[] Supply, SolverChoice Choice)? found) =>
        found is { } it ? (it.Supply, it.Choice with { Reason = SolverReason.AskedFor }) : null;

    private (double[] Supply, SolverChoice Choice) ByFactor(double[] b)
    {
        var x = new double[b.Length];
        var choice = Direct.Choice with { BackwardError = Direct.SolveRefined(b, x) };
        return (x, _asked is null ? choice : choice with
        {
            Reason = choice.Kind == _asked ? SolverReason.AskedFor
                : IsSwept ? SolverReason.DidNotSettle : choice.Reason,
        });
    }

    private static DirectSolver Factored(ProductSystem system, SolverKind? asked)
    {
        if (asked != SolverKind.GilbertPeierls) return DirectSolver.Of(system);
        var solver = DirectSolver.Analyse(system);
        solver.Factor(system.Paired.Values, pivoting: true);
        return solver;
    }
}
