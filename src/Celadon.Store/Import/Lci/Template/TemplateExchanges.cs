using System.Collections.Immutable;
using Celadon.Lca.Modelling;
using Celadon.Packs.Lci;
using Celadon.Store.Import.Lci.Shared;
using Celadon.Text;

namespace Celadon.Store.Import.Lci.Template;

/// <summary>The exchanges and allocation of all processes of a template.</summary>
internal sealed class TemplateExchanges(LciLookup lookup, TemplateUnits units, TemplateNames<LciFlow> flows,
    TemplateNames<LciProcess> processes, Func<TemplateRow, string> place, Func<string, string> currency,
    LciNotes notes, HashSet<string> faulty)
{
    private readonly Dictionary<string, List<Read>> _exchanges = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<LciAllocationFactor>> _shares = new(StringComparer.Ordinal);
    private int _count;

    private sealed record Read(LciExchange Exchange, TemplateRow Row, bool IsReference);

    /// <summary>Takes an exchange.</summary>
    public void Take(TemplateRow row)
    {
        if (++_count > notes.Limits.Exchanges)
            throw new UnusableException(row.Say("formats.tooMany", Severity.Error, "flow",
                ("most", notes.Limits.Exchanges)));
        var process = processes.Find(row, "process");
        if (!_exchanges.TryGetValue(process.Id, out var own)) _exchanges[process.Id] = own = [];
        var (flow, unit, property) = Measured(row, flows.Find(row, "flow"), lookup, units);
        var amount = row.Required("amount");
        var number = row.Whole("number");
        if (number is not null && own.Exists(e => e.Exchange.Id == number)) throw row.Wrong("number");
        own.Add(new Read(new LciExchange
        {
            Id = number ?? 0,
            Flow = flow.Id,
            Unit = unit,
            Property = property,
            Amount = amount,
            IsInput = row.Filled("direction").ToUpperInvariant() switch
            {
                "INPUT" or "IN" => true,
                "OUTPUT" or "OUT" => false,
                _ => throw row.Wrong("direction"),
            },
            IsAvoided = row.Flag("avoided"),
            Provider = row.Text("provider"),
            Formula = row.Text("formula"),
            Uncertainty = row.Spread(amount),
            Location = place(row),
            Cost = row.Number("cost"),
            Currency = currency(row.Text("currency")),
            DataQuality = row.Text("quality"),
            BaseUncertainty = row.Number("basic"),
            Extra = TemplateParts.Description(row),
        }, row, row.Flag("reference")));
    }

    /// <summary>Takes the share of a co-product; of an exchange where it names one by its number.</summary>
    public void TakeShare(TemplateRow row)
    {
        var process = processes.Find(row, "process");
        var product = flows.Find(row, "product");
        var exchange = row.Whole("exchange");
        var own = _exchanges.GetValueOrDefault(process.Id) ?? [];
        if (exchange is not null && !own.Exists(e => e.Exchange.Id == exchange)) throw row.Wrong("exchange");
        if (!own.Exists(e => e.Exchange.Flow == product.Id)) throw row.Wrong("product");
        if (!_shares.TryGetValue(process.Id, out var shares)) _shares[process.Id] = shares = [];
        if (row.Required("share") is < 0 or > 1) throw row.Wrong("share");
        shares.Add(new(row.Word<AllocationRule>("rule"), product.Id, exchange, row.Required("share"),
            row.Text("formula")));
    }

    /// <summary>The processes with their exchanges, providers looked up.</summary>
    public ImmutableArray<LciProcess> Processes(
        ILookup<string, (LciParameter Parameter, TemplateRow Row)> parameters)
    {
        var made = processes.All.Select(p => p with
        {
            Exchanges = Numbered(_exchanges.GetValueOrDefault(p.Id) ?? []),
            AllocationFactors = [.. _shares.GetValueOrDefault(p.Id) ?? []],
            Parameters = [.. parameters[p.Id].Select(x => x.Parameter)],
        }).ToDictionary(p => p.Id, StringComparer.Ordinal);
        return [.. processes.All.Select(p => Linked(made[p.Id], made))];
    }

    /// <summary>Says which formulas of the processes cannot be worked out, with their cells.</summary>
    public void CheckFormulas(LciDatabase database)
    {
        FormulaCheck.Processes(database, (process, number, formula, reason) =>
        {
            var rows = _exchanges[process.Id];
            var row = rows.Find(r => r.Exchange.Id == number) ?? rows[0];
            notes.Say(row.Row.Say("lci.formula", Severity.Warning, "formula",
                ("formula", LciNotes.Shown(formula)), ("reason", LciNotes.Shown(reason)),
                ("name", LciNotes.Shown(process.Name))));
        });
    }

    private static ImmutableArray<LciExchange> Numbered(List<Read> read)
    {
        var taken = read.Select(r => r.Exchange.Id).ToHashSet();
        var next = 1;
        for (var i = 0; i < read.Count; i++)
        {
            if (read[i].Exchange.Id > 0) continue;
            while (!taken.Add(next)) next++;
            read[i] = read[i] with { Exchange = read[i].Exchange with { Id = next } };
        }
        return [.. read.Select(r => r.Exchange)];
    }

    private LciProcess Linked(LciProcess process, Dictionary<string, LciProcess> all)
    {
        var read = _exchanges.GetValueOrDefault(process.Id) ?? [];
        var marked = read.Where(r => r.IsReference).ToList();
        var makes = read.Where(r => !r.Exchange.IsAvoided && Makes(r.Exchange)).ToList();
        if (marked.Count > 1)
        {
            notes.Say(marked[1].Row.Say("lci.template.references", Severity.Error, "reference",
                ("name", LciNotes.Shown(process.Name))));
            faulty.Add(process.Id);
        }
        // Of several things that it makes none is chosen.
        var reference = marked.FirstOrDefault() ?? (makes.Count == 1 ? makes[0] : null);
        if (reference is { Exchange: { Amount: 0, Formula: "" } })
        {
            notes.Say(reference.Row.Wrong("amount").Finding);
            faulty.Add(process.Id);
        }
        if (reference is null)
            notes.Say(Finding.Of("lci.noReference", Severity.Warning, read.Count == 0 ? null
                : read[0].Row.Say("lci.noReference", Severity.Warning, "reference").Place,
                ("file", LciNotes.Shown(process.Name))));
        return process with
        {
            Reference = reference?.Exchange.Id,
            Exchanges = [.. read.Select(r => r.Exchange.Provider.Length == 0 ? r.Exchange
                : r.Exchange with { Provider = Provider(r, all) })],
        };
    }

    private bool Makes(LciExchange e) => lookup.Flows[e.Flow].Kind switch
    {
        FlowKind.Product => !e.IsInput,
        FlowKind.Waste => e.IsInput,
        _ => false,
    };

    private string Provider(Read read, Dictionary<string, LciProcess> all)
    {
        var (flow, text) = (lookup.Flows[read.Exchange.Flow], read.Exchange.Provider);
        var named = processes.Named(text);
        if (named is not null && all[named.Id].Exchanges.Any(e => e.Flow == flow.Id && !e.IsAvoided
            && Makes(e))) return named.Id;
        notes.Say(read.Row.Say(named is null ? "lci.provider.none" : "lci.provider.other", Severity.Warning,
            "provider", ("provider", LciNotes.Shown(text)), ("flow", LciNotes.Shown(flow.Name))));
        return "";
    }

    /// <summary>The flow of a row with its unit there; the flow's own where none is stated.</summary>
    public static (LciFlow Flow, string Unit, string Property) Measured(TemplateRow row, LciFlow flow,
        LciLookup lookup, TemplateUnits units)
    {
        var name = row.Text("unit");
        if (name.Length == 0) name = lookup.ReferenceUnit(flow);
        var (unit, property) = units.Of(name);
        return lookup.ToReference(flow, unit.Id, property) is not null ? (flow, unit.Id, property)
            : throw new UnusableException(row.Say("lci.measure", Severity.Error, "unit",
                ("flow", LciNotes.Shown(flow.Name)), ("unit", LciNotes.Shown(name)),
                ("property", LciNotes.Shown(lookup.ReferenceUnit(flow)))));
    }
}
