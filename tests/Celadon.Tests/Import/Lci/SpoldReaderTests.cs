using Celadon.Lca.Model;
using Celadon.Lca.Modelling;
using Celadon.Packs.Lci;
using Celadon.Store.Import.Lci.EcoSpold;
using Celadon.Store.Import.Lci.Shared;
using Celadon.Text;
using CsCheck;

namespace Celadon.Tests.Import.Lci;

/// <summary>
/// EcoSpold 2: sides, signs, units, links, uncertainty, relations, and what cannot be used.
/// </summary>
public sealed class SpoldReaderTests
{
    private static LciReading Read(params LciPart[] parts) => SpoldReader.Read("test", parts);

    private static string[] Codes(LciReading reading) =>
        [.. reading.Findings.Select(f => f.Code).Where(c => c is not ("formats.notCarried" or "lci.sound"))];

    [Fact]
    public void The_tile_works_scores_as_worked_out_by_hand()
    {
        var database = Assembled.Clean(Read(SpoldFiles.Tile()));
        Assert.Equal(TileWorks.Tile, Assembled.Score(database, "glazed tile", "climate"), 1e-12);
        Assert.Equal(TileWorks.Electricity, Assembled.Score(database, "electricity", "climate"), 1e-12);
        Assert.Equal(TileWorks.Sludge, Assembled.Score(database, "sludge treatment", "climate"), 1e-12);
    }

    /// <summary>Case 20 of the reference collection: supply 1, 0.6, 0.24; CO2 0.96, zinc 0.00072.</summary>
    [Fact]
    public void A_chain_of_three()
    {
        var database = Assembled.Clean(Read(
            SpoldFiles.Activity("a", "X", SpoldFiles.Product("x", "1", "kg", "output0")
                + SpoldFiles.Product("y", "0.6", "kg", "input5", "b")),
            SpoldFiles.Activity("b", "Y", SpoldFiles.Product("y", "1", "kg", "output0")
                + SpoldFiles.Product("z", "0.4", "kg", "input5", "c")),
            SpoldFiles.Activity("c", "Z", SpoldFiles.Product("z", "1", "kg", "output0")
                + SpoldFiles.ToAir("CO2", "4") + SpoldFiles.ToAir("Zn", "0.003")),
            SpoldFiles.Method(("CO2", 1, "kg"))));
        Assert.Equal(0.96, Assembled.Score(database, "X", "climate"), 1e-15);
        var zinc = database with
        {
            Categories = [database.Categories[0] with
            {
                Name = "zinc",
                Factors = [database.Categories[0].Factors[0] with { Flow = "Zn" }],
            }],
        };
        Assert.Equal(0.00072, Assembled.Score(zinc, "X", "zinc"), 1e-15);
    }

    [Fact]
    public void A_treatment_takes_waste_in_and_who_gives_it_away_gives_it_out()
    {
        var database = Assembled.Clean(Read(SpoldFiles.Tile()));
        Assert.Equal(FlowKind.Waste, database.Flows.Single(f => f.Id == "sludge").Kind);
        var treatment = database.Processes.Single(p => p.Name == "sludge treatment");
        var taken = treatment.Exchanges.Single(e => e.Id == treatment.Reference);
        Assert.Equal((1.0, true), (taken.Amount, taken.IsInput));
        var given = database.Processes.Single(p => p.Name == "glazed tile").Exchanges
            .Single(e => e.Flow == "sludge");
        Assert.Equal((0.1, false, treatment.Id), (given.Amount, given.IsInput, given.Provider));
    }

    [Fact]
    public void What_is_made_here_and_treated_there_keeps_its_signs_and_its_score()
    {
        var database = Assembled.Clean(Read(
            SpoldFiles.Activity("a", "user", SpoldFiles.Product("tile", "1", "kg", "output0")
                + SpoldFiles.Product("scrap", "-0.5", "kg", "input5", "t")),
            SpoldFiles.Activity("t", "treatment", SpoldFiles.Product("scrap", "-1", "kg", "output0")
                + SpoldFiles.ToAir("CO2", "3")),
            SpoldFiles.Activity("m", "maker", SpoldFiles.Product("scrap", "1", "kg", "output0")),
            SpoldFiles.Method(("CO2", 1, "kg"))));
        Assert.Equal(FlowKind.Product, database.Flows.Single(f => f.Id == "scrap").Kind);
        Assert.Equal(1.5, Assembled.Score(database, "user", "climate"), 1e-12);
    }

