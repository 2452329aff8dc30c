using Celadon.Ledger;
using Celadon.Lenses.Carbon.Inventory;
using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Tests.Lenses.Carbon.Inventory.Fixtures;
using Celadon.Tests.Packs;
using CsCheck;
using static Celadon.Tests.Lenses.Carbon.Inventory.InventoryAsking;

namespace Celadon.Tests.Lenses.Carbon.Inventory;

/// <summary>Missing facts are asked for, missing factors are refused; nothing unknown is zero.</summary>
public class UnknownTests
{
    [Fact]
    public void Who_paid_the_carriage_is_asked_and_stands_in_neither_total()
    {
        var month = new StokeSeptember();
        month.Clay(null);
        month.Dispatch("customer");
        var (report, _) = Ask(month.Books.View(StokeSeptember.Month));
        var question = Assert.Single(report.Questions);
        Assert.Equal(("payer", "3", "clay"), (question.Fact, question.Scope, question.Resource));
        Assert.Equal(["4", "9"], question.Categories);
        Assert.Equal("975.648", question.Kgco2e!.Value.ToString());
        Assert.Equal(("4", "975.648"), (question.Options.Single(o => o.Value == "us").Category,
            question.Options.Single(o => o.Value == "us").Kgco2e!.Value.ToString()));
        Assert.Equal("199.1948", At(report, "/scope3/total/kgco2e"));
        Assert.True(report.Scope3.Total!.Partial);
    }

    [Fact]
    public void An_outbound_carriage_leads_to_either_category()
    {
        var month = new StokeSeptember();
        month.Entry("stock:ware", "customer:hotels", "ware", "9.8", "t", Basis.Invoiced,
            ("distance", "200 km"), ("vehicle", "HGV"));
        var options = Assert.Single(Ask(month.Books.View(StokeSeptember.Month)).Report.Questions).Options;
        Assert.Equal("4", options.Single(o => o.Value == "us").Category);
        Assert.Equal("9", options.Single(o => o.Value == "customer").Category);
        Assert.Equal(2, options.Length);
        Assert.All(options, o =>
            Assert.Equal("199.1948", $"{o.Kgco2e!.Value}"));
    }

    [Fact]
    public void The_route_of_a_waste_is_asked_with_what_each_would_add()
    {
        var month = new StokeSeptember();
        month.Waste(null);
        var (report, _) = Ask(month.Books.View(StokeSeptember.Month));
        var question = Assert.Single(report.Questions);
        Assert.Equal("route", question.Fact);
        Assert.Equal("1769.81118", $"{question.Options.Single(o => o.Value == "landfill").Kgco2e!.Value}");
        Assert.Null(report.Scope3.Total);
    }

    [Fact]
    public void Gas_by_the_cubic_metre_without_a_calorific_value_is_refused()
    {
        var month = new StokeSeptember();
        month.Gas("12000", calorific: null);
        var (report, answer) = Ask(month.Books.View(StokeSeptember.Month));
        Assert.Null(report.Scope1.Total);
        Assert.Equal(["1", "3"], report.Unknown.Select(u => u.Scope));
        Assert.All(report.Unknown, u => Assert.Equal("inventory.noCalorificValue", u.Reason.Code));
        Assert.Equal(2, answer.Of("inventory.noCalorificValue").Count);
    }

    [Theory]
    [InlineData("39.5 MJ/m3", "1.02264", "inventory.calorificUnreadable")]
    [InlineData("about forty", "1.02264", "inventory.calorificUnreadable")]
    [InlineData("39.5 MJ/m3 gross", null, "inventory.noVolumeCorrection")]
    [InlineData("53 MJ/kg gross", "1.02264", "inventory.noDensity")]
    [InlineData("53 MJ/piece gross", "1.02264", "inventory.calorificUnlike")]
    public void Half_a_calorific_value_is_no_calorific_value(string calorific, string? correction,
        string reason)
    {
        var month = new StokeSeptember();
        month.Gas("12000", calorific, correction);
        var (report, _) = Ask(month.Books.View(StokeSeptember.Month));
        Assert.All(report.Unknown, u => Assert.Equal(reason, u.Reason.Code));
        Assert.Equal(2, report.Unknown.Length);
    }

    [Fact]
    public void An_unknown_gas_and_an_unknown_resource_are_refused()
    {
        var month = new StokeSeptember();
        month.Entry("unit:chiller", "atmosphere", "r-999", "1", "kg", Basis.Stated);
        month.Entry("unit:chiller", "atmosphere", "r-405a", "1", "t", Basis.Stated);
        month.Entry("supplier:moon", "site:stoke", "moon dust", "1", "t", Basis.Stated);
        var (report, _) = Ask(month.Books.View(StokeSeptember.Month));
        Assert.Contains(report.Unknown, u =>
            u is { Resource: "r-999", Reason.Code: "inventory.resourceUnknown" });
        Assert.Contains(report.Unknown, u =>
            u is { Resource: "moon dust", Reason.Code: "inventory.resourceUnknown" });
        Assert.DoesNotContain(SeptemberTests.All(report), l => l.Kgco2e.Value.IsZero);
    }

    [Fact]
    public void What_is_unknown_makes_the_scope_it_would_stand_in_partial_and_no_other()
    {
        var month = StokeSeptember.Whole();
        month.Entry("supplier:presses", "unit:press", "a press", "86000", "GBP", Basis.Invoiced,
            ("capitalised", "yes"));
        var (report, _) = Ask(month.Books.View(StokeSeptember.Month));
        var press = Assert.Single(report.Unknown, u => u.Resource == "a press");
        Assert.Equal(("3", "2"), (press.Scope, press.Category));
        Assert.False(report.Scope1.Total!.Partial);
        Assert.False(report.Scope2.Location.Total!.Partial);
        Assert.False(report.Scope3.Categories.Single(c => c.Category == 5).Total.Partial);
    }

