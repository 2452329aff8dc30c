using System.Globalization;
using DuckDB.NET.Data;

namespace Celadon.Store;

/// <summary>
/// Rows as a Parquet file, written by DuckDB: whole numbers as integers, times as timestamps in UTC, amounts
/// as exact decimals with as many places as the most precise has, all else as text.
/// </summary>
internal static class ParquetFile
{
    private const int MostPlaces = 20;
    private static readonly string[] Whole = ["position", "batch", "row", "reversed_at"];
    private static readonly string[] Times = ["start", "end"];

    /// <summary>Writes rows; the first one names the columns.</summary>
    public static void Write(IEnumerable<string[]> rows, Stream to, CancellationToken cancel)
    {
        var path = Path.Combine(Path.GetTempPath(), $"celadon-{Guid.NewGuid():N}.parquet");
        using var connection = new DuckDBConnection(
            "DataSource=:memory:;threads=2;memory_limit=1GB;autoinstall_known_extensions=false");
        connection.Open();
        try
        {
            var columns = Load(connection, rows, cancel);
            Run(connection, $"""
                COPY (SELECT {string.Join(", ", columns.Select((c, i) => Cast(connection, c, i)))} FROM t)
                TO '{path.Replace("'", "''", StringComparison.Ordinal)}' (FORMAT parquet)
                """);
            using var file = File.OpenRead(path);
            file.CopyTo(to);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string[] Load(DuckDBConnection connection, IEnumerable<string[]> rows,
        CancellationToken cancel)
    {
        using var each = rows.GetEnumerator();
        each.MoveNext();
        var columns = each.Current;
        Run(connection, $"CREATE TABLE t ({string.Join(", ", columns.Select((_, i) =>
            string.Create(CultureInfo.InvariantCulture, $"c{i} VARCHAR")))})");
        using var appender = connection.CreateAppender("t");
        while (each.MoveNext())
        {
            cancel.ThrowIfCancellationRequested();
            var row = appender.CreateRow();
            foreach (var cell in each.Current) row.AppendValue(cell);
            row.EndRow();
        }
        return columns;
    }

    private static string Cast(DuckDBConnection connection, string column, int index)
    {
        var cell = string.Create(CultureInfo.InvariantCulture, $"c{index}");
        var type = Whole.Contains(column) ? "BIGINT" : Times.Contains(column) ? "TIMESTAMP"
            : column == "amount" ? DecimalOf(connection, cell) : "VARCHAR";
        // A time ends in Z; it is cut off, since the column is in UTC as a whole.
        var text = type == "TIMESTAMP" ? $"rtrim({cell}, 'Z')" : cell;
        return $"CAST(NULLIF({text}, '') AS {type}) AS \"{column}\"";
    }

    private static string DecimalOf(DuckDBConnection connection, string cell)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT coalesce(max(length(split_part({cell}, '.', 2))), 0) FROM t";
        var places = Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
        return places > MostPlaces ? "VARCHAR"
            : string.Create(CultureInfo.InvariantCulture, $"DECIMAL(38,{places})");
    }

    private static void Run(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
