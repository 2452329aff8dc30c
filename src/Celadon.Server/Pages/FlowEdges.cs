using Celadon.Ledger;
using Celadon.Lenses;
using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Server.Web;
using Celadon.Text;

namespace Celadon.Server.Pages;

/// <summary>A flow between two places.</summary>
/// <param name="From">Where it comes from, as it is called.</param>
/// <param name="To">Where it goes.</param>
/// <param name="Resource">What, as it is called.</param>
/// <param name="ResourceId">Canonical id of the resource.</param>
/// <param name="Amount">How much, in the page's unit.</param>
public sealed record FlowEdge(string From, string To, string Resource, string ResourceId, Amount Amount)
{
    /// <summary>True for what no meter behind the site's own accounts for.</summary>
    public bool IsLoss { get; init; }

    /// <summary>True for small flows that stand together.</summary>
    public bool IsOther { get; init; }

    /// <summary>Where it goes, or for a loss where it is lost, without the resource.</summary>
    public string Where { get; init; } = "";

    /// <summary>Gross or net for fuel energy; else empty.</summary>
    public string Note { get; init; } = "";

    /// <summary>The same in both languages.</summary>
    public string Id { get; init; } = "";

    /// <summary>What it is the sum of.</summary>
    internal IReadOnlyList<FlowPart> Parts { get; init; } = [];
}

/// <summary>A part of a flow: a month of the books, or a figure of an account.</summary>
/// <param name="Name">From where to where.</param>
/// <param name="Amount">How much, in the page's unit.</param>
/// <param name="Activity">The month of the books; null for a figure.</param>
/// <param name="Figure">The figure; null for a month of the books.</param>
/// <param name="Unit">The page's unit.</param>
internal sealed record FlowPart(
    string Name, Amount Amount, Activity? Activity, Spot? Figure, Unit Unit)
{
    /// <summary>False where it is taken off: what is metered further.</summary>
    public bool Adds { get; init; } = true;

    /// <summary>A contribution to the activity in the page's unit.</summary>
    public Amount InUnit(Amount contribution) =>
        new Quantity(contribution, Units.Parse(Activity!.Unit)).In(Unit).Amount;
}

/// <summary>The flows of one kind in a period, in one unit.</summary>
internal sealed class FlowEdges
{
    private readonly PageContext _at;
    private readonly Names _names;
    private readonly string _kind;
    private readonly Unit _unit;
    private readonly List<(Node From, Node To, string Resource, string Site, string Calorific,
        FlowPart Part)> _flows = [];

    private FlowEdges(PageContext at)
    {
        (_at, _names, _kind, Unit) = (at, new Names(at), "", "t");
        _unit = Units.Parse(Unit);
    }

    /// <summary>The flows of a kind.</summary>
    public FlowEdges(PageContext at, MonthSpan period, string kind)
    {
        (_at, _names, _kind) = (at, new Names(at), kind);
        Unit = kind switch { "energy" => "kWh", "water" => "m3", _ => "t" };
        _unit = Units.Parse(Unit);
        var left = new SortedSet<string>(StringComparer.Ordinal);
        var unconverted = new List<Activity>();
        foreach (var activity in at.Books.ActivitiesOf(at.Site, period).Where(a => Belongs(a.Resource)))
        {
            var unit = Units.TryParse(activity.Unit, out var known) ? known : null;
            if (unit is null || !unit.ConvertsTo(_unit)) unconverted.Add(activity);
            else if (activity.Quantity.Value.Sign > 0)
                _flows.Add((activity.From, activity.To, activity.Resource, activity.Site, "",
                    new FlowPart(Way(activity.From, activity.To), new Quantity(activity.Quantity.Value, unit)
                        .In(_unit).Amount, activity, null, _unit)));
        }
        if (kind == "energy") FromInventory(period, unconverted);
        foreach (var activity in unconverted.Where(a => !_flows.Exists(f => f.Resource == a.Resource)))
            left.Add($"{_names.OfResource(activity.Resource)} ({activity.Unit})");
        NotDrawn = [.. left];
        All = [.. Edges()];
    }

    /// <summary>Unit of every flow.</summary>
    public string Unit { get; }

    /// <summary>The flows, losses with them.</summary>
    public IReadOnlyList<FlowEdge> All { get; } = [];

    /// <summary>What does not come to the unit.</summary>
    public IReadOnlyList<string> NotDrawn { get; } = [];

    /// <summary>No flows.</summary>
    public static FlowEdges None(PageContext at) => new(at);

    private bool Belongs(string resource) => _at.Books.Library.Resources.Find(resource)?.Kind is { } kind
        && (_kind switch
        {
            "energy" => kind is ResourceKind.Fuel or ResourceKind.Electricity or ResourceKind.Heat,
            "waste" => kind == ResourceKind.Waste,
            "water" => kind == ResourceKind.Water,
            _ => kind is ResourceKind.Material or ResourceKind.Product,
        });

