using System.Text.Json;
using System.Text.Json.Nodes;
using Celadon.Lenses.Carbon.Inventory;
using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Text;

namespace Celadon.Lenses.Products;

/// <summary>A process of a life-cycle database that a component names.</summary>
/// <param name="Database">Id of the database.</param>
/// <param name="Process">Id or exact name of the process.</param>
/// <param name="Category">Category of the database's methods; null for the potentials of the packs.</param>
internal sealed record ProcessLink(string Database, string Process, string? Category)
{
    /// <summary>The link of a component, or null.</summary>
    public static ProcessLink? Of(Component component) =>
        component.Process?.Split(':', 2) is [var database, var process]
            ? new ProcessLink(database, process, component.Category) : null;
}

/// <summary>
/// Bills of materials level by level. What the site bought in these months is in the inventory's lines and is
/// not counted again; all else counts by its factor or process, or is a gap.
/// </summary>
internal sealed class FootprintBill(FootprintSpec spec, View view, FactorLibrary packs,
    InventoryReport inventory, IReadOnlyDictionary<ProcessLink, AssessReport> assessed)
{
    private const string Unit = "kg CO2e";

    /// <summary>The pack of flows and the category by which processes are weighed without a method.</summary>
    private const string Potentials = "gwp-100-flows", Total = "total";

    /// <summary>Decimals where one unit is no exact multiple of another; lines of a bill.</summary>
    private const int RatioScale = 18, MostLines = 10_000;

    private readonly BillsOfMaterials _bills = new(view.Registers.Of<Component>());

    private readonly HashSet<string> _bought = [.. inventory.Scope1.Lines.Select(l => l.Resource),
        .. inventory.Scope2.Location.Lines.Select(l => l.Resource),
        .. inventory.Scope3.Categories.Where(c => c.Category == 1).SelectMany(c => c.Lines)
            .Select(l => l.Resource)];

    /// <summary>What was made here and used here: its making is in the lines of the site.</summary>
    public IReadOnlySet<string> UsedUp { get; set; } = new HashSet<string>();

    /// <summary>The question about one unit of a process.</summary>
    public static string SpecOf(ProcessLink link, GwpSet gwp)
    {
        var asked = new JsonObject
        {
            ["database"] = link.Database,
            ["process"] = link.Process,
            ["amount"] = "1",
            ["categories"] = new JsonArray(link.Category ?? Total),
            ["top"] = 1,
        };
        if (link.Category is null)
            asked["method"] = new JsonObject
            {
                ["pack"] = Potentials,
                ["gwp"] = JsonSerializer.SerializeToNode(gwp, Question.Json),
            };
        return asked.ToJsonString();
    }

    /// <summary>The lines of a product's bill, each below what it goes into.</summary>
    public IReadOnlyList<FootprintComponent> Of(FootprintOutput made)
    {
        foreach (var part in _bills.Of(made.Product))
            if (_bills.Path(part.Item, made.Product) is { } back)
                throw RefusedException.Of("products.footprint.cycle",
                    ("chain", string.Join(" → ", back.Prepend(made.Product))));
        var lines = new List<FootprintComponent>();
        Expand(lines, made, made.Product, 1, [], [made.Product]);
        return lines;
    }

    private void Expand(List<FootprintComponent> lines, FootprintOutput made, string into, int level,
        IReadOnlyList<Component> above, IReadOnlyList<string> path)
    {
        foreach (var part in _bills.Of(into))
        {
            if (path.Contains(part.Item))
                throw RefusedException.Of("products.footprint.cycle",
                    ("chain", string.Join(" → ", path.Append(part.Item))));
            if (lines.Count == MostLines)
                throw RefusedException.Of("products.footprint.bill", ("product", made.Product),
                    ("most", MostLines));
            List<Component> chain = [.. above, part];
            lines.Add(Line(part, made, level, chain));
            if (lines[^1].Counted == "bill")
                Expand(lines, made, part.Item, level + 1, chain, [.. path, part.Item]);
        }
    }

    private FootprintComponent Line(Component part, FootprintOutput made, int level,
        IReadOnlyList<Component> chain)
    {
        var line = new FootprintComponent
        {
            Level = level,
            Into = part.Product,
            Item = part.Item,
            Name = NameOf(part),
            Amount = AmountOf(part),
            Counted = "gap",
            Source = "noSource",
            Factor = null,
            Emissions = null,
        };
        if (_bought.Contains(part.Item)) return line with { Counted = "books", Source = "" };
        if (part.Factor is null && part.Process is null)
            return _bills.Of(part.Item).Any() ? line with { Counted = "bill", Source = "" }
                : UsedUp.Contains(part.Item) ? line with { Counted = "books", Source = "" } : line;
        var (factor, unit, why) = part.Factor is not null ? ByFactor(part.Factor) : ByProcess(part);
        if (factor is null || unit is null) return line with { Source = why };
        if (Ratio(part.Unit, unit) is not { } ratio) return line with { Source = "unit" };
        if (Carried(made, chain) is not { } operands) return line with { Source = "productUnit" };
        if (operands.Count == 0) return line with { Source = "notInForce" };
        if (part.Unit != unit) operands.Add(new("operand.conversion", ratio));
        operands.Add(new("operand.factor", factor));
        return line with
        {
            Counted = part.Factor is not null ? "factor" : "process",
            Source = part.Factor ?? part.Process!,
            Factor = factor,
            Emissions = Figure.Product(Unit, "formula.products.footprint.component", [.. operands]),
        };
    }

    /// <summary>
    /// Output in the months in which all lines of the chain hold, then the amounts from the product down;
    /// empty where there are no such months, null where units do not lead from one to the next.
    /// </summary>
    private List<Operand>? Carried(FootprintOutput made, IReadOnlyList<Component> chain)
    {
        var parts = made.Months.Where(m => chain.All(c => c.Holds(m.Month))).Select(m => m.Part).ToList();
        if (parts.Count == 0) return [];
        var operands = new List<Operand>
        {
            new("operand.output", parts.Count == made.Months.Count ? made.Output
                : Figure.Sum(made.Output.Unit, parts)),
        };
        var unit = made.Output.Unit;
        foreach (var part in chain)
        {
            var counted = view.Registers.Find<Product>(part.Product)?.Unit ?? unit;
            if (unit != counted)
            {
                if (Ratio(unit, counted) is not { } ratio) return null;
                operands.Add(new("operand.conversion", ratio));
            }
            operands.Add(new("operand.amount", AmountOf(part)));
            unit = part.Unit;
        }
        return operands;
    }

    private (Figure? Factor, string? Unit, string Why) ByFactor(string key)
    {
        if (packs.Factor(key) is not { } row) return (null, null, "noFactor");
        if (row.Result == FactorResult.KWh) return (null, null, "notCarbon");
        return packs.ValueOf(row, spec.Gwp) is not { } value ? (null, null, "otherSet")
            : (new Figure(value.Total, $"{Unit}/{row.ActivityUnit.Code}",
                new Trace.PackRow(row.Pack.Id, row.Id, "value", row.Citation)), row.ActivityUnit.Code, "");
    }

    private (Figure? Factor, string? Unit, string Why) ByProcess(Component part)
    {
        var report = assessed[ProcessLink.Of(part)!];
        var score = report.Categories[0].Score;
        if (!score.Unit.StartsWith("kg CO2", StringComparison.OrdinalIgnoreCase))
            return (null, null, "notCarbon");
        var unit = report.Amount.Unit;
        return (new Figure(score.Value, $"{Unit}/{unit}", new Trace.Formula(
            "formula.products.footprint.process", [new("operand.emissions", score)])), unit, "");
    }

    private static Figure? Ratio(string from, string to)
    {
        if (!Units.TryParse(from, out var unit) || !Units.TryParse(to, out var wanted)
            || !unit.ConvertsTo(wanted)) return null;
        var (numerator, denominator) = unit.RatioTo(wanted);
        var (a, b) = (Amount.From(numerator), Amount.From(denominator));
        return new Figure(Amount.TryDivide(a, b, out var exact) ? exact : Amount.Divide(a, b, RatioScale),
            $"{to}/{from}", new Trace.Constant("constant.products.unit"));
    }

    private Figure AmountOf(Component part) => new(part.Amount, part.Unit, new Trace.Registered("component",
        part.Id, "amount", view.Registers.PositionOf("component", part.Id)));

    private Name NameOf(Component part) => part.Name is { En: null, Zh: null }
        ? view.Registers.Find<Product>(part.Item)?.Name ?? packs.Resources.Find(part.Item)?.Name
            ?? new Name(part.Item) : part.Name;
}
