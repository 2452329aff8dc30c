using Celadon.Lenses;
using Celadon.Lenses.Carbon.Inventory;
using Celadon.Quantities;
using Celadon.Tests.Lenses.Carbon.Inventory.Fixtures;
using static Celadon.Tests.Lenses.Carbon.Inventory.InventoryAsking;

namespace Celadon.Tests.Lenses.Carbon.Inventory;

/// <summary>The worked month of docs/ledger.md, figure by figure.</summary>
public class SeptemberTests
{
    private static readonly (InventoryReport Report, Answer Answer) September =
        Ask(StokeSeptember.Whole().Books.View(StokeSeptember.Month));

    public static TheoryData<string, string, string, string, string, string, string> Lines => new()
    {
        { "1", "stationary", "natural-gas", "combustion", "134647.6", "0.18231", "24547.603956" },
        { "1", "mobile", "diesel", "combustion", "2300", "2.58354", "5942.142" },
        { "1", "fugitive", "r-410a", "fugitive", "4.2", "1923.5", "8078.7" },
        { "2", "electricity", "electricity", "electricity-generation", "41198.6", "0.13096", "5395.368656" },
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

    [Theory]
    [MemberData(nameof(Lines))]
    public void A_line_is_as_printed(
        string scope, string category, string resource, string kind, string quantity, string factor,
        string kg)
    {
        var line = Assert.Single(All(September.Report), l => l.Scope == scope && l.Category == category
            && l.Resource == resource && l.Kind == kind);
        Assert.Equal((quantity, factor, kg),
            ($"{line.Quantity.Value}", $"{line.Factor.Value}", $"{line.Kgco2e.Value}"));
        Assert.Equal("kg CO2e", line.Kgco2e.Unit);
    }

    [Theory]
    [InlineData("/scope1/total/kgco2e", "38568.445956")]
    [InlineData("/scope1/total", "38568.445956")]
    [InlineData("/scope1", "38568.445956")]
    [InlineData("/scope1/lines/0", "24547.603956")]
    [InlineData("/scope1/lines/0/kgco2e/@/0", "134647.6")]
    [InlineData("/scope2/location", "5395.368656")]
    [InlineData("/scope2/location/total/kgco2e", "5395.368656")]
    [InlineData("/scope2/market", "2776.168656")]
    [InlineData("/scope2/market/lines/1/quantity", "21198.6")]
    [InlineData("/scope3/total/kgco2e", "15092.389216")]
    [InlineData("/biogenic/total/kgco2e", "322")]
    [InlineData("/scope1/total/byGas/hfc", "8078.7")]
    [InlineData("/scope1/total/byGas/co2", "30363.589344")]
    [InlineData("/iso14064/0/total/kgco2e", "38568.445956")]
    [InlineData("/energy/1/kwh", "41198.6")]
    public void A_number_stands_at_its_pointer(string pointer, string value) =>
        Assert.Equal(value, At(September.Report, pointer));

    [Fact]
    public void There_are_no_other_lines() => Assert.Equal(Lines.Count + 1, All(September.Report).Count());

    [Fact]
    public void The_clay_is_unknown_with_candidates_and_not_zero()
    {
        var clay = Assert.Single(September.Report.Unknown);
        Assert.Equal(("3", "1", "clay", "120"),
            (clay.Scope, clay.Category, clay.Resource, $"{clay.Quantity.Value}"));
        Assert.Contains(clay.Candidates, c => c.FactorId.Contains("aggregates", StringComparison.Ordinal));
        Assert.Contains(clay.Candidates, c => c.FactorId.Contains("bricks", StringComparison.Ordinal));
        Assert.True(September.Report.Scope3.Total!.Partial);
        Assert.False(September.Report.Scope1.Total!.Partial);
    }

    [Fact]
    public void The_certificate_covers_twenty_megawatt_hours_and_the_rest_is_warned_of()
    {
        var market = September.Report.Scope2.Market.Lines;
        Assert.Equal(["certificate", "grid-average"], market.Select(l => l.Kind));
        Assert.Equal(("20000", "0"), ($"{market[0].Quantity.Value}", $"{market[0].Kgco2e.Value}"));
        Assert.Single(September.Answer.Of("inventory.noResidualMix"));
    }

    [Fact]
    public void Other_editions_are_flagged()
    {
        var flagged = All(September.Report).Where(l => l.Flags.Any(f => f.Code == "nearest-edition"))
            .Select(l => l.Category).Order(StringComparer.Ordinal);
        Assert.Equal(["4", "5", "7", "9"], flagged);
    }

    [Fact]
    public void A_ceramic_waste_names_the_inert_candidate()
    {
        var waste = All(September.Report).Single(l => l.Category == "5");
        Assert.Contains(waste.Candidates, c => c.FactorId.Contains("aggregates", StringComparison.Ordinal)
            && c.FactorId.Contains("landfill", StringComparison.Ordinal));
    }

    [Fact]
    public void The_bill_differs_within_the_class_of_the_meter()
    {
        var differs = Assert.Single(September.Answer.Of("flow.differsWithinClass"));
        Assert.Equal(("51.4", "0.12"), (differs.Args["difference"], differs.Args["percent"]));
    }

    [Fact]
    public void The_leaves_of_scope_2_are_the_readings_of_the_month()
    {
        var leaves = Explainer.Leaves(Explainer.Find(September.Report, "/scope2/location").Figure).ToList();
        Assert.Equal(1440, leaves.Count);
        Assert.Equal("41198.6", leaves.Aggregate(Amount.Zero, (sum, leaf) => sum + leaf.Amount).ToString());
        Assert.All(leaves, leaf => Assert.Equal("m1", leaf.Meter));
    }

    [Fact]
    public void The_gas_line_explains_itself_down_to_the_bill()
    {
        var books = StokeSeptember.Whole();
        var (report, _) = Ask(books.Books.View(StokeSeptember.Month));
        var line = Explainer.Explain(report, "/scope1/lines/0");
        Assert.Equal("formula.quantityTimesFactor", line.Formula);
        var factor = Assert.IsType<Trace.PackRow>(line.Operands[1].Figure.Trace);
        Assert.Equal(("uk-desnz-2026", "fuels/gaseous-fuels/natural-gas/kwh-gross-cv"),
            (factor.Pack, factor.Row));
        var quantity = Explainer.Explain(report, line.Operands[0].Pointer);
        Assert.Equal("formula.inventory.energy", quantity.Formula);
        Assert.Equal(["12000", "1.02264", "39.5", "3.6"], quantity.Operands.Select(o => $"{o.Figure.Value}"));
        var stated = Assert.IsType<Trace.Fact>(quantity.Operands[2].Figure.Trace);
        Assert.Equal((books.GasBill, "calorificValue"), (stated.Position, stated.Name));
        var leaf = Assert.Single(Explainer.Leaves(quantity.Figure));
        Assert.Equal((books.GasBill, "12000", "m3"), (leaf.Position, $"{leaf.Amount}", leaf.Unit));
    }

    internal static IEnumerable<InventoryLine> All(InventoryReport report) =>
        report.Scope1.Lines.Concat(report.Scope2.Location.Lines)
            .Concat(report.Scope3.Categories.SelectMany(c => c.Lines)).Concat(report.Biogenic.Lines);
}
