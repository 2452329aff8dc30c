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
        Assert.Equal(product.PerUnit.Value + Amount.Parse("0.25"), grave.GateWithLandUse!.Value);
        Assert.Equal(product.PerUnit.Value - Amount.Parse("1.25"), grave.IncludingUptake!.Value);
        Assert.Equal("0.25", Value(grave.LandUseChange));
        var small = product.Stages.SelectMany(s => s.Lines).Where(l => l.Share.Value < 1).ToList();
        Assert.Equal((small.Count, small.Aggregate(Amount.Zero, (sum, l) => sum + l.Share.Value)),
            (product.CutOff!.Lines, product.CutOff.Small.Value));
        Assert.Equal("95", product.CutOff.Covered.Value.ToString());
    }

    /// <summary>
    /// Both rules count direct land use change and want it apart as well; what biomass took up gets out
    /// again: 3 in use, and only then 3 − 1.5 − 1.5 are left of it.
    /// </summary>
    [Theory]
    [InlineData("iso14067")]
    [InlineData("pas2050")]
    public void Land_use_change_counts_and_carbon_that_gets_out_again_too(string rules)
    {
        var plain = Grave(Ask(rules, Life(10)));
        var asked = Ask(rules, Life(10).Replace("\"product\":\"ware\",",
            "\"product\":\"ware\",\"uptake\":\"-1.5\",\"release\":\"1.5\",\"landUseChange\":\"0.25\",",
            StringComparison.Ordinal));
        var grave = Grave(asked);
        Assert.Equal(plain.Whole!.Value + Amount.Parse("0.25"), grave.Whole!.Value);
        Assert.Equal(grave.Whole.Value, grave.IncludingUptake!.Value);
        Assert.Equal(plain.Weighted?.Value + Amount.Parse("0.25"), grave.Weighted?.Value);
        Assert.Equal("1.5", Value(grave.Release));
        Assert.DoesNotContain(asked.Answer.Findings, f => f.Code == "products.footprint.uptakeStays");
    }

    [Fact]
    public void Uptake_that_never_gets_out_is_said()
    {
        var said = Assert.Single(Ask("iso14067", Life(10).Replace("\"product\":\"ware\",",
            "\"product\":\"ware\",\"uptake\":\"-1.5\",", StringComparison.Ordinal)).Answer.Findings,
            f => f.Code == "products.footprint.uptakeStays");
        Assert.NotNull(Catalogue.English.Remedy(said));
        Assert.NotNull(Catalogue.Chinese.Remedy(said));
    }

    /// <summary>
    /// PEF to the grave: the gate at 2, use at 3, one treatment of two at 4 and the other at none; the books'
    /// delivery is not in it. A rating of a treatment is of no line to the gate.
    /// </summary>
    [Fact]
    public void Data_beyond_the_gate_are_rated_too()
    {
        static string Rating(string item, string value) => $$"""
            {"item":"{{item}}","technology":"{{value}}","geography":"{{value}}","time":"{{value}}",
             "precision":"{{value}}"}
            """;
        var plain = (FootprintReport)Ask("iso14067", Life(10)).Answer.Report;
        var items = plain.Products[0].Stages.SelectMany(s => s.Lines).Select(l => l.Item).Distinct();
        var asked = works.Workspace.Ask(Questions.Get("products.footprint"),
            Questions.Get("products.footprint").Example.TrimEnd().TrimEnd('}') + $$"""
            ,"life":[{{Life(10)}}],"quality":{"scheme":"pef","ratings":[
              {{string.Join(',', items.Select(i => Rating(i, "2")))}},{{Rating("use", "3")}},
              {{Rating("recycling", "4")}}] } }
            """);
        var product = ((FootprintReport)asked.Answer.Report).Products[0];
        Assert.Equal(("2", "100"), ($"{product.Quality!.Score!.Value}", $"{product.Quality.Share.Value}"));
        var (quality, output) = (product.Grave!.Quality!, product.Output.Value);
        var (use, end) = (product.Grave.Use!.Value * output, product.Grave.EndOfLife!.Value * output);
        var (recycled, all) = (end * Amount.Parse("0.3"), product.Total.Value + use + end);
        Assert.Equal(Amount.Divide(product.Total.Value * 2 + use * 3 + recycled * 4,
            product.Total.Value + use + recycled, 4), quality.Score!.Value);
        Assert.Equal(Amount.Divide((product.Total.Value + use + recycled) * 100, all, 6),
            quality.Share.Value);
        Assert.Equal(["endOfLife", "endOfLife", "use"], quality.Lines.Where(l => product.Quality.Lines
            .All(g => g.Item != l.Item)).Select(l => l.Stage).Order());
        Assert.Equal("95", $"{product.Grave.CutOff!.Covered.Value}");
        Assert.All(Explainer.All(asked.Answer.Report), f => Assert.Equal(f.Figure,
            Explainer.Explain(asked.Answer.Report, f.Pointer).Figure));
    }

    [Theory]
    [InlineData("""{"product":"ware","release":"-1"}""", "products.footprint.release")]
    [InlineData("""{"product":"ware","massKg":"0"}""", "products.footprint.lifeSign")]
    [InlineData("""{"product":"ware","use":{"energy":"-1","unit":"kWh","years":1,"factor":"a:b"}}""",
        "products.footprint.lifeSign")]
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
