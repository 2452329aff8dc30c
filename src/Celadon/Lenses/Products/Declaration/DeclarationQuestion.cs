using System.Collections.Immutable;
using Celadon.Packs;
using Celadon.Text;
using NodaTime.Text;

namespace Celadon.Lenses.Products;

/// <summary>
/// products.declaration: an environmental product declaration after EN 15804+A2, put in order and checked.
/// </summary>
public sealed class DeclarationQuestion : Question<DeclarationSpec, DeclarationReport>, ITakesAnswers
{
    /// <inheritdoc/>
    public override string Name => "products.declaration";

    /// <inheritdoc/>
    public override string Example => """
        {
          "product": "Stoneware tile, glazed", "owner": "Longcheng Ceramics",
          "programme": "Own declaration, no operator", "pcr": "EN 17160:2019", "issued": "2026-11-26",
          "validUntil": "2031-11-25", "serviceLife": "50",
          "unit": { "amount": "1", "of": "m2", "mass": "19.5" },
          "cutOff": "Packaging of auxiliaries, below 1 % of mass.",
          "scenarios": [ { "module": "C4", "text": "70 % as filler, 30 % to landfill" } ],
          "modules": { "B1": "MNR", "B6": "MNR", "B7": "MNR" },
          "indicators": [
            { "indicator": "GWP-total", "values": { "A1-A3": "12.40", "C1": "0.05", "C2": "0.21",
              "C3": "0.02", "C4": "0.11", "D": "-0.15" } },
            { "indicator": "GWP-fossil", "values": { "A1-A3": "12.60", "C1": "0.05", "C2": "0.21",
              "C3": "0.02", "C4": "0.11", "D": "-0.15" } },
            { "indicator": "GWP-biogenic", "values": { "A1-A3": "-0.21", "C1": "0.00", "C2": "0.00",
              "C3": "0.00", "C4": "0.00", "D": "0.00" } },
            { "indicator": "GWP-luluc", "values": { "A1-A3": "0.01", "C1": "0.00", "C2": "0.00",
              "C3": "0.00", "C4": "0.00", "D": "0.00" } }
          ]
        }
        """;

    /// <inheritdoc/>
    /// <remarks>Registers and months are the footprint's own; the declaration itself needs none.</remarks>
    public ImmutableArray<TakenAnswer> Takes(object spec) => spec is DeclarationSpec
        { Footprint: { } asked } declared && !DeclaredProduction.IsStated(declared)
        ? [new TakenAnswer("products.footprint", asked)] : [];

    /// <inheritdoc/>
    public Answer Compute(object spec, View? view, FactorLibrary packs, IReadOnlyList<Answer> taken,
        CancellationToken cancel)
    {
        var (declared, findings) = ((DeclarationSpec)spec, new List<Finding>());
        if (taken.Count == 0)
        {
            if (declared.Footprint is not null)
                findings.Add(Finding.Of("products.declaration.footprintUnused", Severity.Info,
                    new Place(Pointer: "/footprint")));
            return new Answer(Report(declared, "", packs, findings), [.. findings]);
        }
        findings.AddRange(taken[0].Findings.Where(f => f.Code.StartsWith("products.footprint.",
            StringComparison.Ordinal)));
        var given = DeclaredProduction.Of(declared, (FootprintReport)taken[0].Report, findings);
        return new Answer(Report(declared, "", packs, findings, given), [.. findings]);
    }

    /// <inheritdoc/>
    protected override DeclarationReport Compute(DeclarationSpec spec, View? view, FactorLibrary packs,
        List<Finding> findings, CancellationToken cancel) => Report(spec, "", packs, findings);

    /// <summary>The declaration that stands at a pointer of a spec.</summary>
    internal static DeclarationReport Report(DeclarationSpec spec, string at, FactorLibrary packs,
        List<Finding> findings, Figure? production = null)
    {
        if (spec.Footprint is not null && production is null && !DeclaredProduction.IsStated(spec))
            throw Refusal.At("products.declaration.needsBooks", at + "/footprint");
        CheckDays(spec, at);
        if (spec.Unit.Amount.Sign <= 0 || spec.Unit.Mass is { Sign: <= 0 })
            throw Refusal.At("products.declaration.unit", at + "/unit");
        CheckWords(spec, at, findings);
        var table = new DeclarationTable(spec, at, packs, findings, production);
        var report = new DeclarationReport(spec.Product, spec.Owner, spec.Programme, spec.Number, spec.Pcr,
            spec.Verifier, spec.Issued, spec.ValidUntil, Unit(spec.Unit, at),
            spec.ServiceLife is { } life
                ? new Figure(life, "a", new Trace.Given(at + "/serviceLife")) : null,
            spec.CutOff, [.. spec.Scenarios.IsDefault ? [] : spec.Scenarios], table.Modules,
            table.Indicators());
        findings.AddRange(DeclarationChecks.Of(report, spec));
        return report;
    }

    private static DeclaredUnit Unit(DeclaredUnitSpec unit, string at) => new(unit.Functional,
        new Figure(unit.Amount, unit.Of, new Trace.Given(at + "/unit/amount")),
        unit.Mass is { } mass ? new Figure(mass, "kg", new Trace.Given(at + "/unit/mass")) : null,
        unit.Function);

    private static void CheckWords(DeclarationSpec spec, string at, List<Finding> findings)
    {
        if (string.IsNullOrWhiteSpace(spec.Unit.Of))
            throw Refusal.At("products.declaration.unit", at + "/unit/of");
        if (spec.ServiceLife is { Sign: <= 0 })
            throw Refusal.At("products.declaration.life", at + "/serviceLife");
        for (var i = 0; i < (spec.Scenarios.IsDefault ? 0 : spec.Scenarios.Length); i++)
            DeclarationTable.CheckModule(spec.Scenarios[i].Module,
                FormattableString.Invariant($"{at}/scenarios/{i}/module"));
        if (string.IsNullOrWhiteSpace(spec.Pcr)) findings.Add(Finding.Of("products.declaration.pcr",
            Severity.Warning, new Place(Pointer: at + "/pcr")));
    }

    private static void CheckDays(DeclarationSpec spec, string at)
    {
        var issued = LocalDatePattern.Iso.Parse(spec.Issued);
        if (!issued.Success) throw Refusal.At("products.declaration.day", at + "/issued",
            ("text", spec.Issued));
        var until = LocalDatePattern.Iso.Parse(spec.ValidUntil);
        if (!until.Success) throw Refusal.At("products.declaration.day", at + "/validUntil",
            ("text", spec.ValidUntil));
        if (until.Value <= issued.Value) throw Refusal.At("products.declaration.validity",
            at + "/validUntil", ("from", spec.Issued), ("until", spec.ValidUntil));
    }
}
