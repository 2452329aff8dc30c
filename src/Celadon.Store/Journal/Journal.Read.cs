using System.Text;
using Celadon.Ledger;
using Celadon.Quantities;
using NodaTime;

namespace Celadon.Store.Journal;

/// <summary>The row of an entry, with where it was read.</summary>
internal readonly record struct EntryRow(
    long Position, int Shape, long Unscaled, byte Scale, long Start, long End, int Evidence, int Row);

public sealed partial class JournalFile
{
    /// <summary>Every record but entries, up to a position, in order.</summary>
    public List<PlacedRecord> Others(long at, long after = 0)
    {
        lock (_gate)
        {
            var records = new List<PlacedRecord>();
            using var row = new Statement(_reading,
                "SELECT seq, batch, kind, body FROM journal INDEXED BY journal_other WHERE kind <> 1 " +
                "AND seq > ? AND seq <= ? ORDER BY seq", after, at);
            while (row.Step())
            {
                var (position, kind) = (row.Long(0), (RecordKind)row.Int(2));
                if (Readable(position, kind, () => RecordJson.Read(kind, row.Text(3))) is { } body)
                    records.Add(new PlacedRecord(position, row.Long(1), body));
            }
            return records;
        }
    }

    /// <summary>The rows of entries that touch [start, end) at a position, each as it is met.</summary>
    internal void Rows(long at, long start, long end, Action<EntryRow> each)
    {
        lock (_gate)
        {
            using var row = new Statement(_reading, "SELECT seq, shape, unscaled, scale, start, \"end\", " +
                "evidence, \"row\" FROM journal WHERE kind = 1 AND seq <= ? AND \"end\" > ? AND start < ? " +
                "ORDER BY seq", at, start, end);
            while (row.Step())
                each(new EntryRow(row.Long(0), row.Int(1), row.Long(2), (byte)row.Int(3), row.Long(4),
                    row.Long(5), row.Int(6), row.Int(7)));
        }
    }

    /// <summary>Every entry of some shapes up to a position, in order; no other is made.</summary>
    internal List<(long Position, Entry Entry)> EntriesOf(Func<FlowShape, bool> wanted, long at)
    {
        lock (_gate)
        {
            var entries = new List<(long, Entry)>();
            var interned = Known();
            var these = Array.ConvertAll(interned.ShapeArray, shape => wanted(shape));
            if (!these.Contains(true)) return entries;
            using var row = new Statement(_reading,
                $"SELECT {EntryColumns} FROM journal WHERE kind = 1 AND seq <= ? ORDER BY seq", at);
            while (row.Step())
            {
                var shape = row.Int(4);
                if (shape > 0 && shape <= these.Length && !these[shape - 1]) continue;
                if (Readable(row.Long(0), RecordKind.Entry, () => new EntryRecord(ReadEntry(row, interned)))
                    is EntryRecord { Entry: var entry }) entries.Add((row.Long(0), entry));
            }
            return entries;
        }
    }

    /// <summary>The records at the given positions, entries included, in the order asked for.</summary>
    public IEnumerable<PlacedRecord> RecordsAt(IEnumerable<long> positions)
    {
        foreach (var position in positions)
        {
            if (Range(position, position, 1) is [var record]) yield return record;
        }
    }

    /// <summary>Up to <paramref name="most"/> records from one position to another, in order.</summary>
    public List<PlacedRecord> Range(long first, long last, int most)
    {
        lock (_gate)
        {
            var records = new List<PlacedRecord>();
            var interned = Known();
            using var row = new Statement(_reading,
                $"SELECT {EntryColumns} FROM journal WHERE seq BETWEEN ? AND ? ORDER BY seq LIMIT ?",
                first, last, most);
            while (row.Step())
            {
                var kind = (RecordKind)row.Int(2);
                if (Readable(row.Long(0), kind, () => kind == RecordKind.Entry
                    ? new EntryRecord(ReadEntry(row, interned)) : RecordJson.Read(kind, row.Text(3)))
                        is { } body)
                    records.Add(new PlacedRecord(row.Long(0), row.Long(1), body));
            }
            return records;
        }
    }

    /// <summary>The hash of the record at a position, lower-case hex, or null when there is none.</summary>
    public string? HashOf(long position) =>
        HeadAt(position) is var (at, hash) && at == position ? Convert.ToHexStringLower(hash) : null;

    /// <summary>Every record's stored hash and hashed line, in order.</summary>
    public IEnumerable<(string Hash, string Line)> Lines(CancellationToken cancel = default)
    {
        const int page = 5000;
        for (long after = 0; ;)
        {
            cancel.ThrowIfCancellationRequested();
            var lines = LinesAfter(after, page);
            foreach (var line in lines) yield return line;
            if (lines.Count < page) yield break;
            after += page;
        }
    }

    private List<(string Hash, string Line)> LinesAfter(long after, int most)
    {
        lock (_gate)
        {
            var interned = Known();
            var format = new ChainFormat();
            var lines = new List<(string, string)>();
            using var row = new Statement(_reading,
                $"SELECT {HashedColumns} FROM journal WHERE seq > ? ORDER BY seq LIMIT ?", after, most);
            while (row.Step())
            {
                var line = LineOf(row, row.Long(0), (RecordKind)row.Int(1), format, interned);
                lines.Add((Convert.ToHexStringLower(row.Bytes(3)), Encoding.UTF8.GetString(line)));
            }
            return lines;
        }
    }

    /// <summary>What <see cref="ReadEntry"/> reads, in its order.</summary>
    private const string EntryColumns =
        "seq, batch, kind, body, shape, evidence, unscaled, scale, start, \"end\", \"row\"";

    private static Entry ReadEntry(Statement row, Interned interned)
    {
        var (shape, evidence) = (row.Int(4), row.Int(5));
        if (interned.ShapeText(shape).IsEmpty || interned.EvidenceText(evidence).IsEmpty)
            throw new FormatException("An entry whose shape or evidence is not there.");
        var s = interned.Shapes[shape - 1];
        var proof = interned.Evidence[evidence - 1];
        return new Entry(s.From, s.To, s.Resource, Amount.From(row.Long(6), row.Int(7)), s.Unit,
            new Period(Instant.FromUnixTimeSeconds(row.Long(8)), Instant.FromUnixTimeSeconds(row.Long(9))),
            s.Basis, proof is Evidence.FileRow file ? file with { Row = row.Int(10) } : proof, s.Facts,
            s.Calorific);
    }
}
