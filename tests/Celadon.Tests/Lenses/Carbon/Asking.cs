using System.Runtime.CompilerServices;
using Celadon.Lenses;
using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Text;

namespace Celadon.Tests.Lenses.Carbon;

/// <summary>
/// Asks a calculator as a user would, with JSON, and checks that every number explains itself.
/// </summary>
internal static class Asking
{
    /// <summary>The answer; every figure's trace has been recomputed.</summary>
    public static Answer Ask(Question question, string spec, FactorLibrary? packs = null)
    {
        var read = question.ReadSpec(spec);
        Assert.Null(question.Needs(read));
        var answer = question.Compute(read, null, packs ?? FactorLibrary.Empty, CancellationToken.None);
        foreach (var (pointer, figure) in Explainer.All(answer.Report)) Holds(pointer, figure);
        foreach (var finding in answer.Findings)
            foreach (var catalogue in (Catalogue[])[Catalogue.English, Catalogue.Chinese])
            {
                Assert.True(catalogue.Has("finding." + finding.Code),
                    $"{finding.Code} in {catalogue.Language}");
                Assert.DoesNotContain('{', catalogue.Render(finding));
            }
        return answer;
    }

    /// <summary>The number at a pointer, with its unit: "145000 kg CO2e".</summary>
    public static string At(Answer answer, string pointer)
    {
        var figure = Explainer.Find(answer.Report, pointer).Figure;
        return figure.Unit.Length == 0 ? figure.Value.ToString() : $"{figure.Value} {figure.Unit}";
    }

    /// <summary>The code of the refusal, whose text is there in both languages.</summary>
    public static string Refused(Question question, string spec, FactorLibrary? packs = null)
    {
        var refused = Assert.Throws<RefusedException>(() => question.Compute(
            question.ReadSpec(spec), null, packs ?? FactorLibrary.Empty, CancellationToken.None));
        foreach (var catalogue in (Catalogue[])[Catalogue.English, Catalogue.Chinese])
        {
            Assert.True(catalogue.Has("finding." + refused.Finding.Code),
                $"{refused.Finding.Code}, {catalogue.Language}");
            Assert.DoesNotContain('{', catalogue.Render(refused.Finding));
            Assert.NotNull(catalogue.Remedy(refused.Finding));
        }
        return refused.Finding.Code;
    }

    /// <summary>A file beside the test that names it.</summary>
    public static string Beside(string name, [CallerFilePath] string from = "") =>
        Path.Combine(Path.GetDirectoryName(from)!, name);

    private static void Holds(string pointer, Figure figure)
    {
        var operands = Explainer.OperandsOf(figure.Trace);
        if (figure.Trace is Trace.Sum)
        {
            Assert.True(operands.All(o => o.Figure.Unit == figure.Unit), $"{pointer}: unlike units in a sum");
            var sum = operands.Aggregate(Amount.Zero, (total, o) => total + o.Figure.Value);
            Assert.True(sum == figure.Value, $"{pointer}: parts add up to {sum}, not {figure.Value}");
        }
        if (figure.Trace is Trace.Product)
        {
            var product = operands.Aggregate(Amount.One, (value, o) => value * o.Figure.Value);
            Assert.True(product == figure.Value, $"{pointer}: operands give {product}, not {figure.Value}");
        }
        for (var i = 0; i < operands.Count; i++)
        {
            Assert.True(!operands[i].Label.StartsWith("operand.", StringComparison.Ordinal)
                || (Catalogue.English.Has(operands[i].Label) && Catalogue.Chinese.Has(operands[i].Label)),
                $"{pointer}: no text for {operands[i].Label}");
            Holds($"{pointer}/@/{i}", operands[i].Figure);
        }
        var formula = figure.Trace switch
        {
            Trace.Product product => product.Name,
            Trace.Formula named => named.Name,
            Trace.Converted converted => converted.Name,
            _ => null,
        };
        Assert.True(formula is null || (Catalogue.English.Has(formula) && Catalogue.Chinese.Has(formula)),
            $"{pointer}: no text for {formula}");
    }
}
