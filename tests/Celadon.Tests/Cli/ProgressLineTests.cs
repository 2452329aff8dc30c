using Celadon.Cli;
using Celadon.Store.Import;

namespace Celadon.Tests.Cli;

/// <summary>The line that says how far an import is.</summary>
public sealed class ProgressLineTests
{
    private sealed class Clock : TimeProvider
    {
        public long Now { get; set; }

        public override long TimestampFrequency => 1_000;

        public override long GetTimestamp() => Now;
    }

    private static VerbContext At(TextWriter error, bool live) => new(TextWriter.Null, error, Stream.Null,
        "/", IsTerminal: true, new Dictionary<string, string>(), Held: null)
    { IsLive = live };

    private static ImportProgress Rows(long count) =>
        new(ImportStage.Reading, 1, 1, "m1.csv", count, 35_040);

    [Fact]
    public void It_comes_after_a_second_is_written_over_and_goes()
    {
        using var error = new StringWriter();
        var clock = new Clock();
        using var line = new ProgressLine(At(error, live: true), clock);
        line.Tell(Rows(4_096));
        Assert.Empty(error.ToString());
        clock.Now = 1_000;
        line.Tell(Rows(12_400));
        line.Tell(Rows(16_000));
        Assert.Equal("\r12,400 of 35,040 rows read", error.ToString());
        clock.Now = 1_300;
        line.Tell(Rows(900));
        line.Clear();
        Assert.Equal("\r12,400 of 35,040 rows read\r900 of 35,040 rows read   \r"
            + new string(' ', 23) + "\r", error.ToString());
    }

    [Fact]
    public void Nobody_at_a_terminal_sees_it()
    {
        using var error = new StringWriter();
        var clock = new Clock();
        using var line = new ProgressLine(At(error, live: false), clock);
        clock.Now = 60_000;
        line.Tell(Rows(12_400));
        line.Clear();
        Assert.Empty(error.ToString());
    }

    [Fact]
    public async Task An_import_that_is_stopped_says_so_and_writes_nothing()
    {
        using var works = new Crash.Works();
        var delivery = works.Deliver(1, 200);
        using var error = new StringWriter();
        var context = new VerbContext(TextWriter.Null, error, Stream.Null, works.Folder, IsTerminal: false,
            new Dictionary<string, string> { ["CELADON_LANG"] = "en" }, Held: null);
        var exit = await CommandLine.Run(["import", .. delivery.Paths, "--yes"], context,
            new CancellationToken(true));
        Assert.Equal(Verb.Refused, exit);
        Assert.Contains("Nothing half-done was written.", error.ToString(), StringComparison.Ordinal);
        using var workspace = works.Open();
        Assert.DoesNotContain(workspace.State().Batches,
            b => ((Celadon.Ledger.BatchRecord)b.Body).Purpose == "import");
    }
}
