using Celadon.Lca.Modelling;
using Celadon.Packs.Lci;
using Celadon.Text;

namespace Celadon.Lenses.Products;

/// <summary>What a person should know beside a score.</summary>
internal static class AssessFindings
{
    private const int Named = 3;

    /// <summary>The findings, those that change most what the score means first.</summary>
    public static IEnumerable<Finding> Of(AssessReport report, IReadOnlyList<LciProcess> skipped,
        IReadOnlyList<LciProcess> faulty, IReadOnlyList<AssessedFree> coProducts, int systems)
    {
        var method = report.Method;
        foreach (var finding in Weighting(report.Weighting)) yield return finding;
        if (method.SuspectCount > 0)
            yield return Warning("suspects", "/method/suspects", method.SuspectCount,
                method.Suspects.Select(f => f.Name));
        if (method.WithFactor == 0 && method.Flows > 0)
            yield return Finding.Of("products.assess.noFactor", Severity.Warning,
                new Place(Pointer: "/method"), ("n", method.Flows));
        for (var i = 0; i < report.Categories.Length; i++)
        {
            var (category, place) = (report.Categories[i], FormattableString.Invariant($"/categories/{i}"));
            if (category.Accuracy is { IsWeak: true } weak)
                yield return Finding.Of("products.assess.digits", Severity.Warning,
                    new Place(Pointer: place + "/accuracy"),
                    ("name", category.Name.In("en", category.Id)), ("n", weak.Digits),
                    ("process", weak.Weakest));
            if (category.MonteCarlo is { } samples && (category.Score.Value < samples.Low.Value
                || category.Score.Value > samples.High.Value))
                yield return Finding.Of("products.assess.apart", Severity.Warning,
                    new Place(Pointer: place + "/monteCarlo"), ("name", category.Name.In("en", category.Id)));
            if (i == 0 && category.MonteCarlo is { Exact: > 0 } drawn)
                yield return Finding.Of("products.assess.growing", Severity.Warning,
                    new Place(Pointer: place + "/monteCarlo"), ("n", drawn.Exact), ("of", drawn.Samples));
        }
        if (report.CutOff.Count > 0)
            yield return Finding.Of("products.assess.unlinked", Severity.Warning,
                new Place(Pointer: "/cutOff"), ("n", report.CutOff.Count));
        if (skipped.Count > 0) yield return Warning("skipped", null, skipped.Count,
            skipped.Select(p => p.Name));
        if (faulty.Count > 0) yield return Warning("faulty", null, faulty.Count, faulty.Select(p => p.Name));
        var silent = coProducts.Where(c => !c.RuleStated).ToList();
        if (silent.Count > 0) yield return Warning("noRule", "/coProducts", silent.Count,
            silent.Select(c => c.Process).Distinct());
        if (coProducts.Count > silent.Count)
            yield return Finding.Of("products.assess.free", Severity.Warning,
                new Place(Pointer: "/coProducts"), ("n", coProducts.Count - silent.Count));
        if (systems > 0)
            yield return Finding.Of("products.assess.storedLinks", Severity.Info, null, ("n", systems));
    }

    /// <summary>
    /// Factors of a wider place than the flow's, or of anywhere, where the method tells places apart.
    /// </summary>
    public static IEnumerable<Finding> Widened(IReadOnlyList<WidenedFactor> widened, LciLookup lookup)
    {
        if (widened.Count == 0) yield break;
        yield return Finding.Of("products.assess.widerFactor", Severity.Info, null, ("n", widened.Count),
            ("names", string.Join("; ", widened.Take(Named).Select(w =>
                $"{AssessNames.Flow(lookup, w.Flow)}, {w.Location ?? "?"} → {w.Taken ?? "*"}"))));
    }

    private static IEnumerable<Finding> Weighting(AssessedWeighting? weighting)
    {
        if (weighting is null) yield break;
        var set = weighting.Set;
        if (weighting.Total is not null)
            yield return Finding.Of("products.assess.valueChoice", Severity.Warning,
                new Place(Pointer: "/weighting"), ("set", set.Name), ("method", set.Method));
        if (weighting.LeftOut.Length > 0) yield return Warning("setLeavesOut", "/weighting/leftOut",
            weighting.LeftOut.Length, weighting.LeftOut);
    }

    private static Finding Warning(string code, string? pointer, int count, IEnumerable<string> names) =>
        Finding.Of("products.assess." + code, Severity.Warning,
            pointer is null ? null : new Place(Pointer: pointer), ("n", count),
            ("names", string.Join("; ", names.Take(Named))));
}
