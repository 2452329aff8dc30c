using Celadon.Lenses;
using Celadon.Lenses.Carbon.Inventory;
using Celadon.Quantities;
using Celadon.Store;

namespace Celadon.Tests.Example;

/// <summary>
/// The worked month of the ledger, September 2026 at Stoke, through the example's real files: every figure
/// that is printed there.
/// </summary>
[Collection("example")]
public sealed class SeptemberTests(ExampleWorks works)
{
    private Asked September => works.Workspace.Ask(Questions.Get("carbon.inventory"), Stoke.SeptemberSpec);

    public static TheoryData<string, string, string, string, string, string, string> Printed => new()
    {
        // scope, category, resource, what multiplies, quantity, factor, kg CO2e
        { "1", "stationary", "natural-gas", "combustion", "134647.6", "0.18231", "24547.603956" },
        { "1", "mobile", "diesel", "combustion", "2300", "2.58354", "5942.142" },
        { "1", "fugitive", "r-410a", "fugitive", "4.2", "1923.5", "8078.7" },
        { "2-location", "electricity", "electricity", "electricity-generation", "41198.6", "0.13096",
            "5395.368656" },
        { "2-market", "electricity", "electricity", "certificate", "20000", "0", "0" },
        { "2-market", "electricity", "electricity", "grid-average", "21198.6", "0.13096", "2776.168656" },
        { "3", "1", "water-supply", "life-cycle", "310", "0.1913", "59.303" },
        { "3", "3", "natural-gas", "well-to-tank", "134647.6", "0.03021", "4067.703996" },
        { "3", "3", "diesel", "well-to-tank", "2300", "0.61101", "1405.323" },
        { "3", "3", "electricity", "transmission-loss", "41198.6", "0.01299", "535.169814" },
        { "3", "3", "electricity", "well-to-tank", "41198.6", "0.03682", "1516.932452" },
        { "3", "3", "electricity", "transmission-loss-well-to-tank", "41198.6", "0.00359", "147.902974" },
        { "3", "4", "clay", "transport", "9600", "0.10163", "975.648" },
        { "3", "5", "waste/commercial-and-industrial", "treatment", "3.4", "520.5327", "1769.81118" },
        { "3", "7", "travel/car", "travel", "26400", "0.16725", "4415.4" },
        { "3", "9", "ware", "transport", "1960", "0.10163", "199.1948" },
    };

    public static TheoryData<string> Reckoned =>
        [.. Expected.September.Lines.Select(l => $"{l.Scope}: {l.Name}")];

    [Theory]
    [MemberData(nameof(Printed))]
    public void A_line_is_as_printed(
        string scope, string category, string resource, string kind, string quantity, string factor,
        string kg)
    {
        var line = Assert.Single(September.Report().Lines(), l => l.Section == scope
            && l.Line.Category == category
            && l.Line.Resource == resource && l.Line.Kind == kind).Line;
        Assert.Equal((quantity, factor, kg, "kg CO2e"),
            ($"{line.Quantity.Value}", $"{line.Factor.Value}", $"{line.Kgco2e.Value}", line.Kgco2e.Unit));
    }

    [Theory]
    [MemberData(nameof(Reckoned))]
    public void A_line_is_as_the_generator_reckons_it(string name) => LineChecks.Equal(
        Expected.September.Lines.Single(l => $"{l.Scope}: {l.Name}" == name), September.Report(),
        works.Workspace.Library());

    [Fact]
    public void There_are_no_other_lines() => Assert.Equal(Printed.Count, September.Report().Lines().Count());

    [Theory]
    [InlineData("/scope1/total/kgco2e", "38568.445956")]
    [InlineData("/scope2/location/total/kgco2e", "5395.368656")]
    [InlineData("/scope2/market/total/kgco2e", "2776.168656")]
    [InlineData("/scope3/total/kgco2e", "15092.389216")]
    [InlineData("/biogenic/total/kgco2e", "322")]
    public void A_total_is_as_printed(string pointer, string value) =>
        Assert.Equal(value, September.At(pointer));

    [Fact]
    public void The_clay_has_no_factor_and_is_not_zero()
    {
        var clay = Assert.Single(September.Report().Unknown);
        Assert.Equal(("3", "1", "clay", "120", "t"),
            (clay.Scope, clay.Category, clay.Resource, $"{clay.Quantity.Value}", clay.Quantity.Unit));
        Assert.Contains(clay.Candidates, c => c.FactorId.Contains("aggregates", StringComparison.Ordinal));
        Assert.Contains(clay.Candidates, c => c.FactorId.Contains("bricks", StringComparison.Ordinal));
        Assert.Empty(September.Report().Questions);
    }

