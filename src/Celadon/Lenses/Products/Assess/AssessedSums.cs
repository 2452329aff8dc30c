using Celadon.Lca.Model;
using Celadon.Lca.MonteCarlo;

namespace Celadon.Lenses.Products;

/// <summary>The samples of scores that are sums of those of categories, each times a number.</summary>
/// <param name="samples">The samples; null when none were asked for.</param>
/// <param name="indexes">The place of each category among those scored.</param>
internal sealed class AssessedSums(SimulationResult? samples,
    IReadOnlyDictionary<string, CategoryIndex> indexes)
{
    /// <summary>Adds up sample by sample.</summary>
    /// <param name="nominal">The sum at stated amounts.</param>
    /// <param name="parts">Categories and what the score of each is multiplied with.</param>
    /// <returns>What the samples say; null where there are none.</returns>
    public SampledScore? Of(Figure? nominal, IReadOnlyList<(string Category, double Times)> parts)
    {
        if (samples is null || nominal is null) return null;
        var sums = new double[samples.Settings.Samples];
        foreach (var (category, times) in parts)
        {
            var scores = samples.Samples(indexes[category]);
            for (var k = 0; k < sums.Length; k++) sums[k] += times * scores[k];
        }
        if (!Array.TrueForAll(sums, double.IsFinite))
            throw Refusal.At("products.assess.setRange", "/weighting");
        var drawn = Statistics.Of(sums);
        Figure Drawn(double value, string formula) => AssessFigures.Of(value, nominal.Unit,
            "formula.products.assess." + formula, [new("operand.assess.score", nominal)]);
        return new SampledScore(drawn.Count, (uint)samples.Settings.Seed, Drawn(drawn.Mean, "mean"),
            Drawn(drawn.Median, "median"), Drawn(drawn.Deviation, "deviation"),
            Drawn(drawn.Quantile(0.025), "low"), Drawn(drawn.Quantile(0.25), "lowerQuarter"),
            Drawn(drawn.Quantile(0.75), "upperQuarter"), Drawn(drawn.Quantile(0.975), "high"),
            Drawn(drawn.StandardError, "standardError"));
    }
}
