using Celadon.Ledger;
using Celadon.Lenses;
using InventorySpec = Celadon.Lenses.Carbon.Inventory.InventorySpec;
using Celadon.Lenses.Products;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Tests.Lenses.Carbon;
using Celadon.Tests.Lenses.Carbon.Inventory;
using Celadon.Tests.Lenses.Carbon.Inventory.Fixtures;
using Celadon.Tests.Packs;
using Celadon.Text;
using CsCheck;

namespace Celadon.Tests.Lenses.Products;

/// <summary>Footprints from the books: shared out, balanced against the inventory, refused.</summary>
public class FootprintTests
{
    private static readonly FootprintQuestion Question = new();

    private const string Spec = """
        "period":"2026-09","site":"stoke","rules":"iso14067","gwp":"AR5","electricity":"location",
        "allowNearestEdition":true
        """;

    /// <summary>The worked month: 9.8 t of ware, one product, in the lens's README.</summary>
    [Fact]
    public void The_worked_month_gives_its_ware_a_footprint()
    {
        var answer = Ask(StokeSeptember.Whole(), Spec);
        Assert.Equal(["ware"], ((FootprintReport)answer.Report).Products.Select(p => p.Product));
        Assert.Equal("9.8 t", Asking.At(answer, "/products/0/output"));
        var report = (FootprintReport)answer.Report;
        var product = report.Products[0];
        Assert.Null(product.Share);
        Assert.Equal("43963.814612 kg CO2e", Text(Stage(product, "manufacture").Total));
        Assert.Equal(product.Total.Value, product.Stages.Aggregate(Amount.Zero,
            (sum, s) => sum + s.Total.Value));
        Assert.Equal(Amount.Divide(product.Total.Value, Amount.Parse("9.8"), 12), product.PerUnit.Value);
        Assert.Contains(answer.Findings, f => f.Code == "products.footprint.gate");
        Balanced(report);
    }

    [Fact]
    public void Two_products_without_a_key_are_refused()
    {
        var refused = Assert.Throws<RefusedException>(() => Ask(WithTiles("4.9"), Spec));
        Assert.Equal("products.footprint.allocation", refused.Finding.Code);
        Assert.Equal("tiles, ware", refused.Finding.Args["products"]);
        Assert.NotNull(Catalogue.Chinese.Remedy(refused.Finding));
    }

    /// <summary>4.9 t beside 9.8 t: a third and two thirds, to the last digit.</summary>
    [Fact]
    public void By_mass_each_product_bears_its_part_of_every_line()
    {
        var report = (FootprintReport)Ask(WithTiles("4.9"), Spec
            + ""","allocation":{"key":"mass","reason":"the same body, fired together"}""").Report;
        Assert.Equal(["33.333333 %", "66.666667 %"], report.Products.Select(p => Text(p.Share!)));
        Assert.Equal(report.Products[0].PerUnit.Value.Round(6), report.Products[1].PerUnit.Value.Round(6));
        Balanced(report);
    }

    [Fact]
    public void By_price_the_dearer_product_bears_more()
    {
        var report = (FootprintReport)Ask(WithTiles("4.9"), Spec + """
            ,"allocation":{"key":"economic","reason":"prices of the year","weights":[
              {"product":"ware","value":"4000"},{"product":"tiles","value":"2000"}]}
            """).Report;
        Assert.Equal(["20 %", "80 %"], report.Products.Select(p => Text(p.Share!)));
        Balanced(report);
    }

    /// <summary>Whatever the shares, products and exclusions are the inventory, to the last digit.</summary>
    [Fact]
    public void The_books_balance_for_any_shares()
    {
        var month = WithTiles("1");
        Gen.Int[1, 999_999].Sample(n =>
        {
            var (a, b) = (Amount.From(n, 6), Amount.From(1_000_000 - n, 6));
            Balanced((FootprintReport)Ask(month, Spec + $$"""
                ,"allocation":{"key":"stated","reason":"by contract","weights":[
                  {"product":"ware","value":"{{a}}"},{"product":"tiles","value":"{{b}}"}]}
                """).Report);
        }, iter: 20);
    }

