using System.Text.Json.Nodes;
using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Server.Drawing;
using Celadon.Server.Web;

namespace Celadon.Server.Pages;

/// <summary>
/// What went from where to where: energy, materials, waste or water, each in one unit. Every place holds one
/// resource, so that unlike things are never added, not even in the width of a band.
/// </summary>
public sealed class FlowsPage : Page
{
    /// <summary>What can be drawn, in order.</summary>
    public static readonly string[] Kinds = ["energy", "materials", "waste", "water"];

    /// <summary>More bands than these cannot be told apart.</summary>
    private const int MostLinks = 30;

    private readonly FlowEdges _edges;

    /// <summary>Makes the page.</summary>
    public FlowsPage(PageContext at) : base(at)
    {
        Of = KindOf(at);
        _edges = at.Period is { } period ? new FlowEdges(at, period, Of) : FlowEdges.None(at);
    }

    /// <summary>The kind the URL asks for.</summary>
    internal static string KindOf(PageContext at) => Kinds.FirstOrDefault(k => k == at["of"]) ?? Kinds[0];

    /// <summary>What is drawn.</summary>
    public string Of { get; }

    /// <summary>True when there is something to draw.</summary>
    public bool HasFlows => _edges.All.Count > 0;

    /// <summary>What is not drawn, because it does not come to the unit.</summary>
    public IReadOnlyList<string> NotDrawn => _edges.NotDrawn;

    /// <summary>How many small flows stand together as "other"; 0 for none.</summary>
    public int Gathered => _edges.All.Count <= MostLinks ? 0 : _edges.All.Count - Shown().Count(e =>
        !e.IsOther);

    /// <inheritdoc/>
    public override string Section => "ledger";

    /// <inheritdoc/>
    public override string Tab => "flows";

    /// <inheritdoc/>
    public override Type View => typeof(FlowsView);

    /// <inheritdoc/>
    public override IEnumerable<Chart> Charts => HasFlows ? [Drawn] : [];

    /// <inheritdoc/>
    public override JsonObject Data => new() { ["of"] = Of, ["unit"] = _edges.Unit };

    /// <inheritdoc/>
    public override string Title => At.L(HasFlows ? $"charts.flows.page.{Of}" : $"charts.flows.none.{Of}");

    /// <summary>The Sankey diagram with the whole edge list as its table.</summary>
    public Chart Drawn
    {
        get
        {
            var shown = Shown();
            var notes = shown.SelectMany(e => new[] { e.From, e.To }).Distinct().ToDictionary(place => place,
                place => (Said(FlowsOf(place).Sum), (string?)At.Link("/why/place", ("of", Of),
                    ("place", KeyOf(place)))));
            return new Chart("flows", Says(), At.L("charts.flows.small", ("unit", _edges.Unit),
                ("period", Show.Months(At.Text, At.Period!.Value)), ("count", shown.Count)),
                new Sankey([.. shown.Select(e => new SankeyLink(e.From, e.To, e.Amount.ToDouble(),
                    Said(e.Amount), e.IsLoss))], notes) { Label = $"{Says()}" }, Twin(),
                At.L("charts.flows.source", ("position", At.Books.Head.Position)))
            {
                Legend = _edges.All.Any(e => e.IsLoss)
                    ? [("flow", At.L("charts.legend.flow")), ("unk", At.L("charts.legend.loss"))] : [],
            };
        }
    }

    private string Said(Amount amount)
    {
        var said = $"{Show.Short(amount)} {Show.Unit(_edges.Unit)}";
        return At.InWan ? Show.Grouped(At.Text, said) : said;
    }

    /// <summary>What a place gives or what it takes, whichever is more.</summary>
    private (Amount Sum, IReadOnlyList<FlowEdge> Flows) FlowsOf(string place)
    {
        (Amount Sum, IReadOnlyList<FlowEdge> Flows) Sum(Func<FlowEdge, bool> which)
        {
            List<FlowEdge> flows = [.. _edges.All.Where(which)];
            return (flows.Aggregate(Amount.Zero, (sum, e) => sum + e.Amount), flows);
        }
        var (given, taken) = (Sum(e => e.From == place), Sum(e => e.To == place));
        return given.Sum > taken.Sum ? given : taken;
    }

