using System.Collections.Immutable;
using Celadon.Ledger;
using Celadon.Registers;
using Celadon.Store.Import;
using Celadon.Store.Import.Reading;
using Celadon.Store.Journal;
using Celadon.Store.Readings;
using Celadon.Text;

namespace Celadon.Store;

/// <summary>What of a plan is new to the books.</summary>
/// <param name="Registers">Register versions that change something.</param>
/// <param name="Entries">Entries that are not there yet.</param>
/// <param name="Readings">Series that are not there yet, with the draft each comes from.</param>
/// <param name="Findings">What is there already, and what differs.</param>
public sealed record NewInPlan(
    ImmutableArray<RegisterRecord> Registers, ImmutableArray<Entry> Entries,
    ImmutableArray<(ReadingsDraft Draft, ReadingSeries Series, int Revision)> Readings,
    ImmutableArray<Finding> Findings)
{
    /// <summary>Derived entries that no longer hold and are taken back.</summary>
    public ImmutableArray<ReversalRecord> Reversals { get; init; } = [];

    /// <summary>Overrides that are not there yet; part of the batch, and reversed with it.</summary>
    public ImmutableArray<OverrideRecord> Overrides { get; init; } = [];

    /// <summary>Withdrawals and statements sent that are not there yet; part of the batch too.</summary>
    public ImmutableArray<RecordBody> Stated { get; init; } = [];

    /// <summary>Names of actors that differ from those kept.</summary>
    public ImmutableArray<ActorName> Names { get; init; } = [];

    /// <summary>Files that are kept without being read, and are not kept yet.</summary>
    public ImmutableArray<string> Kept { get; init; } = [];

    /// <summary>True when committing would write nothing into the journal; names stand beside it.</summary>
    public bool IsEmpty => Registers.IsEmpty && Entries.IsEmpty && Readings.IsEmpty && Kept.IsEmpty
        && Overrides.IsEmpty && Stated.IsEmpty;
}

/// <summary>What an import wrote.</summary>
/// <param name="Appended">The batch, or null when all of it was there already.</param>
/// <param name="Entries">How many entries.</param>
/// <param name="Readings">How many readings.</param>
/// <param name="Findings">What was there already, and what differs.</param>
public sealed record Imported(Appended? Appended, int Entries, long Readings,
    ImmutableArray<Finding> Findings)
{
    /// <summary>Overrides, withdrawals and statements written.</summary>
    public int Records { get; init; }

    /// <summary>Names of actors kept or erased outside the chain.</summary>
    public int Names { get; init; }
}

/// <summary>How an import treats what looks like something the books hold.</summary>
/// <param name="Again">Load rows that say the same as a row of another file.</param>
/// <param name="Correct">Readings that differ from those in the books correct them.</param>
public sealed record ImportChoices(bool Again = false, bool Correct = false);

