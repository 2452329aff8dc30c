using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Store;

namespace Celadon.Tests.Crash;

/// <summary>
/// kill -9 at each step of an import that brings everything at once: entries, readings, overrides, a file
/// withdrawn, a statement sent and a name. All of it stands or none of it, in one batch.
/// </summary>
[Collection("processes")]
public sealed class RecordsKillTests : IDisposable
{
    private const int Rows = 60;
    private const string Withdrawn = "activity-0.csv", Name = "Wilhelmina";

    private readonly Works _works = new();
    private readonly Delivery _first;

    public RecordsKillTests()
    {
        _first = _works.Deliver(0, Rows);
        using var workspace = _works.Open();
        workspace.Commit(_first.Files, workspace.Plan(_first.Files, [], true), new ImportChoices());
    }

    public void Dispose() => _works.Dispose();

    [Fact(Skip = Length.Waits, SkipType = typeof(Length), SkipUnless = nameof(Length.IsLong))]
    [Trait(Length.Trait, Length.Long)]
    public async Task Everything_of_an_import_stands_or_nothing_of_it()
    {
        string[] steps;
        int committed;
        using (var traced = new Works(_works))
        {
            var trace = Path.Combine(traced.Root, "steps.txt");
            using var whole = Child.Start(traced.Folder, Line(Deliver(traced)), StartupHook.Loaded,
                (StartupHook.TraceTo, trace));
            Assert.True(await whole.End() == 0, whole.Out + whole.Error);
            Holds(traced, true);
            steps = await File.ReadAllLinesAsync(trace);
        }
        foreach (var named in (string[])["evidence-kept#1", "readings-committed#1", "readings-loaded#1",
            "journal-begun#1", "name-kept#1", "journal-written#1", "journal-committed#1",
            "readings-to-be-acknowledged#1", "readings-acknowledged#1", "withdrawn#1"])
            Assert.Contains(named, steps);
        Assert.DoesNotContain("journal-begun#2", steps);
        committed = Array.IndexOf(steps, "journal-committed#1");
        await Parallel.ForEachAsync(steps.Index(), new ParallelOptions { MaxDegreeOfParallelism = 2 },
            async (step, _) =>
        {
            using var works = new Works(_works);
            var delivery = Deliver(works);
            using var child = Child.Start(works.Folder, Line(delivery), StartupHook.Loaded,
                (StartupHook.StopAt, step.Item));
            Assert.NotEqual(0, await child.End());
            var acknowledged = Landing.Acknowledged(child.Out);
            Assert.True(acknowledged is null || step.Index > committed, step.Item);
            Holds(works, step.Index >= committed);
            var landed = Landing.Check(works, delivery, _first, acknowledged);
            Assert.True(landed == step.Index >= committed, $"{step.Item}: landed is {landed}");
            Holds(works, true);
        });
    }

    private static string[] Line(Delivery delivery) => ["import", .. delivery.Paths, "--yes"];

    /// <summary>An activity table, a meter file and a file of each kind of records.</summary>
    private static Delivery Deliver(Works works)
    {
        var delivery = works.Deliver(1, Rows);
        return delivery with
        {
            Paths = [.. delivery.Paths,
                works.Write("overrides.csv", "Flow,What,Value,Reason\n"
                    + "grid:GB|site:stoke|electricity,measurement,invoiced,The meter was out of order\n"),
                works.Write("withdraw.csv", $"Evidence,Reason\n{Withdrawn},Holds a home address\n"),
                works.Write("sent.csv", "Statement,Sent to,Sent on,Consent\n"
                    + "Footprint of ware 2025,customer:harrods,2026-02-03,Contract 12\n"),
                works.Write("people.csv", $"Actor,Name\ntests,{Name}\n")],
        };
    }

    private static void Holds(Works works, bool landed)
    {
        using var workspace = works.Open();
        Assert.Empty(workspace.Health);
        var state = workspace.State();
        var placed = state.Records
            .Where(r => r.Body is OverrideRecord or EvidenceWithdrawnRecord or StatementSentRecord).ToList();
        Assert.Equal(landed ? 3 : 0, placed.Count);
        Assert.Equal(landed ? 1 : 0, placed.Select(r => r.Batch).Distinct().Count());
        Assert.Equal(landed ? Name : null, workspace.ActorName("tests"));
        var withdrawn = state.Batches.SelectMany(b => ((BatchRecord)b.Body).Files)
            .First(f => f.Name == Withdrawn);
        Assert.Equal(!landed, workspace.Evidence.Has(withdrawn.Sha256));
        var expected = landed ? 2 * Rows : Rows;
        Assert.Equal((expected, expected), (workspace.GetStatus().Entries.Sum(e => e.Count),
            (int)workspace.GetStatus().Meters.Sum(m => m.Count)));
    }
}
