using Celadon.Packs.Lci;

namespace Celadon.Lenses.Products;

/// <summary>Links between processes that product systems of a database keep.</summary>
internal static class StoredLinks
{
    /// <summary>
    /// The links of the system that is named, or of all that ask for one of the processes, by process and
    /// number of the exchange. Where two of these name different providers, neither is taken.
    /// </summary>
    public static (int Systems, Dictionary<(string Process, int Exchange), string> Links) Of(
        LciLookup lookup, IReadOnlyList<LciProcess> asked, string? named)
    {
        var all = lookup.Database.Systems;
        var systems = named is null ? [.. all.Where(s => asked.Any(p => p.Id == s.Process))]
            : all.Where(s => s.Id == named || s.Name == named).ToList();
        if (named is not null && systems.Count != 1)
            throw Refusal.At("products.assess.productSystem", "/productSystem",
                ("name", AssessNames.Short(named)),
                ("nearest", AssessNames.Nearest(named, all.Select(s => s.Name))));
        return (systems.Count, systems.SelectMany(s => s.Links).GroupBy(l => (l.Process, l.Exchange))
            .Select(g => (g.Key, Providers: g.Select(l => l.Provider).Distinct().ToList()))
            .Where(g => g.Providers.Count == 1).ToDictionary(g => g.Key, g => g.Providers[0]));
    }
}
