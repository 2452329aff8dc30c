using Celadon.Quantities;
using Celadon.Server.Drawing;
using Celadon.Server.Web;

namespace Celadon.Server.Pages;

/// <summary>The drawings of a comparison: scores, what makes the difference, how sure it is.</summary>
internal sealed class CompareCharts(ComparePage page)
{
    private const int MostSteps = 8;

    private PageContext At => page.At;

    private string First => page.Alternatives[0];

    private string Second => page.Alternatives[page.Against];

    /// <summary>
    /// All there are: changes only where there are several parts to tell, the histogram only where the
    /// difference scatters.
    /// </summary>
    public IEnumerable<Chart> All => [Scores(), Steps(),
        .. CompareChangeChart.Of(page, Small, Source) is { } changes ? [changes] : Array.Empty<Chart>(),
        .. page.Scatters ? [Spread()] : Array.Empty<Chart>()];

    private string Small => At.L("web.compare.small", ("unit", Show.Unit(Unit)),
        ("amount", ComparePage.Say(page.Report["amount"].Value!.Value)),
        ("per", Show.Unit(page.Report["amount"].Unit)), ("what", page.Report["function"].Text ?? ""));

    private string Unit => page.Pair["difference"].Unit;

    private string Source => page.Report["database"].Text is { } database
        ? At.L("web.compare.source", ("database", database)) : At.L("web.compare.source.spec");

    private Chart Scores()
    {
        var scores = page.Category["scores"].Items;
        var (least, most) = (scores.MinBy(s => s["score"].Value!.Value), scores.MaxBy(s =>
            s["score"].Value!.Value));
        var title = Sentence.Of(At, "web.compare.bars", ("category", page.CategoryName),
            ("least", page.Number(least["score"])), ("leastName", least["alternative"].Text ?? ""),
            ("most", page.Number(most["score"], true)), ("mostName", most["alternative"].Text ?? ""));
        var drawn = scores.Any(s => s["monteCarlo"].Exists);
        var twin = new Table("side-by-side", page.CategoryName,
            [
                new("name", At.L("web.compare.name")),
                new("score", At.L("web.compare.score"), Align.Number),
                .. drawn ? [new("mean", At.L("web.compare.mean"), Align.Number),
                    new("low", At.L("web.compare.low"), Align.Number),
                    new Column("high", At.L("web.compare.high"), Align.Number)] : Array.Empty<Column>(),
            ],
            [.. scores.Select(s => new Row([new Words(s["alternative"].Text ?? ""), page.Number(s["score"]),
                .. drawn ? [page.Number(s["monteCarlo"]["mean"]), page.Number(s["monteCarlo"]["low"]),
                    page.Number(s["monteCarlo"]["high"])] : Array.Empty<Cell>()]))]);
        return new Chart("scores-chart", title, Small, new Bars([.. scores.Select((s, i) =>
            new BarItem(s["alternative"].Text ?? "", Math.Max(0, Value(s["score"])), Shown(s["score"]),
                i == 0 ? "s1" : "s2") { Why = At.Why(s.Asked, s["score"].Pointer) })])
        { Label = $"{title}" }, twin, Source);
    }

    /// <summary>From the first to the other, process by process.</summary>
    private Chart Steps()
    {
        var (scores, parts) = (page.Category["scores"].Items, page.Pair["processes"]);
        var all = parts["top"].Items;
        var shown = all.Take(MostSteps).ToList();
        var (more, less) = Rest(all.Skip(MostSteps), parts);
        var steps = new List<ChangeStep> { Total(At, scores[0]) };
        steps.AddRange(shown.Select(p => new ChangeStep(p["name"].Text ?? "", Value(p["difference"]),
            Signed(p["difference"].Value!.Value)) { Why = At.Why(p.Asked, p["difference"].Pointer) }));
        if (!more.IsZero) steps.Add(new(At.L("web.compare.more"), more.ToDouble(), Signed(more)));
        if (!less.IsZero) steps.Add(new(At.L("web.compare.less"), less.ToDouble(), Signed(less)));
        steps.Add(Total(At, scores[page.Against]));
        var title = Sentence.Of(At, page.Pair["difference"].Value!.Value.IsZero ? "web.compare.steps.none"
                : page.Pair["percent"].Exists ? "web.compare.steps" : "web.compare.steps.noPercent",
            ("first", First), ("second", Second), ("difference", page.Number(page.Pair["difference"], true)),
            ("percent", page.Number(page.Pair["percent"], true)),
            ("most", all.Count > 0 ? all[0]["name"].Text ?? "" : ""));
        var twin = new Table("differences", At.L("web.compare.differences"),
            [
                new("process", At.L("web.compare.process")), new("first", First, Align.Number),
                new("second", Second, Align.Number),
                new("difference", At.L("web.compare.difference"), Align.Number),
            ],
            [
                .. all.Select(p => Row.Of(new Words(p["name"].Text ?? "") { Key = p["id"].Text },
                    page.Number(p["first"]), page.Number(p["second"]), page.Number(p["difference"]))),
                Row.Of(new Words(At.L("web.compare.more")), Cell.Empty, Cell.Empty,
                    page.Number(parts["restMore"])),
                Row.Of(new Words(At.L("web.compare.less")), Cell.Empty, Cell.Empty,
                    page.Number(parts["restLess"])),
            ])
        {
            Total = Row.Of(new Words(At.L("web.total")), page.Number(scores[0]["score"]),
                page.Number(scores[page.Against]["score"]), page.Number(page.Pair["difference"])),
        };
        return new Chart("steps-chart", title, Small,
            new Waterfall(steps, At.L("charts.axisFrom")) { Label = $"{title}" }, twin, Source)
        {
            Legend = [("whole", At.L("web.compare.legend.score")), ("rise", At.L("web.compare.legend.more")),
                ("fall", At.L("web.compare.legend.less"))],
        };
    }

