using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Celadon.Packs;

/// <summary>
/// How places widen: a province lies in a grid region or its country, a country in the world. A code that the
/// table does not hold widens by its ISO form: "GB-STE" lies in "GB".
/// </summary>
public sealed class PlaceLadder
{
    /// <summary>The widest place.</summary>
    public const string World = "WORLD";

    private readonly FrozenDictionary<string, PlaceRow> _byName;

    internal PlaceLadder(IEnumerable<PlaceRow> places)
    {
        var names = new Dictionary<string, PlaceRow>(StringComparer.OrdinalIgnoreCase);
        foreach (var place in places)
        {
            names[place.Id] = place;
            foreach (var alias in place.Aliases) names.TryAdd(alias, place);
        }
        _byName = names.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The place of an id or another code of it ("CN-33" is CN-ZJ), or null.</summary>
    public PlaceRow? Find(string place) => _byName.GetValueOrDefault(place.Trim());

    /// <summary>The place and every wider one, up to the world.</summary>
    public ImmutableArray<string> LadderOf(string place)
    {
        var ladder = ImmutableArray.CreateBuilder<string>();
        var at = Find(place)?.Id ?? place.Trim();
        for (; at.Length > 0 && !ladder.Contains(at); at = ParentOf(at)) ladder.Add(at);
        if (!ladder.Contains(World)) ladder.Add(World);
        return ladder.ToImmutable();
    }

    /// <summary>The country a place lies in; itself for a country.</summary>
    public string CountryOf(string place)
    {
        foreach (var at in LadderOf(place))
            if (at != World && (Find(at)?.Kind == "country" || ParentOf(at) == World)) return at;
        return World;
    }

    /// <summary>True when the factor's place is the activity's own or a wider one.</summary>
    public bool Covers(string factorPlace, string place) => LadderOf(place).Contains(factorPlace);

    /// <summary>
    /// How far a factor's place is: steps up the ladder; the same country beyond it; then the rest.
    /// </summary>
    internal int Rank(string factorPlace, string place)
    {
        var step = LadderOf(place).IndexOf(factorPlace);
        if (step >= 0) return step;
        return CountryOf(factorPlace) == CountryOf(place) ? 10 : 20;
    }

    private string ParentOf(string place)
    {
        if (Find(place) is { } row) return row.Parent;
        var dash = place.IndexOf('-', StringComparison.Ordinal);
        return dash > 0 ? place[..dash] : place == World ? "" : World;
    }
}
