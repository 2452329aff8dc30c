using Celadon.Ledger;
using Celadon.Lenses.Carbon.Inventory;
using Celadon.Tests.Lenses.Carbon.Inventory.Fixtures;
using static Celadon.Tests.Lenses.Carbon.Inventory.InventoryAsking;

namespace Celadon.Tests.Lenses.Carbon.Inventory;

/// <summary>The worked month corrected, closed and adjusted.</summary>
public class CorrectionTests
{
    [Fact]
    public void A_corrected_bill_in_an_open_month_takes_the_place_of_the_wrong_one()
    {
        var month = StokeSeptember.Whole();
        var before = month.Books.Head;
        month.Books.Reverse(month.GasBill);
        month.Gas("11200");
        var (now, _) = Ask(month.Books.View(StokeSeptember.Month));
        Assert.Equal("125671.09", At(now, "/scope1/lines/0/quantity"));
        Assert.Equal("22911.0964179", At(now, "/scope1/lines/0"));
        Assert.Equal("3796.5236289", now.Scope3.Categories.Single(c => c.Category == 3).Lines
            .Single(l => l.Resource == "natural-gas").Kgco2e.Value.ToString());
        var (then, _) = Ask(month.Books.View(StokeSeptember.Month, before));
        Assert.Equal("24547.603956", At(then, "/scope1/lines/0"));
    }

    [Fact]
    public void Closing_changes_no_byte_of_the_answer()
    {
        var month = StokeSeptember.Whole();
        var before = Json(Ask(month.Books.View(StokeSeptember.Month)).Report);
        month.Books.Close("stoke", StokeSeptember.Month);
        Assert.Equal(before, Json(Ask(month.Books.View(StokeSeptember.Month)).Report));
    }

    [Fact]
    public void Late_readings_of_a_closed_month_stand_on_a_line_of_their_own()
    {
        var month = StokeSeptember.Whole();
        var closing = month.Books.Close("stoke", StokeSeptember.Month);
        var asClosed = Json(Ask(month.Books.View(StokeSeptember.Month)).Report);
        month.Books.Correct("m1", "20.10", "15.10");
        var (today, _) = Ask(month.Books.View(StokeSeptember.Month));
        Assert.Equal("5395.368656", At(today, "/scope2/location"));
        Assert.Equal("2776.168656", At(today, "/scope2/market"));
        var line = Assert.Single(today.Adjustments.Scope2.Location.Lines);
        Assert.Equal(("35.2", "4.609792"), ($"{line.Quantity.Value}", $"{line.Kgco2e.Value}"));
        Assert.Equal("4.609792", At(today, "/adjustments/scope2/location"));
        Assert.Equal("4.609792", At(today, "/adjustments/scope2/market"));
        Assert.Equal(asClosed, Json(Ask(month.Books.View(StokeSeptember.Month, closing)).Report));
    }

    [Fact]
    public void A_bill_corrected_after_closing_is_an_adjustment_of_scope_1_and_3()
    {
        var month = StokeSeptember.Whole();
        month.Books.Close("stoke", StokeSeptember.Month);
        month.Books.Reverse(month.GasBill);
        month.Gas("11200");
        var (today, _) = Ask(month.Books.View(StokeSeptember.Month));
        Assert.Equal("38568.445956", At(today, "/scope1/total/kgco2e"));
        var line = Assert.Single(today.Adjustments.Scope1.Lines);
        Assert.Equal("-8976.51", line.Quantity.Value.ToString());
        Assert.Equal("-1636.5075381", line.Kgco2e.Value.ToString());
        Assert.Equal("-271.1803671", Assert.Single(today.Adjustments.Scope3.Lines).Kgco2e.Value.ToString());
    }

    [Fact]
    public void Something_unknown_that_came_after_closing_leaves_the_totals_as_closed()
    {
        var month = StokeSeptember.Whole();
        month.Books.Close("stoke", StokeSeptember.Month);
        var partial = Ask(month.Books.View(StokeSeptember.Month)).Report.Scope1.Total!.Partial;
        month.Entry("unit:chiller", "atmosphere", "r-999", "1", "kg", Basis.Stated);
        var (today, _) = Ask(month.Books.View(StokeSeptember.Month));
        Assert.Contains(today.Unknown, u => u is { Resource: "r-999", Adjustment: true });
        Assert.Equal(partial, today.Scope1.Total!.Partial);
    }
}
