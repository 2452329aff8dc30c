using System.Collections.Immutable;
using Celadon.Lenses.Carbon.Inventory;
using Celadon.Packs;
using Celadon.Registers;
using Celadon.Text;

namespace Celadon.Lenses.Carbon;

/// <summary>
/// Energy of the sites inside the boundary in kWh, by the uses that UK reporting names. Fuel that moves
/// vehicles only is transport; natural gas is gas; all other fuel and heat is "other".
/// </summary>
internal sealed class DisclosureUses
{
    public DisclosureUses(
        View view, InventoryReport inventory, FactorLibrary packs, List<Finding> findings,
        CancellationToken cancel)
    {
        var inside = inventory.Sites.Where(s => s.Included).ToDictionary(s => s.Site, s => s.Country,
            StringComparer.Ordinal);
        var moving = inventory.Scope1.Lines.Where(l => l.Kind == "combustion")
            .GroupBy(l => (l.Site, l.Resource)).Where(g => g.All(l => l.Category == "mobile"))
            .Select(g => g.Key).ToHashSet();
        var notes = new List<Finding>();
        var conversion = new EnergyConversion(new FactorSource(packs, notes), notes);
        Rows = [.. EnergyUses.Of(view, [], packs, [], cancel).Where(u => inside.ContainsKey(u.Site))
            .Select(u =>
        {
            var row = conversion.Row(u);
            return new DisclosureEnergy(u.Site, inside[u.Site], u.Carrier,
                u.Kind == ResourceKind.Electricity ? "electricity"
                : moving.Contains((u.Site, u.Carrier)) ? "transport"
                : u.Carrier == "natural-gas" ? "gas" : "other", row.Quantity, row.Energy);
        })];
        findings.AddRange(notes.Where(f => f.Code != "carbon.statistics.noTce"));
        var known = Rows.Where(r => r.Energy is not null).ToList();
        IsComplete = known.Count == Rows.Length;
        ByUse = known.GroupBy(r => r.Use).ToImmutableSortedDictionary(g => g.Key, g => Sum(g),
            StringComparer.Ordinal);
        Total = known.Count == 0 ? null : Sum(known);
        if (known.Select(r => r.Energy!.Unit).Intersect(["kWh gross", "kWh net"]).Count() == 2)
            findings.Add(Finding.Of("carbon.intensity.mixedBasis", Severity.Warning, null));
    }

    /// <summary>By site and carrier.</summary>
    public ImmutableArray<DisclosureEnergy> Rows { get; }

    /// <summary>By use.</summary>
    public ImmutableSortedDictionary<string, Figure> ByUse { get; }

    /// <summary>All that is known; null when nothing is.</summary>
    public Figure? Total { get; }

    /// <summary>True when every carrier could be brought to kWh.</summary>
    public bool IsComplete { get; }

    /// <summary>kWh as they are told, gross or net, added under the name kWh.</summary>
    private static Figure Sum(IEnumerable<DisclosureEnergy> rows) => Figure.Sum("kWh",
        [.. rows.Select(r => ($"{r.Site}: {r.Carrier}", Plain(r.Energy!)))]);

    private static Figure Plain(Figure energy) => energy.Unit == "kWh" ? energy
        : new Figure(energy.Value, "kWh", new Trace.Converted("formula.carbon.disclosure.asTold",
            new Operand("operand.energy", energy), [], energy.Value.Scale));
}
