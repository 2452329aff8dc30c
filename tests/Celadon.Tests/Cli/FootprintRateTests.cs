using System.Text.Json;
using System.Text.Json.Nodes;
using Celadon.Tests.Example;
using Celadon.Tests.Lenses.Products.Exchange;
using Celadon.Tests.Server.Exchange;

namespace Celadon.Tests.Cli;

/// <summary>"footprint rate" over the example works: what the books know goes into a statement.</summary>
[Collection("example")]
public sealed class FootprintRateTests(ExampleWorks works) : IDisposable
{
    private const string Spec = """
        {"period":"2025-10/2026-09","site":"stoke","rules":"iso14067","gwp":"AR5","electricity":"location",
         "allowNearestEdition":true,"allowWiderPlace":true,"quality":{"scheme":"pact","ratings":[RATINGS]}}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("celadon-rate-").FullName;

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>83.1 % of the example's footprint is primary; a part that is rated is no rating.</summary>
    [Fact]
    public async Task The_primary_share_goes_in_and_a_part_is_no_rating()
    {
        var ran = await Rate("""{"item":"natural-gas","technology":"1","geography":"1","time":"2"}""");
        var pcf = JsonDocument.Parse(ran.Out).RootElement.GetProperty("pcf");
        Assert.StartsWith("83.1", pcf.GetProperty("primaryDataShare").GetString(), StringComparison.Ordinal);
        Assert.Contains("[footprint.rate.notWhole]", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_all_is_rated_the_three_ratings_go_in()
    {
        var items = new[] { "natural-gas", "electricity", "diesel", "r-410a", "clay", "glaze-frit",
            "water-supply" };
        var first = await Rate("");
        Assert.Equal(0, first.Exit);
        var answer = (await Terminal.Run(_folder, ["ask", "products.footprint", "--json", "--in",
            Spec.Replace("RATINGS", "", StringComparison.Ordinal), "--workspace", Books])).Ends(0).Json;
        var known = answer.GetProperty("answer").GetProperty("products")[0].GetProperty("stages")
            .EnumerateArray().SelectMany(s => s.GetProperty("lines").EnumerateArray())
            .Select(l => l.GetProperty("item").GetString()!).Distinct().ToList();
        Assert.Superset(items.ToHashSet(), known.ToHashSet());
        var ran = await Rate(string.Join(',', known.Select(i => $$"""
            {"item":"{{i}}","technology":"1","geography":"1.5","time":"2"}
            """)));
        var dqi = JsonDocument.Parse(ran.Out).RootElement.GetProperty("pcf").GetProperty("dqi");
        Assert.Equal(["1", "1.5", "2"], ((string[])["technologicalDQR", "geographicalDQR", "temporalDQR"])
            .Select(n => dqi.GetProperty(n).GetString()));
        Assert.DoesNotContain("footprint.rate", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_product_that_was_not_made_is_refused()
    {
        var ran = await Rate("", "--product", "unicorns");
        Assert.NotEqual(0, ran.Exit);
        Assert.Contains("[footprint.rate.product]", ran.Error, StringComparison.Ordinal);
    }

    private string Books => Path.Combine(_folder, "books");

    private async Task<Ran> Rate(string ratings, params string[] more)
    {
        if (!Directory.Exists(Books))
            foreach (var file in Directory.EnumerateFiles(works.Folder, "*", SearchOption.AllDirectories))
            {
                var to = Path.Combine(Books, Path.GetRelativePath(works.Folder, file));
                Directory.CreateDirectory(Path.GetDirectoryName(to)!);
                File.Copy(file, to);
            }
        await File.WriteAllTextAsync(Path.Combine(_folder, "tile.json"), StatementTests.Tile(
            ("id", ExchangeWorks.Id(1)), ("productIds", new JsonArray(ExchangeWorks.Tile))).ToJsonString(),
            TestContext.Current.CancellationToken);
        return await Terminal.Run(_folder, ["footprint", "rate", "tile.json", "--in",
            Spec.Replace("RATINGS", ratings, StringComparison.Ordinal), "--workspace", Books, .. more]);
    }
}
