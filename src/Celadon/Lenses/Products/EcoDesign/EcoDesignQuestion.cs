using System.Collections.Immutable;
using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Text;

namespace Celadon.Lenses.Products;

/// <summary>
/// products.ecodesign: criteria over the life of a design, each with its evidence, and the listed substances
/// in its parts. No score is made of the verdicts: they do not add up.
/// </summary>
public sealed class EcoDesignQuestion : Question<EcoDesignSpec, EcoDesignReport>
{
    /// <summary>The criterion that the substances in the parts decide.</summary>
    private const string Hazardous = "materials/hazardous";

    /// <inheritdoc/>
    public override string Name => "products.ecodesign";

    /// <inheritdoc/>
    public override string Example => """
        {
          "product": "Kettle base, second design",
          "judgements": [
            { "criterion": "use/energy", "verdict": "pass", "evidence": "Test report 2026-114" },
            { "criterion": "durability/repair", "verdict": "fail", "evidence": "Housing is glued" },
            { "criterion": "manufacture/scrap", "verdict": "suspected" }
          ],
          "parts": [
            { "name": "Cable sheath", "substances": [ { "cas": "117-81-7", "percent": "0.3" } ] },
            { "name": "Solder", "substances": [ { "cas": "7439-92-1", "percent": "0.05" } ] },
            { "name": "Housing", "substances": [ { "cas": "polybrominated-biphenyls" } ] },
            { "name": "Back cover", "substances": [ { "cas": "1163-19-5", "percent": "8" } ] },
            { "name": "Adhesive", "substances": [ { "cas": "84-69-5", "percent": "0.2" } ] }
          ]
        }
        """;

    /// <inheritdoc/>
    protected override EcoDesignReport Compute(EcoDesignSpec spec, View? view, FactorLibrary packs,
        List<Finding> findings, CancellationToken cancel)
    {
        var search = new SubstituteSearch(packs, findings);
        var substances = Substances(spec, packs, search, findings);
        var criteria = Criteria(spec, packs, substances, findings);
        return new EcoDesignReport(spec.Product, criteria,
            [.. Enum.GetValues<Verdict>()
                .Select(v => new VerdictCount(v, criteria.Count(c => c.Verdict == v)))],
            substances, [.. search.Found]);
    }

    private static ImmutableArray<JudgedCriterion> Criteria(EcoDesignSpec spec, FactorLibrary packs,
        ImmutableArray<ListedSubstance> substances, List<Finding> findings)
    {
        var known = packs.Packs.SelectMany(p => p.Criteria).OrderBy(c => c.Order).ToList();
        if (known.Count == 0) throw Refusal.At("products.ecodesign.noCriteria", "/judgements");
        var judged = new Dictionary<string, CriterionJudgement>(StringComparer.Ordinal);
        for (var i = 0; i < (spec.Judgements.IsDefault ? 0 : spec.Judgements.Length); i++)
        {
            var (judgement, at) = (spec.Judgements[i], FormattableString.Invariant($"/judgements/{i}"));
            if (!known.Exists(c => c.Id == judgement.Criterion)) throw Refusal.At(
                "products.ecodesign.criterion", at, ("name", judgement.Criterion),
                ("names", string.Join(", ", known.Select(c => c.Id))));
            if (!judged.TryAdd(judgement.Criterion, judgement)) throw Refusal.At(
                "products.ecodesign.twice", at, ("name", judgement.Criterion));
            if (judgement.Verdict is Verdict.Pass or Verdict.Fail
                && string.IsNullOrWhiteSpace(judgement.Evidence))
            {
                judged[judgement.Criterion] = judgement with { Verdict = Verdict.CannotJudge };
                findings.Add(Finding.Of("products.ecodesign.noEvidence", Severity.Warning,
                    new Place(Pointer: at), ("criterion", judgement.Criterion)));
            }
        }
        var decided = known.Exists(c => c.Id == Hazardous)
            && DecideBySubstances(judged, substances, findings);
        var open = known.Where(c => !judged.ContainsKey(c.Id)).Select(c => c.Id).ToList();
        if (open.Count > 0) findings.Add(Finding.Of("products.ecodesign.open", Severity.Info, null,
            ("criteria", string.Join(", ", open))));
        return [.. known.Select(c => judged.TryGetValue(c.Id, out var j)
            ? new JudgedCriterion(c.Id, c.Stage, c.Name, j.Verdict, j.Evidence, decided && c.Id == Hazardous)
            : new JudgedCriterion(c.Id, c.Stage, c.Name, Verdict.CannotJudge, null))];
    }

    /// <summary>
    /// A substance above its limit decides its criterion, whatever anybody judged: a sheet must not say "met"
    /// above and "not met" below.
    /// </summary>
    /// <returns>True when it did.</returns>
    private static bool DecideBySubstances(Dictionary<string, CriterionJudgement> judged,
        ImmutableArray<ListedSubstance> substances, List<Finding> findings)
    {
        var above = substances.Where(s => s.Verdict == Verdict.Fail).ToList();
        var over = string.Join("; ", above.Select(s =>
            $"{s.Part}: {s.Cas}, {s.Percent!.Value} % > {s.Limit.Value} % ({s.List})"));
        var stated = judged.GetValueOrDefault(Hazardous);
        if (over.Length == 0 || stated?.Verdict == Verdict.Fail) return false;
        if (stated?.Verdict is Verdict.Pass or Verdict.OutOfScope)
            findings.Add(Finding.Of("products.ecodesign.contradicted", Severity.Warning, null,
                ("criterion", Hazardous), ("found", string.Join("; ", above.Select(s =>
                    $"{s.Part}: {s.Cas}, {s.Percent!.Value} % > {s.Limit.Value} %").Distinct()))));
        judged[Hazardous] = new CriterionJudgement
        {
            Criterion = Hazardous, Verdict = Verdict.Fail, Evidence = over,
        };
        return true;
    }

