using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Text;
using NodaTime;

namespace Celadon.Store.Readings;

/// <summary>How it was decided which of two readings counts.</summary>
public enum ReadingChoice
{
    /// <summary>By a stated correction: the higher revision.</summary>
    Revision,

    /// <summary>By the better quality.</summary>
    Quality,

    /// <summary>By content hash: nothing that was stated tells them apart. A person should look.</summary>
    Arbitrary,
}

/// <summary>Two readings of one meter for the same interval (or instant) with different values.</summary>
/// <param name="Meter">Id of the meter.</param>
/// <param name="Period">The interval; for a counter its one second.</param>
/// <param name="Kept">The value that counts (where no finer reading does).</param>
/// <param name="KeptBatch">Position of its record.</param>
/// <param name="Other">The value that does not.</param>
/// <param name="OtherBatch">Position of its record.</param>
/// <param name="By">How it was decided.</param>
public sealed record ReadingConflict(
    string Meter, Period Period, Amount Kept, long KeptBatch, Amount Other, long OtherBatch,
    ReadingChoice By)
{
    /// <summary>As a finding: a warning where nothing that was stated decided, else worth knowing.</summary>
    public Finding ToFinding() => Finding.Of(
        By == ReadingChoice.Arbitrary ? "readings.conflict" : "readings.superseded",
        By == ReadingChoice.Arbitrary ? Severity.Warning : Severity.Info, new Place(Record: OtherBatch),
        ("meter", Meter), ("start", Period.Start), ("kept", Kept), ("keptBatch", KeptBatch), ("other", Other),
        ("otherBatch", OtherBatch));
}

/// <summary>The readings of a meter that count, as columns in order of time: what a chart draws.</summary>
/// <param name="Start">First second of each stretch, since 1970 UTC.</param>
/// <param name="Length">Its seconds.</param>
/// <param name="Amount">Its amount in the meter's unit.</param>
/// <param name="Quality">0 measured, 1 substituted, 2 estimated.</param>
/// <param name="Interpolated">True for a share in time of a reading.</param>
/// <param name="Band">Tariff band; empty for none.</param>
public sealed record CountedSeries(
    long[] Start, long[] Length, Amount[] Amount, byte[] Quality, bool[] Interpolated, string[] Band);

/// <summary>What counts at a position of the journal.</summary>
public sealed partial class ReadingStore
{
    /// <summary>
    /// The months of meters as they stood at a position: one row for each meter, month and band that has
    /// readings that count, in order of the meters given, month and band. A month without a row is unknown.
    /// Read from rollups where nothing of the meter changed after the position, else summed from the rows;
    /// the figures are the same.
    /// </summary>
    /// <exception cref="RefusedException">
    /// readings.absent: rows that were acknowledged are not in the store. readings.damaged: the file cannot
    /// be read.
    /// </exception>
    public IReadOnlyList<MeterMonth> MonthsAt(
        IReadOnlyList<ReadingMeter> meters, MonthSpan months, long position) => Guarded(() =>
    {
        var found = new Dictionary<string, List<ReadingSum>>(StringComparer.Ordinal);
        var current = meters.Where(meter => _history.LastChange(meter.Id) <= position)
            .DistinctBy(meter => meter.Id).ToArray();
        if (!_readOnly) Refresh(current, SumLevel.Month);
        var rolled = current.Where(meter => IsRolled(meter, SumLevel.Month))
            .ToDictionary(meter => _meters[meter.Id], _ => new List<ReadingSum>());
        if (rolled.Count > 0)
        {
            var from = meters.Min(meter => months.In(meter.Zone).Start).ToUnixTimeSeconds();
            var to = meters.Max(meter => months.In(meter.Zone).End).ToUnixTimeSeconds();
            ReadRollups([.. rolled.Keys], SumLevel.Month, from, to, (meter, sum) => rolled[meter].Add(sum));
        }
        foreach (var meter in meters)
            found[meter.Id] = rolled.GetValueOrDefault(_meters.GetValueOrDefault(meter.Id))
                ?? FromRows(meter, SumLevel.Month, months, position);
        return meters.SelectMany(meter => found[meter.Id]
            .Select(sum => Month(meter, sum)).Where(row => months.Contains(row.Month))
            .OrderBy(row => row.Month).ThenBy(row => row.Band, StringComparer.Ordinal)).ToArray();
    });

