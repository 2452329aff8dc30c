using System.Collections.Immutable;
using Celadon.Ledger;
using Celadon.Lenses;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Store.Import;
using Celadon.Store.Readings;

namespace Celadon.Store;

/// <summary>What the books would cover with an import that is only planned.</summary>
public sealed partial class Workspace
{
    /// <summary>
    /// How much of each month each running supply would cover if the import were recorded: the same rules as
    /// for what is recorded, over the books' rows and the plan's. Amounts are not looked at.
    /// </summary>
    /// <param name="fresh">What the import adds.</param>
    /// <param name="span">The months.</param>
    /// <param name="cancel">Stops long work.</param>
    public ImmutableArray<FlowCoverage> CoverageWith(NewInPlan fresh, MonthSpan span,
        CancellationToken cancel = default)
    {
        var view = ViewAt(span, Journal.Head().Position, cancel);
        var registers = RegisterSet.From(State().Standing<RegisterRecord>()
            .Concat(fresh.Registers.Select(r => (long.MaxValue, r))));
        var (from, to) = Around(span);
        Entry[] entries = [.. fresh.Entries.Where(e => e.Period.Start.ToUnixTimeSeconds() < to
            && e.Period.End.ToUnixTimeSeconds() > from)];
        return Measurements.Of(new View
        {
            Position = view.Position,
            Head = view.Head,
            Period = span,
            Registers = registers,
            Shapes = [.. view.Shapes, .. entries.Select((e, i) => new FlowShape(view.Shapes.Length + i,
                e.From, e.To, e.Resource, e.Unit, e.Calorific, e.Basis, e.Facts))],
            Entries = Beside(view, entries),
            MeterMonths = [.. MonthsWith(view, fresh, registers, span)],
            Closings = view.Closings,
            Overrides = view.Overrides,
            Details = view.Details,
        }, cancel).Coverage;
    }

    /// <summary>The view's rows, then the planned entries, each with a shape of its own.</summary>
    private static EntryColumns Beside(View view, Entry[] entries)
    {
        var rows = view.Entries;
        return new EntryColumns
        {
            Position = [.. rows.Position, .. entries.Select((_, i) => view.Position + 1 + i)],
            Shape = [.. rows.Shape, .. entries.Select((_, i) => view.Shapes.Length + i)],
            Unscaled = [.. rows.Unscaled, .. entries.Select(e => (long)e.Amount.Unscaled)],
            Scale = [.. rows.Scale, .. entries.Select(e => (byte)e.Amount.Scale)],
            Start = [.. rows.Start, .. entries.Select(e => e.Period.Start.ToUnixTimeSeconds())],
            End = [.. rows.End, .. entries.Select(e => e.Period.End.ToUnixTimeSeconds())],
            Reverses = [.. rows.Reverses, .. new long[entries.Length]],
        };
    }

    /// <summary>The meter months with what the drafts add to the time that is known.</summary>
    private IEnumerable<MeterMonth> MonthsWith(View view, NewInPlan fresh, RegisterSet registers,
        MonthSpan span)
    {
        var touched = new HashSet<(string, string)>();
        foreach (var drafts in fresh.Readings.Select(r => r.Draft).GroupBy(d => (d.Meter, d.Band)))
        {
            if (registers.Find<Meter>(drafts.Key.Meter) is not { } meter
                || ReadingMeter.ZoneOf(meter, registers) is null) continue;
            touched.Add(drafts.Key);
            var reading = ReadingMeterOf(meter, registers);
            var spans = drafts.SelectMany(SpansOf).ToList();
            var count = spans.Count;
            var held = view.MeterMonths.Where(m => m.Meter == meter.Id && m.Band == drafts.Key.Band).ToList();
            if (held.Count > 0)
            {
                var series = Readings.SeriesAt(reading, span.In(reading.Zone), view.Position);
                for (var i = 0; i < series.Start.Length; i++)
                    if (series.Band[i] == drafts.Key.Band)
                        spans.Add((series.Start[i], series.Start[i] + series.Length[i]));
            }
            foreach (var month in KnownBy(spans, reading.Zone, span))
            {
                var before = held.Find(m => m.Month == month.Month);
                yield return before is null
                    ? new MeterMonth(meter.Id, month.Month, drafts.Key.Band, Amount.Zero, month.Known,
                        month.Length, Amount.Zero, count)
                    : before with { Known = Math.Min(month.Known, before.Length) };
            }
        }
        foreach (var month in view.MeterMonths)
            if (!touched.Contains((month.Meter, month.Band))) yield return month;
    }

    /// <summary>The times of a draft: its intervals, or what lies between two states of a counter.</summary>
    private static IEnumerable<(long Start, long End)> SpansOf(ReadingsDraft draft)
    {
        for (var i = 0; i < draft.Count; i++)
            if (draft.Kind != MeterReading.Counter)
                yield return (draft.Start[i], draft.Start[i] + draft.Length[i]);
            else if (i > 0) yield return (draft.Start[i - 1], draft.Start[i]);
    }

    /// <summary>
    /// How many seconds of each month at least one span covers; months without any are absent.
    /// </summary>
    private static IEnumerable<(NodaTime.YearMonth Month, long Known, long Length)> KnownBy(
        List<(long Start, long End)> spans, SiteZone zone, MonthSpan months)
    {
        spans.Sort();
        var next = 0;
        foreach (var month in months.Months)
        {
            var period = zone.Month(month);
            var (start, end) = (period.Start.ToUnixTimeSeconds(), period.End.ToUnixTimeSeconds());
            var (known, reached) = (0L, start);
            // A span that reaches into the next month is looked at again there.
            while (next > 0 && spans[next - 1].End > start) next--;
            for (; next < spans.Count && spans[next].Start < end; next++)
            {
                var (from, to) = (Math.Max(spans[next].Start, reached), Math.Min(spans[next].End, end));
                if (to <= from) continue;
                known += to - from;
                reached = to;
            }
            if (known > 0) yield return (month, known, end - start);
        }
    }
}
