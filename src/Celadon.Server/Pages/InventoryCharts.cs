using Celadon.Quantities;
using Celadon.Server.Drawing;
using Celadon.Server.Web;

namespace Celadon.Server.Pages;

/// <summary>The drawings of an account: scopes by month, and what changed since closing.</summary>
internal static class InventoryCharts
{
    private const int MostSteps = 9;

    /// <summary>Scopes by month, stacked, with what is estimated and what is unknown.</summary>
    public static Chart Months(PageContext at, Spot report, string view, string gwp)
    {
        var scopes = ScopesOf(view);
        var months = report["months"].Items;
        var columns = months.Select(month => new StackedColumn(Full(at, month), Short(at, month),
            [.. scopes.Where(s => month[s.Property]["kgco2e"].Value is not null).Select(s => Part(at, month,
                s))],
            month["unknown"].Items.Count > 0)).ToList();
        var sums = months.Select(m => (Month: m, Sum: scopes.Aggregate(Amount.Zero,
            (sum, s) => sum + (m[s.Property]["kgco2e"].Value ?? Amount.Zero)))).ToList();
        var title = sums.Count == 0 || sums.All(s => s.Sum.IsZero) ? at.L("charts.months.none")
            : Title(at, sums, view, gwp);
        var twin = new Table("months", at.L("charts.months"), [new("month", at.L("charts.col.month")),
            .. scopes.Select(s => new Column(s.Property, at.L($"charts.head.{s.Property}"), Align.Number)),
            new("unknown", at.L("charts.col.unknown"))],
            [.. months.Select(m => new Row([new Words(Full(at, m)) { Key = m["month"].Text },
                .. scopes.Select(s => m[s.Property]["kgco2e"].Cell(at, estimated:
                    m[s.Property]["estimated"].Exists)),
                new Words(string.Join(at.L("web.listComma"), m["unknown"].Items.Select(u =>
                    at.L($"web.scope.{u.Text}")))) { Key = string.Join(' ', m["unknown"].Items.Select(u =>
                        u.Text)) }
                ]))]);
        return new Chart("months-chart", title, at.L("web.inventory.small",
            ("period", Show.Months(at.Text, at.Period!.Value)), ("gwp", gwp),
            ("view", at.L($"web.scope2.{view}"))), new Columns(columns, "t") { Label = $"{title}" }, twin,
            at.L("web.chart.source", ("position", report.Asked.Position)))
        {
            Legend = [("s1", at.L("web.scope.1")), ("s2", at.L("web.scope.2")), ("s3", at.L("web.scope.3")),
                .. columns.Any(c => c.Parts.Any(p => p.Estimated > 0))
                    ? [("est", at.L("charts.legend.estimated"))] : Array.Empty<(string, string)>(),
                .. columns.Any(c => c.Unknown) ? [("unk", at.L("charts.legend.unknown"))]
                    : Array.Empty<(string, string)>()],
        };
    }

    /// <summary>From as closed to today by line; null when nothing differs.</summary>
    public static Chart? Changed(PageContext at, Spot report, string view)
    {
        var other = view == "market" ? "2-location" : "2-market";
        var changes = report["changes"].Items.Where(c => c["scope"].Text != other
            && c["scope"].Text is "1" or "2-location" or "2-market" or "3").ToList();
        if (changes.Count == 0) return null;
        var names = new InventoryChangeTable(at, report);
        var steps = changes.GroupBy(names.NameOf)
            .Select(g => (g.Key, Sum(g, "difference"), g.Skip(1).Any() ? null
                : At(at, g.First()["difference"]))).ToList();
        var twin = new InventoryChangeTable(at, report).Table() with { Id = "changes-steps" };
        var (then, now) = (Sum(changes, "old"), Sum(changes, "new"));
        var title = at.L(now > then ? "charts.changed.up" : "charts.changed.down",
            ("old", Show.Tonnes(then)), ("new", Show.Tonnes(now)), ("count", changes.Count));
        return Steps(at, "changed-chart", title, at.L("charts.changed.small"), steps,
            (at.L("charts.col.asClosed"), then, null), (at.L("charts.col.today"), now, null), twin,
            at.L("web.chart.source", ("position", report.Asked.Position)));
    }