    [Fact]
    public void Several_datasets_of_one_activity_are_told_apart_by_product_and_co_products_of_0_go()
    {
        var database = Assembled.Clean(Read(
            SpoldFiles.Activity("a", "tiles", SpoldFiles.Product("tile", "1", "kg", "output0")
                + SpoldFiles.Product("heat", "0", "MJ", "output0") + SpoldFiles.ToAir("CO2", "2")),
            LciPart.Of("second.spold", Bytes(SpoldFiles.Activity("a", "heat",
                SpoldFiles.Product("tile", "0", "kg", "output0")
                + SpoldFiles.Product("heat", "1", "MJ", "output0") + SpoldFiles.ToAir("CO2", "7")))),
            SpoldFiles.Activity("u", "user", SpoldFiles.Product("house", "1", "unit", "output0")
                + SpoldFiles.Product("heat", "3", "MJ", "input5", "a")),
            SpoldFiles.Method(("CO2", 1, "kg"))));
        Assert.Equal(["a_heat", "a_tile", "u_house"], database.Processes.Select(p => p.Id));
        Assert.Equal(21, Assembled.Score(database, "user", "climate"), 1e-12);
    }

    [Theory]
    [InlineData("<lognormal meanValue=\"2\" mu=\"0.693\" variance=\"0.04\" "
        + "varianceWithPedigreeUncertainty=\"0.09\"/>", Distribution.Lognormal, 2, 0.3, 0)]
    [InlineData("<lognormal meanValue=\"2\" mu=\"0.693\" variance=\"0.04\"/>",
        Distribution.Lognormal, 2, 0.2, 0)]
    [InlineData("<normal meanValue=\"2\" variance=\"0.25\"/>", Distribution.Normal, 2, 0.5, 0)]
    [InlineData("<triangular minValue=\"1\" mostLikelyValue=\"2\" maxValue=\"5\"/>",
        Distribution.Triangular, 1, 2, 5)]
    [InlineData("<uniform minValue=\"1\" maxValue=\"3\"/>", Distribution.Uniform, 1, 3, 0)]
    [InlineData("<uniform minValue=\"3\" maxValue=\"1\"/>", Distribution.Uniform, 1, 3, 0)]
    [InlineData("<beta minValue=\"1\" mostFrequentValue=\"2\" maxValue=\"5\"/>", Distribution.Pert, 1, 2, 5)]
    [InlineData("<beta minValue=\"2\" mostFrequentValue=\"7\" maxValue=\"2\"/>", Distribution.None, 0, 0, 0)]
    [InlineData("<gamma shape=\"-2\" scale=\"0.5\" minValue=\"1\"/>", Distribution.Gamma, 2, 0.5, 1)]
    [InlineData("<gamma shape=\"2\" scale=\"0.5\"/>", Distribution.Gamma, 2, 0.5, 0)]
    [InlineData("<binomial n=\"10\" p=\"0.3\"/>", Distribution.Binomial, 10, 0.3, 1)]
    [InlineData("<undefined minValue=\"1\" maxValue=\"3\"/>", Distribution.None, 0, 0, 0)]
    public void Uncertainty(string stated, Distribution kind, double a, double b, double c)
    {
        var reading = Read(SpoldFiles.Activity("a", "A", SpoldFiles.Product("x", "1", "kg", "output0")
            + SpoldFiles.ToAir("CO2", "2", inside: $"<uncertainty>{stated}<pedigreeMatrix reliability=\"1\" "
                + "completeness=\"2\" temporalCorrelation=\"3\" geographicalCorrelation=\"4\" "
                + "furtherTechnologyCorrelation=\"5\"/></uncertainty>")));
        var exchange = Assembled.Clean(reading).Processes[0].Exchanges.Single(e => e.Flow == "CO2");
        Assert.Equal(kind, exchange.Uncertainty.Kind);
        Assert.Equal([a, b, c], [exchange.Uncertainty.A, Math.Round(exchange.Uncertainty.B, 12),
            exchange.Uncertainty.C]);
        Assert.Equal("(1;2;3;4;5)", exchange.DataQuality);
        Assert.Empty(Codes(reading));
    }

