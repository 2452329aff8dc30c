using System.Text;
using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Text;

namespace Celadon.Store.Readings;

/// <summary>Proof that the rows are those the journal names.</summary>
public sealed partial class ReadingStore
{
    private const long RowsAtOnce = 1_000_000;

    /// <summary>The content hash of a readings record, computed again from the rows; null when there are none.</summary>
    /// <param name="batch">Position of the record.</param>
    public string? ContentHashOf(long batch) => Guarded(() =>
    {
        if (_history.At(batch) is not { } record || !_loads.TryGetValue(record.ContentSha256, out var load))
            return null;
        string? hash = null;
        Rehash([load], (_, found) => hash = found.Hash);
        return hash;
    });

    /// <summary>
    /// Computes the hash of every acknowledged content again from the rows and compares it with its record.
    /// </summary>
    /// <param name="records">The readings records of the journal with their positions.</param>
    /// <returns>
    /// readings.absent, readings.rows-missing, readings.rows-added, readings.changed: each with the meter and the
    /// position of the record; readings.unknown: rows of no content. Empty when all is as it was acknowledged.
    /// </returns>
    public IReadOnlyList<Finding> Verify(IEnumerable<(long Position, ReadingsRecord Record)> records) =>
        Guarded(() => VerifyAll([.. records]));

    /// <summary>
    /// Makes the sums of meters again from the rows and compares them with the rollups in use: readings.rollup names
    /// each meter and stretch that differs. Differing rollups are thrown away.
    /// </summary>
    public IReadOnlyList<Finding> VerifyRollups(IEnumerable<ReadingMeter> meters) => Guarded(() =>
    {
        var findings = new List<Finding>();
        foreach (var meter in meters.Where(IsRolled))
        {
            foreach (var level in Enum.GetValues<SumLevel>())
            {
                var stored = new List<ReadingSum>();
                ReadRollups([_meters[meter.Id]], level, long.MinValue, long.MaxValue, (_, sum) => stored.Add(sum));
                var counting = _history.Counting(meter.Id, ReadingHistory.Now, _loads);
                var fresh = counting.Count == 0 ? []
                    : FromRows(meter, level, MonthsOf(meter, counting), ReadingHistory.Now);
                var differing = stored.Except(fresh).Concat(fresh.Except(stored)).ToArray();
                if (differing.Length == 0) continue;
                var first = differing.Min(sum => sum.Start);
                findings.Add(Finding.Of("readings.rollup", Severity.Error, null, ("meter", meter.Id),
                    ("count", differing.Length),
                    ("start", NodaTime.Instant.FromUnixTimeSeconds(first).ToString())));
            }
        }
        if (findings.Count > 0 && !_readOnly) _database.Transact(ForgetRollups);
        return findings;
    });

    private static MonthSpan MonthsOf(
        ReadingMeter meter, List<(StoredLoad Stored, CountingLoad Counting)> counting)
    {
        var first = counting.Min(load => load.Stored.First);
        var span = Span(first, Math.Max(counting.Max(load => load.Stored.Last), first + 1));
        var months = meter.Zone.MonthsOf(span).ToArray();
        return new MonthSpan(months[0], months[^1]);
    }

    private List<Finding> VerifyAll(List<(long Position, ReadingsRecord Record)> records)
    {
        var findings = new List<Finding>();
        var byHash = records.ToLookup(r => r.Record.ContentSha256, StringComparer.Ordinal);
        foreach (var (position, record) in records)
            if (!_loads.ContainsKey(record.ContentSha256))
                findings.Add(About("readings.absent", position, record, record.Count, 0));
        Rehash(_loads.Values.Where(load => byHash.Contains(load.Sha256)), (load, found) =>
        {
            foreach (var (position, record) in byHash[load.Sha256])
            {
                if (found.Hash == record.ContentSha256 && found.Covers(load)) continue;
                var code = found.Count < record.Count ? "readings.rows-missing"
                    : found.Count > record.Count ? "readings.rows-added" : "readings.changed";
                findings.Add(About(code, position, record, record.Count, found.Count));
            }
        });
        var unknown = _database.Long("SELECT count(*) FROM readings WHERE load NOT IN (SELECT id FROM loads)");
        if (unknown > 0)
            findings.Add(Finding.Of("readings.unknown", Severity.Error, null, ("count", unknown)));
        return [.. findings.OrderBy(finding => finding.Place?.Record ?? long.MaxValue)];
    }

