using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Tests.Lenses.Carbon.Inventory.Fixtures;
using static Celadon.Tests.Lenses.Carbon.Inventory.InventoryAsking;

namespace Celadon.Tests.Lenses.Carbon.Inventory;

/// <summary>Totals of months: their sum is the whole, instruments where they were used.</summary>
public class MonthlyTests
{
    [Fact]
    public void A_month_alone_is_the_whole()
    {
        var month = Assert.Single(Ask(StokeSeptember.Whole().Books.View(StokeSeptember.Month),
            """{"period":"2026-09","gwp":"AR5","allowNearestEdition":true,"byMonth":true}""").Report.Months!.Value);
        Assert.Equal("38568.445956", $"{month.Scope1!.Kgco2e.Value}");
        Assert.Equal("5395.368656", $"{month.Scope2Location!.Kgco2e.Value}");
        Assert.Equal("2776.168656", $"{month.Scope2Market!.Kgco2e.Value}");
        Assert.Equal("15092.389216", $"{month.Scope3!.Kgco2e.Value}");
        Assert.Equal("4415.4", $"{month.Scope3.Estimated!.Value}");
        Assert.Equal(["3"], month.Unknown);
    }

    /// <summary>20 MWh of certificate: 15,000 kWh in August, the rest of it in September.</summary>
    [Fact]
    public void An_instrument_counts_in_the_months_it_covers()
    {
        var month = new StokeSeptember();
        month.Books.Entry("grid:GB", "site:stoke", "electricity", "15000", "kWh", "2026-08-01", "2026-08-31",
            Basis.Invoiced);
        month.Books.Entry("grid:GB", "site:stoke", "electricity", "30000", "kWh", "2026-09-01", "2026-09-30",
            Basis.Invoiced);
        month.Books.Add(StokeSeptember.Certificate);
        var report = Ask(month.Books.View("2026-08/2026-09"),
            """{"period":"2026-08/2026-09","gwp":"AR5","byMonth":true}""").Report;
        Assert.Equal(["0", "3274"], report.Months!.Value.Select(m => $"{m.Scope2Market!.Kgco2e.Value}"));
        Assert.Equal(["1964.4", "3928.8"],
            report.Months!.Value.Select(m => $"{m.Scope2Location!.Kgco2e.Value}"));
        Assert.Equal(report.Scope2.Market.Total!.Kgco2e.Value, report.Months!.Value.Aggregate(Amount.Zero,
            (sum, m) => sum + m.Scope2Market!.Kgco2e.Value));
    }

    [Fact]
    public void Months_are_not_in_an_answer_that_did_not_ask() =>
        Assert.Null(Ask(StokeSeptember.Whole().Books.View(StokeSeptember.Month)).Report.Months);
}
