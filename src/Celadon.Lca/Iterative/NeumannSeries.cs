using Celadon.Lca.Model;
using Celadon.Lca.Solving;

namespace Celadon.Lca.Iterative;

/// <summary>
/// The supply chain added up tier by tier: x = f + Zf + Z²f + … What each tier adds is itself of interest.
/// </summary>
public static class NeumannSeries
{
    private const int MostTiers = 2000;

    /// <summary>
    /// The supply, and what each tier added to <paramref name="weights"/>·x (the score, if the weights are
    /// direct scores); null when the series does not settle.
    /// </summary>
    public static (double[] Supply, double[] TierScores, SolverChoice Choice)? Solve(ProductSystem system,
        double[] b, double[] weights, double tolerance = 1e-13)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(b);
        ArgumentNullException.ThrowIfNull(weights);
        var n = system.ProcessCount;
        var identity = Enumerable.Range(0, n).ToArray();
        var matrix = SweepMatrix.Supply(system.Paired, new SweepOrder(identity, identity, []));
        var (x, term, next, scores) = (new double[n], new double[n], new double[n], new List<double>());
        for (var i = 0; i < n; i++) term[i] = b[i] / system.Paired.Diagonal[i];
        for (var tier = 1; tier <= MostTiers; tier++)
        {
            var (largest, score) = (0.0, 0.0);
            for (var i = 0; i < n; i++)
            {
                x[i] += term[i];
                score += weights[i] * term[i];
                if (term[i] != 0) largest = Math.Max(largest, Math.Abs(term[i] / x[i]));
            }
            if (double.IsNaN(largest) || double.IsInfinity(score)) return null;
            scores.Add(score);
            if (largest <= tolerance)
                return (x, [.. scores], new SolverChoice(SolverKind.Neumann, SolverReason.AskedFor,
                    system.Paired.BackwardError(x, b), tier));
            matrix.NextTier(term, next);
            (term, next) = (next, term);
        }
        return null;
    }
}
