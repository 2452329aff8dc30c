using System.Collections.Immutable;
using System.Globalization;
using Celadon.Quantities;
using NodaTime;

namespace Celadon.Packs;

/// <summary>
/// Selection: the basis must match; then the place by the stated ladder; then the variant; then the edition
/// that
/// applies. Anything else is a refusal with the nearest candidates named. docs/packs.md states the rules.
/// </summary>
public sealed partial class FactorLibrary
{
    private const int MostCandidates = 8;

    /// <summary>The factor for a request, with flags, or a refusal with the nearest candidates.</summary>
    public FactorAnswer Select(FactorRequest request)
    {
        if (request.Chosen is not null) return ByName(request);
        var (found, reason, near) = ByRule(request);
        return found is not null ? found : Refuse(request, reason, near);
    }

    /// <summary>
    /// The choice by rule, without naming candidates: the reason and what was near instead.
    /// </summary>
    private (FactorAnswer.Found? Found, RefusalReason Reason, ImmutableArray<Factor> Near) ByRule(
        FactorRequest request)
    {
        var all = FactorsOf(request.Resource, request.Basis);
        if (all.IsEmpty) return (null, RefusalReason.NoFactor, all);
        var measured = all.Where(f => Measures(f, request)).ToImmutableArray();
        if (measured.IsEmpty)
            return (null, UnitOrCalorific(all, request), all);
        RefusalReason? first = null;
        foreach (var place in Places.LadderOf(request.Place))
        {
            if (!IsOpen(place, request, all, out var flag)) continue;
            var here = measured.Where(f => f.Place == place).ToImmutableArray();
            if (here.IsEmpty) continue;
            var (factor, flags, reason) = At(here, request);
            if (factor is not null)
                return (new FactorAnswer.Found(factor, flag is null ? flags : flags.Insert(0, flag)),
                    default, []);
            first ??= reason;
        }
        return (null, first ?? RefusalReason.Place, measured);
    }

    private FactorAnswer ByName(FactorRequest request)
    {
        var name = request.Chosen!;
        var rows = Factor(name) is { } exact ? [exact] : _byId[name].ToImmutableArray();
        if (rows.IsEmpty) return new FactorAnswer.Refused(request, RefusalReason.NoSuchRow, []);
        var fit = rows.Where(f => f.Basis == request.Basis).ToImmutableArray();
        if (fit.IsEmpty)
            return new FactorAnswer.Refused(request, RefusalReason.OtherBasis,
            [
                .. rows.Take(MostCandidates).Select(f => new FactorCandidate(f, CandidateReason.OtherBasis)),
            ]);
        var measured = fit.Where(f => Measures(f, request)).ToImmutableArray();
        if (measured.IsEmpty)
            return Refuse(request, UnitOrCalorific(fit, request), fit);
        // One row under the name is that row, whatever its edition; of several the edition decides.
        var anyEdition = measured.Length == 1 || request.AllowNearestEdition;
        var (factor, flags) = ByEdition(measured, request, anyEdition);
        if (factor is null) return Refuse(request, RefusalReason.Edition, measured);
        flags = flags.Insert(0, new SelectionFlag(SelectionFlagKind.ChosenByName, name, factor.Key));
        return new FactorAnswer.Found(factor, AddStatus(flags, factor));
    }

    /// <summary>The factor at one place: status, then variant, then edition.</summary>
    private (Factor? Factor, ImmutableArray<SelectionFlag> Flags, RefusalReason? Reason) At(
        ImmutableArray<Factor> here, FactorRequest request)
    {
        var usable = here.Where(f => f.Status != FactorStatus.One).ToImmutableArray();
        if (usable.IsEmpty) return (null, [], RefusalReason.OneTranscription);
        var (rows, variantFlag) = OfVariant(usable, request);
        if (rows.IsEmpty) return (null, [], RefusalReason.Variant);
        var (factor, flags) = ByEdition(rows, request, request.AllowNearestEdition);
        if (factor is null) return (null, [], RefusalReason.Edition);
        if (variantFlag is not null) flags = flags.Add(variantFlag);
        return (factor, AddStatus(flags, factor), null);
    }

    private static ImmutableArray<SelectionFlag> AddStatus(
        ImmutableArray<SelectionFlag> flags, Factor factor) =>
        factor.Status switch
        {
            FactorStatus.One => flags.Add(new SelectionFlag(
                SelectionFlagKind.OneTranscription, factor.Source, factor.Key)),
            FactorStatus.General => flags.Add(new SelectionFlag(
                SelectionFlagKind.GeneralKnowledge, factor.Source, factor.Key)),
            _ => flags,
        };