    [Fact]
    public void Other_editions_are_flagged_and_the_inert_waste_is_named()
    {
        Assert.Equal(["4", "5", "7", "9"], September.Report().Lines()
            .Where(l => l.Line.Flags.Any(f => f.Code == "nearest-edition")).Select(l => l.Line.Category));
        var waste = September.Report().Lines().Single(l => l.Line is { Scope: "3", Category: "5" }).Line;
        Assert.Contains(waste.Candidates, c =>
            c.FactorId.Contains("aggregates/landfill", StringComparison.Ordinal));
    }

    [Fact]
    public void The_bill_says_51_40_more_inside_the_class_of_the_meter()
    {
        var differs = Assert.Single(September.Answer.Findings, f => f.Code == "flow.differsWithinClass");
        Assert.Equal(("41198.6", "41250", "51.4", "0.12", "stoke-m1", "info"),
            (differs.Args["keptAmount"], differs.Args["otherAmount"], differs.Args["difference"],
                differs.Args["percent"], differs.Args["point"],
                differs.Severity == Celadon.Text.Severity.Info ? "info" : "more"));
        Assert.DoesNotContain(September.Answer.Findings, f => f.Code == "flow.differs");
    }

    [Fact]
    public void The_sub_meters_leave_863_kilowatt_hours()
    {
        var balance = Assert.Single(September.Answer.Findings, f => f.Code == "flow.notSubMetered");
        Assert.Equal(("41198.6", "40335.6", "863", "2.09"), (balance.Args["taken"], balance.Args["metered"],
            balance.Args["rest"], balance.Args["percent"]));
    }

    [Theory]
    [InlineData("kiln", "24010.2")]
    [InlineData("press", "8300.4")]
    [InlineData("compressors", "5120")]
    [InlineData("offices", "2000")]
    [InlineData("canteen", "905")]
    public void A_sub_meter_says_what_its_files_hold(string unit, string kilowattHours)
    {
        var measured = Measurements.Of(September.View!);
        var activity = Assert.Single(measured.Activities, a => a.To.ToString() == $"unit:{unit}"
            && a.Resource == "electricity");
        Assert.Equal(kilowattHours, activity.Quantity.Value.ToString());
        Assert.Equal(kilowattHours, Explainer.Leaves(activity.Quantity).Select(l => l.Contribution).Total()
            .ToString());
    }

    [Fact]
    public void Every_supply_of_the_month_is_wholly_known() => Assert.Equal(
        [
            "grid:GB → site:stoke electricity 100 %", "grid:gas → site:stoke natural-gas 100 %",
            "grid:water → site:stoke water-supply 100 %", "site:stoke → unit:canteen electricity 100 %",
            "site:stoke → unit:compressors electricity 100 %", "site:stoke → unit:kiln electricity 100 %",
            "site:stoke → unit:offices electricity 100 %", "site:stoke → unit:press electricity 100 %",
        ], September.Report().Coverage.Select(c => $"{c.From} → {c.To} {c.Resource} {c.Percent} %"));

    [Fact]
    public void The_leaves_of_scope_2_are_1440_half_hours_that_add_up()
    {
        var leaves = works.Workspace.Leaves(September, "/scope2/location/total/kgco2e").ToList();
        Assert.Equal(1440, leaves.Count);
        Assert.Equal("41198.6", leaves.Select(l => l.Amount).Total().ToString());
        Assert.Equal("5395.368656", leaves.Select(l => l.Contribution).Total().ToString());
        Assert.All(leaves, l => Assert.Equal(("reading", "stoke-m1-2026-q3.csv"), (l.Kind, l.File)));
    }

    [Fact]
    public void The_gas_explains_itself_down_to_row_7_of_its_bill()
    {
        var total = Explainer.Explain(September.Answer.Report, "/scope1/total/kgco2e");
        Assert.Equal(["24547.603956", "5942.142", "8078.7"], total.Operands.Select(o => $"{o.Figure.Value}"));
        var line = Explainer.Explain(September.Answer.Report, "/scope1/lines/0/kgco2e");
        Assert.Equal("formula.quantityTimesFactor", line.Formula);
        var energy = Explainer.Explain(September.Answer.Report, line.Operands[0].Pointer);
        Assert.Equal(["12000", "1.02264", "39.5", "3.6"], energy.Operands.Select(o => $"{o.Figure.Value}"));
        var factor = Assert.IsType<Trace.PackRow>(line.Operands[1].Figure.Trace);
        Assert.Equal(("uk-desnz-2026", "fuels/gaseous-fuels/natural-gas/kwh-gross-cv"),
            (factor.Pack, factor.Row));
        Assert.Contains("Open Government Licence", factor.Citation, StringComparison.Ordinal);
        var leaf = Assert.Single(works.Workspace.Leaves(September, "/scope1/lines/0/kgco2e"));
        Assert.Equal(("gas-2026-09.xlsx", 7, "12000", "m3", "24547.603956"),
            (leaf.File, leaf.Row, $"{leaf.Amount}", leaf.Unit, $"{leaf.Contribution}"));
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(
            Path.Combine(ExampleWorks.Source, "inputs/stoke/bills/gas-2026-09.xlsx")))), leaf.Sha256);
    }
}
