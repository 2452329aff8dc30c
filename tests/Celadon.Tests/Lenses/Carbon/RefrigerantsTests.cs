using System.Text.Json.Nodes;
using Celadon.Lenses.Carbon;

namespace Celadon.Tests.Lenses.Carbon;

/// <summary>
/// V34: the US EPA calculator's fixture of refrigeration (atomic6ghg); and blends under three sets.
/// </summary>
public class RefrigerantsTests
{
    private static readonly RefrigerantsQuestion Question = new();

    public static TheoryData<int, string> Fixture()
    {
        var data = new TheoryData<int, string>();
        foreach (var (row, i) in Table().Select((row, i) => (row, i))) data.Add(i, (string)row["printed"]!);
        return data;
    }

    [Theory]
    [MemberData(nameof(Fixture))]
    public void V34_gives_the_fixture_figures(int row, string kg)
    {
        var line = Table()[row]["line"]!.ToJsonString();
        var spec = $$"""{ "gwp": "AR4", "lines": [{{line}}] }""";
        var answer = Asking.Ask(Question, spec, ProjectPacks.Library);
        Assert.Equal($"{kg} kg CO2e", Asking.At(answer, "/total"));
    }

    [Theory]
    [InlineData("AR4", "2087.5")]
    [InlineData("AR5", "1923.5")]
    [InlineData("AR6", "2255.5")]
    public void R410A_is_half_and_half(string set, string gwp)
    {
        const string rest = """
            "method":"simplified","name":"Chiller","newCharge":"0 kg","newCapacity":"0 kg",
            "recharge":"4.2 kg","disposedCapacity":"0 kg","recovered":"0 kg"
            """;
        var answer = Asking.Ask(Question, $$"""
            { "gwp": "{{set}}", "lines": [
              { {{rest}}, "gas": "r-410a" },
              { {{rest}}, "composition": [ { "gas": "hfc-32", "share": "50 %" }, { "gas": "hfc-125",
                "share": "50 %" } ] }
            ] }
            """, ProjectPacks.Library);
        Assert.Equal($"{gwp} kg CO2e/kg", Asking.At(answer, "/lines/0/gwp"));
        Assert.Equal($"{gwp} kg CO2e/kg", Asking.At(answer, "/lines/1/gwp"));
        if (set == "AR5") Assert.Equal("8078.7 kg CO2e", Asking.At(answer, "/lines/0/emissions"));
    }

    [Fact]
    public void A_balance_below_zero_is_shown_and_said()
    {
        var answer = Asking.Ask(Question, """
            { "lines": [ { "method": "mass-balance", "name": "Store", "gwp": "1300 kg CO2e/kg",
              "inventoryDecrease": "-20 kg",
              "purchases": "10 kg", "sales": "0 kg", "capacityIncrease": "0 kg" } ] }
            """);
        Assert.Equal("-13000 kg CO2e", Asking.At(answer, "/total"));
        Assert.Equal("carbon.refrigerants.negative", answer.Findings.Single().Code);
    }

    private static List<JsonNode> Table() =>
        [.. JsonNode.Parse(File.ReadAllText(Asking.Beside("refrigerant-fixture.json")))!.AsArray()
            .Select(c => c!)];
}
