using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Celadon.Lenses.Products;
using Celadon.Quantities;
using Celadon.Text;
using CsCheck;
using NodaTime;

namespace Celadon.Tests.Lenses.Products.Exchange;

/// <summary>Footprint statements are read, checked and written in the forms in which they are exchanged.
/// </summary>
public sealed partial class StatementTests
{
    /// <summary>A statement with every mandatory field, and what some tests add.</summary>
    internal static JsonObject Tile(params (string Field, JsonNode? Value)[] changes)
    {
        var tile = JsonNode.Parse("""
            {
              "id": "6f0ae1a4-7d86-4c51-9f3e-2a1d5c1f7b10", "specVersion": "3.0.3",
              "created": "2026-10-12T09:14:00Z", "status": "Active",
              "companyName": "Potters", "companyIds": ["urn:company:potters.example:stoke"],
              "productDescription": "Glazed wall tile, 白瓷砖", "productIds": ["urn:gtin:4712345060507"],
              "productNameCompany": "Celadon tile",
              "pcf": {
                "declaredUnitOfMeasurement": "square meter", "declaredUnitAmount": "1",
                "productMassPerDeclaredUnit": "17.2",
                "referencePeriodStart": "2025-10-01T00:00:00Z", "referencePeriodEnd": "2026-10-01T00:00:00Z",
                "geographyCountry": "GB",
                "pcfExcludingBiogenicUptake": "9.75", "pcfIncludingBiogenicUptake": "9.25",
                "fossilGhgEmissions": "9.7", "fossilCarbonContent": "0", "biogenicCO2Uptake": "-0.5",
                "ipccCharacterizationFactors": ["AR6"], "crossSectoralStandards": ["ISO14067", "PACT-3.0"],
                "exemptedEmissionsPercent": "1.5"
              }
            }
            """)!.AsObject();
        foreach (var (field, value) in changes)
        {
            var inside = field.StartsWith("pcf/", StringComparison.Ordinal) ? tile["pcf"]!.AsObject() : tile;
            if (value is null) inside.Remove(field.Replace("pcf/", "", StringComparison.Ordinal));
            else inside[field.Replace("pcf/", "", StringComparison.Ordinal)] = value;
        }
        return tile;
    }

    internal static StatementRead Read(JsonNode json) =>
        StatementText.Read(Encoding.UTF8.GetBytes(json.ToJsonString()));

    private static ProductFootprintStatement Good(JsonNode json)
    {
        var read = Read(json);
        Assert.DoesNotContain(read.Findings, f => f.Severity == Severity.Error);
        return read.Statement!;
    }

    /// <summary>
    /// The four examples of the PACT technical specification v3: without and with uptake, and the uptake.
    /// </summary>
    [Theory]
    [InlineData("0.384", "-1.23", "-1.61")]
    [InlineData("5.14", "-14.22", "-19.36")]
    [InlineData("77.0", "77.0", "0")]
    [InlineData("0.42", "0.05", "-0.37")]
    public void With_uptake_is_without_plus_uptake(string without, string with, string uptake)
    {
        var pcf = Good(Tile(("pcf/pcfExcludingBiogenicUptake", without),
            ("pcf/pcfIncludingBiogenicUptake", with), ("pcf/biogenicCO2Uptake", uptake))).Pcf;
        Assert.Equal(Amount.Parse(without), pcf[PcfValue.ExcludingUptake]);
        var off = Amount.Parse(with) + Amount.From(11L, 3);
        var read = Read(Tile(("pcf/pcfExcludingBiogenicUptake", without),
            ("pcf/pcfIncludingBiogenicUptake", off.ToString()), ("pcf/biogenicCO2Uptake", uptake)));
        Assert.Null(read.Statement);
        Assert.Equal("/pcf/pcfIncludingBiogenicUptake",
            Assert.Single(read.Findings, f => f.Code == "footprint.sum").Place!.Pointer);
    }

    [Theory]
    [InlineData("id")]
    [InlineData("specVersion")]
    [InlineData("created")]
    [InlineData("status")]
    [InlineData("companyName")]
    [InlineData("companyIds")]
    [InlineData("productDescription")]
    [InlineData("productIds")]
    [InlineData("productNameCompany")]
    [InlineData("pcf/declaredUnitOfMeasurement")]
    [InlineData("pcf/declaredUnitAmount")]
    [InlineData("pcf/productMassPerDeclaredUnit")]
    [InlineData("pcf/referencePeriodStart")]
    [InlineData("pcf/referencePeriodEnd")]
    [InlineData("pcf/pcfExcludingBiogenicUptake")]
    [InlineData("pcf/pcfIncludingBiogenicUptake")]
    [InlineData("pcf/fossilGhgEmissions")]
    [InlineData("pcf/fossilCarbonContent")]
    [InlineData("pcf/ipccCharacterizationFactors")]
    [InlineData("pcf/crossSectoralStandards")]
    [InlineData("pcf/exemptedEmissionsPercent")]
    public void A_mandatory_field_that_is_missing_is_named(string field)
    {
        var read = Read(Tile((field, null)));
        Assert.Null(read.Statement);
        Assert.Contains(read.Findings, f => f.Code == "footprint.missing" && f.Place!.Pointer == "/" + field);
    }