    /// <summary>Fuel that is counted by volume comes to kWh as the account brought it there.</summary>
    private void FromInventory(MonthSpan period, List<Activity> unconverted)
    {
        try
        {
            var report = Spot.Of(_at.Books.Ask("carbon.inventory",
                InventoryPage.SpecOf(_at, period, InventoryPage.GwpSets[0]), null, _at.Http.RequestAborted));
            foreach (var energy in report["energy"].Items)
            {
                var (resource, site) = (energy["carrier"].Text ?? "", energy["site"].Text ?? "");
                if (energy["kwh"].Value is not { Sign: > 0 } kwh
                    || _flows.Exists(f => f.Resource == resource && f.Site == site)) continue;
                var flow = unconverted.Find(a => a.Resource == resource && a.Site == site
                    && !a.From.IsInside);
                var place = Node.Parse($"site:{site}");
                var (from, to) = (flow?.From ?? place, flow?.To ?? place);
                _flows.Add((from, to, resource, site, energy["calorific"].Text ?? "",
                    new FlowPart(Way(from, to), kwh, null, energy["kwh"], _unit)));
            }
        }
        catch (RefusedException)
        {
            // Without an account the fuel stands under what is not drawn.
        }
    }

    private string Way(Node from, Node to) => $"{_names.Of(from)} → {_names.Of(to)}";

    private IEnumerable<FlowEdge> Edges()
    {
        var flows = _flows.Where(f => f.From != f.To).GroupBy(f => (f.From, f.To, f.Resource, f.Calorific))
            .Select(g => (g.Key.From, g.Key.To, g.Key.Resource,
                Note: g.Key.Calorific.Length == 0 ? "" : _at.L($"charts.calorific.{g.Key.Calorific}"),
                Id: $"{g.Key.From}|{g.Key.To}|{g.Key.Resource}|{g.Key.Calorific}",
                Parts: g.Select(f => f.Part).ToList(),
                Amount: g.Aggregate(Amount.Zero, (sum, f) => sum + f.Part.Amount))).ToList();
        var kinds = flows.SelectMany(f => ((Node Node, string Resource, string Note)[])
            [(f.From, f.Resource, f.Note), (f.To, f.Resource, f.Note)]).Distinct().ToLookup(p => p.Node);
        var called = kinds.Select(g => g.Key).ToLookup(_names.Of, StringComparer.Ordinal);
        // Two places of one name are told apart by their site, or by how the books write them.
        string NameOf(Node node) => called[_names.Of(node)].Count() < 2 ? _names.Of(node)
            : _at.L("charts.flows.at", ("place", _names.Of(node)),
                ("site", _at.Books.Registers.SiteOf(node) is { } site ? _names.OfSite(site.Id) : $"{node}"));
        // A place that holds several resources, or one on two calorific bases, is one place for each.
        string Place(Node node, string resource, string note)
        {
            var here = kinds[node].ToList();
            if (here.Count < 2) return NameOf(node);
            var what = _names.OfResource(resource);
            return _at.L("charts.flows.place", ("place", NameOf(node)), ("resource",
                here.Count(k => k.Resource == resource) < 2 || note.Length == 0 ? what
                    : what + _at.L("web.why.comma") + note));
        }
        foreach (var flow in flows)
            yield return new FlowEdge(Place(flow.From, flow.Resource, flow.Note),
                Place(flow.To, flow.Resource, flow.Note), _names.OfResource(flow.Resource), flow.Resource,
                flow.Amount)
            {
                Note = flow.Note,
                Where = _names.Of(flow.To),
                Id = flow.Id,
                Parts = flow.Parts,
            };
        if (_kind is not ("energy" or "water")) yield break;
        foreach (var (node, resource) in flows.Where(f => f.From.Kind == NodeKind.Site)
            .Select(f => (f.From, f.Resource)).Distinct())
        {
            Amount Sum(Func<(Node From, Node To), bool> which) => flows.Where(f =>
                f.Resource == resource && which((f.From, f.To))).Aggregate(Amount.Zero, (s, f) => s
                    + f.Amount);
            var rest = Sum(f => f.To == node) - Sum(f => f.From == node);
            var parts = flows.Where(f => f.Resource == resource && f.To != f.From)
                .SelectMany(f => f.To == node ? f.Parts
                    : f.From == node ? f.Parts.Select(p => p with { Adds = false }) : []).ToList();
            if (rest.Sign > 0)
                yield return new FlowEdge(Place(node, resource, ""), _at.L("charts.flows.notMetered",
                    ("place", _names.Of(node))), _names.OfResource(resource), resource, rest)
                {
                    IsLoss = true,
                    Id = $"rest|{node}|{resource}",
                    Parts = parts,
                    Where = _names.Of(node),
                };
        }
    }
}
