using Celadon.Store;
using Celadon.Store.Import;
using Celadon.Store.Import.Reading;
using Celadon.Tests.Crash;
using NodaTime;

namespace Celadon.Tests.Store;

/// <summary>
/// What is remembered of one file reads the next, and a file that was loaded is known again when it comes a
/// second time, whatever came between.
/// </summary>
public sealed class RememberedFormTests : IDisposable
{
    private readonly Works _works = new();

    [Fact]
    public void A_file_that_was_loaded_is_known_again()
    {
        using var workspace = _works.Open();
        // Across the clocks' change in spring, in autumn, and within one summer.
        foreach (var number in (int[])[3, 4, 6])
        {
            var delivery = _works.Deliver(number, 4000);
            Load(workspace, delivery.Files);
            Assert.True(workspace.NewIn(Plan(workspace, delivery.Files), new ImportChoices()).IsEmpty);
        }
    }

    [Theory]
    [InlineData("Time (UTC)", 0)]
    [InlineData("UTC Time", 0)]
    [InlineData("Time", -1)]
    [InlineData("Time (UTC+8)", -8)]
    public void A_header_that_states_the_zone_is_believed(string header, int hours)
    {
        using var workspace = _works.Open();
        var path = _works.Write("july.csv", $"{header},Meter,Electricity kWh\n" + string.Concat(
            Enumerable.Range(0, 96).Select(i => FormattableString.Invariant(
                $"2025-07-0{1 + i / 48} {i % 48 / 2:00}:{i % 2 * 30:00},M1,{i + 1}.5\n"))));
        var plan = Plan(workspace, [SourceFile.Open(path)]);
        Assert.Equal(Instant.FromUtc(2025, 7, 1, 0, 0) + Duration.FromHours(hours),
            Assert.Single(plan.Readings).Span.Start);
    }

    private static ImportPlan Plan(Workspace workspace, IReadOnlyList<SourceFile> files) =>
        workspace.Plan(files, [], provedOnly: true);

    private static void Load(Workspace workspace, IReadOnlyList<SourceFile> files) =>
        Assert.NotNull(workspace.Commit(files, Plan(workspace, files), new ImportChoices()).Appended);

    public void Dispose() => _works.Dispose();
}
