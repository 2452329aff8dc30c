namespace Celadon.Ledger;

/// <summary>A record with its position and the batch it belongs to.</summary>
public sealed record PlacedRecord(long Position, long Batch, RecordBody Body);

/// <summary>
/// What the records other than entries say at one position: batches, registers, closings, overrides, packs,
/// and which records were taken back when. A reversal that was itself taken back does not count.
/// </summary>
public sealed class JournalState
{
    private readonly List<PlacedRecord> _records;
    private readonly Dictionary<long, long> _reversedAt = [];
    private readonly List<(long First, long Last, long At)> _reversedBatches = [];

    /// <summary>Reads the records up to a position.</summary>
    /// <param name="records">
    /// All but entries, in order of position, none after <paramref name="position"/>.
    /// </param>
    /// <param name="position">The position.</param>
    public JournalState(IEnumerable<PlacedRecord> records, long position)
    {
        Position = position;
        _records = [.. records];
        Batches = [.. _records.Where(r => r.Body is BatchRecord)];
        for (var i = _records.Count - 1; i >= 0; i--)
        {
            if (_records[i].Body is not ReversalRecord reversal || ReversedAt(_records[i].Position) != 0)
                continue;
            var at = _records[i].Position;
            var batch = BatchIndex(reversal.Target);
            if (batch >= 0 && Batches[batch].Position == reversal.Target)
                _reversedBatches.Add((reversal.Target, LastOf(batch), at));
            else _reversedAt[reversal.Target] = at;
        }
    }

    /// <summary>The position.</summary>
    public long Position { get; }

    /// <summary>The batch records, in order.</summary>
    public IReadOnlyList<PlacedRecord> Batches { get; }

    /// <summary>All records but entries, in order.</summary>
    public IReadOnlyList<PlacedRecord> Records => _records;

    /// <summary>True when nothing was ever taken back.</summary>
    public bool NothingReversed => _reversedAt.Count == 0 && _reversedBatches.Count == 0;

    /// <summary>The position of the reversal that took a record back, or 0 while it stands.</summary>
    public long ReversedAt(long position)
    {
        if (_reversedAt.TryGetValue(position, out var at)) return at;
        foreach (var (first, last, reversal) in _reversedBatches)
            if (position >= first && position <= last) return reversal;
        return 0;
    }

    /// <summary>
    /// From where on a record that stands has stood without a break: its own position, or that of the last
    /// reversal of a reversal that brought it back.
    /// </summary>
    public long StandsSince(long position)
    {
        var (since, batch) = (position, BatchOf(position).Position);
        foreach (var record in _records)
            if (record.Body is ReversalRecord { Target: var to } && (to == position || to == batch))
                since = Math.Max(since, ReversedAt(record.Position));
        return since;
    }

    /// <summary>Records of a kind that stand, in order.</summary>
    public IEnumerable<(long Position, T Body)> Standing<T>() where T : RecordBody =>
        _records.Where(r => r.Body is T && ReversedAt(r.Position) == 0).Select(r => (r.Position, (T)r.Body));

    /// <summary>Position of the last record of a batch.</summary>
    public long LastOf(int batchIndex) =>
        batchIndex + 1 < Batches.Count ? Batches[batchIndex + 1].Position - 1 : Position;

    /// <summary>The batch that holds a position, as an index into <see cref="Batches"/>, or −1.</summary>
    public int BatchIndex(long position)
    {
        int low = 0, high = Batches.Count - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (Batches[middle].Position <= position) low = middle + 1;
            else high = middle - 1;
        }
        return high;
    }

    /// <summary>The batch record that holds a position.</summary>
    public PlacedRecord BatchOf(long position) => Batches[BatchIndex(position)];

    /// <summary>The latest edition adopted of each pack, in order of id.</summary>
    public IEnumerable<PackEdition> PacksInUse() => Standing<PackAdoptedRecord>().Select(r => r.Body.Pack)
        .GroupBy(p => (p.Id, p.Edition)).Select(g => g.Last())
        .OrderBy(p => p.Id, StringComparer.Ordinal).ThenBy(p => p.Edition, StringComparer.Ordinal);

    /// <summary>The closing in force of each site and month.</summary>
    public IReadOnlyList<ClosingInForce> Closings() => [.. Standing<ClosingRecord>()
        .GroupBy(r => (r.Body.Site, r.Body.Month)).Select(g => g.Last())
        .Select(r => new ClosingInForce(r.Position, r.Body))];
}