    private static ImmutableArray<ListedSubstance> Substances(EcoDesignSpec spec, FactorLibrary packs,
        SubstituteSearch search, List<Finding> findings)
    {
        var listed = packs.Packs.SelectMany(p => p.Substances).ToLookup(s => s.Cas);
        var members = packs.Packs.SelectMany(p => p.SubstanceMembers).ToLookup(m => m.Cas);
        var found = ImmutableArray.CreateBuilder<ListedSubstance>();
        for (var i = 0; i < (spec.Parts.IsDefault ? 0 : spec.Parts.Length); i++)
        {
            var (part, all) = (spec.Parts[i], new List<Contained>());
            for (var j = 0; j < part.Substances.Length; j++)
            {
                var at = FormattableString.Invariant($"/parts/{i}/substances/{j}");
                var substance = Checked(part.Substances[j], at);
                // Two shares of one substance, each below the limit, may be above it together.
                if (all.Exists(c => c.Substance.Cas == substance.Cas)) throw Refusal.At(
                    "products.ecodesign.substanceTwice", at + "/cas", ("cas", substance.Cas),
                    ("part", part.Name));
                var groups = members[substance.Cas].Where(m => listed.Contains(m.Group)).ToList();
                if (!listed.Contains(substance.Cas) && groups.Count == 0)
                    findings.Add(Finding.Of("products.ecodesign.unlisted", Severity.Info,
                        new Place(Pointer: at), ("cas", substance.Cas), ("part", part.Name)));
                all.Add(new Contained(substance, at, groups));
            }
            found.AddRange(Listed(part.Name, all, listed, search));
            var whole = all.Aggregate(Amount.Zero, (sum, c) => sum + (c.Substance.Percent ?? Amount.Zero));
            if (whole > 100) throw Refusal.At("products.ecodesign.percent",
                FormattableString.Invariant($"/parts/{i}/substances"), ("percent", whole));
        }
        return found.ToImmutable();
    }

    /// <summary>What is in a part, and the listed groups that it is a member of.</summary>
    private sealed record Contained(PartSubstance Substance, string At,
        IReadOnlyList<SubstanceMember> Groups);

    /// <summary>
    /// What stands on a list: by its own number, or as a member of a group, whose limit holds for all that
    /// the part has of the group together.
    /// </summary>
    private static IEnumerable<ListedSubstance> Listed(string part, List<Contained> all,
        ILookup<string, SubstanceRow> listed, SubstituteSearch search)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var one in all)
            foreach (var id in one.Groups.Select(g => g.Group).Prepend(one.Substance.Cas))
            {
                if (!listed.Contains(id) || !done.Add(id)) continue;
                var together = all.Where(c => c.Substance.Cas == id || c.Groups.Any(g => g.Group == id))
                    .ToList();
                foreach (var row in listed[id]) yield return Listed(part, id, together, row, search);
            }
    }

    private static PartSubstance Checked(PartSubstance substance, string at)
    {
        var cas = CasNumber.Plain(substance.Cas);
        if (cas.Length == 0
            || (CasNumber.IsMeant(cas) && !(CasNumber.IsWritten(cas) && CasNumber.Checks(cas))))
            throw Refusal.At("products.ecodesign.cas", at + "/cas", ("cas", substance.Cas));
        if (substance.Percent is { } p && (p.Sign < 0 || p > 100))
            throw Refusal.At("products.ecodesign.percent", at + "/percent", ("percent", p));
        return substance with { Cas = cas };
    }

    private static ListedSubstance Listed(string part, string id, List<Contained> together,
        SubstanceRow row, SubstituteSearch search)
    {
        var limit = new Figure(row.Limit, "%", new Trace.PackRow(row.Pack.Id, row.Id, "limit",
            $"{row.Pack.Citation}, {row.Source}"));
        var known = together.Where(c => c.Substance.Percent is not null).Select(c => (c.Substance.Cas,
            new Figure(c.Substance.Percent!.Value, "%", new Trace.Given(c.At + "/percent")))).ToList();
        var percent = known.Count == 0 ? null : known.Count == 1 ? known[0].Item2
            : Figure.Sum("%", [.. known]);
        var verdict = percent is not null && percent.Value > row.Limit ? Verdict.Fail
            : known.Count < together.Count ? Verdict.Suspected : Verdict.Pass;
        // As long as a part of the group is not known, its sum is not either, unless it is too much already.
        if (verdict == Verdict.Suspected) percent = null;
        var sources = together.SelectMany(c => c.Groups).Where(g => g.Group == id).Select(g => g.Source)
            .Distinct(StringComparer.Ordinal).Prepend(row.Source);
        var substitutes = search.For(row, [.. together.Select(c => c.Substance.Cas)], together[0].At)
            .ToImmutableArray();
        if (substitutes.IsEmpty && verdict != Verdict.Pass) search.SayNone(part, row, together[0].At);
        return new ListedSubstance(part, string.Join(", ", together.Select(c => c.Substance.Cas)), row.Name,
            row.List, percent, limit, verdict, substitutes, string.Join("; ", sources));
    }
}
