using Celadon.Ledger;
using Celadon.Text;

namespace Celadon.Store.Readings;

/// <summary>The rows of one content as the store keeps them.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Sha256">Its content hash.</param>
/// <param name="Meter">Id of the meter.</param>
/// <param name="Scale">Its amounts are integers × 10^-scale.</param>
/// <param name="Count">How many rows.</param>
/// <param name="First">First second, since 1970 UTC.</param>
/// <param name="Last">First second after its last interval; the last counter reading's second.</param>
/// <param name="Longest">Seconds of its longest interval.</param>
/// <param name="Counters">How many of the rows are counter readings.</param>
internal sealed record StoredLoad(
    int Id, string Sha256, string Meter, byte Scale, long Count, long First, long Last, int Longest,
    long Counters);

/// <summary>
/// What the journal says of readings: which contents were acknowledged, at which positions, and which were
/// taken back. The store holds rows by content; only this makes them count.
/// </summary>
internal sealed class ReadingHistory
{
    private readonly Dictionary<string, List<Batch>> _byMeter = new(StringComparer.Ordinal);
    private readonly SortedDictionary<long, Batch> _byPosition = [];

    private sealed class Batch(long position, ReadingsRecord record)
    {
        public long Position => position;

        public ReadingsRecord Record => record;

        public long? Reversed { get; set; }

        public bool CountsAt(long at) => position <= at && !(Reversed <= at);
    }

    /// <summary>After every position: what is known now.</summary>
    public const long Now = long.MaxValue;

    /// <summary>Adds a readings record; one that is known already changes nothing.</summary>
    public void Add(long position, ReadingsRecord record)
    {
        if (!_byPosition.TryAdd(position, new Batch(position, record))) return;
        if (!_byMeter.TryGetValue(record.Meter, out var batches)) _byMeter.Add(record.Meter, batches = []);
        batches.Add(_byPosition[position]);
    }

    /// <summary>Takes a readings record back from a position on.</summary>
    public void Reverse(long batch, long at)
    {
        if (_byPosition.TryGetValue(batch, out var known))
            known.Reversed = Math.Min(known.Reversed ?? at, at);
    }

    /// <summary>The record at a position, or null.</summary>
    public ReadingsRecord? At(long position) => _byPosition.GetValueOrDefault(position)?.Record;

    /// <summary>All records in order of position.</summary>
    public IEnumerable<(long Position, ReadingsRecord Record)> All =>
        _byPosition.Values.Select(batch => (batch.Position, batch.Record));

    /// <summary>Ids of the meters that have readings, in order.</summary>
    public IEnumerable<string> Meters => _byMeter.Keys.Order(StringComparer.Ordinal);

    /// <summary>The last position at which a meter's readings changed; 0 for none.</summary>
    public long LastChange(string meter) => _byMeter.GetValueOrDefault(meter) is not { } batches ? 0
        : batches.Max(b => Math.Max(b.Position, b.Reversed ?? 0));

    /// <summary>The contents that count for a meter at a position, by their hash.</summary>
    /// <exception cref="RefusedException">The store does not hold the rows of one of them.</exception>
    public List<(StoredLoad Stored, CountingLoad Counting)> Counting(
        string meter, long position, IReadOnlyDictionary<string, StoredLoad> stored)
    {
        var best = new SortedDictionary<string, Batch>(StringComparer.Ordinal);
        foreach (var batch in _byMeter.GetValueOrDefault(meter) ?? [])
        {
            if (!batch.CountsAt(position)) continue;
            var hash = batch.Record.ContentSha256;
            if (!best.TryGetValue(hash, out var other) || batch.Record.Revision > other.Record.Revision
                || (batch.Record.Revision == other.Record.Revision && batch.Position < other.Position))
                best[hash] = batch;
        }
        var counting = new List<(StoredLoad, CountingLoad)>(best.Count);
        foreach (var (hash, batch) in best)
        {
            if (!stored.TryGetValue(hash, out var load))
                throw RefusedException.Of("readings.absent", ("meter", meter), ("position", batch.Position),
                    ("count", batch.Record.Count));
            counting.Add((load, new CountingLoad(
                load.Id, hash, load.Scale, batch.Record.Revision, batch.Position)));
        }
        return counting;
    }
}
