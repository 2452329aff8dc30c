using System.Text.Json;
using Celadon.Lenses;
using Celadon.Lenses.Carbon.Inventory;
using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Tests.Packs;
using Celadon.Text;

namespace Celadon.Tests.Lenses.Carbon.Inventory;

/// <summary>
/// Asks for an inventory as a user would, with JSON, and checks every answer against the contract.
/// </summary>
internal static class InventoryAsking
{
    public const string Spec = """{"period":"2026-09","gwp":"AR5","allowNearestEdition":true}""";

    public static readonly InventoryQuestion Question = new();

    /// <summary>The answer; every figure explains itself and every finding has its texts.</summary>
    public static (InventoryReport Report, Answer Answer) Ask(
        View view, string spec = Spec, FactorLibrary? packs = null)
    {
        var answer = Question.Compute(Question.ReadSpec(spec), view, packs ?? PacksUnderTest.Library,
            CancellationToken.None);
        var report = Assert.IsType<InventoryReport>(answer.Report);
        foreach (var (pointer, figure) in Explainer.All(report)) Explains(pointer, figure);
        foreach (var finding in answer.Findings.Concat(report.Caveats)) HasTexts(finding);
        return (report, answer);
    }

    /// <summary>The value at a pointer.</summary>
    public static string At(InventoryReport report, string pointer) =>
        Explainer.Find(report, pointer).Figure.Value.ToString();

    /// <summary>The report's bytes.</summary>
    public static string Json(InventoryReport report) =>
        JsonSerializer.Serialize(report, Celadon.Lenses.Question.Json);

    /// <summary>The refusal's code.</summary>
    public static string Refused(View view, string spec)
    {
        var refused = Assert.Throws<RefusedException>(() => Question.Compute(
            Question.ReadSpec(spec), view, PacksUnderTest.Library, CancellationToken.None));
        HasTexts(refused.Finding);
        return refused.Finding.Code;
    }

    /// <summary>Findings of a code.</summary>
    public static IReadOnlyList<Finding> Of(this Answer answer, string code) =>
        [.. answer.Findings.Where(f => f.Code == code)];

    private static void HasTexts(Finding finding)
    {
        foreach (var catalogue in (Catalogue[])[Catalogue.English, Catalogue.Chinese])
        {
            Assert.True(catalogue.Has("finding." + finding.Code), $"{finding.Code} in {catalogue.Language}");
            Assert.DoesNotContain('{', catalogue.Render(finding));
        }
    }

    /// <summary>Sums and products hold; a summed number's leaves add up to it, to the last digit.</summary>
    private static void Explains(string pointer, Figure figure)
    {
        if (Explainer.IsSummed(figure.Trace))
        {
            var leaves = Explainer.Leaves(figure)
                .Aggregate(Amount.Zero, (sum, leaf) => sum + leaf.Contribution);
            Assert.True(leaves == figure.Value, $"{pointer}: leaves add up to {leaves}, not {figure.Value}");
        }
        Holds(pointer, figure);
    }

    private static void Holds(string pointer, Figure figure)
    {
        var operands = Explainer.OperandsOf(figure.Trace);
        if (figure.Trace is Trace.Sum)
        {
            Assert.True(operands.All(o => o.Figure.Unit == figure.Unit), $"{pointer}: unlike units in a sum");
            Assert.Equal(figure.Value, operands.Aggregate(Amount.Zero, (total, o) => total + o.Figure.Value));
        }
        if (figure.Trace is Trace.Product)
            Assert.Equal(figure.Value, operands.Aggregate(Amount.One, (value, o) => value * o.Figure.Value));
        var formula = figure.Trace switch
        {
            Trace.Product product => product.Name,
            Trace.Formula named when named.Name != "formula.adjustment" => named.Name,
            Trace.Converted converted => converted.Name,
            _ => null,
        };
        if (formula is not null) HasText(formula);
        foreach (var operand in operands)
        {
            if (operand.Label.StartsWith("operand.", StringComparison.Ordinal)
                && figure.Trace is not Trace.Formula { Name: "formula.adjustment" }) HasText(operand.Label);
            Holds(pointer, operand.Figure);
        }
    }

    private static void HasText(string key) =>
        Assert.True(Catalogue.English.Has(key) && Catalogue.Chinese.Has(key), $"no text for {key}");
}
