using System.Globalization;
using Celadon.Lca.Model;
using Celadon.Lca.Modelling;
using Celadon.Lca.Results;
using Celadon.Lca.WhatIf;
using Celadon.Packs;
using Celadon.Packs.Lci;
using Celadon.Quantities;
using Celadon.Text;

namespace Celadon.Lenses.Products;

/// <summary>
/// The system as it is, factored once, and each alternative solved on it: one without changes as it is, one
/// with changes by correcting the kept factor for the processes that differ.
/// </summary>
internal sealed class CompareModel : IDisposable
{
    /// <summary>Above so many changed processes a new factor costs less than a solve for each.</summary>
    private const int MostCorrected = 100;

    private readonly LciLookup _lookup;
    private readonly AssessSources _sources;
    private readonly CompareSpec _spec;
    private readonly FactorLibrary _packs;
    private readonly CancellationToken _cancel;
    private readonly InventoryModel _model;
    private readonly IReadOnlyList<LciProcess> _asked;
    private readonly ModelParts _parts;
    private readonly AssembledSystem _system;
    private readonly Assessment _assessment;

    /// <summary>Links the processes and factors nothing yet.</summary>
    public CompareModel(LciLookup lookup, AssessSources sources, CompareSpec spec, FactorLibrary packs,
        CancellationToken cancel)
    {
        (_lookup, _sources, _spec, _packs, _cancel) = (lookup, sources, spec, packs, cancel);
        List<LciProcess> asked = [.. spec.Alternatives.Select((a, i) =>
            AssessNames.Process(lookup, a.Process, Pointer(i) + "/process"))];
        (Systems, var links) = StoredLinks.Of(lookup, asked, null);
        // Suppliers that an alternative changes to are part of all systems, so that processes are the same.
        _asked = [.. asked, .. spec.Alternatives.SelectMany((a, i) => a.Suppliers.Select((s, k) =>
            AssessNames.Process(lookup, s.To,
                FormattableString.Invariant($"{Pointer(i)}/suppliers/{k}/to"))))];
        (_model, Chain, _parts) = Parts(lookup, links);
        _system = Assembled(_parts);
        _assessment = new Assessment(_system.System);
    }

    /// <summary>The categories that are scored.</summary>
    public IReadOnlyList<MethodCategory> Categories => _parts.Method.Categories;

    /// <summary>Factors that were taken of a wider place than the flow's.</summary>
    public IReadOnlyList<WidenedFactor> Widened => _system.Widened;

    /// <summary>The processes that the alternatives reach.</summary>
    public SupplyChain Chain { get; }

    /// <summary>Product systems of the database whose links were taken.</summary>
    public int Systems { get; }

    /// <summary>Processes that name no reference among their outputs and so provide nothing.</summary>
    public IReadOnlyList<LciProcess> Skipped => _model.Skipped;

    /// <summary>Where an alternative stands in the spec.</summary>
    public static string Pointer(int alternative) =>
        string.Create(CultureInfo.InvariantCulture, $"/alternatives/{alternative}");

    /// <summary>
    /// Scores of an alternative with some of its changes, by category; null where these alone cannot be made,
    /// with what stands in the way.
    /// </summary>
    /// <param name="index">Its number.</param>
    /// <param name="only">Which changes are made, by list and number.</param>
    public (double[]? Scores, Finding? Fault) Scores(int index, Func<string, int, bool> only)
    {
        _cancel.ThrowIfCancellationRequested();
        try
        {
            return (AssessQuestion.Guarded(_lookup, () =>
            {
                using var solved = Solve(index, only);
                return Categories.Select((_, c) => solved.Figures.Result.Score(new(c))).ToArray();
            }), null);
        }
        catch (RefusedException fault)
        {
            return (null, fault.Finding);
        }
    }

    /// <summary>Solves an alternative.</summary>
    /// <param name="index">Its number.</param>
    /// <param name="only">Which changes are made, by list and number; null for all.</param>
    public SolvedAlternative Solve(int index, Func<string, int, bool>? only = null)
    {
        var (alternative, at) = (_spec.Alternatives[index], Pointer(index));
        var process = _asked[index];
        var reference = _model.Reference(process) ?? throw Refusal.At("products.assess.noReference",
            at + "/process", ("name", process.Name));
        var flow = _lookup.Flows[reference.Flow];
        var amount = ReferenceFlow(alternative, at, flow);
        var changes = new CompareChanges(_lookup, alternative, at, only);
        if (changes.Count == 0)
            return Solved(null, _system, _assessment.Solve(_system.DemandFor(process.Id,
                amount.Value.ToDouble())), _parts.Method, _sources with { Factor = _parts.Method.Factor });
        var (parts, sources) = changes.Applied(_parts, _model, _sources, other =>
            Parts(other, StoredLinks.Of(other, _asked.Take(_spec.Alternatives.Length).ToList(), null).Links)
                .Parts);
        var system = Assembled(parts);
        var changed = new Assessment(system.System);
        try
        {
            var demand = system.DemandFor(process.Id, amount.Value.ToDouble());
            var scenario = Scenario.TryBetween(_assessment, system.System, MostCorrected);
            return Solved(changed, system,
                scenario is null ? changed.Solve(demand) : scenario.Solve(changed, demand),
                parts.Method, sources);
        }
        catch
        {
            changed.Dispose();
            throw;
        }

        SolvedAlternative Solved(Assessment? own, AssembledSystem on, LcaResult result, ResolvedMethod method,
            AssessSources from)
        {
            if (result.Scores.ContainsAnyExceptInRange(double.MinValue, double.MaxValue))
                throw Refusal.At("products.assess.singular", at, ("name", process.Name));
            var figures = new AssessFigures(_lookup, on, result, from, amount, _spec.Top);
            return new SolvedAlternative(alternative, process, flow, amount, own, method, figures,
                changes.Count);
        }
    }

