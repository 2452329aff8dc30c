using System.Globalization;
using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Text;
using NodaTime;

namespace Celadon.Lenses;

/// <summary>
/// What a site takes of a resource, held against what meters inside it pass on to its units: transfers inside
/// count in no inventory, but the rest says how much is not sub-metered. Said only of months that are wholly
/// known on both sides; below zero the sub-meters pass on more than came in.
/// </summary>
internal static class SubMetering
{
    private readonly record struct Key(string Site, YearMonth Month, string Resource);

    /// <summary>One finding for each site, month and resource with sub-meters.</summary>
    public static IEnumerable<Finding> Of(Measurements measured)
    {
        var known = measured.Coverage.GroupBy(c => new Key(c.Site, c.Month, c.Resource))
            .ToDictionary(g => g.Key, g => g.All(c => c.Known >= c.Length));
        foreach (var group in measured.Activities.Where(a => !a.IsAdjustment && a.Site.Length > 0)
            .GroupBy(a => new Key(a.Site, a.Month, a.Resource)))
        {
            var site = new Node(NodeKind.Site, group.Key.Site);
            var inside = group.Where(a => a.From == site && a.To.Kind == NodeKind.Unit
                && a.Facts["meter"] is not null).ToList();
            var taken = group.Where(a => a.To == site && !a.From.IsInside).ToList();
            if (inside.Count == 0 || taken.Count == 0 || !known.GetValueOrDefault(group.Key)) continue;
            if (inside.Concat(taken).Select(a => a.Unit).Distinct().Count() > 1) continue;
            yield return Balance(group.Key, SumOf(taken), SumOf(inside), taken[0].Unit);
        }
    }

    private static Finding Balance(Key key, Amount taken, Amount metered, string unit)
    {
        var rest = taken - metered;
        return Finding.Of(rest.Sign < 0 ? "flow.overMetered" : "flow.notSubMetered",
            rest.Sign < 0 ? Severity.Warning : Severity.Info, null, ("site", key.Site),
            ("resource", key.Resource), ("month", string.Create(
                CultureInfo.InvariantCulture, $"{key.Month.Year:0000}-{key.Month.Month:00}")),
            ("taken", taken), ("metered", metered), ("rest", rest.Abs()),
            ("percent", taken.IsZero ? Amount.Zero : Amount.Divide(rest.Abs() * 100, taken, 2)),
            ("unit", unit));
    }

    private static Amount SumOf(List<Activity> activities) =>
        activities.Aggregate(Amount.Zero, (sum, a) => sum + a.Quantity.Value);
}
