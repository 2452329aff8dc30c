using Celadon.Text;

namespace Celadon.Lenses.Products;

/// <summary>What a person should know beside a comparison.</summary>
internal static class CompareFindings
{
    private const int Named = 3;

    /// <summary>Scores of few digits, and differences that rounding alone may have made.</summary>
    public static IEnumerable<Finding> OfDigits(CompareReport report)
    {
        for (var c = 0; c < report.Categories.Length; c++)
        {
            var category = report.Categories[c];
            var name = category.Name.In("en", category.Id);
            for (var i = 0; i < category.Scores.Length; i++)
                if (category.Scores[i].Accuracy is { IsWeak: true } weak)
                    yield return Finding.Of("products.assess.digits", Severity.Warning,
                        At($"/categories/{c}/scores/{i}/accuracy"),
                        ("name", $"{name} ({category.Scores[i].Alternative})"), ("n", weak.Digits),
                        ("process", weak.Weakest));
            for (var i = 0; i < category.Differences.Length; i++)
                if (category.Differences[i] is { Digits: 0, Difference.Value.IsZero: false } rounding)
                    yield return Finding.Of("products.compare.rounding", Severity.Warning,
                        At($"/categories/{c}/differences/{i}/error"), ("name", name),
                        ("first", rounding.First), ("second", rounding.Second));
        }
    }

    private static Place At(FormattableString pointer) => new(Pointer: FormattableString.Invariant(pointer));

    /// <summary>What is missing from each alternative; then what all share.</summary>
    public static IEnumerable<Finding> Of(CompareModel now, IReadOnlyList<SolvedAlternative> alternatives,
        CompareSamples samples)
    {
        for (var i = 0; i < alternatives.Count; i++)
        {
            var (one, place) = (alternatives[i], new Place(Pointer: CompareModel.Pointer(i)));
            var method = one.Figures.Method(one.Method);
            if (method.SuspectCount > 0) yield return Warning("suspects", place, method.SuspectCount,
                method.Suspects.Select(f => f.Name));
            if (method.WithFactor == 0 && method.Flows > 0) yield return Finding.Of(
                "products.assess.noFactor", Severity.Warning, place, ("n", method.Flows));
            if (i > 0 && one.Changes > CompareSplit.MostChanges) yield return Finding.Of(
                "products.compare.notSplit", Severity.Info, place, ("name", one.Name), ("n", one.Changes),
                ("most", CompareSplit.MostChanges));
            foreach (var finding in AssessBackwards.Of(one.Figures, place)) yield return finding;
            if (one.Unlinked > 0) yield return Finding.Of("products.compare.unlinked", Severity.Warning,
                place, ("name", one.Name), ("n", one.Unlinked));
        }
        if (now.Skipped.Count > 0) yield return Warning("skipped", null, now.Skipped.Count,
            now.Skipped.Select(p => p.Name));
        var free = alternatives.SelectMany(a => a.Figures.Free(now.Chain))
            .DistinctBy(f => (f.Process, f.Flow)).ToList();
        var silent = free.Where(f => !f.RuleStated).ToList();
        if (silent.Count > 0) yield return Warning("noRule", null, silent.Count,
            silent.Select(f => f.Process).Distinct());
        if (free.Count > silent.Count) yield return Finding.Of("products.assess.free", Severity.Warning, null,
            ("n", free.Count - silent.Count));
        if (now.Systems > 0) yield return Finding.Of("products.assess.storedLinks", Severity.Info, null,
            ("n", now.Systems));
        if (samples.IsStill) yield return Finding.Of("products.compare.still", Severity.Warning,
            new Place(Pointer: "/monteCarlo"));
    }

    /// <summary>Changes without a part of their own: theirs is in the interaction.</summary>
    public static IEnumerable<Finding> Inseparable(IReadOnlyList<SolvedAlternative> alternatives,
        IReadOnlyList<CompareSplit?> splits)
    {
        for (var i = 0; i < splits.Count; i++)
            if (splits[i] is { Inseparable: { Count: > 0 } names })
                yield return Finding.Of("products.compare.inseparable", Severity.Warning,
                    new Place(Pointer: CompareModel.Pointer(i)), ("name", alternatives[i].Name),
                    ("n", names.Count), ("items", string.Join(", ", names.Distinct())));
    }

    private static Finding Warning(string code, Place? place, int count, IEnumerable<string> names) =>
        Finding.Of("products.assess." + code, Severity.Warning, place, ("n", count),
            ("names", string.Join("; ", names.Take(Named))));
}
