using System.Collections.Immutable;
using Celadon.Lca.Modelling;
using Celadon.Packs.Lci;
using Celadon.Store.Import.Lci.Shared;
using Celadon.Text;

namespace Celadon.Store.Import.Lci.EcoSpold;

/// <summary>
/// Makes processes of all activities together: decides which flows are waste, turns their signs, names
/// processes by activity and product, finds providers and checks relations.
/// </summary>
/// <remarks>
/// EcoSpold 2 has no waste among its flows. A treatment makes −1 of what it takes, and who gives it away
/// takes
/// a negative amount in. Here a treatment takes +1 waste in, and who gives it away gives it out.
/// </remarks>
internal sealed class SpoldLinker(FlowBook flows, LciNotes notes)
{
    private readonly Dictionary<(string Activity, string Flow), string> _makers = [];
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private int _linked, _unlinked;

    /// <summary>How many inputs name their provider, and how many do not.</summary>
    public (int Linked, int Unlinked) Links => (_linked, _unlinked);

    /// <summary>The processes of all activities.</summary>
    public ImmutableArray<LciProcess> Processes(IEnumerable<SpoldActivity> read)
    {
        flows.Settle();
        var activities = read.Where(HasSoundUnits).ToList();
        foreach (var waste in Wastes(activities)) flows.MakeWaste(waste);
        var made = new List<(SpoldActivity Activity, string Id, SpoldExchange Reference)>();
        var ids = new Dictionary<string, SpoldActivity>(StringComparer.Ordinal);
        foreach (var activity in activities)
        {
            _known.Add(activity.Id);
            var reference = activity.Of(SpoldRole.Reference).FirstOrDefault(e => e.Exchange.Amount != 0);
            if (reference is null)
            {
                notes.Say(Finding.Of("formats.noReference", Severity.Error, activity.Place(1),
                    ("file", activity.File), ("name", LciNotes.Shown(activity.Name))));
                continue;
            }
            var id = $"{activity.Id}_{reference.Exchange.Flow}";
            if (!ids.TryAdd(id, activity))
            {
                notes.Twice.Add(id);
                notes.Say(Finding.Of("formats.duplicate", Severity.Error, activity.Place(1),
                    ("file", activity.File), ("id", LciNotes.Shown(id)), ("first", ids[id].File)));
                continue;
            }
            made.Add((activity, id, reference));
            foreach (var e in activity.Exchanges.Where(e => IsOutput(e) && e.Exchange.Amount != 0))
                _makers.TryAdd((activity.Id, e.Exchange.Flow), id);
        }
        return [.. made.Select(m => Process(m.Activity, m.Id, m.Reference))
            .OrderBy(p => p.Id, StringComparer.Ordinal)];
    }

