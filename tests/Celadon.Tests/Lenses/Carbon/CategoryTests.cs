using System.Text.Json;
using System.Text.Json.Nodes;
using Celadon.Lenses.Carbon;

namespace Celadon.Tests.Lenses.Carbon;

/// <summary>
/// The worked examples of the GHG Protocol's Technical Guidance for Calculating Scope 3 Emissions (2013), to the
/// printed digit; where the guidance slipped, the right figure with the reason in the table.
/// </summary>
public class CategoryTests
{
    private static readonly CategoryQuestion Question = new();

    public static TheoryData<string> Cases() =>
        [.. Table().Select(c => $"{(string)c["case"]!} [{(string)c["example"]!}]")];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gives_the_guidance_figure(string name)
    {
        var row = Table().Single(c => $"{(string)c["case"]!} [{(string)c["example"]!}]" == name);
        var answer = Asking.Ask(Question, row["spec"]!.ToJsonString());
        var expected = (string?)row["right"] ?? (string)row["printed"]!;
        Assert.Equal($"{expected} {(string)row["unit"]!}", Asking.At(answer, "/total"));
        if (row["right"] is not null && !expected.StartsWith((string)row["printed"]!, StringComparison.Ordinal))
            Assert.NotNull(row["note"]);
        foreach (var (pointer, value) in row["values"]?.AsObject() ?? [])
            Assert.Equal($"{(string)value!} {(string)row["unit"]!}", Asking.At(answer, pointer));
    }

    [Theory]
    [InlineData("carbon.units", """{"method":"average-data","category":"3.1","lines":[{"name":"x","quantity":"5 m3","factor":"2 kg CO2e/kg"}]}""")]
    [InlineData("carbon.units", """{"method":"distance-based","category":"3.4","lines":[{"name":"x","goods":"5 TEU","distance":"10 km","factor":"2 kg CO2e/tkm"}]}""")]
    [InlineData("carbon.noGas", """{"method":"average-data","category":"3.1","lines":[{"name":"x","quantity":"5 kg","factor":"2 kg/kg"}]}""")]
    [InlineData("carbon.unlikeGases", """{"method":"average-data","category":"3.1","lines":[{"name":"x","quantity":"5 kg","factor":"2 kg CO2e/kg"},{"name":"y","quantity":"5 kg","factor":"2 kg CO2/kg"}]}""")]
    [InlineData("carbon.category.method", """{"method":"waste-type-specific","category":"3.6","lines":[{"name":"x","quantity":"5 kg","factor":"2 kg CO2e/kg"}]}""")]
    [InlineData("carbon.shares", """{"method":"waste-average","category":"3.5","total":"4 t","treatments":[{"name":"x","share":"90 %","factor":"2 kg CO2e/t"}]}""")]
    [InlineData("carbon.share", """{"method":"investment-specific","category":"3.15","lines":[{"name":"x","emissions":"2 t CO2e","share":"120 %"}]}""")]
    [InlineData("carbon.zeroDivisor", """{"method":"lessor-specific","category":"3.8","lines":[{"name":"x","emissions":"2 t CO2e","area":"1 m2","totalArea":"0 m2"}]}""")]
    [InlineData("carbon.noLines", """{"method":"average-data","category":"3.1","lines":[]}""")]
    [InlineData("carbon.calorificBasis", """{"method":"fuel-based","category":"3.4","lines":[{"name":"x","quantity":"5 kWh net","factor":"2 kg CO2e/kWh gross"}]}""")]
    [InlineData("carbon.calorificBasis", """{"method":"fuel-based","category":"3.4","lines":[{"name":"x","quantity":"5 kWh","factor":"2 kg CO2e/kWh gross"}]}""")]
    [InlineData("carbon.category.doubleCount", """{"method":"hybrid","category":"3.1","suppliers":[{"name":"B","waste":[{"name":"w","quantity":"1 kg","factor":"1 kg CO2e/kg"}],"remainder":{"name":"r","quantity":"1 piece","factor":"6 kg CO2e/piece","excludes":["scope1And2"]}}]}""")]
    [InlineData("carbon.category.energyFactors", """{"method":"fuel-and-energy","category":"3.3","lines":[{"name":"x","purchased":"5 kWh","generation":"0.5 kg CO2e/kWh"}]}""")]
    public void Refuses_with_the_reason(string code, string spec) => Assert.Equal(code, Asking.Refused(Question, spec));

    [Fact]
    public void Lifetime_emissions_of_projects_stand_outside_Scope_3()
    {
        var answer = Asking.Ask(Question, """
            {"method":"project-lifetime","category":"3.15","mass":"t","lines":[
              {"name":"Plant","annual":"7000000 t CO2e/a","lifetime":"30 a","share":"15 %"}]}
            """);
        Assert.True(((CategoryReport)answer.Report).OutsideInventory);
        Assert.Equal(["carbon.category.outside"], answer.Findings.Select(f => f.Code));
    }

    [Fact]
    public void Converts_units_exactly_and_says_so()
    {
        var answer = Asking.Ask(Question, """
            {"category":"3.4","method":"distance-based","lines":[
              {"name":"lb and miles","goods":"1000 lb","distance":"10 mile","factor":"0.1 kg CO2e/tkm"}]}
            """);
        Assert.Equal("0.72998615910528 kg CO2e", Asking.At(answer, "/total"));
    }

    private static List<JsonNode> Table() =>
        [.. JsonNode.Parse(File.ReadAllText(Asking.Beside("scope3-guidance-cases.json")))!.AsArray().Select(c => c!)];
}
