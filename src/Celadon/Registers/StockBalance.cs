using System.Collections.Immutable;
using System.Globalization;
using Celadon.Ledger;
using Celadon.Quantities;
using NodaTime;

namespace Celadon.Registers;

/// <summary>
/// Fuel burned from a stock between two counts: opening + received − given elsewhere − closing. A count made
/// before noon (or with no time stated) stands for the start of its day, a later one for its end.
/// </summary>
public static class StockBalance
{
    /// <summary>The rule's name, as the derived entry states it in its fact "rule".</summary>
    public const string Rule = "stock-balance";

    /// <summary>
    /// Facts of deliveries that say what the stuff is, and so hold for what is drawn from the stock.
    /// </summary>
    private static readonly string[] Kind = ["blend", "density", "calorificValue"];

    /// <summary>
    /// The derived entries of every stock that names its one consumer and has two counts or more.
    /// </summary>
    /// <param name="entries">Entries that stand, derived ones included (they are passed over).</param>
    /// <param name="registers">Stocks and sites.</param>
    /// <returns>
    /// Each derived entry; an interval whose balance is negative comes with a null entry and the balance.
    /// </returns>
    public static IEnumerable<(Stock Stock, Period Period, Amount Balance, Entry? Entry)> Derive(
        IReadOnlyCollection<Entry> entries, RegisterSet registers)
    {
        foreach (var stock in registers.Of<Stock>().Where(s => s.Consumer is not null))
        {
            var node = new Node(NodeKind.Stock, stock.Id);
            if (registers.SiteOf(node) is not { } site || SiteZone.Find(site.Zone) is not { } zone) continue;
            var own = entries.Where(e => (e.From == node || e.To == node) && e.Facts["rule"] != Rule)
                .ToList();
            var counts = own.Where(e => e.IsStockCount).Select(e => (At: InstantOf(e, zone), Entry: e))
                .OrderBy(c => c.At).ToList();
            var moves = own.Where(e => !e.IsStockCount).ToList();
            for (var i = 1; i < counts.Count; i++)
            {
                if (counts[i].At <= counts[i - 1].At) continue;
                yield return Between(stock, node, counts[i - 1], counts[i], moves);
            }
        }
    }

    private static (Stock, Period, Amount, Entry?) Between(
        Stock stock, Node node, (Instant At, Entry Entry) opening, (Instant At, Entry Entry) closing,
        List<Entry> moves)
    {
        var period = new Period(opening.At, closing.At);
        var unit = closing.Entry.Unit;
        var inside = moves.Where(m => period.Contains(m.Period.Start)).ToList();
        var received = Sum(inside.Where(m => m.To == node), unit);
        var given = Sum(inside.Where(m => m.From == node), unit);
        var open = new Quantity(opening.Entry.Amount, Units.Parse(opening.Entry.Unit))
            .In(Units.Parse(unit)).Amount;
        var balance = open + received - given - closing.Entry.Amount;
        if (balance.Sign < 0) return (stock, period, balance, null);
        var facts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["rule"] = Rule,
            ["opening"] = $"{open} {unit}",
            ["received"] = $"{received} {unit}",
            ["closing"] = $"{closing.Entry.Amount} {unit}",
        };
        if (!given.IsZero) facts["given"] = $"{given} {unit}";
        var last = moves.Where(m => m.To == node && m.Period.Start < period.End).MaxBy(m => m.Period.Start);
        foreach (var name in Kind)
            if (last?.Facts[name] is { } value) facts[name] = value;
        return (stock, period, balance,
            new Entry(node, Node.Parse(stock.Consumer!), closing.Entry.Resource, balance, unit,
            period, Basis.Calculated, closing.Entry.Evidence, Facts.From(facts)));
    }

    private static Amount Sum(IEnumerable<Entry> entries, string unit) =>
        entries.Aggregate(Amount.Zero, (sum, e) =>
        sum + new Quantity(e.Amount, Units.Parse(e.Unit)).In(Units.Parse(unit)).Amount);

    private static Instant InstantOf(Entry count, SiteZone zone)
    {
        var day = zone.Day(zone.DateOf(count.Period.Start));
        var noon = count.Facts["time"] is { } time && int.TryParse(time.AsSpan(0, Math.Min(2, time.Length)),
            NumberStyles.None, CultureInfo.InvariantCulture, out var hour) && hour >= 12;
        return noon ? day.End : day.Start;
    }
}
