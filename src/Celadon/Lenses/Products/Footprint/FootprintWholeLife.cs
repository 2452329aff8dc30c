using System.Collections.Immutable;
using Celadon.Lenses.Carbon.Inventory;
using Celadon.Packs;
using Celadon.Registers;

namespace Celadon.Lenses.Products;

/// <summary>The lines of a product to the gate and all that is stated beyond it, as one list.</summary>
internal sealed class FootprintWholeLife(FactorLibrary packs, FootprintRatings? ratings,
    Func<Figure, Figure, Figure> percent)
{
    private const string Unit = "kg CO2e";

    /// <summary>A product beyond the gate, with the quality of its data and its small lines.</summary>
    /// <param name="grave">The product beyond the gate.</param>
    /// <param name="made">The product.</param>
    /// <param name="gate">Its lines to the gate.</param>
    /// <param name="delivered">The inventory's lines of its delivery.</param>
    /// <param name="parts">What is stated.</param>
    public FootprintGrave? Of(FootprintGrave? grave, FootprintOutput made, IReadOnlyList<RatedLine> gate,
        IReadOnlyList<(InventoryLine Line, string Scope, string Traced)> delivered,
        IReadOnlyList<LifePart> parts)
    {
        if (grave is null || delivered.Count + parts.Count == 0) return grave;
        List<RatedLine> all = [.. gate,
            .. delivered.Select(d => new RatedLine("delivery", new FootprintLine(d.Line.Label, d.Line.Title,
                d.Scope, d.Line.Resource, d.Line.Kind, d.Line.Kgco2e, d.Line.Kgco2e, d.Line.Kgco2e)
                { Traced = d.Traced }, d.Line)),
            .. parts.Select(p => Stated(p, made))];
        var total = Figure.Sum(Unit, [.. all.Select(l => (l.Line.Traced, l.Line.Part))]);
        var lines = all.Select(l => l with
        {
            Line = l.Line with { Share = percent(l.Line.Part, total) },
        }).ToImmutableArray();
        return grave with
        {
            Quality = ratings?.Of(made.Product, lines, percent, total),
            CutOff = FootprintRuleValues.CutOff(packs, lines.Select(l => l.Line)),
        };
    }

    /// <summary>A part of all that was made; its share is set when all parts are known.</summary>
    private static RatedLine Stated(LifePart part, FootprintOutput made)
    {
        var whole = Figure.Product(Unit, "formula.products.footprint.ofAll",
            new("operand.part", part.PerUnit), new("operand.output", made.Output));
        return new RatedLine(part.Stage, new FootprintLine(new Name(part.Item), new Name(), "", part.Item,
            "life", whole, whole, whole) { Traced = part.Item }, null, part.Factor);
    }
}
