using System.Collections.Immutable;
using Celadon.Lca.Model;
using Celadon.Lca.MonteCarlo;

namespace Celadon.Lenses.Products;

/// <summary>The samples of a score: quantiles, a histogram, how they converge and what drives them.</summary>
internal sealed class AssessSamples(AssessFigures figures, SimulationResult samples, CategoryIndex index,
    Figure score, int top)
{
    private const int BinCount = 20;
    private const double Outside = 0.005;

    /// <summary>What the samples of a category say.</summary>
    public AssessedSpread Spread()
    {
        var drawn = samples.Summary(index);
        Figure Quantile(double share, string formula) => Drawn(drawn.Quantile(share), formula);
        var (from, to) = (drawn.Quantile(Outside), drawn.Quantile(1 - Outside));
        var values = samples.Samples(index).ToArray();
        return new AssessedSpread(drawn.Count, (uint)samples.Settings.Seed, Drawn(drawn.Mean, "mean"),
            Drawn(drawn.Median, "median"), Drawn(drawn.Deviation, "deviation"), Quantile(0.025, "low"),
            Quantile(0.25, "lowerQuarter"), Quantile(0.75, "upperQuarter"), Quantile(0.975, "high"),
            to > from ? Bins(values, from, to, Drawn) : [], Count(values.Count(v => v < from)),
            Count(values.Count(v => v > to)), Drawn(drawn.StandardError, "standardError"),
            [.. drawn.Convergence.Select(c => new AssessedConvergence(c.Samples, Drawn(c.Mean, "mean"),
                c.Samples > 1 ? Drawn(c.StandardError, "standardError") : null))], Variance(),
            samples.Tally.ExactLanes);
    }

    /// <summary>The amounts that contribute most, largest share first.</summary>
    private ImmutableArray<AssessedVariance> Variance() => [.. RankCorrelations.Of(samples, index, top)
        .OrderByDescending(r => r.Of.Share).ThenBy(r => r.Of.Part).ThenBy(r => r.Of.Entry)
        .Select(r => new AssessedVariance($"products.assess.part.{r.Of.Part.ToString().ToLowerInvariant()}",
            r.Of.Process is { } process ? figures.NameOf(process) : "", FlowOf(r.Of),
            AssessFigures.Of(100 * r.Of.Share, "%", "formula.products.assess.varianceShare", []),
            AssessFigures.Of(r.Correlation, "", "formula.products.assess.rank", [])))];

    private string FlowOf(VarianceShare share)
    {
        var names = figures.System.System.Names;
        return AssessNames.Flow(figures.Lookup, share.Flow is { } flow ? names.ElementaryFlow(flow)
            : names.Product(share.Product!.Value));
    }

    private Figure Drawn(double value, string formula) => AssessFigures.Of(value, score.Unit,
        "formula.products.assess." + formula, [new("operand.assess.score", score)]);

    private static ImmutableArray<AssessedBin> Bins(double[] values, double from, double to,
        Func<double, string, Figure> drawn)
    {
        var (width, counts) = ((to - from) / BinCount, new int[BinCount]);
        foreach (var value in values)
            if (value >= from && value <= to)
                counts[Math.Min(BinCount - 1, (int)((value - from) / width))]++;
        return [.. counts.Select((count, i) => new AssessedBin(drawn(from + (i * width), "edge"),
            drawn(i == BinCount - 1 ? to : from + ((i + 1) * width), "edge"), Count(count)))];
    }

    private static Figure Count(int count) =>
        AssessFigures.Of(count, "", "formula.products.assess.counted", []);
}
