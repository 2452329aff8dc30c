using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Celadon.Ledger;
using Microsoft.Data.Sqlite;
using SQLitePCL;

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
    /// side, each through a connection of its own.
    /// </summary>
    public (long Position, byte[] Hash) VerifyChain(
        long after, byte[] hashAfter, ICollection<Break> breaks, Action<long>? progress = null,
        CancellationToken cancel = default)
    {
        var head = Head();
        var count = head.Position - after;
        var ranges = (int)Math.Clamp(count / RangeAtLeast, 1, Environment.ProcessorCount);
        var found = new ConcurrentBag<Break>();
        var starts = Enumerable.Range(0, ranges).Select(i => after + count * i / ranges).ToArray();
        try
        {
            Parallel.For(0, ranges, new ParallelOptions { CancellationToken = cancel }, i =>
            {
                var last = i + 1 < ranges ? starts[i + 1] : head.Position;
                var before = i == 0 ? hashAfter : HeadAt(starts[i]).Hash;
                CheckRange(starts[i], before, last, found, progress, cancel);
            });
        }
        catch (AggregateException several) when (several.InnerExceptions[0] is SqliteException first)
        {
            // What one range alone would have thrown: the file is damaged.
            ExceptionDispatchInfo.Throw(first);
        }
        foreach (var one in found.OrderBy(b => b.Position)) breaks.Add(one);
        return count > 0 ? head : (after, hashAfter);
    }

    private void CheckRange(
        long after, byte[] hashAfter, long last, ConcurrentBag<Break> found, Action<long>? progress,
        CancellationToken cancel)
    {
        using var connection = Connect(Path, SqliteOpenMode.ReadOnly);
        var interned = Interned.Load(connection);
        var database = connection.Handle!;
        Check(database,
            raw.sqlite3_prepare_v2(database, "SELECT seq, kind, batch, hash, shape, unscaled, scale, " +
            "start, \"end\", evidence, \"row\", body FROM journal WHERE seq > ? AND seq <= ? ORDER BY seq",
            out var query));
        using (query)
        {
            raw.sqlite3_bind_int64(query, 1, after);
            raw.sqlite3_bind_int64(query, 2, last);
            var format = new ChainFormat();
            var expected = after;
            Span<byte> hash = stackalloc byte[HashLength];
            hashAfter.CopyTo(hash);
            int code;
            while ((code = raw.sqlite3_step(query)) == raw.SQLITE_ROW)
            {
                var position = raw.sqlite3_column_int64(query, 0);
                if (position != ++expected) found.Add(new Break(expected, "", "gap"));
                expected = position;
                CheckRecord(query, position, format, interned, hash, found);
                if ((position & 0x3fff) != 0) continue;
                cancel.ThrowIfCancellationRequested();
                progress?.Invoke(position);
            }
            if (code != raw.SQLITE_DONE) found.Add(new Break(expected + 1, "", "unreadable"));
            else if (expected < last) found.Add(new Break(expected + 1, "", "gap"));
        }
    }

    private const int HashLength = 32;

    /// <summary>
    /// Checks one record against the hash before it, and leaves its stored hash for the next.
    /// </summary>
    private static void CheckRecord(
        sqlite3_stmt query, long position, ChainFormat format, Interned interned, Span<byte> hash,
        ConcurrentBag<Break> found)
    {
        var kind = (RecordKind)raw.sqlite3_column_int(query, 1);
        var line = LineOf(query, position, kind, format, interned);
        var stored = raw.sqlite3_column_blob(query, 3);
        if (line.IsEmpty || stored.Length != HashLength)
        {
            found.Add(new Break(position, "", "unreadable"));
            if (stored.Length == HashLength) stored.CopyTo(hash);
            return;
        }
        format.Next(hash);
        if (hash.SequenceEqual(stored)) return;
        found.Add(new Break(position, ChainFormat.NameOf(kind), "hash"));
        stored.CopyTo(hash);
    }

    private static ReadOnlySpan<byte> LineOf(
        sqlite3_stmt query, long position, RecordKind kind, ChainFormat format, Interned interned)
    {
        var batch = raw.sqlite3_column_int64(query, 2);
        if (kind != RecordKind.Entry)
            return format.Line(position, kind, batch,
                raw.sqlite3_column_text(query, 11).utf8_to_string() ?? "");
        var shape = raw.sqlite3_column_int(query, 4);
        var evidence = raw.sqlite3_column_int(query, 9);
        if (shape < 1 || shape > interned.Shapes.Count || evidence < 1 || evidence > interned.Evidence.Count
            || interned.ShapeTexts[shape - 1].Length == 0) return default;
        return format.EntryLine(position, batch, raw.sqlite3_column_int64(query, 5),
            raw.sqlite3_column_int(query, 6),
            raw.sqlite3_column_int64(query, 7), raw.sqlite3_column_int64(query, 8),
            raw.sqlite3_column_int(query, 10),
            interned.ShapeTexts[shape - 1], interned.EvidenceTexts[evidence - 1]);
    }
}
