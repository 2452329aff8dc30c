using Celadon.Ledger;
using Celadon.Lenses;
using Celadon.Lenses.Carbon.Inventory;
using Celadon.Quantities;
using Celadon.Store;

namespace Celadon.Tests.Example;

/// <summary>
/// The year's account of the example, figure by figure against the generator's own reckoning.
/// </summary>
[Collection("example")]
public sealed class AccountTests(ExampleWorks works)
{
    private static readonly Lock Gate = new();
    private static Asked? _year;

    public static TheoryData<string, string, string, string> Lines =>
        [.. Expected.Year.Lines.Select(l => (l.Scope, l.Category, l.Site, l.Name))];

    private Asked Year
    {
        get
        {
            lock (Gate) return _year ??= works.Workspace
                .Ask(Questions.Get("carbon.inventory"), Stoke.YearSpec);
        }
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void A_line_of_the_year_is_as_reckoned(string scope, string category, string site, string name)
    {
        var expected = Expected.Year.Lines.Single(l => (l.Scope, l.Category, l.Site, l.Name)
            == (scope, category, site, name));
        LineChecks.Equal(expected, Year.Report(), works.Workspace.Library());
    }

    [Fact]
    public void Every_line_of_the_report_is_expected() => Assert.All(Year.Report().Lines(), line =>
        Assert.Single(Expected.Year.Lines, e =>
            LineChecks.Fits(e, line.Section, line.Line, works.Workspace.Library())));

    [Theory]
    [InlineData("1", "/scope1/total/kgco2e", "scope1")]
    [InlineData("2-location", "/scope2/location/total/kgco2e", "scope2Location")]
    [InlineData("2-market", "/scope2/market/total/kgco2e", "scope2Market")]
    [InlineData("3", "/scope3/total/kgco2e", "scope3")]
    public void A_scope_adds_up_as_reckoned_and_by_site(string scope, string pointer, string ofSite)
    {
        Assert.Equal(Expected.Year.At("totals", scope, "kgCo2e"), Year.At(pointer));
        var sites = Year.Report().Sites;
        foreach (var (site, index) in sites.Select((s, i) => (s.Site, i)))
        {
            var expected = Expected.Year.At("totals", scope, site);
            if (expected == "0") Assert.Null(sites[index].Scope3);
            else Assert.Equal(expected, Year.At($"/sites/{index}/{ofSite}"));
        }
    }

    [Fact]
    public void The_categories_of_scope_3_and_the_biogenic_carbon_are_as_reckoned()
    {
        Assert.Equal(Expected.Year.Pairs("totals", "categories").Select(c => $"{c.Name} {c.Value}"),
            Year.Report().Scope3.Categories.Select(c => $"3.{c.Category} {c.Total.Kgco2e.Value}"));
        Assert.Equal(Expected.Year.At("totals", "biogenicKgCo2"), Year.At("/biogenic/total/kgco2e"));
    }

    [Fact]
    public void By_equity_share_three_fifths_of_Longquan_count()
    {
        var spec = Stoke.YearSpec.TrimEnd('}') + ",\"consolidation\":\"equity-share\"}";
        var asked = works.Workspace.Ask(Questions.Get("carbon.inventory"), spec);
        Assert.Equal(
            Expected.Year.Pairs("equityShare").Select(p => p.Value),
            [
                asked.At("/scope1/total/kgco2e"), asked.At("/scope2/location/total/kgco2e"),
                asked.At("/scope2/market/total/kgco2e"), asked.At("/scope3/total/kgco2e"),
            ]);
        Assert.Equal("0.6", asked.At("/sites/0/share"));
    }

    [Fact]
    public void The_comparison_beside_the_account_says_the_same_as_the_account_by_equity_share()
    {
        var spec = Stoke.YearSpec.TrimEnd('}') + ",\"compare\":[\"equity-share\"]}";
        var compared = works.Workspace.Ask(Questions.Get("carbon.inventory"), spec);
        Assert.Equal(Expected.Year.At("equityShare", "1"), compared.At("/comparison/0/scope1/kgco2e"));
        Assert.Equal(Expected.Year.At("totals", "1", "kgCo2e"), compared.At("/scope1/total/kgco2e"));
    }

    /// <summary>From the kilns to the stocks, over both ports, to the customers: one chain.</summary>
    [Fact]
    public void Ware_made_and_ware_sent_meet_in_one_stock_at_each_works()
    {
        var moved = works.Workspace.StandingEntries(works.Workspace.State()).Select(e => e.Entry)
            .Where(e => e.Resource == "ware").GroupBy(e => (From: e.From.ToString(), To: e.To.ToString()))
            .Select(g => (g.Key.From, g.Key.To, g.Select(e =>
                new Quantity(e.Amount, Units.Parse(e.Unit)).In(Units.Parse("t")).Amount).Total()));
        Assert.Equal(Expected.Truth.FlowsOf("ware").Order(), moved.Order());
    }

    [Fact]
    public void A_total_is_partial_only_where_something_of_its_own_is_missing()
    {
        var report = Year.Report();
        Assert.Equal(
            ["1: partial", "2 location: whole", "2 market: whole", "3: partial", "biogenic: whole"],
            [
                Said("1", report.Scope1.Total), Said("2 location", report.Scope2.Location.Total),
                Said("2 market", report.Scope2.Market.Total), Said("3", report.Scope3.Total),
                Said("biogenic", report.Biogenic.Total),
            ]);
        // Journeys on business were all made from Stoke and have factors; every other category lacks
        // something.
        Assert.Equal(
            ["3.1: partial", "3.3: partial", "3.4: partial", "3.5: partial", "3.6: whole", "3.7: partial",
                "3.9: partial"],
            report.Scope3.Categories.Select(c => Said($"3.{c.Category}", c.Total)));
        Assert.Equal(["ISO 1: partial", "ISO 2: whole", "ISO 3: partial", "ISO 4: partial"],
            report.Iso14064.Select(c => Said($"ISO {c.Category}", c.Total)));
        Assert.Equal(
            ["1 natural-gas combustion", "3 natural-gas well-to-tank", "3 water-supply life-cycle"],
            report.Lines().Where(l => l.Line.Partial)
                .Select(l => $"{l.Section} {l.Line.Resource} {l.Line.Kind}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_is_known_in_part_is_named_with_its_months()
    {
        var coverage = Year.Report().Coverage.Where(c => c.Percent < 100)
            .Select(c => $"{c.From} → {c.To} {c.Resource}: {c.Percent} % "
                + $"missing [{string.Join(' ', c.Missing)}] "
                + $"incomplete [{string.Join(' ', c.Incomplete)}]");
        Assert.Equal(
            [
                "site:longquan → unit:longquan-offices electricity: 99.83 % missing [] "
                    + "incomplete [2025-10 2026-09]",
                "grid:gas → site:stoke natural-gas: 98.92 % missing [] incomplete [2026-01]",
                "grid:water → site:stoke water-supply: 91.67 % missing [2026-02] incomplete []",
                "site:stoke → unit:press electricity: 99.98 % missing [] incomplete [2026-02]",
            ], coverage);
    }

    [Fact]
    public void Grids_without_a_residual_mix_are_named() => Assert.Equal(["CN", "GB"],
        Year.Answer.Findings.Where(f => f.Code == "inventory.noResidualMix").Select(f => f.Args["grid"]));

    private static string Said(string name, InventoryTotal? total) =>
        $"{name}: {(total!.Partial ? "partial" : "whole")}";
}
