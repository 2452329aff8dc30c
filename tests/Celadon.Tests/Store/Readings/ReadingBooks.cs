using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Store.Readings;
using DuckDB.NET.Data;
using NodaTime;

namespace Celadon.Tests.Store.Readings;

/// <summary>A readings store in a folder of its own, with the journal's part played by a list.</summary>
internal sealed class ReadingBooks : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("celadon-readings-").FullName;

    public ReadingBooks() => Store = ReadingStore.Open(Path);

    public static ReadingMeter London { get; } = new("m", SiteZone.Get("Europe/London"));

    public string Path => System.IO.Path.Combine(_folder, "readings.duckdb");

    public ReadingStore Store { get; private set; }

    public List<(long Position, ReadingsRecord Record)> Records { get; } = [];

    public List<(long Batch, long Position)> Reversals { get; } = [];

    public long Head { get; private set; }

    /// <summary>Loads, records and acknowledges a series; returns the record's position.</summary>
    public long Append(ReadingSeries series, int revision = 0)
    {
        Store.Load(series);
        var position = Record(series, revision);
        Store.Acknowledge(position, Records[^1].Record);
        return position;
    }

    /// <summary>The journal's commit alone.</summary>
    public long Record(ReadingSeries series, int revision = 0)
    {
        Records.Add((++Head, series.ToRecord(revision, "", "")));
        return Head;
    }

    public long Reverse(long batch)
    {
        Reversals.Add((batch, ++Head));
        Store.Reverse(batch, Head);
        return Head;
    }

    /// <summary>Ends the process's hold on the store and opens it again as a new process would.</summary>
    public ReadingHealth Reopen(Action? between = null)
    {
        Store.Dispose();
        between?.Invoke();
        Store = ReadingStore.Open(Path);
        return Store.Heal(Records, Reversals);
    }

    /// <summary>What somebody with write access to the folder could do.</summary>
    public void Tamper(string sql) => Reopen(() =>
    {
        using var connection = new DuckDBConnection($"DataSource={Path}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.True(command.ExecuteNonQuery() != 0);
    });

    public IReadOnlyList<MeterMonth> Months(
        string months, long? position = null, ReadingMeter? meter = null) =>
        Store.MonthsAt([meter ?? London], MonthSpan.Parse(months), position ?? Head);

    /// <summary>The total of a span of months in all bands.</summary>
    public Amount Total(string months, long? position = null, ReadingMeter? meter = null) =>
        Months(months, position, meter).Aggregate(Amount.Zero, (sum, month) => sum + month.Sum);

    /// <summary>A gapless series from a start: amounts in 10^-scale.</summary>
    public static ReadingSeries Grid(
        string start, int seconds, IEnumerable<long> amounts, int scale = 2, byte quality = 0,
        string meter = "m")
    {
        var values = amounts.ToArray();
        var first = At(start);
        return ReadingSeries.From(meter, scale, [.. values.Select((_, i) => first + i * (long)seconds)],
            [.. values.Select(_ => seconds)], values, [.. values.Select(_ => quality)]);
    }

    /// <summary>Counter readings at instants.</summary>
    public static ReadingSeries Counter(int scale, params (string At, long Value)[] readings) =>
        ReadingSeries.From(
        "m", scale, [.. readings.Select(r => At(r.At))], new int[readings.Length],
        [.. readings.Select(r => r.Value)], new byte[readings.Length]);

    /// <summary>Seconds since 1970 of an ISO instant without its Z.</summary>
    public static long At(string instant) =>
        NodaTime.Text.InstantPattern.ExtendedIso.Parse(instant + "Z").Value.ToUnixTimeSeconds();

    public static Period Span(string from, string to) =>
        new(Instant.FromUnixTimeSeconds(At(from)), Instant.FromUnixTimeSeconds(At(to)));

    public void Dispose()
    {
        Store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
