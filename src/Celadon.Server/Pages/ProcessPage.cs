using System.Text.Json;
using System.Text.Json.Nodes;
using Celadon.Lca.Modelling;
using Celadon.Packs;
using Celadon.Packs.Lci;
using Celadon.Server.Web;

namespace Celadon.Server.Pages;

/// <summary>One process of a database: what goes in and out, who provides it, how sure it is.</summary>
public sealed class ProcessPage : Page
{
    private readonly ILookup<string, LciProcess> _makers;

    private ProcessPage(PageContext at, KnownDatabase known, LciProcess process) : base(at)
    {
        (Known, Process) = (known, process);
        _makers = DatabaseWords.Makers(known.Lookup.Database);
        Products = TableOf("products", at.L("web.process.products"), FlowKind.Product, FlowKind.Waste);
        Nature = TableOf("nature", at.L("web.process.nature"), FlowKind.Elementary);
        Shares = SharesOf();
        Parameters = ParametersOf();
    }

    /// <summary>The page of the process that the address names, or null.</summary>
    public static ProcessPage? Find(PageContext at) => DatabasePage.Of(at) is { } known && at["id"] is { } id
        && known.Lookup.Processes.TryGetValue(id, out var process) ? new(at, known, process) : null;

    /// <summary>Its database.</summary>
    public KnownDatabase Known { get; }

    /// <summary>The process.</summary>
    public LciProcess Process { get; }

    /// <summary>Products and wastes, with who provides or treats them.</summary>
    public Table Products { get; }

    /// <summary>What it takes from and gives to nature.</summary>
    public Table Nature { get; }

    /// <summary>Shares of co-products; null where none are stated.</summary>
    public Table? Shares { get; }

    /// <summary>Its parameters; null where it has none.</summary>
    public Table? Parameters { get; }


    /// <inheritdoc/>
    public override string Section => "ledger";

    /// <inheritdoc/>
    public override string Tab => "databases";

    /// <inheritdoc/>
    public override bool IsTimeless => true;

    /// <inheritdoc/>
    public override Type View => typeof(ProcessView);

    /// <inheritdoc/>
    public override IEnumerable<Table> Tables =>
        ((Table?[])[Products, Nature, Shares, Parameters]).OfType<Table>();

    /// <inheritdoc/>
    public override string Title => Process.Name;

    /// <inheritdoc/>
    public override JsonObject Data => Api.DatabaseApi.Node(Process, Known.Lookup);

    /// <summary>Facts about it: name and value.</summary>
    public IEnumerable<(string Name, string Value)> Facts()
    {
        var place = Known.Lookup.Locations.GetValueOrDefault(Process.Location);
        foreach (var (key, value) in ((string, string)[])[
            ("web.database.category", Process.Category),
            ("web.col.place", place is null ? "" : place.Code.Length > 0 && place.Code != place.Name
                ? $"{place.Name} ({place.Code})" : place.Name),
            ("web.col.kind", At.L(Process.IsResult ? "web.process.result" : "web.process.unit")),
            ("web.process.allocation", Process.Allocation is { } rule
                ? At.L($"web.process.rule.{Vocabulary.Word(rule)}") : ""),
            ("web.process.description", DescriptionOf(Process.Extra)),
            ("web.process.id", Process.Id)])
            if (value.Length > 0) yield return (At.L(key), value);
    }

    private static string DescriptionOf(string extra)
    {
        if (extra.Length == 0) return "";
        try
        {
            using var json = JsonDocument.Parse(extra);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("description", out var text)
                && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
        }
        catch (JsonException)
        {
            return "";
        }
    }

    private Table TableOf(string id, string caption, params FlowKind[] kinds)
    {
        var isNature = kinds is [FlowKind.Elementary];
        return new(id, caption,
        [
            new("direction", At.L("web.process.direction")), new("flow", At.L("web.process.flow")),
            new("amount", At.L("web.col.amount"), Align.Number), new("unit", At.L("web.col.unit")),
            isNature ? new("category", At.L("web.process.compartment"))
                : new("provider", At.L("web.process.provider")),
            new("uncertainty", At.L("web.process.uncertainty"), Secondary: true),
            new("formula", At.L("web.process.formula"), Secondary: true),
        ], [.. Process.Exchanges.Where(e => kinds.Contains(Known.Lookup.Flows[e.Flow].Kind))
            .OrderByDescending(e => e.Id == Process.Reference).ThenBy(e => e.IsInput)
            .Select(e => Line(e, isNature))])
        {
            RowHeads = false,
        };
    }

