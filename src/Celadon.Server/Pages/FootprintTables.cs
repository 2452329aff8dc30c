using Celadon.Quantities;
using Celadon.Server.Web;
using Celadon.Store;

namespace Celadon.Server.Pages;

/// <summary>Footprints in tables: products, the lines of one, what is excluded, what has no figure.</summary>
internal sealed class FootprintTables
{
    /// <summary>Whose rows stand for themselves: elsewhere a row belongs to the one above it.</summary>
    private static readonly string[] HaveOrders = ["products", "unknown", "units"];

    private readonly PageContext _at;
    private readonly Spot _report;

    private FootprintTables(PageContext at, Spot report) => (_at, _report) = (at, report);

    /// <summary>The tables of an answer that hold something.</summary>
    public static IReadOnlyList<Table> Of(PageContext at, Spot report, Spot product)
    {
        var tables = new FootprintTables(at, report);
        return [.. ((Table[])
            [
                tables.Products(), tables.Grave(product), tables.Lines(product), tables.Bill(product),
                tables.BillFile(product), tables.Excluded(), tables.Unknown(), tables.Units(),
                tables.UnitMonths(),
                .. FootprintQualityTables.Of(at, product),
            ])
            .Where(t => t.Rows.Count > 0).Select(t => HaveOrders.Contains(t.Id) ? Sorting.By(at, t) : t)];
    }

    /// <summary>
    /// A number in kg, never turned into tonnes: a product's footprint is small. Emissions have three digits
    /// or all before the point, so that those of a column speak alike; the file has all there are.
    /// </summary>
    public static Cell Exact(PageContext at, Spot spot, bool withUnit = false) =>
        spot.Value is not { } value ? new Words("–") { Class = "quiet" }
            : new Number(value, spot.Unit, spot.Unit.StartsWith("kg CO2", StringComparison.Ordinal)
                ? Show.Short(value) : Show.Brief(value), at.Why(spot.Asked, spot.Pointer))
            {
                ShownUnit = withUnit ? spot.Unit : null,
            };

    /// <summary>A percentage as a bar that explains itself.</summary>
    public static Cell Share(PageContext at, Spot spot) => spot.Value is not { } value ? Cell.Empty
        : new Share(value, Show.Percent(at.Text, Show.Fixed(value, 1)))
        {
            Why = at.Why(spot.Asked, spot.Pointer),
        };

    private Table Products() => new("products", L("web.footprint.products"),
    [
        new("product", L("web.products.fact.product")),
        new("output", L("web.footprint.output"), Align.Number),
        .. Shared ? [new Column("share", L("web.footprint.burden"))] : Array.Empty<Column>(),
        new("perUnit", L("web.footprint.perUnit"), Align.Number),
        new("perPiece", L("web.footprint.perPiece"), Align.Number),
        new("kgco2e", L("web.col.kgco2e"), Align.Number),
        new("measured", L("web.footprint.primary")),
        new("biogenic", L("web.footprint.biogenic"), Align.Number, Secondary: true),
    ], [.. _report["products"].Items.Select(p => new Row(
    [
        new Words(p["name"].In(_at.Text.Language), Shared
            ? _at.Here(("product", p["product"].Text)) + "#lines" : null) { Key = p["product"].Text },
        Exact(_at, p["output"], withUnit: true),
        .. Shared ? [Share(_at, p["share"])] : Array.Empty<Cell>(),
        Exact(_at, p["perUnit"], withUnit: true), Exact(_at, p["perPiece"], withUnit: true),
        Exact(_at, p["total"]), Share(_at, p["measured"]), Exact(_at, p["biogenic"], withUnit: true),
    ]))]);

    private bool Shared => _report["key"].Exists;

    /// <summary>Beyond the gate, as far as it is stated.</summary>
    private Table Grave(Spot product)
    {
        Row Of(string name, Spot spot) => Row.Of(new Words(L($"web.footprint.grave.{name}")) { Key = name },
            Exact(_at, spot));
        return new Table("grave", L(product["grave"]["whole"].Exists ? "web.footprint.grave"
            : "web.footprint.beyond",
            ("product", product["name"].In(_at.Text.Language))),
            [new("part", L("web.footprint.stage")),
                new("perUnit", Show.Unit(product["perUnit"].Unit), Align.Number)],
            !product["grave"].Exists ? []
                : [Of("gate", product["perUnit"]), .. GraveParts.Where(n => product["grave"][n].Exists)
                    .Select(n => Of(n, product["grave"][n]))]);
    }

