using System.Collections.Immutable;
using Celadon.Ledger;
using Celadon.Lenses.Carbon.Inventory;
using Celadon.Quantities;

namespace Celadon.Lenses.Carbon;

/// <summary>On what the known total of an inventory rests: its evidence, its estimates, its limits.</summary>
internal sealed class DisclosureShares
{
    private const int Scale = 4;
    private readonly ImmutableArray<InventoryLine> _lines;
    private readonly ImmutableArray<InventoryLine> _market;

    public DisclosureShares(InventoryReport inventory)
    {
        _lines = [.. inventory.Scope1.Lines, .. inventory.Scope2.Location.Lines,
            .. inventory.Scope3.Categories.SelectMany(c => c.Lines)];
        _market = inventory.Scope2.Market.Lines;
        Known = Totals.Sum(_lines, line => line.Kgco2e);
    }

    /// <summary>Scopes 1, 2 (location-based) and 3 together, as far as they are known.</summary>
    public Figure? Known { get; }

    /// <summary>By the weakest evidence of each line, strongest first.</summary>
    public ImmutableArray<DisclosureShare> ByEvidence => [.. _lines.GroupBy(l => l.Basis)
        .OrderBy(g => g.Key).Select(g => Of(ChainFormat.NameOf(g.Key), [.. g], Known))];

    /// <summary>By what readers must know of lines, in order of code.</summary>
    public ImmutableArray<DisclosureShare> Limits => [.. _lines
        .SelectMany(l => l.Flags.Select(f => f.Code).Distinct().Select(code => (Code: code, Line: l)))
        .Where(x => x.Code is not ("estimated" or "asks"))
        .GroupBy(x => x.Code).OrderBy(g => g.Key, StringComparer.Ordinal)
        .Select(g => Of(g.Key, [.. g.Select(x => x.Line)], Known))];

    /// <summary>
    /// What is estimated: of each line that part of its emissions which its quantity holds as estimated.
    /// </summary>
    public DisclosureShare? Estimated
    {
        get
        {
            var parts = _lines.Where(l => l.Estimated is not null && !l.Quantity.Value.IsZero)
                .Select(l => (l.Resource, Figure: Part(l))).ToList();
            if (parts.Count == 0) return null;
            var sum = Figure.Sum(parts[0].Figure.Unit, parts);
            return new DisclosureShare("estimated", parts.Count, sum, Percent(sum, Known));
        }
    }

    /// <summary>Market-based lines that stand at the grid's average.</summary>
    public DisclosureShare? WithoutResidualMix
    {
        get
        {
            var lines = _market.Where(l => l.Kind == "grid-average").ToList();
            return lines.Count == 0 ? null
                : Of("grid-average", lines, Totals.Sum(_market, line => line.Kgco2e));
        }
    }

    private static DisclosureShare Of(string code, List<InventoryLine> lines, Figure? total)
    {
        var sum = Totals.Sum(lines, line => line.Kgco2e)!;
        return new DisclosureShare(code, lines.Count, sum, Percent(sum, total));
    }

    private static Figure Part(InventoryLine line) => new(
        Amount.Divide(line.Kgco2e.Value * line.Estimated!.Value, line.Quantity.Value, 6), line.Kgco2e.Unit,
        new Trace.Formula("formula.carbon.disclosure.estimated", [new("operand.emissions", line.Kgco2e),
            new("operand.part", line.Estimated), new("operand.quantity", line.Quantity)]));

    private static Figure? Percent(Figure part, Figure? total) => total is null || total.Value.IsZero ? null
        : new Figure(Amount.Divide(part.Value * 100, total.Value, Scale), "%", new Trace.Formula(
            "formula.carbon.uncertainty.relative",
            [new("operand.part", part), new("operand.emissions", total)]));
}
