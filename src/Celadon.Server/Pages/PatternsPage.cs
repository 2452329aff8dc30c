using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Server.Drawing;
using Celadon.Server.Web;
using Celadon.Text;
using NodaTime;

namespace Celadon.Server.Pages;

/// <summary>
/// Every element of the product once, made by the parts that the pages are made of. All figures are samples:
/// none comes from the books, and each says so.
/// </summary>
public sealed class PatternsPage(PageContext at) : Page(at)
{
    /// <inheritdoc/>
    public override string Section => "";

    /// <inheritdoc/>
    public override Type View => typeof(PatternsView);

    /// <inheritdoc/>
    public override bool IsTimeless => true;

    /// <inheritdoc/>
    public override string Title => At.L("patterns.title");

    /// <inheritdoc/>
    public override IEnumerable<Table> Tables => [Cells];

    /// <inheritdoc/>
    public override IEnumerable<Chart> Charts => [Day, Calendar, Duration, Lines, Stacked, Fall, Flows,
        Bands, Tree];

    /// <summary>A number as pages show it.</summary>
    public static Number Sample(string value, string unit, bool estimated = false) =>
        new(Amount.Parse(value), unit, Show.Brief(Amount.Parse(value)), "#numbers")
        {
            ShownUnit = unit.Length > 0 ? unit : null,
            Estimated = estimated,
        };

    /// <summary>A table with every kind of cell.</summary>
    public Table Cells => new("cells", At.L("patterns.table"),
    [
        new("kind", At.L("patterns.cell")), new("example", At.L("patterns.example"), Align.Number),
        new("says", At.L("patterns.means")),
    ],
    [
        Line("number", Sample("1234.56", "")), Line("estimated", Sample("220", "", true)),
        Line("plain", new Plain(Amount.Parse("12"))), Line("unknown", new Unknown(At.L("patterns.unknown"))),
        Line("share", new Share(Amount.Parse("62"), Show.Percent(At.Text, "62"))),
        Line("covered", new Covered(new MonthCoverage(new YearMonth(2026, 9), CoverageState.Partial, 60,
            15))),
        Line("state", new State(Verdict.Pass, At.L("patterns.verdict.pass"))),
        Line("known", new Known(Basis.Invoiced)),
        Line("words", new Words(At.L("patterns.words"), "#tables")
        {
            Below = At.L("patterns.below"), Tags = [(At.L("patterns.tag"), null)], Mark = Basis.Measured,
        }),
    ])
    {
        Total = Row.Of(new Words(At.L("web.total")), Sample("1454.56", ""), Cell.Empty),
    };

    /// <summary>One finding of each severity.</summary>
    public static IReadOnlyList<Finding> Findings =>
    [
        Finding.Of("packs.noFile", Severity.Error, new Place(File: "sample/factors.csv"),
            ("file", "sample/factors.csv")),
        Finding.Of("inventory.noDensity", Severity.Warning, null, ("resource", "diesel"), ("unit", "L")),
        Finding.Of("carbon.intensity.noPrior", Severity.Info, null),
    ];

    /// <summary>Coverage of twelve months, as the ruler on every page shows it.</summary>
    public static IReadOnlyList<MonthCoverage> Months => [.. Enumerable.Range(1, 12).Select(m =>
        new MonthCoverage(new YearMonth(2026, m), m switch
        {
            < 7 => CoverageState.Present,
            7 => CoverageState.Estimated,
            8 => CoverageState.Partial,
            9 => CoverageState.Missing,
            _ => CoverageState.Later,
        }, m == 8 ? 60 : 100, 0))];

    /// <summary>A day of load with a gap.</summary>
    public Chart Day
    {
        get
        {
            double?[] values = [.. Enumerable.Range(0, 48).Select(i => i is > 29 and < 33 ? (double?)null
                : i is > 14 and < 36 ? 60 + 8 * (i % 5) : 18 + i % 3)];
            return Of("day", new DayLoad(values, 18, [.. values.Select(_ => (double?)40)], "kW",
                ["0", "6", "12", "18", "24"],
                    At.L("patterns.chart.peak")) { Label = At.L("patterns.chart.day") },
                values.Select((v, i) => (At.L("patterns.interval", ("number", i + 1)), v)), "kW") with
            {
                Legend = [("above", At.L("patterns.legend.load")), ("base", At.L("patterns.legend.base")),
                    ("compare", At.L("patterns.legend.typical"))],
            };
        }
    }

    /// <summary>A load calendar; on the energy page a cursor moves over it.</summary>
    public Chart Calendar => Of("calendar", PatternCharts.Calendar(At),
        [(At.L("patterns.legend.load"), 96), (At.L("patterns.legend.base"), 20)], "kW") with
    {
        Legend = [("unk", At.L("charts.legend.unknown")), ("est", At.L("charts.legend.estimated"))],
    };

    /// <summary>A load-duration curve.</summary>
    public Chart Duration => Of("duration", PatternCharts.Duration(At),
        [(At.L("patterns.mark.peak"), 96), (At.L("patterns.mark.half"), 66)], "kW") with
    {
        Legend = [("base", At.L("patterns.legend.base"))],
    };

    /// <summary>The map of a site.</summary>
    public Chart Tree => Of("tree", PatternCharts.Tree(At), [(Name("kiln"), 560), (Name("press"), 240)],
        "MWh") with
    {
        Legend = [("line series", At.L("rooms.map.metered")), ("compare", At.L("rooms.map.documents"))],
    };

    /// <summary>A sentence with numbers that explain themselves.</summary>
    public Sentence Said => Sentence.Of(At, "patterns.sentence", ("load", Sample("36.07", "kW")),
        ("share", Sample("52.24", "%")));

