namespace Celadon.Tests.Cli;

/// <summary>"packs show PACK ROW" finds rows of every table of a pack.</summary>
public sealed class PackRowsTests
{
    [Theory]
    [InlineData("gwp-100", "AR5/hfc-125", "gwp", "value", "3170")]
    [InlineData("gwp-100", "r-404a/hfc-125", "blends", "fraction", "0.44")]
    [InlineData("report-2018", "A/C", "bands", "upper", "0.29")]
    [InlineData("ipcc-2006-fuels", "ipcc-2006/ncv/anthracite", "calorific-values", "value", "26.7")]
    [InlineData("electricity-intensity", "GBR/2018", "intensity", "intensity", "285.65")]
    [InlineData("scope-rules", "biogenic-010", "rules", "scope", "outside")]
    [InlineData("scope-rules", "1/combustion", "categories", "iso", "1")]
    [InlineData("resources", "CN", "places", "kind", "country")]
    public async Task A_row_of_any_table_is_found(string pack, string row, string table, string column,
        string value)
    {
        var folder = Directory.CreateTempSubdirectory("celadon-packs-").FullName;
        var ran = (await Terminal.Run(folder, "packs", "show", pack, row, "--json")).Ends(0);
        Directory.Delete(folder);
        var found = Assert.Single(ran.Json.EnumerateArray());
        Assert.Equal((table, value), (found.GetProperty("table").GetString(),
            found.GetProperty("cells").GetProperty(column).GetString()));
    }

    [Fact]
    public async Task A_part_of_a_key_finds_every_row_that_has_it()
    {
        var folder = Directory.CreateTempSubdirectory("celadon-packs-").FullName;
        var ran = (await Terminal.Run(folder, "packs", "show", "gwp-100", "hfc-125", "--json")).Ends(0);
        Directory.Delete(folder);
        var keys = ran.Json.EnumerateArray().Select(r => r.GetProperty("key").GetString()).ToArray();
        Assert.Contains("AR6/hfc-125", keys);
        Assert.Contains("r-404a/hfc-125", keys);
    }
}
