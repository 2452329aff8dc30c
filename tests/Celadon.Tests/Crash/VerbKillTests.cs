using System.Globalization;
using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Store;

namespace Celadon.Tests.Crash;

/// <summary>
/// kill -9 at each step of closing a month, taking a batch back and taking a pack into use: what was to be
/// written is there whole or not at all, the proof is clean, and the same line once more ends as it should.
/// </summary>
[Collection("processes")]
public sealed class VerbKillTests : IDisposable
{
    private const int Rows = 200;

    private readonly Works _works = new();
    private readonly Delivery _delivery;
    private readonly long _batch;

    public VerbKillTests()
    {
        _delivery = _works.Deliver(1, Rows);
        using var workspace = _works.Open();
        var plan = workspace.Plan(_delivery.Files, [], provedOnly: true);
        _batch = workspace.Commit(_delivery.Files, plan, new ImportChoices()).Appended!.Batch;
        foreach (var pack in (string[])["scope-rules", "resources"])
            workspace.Adopt(new PackFolder(Path.Combine(AppContext.BaseDirectory, "packs")), pack);
    }

    [Fact(Skip = Length.Waits, SkipType = typeof(Length), SkipUnless = nameof(Length.IsLong))]
    [Trait(Length.Trait, Length.Long)]
    public Task Closing_a_month() => AtEachStep(["close", "stoke", "2024-06"],
        ["file-written#1", "file-named#1", "journal-begun#1", "journal-written#1", "journal-committed#1"],
        (workspace, landed) =>
        {
            var head = workspace.State().Position;
            Assert.Equal(landed ? 1 : 0, workspace.GetStatus().Closings);
            Assert.Equal(landed ? 1 : 0, workspace.Journal.Range(1, head, (int)head).Count(r =>
                r.Body is EntryRecord { Entry: var entry } && entry.Facts["posted"] == "2024-06"));
            Assert.Equal(_delivery.Electricity, workspace.Electricity());
        });

    [Fact(Skip = Length.Waits, SkipType = typeof(Length), SkipUnless = nameof(Length.IsLong))]
    [Trait(Length.Trait, Length.Long)]
    public Task Taking_a_batch_back() => AtEachStep(
        ["reverse", _batch.ToString(CultureInfo.InvariantCulture), "--reason", "a trial"],
        ["journal-begun#1", "journal-written#1", "journal-committed#1", "reversed#1"],
        (workspace, landed) => Landing.AssertHolds(workspace, landed ? Landing.Nothing : _delivery));

    [Fact(Skip = Length.Waits, SkipType = typeof(Length), SkipUnless = nameof(Length.IsLong))]
    [Trait(Length.Trait, Length.Long)]
    public Task Taking_a_pack_into_use() => AtEachStep(["packs", "adopt", "gwp-100"],
        ["file-written#1", "file-written#3", "file-named#3", "journal-begun#1", "journal-written#1",
            "journal-committed#1"],
        (workspace, landed) =>
        {
            Assert.Equal(landed, workspace.Library().Packs.Any(p => p.Header.Id == "gwp-100"));
            Landing.AssertHolds(workspace, _delivery);
        });

    /// <summary>
    /// Traces the line once, then ends it at each step in works of its own. It has landed from the journal's
    /// commit on; a second time it lands, or is refused because it did.
    /// </summary>
    private async Task AtEachStep(string[] line, string[] named, Action<Workspace, bool> holds)
    {
        var steps = await Steps(line);
        foreach (var step in named) Assert.Contains(step, steps);
        var committed = Array.IndexOf(steps, "journal-committed#1");
        await Parallel.ForEachAsync(steps.Index(), new ParallelOptions { MaxDegreeOfParallelism = 2 },
            async (step, _) =>
        {
            using var works = new Works(_works);
            using (var child = Child.Start(works.Folder, line, StartupHook.Loaded,
                (StartupHook.StopAt, step.Item))) Assert.NotEqual(0, await child.End());
            var landed = step.Index >= committed;
            Check(works, landed, holds);
            using (var again = Child.Start(works.Folder, line))
                Assert.True(await again.End() == (landed ? 3 : 0), step.Item + again.Out + again.Error);
            Check(works, true, holds);
        });
    }

    private async Task<string[]> Steps(string[] line)
    {
        using var works = new Works(_works);
        var trace = Path.Combine(works.Root, "steps.txt");
        using var whole = Child.Start(works.Folder, line, StartupHook.Loaded, (StartupHook.TraceTo, trace));
        Assert.True(await whole.End() == 0, whole.Out + whole.Error);
        Check(works, true, (_, _) => { });
        return await File.ReadAllLinesAsync(trace);
    }

    private static void Check(Works works, bool landed, Action<Workspace, bool> holds)
    {
        using (var workspace = works.Open())
        {
            Assert.Empty(workspace.Health);
            holds(workspace, landed);
            Assert.Empty(workspace.Verify().Findings);
        }
        Assert.Empty(Directory.EnumerateFiles(works.Folder, "*.tmp", SearchOption.AllDirectories));
    }

    public void Dispose() => _works.Dispose();
}