    [Theory]
    [InlineData("<lognormal meanValue=\"2\" mu=\"0.693\" variance=\"-1\"/>")]
    [InlineData("<triangular minValue=\"3\" mostLikelyValue=\"2\" maxValue=\"5\"/>")]
    [InlineData("<uniform minValue=\"4\" maxValue=\"INF\"/>")]
    [InlineData("<beta minValue=\"1\" mostFrequentValue=\"4\" maxValue=\"3\"/>")]
    [InlineData("<gamma shape=\"0\" scale=\"1\"/>")]
    [InlineData("<gamma shape=\"2\" scale=\"1\" minValue=\"NaN\"/>")]
    [InlineData("<binomial n=\"2.5\" p=\"0.5\"/>")]
    [InlineData("<binomial n=\"3\" p=\"1.5\"/>")]
    [InlineData("<binomial n=\"99999999999\" p=\"0.5\"/>")]
    [InlineData("<beta minValue=\"1\" mostLikelyValue=\"2\" maxValue=\"3\"/>")]
    public void Uncertainty_that_cannot_be_is_said(string stated) => Assert.Equal(["formats.uncertainty"],
        Codes(Read(SpoldFiles.Activity("a", "A", SpoldFiles.Product("x", "1", "kg", "output0")
            + SpoldFiles.ToAir("CO2", "2", inside: $"<uncertainty>{stated}</uncertainty>")))));

    [Fact]
    public void A_relation_is_kept_where_it_gives_the_amount()
    {
        const string parameter = """
            <parameter parameterId="p" variableName="loss" amount="0.2"><name>loss</name></parameter>
            """;
        var reading = Read(SpoldFiles.Activity("a", "A", SpoldFiles.Product("x", "1", "kg", "output0")
            + SpoldFiles.ToAir("CO2", "2.4", attributes: "mathematicalRelation=\"2*(1+loss)\"")
            + SpoldFiles.ToAir("CH4", "3", attributes: "mathematicalRelation=\"2*(1+loss)\"")
            + SpoldFiles.ToAir("N2O", "3", attributes: "mathematicalRelation=\"Ref('x')\""), parameter));
        var process = Assembled.Clean(reading).Processes[0];
        Assert.Equal(["", "2*(1+loss)", "", ""], process.Exchanges.Select(e => e.Formula));
        Assert.Equal(("loss", 0.2), (process.Parameters[0].Name, process.Parameters[0].Value));
        Assert.Equal(["formats.formula.unused", "formats.formula.unused"], Codes(reading));
    }

    [Fact]
    public void Links_that_lead_nowhere_are_said_with_their_place()
    {
        var reading = Read(SpoldFiles.Activity("a", "A", SpoldFiles.Product("x", "1", "kg", "output0")
            + SpoldFiles.Product("y", "1", "kg", "input5", "nobody")
            + SpoldFiles.Product("z", "1", "kg", "input5", "a")
            + SpoldFiles.Product("w", "1", "kg", "input5")));
        Assert.Equal(["formats.provider.none", "formats.provider.other", "formats.unlinked"],
            Codes(reading));
        Assert.Equal(("a.spold", 19), (reading.Findings[0].Place!.File, reading.Findings[0].Place!.Row));
        Assert.All(reading.Database!.Processes[0].Exchanges, e => Assert.Empty(e.Provider));
    }

