using System.Globalization;
using Celadon.Ledger;
using Celadon.Registers;
using Celadon.Server.Drawing;
using Celadon.Server.Web;

namespace Celadon.Server.Pages;

/// <summary>The sites with what comes in, what it passes on, and the meters in between.</summary>
public sealed class MapPage : Page
{
    private readonly Names _names;

    /// <summary>Makes the page.</summary>
    public MapPage(PageContext at) : base(at)
    {
        _names = new Names(at);
        Sites = [.. at.Books.Registers.Of<Site>().Where(s => at.Site is null || s.Id == at.Site)];
        Trees = at.Period is null && Sites.Count == 0 ? [] : [.. Sites.Select(TreeOf)];
        Meters = MetersOf();
        Places = PlacesOf();
    }

    /// <summary>The sites shown.</summary>
    public IReadOnlyList<Site> Sites { get; }

    /// <summary>A tree a site.</summary>
    public IReadOnlyList<Chart> Trees { get; }

    /// <summary>The meters.</summary>
    public Table Meters { get; }

    /// <summary>Units and stocks.</summary>
    public Table Places { get; }

    /// <inheritdoc/>
    public override string Section => "ledger";

    /// <inheritdoc/>
    public override string Tab => "map";

    /// <inheritdoc/>
    public override Type View => typeof(MapView);

    /// <inheritdoc/>
    public override IEnumerable<Table> Tables => [Meters, Places];

    /// <inheritdoc/>
    public override IEnumerable<Chart> Charts => Trees;

    /// <inheritdoc/>
    public override string Title => Sites.Count == 0 ? At.L("rooms.map.none")
        : At.L("rooms.map.title", ("sites", Sites.Count), ("meters", Meters.Rows.Count),
            ("places", Places.Rows.Count));

    private Chart TreeOf(Site site)
    {
        var here = new Node(NodeKind.Site, site.Id);
        var flows = (At.Period is { } period ? At.Books.CoverageOf(site.Id, period).Sources : [])
            .Select(s => (s.From, s.To, s.Resource, s.Point)).Concat(Stocks(site)).Distinct().ToList();
        var name = site.Name.In(At.Text.Language, site.Id);
        var title = At.L("rooms.map.tree", ("site", name), ("count", flows.Count(f => f.To == here)),
            ("out", flows.Count(f => f.From == here)));
        var twin = new Table($"flows-{site.Id}", title,
        [
            new("from", At.L("web.field.from")), new("to", At.L("web.field.to")),
            new("resource", At.L("web.field.resource")), new("meter", At.L("web.field.meter")),
        ], [.. flows.Select(f => Row.Of(new Words(_names.Of(f.From)) { Key = f.From.ToString() },
            new Words(_names.Of(f.To)) { Key = f.To.ToString() },
            new Words(_names.OfResource(f.Resource)) { Key = f.Resource },
            new Words(IsMeter(f.Point) ? _names.OfMeter(f.Point) : "") { Key = f.Point }))]);
        return new Chart($"tree-{site.Id}", title, At.L("rooms.map.small"), new SiteTree(name,
            [.. flows.Where(f => f.To == here).Select(f => Of(f.From, f))],
            [.. flows.Where(f => f.From == here).Select(f => Of(f.To, f))],
            [.. flows.Where(f => f.From != here && f.To != here).Select(f => (Of(f.From, f), Of(f.To, f)))])
            { Label = title }, twin, At.L("rooms.map.source"))
        {
            Legend = [("line series", At.L("rooms.map.metered")), ("compare", At.L("rooms.map.documents"))],
        };
    }

    private Branch Of(Node end, (Node From, Node To, string Resource, string Point) flow) => new(
        _names.Of(end), IsMeter(flow.Point) ? At.L("web.source.meter",
            ("resource", _names.OfResource(flow.Resource)), ("meter", _names.OfMeter(flow.Point)))
            : _names.OfResource(flow.Resource), IsMeter(flow.Point));

    private bool IsMeter(string point) => At.Books.Registers.Find<Meter>(point) is not null;

