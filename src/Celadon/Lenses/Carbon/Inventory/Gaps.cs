using System.Collections.Immutable;
using Celadon.Ledger;
using Celadon.Quantities;
using NodaTime;

namespace Celadon.Lenses.Carbon.Inventory;

/// <summary>
/// How much of the period each running supply is known. A month in which a supply that runs all the time has
/// no record is a gap, not a zero.
/// </summary>
internal sealed class Gaps
{
    private Gaps(ImmutableArray<InventoryCoverage> coverage) => Coverage = coverage;

    /// <summary>Supplies with their coverage, in order.</summary>
    public ImmutableArray<InventoryCoverage> Coverage { get; }

    /// <summary>Flows that are not wholly known.</summary>
    public HashSet<(string Site, Node From, Node To, string Resource)> Incomplete { get; } = [];

    /// <summary>Computes the coverage of the period.</summary>
    public static Gaps Of(Measurements measured, MonthSpan span)
    {
        var known = measured.Activities.Where(a => !a.IsAdjustment)
            .Select(a => (a.Site, a.From, a.To, a.Resource, a.Month)).ToHashSet();
        var incomplete = new List<(string, Node, Node, string)>();
        var items = ImmutableArray.CreateBuilder<InventoryCoverage>();
        foreach (var supply in measured.Coverage.Where(c =>
            c.From.Kind == NodeKind.Grid || c.Source is "meter" or "posted")
            .GroupBy(c => (c.Site, c.From, c.To, c.Resource, c.Point))
            .OrderBy(g => $"{g.Key.Site} {g.Key.From} {g.Key.To} {g.Key.Resource} {g.Key.Point}",
                StringComparer.Ordinal))
        {
            var (site, from, to, resource, point) = supply.Key;
            var months = supply.GroupBy(c => c.Month).ToDictionary(g => g.Key, g => g.First());
            var missing = span.Months.Where(m =>
                !months.ContainsKey(m) && !known.Contains((site, from, to, resource, m)))
                .ToList();
            var partial = months.Values.Where(c => c.Known < c.Length).Select(c => c.Month).Order().ToList();
            items.Add(new InventoryCoverage(site, from.ToString(), to.ToString(), resource, point,
                Percent(span, months, missing), [.. missing.Select(Claim.Text)],
                [.. partial.Select(Claim.Text)]));
            if (missing.Count + partial.Count > 0) incomplete.Add((site, from, to, resource));
        }
        var gaps = new Gaps(items.ToImmutable());
        gaps.Incomplete.UnionWith(incomplete);
        return gaps;
    }

    /// <summary>Months of equal weight; of a month the part of its seconds that is known.</summary>
    private static Amount Percent(
        MonthSpan span, Dictionary<YearMonth, FlowCoverage> months, List<YearMonth> missing)
    {
        var sum = Amount.Zero;
        foreach (var month in span.Months)
            if (months.TryGetValue(month, out var c) && c.Length > 0)
                sum += Amount.Divide(c.Known * 100, c.Length, 6);
            else if (!missing.Contains(month)) sum += 100;
        return Amount.Divide(sum, span.Count, 2);
    }
}
