using Celadon.Quantities;
using Celadon.Server.Drawing;
using Celadon.Server.Web;

namespace Celadon.Server.Pages;

/// <summary>The drawings of an assessment: contributions, supply chain; samples come after.</summary>
internal sealed class AssessCharts(AssessPage page, AssessTables tables)
{
    /// <summary>
    /// Links between processes that are drawn. Each process may have one more for what is not drawn.
    /// </summary>
    public const int MostLinks = 16;

    private const int MostBands = 30;

    private PageContext At => page.At;

    private Spot Detail => page.Detail;

    /// <summary>Those that there is something for.</summary>
    public IEnumerable<Chart> All
    {
        get
        {
            if (Detail["processes"]["top"].Items.Count > 0) yield return Contributions;
            if (Detail["sankey"]["links"].Items.Any(l => Size(l["score"]) > 0)) yield return Chain;
            foreach (var chart in new AssessSampleCharts(page, tables, Source).All) yield return chart;
        }
    }

    private Chart Contributions
    {
        get
        {
            var parts = Detail["processes"];
            var most = parts["top"].Items[0];
            List<Spot> shown = [.. parts["top"].Items,
                .. ((string[])["restBurdens", "restCredits"]).Select(r => parts[r])
                    .Where(r => r.Value is { IsZero: false })];
            return new Chart("contributions", Sentence.Of(At, "web.assess.most",
                    ("process", most["name"].Text ?? ""), ("part", tables.Said(most["score"])),
                    ("score", tables.Said(Detail["score"]))), Small(), new Bars([.. shown.Select(Bar)])
                {
                    Label = At.L("web.assess.processes"),
                }, tables.Processes, Source)
            {
                Legend = shown.Exists(s => (s["score"].Exists ? s["score"] : s).Value is { Sign: < 0 })
                    ? [("s1", At.L("web.assess.burden")), ("s2", At.L("web.assess.credit"))] : [],
            };
        }
    }

    private BarItem Bar(Spot part)
    {
        var figure = part["score"].Exists ? part["score"] : part;
        var name = part["name"].Text
            ?? At.L($"web.assess.{part.Name}", ("n", Detail["processes"]["restCount"].Text ?? ""));
        return new BarItem(name, Size(figure), AssessTables.Text(figure),
            figure.Value is { Sign: < 0 } ? "s2" : "s1") { Why = At.Why(figure.Asked, figure.Pointer) };
    }

    /// <summary>
    /// Each process once, from the far suppliers to the process asked for. What it releases itself comes in
    /// too, and hatched what of its total nothing else shows; credits have no width and stand in the table.
    /// </summary>
    private Chart Chain
    {
        get
        {
            var nodes = Detail["sankey"]["nodes"].Items;
            var names = Names(nodes);
            var links = Detail["sankey"]["links"].Items.Where(l => Burden(l["score"])).Select(l =>
                new SankeyLink(names[l["from"].Text!], names[l["to"].Text!], Size(l["score"]),
                    AssessTables.Text(l["score"]))).ToList();
            var drawn = links.SelectMany(l => (string[])[l.From, l.To]).ToHashSet();
            var rest = At.L("web.assess.notDrawn");
            links.AddRange(Bands(nodes, names, drawn, "own", At.L("web.assess.released")));
            links.AddRange(Bands(nodes, names, drawn, "notDrawn", rest));
            var notes = nodes.Where(n => drawn.Contains(names[n["id"].Text!])).ToDictionary(
                n => names[n["id"].Text!], n => (AssessTables.Text(n["total"]),
                    (string?)At.Why(n["total"].Asked, n["total"].Pointer)));
            return new Chart("chain", Sentence.Of(At, "web.assess.chain",
                    ("process", page.Report["process"].Text ?? ""), ("score", tables.Said(Detail["score"]))),
                Small(), new Sankey(links, notes) { Label = At.L("web.assess.sankey") }, Edges, Source)
            {
                Legend = [("flow", At.L("web.assess.legend.flow")),
                    .. links.Exists(l => l.IsLoss)
                        ? [("unk", (Sentence)At.L("web.assess.legend.notDrawn"))]
                        : Array.Empty<(string, Sentence)>()],
            };
        }
    }

