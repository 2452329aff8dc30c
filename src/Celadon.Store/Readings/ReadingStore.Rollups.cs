using System.Numerics;
using Celadon.Quantities;
using NodaTime;

namespace Celadon.Store.Readings;

using Counting = List<(StoredLoad Stored, CountingLoad Counting)>;

/// <summary>
/// Rollups: sums by local hour, day or month, each level made when it is first asked for. Beside them stands
/// which contents (and revisions) they were made from; the difference to what counts now says which days are
/// dirty. There is no mark that an interrupted append could forget to set.
/// </summary>
public sealed partial class ReadingStore
{
    private const int MonthsAtOnce = 12;

    private readonly Dictionary<(string Meter, SumLevel Level), Rolled> _rolled = [];
    private long _changes;

    /// <summary>What a meter's rollups of one level were made from.</summary>
    private sealed record Rolled(string Basis, Dictionary<int, int> Revisions, long CheckedAt);

    /// <summary>Throws all rollups away; they are made again when they are next needed.</summary>
    public void ForgetAllRollups() => Guarded(() =>
    {
        _database.Transact(ForgetRollups);
        return 0;
    });

    private void ForgetRollups()
    {
        foreach (var level in Enum.GetValues<SumLevel>()) _database.Run($"DELETE FROM {Table(level)}");
        _database.Run("DELETE FROM rolled; DELETE FROM rolled_meters;");
        _rolled.Clear();
    }

    private void ReadRolled()
    {
        var names = _meters.ToDictionary(meter => meter.Value, meter => meter.Key);
        _database.Read("SELECT meter, level, basis FROM rolled_meters", row =>
            _rolled[(names[row.GetInt32(0)], (SumLevel)row.GetByte(1))] = new(row.GetString(2), [], -1));
        _database.Read("SELECT meter, level, load, revision FROM rolled", row =>
            _rolled[(names[row.GetInt32(0)], (SumLevel)row.GetByte(1))]
                .Revisions[row.GetInt32(2)] = row.GetInt32(3));
    }

    private static string Table(SumLevel level) => level switch
    {
        SumLevel.Hour => "rollup_hour",
        SumLevel.Day => "rollup_day",
        _ => "rollup_month",
    };

    /// <summary>True when the rollups of a meter say what counts now.</summary>
    private bool IsRolled(ReadingMeter meter, SumLevel level)
    {
        var rolled = _rolled.GetValueOrDefault((meter.Id, level));
        if (rolled is null || rolled.Basis != meter.Basis) return false;
        if (rolled.CheckedAt == _changes) return true;
        var counting = _history.Counting(meter.Id, ReadingHistory.Now, _loads);
        if (Changed(rolled, counting).Count > 0) return false;
        _rolled[(meter.Id, level)] = rolled with { CheckedAt = _changes };
        return true;
    }

    /// <summary>Makes the rollups of meters say what counts now, in one transaction.</summary>
    private void Refresh(IEnumerable<ReadingMeter> meters, SumLevel level)
    {
        var dirty = meters.Where(meter => _meters.ContainsKey(meter.Id) && !IsRolled(meter, level)).ToArray();
        if (dirty.Length == 0) return;
        var made = new List<(string Meter, Rolled Rolled)>();
        _database.Transact(() =>
        {
            foreach (var meter in dirty) made.Add((meter.Id, Roll(meter, level)));
        });
        foreach (var (meter, rolled) in made) _rolled[(meter, level)] = rolled;
    }

