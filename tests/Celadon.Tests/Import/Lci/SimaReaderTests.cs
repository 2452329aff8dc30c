using System.Text;
using Celadon.Lca.Model;
using Celadon.Lca.Modelling;
using Celadon.Packs.Lci;
using Celadon.Store.Import.Lci.Shared;
using Celadon.Store.Import.Lci.SimaPro;
using Celadon.Text;
using CsCheck;

namespace Celadon.Tests.Import.Lci;

/// <summary>SimaPro's CSV: blocks, separators, parameters, shares, wastes, and what is left out.</summary>
public sealed class SimaReaderTests
{
    private static LciReading Read(params LciPart[] parts) => SimaReader.Read("test", parts);

    private static LciDatabase Tile => Assembled.Clean(Read(SimaFiles.Part(SimaFiles.Tile)));

    private static LciProcess Named(LciDatabase database, string name) =>
        database.Processes.Single(p => p.Name == name);

    private static string[] Codes(LciReading reading) =>
        [.. reading.Findings.Where(f => f.Severity != Severity.Info).Select(f => f.Code)];

    [Fact]
    public void The_tile_works_score_as_worked_out_by_hand()
    {
        Assert.Equal(TileWorks.Tile, Assembled.Score(Tile, "glazed tile", "climate"), 1e-12);
        Assert.Equal(TileWorks.Electricity, Assembled.Score(Tile, "electricity", "climate"), 1e-12);
        Assert.Equal(TileWorks.Sludge, Assembled.Score(Tile, "sludge", "climate"), 1e-12);
    }

    /// <summary>Commas with decimal points and tabs say the same.</summary>
    [Theory]
    [InlineData("Comma", ',')]
    [InlineData("Tab", '\t')]
    public void Other_separators_read_the_same(string word, char sign)
    {
        var text = SimaFiles.Tile.Replace("{Decimal separator: ,}", "{Decimal separator: .}",
            StringComparison.Ordinal).Replace(',', '.').Replace("{Decimal separator: .}",
            "{Decimal separator: .}", StringComparison.Ordinal)
            .Replace("Semicolon", word, StringComparison.Ordinal).Replace(';', sign);
        Assert.Equal(Tables(Tile), Tables(Assembled.Clean(Read(SimaFiles.Part(text)))));
    }

    private static string[] Tables(LciDatabase database) =>
        [.. LciTables.Write(database).Select(t => $"{t.File}\n{Encoding.UTF8.GetString(t.Bytes)}")];

    [Fact]
    public void A_process_keeps_what_the_model_has_a_place_for()
    {
        var tile = Named(Tile, "glazed tile");
        Assert.Equal("Ceramics/Tiles", tile.Category);
        Assert.Contains("first line\\n\\nsecond line", tile.Extra, StringComparison.Ordinal);
        Assert.Contains("\"timeDescription\":\"2020-2024\"", tile.Extra, StringComparison.Ordinal);
        Assert.Equal([("gas_m3", 0.125, ""), ("gas", 0.25, "gas_m3 * wide")],
            tile.Parameters.Select(p => (p.Name, p.Value, p.Formula)));
        Assert.Equal(Uncertainty.Normal(0.125, 0.01), tile.Parameters[0].Uncertainty);
        var co2 = tile.Exchanges.Single(e => e.Formula.Length > 0);
        Assert.Equal((0.5, "gas*2"), (co2.Amount, co2.Formula));
        Assert.Equal(("wide", 2d), (Tile.Parameters[0].Name, Tile.Parameters[0].Value));
        var meter = tile.Exchanges.Single(e => e.Provider == Named(Tile, "electricity").Id);
        Assert.Equal("""{"description":"meter"}""", meter.Extra);
        Assert.Equal(1000, Tile.UnitGroups.Single(g => g.Name == "kg").Units.Single(u => u.Name == "ton")
            .Factor);
    }

    /// <summary>Lognormal states the square of the geometric deviation, normal twice the deviation.</summary>
    [Fact]
    public void Uncertainties_are_read_as_the_program_states_them()
    {
        Assert.Equal(Math.Log(1.1), Named(Tile, "glazed tile").Exchanges[1].Uncertainty.B, 1e-15);
        Assert.Equal(Uncertainty.Uniform(0.3, 0.5), Named(Tile, "electricity").Exchanges[2].Uncertainty);
        Assert.Equal(Uncertainty.Triangular(10, 20, 30), Named(Tile, "coal").Exchanges[2].Uncertainty);
        var reading = Read(SimaFiles.With("Lognormal;1,21", "Lognormal;0,5"));
        Assert.Equal(["formats.uncertainty"], Codes(reading));
    }

