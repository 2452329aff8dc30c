using Celadon.Lenses.Carbon;
using Celadon.Quantities;

namespace Celadon.Tests.Lenses.Carbon;

/// <summary>The report's row 26: the same product differs by the two places' factors, traceably.</summary>
public class EmbodiedTests
{
    private static readonly EmbodiedQuestion Question = new();

    [Fact]
    public void The_difference_is_the_factors()
    {
        var answer = Asking.Ask(Question, Question.Example, ProjectPacks.Library);
        Assert.Equal("0.501389 kg CO2e", Asking.At(answer, "/places/0/total"));
        Assert.Equal("0.774189 kg CO2e", Asking.At(answer, "/places/1/total"));
        Assert.Equal("0.2728 kg CO2e", Asking.At(answer, "/difference"));
        Assert.Equal("0.44 kg CO2e/kWh", Asking.At(answer, "/items/0/factorDifference"));
        Assert.Equal("100 %", Asking.At(answer, "/items/0/share"));
        Assert.Equal("0 kg CO2e", Asking.At(answer, "/items/1/difference"));
        Assert.Contains(answer.Findings, f => f.Code == "carbon.embodied.co2Only");
    }

    [Fact]
    public void Differences_of_items_add_up_exactly_also_across_units()
    {
        var answer = Asking.Ask(Question, """
            { "product": "tile", "places": ["GB", "CN"], "items": [
              { "name": "electricity", "quantity": "1.37 kWh", "factors": ["0.131 kg CO2e/kWh",
                "553.7 g CO2e/kWh"] },
              { "name": "clay", "quantity": "2.2 kg", "factors": ["7.79 kg CO2e/t", "0.0114 kg CO2e/kg"] } ] }
            """);
        var report = (EmbodiedReport)answer.Report;
        Assert.Equal(report.Difference.Value, report.Places[1].Total.Value - report.Places[0].Total.Value);
        Assert.Equal("0.587041 kg CO2e", Asking.At(answer, "/difference"));
        Assert.Equal(report.Difference.Value,
            report.Items.Aggregate(Amount.Zero, (s, i) => s + i.Difference.Value));
    }
}
