using Celadon.Lca.Model;
using Celadon.Lca.Results;

namespace Celadon.Lenses.Products;

/// <summary>The alternatives in one category.</summary>
internal sealed class CompareFigures(IReadOnlyList<SolvedAlternative> alternatives, CompareSamples samples,
    IReadOnlyList<CompareSplit?> splits, MethodCategory category, CategoryIndex index, int top)
{
    private readonly AssessContributions[] _parts = [.. alternatives.Select(a =>
        new AssessContributions(a.Figures, category, index, top))];

    private readonly double[][] _scores = [.. alternatives.Select(a =>
        a.Figures.Result.ProcessContributions(index))];

    private readonly AssessedAccuracy[] _accuracies = [.. alternatives.Select(a =>
        a.Figures.Accuracy(category, index))];

    /// <summary>Scores side by side, and each other one less the first.</summary>
    public ComparedCategory Category()
    {
        Figure[] scores = [.. alternatives.Select((a, i) => a.Figures.Score(category, index,
            _parts[i].Processes(), a.IsChanged ? "formula.products.compare.score"
                : "formula.products.assess.score"))];
        return new ComparedCategory(category.Id, category.Name,
            [.. alternatives.Select((a, i) => new ComparedScore(a.Name, scores[i], _accuracies[i],
                samples.Spread(i, index, scores[i])))],
            [.. Enumerable.Range(1, alternatives.Count - 1).Select(i => Difference(i, scores))]);
    }

    private ComparedDifference Difference(int other, Figure[] scores)
    {
        var (first, second) = (scores[0], scores[other]);
        var difference = Less(first, second);
        // Of a credit or of nothing there is no percentage that says more or less.
        var percent = first.Value.Sign <= 0 ? null : AssessFigures.Of(
            100 * difference.Value.ToDouble() / first.Value.ToDouble(), "%",
            "formula.products.compare.percent",
            [new("operand.compare.difference", difference), new("operand.compare.first", first)]);
        var error = Error(other);
        return new ComparedDifference(alternatives[0].Name, alternatives[other].Name, difference, percent,
            error, ScoreAccuracy.DigitsOf(difference.Value.ToDouble(), error.Value.ToDouble()),
            Processes(other), splits[other]?.In(index.Value, first, difference),
            samples.Difference(other, index, difference));
    }

    /// <summary>In the worst case both scores are wrong, and not to the same side.</summary>
    private Figure Error(int other)
    {
        var (first, second) = (_accuracies[0].Error, _accuracies[other].Error);
        return new Figure(first.Value + second.Value, category.Unit,
            new Trace.Formula("formula.products.compare.error",
                [new("operand.compare.first", first), new("operand.compare.second", second)]));
    }

    /// <summary>The processes that make the difference, the largest first.</summary>
    private ComparedParts Processes(int other)
    {
        double Of(int j) => _scores[other][j] - _scores[0][j];
        var sorted = Enumerable.Range(0, _scores[0].Length).Where(j => Of(j) != 0)
            .OrderByDescending(j => Math.Abs(Of(j))).ThenBy(j => j).ToList();
        var rest = Balance.Of(sorted.Skip(top).Select(Of));
        return new ComparedParts([.. sorted.Take(top).Select(j =>
        {
            var (first, second) = (_parts[0].Process(j, _scores[0][j]),
                _parts[other].Process(j, _scores[other][j]));
            var id = alternatives[0].Figures.System.Processes[j].Id;
            return new ComparedPart(id, AssessNames.Of(alternatives[0].Figures.Lookup, id), first, second,
                Less(first, second));
        })], Rest(rest.Burdens), Rest(rest.Credits), Math.Max(0, sorted.Count - top));
    }

    private Figure Rest(double value) =>
        AssessFigures.Of(value, category.Unit, "formula.products.compare.rest", []);

    /// <summary>The second less the first, exactly as both are given.</summary>
    private static Figure Less(Figure first, Figure second) => new(second.Value - first.Value, first.Unit,
        new Trace.Formula("formula.products.compare.difference",
            [new("operand.compare.second", second), new("operand.compare.first", first)]));
}
