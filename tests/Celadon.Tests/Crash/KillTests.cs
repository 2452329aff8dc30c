using System.Diagnostics;

namespace Celadon.Tests.Crash;

/// <summary>
/// kill -9 during an import: nothing acknowledged is lost, nothing is doubled, nothing is half there.
/// </summary>
[Collection("processes")]
public sealed class KillTests
{
    private const int Rows = 4000;

    /// <summary>Three instants in the ordinary run; fifty with CELADON_LONG=1.</summary>
    private static int Kills => Length.IsLong ? 50 : 3;

    private static string[] Import(Delivery delivery) => ["import", .. delivery.Paths, "--yes"];

    private static (string, string) Hook => StartupHook.Loaded;

    [Fact]
    [Trait(Length.Trait, Length.Long)]
    public async Task At_random_instants_of_an_import()
    {
        using var begun = new Works();
        var first = begun.Deliver(0, Rows);
        var run = Stopwatch.StartNew();
        using (var whole = Child.Start(begun.Folder, Import(first)))
        {
            Assert.Equal(0, await whole.End());
            Assert.NotNull(Landing.Acknowledged(whole.Out));
        }
        var length = run.Elapsed;
        var random = new Random(20_261_123);
        // One instant in each part of the run; starting the runtime takes the first quarter. In no order, so
        // that each of the books below is cut short early and late.
        var instants = Enumerable.Range(0, Kills)
            .Select(part => length * (0.25 + 0.8 * (part + random.NextDouble()) / Kills)).ToArray();
        random.Shuffle(instants);
        // Every kill finds what the ones before it left; after ten the books begin again, because the proof
        // after each reads them whole, several times.
        foreach (var kills in instants.Chunk(10))
        {
            using var works = new Works(begun);
            var held = first;
            foreach (var (kill, instant) in kills.Index())
            {
                var delivery = works.Deliver(kill + 1, Rows);
                using var child = Child.Start(works.Folder, Import(delivery));
                await Task.Delay(instant);
                await child.Kill();
                Landing.Check(works, delivery, held, Landing.Acknowledged(child.Out));
                held = Landing.Sum(held, delivery);
            }
        }
    }

    [Fact]
    [Trait(Length.Trait, Length.Long)]
    public async Task At_every_step_of_an_import()
    {
        using var traced = new Works();
        var first = traced.Deliver(1, 200);
        var trace = Path.Combine(traced.Root, "steps.txt");
        using (var whole = Child.Start(traced.Folder, Import(first), Hook, (StartupHook.TraceTo, trace)))
            Assert.Equal(0, await whole.End());
        var steps = await File.ReadAllLinesAsync(trace);
        foreach (var named in (string[])["readings-committed#1", "readings-loaded#1", "journal-begun#1",
            "journal-written#1", "journal-committed#1", "readings-to-be-acknowledged#1",
            "readings-acknowledged#1",
            "templates-kept#1"]) Assert.Contains(named, steps);
        if (!Length.IsLong) steps = Landing.AroundTheCommits(steps);
        var committed = Array.IndexOf(steps, "journal-committed#1");
        await Parallel.ForEachAsync(steps.Index(), new ParallelOptions { MaxDegreeOfParallelism = 2 },
            async (step, _) =>
        {
            using var works = new Works();
            var delivery = works.Deliver(1, 200);
            using var child = Child.Start(works.Folder, Import(delivery), Hook,
                (StartupHook.StopAt, step.Item));
            Assert.NotEqual(0, await child.End());
            var acknowledged = Landing.Acknowledged(child.Out);
            Assert.True(acknowledged is null || step.Index > committed, step.Item);
            var landed = Landing.Check(works, delivery, Landing.Nothing, acknowledged);
            Assert.True(landed == step.Index >= committed, $"{step.Item}: landed is {landed}");
        });
    }

    [Theory(Skip = Length.Waits, SkipType = typeof(Length), SkipUnless = nameof(Length.IsLong))]
    [Trait(Length.Trait, Length.Long)]
    [InlineData("journal-made#1")]
    [InlineData("journal-named#1")]
    [InlineData("file-written#3")]
    [InlineData("journal-written#1")]
    public async Task At_a_step_of_making_a_workspace(string step)
    {
        var root = Directory.CreateTempSubdirectory("celadon-init-").FullName;
        using (var child = Child.Start(root, ["init"], Hook, (StartupHook.StopAt, step))) Assert
            .NotEqual(0, await child.End());
        using (var again = Child.Start(root, ["init"])) Assert
            .Equal(step == "journal-made#1" ? 0 : 3, await again.End());
        using (var verify = Child.Start(root, ["verify"])) Assert.Equal(0, await verify.End());
        using (var packs = Child.Start(root, ["packs", "list", "--json"]))
        {
            Assert.Equal(0, await packs.End());
            Assert.Contains("\"gwp-100\"", packs.Out, StringComparison.Ordinal);
        }
        Directory.Delete(root, recursive: true);
    }
}
