using Celadon.Lenses.Carbon;

namespace Celadon.Tests.Lenses.Carbon;

/// <summary>V34: the US EPA calculator's fixture of refrigeration (atomic6ghg); and blends under three sets.</summary>
public class RefrigerantsTests
{
    private static readonly RefrigerantsQuestion Question = new();

    [Theory]
    [InlineData("300", """{"method":"mass-balance","name":"CO2","gwp":"1 kg CO2e/kg","inventoryDecrease":"100 kg","purchases":"100 kg","sales":"0 kg","capacityIncrease":"-100 kg"}""")]
    [InlineData("44400", """{"method":"mass-balance","name":"HFC-23","gas":"hfc-23","inventoryDecrease":"1 kg","purchases":"1 kg","sales":"0 kg","capacityIncrease":"-1 kg"}""")]
    [InlineData("175", """{"method":"simplified","name":"CO2","gwp":"1 kg CO2e/kg","newCharge":"100 kg","newCapacity":"50 kg","recharge":"100 kg","disposedCapacity":"50 kg","recovered":"25 kg"}""")]
    [InlineData("8940", """{"method":"simplified","name":"HFC-143a","gas":"hfc-143a","newCharge":"1 kg","newCapacity":"0.5 kg","recharge":"1 kg","disposedCapacity":"1 kg","recovered":"0.5 kg"}""")]
    [InlineData("759.375", """{"method":"screening","name":"HFC-32","gas":"hfc-32","newCharge":"100 kg","installationLoss":"1 %","capacity":"1 kg","annualLoss":"0.5 %/a","time":"1 a","disposedCapacity":"0.5 kg","remaining":"80 %","recovery":"70 %"}""")]
    [InlineData("4676.1", """{"method":"screening","name":"HFC-134a","gas":"hfc-134a","newCharge":"100 kg","installationLoss":"3 %","capacity":"1 kg","annualLoss":"15 %/a","time":"1 a","disposedCapacity":"0.5 kg","remaining":"80 %","recovery":"70 %"}""")]
    public void V34_gives_the_fixture_figures(string kg, string line) => Assert.Equal($"{kg} kg CO2e",
        Asking.At(Asking.Ask(Question, $$"""{ "gwp": "AR4", "lines": [{{line}}] }""", ProjectPacks.Library), "/total"));

    [Theory]
    [InlineData("AR4", "2087.5")]
    [InlineData("AR5", "1923.5")]
    [InlineData("AR6", "2255.5")]
    public void R410A_is_half_and_half(string set, string gwp)
    {
        const string rest = """
            "method":"simplified","name":"Chiller","newCharge":"0 kg","newCapacity":"0 kg","recharge":"4.2 kg",
            "disposedCapacity":"0 kg","recovered":"0 kg"
            """;
        var answer = Asking.Ask(Question, $$"""
            { "gwp": "{{set}}", "lines": [
              { {{rest}}, "gas": "r-410a" },
              { {{rest}}, "composition": [ { "gas": "hfc-32", "share": "50 %" }, { "gas": "hfc-125", "share": "50 %" } ] }
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
            { "lines": [ { "method": "mass-balance", "name": "Store", "gwp": "1300 kg CO2e/kg", "inventoryDecrease": "-20 kg",
              "purchases": "10 kg", "sales": "0 kg", "capacityIncrease": "0 kg" } ] }
            """);
        Assert.Equal("-13000 kg CO2e", Asking.At(answer, "/total"));
        Assert.Equal("carbon.refrigerants.negative", answer.Findings.Single().Code);
    }
}