    /// <summary>Every sign of the app, by its name.</summary>
    public static IReadOnlyList<string> Signs => ["bowl", "search", "down", "right", "close", "check",
        "cross", "dash", "ask", "warn", "info", "stop", "in", "file", "print"];

    /// <summary>Bars with an estimated part and an unknown one.</summary>
    public Chart Lines => Of("bars", new Bars(
    [
        new(Name("a"), 62, "62 t", "s1"), new(Name("b"), 41, "41 t", "s2", 12), new(Name("c"), 18, "18 t",
            "s3"),
        new(Name("d"), 0, At.L("web.unknown"), "unk", Unknown: true),
    ])
    { Label = At.L("patterns.chart.bars") }, [(Name("a"), 62), (Name("b"), 41), (Name("c"), 18),
        (Name("d"), null)], "t") with { Legend = Scopes };

    /// <summary>Stacked columns.</summary>
    public Chart Stacked => Of("columns", new Columns([.. Enumerable.Range(1, 12).Select(m =>
        new StackedColumn(
        Show.MonthName(At.Text, m), Show.MonthName(At.Text, m),
        [
            new(At.L("web.scope.1"), 30 + m, $"{30 + m} t", "s1", m == 7 ? 12 : 0),
            new(At.L("web.scope.2"), 20 - m, $"{20 - m} t", "s2"), new(At.L("web.scope.3"), 10, "10 t", "s3"),
        ], m is 9 or 10))], "t") { Label = At.L("patterns.chart.columns") },
        Enumerable.Range(1, 12).Select(m => (Show.MonthName(At.Text, m), (double?)60)), "t") with
        {
            Legend = [.. Scopes, ("est", At.L("charts.legend.estimated")), ("unk",
                At.L("charts.legend.unknown"))],
        };

    /// <summary>A waterfall.</summary>
    public Chart Fall => Of("waterfall", new Waterfall(
    [
        new("2025", 621, "621 t", true), new(Name("a"), 34.2, "+34.2 t"), new(Name("b"), -52.1, "−52.1 t"),
        new(Name("c"), 5.5, "+5.5 t"), new("2026", 608.6, "608.6 t", true),
    ], At.L("charts.axisFrom"))
    { Label = At.L("patterns.chart.waterfall") }, [("2025", 621), (Name("a"), 34.2), (Name("b"), -52.1),
        (Name("c"), 5.5), ("2026", 608.6)], "t") with
        {
            Legend = [("whole", At.L("charts.legend.total")), ("rise", At.L("charts.legend.rise")),
                ("fall", At.L("charts.legend.fall"))],
        };

    /// <summary>Flows with a loss.</summary>
    public Chart Flows
    {
        get
        {
            (string From, string To, double Value, bool IsLoss)[] links =
            [
                (Name("grid"), Name("site"), 960, false), (Name("site"), Name("kiln"), 560, false),
                (Name("site"), Name("press"), 240, false), (Name("site"), Name("rest"), 160, true),
            ];
            return Of("sankey", new Sankey([.. links.Select(l => new SankeyLink(l.From, l.To, l.Value,
                $"{l.Value} MWh", l.IsLoss))], new Dictionary<string, (string, string?)>
                {
                    [Name("grid")] = ("960 MWh", null), [Name("site")] = ("960 MWh", null),
                    [Name("kiln")] = ("560 MWh", null),
                    [Name("press")] = ("240 MWh", null), [Name("rest")] = ("160 MWh", null),
                })
            { Label = At.L("patterns.chart.sankey") },
                links.Select(l => ($"{l.From} → {l.To}", (double?)l.Value)), "MWh") with
            {
                Legend = [("flow", At.L("charts.legend.flow")), ("unk", At.L("charts.legend.loss"))],
            };
        }
    }

    /// <summary>A tier band.</summary>
    public Chart Bands => Of("tiers", new Drawing.Tiers(
    [
        new(0, 0.295, At.L("patterns.band.low"), "low"), new(0.295, 0.695, At.L("patterns.band.middle"),
            "middle"),
        new(0.695, null, At.L("patterns.band.high"), "high"),
    ],
    [
        new TierSeries(Name("x"), "0.22", [(2000, 0.52), (2010, 0.45), (2024, 0.22)]),
        new TierSeries(Name("y"), "0.56", [(2000, 0.78), (2010, 0.72), (2024, 0.56)]),
    ], "kg/kWh") { Label = At.L("patterns.chart.tiers") },
        [(Name("x"), 0.22), (Name("y"), 0.56)], "kg/kWh");

    private IReadOnlyList<(string, Sentence)> Scopes =>
        [("s1", At.L("web.scope.1")), ("s2", At.L("web.scope.2")), ("s3", At.L("web.scope.3"))];

    private string Name(string key) => At.L($"patterns.name.{key}");

    private Row Line(string kind, Cell cell) =>
        Row.Of(new Words(At.L($"patterns.cell.{kind}")) { Key = kind }, cell,
            new Words(At.L($"patterns.cell.{kind}.means")) { Class = "quiet" });

    private Chart Of(string id, Drawing.Drawing drawing, IEnumerable<(string Name, double? Value)> rows,
        string unit) => new(id, drawing.Label, At.L("patterns.small", ("unit", unit)), drawing, new Table(
        $"{id}-rows", drawing.Label, [new("name", At.L("patterns.example")), new("value", unit,
            Align.Number)],
        [.. rows.Select(r => Row.Of(new Words(r.Name), r.Value is { } value
            ? new Plain(Amount.Parse(value.ToString("0.####",
                System.Globalization.CultureInfo.InvariantCulture)))
            : new Unknown()))]), At.L("patterns.sample"));
}
