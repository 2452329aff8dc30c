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

    /// <summary>Consolidation approaches a reader can choose.</summary>
    internal static readonly string[] Consolidations =
        ["operational-control", "financial-control", "equity-share"];

    /// <summary>Makes the page.</summary>
    public InventoryPage(PageContext at) : base(at)
    {
        Gwp = GwpSets.FirstOrDefault(g => g == at["gwp"]) ?? GwpSets[0];
        if (at.Period is null) return;
        try
        {
            Asked = at.Books.Ask("carbon.inventory", SpecOf(at, at.Period.Value, Gwp), at.Number("at"),
                at.Http.RequestAborted);
            Report = Spot.Of(Asked);
            _tables = InventoryTables.Of(at, Report);
        }
        catch (RefusedException refused)
        {
            Refused = refused.Finding;
        }
    }

    private readonly IReadOnlyList<Table> _tables = [];

    /// <summary>
    /// The question with its spec as the page asks it: a chosen site and period, nothing assumed.
    /// </summary>
    internal static string SpecOf(PageContext at, Quantities.MonthSpan period, string gwp)
    {
        var spec = SpecOf(at.Site, period, gwp);
        if (ConsolidationOf(at) is { } approach) spec["consolidation"] = approach;
        if (at["uncertainty"] is not null) spec["uncertainty"] = new JsonObject();
        return spec.ToJsonString();
    }

    /// <summary>The question as the first page asks it when nothing was chosen.</summary>
    internal static string UsualSpec(Quantities.MonthSpan period) =>
        SpecOf((string?)null, period, GwpSets[0]).ToJsonString();

    private static JsonObject SpecOf(string? site, Quantities.MonthSpan period, string gwp)
    {
        var spec = new JsonObject { ["period"] = period.ToString(), ["gwp"] = gwp };
        if (site is not null) spec["sites"] = new JsonArray(site);
        spec["allowNearestEdition"] = true;
        spec["allowWiderPlace"] = true;
        spec["byMonth"] = true;
        return spec;
    }

    /// <summary>The consolidation approach that the address asks for, or null for the register's.</summary>
    internal static string? ConsolidationOf(PageContext at) =>
        Consolidations.Contains(at["consolidation"]) ? at["consolidation"] : null;

    /// <summary>The GWP set.</summary>
    public string Gwp { get; }

    /// <summary>The consolidation approach of the answer.</summary>
    public string Consolidation => Report["consolidation"].Text ?? "";

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
    public IEnumerable<Finding> Findings
    {
        get
        {
            if (Asked is null) return [];
            // What has no figure stands in a table of its own, with the same reason.
            var told = Report["unknown"].Items.Select(u => u["reason"]["code"].Text).ToHashSet();
            return Asked.Answer.Findings.Where(f => !told.Contains(f.Code))
                .OrderByDescending(f => f.Severity);
        }
    }

    /// <inheritdoc/>
    public override string Section => "carbon";

    /// <inheritdoc/>
    public override string Tab => "inventory";

    /// <inheritdoc/>
    public override Type View => typeof(InventoryView);

    /// <inheritdoc/>
    public override IEnumerable<Table> Tables => _tables;

    /// <inheritdoc/>
    public override IEnumerable<Chart> Charts => Asked is null ? []
        : Changed is { } changed ? [Sources, Months, changed] : [Sources, Months];

    /// <inheritdoc/>
    public override JsonObject Data => Asked is null ? []
        : new() { ["answer"] = JsonNode.Parse(AnswerJson.Write(Asked)) };

    /// <inheritdoc/>
    public override string Title => $"{TitleSentence}";

    /// <inheritdoc/>
    public override Sentence TitleSentence
    {
        get
        {
            if (Asked is null) return At.L(Refused is null ? "web.inventory.none" : "web.inventory.refused");
            object Say(Spot total) => total.Exists ? total.Said(At) : At.L("web.nothingRecorded");
            return Sentence.Of(At, "web.inventory.title",
                ("scope1", Say(Report["scope1"]["total"]["kgco2e"])),
                ("scope2", Say(Report["scope2"]["location"]["total"]["kgco2e"])),
                ("scope3", Say(Report["scope3"]["total"]["kgco2e"])));
        }
    }

    /// <summary>Every line as a bar, longest first; what has no figure stands below as open boxes.</summary>
    public Chart Sources => SourcesOf(At, Report, Shown, Gwp, 12);

    /// <summary>Scopes by month, stacked.</summary>
    public Chart Months => InventoryCharts.Months(At, Report, Shown, Gwp);

    /// <summary>From the figures as closed to today's; null when nothing differs.</summary>
    public Chart? Changed => InventoryCharts.Changed(At, Report, Shown);

    /// <summary>
    /// How the closings of the period stand and with which packs it was reckoned; null while none is closed.
    /// </summary>
    public string? Closed
    {
        get
        {
            if (At.Period is not { } period || At.Books.ClosingsOf(At.Site,
                period) is not { Count: > 0 } closed)
                return null;
            var of = period.Count * Report["sites"].Items.Count(s => s["included"].IsTrue);
            var sets = closed.Select(c => string.Join(' ', c.Closing.Packs)).Distinct().Count();
            return closed.Count >= of && sets == 1
                ? At.L("charts.closed.all", ("count", closed.Count))
                : At.L(sets > 1 ? "charts.closed.sets" : "charts.closed.part", ("count", closed.Count),
                    ("of", of), ("sets", sets));
        }
    }

    /// <summary>The heaviest lines of an account as bars.</summary>
    internal static Chart SourcesOf(PageContext at, Spot report, string view, string gwp, int most)
    {
        var language = at.Text.Language;
        var lines = LinesOf(report, view).Select(l => (l.Look, Name: l.NameIn(language), Value: l.Sum,
            Line: l)).ToList();
        var unknown = report["unknown"].Items.Select(u => u["label"].In(language)).Distinct()
            .Take(most > 6 ? 4 : 0);
        var bars = lines.Take(most).Select(l =>
            new BarItem(l.Name, l.Value.ToDouble(), $"{Show.Tonnes(l.Value)} t", l.Look)
            {
                Why = (Explained(at, l.Line, view, gwp) as Number)?.Why,
            })
            .Concat(unknown.Select(name => new BarItem(name, 0, at.L("web.unknown"), "unk", Unknown: true)));
        var twin = new Table("sources", at.L("web.inventory.sources"),
        [
            new("scope", at.L("web.col.scope")), new("line", at.L("web.col.line")),
            new("kgco2e", at.L("web.col.kgco2e"), Align.Number),
        ], [.. lines.Select(l => Row.Of(new Words(at.L($"web.scope.{l.Look[1]}")) { Key = $"{l.Look[1]}" },
            new Words(l.Name), Explained(at, l.Line, view, gwp)))]);
        Sentence title = lines.Count == 0 ? at.L("web.inventory.sources")
            : Sentence.Of(at, "web.inventory.most", ("line", lines[0].Name), ("tonnes",
                Explained(at, lines[0].Line, view, gwp) is Number heaviest
                    ? heaviest with { Shown = Show.Tonnes(lines[0].Value) } : Show.Tonnes(lines[0].Value)));
        return new Chart("sources-chart", title,
            at.L("web.inventory.small", ("period", Show.Months(at.Text, at.Period!.Value)),
            ("gwp", gwp), ("view", at.L($"web.scope2.{view}"))),
            new Bars([.. bars]) { Label = $"{title}" }, twin,
            at.L("web.chart.source", ("position", report.Asked.Position)))
        {
            Legend = [("s1", at.L("web.scope.1")), ("s2", at.L("web.scope.2")), ("s3", at.L("web.scope.3")),
                .. most > 6 && unknown.Any() ? [("unk", at.L("web.legend.unknown"))]
                    : Array.Empty<(string, string)>()],
        };
    }

    /// <summary>The lines of one name in a scope.</summary>
    /// <param name="Look">"s1", "s2" or "s3".</param>
    /// <param name="Key">The same in both languages: its name in English.</param>
    /// <param name="Parts">By site and factor.</param>
    internal sealed record NamedLines(string Look, string Key, IReadOnlyList<Spot> Parts)
    {
        /// <summary>Together, kg CO2e.</summary>
        public Quantities.Amount Sum => Parts.Aggregate(Quantities.Amount.Zero,
            (sum, p) => sum + p["kgco2e"].Value!.Value);

        /// <summary>Their name.</summary>
        public string NameIn(string language) => NameOf(Parts[0], language);
    }

    /// <summary>Lines with a figure, those of one name in a scope together, the heaviest first.</summary>
    internal static IEnumerable<NamedLines> LinesOf(Spot report, string view) =>
        report["scope1"]["lines"].Items.Select(l => (Look: "s1", Line: l))
            .Concat(report["scope2"][view]["lines"].Items.Select(l => (Look: "s2", Line: l)))
            .Concat(report["scope3"]["categories"].Items.SelectMany(c => c["lines"].Items)
                .Select(l => (Look: "s3", Line: l)))
            .Where(l => l.Line["kgco2e"].Value is not null)
            .GroupBy(l => (l.Look, Key: NameOf(l.Line, "en")))
            .Select(g => new NamedLines(g.Key.Look, g.Key.Key, [.. g.Select(l => l.Line)]))
            .OrderByDescending(l => l.Sum);

    /// <summary>One line explains itself; several are a sum that names them. A file has no other
    /// page.</summary>
    private static Cell Explained(PageContext at, NamedLines line, string view, string gwp)
    {
        var figure = line.Parts[0]["kgco2e"];
        if (line.Parts.Count > 1 && at.IsFile) return new Plain(line.Sum);
        return new Number(line.Sum, figure.Unit, Show.Brief(line.Sum), line.Parts.Count == 1
            ? at.Why(figure.Asked, figure.Pointer)
            : at.Link("/why/line", ("scope", line.Look[1..]), ("line", line.Key), ("view", view),
                ("gwp", gwp), ("consolidation", at["consolidation"]), ("at", at.At)));
    }

    private static string NameOf(Spot line, string language)
    {
        var title = line["title"].In(language);
        var label = line["label"].In(language);
        return title.Length == 0 || title == label ? label : $"{label} · {title}";
    }
}
