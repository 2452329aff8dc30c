using Celadon.Quantities;
using Celadon.Text;

namespace Celadon.Lenses.Products;

/// <summary>What a reader of a declaration would check by hand, each with both figures.</summary>
internal static class DeclarationChecks
{
    private const string Total = "GWP-total";
    private const string Biogenic = "GWP-biogenic";
    private static readonly string[] Parts = ["GWP-fossil", Biogenic, "GWP-luluc"];

    /// <summary>Every finding.</summary>
    public static IEnumerable<Finding> Of(DeclarationReport report, DeclarationSpec spec) =>
        [.. Obligatory(report), .. ProductionSums(report, spec), .. WarmingAddsUp(report, spec),
            .. UptakeComesOut(report, spec), .. Statements(report)];

    /// <summary>EN 15804+A2, 5.2: A1 to A3, C1 to C4 and D.</summary>
    private static IEnumerable<Finding> Obligatory(DeclarationReport report)
    {
        var declared = report.Modules.Where(m => m.Status != DeclarationModules.NotDeclared)
            .Select(m => m.Id).ToHashSet();
        var missing = DeclarationModules.EndOfLife.Append(DeclarationModules.Beyond)
            .Where(m => !declared.Contains(m)).ToList();
        if (!declared.Contains(DeclarationModules.Production))
            missing.InsertRange(0, DeclarationModules.ProductionParts.Where(m => !declared.Contains(m)));
        if (missing.Count > 0) yield return Finding.Of("products.declaration.obligatory", Severity.Error,
            null, ("modules", string.Join(", ", missing)));
    }

    /// <summary>Where production is stated as one and in parts too, the parts must give the one.</summary>
    private static IEnumerable<Finding> ProductionSums(DeclarationReport report, DeclarationSpec spec) =>
        from row in report.Indicators
        let whole = Printed(spec, row.Id, DeclarationModules.Production)
        let parts = DeclarationModules.ProductionParts.Select(m => Printed(spec, row.Id, m)).ToList()
        where whole is not null && parts.TrueForAll(p => p is not null)
        let sum = Sum(parts)
        where Apart(whole!.Value, sum)
        select Finding.Of("products.declaration.production", Severity.Warning, null, ("name", row.Id),
            ("stated", whole.Value.Value), ("sum", sum.Value), ("unit", row.Unit));

    /// <summary>GWP-total = fossil + biogenic + luluc in each module, within what rounding leaves.</summary>
    private static IEnumerable<Finding> WarmingAddsUp(DeclarationReport report, DeclarationSpec spec) =>
        from module in report.Modules
        let total = Printed(spec, Total, module.Id)
        let parts = Parts.Select(p => Printed(spec, p, module.Id)).ToList()
        where total is not null && parts.TrueForAll(p => p is not null)
        let sum = Sum(parts)
        where Apart(total!.Value, sum)
        select Finding.Of("products.declaration.warming", Severity.Warning, null, ("module", module.Id),
            ("total", total.Value.Value), ("sum", sum.Value));

    /// <summary>
    /// EN 15804+A2, 5.4.3: what was taken up in A1 comes out at the end of life, for packaging in A5.
    /// </summary>
    private static IEnumerable<Finding> UptakeComesOut(DeclarationReport report, DeclarationSpec spec)
    {
        var taken = Printed(spec, Biogenic, DeclarationModules.Production) is { } whole ? [whole]
            : Stated(spec, DeclarationModules.ProductionParts);
        if (taken.Count == 0 || !report.Indicators.Any(i => i.Id == Biogenic)) yield break;
        var uptake = Sum(taken);
        var released = Sum(Stated(spec, ["A5", .. DeclarationModules.EndOfLife]));
        var left = -(uptake.Value + released.Value);
        if (uptake.Value.Sign < 0 && left > uptake.HalfStep + released.HalfStep)
            yield return Finding.Of("products.declaration.uptake", Severity.Warning, null,
                ("uptake", -uptake.Value), ("released", released.Value));
    }

    private static List<PrintedNumber?> Stated(DeclarationSpec spec, IEnumerable<string> modules) =>
        [.. modules.Select(m => Printed(spec, Biogenic, m)).Where(p => p is not null)];

    private static IEnumerable<Finding> Statements(DeclarationReport report)
    {
        if (report.Unit.Mass is null)
            yield return Finding.Of("products.declaration.mass", Severity.Warning, null);
        if (report.Verifier is null)
            yield return Finding.Of("products.declaration.unverified", Severity.Info, null);
        if (string.IsNullOrWhiteSpace(report.CutOff))
            yield return Finding.Of("products.declaration.cutOff", Severity.Warning, null);
        var declared = report.Modules.Where(m => m.Status == DeclarationModules.Declared)
            .Select(m => m.Id).ToList();
        if (report.ServiceLife is null && declared.Exists(DeclarationModules.IsUse))
            yield return Finding.Of("products.declaration.serviceLife", Severity.Warning, null);
        var silent = declared.Where(m => m[0] != 'A' || m is "A4" or "A5")
            .Where(m => report.Scenarios.All(s => s.Module != m)).ToList();
        if (silent.Count > 0) yield return Finding.Of("products.declaration.scenarios", Severity.Info, null,
            ("modules", string.Join(", ", silent)));
        if (report.Unit.Functional && string.IsNullOrWhiteSpace(report.Unit.Function))
            yield return Finding.Of("products.declaration.function", Severity.Warning, null);
    }

    private static PrintedNumber? Printed(DeclarationSpec spec, string indicator, string module) =>
        spec.Indicators.FirstOrDefault(i => i.Indicator == indicator)?.Values.GetValueOrDefault(module)
            is { } text ? PrintedNumber.Read(text) : null;

    private static PrintedNumber Sum(List<PrintedNumber?> parts) => parts.Aggregate(
        new PrintedNumber(Amount.Zero, Amount.Zero), (sum, part) => new PrintedNumber(
            sum.Value + part!.Value.Value, sum.HalfStep + part.Value.HalfStep));

    private static bool Apart(PrintedNumber stated, PrintedNumber sum) =>
        (stated.Value - sum.Value).Abs() > stated.HalfStep + sum.HalfStep;
}