    [Fact]
    public void One_thing_in_two_units_of_mass_is_one_item()
    {
        var month = new StokeSeptember();
        month.Entry("supplier:frits", "stock:clay", "glaze-frit", "3.2", "t", Basis.Invoiced);
        month.Entry("supplier:frits", "stock:clay", "glaze-frit", "2800", "kg", Basis.Invoiced);
        var item = Assert.Single(Ask(month.Books.View(StokeSeptember.Month)).Report.Unknown);
        Assert.Equal(("6", "t"), ($"{item.Quantity.Value}", item.Quantity.Unit));
    }

    [Fact]
    public void A_class_of_vehicle_names_its_means()
    {
        var month = new StokeSeptember();
        month.Entry("stock:clay", "stock:ware", "ware", "10", "t", Basis.Invoiced,
            ("payer", "us"), ("distance", "19900 km"), ("vehicle", "container ship"));
        var line =
            Assert.Single(Ask(month.Books.View(StokeSeptember.Month)).Report.Scope3.Categories.Single()
            .Lines);
        Assert.Equal(("199000", "0.01612"), ($"{line.Quantity.Value}", $"{line.Factor.Value}"));
    }

    [Fact]
    public void Without_an_edition_that_applies_a_line_is_refused_unless_the_nearest_is_allowed()
    {
        var view = StokeSeptember.Whole().Books.View(StokeSeptember.Month);
        var (strict, _) = Ask(view, """{"period":"2026-09","gwp":"AR5"}""");
        Assert.Equal("38568.445956", At(strict, "/scope1"));
        Assert.Equal(["3"], strict.Scope3.Categories.Select(c => $"{c.Category}").Where(c => c == "3"));
        Assert.DoesNotContain(strict.Scope3.Categories, c => c.Category is 4 or 5 or 7 or 9);
        Assert.Equal(5, strict.Unknown.Length);
        Assert.All(strict.Unknown.Where(u => u.Resource != "clay"), u => Assert.NotEmpty(u.Candidates));
    }

    [Fact]
    public void Packs_without_rules_are_refused()
    {
        var refused = Assert.Throws<Celadon.Text.RefusedException>(() => InventoryAsking.Question.Compute(
            InventoryAsking.Question.ReadSpec(InventoryAsking.Spec),
            StokeSeptember.Whole().Books.View(StokeSeptember.Month), FactorLibrary.Empty,
            CancellationToken.None));
        Assert.Equal("inventory.noRules", refused.Finding.Code);
    }

    /// <summary>
    /// Whatever moves between whatever places: never a line of zero, and what crosses the fence is seen
    /// somewhere or belongs to a rule that says why not.
    /// </summary>
    [Fact]
    public void Random_movements_never_give_a_line_of_zero()
    {
        var resources = PacksUnderTest.Library.Resources.All.Select(r => r.Id).Append("moon-dust").ToArray();
        string[] from = ["supplier:x", "grid:GB", "grid:gas", "site:stoke", "unit:kiln", "stock:clay",
            "employee-travel"];
        string[] to = ["site:stoke", "unit:kiln", "unit:forklifts", "stock:clay", "customer:y", "atmosphere",
            "water", "soil", "waste-handler:z", "outside-asset:shop"];
        string[] units = ["kg", "t", "L", "m3", "Nm3", "kWh", "km", "tkm", "pkm", "GBP", "piece", "no-unit"];
        var movement = Gen.Select(
            Gen.Int[0, from.Length - 1].Select(i => from[i]), Gen.Int[0, to.Length - 1].Select(i => to[i]),
            Gen.Int[0, resources.Length - 1].Select(i => resources[i]),
            Gen.Int[0, units.Length - 1].Select(i => units[i]), Gen.Int[1, 1_000_000], Gen.Int[0, 3]);
        movement.Array[1, 12].Sample(movements =>
        {
            var month = new StokeSeptember();
            foreach (var (source, target, resource, unit, amount, facts) in movements)
                month.Entry(source, target, resource, $"{amount}", unit, Basis.Stated, FactsOf(facts));
            var (report, _) = Ask(month.Books.View(StokeSeptember.Month));
            Assert.DoesNotContain(SeptemberTests.All(report).Concat(report.Scope2.Market.Lines)
                .Concat(report.OutsideScopes.Lines).Concat(report.Removals.Lines)
                .Concat(report.Captured.Lines),
                line => line.Kgco2e.Value.IsZero && line.Scope != "biogenic");
            Assert.DoesNotContain(report.Unknown, u => u.Quantity.Value.IsZero);
        }, iter: 120, seed: "0N0XIzNsQ0O2");
    }

    private static (string, string?)[] FactsOf(int which) => which switch
    {
        1 => [("payer", "us"), ("distance", "80 km"), ("vehicle", "HGV"), ("route", "landfill"),
            ("mode", "car")],
        2 => [("calorificValue", "39.5 MJ/m3 gross"), ("volumeCorrection", "1.02264"), ("origin", "leak"),
            ("carbon", "fossil"), ("capitalised", "no")],
        3 => [("distance", "eighty"), ("vehicle", "sledge"), ("calorificValue", "1"),
            ("relation", "franchise")],
        _ => [],
    };
}
