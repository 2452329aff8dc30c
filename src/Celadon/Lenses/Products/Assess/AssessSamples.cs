using System.Collections.Immutable;
using Celadon.Lca.Model;
using Celadon.Lca.MonteCarlo;
using Celadon.Quantities;

namespace Celadon.Lenses.Products;

/// <summary>The samples of a score: quantiles, a histogram, how they converge and what drives them.</summary>
internal sealed class AssessSamples(AssessFigures figures, SimulationResult samples, CategoryIndex index,
    Figure score, int top)
{
    private const int BinCount = 20;
    private const double Outside = 0.005;

    /// <summary>Below so much, %, a rest is what rounding left of shares that are all shown.</summary>
    private static readonly Amount Rounding = Amount.From(1, 9);

    /// <summary>What the samples of a category say.</summary>
    public AssessedSpread Spread()
    {
        var drawn = samples.Summary(index);
        Figure Quantile(double share, string formula) => Drawn(drawn.Quantile(share), formula);
        var (from, to) = (drawn.Quantile(Outside), drawn.Quantile(1 - Outside));
        var values = samples.Samples(index).ToArray();
        var variance = Variance();
        return new AssessedSpread(drawn.Count, (uint)samples.Settings.Seed, Drawn(drawn.Mean, "mean"),
            Drawn(drawn.Median, "median"), Drawn(drawn.Deviation, "deviation"), Quantile(0.025, "low"),
            Quantile(0.25, "lowerQuarter"), Quantile(0.75, "upperQuarter"), Quantile(0.975, "high"),
            to > from ? Bins(values, from, to, Drawn) : [], Count(values.Count(v => v < from)),
            Count(values.Count(v => v > to)), Drawn(drawn.StandardError, "standardError"),
            [.. drawn.Convergence.Select(c => After(values, c.Samples, c.Mean, c.StandardError))], variance,
            VarianceRest(variance), samples.Tally.ExactLanes);
    }

    /// <summary>What so many of the first samples say.</summary>
    private AssessedConvergence After(double[] values, int count, double mean, double error)
    {
        var first = Statistics.Of(values[..count]);
        return new AssessedConvergence(count, Drawn(mean, "mean"),
            count > 1 ? Drawn(error, "standardError") : null, Drawn(first.Quantile(0.025), "low"),
            Drawn(first.Median, "median"), Drawn(first.Quantile(0.975), "high"));
    }

    /// <summary>
    /// The share of what is not shown; nothing is left where fewer are uncertain than could be shown.
    /// </summary>
    private Figure? VarianceRest(ImmutableArray<AssessedVariance> shown)
    {
        if (shown.Length == 0) return null;
        var rest = shown.Length < top ? Amount.Zero
            : shown.Aggregate(Amount.From(100, 0), (left, v) => left - v.Share.Value);
        return new Figure(rest < Rounding ? Amount.Zero : rest, "%",
            new Trace.Formula("formula.products.assess.varianceRest",
                [.. shown.Select(v => new Operand(Called(v), v.Share))]));
    }

    private static string Called(AssessedVariance share) => (share.Parameter ?? share.Flow) is var name
        && share.Process.Length == 0 ? name : $"{share.Process} | {name}";

    /// <summary>The amounts that contribute most, largest share first.</summary>
    private ImmutableArray<AssessedVariance> Variance() => [.. RankCorrelations.Of(samples, index, top)
        .OrderByDescending(r => r.Of.Share).ThenBy(r => r.Of.Part).ThenBy(r => r.Of.Entry)
        .Select(r => new AssessedVariance($"products.assess.part.{r.Of.Part.ToString().ToLowerInvariant()}",
            r.Of.Process is { } process ? figures.NameOf(process) : OwnerOf(r.Of.Parameter), FlowOf(r.Of),
            AssessFigures.Of(100 * r.Of.Share, "%", "formula.products.assess.varianceShare", []),
            AssessFigures.Of(r.Correlation, "", "formula.products.assess.rank", []))
        {
            Parameter = r.Of.Parameter?.Name,
            Provider = ProviderOf(r.Of),
        })];

    /// <summary>Whose parameter it is: a process or a category by name, nobody's for the whole
    /// database.</summary>
    private string OwnerOf(UncertainParameter? parameter) => parameter is null ? ""
        : figures.Lookup.Database.Categories.FirstOrDefault(c => c.Id == parameter.Owner)?.Name
            ?? AssessNames.Of(figures.Lookup, parameter.Owner);

    /// <summary>Several may provide one flow; what a process makes itself has no provider.</summary>
    private string? ProviderOf(VarianceShare share)
    {
        if (share is not { Product: { } product, Process: { } taker, Parameter: null }) return null;
        var maker = figures.System.System.Producer(product);
        return maker == taker ? null : figures.NameOf(maker);
    }

    private string FlowOf(VarianceShare share)
    {
        if (share.Parameter is not null) return "";
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