    /// <summary>What the registers say of stocks: who fills them and who draws from them.</summary>
    private IEnumerable<(Node From, Node To, string Resource, string Point)> Stocks(Site site)
    {
        foreach (var stock in At.Books.Registers.Of<Stock>().Where(s => s.Site == site.Id))
        {
            var (here, resource) = (new Node(NodeKind.Stock, stock.Id), stock.Resource ?? "");
            if (Node.TryParse(stock.Producer ?? "", out var producer))
                yield return (producer, here, resource, "");
            if (Node.TryParse(stock.Consumer ?? "", out var consumer))
                yield return (here, consumer, resource, "");
        }
    }

    /// <summary>"filled by kiln, drawn by forklifts"; empty where the register names nobody.</summary>
    private string EndsOf(Stock stock)
    {
        (string Key, string? Place)[] ends =
            [("rooms.map.producer", stock.Producer), ("rooms.map.consumer", stock.Consumer)];
        return string.Join(At.L("web.listComma"), ends.Where(e => Node.TryParse(e.Place ?? "", out _))
            .Select(e => At.L(e.Key, ("place", _names.Of(Node.Parse(e.Place!))))));
    }

    private Table MetersOf() => new("meters", At.L("rooms.map.meters"),
    [
        new("meter", At.L("web.field.meter")), new("flow", At.L("rooms.map.flow")),
        new("resource", At.L("web.field.resource")), new("unit", At.L("web.col.unit")),
        new("reading", At.L("rooms.map.reading")), new("accuracy", At.L("rooms.map.accuracy"), Align.Number),
    ], [.. At.Books.Registers.Of<Meter>().Where(m => At.Site is null || m.Site == At.Site).Select(m => Row.Of(
        new Words(_names.OfMeter(m.Id), Record("meter", m.Id)) { Key = m.Id, Below = _names.OfSite(m.Site) },
        new Words($"{_names.Of(m.FromNode)} → {_names.Of(m.ToNode)}") { Key = $"{m.From}|{m.To}" },
        new Words(_names.OfResource(m.Resource)) { Key = m.Resource },
        new Words(Show.Unit(m.Unit)) { Key = m.Unit },
        m.Reading == MeterReading.Counter
            ? new Words(At.L("rooms.map.counter"), At.Link("/ledger/reading", ("meter", m.Id)))
                { Key = "counter" }
            : new Words(m.IntervalMinutes is { } minutes ? At.L("rooms.map.interval", ("minutes", minutes))
                : At.L("rooms.map.intervals")) { Key = "interval" },
        m.AccuracyPercent is { } accuracy ? new Plain(accuracy) { Unit = "%" } : new Unknown()))]);

    private Table PlacesOf() => new("places", At.L("rooms.map.places"),
    [
        new("place", At.L("web.col.place")), new("type", At.L("web.col.kind")),
        new("site", At.L("web.col.site")), new("says", At.L("web.col.what")),
    ], [.. At.Books.Registers.Of<PlantUnit>().Where(u => At.Site is null || u.Site == At.Site)
        .Select(u => Row.Of(new Words(u.Name.In(At.Text.Language, u.Id), Record("unit", u.Id)) { Key = u.Id },
            new Words(At.L("web.register.unit")) { Key = "unit" },
            new Words(_names.OfSite(u.Site)) { Key = u.Site },
            new Words(u.Kind is { } kind && At.Text.Has($"rooms.unit.{kind}") ? At.L($"rooms.unit.{kind}")
                : u.Kind ?? "") { Key = u.Kind ?? "" })),
        .. At.Books.Registers.Of<Stock>().Where(s => At.Site is null || s.Site == At.Site)
        .Select(s => Row.Of(
            new Words(s.Name.In(At.Text.Language, s.Id), Record("stock", s.Id)) { Key = s.Id },
            new Words(At.L("web.register.stock")) { Key = "stock" },
            new Words(_names.OfSite(s.Site)) { Key = s.Site },
            new Words(s.Resource is { } held ? _names.OfResource(held) : "")
                { Key = s.Resource ?? "", Below = EndsOf(s) is { Length: > 0 } ends ? ends : null }))]);

    private string Record(string type, string id) => At.Link(string.Create(CultureInfo.InvariantCulture,
        $"/ledger/records/{At.Books.Registers.PositionOf(type, id)}"));
}
