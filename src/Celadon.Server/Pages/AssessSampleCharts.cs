using Celadon.Quantities;
using Celadon.Server.Drawing;
using Celadon.Server.Web;

namespace Celadon.Server.Pages;

/// <summary>The samples of a score: how they lie, how they settle, and what makes them differ.</summary>
internal sealed class AssessSampleCharts(AssessPage page, AssessTables tables, string source)
{
    private PageContext At => page.At;

    private Spot Spread => page.Detail["monteCarlo"];

    /// <summary>Those that there is something for.</summary>
    public IEnumerable<Chart> All => Spread["bins"].Items.Count == 0 ? [] : [Samples, Settled];

    private string Small => At.L("web.assess.samples.small", ("n", Spread["samples"].Text ?? ""),
        ("seed", Spread["seed"].Text ?? ""), ("unit", Show.Unit(page.Detail["score"].Unit)));

    private Chart Samples
    {
        get
        {
            var title = Sentence.Of(At, "web.assess.between", ("low", tables.Said(Spread["low"])),
                ("high", tables.Said(Spread["high"])), ("median", tables.Said(Spread["median"])));
            var (bins, marks) = (Spread["bins"].Items, SampleMarks.Of(At, Spread, tables.Said));
            return new Chart("samples", title, Small, new Histogram([.. bins.Select(b => new HistogramBin(
                Real(b["from"]), Real(b["to"]), (int)Real(b["count"]),
                At.L("web.assess.bin", ("from", AssessTables.Text(b["from"])),
                    ("to", AssessTables.Text(b["to"])), ("n", AssessTables.Text(b["count"])))))],
                At.L("web.assess.samples"), Show.Unit(page.Detail["score"].Unit))
            {
                Label = SampleMarks.Label(At.L("web.assess.histogram"), marks),
                Look = "s2",
                Marks = SampleMarks.Drawn(marks),
            }, Bins, source)
            {
                Legend = SampleMarks.Legend(marks),
            };
        }
    }

    private Table Bins => new("bins", At.L("web.assess.histogram"),
        [
            new("from", At.L("web.assess.binFrom"), Align.Number),
            new("to", At.L("web.assess.binTo"), Align.Number),
            new("count", At.L("web.assess.samples"), Align.Number),
        ],
        [
            .. Spread["bins"].Items.Select(b => Row.Of(tables.Exact(b["from"]),
                tables.Exact(b["to"]), tables.Exact(b["count"]))),
            Row.Of(Cell.Empty, new Words(At.L("web.assess.below")), tables.Exact(Spread["below"])),
            Row.Of(new Words(At.L("web.assess.above")), Cell.Empty, tables.Exact(Spread["above"])),
        ]);

    private Chart Settled
    {
        get
        {
            var steps = Spread["convergence"].Items;
            return new Chart("settled", Sentence.Of(At, "web.assess.settled",
                    ("n", Spread["samples"].Text ?? ""), ("mean", tables.Said(Spread["mean"])),
                    ("error", tables.Said(Spread["standardError"]))),
                Small, new Settling([.. steps.Select(c => new SettlingPoint(
                    (int)Amount.Parse(c["samples"].Text!).ToDouble(), Real(c["low"]), Real(c["median"]),
                    Real(c["mean"]), Real(c["high"]), At.L("web.assess.settled.point",
                        ("n", c["samples"].Text ?? ""), ("mean", AssessTables.Text(c["mean"])),
                        ("median", AssessTables.Text(c["median"])), ("low", AssessTables.Text(c["low"])),
                        ("high", AssessTables.Text(c["high"])))))],
                    Show.Unit(page.Detail["score"].Unit), At.L("web.assess.settled.count"))
                {
                    Label = At.L("web.assess.settled.label", ("n", Spread["samples"].Text ?? ""),
                        ("mean", AssessTables.Text(Spread["mean"])),
                        ("error", AssessTables.Text(Spread["standardError"]))),
                }, Steps(steps), source)
            {
                Legend =
                [
                    ("c1", At.L("web.assess.quantile.mean")), ("c2", At.L("web.assess.quantile.median")),
                    ("c3", At.L("web.assess.settled.between")),
                ],
            };
        }
    }

    private Table Steps(IReadOnlyList<Spot> steps) => new("convergence", At.L("web.assess.convergence"),
        [
            new("samples", At.L("web.assess.settled.count"), Align.Number),
            .. ((string[])["mean", "standardError", "low", "median", "high"]).Select(name => new Column(name,
                At.L("web.assess.in", ("what", At.L($"web.assess.quantile.{name}")),
                    ("unit", Show.Unit(page.Detail["score"].Unit))), Align.Number)),
        ],
        [.. steps.Select(c => Row.Of(new Plain(Amount.Parse(c["samples"].Text!)), tables.Exact(c["mean"]),
            tables.Exact(c["standardError"]), tables.Exact(c["low"]), tables.Exact(c["median"]),
            tables.Exact(c["high"])))]);

    private static double Real(Spot figure) => figure.Value?.ToDouble() ?? 0;
}
