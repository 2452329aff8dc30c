using Celadon.Lca.Model;
using Celadon.Lca.Modelling;
using Celadon.Lca.MonteCarlo;
using Celadon.Lca.Results;
using Celadon.Packs.Lci;

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

    /// <summary>Co-products of the supply chain that bear nothing.</summary>
    public int FreeCount => system.FreeCoProducts.Count(f => Runs(f.Process) != 0);

    /// <summary>A category's score with what it is made of.</summary>
    public AssessedCategory Category(LciImpactCategory category, CategoryIndex index,
        SimulationResult? samples)
    {
        var parts = new AssessContributions(this, category, index, top);
        var processes = parts.Processes();
        var score = Of(result.Score(index), category.Unit, "formula.products.assess.score",
            [.. processes.Top.Select(p => new Operand(p.Name, p.Score)),
                new("operand.assess.restBurdens", processes.RestBurdens),
                new("operand.assess.restCredits", processes.RestCredits)]);
        return new AssessedCategory(category.Id, category.Name, score, processes, parts.Flows(),
            parts.FirstTier(), samples is null ? null : Spread(samples, index, score));
    }

    /// <summary>What leads nowhere, in the processes that run.</summary>
    public AssessedCutOff CutOff()
    {
        var missing = system.Unlinked.Where(u => Runs(u.Process) != 0).ToList();
        return new AssessedCutOff(missing.Count, [.. missing.Take(MostListed).Select(u =>
        {
            var unit = lookup.Flows.TryGetValue(u.Flow, out var flow) ? lookup.ReferenceUnit(flow) : "";
            var j = system.Process(u.Process).Value;
            return new AssessedUnlinked(AssessNames.Of(lookup, u.Process),
                AssessNames.Flow(lookup, u.Flow), Of(u.Amount * result.Supply[j], unit,
                    "formula.products.assess.taken",
                    [RunsOf(j), new("operand.assess.perRun",
                        Figure.FromDouble(u.Amount, unit, SourceOf(j)))]),
                u.Candidates);
        })]);
    }

    /// <summary>How the system was solved.</summary>
    public AssessedSolver Solver()
    {
        var way = result.Choice.Kind.ToString();
        return new AssessedSolver($"products.assess.way.{char.ToLowerInvariant(way[0])}{way[1..]}",
            system.System.ProcessCount,
            Of(result.Choice.BackwardError, "", "formula.products.assess.backwardError", []));
    }

    /// <summary>How often a process runs, as an operand.</summary>
    public Operand RunsOf(int process) => new("operand.assess.runs",
        Of(result.Supply[process], "", "formula.products.assess.runs", [_asked]));

    /// <summary>Where the exchanges of a process stand.</summary>
    public Trace SourceOf(int process) => sources.Process(system.Processes[process].Source.Id);

    /// <summary>A number of the engine.</summary>
    public static Figure Of(double value, string unit, string formula, IReadOnlyList<Operand> operands) =>
        Figure.FromDouble(value, unit, new Trace.Formula(formula, operands));

    private double Runs(string process) => result.Supply[system.Process(process).Value];

    private static AssessedSpread Spread(SimulationResult samples, CategoryIndex index, Figure score)
    {
        var drawn = samples.Summary(index);
        Figure Drawn(double value, string formula) =>
            Of(value, score.Unit, formula, [new("operand.assess.score", score)]);
        return new AssessedSpread(drawn.Count, (uint)samples.Settings.Seed,
            Drawn(drawn.Mean, "formula.products.assess.mean"),
            Drawn(drawn.Median, "formula.products.assess.median"),
            Drawn(drawn.Deviation, "formula.products.assess.deviation"),
            Drawn(drawn.Quantile(0.025), "formula.products.assess.low"),
            Drawn(drawn.Quantile(0.975), "formula.products.assess.high"));
    }
}
