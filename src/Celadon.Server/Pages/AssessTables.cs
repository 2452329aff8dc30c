using Celadon.Quantities;
using Celadon.Server.Web;

namespace Celadon.Server.Pages;

/// <summary>The answer of an assessment in tables.</summary>
internal sealed class AssessTables(AssessPage page)
{
    private PageContext At => page.At;

    private AssessAfterTables After => new(page, this);

    private AssessSampleTables Sampled => new(page, this);

    /// <summary>Every table of the page that has rows.</summary>
    public IEnumerable<Table> All => ((Table[])
    [
        Scores, After.Weighted, After.Damages, Flows, FirstTier, Branches, CutOff, CoProducts,
        NotCounted("suspects"), NotCounted("others"), Treated, Sampled.Quantiles, Sampled.Variance,
    ]).Where(t => t.Rows.Count > 0).Select(t => (t.Id is "tree" or "quantiles" ? t : Sorting.By(At, t)) with
    {
        NamesInFiles = true,
    });

    /// <summary>A number in its own unit with its explanation.</summary>
    public Cell Exact(Spot spot, bool withUnit = false) => spot.Value is not { } value
        ? new Words("–") { Class = "quiet" }
        : new Number(value, spot.Unit, Written(value), At.Why(spot.Asked, spot.Pointer))
        {
            ShownUnit = withUnit ? spot.Unit : null,
        };

    /// <summary>The same inside a sentence.</summary>
    public Cell Said(Spot spot) => spot.Value is not { } value ? new Words("")
        : new Number(value, spot.Unit, $"{Written(value)} {Show.Unit(spot.Unit)}".TrimEnd(),
            At.Why(spot.Asked, spot.Pointer));

    /// <summary>The number with its unit as text.</summary>
    public static string Text(Spot spot) => spot.Value is not { } value ? ""
        : $"{Written(value)} {Show.Unit(spot.Unit)}".TrimEnd();

    /// <summary>Scores of all categories; each leads to what gives to it.</summary>
    public Table Scores => new("scores", At.L("web.assess.scores"),
        [new("category", At.L("web.assess.category")), new("score", At.L("web.assess.score"), Align.Number)],
        [.. page.Report["categories"].Items.Select(c => new Row([
            new Words(Name(c["name"]), At.Here(("category", c["id"].Text))) { Key = c["id"].Text },
            Exact(c["score"], withUnit: true)],
            c["id"].Text == page.Detail["id"].Text ? "open" : null))]) { Class = "tight slim" };

    /// <summary>What processes give to the shown category.</summary>
    public Table Processes => Sorting.By(At, Parts("processes", page.Detail["processes"],
        "web.assess.process"));

    private Table Flows => Parts("flows", page.Detail["flows"], "web.assess.flow");

    private Table FirstTier => Parts("firstTier", page.Detail["firstTier"], "web.assess.input");

    /// <summary>The tree as a flat table, for its twins.</summary>
    private Table Branches => new("tree", At.L("web.assess.tree"),
        [
            new("branch", At.L("web.assess.branch"), Align.Number),
            new("parent", At.L("web.assess.parent"), Align.Number),
            new("process", At.L("web.assess.process")),
            new("amount", At.L("web.assess.amount"), Align.Number), new("unit", At.L("web.assess.unit")),
            new("score", Unit("web.assess.withAll"), Align.Number), new("own", Unit("web.assess.own"),
                Align.Number),
            new("loop", At.L("web.assess.loop")),
        ],
        [.. page.Detail["tree"]["branches"].Items.Select((b, i) => Row.Of(
            new Plain(Amount.From(i, 0)), new Plain(Amount.Parse(b["parent"].Text!)),
            new Words(b["name"].Text ?? "") { Key = b["id"].Text }, Exact(b["amount"]),
            new Words(Show.Unit(b["amount"].Unit)) { Key = b["amount"].Unit }, Exact(b["score"]),
            Exact(b["own"]),
            new Words(b["isLoop"].IsTrue ? At.L("web.assess.loop") : "") { Key = b["isLoop"].Text }))]);

