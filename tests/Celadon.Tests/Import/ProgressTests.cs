using System.Globalization;
using System.Text;
using Celadon.Store.Import;
using Celadon.Store.Import.Reading;
using Celadon.Text;

namespace Celadon.Tests.Import;

/// <summary>Reading says how far it is, and ends when it is no longer wanted.</summary>
public sealed class ProgressTests
{
    [Theory]
    [InlineData(ImportStage.Reading)]
    [InlineData(ImportStage.Interpreting)]
    public void Reading_ends_at_the_count_at_which_it_is_cancelled(ImportStage stage)
    {
        using var stop = new CancellationTokenSource();
        var told = new List<ImportProgress>();
        Assert.Throws<OperationCanceledException>(() => Importer.Plan([Minutes("m1.csv", 300_000)],
            new ImportContext
            {
                Registers = Ugly.Stoke,
                Cancel = stop.Token,
                Progress = progress =>
                {
                    told.Add(progress);
                    if (progress.Stage == stage && progress.Rows > 0) stop.Cancel();
                },
            }));
        // Nothing was told after the count at which it was stopped, and most rows were still to come.
        Assert.Equal(stage, told[^1].Stage);
        Assert.InRange(told[^1].Rows, 1, 10_000);
        Assert.Single(told, p => p.Stage == stage && p.Rows > 0);
    }

    [Fact]
    public void A_token_cancelled_before_reads_nothing()
    {
        var told = 0;
        Assert.Throws<OperationCanceledException>(() => Importer.Plan([Minutes("m1.csv", 10)],
            new ImportContext { Cancel = new CancellationToken(true), Progress = _ => told++ }));
        Assert.Equal(0, told);
    }

    [Fact]
    public void Counts_rise_to_the_rows_of_each_file()
    {
        var told = new List<ImportProgress>();
        var plan = Importer.Plan([Minutes("m1.csv", 20_000), Ugly.Workbook("m2.xlsx", Table(9_000))],
            new ImportContext { Registers = Ugly.Stoke, Progress = told.Add });
        Assert.Equal(29_000, plan.Readings.Sum(r => r.Count));
        foreach (var stage in told.GroupBy(p => (p.File, p.Stage)))
        {
            Assert.Equal(stage.Key.File == 1 ? "m1.csv" : "m2.xlsx", stage.Last().Name);
            Assert.Equal(2, stage.Last().Files);
            // The header is read, and is no row of data.
            var rows = (stage.Key.File == 1 ? 20_000 : 9_000)
                + (stage.Key.Stage == ImportStage.Reading ? 1 : 0);
            Assert.Equal((rows, rows), (stage.Last().Rows, stage.Last().Total));
            Assert.Equal(stage.Select(p => p.Rows).Order(), stage.Select(p => p.Rows));
            Assert.Contains(stage, p => p.Rows > 0 && p.Rows < rows);
        }
        Assert.Equal(4, told.Select(p => (p.File, p.Stage)).Distinct().Count());
    }

    [Fact]
    public void Who_listens_changes_nothing()
    {
        SourceFile[] files = [Minutes("m1.csv", 5_000)];
        var (quiet, heard) = (new ImportContext { Registers = Ugly.Stoke },
            new ImportContext { Registers = Ugly.Stoke, Progress = _ => { } });
        Assert.Equal(Importer.Plan(files, quiet).Totals, Importer.Plan(files, heard).Totals);
    }

    [Theory]
    [InlineData("en", "File 2 of 3, m1.csv · 12,400 of 35,040 rows read")]
    [InlineData("zh", "第 2 个文件，共 3 个：m1.csv · 已读取 12,400 / 35,040 行")]
    public void Progress_is_said_in_words(string language, string words)
    {
        var text = language == "en" ? Catalogue.English : Catalogue.Chinese;
        Assert.Equal(words, ImportWords.Of(text,
            new ImportProgress(ImportStage.Reading, 2, 3, "m1.csv", 12_400, 35_040)));
        Assert.DoesNotContain('0', ImportWords.Of(text,
            new ImportProgress(ImportStage.Comparing, 0, 3, "", 12, 34)));
    }

    private static IEnumerable<string[]> Rows(int count) => Enumerable.Range(0, count).Select(i => new[]
    {
        new DateTime(2025, 1, 1).AddMinutes(i).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        (i % 9 + 1).ToString(CultureInfo.InvariantCulture),
    });

    private static string[][] Table(int count) => [["Time (UTC)", "kWh"], .. Rows(count)];

    /// <summary>A meter file of a row a minute.</summary>
    internal static SourceFile Minutes(string name, int count)
    {
        var text = new StringBuilder();
        foreach (var row in Table(count)) text.AppendJoin(',', row).Append('\n');
        return Ugly.File(name, text.ToString());
    }
}
