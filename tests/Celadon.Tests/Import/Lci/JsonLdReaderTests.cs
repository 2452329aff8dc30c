using System.IO.Compression;
using System.Text.Json;
using Celadon.Lca.Model;
using Celadon.Lca.Modelling;
using Celadon.Packs.Lci;
using Celadon.Store.Import.Lci.JsonLd;
using Celadon.Store.Import.Lci.Shared;
using Celadon.Text;
using CsCheck;

namespace Celadon.Tests.Import.Lci;

/// <summary>openLCA JSON-LD: every field that counts, both versions, and what is refused.</summary>
public sealed class JsonLdReaderTests
{
    private static LciReading Read(params LciPart[] parts) => JsonLdReader.Read("test", parts);

    private static LciDatabase Two => Assembled.Clean(Read(JsonLdFiles.Parts(JsonLdFiles.Two)));

    private static LciProcess Kiln => Two.Processes.Single(p => p.Id == "kiln");

    private static string[] Codes(LciReading reading) => [.. reading.Findings.Select(f => f.Code)];

    /// <summary>
    /// By hand, three quarters of 2 kg tile: 0.75 × (0.8 + (2 + 1 − 1) kWh × 0.5) / 2 = 0.675 a kilogram.
    /// </summary>
    [Fact]
    public void The_kiln_scores_as_worked_out_by_hand()
    {
        Assert.Equal(0.675, Assembled.Score(WithoutCausal(Two), "Kiln", "climate"), 1e-12);
        Assert.Equal(0.5, Assembled.Score(WithoutCausal(Two), "Grid", "climate"), 1e-12);
    }

    private static LciDatabase WithoutCausal(LciDatabase database) => database with
    {
        // The formula is in grams; the parameter must be there for it.
        Processes = [.. database.Processes.Select(p => p with
        {
            AllocationFactors = [.. p.AllocationFactors.Where(f => f.Rule != AllocationRule.Causal)],
        })],
    };

    [Fact]
    public void An_exchange_keeps_everything()
    {
        var power = Kiln.Exchanges.Single(e => e.Id == 6);
        Assert.Equal(("power", "MJ", "en", 7.2, true, "grid", "(1;2)", 1.05),
            (power.Flow, power.Unit, power.Property, power.Amount, power.IsInput, power.Provider,
                power.DataQuality, power.BaseUncertainty!.Value));
        Assert.Equal(Uncertainty.Lognormal(7.2, Math.Log(1.2)), power.Uncertainty);
        Assert.Equal("""{"description":"meter"}""", power.Extra);
        Assert.True(Kiln.Exchanges.Single(e => e.Id == 8).IsAvoided);
        Assert.Equal("gas * 2000", Kiln.Exchanges.Single(e => e.Id == 9).Formula);
        Assert.Equal("kg", Kiln.Exchanges.Single(e => e.Id == 5).Unit);
    }

    [Fact]
    public void A_process_keeps_everything()
    {
        Assert.Equal(("Ceramics/Tiles", "gb", 4, AllocationRule.Physical, """{"tags":["x"]}"""),
            (Kiln.Category, Kiln.Location, Kiln.Reference!.Value, Kiln.Allocation!.Value, Kiln.Extra));
        Assert.Equal([new(AllocationRule.Physical, "tile", null, 0.75, ""),
            new(AllocationRule.Physical, "shard", null, 0.25, ""),
            new(AllocationRule.Causal, "tile", 9, 0.6, "")], Kiln.AllocationFactors);
        Assert.Equal(new LciParameter("q", "gas", 0.4, "", Uncertainty.Uniform(0.3, 0.5)),
            Assert.Single(Kiln.Parameters));
    }

    [Fact]
    public void Methods_systems_parameters_and_what_stands_beside_are_kept()
    {
        var database = Two;
        var category = Assert.Single(database.Categories);
        Assert.Equal((Direction.Output, "kg CO2e"), (category.Direction, category.Unit));
        Assert.Equal(new("co2", "g", "m", 0.001, "", "", default), Assert.Single(category.Factors));
        Assert.Equal(new("gwp", 0.5, 3),
            Assert.Single(Assert.Single(Assert.Single(database.Methods).Weightings).Factors));
        Assert.Equal(("wide", "1+1"), (database.Parameters[0].Name, database.Parameters[0].Formula));
        var system = Assert.Single(database.Systems);
        Assert.Equal(("kiln", 4, 500d, "g", "m"),
            (system.Process, system.Exchange!.Value, system.Amount, system.Unit, system.Property));
        Assert.Equal(new("kiln", 7, "grid", "power"), Assert.Single(system.Links));
        Assert.Equal(("sources", "book", """{"@id":"book","name":"Book","year":2020}"""),
            (database.Documents[0].Kind, database.Documents[0].Id, database.Documents[0].Json));
    }

