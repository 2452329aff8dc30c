using Celadon.Ledger;
using Celadon.Lenses;
using Celadon.Lenses.Products;
using Celadon.Quantities;
using Celadon.Tests.Lenses.Carbon.Inventory.Fixtures;
using Celadon.Text;
using CsCheck;

namespace Celadon.Tests.Lenses.Products;

/// <summary>
/// What a unit took goes to what is made on it. In the worked month the kiln takes all the gas and 24,010.20
/// of 41,198.60 kWh, the press 8,300.40; ware comes from the kiln, tiles from the press.
/// </summary>
public sealed class FootprintUnitsTests
{
    private const string Spec = """
        "period":"2026-09","site":"stoke","rules":"iso14067","gwp":"AR5","electricity":"location",
        "allowNearestEdition":true,"allocation":{"key":"mass","reason":"the same body"}
        """;

    private const string Both = ""","units":[{"unit":"kiln"},{"unit":"press"}]""";

    [Fact]
    public void A_kiln_with_a_meter_burdens_only_what_is_fired_in_it()
    {
        var report = Report(Ask(Both));
        var (tiles, ware) = (report.Products[0], report.Products[1]);
        var gas = Lines(ware, "natural-gas", "1").Single();
        Assert.Equal(gas.Whole.Value, gas.Part.Value);
        Assert.True(Lines(tiles, "natural-gas", "1").Single().Part.Value.IsZero);
        var power = Lines(ware, "electricity", "2").Single();
        // 24,010.2 and two thirds of what no unit took: 8,888.
        Assert.Equal(Amount.Divide(power.Whole.Value * Amount.Parse("89806.6"), Amount.Parse("123595.8"), 8),
            power.Part.Value.Round(8));
        Assert.Equal(power.Whole.Value, power.Part.Value
            + Lines(tiles, "electricity", "2").Single().Part.Value);
        Assert.Equal(["electricity kiln 24010.2 ware", "electricity press 8300.4 tiles",
            "natural-gas kiln 12000 ware"], report.Units.Select(u =>
                $"{u.Resource} {u.Unit} {u.Metered.Value} {string.Join(' ', u.Products)}"));
        FootprintTests.Balanced(report);
    }

    /// <summary>What is not energy of a unit is shared as before.</summary>
    [Fact]
    public void The_rest_is_shared_by_the_key()
    {
        var (before, after) = (Report(Ask("")), Report(Ask(Both)));
        Assert.Equal(Lines(before.Products[1], "clay", "3.4").Select(l => l.Part.Value),
            Lines(after.Products[1], "clay", "3.4").Select(l => l.Part.Value));
        Assert.Equal(before.Reconciliation.Products.Value, after.Reconciliation.Products.Value);
        Assert.Empty(before.Units);
    }

    /// <summary>What the kiln passes on to the press is the press's: 23,010.2 and 9,300.4.</summary>
    [Fact]
    public void What_is_passed_on_to_another_unit_counts_there()
    {
        var month = FootprintTests.WithTiles("4.9");
        month.Entry("unit:kiln", "unit:press", "electricity", "1000", "kWh", Basis.Measured);
        Assert.Equal(["23010.2", "9300.4"], Report(FootprintTests.Ask(month, Spec + Both)).Units
            .Where(u => u.Resource == "electricity").Select(u => $"{u.Metered.Value}"));
    }

    /// <summary>Whatever the shares, each line's parts add up to it to the last digit.</summary>
    [Fact]
    public void The_books_balance_for_any_shares_and_units()
    {
        var month = FootprintTests.WithTiles("1");
        Gen.Select(Gen.Int[1, 999_999], Gen.Bool, Gen.Bool).Sample((n, kiln, press) =>
        {
            var (a, b) = (Amount.From(n, 6), Amount.From(1_000_000 - n, 6));
            var units = string.Join(',', new[] { kiln ? """{"unit":"kiln"}""" : "",
                press ? """{"unit":"press","products":["tiles","ware"]}""" : "" }.Where(u => u.Length > 0));
            var report = Report(FootprintTests.Ask(month, Spec.Replace(
                """{"key":"mass","reason":"the same body"}""", $$"""
                {"key":"stated","reason":"x","weights":[{"product":"ware","value":"{{a}}"},
                 {"product":"tiles","value":"{{b}}"}]}
                """, StringComparison.Ordinal) + $",\"units\":[{units}]"));
            FootprintTests.Balanced(report);
            Assert.All(report.Products[0].Stages.SelectMany(s => s.Lines).Zip(report.Products[1].Stages
                .SelectMany(s => s.Lines)), l => Assert.Equal(l.First.Whole.Value,
                    l.First.Part.Value + l.Second.Part.Value));
        }, iter: 12);
    }

    [Fact]
    public void Every_part_explains_itself()
    {
        var report = Report(Ask(Both));
        Assert.All(Explainer.All(report), f => Assert.Equal(f.Figure,
            Explainer.Explain(report, f.Pointer).Figure));
    }

    [Theory]
    [InlineData("""[{"unit":"sauna"}]""", "products.footprint.unit")]
    [InlineData("""[{"unit":"kiln"},{"unit":"kiln"}]""", "products.footprint.unit")]
    [InlineData("""[{"unit":"offices"}]""", "products.footprint.unitProducts")]
    [InlineData("""[{"unit":"kiln","products":["bowls"]}]""", "products.footprint.unitProducts")]
    [InlineData("""[{"unit":"sorting","products":["ware"]}]""", "products.footprint.unitNothing")]
    public void What_cannot_be_split_is_refused(string units, string code)
    {
        var month = FootprintTests.WithTiles("4.9");
        month.Books.Add(new Registers.PlantUnit { Id = "sorting", Site = "stoke", Kind = "process" });
        var refused = Assert.Throws<RefusedException>(() =>
            FootprintTests.Ask(month, Spec + ",\"units\":" + units));
        Assert.Equal(code, refused.Finding.Code);
        Assert.NotNull(Catalogue.English.Remedy(refused.Finding));
        Assert.NotNull(Catalogue.Chinese.Remedy(refused.Finding));
    }

    [Theory]
    [InlineData("900000", "kWh", "products.footprint.unitOver")]
    [InlineData("9", "MWh", "products.footprint.unitMeasure")]
    public void Units_that_took_more_or_in_other_measure_are_refused(string amount, string unit, string code)
    {
        var month = FootprintTests.WithTiles("4.9");
        month.Entry("site:stoke", "unit:chiller", "electricity", amount, unit, Basis.Measured);
        Assert.Equal(code, Assert.Throws<RefusedException>(() => FootprintTests.Ask(month, Spec
            + ""","units":[{"unit":"chiller","products":["ware"]}]""")).Finding.Code);
    }

    private static Answer Ask(string more) =>
        FootprintTests.Ask(FootprintTests.WithTiles("4.9"), Spec + more);

    private static FootprintReport Report(Answer answer) => (FootprintReport)answer.Report;

    private static IEnumerable<FootprintLine> Lines(FootprintProduct product, string item, string scope) =>
        product.Stages.SelectMany(s => s.Lines).Where(l => l.Item == item && l.Scope == scope);
}
