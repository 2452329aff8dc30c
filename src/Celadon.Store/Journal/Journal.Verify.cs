using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using Celadon.Ledger;
using Microsoft.Data.Sqlite;

namespace Celadon.Store.Journal;

/// <summary>A place where the chain does not hold.</summary>
/// <param name="Position">The record.</param>
/// <param name="Kind">Its kind, where it can be read.</param>
/// <param name="Reason">"hash", "gap" or "unreadable".</param>
public sealed record Break(long Position, string Kind, string Reason);

public sealed partial class JournalFile
{
    private const long RangeAtLeast = 50_000;

    /// <summary>
    /// Recomputes the chain from <paramref name="after"/> (0 for all of it) and names every record whose
    /// bytes do not give its hash. Returns the position and hash reached. Each record is checked against the
    /// stored hash of the one before it, so one changed record is named alone, and ranges are checked side by
    /// side, each through a connection of its own; in the background one after the other.
    /// </summary>
    public (long Position, byte[] Hash) VerifyChain(
        long after, byte[] hashAfter, ICollection<Break> breaks, bool inBackground = false,
        Action<long>? progress = null, CancellationToken cancel = default)
    {
        var head = Head();
        var count = head.Position - after;
        var found = new ConcurrentBag<Break>();
        // As the file holds it now, not as it was read before.
        Interned interned;
        lock (_gate) interned = Interned.Load(_reading);
        InRanges(after, count, inBackground ? 1 : RangesOf(count), (_, from, last) => CheckRange(
            from, from == after ? hashAfter : HeadAt(from).Hash, last, interned, found, progress, cancel),
            cancel);
        foreach (var one in found.OrderBy(b => b.Position)) breaks.Add(one);
        return count > 0 ? head : (after, hashAfter);
    }

    /// <summary>In how many ranges so many records are worth reading side by side.</summary>
    private static int RangesOf(long count) =>
        (int)Math.Clamp(count / RangeAtLeast, 1, Environment.ProcessorCount);

    /// <summary>
    /// Does work over (after, after + count] in ranges side by side; told its number, the position before it
    /// and its last position.
    /// </summary>
    private static void InRanges(
        long after, long count, int ranges, Action<int, long, long> work, CancellationToken cancel)
    {
        try
        {
            Parallel.For(0, ranges, new ParallelOptions { CancellationToken = cancel }, i =>
                work(i, after + count * i / ranges, after + count * (i + 1) / ranges));
        }
        catch (AggregateException several) when (several.InnerExceptions[0] is SqliteException first)
        {
            // What one range alone would have thrown: the file is damaged.
            ExceptionDispatchInfo.Throw(first);
        }
    }

    private void CheckRange(
        long after, byte[] hashAfter, long last, Interned interned, ConcurrentBag<Break> found,
        Action<long>? progress, CancellationToken cancel)
    {
        using var connection = Connect(Path, SqliteOpenMode.ReadOnly);
        using var row = new Statement(connection,
            $"SELECT {HashedColumns} FROM journal WHERE seq > ? AND seq <= ? ORDER BY seq", after, last);
        var links = new Links(hashAfter, interned, found);
        var expected = after;
        bool failed;
        while (row.TryStep(out failed))
        {
            var position = row.Long(0);
            if (position != ++expected) found.Add(new Break(expected, "", "gap"));
            expected = position;
            links.Check(row, position);
            if ((position & 0x3fff) != 0) continue;
            cancel.ThrowIfCancellationRequested();
            progress?.Invoke(position);
        }
        links.Flush();
        if (failed) found.Add(new Break(expected + 1, "", "unreadable"));
        else if (expected < last) found.Add(new Break(expected + 1, "", "gap"));
    }

    /// <summary>What <see cref="LineOf"/> and <see cref="Links"/> read, in their order.</summary>
    private const string HashedColumns =
        "seq, kind, batch, hash, shape, unscaled, scale, start, \"end\", evidence, \"row\", body";

    private const int HashLength = 32;

    /// <summary>
    /// Checks each record against the hash that stands before it, several side by side where the machine can.
    /// </summary>
    private sealed class Links(byte[] before, Interned interned, ConcurrentBag<Break> found)
    {
        private readonly int _most = HashLanes.IsFast ? HashLanes.Count : 1;
        private readonly ChainFormat _format = new();
        private readonly HashLanes _lanes = new();
        private readonly byte[] _hash = [.. before];
        private readonly byte[] _stored = new byte[HashLanes.Count * HashLength];
        private readonly (long Position, RecordKind Kind)[] _waiting =
            new (long, RecordKind)[HashLanes.Count];

        private int _count;

        public void Check(Statement row, long position)
        {
            var kind = (RecordKind)row.Int(1);
            var line = LineOf(row, position, kind, _format, interned);
            var stored = row.Bytes(3);
            if (line.IsEmpty || stored.Length != HashLength)
            {
                found.Add(new Break(position, "", "unreadable"));
            }
            else
            {
                _lanes.Set(_count, _hash, line);
                stored.CopyTo(_stored.AsSpan(_count * HashLength));
                _waiting[_count++] = (position, kind);
            }
            // What follows is held against what stands here, right or wrong: a fault is named where it is.
            if (stored.Length == HashLength) stored.CopyTo(_hash);
            if (_count == _most) Flush();
        }

        public void Flush()
        {
            if (_most > 1) _lanes.Compute();
            Span<byte> proved = stackalloc byte[HashLength];
            for (var i = 0; i < _count; i++)
            {
                var stored = _stored.AsSpan(i * HashLength, HashLength);
                if (_most > 1 && _lanes.Hash(i).SequenceEqual(stored)) continue;
                SHA256.HashData(_lanes.Message(i), proved);
                if (!proved.SequenceEqual(stored)) found.Add(new Break(
                    _waiting[i].Position, ChainFormat.NameOf(_waiting[i].Kind), "hash"));
            }
            _count = 0;
        }
    }

    private static ReadOnlySpan<byte> LineOf(
        Statement row, long position, RecordKind kind, ChainFormat format, Interned interned)
    {
        var batch = row.Long(2);
        if (kind != RecordKind.Entry) return format.Line(position, kind, batch, row.Text(11));
        var shape = interned.ShapeText(row.Int(4));
        var evidence = interned.EvidenceText(row.Int(9));
        return shape.IsEmpty || evidence.IsEmpty ? default
            : format.EntryLine(position, batch, row.Long(5), row.Int(6), row.Long(7), row.Long(8),
                row.Int(10), shape, evidence);
    }
}
