using Celadon.Ledger;
using Celadon.Packs;

namespace Celadon.Lenses.Carbon.Inventory;

/// <summary>
/// Documents name a means of carriage or travel by its class ("container ship") where rules name its kind
/// ("freight/sea"). The class says the kind wherever the factors of only one resource know it.
/// </summary>
internal sealed class ClassNames
{
    private readonly ILookup<string, (string Resource, string Fact)> _byClass;
    private readonly ResourceCatalogue _resources;

    public ClassNames(FactorLibrary packs)
    {
        _resources = packs.Resources;
        var first = packs.Resources.All.Where(r => r.Kind is ResourceKind.Freight or ResourceKind.Travel)
            .Where(r => r.Variants.StartsWith('{'))
            .ToDictionary(r => r.Id, r => r.Variants.Trim('{').Split('}', ':')[0]);
        _byClass = packs.Packs.SelectMany(pack => pack.Factors).Where(f => first.ContainsKey(f.Resource))
            .Select(f => (f.Resource, Class: f.Variant.Split('/')[0])).Distinct()
            .Select(f =>
            (Key: $"{f.Resource.Split('/')[0]}/{f.Class}", Means: (f.Resource, first[f.Resource])))
            .ToLookup(f => f.Key, f => f.Means, StringComparer.Ordinal);
    }

    /// <summary>
    /// The resource of a factor that a rule named, and the facts with the class in its place; both as they
    /// are where the catalogue has the resource, or several know the class.
    /// </summary>
    public (string? Resource, Facts Facts) Resolve(string? named, Facts facts)
    {
        if (named is null || _resources.Find(named) is not null
            || _byClass[named].Take(2).ToArray() is not [var means])
            return (named, facts);
        return (means.Resource,
            facts.With(means.Fact, named[(named.IndexOf('/', StringComparison.Ordinal) + 1)..]));
    }
}
