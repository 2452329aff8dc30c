using Celadon.Ledger;
using Celadon.Registers;
using Celadon.Tests.Crash;

namespace Celadon.Tests.Store;

/// <summary>Whoever reads the books sees what is committed, and waits for no append.</summary>
public sealed class ReadingBesideWritingTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Works _works = new();

    [Fact]
    public async Task Reading_goes_on_while_an_append_is_being_written()
    {
        var cancel = TestContext.Current.CancellationToken;
        using var workspace = _works.Open();
        var before = workspace.State().Position;
        using var begun = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        var writing = Task.Run(() => workspace.Append("register", Slowly(begun, goOn)), cancel);
        Assert.True(begun.Wait(Patience, cancel));
        var seen = await Task.Run(() => (workspace.State().Position, workspace.Journal.Head().Position,
            workspace.GetStatus().Position, workspace.Registers().Of<Supplier>().Count()), cancel)
            .WaitAsync(Patience, cancel);
        Assert.Equal((before, before, before, 0), seen);
        Assert.False(writing.IsCompleted);
        goOn.Set();
        var appended = await writing;
        Assert.Equal(before + 3, appended.Last);
        Assert.Equal((appended.Last, appended.Last), (workspace.State().Position,
            workspace.Journal.Head().Position));
        Assert.Equal(2, workspace.Registers().Of<Supplier>().Count());
    }

    [Fact]
    public void An_append_that_fails_leaves_nothing_of_what_it_brought()
    {
        using var workspace = _works.Open();
        var shapes = workspace.Journal.Shapes().Count;
        Assert.Throws<InvalidOperationException>(() => workspace.Append("import", Failing()));
        Assert.Equal(shapes, workspace.Journal.Shapes().Count);
        var delivery = _works.Deliver(1, 5);
        var plan = workspace.Plan(delivery.Files, [], provedOnly: true);
        workspace.Commit(delivery.Files, plan, new());
        Landing.AssertHolds(workspace, delivery);
        Assert.Empty(workspace.Verify().Findings);
    }

    private static IEnumerable<RecordBody> Slowly(ManualResetEventSlim begun, ManualResetEventSlim goOn)
    {
        yield return Works.Item("supplier", new Supplier { Id = "first" });
        begun.Set();
        goOn.Wait(Patience);
        yield return Works.Item("supplier", new Supplier { Id = "second" });
    }

    private static IEnumerable<RecordBody> Failing()
    {
        var start = NodaTime.Instant.FromUtc(2026, 1, 1, 0, 0);
        yield return new EntryRecord(new Entry(Node.Parse("supplier:a"), Node.Parse("site:stoke"), "clay",
            Celadon.Quantities.Amount.From(1, 0), "t",
            new Celadon.Quantities.Period(start, start + NodaTime.Duration.FromDays(1)), Basis.Stated,
            new Evidence.StatedBy("tester"), Facts.None));
        throw new InvalidOperationException("The source ended.");
    }

    public void Dispose() => _works.Dispose();
}