    /// <summary>Makes the dirty days of a meter again, or the months they lie in.</summary>
    private Rolled Roll(ReadingMeter meter, SumLevel level)
    {
        var (id, table) = (_meters[meter.Id], Table(level));
        var counting = _history.Counting(meter.Id, ReadingHistory.Now, _loads);
        var known = _rolled.GetValueOrDefault((meter.Id, level));
        if (known is not null && known.Basis != meter.Basis) known = null;
        var ofMeter = FormattableString.Invariant($"meter = {id}");
        if (known is null) _database.Run($"DELETE FROM {table} WHERE {ofMeter}");
        var days = DirtyDays(meter, counting, Changed(known, counting));
        foreach (var months in Runs(meter.Zone, days))
        {
            var calendar = new LocalCalendar(meter.Zone, months);
            // A dirty day makes its whole month dirty at the level of months.
            List<(long From, long To)> stretches = level == SumLevel.Month ? [(calendar.Start, calendar.End)]
                : [.. days.Where(day => day.From < calendar.End && day.To > calendar.Start)
                    .Select(day => (Math.Max(day.From, calendar.Start), Math.Min(day.To, calendar.End)))];
            if (known is not null)
                foreach (var (from, to) in stretches)
                    _database.Run($"DELETE FROM {table} WHERE {ofMeter} AND {Between(from, to)}");
            var rows = ReadingSums.Of(Parts(meter, counting, calendar.Start, calendar.End), calendar, level);
            Append(table, id, rows.Where(
                row => stretches.Exists(s => row.Start >= s.From && row.Start < s.To)));
        }
        var revisions = counting.ToDictionary(load => load.Counting.Id, load => load.Counting.Revision);
        var ofLevel = FormattableString.Invariant($"{ofMeter} AND level = {(int)level}");
        _database.Run($"DELETE FROM rolled WHERE {ofLevel}; DELETE FROM rolled_meters WHERE {ofLevel};");
        _database.Run(
            FormattableString.Invariant($"INSERT INTO rolled_meters VALUES ({id}, {(int)level}, ?)"),
            meter.Basis);
        var number = (byte)level;
        _database.Append("rolled", appender =>
        {
            foreach (var (load, revision) in revisions)
                appender.CreateRow().AppendValue(id).AppendValue(number).AppendValue(load)
                    .AppendValue(revision).EndRow();
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
    private List<(long From, long To)> DirtyDays(
        ReadingMeter meter, Counting counting, List<StoredLoad> changed)
    {
        var loads = counting.ToDictionary(load => load.Counting.Id, load => load.Counting);
        var merged = new List<(long From, long To)>();
        var ranges = changed.Select(load =>
        {
            var (from, to) = (load.First, Math.Max(load.Last, load.First + 1));
            // The steps from the counter reading before and to the one after change too.
            if (load.Counters > 0)
                (from, to) = (Anchor(meter.Id, loads, from, back: true),
                    Anchor(meter.Id, loads, to, back: false));
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
            Instant.FromUnixTimeSeconds(day.From), Instant.FromUnixTimeSeconds(day.To))))
            .Distinct().ToArray();
        for (var i = 0; i < months.Length;)
        {
            var j = i;
            while (++j < months.Length && months[j] == months[j - 1].PlusMonths(1)
                && j - i < MonthsAtOnce) { }
            yield return new MonthSpan(months[i], months[j - 1]);
            i = j;
        }
    }

    private void Append(string table, int meter, IEnumerable<SumRow> rows) =>
        _database.Append(table, appender =>
    {
        foreach (var row in rows)
            appender.CreateRow().AppendValue(meter).AppendValue(row.Start).AppendValue(row.Length)
                .AppendValue(row.Band).AppendValue(row.Scale).AppendValue((BigInteger)row.Sum)
                .AppendValue(row.Known).AppendValue((BigInteger)row.Estimated)
                .AppendValue((BigInteger)row.Interpolated).AppendValue(row.Count)
                .AppendValue((BigInteger)row.Min).AppendValue((BigInteger)row.Max).EndRow();
    });

    private void ReadRollups(int[] meters, SumLevel level, long from, long to, Action<int, ReadingSum> each)
    {
        if (meters.Length == 0) return;
        _database.Read(
            FormattableString.Invariant(
                $"""
                SELECT meter, start, length, band, scale, sum, known, estimated, interpolated, count, min, max
                FROM {Table(level)} WHERE {Between(from, to)} AND meter IN ({string.Join(',', meters)})
                """),
            row =>
            {
                var scale = row.GetByte(4);
                Amount At(int column) => Amount.From(row.GetFieldValue<BigInteger>(column), scale);
                each(row.GetInt32(0), new ReadingSum(
                    row.GetInt64(1), row.GetInt32(2), BandName(row.GetInt16(3)), At(5), row.GetInt64(6),
                    At(7), At(8),
                    row.GetInt64(9), At(10), At(11)));
            });
    }
}
