using System.Text;
using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Text;

namespace Celadon.Store.Readings;

/// <summary>Proof that the rows are those the journal names.</summary>
public sealed partial class ReadingStore
{
    private const long RowsAtOnce = 1_000_000;

    /// <summary>
    /// The content hash of a readings record, computed again from the rows; null when there are none.
    /// </summary>
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
    /// readings.absent, readings.rows-missing, readings.rows-added, readings.changed: each with the meter and
    /// the position of the record; readings.unknown: rows of no content. Empty when all is as it was
    /// acknowledged.
    /// </returns>
    public IReadOnlyList<Finding> Verify(IEnumerable<(long Position, ReadingsRecord Record)> records) =>
        Guarded(() => VerifyAll([.. records]));

    /// <summary>
    /// Makes the sums of meters again from the rows and compares them with the rollups in use:
    /// readings.rollup names each meter and stretch that differs. Differing rollups are thrown away.
    /// </summary>
    public IReadOnlyList<Finding> VerifyRollups(IEnumerable<ReadingMeter> meters) => Guarded(() =>
    {
        var findings = new List<Finding>();
        foreach (var meter in meters)
        {
            foreach (var level in Enum.GetValues<SumLevel>().Where(level => IsRolled(meter, level)))
            {
                var stored = new List<ReadingSum>();
                ReadRollups(
                    [_meters[meter.Id]], level, long.MinValue, long.MaxValue, (_, sum) => stored.Add(sum));
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
        var unknown = _database.Long(
            "SELECT count(*) FROM readings WHERE load NOT IN (SELECT id FROM loads)");
        if (unknown > 0)
            findings.Add(Finding.Of("readings.unknown", Severity.Error, null, ("count", unknown)));
        return [.. findings.OrderBy(finding => finding.Place?.Record ?? long.MaxValue)];
    }

    private static Finding About(
        string code, long position, ReadingsRecord record, long expected, long found) =>
        Finding.Of(code, Severity.Error, new Place(Record: position), ("meter", record.Meter),
            ("position", position),
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

    /// <summary>
    /// Reads the rows as they lie, which is in order of time within a load; where that is no longer so (rows
    /// were added or moved), reads them again sorted.
    /// </summary>
    private void RehashGroup(List<StoredLoad> group, Action<StoredLoad, Rehashed> each)
    {
        var found = new Dictionary<int, Rehashed>();
        if (!TryRehash(group, found, sorted: false))
        {
            found.Clear();
            TryRehash(group, found, sorted: true);
        }
        var nothing = new Rehashed("", 0, 0, 0, 0, 0);
        foreach (var load in group) each(load, found.GetValueOrDefault(load.Id, nothing));
    }

    private bool TryRehash(List<StoredLoad> group, Dictionary<int, Rehashed> results, bool sorted)
    {
        var bands = _bandNames.ConvertAll(Encoding.UTF8.GetBytes);
        var byId = group.ToDictionary(load => load.Id);
        ReadingHash? hash = null;
        StoredLoad? current = null;
        var (meter, inOrder) = (0, true);
        long count = 0, first = 0, start = 0, last = 0, counters = 0;
        var longest = 0;
        void Finish()
        {
            if (current is null || hash is null) return;
            results.Add(current.Id, new Rehashed(hash.Finish(), count, first, last, longest, counters));
            hash.Dispose();
        }

        var order = sorted ? " ORDER BY load, start" : "";
        EachRow(FormattableString.Invariant(
            $"{Columns} WHERE load >= {group[0].Id} AND load <= {group[^1].Id}{order}"), row =>
        {
            if (!inOrder || !byId.TryGetValue(row.Load, out var load)) return;
            var next = row.Start;
            if (load != current)
            {
                Finish();
                (current, hash) = (load, null);
                if (results.ContainsKey(row.Load)) inOrder = false;
                else hash = new ReadingHash(load.Meter, load.Scale, load.Count);
                meter = _meters.GetValueOrDefault(load.Meter);
                (count, first, last, counters, longest) = (0, next, next, 0, 0);
            }
            else if (next < start && !sorted) inOrder = false;
            var (length, band) = (row.Length, row.Band);
            // A row under another meter would be looked up under that one: to this content it is changed.
            var known = band >= 0 && band < bands.Count && row.Meter == meter;
            hash?.Add(next, length, row.Amount, row.Quality, known ? bands[band] : "\0"u8);
            start = next;
            count++;
            last = Math.Max(last, next + length);
            longest = Math.Max(longest, length);
            if (length == 0) counters++;
        });
        Finish();
        return inOrder;
    }
}
