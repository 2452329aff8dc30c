using System.Collections.Immutable;
using Celadon.Ledger;
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
            Ratio(emissions, d.Name, d.Per), energy is null ? null : Ratio(energy, d.Name, d.Per)));

    private IEnumerable<(string Name, Figure Per)> Denominators()
    {
        var inside = inventory.Sites.Where(s => s.Included).Select(s => s.Site).ToHashSet();
        var products = view.Registers.Of<Product>().Select(p => p.Id).ToHashSet();
        var output = Measurements.Of(view, whole ? [] : [.. inventory.Sites.Select(s => s.Site)]).Activities
            .Where(a => products.Contains(a.Resource) && !a.IsAdjustment && inside.Contains(a.Site)
                && a.From.Kind is NodeKind.Unit or NodeKind.Site && a.To.Kind == NodeKind.Stock);
        foreach (var made in output.GroupBy(a => (a.Resource, a.Unit))
            .OrderBy(g => g.Key.Resource, StringComparer.Ordinal)
            .ThenBy(g => g.Key.Unit, StringComparer.Ordinal))
            yield return (made.Key.Resource, Figure.Sum(made.Key.Unit,
                [.. made.Select(a => ($"{a.Site} {Claim.Text(a.Month)}", a.Quantity))]));
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

    private static Figure Ratio(Figure figure, string name, Figure per) => new(
        Multiplication.Quotient(figure.Value, per.Value), $"{figure.Unit}/{per.Unit}",
        new Trace.Formula("formula.carbon.intensity.ratio",
            [new("operand.quantity", figure), new(name, per)]));
}