    public void Dispose() => _assessment.Dispose();

    private AssembledSystem Assembled(ModelParts parts) => SystemAssembler.Assemble(parts.Processes,
        [.. parts.Method.Categories.Select(c => c.Model)], LinkPolicy.Stated,
        AssessPlaces.Wider(_packs.Places));

    private (InventoryModel Model, SupplyChain Chain, ModelParts Parts) Parts(LciLookup lookup,
        Dictionary<(string Process, int Exchange), string> links)
    {
        var model = new InventoryModel(lookup, _spec.MonteCarlo is not null, _packs.Places, _spec.Allocation);
        var chain = new SupplyChain(lookup, model, _spec.Linking, links);
        var method = AssessMethods.Of(new AssessSpec
        {
            Database = _spec.Database, System = _spec.System, Process = "", Amount = Amount.One,
            Method = _spec.Method, Categories = _spec.Categories, MonteCarlo = _spec.MonteCarlo,
        }, lookup, _sources, _packs, model);
        return (model, chain, new ModelParts(
            chain.Reached([.. _asked.Select(p => lookup.Processes[p.Id])], _cancel), method));
    }

    /// <summary>How much of the product fulfils the functional unit, in its reference unit.</summary>
    private Figure ReferenceFlow(CompareAlternative alternative, string at, LciFlow flow)
    {
        var own = alternative.ReferenceFlow;
        var (value, unit) = own is null ? (_spec.FunctionalUnit.Amount, _spec.FunctionalUnit.Unit)
            : (own.Amount, own.Unit);
        var stated = new Figure(value, unit, new Trace.Given(own is null ? "/functionalUnit/amount"
            : at + "/referenceFlow/amount"));
        var reference = _lookup.ReferenceUnit(flow);
        if (unit == reference) return stated;
        if (AssessNames.InReference(_lookup, flow, unit) is not { } factor)
            throw Refusal.At(own is null ? "products.compare.unit" : "products.compare.flowUnit",
                own is null ? at : at + "/referenceFlow/unit", ("name", alternative.Name), ("unit", unit),
                ("flow", flow.Name), ("reference", reference));
        return AssessFigures.Of(value.ToDouble() * factor, reference, "formula.products.compare.inUnit",
            [new("operand.compare.stated", stated)]);
    }
}

/// <summary>What a system is assembled of.</summary>
/// <param name="Processes">The processes, in a fixed order.</param>
/// <param name="Method">The categories, in the order they are scored, and where their factors stand.</param>
internal sealed record ModelParts(IReadOnlyList<UnitProcess> Processes, ResolvedMethod Method);

/// <summary>An alternative with its solution.</summary>
internal sealed class SolvedAlternative(CompareAlternative alternative, LciProcess process, LciFlow flow,
    Figure amount, Assessment? own, ResolvedMethod method, AssessFigures figures, int changes) : IDisposable
{
    /// <summary>Its name.</summary>
    public string Name => alternative.Name;

    /// <summary>What its inventory is weighed with.</summary>
    public ResolvedMethod Method => method;

    /// <summary>Its numbers as figures.</summary>
    public AssessFigures Figures => figures;

    /// <summary>Changes it states.</summary>
    public int Changes => changes;

    /// <summary>Whether it states anything otherwise than the database.</summary>
    public bool IsChanged => changes > 0;

    /// <summary>Inputs and wastes in its supply chain that lead nowhere.</summary>
    public int Unlinked { get; } = figures.UnlinkedCount;

    /// <summary>What the answer says of it.</summary>
    public ComparedAlternative Report()
    {
        var (choice, solver) = (figures.Result.Choice, figures.Solver());
        var reason = choice.Reason.ToString();
        return new ComparedAlternative(Name, process.Id, process.Name, flow.Name, amount, changes, Unlinked,
            new ComparedSolver(solver.Way,
                $"products.compare.reason.{char.ToLowerInvariant(reason[0])}{reason[1..]}",
                choice.Kind == Lca.Solving.SolverKind.LowRank ? choice.Iterations : 0, solver.BackwardError));
    }

    public void Dispose() => own?.Dispose();
}
