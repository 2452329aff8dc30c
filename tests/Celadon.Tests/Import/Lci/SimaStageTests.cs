using Celadon.Packs.Lci;
using Celadon.Store.Import.Lci.Shared;
using Celadon.Store.Import.Lci.SimaPro;
using Celadon.Text;

namespace Celadon.Tests.Import.Lci;

/// <summary>
/// Product stages of SimaPro's CSV as processes. A panel is 2 kg of tile and three frames, of which two are
/// half a kilogram: 2.75 kg.
/// </summary>
public sealed class SimaStageTests
{
    private const string Panel = """
        Products
        panel;p;1;Walls\Panels;glazed

        Materials/assemblies
        glazed tile;kg;2;Undefined;0;0;0;
        frame;p;3;Undefined;0;0;0;

        Processes
        electricity;kWh;fixing;Lognormal;1,21;0;0;

        Input parameters
        fixing;1;Undefined;0;0;0;No;

        Calculated parameters
        """;

    private const string Frame = """
        Products
        frame;p;2;Walls;

        Materials/assemblies
        glazed tile;g;500;Undefined;0;0;0;
        """;

    private const string Life = """
        Products
        life;p;1;Walls;

        Assembly
        panel;p;2;Undefined;0;0;0;;

        Processes
        electricity;kWh;5;Undefined;0;0;0;

        Waste/Disposal scenario
        household;;;Undefined;0;0;0;;

        Additional life cycles
        """;

    private const string End = """
        Products
        end;p;1;Walls;

        Reference assembly
        panel;p;1;Undefined;0;0;0;

        Processes
        electricity;kWh;0,5;Undefined;0;0;0;

        Waste scenarios
        household;%;60;Undefined;0;0;0;
        sludge;%;40;Undefined;0;0;0;

        Disassemblies

        Reuses
        """;

    private static string Household(string rows) => SimaFiles.Process("scenario", $"""
        Waste scenario
        household;ton;1;All waste types;Waste;

        Separated waste
        {rows}

        Remaining waste
        sludge;All waste types;100;

        Electricity/heat
        electricity;kWh;10;Undefined;0;0;0;
        """);

    private static string Stage(string kind, string sections) =>
        $"\nProduct stage\n\nCategory type\n{kind}\n\nStatus\n\n\n{sections}\n\nEnd\n";

    private static LciReading Read(params string[] blocks) => SimaReader.Read("test",
        [SimaFiles.Part(SimaFiles.Tile.Replace("1;100;not defined;Ceramics", "1;100;Glass;Ceramics",
            StringComparison.Ordinal) + string.Concat(blocks))]);

    private static string[] All(string? life = null) => [Household("sludge;All waste types;0;"),
        Stage("assembly", Panel), Stage("assembly", Frame), Stage("life cycle", life ?? Life),
        Stage("disposal scenario", End)];

    private static double Score(LciDatabase database, string name, double amount = 1) =>
        Assembled.Score(database, name, "climate", amount);

    private const double PanelScore = (2.75 * TileWorks.Tile) + TileWorks.Electricity;

    private const double HouseholdScore = TileWorks.Sludge + (0.01 * TileWorks.Electricity);

    [Fact]
    public void An_assembly_is_what_it_is_made_of()
    {
        var database = Assembled.Clean(Read(All()));
        Assert.Equal(PanelScore, Score(database, "panel"), 1e-12);
        var panel = database.Processes.Single(p => p.Name == "panel");
        Assert.Equal(("Walls/Panels", """{"description":"glazed"}""", 1),
            (panel.Category, panel.Extra, panel.Reference));
        Assert.Equal(("fixing", "fixing"), (panel.Parameters.Single().Name, panel.Exchanges[3].Formula));
        Assert.True(panel.Exchanges[3].Uncertainty.IsUncertain);
        Assert.Equal(database.Processes.Single(p => p.Name == "frame").Id, panel.Exchanges[2].Provider);
    }

    /// <summary>Two panels, 5 kWh, and 5.5 kg of waste.</summary>
    [Fact]
    public void A_life_cycle_gives_its_materials_to_the_waste_scenario()
    {
        var database = Assembled.Clean(Read(All()));
        Assert.Equal(5.5, database.Processes.Single(p => p.Name == "life").Exchanges[^1].Amount, 1e-12);
        Assert.Equal((2 * PanelScore) + (5 * TileWorks.Electricity) + (5.5 * HouseholdScore),
            Score(database, "life"), 1e-12);
    }

    /// <summary>Tiles are glass: they go where glass goes.</summary>
    [Fact]
    public void Materials_go_to_the_scenario_of_their_waste_type()
    {
        string[] blocks = [Household("sludge;Glass;50;\nsludge;Paper;10;"), .. All()[1..]];
        var database = Assembled.Clean(Read(blocks));
        var given = database.Processes.Single(p => p.Name == "life").Exchanges[^1];
        Assert.Equal("household · Glass", database.Flows.Single(f => f.Id == given.Flow).Name);
        Assert.Equal(database.Processes.Single(p => p.Name == "household · Glass").Id, given.Provider);
    }

