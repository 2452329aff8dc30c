using System.Collections.Concurrent;
using Celadon.Ledger;
using SQLitePCL;

namespace Celadon.Store.Journal;

/// <summary>A place where the chain does not hold.</summary>
/// <param name="Position">The record.</param>
/// <param name="Kind">Its kind, where it can be read.</param>
/// <param name="Reason">"hash", "gap" or "unreadable".</param>
public sealed record Break(long Position, string Kind, string Reason);

public sealed partial class JournalFile
{
    /// <summary>
    /// Recomputes the chain from <paramref name="after"/> (0 for all of it) and names every record whose bytes do not
    /// give its hash. Returns the position and hash reached. Each record is checked against the stored hash of the one
    /// before it, so that blocks can be hashed beside the reading, and one changed record is named alone.
    /// </summary>
    public (long Position, byte[] Hash) VerifyChain(
        long after, byte[] hashAfter, ICollection<Break> breaks, Action<long>? progress = null,
        CancellationToken cancel = default)
    {
        var found = new ConcurrentBag<Break>();
        using var blocks = new BlockingCollection<VerifyBlock>(4);
        var hashing = Task.Run(() =>
        {
            foreach (var block in blocks.GetConsumingEnumerable(CancellationToken.None))
            {
                block.Check(found);
                progress?.Invoke(block.Last);
            }
        }, CancellationToken.None);
        try
        {
            lock (_gate) return ReadChain(after, hashAfter, blocks, found, cancel);
        }
        finally
        {
            blocks.CompleteAdding();
            hashing.GetAwaiter().GetResult();
            foreach (var one in found.OrderBy(b => b.Position)) breaks.Add(one);
        }
    }

    private (long Position, byte[] Hash) ReadChain(
        long after, byte[] hashAfter, BlockingCollection<VerifyBlock> blocks, ConcurrentBag<Break> found,
        CancellationToken cancel)
    {
        var interned = LoadInterned();
        var database = _connection.Handle!;
        Check(database, raw.sqlite3_prepare_v2(database, "SELECT seq, kind, batch, hash, shape, unscaled, scale, " +
            "start, \"end\", evidence, \"row\", body FROM journal WHERE seq > ? ORDER BY seq", out var query));
        using (query)
        {
            raw.sqlite3_bind_int64(query, 1, after);
            var format = new ChainFormat();
            var expected = after;
            byte[] hash = [.. hashAfter];
            var block = new VerifyBlock(hash);
            int code;
            while ((code = raw.sqlite3_step(query)) == raw.SQLITE_ROW)
            {
                var position = raw.sqlite3_column_int64(query, 0);
                var kind = (RecordKind)raw.sqlite3_column_int(query, 1);
                if (position != ++expected)
                {
                    found.Add(new Break(expected, "", "gap"));
                    expected = position;
                }
                var line = LineOf(query, position, kind, format, interned);
                var stored = raw.sqlite3_column_blob(query, 3);
                if (line.IsEmpty || stored.Length != 32) found.Add(new Break(position, "", "unreadable"));
                block.Add(position, kind, line, stored);
                if (stored.Length == 32) stored.CopyTo(hash);
                if (!block.IsFull) continue;
                cancel.ThrowIfCancellationRequested();
                blocks.Add(block, cancel);
                block = new VerifyBlock(hash);
            }
            blocks.Add(block, cancel);
            if (code != raw.SQLITE_DONE) found.Add(new Break(expected + 1, "", "unreadable"));
            return (expected, hash);
        }
    }

    /// <summary>Some records' lines and stored hashes, one after the other.</summary>
    private sealed class VerifyBlock(ReadOnlySpan<byte> previous)
    {
        private const int Size = 1 << 20;
        private readonly byte[] _previous = previous.ToArray();
        private readonly List<(long Position, RecordKind Kind, int Start, int Length)> _records = [];
        private byte[] _bytes = new byte[Size + 4096];
        private int _length;

        public bool IsFull => _length >= Size;

        public long Last => _records.Count == 0 ? 0 : _records[^1].Position;

        public void Add(long position, RecordKind kind, ReadOnlySpan<byte> line, ReadOnlySpan<byte> stored)
        {
            if (line.IsEmpty || stored.Length != 32) return;
            var need = _length + line.Length + 32;
            if (need > _bytes.Length) Array.Resize(ref _bytes, need * 2);
            line.CopyTo(_bytes.AsSpan(_length));
            stored.CopyTo(_bytes.AsSpan(_length + line.Length));
            _records.Add((position, kind, _length, line.Length));
            _length = need;
        }

        public void Check(ConcurrentBag<Break> found)
        {
            ReadOnlySpan<byte> before = _previous;
            var room = new byte[4096];
            foreach (var (position, kind, start, length) in _records)
            {
                if (room.Length < length + 32) room = new byte[(length + 32) * 2];
                var hash = _bytes.AsSpan(start + length, 32);
                if (!ChainFormat.Follows(before, _bytes.AsSpan(start, length), hash, room))
                    found.Add(new Break(position, ChainFormat.NameOf(kind), "hash"));
                before = hash;
            }
        }
    }

    private static ReadOnlySpan<byte> LineOf(
        sqlite3_stmt query, long position, RecordKind kind, ChainFormat format, Interned interned)
    {
        var batch = raw.sqlite3_column_int64(query, 2);
        if (kind != RecordKind.Entry)
            return format.Line(position, kind, batch, raw.sqlite3_column_text(query, 11).utf8_to_string() ?? "");
        var shape = raw.sqlite3_column_int(query, 4);
        var evidence = raw.sqlite3_column_int(query, 9);
        if (shape < 1 || shape > interned.Shapes.Count || evidence < 1 || evidence > interned.Evidence.Count
            || interned.ShapeTexts[shape - 1].Length == 0) return default;
        return format.EntryLine(position, batch, raw.sqlite3_column_int64(query, 5), raw.sqlite3_column_int(query, 6),
            raw.sqlite3_column_int64(query, 7), raw.sqlite3_column_int64(query, 8), raw.sqlite3_column_int(query, 10),
            interned.ShapeTexts[shape - 1], interned.EvidenceTexts[evidence - 1]);
    }
}
