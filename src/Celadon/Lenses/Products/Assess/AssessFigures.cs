using System.Collections.Immutable;
using Celadon.Lca.Model;
using Celadon.Lca.Modelling;
using Celadon.Lca.MonteCarlo;
using Celadon.Lca.Results;
using Celadon.Packs.Lci;
using Celadon.Text;

namespace Celadon.Lenses.Products;

/// <summary>The results of the engine as figures that can be followed to exchanges and factors.</summary>
internal sealed class AssessFigures(LciLookup lookup, AssembledSystem system, LcaResult result,
    AssessSources sources, Figure amount, int top)
{
    private const int MostListed = 100;

    private readonly Operand _asked = new("operand.assess.amount", amount);

    /// <summary>The database.</summary>
    public LciLookup Lookup => lookup;

    /// <summary>The system.</summary>
    public AssembledSystem System => system;

    /// <summary>The solved demand.</summary>
    public LcaResult Result => result;

    /// <summary>Where numbers stand.</summary>
    public AssessSources Sources => sources;

    /// <summary>The amount asked for, as an operand.</summary>
    public Operand Asked => _asked;

    /// <summary>A category's score with what it is made of.</summary>
    public AssessedCategory Category(MethodCategory category, CategoryIndex index,
        AssessUpstreamLimits? limits, SimulationResult? samples)
    {
        var upstream = limits is null ? null : new AssessUpstream(this, category, index, limits);
        var parts = new AssessContributions(this, category, index, top);
        var processes = parts.Processes();
        var score = Score(category, index, processes);
        return new AssessedCategory(category.Id, category.Name, score, Accuracy(category, index), processes,
            parts.Flows(), parts.FirstTier(), upstream?.Tree(), upstream?.Sankey(),
            samples is null ? null : new AssessSamples(this, samples, index, score, top).Spread());
    }

    /// <summary>How far a category's score can be trusted as a number.</summary>
    public AssessedAccuracy Accuracy(MethodCategory category, CategoryIndex index)
    {
        var accuracy = result.Accuracy(index);
        return new AssessedAccuracy(Of(accuracy.Error, category.Unit, "formula.products.assess.error", []),
            double.IsFinite(accuracy.Condition)
                ? Of(accuracy.Condition, "", "formula.products.assess.condition", []) : null,
            accuracy.Digits, NameOf(accuracy.Weakest), accuracy.IsWeak);
    }

    /// <summary>Name of a process.</summary>
    public string NameOf(ProcessIndex process) =>
        AssessNames.Of(lookup, system.Processes[process.Value].Id);

    /// <summary>A category's score, made of what its processes give to it.</summary>
    public Figure Score(MethodCategory category, CategoryIndex index, AssessedParts processes,
        string formula = "formula.products.assess.score") => Of(result.Score(index), category.Unit, formula,
            [.. processes.Top.Select(p => new Operand(p.Name, p.Score)),
                new("operand.assess.restBurdens", processes.RestBurdens),
                new("operand.assess.restCredits", processes.RestCredits)]);

    /// <summary>How many inputs and wastes of the processes that run lead nowhere.</summary>
    public int UnlinkedCount => system.Unlinked.Count(u => Runs(u.Process) != 0);

    /// <summary>What leads nowhere, in the processes that run.</summary>
    public AssessedCutOff CutOff(SupplyChain chain)
    {
        var missing = system.Unlinked.Where(u => Runs(u.Process) != 0).ToList();
        return new AssessedCutOff(missing.Count, [.. missing.Take(MostListed).Select(u =>
        {
            var unit = UnitOf(u.Flow);
            var j = system.Process(u.Process).Value;
            return new AssessedUnlinked(AssessNames.Of(lookup, u.Process),
                AssessNames.Flow(lookup, u.Flow), Of(u.Amount * result.Supply[j], unit,
                    "formula.products.assess.taken",
                    [RunsOf(j), new("operand.assess.perRun",
                        Figure.FromDouble(u.Amount, unit, SourceOf(j)))]),
                chain.Candidates(u.Flow));
        })]);
    }

    /// <summary>Co-products of the processes that run that bear nothing.</summary>
    public ImmutableArray<AssessedFree> Free(SupplyChain chain) =>
        [.. system.FreeCoProducts.Where(f => Runs(f.Process) != 0).Select(f =>
        {
            var j = system.Process(f.Process).Value;
            var unit = UnitOf(f.Flow);
            return new AssessedFree(AssessNames.Of(lookup, f.Process), AssessNames.Flow(lookup, f.Flow),
                Of(f.Amount * result.Supply[j], unit, "formula.products.assess.taken",
                    [RunsOf(j), new("operand.assess.perRun",
                        Figure.FromDouble(f.Amount, unit, SourceOf(j)))]),
                chain.StatesRule(f.Process));
        })];

    /// <summary>What the method leaves out of the inventory.</summary>
    public AssessedMethod Method(ResolvedMethod method)
    {
        var counted = method.Categories.SelectMany(c => c.Model.Factors).Select(f => f.Flow)
            .ToHashSet(StringComparer.Ordinal);
        var rows = Enumerable.Range(0, result.Inventory.Length).Where(e => result.Inventory[e] != 0)
            .GroupBy(e => system.System.Names.ElementaryFlow(new(e)))
            .OrderBy(g => AssessNames.Flow(lookup, g.Key), StringComparer.Ordinal)
            .ThenBy(g => g.Key, StringComparer.Ordinal).ToList();
        var without = rows.Where(g => !counted.Contains(g.Key)).ToList();
        var suspects = without.Where(g => method.IsSuspect(lookup.Flows[g.Key])).ToList();
        return new AssessedMethod(method.Id, method.Name, method.Gwp, rows.Count, rows.Count - without.Count,
            [.. suspects.Take(MostListed).Select(Unmatched)], suspects.Count,
            [.. without.Except(suspects).Take(MostListed).Select(Unmatched)],
            [.. from g in rows
                where counted.Contains(g.Key)
                let note = method.Treatment(lookup.Flows[g.Key])
                where note is not null
                let flow = Unmatched(g)
                select new AssessedTreated(flow.Id, flow.Name, flow.Compartment, note, flow.Amount)])
        {
            Sets = AssessWeighting.Sets(method),
        };
    }

    private AssessedUnmatched Unmatched(IGrouping<string, int> rows)
    {
        var flow = lookup.Flows[rows.Key];
        var total = 0.0;
        foreach (var row in rows) total += result.Inventory[row];
        return new AssessedUnmatched(flow.Id, flow.Name, flow.Category, Of(total, UnitOf(flow.Id),
            "formula.products.assess.inventory", [_asked]));
    }

    /// <summary>How the system was solved.</summary>
    public AssessedSolver Solver()
    {
        var (way, reason) = (result.Choice.Kind.ToString(), result.Choice.Reason.ToString());
        return new AssessedSolver($"products.assess.way.{char.ToLowerInvariant(way[0])}{way[1..]}",
            system.System.ProcessCount,
            Of(result.Choice.BackwardError, "", "formula.products.assess.backwardError", []),
            $"products.compare.reason.{char.ToLowerInvariant(reason[0])}{reason[1..]}",
            result.Choice.Iterations);
    }

    /// <summary>How often a process runs, as an operand.</summary>
    public Operand RunsOf(int process) => new("operand.assess.runs",
        Of(result.Supply[process], "", "formula.products.assess.runs", [_asked]));

    /// <summary>The column of the process that is asked for.</summary>
    public int Root => result.Demanded.Value;

    /// <summary>The unit of what a process makes or treats.</summary>
    public string OutputUnit(int process) => UnitOf(system.Processes[process].Output.Flow.Id);

    /// <summary>Where the exchanges of a process stand.</summary>
    public Trace SourceOf(int process) => sources.Process(system.Processes[process].Source.Id);

    /// <summary>A number of the engine.</summary>
    /// <exception cref="RefusedException">It is beyond all numbers.</exception>
    public static Figure Of(double value, string unit, string formula, IReadOnlyList<Operand> operands) =>
        double.IsFinite(value) ? Figure.FromDouble(value, unit, new Trace.Formula(formula, operands))
            : throw RefusedException.Of("products.assess.beyondNumbers");

    private string UnitOf(string id) =>
        lookup.Flows.TryGetValue(id, out var flow) ? lookup.ReferenceUnit(flow) : "";

    private double Runs(string process) => result.Supply[system.Process(process).Value];
}
