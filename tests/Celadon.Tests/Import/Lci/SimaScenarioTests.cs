using Celadon.Packs.Lci;
using Celadon.Store.Import.Lci.Shared;
using Celadon.Store.Import.Lci.SimaPro;
using Celadon.Text;

namespace Celadon.Tests.Import.Lci;

/// <summary>Waste scenarios of SimaPro's CSV as processes. A kilogram of sludge scores 0.29.</summary>
public sealed class SimaScenarioTests
{
    private static string Burnt => SimaFiles.Process("burn", """
        Waste treatment
        ash;kg;1;All waste types;Waste;

        Emissions to air
        CO2;;kg;2;Undefined;0;0;0;
        """);

    private static string Scenario(string separated, string remaining, string head =
        "household;ton;1;All waste types;Waste;") => SimaFiles.Process("scenario", $"""
        Waste scenario
        {head}

        Separated waste
        {separated}

        Remaining waste
        {remaining}

        Electricity/heat
        electricity;kWh;10;Undefined;0;0;0;
        """);

    private static LciReading Read(params string[] blocks) =>
        SimaReader.Read("test", [SimaFiles.Part(SimaFiles.Tile + Burnt + string.Concat(blocks))]);

    private static string Codes(LciReading reading) => string.Join(' ', reading.Findings
        .Where(f => f.Severity == Severity.Error).Select(f => f.Code));

    /// <summary>0.3 of it to sludge treatment, of the other 0.7 a fifth too; the rest is burnt.</summary>
    [Fact]
    public void Shares_of_the_waste_go_to_their_treatments()
    {
        var database = Assembled.Clean(Read(Scenario("sludge;All waste types;30;dried",
            "sludge;All waste types;20;\nash;All waste types;80;"),
            SimaFiles.Process("cup", """
                Products
                cup;kg;1;100;not defined;Cups;

                Waste to treatment
                household;kg;2;Undefined;0;0;0;
                """)));
        var scenario = database.Processes.Single(p => p.Name == "household");
        Assert.Equal([1, 0.3, 0.14, 0.56, 10], scenario.Exchanges.Select(e => Math.Round(e.Amount, 12)));
        Assert.Equal("""{"description":"dried"}""", scenario.Exchanges[1].Extra);
        var each = 0.44 * TileWorks.Sludge + 0.56 * 2 + 0.01 * TileWorks.Electricity;
        Assert.Equal(each, Assembled.Score(database, "household", "climate", 1e-3), 1e-12);
        Assert.Equal(2 * each, Assembled.Score(database, "cup", "climate"), 1e-12);
    }

    /// <summary>Of paper 0.5 and a tenth are separated, of all else a tenth; glass remains as ash.</summary>
    [Fact]
    public void A_scenario_that_tells_types_apart_is_one_process_a_type()
    {
        var reading = Read(Scenario("sludge;Paper;50;\nsludge;All waste types;10;",
            "ash;Glass;100;\nsludge;All waste types;100;"));
        var database = Assembled.Clean(reading);
        double Score(string type) => Assembled.Score(database, $"household · {type}", "climate", 1e-3)
            - 0.01 * TileWorks.Electricity;
        Assert.Equal(TileWorks.Sludge, Score("Paper"), 1e-12);
        Assert.Equal(0.1 * TileWorks.Sludge + 0.9 * 2, Score("Glass"), 1e-12);
        Assert.Equal(TileWorks.Sludge, Score("All waste types"), 1e-12);
        var said = Assert.Single(reading.Findings, f => f.Code == "formats.wasteTypes");
        Assert.Equal(("household", "3", "tiles.csv"), (said.Args["name"], said.Args["count"],
            said.Place!.File));
    }

    /// <summary>Percentages and amount by formula follow their parameters, a whole together.</summary>
    [Theory]
    [InlineData(30)]
    [InlineData(50)]
    [InlineData(100)]
    public void Percentages_may_be_formulas(double share)
    {
        var database = Assembled.Clean(Read(SimaFiles.Process("scenario", """
            Waste scenario
            household;ton;2*load;All waste types;Waste;

            Separated waste
            sludge;All waste types;share;

            Remaining waste
            ash;All waste types;100;

            Input parameters
            share;30;Undefined;0;0;0;No;
            load;0,5;Undefined;0;0;0;No;
            """)));
        var moved = database with
        {
            Processes = [.. database.Processes.Select(p => p.Name != "household" ? p : p with
            {
                Parameters = [.. p.Parameters.Select(x => x with { Value = x.Name == "share" ? share : 7 })],
            })],
        };
        var expected = (share / 100 * TileWorks.Sludge) + ((1 - (share / 100)) * 2);
        Assert.Equal(expected, Assembled.Score(moved, "household", "climate", 1e-3), 1e-12);
    }

    [Theory]
    [InlineData("sludge;All waste types;30;", "ash;All waste types;60;")]
    [InlineData("sludge;All waste types;130;", "ash;All waste types;100;")]
    [InlineData("sludge;All waste types;60;\nash;All waste types;60;", "ash;All waste types;100;")]
    [InlineData("sludge;All waste types;-1;", "ash;All waste types;100;")]
    [InlineData("sludge;All waste types;NaN;", "ash;All waste types;100;")]
    [InlineData("sludge;Paper;10;", "ash;Paper;100;")]
    public void Percentages_that_make_no_whole_are_refused(string separated, string remaining)
    {
        var reading = Read(Scenario(separated, remaining));
        Assert.Equal("formats.value", Codes(reading));
        Assert.True(reading.Findings.First(f => f.Code == "formats.value").Place!.Row > 0);
        Assert.DoesNotContain(reading.Sound!.Processes, p => p.Name.StartsWith("household",
            StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("household;ton;0;All waste types;Waste;")]
    [InlineData("household;ton;-1;All waste types;Waste;")]
    [InlineData("household;ton;1;All waste types;Waste;\nother;ton;1;All waste types;Waste;")]
    public void What_a_scenario_takes_is_one_waste(string head) => Assert.Equal("formats.value",
        Codes(Read(Scenario("sludge;All waste types;100;", "ash;All waste types;100;", head))));

    [Fact]
    public void Where_all_is_separated_nothing_remains()
    {
        var database = Assembled.Clean(Read(Scenario("sludge;All waste types;100;", "")));
        Assert.Equal(3, database.Processes.Single(p => p.Name == "household").Exchanges.Length);
    }
}
