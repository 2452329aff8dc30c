using System.Collections.Immutable;
using Celadon.Packs;
using Celadon.Registers;
using Celadon.Text;

namespace Celadon.Lenses.Carbon.Inventory;

/// <summary>
/// The inventory of an organisation by scope and category: quantities of the books × factors of the packs,
/// with every line derived by the rule pack from who gave what to whom.
/// </summary>
public sealed class InventoryQuestion : Question<InventorySpec, InventoryReport>, IComparesWithKept
{
    /// <inheritdoc/>
    public override string Name => "carbon.inventory";

    /// <inheritdoc/>
    public override string Example =>
        """{"period":"2025-10/2026-09","gwp":"AR5","allowNearestEdition":true,"allowWiderPlace":true}""";

    /// <inheritdoc/>
    protected override ViewRequest? Needs(InventorySpec spec) => new(spec.Period, spec.Sites);

    /// <inheritdoc/>
    protected override InventoryReport Compute(
        InventorySpec spec, View? view, FactorLibrary packs, List<Finding> findings, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(view);
        if (packs.Rules.All.IsEmpty) throw RefusedException.Of("inventory.noRules");
        var measured = Measurements.Of(view, spec.Sites, cancel);
        findings.AddRange(measured.Findings);
        var gaps = Gaps.Of(measured, spec.Period);
        var run = InventoryRun.Of(spec, null, view, packs, measured.Activities, gaps, findings, cancel);
        var comparison = ImmutableArray.CreateBuilder<InventoryComparison>();
        foreach (var approach in spec.Compare.Distinct())
        {
            var other = InventoryRun.Of(spec, approach, view, packs, measured.Activities, gaps, [], cancel);
            comparison.Add(new Assembling(other, spec, packs).Comparison());
        }
        findings.AddRange(run.Unknown.Select(u => u.Reason));
        foreach (var gap in gaps.Coverage.Where(g => !g.Missing.IsEmpty))
            findings.Add(Finding.Of("inventory.missingMonths", Severity.Warning, null,
                ("flow", $"{gap.From} → {gap.To} ({gap.Resource})"),
                ("months", string.Join(", ", gap.Missing))));
        var control = run.Boundary.Untold.Select(untold => ControlAsking.Of(untold, spec, packs,
            InventoryRun.Of(spec, null, view, packs, measured.Activities, gaps, [], cancel, untold.Site.Id)));
        var report = new Assembling(run, spec, packs).Report(comparison.ToImmutable(), [.. control]);
        if (spec.ByMonth) report = report with { Months = new Monthly(run, spec.Period).Months() };
        return spec.Uncertainty is null ? report
            : report with { Uncertainty = new Intervals(run, spec.Uncertainty, packs, findings).Report() };
    }

    /// <inheritdoc/>
    public Answer Compare(Answer answer, IReadOnlyList<KeptAndToday> kept)
    {
        var changes = new List<InventoryChange>();
        var findings = new List<Finding>(answer.Findings);
        foreach (var closed in kept)
        {
            var found = InventoryChanges.Between(closed);
            if (!found.IsEmpty)
                findings.Add(Finding.Of("inventory.changedSinceClosing", Severity.Warning, null,
                    ("site", closed.Site), ("month", Claim.Text(closed.Month)), ("count", found.Length)));
            changes.AddRange(found);
        }
        return new Answer((InventoryReport)answer.Report with { Changes = [.. changes] }, [.. findings]);
    }
}
