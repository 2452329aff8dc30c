using Celadon.Server.Web;

namespace Celadon.Server.Pages;

/// <summary>What differs from the answers that were kept when months were closed: old, new and why.</summary>
internal sealed class InventoryChangeTable(PageContext at, Spot report)
{
    private readonly Names _names = new(at);

    /// <summary>The table; without rows when nothing differs.</summary>
    public Table Table() => new("changes", at.L("charts.changes"),
    [
        new("month", at.L("charts.col.month")), new("line", at.L("web.col.line")),
        new("old", at.L("charts.col.asClosed"), Align.Number),
        new("new", at.L("charts.col.today"), Align.Number),
        new("difference", at.L("charts.col.difference"), Align.Number), new("why", at.L("charts.col.why")),
    ], [.. report["changes"].Items.Select(Row)]);

    /// <summary>What a changed line is called.</summary>
    public string NameOf(Spot change) => at.L("charts.change.line",
        ("resource", _names.OfResource(change["resource"].Text ?? "")),
        ("kind", KindOf(at, change["kind"].Text ?? "")));

    /// <summary>The word for what multiplies.</summary>
    internal static string KindOf(PageContext at, string kind) =>
        at.Text.Has($"charts.kind.{kind}") ? at.L($"charts.kind.{kind}") : kind;

    private Row Row(Spot change)
    {
        var month = change["month"].Text ?? "";
        var site = change["site"].Text ?? "";
        return Web.Row.Of(
            new Words(MonthOf(month), at.Link(ClosingPage.PathOf(site, month))) { Key = month,
                Class = "nb" },
            new Words(NameOf(change))
            {
                Key = change["resource"].Text,
                Below = $"{_names.OfSite(site)} · {ScopeOf(change["scope"].Text ?? "")}",
            },
            Or(change["old"]), Or(change["new"]), change["difference"].Cell(at),
            new Words(string.Join(at.L("web.listComma"), change["why"].Items.Select(w =>
                at.L($"charts.why.{w.Text}"))))
            {
                Key = string.Join(' ', change["why"].Items.Select(w => w.Text)),
                Tags = [.. Factor(change["oldFactor"].Text, "charts.factorThen"),
                    .. change["oldFactor"].Text == change["newFactor"].Text ? []
                        : Factor(change["newFactor"].Text, "charts.factorNow")],
            });
    }

    /// <summary>"pack:row = value" as a note that leads to the row.</summary>
    private IEnumerable<(string, string?)> Factor(string? text, string key)
    {
        if (text is null) yield break;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var equals = text.LastIndexOf(" = ", StringComparison.Ordinal);
        if (colon < 0 || equals < colon) yield break;
        yield return (at.L(key, ("value", text[(equals + 3)..]), ("pack", text[..colon])),
            text.StartsWith("instrument:", StringComparison.Ordinal) ? null : at.Link("/ledger/factors",
                ("pack", text[..colon]), ("row", text[(colon + 1)..equals])));
    }

    private Cell Or(Spot figure) => figure.Exists ? figure.Cell(at)
        : new Words(at.L("charts.notThere")) { Class = "faint", Key = "" };

    private string MonthOf(string month) => Quantities.MonthSpan.TryParse(month, out var span)
        ? Show.Months(at.Text, span) : month;

    private string ScopeOf(string scope) => at.L($"charts.scope.{scope}");
}