    [Theory]
    [InlineData("NaN", "formats.value")]
    [InlineData("INF", "formats.value")]
    [InlineData("1e999", "formats.value")]
    [InlineData("", "formats.value")]
    [InlineData("1,5", "formats.value")]
    public void A_process_with_an_amount_that_is_none_is_left_out_whole(string amount, string code)
    {
        var reading = Read([.. SpoldFiles.Tile(), SpoldFiles.Activity("bad", "bad",
            SpoldFiles.Product("x", "1", "kg", "output0") + SpoldFiles.ToAir("CO2", amount))]);
        Assert.Equal([code], Codes(reading));
        Assert.Null(reading.Database);
        Assert.Equal(4, reading.Sound!.Processes.Length);
    }

    [Fact]
    public void A_unit_that_measures_something_else_is_refused() => Assert.Equal(["formats.unit"],
        Codes(Read([.. SpoldFiles.Tile(), SpoldFiles.Activity("bad", "bad",
            SpoldFiles.Product("x", "1", "kg", "output0") + SpoldFiles.ToAir("CO2", "1", "m3"))])));

    [Fact]
    public void The_same_dataset_twice_and_one_without_product_are_said() => Assert.Equal(
        ["formats.duplicate", "formats.noReference"],
        Codes(Read([.. SpoldFiles.Tile(), LciPart.Of("zz.spold", Bytes(SpoldFiles.Tile()[0])),
            SpoldFiles.Activity("zzz", "none", SpoldFiles.ToAir("CO2", "1"))])));

    [Fact]
    public void Document_types_entities_and_depth_are_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("<a>", 100_000));
        var reading = Read(
            LciPart.Of("dtd.spold", "<!DOCTYPE x [<!ENTITY a \"b\">]><ecoSpold>&a;</ecoSpold>"u8.ToArray()),
            LciPart.Of("deep.spold", System.Text.Encoding.UTF8.GetBytes(deep)),
            LciPart.Of("cut.spold", Bytes(SpoldFiles.Tile()[0])[..900]));
        Assert.Equal(["formats.xml", "formats.xml.bounds", "formats.xml", "formats.nothing"],
            Codes(reading).OrderBy(c => c == "formats.nothing"));
        Assert.Null(reading.Database);
    }

    /// <summary>Whatever becomes of the files, there are findings and never an exception.</summary>
    [Fact]
    public void Damaged_files_are_findings() => Gen.Select(Gen.Int[0, 4], Gen.Int[0, 5000], Gen.Byte,
        Gen.Int[0, 40]).Sample((file, at, value, length) =>
        {
            var parts = SpoldFiles.Tile();
            var bytes = Bytes(parts[file]).ToList();
            at %= bytes.Count;
            bytes[at] = value;
            bytes.RemoveRange(at, Math.Min(length / 8, bytes.Count - at));
            bytes.InsertRange(at, bytes.Take(length % 8).ToList());
            parts[file] = LciPart.Of(parts[file].Name, [.. bytes]);
            Assert.NotNull(SpoldReader.Read("damaged", parts).Findings);
        }, iter: 1_000);

    [Fact]
    public void What_is_not_carried_is_counted()
    {
        var reading = Read(SpoldFiles.Activity("a", "A", SpoldFiles.Product("x", "1", "kg", "output0",
            inside: "<transferCoefficient exchangeId=\"q\">1</transferCoefficient>")));
        Assert.Contains("intermediateExchange/transferCoefficient (1)",
            reading.Findings.Single(f => f.Code == "formats.notCarried").Args["what"],
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_said_about_a_process_goes_beside_it()
    {
        var process = Assembled.Clean(Read(SpoldFiles.Tile())).Processes.Single(p => p.Name == "glazed tile");
        Assert.Contains("\"description\":\"About glazed tile\"", process.Extra, StringComparison.Ordinal);
        Assert.Contains("\"validFrom\":\"2024-01-01\"", process.Extra, StringComparison.Ordinal);
        Assert.Equal("2392:Clay materials", process.Category);
        Assert.Equal("place-GB", process.Location);
    }

    private static byte[] Bytes(LciPart part)
    {
        using var stream = part.Open();
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}