    [Theory]
    [InlineData("\"rules\":\"iso14067\"", "\"rules\":\"pas2050\",\"include\":[\"3.7\"]",
        "products.footprint.include")]
    [InlineData("\"rules\":\"iso14067\"", "\"rules\":\"iso14067\",\"include\":[\"3.9\"]",
        "products.footprint.include")]
    [InlineData("\"site\":\"stoke\"", "\"site\":\"stroke\"", "inventory.siteUnknown")]
    public void What_cannot_be_a_footprint_is_refused(string there, string instead, string code)
    {
        var refused = Assert.Throws<RefusedException>(() => Ask(StokeSeptember.Whole(),
            Spec.Replace(there, instead, StringComparison.Ordinal)));
        Assert.Equal(code, refused.Finding.Code);
        Assert.NotNull(Catalogue.English.Remedy(refused.Finding));
        Assert.NotNull(Catalogue.Chinese.Remedy(refused.Finding));
    }

    [Theory]
    [InlineData("""
        {"key":"stated","reason":"x","weights":[{"product":"ware","value":"0.5"},
         {"product":"tiles","value":"0.4"}]}
        """, "products.footprint.shares")]
    [InlineData("""{"key":"economic","reason":"x","weights":[{"product":"ware","value":"5"}]}""",
        "products.footprint.noWeightOf")]
    [InlineData("""{"key":"mass","reason":" "}""", "products.footprint.reason")]
    [InlineData("""
        {"key":"economic","reason":"x","weights":[{"product":"ware","value":"-5"},
         {"product":"tiles","value":"1"}]}
        """, "products.footprint.noWeight")]
    public void A_key_that_does_not_hold_is_refused(string allocation, string code)
    {
        var refused = Assert.Throws<RefusedException>(() =>
            Ask(WithTiles("1"), Spec + ",\"allocation\":" + allocation));
        Assert.Equal(code, refused.Finding.Code);
        Assert.NotNull(Catalogue.Chinese.Remedy(refused.Finding));
    }

    internal static StokeSeptember WithTiles(string tonnes)
    {
        var month = StokeSeptember.Whole();
        month.Books.Entry("unit:press", "stock:ware", "tiles", tonnes, "t", StokeSeptember.First,
            StokeSeptember.Last, Basis.Measured);
        return month;
    }

    internal static void Balanced(FootprintReport report)
    {
        Assert.True(report.Reconciliation.Difference.Value.IsZero);
        Assert.Equal(report.Reconciliation.Inventory.Value, report.Products.Aggregate(Amount.Zero,
            (sum, p) => sum + p.Stages.SelectMany(s => s.Lines).Aggregate(Amount.Zero,
                (part, l) => part + l.Part.Value))
            + report.Excluded.Aggregate(Amount.Zero, (sum, e) => sum + e.Emissions.Value));
        Assert.False(report.Reconciliation.Inventory.Value.IsZero);
    }

    private static FootprintStage Stage(FootprintProduct product, string stage) =>
        product.Stages.Single(s => s.Stage == stage);

    private static string Text(Figure figure) => $"{figure.Value} {figure.Unit}";

    internal static Answer Ask(StokeSeptember month, string spec)
    {
        var read = Question.ReadSpec("{" + spec + "}");
        var taken = Question.Takes(read).Select(t =>
        {
            var inventory = (InventorySpec)InventoryAsking.Question.ReadSpec(t.SpecJson);
            return InventoryAsking.Question.Compute(inventory, month.Books.View($"{inventory.Period}"),
                PacksUnderTest.Library, CancellationToken.None);
        }).ToList();
        return Question.Compute(read, month.Books.View($"{Question.Needs(read)!.Period}"),
            PacksUnderTest.Library, taken, CancellationToken.None);
    }
}
