using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Celadon.Packs;
using Celadon.Text;

namespace Celadon.Lenses.Products;

/// <summary>Two declarations to be compared.</summary>
public sealed record DeclarationComparisonSpec
{
    /// <summary>The one that is compared with.</summary>
    public required DeclarationSpec First { get; init; }

    /// <summary>The other.</summary>
    public required DeclarationSpec Second { get; init; }
}

/// <summary>What differs between two declarations.</summary>
/// <param name="First">Product of the first.</param>
/// <param name="Second">Product of the second.</param>
/// <param name="Unit">What both are for.</param>
/// <param name="Differences">Second less first, for every number that both state.</param>
public sealed record DeclarationComparisonReport(
    string First, string Second, DeclaredUnit Unit, ImmutableArray<DeclaredDifference> Differences);

/// <summary>A difference.</summary>
/// <param name="Indicator">Id of the indicator.</param>
/// <param name="Module">The module.</param>
/// <param name="First">The first's number.</param>
/// <param name="Second">The second's number.</param>
/// <param name="Difference">Second less first.</param>
public sealed record DeclaredDifference(
    string Indicator, string Module, Figure First, Figure Second, Figure Difference) : IHasPrincipalFigure
{
    /// <inheritdoc/>
    [JsonIgnore]
    public (string Property, Figure Figure) Principal => ("difference", Difference);
}

/// <summary>
/// products.declarationComparison: two declarations side by side; refused unless they are for the same unit,
/// by the same rules, over the same modules (EN 15804+A2, 5.3; ISO 14025, 6.7.2).
/// </summary>
public sealed class DeclarationComparisonQuestion
    : Question<DeclarationComparisonSpec, DeclarationComparisonReport>
{
    /// <inheritdoc/>
    public override string Name => "products.declarationComparison";

    /// <inheritdoc/>
    public override string Example => $$"""
        { "first": {{One("Tile", "12.40", "-0.15")}}, "second": {{One("Thin tile", "8.10", "-0.10")}} }
        """;

    /// <inheritdoc/>
    protected override DeclarationComparisonReport Compute(DeclarationComparisonSpec spec, View? view,
        FactorLibrary packs, List<Finding> findings, CancellationToken cancel)
    {
        var first = DeclarationQuestion.Report(spec.First, "/first", packs, findings);
        var second = DeclarationQuestion.Report(spec.Second, "/second", packs, findings);
        Same("products.declaration.compare.unit", UnitOf(first), UnitOf(second));
        if (string.IsNullOrWhiteSpace(first.Pcr))
            throw Refusal.At("products.declaration.compare.noPcr", "/first/pcr");
        Same("products.declaration.compare.pcr", first.Pcr.Trim(), second.Pcr.Trim());
        Same("products.declaration.compare.modules", ModulesOf(first), ModulesOf(second));
        return new DeclarationComparisonReport(first.Product, second.Product, first.Unit,
            [.. from a in first.Indicators
                join b in second.Indicators on a.Id equals b.Id
                from module in first.Modules
                let before = a.Of(module.Id)
                let after = b.Of(module.Id)
                where before is not null && after is not null
                select new DeclaredDifference(a.Id, module.Id, before, after,
                    new Figure(after.Value - before.Value, a.Unit, new Trace.Formula("formula.difference",
                        [new("operand.after", after), new("operand.before", before)])))]);
    }

    private static void Same(string code, string first, string second)
    {
        if (first != second) throw Refusal.At(code, "/second", ("first", first), ("second", second));
    }

    private static string UnitOf(DeclarationReport report) => string.Join("; ", new[]
    {
        $"{report.Unit.Amount.Value} {report.Unit.Amount.Unit}", report.Unit.Function,
        report.Unit.Functional ? "FU" : "DU",
        report.ServiceLife is { } life ? $"{life.Value} a" : null,
    }.Where(part => part is not null));

    private static string ModulesOf(DeclarationReport report) => string.Join(", ",
        report.Modules.Where(m => m.Status == DeclarationModules.Declared).Select(m => m.Id));

    private static string One(string product, string production, string beyond) => $$"""
        { "product": "{{product}}", "owner": "Longcheng Ceramics", "programme": "None",
          "pcr": "EN 17160:2019", "issued": "2026-11-26", "validUntil": "2031-11-25",
          "unit": { "amount": "1", "of": "m2", "mass": "19.5" }, "cutOff": "None",
          "indicators": [ { "indicator": "GWP-total", "values": { "A1-A3": "{{production}}", "C1": "0.05",
            "C2": "0.21", "C3": "0.02", "C4": "0.11", "D": "{{beyond}}" } } ] }
        """;
}
