using Celadon.Lca.Model;
using Celadon.Lca.Results;
using Celadon.Packs.Lci;

namespace Celadon.Lenses.Products;

/// <summary>What processes, flows and inputs give to the score of one category.</summary>
internal sealed class AssessContributions
{
    private readonly AssessFigures _all;
    private readonly MethodCategory _category;
    private readonly CategoryIndex _index;
    private readonly int _top;
    private readonly double[] _factors;

    /// <summary>Looks the category's factors up, by row of the biosphere.</summary>
    public AssessContributions(AssessFigures all, MethodCategory category, CategoryIndex index, int top)
    {
        (_all, _category, _index, _top) = (all, category, index, top);
        var matrix = all.System.System.Factors.Matrix;
        _factors = [.. Enumerable.Range(0, matrix.Columns)
            .Select(e => matrix.Column(e).Where(x => x.Row == index.Value).Sum(x => x.Value))];
    }

    /// <summary>Each process with what it exchanges with nature itself.</summary>
    public AssessedParts Processes()
    {
        var scores = _all.Result.ProcessContributions(_index);
        return Parts([.. scores.Select((score, j) => (j, score))], j => Part(j, Process(j, scores[j])));
    }

    /// <summary>What a process itself gives to the score, as the engine has it.</summary>
    public Figure Process(int process, double score) => Of(score, "formula.products.assess.process",
        [_all.RunsOf(process), PerRun(process)]);

    /// <summary>Each flow over all processes, on both sides and at all places.</summary>
    public AssessedParts Flows()
    {
        var scores = _all.Result.FlowContributions(_index);
        var flows = Enumerable.Range(0, scores.Length).Where(e => scores[e] != 0)
            .GroupBy(FlowOf).Select(g => (Id: g.Key, Rows: g.ToList())).ToList();
        return Parts([.. flows.Select((f, k) => (k, f.Rows.Sum(e => scores[e])))], k =>
        {
            var (id, rows) = flows[k];
            List<Figure> figures = [.. rows.Select(e => Row(e, Inventory(e)))];
            var name = AssessNames.Flow(_all.Lookup, id);
            return new AssessedPart(id, name, figures is [var one] ? one
                : Of(rows.Sum(e => scores[e]), "formula.products.assess.rows",
                    [.. figures.Select(f => new Operand(name, f))]));
        });
    }

    /// <summary>The process itself, and each of its inputs with all that lies behind it.</summary>
    public AssessedParts FirstTier()
    {
        var tier = _all.Result.FirstTier(_index).GroupBy(p => (p.Supplier ?? p.Consumer, p.Supplier is null))
            .Select(g => g.Aggregate((a, b) => a with
            {
                Amount = a.Amount + b.Amount, Score = a.Score + b.Score,
            })).ToList();
        return Parts([.. tier.Select((p, k) => (k, p.Score))], k => tier[k].Supplier is { } supplier
            ? Part(supplier.Value, Behind(tier[k], supplier.Value))
            : Part(tier[k].Consumer.Value, Of(tier[k].Score, "formula.products.assess.own",
                [_all.Asked, PerRun(tier[k].Consumer.Value)])));
    }

    /// <summary>The largest as they are, the others added up, burdens and credits apart.</summary>
    private AssessedParts Parts(IReadOnlyList<(int Key, double Score)> scores, Func<int, AssessedPart> part)
    {
        var sorted = scores.Where(s => s.Score != 0)
            .OrderByDescending(s => Math.Abs(s.Score)).ThenBy(s => s.Key).ToList();
        var rest = Balance.Of(sorted.Skip(_top).Select(s => s.Score));
        var whole = Balance.Of(sorted.Select(s => s.Score));
        return new AssessedParts([.. sorted.Take(_top).Select(s => part(s.Key))],
            Of(rest.Burdens, "formula.products.assess.rest", []),
            Of(rest.Credits, "formula.products.assess.rest", []), Math.Max(0, sorted.Count - _top),
            Of(whole.Burdens, "formula.products.assess.burdens", []),
            Of(whole.Credits, "formula.products.assess.credits", []));
    }

    private AssessedPart Part(int process, Figure score)
    {
        var id = _all.System.Processes[process].Id;
        return new AssessedPart(id, AssessNames.Of(_all.Lookup, id), score);
    }

    private Figure Behind(FirstTierPart part, int supplier)
    {
        var unit = UnitOf(_all.System.Processes[supplier].Output.Flow.Id);
        return Of(part.Score, "formula.products.assess.tier",
            [new("operand.assess.taken", AssessFigures.Of(part.Amount, unit,
                "formula.products.assess.asked", [_all.Asked])),
            new("operand.assess.behind", AssessFigures.Of(part.Amount == 0 ? 0 : part.Score / part.Amount,
                Per(unit), "formula.products.assess.behind", []))]);
    }

    private Operand PerRun(int process)
    {
        var source = _all.SourceOf(process);
        var rows = _all.System.System.Biosphere.Matrix.Column(process)
            .Where(x => x.Value != 0 && _factors[x.Row] != 0).ToList();
        return new("operand.assess.direct", Of(rows.Sum(x => x.Value * _factors[x.Row]),
            "formula.products.assess.direct", [.. rows.Select(x => new Operand(
                AssessNames.Flow(_all.Lookup, FlowOf(x.Row)),
                Row(x.Row, Figure.FromDouble(x.Value, UnitOf(FlowOf(x.Row)), source))))]));
    }

    private Figure Row(int row, Figure exchanged) => Of(exchanged.Value.ToDouble() * _factors[row],
        "formula.products.assess.row", [new("operand.assess.exchanged", exchanged),
            new("operand.assess.factor", Figure.FromDouble(_factors[row], Per(UnitOf(FlowOf(row))),
                _all.Sources.Factor(_category.Id, FlowOf(row))))]);

    private Figure Inventory(int row) => AssessFigures.Of(_all.Result.Inventory[row], UnitOf(FlowOf(row)),
        "formula.products.assess.inventory", [_all.Asked]);

    private string FlowOf(int row) => _all.System.System.Names.ElementaryFlow(new(row));

    private string UnitOf(string flow) =>
        _all.Lookup.Flows.TryGetValue(flow, out var known) ? _all.Lookup.ReferenceUnit(known) : "";

    private string Per(string unit) => unit.Length == 0 ? _category.Unit : $"{_category.Unit}/{unit}";

    private Figure Of(double value, string formula, IReadOnlyList<Operand> operands) =>
        AssessFigures.Of(value, _category.Unit, formula, operands);
}
