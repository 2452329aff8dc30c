using System.Collections.Immutable;
using Celadon.Packs;
using Celadon.Text;

namespace Celadon.Lenses.Products;

/// <summary>
/// products.circularFootprint: recycled content, recycling, energy recovery and disposal of a product's
/// materials by the circular footprint formula of the PEF method, each term a number of its own.
/// </summary>
public sealed class CircularFootprintQuestion : Question<CircularFootprintSpec, CircularFootprintReport>
{
    /// <inheritdoc/>
    public override string Name => "products.circularFootprint";

    /// <inheritdoc/>
    public override string Example => """
        {
          "product": "Mug in its box", "unit": "kg CO2e",
          "materials": [
            { "name": "Stoneware", "mass": "0.35", "recycledContent": "0", "virgin": "0.6",
              "recyclingRate": "0", "energyRecoveryRate": "0", "disposal": "0.009" },
            { "name": "Corrugated board", "mass": "0.08", "allocationFrom": "cff/a/low",
              "recycledContent": "0.8", "qualityIn": "0.85", "virgin": "0.9", "recycled": "0.7",
              "recyclingRate": "0.75", "qualityOut": "0.85", "recycling": "0.1", "avoidedVirgin": "0.9",
              "energyRecoveryRate": "0.2", "energyAllocation": "0", "energyRecovery": "0.05",
              "heatingValue": "15.9", "heatEfficiency": "0.2", "electricityEfficiency": "0.12",
              "avoidedHeat": "0.06", "avoidedElectricity": "0.05", "disposal": "0.6" }
          ]
        }
        """;

    /// <inheritdoc/>
    protected override CircularFootprintReport Compute(CircularFootprintSpec spec, View? view,
        FactorLibrary packs, List<Finding> findings, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(spec.Unit)) throw Refusal.At("products.circular.unit", "/unit");
        if (spec.Materials.IsDefaultOrEmpty) throw Refusal.At("products.circular.empty", "/materials");
        var materials = spec.Materials.Select((m, i) => new CircularComputation(m,
            FormattableString.Invariant($"/materials/{i}"), spec.Unit, packs, findings).Report())
            .ToImmutableArray();
        return new CircularFootprintReport(spec.Product, spec.Unit, Terms(materials, spec.Unit), materials,
            Figure.Sum(spec.Unit, [.. materials.Select(m => (m.Name, m.Total))]));
    }

    /// <summary>Each term over all materials; null where no material has it.</summary>
    private static CircularTerms Terms(ImmutableArray<CircularMaterialReport> materials, string unit)
    {
        var columns = materials.Select(m => (m.Name, m.Terms.All)).ToList();
        return CircularTerms.Of([.. Enumerable.Range(0, columns[0].All.Count).Select(i =>
        {
            var parts = columns.Where(c => c.All[i].Figure is not null)
                .Select(c => (c.Name, c.All[i].Figure!)).ToList();
            return parts.Count == 0 ? null : Figure.Sum(unit, parts);
        })]);
    }
}
