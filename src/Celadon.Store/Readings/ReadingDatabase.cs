using System.Globalization;
using Celadon.Text;
using DuckDB.NET.Data;

namespace Celadon.Store.Readings;

/// <summary>
/// The DuckDB file: its connection, its tables, and its failures as findings. A commit returns after the
/// write-ahead log was synced to disk, so what is committed is durable; a checkpoint only moves it.
/// </summary>
internal sealed class ReadingDatabase : IDisposable
{
    /// <summary>The name of a database that is in no file.</summary>
    public const string Memory = ":memory:";

    /// <summary>Version of the tables.</summary>
    public const int Version = 1;

    // Nothing calls out: extensions are neither fetched nor loaded, and no other file can be named in SQL.
    private const string Settings =
        "memory_limit=1GB;threads=2;autoinstall_known_extensions=false;autoload_known_extensions=false;"
        + "enable_external_access=false";

    private const string Schema =
        """
        CREATE TABLE celadon_readings (version INTEGER NOT NULL);
        CREATE TABLE meters (id INTEGER NOT NULL, name VARCHAR NOT NULL);
        CREATE TABLE bands (id SMALLINT NOT NULL, name VARCHAR NOT NULL);
        CREATE TABLE loads (
            id INTEGER NOT NULL, sha256 VARCHAR NOT NULL, meter INTEGER NOT NULL, scale UTINYINT NOT NULL,
            count BIGINT NOT NULL, first BIGINT NOT NULL, last BIGINT NOT NULL, longest INTEGER NOT NULL,
            counters BIGINT NOT NULL);
        CREATE TABLE readings (
            meter INTEGER NOT NULL, start BIGINT NOT NULL, length INTEGER NOT NULL, amount BIGINT NOT NULL,
            quality UTINYINT NOT NULL, band SMALLINT NOT NULL, load INTEGER NOT NULL);
        CREATE TABLE rolled (
            meter INTEGER NOT NULL, level UTINYINT NOT NULL, load INTEGER NOT NULL,
            revision INTEGER NOT NULL);
        CREATE TABLE rolled_meters (meter INTEGER NOT NULL, level UTINYINT NOT NULL, basis VARCHAR NOT NULL);
        CREATE TABLE rollup_hour (
            meter INTEGER NOT NULL, start BIGINT NOT NULL, length INTEGER NOT NULL, band SMALLINT NOT NULL,
            scale UTINYINT NOT NULL, sum HUGEINT NOT NULL, known BIGINT NOT NULL, estimated HUGEINT NOT NULL,
            interpolated HUGEINT NOT NULL, count BIGINT NOT NULL, min HUGEINT NOT NULL, max HUGEINT NOT NULL);
        CREATE TABLE rollup_day AS FROM rollup_hour;
        CREATE TABLE rollup_month AS FROM rollup_hour;
        """;

    private const string TableCount =
        "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'celadon_readings'";

    private readonly string _path;
    private readonly DuckDBConnection _connection;

    /// <summary>Opens the file, or makes it.</summary>
    /// <exception cref="RefusedException">
    /// readings.locked, readings.damaged, readings.newer or readings.none (read-only and there is no file).
    /// </exception>
    public ReadingDatabase(string path, bool readOnly)
    {
        _path = path;
        if (readOnly && !File.Exists(path)) throw RefusedException.Of("readings.none", ("file", path));
        _connection = new DuckDBConnection(
            $"DataSource={path};{Settings}{(readOnly ? ";ACCESS_MODE=READ_ONLY" : "")}");
        try
        {
            _connection.Open();
            if (!readOnly && Long(TableCount) == 0)
                Transact(() => Run(Schema
                    + FormattableString.Invariant($"INSERT INTO celadon_readings VALUES ({Version});")));
            var version = Long("SELECT max(version) FROM celadon_readings");
            if (version > Version)
                throw RefusedException.Of("readings.newer", ("file", path), ("version", version));
        }
        catch (DuckDBException e)
        {
            _connection.Dispose();
            throw Refusal(e, opening: true);
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>Does work in one transaction; its commit is durable when this returns.</summary>
    public void Transact(Action work)
    {
        using var transaction = _connection.BeginTransaction();
        work();
        Steps.Pass("readings-written");
        transaction.Commit();
        Steps.Pass("readings-committed");
    }

    /// <summary>
    /// Runs statements. Values in the text are numbers of ours only; texts go as parameters.
    /// </summary>
    public void Run(string sql, params string[] texts)
    {
        using var command = Command(sql, texts);
        command.ExecuteNonQuery();
    }

    /// <summary>One number; 0 where there is none.</summary>
    public long Long(string sql)
    {
        using var command = Command(sql, []);
        return command.ExecuteScalar() is { } value and not DBNull
            ? Convert.ToInt64(value, CultureInfo.InvariantCulture) : 0;
    }

    /// <summary>Every row of a query to a reader, one by one.</summary>
    public void Read(string sql, Action<DuckDBDataReader> row)
    {
        using var command = Command(sql, []);
        using var reader = command.ExecuteReader();
        while (reader.Read()) row(reader);
    }

    /// <summary>
    /// Appends rows. The appender writes what type it is given: it must be the column's, exactly.
    /// </summary>
    public void Append(string table, Action<DuckDBAppender> rows)
    {
        using var appender = _connection.CreateAppender(table);
        rows(appender);
    }

    /// <summary>Appends rows, a column at a time.</summary>
    public void AppendColumns(string table, int count, RowWork fill) =>
        RowChunks.Append(_connection, table, count, fill);

    /// <summary>Every row of a query of numbers, a column at a time; no texts in it but ours.</summary>
    public void ReadColumns(string sql, RowWork each) => RowChunks.Read(_connection, sql, each);

    /// <summary>Turns failures of the file into findings.</summary>
    public T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is DuckDBException or InvalidDataException)
        {
            throw Refusal(e, opening: false);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private DuckDBCommand Command(string sql, string[] texts)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var text in texts) command.Parameters.Add(new DuckDBParameter(text));
        return command;
    }

    private RefusedException Refusal(Exception e, bool opening)
    {
        var reason = e.Message.ReplaceLineEndings(" ");
        var locked = reason.Contains("lock on file", StringComparison.OrdinalIgnoreCase)
            || reason.Contains("being used by another process", StringComparison.OrdinalIgnoreCase)
            || reason.Contains("different configuration than existing", StringComparison.OrdinalIgnoreCase);
        if (opening && locked) return RefusedException.Of("readings.locked", ("file", _path));
        var full = reason.Contains("No space left", StringComparison.OrdinalIgnoreCase)
            || reason.Contains("Permission denied", StringComparison.OrdinalIgnoreCase)
            || reason.Contains("Out of Memory", StringComparison.OrdinalIgnoreCase);
        return RefusedException.Of(
            full ? "readings.failed" : "readings.damaged", ("file", _path), ("reason", reason));
    }
}
