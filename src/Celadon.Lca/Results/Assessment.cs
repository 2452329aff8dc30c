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

    private readonly Dictionary<int, (double[] Value, SolverChoice Choice)> _intensities = [];
    private readonly Lazy<GaussSeidelSolver> _sweeps;
    private readonly Lazy<DirectSolver> _direct;

    /// <summary>Prepares nothing yet; each part is made when first needed.</summary>
    public Assessment(ProductSystem system)
    {
        ArgumentNullException.ThrowIfNull(system);
        System = system;
        _sweeps = new(() => GaussSeidelSolver.Of(system));
        _direct = new(() => DirectSolver.Of(system));
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
            var swept = _sweeps.Value.SolveTransposed(g);
            for (var k = 0; k < batch.Length; k++)
                _intensities[batch[k].Value] = swept is { } s
                    && s.Choice.BackwardError <= DirectSolver.Tolerance
                    ? (s.Intensities[k], s.Choice) : Factored(g[k]);
        }
    }

    public void Dispose()
    {
        if (_direct.IsValueCreated) _direct.Value.Dispose();
    }

    /// <summary>The order of sweeps through the system.</summary>
    internal SweepOrder SweepOrder => _sweeps.Value.Order;

    /// <summary>Intensities in the order of processes.</summary>
    internal double[] IntensitiesByProcess(CategoryIndex category) => IntensitiesOf(category).Value;

    private (double[] Value, SolverChoice Choice) IntensitiesOf(CategoryIndex category)
    {
        if (_intensities.TryGetValue(category.Value, out var known)) return known;
        var g = System.DirectScores(category);
        var swept = _sweeps.Value.SolveTransposed(g);
        var found = swept is { } s && s.Choice.BackwardError <= DirectSolver.Tolerance ? (s.Intensities,
            s.Choice)
            : Factored(g);
        return _intensities[category.Value] = found;
    }

    private (double[], SolverChoice) Factored(double[] g)
    {
        var lambda = new double[g.Length];
        Direct.SolveTransposed(g, lambda);
        return (lambda, Direct.Choice with
        {
            BackwardError = System.Paired.TransposedBackwardError(lambda, g),
        });
    }

    private (double[] Supply, SolverChoice Choice) Supply(double[] b)
    {
        if (!_direct.IsValueCreated && System.ProcessCount > FactorLimit
            && _sweeps.Value.Solve(b) is { } swept
            && swept.Choice.BackwardError <= DirectSolver.Tolerance) return swept;
        var x = new double[b.Length];
        var error = Direct.SolveRefined(b, x);
        return (x, Direct.Choice with { BackwardError = error });
    }
}
