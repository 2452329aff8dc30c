using Celadon.Packs.Lci;
using Celadon.Store.Import.Lci.Shared;
using Celadon.Store.Import.Lci.SimaPro;
using Celadon.Text;

namespace Celadon.Tests.Import.Lci;

/// <summary>Methods of SimaPro's CSV: damage categories, sets, and what leaves a category out.</summary>
public sealed class SimaMethodTests
{
    private const string Second = """
        Impact category
        smog;kg NOx eq

        Substances
        Air;(unspecified);CH4;;0,5;kg

        Damage category
        Human health;DALY

        Impact categories
        climate;1,0E-06
        smog;2,0E-05

        Damage category
        Nothing yet;PDF

        Impact categories

        Normalization-Weighting set
        World
        """;

    private static LciReading Read(params LciPart[] parts) => SimaReader.Read("test", parts);

    internal static LciPart Damaged(string from = "", string to = "")
    {
        var text = SimaFiles.Tile.Replace("Normalization-Weighting set\nWorld", Second,
            StringComparison.Ordinal).Replace("Normalization\nclimate;0,5",
            "Normalization\nHuman health;40\nsmog;0", StringComparison.Ordinal).Replace(
            "Weighting\nclimate;3", "Weighting\nHuman health;300\nnothing;1", StringComparison.Ordinal)
            .Replace("Name\nMethod\n", "Name\nMethod\n\nVersion\n1;43\n\nUse Addition\nNo\n",
                StringComparison.Ordinal);
        if (from.Length == 0) return SimaFiles.Part(text);
        Assert.Contains(from, text, StringComparison.Ordinal);
        return SimaFiles.Part(text.Replace(from, to, StringComparison.Ordinal));
    }

    [Fact]
    public void Damage_categories_and_the_sets_over_them_are_carried_over()
    {
        var database = Assembled.Clean(Read(Damaged()));
        var method = Assert.Single(database.Methods);
        var ids = database.Categories.ToDictionary(c => c.Name, c => c.Id);
        var health = method.Damages[0];
        Assert.Equal(("Human health", "DALY"), (health.Name, health.Unit));
        Assert.Equal([new(ids["climate"], 1e-6), new(ids["smog"], 2e-5)], health.Factors);
        Assert.Equal(("Nothing yet", 0), (method.Damages[1].Name, method.Damages[1].Factors.Length));
        var set = Assert.Single(method.Weightings);
        Assert.Equal([new(ids["smog"], null, null), new(health.Id, 1 / 40d, 300)], set.Factors);
        Assert.Equal("""{"description":"for the test","version":"1.43"}""", method.Extra);
    }

    [Fact]
    public void What_of_a_method_has_no_place_is_counted_by_name() => Assert.Equal(
        "Record (1), Use Addition: No (1), World (1), World: Normalization 0 (1)",
        Read(Damaged()).Findings.Single(f => f.Code == "formats.notCarried").Args["what"]);

    /// <summary>The damage would be too low, or nobody could say which number holds.</summary>
    [Theory]
    [InlineData("smog;2,0E-05", "smock;2,0E-05")]
    [InlineData("smog;2,0E-05", "smog;NaN")]
    [InlineData("smog;2,0E-05", "climate;2,0E-05")]
    [InlineData("Nothing yet;PDF", "Human health;PDF")]
    [InlineData("Human health;40", "Human health;40\nHuman health;41")]
    [InlineData("Human health;300", "Human health;1E999")]
    public void A_method_that_contradicts_itself_is_said_with_its_row(string from, string to)
    {
        var reading = Read(Damaged(from, to));
        var finding = Assert.Single(reading.Findings, f => f.Severity == Severity.Error);
        Assert.Equal(("formats.value", "tiles.csv"), (finding.Code, finding.Place!.File));
        Assert.True(finding.Place.Row > 100);
        Assert.Empty(reading.Sound!.Methods);
    }

    /// <summary>
    /// Without one of its factors a category would score too low: it is no part of what can be taken in.
    /// </summary>
    [Theory]
    [InlineData("Air;(unspecified);CH4;;30;kg", "Sky;(unspecified);CH4;;30;kg", "formats.factor")]
    [InlineData("Air;(unspecified);CH4;;30;kg", "Air;(unspecified);CH4;;30;no such", "formats.unit")]
    [InlineData("Air;(unspecified);CH4;;30;kg", "Air;(unspecified);CH4;;30;m3", "formats.unit")]
    [InlineData("Air;(unspecified);CH4;;30;kg",
        "Air;(unspecified);CH4;;30;kg\nAir;(unspecified);CH4;;31;kg", "formats.factor")]
    public void A_category_with_a_factor_that_does_not_fit_goes_whole(string from, string to, string code)
    {
        var reading = Read(SimaFiles.With(from, to));
        Assert.Equal(code, Assert.Single(reading.Findings, f => f.Severity == Severity.Error).Code);
        Assert.Null(reading.Database);
        Assert.Empty(reading.Sound!.Categories);
    }

    [Fact]
    public void The_same_factor_twice_says_nothing_new() => Assert.Equal(
        TileWorks.Tile, Assembled.Score(Assembled.Clean(Read(SimaFiles.With(
            "Air;(unspecified);CH4;;30;kg", "Air;(unspecified);CH4;;30;kg\nAir;(unspecified);CH4;;30;kg"))),
            "glazed tile", "climate"), 1e-12);

    [Fact]
    public void Two_methods_of_one_name_are_said()
    {
        var reading = Read(SimaFiles.Part(SimaFiles.Tile),
            SimaFiles.Part(SimaFiles.Tile[SimaFiles.Tile.IndexOf("\nMethod\n", StringComparison.Ordinal)..]
                .Insert(0, "{SimaPro 9}\n{CSV separator: ;}\n{Decimal separator: ,}\n"), "z.csv"));
        var finding = Assert.Single(reading.Findings, f => f.Severity == Severity.Error);
        Assert.Equal(("formats.duplicate", "z.csv"), (finding.Code, finding.Place!.File));
    }
}
