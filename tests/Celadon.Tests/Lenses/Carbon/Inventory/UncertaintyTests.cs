using Celadon.Ledger;
using Celadon.Lenses.Carbon.Inventory;
using Celadon.Tests.Lenses.Carbon.Inventory.Fixtures;
using static Celadon.Tests.Lenses.Carbon.Inventory.InventoryAsking;

namespace Celadon.Tests.Lenses.Carbon.Inventory;

/// <summary>The uncertainty of the worked month: who states what, and error propagation by hand.</summary>
public class UncertaintyTests
{
    private const string Ranges = """
        {"period":"2026-09","gwp":"AR5","allowNearestEdition":true,"uncertainty":{
          "bases":[{"basis":"invoiced","uncertainty":"2 %","source":"bills of the supplier"}],
          "factors":[
            {"pack":"uk-desnz-2026","kind":"combustion","uncertainty":"3 %","source":"a test"},
            {"pack":"uk-desnz-2026","kind":"electricity-generation","uncertainty":"5 %","source":"a test"},
            {"pack":"uk-desnz-2026","kind":"grid-average","uncertainty":"5 %","source":"a test"},
            {"pack":"uk-desnz-2026","kind":"transmission-loss","uncertainty":"5 %","source":"a test"}]}}
        """;

    private static readonly (InventoryReport Report, Celadon.Lenses.Answer Answer) September =
        Ask(StokeSeptember.Whole().Books.View(StokeSeptember.Month), Ranges);

    /// <summary>
    /// Gas: √(2² + 3²) = 3.61 %. Electricity: √(1² + 5²) = 5.10 %. Market-based: 1 % of all kWh at the grid's
    /// average, since the certificate's MWh are what they are, and 5 % of what is left. Together: the meter
    /// hangs on generation and on losses, wholly correlated.
    /// </summary>
    [Theory]
    [InlineData("/uncertainty/scope1/covered", "24547.603956")]
    [InlineData("/uncertainty/scope1/halfWidth", "885.076448")]
    [InlineData("/uncertainty/scope1/percent", "3.605551")]
    [InlineData("/uncertainty/scope1/coveredPercent", "63.646858")]
    [InlineData("/uncertainty/scope2Location/halfWidth", "275.110901")]
    [InlineData("/uncertainty/scope2Location/percent", "5.09902")]
    [InlineData("/uncertainty/scope2Location/coveredPercent", "100")]
    [InlineData("/uncertainty/scope2Market/halfWidth", "148.925422")]
    [InlineData("/uncertainty/scope2Market/percent", "5.364423")]
    [InlineData("/uncertainty/withLocation/covered", "30478.142426")]
    [InlineData("/uncertainty/withLocation/halfWidth", "927.560494")]
    [InlineData("/uncertainty/withLocation/percent", "3.043363")]
    [InlineData("/uncertainty/numbers/0/percent", "3")]
    [InlineData("/uncertainty/numbers/0/variancePercent", "63.034199")]
    public void The_intervals_are_as_worked_by_hand(string pointer, string value) =>
        Assert.Equal(value, At(September.Report, pointer));

    [Fact]
    public void Lines_without_a_stated_uncertainty_are_listed_with_what_is_missing()
    {
        var open = September.Report.Uncertainty!.Open;
        Assert.Equal(["activity"], open.Single(l => l.Resource == "diesel" && l.Scope == "1").Missing);
        Assert.Equal(["activity", "factor"], open.Single(l => l.Resource == "r-410a").Missing);
        Assert.Equal(["factor"],
            open.Single(l => l.Resource == "electricity" && l.Kind == "well-to-tank").Missing);
        Assert.DoesNotContain(open, l => l.Scope is "2-location" or "2-market");
        Assert.Equal("51.6", Assert.Single(September.Answer.Of("inventory.uncertaintyOpen")).Args["percent"]);
    }

    [Fact]
    public void A_meter_is_one_number_wherever_its_kilowatt_hours_are_used()
    {
        var meter = September.Report.Uncertainty!.Numbers.Single(n => n.Id == "meter:m1");
        Assert.Equal(("meter", "1", "5930.53847"),
            (meter.Kind, $"{meter.Percent.Value}", $"{meter.Kgco2e.Value}"));
    }

    [Fact]
    public void Nothing_is_assumed_where_nothing_is_stated()
    {
        var (report, _) = Ask(StokeSeptember.Whole().Books.View(StokeSeptember.Month),
            """{"period":"2026-09","gwp":"AR5","allowNearestEdition":true,"uncertainty":{}}""");
        Assert.Null(report.Uncertainty!.Scope1);
        Assert.Null(report.Uncertainty.WithLocation);
        Assert.All(report.Uncertainty.Open, l => Assert.Contains("factor", l.Missing));
        Assert.Null(Ask(StokeSeptember.Whole().Books.View(StokeSeptember.Month)).Report.Uncertainty);
    }

    [Fact]
    public void A_document_speaks_before_a_range_and_an_estimate_never_has_the_meters_accuracy()
    {
        var month = new StokeSeptember();
        month.Entry("stock:diesel", "unit:forklifts", "diesel", "100", "L", Basis.Calculated,
            ("blend", "average-biofuel-blend"), ("uncertainty", "4 %"));
        month.Entry("grid:GB", "site:stoke", "electricity", "500", "kWh", Basis.Estimated, ("meter", "m1"));
        var (report, answer) = Ask(month.Books.View(StokeSeptember.Month), Ranges);
        Assert.Contains(report.Uncertainty!.Numbers,
            n => n.Kind == "document" && $"{n.Percent.Value}" == "4");
        Assert.DoesNotContain(report.Uncertainty.Numbers, n => n.Kind == "meter");
        Assert.Equal(["activity"], report.Uncertainty.Open.Single(l => l.Scope == "2-location").Missing);
        month.Entry("stock:diesel", "unit:forklifts", "diesel", "10", "L", Basis.Calculated,
            ("blend", "average-biofuel-blend"), ("uncertainty", "rather well"));
        Assert.Single(Ask(month.Books.View(StokeSeptember.Month), Ranges).Answer
            .Of("inventory.uncertaintyUnreadable"));
        Assert.Empty(answer.Of("inventory.uncertaintyUnreadable"));
    }
}
