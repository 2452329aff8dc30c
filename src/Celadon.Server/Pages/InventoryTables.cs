using System.Text.Json;
using Celadon.Ledger;
using Celadon.Lenses;
using Celadon.Quantities;
using Celadon.Server.Web;
using Celadon.Text;

namespace Celadon.Server.Pages;

/// <summary>The tables of an inventory: lines by scope, gases, sites, the crosswalk to ISO 14064-1.</summary>
internal sealed class InventoryTables
{
    private readonly PageContext _at;
    private readonly Names _names;
    private readonly Spot _report;
    private readonly bool _manySites;

    private InventoryTables(PageContext at, Spot report)
    {
        _at = at;
        _names = new Names(at);
        _report = report;
        _manySites = report["sites"].Items.Count > 1;
    }

    public static IReadOnlyList<Table> Of(PageContext at, Spot report)
    {
        var tables = new InventoryTables(at, report);
        Table?[] all =
        [
            tables.Lines("scope1", "web.scope.1", report["scope1"]["lines"].Items, report["scope1"]["total"]),
            tables.Lines("scope2-location", "web.scope2.location",
            report["scope2"]["location"]["lines"].Items,
                report["scope2"]["location"]["total"]),
            tables.Lines("scope2-market", "web.scope2.market", report["scope2"]["market"]["lines"].Items,
                report["scope2"]["market"]["total"]),
            tables.Scope3(),
            tables.Apart("biogenic"), tables.Apart("removals"), tables.Apart("captured"),
            tables.Apart("outsideScopes"),
            .. tables.Adjustments(), new InventoryChangeTable(at, report).Table(),
            .. new UncertaintyTables(at, report).All(), tables.Unknown(), tables.Gases(),
            tables.Sites(), tables.Iso(), tables.Energy(),
        ];
        return [.. all.OfType<Table>().Where(t => t.Rows.Count > 0)];
    }

    private Column[] LineColumns(bool category) =>
    [
        .. category ? [new Column("category", _at.L("web.col.category"))] : Array.Empty<Column>(),
        new("line", _at.L("web.col.line")),
        .. _manySites ? [new Column("site", _at.L("web.col.site"))] : Array.Empty<Column>(),
        new("quantity", _at.L("web.col.quantity"), Align.Number),
        new("factor", _at.L("web.col.emissionFactor"), Align.Number),
        new("kgco2e", _at.L("web.col.tonnes"), Align.Number),
    ];

    private Table Lines(string id, string caption, IReadOnlyList<Spot> lines, Spot total,
        bool category = false) =>
        new(id, _at.L(caption), LineColumns(category), [.. lines.Select(l => Line(l, null))])
        {
            Total = total["kgco2e"].Exists ? Total(total, 0) : null,
        };

    private Row Line(Spot line, Cell? category)
    {
        var estimated = line["estimated"].Exists;
        var label = new Words(line["label"].In(_at.Text.Language))
        {
            Mark = Enum.TryParse<Basis>(line["basis"].Text, true, out var basis) ? basis : null,
            Below = line["factorName"].In(_at.Text.Language) is var factor && factor != line["label"]
                .In(_at.Text.Language)
                ? factor : null,
            Key = line["factorId"].Text,
            Tags = [.. line["flags"].Items.Select(Flag)],
        };
        return new Row(
        [
            .. category is null ? Array.Empty<Cell>() : [category],
            label,
            .. _manySites ? [new Words(_names.OfSite(line["site"].Text ?? ""))
                { Key = line["site"].Text, Class = "nb" }] : Array.Empty<Cell>(),
            line["quantity"].Cell(_at, withUnit: true, estimated),
            line["factor"].Cell(_at, withUnit: true),
            line["kgco2e"].Cell(_at, estimated: estimated),
        ]);
    }

    private (string Text, string? Title) Flag(Spot flag)
    {
        var key = $"inventory.flag.{flag["code"].Text}";
        var (wanted, taken) = _at.Codes.OfChoice(flag["code"].Text ?? "", flag["wanted"].Text ?? "",
            flag["taken"].Text ?? "");
        var text = _at.Text.Has(key) ? _at.L(key, ("wanted", wanted), ("taken", taken))
            : flag["code"].Text ?? "";
        return (text, null);
    }

    private Row Total(Spot total, int before)
    {
        var empty = 3 + before + (_manySites ? 1 : 0) - 1;
        return new Row([new Words(_at.L(total["partial"].IsTrue ? "web.totalPartial" : "web.total")),
            .. Enumerable.Repeat(Cell.Empty, empty), total["kgco2e"].Cell(_at)]);
    }