    [Fact]
    public void Substances_are_told_apart_by_compartment_and_an_unspecified_factor_holds_for_all()
    {
        Assert.Equal([("CO2", "Emissions to air", "124-38-9"), ("CO2", "Emissions to air/high. pop.",
            "124-38-9")], Tile.Flows.Where(f => f.Name == "CO2").OrderBy(f => f.Category)
            .Select(f => (f.Name, f.Category, f.Cas)));
        var without = Assembled.Clean(Read(SimaFiles.With("Air;high. pop.;CO2;;1;kg\n", "")));
        Assert.Equal(TileWorks.Electricity, Assembled.Score(without, "electricity", "climate"), 1e-12);
    }

    [Fact]
    public void Sets_for_weighting_divide_where_the_format_multiplies()
    {
        var set = Assert.Single(Assert.Single(Tile.Methods).Weightings);
        Assert.Equal(("World", "Pt", 2d, 3d), (set.Name, set.Unit, set.Factors[0].Normalisation!.Value,
            set.Factors[0].Weight!.Value));
    }

    /// <summary>
    /// Of 1 kg and 3 kg the first bears a quarter of 2 kg CO2 less 1 kWh avoided: 0.25 × (2 − e).
    /// </summary>
    [Fact]
    public void Shares_and_avoided_products_count()
    {
        var reading = Read(SimaFiles.Part(SimaFiles.Tile + SimaFiles.Process("both", """
            Products
            first;kg;1;25;not defined;Both;
            second;kg;3;100-25;not defined;Both;

            Avoided products
            electricity;kWh;1;Undefined;0;0;0;

            Emissions to air
            CO2;;kg;2;Undefined;0;0;0;
            """)));
        Assert.Equal(0.25 * (2 - TileWorks.Electricity),
            Assembled.Score(Assembled.Clean(reading), "first", "climate"), 1e-12);
        Assert.Equal(AllocationRule.Stated, Named(reading.Database!, "first").Allocation);
    }

    [Theory]
    [InlineData("electricity;MJ;7,2", "electricity;MJ;7,2,", "formats.value")]
    [InlineData("electricity;MJ;7,2", "electricity;MJ;nothing", "formats.value")]
    [InlineData("electricity;MJ;7,2", "electricity;m3;7,2", "formats.unit")]
    [InlineData("electricity;MJ;7,2", "electricity;;7,2", "formats.missing")]
    [InlineData("gas_m3 * wide", "gas * wide", "formats.value")]
    [InlineData("gas_m3 * wide", "none * wide", "formats.value")]
    [InlineData("gas_m3;0,125", "gas m3;0,125", "formats.value")]
    [InlineData("glazed tile;kg;1;", "glazed tile;kg;0;", "formats.value")]
    [InlineData("Products\nglazed tile;kg;1;100;not defined;Ceramics\\Tiles;made here\n", "",
        "formats.noReference")]
    public void A_process_that_does_not_hold_together_is_left_out_whole(string from, string to, string code)
    {
        var reading = Read(SimaFiles.With(from, to));
        Assert.Equal([code], Codes(reading));
        Assert.Equal("tiles.csv", reading.Findings.First(f => f.Code == code).Place!.File);
        Assert.Null(reading.Database);
        Assert.Equal(3, reading.Sound!.Processes.Length);
    }

    [Fact]
    public void Shares_that_make_no_whole_and_the_same_process_twice_are_said()
    {
        var both = SimaFiles.Process("both", "Products\nfirst;kg;1;25;x;;\nsecond;kg;3;70;x;;");
        Assert.Equal(["formats.value"], Codes(Read(SimaFiles.Part(SimaFiles.Tile + both))));
        Assert.Equal(["formats.duplicate"], Codes(Read(SimaFiles.Part(SimaFiles.Tile
            + SimaFiles.Process("coal", "Products\npeat;kg;1;100;x;;")))));
    }

    [Theory]
    [InlineData("ton;Mass;1000;kg", "ton;Mass;100;kg", "lci.unitDiffers")]
    [InlineData("ton;Mass;1000;kg", "ton;Mass;0;kg", "formats.value")]
    [InlineData("Air;(unspecified);CH4", "Sky;(unspecified);CH4", "formats.factor")]
    [InlineData("{CSV separator: Semicolon}", "{CSV separator: Bar}", "formats.value")]
    [InlineData("wide;1+1;", "wide;wider;\nwider;wide+1;", "formats.value")]
    public void What_is_wrong_elsewhere_is_said_with_its_place(string from, string to, string code)
    {
        var finding = Read(SimaFiles.With(from, to)).Findings.First(f => f.Severity == Severity.Error);
        Assert.Equal((code, "tiles.csv"), (finding.Code, finding.Place!.File));
        Assert.True(finding.Place.Row > 0);
    }

