using System.Collections.Immutable;
using Celadon.Ledger;
using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Text;

namespace Celadon.Lenses.Carbon;

/// <summary>
/// carbon.embodied: the same product made in two places, the difference traced to the factors.
/// </summary>
public sealed class EmbodiedQuestion : Question<EmbodiedSpec, EmbodiedReport>
{
    /// <inheritdoc/>
    public override string Name => "carbon.embodied";

    /// <inheritdoc/>
    public override string Example => """
        {
          "product": "Stoneware mug, 0.35 kg", "places": ["United Kingdom", "China"], "allowCo2Only": true,
          "items": [
            { "name": "Electricity", "quantity": "0.62 kWh",
              "factors": [ { "pack": "report-2018", "row": "report-2018/electricity/gb" },
                           { "pack": "report-2018", "row": "report-2018/electricity/cn" } ] },
            { "name": "Kiln gas", "quantity": "1.9 kWh gross",
              "factors": [ "0.18231 kg CO2e/kWh gross", "0.18231 kg CO2e/kWh gross" ] }
          ]
        }
        """;

    /// <inheritdoc/>
    protected override EmbodiedReport Compute(
        EmbodiedSpec spec, View? view, FactorLibrary packs, List<Finding> findings, CancellationToken cancel)
    {
        if (spec.Places.Length != 2) throw Refuse.At("carbon.embodied.places", "/places",
            ("count", spec.Places.Length));
        var factors = new FactorSource(packs, findings);
        var read = Stated.Numbered(spec.Items, "/items")
            .Select(i => (i.Item, i.At, Factors: Factors(i.Item, i.At, factors)))
            .ToList();
        if (read.Count == 0) throw Refuse.At("carbon.noLines", "/items");
        var gas = Gas(spec, [.. read.Select(r => (r.Item.Name, r.Factors))], findings);
        var items = read.Select(r => Item(r.Item, [.. r.Factors.Select(f => As(f, gas))], r.At)).ToList();
        var difference = Figure.Sum($"kg {gas}", [.. items.Select(i => (i.Name, i.Difference))]);
        return new EmbodiedReport(spec.Product,
            [.. spec.Places.Select((place, i) => new EmbodiedPlace(place,
                Figure.Sum($"kg {gas}", [.. items.Select(item => (item.Name, item.Emissions[i]))])))],
            [.. items.Select(item => difference.Value.IsZero ? item
                : item with { Share = Share(item, difference) })],
            difference);
    }

    private static ImmutableArray<Figure> Factors(EmbodiedItem item, string at, FactorSource factors) =>
        item.Factors.Length != 2 ? throw Refuse.At("carbon.embodied.factors", at + "/factors",
            ("name", item.Name))
            : [.. Stated.Numbered(item.Factors, at + "/factors").Select(f => f.Item.Resolve(factors, f.At))];

    /// <summary>
    /// The one kind of emissions of the answer; CO2 stands in for CO2e only where the spec allows it.
    /// </summary>
    private static string Gas(
        EmbodiedSpec spec, List<(string Name, ImmutableArray<Figure> Factors)> items, List<Finding> findings)
    {
        var gases = items.SelectMany(i => i.Factors.Select(f => CompoundUnit.Parse(f.Unit).Gas ?? ""))
            .Distinct().ToList();
        if (gases is [var only] && only.Length > 0) return only;
        if (!gases.TrueForAll(g => g is "CO2" or "CO2e") || !spec.AllowCo2Only)
            throw Refuse.At("carbon.embodied.kinds", "/items", ("gases", string.Join(", ", gases)));
        findings.Add(Finding.Of("carbon.embodied.co2Only", Severity.Warning, null, ("items", string.Join(", ",
            items.Where(i => i.Factors.Any(f => CompoundUnit.Parse(f.Unit).Gas == "CO2"))
                .Select(i => i.Name)))));
        return "CO2e";
    }

    private static Figure As(Figure factor, string gas)
    {
        if (CompoundUnit.Parse(factor.Unit).Gas == gas) return factor;
        var unit = factor.Unit.Replace("CO2/", gas + "/", StringComparison.Ordinal);
        return new Figure(factor.Value, unit, new Trace.Product("formula.carbon.embodied.co2AsCo2e",
            [new("operand.factor", factor)]));
    }

    private static EmbodiedItemReport Item(EmbodiedItem item, ImmutableArray<Figure> factors, string at)
    {
        var quantity = item.Quantity.At(at + "/quantity");
        var second = new Multiplication("formula.stated", at).Times("operand.factor", factors[1])
            .In(factors[0].Unit);
        var gap = new Figure(second.Value - factors[0].Value, factors[0].Unit,
            new Trace.Formula("formula.difference",
            [new("operand.after", second), new("operand.before", factors[0])]));
        return new EmbodiedItemReport(item.Name,
            [Times(quantity, factors[0], at), Times(quantity, second, at)], gap, Times(quantity, gap, at),
                null);
    }

    private static Figure Times(Figure quantity, Figure factor, string at) =>
        new Multiplication("formula.quantityTimesFactor", at).Times("operand.quantity", quantity)
            .Times("operand.factor", factor).Emissions();

    private static Figure Share(EmbodiedItemReport item, Figure difference) => new(
        Amount.Divide(item.Difference.Value * 100, difference.Value, 4), "%", new Trace.Formula(
            "formula.carbon.uncertainty.relative",
            [new("operand.part", item.Difference), new("operand.whole", difference)]));
}