    [Theory]
    [InlineData("pcf/pcfExcludingBiogenicUptake", "\"9.75E0\"", "footprint.decimal")]
    [InlineData("pcf/pcfExcludingBiogenicUptake", "9.75", "footprint.decimal")]
    [InlineData("pcf/pcfExcludingBiogenicUptake", "\"9,75\"", "footprint.decimal")]
    [InlineData("pcf/declaredUnitAmount", "\"0\"", "footprint.sign")]
    [InlineData("pcf/fossilGhgEmissions", "\"-1\"", "footprint.sign")]
    [InlineData("pcf/biogenicCO2Uptake", "\"0.5\"", "footprint.sign")]
    [InlineData("pcf/declaredUnitOfMeasurement", "\"dozen\"", "footprint.unit")]
    [InlineData("pcf/exemptedEmissionsPercent", "\"101\"", "footprint.percent")]
    [InlineData("pcf/referencePeriodEnd", "\"2024-10-01T00:00:00Z\"", "footprint.period")]
    [InlineData("pcf/referencePeriodEnd", "\"1 October\"", "footprint.date")]
    [InlineData("pcf/ipccCharacterizationFactors", "[\"SAR\"]", "footprint.text")]
    [InlineData("pcf/ipccCharacterizationFactors", "\"AR6\"", "footprint.text")]
    [InlineData("companyIds", "[\"Potters\"]", "footprint.urn")]
    [InlineData("productIds", "[\"urn:gtin:1\",\"urn:gtin:1\"]", "footprint.twice")]
    [InlineData("id", "\"tile-1\"", "footprint.uuid")]
    [InlineData("status", "\"active\"", "footprint.text")]
    public void What_does_not_fit_is_refused_with_its_place(string field, string json, string code)
    {
        var read = Read(Tile((field, JsonNode.Parse(json))));
        Assert.Null(read.Statement);
        Assert.Contains(read.Findings, f => f.Code == code && f.Severity == Severity.Error
            && f.Place!.Pointer!.StartsWith("/" + field, StringComparison.Ordinal));
    }

    /// <summary>The specification's own examples name all three; they are read, and it is said.</summary>
    [Fact]
    public void More_than_one_place_is_said_and_kept()
    {
        var read = Read(Tile(("pcf/geographyRegionOrSubregion", "Northern Europe")));
        Assert.Equal(("GB", "Northern Europe"),
            (read.Statement!.Pcf.Country, read.Statement.Pcf.Region));
        Assert.Equal(Severity.Warning, Assert.Single(read.Findings).Severity);
    }

