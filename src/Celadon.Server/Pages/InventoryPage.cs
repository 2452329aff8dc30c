using System.Text.Json.Nodes;
using Celadon.Server.Drawing;
using Celadon.Server.Web;
using Celadon.Store;
using Celadon.Text;

namespace Celadon.Server.Pages;

/// <summary>The greenhouse gas inventory of the chosen sites and months.</summary>
public sealed class InventoryPage : Page
{
    /// <summary>GWP sets a reader can choose.</summary>
    internal static readonly string[] GwpSets = ["AR5", "AR6", "AR4"];

    /// <summary>Makes the page.</summary>
    public InventoryPage(PageContext at) : base(at)
    {
        Gwp = GwpSets.FirstOrDefault(g => g == at["gwp"]) ?? GwpSets[0];
        if (at.Period is null) return;
        try
        {
            Asked = at.Books.Ask("carbon.inventory", SpecOf(at, Gwp), at.Number("at"), at.Http.RequestAborted);
            Report = Spot.Of(Asked);
            _tables = InventoryTables.Of(at, Report);
        }
        catch (RefusedException refused)
        {
            Refused = refused.Finding;
        }
    }

    private readonly IReadOnlyList<Table> _tables = [];

    /// <summary>The question with its spec as the page asks it: a chosen site and period, nothing assumed.</summary>
    internal static string SpecOf(PageContext at, string gwp)
    {
        var spec = new JsonObject { ["period"] = at.Period!.Value.ToString(), ["gwp"] = gwp };
        if (at.Site is { } site) spec["sites"] = new JsonArray(site);
        spec["allowNearestEdition"] = true;
        return spec.ToJsonString();
    }

    /// <summary>The GWP set.</summary>
    public string Gwp { get; }

    /// <summary>"market" or "location": which Scope 2 the picture shows.</summary>
    public string Shown => At["view"] == "market" ? "market" : "location";

    /// <summary>The answer; null in an empty workspace or when it was refused.</summary>
    public Asked? Asked { get; }

    /// <summary>Its report.</summary>
    public Spot Report { get; }

    /// <summary>Why there is no answer.</summary>
    public Finding? Refused { get; }

    /// <summary>A table by its id, or null when it would be empty.</summary>
    public Table? Table(string id) => _tables.FirstOrDefault(t => t.Id == id);

    /// <summary>Everything a reader should know, worst first.</summary>
    public IEnumerable<Finding> Findings => Asked is null ? []
        : Asked.Answer.Findings.OrderByDescending(f => f.Severity);

    /// <inheritdoc/>
    public override string Section => "carbon";

    /// <inheritdoc/>
    public override string Tab => "inventory";

    /// <inheritdoc/>
    public override Type View => typeof(InventoryView);

    /// <inheritdoc/>
    public override IEnumerable<Table> Tables => _tables;

    /// <inheritdoc/>
    public override IEnumerable<Chart> Charts => Asked is null ? [] : [Sources];

    /// <inheritdoc/>
    public override JsonObject Data => Asked is null ? [] : new() { ["answer"] = JsonNode.Parse(AnswerJson.Write(Asked)) };

    /// <inheritdoc/>
    public override string Title
    {
        get
        {
            if (Asked is null) return At.L(Refused is null ? "web.inventory.none" : "web.inventory.refused");
            string Say(Spot total) => total.Exists ? total.Say() : At.L("web.nothingRecorded");
            return At.L("web.inventory.title", ("scope1", Say(Report["scope1"]["total"]["kgco2e"])),
                ("scope2", Say(Report["scope2"]["location"]["total"]["kgco2e"])),
                ("scope3", Say(Report["scope3"]["total"]["kgco2e"])));
        }
    }

    /// <summary>Every line as a bar, longest first; what has no figure stands below as open boxes.</summary>
    public Chart Sources
    {
        get
        {
            var language = At.Text.Language;
            var lines = Report["scope1"]["lines"].Items.Select(l => (Look: "s1", Line: l))
                .Concat(Report["scope2"][Shown]["lines"].Items.Select(l => (Look: "s2", Line: l)))
                .Concat(Report["scope3"]["categories"].Items.SelectMany(c => c["lines"].Items).Select(l => (Look: "s3", Line: l)))
                .Where(l => l.Line["kgco2e"].Value is not null)
                .GroupBy(l => (l.Look, Name: NameOf(l.Line, language)))
                .Select(g => (g.Key.Look, g.Key.Name,
                    Value: g.Aggregate(Quantities.Amount.Zero, (sum, l) => sum + l.Line["kgco2e"].Value!.Value)))
                .OrderByDescending(g => g.Value).ToList();
            var unknown = Report["unknown"].Items.Select(u => u["label"].In(language)).Distinct().Take(4);
            var bars = lines.Take(12).Select(l => new BarItem(l.Name, l.Value.ToDouble(), $"{Show.Tonnes(l.Value)} t", l.Look))
                .Concat(unknown.Select(name => new BarItem(name, 0, At.L("web.unknown"), "unk", Unknown: true)));
            var twin = new Table("sources", At.L("web.inventory.sources"),
            [
                new("scope", At.L("web.col.scope")), new("line", At.L("web.col.line")),
                new("kgco2e", At.L("web.col.kgco2e"), Align.Number),
            ], [.. lines.Select(l => Row.Of(new Words(At.L($"web.scope.{l.Look[1]}")) { Key = $"{l.Look[1]}" },
                new Words(l.Name), new Plain(l.Value)))]);
            var title = lines.Count == 0 ? At.L("web.inventory.sources")
                : At.L("web.inventory.most", ("line", lines[0].Name), ("tonnes", Show.Tonnes(lines[0].Value)));
            return new Chart("sources-chart", title, At.L("web.inventory.small", ("period", Show.Months(At.Text, At.Period!.Value)),
                ("gwp", Gwp), ("view", At.L($"web.scope2.{Shown}"))),
                new Bars([.. bars]) { Label = title }, twin, At.L("web.chart.source", ("position", Asked!.Position)))
            {
                Legend = [("s1", At.L("web.scope.1")), ("s2", At.L("web.scope.2")), ("s3", At.L("web.scope.3")),
                    ("unk", At.L("web.legend.unknown"))],
            };
        }
    }

    private static string NameOf(Spot line, string language)
    {
        var title = line["title"].In(language);
        var label = line["label"].In(language);
        return title.Length == 0 || title == label ? label : $"{label} · {title}";
    }
}
