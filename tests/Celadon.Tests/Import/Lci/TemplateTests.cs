using System.Text;
using Celadon.Lca.Model;
using Celadon.Lca.Modelling;
using Celadon.Packs.Lci;
using Celadon.Store.Export.Lci;
using Celadon.Store.Import.Lci.JsonLd;
using Celadon.Store.Import.Lci.Shared;
using Celadon.Store.Import.Lci.Template;
using Celadon.Text;
using CsCheck;

namespace Celadon.Tests.Import.Lci;

/// <summary>Our own template, in and out.</summary>
public sealed class TemplateTests
{
    private static LciReading Read(params LciPart[] parts) => TemplateReader.Read("test", parts);

    private static LciDatabase Tile => Assembled.Clean(Read(TemplateFiles.Parts(TemplateFiles.Tile)));

    private static string[] Tables(LciDatabase database) =>
        [.. LciTables.Write(database).Select(t => $"{t.File}\n{Encoding.UTF8.GetString(t.Bytes)}")];

    private static LciProcess Named(LciDatabase database, string name) =>
        database.Processes.Single(p => p.Name == name);

    [Fact]
    public void The_tile_works_score_as_worked_out_by_hand()
    {
        Assert.Equal(TileWorks.Tile, Assembled.Score(Tile, "glazed tile", "climate"), 1e-12);
        Assert.Equal(TileWorks.Electricity, Assembled.Score(Tile, "power", "climate"), 1e-12);
        Assert.Equal(TileWorks.Sludge, Assembled.Score(Tile, "sludge treatment", "climate"), 1e-12);
    }

