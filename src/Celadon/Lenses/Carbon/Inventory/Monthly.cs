using System.Collections.Immutable;
using Celadon.Quantities;
using NodaTime;

namespace Celadon.Lenses.Carbon.Inventory;

/// <summary>The months of an inventory, from what its lines were made of.</summary>
internal sealed class Monthly(InventoryRun run, MonthSpan span)
{
    /// <summary>The months, in order.</summary>
    public ImmutableArray<InventoryMonth> Months() => [.. span.Months.Select(month => new InventoryMonth(
        Claim.Text(month), Total(run.Lines, "1", month), Total(run.Lines, "2", month),
        Total(run.Market, "2", month), Total(run.Lines, "3", month), Unknown(month))
        {
            // Heat stands in both methods of Scope 2 as one line.
            Lines = [.. run.Lines.Concat(run.Market.Where(l => l.Category == "electricity"))
                .Select(line => (line, Of(line, month)?.Kgco2e))
                .Where(l => l.Kgco2e is not null).Select(l => (l.line, l.Kgco2e!))],
        })];

    private InventoryMonthTotal? Total(ImmutableArray<InventoryLine> lines, string scope, YearMonth month)
    {
        var parts = new List<(string, Figure)>();
        var estimated = new List<(string, Figure)>();
        foreach (var line in lines.Where(l => l.Scope == scope))
        {
            if (Of(line, month) is not { } made) continue;
            parts.Add((Totals.LabelOf(line), made.Kgco2e));
            if (made.Estimated is { } part) estimated.Add((Totals.LabelOf(line), part));
        }
        return parts.Count == 0 ? null : new InventoryMonthTotal(Figure.Sum(parts[0].Item2.Unit, parts),
            estimated.Count == 0 ? null : Figure.Sum(estimated[0].Item2.Unit, estimated));
    }

    /// <summary>What a month gives to a line; null for nothing.</summary>
    private InventoryMonthTotal? Of(InventoryLine line, YearMonth month)
    {
        if (run.Building.PartsOf(line) is not { } made) return null;
        var claims = made.Claims.Where(c => c.Claim.Activity.Month == month).ToList();
        if (claims.Count == 0) return null;
        var quantity = made.Months is null ? run.Building.QuantityOf(claims, made.Pick.Unit)
            : made.Months.GetValueOrDefault(month);
        return quantity is null ? null : new InventoryMonthTotal(Emissions(made, quantity),
            made.Months is null && LineBuilding.Estimated(claims, made.Pick) is { } part
                ? Emissions(made, part) : null);
    }

    private static Figure Emissions(LineParts made, Figure quantity) =>
        LineBuilding.Compose(made.Pick, quantity, made.Share).Kgco2e;

    private ImmutableArray<string> Unknown(YearMonth month)
    {
        var text = Claim.Text(month);
        var scopes = new SortedSet<string>(StringComparer.Ordinal);
        scopes.UnionWith(run.Unknown.Where(u => !u.Adjustment && u.Period.Contains(month))
            .Select(u => u.Scope));
        scopes.UnionWith(run.Questions.Where(q => q.Period.Contains(month)).Select(q => q.Scope));
        foreach (var gap in run.Gaps.Coverage.Where(c =>
            c.Missing.Contains(text) || c.Incomplete.Contains(text)))
            scopes.UnionWith(run.Lines.Where(l => l.Partial && l.Resource == gap.Resource
                && l.Site == gap.Site).Select(l => l.Scope));
        if (run.Boundary.HasUntold) scopes.UnionWith(["1", "2", "3"]);
        return [.. scopes.Where(s => s is "1" or "2" or "3")];
    }
}