    /// <summary>A waterfall of the largest steps; the smaller ones stand together as others.</summary>
    public static Chart Steps(
        PageContext at, string id, Sentence title, string small,
        IEnumerable<(string Name, Amount Value, string? Why)> changes,
        (string Name, Amount Value, string? Why) first, (string Name, Amount Value, string? Why) last,
        Table twin, string source, Func<int, string>? others = null)
    {
        var all = changes.Where(c => !c.Value.IsZero).OrderByDescending(c => c.Value.Abs())
            .ToList();
        var shown = all.Count <= MostSteps ? all : [.. all.Take(MostSteps - 1)];
        var rest = all.Skip(shown.Count).ToList();
        var steps = new List<ChangeStep> { Total(first) };
        steps.AddRange(shown.Select(s => Step(s.Name, s.Value) with { Why = s.Why }));
        if (rest.Count > 0) steps.Add(Step(at.L("charts.others", ("count", rest.Count)),
            rest.Aggregate(Amount.Zero, (sum, r) => sum + r.Value)) with
            {
                Why = others?.Invoke(shown.Count),
            });
        steps.Add(Total(last));
        return new Chart(id, title, small, new Waterfall(steps,
        at.L("charts.axisFrom")) { Label = $"{title}" }, twin, source)
        {
            Legend = [("whole", at.L("charts.legend.total")), ("rise", at.L("charts.legend.rise")),
                ("fall", at.L("charts.legend.fall"))],
        };
    }

    private static string? At(PageContext at, Spot figure) =>
        figure.Value is null ? null : at.Why(figure.Asked, figure.Pointer);

    /// <summary>A change with its sign.</summary>
    public static string Signed(Amount kilograms) =>
        (kilograms.Sign > 0 ? "+" : "") + Show.Tonnes(kilograms).Replace("-", "−", StringComparison.Ordinal);

    private static ChangeStep Total((string Name, Amount Value, string? Why) total) =>
        new(total.Name, Tonnes(total.Value), $"{Show.Tonnes(total.Value)} t", true) { Why = total.Why };

    private static ChangeStep Step(string name, Amount value) => new(name, Tonnes(value),
        $"{Signed(value)} t");

    private static double Tonnes(Amount kilograms) => (kilograms * Amount.From(1, 3)).ToDouble();

    private static Amount Sum(IEnumerable<Spot> changes, string property) =>
        changes.Aggregate(Amount.Zero, (sum, c) => sum + (c[property].Value ?? Amount.Zero));

    private static ColumnPart Part(PageContext at, Spot month, (string Property, string Look) scope)
    {
        var total = month[scope.Property];
        return new ColumnPart(at.L($"web.scope.{scope.Look[1]}"), Tonnes(total["kgco2e"].Value!.Value),
            $"{Show.Tonnes(total["kgco2e"].Value!.Value)} t", scope.Look,
            total["estimated"].Value is { } estimated ? Tonnes(estimated) : 0);
    }

    /// <summary>What the columns are stacked of: property of a month, and how it looks.</summary>
    public static IReadOnlyList<(string Property, string Look)> ScopesOf(string view) =>
        [("scope1", "s1"), (view == "market" ? "scope2Market" : "scope2Location", "s2"), ("scope3", "s3")];

    private static Sentence Title(PageContext at, List<(Spot Month, Amount Sum)> sums, string view,
        string gwp)
    {
        // A file has no page that adds up a month.
        object Said((Spot Month, Amount Sum) month) => at.IsFile ? Show.Tonnes(month.Sum)
            : new Number(month.Sum, ChangePage.Unit, Show.Tonnes(month.Sum), at.Link("/why/month",
                ("month", month.Month["month"].Text), ("view", view), ("gwp", gwp),
                ("consolidation", at["consolidation"]), ("at", at.At)));
        var most = sums.MaxBy(s => s.Sum);
        var least = sums.MinBy(s => s.Sum);
        return sums.Count == 1
            ? Sentence.Of(at, "charts.months.one", ("month", Full(at, most.Month)), ("tonnes", Said(most)))
            : Sentence.Of(at, "charts.months.title", ("month", Full(at, most.Month)), ("tonnes", Said(most)),
                ("least", Full(at, least.Month)), ("leastTonnes", Said(least)));
    }

    private static string Full(PageContext at, Spot month) =>
        MonthSpan.TryParse(month["month"].Text, out var span) ? Show.Months(at.Text, span) : "";

    private static string Short(PageContext at, Spot month) =>
        MonthSpan.TryParse(month["month"].Text, out var span) ? Show.MonthName(at.Text, span.First.Month)
            : "";
}
