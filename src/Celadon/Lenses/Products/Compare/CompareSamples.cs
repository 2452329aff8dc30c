using Celadon.Lca.Model;
using Celadon.Lca.MonteCarlo;
using Celadon.Quantities;

namespace Celadon.Lenses.Products;

/// <summary>The samples of all alternatives: in one sample each exchange is drawn alike for all.</summary>
internal sealed class CompareSamples
{
    private const int MostBins = 24;

    private readonly IReadOnlyList<SimulationResult> _runs = [];
    private readonly AssessDraws? _draws;
    private readonly IReadOnlyList<SolvedAlternative> _alternatives = [];
    private readonly int _top;

    /// <summary>Draws, where samples are asked for.</summary>
    public CompareSamples(CompareSpec spec, IReadOnlyList<SolvedAlternative> alternatives,
        CancellationToken cancel)
    {
        if ((_draws = spec.MonteCarlo) is null) return;
        var categories = alternatives[0].Figures.System.System.CategoryCount;
        var settings = new MonteCarloSettings
        {
            Samples = _draws.Samples,
            Seed = _draws.Seed,
            Categories = [.. Enumerable.Range(0, categories).Select(c => new CategoryIndex(c))],
        };
        _runs = [.. alternatives.Select(a => Simulation.Run(a.Figures.Result,
            settings with
            {
                Driven = a.Figures.System.Driven,
                Shares = _draws.KeepShares ? a.Figures.System.Shares : [],
            }, null, cancel))];
        (_alternatives, _top) = (alternatives, spec.Top);
        IsStill = Enumerable.Range(0, categories)
            .All(c => _runs.All(r => r.Summary(new(c)).Variance == 0));
    }

    /// <summary>True where samples were asked for and nothing is uncertain.</summary>
    public bool IsStill { get; }

    /// <summary>The spread of an alternative's score; null where no samples were asked for.</summary>
    public AssessedSpread? Spread(int alternative, CategoryIndex category, Figure score) =>
        _draws is null ? null : new AssessSamples(_alternatives[alternative].Figures, _runs[alternative],
            category, score, _top).Spread();

    /// <summary>The difference to the first; null where no samples were asked for.</summary>
    public ComparedSamples? Difference(int alternative, CategoryIndex category, Figure nominal)
    {
        if (_draws is null) return null;
        var (a, b) = (_runs[0].Samples(category).ToArray(), _runs[alternative].Samples(category).ToArray());
        double[] difference = [.. b.Zip(a, (second, first) => second - first)];
        var drawn = Statistics.Of(difference);
        Operand[] from = [new("operand.compare.nominal", nominal), Seed()];
        Figure Of(double value, string formula) => AssessFigures.Of(value, nominal.Unit, formula, from);
        return new ComparedSamples(difference.Length, _draws.Seed,
            Of(drawn.Mean, "formula.products.compare.mean"),
            Of(drawn.Median, "formula.products.compare.median"),
            Of(drawn.Deviation, "formula.products.compare.deviation"),
            Of(drawn.Quantile(0.025), "formula.products.compare.low"),
            Of(drawn.Quantile(0.975), "formula.products.compare.high"),
            Share(difference.Count(d => d > 0)), Share(difference.Count(d => d < 0)),
            Share(difference.Count(d => d == 0)), Unpaired(a, b, nominal.Unit),
            Bins(difference, nominal.Unit));
    }

    /// <summary>The share of a count in the samples, %.</summary>
    private Figure Share(int count) => AssessFigures.Of(100.0 * count / _draws!.Samples, "%",
        "formula.products.compare.share", [
            new("operand.compare.count", AssessFigures.Of(count, "", "formula.products.compare.count",
                [Seed()])),
            new("operand.compare.samples", new Figure(Amount.From(_draws.Samples, 0), "",
                new Trace.Given("/monteCarlo/samples")))]);

    /// <summary>
    /// Every sample of the first against every one of the second (Mann and Whitney 1947): what independent
    /// draws would say, with no further chance in it.
    /// </summary>
    private ComparedUnpaired Unpaired(double[] a, double[] b, string unit)
    {
        var sorted = (double[])a.Clone();
        Array.Sort(sorted);
        var lower = b.Sum(value => (double)Below(sorted, value));
        var (first, second) = (Statistics.Of(a).Deviation, Statistics.Of(b).Deviation);
        Figure Own(double deviation) =>
            AssessFigures.Of(deviation, unit, "formula.products.assess.deviation", [Seed()]);
        return new ComparedUnpaired(
            AssessFigures.Of(Math.Sqrt((first * first) + (second * second)), unit,
                "formula.products.compare.apart", [new("operand.compare.first", Own(first)),
                    new("operand.compare.second", Own(second))]),
            AssessFigures.Of(100 * lower / a.Length / b.Length, "%", "formula.products.compare.pairs",
                [Seed()]));
    }

    /// <summary>How many of the sorted values are below a value.</summary>
    private static int Below(double[] sorted, double value)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] < value) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    /// <summary>Classes of a round width, of which 0 is a bound wherever the values reach it.</summary>
    private static System.Collections.Immutable.ImmutableArray<ComparedBin> Bins(double[] values, string unit)
    {
        var (least, most) = (values.Min(), values.Max());
        if (least == most) return [Bin(least, most, values.Length)];
        var width = Round((most - least) / MostBins);
        var (first, last) = ((long)Math.Floor(least / width), (long)Math.Floor(most / width));
        var counts = new int[last - first + 1];
        foreach (var value in values) counts[(long)Math.Floor(value / width) - first]++;
        return [.. counts.Select((count, k) => Bin((first + k) * width, (first + k + 1) * width, count))];

        ComparedBin Bin(double from, double to, int count) => new(Bound(from), Bound(to), count);
        Figure Bound(double value) => AssessFigures.Of(value, unit, "formula.products.compare.bound", []);
    }

    /// <summary>The next of 1, 2, 5 × 10ⁿ.</summary>
    private static double Round(double width)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(width)));
        return power * (width <= power ? 1 : width <= 2 * power ? 2 : width <= 5 * power ? 5 : 10);
    }

    private Operand Seed() => new("operand.compare.seed",
        new Figure(Amount.From(_draws!.Seed, 0), "", new Trace.Given("/monteCarlo/seed")));
}
