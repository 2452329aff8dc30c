using Celadon.Lca.Model;
using Celadon.Lca.Modelling;
using Celadon.Packs.Lci;
using Celadon.Store.Import.Lci.Ilcd;
using Celadon.Store.Import.Lci.Shared;
using Celadon.Text;
using CsCheck;

namespace Celadon.Tests.Import.Lci;

/// <summary>ILCD: data sets of all kinds, and what is refused.</summary>
public sealed class IlcdReaderTests
{
    private static LciReading Read(params LciPart[] parts) => IlcdReader.Read("test", parts);

    private static LciDatabase Tile => Assembled.Clean(Read(IlcdFiles.Parts(IlcdFiles.Tile)));

    private static LciProcess GlazedTile => Tile.Processes.Single(p => p.Id == "glazed tile");

    private static Finding[] Errors(LciReading reading) =>
        [.. reading.Findings.Where(f => f.Severity == Severity.Error)];

    [Fact]
    public void The_tile_works_score_as_worked_out_by_hand()
    {
        Assert.Equal(TileWorks.Tile, Assembled.Score(Tile, "glazed tile, at plant", "climate"), 1e-12);
        Assert.Equal(TileWorks.Electricity / 3.6, Assembled.Score(Tile, "power, at plant", "climate"), 1e-12);
        Assert.Equal(TileWorks.Sludge, Assembled.Score(Tile, "treatment, at plant", "climate"), 1e-12);
    }

    [Fact]
    public void A_process_keeps_everything()
    {
        Assert.Equal(("Ceramics", 1), (GlazedTile.Category, GlazedTile.Reference!.Value));
        Assert.Equal("GB", Tile.Locations.Single(l => l.Id == GlazedTile.Location).Code);
        Assert.Equal("""
            {"description":"About glazed tile","version":"01.00.000","processDocumentation":{"validFrom":"2024-01-01"}}
            """.Trim(), GlazedTile.Extra);
        var electricity = GlazedTile.Exchanges[1];
        Assert.Equal(Math.Log(1.1), electricity.Uncertainty.B, 1e-15);
        Assert.Equal("""{"description":"meter"}""", electricity.Extra);
        Assert.Equal("2*gas", GlazedTile.Exchanges[3].Formula);
        Assert.Equal([("part", 0.125, ""), ("gas", 0.25, "part*2")],
            GlazedTile.Parameters.Select(p => (p.Name, p.Value, p.Formula)));
    }

    [Fact]
    public void Flows_units_methods_and_sources_are_kept()
    {
        var flow = Tile.Flows.Single(f => f.Id == "electricity");
        Assert.Equal([new("energy", 1), new("mass", 0.1)], flow.Properties);
        Assert.Equal(("electricity", "Emissions/Emissions to air", "124-38-9"),
            (flow.Name, flow.Category, flow.Cas));
        Assert.Equal(["one", "two"], flow.Synonyms);
        Assert.Equal(3.6, Tile.UnitGroups.Single(g => g.Id == "energy-units").Units[1].Factor);
        var category = Assert.Single(Tile.Categories);
        Assert.Equal(("climate", "kg", Direction.Output, "Climate change"),
            (category.Name, category.Unit, category.Direction, category.Category));
        Assert.Equal(("Method", "climate"),
            (Tile.Methods[0].Name, Assert.Single(Tile.Methods[0].Categories)));
        Assert.Contains("A book, 2020", Assert.Single(Tile.Documents).Json, StringComparison.Ordinal);
        Assert.Equal("1", Read(IlcdFiles.Parts(IlcdFiles.Tile)).Findings
            .Single(f => f.Code == "lci.factorFlows").Args["count"]);
    }

