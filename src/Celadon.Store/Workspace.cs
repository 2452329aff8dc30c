using System.Collections.Immutable;
using System.Reflection;
using Celadon.Ledger;
using Celadon.Lenses;
using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Store.Files;
using Celadon.Store.Journal;
using Celadon.Store.Readings;
using Celadon.Text;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace Celadon.Store;

/// <summary>How a workspace is opened.</summary>
/// <param name="Clock">The clock that dates batches.</param>
/// <param name="Shipped">The packs that came with the program.</param>
/// <param name="Actor">Id of who works.</param>
/// <param name="Wait">How long to wait while another process has the workspace.</param>
public sealed record WorkspaceOptions(IClock Clock, IPackSource Shipped, string Actor, TimeSpan Wait);

/// <summary>
/// One folder that holds the books of an organisation: journal, readings, evidence, the packs in use and the
/// answers kept at closing. One process has it at a time. A copy of the closed folder is a backup.
/// </summary>
public sealed partial class Workspace : IDisposable
{
    private readonly WorkspaceOptions _options;
    private readonly FileStream _lock;
    private readonly Lock _writing = new(), _stating = new();
    private ImmutableList<Finding> _health = [];
    private volatile JournalState? _state;

    private Workspace(string folder, WorkspaceOptions options, FileStream processLock, JournalFile journal)
    {
        (Folder, _options, _lock, Journal) = (folder, options, processLock, journal);
        Evidence = new ContentStore(Path.Combine(folder, "evidence"));
        Kept = new ContentStore(Path.Combine(folder, "answers"));
        PackEditions = new ContentStore(Path.Combine(folder, "packs"));
    }

