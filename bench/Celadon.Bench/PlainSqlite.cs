using Celadon.Ledger;
using Microsoft.Data.Sqlite;

namespace Celadon.Bench;

/// <summary>
/// The peer: a prepared insert of the same rows into a plain table, one transaction, synchronous=FULL.
/// </summary>
internal static class PlainSqlite
{
    public static void Insert(string path, IReadOnlyList<Entry> entries)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        Run(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536");
        Run(connection, """
            CREATE TABLE entry(seq INTEGER PRIMARY KEY, shape INTEGER, unscaled INTEGER, scale INTEGER,
              start INTEGER, "end" INTEGER, evidence INTEGER, "row" INTEGER)
            """);
        var shapes = new Dictionary<(Node, Node, string, string, Facts), int>();
        using var transaction = connection.BeginTransaction();
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO entry VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        var p = Enumerable.Range(1, 8).Select(i => insert.Parameters.Add($"${i}", SqliteType.Integer))
            .ToArray();
        insert.Prepare();
        var seq = 0L;
        foreach (var e in entries)
        {
            var key = (e.From, e.To, e.Resource, e.Unit, e.Facts);
            if (!shapes.TryGetValue(key, out var shape)) shapes[key] = shape = shapes.Count + 1;
            e.Amount.TryGetStored(out var unscaled, out var scale);
            p[0].Value = ++seq;
            p[1].Value = shape;
            p[2].Value = unscaled;
            p[3].Value = scale;
            p[4].Value = e.Period.Start.ToUnixTimeSeconds();
            p[5].Value = e.Period.End.ToUnixTimeSeconds();
            p[6].Value = 1;
            p[7].Value = ((Evidence.FileRow)e.Evidence).Row;
            insert.ExecuteNonQuery();
        }
        transaction.Commit();
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