    private Table Scope3()
    {
        var language = _at.Text.Language;
        var rows = new List<Row>();
        foreach (var category in _report["scope3"]["categories"].Items)
        {
            var name = $"3.{category["category"].Text} {category["title"].In(language)}";
            rows.AddRange(category["lines"].Items.Select((line, i) =>
                Line(line, new Words(name)
                {
                    Key = category["category"].Text,
                    Class = i > 0 ? "again"
                    : null
                })));
        }
        return new Table("scope3", _at.L("web.scope.3"), LineColumns(true), rows)
        {
            Total = _report["scope3"]["total"]["kgco2e"].Exists ? Total(_report["scope3"]["total"], 1) : null,
        };
    }

    /// <summary>What happened and has no figure, with the nearest factors by name.</summary>
    private Table Unknown() => new("unknown", _at.L("web.inventory.unknown"),
    [
        new("what", _at.L("web.col.what")), new("period", _at.L("web.col.period")),
        new("quantity", _at.L("web.col.quantity"), Align.Number), new("near", _at.L("web.inventory.near")),
    ], [.. _report["unknown"].Items.Select(u => Row.Of(
        new Words(u["label"].In(_at.Text.Language)) { Key = u["resource"].Text, Below = Flow(_names, u) },
        new Words(Months(_at, u)) { Key = u["period"].Text, Class = "nb" }, u["quantity"]
            .Cell(_at, withUnit: true),
        new Words(u["candidates"].Items.Count == 0 ? Reason(u["reason"]) : "")
        {
            Class = "quiet", Key = u["reason"]["code"].Text,
            Tags = [.. u["candidates"].Items.DistinctBy(c => c["name"].In(_at.Text.Language)).Take(4)
                .Select(Near)],
        }))]);

    private (string, string?) Near(Spot candidate)
    {
        var id = candidate["factorId"].Text ?? "";
        var colon = id.IndexOf(':', StringComparison.Ordinal);
        // "other-place" is a code of the report; its words stand under "packs.candidate.otherPlace".
        var words = (candidate["reason"].Text ?? "").Split('-');
        var reason = words[0] + string.Concat(words.Skip(1)
            .Select(w => char.ToUpperInvariant(w[0]) + w[1..]));
        return (_at.L("web.inventory.candidate", ("name", candidate["name"].In(_at.Text.Language)),
            ("reason", _at.L($"packs.candidate.{reason}"))), colon < 0 ? null
            : _at.Link("/ledger/factors", ("pack", id[..colon]), ("row", id[(colon + 1)..])));
    }

    private string Reason(Spot reason) => reason.Json is { } json
        && json.Deserialize<Finding>(Question.Json) is { } finding ? _at.Codes.Render(finding) : "";

    /// <summary>From where to where an item of an account went.</summary>
    internal static string Flow(Names names, Spot item)
    {
        string Of(string? node) => Node.TryParse(node, out var place) ? names.Of(place) : node ?? "";
        return $"{Of(item["from"].Text)} → {Of(item["to"].Text)}";
    }

    /// <summary>The months of an item of an account.</summary>
    internal static string Months(PageContext at, Spot item) =>
        MonthSpan.TryParse(item["period"].Text, out var span) ? Show.Months(at.Text, span)
            : item["period"].Text ?? "";

    private Table Apart(string name) =>
        Lines(name, $"web.inventory.{name}", _report[name]["lines"].Items, _report[name]["total"]);

    /// <summary>What was recorded after closing, on lines of its own and in no total.</summary>
    private IEnumerable<Table> Adjustments()
    {
        var after = _report["adjustments"];
        foreach (var (id, key, section) in ((string, string, Spot)[])
        [
            ("adjustments-1", "charts.adjusted.1", after["scope1"]),
            ("adjustments-2-location", "charts.adjusted.2location", after["scope2"]["location"]),
            ("adjustments-2-market", "charts.adjusted.2market", after["scope2"]["market"]),
            ("adjustments-3", "charts.adjusted.3", after["scope3"]),
        ])
            yield return Lines(id, key, section["lines"].Items, section["total"]);
        yield return Lines("adjustments-other", "charts.adjusted.other", after["other"].Items, default);
    }

