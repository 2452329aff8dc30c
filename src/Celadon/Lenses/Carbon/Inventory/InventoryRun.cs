using System.Collections.Immutable;
using Celadon.Ledger;
using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Text;

namespace Celadon.Lenses.Carbon.Inventory;

/// <summary>
/// One reckoning of the books under one consolidation approach: claims, lines, and what has no line.
/// </summary>
internal sealed class InventoryRun
{
    private readonly View _view;
    private readonly InventorySpec _spec;
    private readonly List<Finding> _findings;
    private readonly Deriving _deriving;

    private InventoryRun(
        InventorySpec spec, Consolidation? approach, View view, FactorLibrary packs, Gaps gaps,
        List<Finding> findings, string? supposed)
    {
        (_view, _spec, Packs, _findings, Gaps) = (view, spec, packs, findings, gaps);
        Boundary = Boundary.Of(spec, approach, view.Registers, findings, supposed);
        Picking = new Picking(packs, spec, view.Registers, Boundary);
        Building = new LineBuilding(view.Registers, Boundary, Picking, gaps.Incomplete);
        _deriving = new Deriving(view, packs, spec, findings);
    }

    /// <summary>What exists.</summary>
    public RegisterSet Registers => _view.Registers;

    /// <summary>What the packs say.</summary>
    public FactorLibrary Packs { get; }

    /// <summary>The boundary.</summary>
    public Boundary Boundary { get; }

    /// <summary>Factor look-up.</summary>
    public Picking Picking { get; }

    /// <summary>Lines.</summary>
    public LineBuilding Building { get; }

    /// <summary>What is not wholly known.</summary>
    public Gaps Gaps { get; }

    /// <summary>Lines in their months, of all scopes but the market-based method.</summary>
    public ImmutableArray<InventoryLine> Lines { get; private set; } = [];

    /// <summary>Lines of the market-based method.</summary>
    public ImmutableArray<InventoryLine> Market { get; private set; } = [];

    /// <summary>Lines recorded after closing.</summary>
    public ImmutableArray<InventoryLine> Adjustments { get; private set; } = [];

    /// <summary>Market-based lines recorded after closing.</summary>
    public ImmutableArray<InventoryLine> MarketAdjustments { get; private set; } = [];

    /// <summary>What has no figure.</summary>
    public ImmutableArray<InventoryUnknown> Unknown { get; private set; } = [];

    /// <summary>What is asked.</summary>
    public ImmutableArray<InventoryOpenQuestion> Questions { get; private set; } = [];

    /// <summary>Fuel that counts as burned when bought.</summary>
    public int BurnedOnPurchase => _deriving.BurnedOnPurchase.Count;

    /// <summary>Reckons.</summary>
    /// <param name="spec">What is wanted.</param>
    /// <param name="approach">An approach in place of the spec's; null for the spec's.</param>
    /// <param name="view">The books.</param>
    /// <param name="packs">What the packs say.</param>
    /// <param name="activities">What counts.</param>
    /// <param name="gaps">What is not wholly known.</param>
    /// <param name="findings">Gets what a reader should know.</param>
    /// <param name="cancel">Stops long work.</param>
    /// <param name="supposed">A site to reckon alone, as if it counted whole; else null.</param>
    public static InventoryRun Of(
        InventorySpec spec, Consolidation? approach, View view, FactorLibrary packs,
        IReadOnlyList<Activity> activities, Gaps gaps, List<Finding> findings, CancellationToken cancel,
        string? supposed = null)
    {
        var run = new InventoryRun(spec, approach, view, packs, gaps, findings, supposed);
        run.Reckon([.. activities.Where(a => run.Boundary.Counts(a.Site, out _))], cancel);
        return run;
    }

    private void Reckon(IReadOnlyList<Activity> activities, CancellationToken cancel)
    {
        _deriving.Run(activities, cancel);
        var unknown = new UnknownGathering();
        foreach (var activity in _deriving.Unruled)
            unknown.Add(activity, Packs.Resources.Find(activity.Resource));
        var electricity = new List<Claim>();
        foreach (var claim in _deriving.Claims.Where(c => !c.Asks))
        {
            cancel.ThrowIfCancellationRequested();
            if (claim is { Scope: "2", Category: "electricity" }) electricity.Add(claim);
            var resolved = Picking.Of(claim);
            if (resolved.Pick is not null) Building.Add(claim, resolved);
            else if (resolved.Refusal is not null && claim.Rule.Required) unknown.Add(claim, resolved);
        }
        var lines = Building.Lines().ToList();
        Lines = [.. lines.Where(l => !l.IsAdjustment).Select(l => l.Line)];
        Adjustments = [.. lines.Where(l => l.IsAdjustment).Select(l => l.Line)];
        var market = new Market(
            _view.Registers, Packs, Boundary, Picking, Building, _spec.Period.First, _findings);
        Market = [.. market.Lines([.. electricity.Where(c => !c.Activity.IsAdjustment)]), .. Heat(Lines)];
        MarketAdjustments =
            [.. market.Adjustments([.. electricity.Where(c => c.Activity.IsAdjustment)]),
            .. Heat(Adjustments)];
        Unknown = unknown.Items();
        Questions = new Asking(this, _deriving, Packs).Of(_deriving.Claims.Where(c => c.Asks));
    }

    /// <summary>Heat has no instruments here: it is equal by both methods.</summary>
    private static IEnumerable<InventoryLine> Heat(ImmutableArray<InventoryLine> lines) =>
        lines.Where(l => l is { Scope: "2", Category: not "electricity" });
}
