using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Celadon.Lenses.Carbon.Inventory;
using Celadon.Packs;
using Celadon.Registers;
using Celadon.Text;

namespace Celadon.Lenses.Products;

/// <summary>
/// products.footprint: what a site made in some months, cradle to gate, from its ledger. The lines of the
/// site's inventory are shared among its products; what the rules leave out is named, and all of it adds up
/// to the inventory again.
/// </summary>
public sealed class FootprintQuestion : Question<FootprintSpec, FootprintReport>, ITakesAnswers
{
    /// <inheritdoc/>
    public override string Name => "products.footprint";

    /// <inheritdoc/>
    public override string Example => """
        {
          "period": "2025-10/2026-09", "site": "stoke", "rules": "iso14067", "gwp": "AR5",
          "electricity": "location", "allowNearestEdition": true, "allowWiderPlace": true
        }
        """;

    /// <inheritdoc/>
    protected override ViewRequest? Needs(FootprintSpec spec) => new(spec.Period, [spec.Site]);

    /// <inheritdoc/>
    public ImmutableArray<TakenAnswer> Takes(object spec)
    {
        var asked = (FootprintSpec)spec;
        return [new("carbon.inventory", new JsonObject
        {
            ["period"] = asked.Period.ToString(),
            ["gwp"] = JsonSerializer.SerializeToNode(asked.Gwp, Json),
            ["sites"] = new JsonArray(JsonValue.Create(asked.Site)),
            ["consolidation"] = "operational-control",
            ["allowNearestEdition"] = asked.AllowNearestEdition,
            ["allowWiderPlace"] = asked.AllowWiderPlace,
            ["boughtFuelCountsAsBurned"] = asked.BoughtFuelCountsAsBurned,
            // What units took is set against the same month's lines.
            ["byMonth"] = !asked.Units.IsEmpty,
        }.ToJsonString())];
    }

    /// <summary>The inventory, then what one unit of each process weighs that a bill names.</summary>
    public ImmutableArray<TakenAnswer> Takes(object spec, View? view) => view is null ? Takes(spec)
        : [.. Takes(spec), .. Processes(view).Select(p => new TakenAnswer("products.assess",
            FootprintBill.SpecOf(p, ((FootprintSpec)spec).Gwp))),
            .. Circular((FootprintSpec)spec).Select(l => new TakenAnswer("products.circularFootprint",
                JsonSerializer.Serialize(l.Circular, Json)))];

    private static IEnumerable<FootprintLife> Circular(FootprintSpec spec) =>
        spec.Life.Where(l => l.Circular is not null).DistinctBy(l => l.Product);

    private static IEnumerable<ProcessLink> Processes(View view) => view.Registers.Of<Component>()
        .Select(ProcessLink.Of).OfType<ProcessLink>().Distinct();

    /// <inheritdoc/>
    public Answer Compute(object spec, View? view, FactorLibrary packs, IReadOnlyList<Answer> taken,
        CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(view);
        var findings = taken[0].Findings.ToList();
        var assessed = Processes(view).Zip(taken.Skip(1)).ToDictionary(p => p.First,
            p => (AssessReport)p.Second.Report);
        var circular = Circular((FootprintSpec)spec).Zip(taken.Skip(1 + assessed.Count)).ToDictionary(
            p => p.First.Product, p => (CircularFootprintReport)p.Second.Report);
        var report = new FootprintComputation((FootprintSpec)spec, view, packs,
            (InventoryReport)taken[0].Report, assessed, circular, findings).Report(cancel);
        return new Answer(report, [.. findings]);
    }

    /// <inheritdoc/>
    /// <remarks>The numbers are the inventory's: without its answer there is none.</remarks>
    protected override FootprintReport Compute(FootprintSpec spec, View? view, FactorLibrary packs,
        List<Finding> findings, CancellationToken cancel) =>
        throw new InvalidOperationException("products.footprint is computed with the answers it takes.");
}
