using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Celadon.Store.Journal;

/// <summary>
/// A query of the journal, stepped and read column by column through SQLite's own calls. A general provider
/// counts references on its handles at every column, which for a million rows of twelve columns is as long
/// as hashing them; here the statement is held once, for as long as it is read. A column's call takes some
/// nanoseconds, waits for nothing and calls nothing back, so the runtime need not be told of it.
/// </summary>
internal sealed unsafe partial class Statement : IDisposable
{
    private const string Library = "e_sqlite3";
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _held;
    private readonly nint _statement;

    /// <summary>Prepares a query and binds its numbers in order.</summary>
    public Statement(SqliteConnection connection, string sql, params ReadOnlySpan<long> numbers)
    {
        _database = connection.Handle!;
        if (raw.sqlite3_prepare_v2(_database, sql, out _held) != raw.SQLITE_OK) throw Failure();
        for (var i = 0; i < numbers.Length; i++) raw.sqlite3_bind_int64(_held, i + 1, numbers[i]);
        _statement = _held.DangerousGetHandle();
    }

    /// <summary>True when there is a next row.</summary>
    /// <exception cref="SqliteException">The file cannot be read.</exception>
    public bool Step() => TryStep(out var failed) || (failed ? throw Failure() : false);

    /// <summary>True when there is a next row; else whether that is because it cannot be read.</summary>
    public bool TryStep(out bool failed)
    {
        var code = StepOf(_statement);
        failed = code is not (raw.SQLITE_ROW or raw.SQLITE_DONE);
        return code == raw.SQLITE_ROW;
    }

    /// <summary>A column's number; 0 where it is empty.</summary>
    public long Long(int column) => LongOf(_statement, column);

    /// <summary>A column's number; 0 where it is empty.</summary>
    public int Int(int column) => IntOf(_statement, column);

    /// <summary>A column's bytes (of a text, as UTF-8), valid until the next step.</summary>
    public ReadOnlySpan<byte> Bytes(int column)
    {
        var first = BytesOf(_statement, column);
        return first == 0 ? [] : new((void*)first, LengthOf(_statement, column));
    }

    /// <summary>A column's text; empty where there is none.</summary>
    public string Text(int column) => Encoding.UTF8.GetString(Bytes(column));

    /// <inheritdoc/>
    public void Dispose() => _held.Dispose();

    private SqliteException Failure() => new(raw.sqlite3_errmsg(_database).utf8_to_string(),
        raw.sqlite3_errcode(_database));

    [LibraryImport(Library, EntryPoint = "sqlite3_step")]
    private static partial int StepOf(nint statement);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_int64"), SuppressGCTransition]
    private static partial long LongOf(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_int"), SuppressGCTransition]
    private static partial int IntOf(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_blob"), SuppressGCTransition]
    private static partial nint BytesOf(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_bytes"), SuppressGCTransition]
    private static partial int LengthOf(nint statement, int column);
}