    private Table Gases()
    {
        (string Key, string Text, Spot Total)[] totals =
        [
            ("scope1", "web.scope.1", _report["scope1"]["total"]),
            ("scope2Location", "web.scope2.location", _report["scope2"]["location"]["total"]),
            ("scope2Market", "web.scope2.market", _report["scope2"]["market"]["total"]),
            ("scope3", "web.scope.3", _report["scope3"]["total"]),
        ];
        var gases = totals.SelectMany(t => t.Total["byGas"].Items.Select(g => g.Name)).Distinct()
            .OrderBy(g => Array.IndexOf(GasOrder, g)).ToList();
        var rows = gases.Select(gas => new Row([new Words(Show.Unit(gas.ToUpperInvariant())) { Key = gas },
            .. totals.Select(t => t.Total["byGas"][gas].Exists ? t.Total["byGas"][gas].Cell(_at)
                : Cell.Empty)])).ToList();
        if (totals.Any(t => t.Total["notSplit"].Exists))
            rows.Add(new Row([new Words(_at.L("web.inventory.notSplit")) { Key = "notSplit" },
                .. totals.Select(t => t.Total["notSplit"].Exists ? t.Total["notSplit"].Cell(_at)
                    : Cell.Empty)]));
        return new Table("gases", _at.L("web.inventory.gases"), [new("gas", _at.L("web.col.gas")),
            .. totals.Select(t => new Column(t.Key, _at.L(t.Text), Align.Number))], rows);
    }

    private static readonly string[] GasOrder = ["co2", "ch4", "n2o", "hfc", "pfc", "sf6", "nf3", "other"];

    private Table Sites() => new("sites", _at.L("web.inventory.sites"),
    [
        new("site", _at.L("web.col.site")), new("country", _at.L("web.col.country")),
        new("share", _at.L("web.col.share"), Align.Number), new("scope1", _at.L("web.scope.1"), Align.Number),
        new("scope2Location", _at.L("web.scope2.location"), Align.Number),
        new("scope2Market", _at.L("web.scope2.market"), Align.Number),
        new("scope3", _at.L("web.scope.3"), Align.Number),
    ], _manySites ? [.. _report["sites"].Items.Select(site => Row.Of(
        new Words(site["name"].In(_at.Text.Language)) { Key = site["site"].Text },
        new Words(_at.Codes.OfPlace(site["country"].Text ?? "")) { Key = site["country"].Text },
        site["included"].IsTrue ? site["share"].Exists ? Percent(site["share"]) : Cell.Empty
            : site["untold"].IsTrue ? new Unknown(_at.L("web.todo.control.says"))
            : new Words(_at.L("web.inventory.leftOut")),
        Or(site["scope1"]), Or(site["scope2Location"]), Or(site["scope2Market"]), Or(site["scope3"])))] : []);

    /// <summary>A share as percent; the twins keep the fraction.</summary>
    private Cell Percent(Spot share)
    {
        Cell cell = share.Cell(_at);
        return cell is Number number
            ? number with { Shown = Show.Percent(_at.Text, Show.Brief(number.Value * 100)) } : cell;
    }

    private Cell Or(Spot figure) => figure.Exists ? figure.Cell(_at)
        : new Words(_at.L("web.nothing")) { Class = "faint", Key = "" };

    private Table Iso() => new("iso14064", _at.L("web.inventory.iso"),
    [
        new("category", _at.L("web.col.category")), new("kgco2e", _at.L("web.scope2.location"), Align.Number),
        new("market", _at.L("web.scope2.market"), Align.Number),
    ], [.. _report["iso14064"].Items.Select(c => Row.Of(
        new Words($"{c["category"].Text} {c["title"].In(_at.Text.Language)}") { Key = c["category"].Text },
        c["total"]["kgco2e"].Cell(_at), c["market"].Exists ? c["market"]["kgco2e"].Cell(_at) : Cell.Empty))]);

    private Table Energy() => new("energy", _at.L("web.inventory.energy"),
    [
        new("carrier", _at.L("web.col.carrier")), new("site", _at.L("web.col.site")),
        new("quantity", _at.L("web.col.quantity"), Align.Number), new("kwh", "kWh", Align.Number),
    ], [.. _report["energy"].Items.Select(e => Row.Of(
        new Words(e["name"].In(_at.Text.Language)) { Key = e["carrier"].Text },
        new Words(_names.OfSite(e["site"].Text ?? "")) { Key = e["site"].Text },
        e["quantity"].Cell(_at, withUnit: true), e["kwh"].Exists ? e["kwh"].Cell(_at) : new Unknown()))]);
}
