using Celadon.Lenses.Carbon.Inventory;
using Celadon.Quantities;
using Celadon.Registers;

namespace Celadon.Lenses.Carbon;

/// <summary>
/// What emissions and energy are divided by, as far as the books hold it: output of the products in the
/// register, floor area where every site inside the boundary states one, persons of the whole organisation.
/// </summary>
internal sealed class DisclosureRatios(View view, InventoryReport inventory, bool whole)
{
    /// <summary>The ratios, products first.</summary>
    public IEnumerable<DisclosureRatio> Of(Figure emissions, Figure? energy) =>
        Denominators().Where(d => d.Per.Value.Sign > 0).Select(d => new DisclosureRatio(d.Name, d.Per,
            IntensityRatio.Of(emissions, d.Name, d.Per),
            energy is null ? null : IntensityRatio.Of(energy, d.Name, d.Per)));

    private IEnumerable<(string Name, Figure Per)> Denominators()
    {
        var inside = inventory.Sites.Where(s => s.Included).Select(s => s.Site).ToHashSet();
        var products = view.Registers.Of<Product>().Select(p => p.Id).ToHashSet();
        var output = IntensityRatio.Output(view, whole ? [] : [.. inventory.Sites.Select(s => s.Site)],
            inventory.Period).Where(a => products.Contains(a.Resource) && inside.Contains(a.Site));
        foreach (var made in output.GroupBy(a => (a.Resource, a.Unit))
            .OrderBy(g => g.Key.Resource, StringComparer.Ordinal)
            .ThenBy(g => g.Key.Unit, StringComparer.Ordinal))
            yield return (made.Key.Resource, IntensityRatio.Sum(made.Key.Unit, made));
        var sites = inside.Order(StringComparer.Ordinal)
            .Select(id => view.Registers.Find<Site>(id)!).ToList();
        if (sites.Count > 0 && sites.TrueForAll(s => s.FloorAreaM2 is not null))
            yield return ("floorArea", Figure.Sum("m2", [.. sites.Select(s => (s.Id, Registered("site",
                s.Id, "floorAreaM2", s.FloorAreaM2!.Value, "m2")))]));
        if (whole && inventory.Organisation is { } id
            && view.Registers.Find<Organisation>(id)?.Persons is { } persons)
            yield return ("persons", Registered("organisation", id, "persons", persons, "person"));
    }

    private Figure Registered(string type, string id, string field, Amount value, string unit) => new(value,
        unit, new Trace.Registered(type, id, field, view.Registers.PositionOf(type, id)));
}