    [Fact]
    public void A_row_keeps_everything()
    {
        var tile = Named(Tile, "glazed tile");
        Assert.Equal(("""{"description":"fires, glazes"}""", 1, AllocationRule.Physical),
            (tile.Extra, tile.Reference!.Value, tile.Allocation!.Value));
        Assert.Equal(Uncertainty.Lognormal(7.2, 0.1), tile.Exchanges[1].Uncertainty);
        Assert.Equal(Named(Tile, "power").Id, tile.Exchanges[1].Provider);
        Assert.Equal("gas*2", tile.Exchanges[3].Formula);
        var flow = Tile.Flows.Single(f => f.Name == "tile");
        Assert.Equal(["glazed tile", "瓷砖"], flow.Synonyms);
        Assert.Equal(0.05, flow.Properties[1].Factor);
        var mass = Tile.UnitGroups.Single(g => g.Name == "kg");
        Assert.Equal(480, mass.Units.Single(u => u.Name == "pallet").Factor);
        Assert.Equal(1000, mass.Units.Single(u => u.Name == "t").Factor);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_template_comes_back_the_same(bool asBook)
    {
        var (parts, said) = TemplateFiles.Written(Tile, asBook);
        Assert.Empty(said);
        Assert.Equal(Tables(Tile), Tables(Assembled.Clean(Read(parts))));
    }

    /// <summary>Any amounts: to the last bit, in a workbook and in text.</summary>
    [Fact]
    public void Any_numbers_come_back_to_the_last_bit() => Gen.Select(
        Gen.Double.Where(d => double.IsFinite(d) && d != 0), Gen.Double[0, 5], Gen.Double[1e-9, 1e9],
        Gen.Bool)
        .Sample((amount, sigma, factor, asBook) =>
        {
            var tile = Tile;
            var made = Assembled.Clean(Read(TemplateFiles.Written(tile with
            {
                UnitGroups = [.. tile.UnitGroups.Select(g => g with
                {
                    Units = [.. g.Units.Select(u => u.Name == "pallet" ? u with { Factor = factor } : u)],
                })],
                Processes = [.. tile.Processes.Select(p => p with
                {
                    Exchanges = [.. p.Exchanges.Select(e => e with
                    {
                        Amount = amount,
                        Uncertainty = Uncertainty.Lognormal(amount, sigma),
                    })],
                })],
            }, asBook).Parts));
            Assert.Equal(amount, made.Processes[0].Exchanges[0].Amount);
            Assert.Equal(sigma, made.Processes[0].Exchanges[0].Uncertainty.B);
            Assert.Equal(factor, made.UnitGroups.SelectMany(g => g.Units).Single(u => u.Name == "pallet")
                .Factor);
            return Tables(made).SequenceEqual(Tables(Assembled.Clean(
                Read(TemplateFiles.Written(made, asBook).Parts))));
        }, iter: 60);

    /// <summary>A database of another format keeps its scores; what has no column is named.</summary>
    [Fact]
    public void Another_database_keeps_its_scores_and_what_is_lost_is_named()
    {
        var kiln = Assembled.Clean(JsonLdReader.Read("test", JsonLdFiles.Parts(JsonLdFiles.Two)));
        var (parts, said) = TemplateFiles.Written(kiln, asBook: true);
        Assert.Equal("documents (1), locations.name and coordinates (1), product systems (1), "
            + "tags (1), version (5)",
            Assert.Single(said).Args["what"]);
        var again = Assembled.Clean(Read(parts));
        Assert.Equal(Assembled.Score(WithoutCausal(kiln), "Kiln", "climate"),
            Assembled.Score(WithoutCausal(again), "Kiln", "climate"), 1e-12);
        Assert.Equal(kiln.Processes.Select(p => p.Id), again.Processes.Select(p => p.Id));
    }

    /// <summary>Every distribution, from each other format through ours.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_distribution_comes_back(bool asBook)
    {
        Uncertainty[] all =
        [
            Uncertainty.Lognormal(-2, 0.1), Uncertainty.Normal(1, 0.2), Uncertainty.Uniform(1, 3),
            Uncertainty.Triangular(0, 1, 2), Uncertainty.Pert(0, 1, 3), Uncertainty.Gamma(2, 0.5, 1),
            Uncertainty.Gamma(2, 0.5), Uncertainty.Beta(2, 3, -4), Uncertainty.Weibull(2, 3),
            Uncertainty.DiscreteUniform(1, 6), Uncertainty.Binomial(10, 0.3),
            Uncertainty.Binomial(10, 0.3).Times(-2.5),
        ];
        Assert.Equal(Enum.GetValues<Distribution>()[1..].Order(), all.Select(u => u.Kind).Distinct().Order());
        foreach (var spread in all)
        {
            var made = Tile with
            {
                Processes = [.. Tile.Processes.Select(p => p with
                {
                    Exchanges = [.. p.Exchanges.Select(e => e with { Uncertainty = spread })],
                })],
            };
            var (parts, _) = TemplateFiles.Written(made, asBook);
            Assert.Equal(Tables(made), Tables(Assembled.Clean(Read(parts))));
        }
    }

    private static LciDatabase WithoutCausal(LciDatabase database) => database with
    {
        Processes = [.. database.Processes.Select(p => p with
        {
            AllocationFactors = [.. p.AllocationFactors.Where(f => f.Rule != AllocationRule.Causal)],
        })],
    };

    [Fact]
    public void Semicolons_and_decimal_commas_are_read()
    {
        var parts = TemplateFiles.Parts(TemplateFiles.Tile.Select(f => f.Name != "exchanges.csv" ? f
            : (f.Name, f.Text.Replace(',', ';').Replace('.', ','))));
        Assert.Equal(Tables(Tile), Tables(Assembled.Clean(Read(parts))));
    }

    [Theory]
    [InlineData("exchanges.csv", "0.4,", "many,", "lci.value", "exchanges!D8")]
    [InlineData("exchanges.csv", "7.2,MJ", "7.2,m3", "lci.measure", "exchanges!E3")]
    [InlineData("exchanges.csv", "power,coal,input", "power,peat,input", "lci.dangling", "exchanges!B7")]
    [InlineData("exchanges.csv", "power,coal,input", "nobody,coal,input", "lci.dangling", "exchanges!A7")]
    [InlineData("exchanges.csv", "power,coal,input", "power,coal,", "lci.missing", "exchanges!C7")]
    [InlineData("exchanges.csv", "lognormal,,0.1", "lognormal,,-1", "lci.spread", "exchanges!I3")]
    [InlineData("flows.csv", "coal,product,t,,", "sludge,waste,t,,x", "lci.template.several", "exchanges!B4")]
    [InlineData("flows.csv", "0.05 m2", "0.05 kg", "lci.value", "flows!D2")]
    [InlineData("processes.csv", "coal mine,GB", "power,GB", "lci.duplicate", "")]
    [InlineData("units.csv", "480,kg", "480,pallet", "lci.value", "units!B2")]
    [InlineData("units.csv", "480,kg", "480,crate\ncrate,2,pallet", "lci.template.cycle", "units!C2")]
    [InlineData("units.csv", "480,kg", "480,kg\nt,100,kg", "lci.unitDiffers", "units!B3")]
    [InlineData("units.csv", "480,kg", "480,kg\npallet,2,kg", "lci.template.unitTwice", "units!A3")]
    [InlineData("parameters.csv", ",wide,3", ",wi de,3", "lci.value", "parameters!B3")]
    [InlineData("factors.csv", "value\nclimate,CO2", "value\nnone,CO2", "lci.dangling", "factors!A2")]
    [InlineData("exchanges.csv", "process,flow", "flow,flow", "lci.template.twice", "exchanges!B1")]
    public void What_does_not_fit_is_refused_with_its_cell(string file, string from, string to, string code,
        string at)
    {
        var reading = Read(TemplateFiles.With(file, from, to));
        Assert.Null(reading.Database);
        var finding = reading.Findings.First(f => f.Severity == Severity.Error);
        Assert.Equal((code, at), (finding.Code, finding.Args.GetValueOrDefault("at", "")));
        Assert.Equal(file.Contains("flows", StringComparison.Ordinal) && at.StartsWith("exch",
            StringComparison.Ordinal) ? "exchanges.csv" : file, finding.Place!.File);
    }

    /// <summary>
    /// openLCA's own unit groups hold a ft2 of 0.09 m2. Such a database leaves as a template that can be
    /// read, and comes back with the unit as it was.
    /// </summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_unit_that_is_not_what_its_name_means_comes_back_as_it_was(bool asBook)
    {
        var tile = Tile;
        var odd = tile with
        {
            UnitGroups = [.. tile.UnitGroups.Select(g => g.Name != "kg" ? g
                : g with { Units = [.. g.Units, new LciUnit("odd", "lb", 0.4, false, [])] })],
        };
        Assert.Equal(0.4, SizeOf("lb", Read(TemplateFiles.Written(odd, asBook).Parts)));
    }

    [Fact]
    public void A_contradiction_is_taken_where_it_is_meant()
    {
        var reading = Read(TemplateFiles.With("units.csv", "unit,amount,of\npallet,480,kg",
            "unit,amount,of,differs\npallet,480,kg,\nt,100,kg,yes"));
        Assert.Equal(100, SizeOf("t", reading));
    }

    private static double SizeOf(string unit, LciReading reading)
    {
        Assert.DoesNotContain(reading.Findings, f => f.Severity == Severity.Error);
        return reading.Database!.UnitGroups.SelectMany(g => g.Units).Single(u => u.Name == unit).Factor;
    }

    [Fact]
    public void Providers_that_cannot_be_and_columns_of_ones_own_are_said()
    {
        var reading = Read(TemplateFiles.With("exchanges.csv", "power,coal,input,0.05,kg,,coal mine",
            "power,coal,input,0.05,kg,,sludge treatment"));
        Assert.Equal("lci.provider.other", reading.Findings[0].Code);
        reading = Read(TemplateFiles.With("processes.csv", "allocation", "colour"));
        Assert.Equal("processes.colour (4)",
            reading.Findings.Single(f => f.Code == "formats.notCarried").Args["what"]);
    }

    [Fact]
    public void The_empty_template_explains_every_column_in_either_language()
    {
        foreach (var text in (Catalogue[])[Catalogue.English, Catalogue.Chinese])
        {
            using var bytes = new MemoryStream();
            Assert.Empty(TemplateWriter.Write(new LciDatabase { Name = "" }, true, bytes, text));
            var reading = Read(LciPart.Of("template.xlsx", bytes.ToArray()));
            Assert.Equal("formats.nothing", Assert.Single(reading.Findings).Code);
        }
    }
}