    /// <summary>
    /// The hours, days or months of a meter as they stood at a position, in order of time and band.
    /// </summary>
    /// <exception cref="RefusedException">As <see cref="MonthsAt"/>.</exception>
    public IReadOnlyList<ReadingSum> SumsAt(
        ReadingMeter meter, SumLevel level, MonthSpan months, long position) => Guarded(() =>
    {
        var current = _history.LastChange(meter.Id) <= position;
        if (current && !_readOnly) Refresh([meter], level);
        IEnumerable<ReadingSum> sums;
        if (current && IsRolled(meter, level))
        {
            var period = months.In(meter.Zone);
            var rows = new List<ReadingSum>();
            ReadRollups([_meters[meter.Id]], level, period.Start.ToUnixTimeSeconds(),
                period.End.ToUnixTimeSeconds(), (_, sum) => rows.Add(sum));
            sums = rows;
        }
        else sums = FromRows(meter, level, months, position);
        return sums.OrderBy(sum => sum.Start).ThenBy(sum => sum.Band, StringComparer.Ordinal).ToArray();
    });

    /// <summary>
    /// The readings that count in a meter's local month and band at a position, in order of time. They add up
    /// to the month's sum to the last digit; a reading that reaches beyond the month comes with its share.
    /// </summary>
    /// <exception cref="RefusedException">As <see cref="MonthsAt"/>.</exception>
    public IReadOnlyList<ReadingLeaf> ReadingsOf(
        ReadingMeter meter, YearMonth month, string band, long position) => Guarded(() =>
    {
        var parts = PartsIn(meter, meter.Zone.Month(month), position);
        return parts.Where(part => BandName(part.Of.Band) == band).Select(part => new ReadingLeaf(
            meter.Id, Span(part.From, part.To), Amount.From(part.Amount, part.Of.Scale), part.Of.Load.Batch,
            part.Of.Quality, part.IsShare)).ToArray();
    });

    /// <summary>The readings that count in a period at a position, as columns.</summary>
    /// <exception cref="RefusedException">As <see cref="MonthsAt"/>.</exception>
    public CountedSeries SeriesAt(ReadingMeter meter, Period period, long position) => Guarded(() =>
    {
        var parts = PartsIn(meter, period, position).ToArray();
        return new CountedSeries(
            Array.ConvertAll(parts, part => part.From), Array.ConvertAll(parts, part => part.To - part.From),
            Array.ConvertAll(parts, part => Amount.From(part.Amount, part.Of.Scale)),
            Array.ConvertAll(parts, part => part.Of.Quality), Array.ConvertAll(parts, part => part.IsShare),
            Array.ConvertAll(parts, part => BandName(part.Of.Band)));
    });

    /// <summary>Readings for the same interval or instant with different values, in order of time.</summary>
    public IReadOnlyList<ReadingConflict> ConflictsAt(ReadingMeter meter, Period period, long position) =>
        Guarded(() =>
    {
        var loads = _history.Counting(meter.Id, position, _loads)
            .ToDictionary(load => load.Counting.Id, load => load.Counting);
        var (from, to) = (period.Start.ToUnixTimeSeconds(), period.End.ToUnixTimeSeconds());
        var rows = new List<Candidate>();
        ReadRows(meter.Id, $"start >= {from} AND start < {to}", row =>
        {
            if (loads.TryGetValue(row.Load, out var load))
                rows.Add(new Candidate(row.Start, row.Start + row.Length, row.Amount, load.Scale, row.Quality,
                    row.Band, load.Revision, load));
        });
        var conflicts = new List<ReadingConflict>();
        foreach (var versions in rows.GroupBy(row => (row.Start, row.End)).Where(g => g.Skip(1).Any()))
        {
            var order = versions.Order(Comparer<Candidate>.Create((a, b) => Candidate.Prefer(a, b)))
                .ToArray();
            var kept = Amount.From(order[0].Amount, order[0].Scale);
            foreach (var other in order.Skip(1))
            {
                var value = Amount.From(other.Amount, other.Scale);
                if (value == kept) continue;
                var by = order[0].Revision != other.Revision ? ReadingChoice.Revision
                    : order[0].Quality != other.Quality ? ReadingChoice.Quality : ReadingChoice.Arbitrary;
                conflicts.Add(new ReadingConflict(
                    meter.Id, Span(other.Start, Math.Max(other.End, other.Start + 1)), kept,
                    order[0].Load.Batch, value, other.Load.Batch, by));
            }
        }
        return conflicts.OrderBy(c => c.Period.Start).ThenBy(c => c.OtherBatch).ToArray();
    });