    private static readonly string[] GraveParts =
        ["landUseChange", "gateWithLandUse", "delivery", "use", "endOfLife", "whole", "weighted", "uptake",
            "release", "includingUptake"];

    private Table Lines(Spot product) => new("lines", L("web.footprint.lines",
        ("product", product["name"].In(_at.Text.Language))),
    [
        new("stage", L("web.footprint.stage")), new("line", L("web.col.line")),
        new("scope", L("web.col.scope")),
        .. Shared ? [new Column("whole", L("web.footprint.whole"), Align.Number)] : Array.Empty<Column>(),
        new("kgco2e", L("web.col.kgco2e"), Align.Number), new("share", L("web.col.share")),
    ], [.. product["stages"].Items.SelectMany(stage => stage["lines"].Items
        .OrderByDescending(l => l["part"].Value!.Value).Select((line, i) => new Row(
        [
            new Words(L($"web.footprint.stage.{stage["stage"].Text}"))
            {
                Key = stage["stage"].Text,
                Class = i > 0 ? "again" : null,
            },
            Named(_at, line), new Words(line["scope"].Text ?? ""),
            .. Shared ? [Exact(_at, line["whole"])] : Array.Empty<Cell>(),
            Exact(_at, line["part"]), Share(_at, line["share"]),
        ])))])
    {
        Total = new Row(
        [
            new Words(L(_report["partial"].IsTrue ? "web.totalPartial" : "web.total")), Cell.Empty,
            Cell.Empty, .. Shared ? [Cell.Empty] : Array.Empty<Cell>(), Exact(_at, product["total"]),
            Cell.Empty,
        ]),
    };