    /// <summary>A place by a flow that leaves or reaches it: the same in both languages.</summary>
    private string KeyOf(string place)
    {
        var flow = FlowsOf(place).Flows is [var first, ..] ? first : null;
        return flow is null || flow.Id.Length == 0 ? place
            : $"{(flow.From == place ? "from" : "to")}|{flow.Id}";
    }

    /// <summary>The name of a place by its key.</summary>
    private string PlaceOf(string key) => key.Split('|', 2) is [var side and ("from" or "to"), var id]
        && _edges.All.FirstOrDefault(e => e.Id == id) is { } flow
            ? side == "from" ? flow.From : flow.To : key;

    /// <summary>The same with each flow's own explanation; null for a place that is not shown.</summary>
    internal (Amount Sum, string Unit, IReadOnlyList<(string Way, Number Amount)> Flows)? OfPlace(
        string place) => FlowsOf(PlaceOf(place)) is { Flows.Count: > 0 } of
        ? (of.Sum, _edges.Unit, [.. of.Flows.Select(f => ($"{f.From} → {f.To}", Explained(f)))]) : null;

    /// <summary>The largest flows; smaller ones of a resource stand together.</summary>
    private List<FlowEdge> Shown()
    {
        if (_edges.All.Count <= MostLinks) return [.. _edges.All];
        var sorted = _edges.All.OrderByDescending(e => e.IsLoss).ThenByDescending(e => e.Amount).ToList();
        for (var keep = MostLinks - 1; ; keep--)
        {
            var others = sorted.Skip(keep).GroupBy(e => e.Resource).Select(g => new FlowEdge(
                At.L("charts.flows.otherFrom", ("resource", g.Key)),
                At.L("charts.flows.otherTo", ("resource", g.Key)), g.Key, "",
                g.Aggregate(Amount.Zero, (sum, e) => sum + e.Amount)) { IsOther = true }).ToList();
            if (keep + others.Count <= MostLinks || keep == 0) return [.. sorted.Take(keep), .. others];
        }
    }

    private Table Twin() => new("edges", At.L("charts.flows.edges"),
    [
        new("from", At.L("charts.col.from")), new("to", At.L("charts.col.to")),
        new("resource", At.L("charts.col.resource")), new("amount", At.L("charts.col.amount"), Align.Number),
        new("unit", At.L("charts.col.unit")), new("note", At.L("charts.col.note"), Secondary: true),
    ], [.. _edges.All.OrderByDescending(e => e.Amount).Select(e => Row.Of(new Words(e.From), new Words(e.To),
        new Words(e.Resource) { Key = e.ResourceId },
        Explained(e),
        new Words(Show.Unit(_edges.Unit)) { Key = _edges.Unit },
        new Words(e.IsLoss ? At.L("charts.legend.loss") : e.Note)))]);

    /// <summary>A figure of an account explains itself there; any other flow is the sum of its
    /// records.</summary>
    private Number Explained(FlowEdge edge) => new(edge.Amount, _edges.Unit, Show.Brief(edge.Amount),
        edge.Parts is [{ Figure: { } figure, Adds: true }] ? At.Why(figure.Asked, figure.Pointer)
            : At.Link("/why/flow", ("of", Of), ("flow", edge.Id)));

    private Sentence Says()
    {
        var most = _edges.All.Where(e => !e.IsLoss).MaxBy(e => e.Amount);
        var loss = _edges.All.Where(e => e.IsLoss).MaxBy(e => e.Amount);
        if (most is null) return At.L($"charts.flows.none.{Of}");
        var largest = Sentence.Of(At, "charts.flows.most", ("resource", most.Resource), ("to", most.Where),
            ("amount", Explained(most) with { Shown = Said(most.Amount) }));
        return loss is null ? largest : new Sentence([.. largest.Parts, .. Sentence.Of(At,
            "charts.flows.andLoss", ("amount", Explained(loss) with { Shown = Said(loss.Amount) }),
            ("resource", loss.Resource), ("place", loss.Where)).Parts]);
    }
}
