using System.Collections.Immutable;
using Celadon.Ledger;
using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Text;

namespace Celadon.Lenses.Carbon.Inventory;

/// <summary>
/// Gathers what has no figure over the months: one item for the same thing and the same reason.
/// </summary>
internal sealed class UnknownGathering
{
    private readonly Dictionary<Key, Group> _groups = [];

    private readonly record struct Key(
        string Scope, string Category, string Basis, string Site, string Resource, string Unit, NodeKind From,
        NodeKind To, string Reason, bool IsAdjustment);

    private sealed record Group(
        Name Label, Name? Title, Finding Reason, ImmutableArray<InventoryCandidate> Candidates,
        List<Activity> Activities);

    /// <summary>Adds an activity that no rule knows, or whose resource the catalogue does not have.</summary>
    public void Add(Activity activity, Resource? resource)
    {
        var reason = resource is null
            ? Finding.Of("inventory.resourceUnknown", Severity.Warning, null, ("resource", activity.Resource))
            : Finding.Of("inventory.noRule", Severity.Warning, null, ("resource", resource.Id),
                ("from", activity.From.KindName), ("to", activity.To.KindName));
        var (scope, category) = PlaceOf(activity);
        Add(activity, scope, category, "", resource?.Id ?? activity.Resource, reason,
            new Group(
                resource?.Name ?? new Name(activity.Resource, activity.Resource), null, reason, [], []),
            resource);
    }

    /// <summary>
    /// Where something that no rule knows would stand, as far as its way tells: what was bought is Scope 3,
    /// what went to the air Scope 1.
    /// </summary>
    private static (string Scope, string Category) PlaceOf(Activity activity) => activity switch
    {
        { To.Kind: NodeKind.Atmosphere } => ("1", ""),
        { To.Kind: NodeKind.WasteHandler } => ("3", "5"),
        { From.Kind: NodeKind.Supplier } => ("3", activity.Facts["capitalised"] switch
        {
            "yes" => "2",
            "no" => "1",
            _ => "",
        }),
        { From.Kind: NodeKind.EmployeeTravel } or { To.Kind: NodeKind.Customer } => ("3", ""),
        _ => ("", ""),
    };

    /// <summary>Adds a claim whose factor was refused.</summary>
    public void Add(Claim claim, Resolved refused) => Add(claim.Activity, claim.Scope, claim.Category,
        claim.Rule.Basis is { } basis ? Vocabulary.Word(basis) : "", claim.Resource.Id, refused.Refusal!,
        new Group(claim.Resource.Name, claim.Rule.Title, refused.Refusal!, refused.Candidates, []),
        claim.Resource);

    /// <summary>The items, in order.</summary>
    public ImmutableArray<InventoryUnknown> Items() => [.. _groups
        .OrderBy(g => g.Key.IsAdjustment).ThenBy(g => g.Key.Scope, StringComparer.Ordinal)
        .ThenBy(g => g.Key.Category.Length).ThenBy(g => g.Key.Category, StringComparer.Ordinal)
        .ThenBy(g => g.Key.Site, StringComparer.Ordinal).ThenBy(g => g.Key.Resource, StringComparer.Ordinal)
        .ThenBy(g => g.Key.Basis, StringComparer.Ordinal).ThenBy(g => g.Key.Unit, StringComparer.Ordinal)
        .ThenBy(g => g.Key.Reason, StringComparer.Ordinal).ThenBy(g => g.Key.From).ThenBy(g => g.Key.To)
        .Select(g => ItemOf(g.Key, g.Value))];

    private void Add(
        Activity activity, string scope, string category, string basis, string resource, Finding reason,
        Group group, Resource? catalogue)
    {
        if (activity.Quantity.Value.IsZero) return;
        activity = InUnitOf(activity, catalogue);
        var key = new Key(scope, category, basis, activity.Site, resource, activity.Unit, activity.From.Kind,
            activity.To.Kind, reason.Code + reason.Args.GetValueOrDefault("candidates"),
            activity.IsAdjustment);
        if (!_groups.TryGetValue(key, out var known)) _groups[key] = known = group;
        known.Activities.Add(activity);
    }

    /// <summary>
    /// The activity in the unit that the catalogue counts its resource in, where that can be.
    /// </summary>
    private static Activity InUnitOf(Activity activity, Resource? resource)
    {
        if (resource is null || !Units.TryParse(activity.Unit, out var unit)
            || !unit.ConvertsTo(resource.Unit)
            || activity.Calorific != CalorificBasis.None) return activity;
        var quantity = new Conversion.Plain().Apply(activity.Quantity, resource.Unit, 0);
        return activity with { Quantity = quantity, Unit = quantity.Unit };
    }

    private static InventoryUnknown ItemOf(Key key, Group group)
    {
        var span = Claim.SpanOf(group.Activities);
        return new InventoryUnknown
        {
            Scope = key.Scope,
            Category = key.Category,
            Basis = key.Basis,
            Label = group.Label,
            Title = group.Title,
            Site = key.Site,
            Period = span,
            From = Names(group.Activities.Select(a => a.From)),
            To = Names(group.Activities.Select(a => a.To)),
            Resource = key.Resource,
            Quantity = Claim.SumOf(group.Activities),
            Adjustment = key.IsAdjustment,
            Reason = OfSpan(group.Reason, span),
            Candidates = group.Candidates,
        };
    }

    /// <summary>The names of places, at most four in full.</summary>
    public static string Names(IEnumerable<Node> nodes)
    {
        var names = nodes.Select(n => n.ToString()).Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal).ToList();
        return names.Count <= 4 ? string.Join(", ", names) : string.Join(", ", names.Take(4)) + ", …";
    }

    /// <summary>A reason found in one month speaks for all months of the item.</summary>
    private static Finding OfSpan(Finding reason, MonthSpan span)
    {
        var args = reason.Args;
        foreach (var name in (string[])["period", "month"])
            if (args.ContainsKey(name)) args = args.SetItem(name, span.ToString());
        return reason with { Args = args };
    }
}
