using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Celadon.Lca.Modelling;
using Celadon.Packs.Lci;
using Celadon.Registers;
using Celadon.Text;

namespace Celadon.Lenses.Products;

/// <summary>
/// What a method does with scores after characterisation: damage categories, normalisation, weighting.
/// </summary>
/// <param name="method">The method.</param>
/// <param name="scores">The scores of its categories, by identifier.</param>
/// <param name="sums">The samples of what is added up.</param>
internal sealed partial class AssessWeighting(ResolvedMethod method,
    IReadOnlyDictionary<string, AssessedCategory> scores, AssessedSums sums)
{
    /// <summary>The sets that the methods bring.</summary>
    public static ImmutableArray<AssessedSet> Sets(ResolvedMethod method) =>
        [.. method.Methods.SelectMany(m => m.Weightings.Select(s => Named(m, s)))];

    /// <summary>The set that is asked for; null when none is.</summary>
    /// <exception cref="RefusedException">There is none of that name, or several.</exception>
    public static (LciMethod Method, LciWeighting Set)? Asked(AssessSpec spec, ResolvedMethod method)
    {
        if (spec.Weighting is not { } asked) return null;
        if (spec.Categories.Length > 0) throw Refusal.At("products.assess.setWhole", "/categories");
        var all = method.Methods.SelectMany(m => m.Weightings.Select(s => (Method: m, Set: s))).ToList();
        if (all.Count == 0) throw Refusal.At("products.assess.noSets", "/weighting");
        var found = all.FindAll(x => x.Set.Id == asked);
        if (found.Count == 0) found = all.FindAll(x => x.Set.Name == asked);
        return found switch
        {
            [var one] => one,
            [] => throw Refusal.At("products.assess.set", "/weighting", ("name", AssessNames.Short(asked)),
                ("nearest", AssessNames.Nearest(asked, all.Select(x => x.Set.Name)))),
            _ => throw Refusal.At("products.assess.severalSets", "/weighting",
                ("name", AssessNames.Short(asked)), ("ids", string.Join(", ", found.Select(x => x.Set.Id)
                    .Distinct().Order(StringComparer.Ordinal)))),
        };
    }

    /// <summary>
    /// The damage categories whose impact categories are all scored: with one missing they would be too low.
    /// </summary>
    public ImmutableArray<AssessedDamage> Damages() =>
        [.. method.Methods.SelectMany(m => m.Damages
            .Where(d => d.Factors.Length > 0 && d.Factors.All(f => scores.ContainsKey(f.Category)))
            .Select(d => (Damage: d, Score: Damage(d)))
            .Select(x => new AssessedDamage(x.Damage.Id, new Name(x.Damage.Name), m.Name, x.Score)
            {
                MonteCarlo = sums.Of(x.Score, Parts(x.Damage)),
            }))];

    /// <summary>The scores by a set.</summary>
    /// <exception cref="RefusedException">A number is beyond the range of numbers.</exception>
    public AssessedWeighting By(LciMethod own, LciWeighting set, ImmutableArray<AssessedDamage> damages)
    {
        var subjects = scores.ToDictionary(s => s.Key, s => new Subject(s.Value.Name, s.Value.Score,
            [(s.Key, 1)]), StringComparer.Ordinal);
        foreach (var damage in damages)
            subjects[damage.Id] = new(damage.Name, damage.Score,
                Parts(method.Methods.SelectMany(m => m.Damages).First(d => d.Id == damage.Id)));
        var named = Named(own, set);
        var rows = ImmutableArray.CreateBuilder<AssessedWeight>();
        foreach (var factor in set.Factors.DistinctBy(f => f.Category))
            if (subjects.TryGetValue(factor.Category, out var subject))
                rows.Add(Row(set, factor, named.Normalises, subject));
        var counted = rows.Where(r => named.Weights ? r.Weighted is not null : r.Normalised is not null)
            .Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
        // A set over damages counts through them what the categories score.
        var onDamages = own.Damages.Any(d => set.Factors.Any(f => f.Category == d.Id));
        var expected = onDamages ? own.Damages.Select(d => (d.Id, d.Name))
            : own.Categories.Where(subjects.ContainsKey).Select(c => (c, subjects[c].Name.In("en", c)));
        var absent = set.Factors.Where(f => !subjects.ContainsKey(f.Category)).Select(f => f.Category);
        List<Figure> parts = [.. rows.Select(r => r.Weighted).OfType<Figure>()];
        var total = parts.Count == 0 ? null : Of(parts.Sum(p => p.Value.ToDouble()), set.Unit,
            "formula.products.assess.weightedTotal",
            [.. rows.Where(r => r.Weighted is not null).Select(r => new Operand(
                r.Name.In("en", r.Id), r.Weighted!))]);
        return new AssessedWeighting(named, set.Unit, rows.ToImmutable(), total,
            [.. expected.Where(e => !counted.Contains(e.Item1)).Select(e => e.Item2).Concat(absent)
                .Distinct()])
        {
            MonteCarlo = sums.Of(total, [.. set.Factors.DistinctBy(f => f.Category)
                .Where(f => rows.Any(r => r.Id == f.Category && r.Weighted is not null))
                .SelectMany(f => Times(subjects[f.Category], f, named.Normalises))]),
        };
    }

    /// <summary>What a category or damage category scores, and of which scores of categories.</summary>
    private sealed record Subject(Name Name, Figure Score,
        IReadOnlyList<(string Category, double Times)> Parts);

    private static (string, double)[] Parts(LciDamage damage) =>
        [.. damage.Factors.Select(f => (f.Category, f.Factor))];

    /// <summary>The scores of categories that a row is made of, with all that they are multiplied
    /// with.</summary>
    private static (string, double)[] Times(Subject subject, LciWeightingFactor factor, bool normalises)
    {
        var divided = factor.Normalisation is { } reference and not 0
            && (normalises || factor.Weight is null) ? reference : 1;
        return [.. subject.Parts.Select(p => (p.Category,
            Weighting.NormalisedAndWeighted(p.Times, divided, factor.Weight ?? 1)))];
    }

    private AssessedWeight Row(LciWeighting set, LciWeightingFactor factor, bool normalises, Subject subject)
    {
        var score = subject.Score;
        Figure Stated(double value, string unit, string column) =>
            Figure.FromDouble(value, unit, method.Cell(set.Id, column));
        var normalised = factor.Normalisation is not { } reference || reference == 0 ? null
            : Of(Weighting.Normalised(score.Value.ToDouble(), reference), "",
                "formula.products.assess.normalised",
                [new("operand.assess.theScore", score),
                    new("operand.assess.reference", Stated(reference, score.Unit, "normalisation"))]);
        var from = normalises ? normalised : score;
        var weighted = factor.Weight is not { } weight || from is null ? null
            : Of(Weighting.Weighted(from.Value.ToDouble(), weight), set.Unit,
                "formula.products.assess.weighted",
                [new(normalises ? "operand.assess.normalised" : "operand.assess.theScore", from),
                    new("operand.assess.weight", Stated(weight, "", "weight"))]);
        return new AssessedWeight(factor.Category, subject.Name, score, normalised, weighted)
        {
            MonteCarlo = sums.Of(weighted ?? normalised, Times(subject, factor, normalises)),
        };
    }

    private Figure Damage(LciDamage damage)
    {
        List<Operand> parts = [.. damage.Factors.Select(f =>
        {
            var score = scores[f.Category].Score;
            return new Operand(scores[f.Category].Name.In("en", f.Category),
                Of(score.Value.ToDouble() * f.Factor, damage.Unit, "formula.products.assess.damagePart",
                    [new("operand.assess.theScore", score), new("operand.assess.damageFactor",
                        Figure.FromDouble(f.Factor, $"{damage.Unit}/{score.Unit}",
                            method.Cell(damage.Id, "factor")))]));
        })];
        return Of(parts.Sum(p => p.Figure.Value.ToDouble()), damage.Unit, "formula.products.assess.damage",
            parts);
    }

    private static Figure Of(double value, string unit, string formula, IReadOnlyList<Operand> operands) =>
        double.IsFinite(value) ? AssessFigures.Of(value, unit, formula, operands)
            : throw Refusal.At("products.assess.setRange", "/weighting");

    private static AssessedSet Named(LciMethod method, LciWeighting set) => new(set.Id, set.Name, method.Name,
        Year(set.Name), set.Factors.Any(f => f.Normalisation is not null and not 0),
        set.Factors.Any(f => f.Weight is not null));

    /// <summary>The only year that a name states; null when it states none, or several.</summary>
    private static int? Year(string name) =>
        Years().Matches(name).Select(m => m.Value).Distinct().ToList() is [var year]
            ? int.Parse(year, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(@"(?<!\d)(?:19|20)\d\d(?!\d)", RegexOptions.CultureInvariant)]
    private static partial Regex Years();
}
