using Celadon.Packs.Lci;
using Celadon.Text;

namespace Celadon.Lenses.Products;

/// <summary>Finds what a spec names in a database, and names what the engine numbers.</summary>
internal static class AssessNames
{
    private const int Suggested = 5;
    private const int LongestName = 200;

    /// <summary>The process of an identifier, or the only one of a name.</summary>
    public static LciProcess Process(LciLookup lookup, string named, string pointer = "/process")
    {
        if (lookup.Processes.TryGetValue(named, out var known)) return known;
        var all = lookup.Processes.Values.Where(p => p.Name == named).ToList();
        if (all.Count == 1) return all[0];
        throw all.Count > 1
            ? Refusal.At("products.assess.severalProcesses", pointer, ("name", named),
                ("ids", Join(all.Select(p => p.Id).Order(StringComparer.Ordinal).Take(Suggested))))
            : Refusal.At("products.assess.process", pointer, ("name", Short(named)),
                ("nearest", Nearest(named, lookup.Processes.Values.Select(p => p.Name))));
    }

    /// <summary>The categories named, each once; all there are when none is.</summary>
    /// <param name="all">Those there are.</param>
    /// <param name="named">By id or name.</param>
    /// <param name="names">Every name of a category, its id among them.</param>
    public static IReadOnlyList<T> Categories<T>(IReadOnlyList<T> all, IReadOnlyList<string> named,
        Func<T, IEnumerable<string?>> names)
    {
        if (named.Count == 0) return all;
        return [.. named.SelectMany((name, i) =>
        {
            var found = all.Where(c => names(c).Contains(name)).ToList();
            return found.Count > 0 ? found : throw Refusal.At("products.assess.category",
                FormattableString.Invariant($"/categories/{i}"), ("name", Short(name)),
                ("nearest", Nearest(name, all.SelectMany(names).OfType<string>())));
        }).Distinct()];
    }

    /// <summary>
    /// What people call a column of the engine: the process, and for a co-product its flow; else the name of
    /// a flow, else the identifier itself.
    /// </summary>
    public static string Of(LciLookup lookup, string id)
    {
        if (lookup.Processes.TryGetValue(id, out var process)) return Short(process.Name);
        var bar = id.LastIndexOf('|');
        return bar > 0 && lookup.Processes.TryGetValue(id[..bar], out process)
            ? $"{Short(process.Name)} | {Flow(lookup, id[(bar + 1)..])}" : Flow(lookup, id);
    }

    /// <summary>The name of a flow, or its identifier.</summary>
    public static string Flow(LciLookup lookup, string id) =>
        lookup.Flows.TryGetValue(id, out var flow) ? flow.Name : id;

    /// <summary>
    /// How many reference units of a flow one of a named unit is; null where the flow is not measured in it.
    /// </summary>
    public static double? InReference(LciLookup lookup, LciFlow flow, string unit)
    {
        foreach (var (property, _) in flow.Properties)
            if (lookup.Properties.TryGetValue(property, out var measured)
                && lookup.Groups.TryGetValue(measured.UnitGroup, out var group)
                && group.Units.FirstOrDefault(u => u.Name == unit || u.Synonyms.Contains(unit)) is { } found)
                return lookup.ToReference(flow, found.Id, property);
        return null;
    }

    /// <summary>The names nearest to one that is not there, in one line.</summary>
    public static string Nearest(string name, IEnumerable<string> known) => Join(known.Distinct()
        .OrderBy(k => SpecCheck.Distance(Short(name), Short(k))).ThenBy(k => k, StringComparer.Ordinal)
        .Take(Suggested));

    private static string Join(IEnumerable<string> names) => string.Join(", ", names);

    /// <summary>A name as a finding quotes it.</summary>
    public static string Short(string name) => name.Length > LongestName ? name[..LongestName] : name;
}
