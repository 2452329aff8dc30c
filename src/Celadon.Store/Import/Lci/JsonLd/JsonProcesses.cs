using System.Collections.Immutable;
using Celadon.Lca.Modelling;
using Celadon.Packs.Lci;
using Celadon.Store.Import.Lci.Shared;
using Celadon.Text;

namespace Celadon.Store.Import.Lci.JsonLd;

/// <summary>A process as it was read, with the numbers its exchanges had by identifier.</summary>
internal sealed record ReadProcess(LciProcess Process, string File,
    IReadOnlyDictionary<string, int> ById);

/// <summary>
/// Reads processes. An exchange whose flow, unit or property is not in the package is an error: a process
/// with one amount missing would score too low without anybody noticing.
/// </summary>
internal sealed class JsonProcesses(JsonParts parts, LciLookup lookup, IReadOnlySet<string> currencies)
{
    /// <summary>A process.</summary>
    public ReadProcess Read(JsonThing thing, JsonOutcome outcome)
    {
        var id = thing.Filled("@id");
        var items = thing.Items("exchanges").ToList();
        var numbers = Numbers(items, outcome);
        var exchanges = ImmutableArray.CreateBuilder<LciExchange>(items.Count);
        var byId = new Dictionary<string, int>(StringComparer.Ordinal);
        int? reference = null;
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i].Id is { Length: > 0 } own) byId.TryAdd(own, numbers[i]);
            if (items[i].Flag("isQuantitativeReference"))
            {
                // Named after two things, a process would be taken for the wrong one.
                if (reference is not null) outcome.Findings.Add(items[i].Wrong("isQuantitativeReference",
                    items[i]["isQuantitativeReference"]!.Value).Finding);
                reference ??= numbers[i];
            }
            if (Exchange(items[i], numbers[i], outcome) is not { } exchange) continue;
            exchanges.Add(exchange);
            // Everything is stated for so much of it.
            if (numbers[i] == reference && exchange.Amount == 0 && exchange.Formula.Length == 0)
                outcome.Findings.Add(items[i].Wrong("amount", items[i]["amount"]!.Value).Finding);
        }
        if (reference is null) outcome.Findings.Add(thing.Say("lci.noReference", Severity.Warning));
        var read = exchanges.ToImmutable();
        return new(new LciProcess
        {
            Id = id,
            Name = thing.Name(),
            Category = parts.Category(thing),
            Location = Place(thing, outcome),
            IsResult = thing.Text("processType") == "LCI_RESULT",
            Reference = reference,
            Exchanges = read,
            Allocation = Rule(thing.Text("defaultAllocationMethod")),
            AllocationFactors = Allocation(thing, read, byId, outcome),
            Parameters = [.. Parameters(thing, id, outcome)],
            Extra = thing.Extra(),
        }, thing.File, byId);
    }

    private static IEnumerable<LciParameter> Parameters(JsonThing thing, string id, JsonOutcome outcome)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var item in thing.Items("parameters"))
        {
            var parameter = JsonParts.Parameter(item, id, outcome);
            if (seen.Add(parameter.Name)) yield return parameter;
            else outcome.Findings.Add(item.Wrong("name", item["name"]!.Value).Finding);
        }
    }

    /// <summary>
    /// The numbers of exchanges: their own where they have one, else the next free. Two of one number cannot
    /// be told apart by what names them: links, shares.
    /// </summary>
    private static int[] Numbers(List<JsonThing> items, JsonOutcome outcome)
    {
        var (numbers, taken) = (new int[items.Count], new HashSet<int>());
        for (var i = 0; i < items.Count; i++)
            if (items[i].Whole("internalId") is { } own)
            {
                if (taken.Add(own)) numbers[i] = own;
                else outcome.Findings.Add(items[i].Wrong("internalId",
                    items[i]["internalId"]!.Value).Finding);
            }
        var next = 1;
        for (var i = 0; i < items.Count; i++)
        {
            if (numbers[i] > 0) continue;
            while (!taken.Add(next)) next++;
            numbers[i] = next;
        }
        return numbers;
    }

    private LciExchange? Exchange(JsonThing item, int number, JsonOutcome outcome)
    {
        if (Measured(item, outcome) is not var (flow, unit, property)) return null;
        var spread = JsonParts.Spread(item, outcome);
        var currency = item.Ref("currency");
        if (currency.Length > 0 && !currencies.Contains(currency))
        {
            outcome.Findings.Add(Cut(item, "currency", currency));
            currency = "";
        }
        return new LciExchange
        {
            Id = number,
            Flow = flow,
            Unit = unit,
            Property = property,
            Amount = item.Required("amount"),
            IsInput = item.Flag("isInput"),
            IsAvoided = item.Flag("isAvoidedProduct"),
            Provider = item.Ref("defaultProvider"),
            Formula = item.Text("amountFormula"),
            Uncertainty = spread,
            Location = Place(item, outcome),
            Cost = item.Number("costValue"),
            Currency = currency,
            DataQuality = item.Text("dqEntry"),
            BaseUncertainty = item.Number("baseUncertainty"),
            Extra = item.Extra(),
        };
    }

    /// <summary>
    /// Flow, unit and property of an exchange or factor, each of them there and fitting the others; what is
    /// not stated is the flow's reference. Null with a finding where they are not.
    /// </summary>
    public (string Flow, string Unit, string Property)? Measured(JsonThing item, JsonOutcome outcome)
    {
        var id = item.Ref("flow");
        if (id.Length == 0) throw item.Missing("flow");
        if (!lookup.Flows.TryGetValue(id, out var flow)) return Dangling(item, "flow", id, outcome);
        var property = item.Ref("flowProperty") is { Length: > 0 } stated ? stated
            : flow.Properties is [var first, ..] ? first.Property : "";
        if (!lookup.Properties.TryGetValue(property, out var measured))
            return Dangling(item, "flowProperty", property, outcome);
        var unit = item.Ref("unit");
        if (unit.Length == 0) unit = lookup.Groups.GetValueOrDefault(measured.UnitGroup)?.Units
            .FirstOrDefault(u => u.IsReference)?.Id ?? "";
        if (lookup.Unit(unit) is not { } known) return Dangling(item, "unit", unit, outcome);
        if (lookup.ToReference(flow, unit, property) is not null) return (id, unit, property);
        outcome.Findings.Add(item.Say("lci.measure", Severity.Error, ("flow", LciNotes.Shown(flow.Name)),
            ("unit", LciNotes.Shown(known.Name)), ("property", LciNotes.Shown(measured.Name))));
        return null;
    }

    /// <summary>The place of a process, exchange or factor; one that is not there is left blank.</summary>
    public string Place(JsonThing thing, JsonOutcome outcome)
    {
        var id = thing.Ref("location");
        if (id.Length == 0 || lookup.Locations.ContainsKey(id)) return id;
        outcome.Findings.Add(Cut(thing, "location", id));
        return "";
    }

    private static ImmutableArray<LciAllocationFactor> Allocation(JsonThing thing,
        ImmutableArray<LciExchange> exchanges, Dictionary<string, int> byId, JsonOutcome outcome)
    {
        var factors = ImmutableArray.CreateBuilder<LciAllocationFactor>();
        var unnamed = 0;
        foreach (var item in thing.Items("allocationFactors"))
        {
            var product = item.Ref("product");
            var rule = Rule(item.Text("allocationType"));
            var exchange = item.Inner("exchange") is { } named ? Number(named, exchanges, byId) : null;
            if (rule is null || !exchanges.Any(e => e.Flow == product)
                || (rule == AllocationRule.Causal && exchange is null))
            {
                unnamed++;
                continue;
            }
            factors.Add(new(rule.Value, product, exchange, item.Required("value"), item.Text("formula")));
            outcome.CountLeft("allocationFactors", item);
        }
        if (unnamed > 0)
        {
            // As it came, with the ones that could be read: none of them is lost.
            thing.Keep("allocationFactors");
            outcome.Findings.Add(thing.Say("lci.allocation", Severity.Warning, ("count", unnamed)));
        }
        return factors.ToImmutable();
    }

    /// <summary>
    /// The number of an exchange that is referred to by number, identifier, or a flow it alone has.
    /// </summary>
    public static int? Number(JsonThing named, ImmutableArray<LciExchange> exchanges,
        IReadOnlyDictionary<string, int> byId)
    {
        if (named.Whole("internalId") is { } number)
            return exchanges.Any(e => e.Id == number) ? number : null;
        if (byId.TryGetValue(named.Id, out var own)) return own;
        var flow = named.Ref("flow");
        return exchanges.Where(e => e.Flow == flow).Take(2).ToList() is [var only] ? only.Id : null;
    }

    private static AllocationRule? Rule(string text) => text switch
    {
        "PHYSICAL_ALLOCATION" => AllocationRule.Physical,
        "ECONOMIC_ALLOCATION" => AllocationRule.Economic,
        "CAUSAL_ALLOCATION" => AllocationRule.Causal,
        "NO_ALLOCATION" => AllocationRule.ReferenceBearsAll,
        _ => null,
    };

    private static (string, string, string)? Dangling(JsonThing item, string what, string id,
        JsonOutcome outcome)
    {
        outcome.Findings.Add(item.Say("lci.dangling", Severity.Error, ("what", what),
            ("id", LciNotes.Shown(id))));
        return null;
    }

    private static Finding Cut(JsonThing item, string what, string id) => item.Say("lci.cut",
        Severity.Warning, ("what", what), ("id", LciNotes.Shown(id)));
}
