using System.Collections.Immutable;
using Celadon.Lca.Model;
using Celadon.Lca.MonteCarlo;

namespace Celadon.Lenses.Products;

/// <summary>The samples of a score as quantiles and a histogram.</summary>
internal static class AssessSamples
{
    private const int BinCount = 20;
    private const double Outside = 0.005;

    /// <summary>What the samples of a category say.</summary>
    public static AssessedSpread Spread(SimulationResult samples, CategoryIndex index, Figure score)
    {
        var drawn = samples.Summary(index);
        Figure Drawn(double value, string formula) => AssessFigures.Of(value, score.Unit,
            "formula.products.assess." + formula, [new("operand.assess.score", score)]);
        Figure Quantile(double share, string formula) => Drawn(drawn.Quantile(share), formula);
        var (from, to) = (drawn.Quantile(Outside), drawn.Quantile(1 - Outside));
        var values = samples.Samples(index).ToArray();
        return new AssessedSpread(drawn.Count, (uint)samples.Settings.Seed, Drawn(drawn.Mean, "mean"),
            Drawn(drawn.Median, "median"), Drawn(drawn.Deviation, "deviation"), Quantile(0.025, "low"),
            Quantile(0.25, "lowerQuarter"), Quantile(0.75, "upperQuarter"), Quantile(0.975, "high"),
            to > from ? Bins(values, from, to, Drawn) : [], Count(values.Count(v => v < from)),
            Count(values.Count(v => v > to)));
    }

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