    /// <summary>The largest of what comes in by no link: what is released there, what is not drawn.</summary>
    private IEnumerable<SankeyLink> Bands(IReadOnlyList<Spot> nodes, Dictionary<string, string> names,
        HashSet<string> drawn, string part, string from) => nodes
        .Where(n => drawn.Contains(names[n["id"].Text!]) && Burden(n[part])
            && Size(n[part]) > Size(Detail["score"]) / 200)
        .OrderByDescending(n => Size(n[part])).Take((MostBands - MostLinks) / 2)
        .Select(n => new SankeyLink(from, names[n["id"].Text!], Size(n[part]), AssessTables.Text(n[part]),
            IsLoss: part == "notDrawn"));

    /// <summary>Short names that tell the processes apart.</summary>
    private Dictionary<string, string> Names(IReadOnlyList<Spot> nodes)
    {
        static string Short(string name) => name.Length > 22 ? name[..21].TrimEnd(' ', ',') + "…" : name;
        var called = nodes.ToLookup(n => Short(n["name"].Text ?? ""));
        return nodes.DistinctBy(n => n["id"].Text).ToDictionary(n => n["id"].Text!, n =>
        {
            // The title names it; a long name at the right edge would meet the one before.
            if (n["id"].Text == page.Report["processId"].Text) return At.L("web.assess.asked");
            var whole = n["name"].Text ?? "";
            var name = Short(whole);
            if (called[name].Count() < 2) return name;
            // Those that begin alike often end otherwise; the last resort is the identifier.
            var ends = $"{whole[..Math.Min(9, whole.Length)].TrimEnd(' ', ',')}…{Tail(whole)}";
            return called[name].Count(o => Tail(o["name"].Text ?? "") == Tail(whole)) < 2 ? ends
                : $"{name[..Math.Min(12, name.Length)].TrimEnd('…', ' ', ',')}… ({Start(n["id"].Text!)})";
        });

        static string Tail(string name) => name[^Math.Min(12, name.Length)..];
        static string Start(string id) => id[..Math.Min(6, id.Length)];
    }

    /// <summary>The whole list of edges: links, own parts, what is not drawn and what is left out.</summary>
    private Table Edges
    {
        get
        {
            var sankey = Detail["sankey"];
            var unit = Show.Unit(Detail["score"].Unit);
            Row Of(string from, string to, string kind, Spot score, Spot amount = default,
                Spot share = default) => Row.Of(new Words(from), new Words(to),
                new Words(At.L($"web.assess.edge.{kind}")) { Key = kind }, tables.Exact(score),
                amount.Exists ? tables.Exact(amount, withUnit: true) : Cell.Empty,
                share.Exists ? tables.Exact(share) : Cell.Empty);
            return Sorting.By(At, new Table("edges", At.L("web.assess.edges"),
            [
                new("from", At.L("web.assess.from")), new("to", At.L("web.assess.to")),
                new("kind", At.L("web.assess.edge")),
                new("score", At.L("web.assess.in", ("what", At.L("web.assess.score")), ("unit", unit)),
                    Align.Number),
                new("amount", At.L("web.assess.amount"), Align.Number),
                new("share", At.L("web.assess.shareOf"), Align.Number, Secondary: true),
            ],
            [
                .. sankey["links"].Items.Select(l => Of(l["fromName"].Text ?? "", l["toName"].Text ?? "",
                    l["closesLoop"].IsTrue ? "loop" : "link", l["score"], l["amount"], l["share"])),
                .. sankey["nodes"].Items.Where(n => n["own"].Value is { IsZero: false })
                    .Select(n => Of("", n["name"].Text ?? "", "own", n["own"])),
                .. sankey["nodes"].Items.Where(n => n["notDrawn"].Value is { IsZero: false })
                    .Select(n => Of("", n["name"].Text ?? "", "notDrawn", n["notDrawn"])),
                Of("", "", "leftOutBurdens", sankey["leftOutBurdens"]) with { IsRest = true },
                Of("", "", "leftOutCredits", sankey["leftOutCredits"]) with { IsRest = true },
            ]));
        }
    }

    private string Small() => At.L("web.assess.small", ("category", Detail["name"].In(At.Text.Language)),
        ("unit", Show.Unit(Detail["score"].Unit)));

    private string Source => page.Database is { } database ? At.L("web.assess.source",
        ("database", database.Citation), ("method", page.MethodName(page.Method)))
        : At.L("web.assess.source.example");

    private static bool Burden(Spot figure) => figure.Value is { Sign: > 0 };

    private static double Size(Spot figure) => Math.Abs(figure.Value?.ToDouble() ?? 0);
}