    /// <summary>What a counter did in a period other than rise, in order of time.</summary>
    public IReadOnlyList<CounterEvent> CounterEventsAt(ReadingMeter meter, Period period, long position) =>
        Guarded(() =>
        {
            var events = new List<CounterEvent>();
            var counting = _history.Counting(meter.Id, position, _loads);
            Parts(meter, counting, period.Start.ToUnixTimeSeconds(), period.End.ToUnixTimeSeconds(), events);
            return events.Where(e => e.Period.Overlaps(period)).ToArray();
        });

    /// <summary>
    /// From the first to the last second that a meter has readings for at a position; null for none.
    /// </summary>
    public Period? SpanAt(string meter, long position)
    {
        lock (_turn)
        {
            var counting = _history.Counting(meter, position, _loads);
            if (counting.Count == 0) return null;
            var first = counting.Min(load => load.Stored.First);
            return Span(first, Math.Max(counting.Max(load => load.Stored.Last), first + 1));
        }
    }

    /// <summary>
    /// The last counter reading before an instant that counts at a position; null when there is none.
    /// </summary>
    /// <exception cref="RefusedException">As <see cref="MonthsAt"/>.</exception>
    public (Instant At, Amount Value)? LastStateAt(string meter, Instant before, long position) =>
        Guarded<(Instant, Amount)?>(() =>
        {
            var loads = _history.Counting(meter, position, _loads)
                .ToDictionary(load => load.Counting.Id, load => load.Counting);
            var at = Anchor(meter, loads, before.ToUnixTimeSeconds(), back: true);
            return States(meter, loads, at, at) is [.., var last]
                ? (Instant.FromUnixTimeSeconds(last.At), Amount.From(last.Value, last.Load.Scale)) : null;
        });

    private List<CountedPart> PartsIn(ReadingMeter meter, Period period, long position) => Parts(
        meter, _history.Counting(meter.Id, position, _loads), period.Start.ToUnixTimeSeconds(),
        period.End.ToUnixTimeSeconds());

    private List<ReadingSum> FromRows(ReadingMeter meter, SumLevel level, MonthSpan months, long position)
    {
        var counting = _history.Counting(meter.Id, position, _loads);
        var sums = new List<ReadingSum>();
        if (counting.Count == 0) return sums;
        var days = new List<(long From, long To)>();
        if (Overlap(counting, months.In(meter.Zone)) is { } inside) days.Add(inside);
        foreach (var run in Runs(meter.Zone, days))
        {
            var calendar = new LocalCalendar(meter.Zone, run);
            var parts = Parts(meter, counting, calendar.Start, calendar.End);
            sums.AddRange(ReadingSums.Of(parts, calendar, level).Select(row => new ReadingSum(
                row.Start, row.Length, BandName(row.Band), Amount.From(row.Sum, row.Scale), row.Known,
                Amount.From(row.Estimated, row.Scale), Amount.From(row.Interpolated, row.Scale), row.Count,
                Amount.From(row.Min, row.Scale), Amount.From(row.Max, row.Scale))));
        }
        return sums;
    }

    private static (long From, long To)? Overlap(
        List<(StoredLoad Stored, CountingLoad Counting)> counting, Period period)
    {
        var from = Math.Max(counting.Min(load => load.Stored.First), period.Start.ToUnixTimeSeconds());
        var to = Math.Min(counting.Max(load => load.Stored.Last), period.End.ToUnixTimeSeconds());
        return to > from ? (from, to) : null;
    }

    private static MeterMonth Month(ReadingMeter meter, ReadingSum sum) => new(
        meter.Id, meter.Zone.MonthOf(Instant.FromUnixTimeSeconds(sum.Start)), sum.Band, sum.Sum, sum.Known,
        sum.Length, sum.Estimated, sum.Count, sum.Interpolated);

    private static Period Span(long from, long to) =>
        new(Instant.FromUnixTimeSeconds(from), Instant.FromUnixTimeSeconds(to));
}
