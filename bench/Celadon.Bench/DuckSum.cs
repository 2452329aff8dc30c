using Celadon.Ledger;
using DuckDB.NET.Data;

namespace Celadon.Bench;

/// <summary>The peer for sums: plain DuckDB SQL over the same rows.</summary>
internal sealed class DuckSum : IDisposable
{
    private readonly DuckDBConnection _connection;

    public DuckSum(string path, List<Entry> entries)
    {
        _connection = new DuckDBConnection($"Data Source={path}");
        _connection.Open();
        Run("CREATE TABLE entry(shape INTEGER, unscaled BIGINT, scale INTEGER, start TIMESTAMP)");
        var shapes = new Dictionary<(Node, Node, string, string, Facts), int>();
        using var appender = _connection.CreateAppender("entry");
        foreach (var e in entries)
        {
            var key = (e.From, e.To, e.Resource, e.Unit, e.Facts);
            if (!shapes.TryGetValue(key, out var shape)) shapes[key] = shape = shapes.Count + 1;
            e.Amount.TryGetStored(out var unscaled, out var scale);
            appender.CreateRow().AppendValue((int?)shape).AppendValue((long?)unscaled)
                .AppendValue((int?)scale)
                .AppendValue((DateTime?)e.Period.Start.ToDateTimeUtc()).EndRow();
        }
    }

    public int Sum()
    {
        using var command = _connection.CreateCommand();
        command.CommandText =
            "SELECT shape, date_trunc('month', start) m, scale, sum(unscaled) FROM entry " +
            "GROUP BY shape, m, scale";
        using var reader = command.ExecuteReader();
        var groups = 0;
        while (reader.Read()) groups++;
        return groups;
    }

    /// <summary>
    /// Makes a plain table in a file of its own, appends readings and commits; returns the seconds from the
    /// file's opening to the commit, which is synced.
    /// </summary>
    public static double AppendReadings(string path, int count)
    {
        GC.Collect();
        var clock = System.Diagnostics.Stopwatch.StartNew();
        using var connection = new DuckDBConnection($"Data Source={path}");
        connection.Open();
        using (var create = connection.CreateCommand())
        {
            create.CommandText =
                "CREATE TABLE reading(meter INTEGER, start BIGINT, length INTEGER, amount BIGINT)";
            create.ExecuteNonQuery();
        }
        using (var appender = connection.CreateAppender("reading"))
            for (var i = 0; i < count; i++)
                appender.CreateRow().AppendValue((int?)1).AppendValue((long?)(i * 900L))
                    .AppendValue((int?)900).AppendValue((long?)(i % 997)).EndRow();
        return clock.Elapsed.TotalSeconds;
    }

    public void Dispose() => _connection.Dispose();

    private void Run(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
