using Celadon.Packs;
using Celadon.Registers;
using Celadon.Text;

namespace Celadon.Lenses.Products;

/// <summary>
/// What may stand in for listed substances by the packs in use, and which of it stands on a list itself:
/// one listed substance in the place of another is no gain, and easily overlooked.
/// </summary>
internal sealed class SubstituteSearch(FactorLibrary packs, List<Finding> findings)
{
    private readonly ILookup<string, SubstituteRow> _rows =
        packs.Packs.SelectMany(p => p.Substitutes).ToLookup(r => r.Substance);
    private readonly ILookup<string, SubstanceRow> _listed =
        packs.Packs.SelectMany(p => p.Substances).ToLookup(s => s.Cas);
    private readonly ILookup<string, SubstanceMember> _groups =
        packs.Packs.SelectMany(p => p.SubstanceMembers).ToLookup(m => m.Cas);
    private readonly ILookup<string, SubstanceMember> _members =
        packs.Packs.SelectMany(p => p.SubstanceMembers).ToLookup(m => m.Group);
    private readonly Dictionary<string, KnownSubstitute> _found = new(StringComparer.Ordinal);
    private readonly HashSet<string> _without = new(StringComparer.Ordinal);

    /// <summary>Every substitute found so far, by what it stands in for.</summary>
    public IEnumerable<KnownSubstitute> Found => _found.Values;

    /// <summary>
    /// What may stand in for an entry of a list. A row for a group holds for its members; of a group that is
    /// stated as a whole nobody knows the members, so that the rows of each of them are named.
    /// </summary>
    /// <param name="entry">The entry of the list.</param>
    /// <param name="contained">CAS numbers or group ids of what the part has of it.</param>
    /// <param name="at">Where in the spec.</param>
    /// <returns>The ids of the substitutes.</returns>
    public IEnumerable<string> For(SubstanceRow entry, IReadOnlyCollection<string> contained, string at)
    {
        if (entry.Substitute is { } named)
            yield return Add(new KnownSubstitute($"{entry.Pack.Id}:{entry.Id}", entry.Cas, entry.Name, null,
                named, null, null, null, [], entry.Source, [], null), at);
        var keys = contained.Prepend(entry.Cas)
            .Concat(contained.SelectMany(c => _groups[c]).Select(m => m.Group))
            .Concat(contained.SelectMany(c => _members[c]).Select(m => m.Cas)).Distinct();
        foreach (var row in keys.SelectMany(key => _rows[key].OrderBy(r => r.Use.En, StringComparer.Ordinal)
            .ThenBy(r => r.Standing)))
            yield return Add(new KnownSubstitute($"{row.Pack.Id}:{row.Id}", row.Substance,
                NameOf(row.Substance) ?? entry.Name, row.Use, row.Name, row.Cas.Length > 0 ? row.Cas : null,
                row.Standing, row.Caveat, [.. ListsOf(row.Cas)], row.Source, row.Links,
                row.Published.Length > 0 ? row.Published : null), at);
    }

    /// <summary>Says once for each substance that no source is known which names a substitute.</summary>
    public void SayNone(string part, SubstanceRow entry, string at)
    {
        if (_without.Add(entry.Cas)) findings.Add(Finding.Of("products.ecodesign.noSubstitute", Severity.Info,
            new Place(Pointer: at), ("part", part), ("substance", entry.Cas)));
    }

    private string Add(KnownSubstitute substitute, string at)
    {
        if (_found.TryAdd(substitute.Id, substitute) && !substitute.Listed.IsEmpty)
            findings.Add(Finding.Of("products.ecodesign.regrettable", Severity.Warning,
                new Place(Pointer: at), ("substitute", substitute.Cas!), ("substance", substitute.For),
                ("lists", string.Join(", ", substitute.Listed))));
        return substitute.Id;
    }

    /// <summary>The lists that a substance stands on: by its own number, or as a member of a group.</summary>
    private IEnumerable<string> ListsOf(string cas) => cas.Length == 0 ? [] : _groups[cas]
        .Select(m => m.Group).Prepend(cas).SelectMany(id => _listed[id]).Select(s => s.List)
        .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private Name? NameOf(string id) =>
        _listed[id].FirstOrDefault()?.Name ?? _groups[id].FirstOrDefault()?.Name;
}