public sealed partial class Workspace
{
    /// <summary>Plans an import: nothing is written.</summary>
    /// <param name="files">The files.</param>
    /// <param name="maps">How to read them, where that is stated.</param>
    /// <param name="provedOnly">True to accept only what is proved.</param>
    /// <param name="answers">Answers to questions of an earlier plan.</param>
    /// <param name="progress">Told every few thousand rows.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public ImportPlan Plan(
        IReadOnlyList<SourceFile> files, ImmutableArray<ImportMap> maps, bool provedOnly,
        ImmutableSortedDictionary<string, string>? answers = null,
        Action<ImportProgress>? progress = null, CancellationToken cancel = default) =>
        Importer.Plan(files, new ImportContext
        {
            Registers = Registers(),
            Books = Books(),
            Maps = maps,
            Templates = Templates(),
            Answers = answers ?? ImmutableSortedDictionary<string, string>.Empty,
            ProvedOnly = provedOnly,
            Progress = progress,
            Cancel = cancel,
        });

    /// <summary>
    /// What of a plan the books do not hold yet. A row of a file that was loaded is not loaded again; a row
    /// that says the same as one of another file is held back and named; readings that are there are left as
    /// they are.
    /// </summary>
    public NewInPlan NewIn(ImportPlan plan, ImportChoices choices,
        Action<ImportProgress>? progress = null, CancellationToken cancel = default)
    {
        var pace = new ImportPace(progress, cancel);
        pace.Open(0, plan.Files.Length, "");
        pace.Begin(ImportStage.Comparing, plan.Entries.Length + plan.Readings.Sum(r => (long)r.Count));
        var state = State();
        var registers = RegistersOf(state);
        var findings = new List<Finding>();
        var fresh = new NewInPlan(
            [.. plan.Registers.Where(r => !IsCurrent(registers, r))],
            NewEntries(plan, choices, findings, pace),
            NewReadings(plan, state, choices, findings, pace),
            [.. findings])
        {
            Kept = [.. plan.Documents.Where(d => d.Kind == DocumentKind.Evidence && !state.Batches
                .Any(b => ((BatchRecord)b.Body).Files.Any(f => f.Sha256 == d.Sha256))).Select(d => d.Sha256)],
        };
        pace.End();
        return plan.Records.IsEmpty && plan.Names.IsEmpty ? fresh : WithRecords(fresh, plan, state);
    }

    /// <summary>
    /// Commits a plan as one batch: evidence and readings side by side, then the journal, with how the files
    /// were read and the names they bring; durable when it returns. All of it stands, or none.
    /// </summary>
    /// <param name="files">The files.</param>
    /// <param name="plan">How they are read.</param>
    /// <param name="choices">What to do about what the books hold already.</param>
    /// <param name="progress">Told how many records of the batch are written.</param>
    /// <param name="cancel">Heeded until the journal has the batch; what lay beside it goes again.</param>
    /// <exception cref="OperationCanceledException">It was cancelled: nothing is recorded.</exception>
    public Imported Commit(
        IReadOnlyList<SourceFile> files, ImportPlan plan, ImportChoices choices,
        Action<long>? progress = null,
        CancellationToken cancel = default)
    {
        lock (_writing)
        {
            if (IsReadOnly) throw RefusedException.Of("workspace.readOnly", ("path", Folder));
            files = plan.Evidence(files);
            var fresh = WithBalances(NewIn(plan, choices, cancel: cancel), plan);
            if (fresh.IsEmpty)
            {
                PutBack(files);
                return fresh.Names.IsEmpty ? new Imported(null, 0, 0, fresh.Findings) : Named(fresh);
            }
            ReadingSeries[] series = [.. fresh.Readings.Select(r => r.Series)];
            string[] unkept = [.. files.Select(f => f.Sha256).Where(f => !Evidence.Has(f))];
            var records = fresh.Readings.Select(r =>
                r.Series.ToRecord(r.Revision, r.Draft.FileSha256, r.Draft.Sheet)).ToList();
            Appended appended;
            try
            {
                KeepAndLoad(files, series, cancel);
                appended = Append(HeaderOf(plan), fresh.Registers.Concat<RecordBody>(records)
                    .Concat(fresh.Reversals).Concat(fresh.Overrides).Concat(fresh.Stated)
                    .Concat(fresh.Entries.Select(e => new EntryRecord(e))),
                    BesideOf(plan, fresh), SinceHead(progress), cancel);
            }
            catch (OperationCanceledException)
            {
                foreach (var name in unkept) Evidence.Erase(name);
                Readings.Unload(series);
                throw;
            }
            var position = appended.Batch + fresh.Registers.Length;
            foreach (var record in records)
            {
                Steps.Pass("readings-to-be-acknowledged");
                Readings.Acknowledge(++position, record);
            }
            Steps.Pass("readings-acknowledged");
            EraseWithdrawn(fresh.Stated);
            return new Imported(appended, fresh.Entries.Length,
                fresh.Readings.Sum(r => (long)r.Series.Count), fresh.Findings)
            {
                Records = fresh.Overrides.Length + fresh.Stated.Length,
                Names = fresh.Names.Length,
            };
        }
    }

    private BatchRecord HeaderOf(ImportPlan plan) => new(_options.Clock.GetCurrentInstant(), _options.Actor,
        "import", plan.Files, plan.Map, "");

    /// <summary>The journal tells positions; a listener wants to know how many there were.</summary>
    private Action<long>? SinceHead(Action<long>? progress)
    {
        if (progress is null) return null;
        var head = Journal.Head().Position;
        return position => progress(position - head);
    }

    /// <summary>
    /// Evidence goes to the disk while the readings are loaded: both are there when this returns, and neither
    /// counts before the journal names it.
    /// </summary>
    private void KeepAndLoad(
        IReadOnlyList<SourceFile> files, ReadingSeries[] series, CancellationToken cancel)
    {
        var kept = Task.Run(() =>
        {
            foreach (var file in files)
            {
                cancel.ThrowIfCancellationRequested();
                Evidence.Put(file.Sha256, file.Bytes.Span);
                Steps.Pass("evidence-kept");
            }
        }, CancellationToken.None);
        try
        {
            Readings.Load(series, cancel);
            Steps.Pass("readings-loaded");
        }
        finally
        {
            kept.GetAwaiter().GetResult();
        }
    }

    /// <summary>
    /// Evidence that was lost or changed is whole again once the same file is loaded again.
    /// </summary>
    private void PutBack(IReadOnlyList<SourceFile> files)
    {
        var state = State();
        var withdrawn = state.Standing<EvidenceWithdrawnRecord>().Select(w => w.Body.Sha256);
        var named = state.Batches.SelectMany(b => ((BatchRecord)b.Body).Files).Select(f => f.Sha256)
            .Except(withdrawn).ToHashSet();
        foreach (var file in files.Where(f => named.Contains(f.Sha256))) Evidence.Put(file.Bytes.Span);
    }

    private static bool IsCurrent(RegisterSet registers, RegisterRecord record) =>
        registers.All.Any(r => r.Type == record.Type && r.Item.Id == record.Id
            && RegisterSet.Write(r.Item) == RegisterSet.Write(RegisterSet.Read(record.Type, record.Json)));

    private ImmutableArray<Entry> NewEntries(
        ImportPlan plan, ImportChoices choices, List<Finding> findings, ImportPace pace)
    {
        if (plan.Entries.IsEmpty) return [];
        var held = new HeldEntries(this, plan.Entries);
        var fresh = ImmutableArray.CreateBuilder<Entry>();
        var repeats = 0;
        foreach (var entry in plan.Entries)
        {
            pace.Step();
            var other = held.SameAs(entry, out var itself);
            if (itself || held.IsStatedSince(entry)) repeats++;
            else if (!choices.Again && other is { } position)
                findings.Add(Finding.Of("import.sameInBooks", Severity.Warning, PlaceOf(entry),
                    ("position", position), ("amount", entry.Amount), ("unit", entry.Unit),
                    ("resource", entry.Resource)));
            else fresh.Add(entry);
        }
        if (repeats > 0)
            findings.Add(Finding.Of("import.rowsInBooks", Severity.Info, null, ("count", repeats)));
        return fresh.ToImmutable();
    }

    private static Place? PlaceOf(Entry entry) => entry.Evidence is Evidence.FileRow file
        ? new Place(file.Name, file.Sheet.Length == 0 ? null : file.Sheet, file.Row) : null;

    private ImmutableArray<(ReadingsDraft, ReadingSeries, int)> NewReadings(
        ImportPlan plan, JournalState state, ImportChoices choices, List<Finding> findings,
        ImportPace pace)
    {
        var standing = state.Standing<ReadingsRecord>().ToList();
        var registers = RegisterSet.From(state.Standing<RegisterRecord>()
            .Concat(plan.Registers.Select(r => (long.MaxValue, r))));
        var fresh = ImmutableArray.CreateBuilder<(ReadingsDraft, ReadingSeries, int)>();
        long done = plan.Entries.Length;
        foreach (var draft in plan.Readings)
        {
            pace.Reach(done);
            done += draft.Count;
            var series = SeriesOf(draft);
            if (standing.Exists(r => r.Body.ContentSha256 == series.ContentSha256))
            {
                findings.Add(Finding.Of("import.readingsInBooks", Severity.Info, null, ("meter", draft.Meter),
                    ("count", draft.Count)));
                continue;
            }
            var differ = Differing(draft, registers, pace);
            var overlapping = standing.Where(r => r.Body.Meter == draft.Meter
                && r.Body.Span.Overlaps(draft.Span)).ToList();
            if (differ > 0)
                findings.Add(Finding.Of(choices.Correct ? "import.corrects" : "import.differsFromBooks",
                    choices.Correct ? Severity.Info : Severity.Warning, null, ("meter", draft.Meter),
                    ("count", differ)));
            fresh.Add((draft, series, choices.Correct
                && differ > 0 ? overlapping.Max(r => r.Body.Revision) + 1 : 0));
        }
        return fresh.ToImmutable();
    }

    /// <summary>How many intervals of a draft the books hold with another amount.</summary>
    private int Differing(ReadingsDraft draft, RegisterSet registers, ImportPace pace)
    {
        // While it is asked which site a new meter stands at, the books can hold nothing of it.
        if (registers.Find<Meter>(draft.Meter) is not { } meter || draft.Kind == MeterReading.Counter
            || ReadingMeter.ZoneOf(meter, registers) is null) return 0;
        var held = Readings.SeriesAt(ReadingMeterOf(meter, registers), draft.Span, long.MaxValue);
        var byStart = new Dictionary<(long, long), Quantities.Amount>();
        for (var i = 0; i < held.Start.Length; i++)
            byStart[(held.Start[i], held.Length[i])] = held.Amount[i];
        if (byStart.Count == 0) return 0;
        var differ = 0;
        for (var i = 0; i < draft.Count; i++)
        {
            pace.Step();
            if (byStart.TryGetValue((draft.Start[i], draft.Length[i]), out var amount)
                && amount != Quantities.Amount.From(draft.Unscaled[i], draft.Scale)) differ++;
        }
        return differ;
    }

    private static ReadingSeries SeriesOf(ReadingsDraft draft) => ReadingSeries.From(
        draft.Meter, draft.Scale, draft.Start, draft.Length, draft.Unscaled, draft.Quality,
        draft.Band.Length == 0 ? null : [draft.Band], draft.Band.Length == 0 ? null : new int[draft.Count]);

    private ImmutableArray<ImportMap> Templates() =>
        Journal.Template("import") is { } kept ? ImportMap.Parse(kept) : [];

    /// <summary>
    /// What is kept outside the chain with a plan: the names it brings, and how its files were read, so that
    /// the next file of the same form is read without questions.
    /// </summary>
    private Beside BesideOf(ImportPlan plan, NewInPlan fresh)
    {
        var templates = Templates().ToList();
        foreach (var template in plan.Documents.Select(d => d.Template).OfType<ImportMap>())
        {
            // What was answered for one row of one file says nothing about the next.
            var kept = template with
            {
                Answers = template.Answers.RemoveRange(template.Answers.Keys.Where(IsOfOneFile)),
            };
            templates.RemoveAll(t => t.Name == template.Name && t.Sheet == template.Sheet
                && (t.Supplier is null || t.Files == template.Files));
            templates.Add(kept);
        }
        return new Beside(templates.Count > 0 ? ("import", ImportMap.Write(templates)) : null,
            [.. fresh.Names.Select(n => (n.Id, n.Name))]);
    }

    private static bool IsOfOneFile(string answer) =>
        answer.StartsWith("thousandfold/", StringComparison.Ordinal)
        || answer.StartsWith("overlap/", StringComparison.Ordinal);
}
