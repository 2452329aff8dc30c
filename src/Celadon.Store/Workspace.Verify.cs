using Celadon.Ledger;
using Celadon.Store.Journal;
using Celadon.Text;

namespace Celadon.Store;

/// <summary>What a full check found.</summary>
/// <param name="Position">How far the chain reaches.</param>
/// <param name="Head">Its head hash.</param>
/// <param name="Findings">Every place that does not hold; empty when all does.</param>
public sealed record Verified(long Position, string Head, IReadOnlyList<Finding> Findings);

public sealed partial class Workspace
{
    /// <summary>
    /// Checks everything: the chain from its first record, the readings against the hashes the journal names
    /// and their sums against the readings, every kept file against its name, and that no evidence is
    /// missing. Where the chain does not hold, the workspace is read-only from then on.
    /// </summary>
    public Verified Verify(Action<long>? progress = null, CancellationToken cancel = default)
    {
        var findings = new List<Finding>();
        var breaks = new List<Break>();
        using var reader = Journal.Reader();
        var (position, hash, file) = reader.VerifyAll(breaks, progress, cancel);
        if (breaks.Count > 0)
        {
            Journal.FreezeFrom(breaks.Min(b => b.Position));
            ForgetState();
        }
        findings.AddRange(breaks.OrderBy(b => b.Position).Select(FindingOf));
        findings.AddRange(file.Select(reason => Finding.Of("chain.file", Severity.Error,
            new Place(File: Journal.Path), ("reason", reason))));
        findings.AddRange(VerifyReadings());
        findings.AddRange(VerifyEditions(State()));
        foreach (var (store, what) in ((Files.ContentStore, string)[])[(Evidence, "evidence"),
            (Kept, "answer")])
            findings.AddRange(store.Changed(cancel).Select(name => Finding.Of("file.changed", Severity.Error,
                new Place(File: name), ("sha256", name), ("what", what))));
        findings.AddRange(MissingEvidence());
        if (breaks.Count == 0) Journal.SetChecked(position, hash);
        return new Verified(position, Convert.ToHexStringLower(hash), findings);
    }

    private IEnumerable<Finding> MissingEvidence()
    {
        var state = State();
        var withdrawn = state.Standing<EvidenceWithdrawnRecord>().Select(w => w.Body.Sha256).ToHashSet();
        return state.Batches.SelectMany(b => ((BatchRecord)b.Body).Files.Select(f => (b.Position, File: f)))
            .Where(f => !withdrawn.Contains(f.File.Sha256) && !Evidence.Has(f.File.Sha256))
            .Select(f => Finding.Of("evidence.lost", Severity.Error,
                new Place(File: f.File.Name, Record: f.Position),
                ("file", f.File.Name), ("sha256", f.File.Sha256), ("batch", f.Position)));
    }

    /// <summary>
    /// Makes a backup into an empty folder while the workspace is in use: a consistent journal, every file
    /// that it names, and the readings; synced when this returns. Writers wait meanwhile, readers do not.
    /// Secrets for partners are left out.
    /// </summary>
    /// <returns>Ids of the partners whose secrets are left out.</returns>
    /// <exception cref="RefusedException">backup.notEmpty: the folder holds something.</exception>
    public IReadOnlyList<string> BackupTo(string folder)
    {
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            throw RefusedException.Of("backup.notEmpty", ("path", folder));
        Directory.CreateDirectory(folder);
        lock (_writing)
        {
            Journal.BackupTo(JournalPath(folder));
            Readings.CopyTo(Path.Combine(folder, "readings.duckdb"));
            foreach (var store in (Files.ContentStore[])[Evidence, Kept, PackEditions])
                CopyFolder(store.Folder, Path.Combine(folder, Path.GetFileName(store.Folder)));
            return new PeerSecrets(Folder).LeaveOut(folder);
        }
    }

    private static void CopyFolder(string from, string to)
    {
        if (!Directory.Exists(from)) return;
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            Files.Durable.Copy(file, Path.Combine(to, Path.GetRelativePath(from, file)));
        }
    }
}
