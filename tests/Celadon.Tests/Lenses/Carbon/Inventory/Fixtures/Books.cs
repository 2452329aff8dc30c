using Celadon.Ledger;
using Celadon.Lenses;
using Celadon.Quantities;
using Celadon.Registers;
using NodaTime;

namespace Celadon.Tests.Lenses.Carbon.Inventory.Fixtures;

/// <summary>
/// Books in memory: what a test writes, in order, and views of it at any position, by the law that the store
/// follows: a reversed entry and its reversal drop out unless its month was closed in between.
/// </summary>
internal sealed class Books
{
    private readonly List<(long Position, RegisterRecord Version)> _registers = [];
    private readonly List<(long Position, Entry Entry)> _entries = [];
    private readonly List<(long Position, long Target)> _reversals = [];
    private readonly List<(long Position, string Meter, ReadingLeaf[] Readings)> _readings = [];
    private readonly List<(long Position, ClosingRecord Closing)> _closings = [];
    private readonly List<(long Position, OverrideRecord Override)> _overrides = [];

    public long Head { get; private set; }

    public Books Add(params RegisterItem[] items)
    {
        foreach (var item in items)
        {
            var type = RegisterSet.Types.Single(t => t.Value == item.GetType()).Key;
            _registers.Add((++Head, new RegisterRecord(type, item.Id, RegisterSet.Write(item))));
        }
        return this;
    }

    /// <summary>An entry over days from the first to the last, both included, in the zone.</summary>
    public long Entry(
        string from, string to, string resource, string amount, string unit, string first, string last,
        Basis basis, CalorificBasis calorific = CalorificBasis.None, string zone = "Europe/London",
        params (string Name, string? Value)[] facts)
    {
        var days = SiteZone.Get(zone).Days(Day(first), Day(last));
        _entries.Add((++Head, new Entry(
            Node.Parse(from), Node.Parse(to), resource, Amount.Parse(amount), unit, days, basis,
            new Evidence.StatedBy("test"), Facts.Of(facts), calorific)));
        return Head;
    }

    public long Reverse(long target)
    {
        _reversals.Add((++Head, target));
        return Head;
    }

    public long Override(string subject, string key, string what, string value,
        string reason = "a test's reason")
    {
        _overrides.Add((++Head, new OverrideRecord(subject, key, what, value, reason)));
        return Head;
    }

    /// <summary>
    /// Readings of a meter's local month that add up to a sum, spread as evenly as hundredths allow.
    /// </summary>
    public long Readings(string meter, string month, string sum, int minutes = 30)
    {
        var zone = SiteZone.Get(Registers(Head).Find<Site>(Registers(Head).Find<Meter>(meter)!.Site)!.Zone);
        var period = zone.Month(MonthSpan.Parse(month).First);
        var count = SiteZone.Intervals(period, minutes);
        Assert.True((Amount.Parse(sum) * 100).TryGetUnscaled(0, out var hundredths));
        var position = ++Head;
        _readings.Add((position, meter, [.. Enumerable.Range(0, count).Select(i =>
        {
            var start = period.Start + Duration.FromMinutes((long)i * minutes);
            var value = hundredths / count + (i < hundredths % count ? 1 : 0);
            return new ReadingLeaf(meter, new Period(start, start + Duration.FromMinutes(minutes)),
                Amount.From(value, 2), position, 0);
        })]));
        return position;
    }

    /// <summary>Corrects readings of a meter: the first ones of the month, each by an amount.</summary>
    public long Correct(string meter, params string[] by)
    {
        var position = ++Head;
        var first = _readings.First(r => r.Meter == meter).Readings;
        _readings.Add((position, meter, [.. by.Select((b, i) =>
            first[i] with { Amount = first[i].Amount + Amount.Parse(b), Batch = position })]));
        return position;
    }

    /// <summary>Closes a month of a site: posts each meter's readings, then the closing.</summary>
    public long Close(string site, string month)
    {
        var through = Head;
        var registers = Registers(through);
        var span = MonthSpan.Parse(month);
        var period = SiteZone.Get(registers.Find<Site>(site)!.Zone).Month(span.First);
        foreach (var meter in registers.Of<Meter>().Where(m => m.Site == site))
            foreach (var reading in MeterMonths(span, through).Where(r => r.Meter == meter.Id))
                _entries.Add((++Head, new Entry(
                    meter.FromNode, meter.ToNode, meter.Resource, reading.Sum, meter.Unit, period,
                    Basis.Measured, new Evidence.MeterReadings(meter.Id, through), Facts.Of(
                        ("meter", meter.Id), ("posted", month),
                        ("known", $"{reading.Known}"), ("length", $"{reading.Length}")), meter.Calorific)));
        _closings.Add((++Head, new ClosingRecord(site, span.First, through, "", [], "test", [])));
        return Head;
    }

