using Celadon.Ledger;
using Celadon.Packs;
using Celadon.Quantities;
using NodaTime;

namespace Celadon.Lenses.Carbon.Inventory;

/// <summary>
/// Puts together activities of one month and flow that differ only in facts which no rule, variant or
/// conversion knows (numbers of documents, prices), so that they give one line and not one each.
/// </summary>
/// <param name="packs">What rules, variants and conversions know.</param>
/// <param name="also">Further facts that matter.</param>
internal sealed class Merging(FactorLibrary packs, params string[] also)
{
    private readonly HashSet<string> _relevant = [.. RelevantFacts(packs), .. also];
    private readonly Dictionary<Facts, Facts> _projected = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Facts, Facts> _equal = [];

    private readonly record struct Key(
        string Site, YearMonth Month, Node From, Node To, string Resource, string Unit,
        CalorificBasis Calorific,
        Basis Basis, Facts Facts, bool IsAdjustment, long Apart);

    /// <summary>The activities with the facts that matter, in the order they first appear.</summary>
    /// <param name="activities">The activities.</param>
    /// <param name="isApart">True for one that must stay by itself.</param>
    public List<Activity> Merge(IReadOnlyList<Activity> activities, Func<Activity, bool> isApart)
    {
        var groups = new Dictionary<Key, List<Activity>>(activities.Count / 4 + 1);
        var order = new List<List<Activity>>();
        foreach (var activity in activities)
        {
            var facts = Project(activity.Facts);
            var key = new Key(activity.Site, activity.Month, activity.From, activity.To, activity.Resource,
                activity.Unit, activity.Calorific, activity.Basis, facts, activity.IsAdjustment,
                isApart(activity) ? activity.FirstPosition : 0);
            if (!groups.TryGetValue(key, out var group))
            {
                groups[key] = group = [];
                order.Add(group);
            }
            group.Add(activity);
        }
        return [.. order.Select(Merged)];
    }

    private Activity Merged(List<Activity> group)
    {
        var first = group[0];
        var facts = Project(first.Facts);
        if (group.Count == 1) return ReferenceEquals(facts, first.Facts) ? first
            : first with { Facts = facts };
        return first with
        {
            Facts = facts,
            FirstPosition = group.Min(a => a.FirstPosition),
            Quantity = Figure.Sum(first.Unit, [.. group.Select(a => (LabelOf(a), a.Quantity))]),
            Estimated = group.Aggregate(Amount.Zero, (sum, a) => sum + a.Estimated),
        };
    }

    private static string LabelOf(Activity activity) =>
        activity.Facts["document"] ?? activity.Facts["meter"] ?? Claim.LabelOf(activity);

    /// <summary>The facts that matter; equal ones are one and the same.</summary>
    private Facts Project(Facts facts)
    {
        if (_projected.TryGetValue(facts, out var known)) return known;
        var projected = facts.Values.Keys.All(_relevant.Contains)
            ? facts : Facts.From(facts.Values.Where(f => _relevant.Contains(f.Key)));
        if (_equal.TryGetValue(projected, out var equal)) projected = equal;
        else _equal[projected] = projected;
        return _projected[facts] = projected;
    }

    private static HashSet<string> RelevantFacts(FactorLibrary packs)
    {
        var names = new HashSet<string>(FactNames.OfQuantity, StringComparer.Ordinal);
        foreach (var rule in packs.Rules.All)
        {
            foreach (var condition in rule.When) names.Add(condition.Fact);
            AddPlaceholders(names, rule.Factor);
        }
        foreach (var resource in packs.Resources.All) AddPlaceholders(names, resource.Variants);
        foreach (var related in packs.Packs.SelectMany(pack => pack.Related))
            foreach (var condition in RuleCondition.Parse(related.When) ?? []) names.Add(condition.Fact);
        return names;
    }

    private static void AddPlaceholders(HashSet<string> names, string text)
    {
        foreach (var part in text.Split('{').Skip(1)) names.UnionWith(part.Split('}', ':')[0].Split('|'));
    }
}