    /// <summary>
    /// The rows of the variant that the request or its facts name, else the general row, else the only one.
    /// </summary>
    private (ImmutableArray<Factor> Rows, SelectionFlag? Flag) OfVariant(
        ImmutableArray<Factor> rows, FactorRequest request)
    {
        if (request.Variant is { } named) return (Of(named), null);
        var (fromFacts, byDefault) = Resources.VariantOf(request.Resource, request.Facts);
        if (fromFacts is not null)
        {
            var derived = Of(fromFacts);
            if (!derived.IsEmpty)
                return (derived, byDefault is null ? null
                    : new SelectionFlag(SelectionFlagKind.VariantByDefault, byDefault, fromFacts));
            if (byDefault is null) return ([], null);
        }
        var general = Of("");
        if (!general.IsEmpty) return (general, null);
        var variants = rows.Select(f => f.Variant).Distinct(StringComparer.Ordinal).ToList();
        return variants.Count == 1
            ? (rows, new SelectionFlag(SelectionFlagKind.VariantByDefault, byDefault ?? "–", variants[0]))
            : ([], null);

        ImmutableArray<Factor> Of(string variant) => [.. rows.Where(f => f.Variant == variant)];
    }

    /// <summary>
    /// The edition that applies; among several the one with the activity's own unit and the latest date.
    /// </summary>
    private static (Factor? Factor, ImmutableArray<SelectionFlag> Flags) ByEdition(
        ImmutableArray<Factor> rows, FactorRequest request, bool nearest)
    {
        var best = rows.OrderBy(f => DistanceInDays(f, request))
            .ThenByDescending(f => OverlapInDays(f, request))
            .ThenBy(f => UnitRank(f, request))
            .ThenBy(f => DistanceInDays(f, request) > 0 ? f.AppliesFrom : null)
            .ThenByDescending(f => f.PublishedOn, StringComparer.Ordinal)
            .ThenBy(f => f.Pack.Id, StringComparer.Ordinal).ThenBy(f => f.Id, StringComparer.Ordinal).First();
        var (start, end) = Target(best, request);
        if (DistanceInDays(best, request) > 0)
        {
            if (!nearest) return (null, []);
            return (best, [Flag(SelectionFlagKind.NearestEdition, Wanted(best, request))]);
        }
        var length = NodaTime.Period.DaysBetween(start, end);
        return best.AppliesFrom is not null && OverlapInDays(best, request) < length
            ? (best, [Flag(SelectionFlagKind.PartOfPeriod, request.Activity.ToString())])
            : (best, []);

        SelectionFlag Flag(SelectionFlagKind kind, string wanted) => new(kind, wanted, best.Edition);
    }

    /// <summary>
    /// Opens a place of the ladder: the own one, a nation whose publisher divides no further, or by leave.
    /// </summary>
    private bool IsOpen(
        string place, FactorRequest request, ImmutableArray<Factor> all, out SelectionFlag? flag)
    {
        flag = null;
        var own = Places.Find(request.Place)?.Id ?? request.Place;
        if (place == own) return true;
        var ladder = Places.LadderOf(request.Place);
        var narrower = ladder[..ladder.IndexOf(place)];
        var national = place == Places.CountryOf(request.Place);
        if (national && !all.Any(f => narrower.Contains(f.Place)))
        {
            if (all.Any(f => f.Place != place && Places.CountryOf(f.Place) == place))
                flag = new SelectionFlag(SelectionFlagKind.WiderPlace, own, place);
            return true;
        }
        flag = new SelectionFlag(SelectionFlagKind.WiderPlace, own, place);
        return request.AllowWiderPlace;
    }

    private static bool MeasuresDimension(Factor factor, FactorRequest request) =>
        request.Unit is null || factor.ActivityUnit.ConvertsTo(request.Unit);

    private static bool Measures(Factor factor, FactorRequest request) =>
        MeasuresDimension(factor, request) && (request.Unit is null || factor.Calorific == request.Calorific);

    private static int UnitRank(Factor factor, FactorRequest request) =>
        factor.ActivityUnit.Equals(request.Unit) ? 0 : factor.ActivityUnit.Code is "mile" or "千m3" ? 2 : 1;