    [Fact]
    public void Version_1_reads_as_version_2()
    {
        static string Older(string json) => json
            .Replace("isInputParameter", "inputParameter", StringComparison.Ordinal)
            .Replace("isInput", "input", StringComparison.Ordinal)
            .Replace("isQuantitativeReference", "quantitativeReference", StringComparison.Ordinal)
            .Replace("isAvoidedProduct", "avoidedProduct", StringComparison.Ordinal)
            .Replace("isRefUnit", "referenceUnit", StringComparison.Ordinal)
            .Replace("isRefFlowProperty", "referenceFlowProperty", StringComparison.Ordinal)
            .Replace("refUnit", "referenceUnitName", StringComparison.Ordinal)
            .Replace("refProcess", "referenceProcess", StringComparison.Ordinal)
            .Replace("refExchange", "referenceExchange", StringComparison.Ordinal)
            .Replace("\"Ceramics/Tiles\"", """{"@id":"tiles","name":"Tiles"}""", StringComparison.Ordinal)
            .Replace("\"Units\"", """{"@id":"units"}""", StringComparison.Ordinal);
        var parts = JsonLdFiles.Parts([
            .. JsonLdFiles.Two.Where(f => f.Name != "openlca.json").Select(f => (f.Name,
                """{"@context":"http://greendelta.github.io/olca-schema/context.jsonld",""" +
                Older(f.Json.Trim())[1..])),
            ("context.json", """{"@vocab":"http://openlca.org/schema/v1.0/"}"""),
            ("categories/a.json", """{"@id":"ceramics","name":"Ceramics"}"""),
            ("categories/b.json", """{"@id":"tiles","name":"Tiles","category":{"@id":"ceramics"}}"""),
            ("categories/c.json", """{"@id":"units","name":"Units"}"""),
        ]);
        var read = Assembled.Clean(Read(parts)) with { Documents = [] };
        Assert.Equal(JsonSerializer.Serialize(Two with { Documents = [] }), JsonSerializer.Serialize(read));
    }

    [Fact]
    public void The_order_of_files_does_not_show() =>
        Gen.Shuffle(JsonLdFiles.Parts(JsonLdFiles.Two)).Sample(parts =>
            JsonSerializer.Serialize(Read(parts).Database) == JsonSerializer.Serialize(Two), iter: 20);

    [Theory]
    [InlineData("processes/grid.json", "\"co2\"", "\"so2\"", "lci.dangling")]
    [InlineData("processes/kiln.json", "\"MJ\"", "\"GJ\"", "lci.dangling")]
    [InlineData("processes/kiln.json", "\"MJ\"", "\"kg\"", "lci.measure")]
    [InlineData("processes/kiln.json", "\"amount\":7.2", "\"amount\":\"7.2\"", "lci.value")]
    [InlineData("processes/kiln.json", "\"amount\":7.2", "\"amount\":1e999", "lci.value")]
    [InlineData("processes/kiln.json", "\"amount\":7.2,", "", "lci.missing")]
    [InlineData("processes/grid.json", "\"exchanges\":[", "\"exchanges\":[[],", "lci.value")]
    [InlineData("processes/grid.json", "\"name\":\"Grid\"", "\"name\":\"\\ud800\"", "lci.json")]
    [InlineData("processes/grid.json", "]}", "]", "lci.json")]
    [InlineData("processes/grid.json", "\"name\"", "\"@id\":\"x\",\"name\"", "lci.json")]
    [InlineData("processes/grid.json", "\"@id\":\"grid\"", "\"@id\":\"kiln\"", "lci.duplicate")]
    [InlineData("flow_properties/en.json", "\"energy\"", "\"heat\"", "lci.dangling")]
    [InlineData("flows/co2.json", "\"m\"", "\"n\"", "lci.dangling")]
    [InlineData("flows/co2.json", "ELEMENTARY_FLOW", "ODD", "lci.value")]
    [InlineData("unit_groups/mass.json", "\"isRefUnit\":true,", "", "lci.missing")]
    [InlineData("unit_groups/mass.json", ",\"conversionFactor\":0.001", "", "lci.missing")]
    [InlineData("unit_groups/mass.json", "0.001", "0", "lci.value")]
    [InlineData("unit_groups/mass.json", "0.001", "-0.001", "lci.value")]
    [InlineData("unit_groups/mass.json", "1.0,", "1000,", "lci.value")]
    [InlineData("flows/co2.json", "\"flowProperties\":[",
        "\"flowProperties\":[{\"flowProperty\":{\"@id\":\"en\"},\"conversionFactor\":1,\"isRefFlowProperty\":true},",
        "lci.missing")]
    [InlineData("processes/grid.json", "\"amount\":0.5", "\"isQuantitativeReference\":true,\"amount\":0.5",
        "lci.value")]
    [InlineData("lcia_methods/me.json", "[{\"@id\":\"gwp\"}]", "[{\"@id\":\"odp\"}]", "lci.dangling")]
    [InlineData("openlca.json", "2", "3", "lci.version")]
    public void What_cannot_be_placed_refuses_the_import(string file, string from, string to, string code)
    {
        var reading = Read(JsonLdFiles.With(file, from, to));
        Assert.Null(reading.Database);
        Assert.Contains(reading.Findings, f => f.Code == code && f.Severity == Severity.Error);
        Assert.All(reading.Findings, f => Assert.NotNull(Catalogue.English.Remedy(f)));
    }

