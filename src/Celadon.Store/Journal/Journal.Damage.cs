using System.Collections.Concurrent;
using System.Text.Json;
using Celadon.Ledger;
using Celadon.Text;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace Celadon.Store.Journal;

/// <summary>
/// What becomes of a journal that was changed from outside: what can still be read is read, every place that
/// cannot is named, and nothing more is written.
/// </summary>
public sealed partial class JournalFile
{
    private readonly ConcurrentDictionary<long, Break> _unreadable = [];

    /// <summary>
    /// Records that were met in reading and could not be read; they are left out of every answer.
    /// </summary>
    public IReadOnlyList<Break> Unreadable => [.. _unreadable.Values.OrderBy(b => b.Position)];

    /// <summary>
    /// Checks the records since the last check, and that the record it ended at is still there and the same.
    /// A journal that does not hold is read-only from here on.
    /// </summary>
    public void VerifyTail(ICollection<Break> breaks)
    {
        var (from, hash) = Checked();
        VerifyCheckedEnd(breaks);
        var reached = VerifyChain(from, hash, breaks);
        if (breaks.Count > 0) Freeze();
        else if (reached.Position > from) SetChecked(reached.Position, reached.Hash);
    }

    /// <summary>
    /// Checks the chain from its first record, that it reaches as far as it did when it was last checked, and
    /// that the file's tables and indexes agree.
    /// </summary>
    /// <returns>
    /// The position and hash reached, and what SQLite says of the file: empty when it is whole.
    /// </returns>
    public (long Position, byte[] Hash, IReadOnlyList<string> File) VerifyAll(
        ICollection<Break> breaks, Action<long>? progress = null, CancellationToken cancel = default)
    {
        var (position, hash) = VerifyChain(0, ChainFormat.Genesis(WorkspaceId), breaks, progress: progress,
            cancel: cancel);
        VerifyCheckedEnd(breaks);
        return (position, hash, FileProblems());
    }

    /// <summary>
    /// Lets nothing more be written, and makes the next opening look at a place that was found broken.
    /// </summary>
    /// <param name="firstBreak">Position of the first record that does not hold.</param>
    public void FreezeFrom(long firstBreak)
    {
        var before = HeadAt(firstBreak - 1);
        lock (_writing)
        {
            if (_isForReading) return;
            if (IsReadOnly) Execute(_connection, "PRAGMA query_only=OFF");
            IsReadOnly = false;
            // Where the end is missing, the point of the last check is what tells of it, and stays.
            if (firstBreak <= Head().Position && before.Position < Checked().Position)
                SetChecked(before.Position, before.Hash);
            Freeze();
            lock (_gate)
            {
                _interned = null;
                ForgetRows();
            }
        }
    }

    private void RefuseWhenReadOnly()
    {
        if (IsReadOnly) throw RefusedException.Of("workspace.readOnly", ("path", Path));
    }

    private void Freeze()
    {
        if (IsReadOnly) return;
        IsReadOnly = true;
        // Whoever reads must not wait for an append to end; that no append begins is IsReadOnly's to say.
        if (_writing.TryEnter())
        {
            try
            {
                Execute(_connection, "PRAGMA query_only=ON");
            }
            finally
            {
                _writing.Exit();
            }
        }
    }

    private void VerifyCheckedEnd(ICollection<Break> breaks)
    {
        var (from, hash) = Checked();
        var (position, stored) = HeadAt(from);
        if (position < from) breaks.Add(new Break(position + 1, "", "gap"));
        else if (!stored.AsSpan().SequenceEqual(hash) && !breaks.Any(b => b.Position == from))
            breaks.Add(new Break(from, "", "hash"));
    }

    private List<string> FileProblems()
    {
        lock (_gate)
        {
            var problems = new List<string>();
            try
            {
                using var command = _reading.CreateCommand();
                command.CommandText = "PRAGMA integrity_check(20)";
                using var reader = command.ExecuteReader();
                while (reader.Read())
                    if (reader.GetString(0) is not "ok" and var problem) problems.Add(problem);
            }
            catch (SqliteException e)
            {
                problems.Add(e.Message);
            }
            return problems;
        }
    }

    private Interned? _interned;

    /// <summary>
    /// What entries share, as the file holds it now: read once, and what came since. It is never changed.
    /// </summary>
    private Interned Known()
    {
        lock (_gate)
        {
            var known = _interned?.WithStored(_reading) ?? Interned.Load(_reading);
            if (ReferenceEquals(known, _interned)) return known;
            _interned = known;
            foreach (var shape in known.Unreadable)
            {
                using var first =
                    new Statement(_reading, "SELECT seq FROM journal WHERE shape = ? ORDER BY seq LIMIT 1",
                        shape);
                if (first.Step()) NoteUnreadable(first.Long(0), RecordKind.Entry);
            }
            return known;
        }
    }

    /// <summary>
    /// A record, or null where its text can no longer be read, which is damage and is noted.
    /// </summary>
    private RecordBody? Readable(long position, RecordKind kind, Func<RecordBody> read)
    {
        try
        {
            return read();
        }
        catch (Exception e)
            when (e is JsonException or FormatException or ArgumentException or OverflowException
            or InvalidOperationException or NotSupportedException)
        {
            NoteUnreadable(position, kind);
            // A batch's place in the sequence is known even where its text is not.
            return kind == RecordKind.Batch
                ? new BatchRecord(Instant.FromUnixTimeSeconds(0), "", "", [], "", "") : null;
        }
    }

    private void NoteUnreadable(long position, RecordKind kind)
    {
        _unreadable.TryAdd(position, new Break(position, ChainFormat.NameOf(kind), "unreadable"));
        Freeze();
    }
}
