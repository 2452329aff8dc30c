using System.Collections.Frozen;
using System.Collections.Immutable;
using Celadon.Ledger;

namespace Celadon.Packs;

/// <summary>
/// Everything the packs in use say about the world: look-ups, selection of factors, GWP sets and rules.
/// </summary>
public sealed partial class FactorLibrary
{
    private readonly FrozenDictionary<(string Resource, FactorBasis Basis), ImmutableArray<Factor>> _factors;
    private readonly ILookup<string, Factor> _byId;
    private readonly ILookup<string, RelatedResource> _related;

    private FactorLibrary(ImmutableArray<Pack> packs)
    {
        Packs = packs;
        var factors = packs.SelectMany(pack => pack.Factors).ToList();
        _factors = factors.Where(f => f.Resource.Length > 0).GroupBy(f => (f.Resource, f.Basis))
            .ToFrozenDictionary(group => group.Key, group => group.ToImmutableArray());
        _byId = factors.ToLookup(f => f.Id, StringComparer.Ordinal);
        _related = packs.SelectMany(pack => pack.Related).ToLookup(r => r.Resource, StringComparer.Ordinal);
        Resources = new ResourceCatalogue(packs.SelectMany(pack => pack.Resources));
        Places = new PlaceLadder(packs.SelectMany(pack => pack.Places));
        Gwp = new GwpTable([.. packs.SelectMany(pack => pack.Gwps)],
            [.. packs.SelectMany(pack => pack.Blends)]);
        Rules = new ScopeRules([.. packs.SelectMany(pack => pack.Rules)], Resources);
        Categories = [.. packs.SelectMany(pack => pack.Categories)];
        FuelProperties = [.. packs.SelectMany(pack => pack.FuelProperties)];
        Intensity = new IntensityTable(
            [.. packs.SelectMany(pack => pack.Intensities)], [.. packs.SelectMany(pack => pack.Bands)]);
    }

    /// <summary>
    /// A library of packs that loaded clean. Of several editions with one id the last is taken.
    /// </summary>
    public static FactorLibrary From(IEnumerable<Pack> packs) => new(
        [.. packs.GroupBy(pack => pack.Header.Id, StringComparer.Ordinal).Select(group => group.Last())
            .OrderBy(pack => pack.Header.Id, StringComparer.Ordinal)]);

    /// <summary>A library without packs: every request is refused.</summary>
    public static FactorLibrary Empty { get; } = From([]);

    /// <summary>The packs, in order of id.</summary>
    public ImmutableArray<Pack> Packs { get; }

    /// <summary>What resources there are.</summary>
    public ResourceCatalogue Resources { get; }

    /// <summary>What places there are and how they widen.</summary>
    public PlaceLadder Places { get; }

    /// <summary>GWP sets and compositions of blends.</summary>
    public GwpTable Gwp { get; }

    /// <summary>Rules that derive scope and category.</summary>
    public ScopeRules Rules { get; }

    /// <summary>Categories with their place in ISO 14064-1.</summary>
    public ImmutableArray<InventoryCategory> Categories { get; }

    /// <summary>Calorific values and densities.</summary>
    public ImmutableArray<FuelProperty> FuelProperties { get; }

    /// <summary>Life-cycle intensities of countries and the report's bands.</summary>
    public IntensityTable Intensity { get; }

    /// <summary>The number a rule or standard sets, by its id, or null.</summary>
    public RuleValue? Value(string id) =>
        Packs.SelectMany(pack => pack.Values).FirstOrDefault(value => value.Id == id);

