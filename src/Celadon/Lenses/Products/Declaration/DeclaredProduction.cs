using Celadon.Quantities;
using Celadon.Text;

namespace Celadon.Lenses.Products;

/// <summary>
/// Production from a footprint. What the footprint counts is fossil carbon and the other gases, so it is
/// GWP-fossil; what growing takes up and land gives off is not in the books and stays to be stated.
/// </summary>
internal static class DeclaredProduction
{
    /// <summary>Ids of the indicators.</summary>
    public const string Total = "GWP-total", Fossil = "GWP-fossil";

    /// <summary>What GWP-total consists of beside fossil.</summary>
    public static readonly string[] Others = ["GWP-biogenic", "GWP-luluc"];

    /// <summary>Decimals where one unit is no exact multiple of another.</summary>
    private const int Scale = 12;

    /// <summary>True where the spec states a number of production of either indicator.</summary>
    public static bool IsStated(DeclarationSpec spec) => !spec.Indicators.IsDefault && spec.Indicators
        .Where(i => i.Indicator is Total or Fossil).SelectMany(i => i.Values)
        .Any(v => (v.Key == DeclarationModules.Production
            || DeclarationModules.ProductionParts.Contains(v.Key))
            && PrintedNumber.Read(v.Value) is not null);

    /// <summary>The footprint of the declared unit, kg CO2e.</summary>
    public static Figure Of(DeclarationSpec spec, FootprintReport report, List<Finding> findings)
    {
        var products = report.Products.Where(p => spec.FootprintProduct is null
            || p.Product == spec.FootprintProduct).ToList();
        if (products is not [var product])
            throw Refusal.At("products.declaration.footprintProduct", "/footprintProduct",
                ("names", string.Join(", ", report.Products.Select(p => p.Product))));
        findings.Add(Finding.Of("products.declaration.fromFootprint", Severity.Info,
            new Place(Pointer: "/footprint"), ("product", product.Product)));
        if (report.Partial)
            findings.Add(Finding.Of("products.declaration.atLeast", Severity.Warning,
                new Place(Pointer: "/footprint")));
        var amount = new Figure(spec.Unit.Amount, spec.Unit.Of, new Trace.Given("/unit/amount"));
        var mass = spec.Unit.Mass is { } kg ? new Figure(kg, "kg", new Trace.Given("/unit/mass")) : null;
        var counted = product.Output.Unit;
        if (Ratio(spec.Unit.Of, counted) is { } direct) return Times(product.PerUnit, amount, direct);
        if (mass is not null && Ratio("kg", counted) is { } perKilogram)
            return Times(product.PerUnit, mass, perKilogram);
        throw Refusal.At("products.declaration.footprintUnit", "/unit", ("unit", spec.Unit.Of),
            ("counted", counted));
    }

    private static Figure Times(Figure perUnit, Figure amount, Amount ratio) => new(
        (perUnit.Value * amount.Value * ratio).Round(Scale), "kg CO2e", new Trace.Formula(
            "formula.products.declaration.footprint",
            [new("operand.emissions", perUnit), new("operand.amount", amount)]));

    private static Amount? Ratio(string from, string to)
    {
        if (from == to) return Amount.One;
        if (!Units.TryParse(from, out var unit) || !Units.TryParse(to, out var wanted)
            || !unit.ConvertsTo(wanted)) return null;
        var (numerator, denominator) = unit.RatioTo(wanted);
        return Amount.Divide(Amount.From(numerator), Amount.From(denominator), Scale);
    }
}
