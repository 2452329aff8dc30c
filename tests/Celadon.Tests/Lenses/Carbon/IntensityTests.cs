using Celadon.Lenses.Carbon;

namespace Celadon.Tests.Lenses.Carbon;

public class IntensityTests
{
    private static readonly IntensityQuestion Question = new();

    [Fact]
    public void Ratios_stand_beside_the_year_before()
    {
        var answer = Asking.Ask(Question, Question.Example, ProjectPacks.Library);
        Assert.Equal("43963.814612 kg CO2e", Asking.At(answer, "/emissions"));
        Assert.Equal("175846.2 kWh", Asking.At(answer, "/energy"));
        Assert.Equal("4486.103531836735 kg CO2e/t", Asking.At(answer, "/ratios/0/emissions"));
        Assert.Equal("4666.666666666667 kg CO2e/t", Asking.At(answer, "/ratios/0/priorEmissions"));
        Assert.Equal("-3.8692 %", Asking.At(answer, "/ratios/0/change"));
        Assert.False(((IntensityReport)answer.Report).BelowDeMinimis);
        Assert.Null(((IntensityReport)answer.Report).Ratios[1].PriorEmissions);
    }

    /// <summary>
    /// GHG Protocol, Technical Guidance for Calculating Scope 3, example C.1: printed 0.1667.
    /// </summary>
    [Fact]
    public void Example_C1_of_the_guidance()
    {
        var answer = Asking.Ask(Question, """
            { "year": { "emissions": [ { "name": "3.11", "emissions": "500000 kg CO2e" } ],
              "per": [ { "name": "Washes", "amount": "3000000 wash" } ] } }
            """, ProjectPacks.Library);
        Assert.Equal("0.166666666667 kg CO2e/wash", Asking.At(answer, "/ratios/0/emissions"));
        Assert.Null(((IntensityReport)answer.Report).Energy);
        Assert.Contains(answer.Findings, f => f.Code == "carbon.intensity.noPrior");
    }

    [Fact]
    public void Transport_comes_to_energy_by_the_SECR_rows_and_low_use_is_noted()
    {
        var row = ProjectPacks.Library.Packs.SelectMany(p => p.Factors).First(f =>
            f.Basis == Celadon.Packs.FactorBasis.EnergyContent && f.ActivityUnit.Code == "km");
        var answer = Asking.Ask(Question, $$"""
            { "year": { "emissions": [ { "name": "Scope 1", "emissions": "500 kg CO2e" } ],
              "energy": [ { "name": "Van", "quantity": "1000 km",
                "factor": { "pack": "{{row.Pack.Id}}", "row": "{{row.Id}}" } } ],
              "per": [ { "name": "Staff", "amount": "8 person" } ] } }
            """, ProjectPacks.Library);
        Assert.Equal($"{row.Value!.Value * 1000} kWh", Asking.At(answer, "/energy"));
        Assert.True(((IntensityReport)answer.Report).BelowDeMinimis);
        Assert.Contains(answer.Findings, f => f.Code == "carbon.intensity.deMinimis");
        Assert.Contains(answer.Findings, f => f.Code == "carbon.factor.general");
    }
}
