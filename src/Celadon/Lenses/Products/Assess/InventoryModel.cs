using System.Globalization;
using Celadon.Lca.Model;
using Celadon.Lca.Modelling;
using Celadon.Lca.MonteCarlo;
using Celadon.Lca.WhatIf;
using Celadon.Packs;
using Celadon.Packs.Lci;
using Celadon.Text;

namespace Celadon.Lenses.Products;

/// <summary>
/// The processes and categories of a database in the terms of the engine: amounts in reference units,
/// formulas worked out, co-products with the rule the database states.
/// </summary>
/// <param name="lookup">The database.</param>
/// <param name="uncertain">
/// True where amounts will be drawn. Otherwise uncertainties are left behind, so that an impossible one does
/// not stand in the way of a score that does not use it.
/// </param>
/// <param name="places">How places widen.</param>
/// <param name="allocation">How co-products share.</param>
internal sealed class InventoryModel(LciLookup lookup, bool uncertain, PlaceLadder places,
    AssessAllocation allocation = AssessAllocation.Stated)
{
    // Streams of factors stand above those of exchanges, which count from 0 over all processes.
    private const uint FirstOfFactors = 1u << 31;

    private readonly Lazy<ParameterScope> _wider =
        new(() => Parameters(lookup.Database.Parameters, null, "", lookup.Database.Name));
    private readonly Lazy<Dictionary<string, uint>> _streams = new(() => FirstStreams(lookup));
    private readonly Lazy<IReadOnlyDictionary<string, string>> _places =
        new(() => AssessPlaces.Of(lookup, places));
    private uint _factors = FirstOfFactors;

    /// <summary>Processes that name no reference among their outputs and so provide nothing.</summary>
    public IReadOnlyList<LciProcess> Skipped => [.. lookup.Processes.Values
        .Where(p => Reference(p) is null).OrderBy(p => p.Id, StringComparer.Ordinal)];

    /// <summary>
    /// What a process provides: its reference under its own identifier, and co-products that bear a share
    /// under process and flow.
    /// </summary>
    public IEnumerable<(string Flow, string Column)> Columns(LciProcess process)
    {
        if (Reference(process) is not { } reference) yield break;
        yield return (reference.Flow, process.Id);
        if (Rule(process) is AllocationRule.ReferenceBearsAll or AllocationRule.Substitution) yield break;
        foreach (var e in process.Exchanges.Where(e => IsOutput(e) && e.Flow != reference.Flow))
            yield return (e.Flow, $"{process.Id}|{e.Flow}");
    }

    /// <summary>Whether the process, or whoever asks, says how co-products share.</summary>
    public bool StatesRule(LciProcess process) => allocation != AssessAllocation.Stated
        || process.Allocation is not null || process.AllocationFactors.Length > 0;

    /// <summary>Whether an exchange is a product made or a waste taken for others.</summary>
    public static bool IsOutput(UnitExchange e) => !e.IsAvoided
        && (e.Flow.Kind, e.IsInput) is (FlowKind.Product, false) or (FlowKind.Waste, true);

    /// <summary>A category; factors of flows that the database does not have are of no use and go.</summary>
    public Category Category(LciImpactCategory category)
    {
        var own = Parameters(category.Parameters, _wider.Value, category.Id, category.Name);
        var factors = category.Factors.Where(f => lookup.Flows.ContainsKey(f.Flow))
            .Select(f => Factor(category, f, own))
            .DistinctBy(f => (f.Flow, f.Location, f.Factor, f.Uncertainty,
                (f.Driven as FormulaAmount)?.Formula.Text))
            .Select(f => f with { Stream = uncertain ? _factors++ : null }).ToList();
        if (factors.GroupBy(f => (f.Flow, f.Location)).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw RefusedException.Of("products.assess.factorTwice", ("name", category.Name),
                ("flow", lookup.Flows[twice.Key.Flow].Name));
        return new Category(category.Id, factors) { Direction = category.Direction };
    }

    /// <summary>The exchange that a process is named after, where it is one of its outputs.</summary>
    public LciExchange? Reference(LciProcess process) => process.Exchanges.FirstOrDefault(e =>
        e.Id == process.Reference && IsOutput(e) && (e.Amount != 0 || e.Formula.Length > 0));

    private AllocationRule Rule(LciProcess process) =>
        allocation == AssessAllocation.ReferenceBearsAll ? AllocationRule.ReferenceBearsAll
        : process.Allocation ?? (process.AllocationFactors is [var first, ..] ? first.Rule
            : AllocationRule.ReferenceBearsAll);

    private bool IsOutput(LciExchange e) => !e.IsAvoided && lookup.Flows.TryGetValue(e.Flow, out var flow)
        && (flow.Kind, e.IsInput) is (FlowKind.Product, false) or (FlowKind.Waste, true);

    /// <summary>A process in the terms of the engine, its exchanges in their order.</summary>
    public UnitProcess Process(LciProcess process)
    {
        var reference = Reference(process)
            ?? throw RefusedException.Of("products.assess.noReference",
                ("name", AssessNames.Short(process.Name)));
        var own = Parameters(process.Parameters, _wider.Value, process.Id, process.Name);
        var outputs = process.Exchanges.Where(IsOutput).ToList();
        if (outputs.GroupBy(e => e.Flow).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw RefusedException.Of("products.assess.outputTwice",
                ("name", AssessNames.Short(process.Name)), ("flow", lookup.Flows[twice.Key].Name));
        var rule = Rule(process);
        var stated = process.AllocationFactors.Where(f => f.Rule == rule).ToList();
        var shares = stated.Where(f => f.Exchange is null).DistinctBy(f => f.Product)
            .ToDictionary(f => f.Product, f => Worked(f.Formula, f.Value, own, process.Name));
        var lines = process.Exchanges.Select(e => e.Id).ToHashSet();
        return new UnitProcess(process.Id, Flow(reference, process),
            [.. process.Exchanges.Select((e, k) => Exchange(process, e, k, own))])
        {
            Location = Place(process.Location),
            // Shares that the database states for a rule stand before those the rule would give.
            Allocation = shares.Count > 0 && rule is (AllocationRule.Physical or AllocationRule.Economic)
                ? AllocationRule.Stated : rule,
            Shares = shares,
            CausalShares = stated.Where(f => f.Exchange is { } id && lines.Contains(id))
                .Select(f => (Key: (f.Product, Line(f.Exchange!.Value)), f)).DistinctBy(x => x.Key)
                .ToDictionary(x => x.Key, x => Worked(x.f.Formula, x.f.Value, own, process.Name)),
            DrivenShares = DrivenBy(stated.Where(f => f.Exchange is null).DistinctBy(f => f.Product)
                .Select(f => (f.Product, f.Formula))),
            DrivenCausalShares = DrivenBy(stated.Where(f => f.Exchange is { } id && lines.Contains(id))
                .Select(f => (Key: (f.Product, Line(f.Exchange!.Value)), f.Formula))
                .DistinctBy(x => x.Key)),
        };

        Dictionary<TKey, DrivenAmount> DrivenBy<TKey>(IEnumerable<(TKey Key, string Formula)> by)
            where TKey : notnull => by.Select(x => (x.Key, Driven: Driven(x.Formula, own, 1)))
                .Where(x => x.Driven is not null).ToDictionary(x => x.Key, x => (DrivenAmount)x.Driven!);
    }

    private UnitExchange Exchange(LciProcess process, LciExchange e, int at, ParameterScope own)
    {
        var flow = Flow(e, process);
        var unit = lookup.ToReference(lookup.Flows[e.Flow], e.Unit, e.Property)
            ?? throw RefusedException.Of("products.assess.unit", ("name", AssessNames.Short(process.Name)),
                ("flow", lookup.Flows[e.Flow].Name), ("unit", lookup.Unit(e.Unit)?.Name ?? e.Unit));
        var amount = Worked(e.Formula, e.Amount, own, process.Name) * unit;
        return new UnitExchange(flow, amount, e.IsInput)
        {
            IsAvoided = e.IsAvoided,
            Provider = e.Provider.Length == 0 ? null : e.Provider,
            Line = Line(e.Id),
            Location = Place(e.Location),
            Uncertainty = Drawn(e.Uncertainty, unit),
            // By exchange, so that alternatives that are linked otherwise are drawn in pairs.
            Stream = uncertain ? _streams.Value[process.Id] + (uint)at : null,
            Driven = Driven(e.Formula, own, unit),
            // Money for one unit; without a stated cost an economic rule is refused, not guessed.
            Price = e.Cost is { } cost && amount != 0 && OneCurrency(process) ? cost / amount : null,
            // Amounts are compared as they are only where all are in one unit.
            Property = OneUnit(process) ? 1 : null,
        };
    }

    /// <summary>
    /// The number of the first exchange of each process: over the whole database by identifier, whatever the
    /// order of its file; in a spec as it states them, so that other names for the same draw the same.
    /// </summary>
    private static Dictionary<string, uint> FirstStreams(LciLookup lookup)
    {
        var (first, next) = (new Dictionary<string, uint>(StringComparer.Ordinal), 0u);
        foreach (var process in InlineSystem.Is(lookup) ? lookup.Database.Processes.AsEnumerable()
            : lookup.Processes.Values.OrderBy(p => p.Id, StringComparer.Ordinal))
        {
            first[process.Id] = next;
            next += (uint)process.Exchanges.Length;
        }
        return first;
    }

    private bool OneUnit(LciProcess process) => process.Allocation == AllocationRule.Physical
        && process.Exchanges.Where(IsOutput).Select(e => lookup.ReferenceUnit(lookup.Flows[e.Flow]))
            .Distinct().Count() == 1;

    private bool OneCurrency(LciProcess process) =>
        process.Exchanges.Where(IsOutput).Select(e => e.Currency).Distinct().Count() == 1;

    private RegionalFactor Factor(LciImpactCategory category, LciImpactFactor f, ParameterScope own)
    {
        var flow = lookup.Flows[f.Flow];
        var unit = lookup.ToReference(flow, f.Unit, f.Property)
            ?? throw RefusedException.Of("products.assess.unit", ("name", category.Name),
                ("flow", flow.Name), ("unit", lookup.Unit(f.Unit)?.Name ?? f.Unit));
        var (factor, driven) = (Worked(f.Formula, f.Value, own, category.Name) / unit,
            Driven(f.Formula, own, 1 / unit));
        return new RegionalFactor(f.Flow, Place(f.Location), factor,
            Drawn(f.Uncertainty, 1 / unit)) { Driven = driven };
    }

    /// <summary>A line of a process by its number: one flow may stand on several.</summary>
    private static string Line(int exchange) => exchange.ToString(CultureInfo.InvariantCulture);

    /// <summary>A place by the code that other databases and the packs know it by; null for none.</summary>
    private string? Place(string location) =>
        location.Length == 0 ? null : _places.Value.GetValueOrDefault(location, location);

    private Flow Flow(LciExchange e, LciProcess process) => lookup.Flows.TryGetValue(e.Flow, out var flow)
        ? new Flow(flow.Id, flow.Kind)
        : throw RefusedException.Of("products.assess.flow", ("name", AssessNames.Short(process.Name)),
            ("flow", e.Flow));

    private Uncertainty Drawn(Uncertainty given, double unit) =>
        uncertain ? given.Times(unit) : Uncertainty.None;

    private static double Worked(string formula, double value, ParameterScope scope, string name)
    {
        if (formula.Length == 0) return value;
        try
        {
            return FormulaParser.Parse(formula).Value(scope.Nominal.Values);
        }
        catch (FormulaException)
        {
            throw RefusedException.Of("products.assess.formula", ("name", name), ("formula", formula));
        }
    }

    /// <summary>What drives an amount by a formula over uncertain parameters; else null.</summary>
    private FormulaAmount? Driven(string formula, ParameterScope scope, double unit)
    {
        if (!uncertain || formula.Length == 0) return null;
        var parsed = FormulaParser.Parse(formula);
        return scope.Varies(parsed) ? new FormulaAmount(parsed, scope, unit) : null;
    }

    private static ParameterScope Parameters(IEnumerable<LciParameter> parameters, ParameterScope? wider,
        string owner, string name)
    {
        // Formulas name a parameter without the spaces around its name, which databases have.
        var all = parameters.Select(p => p with { Name = p.Name.Trim() })
            .DistinctBy(p => p.Name, StringComparer.OrdinalIgnoreCase).ToList();
        var numbers = all.Where(p => p.Formula.Length == 0).ToList();
        try
        {
            return new ParameterScope(owner, numbers.ToDictionary(p => p.Name, p => p.Value),
                all.Where(p => p.Formula.Length > 0).ToDictionary(p => p.Name, p => p.Formula),
                numbers.ToDictionary(p => p.Name, p => p.Uncertainty), wider);
        }
        catch (FormulaException fault)
        {
            throw RefusedException.Of("products.assess.formula", ("name", name),
                ("formula", fault.Formula));
        }
    }
}
