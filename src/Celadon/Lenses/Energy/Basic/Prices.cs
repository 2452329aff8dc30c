using System.Collections.Immutable;
using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Text;

namespace Celadon.Lenses.Energy.Basic;

/// <summary>
/// What a unit of energy costs: as stated, else the mean of the bills of the site that state a cost. A price
/// is never assumed.
/// </summary>
internal sealed class Prices
{
    private const int Decimals = 6;
    private readonly Dictionary<string, BasicPrice> _bySite = new(StringComparer.Ordinal);

    /// <summary>The prices, in order of site.</summary>
    public ImmutableArray<BasicPrice> Report =>
        [.. _bySite.Values.OrderBy(p => p.Site, StringComparer.Ordinal)];

    /// <summary>The price for what a meter measures, or null.</summary>
    public Figure? For(Meter meter) =>
        (_bySite.GetValueOrDefault("") ?? _bySite.GetValueOrDefault(meter.Site))?.Price is { } price
        && price.Unit.EndsWith("/" + meter.Unit, StringComparison.Ordinal) ? price : null;

    /// <summary>The prices for meters.</summary>
    /// <exception cref="RefusedException">energy.price: the stated price cannot be read.</exception>
    public static Prices Of(BasicSpec spec, View view, IReadOnlyList<Meter> meters, List<Finding> findings)
    {
        var prices = new Prices();
        if (spec.Price is { } text)
        {
            var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length != 2 || !Amount.TryParse(parts[0], out var value) || value.Sign < 0
                || parts[1].IndexOf('/', StringComparison.Ordinal) < 1
                || meters.Any(m => !parts[1].EndsWith("/" + m.Unit, StringComparison.Ordinal)))
                throw RefusedException.Of("energy.price", ("price", text),
                    ("units", string.Join(", ", meters.Select(m => m.Unit).Distinct())));
            prices._bySite[""] =
                new BasicPrice("", new Figure(value, parts[1], new Trace.Given("/price")), 0);
            return prices;
        }
        foreach (var site in meters.GroupBy(m => m.Site).Where(g => g.Key.Length > 0))
        {
            if (OfBills(view, site.Key, spec.Resource, site.First().Unit, findings) is { } price)
                prices._bySite[site.Key] = price;
            else findings.Add(Finding.Of("energy.noPrice", Severity.Info, null, ("site", site.Key)));
        }
        return prices;
    }

    private static BasicPrice? OfBills(
        View view, string site, string resource, string unit, List<Finding> findings)
    {
        var bills = new List<(int Row, Amount Cost, string Currency)>();
        var entries = view.Entries;
        var reversed = entries.Reverses.Where(position => position != 0).ToHashSet();
        for (var row = 0; row < entries.Count; row++)
        {
            var shape = view.Shapes[entries.Shape[row]];
            if (shape.Basis != Basis.Invoiced || shape.Resource != resource || shape.Unit != unit
                || entries.Reverses[row] != 0 || reversed.Contains(entries.Position[row])
                || view.Registers.SiteOf(shape.To)?.Id != site
                || shape.Facts["price"]?.Split(' ') is not [var number, var currency]
                || !Amount.TryParse(number, out var cost)) continue;
            bills.Add((row, cost, currency));
        }
        var currencies = bills.Select(b => b.Currency).Distinct().ToArray();
        if (currencies.Length > 1)
            findings.Add(Finding.Of("energy.currencies", Severity.Warning, null, ("site", site),
                ("currencies", string.Join(", ", currencies))));
        var sum = bills.Aggregate(Amount.Zero, (total, bill) => total + entries.AmountAt(bill.Row));
        if (currencies.Length != 1 || sum.Sign <= 0) return null;
        var paid = new Figure(bills.Aggregate(Amount.Zero, (total, bill) => total + bill.Cost),
            currencies[0], new Trace.Rows("formula.entries", bills.Count, () => bills.Select(bill =>
                LeafOf(view, bill.Row, bill.Cost, unit))));
        var energy = new Figure(sum, unit, new Trace.Rows("formula.entries", bills.Count, () =>
            bills.Select(bill => LeafOf(view, bill.Row, entries.AmountAt(bill.Row), unit))));
        return new BasicPrice(site, Figure.Quotient($"{currencies[0]}/{unit}", "formula.energy.price",
            new Operand("operand.energy.cost", paid), new Operand("operand.energy", energy), Decimals),
            bills.Count);
    }

    private static Leaf LeafOf(View view, int row, Amount contribution, string unit) => new(contribution,
        view.Entries.AmountAt(row), unit, view.Entries.Position[row], view.Entries.PeriodAt(row));
}
