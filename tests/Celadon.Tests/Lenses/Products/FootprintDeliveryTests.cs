using Celadon.Lenses;
using Celadon.Lenses.Products;
using Celadon.Quantities;
using Celadon.Tests.Lenses.Carbon.Inventory.Fixtures;
using Celadon.Text;

namespace Celadon.Tests.Lenses.Products;

/// <summary>Transport to the customer: from the ledger's carriage, or as it is stated in legs.</summary>
public sealed class FootprintDeliveryTests
{
    private const string Spec = """
        "period":"2026-09","site":"stoke","rules":"iso14067","gwp":"AR5","electricity":"location",
        "allowNearestEdition":true
        """;

    private const string Rail = "uk-desnz-2025:freighting-goods/rail/freight-train/tonne-km";

    private const string Power = "uk-desnz-2025:uk-electricity/electricity-generated/electricity-uk/kwh/kwh";

    /// <summary>
    /// The worked month carries 9.8 t of ware over 200 km; the line leaves what is excluded and stands in the
    /// product, and all of it is the inventory still.
    /// </summary>
    [Fact]
    public void The_ledgers_carriage_of_a_product_is_its_delivery()
    {
        var before = Report(Ask(""));
        var report = Report(Ask(Life("""{"fromBooks":true}""")));
        var product = report.Products[0];
        var gone = before.Excluded.Single(e => report.Excluded.All(x => x.Emissions.Value != e.Emissions.Value
            || x.Scope != e.Scope));
        Assert.Equal(("3.9", gone.Emissions.Value), (gone.Scope, product.Delivered!.Value));
        Assert.False(product.Delivered.Value.IsZero);
        Assert.Equal(Amount.Divide(product.Delivered.Value, Amount.Parse("9.8"), 12),
            product.Grave!.Delivery!.Value);
        Assert.Equal(before.Products[0].Total.Value, product.Total.Value);
        Assert.True(report.Reconciliation.Difference.Value.IsZero);
        Assert.Equal(report.Reconciliation.Inventory.Value, report.Reconciliation.Products.Value
            + report.Reconciliation.Delivered!.Value + report.Reconciliation.Excluded!.Value);
        Assert.All(Explainer.All(report), f => Assert.Equal(f.Figure,
            Explainer.Explain(report, f.Pointer).Figure));
    }

    /// <summary>1 t × 200 km × 0.02779 kg; the half of it; 10 kWh × 0.177 kg.</summary>
    [Theory]
    [InlineData($$"""{"name":"rail","distanceKm":"200","factor":"{{Rail}}"}""", "5.558")]
    [InlineData($$"""{"name":"rail","distanceKm":"200","share":"0.5","factor":"{{Rail}}"}""", "2.779")]
    [InlineData($$"""{"name":"van","fuel":"10","unit":"kWh","factor":"{{Power}}"}""", "1.77")]
    public void A_leg_is_mass_times_distance_or_fuel_times_factor(string leg, string expected) =>
        Assert.Equal(expected, $"{Report(Ask(Life($$"""{"legs":[{{leg}}]}"""))).Products[0].Grave!
            .Delivery!.Value}");

    /// <summary>Legs follow each other; with use and end of life the whole is all four.</summary>
    [Fact]
    public void Delivery_is_in_the_whole()
    {
        var answer = Ask(Life($$"""
            {"legs":[{"name":"rail","distanceKm":"200","factor":"{{Rail}}"},
              {"name":"van","fuel":"10","unit":"kWh","factor":"{{Power}}"}]},
            "use":{"energy":"0","unit":"kWh","years":1,"factor":"{{Power}}"},
            "endOfLife":[{"name":"landfill","share":"1",
              "factor":"uk-desnz-2025:material-use/other/glass/primary-material-production/tonnes"}]
            """));
        var product = Report(answer).Products[0];
        Assert.Equal("7.328", $"{product.Grave!.Delivery!.Value}");
        Assert.Equal(product.PerUnit.Value + product.Grave.Delivery.Value + product.Grave.EndOfLife!.Value,
            product.Grave.Whole!.Value);
        Assert.DoesNotContain(answer.Findings, f => f.Code == "products.footprint.withoutDelivery");
    }

    [Fact]
    public void An_unanswered_payer_makes_the_delivery_at_least()
    {
        var month = StokeSeptember.Whole();
        month.Entry("stock:ware", "customer:shops", "ware", "1", "t", Ledger.Basis.Invoiced,
            ("distance", "90 km"), ("vehicle", "HGV"));
        Assert.Contains(FootprintTests.Ask(month, Spec + Life("""{"fromBooks":true}""")).Findings, f =>
            f.Code == "products.footprint.deliveryPartly");
    }

    [Theory]
    [InlineData("{}", "products.footprint.delivery")]
    [InlineData($$"""
        {"fromBooks":true,"legs":[{"name":"rail","distanceKm":"1","factor":"{{Rail}}"}]}
        """, "products.footprint.delivery")]
    [InlineData("""{"legs":[{"name":"x","factor":"a:b"}]}""", "products.footprint.leg")]
    [InlineData("""{"legs":[{"name":"x","distanceKm":"1","fuel":"1","unit":"l","factor":"a:b"}]}""",
        "products.footprint.leg")]
    [InlineData("""{"legs":[{"name":"x","fuel":"1","factor":"a:b"}]}""", "products.footprint.leg")]
    [InlineData("""{"legs":[{"name":"x","distanceKm":"-1","factor":"a:b"}]}""", "products.footprint.leg")]
    [InlineData("""{"legs":[{"name":"x","distanceKm":"1","share":"1.1","factor":"a:b"}]}""",
        "products.footprint.legShare")]
    [InlineData("""{"legs":[{"name":"x","distanceKm":"1","factor":"a:b"}]}""",
        "products.footprint.lifeFactor")]
    public void What_does_not_hold_is_refused(string delivery, string code)
    {
        var refused = Assert.Throws<RefusedException>(() => Ask(Life(delivery)));
        Assert.Equal(code, refused.Finding.Code);
        Assert.NotNull(Catalogue.English.Remedy(refused.Finding));
        Assert.NotNull(Catalogue.Chinese.Remedy(refused.Finding));
    }

    /// <summary>Without carriage in the books there is none to take.</summary>
    [Fact]
    public void A_product_that_nobody_carried_is_refused()
    {
        var month = new StokeSeptember();
        foreach (var document in month.Documents.Where((_, i) => i != 9)) document();
        Assert.Equal("products.footprint.noDelivery", Assert.Throws<RefusedException>(() =>
            FootprintTests.Ask(month, Spec + Life("""{"fromBooks":true}"""))).Finding.Code);
    }

    private static string Life(string delivery) =>
        $$""","life":[{"product":"ware","delivery":{{delivery}}}]""";

    private static Answer Ask(string more) => FootprintTests.Ask(StokeSeptember.Whole(), Spec + more);

    private static FootprintReport Report(Answer answer) => (FootprintReport)answer.Report;
}