    /// <summary>2.75 kg in two parts, and half a kilowatt hour; a life of two panels needs two.</summary>
    [Fact]
    public void A_disposal_scenario_sends_shares_of_its_assembly_to_waste_scenarios()
    {
        var database = Assembled.Clean(Read(All(Life.Replace("household;;;", "end;;;",
            StringComparison.Ordinal))));
        const double End = (2.75 * 0.6 * HouseholdScore) + (2.75 * 0.4 * TileWorks.Sludge)
            + (0.5 * TileWorks.Electricity);
        Assert.Equal(End, Score(database, "end"), 1e-12);
        Assert.Equal((2 * PanelScore) + (5 * TileWorks.Electricity) + (2 * End), Score(database, "life"),
            1e-12);
    }

    [Fact]
    public void Additional_life_cycles_are_inputs()
    {
        var database = Assembled.Clean(Read([.. All(), Stage("life cycle",
            "Products\nhouse;p;1;Walls;\n\nAdditional life cycles\nlife;p;3;Undefined;0;0;0;")]));
        Assert.Equal(3 * Score(database, "life"), Score(database, "house"), 1e-10);
    }

    /// <summary>
    /// What the format does not say enough about is left out whole with a warning at its row; the rest is
    /// taken.
    /// </summary>
    [Theory]
    [InlineData("Reuses\n", "Reuses\npanel again;%;10;Undefined;0;0;0;\n", "formats.stage.kind", "end")]
    [InlineData("disposal scenario", "reuse", "formats.stage.kind", "end")]
    [InlineData("household;;;", "nowhere;;;", "", "")]
    [InlineData("panel;p;2;", "panels;p;2;", "formats.stage.reference", "life")]
    [InlineData("panel;p;1;Undefined", "frame;p;1;Undefined", "formats.stage.reference", "life")]
    [InlineData("glazed tile;g;500", "electricity;kWh;500", "formats.stage.mass", "life end")]
    [InlineData("glazed tile;g;500", "frame;p;0,5", "formats.stage.circle", "life end")]
    [InlineData("frame;p;2;Walls", "glazed tile;kg;2;Walls", "formats.stage.several", "life end")]
    public void What_cannot_be_told_is_left_out_and_said(string from, string to, string code, string left)
    {
        var ended = Life.Replace("household;;;", "end;;;", StringComparison.Ordinal);
        var blocks = string.Concat(All(from == "panel;p;1;Undefined" ? ended : null));
        Assert.Contains(from, blocks.Replace("\r", "", StringComparison.Ordinal) + "\n",
            StringComparison.Ordinal);
        var at = (blocks + "\n").LastIndexOf(from, StringComparison.Ordinal);
        var reading = Read((blocks + "\n")[..at] + to + (blocks + "\n")[(at + from.Length)..]);
        var database = Assembled.Clean(reading);
        var said = reading.Findings.Where(f => f.Severity == Severity.Warning).ToList();
        Assert.Equal(left.Length == 0 ? [] : left.Split(' ').Order(), ((string[])["life", "end"]).Where(n =>
            database.Processes.All(p => p.Name != n)).Order());
        Assert.All(said, f => Assert.Equal((code, "tiles.csv", true),
            (f.Code, f.Place!.File, f.Place.Row > 100)));
    }

    /// <summary>Percentages that make no whole, amounts that are none: an error, as in a process.</summary>
    [Theory]
    [InlineData("household;%;60", "household;%;50", "formats.value")]
    [InlineData("household;%;60", "household;kg;60", "formats.value")]
    [InlineData("household;%;60", "household;%;NaN", "formats.value")]
    [InlineData("panel;p;1;Walls", "panel;p;0;Walls", "formats.value")]
    [InlineData("panel;p;1;Walls", "pa\u0001nel;p;1;Walls", "formats.control")]
    [InlineData("Processes\nelectricity;kWh;5", "Energy\nelectricity;kWh;5", "formats.heading")]
    [InlineData("Products\nlife;p;1;Walls;", "Products", "formats.noReference")]
    [InlineData("Products\nlife;p;1;Walls;", "Products\nlife;p;1;Walls;\nlives;p;1;Walls;", "formats.value")]
    public void What_does_not_fit_is_said_with_its_row(string from, string to, string code)
    {
        var blocks = string.Concat(All());
        Assert.Contains(from, blocks, StringComparison.Ordinal);
        var reading = Read(blocks.Replace(from, to, StringComparison.Ordinal));
        var finding = reading.Findings.First(f => f.Severity == Severity.Error);
        Assert.Equal((code, "tiles.csv"), (finding.Code, finding.Place!.File));
        Assert.True(finding.Place.Row > 100);
        Assert.Null(reading.Database);
    }
}
