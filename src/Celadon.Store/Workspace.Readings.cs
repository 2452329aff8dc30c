using System.Collections.Immutable;
using Celadon.Ledger;
using Celadon.Registers;
using Celadon.Store.Import;
using Celadon.Store.Import.Reading;
using Celadon.Store.Readings;
using Celadon.Text;

namespace Celadon.Store;

/// <summary>
/// The readings beside the journal: opened, set against it, read again from evidence, proved.
/// </summary>
public sealed partial class Workspace
{
    private string ReadingsPath => Path.Combine(Folder, "readings.duckdb");

    private static readonly string[] NotAsAcknowledged =
        ["readings.absent", "readings.rows-missing", "readings.rows-added", "readings.changed"];

    /// <summary>True for what <see cref="RepairReadings"/> can mend.</summary>
    public static bool CanRepair(string finding) =>
        finding is "readings.damaged" or "readings.unknown" || NotAsAcknowledged.Contains(finding);

    /// <summary>
    /// Opens the readings. A file that cannot be read is set aside and made again from the evidence; in a
    /// workspace that is open for reading alone, in memory.
    /// </summary>
    private void OpenReadings()
    {
        try
        {
            Readings = IsReadOnly && !File.Exists(ReadingsPath) ? ReadingStore.InMemory()
                : ReadingStore.Open(ReadingsPath, IsReadOnly);
            HealReadings();
            if (!Readings.IsReadOnly && Readings.Health().Unacknowledged.Count > 0) Readings.Compact();
        }
        catch (RefusedException e) when (e.Finding.Code == "readings.damaged")
        {
            Readings?.Dispose();
            SetReadingsAside(e.Finding);
            HealReadings();
        }
    }

    private void SetReadingsAside(Finding damage)
    {
        if (IsReadOnly)
        {
            _health = _health.Add(damage with { Place = new Place(File: ReadingsPath) });
            Readings = ReadingStore.InMemory();
            return;
        }
        var aside = ReadingStore.SetAside(ReadingsPath);
        _health = _health
            .Add(Finding.Of("readings.setAside", Severity.Warning, new Place(File: aside), ("path", aside)));
        Readings = ReadingStore.Open(ReadingsPath);
    }

    /// <summary>
    /// Tells the readings what the journal says, and reads again from evidence what they lack.
    /// </summary>
    private void HealReadings()
    {
        var state = State();
        var absent = Readings.Heal(ReadingsRecords(state), Reversed(state)).Absent;
        var lost = Restore(state, absent);
        _health = [.. _health.Where(f => f.Code != "readings.absent"), .. lost];
    }

    /// <summary>
    /// Makes the sums by month anew where readings came, as the first question would; worth doing where
    /// somebody need not wait for it.
    /// </summary>
    public void SumMonths()
    {
        if (Extent() is not { } all) return;
        var registers = Registers();
        Readings.MonthsAt([.. registers.Of<Meter>().Where(m => ReadingMeter.ZoneOf(m, registers) is not null)
            .Select(m => ReadingMeterOf(m, registers))], new Quantities.MonthSpan(all.First, all.First),
            long.MaxValue);
    }

    private static List<(long Position, ReadingsRecord Record)> ReadingsRecords(JournalState state) =>
        [.. state.Records.Where(r => r.Body is ReadingsRecord)
            .Select(r => (r.Position, (ReadingsRecord)r.Body))];

    private static IEnumerable<(long Batch, long Position)> Reversed(JournalState state) =>
        ReadingsRecords(state)
        .Select(r => (r.Position, At: state.ReversedAt(r.Position))).Where(r => r.At != 0);