    /// <summary>
    /// What an edition's window is held against: the activity's months, or the main year of the report.
    /// </summary>
    private static (LocalDate Start, LocalDate End) Target(Factor factor, FactorRequest request)
    {
        if (factor.Pack.Applies.By != AppliesBy.ReportingYear)
        {
            var (first, last) = (request.Activity.First, request.Activity.Last);
            return (first.OnDayOfMonth(1), last.PlusMonths(1).OnDayOfMonth(1));
        }
        var year = request.Reporting.MainYear;
        return (new LocalDate(year, 1, 1), new LocalDate(year + 1, 1, 1));
    }

    private static string Wanted(Factor factor, FactorRequest request) =>
        factor.Pack.Applies.By == AppliesBy.ReportingYear
            ? request.Reporting.MainYear.ToString(CultureInfo.InvariantCulture) : request.Activity.ToString();

    /// <summary>
    /// Days between an edition's window and its target; 0 when they touch or it has no date.
    /// </summary>
    private static int DistanceInDays(Factor factor, FactorRequest request)
    {
        if (factor.Pack.Applies.By == AppliesBy.None) return 0;
        var (start, end) = Target(factor, request);
        if (factor.AppliesTo is { } to && to <= start) return NodaTime.Period.DaysBetween(to, start) + 1;
        if (factor.AppliesFrom is { } from && from >= end) return NodaTime.Period.DaysBetween(end, from) + 1;
        return 0;
    }

    private static int OverlapInDays(Factor factor, FactorRequest request)
    {
        var (start, end) = Target(factor, request);
        if (factor.AppliesFrom is { } from && from > start) start = from;
        if (factor.AppliesTo is { } to && to < end) end = to;
        return end > start ? NodaTime.Period.DaysBetween(start, end) : 0;
    }

    private static RefusalReason UnitOrCalorific(ImmutableArray<Factor> factors, FactorRequest request) =>
        factors.Any(f => MeasuresDimension(f, request)) ? RefusalReason.Calorific : RefusalReason.Unit;

    private FactorAnswer.Refused Refuse(
        FactorRequest request, RefusalReason reason, ImmutableArray<Factor> near)
    {
        var candidates = near.Select(f => new FactorCandidate(f, WhyNot(f, request)))
            .OrderBy(c => Rank(c.Reason)).ThenBy(c => Places.Rank(c.Factor.Place, request.Place))
            .ThenBy(c => DistanceInDays(c.Factor, request)).ThenBy(c => UnitRank(c.Factor, request))
            .ThenBy(c => c.Factor.Key, StringComparer.Ordinal).Take(MostCandidates - 2).ToList();
        if (reason == RefusalReason.NoFactor)
            candidates.AddRange(Enum.GetValues<FactorBasis>().Where(basis => basis != request.Basis)
                .SelectMany(basis => FactorsOf(request.Resource, basis))
                .Where(f => Places.Covers(f.Place, request.Place))
                .GroupBy(f => f.Basis).Take(2).Select(group => group.MaxBy(f => f.AppliesFrom)!)
                .Select(f => new FactorCandidate(f, CandidateReason.OtherBasis)));
        candidates.InsertRange(0, RelatedTo(request).Take(3));
        return new FactorAnswer.Refused(request, reason,
            [.. candidates.DistinctBy(c => c.Factor.Key).Take(MostCandidates)]);
    }

    private CandidateReason WhyNot(Factor factor, FactorRequest request)
    {
        if (!MeasuresDimension(factor, request)) return CandidateReason.OtherUnit;
        if (!Measures(factor, request)) return CandidateReason.OtherCalorific;
        if (!Places.Covers(factor.Place, request.Place)) return CandidateReason.OtherPlace;
        if (factor.Status == FactorStatus.One) return CandidateReason.OneTranscription;
        var variant = request.Variant ?? Resources.VariantOf(request.Resource, request.Facts).Variant;
        if (variant is not null && variant != factor.Variant) return CandidateReason.OtherVariant;
        if (DistanceInDays(factor, request) > 0) return CandidateReason.OtherEdition;
        return factor.Place == (Places.Find(request.Place)?.Id ?? request.Place)
            ? CandidateReason.OtherVariant : CandidateReason.WiderPlace;
    }

    private static int Rank(CandidateReason reason) => reason switch
    {
        CandidateReason.OtherEdition => 0,
        CandidateReason.OneTranscription => 1,
        CandidateReason.WiderPlace => 2,
        CandidateReason.OtherVariant => 3,
        CandidateReason.OtherCalorific => 4,
        CandidateReason.OtherUnit => 5,
        CandidateReason.OtherPlace => 6,
        _ => 7,
    };
}
