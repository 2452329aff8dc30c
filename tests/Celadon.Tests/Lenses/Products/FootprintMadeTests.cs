using Celadon.Ledger;
using Celadon.Lenses;
using Celadon.Lenses.Products;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Tests.Lenses.Carbon.Inventory.Fixtures;
using Celadon.Text;
using CsCheck;

namespace Celadon.Tests.Lenses.Products;

/// <summary>
/// What is an output and what only looks like one: corrections, rework, intermediates, returns, goods that go
/// straight to customers, and what moves between sites. Whatever it is, the books balance.
/// </summary>
public sealed class FootprintMadeTests
{
    private const string Spec = """
        "period":"2026-09","site":"stoke","rules":"iso14067","gwp":"AR5","electricity":"location",
        "allowNearestEdition":true
        """;

    private const string Mass = ""","allocation":{"key":"mass","reason":"the same body"}""";

    /// <summary>Nothing is divided by nothing, and what is taken back is no product.</summary>
    [Theory]
    [InlineData("0")]
    [InlineData("1", "-1")]
    [InlineData("-1")]
    public void What_comes_to_nothing_bears_nothing(params string[] tonnes)
    {
        var answer = Ask(m =>
        {
            foreach (var t in tonnes) m.Entry("unit:press", "stock:ware", "tiles", t, "t", Basis.Measured);
        });
        Assert.Equal("9.8 t", Output(Report(answer).Products.Single()));
        Said(answer, "notMade", ("product", "tiles"));
    }

    [Fact]
    public void No_output_at_all_is_refused() => Assert.Equal("products.footprint.noOutput",
        Assert.Throws<RefusedException>(() => Ask(m => m.Entry("unit:kiln", "stock:ware", "ware", "-12", "t",
            Basis.Measured))).Finding.Code);

    /// <summary>Of 9.8 t, 2 t go through the kiln again: 7.8 t bear what 9.8 t would have.</summary>
    [Fact]
    public void Rework_is_made_once()
    {
        var plain = Report(Ask(_ => { })).Products[0];
        var answer = Ask(m => m.Entry("stock:ware", "unit:kiln", "ware", "2", "t", Basis.Measured));
        var product = Report(answer).Products.Single();
        Assert.Equal(("7.8 t", plain.Total.Value), (Output(product), product.Total.Value));
        Assert.Equal(Amount.Divide(plain.Total.Value, Amount.Parse("7.8"), 12), product.PerUnit.Value);
        Said(answer, "reused", ("used", "2"), ("made", "9.8"));
    }

    /// <summary>All of the biscuit is fired again: the ware bears all and needs no key.</summary>
    [Fact]
    public void An_intermediate_that_is_used_up_is_no_product()
    {
        var answer = Ask(m =>
        {
            m.Entry("unit:press", "stock:ware", "biscuit", "11", "t", Basis.Measured);
            m.Entry("stock:ware", "unit:kiln", "biscuit", "12", "t", Basis.Measured);
        });
        Assert.Equal("ware", Report(answer).Products.Single().Product);
        Assert.Null(Report(answer).Key);
        Said(answer, "usedUp", ("product", "biscuit"), ("used", "12"));
    }

    /// <summary>1 t of biscuit is left over and bears its part beside 9.8 t of ware.</summary>
    [Fact]
    public void What_is_left_of_an_intermediate_is_one()
    {
        var products = Report(Ask(m =>
        {
            m.Entry("unit:press", "stock:ware", "biscuit", "11", "t", Basis.Measured);
            m.Entry("stock:ware", "unit:kiln", "biscuit", "10", "t", Basis.Measured);
        }, Mass)).Products;
        Assert.Equal(["1 t", "9.8 t"], products.Select(Output));
        Assert.Equal(Amount.Divide(100, Amount.Parse("10.8"), 6), products[0].Share!.Value);
    }

    [Theory]
    [InlineData("unit:press", "customer:shops", "tiles", "t", "leavesDirectly")]
    [InlineData("unit:kiln", "grid:GB", "electricity", "kWh", "leavesDirectly")]
    [InlineData("customer:hotels", "stock:ware", "ware", "t", "returned")]
    [InlineData("unit:kiln", "waste-handler:recovery", "ware", "t", "open")]
    public void What_is_no_output_is_named(string from, string to, string resource, string unit, string code)
    {
        var plain = Report(Ask(_ => { }));
        var answer = Ask(m => m.Entry(from, to, resource, "5", unit, Basis.Measured));
        Assert.Equal(plain.Products.Single().Output.Value, Report(answer).Products.Single().Output.Value);
        Assert.Equal(plain.Unknown.Length, Report(answer).Unknown.Length);
        Assert.StartsWith(resource, Said(answer, code).Args["items"], StringComparison.Ordinal);
    }

    /// <summary>120 t of clay come in and 80 are used: the line is of 120, and that is said.</summary>
    [Fact]
    public void What_is_bought_and_not_used_is_said()
    {
        var answer = Ask(m => m.Entry("stock:clay", "unit:press", "clay", "80", "t", Basis.Measured));
        Assert.Equal("clay (120 / 80 t)", Said(answer, "stocked").Args["items"]);
        Assert.DoesNotContain(Ask(m => m.Entry("stock:clay", "unit:press", "clay", "120", "t",
            Basis.Measured)).Findings, f => f.Code == "products.footprint.stocked");
    }

