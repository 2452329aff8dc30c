using System.Reflection;
using Celadon.Ledger;
using Celadon.Text;
using Microsoft.Data.Sqlite;

namespace Celadon.Store.Journal;

/// <summary>
/// The journal in its SQLite file: append, read at a position, verify. One writer at a time (BEGIN
/// IMMEDIATE); every writing connection has synchronous=FULL, so an append that returned has been synced to
/// the disk. Reading goes through a connection of its own: it sees what is committed, and never waits for an
/// append.
/// </summary>
public sealed partial class JournalFile : IDisposable
{
    private readonly SqliteConnection _connection, _reading;
    private readonly Lock _writing = new(), _gate = new();
    private bool _isForReading;

    /// <summary>
    /// Every connection here is used by one thread at a time, which the locks see to; SQLite need not lock
    /// again at every column. Where something else has begun to use SQLite before, it goes on locking.
    /// </summary>
    static JournalFile()
    {
        SQLitePCL.Batteries_V2.Init();
        _ = SQLitePCL.raw.sqlite3_config(SQLitePCL.raw.SQLITE_CONFIG_MULTITHREAD);
    }

    private JournalFile(SqliteConnection connection, SqliteConnection reading, string path,
        string workspaceId)
    {
        (_connection, _reading) = (connection, reading);
        Path = path;
        WorkspaceId = workspaceId;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Id of the workspace, which the chain starts from.</summary>
    public string WorkspaceId { get; }

    /// <summary>
    /// True when the file was opened for reading alone, because it is damaged or write-protected.
    /// </summary>
    public bool IsReadOnly { get; private set; }

    /// <summary>Makes a new journal.</summary>
    /// <exception cref="RefusedException">The file is there already.</exception>
    public static JournalFile Create(string path, string workspaceId)
    {
        if (File.Exists(path)) throw RefusedException.Of("workspace.exists", ("path", path));
        // Made beside its place and then named, so that a journal is whole or not there.
        var beside = path + ".new";
        foreach (var left in (string[])["", "-wal", "-shm"]) File.Delete(beside + left);
        using (var connection = Connect(beside, SqliteOpenMode.ReadWriteCreate))
        {
            using var transaction = connection.BeginTransaction();
            Execute(connection, Schema());
            Execute(connection, "INSERT INTO workspace(id, format) VALUES ($id, $format)",
                ("$id", workspaceId), ("$format", ChainFormat.Version));
            transaction.Commit();
        }
        Steps.Pass("journal-made");
        File.Move(beside, path);
        Files.Durable.SyncFolder(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);
        Steps.Pass("journal-named");
        return Open(path);
    }

    /// <summary>Opens a journal; read-only when asked, or when SQLite will not write to it.</summary>
    /// <exception cref="RefusedException">
    /// No journal, a damaged file, or a format this program does not know.
    /// </exception>
    public static JournalFile Open(string path, bool readOnly = false)
    {
        if (!File.Exists(path)) throw RefusedException.Of("workspace.missing", ("path", path));
        SqliteConnection? connection = null;
        try
        {
            connection = Connect(path, readOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWrite);
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT id, format FROM workspace";
            using var reader = command.ExecuteReader();
            if (!reader.Read())
                throw RefusedException.Of("workspace.damaged", ("path", path), ("reason", "no id"));
            if (reader.GetString(1) != ChainFormat.Version)
                throw RefusedException.Of("workspace.format", ("path", path),
                    ("format", reader.GetString(1)));
            var reading = readOnly ? connection : Connect(path, SqliteOpenMode.ReadOnly);
            return new JournalFile(connection, reading, path, reader.GetString(0))
            {
                IsReadOnly = readOnly,
                _isForReading = readOnly,
            };
        }
        catch (SqliteException e)
        {
            connection?.Dispose();
            throw RefusedException.Of("workspace.damaged", ("path", path), ("reason", e.Message));
        }
        catch
        {
            connection?.Dispose();
            throw;
        }
    }

    /// <summary>Another connection to the same file, for reading beside the writer.</summary>
    public JournalFile Reader() => Open(Path, readOnly: true);

    /// <summary>
    /// The last position and its hash; position 0 with the genesis hash when the journal is empty.
    /// </summary>
    public (long Position, byte[] Hash) Head() => HeadAt(long.MaxValue);

    /// <summary>The hash at a position (or at the last one before it).</summary>
    public (long Position, byte[] Hash) HeadAt(long position)
    {
        lock (_gate)
        {
            using var head = new Statement(_reading,
                "SELECT seq, hash FROM journal WHERE seq <= ? ORDER BY seq DESC LIMIT 1", position);
            return head.Step() ? (head.Long(0), head.Bytes(1).ToArray())
                : (0, ChainFormat.Genesis(WorkspaceId));
        }
    }

    /// <summary>How far the chain was fully checked.</summary>
    public (long Position, byte[] Hash) Checked()
    {
        lock (_gate)
        {
            using var last = new Statement(_reading, "SELECT seq, hash FROM checked");
            return last.Step() ? (last.Long(0), last.Bytes(1).ToArray())
                : (0, ChainFormat.Genesis(WorkspaceId));
        }
    }

    /// <summary>Remembers how far the chain was fully checked.</summary>
    public void SetChecked(long position, byte[] hash)
    {
        if (IsReadOnly) return;
        lock (_writing)
        {
            Execute(_connection, "INSERT INTO checked(one, seq, hash) VALUES (1, $seq, $hash) " +
                "ON CONFLICT(one) DO UPDATE SET seq = excluded.seq, hash = excluded.hash",
                ("$seq", position), ("$hash", hash));
        }
    }

    /// <summary>
    /// Names actors, all or none; names stand outside the chain and are erased with an empty one.
    /// </summary>
    public void NameActors(IReadOnlyList<(string Id, string Name)> names)
    {
        RefuseWhenReadOnly();
        lock (_writing)
        {
            EraseForGood();
            using (var transaction = _connection.BeginTransaction(deferred: false))
            {
                Keep(new Beside(null, names));
                transaction.Commit();
            }
            if (names.Any(n => n.Name.Length == 0)) Checkpoint();
        }
    }

    /// <summary>
    /// Moves the log into the file and empties it, so that what was erased is gone from both.
    /// </summary>
    internal void Checkpoint()
    {
        lock (_gate) Execute(_connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    /// <summary>Erased means gone from the file, not only from the table.</summary>
    private void EraseForGood() => Execute(_connection, "PRAGMA secure_delete = ON");

    private void Keep(Beside beside)
    {
        if (beside.Template is var (key, map))
        {
            KeepTemplate(key, map);
            Steps.Pass("templates-kept");
        }
        foreach (var (id, name) in beside.Names)
        {
            if (name.Length == 0) Execute(_connection, "DELETE FROM actor WHERE id = $id", ("$id", id));
            else
                Execute(_connection, "INSERT INTO actor(id, name) VALUES ($id, $name) " +
                    "ON CONFLICT(id) DO UPDATE SET name = excluded.name", ("$id", id), ("$name", name));
            Steps.Pass("name-kept");
        }
    }

    /// <summary>The name of an actor, or null when it is not kept.</summary>
    public string? ActorName(string id)
    {
        lock (_gate)
        {
            using var command = _reading.CreateCommand();
            command.CommandText = "SELECT name FROM actor WHERE id = $id";
            command.Parameters.AddWithValue("$id", id);
            return command.ExecuteScalar() as string;
        }
    }

    /// <summary>A remembered import template, or null.</summary>
    public string? Template(string key)
    {
        lock (_gate)
        {
            using var command = _reading.CreateCommand();
            command.CommandText = "SELECT map FROM template WHERE key = $key";
            command.Parameters.AddWithValue("$key", key);
            return command.ExecuteScalar() as string;
        }
    }

    /// <summary>Remembers how suppliers' files are read.</summary>
    public void SetTemplate(string key, string map)
    {
        RefuseWhenReadOnly();
        lock (_writing) KeepTemplate(key, map);
    }

    private void KeepTemplate(string key, string map) =>
        Execute(_connection, "INSERT INTO template(key, map) VALUES ($key, $map) " +
            "ON CONFLICT(key) DO UPDATE SET map = excluded.map", ("$key", key), ("$map", map));

    /// <summary>Copies the journal as it stands now into a new file, while others read and write.</summary>
    public void BackupTo(string path)
    {
        lock (_gate)
        {
            using var target = Connect(path, SqliteOpenMode.ReadWriteCreate);
            _reading.BackupDatabase(target);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The writing connection goes last: it is the one that may move the log into the file.
        lock (_writing)
            lock (_gate)
            {
                _reading.Dispose();
                _connection.Dispose();
            }
    }

    internal static SqliteConnection Connect(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = 60,
        }.ToString());
        connection.Open();
        if (mode != SqliteOpenMode.ReadOnly)
            Execute(connection,
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON");
        Execute(connection, "PRAGMA trusted_schema=OFF; PRAGMA busy_timeout=60000; PRAGMA cache_size=-65536");
        return connection;
    }

    internal static void Execute(SqliteConnection connection, string sql,
        params (string, object)[] parameters)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters) command.Parameters.AddWithValue(name, value);
        command.ExecuteNonQuery();
    }

    private static string Schema()
    {
        using var stream = Assembly.GetExecutingAssembly()
            .GetManifestResourceStream("Celadon.Store.Sql.journal.sql")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