    /// <summary>A package of categories only, each below the one before it: a path ends somewhere.</summary>
    [Fact]
    public void A_chain_of_categories_makes_no_endless_path()
    {
        var chain = Enumerable.Range(0, 300).Select(i => ($"categories/{i}.json",
            $$"""{"@id":"{{i}}","name":"n","category":{"@id":"{{i - 1}}"} }"""));
        var flow = ("flows/co2.json", JsonLdFiles.Two.Single(f => f.Name == "flows/co2.json").Json.Replace(
            "\"name\"", "\"category\":{\"@id\":\"299\"},\"name\"", StringComparison.Ordinal));
        var read = Read(JsonLdFiles.Parts(
            [.. JsonLdFiles.Two.Where(f => f.Name != flow.Item1), flow, .. chain]));
        Assert.Equal(50, read.Database!.Flows.Single(f => f.Id == "co2").Category.Split('/').Length);
    }

    [Theory]
    [InlineData("processes/kiln.json", "\"@id\":\"grid\"", "\"@id\":\"gone\"", "lci.provider.none")]
    [InlineData("processes/kiln.json", "\"@id\":\"grid\"", "\"@id\":\"kiln\"", "lci.provider.other")]
    [InlineData("processes/kiln.json", "\"geomSd\":1.2", "\"geomSd\":0.0", "lci.uncertainty")]
    [InlineData("processes/kiln.json", "{\"@id\":\"gb\"}", "{\"@id\":\"fr\"}", "lci.cut")]
    [InlineData("processes/kiln.json", "\"product\":{\"@id\":\"shard\"},", "", "lci.allocation")]
    [InlineData("processes/grid.json", "\"isQuantitativeReference\":true", "\"x\":1", "lci.noReference")]
    [InlineData("product_systems/s.json", "\"internalId\":7", "\"internalId\":70", "lci.link")]
    [InlineData("product_systems/s.json", "\"refProcess\":{\"@id\":\"kiln\"}",
        "\"refProcess\":{\"@id\":\"x\"}", "lci.system")]
    public void What_can_be_cut_is_said_and_the_rest_read(string file, string from, string to, string code)
    {
        var reading = Read(JsonLdFiles.With(file, from, to));
        Assert.NotNull(reading.Database);
        Assert.Equal(Severity.Warning, Assert.Single(reading.Findings, f => f.Code == code).Severity);
    }

    [Fact]
    public void An_impossible_spread_stays_beside_the_amount_and_a_cut_provider_is_gone()
    {
        var spread = Read(JsonLdFiles.With("processes/kiln.json", "\"geomSd\":1.2", "\"geomSd\":0.0"))
            .Database!.Processes.Single(p => p.Id == "kiln").Exchanges.Single(e => e.Id == 6);
        Assert.False(spread.Uncertainty.IsUncertain);
        Assert.Contains("\"geomSd\":0.0", spread.Extra, StringComparison.Ordinal);
        var cut = Read(JsonLdFiles.With("processes/kiln.json", "\"@id\":\"grid\"", "\"@id\":\"gone\""));
        Assert.All(cut.Database!.Processes.SelectMany(p => p.Exchanges), e => Assert.Equal("", e.Provider));
    }

    [Fact]
    public void A_zip_and_its_folder_read_alike_and_a_zip_beyond_the_bounds_is_refused()
    {
        var folder = Directory.CreateTempSubdirectory("celadon-lci-").FullName;
        try
        {
            foreach (var (name, json) in JsonLdFiles.Two)
            {
                var path = Path.Combine(folder, "in", name);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllText(path, json);
            }
            var zip = Path.Combine(folder, "in.zip");
            ZipFile.CreateFromDirectory(Path.Combine(folder, "in"), zip);
            string Of(string path)
            {
                using var package = LciPackage.Open(path);
                return JsonSerializer.Serialize(Assembled.Clean(JsonLdReader.Read("test", package.Parts)));
            }
            Assert.Equal(JsonSerializer.Serialize(Two), Of(zip));
            Assert.Equal(JsonSerializer.Serialize(Two), Of(Path.Combine(folder, "in")));
            Assert.Equal("import.zip.entries", Refused(zip, LciPackage.Bounds with { ZipEntries = 5 }));
            Assert.Equal("import.zip.large", Refused(zip, LciPackage.Bounds with { ZipBytes = 500 }));
            using var narrow = LciPackage.Open(zip, LciPackage.Bounds with { EntryBytes = 100 });
            Assert.Contains("import.zip.large", Codes(JsonLdReader.Read("test", narrow.Parts)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Refused(string zip, Celadon.Store.Import.Reading.ReadLimits limits) =>
        Assert.Throws<RefusedException>(() => LciPackage.Open(zip, limits)).Finding.Code;
}
