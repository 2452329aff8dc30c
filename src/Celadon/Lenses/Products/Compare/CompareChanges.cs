using System.Globalization;
using Celadon.Lca.Model;
using Celadon.Lca.Modelling;
using Celadon.Packs.Lci;

namespace Celadon.Lenses.Products;

/// <summary>
/// What an alternative states otherwise than the database. The processes stay the same; what they exchange
/// changes, and its random stream stays that of the exchange.
/// </summary>
/// <param name="lookup">The database.</param>
/// <param name="alternative">The alternative.</param>
/// <param name="at">Where it stands in the spec.</param>
/// <param name="only">Which of its changes are made, by list and number; null for all.</param>
internal sealed class CompareChanges(LciLookup lookup, CompareAlternative alternative, string at,
    Func<string, int, bool>? only = null)
{
    private readonly Dictionary<string, List<Operand>> _stated = new(StringComparer.Ordinal);
    private readonly List<Operand> _parameters = [];
    private readonly Dictionary<int, UnitProcess> _unswapped = [];
    private readonly Dictionary<(int Process, int Exchange), double> _ratios = [];

    /// <summary>Changes made.</summary>
    public int Count => Made("suppliers", alternative.Suppliers.Length).Count()
        + Made("amounts", alternative.Amounts.Length).Count()
        + Made("parameters", alternative.Parameters.Length).Count();

    /// <summary>The parts of the system with the changes made, and where their numbers stand now.</summary>
    /// <param name="before">The parts without changes.</param>
    /// <param name="model">Says what a process provides.</param>
    /// <param name="sources">Where numbers stand without changes.</param>
    /// <param name="partsOf">The parts of a database with other parameters.</param>
    public (ModelParts Parts, AssessSources Sources) Applied(ModelParts before, InventoryModel model,
        AssessSources sources, Func<LciLookup, ModelParts> partsOf)
    {
        var parts = before;
        if (Made("parameters", alternative.Parameters.Length).Any())
        {
            parts = partsOf(Parameterised());
            parts = parts with { Processes = [.. parts.Processes.Zip(before.Processes, Scaled)] };
        }
        var processes = parts.Processes.ToArray();
        var index = processes.Select((p, j) => (p.Id, j)).ToDictionary(x => x.Id, x => x.j,
            StringComparer.Ordinal);
        foreach (var k in Made("suppliers", alternative.Suppliers.Length))
            Supplied(alternative.Suppliers[k], Place("suppliers", k), model, processes, index);
        foreach (var k in Made("amounts", alternative.Amounts.Length))
            Measured(alternative.Amounts[k], Place("amounts", k), processes, index);
        return (parts with { Processes = processes },
            Sources(sources, before, parts with { Processes = processes }));
    }

    private IEnumerable<int> Made(string list, int count) =>
        Enumerable.Range(0, count).Where(k => only?.Invoke(list, k) ?? true);

    private string Place(string list, int k) =>
        string.Create(CultureInfo.InvariantCulture, $"{at}/{list}/{k}");

    /// <summary>The database with other values of its parameters.</summary>
    private LciLookup Parameterised()
    {
        var database = lookup.Database;
        foreach (var k in Made("parameters", alternative.Parameters.Length))
        {
            var (changed, place) = (alternative.Parameters[k], Place("parameters", k));
            _parameters.Add(new(changed.Name,
                new Figure(changed.Value, "", new Trace.Given(place + "/value"))));
            if (changed.Process is null)
            {
                database = database with { Parameters = With(database.Parameters, changed, place) };
                continue;
            }
            var owner = AssessNames.Process(lookup, changed.Process, place + "/process");
            database = database with
            {
                Processes = [.. database.Processes.Select(p => p.Id == owner.Id
                    ? p with { Parameters = With(p.Parameters, changed, place) } : p)],
            };
        }
        return new LciLookup(database);
    }

    private static System.Collections.Immutable.ImmutableArray<LciParameter> With(
        System.Collections.Immutable.ImmutableArray<LciParameter> all, ChangedParameter changed, string place)
    {
        var found = all.FirstOrDefault(p =>
            string.Equals(p.Name.Trim(), changed.Name.Trim(), StringComparison.OrdinalIgnoreCase))
            ?? throw Refusal.At("products.compare.parameter", place + "/name",
                ("name", AssessNames.Short(changed.Name)),
                ("nearest", AssessNames.Nearest(changed.Name, all.Select(p => p.Name))));
        if (found.Formula.Length > 0)
            throw Refusal.At("products.compare.calculated", place + "/name", ("name", found.Name),
                ("formula", found.Formula));
        var value = changed.Value.ToDouble();
        return all.Replace(found, found with { Value = value, Uncertainty = Around(found, value) });
    }

    /// <summary>
    /// The uncertainty of a parameter with another value: its relative width stays, as for an amount. Nothing
    /// is known of the width of what was 0 or is, or has changed its sign, or counts in whole numbers.
    /// </summary>
    private static Uncertainty Around(LciParameter parameter, double value) =>
        value == parameter.Value ? parameter.Uncertainty
        : parameter.Uncertainty.Kind is Distribution.DiscreteUniform or Distribution.Binomial
            || !(value / parameter.Value > 0) || parameter.Value == 0 ? Uncertainty.None
        : parameter.Uncertainty.Times(value / parameter.Value);

    /// <summary>
    /// A stated uncertainty does not follow a formula: where the amount changes it keeps its relative width.
    /// </summary>
    private static UnitProcess Scaled(UnitProcess now, UnitProcess before) => now with
    {
        Exchanges = [.. now.Exchanges.Zip(before.Exchanges, (n, b) =>
            n.Amount != b.Amount && b.Amount != 0 && n.Uncertainty == b.Uncertainty
                ? n with { Uncertainty = n.Uncertainty.Times(n.Amount / b.Amount) } : n)],
    };

    private void Supplied(ChangedSupplier change, string place, InventoryModel model,
        UnitProcess[] processes, Dictionary<string, int> index)
    {
        var (j, taker) = Found(change.Process, place + "/process", processes, index);
        var taken = Matching(taker, change.Flow, place, IsFrom(change.From, place, IsTaken));
        var (_, provider) = Found(change.To, place + "/to", processes, index);
        var flow = lookup.Flows[taken[0].Flow.Id];
        // The same product where the provider has it, else what it is named after.
        var columns = model.Columns(lookup.Processes[provider.Id]).ToList();
        var (productId, column) = columns.Find(c => c.Flow == flow.Id) is { Flow: not null } same ? same
            : columns[0];
        var product = lookup.Flows[productId];
        if (product.Kind != flow.Kind)
            throw Refusal.At("products.compare.kind", place + "/to", ("to", NameOf(provider)),
                ("flow", flow.Name));
        var (unit, other) = (lookup.ReferenceUnit(flow), lookup.ReferenceUnit(product));
        if (change.Ratio is null && unit != other)
            throw Refusal.At("products.compare.ratio", place, ("flow", flow.Name), ("unit", unit),
                ("to", NameOf(provider)), ("other", other));
        if (change.Ratio is { Sign: <= 0 } wrong)
            throw Refusal.At("products.compare.amount", place + "/ratio", ("value", wrong));
        var ratio = change.Ratio?.ToDouble() ?? 1;
        if (change.Ratio is { } stated) State(taker.Id, NameOf(provider), new Figure(stated,
            other == unit ? "" : $"{other}/{unit}", new Trace.Given(place + "/ratio")));
        _unswapped.TryAdd(j, taker);
        for (var k = 0; k < taker.Exchanges.Count; k++)
            if (taken.Exists(e => ReferenceEquals(e, taker.Exchanges[k])))
                _ratios[(j, k)] = _ratios.GetValueOrDefault((j, k), 1) * ratio;
        processes[j] = With(taker, taken, e => e with
        {
            Flow = new Flow(product.Id, product.Kind), Provider = column, Amount = e.Amount * ratio,
            Uncertainty = e.Uncertainty.Times(ratio), Driven = e.Driven?.Times(ratio),
        });
    }

    private void Measured(ChangedAmount change, string place, UnitProcess[] processes,
        Dictionary<string, int> index)
    {
        var (j, process) = Found(change.Process, place + "/process", processes, index);
        var fits = IsFrom(change.From, place, e => change.Input is null || e.IsInput == change.Input);
        var (found, flowId, ratio) = Meant(j, process, change.Flow, fits)
            ?? (Matching(process, change.Flow, place, fits), "", 1);
        if (found.Count > 1)
            throw Refusal.At("products.compare.severalExchanges", place + "/flow", ("name", NameOf(process)),
                ("flow", AssessNames.Flow(lookup, found[0].Flow.Id)));
        var flow = lookup.Flows[flowId.Length > 0 ? flowId : found[0].Flow.Id];
        var factor = AssessNames.InReference(lookup, flow, change.Unit)
            ?? throw Refusal.At("products.compare.flowUnit", place + "/unit", ("name", NameOf(process)),
                ("unit", change.Unit), ("flow", flow.Name), ("reference", lookup.ReferenceUnit(flow)));
        State(process.Id, flow.Name, new Figure(change.Amount, change.Unit,
            new Trace.Given(place + "/amount")));
        var amount = change.Amount.ToDouble() * factor * ratio;
        processes[j] = With(process, found, e => e with
        {
            Amount = amount,
            // The relative width stays; nothing is known of the width of what was 0.
            Uncertainty = e.Amount == 0 || amount == 0 ? Uncertainty.None
                : e.Uncertainty.Times(amount / e.Amount),
            Driven = e.Amount == 0 || amount == 0 ? null : e.Driven?.Times(amount / e.Amount),
        });
    }

    /// <summary>
    /// An amount may be stated of what another supplier replaces: then it is so much of that, times the ratio
    /// of the other. Null where nothing of the kind was replaced, or the flow is still there.
    /// </summary>
    private (List<UnitExchange> Found, string Flow, double Ratio)? Meant(int j, UnitProcess process,
        string flow, Func<UnitExchange, bool> fits)
    {
        if (Fitting(process, flow, fits).Count > 0 || !_unswapped.TryGetValue(j, out var before)
            || Fitting(before, flow, fits) is not [var only]) return null;
        var k = Enumerable.Range(0, before.Exchanges.Count)
            .First(k => ReferenceEquals(before.Exchanges[k], only));
        return ([process.Exchanges[k]], only.Flow.Id, _ratios.GetValueOrDefault((j, k), 1));
    }

    private (int Index, UnitProcess Process) Found(string named, string pointer, UnitProcess[] processes,
        Dictionary<string, int> index)
    {
        var process = AssessNames.Process(lookup, named, pointer);
        return index.TryGetValue(process.Id, out var j) ? (j, processes[j])
            : throw Refusal.At("products.compare.notReached", pointer, ("name", process.Name));
    }

    private List<UnitExchange> Fitting(UnitProcess process, string flow, Func<UnitExchange, bool> fits) =>
        [.. process.Exchanges.Where(e => fits(e)
            && (e.Flow.Id == flow || AssessNames.Flow(lookup, e.Flow.Id) == flow))];

    private List<UnitExchange> Matching(UnitProcess process, string flow, string place,
        Func<UnitExchange, bool> fits)
    {
        var found = Fitting(process, flow, fits);
        if (found.Count > 0) return found;
        var there = process.Exchanges.Where(fits).Select(e => AssessNames.Flow(lookup, e.Flow.Id));
        throw Refusal.At("products.compare.exchange", place + "/flow", ("name", NameOf(process)),
            ("flow", AssessNames.Short(flow)), ("nearest", AssessNames.Nearest(flow, there)));
    }

    /// <summary>Of what fits, only what one process provides, where that is named.</summary>
    private Func<UnitExchange, bool> IsFrom(string? named, string place, Func<UnitExchange, bool> fits)
    {
        if (named is null) return fits;
        var from = AssessNames.Process(lookup, named, place + "/from").Id;
        return e => fits(e) && (e.Provider == from
            || e.Provider?.StartsWith(from + "|", StringComparison.Ordinal) == true);
    }

    private void State(string process, string label, Figure figure)
    {
        if (!_stated.TryGetValue(process, out var list)) _stated[process] = list = [];
        list.Add(new Operand(label, figure));
    }

    /// <summary>Where numbers stand: of what changed, in the spec as well.</summary>
    private AssessSources Sources(AssessSources sources, ModelParts before, ModelParts now)
    {
        var changed = now.Processes.Zip(before.Processes)
            .Where(x => !x.First.Exchanges.Select(e => e with { Driven = null })
                .SequenceEqual(x.Second.Exchanges.Select(e => e with { Driven = null })))
            .Select(x => x.First.Id).ToHashSet(StringComparer.Ordinal);
        var factors = now.Method.Categories.Zip(before.Method.Categories)
            .Where(x => !x.First.Model.Factors.Select(f => f with { Driven = null })
                .SequenceEqual(x.Second.Model.Factors.Select(f => f with { Driven = null })))
            .Select(x => x.First.Id).ToHashSet(StringComparer.Ordinal);
        return new(
            id => changed.Contains(id) ? Otherwise([.. _stated.GetValueOrDefault(id) ?? [], .. _parameters])
                : sources.Process(id),
            (id, flow) => factors.Contains(id) ? Otherwise(_parameters) : now.Method.Factor(id, flow));
    }

    private static Trace.Formula Otherwise(IReadOnlyList<Operand> stated) =>
        new("formula.products.compare.changed", stated);

    private string NameOf(UnitProcess process) => AssessNames.Of(lookup, process.Id);

    private static UnitProcess With(UnitProcess process, List<UnitExchange> found,
        Func<UnitExchange, UnitExchange> change) => process with
        {
            Exchanges = [.. process.Exchanges.Select(e =>
                found.Exists(f => ReferenceEquals(f, e)) ? change(e) : e)],
        };

    /// <summary>A product that goes in, or waste that leaves: what has a provider.</summary>
    private static bool IsTaken(UnitExchange e) =>
        e.Flow.Kind != FlowKind.Elementary && !InventoryModel.IsOutput(e);
}
