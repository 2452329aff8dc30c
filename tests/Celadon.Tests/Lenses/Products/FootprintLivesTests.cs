using Celadon.Lenses;
using Celadon.Lenses.Products;
using Celadon.Quantities;
using Celadon.Store;
using Celadon.Tests.Example;
using Celadon.Text;

namespace Celadon.Tests.Lenses.Products;

/// <summary>Footprints to the grave over the example works: use, end of life, weights, uptake.</summary>
[Collection("example")]
public sealed class FootprintLivesTests(ExampleWorks works)
{
    private const string Power = "uk-desnz-2025:uk-electricity/electricity-generated/electricity-uk/kwh/kwh";

    private const string Glass =
        "uk-desnz-2025:material-use/other/glass/primary-material-production/tonnes";

    /// <summary>10 kWh × 10 years × 0.177 kg; a tonne treated at 1,402.76667 kg CO2e.</summary>
    [Fact]
    public void Use_and_end_of_life_are_what_is_stated_times_a_factor()
    {
        var grave = Grave(Ask("iso14067", Life(10)));
        Assert.Equal("17.7", Value(grave.Use));
        Assert.Equal("1402.76667", Value(grave.EndOfLife));
        Assert.Equal(Amount.Parse("4711.42494843592") + Amount.Parse("1420.46667"), grave.Whole!.Value);
        Assert.Null(grave.Weighted);
    }

    /// <summary>
    /// Spread over n years a unit weighs (100 − (n + 1)/2) ÷ 100; at once after n years (100 − 0.76 n) ÷ 100
    /// from 2 to 25 years, else (100 − n) ÷ 100 (PAS 2050:2011, Annex E, from general knowledge).
    /// </summary>
    [Theory]
    [InlineData(1, "0.99", "0.99")]
    [InlineData(2, "0.985", "0.9848")]
    [InlineData(10, "0.945", "0.924")]
    [InlineData(25, "0.87", "0.81")]
    [InlineData(26, "0.865", "0.74")]
    [InlineData(100, "0.495", "0")]
    public void Delayed_emissions_are_weighted_beside_the_whole(int years, string spread, string single)
    {
        var grave = Grave(Ask("pas2050", Life(years)));
        Assert.Equal(Amount.Parse("4711.42494843592") + grave.Use!.Value * Amount.Parse(spread)
            + grave.EndOfLife!.Value * Amount.Parse(single), grave.Weighted!.Value);
        Assert.Equal(Amount.Parse("4711.42494843592") + grave.Use.Value + grave.EndOfLife.Value,
            grave.Whole!.Value);
    }

    /// <summary>
    /// The circular formula after use, reference case 27 (A 0.5, R2 1, Q 1, E_V 2, E_recEoL 0.5):
    /// 0.5 × (0.5 − 2) is −0.75 a kilogram.
    /// </summary>
    [Fact]
    public void The_circular_formula_counts_after_use_alone()
    {
        var grave = Grave(Ask("iso14067", """
            {"product":"ware","circular":{"product":"ware","unit":"kg CO2e","materials":[{"name":"m",
             "mass":"1","allocation":"0.5","recycledContent":"1","qualityIn":"1","virgin":"2","recycled":"0.5",
             "recyclingRate":"1","qualityOut":"1","recycling":"0.5","avoidedVirgin":"2",
             "energyRecoveryRate":"0","disposal":"0"}]}}
            """));
        Assert.Equal("-0.75", Value(grave.EndOfLife));
        Assert.Null(grave.Whole);
    }

    [Fact]
    public void Uptake_and_land_use_change_stand_apart_and_small_lines_are_named()
    {
        var asked = Ask("iso14067", """{"product":"ware","uptake":"-1.5","landUseChange":"0.25"}""");
        var (grave, product) = (Grave(asked), ((FootprintReport)asked.Answer.Report).Products[0]);
        Assert.Equal(product.PerUnit.Value - Amount.Parse("1.5"), grave.IncludingUptake!.Value);
        Assert.Equal("0.25", Value(grave.LandUseChange));
        var small = product.Stages.SelectMany(s => s.Lines).Where(l => l.Share.Value < 1).ToList();
        Assert.Equal((small.Count, small.Aggregate(Amount.Zero, (sum, l) => sum + l.Share.Value)),
            (product.CutOff!.Lines, product.CutOff.Small.Value));
        Assert.Equal("95", product.CutOff.Covered.Value.ToString());
    }

    [Theory]
    [InlineData("""{"product":"plate"}""", "products.footprint.lifeProduct")]
    [InlineData("""{"product":"ware","uptake":"1"}""", "products.footprint.uptake")]
    [InlineData("""{"product":"ware","use":{"energy":"1","unit":"kWh","years":0,"factor":"a:b"}}""",
        "products.footprint.years")]
    [InlineData("""{"product":"ware","use":{"energy":"1","unit":"kWh","years":1,"factor":"a:b"}}""",
        "products.footprint.lifeFactor")]
    [InlineData("""{"product":"ware","endOfLife":[{"name":"x","share":"0.5","factor":"a:b"}]}""",
        "products.footprint.treatments")]
    public void What_does_not_hold_is_refused(string life, string code)
    {
        var refused = Assert.Throws<RefusedException>(() => Ask("pas2050", life));
        Assert.Equal(code, refused.Finding.Code);
        Assert.NotNull(Catalogue.English.Remedy(refused.Finding));
        Assert.NotNull(Catalogue.Chinese.Remedy(refused.Finding));
    }

    private static string Life(int years) => $$"""
        {"product":"ware","use":{"energy":"10","unit":"kWh","years":{{years}},"factor":"{{Power}}"},
         "endOfLife":[{"name":"recycling","share":"0.3","factor":"{{Glass}}"},
          {"name":"reuse","share":"0.7","factor":"{{Glass}}"}]}
        """;

    private Asked Ask(string rules, string life) => works.Workspace.Ask(Questions.Get("products.footprint"),
        Questions.Get("products.footprint").Example.Replace("iso14067", rules, StringComparison.Ordinal)
            .TrimEnd().TrimEnd('}') + $",\"life\":[{life}]}}");

    private static FootprintGrave Grave(Asked asked)
    {
        Assert.All(Explainer.All(asked.Answer.Report), f => Assert.Equal(f.Figure,
            Explainer.Explain(asked.Answer.Report, f.Pointer).Figure));
        return ((FootprintReport)asked.Answer.Report).Products[0].Grave!;
    }

    private static string Value(Figure? figure) => $"{figure!.Value}";
}
