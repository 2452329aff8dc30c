using Celadon.Quantities;
using Celadon.Store;
using Celadon.Text;
using DuckDB.NET.Data;
using Microsoft.Data.Sqlite;

namespace Celadon.Tests.Crash;

/// <summary>
/// What somebody with write access to the folder, or a failing disk, could do to a closed workspace.
/// </summary>
internal static class Damage
{
    /// <summary>Changes the journal past its triggers.</summary>
    public static void Journal(Works works, string sql)
    {
        using var connection =
            new SqliteConnection($"Data Source={Workspace.JournalPath(works.Folder)};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        foreach (var table in (string[])["journal", "shape", "evidence"])
            command.CommandText += $"DROP TRIGGER {table}_no_update; DROP TRIGGER {table}_no_delete;";
        command.CommandText += sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Changes the readings.</summary>
    public static void Readings(Works works, string sql)
    {
        using var connection = new DuckDBConnection($"DataSource={ReadingsFile(works)}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.NotEqual(0, command.ExecuteNonQuery());
    }

    public static string ReadingsFile(Works works) => Path.Combine(works.Folder, "readings.duckdb");

    /// <summary>The kept file of some bytes.</summary>
    public static string EvidenceFile(Works works, string sha256) =>
        Path.Combine(works.Folder, "evidence", sha256[..2], sha256);

    /// <summary>Turns one bit of a byte.</summary>
    public static void Flip(string path, long at)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        file.Position = at;
        var value = file.ReadByte();
        file.Position = at;
        file.WriteByte((byte)(value ^ 0x10));
    }

    /// <summary>A finding about a record.</summary>
    public static Finding About(this IEnumerable<Finding> findings, string code, long record) =>
        Assert.Single(findings, f => f.Code == code && f.Place?.Record == record);

    /// <summary>The sum over meters.</summary>
    public static Amount Electricity(this Workspace workspace) =>
        workspace.GetStatus().Meters.Aggregate(Amount.Zero, (sum, m) => sum + m.Sum);
}
