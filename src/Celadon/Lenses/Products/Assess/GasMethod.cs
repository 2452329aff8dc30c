using Celadon.Lca.Modelling;
using Celadon.Packs;
using Celadon.Packs.Lci;
using Celadon.Text;

namespace Celadon.Lenses.Products;

/// <summary>
/// Global warming potentials as a method: a pack says which flows of a database are which gas and in which
/// category they count, the table of potentials says how much.
/// </summary>
internal static class GasMethod
{
    private const string Kilogram = "kg";

    /// <summary>The method over the flows of a database.</summary>
    public static ResolvedMethod Of(LciLookup lookup, Pack pack, GwpSet set, FactorLibrary packs,
        IReadOnlyList<string> categories)
    {
        var matcher = new FlowMatcher(pack);
        var found = lookup.Flows.Values.OrderBy(f => f.Id, StringComparer.Ordinal)
            .Select(flow => (flow, row: matcher.Row(flow), unit: PerKilogram(lookup, flow)))
            .Where(x => x.row is not null && x.unit is not null)
            .Select(x => (x.flow, Row: x.row!, Unit: x.unit!.Value,
                Gwp: packs.Gwp.Of(x.row!.Gas, set, x.row.Origin)))
            .Where(x => x.Gwp is not null).ToDictionary(x => x.flow.Id, StringComparer.Ordinal);
        var rows = AssessNames.Categories([.. pack.ImpactCategories.OrderBy(c => c.Order)], categories,
            c => [c.Id, c.Name.En, c.Name.Zh]);
        return new ResolvedMethod(pack.Header.Id, pack.Header.Title, set,
            [.. rows.Select(c => new MethodCategory(c.Id, c.Name, c.Unit, new Category(c.Id,
                [.. found.Values.Where(x => x.Row.Categories.Contains(c.Id)).Select(x =>
                    new RegionalFactor(x.flow.Id, null, x.Gwp!.Value.ToDouble() * x.Unit))])
            {
                Direction = c.Direction,
            }))],
            (_, flow) => Source(found[flow].Gwp!, found[flow].Row))
        {
            IsSuspect = flow => !found.ContainsKey(flow.Id)
                && (matcher.IsSuspect(flow) || matcher.Row(flow) is not null),
            Treatment = flow => found.TryGetValue(flow.Id, out var x) ? x.Row.Note : null,
        };
    }

    /// <summary>
    /// Kilograms of one reference unit of a flow; null for a flow that is not measured by mass.
    /// </summary>
    private static double? PerKilogram(LciLookup lookup, LciFlow flow)
    {
        foreach (var factor in flow.Properties)
        {
            if (!lookup.Properties.TryGetValue(factor.Property, out var property)
                || !lookup.Groups.TryGetValue(property.UnitGroup, out var group)
                || group.Units.FirstOrDefault(u => u.Name == Kilogram) is not { } kilogram) continue;
            if (lookup.ToReference(flow, kilogram.Id, factor.Property) is { } unit) return 1 / unit;
        }
        return null;
    }

    private static Trace.Formula Source(GwpRow gwp, CharacterisationRow row) =>
        new("formula.products.assess.matched",
        [
            new("operand.assess.gwp", new Figure(gwp.Value, "kg CO2e/kg", new Trace.PackRow(gwp.Pack.Id,
                gwp.Id, "value", $"{gwp.Pack.Citation}, {gwp.Source} ({Vocabulary.Word(gwp.Status)})"))),
            new("operand.assess.matched", new Figure(Quantities.Amount.One, "", new Trace.PackRow(row.Pack.Id,
                row.Id, "names", $"{row.Pack.Citation}, {row.Source} ({Vocabulary.Word(row.Status)})"))),
        ]);
}