    private Table CutOff => new("cutOff", At.L("web.assess.cutOff"),
        [
            new("flow", At.L("web.assess.missing")), new("process", At.L("web.assess.takenBy")),
            new("amount", At.L("web.assess.amount"), Align.Number),
            new("candidates", At.L("web.assess.candidates"), Align.Number),
        ],
        [.. page.Report["cutOff"]["first"].Items.Select(u => Row.Of(new Words(u["flow"].Text ?? ""),
            new Words(u["process"].Text ?? ""), Exact(u["amount"], withUnit: true),
            new Plain(Amount.Parse(u["candidates"].Text!))))]);

    private Table CoProducts => new("coProducts", At.L("web.assess.coProducts"),
        [
            new("flow", At.L("web.assess.coProduct")), new("process", At.L("web.assess.process")),
            new("amount", At.L("web.assess.amount"), Align.Number),
            new("rule", At.L("web.assess.rule")),
        ],
        [.. page.Report["coProducts"].Items.Select(c => Row.Of(new Words(c["flow"].Text ?? ""),
            new Words(c["process"].Text ?? ""), Exact(c["amount"], withUnit: true),
            new Words(At.L(c["ruleStated"].IsTrue ? "web.assess.rule.stated" : "web.assess.rule.none"))
            {
                Key = c["ruleStated"].Text,
            }))]);

    private Table NotCounted(string list) => new(list, At.L($"web.assess.{list}"),
        [
            new("flow", At.L("web.assess.flow")), new("compartment", At.L("web.assess.compartment")),
            new("amount", At.L("web.assess.amount"), Align.Number),
        ],
        [.. page.Report["method"][list].Items.Select(f => Row.Of(
            new Words(f["name"].Text ?? "") { Key = f["id"].Text }, new Words(f["compartment"].Text ?? ""),
            Exact(f["amount"], withUnit: true)))]);

    private Table Treated => new("treated", At.L("web.assess.treated"),
        [
            new("flow", At.L("web.assess.flow")), new("treatment", At.L("web.assess.treatment")),
            new("amount", At.L("web.assess.amount"), Align.Number),
        ],
        [.. page.Report["method"]["treated"].Items.Select(f => Row.Of(
            new Words(f["name"].Text ?? "") { Key = f["id"].Text, Below = f["compartment"].Text },
            new Words(Name(f["treatment"])), Exact(f["amount"], withUnit: true)))]);

    private Table Parts(string id, Spot parts, string head) => new(id, At.L($"web.assess.{id}"),
        [
            new(id, At.L(head)), new("score", Unit("web.assess.part"), Align.Number),
            new("share", At.L("web.assess.share"), Align.Number),
        ],
        [
            .. parts["top"].Items.Select(p => Row.Of(new Words(p["name"].Text ?? "", LinkTo(p["id"].Text))
            {
                Key = p["id"].Text,
                Below = id == "flows" ? page.CompartmentOf(p["id"].Text!) : null,
            }, Exact(p["score"]), ShareOf(p["score"]))),
            .. ((string[])["restBurdens", "restCredits"]).Where(r => parts[r].Value is { IsZero: false })
                .Select(r => Row.Of(new Words(At.L($"web.assess.{r}", ("n", parts["restCount"].Text ?? "")))
                    { Key = r }, Exact(parts[r]), ShareOf(parts[r])) with { IsRest = true }),
        ])
        {
            NamesInFiles = true,
            Total = Row.Of(new Words(At.L("web.assess.score")) { Key = "score" },
                Exact(page.Detail["score"]), Cell.Empty),
        };

    /// <summary>The page of a process of the database: what goes in and out, how sure it is.</summary>
    public string? LinkTo(string? process) => page.Database is { } database && process is not null
        && page.Lookup!.Processes.ContainsKey(process)
        ? DatabaseWords.Link(At, database.Id, process) : null;

    /// <summary>Of the score, where both are burdens; else nothing.</summary>
    private Cell ShareOf(Spot part)
    {
        if (page.Detail["score"].Value is not { Sign: > 0 } score || part.Value is not { Sign: > 0 } value)
            return Cell.Empty;
        var percent = Amount.Divide(value * Amount.From(100, 0), score, 6);
        return new Share(percent, Show.Percent(At.Text, Show.Fixed(percent, 1)));
    }

    private string Unit(string key) =>
        At.L("web.assess.in", ("what", At.L(key)), ("unit", Show.Unit(page.Detail["score"].Unit)));

    private string Name(Spot spot) => spot.In(At.Text.Language);

    private static string Written(Amount value) =>
        Show.Brief(value).Replace("-", "−", StringComparison.Ordinal);
}