    /// <summary>Of 2 kg CO2 of the process the second product bears 40 %.</summary>
    [Fact]
    public void Shares_of_each_exchange_are_kept()
    {
        var both = IlcdFiles.Process("both", IlcdFiles.Exchange(0, "tile", "Output", "1")
            + IlcdFiles.Exchange(1, "coal", "Output", "1") + IlcdFiles.Exchange(2, "CO2", "Output", "2", """
                <allocations><allocation internalReferenceToCoProduct="0" allocatedFraction="60"/>
                <allocation internalReferenceToCoProduct="1" allocatedFraction="40"/></allocations>
                """));
        var process = Assembled.Clean(Read(IlcdFiles.Parts([.. IlcdFiles.Tile, both])))
            .Processes.Single(p => p.Id == "both");
        Assert.Equal(AllocationRule.Causal, process.Allocation);
        Assert.Equal([new(AllocationRule.Causal, "tile", 3, 0.6, ""),
            new(AllocationRule.Causal, "coal", 3, 0.4, "")], process.AllocationFactors);
    }

    [Theory]
    [InlineData("processes/power", "refObjectId=\"coal\"", "refObjectId=\"peat\"", "lci.dangling")]
    [InlineData("processes/power", "0.05", "NaN", "lci.value")]
    [InlineData("processes/power", "0.05", "", "lci.value")]
    [InlineData("processes/power", "<exchangeDirection>Input", "<exchangeDirection>Inside", "lci.value")]
    [InlineData("processes/power", "dataSetInternalID=\"1\"", "dataSetInternalID=\"0\"", "lci.value")]
    [InlineData("processes/power", "Flow>0<", "Flow>9<", "lci.dangling")]
    [InlineData("processes/power", "<common:UUID>power</common:UUID>", "", "lci.missing")]
    [InlineData("processes/power", ">power<", ">mine<", "lci.duplicate")]
    [InlineData("flows/coal", "Product flow", "Something", "lci.value")]
    [InlineData("flows/coal", "refObjectId=\"mass\"", "refObjectId=\"weight\"", "lci.dangling")]
    [InlineData("flows/coal", "<meanValue>1<", "<meanValue>0<", "lci.value")]
    [InlineData("flowproperties/mass", "refObjectId=\"mass-units\"", "refObjectId=\"none\"", "lci.dangling")]
    [InlineData("unitgroups/mass-units", ">1000<", ">-1000<", "lci.value")]
    [InlineData("unitgroups/mass-units", "Unit>0<", "Unit>5<", "lci.missing")]
    [InlineData("lciamethods/climate", "refObjectId=\"mass\"", "refObjectId=\"none\"", "lci.dangling")]
    public void What_does_not_fit_is_refused_with_its_place(string file, string from, string to, string code)
    {
        var reading = Read(IlcdFiles.With(file, from, to));
        Assert.Null(reading.Database);
        var error = Errors(reading)[0];
        Assert.Equal(code, error.Code);
        Assert.StartsWith("ILCD/", error.Place!.File, StringComparison.Ordinal);
        Assert.True(error.Place.Row > 0);
    }

    [Fact]
    public void What_cannot_be_used_but_does_not_count_is_said()
    {
        var reading = Read(IlcdFiles.With("processes/glazed tile", "1.21", "0.5"));
        Assert.Contains("formats.uncertainty", reading.Findings.Select(f => f.Code));
        reading = Read(IlcdFiles.With("processes/glazed tile", "<meanAmount>2", "<meanAmount>3"));
        Assert.Contains("formats.formula.unused", reading.Findings.Select(f => f.Code));
        Assert.NotNull(reading.Database);
    }

    /// <summary>Whatever becomes of the files, there are findings and never an exception.</summary>
    [Fact]
    public void Damaged_files_are_findings() => Gen.Select(Gen.Int[0, 15], Gen.Int[0, 5000],
        Gen.Char[' ', '~'], Gen.Int[0, 60]).Sample((file, at, value, length) =>
        {
            var files = IlcdFiles.Tile.ToArray();
            var text = files[file % files.Length].Text;
            at %= text.Length;
            files[file % files.Length].Text = text[..at] + value
                + text[Math.Min(text.Length, at + (length / 4))..];
            Assert.NotNull(Read(IlcdFiles.Parts(files)).Findings);
        }, iter: 1_000);
}
