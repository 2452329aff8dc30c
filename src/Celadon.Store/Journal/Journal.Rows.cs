using Celadon.Ledger;
using Microsoft.Data.Sqlite;

namespace Celadon.Store.Journal;

/// <summary>Entry rows as they lie in the journal, before reversals.</summary>
internal sealed class RawEntries
{
    public readonly List<long> Position = [], Unscaled = [], Start = [], End = [];
    public readonly List<int> Shape = [];
    public readonly List<byte> Scale = [];

    /// <summary>Adds the row that a statement stands at.</summary>
    public void Add(Statement row)
    {
        Position.Add(row.Long(0));
        Shape.Add(row.Int(1) - 1);
        Unscaled.Add(row.Long(2));
        Scale.Add((byte)row.Int(3));
        Start.Add(row.Long(4));
        End.Add(row.Long(5));
    }

    /// <summary>Adds a row of another.</summary>
    public void Add(RawEntries other, int row)
    {
        Position.Add(other.Position[row]);
        Shape.Add(other.Shape[row]);
        Unscaled.Add(other.Unscaled[row]);
        Scale.Add(other.Scale[row]);
        Start.Add(other.Start[row]);
        End.Add(other.End[row]);
    }

    /// <summary>Adds every row of another.</summary>
    public void Add(RawEntries other)
    {
        Position.AddRange(other.Position);
        Shape.AddRange(other.Shape);
        Unscaled.AddRange(other.Unscaled);
        Scale.AddRange(other.Scale);
        Start.AddRange(other.Start);
        End.AddRange(other.End);
    }
}

/// <summary>
/// The columns of every entry, read from the file once and then only what came since: 37 bytes an entry, so
/// that a million are held in less than a picture of a phone, and a period is cut out in some milliseconds.
/// Thrown away with the process.
/// </summary>
public sealed partial class JournalFile
{
    private RawEntries _rows = new();
    private long _rowsThrough;
    private (long Start, long End) _span = (long.MaxValue, long.MinValue);

    /// <summary>The entries that touch [start, end) at a position, as columns.</summary>
    internal (RawEntries Rows, FlowShape[] Shapes) Entries(long at, long start, long end,
        CancellationToken cancel)
    {
        lock (_gate)
        {
            ReadRows(cancel);
            var rows = new RawEntries();
            for (var row = 0; row < _rows.Position.Count && _rows.Position[row] <= at; row++)
                if (_rows.End[row] > start && _rows.Start[row] < end) rows.Add(_rows, row);
            return (rows, Known().ShapeArray);
        }
    }

    /// <summary>
    /// The earliest start and the latest end of any entry, in seconds since 1970 UTC; null when there are no
    /// entries.
    /// </summary>
    public (long Start, long End)? EntrySpan()
    {
        lock (_gate)
        {
            ReadRows(CancellationToken.None);
            return _span.Start < _span.End ? _span : null;
        }
    }

    /// <summary>Reads what came since it was read last.</summary>
    private void ReadRows(CancellationToken cancel)
    {
        var unreadable = Known().Unreadable.ToHashSet();
        var head = Head().Position;
        var count = head - _rowsThrough;
        if (count <= 0) return;
        var ranges = RangesOf(count);
        var parts = new RawEntries[ranges];
        InRanges(_rowsThrough, count, ranges, (range, first, last) =>
        {
            using var own = range == 0 ? null : Connect(Path, SqliteOpenMode.ReadOnly);
            parts[range] = RowsOf(own ?? _reading, first, last, unreadable, cancel);
        }, cancel);
        foreach (var part in parts)
        {
            _rows.Add(part);
            if (part.Position.Count == 0) continue;
            _span = (Math.Min(_span.Start, part.Start.Min()), Math.Max(_span.End, part.End.Max()));
        }
        _rowsThrough = head;
    }

    private static RawEntries RowsOf(SqliteConnection connection, long after, long last,
        HashSet<int> unreadable, CancellationToken cancel)
    {
        var rows = new RawEntries();
        using var row = new Statement(connection, "SELECT seq, shape, unscaled, scale, start, \"end\" " +
            "FROM journal WHERE kind = 1 AND seq > ? AND seq <= ? ORDER BY seq", after, last);
        while (row.Step())
        {
            if (unreadable.Count > 0 && unreadable.Contains(row.Int(1))) continue;
            rows.Add(row);
            if ((rows.Position.Count & 0xffff) == 0) cancel.ThrowIfCancellationRequested();
        }
        return rows;
    }

    private void ForgetRows() => (_rows, _rowsThrough, _span) =
        (new RawEntries(), 0, (long.MaxValue, long.MinValue));
}
