using System.Collections.Immutable;
using System.Globalization;
using Celadon.Packs.Lci;
using Celadon.Store.Import.Lci.Shared;

namespace Celadon.Store.Import.Lci.Ilcd;

/// <summary>
/// Damage categories and sets for normalisation and weighting, which our own export puts beside the impact
/// categories they are about. The format itself has no numbers of them.
/// </summary>
internal sealed class IlcdSets
{
    private readonly List<(Item Item, LciWeightingFactor Factor)> _sets = [];
    private readonly List<(Item Item, LciDamageFactor Factor)> _damages = [];

    private sealed record Item(string Method, string Id, string Name, string Unit, int Number, int At);

    /// <summary>Takes what stands beside a category.</summary>
    /// <exception cref="UnusableException">A number is none.</exception>
    public void Take(XmlItem root, string category)
    {
        var other = root.At("modellingAndValidation", "LCIAMethodNormalisationAndWeighting")?["other"];
        foreach (var item in other?.All("set") ?? [])
            if (Of(item) is { } read)
                _sets.Add((read, new(item.Attribute("of") is { Length: > 0 } of ? of : category,
                    Number(item, "normalisation"), Number(item, "weight"))));
        foreach (var item in other?.All("damage") ?? [])
            if (Of(item) is { } read)
                _damages.Add((read, new(category, Number(item, "factor") ?? throw item.Missing("factor"))));
    }

    /// <summary>The sets of a method, in the order they had.</summary>
    public ImmutableArray<LciWeighting> Sets(string method) => [.. Grouped(_sets, method)
        .Select(g => new LciWeighting(g.Key.Id, g.Key.Name, g.Key.Unit, [.. g.Select(x => x.Factor)]))];

    /// <summary>The damage categories of a method, in the order they had.</summary>
    public ImmutableArray<LciDamage> Damages(string method) => [.. Grouped(_damages, method)
        .Select(g => new LciDamage(g.Key.Id, g.Key.Name, g.Key.Unit, [.. g.Select(x => x.Factor)]))];

    private static IEnumerable<IGrouping<Item, (Item Item, T Factor)>> Grouped<T>(
        IEnumerable<(Item Item, T Factor)> all, string method) => all.Where(x => x.Item.Method == method)
            .OrderBy(x => x.Item.Number).ThenBy(x => x.Item.At).GroupBy(x => x.Item with { At = 0 });

    private static Item? Of(XmlItem item) => item.Attribute("id") is { Length: > 0 } id
        ? new(item.Attribute("method"), id, item.Attribute("name"), item.Attribute("unit"),
            Whole(item, "number"), Whole(item, "at")) : null;

    private static int Whole(XmlItem item, string name) => int.TryParse(item.Attribute(name),
        NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static double? Number(XmlItem item, string name) => item.Attribute(name) is not { Length: > 0 }
        text ? null : Doubles.Parse(text) ?? throw item.Wrong(name, text);
}
