using System.Collections.Immutable;
using Celadon.Ledger;
using Celadon.Lenses;
using Celadon.Quantities;
using Celadon.Registers;
using NodaTime;

namespace Celadon.Store;

/// <summary>What a meter's readings add up to.</summary>
/// <param name="Meter">Id of the meter.</param>
/// <param name="Resource">What flows.</param>
/// <param name="Sum">In its unit.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Count">How many readings count.</param>
/// <param name="First">First local month.</param>
/// <param name="Last">Last local month.</param>
/// <param name="CoveragePercent">
/// Share of the time from the first to the last reading that is covered.
/// </param>
public sealed record MeterTotal(
    string Meter, string Resource, Amount Sum, string Unit, long Count, YearMonth First, YearMonth Last,
    Amount CoveragePercent);

/// <summary>What entries of a resource add up to, before measurements are chosen.</summary>
public sealed record CarrierTotal(string Resource, string Unit, Amount Sum, long Count);

/// <summary>A workspace at a glance.</summary>
public sealed record Status(
    long Position, string Head, bool IsReadOnly, ImmutableArray<MeterTotal> Meters,
    ImmutableArray<CarrierTotal> Entries, int Sites, int Batches, int Closings);

public sealed partial class Workspace
{
    /// <summary>Totals by meter and carrier, coverage, head.</summary>
    public Status GetStatus()
    {
        var state = State();
        var registers = RegistersOf(state);
        var totals = new SortedDictionary<(string Resource, string Unit), (Amount Sum, long Count)>();
        var (rows, shapes) = Journal.Entries(state.Position, long.MinValue, long.MaxValue,
            CancellationToken.None);
        var columns = ViewBuilder.Columns(rows, shapes, state, registers);
        for (var row = 0; row < columns.Count; row++)
        {
            var shape = shapes[columns.Shape[row]];
            if (shape.From == shape.To) continue;
            var (sum, count) = totals.GetValueOrDefault((shape.Resource, shape.Unit));
            totals[(shape.Resource, shape.Unit)] = (sum + columns.AmountAt(row), count + 1);
        }
        return new Status(state.Position, HeadText(state.Position), IsReadOnly,
            [.. registers.Of<Meter>().Select(m => TotalOf(m, registers, state)).OfType<MeterTotal>()],
            [.. totals.Select(t => new CarrierTotal(t.Key.Resource, t.Key.Unit, t.Value.Sum, t.Value.Count))],
            registers.Of<Site>().Count(), state.Batches.Count, state.Closings().Count);
    }

    /// <summary>The months the books hold anything of, or null when they hold nothing.</summary>
    public MonthSpan? Extent()
    {
        var state = State();
        List<(long Start, long End)> spans = [.. state.Standing<ReadingsRecord>().Select(r =>
            (r.Body.Span.Start.ToUnixTimeSeconds(), r.Body.Span.End.ToUnixTimeSeconds()))];
        if (Journal.EntrySpan() is { } entries) spans.Add(entries);
        if (spans.Count == 0) return null;
        var zone = RegistersOf(state).Of<Site>().Select(s => SiteZone.Find(s.Zone))
            .FirstOrDefault(z => z is not null)
            ?? SiteZone.Get("Etc/UTC");
        return new MonthSpan(zone.MonthOf(Instant.FromUnixTimeSeconds(spans.Min(s => s.Start))),
            zone.MonthOf(Instant.FromUnixTimeSeconds(spans.Max(s => s.End) - 1)));
    }

    private MeterTotal? TotalOf(Meter meter, RegisterSet registers, JournalState state)
    {
        var spans = state.Standing<ReadingsRecord>().Where(r => r.Body.Meter == meter.Id)
            .Select(r => r.Body.Span).ToList();
        if (spans.Count == 0) return null;
        var reading = ReadingMeterOf(meter, registers);
        var whole = new Period(spans.Min(s => s.Start), spans.Max(s => s.End));
        var span = new MonthSpan(reading.Zone.MonthOf(whole.Start),
            reading.Zone.MonthOf(whole.End - Duration.Epsilon));
        var months = Readings.MonthsAt([reading], span, state.Position);
        return new MeterTotal(meter.Id, meter.Resource,
            months.Aggregate(Amount.Zero, (sum, m) => sum + m.Sum), meter.Unit,
            months.Sum(m => m.Count), span.First, span.Last,
            Amount.Divide((Amount)months.Sum(m => m.Known) * 100, (long)whole.Length.TotalSeconds, 2));
    }
}
