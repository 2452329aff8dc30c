using System.Collections.Immutable;
using Celadon.Ledger;
using Celadon.Lenses;
using Celadon.Lenses.Carbon.Inventory;
using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Tests.Lenses.Carbon.Inventory.Fixtures;
using Celadon.Tests.Packs;
using static Celadon.Tests.Lenses.Carbon.Inventory.InventoryAsking;

namespace Celadon.Tests.Lenses.Carbon.Inventory;

/// <summary>Overrides with reasons, and what changed since an answer was kept.</summary>
public class OverrideTests
{
    private static InventoryReport Report(StokeSeptember month) =>
        Ask(month.Books.View(StokeSeptember.Month)).Report;

    [Fact]
    public void A_category_by_override_answers_the_question_with_a_reason()
    {
        var month = new StokeSeptember();
        month.Clay(null);
        var position = month.Books.Override("flow", "supplier:clays|stock:clay|clay", "category", "3.4",
            "contract 17");
        var report = Report(month);
        Assert.Empty(report.Questions);
        var line = Assert.Single(report.Scope3.Categories.Single(c => c.Category == 4).Lines);
        Assert.Equal("975.648", $"{line.Kgco2e.Value}");
        Assert.Equal(new InventoryOverride(position, "category", "3.4", "contract 17"),
            Assert.Single(line.Overrides));
    }

    [Fact]
    public void A_factor_by_override_is_chosen_by_name()
    {
        var month = new StokeSeptember();
        month.Clay("us");
        month.Books.Override("flow", "supplier:clays|stock:clay|clay", "factor",
            PacksUnderTest.Library.FactorsOf("aggregates", FactorBasis.LifeCycle)
                .First(f => f.Variant == "primary").Key);
        var report = Report(month);
        Assert.Empty(report.Unknown);
        Assert.Contains(report.Scope3.Categories.Single(c => c.Category == 1).Lines[0].Flags,
            f => f.Code == "chosen-by-name");
    }

    [Fact]
    public void A_published_factor_per_cubic_metre_may_be_chosen_by_name()
    {
        var month = new StokeSeptember();
        month.Gas("12000", calorific: null);
        month.Books.Override("entry", $"{month.GasBill}", "factor",
            "uk-desnz-2026:fuels/gaseous-fuels/natural-gas/cubic-metres");
        Assert.Equal("24315.96", At(Report(month), "/scope1"));
    }

    [Fact]
    public void An_override_of_one_entry_leaves_its_neighbours_alone()
    {
        var month = new StokeSeptember();
        month.Clay(null);
        month.Clay(null);
        month.Books.Override("entry", $"{month.Books.Head}", "category", "3.9");
        var report = Report(month);
        Assert.Equal("975.648", At(report, "/scope3"));
        Assert.Equal("975.648", $"{Assert.Single(report.Questions).Kgco2e!.Value}");
    }

    [Fact]
    public void Leaving_something_out_is_said_with_its_reason()
    {
        var month = StokeSeptember.Whole();
        month.Books.Override("flow", "unit:chiller|atmosphere|r-410a", "category", "none",
            "recovered and returned");
        var (report, answer) = Ask(month.Books.View(StokeSeptember.Month));
        Assert.Equal("30489.745956", At(report, "/scope1"));
        Assert.Equal("recovered and returned", Assert.Single(answer.Of("inventory.excluded")).Args["reason"]);
    }

    [Fact]
    public void An_override_that_changes_nothing_is_said()
    {
        var month = new StokeSeptember();
        month.Clay("us");
        month.Books.Override("flow", "supplier:clays|stock:clay|clay", "factor", "uk-desnz-2026:no-such-row");
        Assert.Single(Ask(month.Books.View(StokeSeptember.Month)).Answer.Of("inventory.overrideUnused"));
    }

    [Fact]
    public void Nothing_differs_from_an_answer_kept_a_moment_ago()
    {
        var report = Report(StokeSeptember.Whole());
        Assert.Empty(Changes(Json(report), report));
        Assert.Empty(Changes(
            $$"""{"question":"carbon.inventory","answer":{{Json(report)}}}""", report));
    }

    [Fact]
    public void A_newer_pack_shows_old_and_new_and_why()
    {
        var view = StokeSeptember.Whole().Books.View(StokeSeptember.Month);
        var kept = Json(Ask(view).Report);
        var newer = FactorLibrary.From(PacksUnderTest.Library.Packs.Select(p => p.Header.Id == "uk-desnz-2026"
            ? p with { Factors = [.. p.Factors.Select(Newer)] } : p));
        var changes = Changes(kept, Ask(view, packs: newer).Report);
        var gas = changes.Single(c => c is { Scope: "1", Resource: "natural-gas" });
        Assert.Equal(("24547.603956", "24236.56800", "-311.035956"),
            ($"{gas.Old!.Value}", $"{gas.New!.Value}00", $"{gas.Difference.Value}"));
        Assert.Equal([InventoryChangeReason.FactorValue], gas.Why);
        Assert.Contains("0.18231", gas.OldFactor, StringComparison.Ordinal);
        var water = changes.Single(c => c is { Scope: "3", Resource: "water-supply" });
        Assert.Equal([InventoryChangeReason.OtherFactor], water.Why);
        Assert.Equal(2, changes.Length);
    }

    [Fact]
    public void Lines_that_came_or_went_are_changes_too()
    {
        var kept = Json(Report(StokeSeptember.Whole()));
        var month = StokeSeptember.Whole();
        month.Waste("landfill");
        var changes = Changes(kept, Report(month));
        Assert.Equal([InventoryChangeReason.Quantity], Assert.Single(changes).Why);
        var bare = new StokeSeptember();
        bare.Waste("landfill");
        Assert.Contains(Changes(kept, Report(bare)), c =>
            c.Why.Contains(InventoryChangeReason.Gone)
            && c.New is null);
    }

    [Fact]
    public void What_is_no_inventory_is_refused() => Assert.Equal("inventory.keptUnreadable",
        Assert.Throws<Celadon.Text.RefusedException>(() => Changes("""{"answer":{}}""",
            Report(new StokeSeptember()))).Finding.Code);

    private static Factor Newer(Factor factor) => factor.Id switch
    {
        "fuels/gaseous-fuels/natural-gas/kwh-gross-cv" => factor with { Value = Amount.Parse("0.18") },
        "water-supply/water-supply/water-supply/cubic-metres" => factor with { Id = "water/mains" },
        _ => factor,
    };

    private static ImmutableArray<InventoryChange> Changes(string kept, InventoryReport today) =>
        InventoryChanges.Between(new KeptAndToday("stoke", new NodaTime.YearMonth(2026, 9), 1, kept, today));
}