    /// <summary>Those not drawn, and those the answer does not list.</summary>
    private static (Amount More, Amount Less) Rest(IEnumerable<Spot> notDrawn, Spot parts)
    {
        var (more, less) = (parts["restMore"].Value!.Value, parts["restLess"].Value!.Value);
        foreach (var value in notDrawn.Select(p => p["difference"].Value!.Value))
        {
            if (value.Sign > 0) more += value;
            else less += value;
        }
        return (more, less);
    }

    private Chart Spread()
    {
        var drawn = page.Pair["monteCarlo"];
        var (bins, marks) = (drawn["histogram"].Items,
            SampleMarks.Of(At, drawn, spot => page.Number(spot, true)));
        var title = Sentence.Of(At, "web.compare.lower", ("first", First), ("second", Second),
            ("share", page.Number(drawn["firstLower"], true)));
        var twin = new Table("histogram", At.L("web.compare.histogram"),
            [
                new("from", At.L("web.compare.from"), Align.Number),
                new("to", At.L("web.compare.to"), Align.Number),
                new("count", At.L("web.compare.count"), Align.Number),
            ],
            [.. bins.Select(b => Row.Of(page.Number(b["from"]), page.Number(b["to"]),
                new Plain(Amount.Parse(b["count"].Text!))))]) { RowHeads = false };
        return new Chart("histogram-chart", title, At.L("web.compare.histogram.small",
            ("first", First), ("second", Second), ("unit", Show.Unit(Unit)),
            ("samples", drawn["samples"].Text ?? ""), ("seed", drawn["seed"].Text ?? "")),
            new Histogram([.. bins.Select(b => new HistogramBin(Value(b["from"]), Value(b["to"]),
                int.Parse(b["count"].Text!, System.Globalization.CultureInfo.InvariantCulture),
                At.L("web.compare.bin", ("from", ComparePage.Say(b["from"].Value!.Value)),
                    ("to", ComparePage.Say(b["to"].Value!.Value)), ("count", b["count"].Text!))))],
                At.L("web.compare.count"), Show.Unit(Unit))
            {
                Label = SampleMarks.Label($"{title}", marks), Marks = SampleMarks.Drawn(marks),
            }, twin, Source)
        {
            Legend = [("fall", At.L("web.compare.legend.below", ("second", Second))),
                ("rise", At.L("web.compare.legend.above", ("first", First))), .. SampleMarks.Legend(marks)],
        };
    }

    /// <summary>A score as the first or last step.</summary>
    public static ChangeStep Total(PageContext at, Spot score) => new(
        score["alternative"].Text ?? "", Value(score["score"]), Shown(score["score"]), true)
    {
        Why = at.Why(score.Asked, score["score"].Pointer),
    };

    /// <summary>A number to draw.</summary>
    public static double Value(Spot figure) => figure.Value!.Value.ToDouble();

    private static string Shown(Spot figure) =>
        $"{ComparePage.Say(figure.Value!.Value)} {Show.Unit(figure.Unit)}";

    /// <summary>With its sign.</summary>
    public static string Signed(Amount value) => (value.Sign > 0 ? "+" : "") + ComparePage.Say(value);
}
