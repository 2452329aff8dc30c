using System.Collections.Frozen;
using System.Text;
using Celadon.Ledger;

namespace Celadon.Packs;

/// <summary>The resources that entries and factors share.</summary>
public sealed class ResourceCatalogue
{
    private readonly FrozenDictionary<string, Resource> _byName;

    internal ResourceCatalogue(IEnumerable<Resource> resources)
    {
        var all = resources.GroupBy(r => r.Id, StringComparer.Ordinal).Select(g => g.Last())
            .OrderBy(r => r.Id, StringComparer.Ordinal).ToList();
        var names = new Dictionary<string, Resource>(StringComparer.OrdinalIgnoreCase);
        foreach (var resource in all) names[resource.Id] = resource;
        foreach (var resource in all)
            foreach (var name in resource.Aliases.Append(resource.Name.En).Append(resource.Name.Zh))
                if (name is not null) names.TryAdd(name, resource);
        _byName = names.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        All = all;
    }

    /// <summary>Every resource, in order of id.</summary>
    public IReadOnlyList<Resource> All { get; }

    /// <summary>
    /// The resource of an id, an alias or a name in either language; null when the catalogue has none.
    /// </summary>
    public Resource? Find(string? name) => name is null ? null : _byName.GetValueOrDefault(name.Trim());

    /// <summary>
    /// The variant that the facts name for a resource. Null when the resource has no variants or a fact
    /// without a
    /// default is missing.
    /// </summary>
    /// <returns>
    /// The variant, and the facts that were absent or "unknown" and took their default; null when none did.
    /// </returns>
    public (string? Variant, string? ByDefault) VariantOf(string resource, Facts facts)
    {
        if (Find(resource) is not { Variants.Length: > 0 } found) return (null, null);
        var variant = new StringBuilder();
        List<string>? byDefault = null;
        foreach (var part in found.Variants.Split('/'))
        {
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            var fact = part.Trim('{', '}').Split(':')[0];
            var fallback = colon < 0 ? null : part[(colon + 1)..].TrimEnd('}');
            var word = Slug(facts[fact]);
            if (word is "" or "unknown")
            {
                if (fallback is null) return (null, null);
                if (word.Length == 0 || fallback != "unknown") (byDefault ??= []).Add(fact);
                word = fallback;
            }
            if (variant.Length > 0) variant.Append('/');
            variant.Append(word);
        }
        return (variant.ToString(), byDefault is null ? null : string.Join(", ", byDefault));
    }

    /// <summary>
    /// A stated value as it stands in ids: "HGV" is "hgv", "Average laden" is "average-laden".
    /// </summary>
    public static string Slug(string? text)
    {
        var slug = new StringBuilder();
        foreach (var c in text?.Trim().ToLowerInvariant() ?? "")
        {
            if (char.IsAsciiLetterOrDigit(c) || c == '.') slug.Append(c);
            else if (slug.Length > 0 && slug[^1] != '-') slug.Append('-');
        }
        return slug.ToString().TrimEnd('-');
    }
}
