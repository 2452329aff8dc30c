using Celadon.Ledger;
using Celadon.Lenses;
using Celadon.Lenses.Carbon.Inventory;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Tests.Lenses.Carbon.Inventory.Fixtures;
using static Celadon.Tests.Lenses.Carbon.Inventory.InventoryAsking;

namespace Celadon.Tests.Lenses.Carbon.Inventory;

/// <summary>
/// A works in Zhejiang: grid averages count CO2 alone, fuels go by net calorific value and the gas masses of
/// the IPCC.
/// </summary>
public class ChinaTests
{
    private const string Spec =
        """{"period":"2026-09","gwp":"AR5","allowNearestEdition":true,"allowWiderPlace":true}""";

    private static Books Works()
    {
        var books = new Books();
        books.Add(
            new Organisation { Id = "lq", Country = "CN" },
            new Site
            {
                Id = "longquan",
                Country = "CN",
                Region = "CN-ZJ",
                Zone = "Asia/Shanghai",
                OperationalControl = true,
            },
            new PlantUnit { Id = "kiln", Site = "longquan", Kind = "stationary" },
            new PlantUnit { Id = "chiller", Site = "longquan", Kind = "cooling" },
            new Stock { Id = "fuel", Site = "longquan" });
        return books;
    }

    private static void Entry(
        Books books, string from, string to, string resource, string amount, string unit,
        params (string Name, string? Value)[] facts) => books.Entry(
        from, to, resource, amount, unit, "2026-09-01", "2026-09-30", Basis.Invoiced, zone: "Asia/Shanghai",
        facts: facts);

    [Fact]
    public void Grid_averages_count_carbon_dioxide_alone_and_say_so()
    {
        var books = Works();
        Entry(books, "grid:CN", "site:longquan", "electricity", "10000", "kWh");
        var (report, _) = Ask(books.View("2026-09"), Spec);
        Assert.Equal("5306", At(report, "/scope2/location"));
        Assert.Equal("5306", At(report, "/scope2/location/total/byGas/co2"));
        var flags = Assert.Single(report.Scope2.Location.Lines).Flags;
        Assert.Contains(flags, f => f.Code == "co2-only");
        Assert.Contains(flags, f => f is { Code: "nearest-edition", Taken: "2023" });
        Assert.Contains(report.Caveats, c => c.Code == "inventory.caveat.co2Only");
    }

    [Fact]
    public void A_province_of_the_grid_takes_its_own_average()
    {
        var books = Works();
        Entry(books, "grid:CN-ZJ", "site:longquan", "electricity", "10000", "kWh");
        Assert.Equal("4974", At(Ask(books.View("2026-09"), Spec).Report, "/scope2/location"));
    }

    [Fact]
    public void Gas_in_normal_cubic_metres_goes_by_the_net_calorific_value_of_its_bill()
    {
        var books = Works();
        books.Entry("grid:gas", "unit:kiln", "natural-gas", "1000", "Nm3", "2026-09-01", "2026-09-20",
            Basis.Invoiced, zone: "Asia/Shanghai", facts: ("calorificValue", "35.6 MJ/Nm3 net"));
        books.Entry("grid:gas", "unit:kiln", "natural-gas", "500", "Nm3", "2026-09-21", "2026-09-30",
            Basis.Invoiced, zone: "Asia/Shanghai", facts: ("calorificValue", "36 MJ/Nm3 net"));
        var (report, _) = Ask(books.View("2026-09"), Spec);
        var line = Assert.Single(report.Scope1.Lines);
        Assert.Equal(("0.0536", "TJ"), ($"{line.Quantity.Value}", line.Quantity.Unit));
        Assert.Equal("3009.8812", $"{line.Kgco2e.Value}");
        Assert.Equal(["ch4", "co2", "n2o"], line.Gases.Keys);
        Assert.Equal("3006.96", $"{line.Gases["co2"].Value}");
        Assert.Contains(line.Flags, f => f is { Code: "wider-place", Taken: "WORLD" });
        Assert.Equal("14888.89", At(report, "/energy/0/kwh"));
    }

    [Fact]
    public void Bottled_gas_takes_the_calorific_value_that_is_published_with_its_factor()
    {
        var books = Works();
        Entry(books, "stock:fuel", "unit:kiln", "lpg", "2150", "kg");
        var (report, _) = Ask(books.View("2026-09"), Spec);
        var line = Assert.Single(report.Scope1.Lines);
        Assert.Equal("0.101695", $"{line.Quantity.Value}");
        Assert.Contains(line.Flags, f => f.Code == "default-calorific-value"
            && f.Taken!.Contains("ipcc-2006", StringComparison.Ordinal));
        Assert.Contains(report.Packs, p => p.Id == "ipcc-2006-fuels");
    }

    [Fact]
    public void A_liquid_fuel_needs_its_density()
    {
        var books = Works();
        Entry(books, "stock:fuel", "unit:kiln", "diesel", "336", "L", ("density", "0.835 kg/L"));
        var (report, _) = Ask(books.View("2026-09"), Spec);
        Assert.Equal("0.01206408", $"{Assert.Single(report.Scope1.Lines).Quantity.Value}");
        var without = Works();
        Entry(without, "stock:fuel", "unit:kiln", "diesel", "336", "L");
        Assert.Null(Ask(without.View("2026-09"), Spec).Report.Scope1.Total);
    }

    [Fact]
    public void A_wider_place_is_taken_only_by_leave()
    {
        var books = Works();
        Entry(books, "stock:fuel", "unit:kiln", "lpg", "2150", "kg");
        var (report, _) = Ask(books.View("2026-09"), """{"period":"2026-09","gwp":"AR5"}""");
        Assert.Null(report.Scope1.Total);
        Assert.Contains(report.Unknown, u => u is { Scope: "1", Resource: "lpg" } && !u.Candidates.IsEmpty);
    }

    [Fact]
    public void What_China_publishes_no_factor_for_is_unknown_and_not_borrowed()
    {
        var books = Works();
        Entry(books, "grid:water", "site:longquan", "water-supply", "186", "m3");
        var (report, _) = Ask(books.View("2026-09"), Spec);
        Assert.Null(report.Scope3.Total);
        Assert.Equal("water-supply", Assert.Single(report.Unknown).Resource);
    }

    [Fact]
    public void Two_sites_keep_their_own_time_and_add_up()
    {
        var month = StokeSeptember.Whole();
        month.Books.Add(new Site
        {
            Id = "longquan",
            Organisation = "stoke-ceramics",
            Country = "CN",
            Region = "CN-ZJ",
            Zone = "Asia/Shanghai",
            OperationalControl = true,
        });
        Entry(month.Books, "grid:CN", "site:longquan", "electricity", "10000", "kWh");
        var (report, _) = Ask(month.Books.View("2026-09"), Spec);
        Assert.Equal("10701.368656", At(report, "/scope2/location"));
        Assert.Equal(["longquan", "stoke"], report.Sites.Select(s => s.Site));
        Assert.Equal("5306", At(report, "/sites/0/scope2Location"));
        var (one, _) = Ask(month.Books.View("2026-09"),
            """{"period":"2026-09","gwp":"AR5","allowNearestEdition":true,"sites":["stoke"]}""");
        Assert.Equal("5395.368656", At(one, "/scope2/location"));
    }
}
