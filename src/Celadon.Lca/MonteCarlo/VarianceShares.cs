using Celadon.Lca.Model;
using Celadon.Lca.Results;
using Celadon.Lca.Sampling;

namespace Celadon.Lca.MonteCarlo;

/// <summary>What an uncertain number is.</summary>
public enum UncertainPart
{
    /// <summary>An exchange of a product.</summary>
    Technosphere,

    /// <summary>An exchange with nature.</summary>
    Biosphere,

    /// <summary>A factor of the method.</summary>
    Factor,

    /// <summary>A parameter, which amounts and factors follow.</summary>
    Parameter,
}

/// <summary>
/// What one uncertain number adds to the variance of the score, to first order: (∂h/∂a · deviation)². For a
/// factor there is no process; for exchanges of products no flow; for a parameter none of them. What is drawn
/// once and stands in several places, such as an exchange that co-products share, counts once and is named
/// after the place that matters most.
/// </summary>
/// <param name="Part">What it is.</param>
/// <param name="Entry">Its number in its matrix; of a parameter, its number among parameters.</param>
/// <param name="Process">The process.</param>
/// <param name="Product">The product.</param>
/// <param name="Flow">The flow from or to nature.</param>
/// <param name="Sensitivity">The derivative of the score.</param>
/// <param name="Variance">What it adds.</param>
/// <param name="Share">Its share of the sum over all uncertain numbers.</param>
public sealed record VarianceShare(UncertainPart Part, int Entry, ProcessIndex? Process,
    ProductIndex? Product,
    ElementaryFlowIndex? Flow, double Sensitivity, double Variance, double Share)
{
    /// <summary>The parameter; null for all else.</summary>
    public UncertainParameter? Parameter { get; init; }
}

/// <summary>
/// Contribution to variance from the sensitivities that the intensities give at once (Heijungs 2010,
/// Sensitivity coefficients for matrix-based LCA): ∂h/∂a_ij = −λ_i s_j, ∂h/∂b_ej = c_e s_j, ∂h/∂c_e = g_e.
/// What several amounts follow has the sum of their sensitivities, each times its own derivative.
/// </summary>
public static class VarianceShares
{
    /// <summary>The largest contributions; shares are of the sum over all uncertain numbers.</summary>
    /// <param name="result">The solved demand.</param>
    /// <param name="category">The category.</param>
    /// <param name="most">How many.</param>
    /// <param name="settings">
    /// What follows parameters and which amounts are shares of a market; null where neither is drawn.
    /// </param>
    public static IReadOnlyList<VarianceShare> Of(LcaResult result, CategoryIndex category, int most = 50,
        MonteCarloSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        var sources = new VarianceSources(result.System, settings ?? new());
        foreach (var entry in sources.InMarkets(Technosphere(result, category, sources))
            .Concat(Biosphere(result, category, sources)).Concat(Factors(result, category, sources)))
            sources.Add(entry);
        var all = sources.All().Where(v => v.Variance > 0).ToList();
        var sum = all.Sum(v => v.Variance);
        return [.. all.OrderByDescending(v => v.Variance).ThenBy(v => v.Part).ThenBy(v => v.Entry).Take(most)
            .Select(v => v with { Share = v.Variance / sum })];
    }

    private static IEnumerable<VarianceShare> Technosphere(LcaResult result, CategoryIndex category,
        VarianceSources sources)
    {
        var (system, lambda) = (result.System, result.Assessment.IntensitiesByProcess(category));
        var a = system.Technosphere.Matrix;
        for (var j = 0; j < a.Columns; j++)
            for (var p = a.Starts[j]; p < a.Starts[j + 1]; p++)
                if (sources.Counts(UncertainPart.Technosphere, p))
                    yield return new(UncertainPart.Technosphere, p, new(j), new(a.RowOf[p]), null,
                        -lambda[system.ProducerOf[a.RowOf[p]]] * result.SupplyOf[j], 0, 0);
    }

    private static IEnumerable<VarianceShare> Biosphere(LcaResult result, CategoryIndex category,
        VarianceSources sources)
    {
        var (b, c) = (result.System.Biosphere.Matrix, result.System.FactorRow(category));
        for (var j = 0; j < b.Columns; j++)
            for (var p = b.Starts[j]; p < b.Starts[j + 1]; p++)
                if (sources.Counts(UncertainPart.Biosphere, p))
                    yield return new(UncertainPart.Biosphere, p, new(j), null, new(b.RowOf[p]),
                        c[b.RowOf[p]] * result.SupplyOf[j], 0, 0);
    }

    private static IEnumerable<VarianceShare> Factors(LcaResult result, CategoryIndex category,
        VarianceSources sources)
    {
        var c = result.System.Factors.Matrix;
        for (var e = 0; e < c.Columns; e++)
            for (var p = c.Starts[e]; p < c.Starts[e + 1]; p++)
                if (c.RowOf[p] == category.Value && sources.Counts(UncertainPart.Factor, p))
                    yield return new(UncertainPart.Factor, p, null, null, new(e), result.InventoryOf[e], 0,
                        0);
    }
}
