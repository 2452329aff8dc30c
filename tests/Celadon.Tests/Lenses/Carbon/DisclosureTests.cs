using Celadon.Lenses;
using Celadon.Lenses.Carbon;
using Celadon.Quantities;
using Celadon.Store;
using Celadon.Tests.Example;

namespace Celadon.Tests.Lenses.Carbon;

/// <summary>carbon.disclosure on the example works, against figures worked by hand.</summary>
[Collection("example")]
public sealed class DisclosureTests(ExampleWorks works)
{
    [Fact]
    public void September_at_Stoke_adds_scopes_one_and_two()
    {
        var said = Ask("""{"period":"2026-09","sites":["stoke"],"gwp":"AR5","allowNearestEdition":true}""");
        // 38,568.445956 kg + 5,395.368656 kg
        Assert.Equal("43963.814612", said.Scope12Location!.Value.ToString());
        // 41,198.6 kWh measured; 12,000 m3 × 1.02264 × 39.5 MJ/m3 ÷ 3.6 is the gas of the worked month.
        Assert.Equal("41198.6", said.EnergyByUse["electricity"].Value.ToString());
        Assert.Equal("kWh", said.EnergyTotal!.Unit);
        Assert.True(said.EnergyComplete);
        var ware = said.Ratios.Single(r => r.Name == "ware");
        Assert.Equal(Amount.Divide(said.Scope12Location.Value, ware.Per.Value, 12), ware.Emissions.Value);
        Assert.DoesNotContain(said.Ratios, r => r.Name == "persons");
        Assert.False(said.Partial);
    }

    [Fact]
    public void Shares_of_evidence_make_the_whole_and_energy_by_use_makes_the_total()
    {
        var said = Ask(Questions.Get("carbon.disclosure").Example);
        Assert.Equal(said.Known!.Value,
            said.Evidence.Aggregate(Amount.Zero, (sum, e) => sum + e.Kgco2e.Value));
        Assert.Equal(said.EnergyTotal!.Value,
            said.EnergyByUse.Values.Aggregate(Amount.Zero, (sum, e) => sum + e.Value));
        // A delivery of gas in normal cubic metres has no calorific value: its kWh are not known.
        Assert.False(said.EnergyComplete);
        Assert.Contains(said.Energy, e => e.Energy is null && e.Quantity.Value == Amount.Parse("6604"));
        // Of what belongs to scopes 1 and 2 something has no figure.
        Assert.True(said.Partial);
        // 6,200 m2 + 4,100 m2.
        Assert.Equal("10300", said.Ratios.Single(r => r.Name == "floorArea").Per.Value.ToString());
        // 64 persons of the whole organisation.
        Assert.Equal("64", said.Ratios.Single(r => r.Name == "persons").Per.Value.ToString());
        Assert.Equal("grid-average", said.WithoutResidualMix!.Code);
    }

    private DisclosureReport Ask(string spec) =>
        (DisclosureReport)works.Workspace.Ask(Questions.Get("carbon.disclosure"), spec).Answer.Report;
}
