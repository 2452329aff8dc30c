using System.Text.Json;
using Celadon.Ledger;
using Microsoft.Data.Sqlite;

namespace Celadon.Store.Journal;

/// <summary>Which entries are looked for. What is null does not matter.</summary>
/// <param name="Shapes">Ids of shapes: what, from where, to where, how known.</param>
/// <param name="Evidence">Ids of evidence: file and sheet, meter, person.</param>
/// <param name="First">First position.</param>
/// <param name="Last">Last position.</param>
/// <param name="Start">Periods that end after this second since 1970 UTC …</param>
/// <param name="End">… and start before this one.</param>
public sealed record EntryFilter(
    IReadOnlyCollection<int>? Shapes = null, IReadOnlyCollection<int>? Evidence = null, long? First = null,
    long? Last = null, long? Start = null, long? End = null);

public sealed partial class JournalFile
{
    /// <summary>Every shape of entries, in order of id; the first has id 1.</summary>
    public IReadOnlyList<FlowShape> Shapes() => Known().ShapeArray;

    /// <summary>Everything that proves entries, rows left at 0, in order of id; the first has id 1.</summary>
    public IReadOnlyList<Evidence> Proofs() => Known().Evidence;

    /// <summary>Positions of entries below a position, latest first.</summary>
    public IReadOnlyList<long> EntriesBefore(EntryFilter filter, long before, int most)
    {
        lock (_gate)
        {
            using var command = Command("SELECT seq FROM journal", filter,
                " AND seq < $before ORDER BY seq DESC LIMIT $most");
            command.Parameters.AddWithValue("$before", before);
            command.Parameters.AddWithValue("$most", most);
            using var reader = command.ExecuteReader();
            var positions = new List<long>();
            while (reader.Read()) positions.Add(reader.GetInt64(0));
            return positions;
        }
    }

    /// <summary>How many entries there are of each shape.</summary>
    public IReadOnlyList<(int Shape, long Count)> EntriesByShape(EntryFilter filter)
    {
        lock (_gate)
        {
            using var command = Command("SELECT shape, count(*) FROM journal", filter,
                " GROUP BY shape ORDER BY shape");
            using var reader = command.ExecuteReader();
            var counts = new List<(int, long)>();
            while (reader.Read()) counts.Add((reader.GetInt32(0), reader.GetInt64(1)));
            return counts;
        }
    }

    private SqliteCommand Command(string select, EntryFilter filter, string rest)
    {
        var command = _reading.CreateCommand();
        var where = " WHERE kind = 1";
        void Add(string condition, string name, object? value)
        {
            if (value is null) return;
            where += " AND " + condition;
            command.Parameters.AddWithValue(name, value);
        }
        Add("shape IN (SELECT value FROM json_each($shapes))", "$shapes", Json(filter.Shapes));
        Add("evidence IN (SELECT value FROM json_each($evidence))", "$evidence", Json(filter.Evidence));
        Add("seq >= $first", "$first", filter.First);
        Add("seq <= $last", "$last", filter.Last);
        Add("\"end\" > $start", "$start", filter.Start);
        Add("start < $end", "$end", filter.End);
        command.CommandText = select + where + rest;
        return command;
    }

    private static string? Json(IReadOnlyCollection<int>? ids) =>
        ids is null ? null : JsonSerializer.Serialize(ids);
}
