using Celadon.Ledger;
using Celadon.Lenses;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Store;
using Celadon.Store.Import;
using Celadon.Store.Import.Reading;
using Celadon.Store.Journal;
using Celadon.Text;
using NodaTime;

namespace Celadon.Server;

public sealed partial class Books
{
    /// <summary>Folder of the workspace.</summary>
    public string Folder => _workspace.Folder;

    /// <summary>The workspace at a glance.</summary>
    public Status Status => Keep("status", _workspace.GetStatus);

    /// <summary>The readings of a meter's month that count now, in order of time.</summary>
    public IReadOnlyList<ReadingLeaf> ReadingsOf(Meter meter, YearMonth month) =>
        _workspace.ReadingsOf(meter, Registers, month);

    /// <summary>
    /// Reads files and records what they bring as one batch; what is not proved stays a to-do.
    /// </summary>
    /// <param name="files">The files.</param>
    /// <param name="choices">What to do with what the books hold already.</param>
    /// <param name="dryRun">True to read only.</param>
    /// <param name="cancel">Heeded until recording begins.</param>
    /// <param name="progress">Told every few thousand rows while files are read.</param>
    public (ImportPlan Plan, IReadOnlyList<Finding> More, Imported? Imported) Import(
        IReadOnlyList<SourceFile> files, ImportChoices choices, bool dryRun, CancellationToken cancel,
        Action<ImportProgress>? progress = null)
    {
        var plan = _workspace.Plan(files, [], provedOnly: true, progress: progress, cancel: cancel);
        if (dryRun) return (plan, _workspace.NewIn(plan, choices, progress, cancel).Findings, null);
        cancel.ThrowIfCancellationRequested();
        // From here on a caller that hangs up would not know whether it stands; it does.
        var imported = _workspace.Commit(files, plan, choices, cancel: CancellationToken.None);
        return (plan, imported.Findings, imported);
    }
}
