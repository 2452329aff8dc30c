using Celadon.Packs.Lci;
using Celadon.Quantities;

namespace Celadon.Lenses.Products;

/// <summary>
/// Which change of an alternative gives which part of its difference: each alone on the alternative without
/// changes, one at a time, and what they give together beyond that.
/// </summary>
internal sealed class CompareSplit
{
    /// <summary>Above so many changes an alternative is not split: each costs a solve.</summary>
    public const int MostChanges = 12;

    private readonly List<(ComparedChange Change, double[]? Scores)> _parts = [];
    private readonly double[] _without;

    private CompareSplit(double[] without) => _without = without;

    /// <summary>Solves the changes of an alternative one by one; null for none or too many.</summary>
    /// <param name="now">The system as it is.</param>
    /// <param name="lookup">The database.</param>
    /// <param name="alternative">The alternative.</param>
    /// <param name="index">Its number.</param>
    /// <param name="whole">Its scores with all changes.</param>
    public static CompareSplit? Of(CompareModel now, LciLookup lookup, CompareAlternative alternative,
        int index, double[] whole)
    {
        var changes = Changes(lookup, alternative, CompareModel.Pointer(index)).ToList();
        if (changes.Count is 0 or > MostChanges) return null;
        // Without its changes an alternative is what the database holds, and that was solved for all.
        var split = new CompareSplit(now.Scores(index, (_, _) => false).Scores!);
        foreach (var (list, at, change) in changes)
        {
            var (scores, fault) = changes.Count == 1 ? (whole, null)
                : now.Scores(index, (l, k) => l == list && k == at);
            split._parts.Add((change with { Because = fault?.Code }, scores));
        }
        return split;
    }

    /// <summary>Names of what the changes are about that cannot be made without the others.</summary>
    public IReadOnlyList<string> Inseparable =>
        [.. _parts.Where(p => p.Scores is null).Select(p => p.Change.What)];

    /// <summary>The parts of a difference in one category.</summary>
    /// <param name="category">Number of the category.</param>
    /// <param name="first">The first alternative's score.</param>
    /// <param name="difference">The difference.</param>
    public ComparedChanges In(int category, Figure first, Figure difference)
    {
        var without = AssessFigures.Of(_without[category], first.Unit, "formula.products.compare.without",
            []);
        Figure Less(Figure a, Figure b) => new(a.Value - b.Value, a.Unit, new Trace.Formula(
            "formula.products.compare.difference", [new("operand.compare.second", a),
                new("operand.compare.first", b)]));
        var choice = Less(without, first);
        var parts = _parts.Select(p => p.Scores is not { } scores ? p.Change : p.Change with
        {
            Alone = Less(AssessFigures.Of(scores[category], first.Unit, "formula.products.compare.alone",
                p.Change.Stated is { } stated ? [new("operand.compare.stated", stated)] : []), without),
        }).ToList();
        var alone = parts.Select(p => p.Alone).OfType<Figure>().ToList();
        var left = alone.Aggregate(difference.Value - choice.Value, (sum, a) => sum - a.Value);
        return new ComparedChanges(without, choice, [.. parts], new Figure(left, first.Unit,
            new Trace.Formula("formula.products.compare.interaction",
                [new("operand.compare.difference", difference), new("operand.compare.choice", choice),
                    .. alone.Select(a => new Operand("operand.compare.alone", a))])))
        {
            Inseparable = _parts.Count(p => p.Scores is null),
        };
    }

    private static IEnumerable<(string List, int At, ComparedChange Change)> Changes(LciLookup lookup,
        CompareAlternative a, string at)
    {
        string Name(string process, string pointer) =>
            AssessNames.Process(lookup, process, at + pointer).Name;
        string Flow(string flow) => AssessNames.Flow(lookup, flow);
        Figure Given(Amount value, string unit, string pointer) =>
            new(value, unit, new Trace.Given(at + pointer));
        for (var k = 0; k < a.Suppliers.Length; k++)
        {
            var (s, place) = (a.Suppliers[k], FormattableString.Invariant($"/suppliers/{k}"));
            yield return ("suppliers", k, new ComparedChange("supplier", Name(s.Process, place + "/process"),
                Flow(s.Flow), Name(s.To, place + "/to"),
                s.Ratio is { } ratio ? Given(ratio, "", place + "/ratio") : null, null));
        }
        for (var k = 0; k < a.Amounts.Length; k++)
        {
            var (m, place) = (a.Amounts[k], FormattableString.Invariant($"/amounts/{k}"));
            yield return ("amounts", k, new ComparedChange("amount", Name(m.Process, place + "/process"),
                Flow(m.Flow), null, Given(m.Amount, m.Unit, place + "/amount"), null));
        }
        for (var k = 0; k < a.Parameters.Length; k++)
        {
            var (p, place) = (a.Parameters[k], FormattableString.Invariant($"/parameters/{k}"));
            yield return ("parameters", k, new ComparedChange("parameter",
                p.Process is null ? null : Name(p.Process, place + "/process"), p.Name, null,
                Given(p.Value, "", place + "/value"), null));
        }
    }
}
