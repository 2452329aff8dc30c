using Celadon.Packs;
using Celadon.Packs.Lci;

namespace Celadon.Lenses.Products;

/// <summary>
/// Places of databases by the codes that all know: a factor for a country serves its provinces, also where
/// method and processes come from two databases with identifiers of their own.
/// </summary>
internal static class AssessPlaces
{
    /// <summary>What databases call the whole world.</summary>
    private const string Global = "GLO";

    /// <summary>
    /// The code of each place by its identifier, as the packs write it ("GB" for "GBR"). Two places with one
    /// code are one.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Of(LciLookup lookup, PlaceLadder places) =>
        lookup.Locations.Values.Where(l => l.Code.Trim().Length > 0).ToDictionary(l => l.Id,
            l => l.Code.Trim() == Global ? PlaceLadder.World : places.Find(l.Code)?.Id ?? l.Code.Trim(),
            StringComparer.Ordinal);

    /// <summary>The next wider place; null at the world.</summary>
    public static Func<string, string?> Wider(PlaceLadder places) => place =>
        place != PlaceLadder.World && places.LadderOf(place) is [_, var next, ..] ? next : null;
}