    private static Finding About(string code, long position, ReadingsRecord record, long expected, long found) =>
        Finding.Of(code, Severity.Error, new Place(Record: position), ("meter", record.Meter), ("batch", position),
            ("count", expected), ("found", found));

    /// <summary>What the rows of a load say of themselves.</summary>
    private sealed record Rehashed(string Hash, long Count, long First, long Last, int Longest, long Counters)
    {
        /// <summary>True when the load's line, by which rows are looked up, says the same.</summary>
        public bool Covers(StoredLoad load) => Count == load.Count && First == load.First && Last == load.Last
            && Longest == load.Longest && Counters == load.Counters;
    }

    private void Rehash(IEnumerable<StoredLoad> loads, Action<StoredLoad, Rehashed> each)
    {
        var group = new List<StoredLoad>();
        long rows = 0;
        foreach (var load in loads.OrderBy(load => load.Id))
        {
            group.Add(load);
            rows += load.Count;
            if (rows < RowsAtOnce) continue;
            RehashGroup(group, each);
            group.Clear();
            rows = 0;
        }
        if (group.Count > 0) RehashGroup(group, each);
    }

    private void RehashGroup(List<StoredLoad> group, Action<StoredLoad, Rehashed> each)
    {
        var bands = _bandNames.ConvertAll(Encoding.UTF8.GetBytes);
        var byId = group.ToDictionary(load => load.Id);
        var counts = new Dictionary<int, long>();
        var (first, last) = (group[0].Id, group[^1].Id);
        var range = FormattableString.Invariant($"FROM readings WHERE load >= {first} AND load <= {last}");
        _database.Read($"SELECT load, count(*) {range} GROUP BY load", row => counts[row.GetInt32(0)] = row.GetInt64(1));
        ReadingHash? hash = null;
        StoredLoad? current = null;
        var found = new Rehashed("", 0, 0, 0, 0, 0);
        void Finish()
        {
            if (current is null || hash is null) return;
            each(current, found with { Hash = hash.Finish() });
            hash.Dispose();
            byId.Remove(current.Id);
        }

        _database.Read($"SELECT load, meter, start, length, amount, quality, band {range} ORDER BY load, start", row =>
        {
            var id = row.GetInt32(0);
            if (current?.Id != id)
            {
                if (!byId.TryGetValue(id, out var next)) return;
                Finish();
                current = next;
                hash = new ReadingHash(next.Meter, next.Scale, counts[id]);
                found = new Rehashed("", counts[id], row.GetInt64(2), row.GetInt64(2), 0, 0);
            }
            var (start, length, band) = (row.GetInt64(2), row.GetInt32(3), row.GetInt16(6));
            var known = band >= 0 && band < bands.Count
                && _meters.TryGetValue(current!.Meter, out var meter) && meter == row.GetInt32(1);
            // A row under another meter would be looked up under that one: to this content it is changed.
            hash!.Add(start, length, row.GetInt64(4), row.GetByte(5), known ? bands[band] : "\0"u8);
            found = found with
            {
                Last = Math.Max(found.Last, start + length), Longest = Math.Max(found.Longest, length),
                Counters = found.Counters + (length == 0 ? 1 : 0),
            };
        });
        Finish();
        foreach (var load in byId.Values) each(load, new Rehashed("", 0, 0, 0, 0, 0));
    }
}