    /// <summary>
    /// Flows that are taken by treatments: made only in negative amounts; or made by nobody here and given
    /// away only (in negative amounts, or as material for treatment).
    /// </summary>
    private static HashSet<string> Wastes(List<SpoldActivity> activities)
    {
        var treated = new HashSet<string>(StringComparer.Ordinal);
        var made = new HashSet<string>(StringComparer.Ordinal);
        var given = new HashSet<string>(StringComparer.Ordinal);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var e in activities.SelectMany(a => a.Exchanges))
        {
            var set = (e.Role, e.Exchange.Amount) switch
            {
                (SpoldRole.Reference or SpoldRole.ByProduct, < 0) => treated,
                (SpoldRole.Reference or SpoldRole.ByProduct, > 0) => made,
                (SpoldRole.Input, < 0) or (SpoldRole.ForTreatment, > 0) => given,
                (SpoldRole.Input, > 0) or (SpoldRole.ForTreatment, < 0) => taken,
                _ => null,
            };
            set?.Add(e.Exchange.Flow);
        }
        given.ExceptWith(taken);
        treated.UnionWith(given);
        treated.ExceptWith(made);
        return treated;
    }

    private bool HasSoundUnits(SpoldActivity activity)
    {
        foreach (var e in activity.Exchanges)
        {
            if (flows.Fault(e.Exchange, activity.Place(e.Line)) is not { } fault) continue;
            notes.Say(fault);
            return false;
        }
        return true;
    }

    private static bool IsOutput(SpoldExchange e) => e.Role is SpoldRole.Reference or SpoldRole.ByProduct;

    private LciProcess Process(SpoldActivity activity, string id, SpoldExchange reference)
    {
        var (formulas, parameters) = Relations(activity);
        var exchanges = new List<LciExchange>();
        foreach (var e in activity.Exchanges)
        {
            if (IsOutput(e) && e.Exchange.Amount == 0)
            {
                notes.NotCarried("co-product of amount 0");
                continue;
            }
            var exchange = e.Exchange with
            {
                Provider = Provider(activity, e),
                Formula = formulas.GetValueOrDefault(e.Exchange.Id, ""),
            };
            exchanges.Add(Turned(exchange));
        }
        return new LciProcess
        {
            Id = id,
            Name = activity.Name,
            Category = activity.Category,
            Location = activity.Location,
            IsResult = activity.IsResult,
            Reference = reference.Exchange.Id,
            Exchanges = [.. exchanges],
            Parameters = parameters,
            Extra = activity.Extra,
        };
    }

    /// <summary>A negative amount of waste on one side is a positive amount on the other.</summary>
    private LciExchange Turned(LciExchange e) => e.Amount >= 0 || flows.Find(e.Flow)?.Kind != FlowKind.Waste
        ? e : e with
        {
            IsInput = !e.IsInput,
            Amount = -e.Amount,
            Uncertainty = e.Uncertainty.Times(-1),
            Formula = e.Formula.Length == 0 ? "" : $"-({e.Formula})",
            Cost = e.Cost,
        };

    private string Provider(SpoldActivity activity, SpoldExchange e)
    {
        if (e.Role == SpoldRole.Elementary) return "";
        var link = e.Exchange.Provider;
        if (IsOutput(e))
        {
            if (link.Length > 0) notes.NotCarried("activityLinkId of an output");
            return "";
        }
        if (link.Length == 0)
        {
            _unlinked++;
            return "";
        }
        _linked++;
        if (_makers.TryGetValue((link, e.Exchange.Flow), out var maker)) return maker;
        notes.Say(Finding.Of(_known.Contains(link) ? "formats.provider.other" : "formats.provider.none",
            Severity.Warning, activity.Place(e.Line), ("file", activity.File), ("line", e.Line),
            ("flow", LciNotes.Shown(flows.Find(e.Exchange.Flow)!.Name)), ("provider", LciNotes.Shown(link))));
        return "";
    }

    /// <summary>The relations that give the stated amounts, and the parameters that these need.</summary>
    private (Dictionary<int, string> Formulas, ImmutableArray<LciParameter> Parameters) Relations(
        SpoldActivity activity)
    {
        var book = new FormulaBook();
        foreach (var variable in activity.Variables)
            if (!book.Enter(variable.Name, variable.Value))
                notes.NotCarried("variable of a name that is taken or no name");
        var formulas = new Dictionary<int, string>();
        foreach (var e in activity.Exchanges.Where(e => e.Relation.Length > 0))
        {
            var (reason, detail) = book.Check(e.Relation, e.Exchange.Amount);
            if (reason.Length == 0) formulas[e.Exchange.Id] = e.Relation;
            else Refuse(activity, e.Line, e.Relation, detail);
        }
        var kept = ImmutableArray.CreateBuilder<LciParameter>();
        foreach (var variable in activity.Variables.DistinctBy(v => v.Name, StringComparer.OrdinalIgnoreCase))
        {
            if (!FormulaBook.IsName(variable.Name)) continue;
            if (variable.Formula.Length > 0) notes.NotCarried("relation of a variable");
            kept.Add(variable with { Formula = "" });
        }
        return (formulas, [.. kept.Where(p => book.IsUsed(p.Name) || p.Extra.Length > 0)]);
    }

    private void Refuse(SpoldActivity activity, int line, string relation, string detail) =>
        notes.Say(Finding.Of("formats.formula.unused", Severity.Info, activity.Place(line),
            ("file", activity.File), ("line", line), ("formula", LciNotes.Shown(relation)),
            ("reason", LciNotes.Shown(detail))));
}