    /// <summary>Places whose public holidays are known, in order.</summary>
    public IReadOnlyList<string> HolidayPlaces => [.. Packs.SelectMany(pack => pack.Days)
        .Select(day => day.Place).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Public holidays of a place and days worked in exchange, by date.</summary>
    public IReadOnlyList<CalendarDay> Holidays(string place) =>
        [.. Packs.SelectMany(pack => pack.Days).Where(day => day.Place == place).OrderBy(day => day.Date)];

    /// <summary>The pack of an id, or null.</summary>
    public Pack? Pack(string id) => Packs.FirstOrDefault(pack => pack.Header.Id == id);

    /// <summary>Ids of the packs that hold a life-cycle inventory database.</summary>
    public IEnumerable<string> Databases => Packs.Where(p => p.Lci is not null).Select(p => p.Header.Id);

    /// <summary>The life-cycle inventory database of a pack, or null.</summary>
    public Lci.LciLookup? Database(string id) => Pack(id)?.Lci?.Value;

    /// <summary>Every factor of a resource and basis, of any place, edition and status.</summary>
    public ImmutableArray<Factor> FactorsOf(string resource, FactorBasis basis) =>
        _factors.TryGetValue((Resources.Find(resource)?.Id ?? resource, basis), out var found) ? found : [];

    /// <summary>The factor of a key "pack:row", or null.</summary>
    public Factor? Factor(string key)
    {
        var colon = key.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null
            : _byId[key[(colon + 1)..]].FirstOrDefault(factor => factor.Pack.Id == key[..colon]);
    }

    /// <summary>The 95 % interval that a pack states for its factor "pack:row", or null.</summary>
    public FactorUncertainty? UncertaintyOf(string key)
    {
        var colon = key.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : Pack(key[..colon])?.Uncertainties
            .FirstOrDefault(u => u.Factor == key[(colon + 1)..]);
    }

    /// <summary>
    /// Calorific values of a fuel (property "calorific-value") or its densities ("density"), nearest place
    /// first.
    /// </summary>
    public ImmutableArray<FuelProperty> PropertiesOf(string resource, string property, string place)
    {
        var ladder = Places.LadderOf(place);
        var id = Resources.Find(resource)?.Id ?? resource;
        return [.. FuelProperties.Where(p => p.Resource == id && p.Property == property)
            .OrderBy(p => ladder.IndexOf(p.Place) is var at and >= 0 ? at : int.MaxValue)
            .ThenBy(p => p.Derived).ThenBy(p => p.Id, StringComparer.Ordinal)];
    }

    /// <summary>The category of a scope, or null.</summary>
    public InventoryCategory? Category(string scope, string category) =>
        Categories.FirstOrDefault(c => c.Scope == scope && c.Category == category);

    /// <summary>
    /// The biogenic CO2 that stands apart for a factor: its own column, else the row of basis
    /// outside-of-scopes of
    /// the same pack, resource, variant and unit. Null when the publisher states none.
    /// </summary>
    public (Factor Row, Quantities.Amount PerUnit)? BiogenicOf(Factor factor)
    {
        if (factor.Biogenic is { } own) return (factor, own);
        var row = FactorsOf(factor.Resource, FactorBasis.OutsideOfScopes).FirstOrDefault(f =>
            f.Pack.Id == factor.Pack.Id && f.Variant == factor.Variant
            && f.ActivityUnit.Equals(factor.ActivityUnit)
            && f.Calorific == factor.Calorific);
        return row?.Value is { } value ? (row, value) : null;
    }

    /// <summary>
    /// Related resources whose factors may be named when a resource has none, as far as the facts fit.
    /// </summary>
    public IEnumerable<FactorCandidate> RelatedTo(FactorRequest request)
    {
        var id = Resources.Find(request.Resource)?.Id ?? request.Resource;
        foreach (var related in _related[id].Where(r => r.Basis == request.Basis))
        {
            if (RuleCondition.Parse(related.When) is not { } when || !when.All(c => c.Holds(request.Facts)))
                continue;
            var (found, _, _) = ByRule(request with
            {
                Resource = related.Related,
                AllowNearestEdition = true,
                AllowWiderPlace = true,
            });
            if ((found?.Factor ?? AnyOf(related.Related, request)) is { } near)
                yield return new FactorCandidate(near, CandidateReason.RelatedResource, related.Note);
        }
    }

    private Factor? AnyOf(string resource, FactorRequest request)
    {
        var ladder = Places.LadderOf(request.Place);
        return FactorsOf(resource, request.Basis).Where(f => Measures(f, request))
            .OrderBy(f => ladder.Contains(f.Place) ? 0 : 1).ThenByDescending(f => f.AppliesFrom)
            .ThenBy(f => f.Variant == "primary" ? 0 : 1).ThenBy(f => f.Id, StringComparer.Ordinal)
            .FirstOrDefault();
    }
}
