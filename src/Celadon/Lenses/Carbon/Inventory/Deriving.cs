using System.Collections.Immutable;
using Celadon.Ledger;
using Celadon.Packs;
using Celadon.Registers;
using Celadon.Text;

namespace Celadon.Lenses.Carbon.Inventory;

/// <summary>
/// From activities to claims: which lines each gives by the rule pack, and which facts are missing.
/// </summary>
internal sealed class Deriving
{
    private readonly FactorLibrary _packs;
    private readonly InventorySpec _spec;
    private readonly Dictionary<string, string?> _unitKinds;
    private readonly Dictionary<(Facts, string), Facts> _ofUnits = [];
    private readonly Dictionary<MatchKey, ImmutableArray<RuleMatch>> _matches = [];
    private readonly HashSet<(string Site, string Resource)> _burned = [];
    private readonly Overriding _overriding;
    private readonly ClassNames _classes;

    private readonly record struct MatchKey(NodeKind From, NodeKind To, string Resource, string Facts);

    public Deriving(View view, FactorLibrary packs, InventorySpec spec, List<Finding> findings)
    {
        (_packs, _spec) = (packs, spec);
        _unitKinds = view.Registers.Of<PlantUnit>()
            .ToDictionary(u => u.Id, u => u.Kind, StringComparer.Ordinal);
        _overriding = new Overriding(view, packs, findings);
        _classes = new ClassNames(packs);
    }

    /// <summary>Claims that give lines or ask.</summary>
    public List<Claim> Claims { get; } = [];

    /// <summary>Activities that no rule knows, or whose resource the catalogue does not have.</summary>
    public List<Activity> Unruled { get; } = [];

    /// <summary>Activities whose fuel counts as burned when bought, by the stated rule.</summary>
    public List<Activity> BurnedOnPurchase { get; } = [];

    /// <summary>Derives the claims of all activities.</summary>
    public void Run(IReadOnlyList<Activity> activities, CancellationToken cancel)
    {
        string[] also = _spec.Uncertainty is null ? [] : [FactNames.Uncertainty, FactNames.Meter];
        var merged = new Merging(_packs, also).Merge(_overriding.Split(activities), _overriding.IsOfEntry);
        foreach (var activity in merged)
            if (Burns(activity.From, activity.To) && Fuel(activity) is { } fuel)
                _burned.Add((activity.Site, fuel.Id));
        foreach (var activity in merged)
        {
            cancel.ThrowIfCancellationRequested();
            Derive(activity);
        }
        _overriding.ReportUnused();
    }

    /// <summary>
    /// The claim that takes a question's place when a fact is known; null where it gives no line then.
    /// </summary>
    public Claim? With(Claim question, string fact, string value)
    {
        var facts = question.Facts.With(fact, value);
        var match = _packs.Rules.Derive(
                question.Activity.From.Kind, question.Activity.To.Kind, question.Resource.Id, facts)
            .FirstOrDefault(m => m.Rule.Set == question.Rule.Set);
        return match is null || match.Rule.Outcome == RuleOutcome.None ? null
            : ClaimOf(question.Activity, question.Resource, match, facts);
    }

    private void Derive(Activity activity)
    {
        if (_packs.Resources.Find(activity.Resource) is not { } resource)
        {
            if (Crosses(activity)) Unruled.Add(activity);
            return;
        }
        if (FactsOf(activity, resource) is not { } facts) return;
        var matches = Matches(activity, resource, facts);
        if (matches.IsEmpty)
        {
            if (Crosses(activity)) Unruled.Add(activity);
            return;
        }
        var claims = matches.Where(m => m.Rule.Outcome != RuleOutcome.None)
            .Select(match => ClaimOf(activity, resource, match, facts)).ToList();
        Claims.AddRange(_overriding.Apply(activity, claims));
    }

    /// <summary>
    /// The facts that matter, with the kind of the burning unit from its register; null when a purchase of
    /// fuel gives no line because its burning is known.
    /// </summary>
    private Facts? FactsOf(Activity activity, Resource resource)
    {
        var facts = activity.Facts;
        if (activity.To.Kind == NodeKind.Unit && _unitKinds.GetValueOrDefault(activity.To.Id) is { } kind)
            facts = OfUnit(facts, kind);
        var isPurchase = resource.Kind == ResourceKind.Fuel && activity.From.Kind == NodeKind.Supplier
            && activity.To.Kind is NodeKind.Stock or NodeKind.Site;
        if (!isPurchase) return facts;
        if (_burned.Contains((activity.Site, resource.Id))) return null;
        if (facts[FactNames.Burned] is null && _spec.BoughtFuelCountsAsBurned)
        {
            facts = facts.With(FactNames.Burned, FactNames.OnPurchase);
            BurnedOnPurchase.Add(activity);
        }
        return facts;
    }

    private Claim ClaimOf(Activity activity, Resource resource, RuleMatch match, Facts facts)
    {
        var (factor, known) = _classes.Resolve(match.FactorResource, facts);
        return new Claim(activity, resource, match.Rule, factor, match.Rule.Category, known, null, [])
        {
            Asks = match.Rule.Outcome == RuleOutcome.Question,
        };
    }

    private Facts OfUnit(Facts facts, string kind)
    {
        if (_ofUnits.TryGetValue((facts, kind), out var known)) return known;
        return _ofUnits[(facts, kind)] = facts.With(FactNames.UnitKind, kind);
    }

    private ImmutableArray<RuleMatch> Matches(Activity activity, Resource resource, Facts facts)
    {
        var key = new MatchKey(activity.From.Kind, activity.To.Kind, resource.Id, facts.Text);
        if (!_matches.TryGetValue(key, out var found))
            _matches[key] = found = _packs.Rules.Derive(key.From, key.To, resource.Id, facts);
        return found;
    }

    private Resource? Fuel(Activity activity) =>
        _packs.Resources.Find(activity.Resource) is { Kind: ResourceKind.Fuel } fuel ? fuel : null;

    private static bool Burns(Node from, Node to) =>
        (to.Kind == NodeKind.Unit && from.Kind is NodeKind.Stock or NodeKind.Grid or NodeKind.Supplier)
        || (from.Kind == NodeKind.Grid && to.Kind == NodeKind.Site);

    /// <summary>
    /// Transfers inside the fence are no crossing; anything else that no rule knows must be seen.
    /// </summary>
    private static bool Crosses(Activity activity) => !activity.From.IsInside || !activity.To.IsInside;
}
