using System.Collections.Immutable;
using System.Globalization;
using Celadon.Ledger;
using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Text;

namespace Celadon.Lenses.Carbon.Inventory;

/// <summary>
/// Overrides in force, with their reasons. A category ("3.4", "1.mobile", "none") takes the place of what a
/// rule derived or asked for in that scope; a factor ("pack:row" or a row id) takes the place of the one
/// selected for its basis.
/// </summary>
internal sealed class Overriding
{
    private readonly View _view;
    private readonly FactorLibrary _packs;
    private readonly List<Finding> _findings;
    private readonly List<(long Position, OverrideRecord Override)> _all;
    private readonly ILookup<string, (long Position, OverrideRecord Override)> _ofFlow;
    private readonly HashSet<long> _used = [];
    private readonly Dictionary<long, List<(long Position, OverrideRecord Override)>> _ofEntry = [];

    public Overriding(View view, FactorLibrary packs, List<Finding> findings)
    {
        (_view, _packs, _findings) = (view, packs, findings);
        _all = [.. view.Overrides.Where(o => o.Override.What is "category" or "factor")
            .OrderBy(o => o.Position)];
        _ofFlow = _all.Where(o => o.Override.Subject == "flow")
            .ToLookup(o => o.Override.Key, StringComparer.Ordinal);
        foreach (var one in _all.Where(o => o.Override.Subject == "entry"))
        {
            if (!long.TryParse(one.Override.Key, NumberStyles.None, CultureInfo.InvariantCulture,
                out var entry)) continue;
            if (!_ofEntry.TryGetValue(entry, out var list)) _ofEntry[entry] = list = [];
            list.Add(one);
        }
    }

    /// <summary>
    /// Takes entries with an override of their own out of the activities they were summed in.
    /// </summary>
    public IReadOnlyList<Activity> Split(IReadOnlyList<Activity> activities)
    {
        if (_ofEntry.Count == 0) return activities;
        var shapes = _ofEntry.Keys.Select(ShapeOf).OfType<FlowShape>().ToList();
        return [.. activities.SelectMany(a => shapes.Exists(s => Fits(s, a)) ? SplitOne(a) : [a])];
    }

    /// <summary>True for an activity that an override of one entry names.</summary>
    public bool IsOfEntry(Activity activity) => _ofEntry.ContainsKey(activity.FirstPosition);

    /// <summary>The claims of an activity after its overrides.</summary>
    public IEnumerable<Claim> Apply(Activity activity, List<Claim> claims)
    {
        if (_all.Count == 0) return claims;
        var key = $"{activity.From}|{activity.To}|{activity.Resource}";
        var own = _ofEntry.GetValueOrDefault(activity.FirstPosition) ?? [];
        foreach (var one in _ofFlow[key].Concat(own))
        {
            if (one.Override.What == "factor") claims = WithFactor(claims, one);
            else if (one.Override.Value == "none") claims = Without(activity, one);
            else claims = WithCategory(claims, one);
        }
        return claims;
    }

    /// <summary>Says which overrides changed nothing.</summary>
    public void ReportUnused()
    {
        foreach (var (position, one) in _all.Where(o => !_used.Contains(o.Position)))
            _findings.Add(Finding.Of("inventory.overrideUnused", Severity.Warning,
                new Place(Record: position), ("what", one.What), ("value", one.Value), ("key", one.Key)));
    }

    private List<Claim> Without(Activity activity, (long Position, OverrideRecord Override) one)
    {
        _used.Add(one.Position);
        _findings.Add(Finding.Of("inventory.excluded", Severity.Info, new Place(Record: one.Position),
            ("flow", $"{activity.From} → {activity.To} ({activity.Resource})"),
            ("month", Claim.Text(activity.Month)),
            ("reason", one.Override.Reason)));
        return [];
    }

    private List<Claim> WithCategory(List<Claim> claims, (long Position, OverrideRecord Override) one)
    {
        var parts = one.Override.Value.Split('.', 2);
        if (parts.Length != 2) return claims;
        var ofScope = claims.Where(c => c.Rule.Scope == parts[0]).ToList();
        var asked = ofScope.Where(c => c.Asks && c.Rule.Category.Split('|').Contains(parts[1])).ToList();
        var target = asked.Count == 1 ? asked[0] : ofScope.Count == 1 ? ofScope[0] : null;
        if (target is null) return claims;
        return [.. claims.Select(c =>
            c != target ? c : Mark(c, one) with { Category = parts[1], Asks = false })];
    }

    private List<Claim> WithFactor(List<Claim> claims, (long Position, OverrideRecord Override) one)
    {
        var name = one.Override.Value;
        return [.. claims.Select(c =>
            c.Rule.Basis == FactorBasis.ElectricityGeneration && HasBasis(name, FactorBasis.ResidualMix)
                ? Mark(c, one) with { ChosenResidual = name }
            : c.Rule.Basis is { } basis && HasBasis(name, basis)
                ? Mark(c, one) with { Chosen = name, FactorResource = c.FactorResource ?? c.Resource.Id }
                : c)];
    }

    private bool HasBasis(string name, FactorBasis basis) =>
        _packs.Factor(name) is { } row ? row.Basis == basis
        : _packs.Packs.Any(pack => pack.Factors.Any(f => f.Id == name && f.Basis == basis));

    private Claim Mark(Claim claim, (long Position, OverrideRecord Override) one)
    {
        _used.Add(one.Position);
        return claim with
        {
            Overrides = claim.Overrides.Add(new InventoryOverride(
                one.Position, one.Override.What, one.Override.Value, one.Override.Reason)),
        };
    }

    private FlowShape? ShapeOf(long position)
    {
        var row = Array.BinarySearch(_view.Entries.Position, position);
        return row < 0 ? null : _view.Shapes[_view.Entries.Shape[row]];
    }

    private static bool Fits(FlowShape shape, Activity activity) => shape.From == activity.From
        && shape.To == activity.To && shape.Resource == activity.Resource && shape.Unit == activity.Unit
        && shape.Basis == activity.Basis && shape.Facts.Equals(activity.Facts);

    private IEnumerable<Activity> SplitOne(Activity activity)
    {
        if (activity.Quantity.Trace is not Trace.Rows rows || rows.Count == 1) return [activity];
        return rows.Leaves().GroupBy(leaf => _ofEntry.ContainsKey(leaf.Position) ? leaf.Position : 0)
            .OrderBy(group => group.Key).Select(group => Part(activity, rows, group.Key, [.. group]));
    }

    private Activity Part(Activity activity, Trace.Rows rows, long position, ImmutableArray<Leaf> leaves)
    {
        var sum = leaves.Aggregate(Amount.Zero, (total, leaf) => total + leaf.Contribution);
        var trace = new Trace.Rows(rows.Name, leaves.Length, () => rows.Leaves().Where(leaf =>
            position == 0 ? !_ofEntry.ContainsKey(leaf.Position) : leaf.Position == position));
        return activity with
        {
            Quantity = new Figure(sum, activity.Unit, trace),
            FirstPosition = leaves[0].Position,
            Estimated = activity.Basis == Basis.Estimated ? sum : Amount.Zero,
        };
    }
}
