using System.Globalization;
using Celadon.Ledger;
using Celadon.Text;

namespace Celadon.Store.Readings;

/// <summary>What a readings store finds when it is set against the journal.</summary>
/// <param name="Absent">
/// Acknowledged records whose rows the store does not hold: to be read again from evidence.
/// </param>
/// <param name="Unacknowledged">
/// Content hashes whose rows were stored but that no record names: an append that ended before its commit.
/// They count nowhere, and <see cref="ReadingStore.Compact"/> lets them go.
/// </param>
public sealed record ReadingHealth(
    IReadOnlyList<(long Position, ReadingsRecord Record)> Absent, IReadOnlyList<string> Unacknowledged);

/// <summary>
/// Raw telemetry as received, by content, in one DuckDB file beside the journal. The order of an append is:
/// <see cref="Load"/> (the rows are durable, and count nowhere), the journal's commit of the readings
/// records, then <see cref="Acknowledge"/> (they count from that position on). On opening, <see cref="Heal"/>
/// is given what the journal says; nothing else decides what counts, so an end between any two steps loses
/// and doubles nothing. Rollups are made on demand for the days whose readings changed since they were last
/// made, and can be thrown away at any time. All members may be called from several threads; they take turns.
/// </summary>
public sealed partial class ReadingStore : IDisposable
{
    private readonly Lock _turn = new();
    private readonly ReadingDatabase _database;
    private readonly bool _readOnly;
    private readonly Dictionary<string, int> _meters = new(StringComparer.Ordinal);
    private readonly Dictionary<string, short> _bands = new(StringComparer.Ordinal);
    private readonly List<string> _bandNames = [];
    private readonly Dictionary<string, StoredLoad> _loads = new(StringComparer.Ordinal);
    private readonly HashSet<string> _loadedHere = new(StringComparer.Ordinal);
    private ReadingHistory _history = new();
    private int _lastLoad;

    private ReadingStore(string path, bool readOnly)
    {
        (Path, _readOnly) = (path, readOnly);
        _database = new ReadingDatabase(path, readOnly);
        try
        {
            _database.Guard(() =>
            {
                ReadDirectory();
                ReadRolled();
                return 0;
            });
        }
        catch
        {
            _database.Dispose();
            throw;
        }
    }

    /// <summary>The DuckDB file.</summary>
    public string Path { get; }

    /// <summary>True when nothing can be stored.</summary>
    public bool IsReadOnly => _readOnly;

    /// <summary>
    /// A store that ends with the process: readings of a workspace that nothing may be written to.
    /// </summary>
    public static ReadingStore InMemory() => new(ReadingDatabase.Memory, false);

    /// <summary>Opens the store, and makes it where there is none.</summary>
    /// <exception cref="RefusedException">
    /// readings.locked: another process has it open. readings.damaged: it cannot be read; set it aside
    /// (<see cref="SetAside"/>), open anew, and load the contents that <see cref="Heal"/> names as absent
    /// from the evidence. readings.newer: made by a newer program. readings.none: read-only, and there is no
    /// file.
    /// </exception>
    public static ReadingStore Open(string path, bool readOnly = false) => new(path, readOnly);

    /// <summary>
    /// Renames a damaged store and its log so that a new one can be made; nothing is deleted.
    /// </summary>
    /// <returns>The new name, the first free one of PATH.damaged-1, -2, ….</returns>
    public static string SetAside(string path)
    {
        for (var number = 1; ; number++)
        {
            var aside = path + ".damaged-" + number.ToString(CultureInfo.InvariantCulture);
            if (File.Exists(aside) || File.Exists(aside + ".wal")) continue;
            if (File.Exists(path + ".wal")) File.Move(path + ".wal", aside + ".wal");
            if (File.Exists(path)) File.Move(path, aside);
            return aside;
        }
    }

    /// <summary>Takes what the journal says, in place of what was known.</summary>
    /// <param name="records">Every readings record with its position.</param>
    /// <param name="reversals">
    /// Every readings record that was taken back (itself or with its whole batch), with the reversal's
    /// position.
    /// </param>
    public ReadingHealth Heal(
        IEnumerable<(long Position, ReadingsRecord Record)> records,
        IEnumerable<(long Batch, long Position)>? reversals = null)
    {
        var history = new ReadingHistory();
        foreach (var (position, record) in records) history.Add(position, record);
        foreach (var (batch, position) in reversals ?? []) history.Reverse(batch, position);
        lock (_turn)
        {
            _history = history;
            _changes++;
            return Health();
        }
    }

    /// <summary>
    /// A readings record was committed to the journal: its rows count from that position on.
    /// </summary>
    public void Acknowledge(long position, ReadingsRecord record)
    {
        lock (_turn)
        {
            _history.Add(position, record);
            _changes++;
        }
    }

