using Celadon.Store;

namespace Celadon.Tests.Crash;

/// <summary>A backup made at any time is whole: a journal at one position with all that it names.</summary>
public sealed class BackupTests
{
    [Fact]
    public async Task A_backup_amid_imports_and_questions_is_a_workspace_of_its_own()
    {
        using var works = new Works();
        var deliveries = Enumerable.Range(1, 6).Select(number => works.Deliver(number, 400)).ToList();
        var backups = new List<string>();
        using (var workspace = works.Open())
        {
            var stop = false;
            var asking = Task.Run(() =>
            {
                // Sums are made on demand and stored: reading writes to the readings' file too.
                while (!Volatile.Read(ref stop))
                {
                    workspace.Readings.ForgetAllRollups();
                    workspace.GetStatus();
                }
            });
            var importing = Task.Run(() =>
            {
                foreach (var delivery in deliveries)
                    workspace.Commit(delivery.Files, workspace.Plan(delivery.Files, [], true),
                        new ImportChoices());
            });
            do
            {
                backups.Add(Path.Combine(works.Root, $"backup-{backups.Count}"));
                workspace.BackupTo(backups[^1]);
            }
            while (!importing.IsCompleted && backups.Count < 8);
            await importing;
            Volatile.Write(ref stop, true);
            await asking;
            backups.Add(Path.Combine(works.Root, "last"));
            workspace.BackupTo(backups[^1]);
        }
        foreach (var folder in backups)
        {
            using var backup = Workspace.Open(folder, Works.Options);
            Assert.Empty(backup.Health);
            Assert.Empty(backup.Verify().Findings);
            var landed = (int)(backup.GetStatus().Entries.Sum(e => e.Count) / 400);
            if (folder == backups[^1]) Assert.Equal(deliveries.Count, landed);
            Landing.AssertHolds(backup, deliveries.Take(landed).Aggregate(Landing.Nothing, Landing.Sum));
        }
    }
}
