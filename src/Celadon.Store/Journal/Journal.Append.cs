using System.Collections.Concurrent;
using System.Collections.Immutable;
using Celadon.Ledger;
using Celadon.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Celadon.Store.Journal;

/// <summary>What an append wrote.</summary>
/// <param name="Batch">Position of its batch record, by which it can be reversed.</param>
/// <param name="Last">Position of its last record.</param>
/// <param name="Head">Head hash after it, lower-case hex.</param>
public sealed record Appended(long Batch, long Last, string Head)
{
    /// <summary>Of a reversal: what does not come back by itself.</summary>
    public ImmutableArray<Finding> Findings { get; init; } = [];
}

/// <summary>What stands outside the chain and is written in the transaction of an append.</summary>
/// <param name="Template">How such files are read from now on; null to leave it.</param>
/// <param name="Names">Names of actors by id; an empty one erases.</param>
public sealed record Beside((string Key, string Map)? Template, IReadOnlyList<(string Id, string Name)> Names)
{
    /// <summary>Nothing.</summary>
    public static Beside Nothing { get; } = new(null, []);
}

public sealed partial class JournalFile
{
    private const int Block = 2048;

    /// <summary>
    /// Appends one batch: the header and its records, in one transaction, durable when this returns. The
    /// records may look at the journal as it stands inside the transaction: <paramref name="records"/> is
    /// called with the batch's position once the writer's lock is held.
    /// </summary>
    /// <param name="header">The batch record.</param>
    /// <param name="records">What it holds.</param>
    /// <param name="beside">
    /// What is kept outside the chain in the same transaction: one sync for both, and neither without the
    /// other.
    /// </param>
    /// <param name="progress">Told the position reached.</param>
    /// <param name="cancel">Stops before the commit; nothing is written then.</param>
    /// <exception cref="RefusedException">Read-only, or an amount does not fit the books.</exception>
    public Appended Append(
        BatchRecord header, Func<long, IEnumerable<RecordBody>> records,
        Beside? beside = null, Action<long>? progress = null,
        CancellationToken cancel = default)
    {
        RefuseWhenReadOnly();
        lock (_writing)
        {
            var erases = beside is { Names: var names } && names.Any(n => n.Name.Length == 0);
            if (erases) EraseForGood();
            using var transaction = _connection.BeginTransaction(deferred: false);
            Steps.Pass("journal-begun");
            var interned = Known();
            RefuseWhenReadOnly();
            var (position, hash) = Head();
            var batch = position + 1;
            using var writer = new RowWriter(_connection, interned.Copy(), batch, hash);
            Pipeline(writer, records(batch).Prepend(header), progress, cancel);
            writer.Interned.WriteNew(_connection);
            if (beside is not null) Keep(beside);
            Steps.Pass("journal-written");
            transaction.Commit();
            Steps.Pass("journal-committed");
            lock (_gate) _interned = writer.Interned;
            if (erases) Checkpoint();
            return new Appended(batch, writer.Position, Convert.ToHexStringLower(hash));
        }
    }

    /// <summary>Reading and hashing of the next block goes on while SQLite takes the last one.</summary>
    private static void Pipeline(
        RowWriter writer, IEnumerable<RecordBody> records, Action<long>? progress, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var ready = new BlockingCollection<Row[]>(4);
        var source = Task.Run(() =>
        {
            try
            {
                foreach (var block in records.Chunk(Block))
                    ready.Add(writer.Prepare(block), stop.Token);
            }
            finally
            {
                ready.CompleteAdding();
            }
        }, CancellationToken.None);
        try
        {
            foreach (var rows in ready.GetConsumingEnumerable(cancel))
            {
                writer.Insert(rows);
                progress?.Invoke(rows[^1].Position);
            }
        }
        catch
        {
            stop.Cancel();
            Task.WaitAny([source], CancellationToken.None);
            throw;
        }
        source.GetAwaiter().GetResult();
    }

    /// <summary>A record ready to insert.</summary>
    private struct Row
    {
        public long Position, Unscaled, Start, End;
        public RecordKind Kind;
        public int Shape, Scale, Evidence, Line;
        public string? Body;
        public byte[] Hash;
    }

    /// <summary>
    /// Numbers, hashes and inserts rows. Inserts go through SQLite's own calls: binding twelve columns a
    /// million times is where a general provider would spend the time. Beginning and ending a statement is a
    /// fifth of what a row costs, so most rows go many to a statement.
    /// </summary>
    private sealed class RowWriter : IDisposable
    {
        private const int Columns = 12, Together = 32;
        private readonly sqlite3_stmt _one, _many;
        private readonly sqlite3 _database;
        private readonly ChainFormat _format = new();
        private readonly long _batch;
        private readonly byte[] _hash;
        private long _next;

