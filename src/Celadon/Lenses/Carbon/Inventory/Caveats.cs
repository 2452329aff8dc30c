using System.Collections.Immutable;
using Celadon.Packs;
using Celadon.Text;

namespace Celadon.Lenses.Carbon.Inventory;

/// <summary>
/// What must be said beside the figures: computed from what the report holds, never written by hand.
/// </summary>
internal sealed class Caveats(InventoryReport report, InventoryRun run, FactorLibrary packs)
{
    private readonly List<Finding> _all = [];

    /// <summary>The method first, then the limits.</summary>
    public ImmutableArray<Finding> All()
    {
        Say("gwp", ("set", Vocabulary.Word(report.Gwp)));
        Say("consolidation", ("approach", Boundary.Word(report.Consolidation)),
            ("sites", report.Sites.Count(s => s.Included)), ("of", report.Sites.Length));
        Say("scope2");
        var lines = run.Lines.Concat(run.Market).ToList();
        Count("nearestEdition", lines, "nearest-edition");
        Count("partOfPeriod", lines, "part-of-period");
        Count("widerPlace", lines, "wider-place");
        Count("variantByDefault", lines, "variant-by-default");
        Count("defaultCalorificValue", lines, "default-calorific-value");
        Count("chosenByName", lines, "chosen-by-name");
        Count("generalKnowledge", lines, "general-knowledge");
        Count("co2Only", lines, "co2-only");
        Count("notSplit", lines, "not-split");
        Count("reweighted", lines, "reweighted");
        Count("estimated", lines, "estimated");
        if (run.Market.Any(l => l.Kind == "grid-average")) Say("gridAverage");
        if (report.Biogenic.Lines.Length > 0) Say("biogenic");
        if (run.BurnedOnPurchase > 0) Say("burnedOnPurchase", ("count", run.BurnedOnPurchase));
        Sites("sitesUntold", s => s.Untold);
        Sites("sitesLeftOut", s => !s.Included && !s.Untold);
        if (report.Unknown.Length > 0) Say("unknown", ("count", report.Unknown.Length));
        if (report.Questions.Length > 0) Say("questions", ("count", report.Questions.Length));
        if (report.Coverage.Count(c => c.Percent < 100) is > 0 and var gaps) Say("coverage", ("count", gaps));
        if (run.Adjustments.Length + run.MarketAdjustments.Length > 0)
            Say("adjustments", ("count", run.Adjustments.Length));
        if (packs.Rules.All.Any(rule => rule.Status == FactorStatus.General)) Say("rulesNotChecked");
        return [.. _all];
    }

    private void Sites(string code, Func<InventorySite, bool> which)
    {
        if (report.Sites.Any(which))
            Say(code, ("sites", string.Join(", ", report.Sites.Where(which).Select(s => s.Site))));
    }

    private void Count(string code, List<InventoryLine> lines, string flag)
    {
        if (lines.Count(line => line.Flags.Any(f => f.Code == flag)) is > 0 and var count)
            Say(code, ("count", count));
    }

    private void Say(string code, params (string Name, object Value)[] args) =>
        _all.Add(Finding.Of($"inventory.caveat.{code}", Severity.Info, null, args));
}