    /// <summary>Neither the definition nor the name is believed: what uses the unit is left out.</summary>
    [Fact]
    public void A_unit_that_contradicts_its_name_measures_nothing()
    {
        var reading = Read(SimaFiles.With("ton;Mass;1000;kg", "ton;Mass;100;kg"));
        Assert.Equal(["lci.unitDiffers", "lci.unitDiffers"], Codes(reading));
        Assert.DoesNotContain(reading.Sound!.Processes, p => p.Name == "coal");
    }

    [Fact]
    public void An_open_block_and_what_has_no_place_are_said()
    {
        var reading = Read(SimaFiles.Part(SimaFiles.Tile + "\n\nLiterature reference\n\nName\nBook\n\nEnd\n"
            + "\nProcess\n\nProducts\n"));
        Assert.Contains("formats.missing", Codes(reading));
        Assert.Equal("Literature reference (1), Record (1)",
            reading.Findings.Single(f => f.Code == "formats.notCarried").Args["what"]);
    }

    /// <summary>Text of the other width, with the mark that spreadsheet programs put before it.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Utf16_and_the_line_ends_of_old_machines_read_the_same(bool isBig)
    {
        var wide = new UnicodeEncoding(isBig, byteOrderMark: true);
        byte[] bytes = [.. wide.GetPreamble(), .. wide.GetBytes(SimaFiles.Tile)];
        Assert.True(SimaReader.Recognises(bytes.AsSpan(0, 1024)));
        Assert.Equal(Tables(Tile), Tables(Assembled.Clean(Read(LciPart.Of("tiles.csv", bytes)))));
        // Inside a text the line ends stay.
        Assert.Equal(Tables(Tile), Tables(Assembled.Clean(Read(SimaFiles.Part(
            SimaFiles.Tile.Replace('\n', '\r'))))).Select(t => t.Replace("\\r", "\\n",
                StringComparison.Ordinal)));
    }

    /// <summary>Two processes would be read as one that makes both products.</summary>
    [Fact]
    public void A_process_without_end_ends_where_the_next_begins()
    {
        var at = SimaFiles.Tile.IndexOf("\nEnd\n", SimaFiles.Tile.IndexOf("coal;kg;0,05",
            StringComparison.Ordinal), StringComparison.Ordinal);
        var reading = Read(SimaFiles.Part(SimaFiles.Tile.Remove(at, 5)));
        var finding = Assert.Single(reading.Findings, f => f.Severity == Severity.Error);
        Assert.Equal(("formats.missing", "Process: End"), (finding.Code, finding.Args["what"]));
        Assert.Equal(["coal", "glazed tile", "sludge"],
            reading.Sound!.Processes.Select(p => p.Name).Order(StringComparer.Ordinal));
    }

    /// <summary>A treatment of −1 is one whose waste was counted as an output.</summary>
    [Fact]
    public void Negative_references_are_refused_or_turned()
    {
        Assert.Equal(["formats.value"],
            Codes(Read(SimaFiles.With("glazed tile;kg;1;", "glazed tile;kg;-1;"))));
        var turned = Assembled.Clean(Read(SimaFiles.With("sludge;kg;1;All", "sludge;kg;-1;All")));
        Assert.Equal(TileWorks.Tile, Assembled.Score(turned, "glazed tile", "climate"), 1e-12);
    }

    /// <summary>A block without its end is said for what it is, whatever block follows.</summary>
    [Theory]
    [InlineData("\nEnd\n\nUnits")]
    [InlineData("\nEnd\n\nAirborne emissions")]
    [InlineData("\nEnd\n\nMethod")]
    public void A_block_without_its_end_is_said(string end)
    {
        var text = SimaFiles.Tile.ReplaceLineEndings("\n");
        Assert.Contains("End\n\n" + end[6..], text.Replace("\n\n\n", "\n\n", StringComparison.Ordinal),
            StringComparison.Ordinal);
        var at = text.IndexOf("\n" + end[6..] + "\n", StringComparison.Ordinal);
        var before = text.LastIndexOf("End", at, StringComparison.Ordinal);
        var finding = Read(SimaFiles.Part(text[..before] + text[(before + 3)..])).Findings[0];
        Assert.Equal(("formats.missing", "tiles.csv"), (finding.Code, finding.Place!.File));
        Assert.EndsWith(": End", finding.Args["what"], StringComparison.Ordinal);
    }