    /// <summary>
    /// A reversal of a readings record was committed: its rows count no more from that position on.
    /// </summary>
    /// <param name="batch">Position of the readings record.</param>
    /// <param name="position">Position of the reversal.</param>
    public void Reverse(long batch, long position)
    {
        lock (_turn)
        {
            _history.Reverse(batch, position);
            _changes++;
        }
    }

    /// <summary>How the store stands against the journal now.</summary>
    public ReadingHealth Health()
    {
        lock (_turn)
        {
            var named = _history.All.Select(r => r.Record.ContentSha256).ToHashSet(StringComparer.Ordinal);
            return new ReadingHealth(
                [.. _history.All.Where(r => !_loads.ContainsKey(r.Record.ContentSha256))],
                [.. _loads.Keys.Where(hash => !named.Contains(hash)).Order(StringComparer.Ordinal)]);
        }
    }

    /// <summary>
    /// Stores series durably, in one transaction. A series whose content is stored already is left as it is,
    /// so that a load may be repeated. They count once <see cref="Acknowledge"/> or <see cref="Heal"/> names
    /// them.
    /// </summary>
    /// <returns>How many readings were new to the store.</returns>
    public long Load(params IReadOnlyList<ReadingSeries> series) => Load(series, CancellationToken.None);

    /// <summary>As the other; cancelled, none of them is stored.</summary>
    public long Load(IReadOnlyList<ReadingSeries> series, CancellationToken cancel) =>
        Guarded(() => Store(series, cancel));

    /// <summary>Lets go of those contents that no record names: their batch was cancelled.</summary>
    public void Unload(IEnumerable<ReadingSeries> series) => Guarded(() =>
    {
        var orphans = Health().Unacknowledged.Intersect(series.Select(s => s.ContentSha256)).ToArray();
        if (orphans.Length == 0) return 0;
        _database.Transact(() =>
        {
            Drop([.. orphans.Select(hash => _loads[hash].Id)]);
            ForgetRollups();
        });
        foreach (var hash in orphans)
        {
            _loads.Remove(hash);
            _loadedHere.Remove(hash);
        }
        return orphans.Length;
    });

    /// <summary>
    /// Stores a series in place of rows that no longer have its hash (<see cref="Verify"/> names them), read
    /// again from its evidence.
    /// </summary>
    public void Restore(ReadingSeries series) => Guarded(() =>
    {
        if (_loads.TryGetValue(series.ContentSha256, out var damaged))
        {
            _database.Transact(() =>
            {
                Drop([damaged.Id]);
                ForgetRollups();
            });
            _loads.Remove(series.ContentSha256);
        }
        return Store([series], CancellationToken.None);
    });

    /// <summary>Moves the log into the file. Not needed for durability.</summary>
    public void Checkpoint() => Guarded(() =>
    {
        _database.Run("CHECKPOINT");
        return 0;
    });

    /// <summary>
    /// Copies the store to a new file, synced when this returns. Nothing is stored meanwhile, and the log is
    /// in the file, so that the copy is the store at one instant.
    /// </summary>
    public void CopyTo(string path) => Guarded(() =>
    {
        if (Path == ReadingDatabase.Memory) return 0;
        if (!_readOnly) _database.Run("CHECKPOINT");
        Files.Durable.Copy(Path, path);
        if (File.Exists(Path + ".wal")) Files.Durable.Copy(Path + ".wal", path + ".wal");
        return 0;
    });

    /// <summary>
    /// Puts the rows of each meter together, in order of load and time, lets go of rows that no record names
    /// (an append that ended before its commit, in an earlier life of the process) or that belong to no
    /// content, and checkpoints.
    /// </summary>
    public void Compact() => Guarded(() =>
    {
        var orphans = Health().Unacknowledged.Where(hash => !_loadedHere.Contains(hash)).ToArray();
        _database.Transact(() =>
        {
            if (orphans.Length > 0)
            {
                Drop([.. orphans.Select(hash => _loads[hash].Id)]);
                ForgetRollups();
            }
            _database.Run("CREATE TABLE sorted AS SELECT * FROM readings "
                + "WHERE load IN (SELECT id FROM loads) ORDER BY meter, load, start;"
                + "DROP TABLE readings; ALTER TABLE sorted RENAME TO readings;");
        });
        foreach (var hash in orphans) _loads.Remove(hash);
        _database.Run("CHECKPOINT");
        return 0;
    });

    /// <inheritdoc/>
    public void Dispose() => _database.Dispose();

    private T Guarded<T>(Func<T> work)
    {
        lock (_turn) return _database.Guard(work);
    }

