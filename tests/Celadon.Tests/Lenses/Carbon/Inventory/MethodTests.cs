using Celadon.Ledger;
using Celadon.Lenses;
using Celadon.Lenses.Carbon.Inventory;
using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Tests.Lenses.Carbon.Inventory.Fixtures;
using Celadon.Tests.Packs;
using CsCheck;
using static Celadon.Tests.Lenses.Carbon.Inventory.InventoryAsking;

namespace Celadon.Tests.Lenses.Carbon.Inventory;

/// <summary>
/// Order, GWP sets, consolidation, and the worked cases V36, V37, V39 and V40 of the reference.
/// </summary>
public class MethodTests
{
    [Fact]
    public void Any_order_and_any_repetition_of_readings_gives_the_same_bytes()
    {
        var printed = Json(Ask(StokeSeptember.Whole().Books.View(StokeSeptember.Month)).Report);
        var count = new StokeSeptember().Documents.Count;
        Gen.Shuffle(Enumerable.Range(0, count + 2).ToArray()).Sample(order =>
        {
            var month = new StokeSeptember();
            foreach (var document in order) month.Documents[document % count]();
            Assert.Equal(printed, Json(Ask(month.Books.View(StokeSeptember.Month)).Report));
        }, iter: 12, seed: "0N0XIzNsQ0O2");
    }

    [Theory]
    [InlineData("AR5", "", "182.31")]
    [InlineData("AR5", ""","methane":"fossil" """, "182.33")]
    [InlineData("AR5", ""","methane":"nonFossil" """, "182.31")]
    [InlineData("AR6", "", "182.30271698113208")]
    public void V36_a_thousand_kilowatt_hours_of_gas(string gwp, string methane, string kg)
    {
        var month = new StokeSeptember();
        month.Books.Entry("grid:gas", "unit:kiln", "natural-gas", "1000", "kWh", StokeSeptember.First,
            StokeSeptember.Last, Basis.Invoiced, CalorificBasis.Gross);
        var (report, _) = Ask(month.Books.View(StokeSeptember.Month),
            $$"""{"period":"2026-09","gwp":"{{gwp}}"{{methane}}}""");
        var total = Amount.Parse(At(report, "/scope1/total/kgco2e"));
        Assert.Equal(Amount.Parse(kg), total.Round(14));
        if (gwp == "AR5") Assert.Equal("30.21", At(report, "/scope3/total/kgco2e"));
        else Assert.Contains(report.Unknown, u => u.Reason.Code == "packs.refused.notSplit");
    }

    [Fact]
    public void V37_ten_thousand_kilowatt_hours_of_power()
    {
        var month = new StokeSeptember();
        month.Entry("grid:GB", "site:stoke", "electricity", "10000", "kWh", Basis.Invoiced);
        var (report, _) = Ask(month.Books.View(StokeSeptember.Month));
        Assert.Equal("1309.6", At(report, "/scope2/location"));
        Assert.Equal(["129.9", "35.9", "368.2"], report.Scope3.Categories.Single().Lines
            .OrderBy(l => l.Kind, StringComparer.Ordinal).Select(l => $"{l.Kgco2e.Value}"));
    }

    [Fact]
    public void V39_a_report_has_one_gwp_set_and_leaves_out_by_name_what_it_cannot_give()
    {
        var view = StokeSeptember.Whole().Books.View(StokeSeptember.Month);
        var (report, _) = Ask(view, """{"period":"2026-09","gwp":"AR6","allowNearestEdition":true}""");
        Assert.Equal("9473.1", $"{report.Scope1.Lines.Single(l => l.Resource == "r-410a").Kgco2e.Value}");
        var leftOut = report.Unknown.Where(u => u.Reason.Code == "packs.refused.notSplit")
            .Select(u => u.Resource);
        Assert.Contains("water-supply", leftOut);
        Assert.True(report.Scope3.Total!.Partial);
        Assert.DoesNotContain(SeptemberTests.All(report), l =>
            l.NotSplit is not null && l.NotSplit.Value.Abs() > 1);
        Assert.Equal("ask.spec.missing", Assert.Throws<Celadon.Text.RefusedException>(() =>
            InventoryAsking.Question.ReadSpec("""{"period":"2026-09"}""")).Finding.Code);
    }

    [Fact]
    public void Under_AR4_a_blend_weighs_what_its_parts_weigh()
    {
        var (report, _) = Ask(StokeSeptember.Whole().Books.View(StokeSeptember.Month),
            """{"period":"2026-09","gwp":"AR4","allowNearestEdition":true}""");
        Assert.Equal("8767.5", $"{report.Scope1.Lines.Single(l => l.Resource == "r-410a").Kgco2e.Value}");
    }

