using Celadon.Lca.Model;
using Celadon.Lca.Results;
using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Text;

namespace Celadon.Lenses.Products;

/// <summary>
/// products.compare: alternatives on one functional unit, by an adopted life-cycle database or by a small
/// system stated in the spec.
/// </summary>
public sealed class CompareQuestion : Question<CompareSpec, CompareReport>
{
    private const int MostAlternatives = 8;

    /// <inheritdoc/>
    public override string Name => "products.compare";

    /// <inheritdoc/>
    public override string Example => """
        {
          "functionalUnit": { "what": "milk, packed", "amount": "1000", "unit": "l" },
          "alternatives": [
            { "name": "bottle", "process": "filling bottles" },
            { "name": "carton", "process": "filling cartons" },
            { "name": "bottle of cullet", "process": "filling bottles", "suppliers": [
              { "process": "filling bottles", "flow": "glass", "to": "glass from cullet" } ] }
          ],
          "monteCarlo": { "samples": 1000, "seed": 1 },
          "system": {
            "flows": [
              { "name": "electricity", "unit": "kWh", "kind": "product" },
              { "name": "glass", "unit": "kg", "kind": "product" },
              { "name": "board", "unit": "kg", "kind": "product" },
              { "name": "milk in bottles", "unit": "l", "kind": "product" },
              { "name": "milk in cartons", "unit": "l", "kind": "product" },
              { "name": "carbon dioxide", "unit": "kg", "kind": "elementary" }
            ],
            "processes": [
              { "name": "power plant", "reference": "electricity", "exchanges": [
                { "flow": "electricity", "amount": "1", "unit": "kWh" },
                { "flow": "carbon dioxide", "amount": "0.55", "unit": "kg",
                  "uncertainty": { "distribution": "lognormal", "spread": "1.3" } } ] },
              { "name": "glass from sand", "reference": "glass", "exchanges": [
                { "flow": "glass", "amount": "1", "unit": "kg" },
                { "flow": "electricity", "amount": "0.6", "unit": "kWh", "input": true },
                { "flow": "carbon dioxide", "amount": "1.05", "unit": "kg",
                  "uncertainty": { "distribution": "lognormal", "spread": "1.15" } } ] },
              { "name": "glass from cullet", "reference": "glass", "exchanges": [
                { "flow": "glass", "amount": "1", "unit": "kg" },
                { "flow": "electricity", "amount": "0.5", "unit": "kWh", "input": true },
                { "flow": "carbon dioxide", "amount": "0.55", "unit": "kg",
                  "uncertainty": { "distribution": "lognormal", "spread": "1.15" } } ] },
              { "name": "board mill", "reference": "board", "exchanges": [
                { "flow": "board", "amount": "1", "unit": "kg" },
                { "flow": "electricity", "amount": "1.1", "unit": "kWh", "input": true },
                { "flow": "carbon dioxide", "amount": "0.42", "unit": "kg",
                  "uncertainty": { "distribution": "lognormal", "spread": "1.2" } } ] },
              { "name": "filling bottles", "reference": "milk in bottles", "exchanges": [
                { "flow": "milk in bottles", "amount": "1", "unit": "l" },
                { "flow": "glass", "amount": "0.025", "unit": "kg", "input": true,
                  "provider": "glass from sand",
                  "uncertainty": { "distribution": "lognormal", "spread": "1.2" } },
                { "flow": "electricity", "amount": "0.04", "unit": "kWh", "input": true } ] },
              { "name": "filling cartons", "reference": "milk in cartons", "exchanges": [
                { "flow": "milk in cartons", "amount": "1", "unit": "l" },
                { "flow": "board", "amount": "0.03", "unit": "kg", "input": true,
                  "uncertainty": { "distribution": "lognormal", "spread": "1.1" } },
                { "flow": "electricity", "amount": "0.03", "unit": "kWh", "input": true } ] }
            ],
            "categories": [
              { "name": "climate change", "unit": "kg CO2e", "factors": [
                { "flow": "carbon dioxide", "factor": "1" } ] }
            ]
          }
        }
        """;

    /// <inheritdoc/>
    protected override CompareReport Compute(CompareSpec spec, View? view, FactorLibrary packs,
        List<Finding> findings, CancellationToken cancel)
    {
        Check(spec);
        var (lookup, sources) = AssessQuestion.Asked(spec.Database, spec.System, packs);
        return AssessQuestion.Guarded(lookup, () =>
        {
            using var now = new CompareModel(lookup, sources, spec, packs, cancel);
            var alternatives = new List<SolvedAlternative>();
            try
            {
                for (var i = 0; i < spec.Alternatives.Length; i++)
                {
                    cancel.ThrowIfCancellationRequested();
                    alternatives.Add(now.Solve(i));
                }
                var samples = new CompareSamples(spec, alternatives, cancel);
                findings.AddRange(CompareFindings.Of(now, alternatives, samples));
                findings.AddRange(AssessFindings.Widened(now.Widened, lookup));
                var splits = alternatives.Select((a, i) => i == 0 ? null : CompareSplit.Of(now, lookup,
                    spec.Alternatives[i], i,
                    [.. now.Categories.Select((_, c) => a.Figures.Result.Score(new(c)))])).ToList();
                findings.AddRange(CompareFindings.Inseparable(alternatives, splits));
                var function = new Figure(spec.FunctionalUnit.Amount, spec.FunctionalUnit.Unit,
                    new Trace.Given("/functionalUnit/amount"));
                var report = new CompareReport(spec.Database, spec.FunctionalUnit.What, function,
                    [.. alternatives.Select(a => a.Report())],
                    [.. now.Categories.Select((c, k) =>
                        new CompareFigures(alternatives, samples, splits, c, new(k), spec.Top)
                            .Category())]);
                findings.InsertRange(0, CompareFindings.OfDigits(report));
                return report;
            }
            finally
            {
                foreach (var alternative in alternatives) alternative.Dispose();
            }
        });
    }

    private static void Check(CompareSpec spec)
    {
        if (spec.Alternatives.Length is < 2 or > MostAlternatives)
            throw Refusal.At("products.compare.alternatives", "/alternatives", ("most", MostAlternatives));
        if (spec.FunctionalUnit.Amount.Sign <= 0)
            throw Refusal.At("products.compare.amount", "/functionalUnit/amount",
                ("value", spec.FunctionalUnit.Amount));
        AssessQuestion.CheckShown(spec.Top, spec.MonteCarlo);
        var common = spec.FunctionalUnit;
        for (var i = 0; i < spec.Alternatives.Length; i++)
        {
            var (a, at) = (spec.Alternatives[i], CompareModel.Pointer(i));
            if (spec.Alternatives.Take(i).Any(b => b.Name == a.Name))
                throw Refusal.At("products.compare.twice", at + "/name", ("name", a.Name));
            if (a.ReferenceFlow is { Amount: { Sign: <= 0 } value })
                throw Refusal.At("products.compare.amount", at + "/referenceFlow/amount", ("value", value));
            if (a.FunctionalUnit is { } own && own != common)
                throw Refusal.At("products.compare.functionalUnit", at + "/functionalUnit",
                    ("name", a.Name), ("own", Said(own)), ("common", Said(common)));
        }
    }

    private static string Said(ComparedFunction function) =>
        $"{function.Amount} {function.Unit} {function.What}";
}
