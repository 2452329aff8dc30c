using Celadon.Store;
using Celadon.Store.Import;
using Celadon.Tests.Crash;
using Celadon.Tests.Import;

namespace Celadon.Tests.Store;

/// <summary>An import that is stopped leaves the books, and what lies beside them, as they were.</summary>
public sealed class CancelledImportTests : IDisposable
{
    private readonly Works _works = new();

    [Fact]
    public void Planning_that_is_stopped_leaves_the_books_alone()
    {
        using var workspace = _works.Open();
        using var stop = new CancellationTokenSource();
        var before = workspace.Journal.Head();
        Assert.Throws<OperationCanceledException>(() => workspace.Plan(
            [ProgressTests.Minutes("m1.csv", 300_000)], [], provedOnly: true, null,
            progress => { if (progress.Rows > 0) stop.Cancel(); }, stop.Token));
        Assert.Equal(before.Position, workspace.Journal.Head().Position);
    }

    [Fact]
    public void Comparing_is_stopped_too()
    {
        using var workspace = _works.Open();
        using var stop = new CancellationTokenSource();
        var plan = workspace.Plan(_works.Deliver(1, 6_000).Files, [], provedOnly: true);
        var told = new List<ImportProgress>();
        Assert.Throws<OperationCanceledException>(() => workspace.NewIn(plan, new ImportChoices(), progress =>
        {
            told.Add(progress);
            if (progress.Rows > 0) stop.Cancel();
        }, stop.Token));
        Assert.InRange(told[^1].Rows, 1, told[^1].Total - 1);
        told.Clear();
        // Readings of which the books hold nothing count as well, a series at a time.
        workspace.NewIn(plan, new ImportChoices(), told.Add, TestContext.Current.CancellationToken);
        Assert.Contains(told, p => p.Rows == plan.Entries.Length);
        Assert.Equal(plan.Entries.Length + plan.Readings.Sum(r => r.Count), told[^1].Rows);
    }

    [Fact]
    public void Recording_that_is_stopped_leaves_nothing_beside_the_journal_and_can_be_done_again()
    {
        using var workspace = _works.Open();
        using var stop = new CancellationTokenSource();
        var delivery = _works.Deliver(1, 6_000);
        var plan = workspace.Plan(delivery.Files, [], provedOnly: true);
        var before = workspace.Journal.Head().Position;
        var counts = new List<long>();
        // The first block of records is told once evidence and readings lie there.
        Assert.Throws<OperationCanceledException>(() => workspace.Commit(delivery.Files, plan,
            new ImportChoices(), count =>
            {
                counts.Add(count);
                stop.Cancel();
            }, stop.Token));
        Assert.Single(counts);
        Assert.Equal(before, workspace.Journal.Head().Position);
        Assert.All(delivery.Files, f => Assert.False(workspace.Evidence.Has(f.Sha256)));
        Assert.Empty(workspace.Readings.Health().Unacknowledged);
        var imported = workspace.Commit(delivery.Files, plan, new ImportChoices(), counts.Add,
            TestContext.Current.CancellationToken);
        Assert.Equal((delivery.Entries, delivery.Readings), (imported.Entries, (int)imported.Readings));
        // Counted from the batch on, whatever stood in the books before.
        Assert.Equal(imported.Appended!.Last - before, counts[^1]);
        Assert.Empty(workspace.Verify(cancel: TestContext.Current.CancellationToken).Findings);
    }

    [Fact]
    public void Evidence_that_lay_there_before_stays()
    {
        using var workspace = _works.Open();
        var delivery = _works.Deliver(1, 100);
        workspace.Evidence.Put(delivery.Files[0].Bytes.Span);
        var plan = workspace.Plan(delivery.Files, [], provedOnly: true);
        Assert.Throws<OperationCanceledException>(() => workspace.Commit(delivery.Files, plan,
            new ImportChoices(), cancel: Cancelled()));
        Assert.True(workspace.Evidence.Has(delivery.Files[0].Sha256));
    }

    private static CancellationToken Cancelled() => new(true);

    public void Dispose() => _works.Dispose();
}