    [Fact]
    public void A_statement_goes_through_and_loses_nothing()
    {
        var tile = Tile(("comment", "second firing"), ("precedingPfIds",
                new JsonArray("079e425a-464f-528d-341d-4a944a1dfd70")),
            ("extensions", JsonNode.Parse("""[{"specVersion":"2.0.0","data":{"weight":1e1}}]""")),
            ("pcf/verification", JsonNode.Parse("""{"providerName":"Auditor"}""")),
            ("pcf/dqi", JsonNode.Parse("""{"technologicalDQR":"1.5"}""")),
            ("pcf/packagingEmissionsIncluded", JsonValue.Create(true)),
            ("pcf/packagingGhgEmissions", "0.3"));
        var written = JsonNode.Parse(StatementText.Pact(Good(tile)));
        Assert.True(JsonNode.DeepEquals(tile, written), written!.ToJsonString());
        Assert.Contains("白瓷砖", StatementText.Pact(Good(tile)), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_decimal_goes_through_without_an_exponent() => Gen.Select(
        Gen.Long, Gen.Int[0, 18]).Sample((unscaled, scale) =>
    {
        var value = Amount.From(unscaled, scale).Abs();
        var tile = Good(Tile(("pcf/fossilGhgEmissions", value.ToString())));
        var pcf = JsonNode.Parse(StatementText.Pact(tile))!["pcf"]!;
        var text = pcf["fossilGhgEmissions"]!.GetValue<string>();
        Assert.Matches(Wire(), text);
        Assert.Equal(value, Amount.Parse(text));
    });

    [Fact]
    public void Catena_X_has_numbers_by_stage_and_says_what_it_has_no_place_for()
    {
        var tile = Good(Tile(("pcf/landAreaOccupation", "4.92"), ("pcf/recycledCarbonContent", "0.00001")));
        var (utf8, lost) = StatementText.Write(tile, "catena-x", indented: false);
        using var json = JsonDocument.Parse(utf8);
        var stages = json.RootElement.GetProperty("productLifeCycleStagesAndEmissions")[0];
        Assert.Equal("9.75", stages.GetProperty("productionStage")[0]
            .GetProperty("pcfExcludingBiogenicUptake").GetRawText());
        Assert.Equal("0.00001", json.RootElement.GetProperty("carbonContent")[0]
            .GetProperty("recycledCarbonContent").GetRawText());
        Assert.Contains(lost, f => f.Code == "footprint.lost"
            && f.Place!.Pointer == "/pcf/landAreaOccupation");
        Assert.Contains(lost, f => f.Code == "footprint.needs"
            && f.Place!.Pointer == "/geographyRegionOrSubregion");
        var back = StatementText.Read(utf8);
        Assert.Equal("catena-x", back.Form);
        var expected = StatementText.Pact(tile with
        {
            ValidEnd = tile.CountsUntil,
            Pcf = tile.Pcf with { Values = tile.Pcf.Values.Remove(PcfValue.LandArea) },
        });
        Assert.Equal(expected, StatementText.Pact(back.Statement!));
    }

    [Fact]
    public void A_file_of_the_second_version_is_mapped_and_what_is_lost_is_said()
    {
        var read = Read(JsonNode.Parse("""
            {"id":"6f0ae1a4-7d86-4c51-9f3e-2a1d5c1f7b10","specVersion":"2.3.0","version":1,
             "created":"2025-03-01T00:00:00Z","status":"Active","companyName":"Clay pit",
             "companyIds":["urn:company:clay.example"],"productDescription":"Ball clay",
             "productIds":["urn:gtin:1"],"productCategoryCpc":"15400","productNameCompany":"Clay",
             "comment":"",
             "pcf":{"declaredUnit":"kilogram","unitaryProductAmount":"1000",
              "pCfExcludingBiogenic":"52","pCfIncludingBiogenic":"50","fossilGhgEmissions":"52",
              "fossilCarbonContent":"0","biogenicCarbonWithdrawal":"-3","otherBiogenicGhgEmissions":"1",
              "ipccCharacterizationFactorsSources":["AR6"],"crossSectoralStandards":["ISO Standard 14067"],
              "exemptedEmissionsPercent":0.5,"referencePeriodStart":"2024-01-01T00:00:00Z",
              "referencePeriodEnd":"2025-01-01T00:00:00Z"}}
            """)!);
        var pcf = read.Statement!.Pcf;
        Assert.Equal(("53", "50", "-3", "1000"), (pcf[PcfValue.ExcludingUptake].ToString(),
            pcf[PcfValue.IncludingUptake].ToString(), pcf[PcfValue.Uptake].ToString(),
            pcf.MassKg.ToString()));
        Assert.Equal(["ISO14067"], pcf.Standards);
        Assert.Equal(["/pcf/otherBiogenicGhgEmissions", "/pcf/pCfExcludingBiogenic", "/productCategoryCpc",
            "/version"], read.Findings.Where(f => f.Code == "footprint.lost")
            .Select(f => f.Place!.Pointer!).Order(StringComparer.Ordinal));
        Assert.Contains(read.Findings, f => f.Code == "footprint.derived");
    }

    [Fact]
    public void Without_dates_of_its_own_a_statement_counts_three_years_from_its_period()
    {
        var tile = Good(Tile());
        Assert.Equal((Instant.FromUtc(2026, 10, 1, 0, 0), Instant.FromUtc(2029, 10, 1, 0, 0)),
            (tile.CountsFrom, tile.CountsUntil));
    }

    [Theory]
    [InlineData("", "footprint.notJson")]
    [InlineData("[]", "footprint.form")]
    [InlineData("{\"pcf\":", "footprint.notJson")]
    [InlineData("{\"a\":1}", "footprint.form")]
    public void What_is_no_statement_is_refused(string text, string code) =>
        Assert.Equal(code, Assert.Single(StatementText.Read(Encoding.UTF8.GetBytes(text)).Findings).Code);

    [Fact]
    public void Deep_and_large_files_are_refused()
    {
        var deep = Encoding.UTF8.GetBytes(new string('[', 100));
        Assert.Equal("footprint.notJson", Assert.Single(StatementText.Read(deep).Findings).Code);
        var large = new byte[StatementText.MostBytes + 1];
        Assert.Equal("footprint.size", Assert.Single(StatementText.Read(large).Findings).Code);
    }

    [GeneratedRegex(@"\A[+-]?\d+(\.\d+)?\z")]
    private static partial Regex Wire();
}
