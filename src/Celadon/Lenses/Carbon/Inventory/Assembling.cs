using System.Collections.Immutable;
using System.Globalization;
using Celadon.Ledger;
using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Text;

namespace Celadon.Lenses.Carbon.Inventory;

/// <summary>Puts the lines of a run into the report's sections.</summary>
internal sealed class Assembling(InventoryRun run, InventorySpec spec, FactorLibrary packs)
{
    /// <summary>The report; comparisons stand in it as given.</summary>
    public InventoryReport Report(
        ImmutableArray<InventoryComparison> comparison, ImmutableArray<InventoryOpenQuestion> control)
    {
        var report = new InventoryReport
        {
            Period = spec.Period,
            Gwp = spec.Gwp,
            Organisation = run.Boundary.Organisation?.Id,
            Consolidation = run.Boundary.Consolidation,
            Scope1 = Section("1"),
            Scope2 = new InventoryScope2(Section("2"), Totals.Section(run.Market, IsPartial("2"))),
            Scope3 = Scope3(),
            Biogenic = Section("biogenic"),
            Removals = Section("removals"),
            Captured = Section("captured"),
            OutsideScopes = Section("outside"),
            Adjustments = Adjustments(),
            Unknown = run.Unknown,
            Questions = [.. control, .. run.Questions],
            Energy = Energy(),
            Iso14064 = Iso(),
            Sites = Sites(),
            Comparison = comparison,
            Coverage = run.Gaps.Coverage,
            Packs = PacksUsed(),
            Caveats = [],
        };
        return report with { Caveats = new Caveats(report, run, packs).All() };
    }

    /// <summary>The run's totals under its approach.</summary>
    public InventoryComparison Comparison() => new(run.Boundary.Consolidation,
        Section("1").Total, Section("2").Total, Totals.Section(run.Market, IsPartial("2")).Total,
        Scope3().Total,
        [.. run.Boundary.Sites.Where(s => run.Boundary.Counts(s.Id, out _)).Select(s => s.Id)],
        [.. run.Boundary.Sites.Where(s => !run.Boundary.Counts(s.Id, out _)).Select(s => s.Id)]);

    private InventorySection Section(string scope) => Totals.Section(LinesOf(scope), IsPartial(scope));

    private IEnumerable<InventoryLine> LinesOf(string scope) => run.Lines.Where(line => line.Scope == scope);

    /// <summary>
    /// True when something of a scope (and category) has no figure, or the boundary is not told.
    /// </summary>
    private bool IsPartial(string scope, string? category = null) =>
        IsPartial((s, c) => s == scope && (category is null || c == category));

    /// <summary>
    /// True when something of the categories that fit has no figure. What no rule can place may stand in any
    /// category of its scope, or, where not even that is known, anywhere.
    /// </summary>
    private bool IsPartial(Func<string, string, bool> fits)
    {
        return run.Boundary.HasUntold || run.Unknown.Any(u => !u.Adjustment && MayFit(u))
            || run.Questions.Any(q => q.Categories.Any(category => fits(q.Scope, category)));

        bool MayFit(InventoryUnknown unknown) => unknown.Scope.Length == 0 || (unknown.Category.Length > 0
            ? fits(unknown.Scope, unknown.Category)
            : packs.Categories.Any(c => c.Scope == unknown.Scope && fits(c.Scope, c.Category)));
    }

    private InventoryScope3 Scope3() => new(Totals.Of([.. LinesOf("3")], IsPartial("3")),
        [.. LinesOf("3").GroupBy(line => line.Category).Select(group => new InventoryCategoryLines(
            int.Parse(group.Key, NumberStyles.None, CultureInfo.InvariantCulture),
            packs.Category("3", group.Key)?.Title ?? new Name(group.Key, group.Key),
            Totals.Of([.. group], IsPartial("3", group.Key))!, [.. group])).OrderBy(c => c.Category)]);

    private InventoryAdjustments Adjustments()
    {
        InventorySection Of(string scope, IEnumerable<InventoryLine> lines) => Totals.Section(
            lines.Where(line => line.Scope == scope), run.Unknown.Any(u => u.Adjustment && u.Scope == scope));
        return new InventoryAdjustments(Of("1", run.Adjustments),
            new InventoryScope2(Of("2", run.Adjustments), Of("2", run.MarketAdjustments)),
            Of("3", run.Adjustments),
            [.. run.Adjustments.Where(line => line.Scope is not ("1" or "2" or "3"))]);
    }

