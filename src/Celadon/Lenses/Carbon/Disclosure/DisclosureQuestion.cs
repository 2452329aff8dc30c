using System.Collections.Immutable;
using System.Text.Json;
using Celadon.Ledger;
using Celadon.Lenses.Carbon.Inventory;
using Celadon.Packs;
using Celadon.Text;

namespace Celadon.Lenses.Carbon;

/// <summary>
/// carbon.disclosure: what statements of an organisation say beside its inventory (UK SECR; what the GHG
/// Protocol asks to be said of quality): scopes 1 and 2 together, energy in kWh, ratios, and on what the
/// total rests.
/// </summary>
public sealed class DisclosureQuestion : Question<DisclosureSpec, DisclosureReport>, ITakesAnswers
{
    /// <inheritdoc/>
    public override string Name => "carbon.disclosure";

    /// <inheritdoc/>
    public override string Example =>
        """{"period":"2025-10/2026-09","gwp":"AR5","allowNearestEdition":true,"allowWiderPlace":true}""";

    /// <inheritdoc/>
    protected override ViewRequest? Needs(DisclosureSpec spec) => new(spec.Period, spec.Sites);

    /// <inheritdoc/>
    public ImmutableArray<TakenAnswer> Takes(object spec) =>
        [new("carbon.inventory", JsonSerializer.Serialize(InventoryOf((DisclosureSpec)spec), Json))];

    /// <inheritdoc/>
    public Answer Compute(object spec, View? view, FactorLibrary packs, IReadOnlyList<Answer> taken,
        CancellationToken cancel)
    {
        var findings = taken[0].Findings.ToList();
        var report = Compute((DisclosureSpec)spec, view!, packs, (InventoryReport)taken[0].Report, findings,
            cancel);
        return new Answer(report, [.. findings]);
    }

    /// <inheritdoc/>
    protected override DisclosureReport Compute(
        DisclosureSpec spec, View? view, FactorLibrary packs, List<Finding> findings,
        CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(view);
        var answer = new InventoryQuestion().Compute((object)InventoryOf(spec), view, packs, cancel);
        findings.AddRange(answer.Findings);
        return Compute(spec, view, packs, (InventoryReport)answer.Report, findings, cancel);
    }

    private static DisclosureReport Compute(DisclosureSpec spec, View view, FactorLibrary packs,
        InventoryReport inventory, List<Finding> findings, CancellationToken cancel)
    {
        var energy = new DisclosureUses(view, inventory, packs, findings, cancel);
        var shares = new DisclosureShares(inventory);
        var (scope1, location) = (inventory.Scope1.Total, inventory.Scope2.Location.Total);
        var both = Together(("scope 1", scope1), ("scope 2", location));
        return new DisclosureReport
        {
            Period = spec.Period,
            Gwp = spec.Gwp,
            Scope12Location = both,
            Scope12Market = Together(("scope 1", scope1), ("scope 2", inventory.Scope2.Market.Total)),
            Known = shares.Known,
            Partial = scope1?.Partial == true || location?.Partial == true,
            Energy = energy.Rows,
            EnergyByUse = energy.ByUse,
            EnergyTotal = energy.Total,
            EnergyComplete = energy.IsComplete,
            Ratios = both is null ? []
                : [.. new DisclosureRatios(view, inventory, spec.Sites.IsEmpty).Of(both, energy.Total)],
            Evidence = shares.ByEvidence,
            Estimated = shares.Estimated,
            Limits = shares.Limits,
            WithoutResidualMix = shares.WithoutResidualMix,
        };
    }

    private static InventorySpec InventoryOf(DisclosureSpec spec) => new()
    {
        Period = spec.Period,
        Gwp = spec.Gwp,
        Sites = spec.Sites,
        Organisation = spec.Organisation,
        Consolidation = spec.Consolidation,
        AllowNearestEdition = spec.AllowNearestEdition,
        AllowWiderPlace = spec.AllowWiderPlace,
        BoughtFuelCountsAsBurned = spec.BoughtFuelCountsAsBurned,
    };

    private static Figure? Together(params (string Label, InventoryTotal? Total)[] parts)
    {
        var known = parts.Where(p => p.Total is not null).Select(p => (p.Label, p.Total!.Kgco2e)).ToList();
        return known.Count == 0 ? null : Figure.Sum(known[0].Kgco2e.Unit, known);
    }
}