    /// <summary>Version of the program, as answers and closings name it.</summary>
    public static string Program { get; } = "Celadon " + (typeof(Workspace).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0");

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>The journal.</summary>
    public JournalFile Journal { get; }

    /// <summary>The readings beside it.</summary>
    public ReadingStore Readings { get; private set; } = null!;

    /// <summary>Evidence by its hash.</summary>
    public ContentStore Evidence { get; }

    /// <summary>Answers kept at closing, by their hash.</summary>
    public ContentStore Kept { get; }

    /// <summary>Pack editions in use, by their hash.</summary>
    public ContentStore PackEditions { get; }

    /// <summary>True when damage was found on opening: everything can be read, nothing written.</summary>
    public bool IsReadOnly => Journal.IsReadOnly;

    /// <summary>What was found wrong on opening, and what could not be read since.</summary>
    public IReadOnlyList<Finding> Health => [.. _health, .. Journal.Unreadable
        .Where(b => !_health.Exists(f => f.Place?.Record == b.Position)).Select(FindingOf),
        .. SecretsLeftOut];

    /// <summary>Whose secrets did not come back with a backup; each until it is given again.</summary>
    private IEnumerable<Finding> SecretsLeftOut => new PeerSecrets(Folder).LeftOut is { Count: > 0 } left
        ? [Finding.Of("exchange.secretsGone", Severity.Warning, null, ("peers", string.Join(", ", left)))]
        : [];

    /// <summary>The path of the journal in a folder; the folder is a workspace when it is there.</summary>
    public static string JournalPath(string folder) => Path.Combine(folder, "journal.db");

    /// <summary>True when the folder is a workspace.</summary>
    public static bool IsWorkspace(string folder) => File.Exists(JournalPath(folder));

    /// <summary>
    /// Makes a workspace and takes the shipped packs into use.
    /// </summary>
    /// <exception cref="RefusedException">workspace.exists: there is one already.</exception>
    public static Workspace Create(string folder, WorkspaceOptions options, string id)
    {
        Directory.CreateDirectory(folder);
        var processLock = TakeLock(folder, options.Wait);
        try
        {
            var journal = JournalFile.Create(JournalPath(folder), id);
            var workspace = new Workspace(folder, options, processLock, journal);
            workspace.OpenReadings();
            workspace.AdoptShipped();
            return workspace;
        }
        catch
        {
            processLock.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Opens a workspace, checks the tail of its chain, and heals its readings from the journal. A workspace
    /// that is damaged opens for reading alone, and <see cref="Health"/> says where.
    /// </summary>
    /// <exception cref="RefusedException">
    /// workspace.missing, workspace.busy (another process has it), workspace.damaged, workspace.format.
    /// </exception>
    public static Workspace Open(string folder, WorkspaceOptions options)
    {
        if (!IsWorkspace(folder)) throw RefusedException.Of("workspace.missing", ("path", folder));
        var processLock = TakeLock(folder, options.Wait);
        JournalFile? journal = null;
        try
        {
            journal = JournalFile.Open(JournalPath(folder));
            var breaks = new List<Break>();
            journal.VerifyTail(breaks);
            var workspace = new Workspace(folder, options, processLock, journal);
            workspace._health = [.. breaks.Select(FindingOf)];
            if (!workspace.IsReadOnly) workspace.FinishWhatWasCutShort();
            workspace.OpenReadings();
            // A workspace whose making was cut short has no record yet.
            if (!workspace.IsReadOnly && workspace.Journal.Head().Position == 0) workspace.AdoptShipped();
            return workspace;
        }
        catch (Exception e)
        {
            journal?.Dispose();
            processLock.Dispose();
            if (e is not SqliteException) throw;
            throw RefusedException.Of("workspace.damaged", ("path", JournalPath(folder)),
                ("reason", e.Message));
        }
    }

    /// <summary>
    /// What the records other than entries say now. Does not wait for an append: while one is being written,
    /// this is what was before it.
    /// </summary>
    public JournalState State()
    {
        if (_state is { } known) return known;
        lock (_stating) return _state ??= StateAt(long.MaxValue);
    }

    /// <summary>The next that asks for the state reads it anew.</summary>
    private void ForgetState()
    {
        // Under the lock, so that a state that is being read now is not put down afterwards.
        lock (_stating) _state = null;
        Forget();
    }

    /// <summary>What the records other than entries said at a position.</summary>
    public JournalState StateAt(long position) =>
        new(Journal.Others(position), Math.Min(position, Journal.Head().Position));

    /// <summary>What exists now.</summary>
    public RegisterSet Registers() => RegistersOf(State());

    /// <summary>What exists in a state.</summary>
    public static RegisterSet RegistersOf(JournalState state) =>
        RegisterSet.From(state.Standing<RegisterRecord>());

    /// <summary>Appends a batch, durable when this returns.</summary>
    public Appended Append(
        string purpose, IEnumerable<RecordBody> records, string note = "",
        IEnumerable<BatchFile>? files = null,
        string map = "", Action<long>? progress = null, CancellationToken cancel = default)
    {
        var header = new BatchRecord(_options.Clock.GetCurrentInstant(), _options.Actor, purpose,
            [.. files ?? []], map, note);
        return Append(header, records, null, progress, cancel);
    }

    private Appended Append(BatchRecord header, IEnumerable<RecordBody> records,
        Beside? beside, Action<long>? progress, CancellationToken cancel)
    {
        lock (_writing)
        {
            var appended = Journal.Append(header, _ => records, beside, progress, cancel);
            ForgetState();
            return appended;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Readings.Dispose();
        Journal.Dispose();
        _lock.Dispose();
    }

    private static Finding FindingOf(Break found) => Finding.Of("chain." + found.Reason, Severity.Error,
        new Place(Record: found.Position), ("position", found.Position), ("kind", found.Kind));

    /// <summary>
    /// What an end of the process left half done outside the journal: files that were being written beside
    /// their place, and withdrawn files that were not erased yet.
    /// </summary>
    private void FinishWhatWasCutShort()
    {
        foreach (var store in (ContentStore[])[Evidence, Kept, PackEditions]) Durable.Sweep(store.Folder);
        // A name that was being erased is gone from the table, but may stand in the log yet.
        Journal.Checkpoint();
        EraseWhatStandsWithdrawn();
    }

    /// <summary>
    /// The lock that says one process has the workspace; the system lets go of it when the process ends.
    /// </summary>
    private static FileStream TakeLock(string folder, TimeSpan wait)
    {
        var path = Path.Combine(folder, "lock");
        for (var waited = TimeSpan.Zero; ; waited += TimeSpan.FromMilliseconds(50))
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (waited < wait)
            {
                Thread.Sleep(50);
            }
            catch (IOException)
            {
                throw RefusedException.Of("workspace.busy", ("path", folder));
            }
        }
    }
}