    private void ReadDirectory()
    {
        var names = new Dictionary<int, string>();
        _database.Read("SELECT id, name FROM meters", row => names.Add(row.GetInt32(0), row.GetString(1)));
        foreach (var (id, name) in names) _meters[name] = id;
        _database.Read("SELECT id, name FROM bands ORDER BY id", row =>
        {
            _bands[row.GetString(1)] = row.GetInt16(0);
            _bandNames.Add(row.GetString(1));
        });
        _database.Read("SELECT id, sha256, meter, scale, count, first, last, longest, counters FROM loads",
            row =>
        {
            var load = new StoredLoad(
                row.GetInt32(0), row.GetString(1), names.GetValueOrDefault(row.GetInt32(2), ""),
                row.GetByte(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6), row.GetInt32(7),
                row.GetInt64(8));
            _loads[load.Sha256] = load;
            _lastLoad = Math.Max(_lastLoad, load.Id);
        });
    }

    private long Store(IReadOnlyList<ReadingSeries> series, CancellationToken cancel)
    {
        var fresh = series.Where(s => !_loads.ContainsKey(s.ContentSha256)).DistinctBy(s => s.ContentSha256)
            .ToArray();
        if (fresh.Length == 0) return 0;
        var loads = fresh.Select((s, index) => Describe(s, _lastLoad + 1 + index)).ToArray();
        var meters = fresh.Select(s => s.Meter).Distinct().Where(name => !_meters.ContainsKey(name))
            .Select((name, index) => KeyValuePair.Create(name, _meters.Count + 1 + index)).ToArray();
        var bands = fresh.SelectMany(s => s.Bands).Distinct().Where(name => !_bands.ContainsKey(name))
            .Select((name, index) => KeyValuePair.Create(name, (short)(_bandNames.Count + index))).ToArray();
        Dictionary<string, int> meterIds = new(_meters.Concat(meters), StringComparer.Ordinal);
        Dictionary<string, short> bandIds = new(_bands.Concat(bands), StringComparer.Ordinal);
        _database.Transact(() =>
        {
            foreach (var (name, id) in meters)
                _database.Run(FormattableString.Invariant($"INSERT INTO meters VALUES ({id}, ?)"), name);
            foreach (var (name, id) in bands)
                _database.Run(FormattableString.Invariant($"INSERT INTO bands VALUES ({id}, ?)"), name);
            _database.Append("loads", appender =>
            {
                foreach (var load in loads)
                    appender.CreateRow().AppendValue(load.Id).AppendValue(load.Sha256)
                        .AppendValue(meterIds[load.Meter]).AppendValue(load.Scale).AppendValue(load.Count)
                        .AppendValue(load.First).AppendValue(load.Last).AppendValue(load.Longest)
                        .AppendValue(load.Counters).EndRow();
            });
            for (var i = 0; i < fresh.Length; i++)
            {
                cancel.ThrowIfCancellationRequested();
                AppendRows(fresh[i], meterIds[fresh[i].Meter], loads[i].Id, bandIds);
            }
        });
        foreach (var (name, id) in meters) _meters.Add(name, id);
        foreach (var (name, id) in bands)
        {
            _bands.Add(name, id);
            _bandNames.Add(name);
        }
        foreach (var load in loads)
        {
            _loads.Add(load.Sha256, load);
            _loadedHere.Add(load.Sha256);
        }
        _lastLoad += loads.Length;
        return loads.Sum(load => load.Count);
    }

    private void AppendRows(ReadingSeries series, int meter, int load, Dictionary<string, short> bandIds)
    {
        var bands = Array.ConvertAll(series.Bands, name => bandIds[name]);
        _database.AppendColumns("readings", series.Count, rows =>
        {
            var (first, count) = (rows.First, rows.Count);
            rows.Column<int>(0).Fill(meter);
            series.StartSeconds.AsSpan(first, count).CopyTo(rows.Column<long>(1));
            series.LengthSeconds.AsSpan(first, count).CopyTo(rows.Column<int>(2));
            series.Unscaled.AsSpan(first, count).CopyTo(rows.Column<long>(3));
            series.Quality.AsSpan(first, count).CopyTo(rows.Column<byte>(4));
            var band = rows.Column<short>(5);
            for (var i = 0; i < count; i++) band[i] = bands[series.Band[first + i]];
            rows.Column<int>(6).Fill(load);
        });
    }

    private static StoredLoad Describe(ReadingSeries series, int id)
    {
        var last = series.StartSeconds[^1];
        for (var i = 0; i < series.Count; i++)
            last = Math.Max(last, series.StartSeconds[i] + series.LengthSeconds[i]);
        return new StoredLoad(
            id, series.ContentSha256, series.Meter, (byte)series.Scale, series.Count, series.StartSeconds[0],
            last,
            series.LengthSeconds.Max(), series.LengthSeconds.Count(l => l == 0));
    }

    private void Drop(int[] loads)
    {
        if (loads.Length == 0) return;
        var list = string.Join(',', loads.Select(id => id.ToString(CultureInfo.InvariantCulture)));
        _database.Run($"DELETE FROM readings WHERE load IN ({list})");
        _database.Run($"DELETE FROM loads WHERE id IN ({list})");
    }
}
