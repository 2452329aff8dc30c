using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Registers;
using NodaTime;

namespace Celadon.Server;

/// <summary>A price that a document states, with its share of the months asked for.</summary>
/// <param name="Position">Position of the entry.</param>
/// <param name="Entry">The entry.</param>
/// <param name="Price">As the document states it.</param>
/// <param name="Currency">Its currency; empty where the document names none.</param>
/// <param name="Share">What of it falls into the months, by seconds; the whole where all of it does.</param>
/// <param name="Replaced">True for an estimate that an invoice for the same flow and time replaces.</param>
public sealed record StatedPrice(
    long Position, Entry Entry, Amount Price, string Currency, Amount Share, bool Replaced);

/// <summary>What documents state as prices, by currency. Currencies stand side by side.</summary>
/// <param name="Prices">Every price, in order of position.</param>
public sealed record Costs(IReadOnlyList<StatedPrice> Prices)
{
    /// <summary>
    /// Currency, the sum of its shares, how many documents; replaced estimates left out, most documents
    /// first.
    /// </summary>
    public IReadOnlyList<(string Currency, Amount Sum, int Count)> Totals =>
        [.. Prices.Where(p => !p.Replaced && p.Currency.Length > 0).GroupBy(p => p.Currency)
            .Select(g => (g.Key, g.Aggregate(Amount.Zero, (sum, p) => sum + p.Share), g.Count()))
            .OrderByDescending(t => t.Item3).ThenBy(t => t.Key, StringComparer.Ordinal)];
}

public sealed partial class Books
{
    private const int MoneyScale = 2;

    /// <summary>What documents of supplies (energy and water) state as prices in some months.</summary>
    public Costs CostsOf(string? site, MonthSpan period) => Keep($"costs {site} {period}", () =>
    {
        var view = _workspace.ViewAt(period, _reader.Head().Position);
        var registers = view.Registers;
        var priced = Enumerable.Range(0, view.Entries.Count)
            .Where(row => view.Entries.Reverses[row] == 0 && view.Shapes[view.Entries.Shape[row]] is var shape
                && shape.Facts["price"] is not null && IsSupply(shape.Resource)
                && (site is null || (registers.SiteOf(shape.To) ?? registers.SiteOf(shape.From))?.Id == site))
            .Select(row => view.Entries.Position[row]).ToList();
        var entries = _reader.RecordsAt(priced).Select(r => (r.Position, ((EntryRecord)r.Body).Entry))
            .ToList();
        var prices = new List<StatedPrice>();
        foreach (var (position, entry) in entries)
        {
            var parts = entry.Facts["price"]!.Split(' ', 2);
            if (!Amount.TryParse(parts[0], out var price)) continue;
            var months = period.In(ZoneOf((registers.SiteOf(entry.To) ?? registers.SiteOf(entry.From))?.Id));
            if (!months.Overlaps(entry.Period)) continue;
            var replaced = entry.Basis == Basis.Estimated && entries.Exists(e =>
                e.Entry.Basis == Basis.Invoiced && e.Entry.From == entry.From && e.Entry.To == entry.To
                && e.Entry.Resource == entry.Resource && e.Entry.Period.Overlaps(entry.Period));
            prices.Add(new StatedPrice(position, entry, price, parts.Length > 1 ? parts[1] : "",
                ShareOf(price, entry.Period, months), replaced));
        }
        return new Costs(prices);
    });

    private bool IsSupply(string resource) => Library.Resources.Find(resource)?.Kind is
        Packs.ResourceKind.Electricity or Packs.ResourceKind.Heat or Packs.ResourceKind.Fuel
        or Packs.ResourceKind.Water;

    /// <summary>
    /// The part of a price that falls into a span: round(price × b) − round(price × a), so that the parts of
    /// neighbouring spans add up to the price.
    /// </summary>
    private static Amount ShareOf(Amount price, Period period, Period span)
    {
        var length = (long)period.Length.TotalSeconds;
        Amount Until(Instant at) => Amount.Divide(
            price * (Amount)(long)(Instant.Max(period.Start, Instant.Min(at, period.End)) - period.Start)
                .TotalSeconds, length, MoneyScale);
        if (span.Start <= period.Start && span.End >= period.End || length == 0) return price;
        return Until(span.End) - Until(span.Start);
    }
}
