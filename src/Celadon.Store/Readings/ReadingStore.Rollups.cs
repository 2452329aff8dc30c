using System.Numerics;
using Celadon.Quantities;
using NodaTime;

namespace Celadon.Store.Readings;

using Counting = List<(StoredLoad Stored, CountingLoad Counting)>;

/// <summary>
/// Rollups: sums by local hour, day and month, made for what counts now. Beside them stands which contents (and
/// revisions) they were made from; the difference to what counts now says which days are dirty. There is no mark
/// that an interrupted append could forget to set.
/// </summary>
public sealed partial class ReadingStore
{
    private const int MonthsAtOnce = 12;

    private readonly Dictionary<string, Rolled> _rolled = new(StringComparer.Ordinal);
    private long _changes;

    /// <summary>What a meter's rollups were made from.</summary>
    private sealed record Rolled(string Basis, Dictionary<int, int> Revisions, long CheckedAt);

    /// <summary>Throws all rollups away; they are made again when they are next needed.</summary>
    public void ForgetAllRollups() => Guarded(() =>
    {
        _database.Transact(ForgetRollups);
        return 0;
    });

    private void ForgetRollups()
    {
        _database.Run("DELETE FROM rollups; DELETE FROM rolled; DELETE FROM rolled_meters;");
        _rolled.Clear();
    }

    private void ReadRolled()
    {
        var names = _meters.ToDictionary(meter => meter.Value, meter => meter.Key);
        _database.Read("SELECT meter, basis FROM rolled_meters", row =>
            _rolled[names[row.GetInt32(0)]] = new Rolled(row.GetString(1), [], -1));
        _database.Read("SELECT meter, load, revision FROM rolled", row =>
            _rolled[names[row.GetInt32(0)]].Revisions[row.GetInt32(1)] = row.GetInt32(2));
    }

    /// <summary>True when the rollups of a meter say what counts now.</summary>
    private bool IsRolled(ReadingMeter meter)
    {
        if (!_rolled.TryGetValue(meter.Id, out var rolled) || rolled.Basis != meter.Basis) return false;
        if (rolled.CheckedAt == _changes) return true;
        var counting = _history.Counting(meter.Id, ReadingHistory.Now, _loads);
        if (Changed(rolled, counting).Count > 0) return false;
        _rolled[meter.Id] = rolled with { CheckedAt = _changes };
        return true;
    }

    /// <summary>Makes the rollups of meters say what counts now, in one transaction.</summary>
    private void Refresh(IEnumerable<ReadingMeter> meters)
    {
        var dirty = meters.Where(meter => _meters.ContainsKey(meter.Id) && !IsRolled(meter))
            .DistinctBy(meter => meter.Id).ToArray();
        if (dirty.Length == 0) return;
        var made = new List<(string Meter, Rolled Rolled)>();
        _database.Transact(() =>
        {
            foreach (var meter in dirty) made.Add((meter.Id, Roll(meter)));
        });
        foreach (var (meter, rolled) in made) _rolled[meter] = rolled;
    }

    /// <summary>Makes the dirty days of a meter again, and the months they lie in.</summary>
    private Rolled Roll(ReadingMeter meter)
    {
        var id = _meters[meter.Id];
        var counting = _history.Counting(meter.Id, ReadingHistory.Now, _loads);
        var known = _rolled.GetValueOrDefault(meter.Id);
        if (known is not null && known.Basis != meter.Basis) known = null;
        if (known is null) _database.Run(FormattableString.Invariant($"DELETE FROM rollups WHERE meter = {id}"));
        var changed = Changed(known, counting);
        var days = DirtyDays(meter, counting, changed);
        foreach (var months in Runs(meter.Zone, days))
        {
            var calendar = new LocalCalendar(meter.Zone, months);
            var rows = ReadingSums.Of(
                Parts(meter, counting, calendar.Start, calendar.End), calendar,
                SumLevel.Hour, SumLevel.Day, SumLevel.Month);
            _database.Run(FormattableString.Invariant(
                $"DELETE FROM rollups WHERE meter = {id} AND level = 2 AND {Between(calendar.Start, calendar.End)}"));
            foreach (var (from, to) in days.Where(day => day.From < calendar.End && day.To > calendar.Start))
            {
                var inside = Between(Math.Max(from, calendar.Start), Math.Min(to, calendar.End));
                _database.Run(FormattableString.Invariant(
                    $"DELETE FROM rollups WHERE meter = {id} AND level < 2 AND {inside}"));
            }
            Append(id, rows.Where(row => row.Level == SumLevel.Month
                || days.Exists(day => row.Start >= day.From && row.Start < day.To)));
        }
        var revisions = counting.ToDictionary(load => load.Counting.Id, load => load.Counting.Revision);
        _database.Run(FormattableString.Invariant(
            $"DELETE FROM rolled WHERE meter = {id}; DELETE FROM rolled_meters WHERE meter = {id};"));
        _database.Run(FormattableString.Invariant($"INSERT INTO rolled_meters VALUES ({id}, ?)"), meter.Basis);
        _database.Append("rolled", appender =>
        {
            foreach (var (load, revision) in revisions)
                appender.CreateRow().AppendValue(id).AppendValue(load).AppendValue(revision).EndRow();
        });
        return new Rolled(meter.Basis, revisions, _changes);
    }

