using Celadon.Lenses.Carbon.Inventory;
using Celadon.Registers;
using Celadon.Tests.Lenses.Carbon.Inventory.Fixtures;
using static Celadon.Tests.Lenses.Carbon.Inventory.InventoryAsking;

namespace Celadon.Tests.Lenses.Carbon.Inventory;

/// <summary>A site whose register does not say what the approach needs is an open question.</summary>
public class ControlTests
{
    [Fact]
    public void Whether_a_site_counts_is_asked_with_what_it_would_add()
    {
        var report = Untold(site => site with { OperationalControl = null }).Report;
        var question = Assert.Single(report.Questions);
        Assert.Equal(("operationalControl", "stoke"), (question.Fact, question.Site));
        Assert.Equal("59056.203828", $"{question.Kgco2e!.Value}");
        Assert.Equal([("true", "59056.203828"), ("false", null)],
            question.Options.Select(o => (o.Value, o.Kgco2e?.Value.ToString())));
        Assert.NotNull(question.Title.En);
        Assert.NotNull(question.Title.Zh);
        var site = Assert.Single(report.Sites);
        Assert.True(site is { Untold: true, Included: false });
        Assert.Contains(report.Caveats, c => c.Code == "inventory.caveat.sitesUntold");
        Assert.DoesNotContain(report.Caveats, c => c.Code == "inventory.caveat.sitesLeftOut");
    }

    [Fact]
    public void Under_equity_share_the_whole_is_shown_but_no_figure_claimed()
    {
        var report = Untold(site => site with { EquityShare = null },
            "\"consolidation\":\"equity-share\",").Report;
        var question = Assert.Single(report.Questions);
        Assert.Null(question.Kgco2e);
        Assert.Equal(("1", "59056.203828"),
            (question.Options.Single().Value, $"{question.Options.Single().Kgco2e!.Value}"));
    }

    [Fact]
    public void A_site_beside_it_is_partial_meanwhile()
    {
        var month = StokeSeptember.Whole();
        month.Books.Add(new Site { Id = "annex", Country = "GB", Zone = "Europe/London" });
        var (report, answer) = Ask(month.Books.View(StokeSeptember.Month));
        Assert.True(report.Scope1.Total!.Partial);
        Assert.Equal("annex", Assert.Single(report.Questions).Site);
        Assert.Null(report.Questions[0].Kgco2e);
        Assert.Single(answer.Of("inventory.controlNotStated"));
    }

    private static (InventoryReport Report, Celadon.Lenses.Answer Answer) Untold(
        Func<Site, Site> change, string more = "")
    {
        var month = StokeSeptember.Whole();
        month.Books.Add(change(month.Books.View(StokeSeptember.Month).Registers.Find<Site>("stoke")!));
        return Ask(month.Books.View(StokeSeptember.Month),
            $$"""{{{more}}"period":"2026-09","gwp":"AR5","allowNearestEdition":true}""");
    }
}
