using System.Text.Json;
using System.Text.Json.Nodes;
using Celadon.Lenses.Carbon;

namespace Celadon.Tests.Lenses.Carbon;

/// <summary>
/// The worked examples of the GHG Protocol's Technical Guidance for Calculating Scope 3 Emissions (2013), to
/// the printed digit; where the guidance slipped, the right figure with the reason in the table.
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
        if (row["right"] is not null
            && !expected.StartsWith((string)row["printed"]!, StringComparison.Ordinal))
            Assert.NotNull(row["note"]);
        foreach (var (pointer, value) in row["values"]?.AsObject() ?? [])
            Assert.Equal($"{(string)value!} {(string)row["unit"]!}", Asking.At(answer, pointer));
    }

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
        [.. JsonNode.Parse(File.ReadAllText(Asking.Beside("scope3-guidance-cases.json")))!.AsArray()
            .Select(c => c!)];
}