    /// <summary>
    /// Reads series again from their evidence, a batch at a time, by the map the batch kept.
    /// </summary>
    /// <returns>The records whose readings could not be had, each with what stood in the way.</returns>
    private List<Finding> Restore(JournalState state,
        IEnumerable<(long Position, ReadingsRecord Record)> records)
    {
        var lost = new List<Finding>();
        foreach (var batch in records.GroupBy(r => state.BatchOf(r.Position).Position))
        {
            var wanted = batch.ToDictionary(r => r.Record.ContentSha256, r => r, StringComparer.Ordinal);
            if (!Readings.IsReadOnly)
                foreach (var series in SeriesOf(state, batch.Key, lost))
                    if (wanted.Remove(series.ContentSha256)) Readings.Restore(series);
            lost.AddRange(wanted.Values.Select(r => Finding.Of("readings.absent", Severity.Error,
                new Place(Record: r.Position), ("position", r.Position), ("meter", r.Record.Meter),
                ("count", r.Record.Count))));
        }
        return lost;
    }

    /// <summary>The series of a batch, read again from its files as they were read then.</summary>
    private IEnumerable<ReadingSeries> SeriesOf(JournalState state, long batch, List<Finding> lost)
    {
        var header = (BatchRecord)state.BatchOf(batch).Body;
        var files = new List<SourceFile>();
        foreach (var file in header.Files)
        {
            try
            {
                files.Add(new SourceFile(file.Name, Evidence.Get(file.Sha256)));
            }
            catch (RefusedException e)
            {
                lost.Add(e.Finding with { Place = new Place(File: file.Name, Record: batch) });
            }
        }
        var last = state.LastOf(state.BatchIndex(batch));
        return Importer.Plan(files, new ImportContext
        {
            Registers = RegistersOf(StateAt(last)),
            Maps = header.Map.Length == 0 ? [] : ImportMap.Parse(header.Map),
        }).Readings.Select(SeriesOf);
    }

    /// <summary>Proves the readings and their rollups; a file that cannot be read is a finding too.</summary>
    private List<Finding> VerifyReadings()
    {
        try
        {
            return ReadingsFindings();
        }
        catch (RefusedException e) when (e.Finding.Code is "readings.damaged" or "readings.absent")
        {
            return [e.Finding with { Place = new Place(File: ReadingsPath) }];
        }
    }

    private List<Finding> ReadingsFindings()
    {
        var registers = Registers();
        List<Finding> findings = [.. Readings.Verify(ReadingsRecords(State()))];
        // Sums over rows that are not what was acknowledged would say nothing new.
        if (findings.Count == 0)
            findings.AddRange(Readings.VerifyRollups(registers.Of<Meter>()
                .Where(m => ReadingMeter.ZoneOf(m, registers) is not null)
                .Select(m => ReadingMeterOf(m, registers))));
        return findings;
    }

    /// <summary>
    /// Reads again from the evidence every content that is absent or not what was acknowledged, and lets go
    /// of rows that belong to none. A file that cannot be read is set aside and made again whole. The journal
    /// says what is right; it does not change.
    /// </summary>
    /// <returns>What could not be had, each with its record and what stood in the way.</returns>
    /// <exception cref="RefusedException">workspace.readOnly: the journal itself is damaged.</exception>
    public IReadOnlyList<Finding> RepairReadings()
    {
        lock (_writing)
        {
            if (IsReadOnly) throw RefusedException.Of("workspace.readOnly", ("path", Folder));
            Forget();
            try
            {
                return Repaired();
            }
            catch (RefusedException e) when (e.Finding.Code == "readings.damaged")
            {
                Readings.Dispose();
                SetReadingsAside(e.Finding);
                HealReadings();
                return [.. _health.Where(f => f.Code == "readings.absent")];
            }
        }
    }

    private List<Finding> Repaired()
    {
        var state = State();
        var records = ReadingsRecords(state);
        var wrong = ReadingsFindings();
        var places = wrong.Where(f => NotAsAcknowledged.Contains(f.Code)).Select(f => f.Place?.Record)
            .ToHashSet();
        var lost = Restore(state, records.Where(r => places.Contains(r.Position))
            .DistinctBy(r => r.Record.ContentSha256));
        if (wrong.Any(f => f.Code == "readings.unknown")) Readings.Compact();
        return lost;
    }
}