    private static string Between(long from, long to) =>
        FormattableString.Invariant($"start >= {from} AND start < {to}");

    /// <summary>Contents that count now and did not, or did and do not, or with another revision.</summary>
    private List<StoredLoad> Changed(Rolled? rolled, Counting counting)
    {
        var before = rolled?.Revisions ?? [];
        var changed = counting
            .Where(load => !before.TryGetValue(load.Counting.Id, out var revision)
                || revision != load.Counting.Revision)
            .Select(load => load.Stored).ToList();
        if (before.Count + changed.Count == counting.Count) return changed;
        var now = counting.Select(load => load.Counting.Id).ToHashSet();
        changed.AddRange(_loads.Values.Where(load => before.ContainsKey(load.Id) && !now.Contains(load.Id)));
        return changed;
    }

    /// <summary>The local days that changed contents touch, as merged ranges of seconds.</summary>
    private List<(long From, long To)> DirtyDays(ReadingMeter meter, Counting counting, List<StoredLoad> changed)
    {
        var loads = counting.ToDictionary(load => load.Counting.Id, load => load.Counting);
        var merged = new List<(long From, long To)>();
        var ranges = changed.Select(load =>
        {
            var (from, to) = (load.First, Math.Max(load.Last, load.First + 1));
            // The steps from the counter reading before and to the one after change with the readings between.
            if (load.Counters > 0)
                (from, to) = (Anchor(meter.Id, loads, from, back: true), Anchor(meter.Id, loads, to, back: false));
            var first = meter.Zone.DateOf(Instant.FromUnixTimeSeconds(from));
            var last = meter.Zone.DateOf(Instant.FromUnixTimeSeconds(Math.Max(to, from + 1) - 1));
            var period = meter.Zone.Days(first, last);
            return (From: period.Start.ToUnixTimeSeconds(), To: period.End.ToUnixTimeSeconds());
        });
        foreach (var range in ranges.Order())
        {
            if (merged.Count > 0 && range.From <= merged[^1].To)
                merged[^1] = (merged[^1].From, Math.Max(merged[^1].To, range.To));
            else merged.Add(range);
        }
        return merged;
    }

    /// <summary>The months of the dirty days as spans of at most a year.</summary>
    private static IEnumerable<MonthSpan> Runs(SiteZone zone, List<(long From, long To)> days)
    {
        var months = days.SelectMany(day => zone.MonthsOf(new Period(
            Instant.FromUnixTimeSeconds(day.From), Instant.FromUnixTimeSeconds(day.To)))).Distinct().ToArray();
        for (var i = 0; i < months.Length;)
        {
            var j = i;
            while (j + 1 < months.Length && months[j + 1] == months[j].PlusMonths(1) && j + 1 - i < MonthsAtOnce) j++;
            yield return new MonthSpan(months[i], months[j]);
            i = j + 1;
        }
    }

    private void Append(int meter, IEnumerable<SumRow> rows) => _database.Append("rollups", appender =>
    {
        foreach (var row in rows)
            appender.CreateRow().AppendValue(meter).AppendValue((byte)row.Level).AppendValue(row.Start)
                .AppendValue(row.Length).AppendValue(row.Band).AppendValue(row.Scale)
                .AppendValue((BigInteger)row.Sum).AppendValue(row.Known).AppendValue((BigInteger)row.Estimated)
                .AppendValue((BigInteger)row.Interpolated).AppendValue(row.Count)
                .AppendValue((BigInteger)row.Min).AppendValue((BigInteger)row.Max).EndRow();
    });

    private void ReadRollups(
        int[] meters, SumLevel level, long from, long to, Action<int, ReadingSum> each)
    {
        if (meters.Length == 0) return;
        _database.Read(
            FormattableString.Invariant(
                $"""
                SELECT meter, start, length, band, scale, sum, known, estimated, interpolated, count, min, max
                FROM rollups WHERE level = {(int)level} AND {Between(from, to)} AND meter IN ({string.Join(',', meters)})
                """),
            row =>
            {
                var scale = row.GetByte(4);
                Amount At(int column) => Amount.From(row.GetFieldValue<BigInteger>(column), scale);
                each(row.GetInt32(0), new ReadingSum(
                    row.GetInt64(1), row.GetInt32(2), BandName(row.GetInt16(3)), At(5), row.GetInt64(6), At(7), At(8),
                    row.GetInt64(9), At(10), At(11)));
            });
    }
}