    /// <summary>The bill of materials as a tree.</summary>
    private Table Bill(Spot product) => new("bill", L("web.footprint.bill",
        ("product", product["name"].In(_at.Text.Language))),
    [
        new("name", L("web.footprint.component")), new("product", L("web.footprint.into"), Secondary: true),
        new("component", L("web.footprint.item"), Secondary: true),
        new("amount", L("web.footprint.amount"), Align.Number), new("unit", L("web.col.unit")),
        new("counted", L("web.footprint.counted")), new("kgco2e", L("web.col.kgco2e"), Align.Number),
        new("share", L("web.col.share")),
    ], [.. product["components"].Items.Select(c => Row.Of(
        new Words(c["name"].In(_at.Text.Language) is { Length: > 0 } name ? name : c["item"].Text ?? "")
            { Class = $"in-{Math.Min(c["level"].Text is { } level ? int.Parse(level,
                System.Globalization.CultureInfo.InvariantCulture) : 1, 6)}" },
        new Words(c["into"].Text ?? "") { Class = "quiet" },
        new Words(c["item"].Text ?? "") { Class = "quiet" }, Exact(_at, c["amount"]),
        new Words(Show.Unit(c["amount"].Unit)) { Key = c["amount"].Unit }, Counted(c),
        Exact(_at, c["emissions"]), Share(_at, c["share"])))]);

    /// <summary>
    /// The bill as the registers hold it, for its CSV twin alone: the columns bear the names that the import
    /// knows, so that the file can be corrected and read in again.
    /// </summary>
    private Table BillFile(Spot product) => new(BillFileId, L("web.footprint.billFile"),
        [.. BillWorkbook.Columns.Select(c => new Column(c, c))],
        [.. BillWorkbook.Rows(_at.Books.Registers, product["product"].Text ?? "")
            .Select(row => new Row([.. row.Select(c => (Cell)new Words(c))]))]);

    /// <summary>Id of the table that is a file only.</summary>
    internal const string BillFileId = "bill-file";

    private Words Counted(Spot component)
    {
        var (way, source) = (component["counted"].Text ?? "", component["source"].Text ?? "");
        var colon = source.IndexOf(':', StringComparison.Ordinal);
        return new Words(L($"web.footprint.counted.{way}"), way != "factor" || colon < 0 ? null
            : _at.Link("/ledger/factors", ("pack", source[..colon]), ("row", source[(colon + 1)..])))
        {
            Key = way,
            Below = way == "gap" ? L($"web.footprint.gap.{source}") : source.Length > 0 ? source : null,
            Class = way == "gap" ? "unk" : null,
        };
    }

    private Table Excluded() => new("excluded", L("web.footprint.excluded"),
    [
        new("because", L("web.col.because")), new("line", L("web.col.line")),
        new("scope", L("web.col.scope")), new("kgco2e", L("web.col.kgco2e"), Align.Number),
    ], [.. _report["excluded"].Items.GroupBy(e => e["because"].Text).SelectMany(group =>
        group.Select((line, i) => Row.Of(new Words(Begun(L($"web.footprint.out.{group.Key}")))
            {
                Key = group.Key,
                Class = i > 0 ? "again" : null,
                Below = i > 0 ? null : Begun(L($"web.footprint.because.{group.Key}")),
            }, Named(_at, line), new Words(line["scope"].Text ?? ""), Exact(_at, line["emissions"]))))])
    {
        Total = _report["reconciliation"]["excluded"].Exists ? Row.Of(new Words(L("web.total")), Cell.Empty,
            Cell.Empty, Exact(_at, _report["reconciliation"]["excluded"])) : null,
    };

    /// <summary>What units took before the products shared the rest.</summary>
    private Table Units() => new("units", L("web.footprint.units"),
    [
        new("unit", L("web.footprint.units.unit")), new("resource", L("web.footprint.units.resource")),
        new("products", L("web.footprint.products")),
        new("metered", L("web.footprint.units.metered"), Align.Number),
        new("taken", L("web.footprint.units.taken"), Align.Number), new("share", L("web.col.share")),
    ], [.. _report["units"].Items.Select(u => Row.Of(
        new Words(u["name"].In(_at.Text.Language) is { Length: > 0 } name ? name : u["unit"].Text ?? "")
            { Key = u["unit"].Text },
        new Words(u["of"].In(_at.Text.Language)) { Key = u["resource"].Text },
        new Words(string.Join(L("web.listComma"), u["products"].Items.Select(p =>
            new Names(_at).OfItem(p.Text ?? "")))),
        Exact(_at, u["metered"], withUnit: true), Exact(_at, u["taken"], withUnit: true),
        Share(_at, u["share"])))]);

    /// <summary>The same by month, by which lines are split; nothing where there is one alone.</summary>
    private Table UnitMonths() => new("unit-months", L("web.footprint.units.months"),
    [
        new("unit", L("web.footprint.units.unit")), new("resource", L("web.footprint.units.resource")),
        new("month", L("web.field.month")), new("metered", L("web.footprint.units.metered"), Align.Number),
        new("taken", L("web.footprint.units.taken"), Align.Number), new("share", L("web.col.share")),
        new("made", L("web.footprint.units.made"), Align.Number),
    ], [.. _report["units"].Items.Where(u => u["months"].Items.Count > 1).SelectMany(u =>
        u["months"].Items.Select((m, i) => Row.Of(
            new Words(u["name"].In(_at.Text.Language) is { Length: > 0 } name ? name : u["unit"].Text ?? "")
                { Key = u["unit"].Text, Class = i > 0 ? "again" : null },
            new Words(u["of"].In(_at.Text.Language))
                { Key = u["resource"].Text, Class = i > 0 ? "again" : null },
            new Words(Show.Month(_at.Text, MonthSpan.Parse(m["month"].Text!).First))
                { Key = m["month"].Text, Class = "nb" },
            Exact(_at, m["metered"], withUnit: true), Exact(_at, m["taken"], withUnit: true),
            Share(_at, m["share"]), Exact(_at, m["made"], withUnit: true))))]);

    private Table Unknown() => new("unknown", L("web.footprint.unknown"),
    [
        new("what", L("web.col.what")), new("scope", L("web.col.scope")),
        new("quantity", L("web.col.quantity"), Align.Number),
    ], [.. _report["unknown"].Items.Select(u => Row.Of(Named(_at, u),
        new Words(u["scope"].Text ?? ""), Exact(_at, u["quantity"], withUnit: true)))]);

    /// <summary>What a line is, with the title of its rule below.</summary>
    public static Words Named(PageContext at, Spot line)
    {
        var language = at.Text.Language;
        var (label, title) = (line["label"].In(language), line["title"].In(language));
        return new Words(label) { Below = title == label || title.Length == 0 ? null : title };
    }

    /// <summary>With a capital, where words of a sentence stand alone.</summary>
    private static string Begun(string words) => char.ToUpperInvariant(words[0]) + words[1..];

    private string L(string key, params (string Name, object Value)[] args) => _at.L(key, args);
}
