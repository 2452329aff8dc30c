using System.Text.Json.Nodes;
using Celadon.Lenses.Products;

namespace Celadon.Tests.Lenses.Products.Exchange;

/// <summary>
/// The submodel by the template of IDTA 02023 Carbon Footprint 1.0.2
/// (github.com/admin-shell-io/submodel-templates): names, identifiers, types and what must be there.
/// </summary>
public sealed class AasTests
{
    private static (JsonObject Json, List<string> Lost) Written(JsonObject tile)
    {
        var (utf8, lost) = StatementText.Write(StatementTests.Read(tile).Statement!, "aas", indented: true);
        return (JsonNode.Parse(utf8)!.AsObject(),
            [.. lost.Select(f => $"{f.Code} {f.Place!.Pointer}")]);
    }

    private static JsonArray Footprint(JsonObject json) =>
        json["submodels"]![0]!["submodelElements"]![0]!["value"]![0]!["value"]!.AsArray();

    private static string Key(JsonNode? reference) => (string)reference!["keys"]![0]!["value"]!;

    /// <summary>Every element that the template requires once, with its identifier and type.</summary>
    [Theory]
    [InlineData("PcfCO2eq", "0173-1#02-ABG855#003", "xs:decimal", "9.75", null)]
    [InlineData("ReferenceImpactUnitForCalculation", "0173-1#02-ABG856#003", "xs:string", "qm",
        "0173-1#07-ABZ602#003")]
    [InlineData("QuantityOfMeasureForCalculation", "0173-1#02-ABG857#003", "xs:double", "1", null)]
    [InlineData("PublicationDate", "https://admin-shell.io/idta/CarbonFootprint/PublicationDate/1/0",
        "xs:dateTime", "2026-10-12T09:14:00Z", null)]
    [InlineData("ExpirationDate", "https://admin-shell.io/idta/CarbonFootprint/ExpirationDate/1/0",
        "xs:dateTime", "2029-10-01T00:00:00Z", null)]
    public void A_property_has_its_identifier_type_and_value(
        string name, string means, string type, string value, string? code)
    {
        var property = Footprint(Written(StatementTests.Tile()).Json)
            .Single(e => (string?)e!["idShort"] == name)!;
        Assert.Equal(("Property", means, type, value), ((string)property["modelType"]!,
            Key(property["semanticId"]), (string)property["valueType"]!, (string)property["value"]!));
        Assert.Equal(code, property["valueId"] is { } id ? Key(id) : null);
    }

    /// <summary>Methods and phases are lists of one or more (corrected in 1.0.2) of coded values.</summary>
    [Theory]
    [InlineData("PcfCalculationMethods", "0173-1#02-ABG854#003",
        "ISO 14067=0173-1#07-ABU218#003 PACT v3.0.0=0173-1#07-ACC012#001")]
    [InlineData("LifeCyclePhases", "0173-1#02-ABG858#003", "A1-A3=0173-1#07-ABZ789#003")]
    public void A_list_has_coded_values_without_names(string name, string means, string values)
    {
        var list = Footprint(Written(StatementTests.Tile()).Json)
            .Single(e => (string?)e!["idShort"] == name)!;
        Assert.Equal(("SubmodelElementList", "Property", "xs:string", means), ((string)list["modelType"]!,
            (string)list["typeValueListElement"]!, (string)list["valueTypeListElement"]!,
            Key(list["semanticIdListElement"])));
        Assert.Equal($"https://admin-shell.io/idta/CarbonFootprint/{name}/1/0", Key(list["semanticId"]));
        Assert.Equal(values, string.Join(' ', list["value"]!.AsArray()
            .Select(v => $"{(string)v!["value"]!}={Key(v["valueId"])}")));
        Assert.All(list["value"]!.AsArray(), v => Assert.Null(v!["idShort"]));
    }

    [Fact]
    public void The_submodel_belongs_to_the_shell_of_the_product()
    {
        var json = Written(StatementTests.Tile()).Json;
        var (shell, submodel) = (json["assetAdministrationShells"]![0]!, json["submodels"]![0]!);
        Assert.Equal(("urn:gtin:4712345060507", (string)submodel["id"]!),
            ((string)shell["assetInformation"]!["globalAssetId"]!, Key(shell["submodels"]![0])));
        Assert.Equal(("Instance", "CarbonFootprint",
            "https://admin-shell.io/idta/CarbonFootprint/CarbonFootprint/1/0"),
            ((string)submodel["kind"]!, (string)submodel["idShort"]!, Key(submodel["semanticId"])));
    }

    [Fact]
    public void What_has_no_place_or_no_code_is_said()
    {
        var (json, lost) = Written(StatementTests.Tile(("pcf/declaredUnitOfMeasurement", "ton kilometer"),
            ("pcf/crossSectoralStandards", new JsonArray("PEF")), ("comment", "second firing")));
        foreach (var field in (string[])["lost /comment", "lost /pcf/fossilGhgEmissions",
            "lost /pcf/pcfIncludingBiogenicUptake", "lost /pcf/referencePeriodStart",
            "uncoded /pcf/declaredUnitOfMeasurement", "uncoded /pcf/crossSectoralStandards"])
            Assert.Contains("footprint." + field, lost);
        Assert.DoesNotContain("footprint.lost /pcf/pcfExcludingBiogenicUptake", lost);
        var unit = Footprint(json)
            .Single(e => (string?)e!["idShort"] == "ReferenceImpactUnitForCalculation")!;
        Assert.Equal(("ton kilometer", null), ((string)unit["value"]!, unit["valueId"]));
    }
}