    private ImmutableArray<InventoryIsoCategory> Iso()
    {
        var market = run.Market.Select(line => (Line: line, Iso: IsoOf(line))).ToList();
        return [.. run.Lines.Where(line => line.Scope is "1" or "2" or "3")
            .Select(line => (Line: line, Iso: IsoOf(line)))
            .Where(l => l.Iso is not null).GroupBy(l => l.Iso!.Iso)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(group =>
            {
                var first = group.First().Iso!;
                var partial = IsPartial((scope, c) => packs.Category(scope, c)?.Iso == group.Key);
                var others = market.Where(l => l.Iso?.Iso == group.Key).Select(l => l.Line).ToList();
                var alternatives = group.Select(l => l.Iso!.IsoAlternative).Where(a => a.Length > 0).ToList();
                return new InventoryIsoCategory(Number(group.Key), first.IsoTitle,
                    alternatives.Count == 0 ? null : Number(alternatives[0]),
                    Totals.Of([.. group.Select(l => l.Line)], partial)!, Totals.Of(others, IsPartial("2")));
            })];
    }

    private InventoryCategory? IsoOf(InventoryLine line) =>
        packs.Category(line.Scope, line.Category) is { Iso.Length: > 0 } found ? found : null;

    private static int Number(string text) =>
        int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private ImmutableArray<InventorySite> Sites() => [.. run.Boundary.Sites.Select(site =>
    {
        var counts = run.Boundary.Counts(site.Id, out _);
        Figure? Of(IEnumerable<InventoryLine> lines, string scope) =>
            Totals.Sum(lines.Where(l => l.Scope == scope && l.Site == site.Id), l => l.Kgco2e);
        return new InventorySite(site.Id, site.Name, site.Country, counts, run.Boundary.ShareOf(site.Id),
            Of(run.Lines, "1"), Of(run.Lines, "2"), Of(run.Market, "2"), Of(run.Lines, "3"))
        {
            Untold = run.Boundary.Untold.Exists(u => u.Site.Id == site.Id),
        };
    })];

    /// <summary>
    /// Fuel burned and energy bought, by carrier and site; in kWh where it is counted as energy or its line
    /// was.
    /// </summary>
    private ImmutableArray<InventoryEnergy> Energy()
    {
        var kwh = Units.Parse("kWh");
        return [.. run.Lines.Where(line => line.Scope == "2" || line is { Scope: "1", Kind: "combustion" })
            .GroupBy(line => (line.Resource, line.Site, line.Calorific, line.Quantity.Unit))
            .OrderBy(g => g.Key.Resource, StringComparer.Ordinal)
            .ThenBy(g => g.Key.Site, StringComparer.Ordinal)
            .ThenBy(g => g.Key.Calorific).ThenBy(g => g.Key.Unit, StringComparer.Ordinal).Select(group =>
            {
                var lines = group.ToList();
                var quantity = lines is [var only]
                    ? only.Quantity : Totals.Sum(lines, line => line.Quantity)!;
                var isEnergy = Units.Parse(group.Key.Unit).ConvertsTo(kwh);
                var name = packs.Resources.Find(group.Key.Resource)?.Name ?? new Name();
                return new InventoryEnergy(
                    group.Key.Resource, name, group.Key.Site, group.Key.Calorific, quantity,
                    isEnergy ? new Conversion.Plain().Apply(quantity, kwh, 0) : null);
            })];
    }

    private ImmutableArray<InventoryPack> PacksUsed()
    {
        var lines = run.Lines.Concat(run.Market).Concat(run.Adjustments).Concat(run.MarketAdjustments)
            .ToList();
        var used = lines.Select(line => line.Pack).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var line in lines) AddPacks(line.Factor, used);
        foreach (var line in lines) AddPacks(line.Quantity, used);
        used.UnionWith(packs.Rules.All.Select(rule => rule.Pack.Id));
        return [.. packs.Packs.Where(pack => used.Contains(pack.Header.Id)).Select(pack => new InventoryPack(
            pack.Header.Id, pack.Header.Edition, pack.Sha256, pack.Header.Title, pack.Header.Publisher,
            pack.Header.Licence.Name,
            pack.Header.Licence.Attribution.Length == 0 ? null : pack.Header.Licence.Attribution))];
    }

    private static void AddPacks(Figure figure, HashSet<string> used)
    {
        if (figure.Trace is Trace.PackRow row) used.Add(row.Pack);
        else foreach (var operand in Explainer.OperandsOf(figure.Trace)) AddPacks(operand.Figure, used);
    }
}
