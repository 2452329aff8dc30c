using Celadon.Lca.Model;
using Celadon.Lca.Results;

namespace Celadon.Lca.MonteCarlo;

/// <summary>Where an uncertain amount stands.</summary>
public enum UncertainPart
{
    /// <summary>An exchange of a product.</summary>
    Technosphere,

    /// <summary>An exchange with nature.</summary>
    Biosphere,

    /// <summary>A factor of the method.</summary>
    Factor,
}

/// <summary>
/// What one uncertain amount adds to the variance of the score, to first order: (∂h/∂a · deviation)². For a
/// factor there is no process; for exchanges of products no flow.
/// </summary>
public sealed record VarianceShare(UncertainPart Part, int Entry, ProcessIndex? Process,
    ProductIndex? Product,
    ElementaryFlowIndex? Flow, double Sensitivity, double Variance, double Share);

/// <summary>
/// Contribution to variance from the sensitivities that the intensities give at once (Heijungs 2010,
/// Sensitivity coefficients for matrix-based LCA): ∂h/∂a_ij = −λ_i s_j, ∂h/∂b_ej = c_e s_j, ∂h/∂c_e = g_e.
/// </summary>
public static class VarianceShares
{
    /// <summary>The largest contributions; shares are of the sum over all uncertain amounts.</summary>
    public static IReadOnlyList<VarianceShare> Of(LcaResult result, CategoryIndex category, int most = 50)
    {
        ArgumentNullException.ThrowIfNull(result);
        var all = Technosphere(result, category).Concat(Biosphere(result, category))
            .Concat(Factors(result, category)).Where(v => v.Variance > 0).ToList();
        var sum = all.Sum(v => v.Variance);
        return [.. all.OrderByDescending(v => v.Variance).ThenBy(v => v.Part).ThenBy(v => v.Entry).Take(most)
            .Select(v => v with { Share = v.Variance / sum })];
    }

    private static IEnumerable<VarianceShare> Technosphere(LcaResult result, CategoryIndex category)
    {
        var (system, lambda) = (result.System, result.Assessment.IntensitiesByProcess(category));
        var (part, a) = (system.Technosphere, system.Technosphere.Matrix);
        for (var j = 0; j < a.Columns; j++)
            for (var p = a.Starts[j]; p < a.Starts[j + 1]; p++)
                if (part.Of(p).IsUncertain)
                    yield return Share(UncertainPart.Technosphere, p, new(j), new(a.RowOf[p]), null,
                        -lambda[system.ProducerOf[a.RowOf[p]]] * result.SupplyOf[j], part.Of(p));
    }

    private static IEnumerable<VarianceShare> Biosphere(LcaResult result, CategoryIndex category)
    {
        var (part, b, c) = (result.System.Biosphere, result.System.Biosphere.Matrix,
            result.System.FactorRow(category));
        for (var j = 0; j < b.Columns; j++)
            for (var p = b.Starts[j]; p < b.Starts[j + 1]; p++)
                if (part.Of(p).IsUncertain)
                    yield return Share(UncertainPart.Biosphere, p, new(j), null, new(b.RowOf[p]),
                        c[b.RowOf[p]] * result.SupplyOf[j], part.Of(p));
    }

    private static IEnumerable<VarianceShare> Factors(LcaResult result, CategoryIndex category)
    {
        var (part, c) = (result.System.Factors, result.System.Factors.Matrix);
        for (var e = 0; e < c.Columns; e++)
            for (var p = c.Starts[e]; p < c.Starts[e + 1]; p++)
                if (c.RowOf[p] == category.Value && part.Of(p).IsUncertain)
                    yield return Share(UncertainPart.Factor, p, null, null, new(e), result.InventoryOf[e],
                        part.Of(p));
    }

    private static VarianceShare Share(UncertainPart part, int entry, ProcessIndex? process,
        ProductIndex? product, ElementaryFlowIndex? flow, double sensitivity, Uncertainty uncertainty) =>
        new(part, entry, process, product, flow, sensitivity,
            sensitivity * sensitivity * uncertainty.Variance, 0);
}
