using System.IO.Compression;
using System.Net;
using System.Xml.Linq;

namespace Celadon.Tests.Server;

/// <summary>Results of assessments and comparisons as files: whole, with units, method, database.</summary>
public sealed class ResultFileTests(ServedDatabase served) : IClassFixture<ServedDatabase>
{
    private const string Tile = "process=tile&samples=100";

    private static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_assessment_is_a_workbook_with_what_it_is_of()
    {
        var sheets = await Book("/en/products/assess.xlsx?" + Tile);
        foreach (var name in (string[])["About", "Scores", "Processes", "Tree", "Quantiles", "Variance",
            "Convergence", "Cut off", "Links"])
            Assert.Contains(name, sheets.Keys);
        Assert.DoesNotContain("All results", sheets.Keys);
        var about = sheets["About"].DistinctBy(r => r[0]).ToDictionary(r => r[0], r => r[1]);
        Assert.Equal(("Small works", "CC0-1.0", "the database's own", "products.assess"),
            (about["Database"], about["Licence"], about["Method"], about["Question"]));
        Assert.StartsWith("small ", about["Edition"], StringComparison.Ordinal);
        Assert.StartsWith("Celadon ", about["Program"], StringComparison.Ordinal);
        Assert.Equal(["Category", "Category, id", "Score", "Score, unit"], sheets["Scores"][0]);
        Assert.Equal(["c", "10.5", "kg CO2e"], sheets["Scores"][1][1..]);
        Assert.Contains(sheets["Tree"], row => row.Contains("process glaze"));
    }

    [Fact]
    public async Task In_chinese_its_sheets_and_heads_are_chinese()
    {
        var sheets = await Book("/zh/products/assess.xlsx?" + Tile);
        Assert.Equal("说明", sheets.Keys.First());
        Assert.Equal(["类别", "类别，标识", "得分", "得分，单位"], sheets["得分"][0]);
        Assert.All(sheets.Keys, name => Assert.Matches("[\u4e00-\u9fff]", name));
    }

    /// <summary>Each number with its unit, method and edition in its own row.</summary>
    [Fact]
    public async Task All_results_are_one_list_as_csv()
    {
        using var guest = await served.Server.Guest();
        var lines = (await guest.GetStringAsync("/en/products/assess.csv?table=results&" + Tile, Cancel))
            .TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("part,category,key,name,value,unit,method,database,edition,program", lines[0]);
        Assert.Contains(lines, l => l.StartsWith("scores,", StringComparison.Ordinal)
            && l.Contains(",10.5,kg CO2e,the database's own,small,", StringComparison.Ordinal));
        foreach (var part in (string[])["processes", "flows", "firstTier", "tree", "quantiles", "variance"])
            Assert.Contains(lines, l => l.StartsWith(part + ",", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_comparison_is_a_workbook_and_a_list_too()
    {
        var sheets = await Book("/en/products/compare.xlsx");
        Assert.Equal(["56.5", "47.25", "42.625"], sheets["Side by side"].Skip(1).Select(r => r[1]));
        Assert.Equal(["14", "14", "14"], sheets["Digits"].Skip(1).Take(3).Select(r => r[5]));
        Assert.Contains("Histogram", sheets.Keys);
        using var guest = await served.Server.Guest();
        var csv = await guest.GetStringAsync("/en/products/compare.csv?table=results", Cancel);
        Assert.Contains("difference,climate change,climate change,carton,-9.25,kg CO2e,", csv,
            StringComparison.Ordinal);
    }

    /// <summary>While nothing is answered, and on pages of one table, there is none.</summary>
    [Theory]
    [InlineData("/en/products/assess.xlsx")]
    [InlineData("/en/products/assess.xlsx?process=tile&amount=-1")]
    [InlineData("/en/products/lives.xlsx")]
    public async Task Without_an_answer_there_is_no_workbook(string path)
    {
        using var guest = await served.Server.Guest();
        using var answer = await guest.GetAsync(path, Cancel);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private async Task<Dictionary<string, List<string[]>>> Book(string path)
    {
        using var guest = await served.Server.Guest();
        using var answer = await guest.GetAsync(path, Cancel);
        Assert.Equal("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            answer.Content.Headers.ContentType!.MediaType);
        using var zip = new ZipArchive(await answer.Content.ReadAsStreamAsync(Cancel));
        XDocument Part(string name)
        {
            using var part = zip.GetEntry(name)!.Open();
            return XDocument.Load(part);
        }
        var names = Part("xl/workbook.xml").Descendants(Main + "sheet")
            .Select(s => s.Attribute("name")!.Value).ToList();
        return names.Select((name, i) => (name, Part($"xl/worksheets/sheet{i + 1}.xml"))).ToDictionary(
            s => s.name, s => s.Item2.Descendants(Main + "row").Select(r => r.Elements(Main + "c")
                .Select(c => c.Value).ToArray()).ToList(), StringComparer.Ordinal);
    }
}