    /// <summary>Rows nobody can say the meaning of; text goes on after an empty row.</summary>
    [Theory]
    [InlineData("Emissions to air\nCO2;;kg;gas*2", "Emissions to space\nCO2;;kg;gas*2")]
    [InlineData("Electricity/heat\nelectricity;MJ", "Energy\nelectricity;MJ")]
    [InlineData("Impact category\nclimate", "Impact kategory\nclimate")]
    public void Rows_under_a_heading_that_is_not_known_are_said(string from, string to)
    {
        var reading = Read(SimaFiles.With(from, to));
        var finding = reading.Findings.First(f => f.Severity == Severity.Error);
        Assert.Equal(("formats.heading", "tiles.csv", to[..to.IndexOf('\n', StringComparison.Ordinal)]),
            (finding.Code, finding.Place!.File, finding.Args["value"]));
        Assert.Null(reading.Database);
    }

    [Theory]
    [InlineData("glazed tile;kg;1;", "glazed\0tile;kg;1;")]
    [InlineData("coal;kg;0,05", "co\u0007al;kg;0,05")]
    [InlineData("climate;kg CO2 eq", "clim\u009Bate;kg CO2 eq")]
    public void A_control_character_in_a_name_is_refused_with_its_row(string from, string to)
    {
        var reading = Read(to.Contains('\u009B', StringComparison.Ordinal) ? LciPart.Of("tiles.csv",
            Encoding.UTF8.GetBytes(SimaFiles.Tile.Replace(from, to, StringComparison.Ordinal)))
            : SimaFiles.With(from, to));
        var finding = reading.Findings.First(f => f.Severity == Severity.Error);
        Assert.Equal(("formats.control", "tiles.csv"), (finding.Code, finding.Place!.File));
        Assert.True(finding.Place.Row > 7);
    }

    [Fact]
    public void A_number_with_a_sign_nobody_sees_is_none() => Assert.Equal("formats.value",
        Read(SimaFiles.With("CH4;;g;3;", "CH4;;g;3\0;")).Findings[0].Code);

    /// <summary>Files beside the database are named; a table of another kind is not passed over.</summary>
    [Fact]
    public void What_is_not_of_the_format_is_named_for_what_it_is()
    {
        var reading = Read(SimaFiles.Part(SimaFiles.Tile), LciPart.Of("licence.pdf", "%PDF"u8.ToArray()));
        Assembled.Clean(reading);
        Assert.Contains("licence.pdf (1)", reading.Findings.Single(f => f.Code == "formats.notCarried")
            .Args["what"], StringComparison.Ordinal);
        foreach (var bytes in (byte[][])[[], [0], "name,kind\n"u8.ToArray(), "PK\u0003\u0004"u8.ToArray()])
        {
            reading = Read(SimaFiles.Part(SimaFiles.Tile), LciPart.Of("more.csv", bytes));
            var finding = reading.Findings.First(f => f.Severity == Severity.Error);
            Assert.Equal(("formats.foreign", "more.csv"), (finding.Code, finding.Place!.File));
        }
        var odd = Read(SimaFiles.With("{CSV separator: Semicolon}", "{CSV separator: Pipe}")).Findings[0];
        Assert.Equal(("formats.value", "Pipe"), (odd.Code, odd.Args["value"]));
    }

    /// <summary>Shares that a parameter moves stay a whole.</summary>
    [Fact]
    public void Shares_of_products_may_be_formulas()
    {
        var database = Assembled.Clean(Read(SimaFiles.Part(SimaFiles.Tile + SimaFiles.Process("two", """
            Products
            cup;kg;1;part;not defined;Cups;
            saucer;kg;1;100-part;not defined;Cups;

            Input parameters
            part;60;Undefined;0;0;0;No;
            """))));
        var shares = database.Processes.Single(p => p.Name == "cup").AllocationFactors;
        Assert.Equal([(0.6, "(part)/((part)+(100-part))"), (0.4, "(100-part)/((part)+(100-part))")],
            shares.Select(s => (s.Value, s.Formula)));
    }

    [Fact]
    public void Inputs_that_nobody_makes_are_counted()
    {
        var reading = Read(SimaFiles.With("coal;kg;0,05", "peat;kg;0,05"));
        var finding = reading.Findings.Single(f => f.Code == "formats.unlinked");
        Assert.Equal(("1", "4"), (finding.Args["count"], finding.Args["of"]));
    }

    /// <summary>Whatever becomes of the file, there are findings and never an exception.</summary>
    [Fact]
    public void Damaged_files_are_findings() =>
        Gen.Select(Gen.Int[0, 5000], Gen.Char[' ', '~'], Gen.Int[0, 40]).Sample((at, value, length) =>
        {
            var text = new StringBuilder(SimaFiles.Tile);
            at %= text.Length;
            text[at] = value;
            text.Remove(at, Math.Min(length / 4, text.Length - at));
            Assert.NotNull(Read(SimaFiles.Part(text.ToString())).Findings);
        }, iter: 1_000);
}