        public RowWriter(SqliteConnection connection, Interned interned, long batch, byte[] hash)
        {
            _database = connection.Handle!;
            (Interned, _batch, _next, _hash) = (interned, batch, batch, hash);
            _one = Prepare(1);
            _many = Prepare(Together);
        }

        private sqlite3_stmt Prepare(int rows)
        {
            Check(raw.sqlite3_prepare_v2(_database,
                "INSERT INTO journal(seq, kind, batch, hash, shape, unscaled, scale, start, \"end\", " +
                "evidence, \"row\", body) VALUES " +
                string.Join(',', Enumerable.Repeat("(?,?,?,?,?,?,?,?,?,?,?,?)", rows)), out var statement));
            return statement;
        }

        public Interned Interned { get; }

        /// <summary>Position of the last prepared row.</summary>
        public long Position => _next - 1;

        public Row[] Prepare(RecordBody[] records)
        {
            var rows = new Row[records.Length];
            for (var i = 0; i < rows.Length; i++)
            {
                ref var row = ref rows[i];
                row.Position = _next++;
                row.Kind = records[i].Kind;
                if (records[i] is EntryRecord { Entry: var entry }) Prepare(ref row, entry);
                else
                {
                    row.Body = RecordJson.Write(records[i]);
                    _format.Line(row.Position, row.Kind, _batch, row.Body);
                    _format.Next(_hash);
                }
                row.Hash = [.. _hash];
            }
            return rows;
        }

        private void Prepare(ref Row row, Entry entry)
        {
            if (!entry.Amount.TryGetStored(out row.Unscaled, out row.Scale))
                throw RefusedException.Of("entry.amountTooFine", ("amount", entry.Amount),
                    ("unit", entry.Unit));
            row.Start = entry.Period.Start.ToUnixTimeSeconds();
            row.End = entry.Period.End.ToUnixTimeSeconds();
            row.Line = entry.Evidence is Evidence.FileRow file ? file.Row : 0;
            row.Shape = Interned.ShapeOf(entry, out var shapeText);
            row.Evidence = Interned.EvidenceOf(entry.Evidence, out var evidenceText);
            _format.EntryLine(row.Position, _batch, row.Unscaled, row.Scale, row.Start, row.End, row.Line,
                shapeText,
                evidenceText);
            _format.Next(_hash);
        }

        public void Insert(ReadOnlySpan<Row> rows)
        {
            for (; rows.Length >= Together; rows = rows[Together..]) Insert(_many, rows[..Together]);
            for (; !rows.IsEmpty; rows = rows[1..]) Insert(_one, rows[..1]);
        }

        private void Insert(sqlite3_stmt insert, ReadOnlySpan<Row> rows)
        {
            for (var i = 0; i < rows.Length; i++) Bind(insert, i * Columns, in rows[i]);
            Check(raw.sqlite3_step(insert));
            raw.sqlite3_reset(insert);
        }

        private void Bind(sqlite3_stmt insert, int before, in Row row)
        {
            raw.sqlite3_bind_int64(insert, before + 1, row.Position);
            raw.sqlite3_bind_int(insert, before + 2, (int)row.Kind);
            raw.sqlite3_bind_int64(insert, before + 3, _batch);
            raw.sqlite3_bind_blob(insert, before + 4, row.Hash);
            if (row.Body is null)
            {
                raw.sqlite3_bind_int(insert, before + 5, row.Shape);
                raw.sqlite3_bind_int64(insert, before + 6, row.Unscaled);
                raw.sqlite3_bind_int(insert, before + 7, row.Scale);
                raw.sqlite3_bind_int64(insert, before + 8, row.Start);
                raw.sqlite3_bind_int64(insert, before + 9, row.End);
                raw.sqlite3_bind_int(insert, before + 10, row.Evidence);
                raw.sqlite3_bind_int(insert, before + 11, row.Line);
                raw.sqlite3_bind_null(insert, before + 12);
            }
            else
            {
                for (var column = 5; column <= 11; column++) raw.sqlite3_bind_null(insert, before + column);
                raw.sqlite3_bind_text(insert, before + 12, row.Body);
            }
        }

        public void Dispose()
        {
            _one.Dispose();
            _many.Dispose();
        }

        private void Check(int code)
        {
            if (code is not (raw.SQLITE_OK or raw.SQLITE_DONE))
                throw new SqliteException(raw.sqlite3_errmsg(_database).utf8_to_string(), code);
        }
    }
}
