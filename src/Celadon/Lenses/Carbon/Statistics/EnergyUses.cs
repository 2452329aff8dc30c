using System.Collections.Immutable;
using Celadon.Lenses.Carbon.Inventory;
using Celadon.Ledger;
using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Text;

namespace Celadon.Lenses.Carbon;

/// <summary>A carrier used at a site, with what its documents say about its energy.</summary>
/// <param name="Site">The site.</param>
/// <param name="Carrier">Canonical resource.</param>
/// <param name="Kind">Fuel, electricity or heat.</param>
/// <param name="Place">Where published values of its energy are looked for.</param>
/// <param name="Quantity">How much, the calorific basis in the unit.</param>
/// <param name="Through">Stated conversions.</param>
/// <param name="Pointer">Where the spec states it; empty for the books.</param>
internal sealed record EnergyCarrierUse(
    string Site, string Carrier, ResourceKind Kind, string Place, Figure Quantity,
        ImmutableArray<Figure> Through,
    string Pointer);

/// <summary>
/// What counts as energy used: what comes over the fence to a site or a unit, and fuel taken from a stock. A
/// fuel that is only known bought counts with its purchases; where it is also known burned, the burning
/// counts.
/// </summary>
internal static class EnergyUses
{
    private static readonly string[] Steps =
        [FactNames.VolumeCorrection, FactNames.Density, FactNames.CalorificValue];

    /// <summary>The lines of a spec.</summary>
    public static IEnumerable<EnergyCarrierUse> Stated(StatisticsSpec spec, FactorSource factors) =>
        Carbon.Stated.Numbered(spec.Lines, "/lines").Select(l =>
        {
            var kind = KindOf(factors.Packs, l.Item.Carrier)
                ?? throw Refuse.At("carbon.statistics.carrier", l.At + "/carrier",
                    ("carrier", l.Item.Carrier));
            return new EnergyCarrierUse(l.Item.Site, l.Item.Carrier, kind, "",
                l.Item.Quantity.At(l.At + "/quantity"),
                [.. Carbon.Stated.Numbered(l.Item.Through, l.At + "/through")
                    .Select(t => t.Item.Resolve(factors, t.At))],
                l.At);
        });

    /// <summary>What the books say of a period and of these sites; of all when none is named.</summary>
    public static IEnumerable<EnergyCarrierUse> Of(
        View view, ImmutableArray<string> sites, FactorLibrary packs, List<Finding> findings,
            CancellationToken cancel)
    {
        var measured = Measurements.Of(view, sites, cancel);
        findings.AddRange(measured.Findings);
        var energy = measured.Activities.Where(a => KindOf(packs, a.Resource) is not null).ToList();
        var burned = energy.Where(a => a.From.Kind == NodeKind.Stock).Select(a => (a.Site, a.Resource))
            .ToHashSet();
        foreach (var exported in energy.Where(a => a.From.IsInside
            && a.To.Kind is NodeKind.Grid or NodeKind.Customer)
            .GroupBy(a => (a.Site, a.Resource)))
            findings.Add(Finding.Of("carbon.statistics.exported", Severity.Info, null,
                ("site", exported.Key.Site), ("carrier", exported.Key.Resource)));
        foreach (var bought in energy.Where(a => IsPurchase(a) && !burned.Contains((a.Site, a.Resource)))
            .GroupBy(a => (a.Site, a.Resource)))
            findings.Add(Finding.Of("carbon.statistics.bought", Severity.Info, null,
                ("site", bought.Key.Site), ("carrier", bought.Key.Resource)));
        return energy.Where(a => IsUse(a) || (IsPurchase(a) && !burned.Contains((a.Site, a.Resource))))
            .GroupBy(a => (a.Site, a.Resource, a.Unit, a.Calorific, Facts: Said(a.Facts)))
            .OrderBy(group => group.Key.Site, StringComparer.Ordinal)
            .ThenBy(group => group.Key.Resource, StringComparer.Ordinal)
            .ThenBy(group => group.Key.Unit, StringComparer.Ordinal)
            .ThenBy(group => group.Key.Facts, StringComparer.Ordinal)
            .Select(group => Use(group.Key.Site, group.Key.Resource, group.Key.Facts, [.. group], view,
                packs));
    }

    private static bool IsUse(Activity a) => a.To.Kind is NodeKind.Site or NodeKind.Unit
        && a.From.Kind is NodeKind.Grid or NodeKind.Supplier or NodeKind.Stock;

    private static bool IsPurchase(Activity a) => a.To.Kind == NodeKind.Stock
        && a.From.Kind is NodeKind.Grid or NodeKind.Supplier;

    private static string Said(Facts facts) => string.Join('\n', Steps.Select(name => facts[name] ?? ""));

    private static EnergyCarrierUse Use(
        string site, string resource, string facts, List<Activity> activities, View view, FactorLibrary packs)
    {
        var first = activities[0];
        var unit = first.Calorific == CalorificBasis.None ? first.Unit
            : $"{first.Unit} {(first.Calorific == CalorificBasis.Gross ? "gross" : "net")}";
        var quantity = Figure.Sum(unit, [.. activities.Select(a => (
            $"{Claim.Text(a.Month)} {a.From} → {a.To}", a.Quantity with { Unit = unit }))]);
        var said = facts.Split('\n');
        ImmutableArray<Figure> through =
        [
            .. Steps.Zip(said).Where(s => s.Second.Length > 0)
                .Select(s => Parsed(s.First, s.Second, first.FirstPosition)),
        ];
        var register = view.Registers.Find<Site>(site);
        return new EnergyCarrierUse(site, resource, KindOf(packs, resource)!.Value,
            register?.Region ?? register?.Country ?? "", quantity, through, "");
    }

    private static Figure Parsed(string name, string text, long position)
    {
        try
        {
            var measure = Measure.Parse(text);
            return new Figure(measure.Value, measure.Unit, new Trace.Fact(position, name));
        }
        catch (FormatException)
        {
            throw Refuse.At("carbon.statistics.fact", "", ("position", position), ("fact", name),
                ("text", text));
        }
    }

    private static ResourceKind? KindOf(FactorLibrary packs, string resource)
    {
        var kind = packs.Resources.Find(resource)?.Kind;
        return kind is ResourceKind.Fuel or ResourceKind.Electricity or ResourceKind.Heat ? kind : null;
    }
}
