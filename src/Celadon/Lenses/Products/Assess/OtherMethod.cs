using Celadon.Lca.Modelling;
using Celadon.Packs;
using Celadon.Packs.Lci;
using Celadon.Registers;

namespace Celadon.Lenses.Products;

/// <summary>
/// The methods of a database, for its own flows or for those of another. Flows of two databases are one by
/// identifier; else by name in the same compartment, where their CAS numbers do not contradict.
/// </summary>
internal static class OtherMethod
{
    /// <summary>The database's own categories.</summary>
    public static ResolvedMethod Own(LciLookup lookup, string? id, AssessSources sources,
        string? method, IReadOnlyList<string> categories, InventoryModel model) =>
        new(id, id is null ? null : new Name(lookup.Database.Name), null,
            [.. Named(lookup, method, categories).Select(c =>
                new MethodCategory(c.Id, new Name(c.Name), c.Unit, model.Category(c)))], sources.Factor)
        {
            Methods = Chosen(lookup, method),
            Cell = sources.Cell,
        };

    /// <summary>Categories of another database over the flows of this one.</summary>
    public static ResolvedMethod Of(LciLookup lookup, LciLookup other, PackHeader header, string? method,
        IReadOnlyList<string> categories, InventoryModel model)
    {
        var named = Named(other, method, categories);
        var flows = Flows(lookup, other);
        return new ResolvedMethod(header.Id, new Name(other.Database.Name), null,
            [.. named.Select(c =>
            {
                var factors = model.Category(c).Factors.ToLookup(f => f.Flow, StringComparer.Ordinal);
                return new MethodCategory(c.Id, new Name(c.Name), c.Unit, new Category(c.Id,
                    [.. from flow in flows
                        from f in factors[flow.Theirs]
                        select f with
                        {
                            Flow = flow.Ours,
                            Factor = f.Factor * flow.PerUnit,
                            Uncertainty = f.Uncertainty.Times(flow.PerUnit),
                            Driven = f.Driven?.Times(flow.PerUnit),
                        }])
                {
                    Direction = c.Direction,
                });
            })],
            (id, _) => new Trace.PackRow(header.Id, id, "value", header.Citation))
        {
            Methods = Chosen(other, method),
            Cell = AssessSources.Of(header).Cell,
        };
    }

    /// <summary>The method of that name, or all; whether it is there was checked with the
    /// categories.</summary>
    private static IReadOnlyList<LciMethod> Chosen(LciLookup lookup, string? method) =>
        [.. method is null ? lookup.Database.Methods : lookup.Database.Methods
            .Where(m => m.Id == method || m.Name == method).Take(1)];

    private static IReadOnlyList<LciImpactCategory> Named(LciLookup lookup, string? method,
        IReadOnlyList<string> categories)
    {
        var all = lookup.Database.Categories.DistinctBy(c => c.Id).ToList();
        if (method is not null)
        {
            var found = lookup.Database.Methods.FirstOrDefault(m => m.Id == method || m.Name == method)
                ?? throw Refusal.At("products.assess.methodName", "/method/name",
                    ("name", AssessNames.Short(method)), ("nearest",
                        AssessNames.Nearest(method, lookup.Database.Methods.Select(m => m.Name))));
            all = [.. all.Where(c => found.Categories.Contains(c.Id))];
        }
        if (all.Count == 0)
            throw Refusal.At("products.assess.noCategories", "/method", ("name", lookup.Database.Name));
        return AssessNames.Categories(all, categories, c => [c.Id, c.Name]);
    }

    /// <summary>Our flows, theirs, and how many of their reference units one of ours is.</summary>
    private static List<(string Ours, string Theirs, double PerUnit)> Flows(LciLookup lookup, LciLookup other)
    {
        var byName = other.Flows.Values.Where(f => f.Kind == FlowKind.Elementary).ToLookup(Key);
        return [.. from ours in lookup.Flows.Values.OrderBy(f => f.Id, StringComparer.Ordinal)
                   where ours.Kind == FlowKind.Elementary
                   let theirs = other.Flows.GetValueOrDefault(ours.Id)
                       ?? (byName[Key(ours)].Take(2).ToList() is [var only] && SameCas(ours, only)
                           ? only : null)
                   where theirs is not null
                   let unit = Unit(lookup, ours, other, theirs)
                   where unit is not null
                   select (ours.Id, theirs.Id, unit.Value)];
    }

    /// <summary>The name and the last two parts of the category's path.</summary>
    private static string Key(LciFlow flow) => string.Join('/',
        [flow.Name.Trim().ToLowerInvariant(), .. flow.Category.ToLowerInvariant().Split('/',
            StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).TakeLast(2)]);

    private static bool SameCas(LciFlow a, LciFlow b) => a.Cas.Length == 0 || b.Cas.Length == 0
        || FlowMatcher.Digits(a.Cas) == FlowMatcher.Digits(b.Cas);

    /// <summary>By a unit of their flow that is named like our reference unit; else null.</summary>
    private static double? Unit(LciLookup lookup, LciFlow ours, LciLookup other, LciFlow theirs)
    {
        var name = lookup.ReferenceUnit(ours);
        foreach (var factor in theirs.Properties)
        {
            if (other.Properties.TryGetValue(factor.Property, out var property)
                && other.Groups.TryGetValue(property.UnitGroup, out var group)
                && group.Units.FirstOrDefault(u => u.Name == name) is { } unit)
                return other.ToReference(theirs, unit.Id, factor.Property);
        }
        return null;
    }
}