    /// <summary>A stock of another site makes what was made here no product of the other.</summary>
    [Fact]
    public void What_moves_between_sites_is_made_where_it_was_made()
    {
        var from = Ask(m => m.Entry("site:other", "stock:ware", "biscuit", "5", "t", Basis.Measured));
        Assert.Equal("ware", Report(from).Products.Single().Product);
        Assert.Contains(Report(from).Unknown, u => u.Item == "biscuit" && u.Quantity.Value == 5);
        Assert.True(Report(from).Partial);
        Said(from, "fromElsewhere", ("items", "biscuit (5 t)"));
        Assert.DoesNotContain(Report(Ask(m => m.Entry("site:other", "stock:ware", "ware", "5", "t",
            Basis.Measured))).Unknown, u => u.Item == "ware");
        var to = Ask(m => m.Entry("unit:kiln", "stock:far", "biscuit", "5", "t", Basis.Measured), Mass);
        Assert.Equal(["5 t", "9.8 t"], Report(to).Products.Select(Output));
    }

    /// <summary>Ware of September alone over two months of supplies: of August nothing is known.</summary>
    [Fact]
    public void Months_of_which_nothing_is_known_are_said()
    {
        var answer = FootprintTests.Ask(StokeSeptember.Whole(),
            Spec.Replace("2026-09", "2026-08/2026-09", StringComparison.Ordinal));
        Assert.True(Report(answer).Partial);
        Assert.Contains("natural-gas", Said(answer, "partial").Args["items"], StringComparison.Ordinal);
    }

    /// <summary>
    /// Whatever is made, corrected, taken back, sold off the kiln, sent back or credited, with units split or
    /// not: products and what is excluded are the inventory to the last digit, and no product bears less than
    /// nothing of a burden.
    /// </summary>
    [Fact]
    public void The_books_balance_whatever_moves() =>
        Gen.Select(Gen.Int[-30, 60].Array[6], Gen.Bool, Gen.Bool).Sample((tonnes, split, inMass) =>
        {
            (string From, string To, string Resource)[] ways = [("unit:press", "stock:ware", "tiles"),
                ("stock:ware", "unit:kiln", "tiles"), ("unit:press", "stock:ware", "biscuit"),
                ("stock:ware", "unit:kiln", "biscuit"), ("stock:ware", "unit:kiln", "ware"),
                ("customer:hotels", "stock:ware", "ware")];
            try
            {
                var report = Report(Ask(m =>
                {
                    foreach (var (way, t) in ways.Zip(tonnes))
                        m.Entry(way.From, way.To, way.Resource, $"{Amount.From(t, 1)}", "t", Basis.Measured);
                    m.Entry("supplier:clays", "stock:clay", "clay", "-200", "t", Basis.Invoiced,
                        ("payer", "us"), ("distance", "80 km"), ("vehicle", "HGV"), ("load", "unknown"));
                }, (inMass ? Mass : """
                    ,"allocation":{"key":"economic","reason":"prices","weights":[
                      {"product":"ware","value":"3"},{"product":"tiles","value":"2"},
                      {"product":"biscuit","value":"1"}]}
                    """) + (split ? ""","units":[{"unit":"kiln","products":["ware"]}]""" : "")));
                Assert.All(report.Products, p => Assert.True(p.Output.Value.Sign > 0 && p.Stages
                    .SelectMany(s => s.Lines).All(l => l.Part.Value.Sign == l.Whole.Value.Sign
                        || l.Part.Value.IsZero)));
                Assert.All(report.Products, p => Assert.InRange(p.Measured.Value.ToDouble(), 0, 100));
            }
            catch (RefusedException refused)
            {
                Assert.StartsWith("products.footprint.", refused.Finding.Code, StringComparison.Ordinal);
            }
        }, iter: 60);

    private static Answer Ask(Action<StokeSeptember> change, string more = "")
    {
        var month = StokeSeptember.Whole();
        month.Books.Add(new Site
        {
            Id = "other", Organisation = "stoke-ceramics", Country = "GB", Zone = "Europe/London",
            OperationalControl = true,
        }, new Stock { Id = "far", Site = "other" });
        change(month);
        var answer = FootprintTests.Ask(month, Spec + more);
        FootprintTests.Balanced(Report(answer));
        Assert.All(Explainer.All(answer.Report), f => Assert.Equal(f.Figure,
            Explainer.Explain(answer.Report, f.Pointer).Figure));
        return answer;
    }

    private static Finding Said(Answer answer, string code, params (string Name, string Value)[] args)
    {
        var finding = Assert.Single(answer.Findings, f => f.Code == "products.footprint." + code);
        foreach (var (name, value) in args) Assert.Equal(value, finding.Args[name]);
        Assert.NotNull(Catalogue.English.Remedy(finding));
        Assert.NotNull(Catalogue.Chinese.Remedy(finding));
        return finding;
    }

    private static string Output(FootprintProduct product) =>
        $"{product.Output.Value} {product.Output.Unit}";

    private static FootprintReport Report(Answer answer) => (FootprintReport)answer.Report;
}
