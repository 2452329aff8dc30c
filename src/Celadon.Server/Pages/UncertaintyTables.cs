using Celadon.Server.Web;

namespace Celadon.Server.Pages;

/// <summary>How well an inventory is known: intervals, their numbers, the lines left open.</summary>
internal sealed class UncertaintyTables(PageContext at, Spot report)
{
    private static readonly string[] Totals =
        ["scope1", "scope2Location", "scope2Market", "scope3", "withLocation", "withMarket"];

    private readonly Spot _known = report["uncertainty"];

    /// <summary>The tables; none where the uncertainty was not asked.</summary>
    public IEnumerable<Table> All() => _known.Exists ? [Intervals(), Numbers(), Open()] : [];

    private Table Intervals() => new("uncertainty", at.L("charts.uncertainty.intervals"),
    [
        new("scope", at.L("web.col.scope")), new("covered", at.L("charts.col.covered"), Align.Number),
        new("percent", at.L("charts.col.halfWidth"), Align.Number),
        new("halfWidth", at.L("charts.col.halfWidthTonnes"), Align.Number),
        new("word", at.L("charts.col.precision")),
        new("coveredPercent", at.L("charts.col.coveredPercent"), Align.Number),
    ], [.. Totals.Select(total => (Total: total, Spot: _known[total])).Select(t => t.Spot.Exists
        ? Row.Of(Head(t.Total), t.Spot["covered"].Cell(at), t.Spot["percent"].Cell(at),
            t.Spot["halfWidth"].Cell(at), new Words(at.L($"charts.precision.{t.Spot["word"].Text}"))
            {
                Key = t.Spot["word"].Text,
            }, t.Spot["coveredPercent"].Cell(at))
        : Row.Of(Head(t.Total), new Unknown(), new Unknown(), new Unknown(), Cell.Empty,
            new Words(at.L("web.nothing")) { Class = "faint", Key = "0" }))]);

    private Words Head(string total) => new(at.L($"charts.interval.{total}")) { Key = total };

    private Table Numbers() => new("uncertain-numbers", at.L("charts.uncertainty.numbers"),
    [
        new("number", at.L("charts.col.number")), new("source", at.L("charts.col.statedBy")),
        new("percent", at.L("charts.col.halfWidth"), Align.Number),
        new("kgco2e", at.L("web.col.tonnes"), Align.Number),
        new("variance", at.L("charts.col.variance"), Align.Number),
    ], [.. _known["numbers"].Items.Select(n => Row.Of(
        new Words(n["id"].Text ?? "") { Class = "mono" }, new Words(n["source"].Text ?? ""),
        n["percent"].Cell(at), n["kgco2e"].Cell(at),
        n["variancePercent"].Exists ? n["variancePercent"].Cell(at) : Cell.Empty))]);

    private Table Open() => new("uncertain-open", at.L("charts.uncertainty.open"),
    [
        new("line", at.L("web.col.line")), new("scope", at.L("web.col.scope")),
        new("kgco2e", at.L("web.col.tonnes"), Align.Number), new("missing", at.L("charts.col.missing")),
    ], [.. _known["open"].Items.Select(l => Row.Of(
        new Words(at.L("charts.change.line", ("resource", l["label"].In(at.Text.Language)),
            ("kind", InventoryChangeTable.KindOf(at, l["kind"].Text ?? "")))) { Key = l["factorId"].Text },
        new Words(at.L($"charts.scope.{l["scope"].Text}")) { Key = l["scope"].Text }, l["kgco2e"].Cell(at),
        new Words(string.Join(at.L("web.listComma"),
            l["missing"].Items.Select(m => at.L($"charts.missing.{m.Text}"))))))]);
}