    private Row Line(LciExchange e, bool isNature)
    {
        var flow = Known.Lookup.Flows[e.Flow];
        var tags = new List<(string, string?)>();
        if (e.Id == Process.Reference) tags.Add((At.L("web.process.reference"), null));
        if (e.IsAvoided) tags.Add((At.L("web.process.avoided"), null));
        if (flow.Kind == FlowKind.Waste) tags.Add((At.L("web.process.waste"), null));
        return Row.Of(
            new Words(At.L(e.IsInput ? "web.process.in" : "web.process.out"))
                { Key = e.IsInput ? "input" : "output", Class = "quiet nb" },
            new Words(flow.Name) { Key = flow.Id, Tags = tags },
            DatabaseWords.Number(e.Amount),
            new Words(Known.Lookup.Unit(e.Unit)?.Name ?? e.Unit) { Class = "nb" },
            isNature ? Some(flow.Category, "quiet") : Provider(flow, e),
            Some(DatabaseWords.Spread(At, e.Uncertainty)), Some(e.Formula, "mono"));
    }

    /// <summary>Words, and nothing where there are none.</summary>
    private static Cell Some(string text, string? style = null) =>
        text.Length == 0 ? Cell.Empty : new Words(text) { Class = style };

    /// <summary>Who provides: as stated, else the only one that can; else that none or several can.</summary>
    private Cell Provider(LciFlow flow, LciExchange e)
    {
        if (!DatabaseWords.WantsProvider(flow, e)) return Cell.Empty;
        if (e.Provider.Length > 0 && Known.Lookup.Processes.TryGetValue(e.Provider, out var stated))
            return Linked(stated);
        var makers = _makers[flow.Id].ToList();
        return makers switch
        {
            [] => new Words(At.L("web.process.nobody")) { Key = "", Class = "warn" },
            [var only] => Linked(only),
            _ => new Words(At.L("web.process.several", ("count", makers.Count)),
                At.Link($"/ledger/databases/{Known.Pack.Header.Id}", ("q", flow.Name))) { Key = "" },
        };
    }

    private Words Linked(LciProcess process) =>
        new(process.Name, DatabaseWords.Link(At, Known.Pack.Header.Id, process.Id))
        {
            Key = process.Id,
            Below = DatabaseWords.Place(Known.Lookup, process.Location) is { Length: > 0 } place
                ? place : null,
        };

    private Table? SharesOf() => Process.AllocationFactors.IsEmpty ? null : new("shares",
        At.L("web.process.shares"),
        [
            new("product", At.L("web.process.product")), new("rule", At.L("web.process.allocation")),
            new("exchange", At.L("web.process.exchange")),
            new("share", At.L("web.process.share"), Align.Number),
            new("formula", At.L("web.process.formula")),
        ], [.. Process.AllocationFactors.Select(f => Row.Of(
            new Words(Known.Lookup.Flows.GetValueOrDefault(f.Product)?.Name ?? f.Product) { Key = f.Product },
            new Words(At.L($"web.process.rule.{Vocabulary.Word(f.Rule)}")) { Key = Vocabulary.Word(f.Rule) },
            f.Exchange is { } id && Process.Exchanges.FirstOrDefault(e => e.Id == id) is { } e
                ? new Words(Known.Lookup.Flows[e.Flow].Name) { Key = DatabaseWords.Text(id) }
                : new Words(At.L("web.process.all")) { Key = "" },
            DatabaseWords.Number(f.Value), Some(f.Formula, "mono")))]);

    private Table? ParametersOf() => Process.Parameters.IsEmpty ? null : new("parameters",
        At.L("web.process.parameters"),
        [
            new("name", At.L("web.process.parameter")), new("value", At.L("web.col.value"), Align.Number),
            new("formula", At.L("web.process.formula")), new("uncertainty", At.L("web.process.uncertainty")),
        ], [.. Process.Parameters.Select(p => Row.Of(new Words(p.Name) { Class = "mono" },
            DatabaseWords.Number(p.Value), Some(p.Formula, "mono"),
            Some(DatabaseWords.Spread(At, p.Uncertainty))))]);
}
