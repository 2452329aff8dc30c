using Celadon.Packs;
using Celadon.Packs.Lci;

namespace Celadon.Lenses.Products;

/// <summary>Finds what a spec weighs an inventory with.</summary>
internal static class AssessMethods
{
    /// <summary>The method.</summary>
    /// <exception cref="Text.RefusedException">It is not there, or does not fit the spec.</exception>
    public static ResolvedMethod Of(AssessSpec spec, LciLookup lookup, AssessSources sources,
        FactorLibrary packs, InventoryModel model)
    {
        if (spec.Method is not { } asked)
            return OtherMethod.Own(lookup, spec.Database, sources, null, spec.Categories, model);
        if (spec.System is not null) throw Refusal.At("products.assess.methodForSystem", "/method");
        if (asked.Pack is null == asked.Database is null || (asked.Pack is not null && asked.Name is not null)
            || (asked.Database is not null && asked.Gwp is not null))
            throw Refusal.At("products.assess.methodEither", "/method");
        if (asked.Pack is { } id) return Gases(id, asked.Gwp, spec, lookup, packs);
        if (asked.Database == spec.Database)
            return OtherMethod.Own(lookup, spec.Database, sources, asked.Name, spec.Categories, model);
        if (packs.Database(asked.Database!) is not { } other)
            throw Refusal.At("products.assess.database", "/method/database", ("id", asked.Database!),
                ("there", string.Join(", ", packs.Databases)));
        return OtherMethod.Of(lookup, other, packs.Pack(asked.Database!)!.Header, asked.Name, spec.Categories,
            new InventoryModel(other, spec.MonteCarlo is not null, packs.Places));
    }

    private static ResolvedMethod Gases(string id, GwpSet? set, AssessSpec spec, LciLookup lookup,
        FactorLibrary packs)
    {
        if (packs.Pack(id) is not { Characterisations.IsEmpty: false } pack)
            throw Refusal.At("products.assess.methodPack", "/method/pack", ("id", AssessNames.Short(id)),
                ("there", string.Join(", ", packs.Packs.Where(p => !p.Characterisations.IsEmpty)
                    .Select(p => p.Header.Id))));
        if (set is not { } gwp) throw Refusal.At("products.assess.methodSet", "/method/gwp");
        return GasMethod.Of(lookup, pack, gwp, packs, spec.Categories);
    }
}
