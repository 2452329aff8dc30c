using Celadon.Ledger;
using Celadon.Quantities;
using Microsoft.Data.Sqlite;
using NodaTime;
using SQLitePCL;

namespace Celadon.Store.Journal;

/// <summary>Entry rows as they lie in the journal, before reversals.</summary>
internal sealed class RawEntries
{
    public readonly List<long> Position = [], Unscaled = [], Start = [], End = [];
    public readonly List<int> Shape = [];
    public readonly List<byte> Scale = [];
}

public sealed partial class JournalFile
{
    /// <summary>Every record but entries, up to a position, in order.</summary>
    public List<PlacedRecord> Others(long at, long after = 0)
    {
        lock (_gate)
        {
            var records = new List<PlacedRecord>();
            using var command = _connection.CreateCommand();
            command.CommandText =
                "SELECT seq, batch, kind, body FROM journal INDEXED BY journal_other WHERE kind <> 1 " +
                "AND seq > $after AND seq <= $at ORDER BY seq";
            command.Parameters.AddWithValue("$at", at);
            command.Parameters.AddWithValue("$after", after);
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                var (position, kind) = (reader.GetInt64(0), (RecordKind)reader.GetInt32(2));
                if (Readable(position, kind, () => RecordJson.Read(kind, reader.GetString(3))) is { } body)
                    records.Add(new PlacedRecord(position, reader.GetInt64(1), body));
            }
            return records;
        }
    }

    /// <summary>The entries that touch [start, end) at a position, as columns.</summary>
    internal (RawEntries Rows, FlowShape[] Shapes) Entries(long at, long start, long end,
        CancellationToken cancel)
    {
        lock (_gate)
        {
            var rows = new RawEntries();
            var interned = LoadInterned();
            var (shapes, unreadable) = (interned.Shapes, interned.Unreadable.ToHashSet());
            var database = _connection.Handle!;
            Check(database,
                raw.sqlite3_prepare_v2(database, "SELECT seq, shape, unscaled, scale, start, \"end\" " +
                "FROM journal WHERE kind = 1 AND seq <= ? AND \"end\" > ? AND start < ? ORDER BY seq",
                out var query));
            using (query)
            {
                raw.sqlite3_bind_int64(query, 1, at);
                raw.sqlite3_bind_int64(query, 2, start);
                raw.sqlite3_bind_int64(query, 3, end);
                int code;
                while ((code = raw.sqlite3_step(query)) == raw.SQLITE_ROW)
                {
                    if (unreadable.Count > 0 && unreadable.Contains(raw.sqlite3_column_int(query, 1)))
                        continue;
                    rows.Position.Add(raw.sqlite3_column_int64(query, 0));
                    rows.Shape.Add(raw.sqlite3_column_int(query, 1) - 1);
                    rows.Unscaled.Add(raw.sqlite3_column_int64(query, 2));
                    rows.Scale.Add((byte)raw.sqlite3_column_int(query, 3));
                    rows.Start.Add(raw.sqlite3_column_int64(query, 4));
                    rows.End.Add(raw.sqlite3_column_int64(query, 5));
                    if ((rows.Position.Count & 0xffff) == 0) cancel.ThrowIfCancellationRequested();
                }
                if (code != raw.SQLITE_DONE) Check(database, code);
            }
            return (rows, [.. shapes]);
        }
    }

    /// <summary>The records at the given positions, entries included, in the order asked for.</summary>
    public IEnumerable<PlacedRecord> RecordsAt(IEnumerable<long> positions)
    {
        foreach (var position in positions)
        {
            if (Range(position, position, 1) is [var record]) yield return record;
        }
    }

    /// <summary>Up to <paramref name="most"/> records from one position to another, in order.</summary>
    public List<PlacedRecord> Range(long first, long last, int most)
    {
        lock (_gate)
        {
            var records = new List<PlacedRecord>();
            using var command = _connection.CreateCommand();
            command.CommandText = """
                SELECT j.seq, j.batch, j.kind, j.body, j.unscaled, j.scale, j.start, j."end", j."row",
                  s."from", s."to", s.resource, s.unit, s.calorific, s.basis, s.facts,
                  e.kind, e.ref, e.name, e.sheet, e.through
                FROM journal j LEFT JOIN shape s ON s.id = j.shape LEFT JOIN evidence e ON e.id = j.evidence
                WHERE j.seq BETWEEN $first AND $last ORDER BY j.seq LIMIT $most
                """;
            command.Parameters.AddWithValue("$first", first);
            command.Parameters.AddWithValue("$last", last);
            command.Parameters.AddWithValue("$most", most);
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                var kind = (RecordKind)reader.GetInt32(2);
                if (Readable(reader.GetInt64(0), kind, () => kind == RecordKind.Entry
                    ? new EntryRecord(ReadEntry(reader)) : RecordJson.Read(kind, reader.GetString(3)))
                        is { } body)
                    records.Add(new PlacedRecord(reader.GetInt64(0), reader.GetInt64(1), body));
            }
            return records;
        }
    }

    /// <summary>The hash of the record at a position, lower-case hex, or null when there is none.</summary>
    public string? HashOf(long position) =>
        HeadAt(position) is var (at, hash) && at == position ? Convert.ToHexStringLower(hash) : null;

    /// <summary>Every record's stored hash and hashed line, in order.</summary>
    public IEnumerable<(string Hash, string Line)> Lines(CancellationToken cancel = default)
    {
        const int page = 5000;
        for (long after = 0; ;)
        {
            cancel.ThrowIfCancellationRequested();
            var lines = LinesAfter(after, page);
            foreach (var line in lines) yield return line;
            if (lines.Count < page) yield break;
            after += page;
        }
    }

    private List<(string Hash, string Line)> LinesAfter(long after, int most)
    {
        lock (_gate)
        {
            var interned = LoadInterned();
            var format = new ChainFormat();
            var database = _connection.Handle!;
            var lines = new List<(string, string)>();
            Check(database,
                raw.sqlite3_prepare_v2(database, "SELECT seq, kind, batch, hash, shape, unscaled, scale, " +
                "start, \"end\", evidence, \"row\", body FROM journal WHERE seq > ? ORDER BY seq LIMIT ?",
                out var query));
            using (query)
            {
                raw.sqlite3_bind_int64(query, 1, after);
                raw.sqlite3_bind_int(query, 2, most);
                while (raw.sqlite3_step(query) == raw.SQLITE_ROW)
                {
                    var line = LineOf(query, raw.sqlite3_column_int64(query, 0),
                        (RecordKind)raw.sqlite3_column_int(query, 1), format, interned);
                    lines.Add((Convert.ToHexStringLower(raw.sqlite3_column_blob(query, 3)),
                        System.Text.Encoding.UTF8.GetString(line)));
                }
            }
            return lines;
        }
    }

    private static Entry ReadEntry(SqliteDataReader reader)
    {
        var row = reader.GetInt32(8);
        Evidence evidence = reader.GetInt32(16) switch
        {
            0 => new Evidence.FileRow(reader.GetString(17), reader.GetString(18), reader.GetString(19), row),
            1 => new Evidence.MeterReadings(reader.GetString(17), reader.GetInt64(20)),
            _ => new Evidence.StatedBy(reader.GetString(17)),
        };
        return new Entry(Node.Parse(reader.GetString(9)), Node.Parse(reader.GetString(10)),
            reader.GetString(11),
            Amount.From(reader.GetInt64(4), reader.GetInt32(5)), reader.GetString(12),
            new Period(Instant.FromUnixTimeSeconds(reader.GetInt64(6)),
                Instant.FromUnixTimeSeconds(reader.GetInt64(7))),
            (Basis)reader.GetInt32(14), evidence, Facts.Parse(reader.GetString(15)),
            (CalorificBasis)reader.GetInt32(13));
    }

    private static void Check(sqlite3 database, int code)
    {
        if (code != raw.SQLITE_OK)
            throw new SqliteException(raw.sqlite3_errmsg(database).utf8_to_string(), code);
    }
}