    /// <summary>The books at a position.</summary>
    public View View(string period, long? at = null)
    {
        var position = at ?? Head;
        var registers = Registers(position);
        var closings = _closings.Where(c => c.Position <= position)
            .Select(c => new ClosingInForce(c.Position, c.Closing)).ToList();
        var shapes = new Dictionary<(Node, Node, string, string, CalorificBasis, Basis, string), FlowShape>();
        var rows = Rows(position, registers, closings).ToList();
        foreach (var (_, entry, _, _) in rows)
        {
            var key = KeyOf(entry);
            if (!shapes.ContainsKey(key))
                shapes[key] = new FlowShape(shapes.Count, entry.From, entry.To, entry.Resource, entry.Unit,
                    entry.Calorific, entry.Basis, entry.Facts);
        }
        var span = MonthSpan.Parse(period);
        return new View
        {
            Position = position,
            Head = "",
            Period = span,
            Registers = registers,
            Shapes = [.. shapes.Values],
            Entries = Columns(rows, e => shapes[KeyOf(e)].Id),
            MeterMonths = MeterMonths(span, position).ToList(),
            Closings = closings,
            Overrides = [.. _overrides.Where(o => o.Position <= position)],
            Details = new Lookups(this, position),
        };
    }

    private RegisterSet Registers(long position) =>
        RegisterSet.From(_registers.Where(r => r.Position <= position));

    private IEnumerable<(long Position, Entry Entry, Amount Amount, long Reverses)> Rows(
        long position, RegisterSet registers, List<ClosingInForce> closings)
    {
        var all = new List<(long Position, Entry Entry, Amount Amount, long Reverses)>();
        foreach (var (at, entry) in _entries.Where(e => e.Position <= position))
        {
            var reversal = _reversals.FirstOrDefault(r => r.Target == at && r.Position <= position).Position;
            var site = (registers.SiteOf(entry.To) ?? registers.SiteOf(entry.From))?.Id;
            var closedBetween = closings.Exists(c =>
                c.Closing.Site == site && c.Position > at && c.Position < reversal
                && SiteZone.Get(registers.Find<Site>(site!)!.Zone).Month(c.Closing.Month)
                    .Overlaps(entry.Period));
            if (reversal != 0 && !closedBetween) continue;
            all.Add((at, entry, entry.Amount, 0));
            if (reversal != 0) all.Add((reversal, entry, -entry.Amount, at));
        }
        return all.OrderBy(r => r.Position);
    }

    private static EntryColumns Columns(
        List<(long Position, Entry Entry, Amount Amount, long Reverses)> rows, Func<Entry, int> shape)
    {
        var stored = rows.Select(r =>
        {
            Assert.True(r.Amount.TryGetStored(out var unscaled, out var scale));
            return (unscaled, scale);
        }).ToList();
        return new EntryColumns
        {
            Position = [.. rows.Select(r => r.Position)],
            Shape = [.. rows.Select(r => shape(r.Entry))],
            Unscaled = [.. stored.Select(s => s.unscaled)],
            Scale = [.. stored.Select(s => (byte)s.scale)],
            Start = [.. rows.Select(r => r.Entry.Period.Start.ToUnixTimeSeconds())],
            End = [.. rows.Select(r => r.Entry.Period.End.ToUnixTimeSeconds())],
            Reverses = [.. rows.Select(r => r.Reverses)],
        };
    }

    private IEnumerable<MeterMonth> MeterMonths(MonthSpan span, long position)
    {
        var registers = Registers(position);
        foreach (var meter in registers.Of<Meter>())
            foreach (var month in span.Months)
            {
                var readings = ReadingsOf(meter.Id, month, position).ToList();
                if (readings.Count == 0) continue;
                var length = SiteZone.Get(registers.Find<Site>(meter.Site)!.Zone).Month(month).Length;
                yield return new MeterMonth(meter.Id, month, "",
                    readings.Aggregate(Amount.Zero, (sum, r) => sum + r.Amount),
                    (long)readings.Sum(r => r.Period.Length.TotalSeconds), (long)length.TotalSeconds,
                    Amount.Zero, readings.Count);
            }
    }

    private IEnumerable<ReadingLeaf> ReadingsOf(string meter, YearMonth month, long position)
    {
        var registers = Registers(position);
        var period =
            SiteZone.Get(registers.Find<Site>(registers.Find<Meter>(meter)!.Site)!.Zone).Month(month);
        return _readings.Where(r => r.Meter == meter && r.Position <= position).SelectMany(r => r.Readings)
            .Where(r => period.Contains(r.Period)).GroupBy(r => r.Period.Start).Select(g => g.Last())
            .OrderBy(r => r.Period.Start);
    }

    private static (Node, Node, string, string, CalorificBasis, Basis, string) KeyOf(Entry e) =>
        (e.From, e.To, e.Resource, e.Unit, e.Calorific, e.Basis, e.Facts.Text);

    private static LocalDate Day(string text) =>
        NodaTime.Text.LocalDatePattern.Iso.Parse(text).GetValueOrThrow();

    private sealed class Lookups(Books books, long position) : IViewDetails
    {
        public EntryOrigin OriginOf(long entry) =>
            new(entry, entry, books._entries.Single(e => e.Position == entry).Entry.Evidence, false);

        public IEnumerable<ReadingLeaf> ReadingsOf(string meter, YearMonth month, string band) =>
            books.ReadingsOf(meter, month, position);
    }
}