    [Fact]
    public void V40_pellets_count_methane_and_nitrous_oxide_and_their_carbon_stands_apart()
    {
        var gas =
            PacksUnderTest.Library.Factor("uk-desnz-2026:fuels/gaseous-fuels/natural-gas/kwh-gross-cv")!;
        var pellets = gas with
        {
            Id = "pellets",
            Resource = "wood-pellets",
            Value = Amount.Parse("0.002178"),
            Co2 = Amount.Zero,
            Ch4 = Amount.Parse("0.001512"),
            N2o = Amount.Parse("0.000666"),
            Biogenic = Amount.Parse("0.390"),
        };
        var packs = FactorLibrary.From(PacksUnderTest.Library.Packs.Select(p => p.Header.Id == "uk-desnz-2026"
            ? p with { Factors = p.Factors.Add(pellets) } : p));
        var month = new StokeSeptember();
        month.Books.Entry("stock:clay", "unit:kiln", "wood-pellets", "1000", "kWh", StokeSeptember.First,
            StokeSeptember.Last, Basis.Stated, CalorificBasis.Gross);
        var (report, _) = Ask(month.Books.View(StokeSeptember.Month), packs: packs);
        Assert.Equal("2.178", At(report, "/scope1"));
        Assert.Equal("0", At(report, "/scope1/total/byGas/co2"));
        Assert.Equal(("390", "kg CO2"), (At(report, "/biogenic"), report.Biogenic.Total!.Kgco2e.Unit));
    }

    [Fact]
    public void Biogenic_carbon_stands_apart_also_where_the_gwp_set_leaves_the_rest_out()
    {
        var month = new StokeSeptember();
        month.Entry("stock:clay", "unit:kiln", "wood-pellets", "2", "t", Basis.Stated);
        var (report, _) = Ask(month.Books.View(StokeSeptember.Month));
        Assert.Null(report.Scope1.Total);
        Assert.Contains(report.Unknown, u => u is { Scope: "1", Reason.Code: "packs.refused.notSplit" });
        Assert.Equal("3354.36", At(report, "/biogenic"));
    }

    [Fact]
    public void An_equity_share_counts_the_share_of_every_line()
    {
        var view = StokeSeptember.Whole().Books.View(StokeSeptember.Month);
        var (report, _) = Ask(view,
            """{"period":"2026-09","gwp":"AR5","consolidation":"equity-share","allowNearestEdition":true}""");
        Assert.Equal("28926.334467", At(report, "/scope1"));
        Assert.Equal("28926.334467", At(report, "/sites/0/scope1"));
        var line = Explainer.Explain(report, "/scope1/lines/0");
        Assert.Equal("formula.inventory.quantityTimesFactorTimesShare", line.Formula);
        Assert.IsType<Trace.Registered>(line.Operands[2].Figure.Trace);
    }

    [Fact]
    public void Other_approaches_stand_beside_when_asked()
    {
        const string spec = """
            {"period":"2026-09","gwp":"AR5","allowNearestEdition":true,
             "compare":["equity-share","financial-control"]}
            """;
        var (report, _) = Ask(StokeSeptember.Whole().Books.View(StokeSeptember.Month), spec);
        Assert.Equal(["28926.334467", "38568.445956"],
            report.Comparison.Select(c => $"{c.Scope1!.Kgco2e.Value}"));
    }

    [Fact]
    public void A_site_outside_the_boundary_or_of_unknown_control_does_not_count()
    {
        var month = StokeSeptember.Whole();
        var site = month.Books.View(StokeSeptember.Month).Registers.Find<Site>("stoke")!;
        month.Books.Add(site with { OperationalControl = false });
        var (outside, none) = Ask(month.Books.View(StokeSeptember.Month));
        Assert.Null(outside.Scope1.Total);
        Assert.False(Assert.Single(outside.Sites).Included);
        Assert.Empty(none.Of("inventory.controlNotStated"));
        month.Books.Add(site with { OperationalControl = null });
        var (untold, said) = Ask(month.Books.View(StokeSeptember.Month));
        Assert.Null(untold.Scope1.Total);
        Assert.Single(said.Of("inventory.controlNotStated"));
    }

    [Theory]
    [InlineData("""{"period":"2026-09","gwp":"AR5","sites":["atlantis"]}""", "inventory.siteUnknown")]
    [InlineData("""{"period":"2026-09","gwp":"AR5","organisation":"other"}""",
        "inventory.organisationUnknown")]
    public void What_does_not_exist_is_refused(string spec, string code) =>
        Assert.Equal(code, Refused(StokeSeptember.Whole().Books.View(StokeSeptember.Month), spec));

    [Fact]
    public void Bought_fuel_counts_as_burned_only_by_the_stated_rule_and_never_twice()
    {
        const string spec = """{"period":"2026-09","gwp":"AR5","boughtFuelCountsAsBurned":true}""";
        var bought = new StokeSeptember();
        bought.Entry("supplier:fuels", "stock:diesel", "diesel", "2000", "L", Basis.Invoiced);
        var view = bought.Books.View(StokeSeptember.Month);
        Assert.Null(Ask(view).Report.Scope1.Total);
        Assert.Equal("5167.08", At(Ask(view, spec).Report, "/scope1"));
        var burned = new StokeSeptember();
        burned.Diesel();
        Assert.Equal("5942.142", At(Ask(burned.Books.View(StokeSeptember.Month), spec).Report, "/scope1"));
    }
}
