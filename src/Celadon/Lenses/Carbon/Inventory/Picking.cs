using System.Collections.Immutable;
using Celadon.Ledger;
using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Text;
using NodaTime;

namespace Celadon.Lenses.Carbon.Inventory;

/// <summary>
/// Finds the factor of a claim in a month, and the conversion that leads to it. The basis must match; a
/// missing factor is refused with the nearest candidates, never taken as zero.
/// </summary>
internal sealed partial class Picking
{
    private static readonly Unit Kwh = Units.Parse("kWh"), Tkm = Units.Parse("tkm"), Kg = Units.Parse("kg"),
        Km = Units.Parse("km"), M3 = Units.Parse("m3"), Nm3 = Units.Parse("Nm3"),
        Piece = Units.Parse("piece");

    private readonly FactorLibrary _packs;
    private readonly InventorySpec _spec;
    private readonly RegisterSet _registers;
    private readonly Boundary _boundary;
    private readonly Valuing _valuing;
    private readonly Dictionary<CacheKey, Resolved> _cache = [];
    private readonly Dictionary<FactorRequest, FactorAnswer> _answers = [];
    private readonly Dictionary<FactorAnswer, (Pick? Pick, ImmutableArray<InventoryFlag> Flags)> _picks =
        new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Facts, Facts> _naming = [];
    private readonly Dictionary<(FactorBasis, string), bool> _byMonth = [];
    private readonly Dictionary<string, Site> _sites;

    public Picking(FactorLibrary packs, InventorySpec spec, RegisterSet registers, Boundary boundary)
    {
        (_packs, _spec, _registers, _boundary) = (packs, spec, registers, boundary);
        _valuing = new Valuing(packs, spec.Gwp, spec.Methane);
        _sites = registers.Of<Site>().ToDictionary(site => site.Id, StringComparer.Ordinal);
    }

    private readonly record struct CacheKey(
        FactorBasis Basis, RuleQuantity Quantity, string Factor, string Resource, string Place, string Unit,
        CalorificBasis Calorific, string Facts, YearMonth Month, string Chosen);

    /// <summary>The factor and conversion of a claim.</summary>
    public Resolved Of(Claim claim) => Of(claim, claim.Rule.Basis!.Value);

    /// <summary>The factor of another basis for the same activity: the residual mix of a grid.</summary>
    public Resolved Of(Claim claim, FactorBasis basis)
    {
        var activity = claim.Activity;
        var place = PlaceOf(claim);
        var key = new CacheKey(
            basis, claim.Rule.Quantity, claim.FactorResource ?? "", claim.Resource.Id, place, activity.Unit,
            activity.Calorific, claim.Facts.Text, IsByMonth(claim, basis) ? activity.Month : default,
            ChosenOf(claim, basis) ?? "");
        if (!_cache.TryGetValue(key, out var resolved))
            _cache[key] = resolved = Find(claim, basis, place);
        return resolved;
    }

    /// <summary>
    /// True where editions are chosen by the activity's own months; else one choice serves the whole report.
    /// </summary>
    private bool IsByMonth(Claim claim, FactorBasis basis)
    {
        var resource = claim.FactorResource ?? claim.Resource.Id;
        if (_byMonth.TryGetValue((basis, resource), out var known)) return known;
        FactorBasis[] bases =
            basis == FactorBasis.OutsideOfScopes ? [basis, FactorBasis.Combustion] : [basis];
        return _byMonth[(basis, resource)] = claim.Chosen is not null || bases.Any(b =>
            _packs.FactorsOf(resource, b).Any(f => f.Pack.Applies.By == AppliesBy.ActivityPeriod));
    }

    private static string? ChosenOf(Claim claim, FactorBasis basis) =>
        basis == FactorBasis.ResidualMix ? claim.ChosenResidual : claim.Chosen;

    /// <summary>
    /// Where the activity is: the grid it draws from where that is a place, else the site's region or
    /// country, else the organisation's country.
    /// </summary>
    public string PlaceOf(Claim claim)
    {
        var activity = claim.Activity;
        if (claim.Resource.Kind is ResourceKind.Electricity or ResourceKind.Heat
            && activity.From.Kind == NodeKind.Grid
            && _packs.Places.Find(activity.From.Id) is { } grid) return grid.Id;
        if (_sites.TryGetValue(activity.Site, out var site)) return site.Region ?? site.Country;
        return _boundary.Organisation?.Country ?? "";
    }

    private Resolved Find(Claim claim, FactorBasis basis, string place)
    {
        if (!Units.TryParse(claim.Activity.Unit, out var unit))
            return Resolved.Refused(Finding.Of("inventory.unitUnknown", Severity.Warning, null,
                ("unit", claim.Activity.Unit), ("resource", claim.Resource.Id)));
        if (basis == FactorBasis.OutsideOfScopes && claim.Chosen is null) return Biogenic(claim, unit, place);
        if (basis == FactorBasis.Fugitive && claim.Chosen is null && Gas(claim, unit) is { } gas) return gas;
        if (claim.FactorResource is null)
            return Resolved.Refused(Finding.Of("inventory.factorUnnamed", Severity.Warning, null,
                ("resource", claim.Resource.Id), ("rule", claim.Rule.Id)));
        var request = RequestOf(claim, basis, place, unit);
        if (claim.Rule.Quantity == RuleQuantity.MassDistance) return Carriage(claim, unit, request);
        var isFuel = claim.Resource.Kind == ResourceKind.Fuel;
        if (isFuel && IsGasVolume(claim.Resource, unit) && claim.Chosen is null)
            return ByEnergy(claim, unit, request);
        var direct = Select(request);
        if (direct is FactorAnswer.Refused { Reason: RefusalReason.Unit or RefusalReason.Place } && isFuel
            && Kwh.ConvertsTo(unit) is false && ByEnergy(claim, unit, request) is { Pick: not null } energy)
            return energy;
        return Valued(direct, request, new Conversion.Plain(), []);
    }

    /// <summary>The facts without those that only change a quantity: they choose no factor.</summary>
    private Facts Naming(Facts facts)
    {
        if (_naming.TryGetValue(facts, out var known)) return known;
        return _naming[facts] = Facts.From(facts.Values.Where(f => !FactNames.OfQuantity.Contains(f.Key)));
    }

    private FactorAnswer Select(FactorRequest request)
    {
        if (_answers.TryGetValue(request, out var known)) return known;
        return _answers[request] = _packs.Select(request);
    }

    private FactorRequest RequestOf(Claim claim, FactorBasis basis, string place, Unit unit) => new(
        claim.FactorResource ?? claim.Resource.Id, basis, place,
        new MonthSpan(claim.Activity.Month, claim.Activity.Month), _spec.Period)
    {
        Unit = unit,
        Calorific = claim.Activity.Calorific,
        Facts = Naming(claim.Facts),
        Chosen = ChosenOf(claim, basis),
        AllowNearestEdition = _spec.AllowNearestEdition,
        AllowWiderPlace = _spec.AllowWiderPlace,
    };

    /// <summary>A selection as a pick, valued under the GWP set; or its refusal.</summary>
    private Resolved Valued(
        FactorAnswer answer, FactorRequest request, Conversion conversion, ImmutableArray<InventoryFlag> more)
    {
        if (answer is not FactorAnswer.Found found)
        {
            var refused = (FactorAnswer.Refused)answer;
            return Resolved.Refused(refused.ToFinding(), [.. refused.Candidates.Select(CandidateOf)]);
        }
        if (!_picks.TryGetValue(found, out var known))
        {
            var own = found.Flags.Select(FlagOf).ToImmutableArray();
            _picks[found] = known =
                (_valuing.Of(found.Factor, own, CandidatesBeside(found, request)), own);
        }
        var (pick, flags) = known;
        if (!more.IsEmpty) flags = flags.AddRange(more);
        if (!more.IsEmpty && pick is not null) pick = pick with { Flags = pick.Flags.AddRange(more) };
        var resolved = pick is not null ? Resolved.Found(pick, conversion)
            : Resolved.Refused(_valuing.NoValue(found.Factor), [new InventoryCandidate(
                found.Factor.Key, found.Factor.Name, found.Factor.UnitText, "other-gwp", null)]);
        return resolved with { Conversion = conversion, Selected = (found.Factor, flags) };
    }

    /// <summary>
    /// Related factors that a reader may prefer for what the document says of a waste or material.
    /// </summary>
    private ImmutableArray<InventoryCandidate> CandidatesBeside(
        FactorAnswer.Found found, FactorRequest request) =>
        found.Factor.Basis is not (FactorBasis.Treatment or FactorBasis.LifeCycle) ? []
            : [.. _packs.RelatedTo(request).Where(c => c.Factor.Key != found.Factor.Key).Take(3)
                .Select(CandidateOf)];

    /// <summary>Mass × distance; pieces have a mass when the product register states one.</summary>
    private Resolved Carriage(Claim claim, Unit unit, FactorRequest request)
    {
        var distance = StatedValue.Of(claim.Facts, FactNames.Distance);
        if (distance is null || distance.Per is not null || !distance.Unit.ConvertsTo(Km))
            return Resolved.Refused(Finding.Of("inventory.distanceUnreadable", Severity.Warning, null,
                ("value", claim.Facts[FactNames.Distance] ?? ""), ("resource", claim.Resource.Id)));
        var pieceMass = unit.ConvertsTo(Piece) ? ProductOf(claim)?.MassKg : null;
        if (!unit.ConvertsTo(Kg) && pieceMass is null)
            return Resolved.Refused(Finding.Of("inventory.massUnknown", Severity.Warning, null,
                ("unit", unit.Code), ("resource", claim.Resource.Id)));
        return Valued(Select(request with { Unit = Tkm, Calorific = CalorificBasis.None }), request,
            new Conversion.Carriage(distance, pieceMass), []);
    }

    /// <summary>
    /// The product of the register that a claim moves, by the books' own word or the catalogue's.
    /// </summary>
    public Product? ProductOf(Claim claim) =>
        _registers.Find<Product>(claim.Activity.Resource) ?? _registers.Find<Product>(claim.Resource.Id);

    /// <summary>
    /// A gas by GWP and composition; null where the set does not hold it and a published factor may.
    /// </summary>
    private Resolved? Gas(Claim claim, Unit unit)
    {
        MethaneOrigin? origin = claim.Facts[FactNames.Carbon] switch
        {
            "fossil" => MethaneOrigin.Fossil,
            "biogenic" => MethaneOrigin.NonFossil,
            _ => null,
        };
        if (claim.Resource.Id == "methane" && origin is null)
            return Resolved.Refused(Finding.Of("inventory.methaneOrigin", Severity.Warning, null,
                ("fact", FactNames.Carbon)));
        if (!unit.ConvertsTo(Kg)) return null;
        return _valuing.OfGas(claim.Resource, origin, FactorBasis.Fugitive) is { } pick
            ? Resolved.Found(pick, new Conversion.Plain()) : null;
    }

    private Resolved Biogenic(Claim claim, Unit unit, string place)
    {
        var burning = Of(claim, FactorBasis.Combustion);
        if (burning.Selected is not { } selected) return Resolved.Nothing;
        if (_packs.BiogenicOf(selected.Row) is { } biogenic)
            return Resolved.Found(
                Valuing.BiogenicOf(biogenic.Row, biogenic.PerUnit, selected.Row, selected.Flags),
                burning.Conversion);
        var own = Select(RequestOf(claim, FactorBasis.OutsideOfScopes, place, unit));
        return own is FactorAnswer.Found { Factor: { Value: { } value } row } found
            ? Resolved.Found(Valuing.BiogenicOf(row, value, row, [.. found.Flags.Select(FlagOf)]),
                new Conversion.Plain())
            : Resolved.Nothing;
    }

    private static InventoryFlag FlagOf(SelectionFlag flag) =>
        new(WordOf(flag.Kind.ToString()), flag.Wanted, flag.Taken);

    private static InventoryCandidate CandidateOf(FactorCandidate candidate) => new(candidate.Factor.Key,
        candidate.Factor.Name, candidate.Factor.UnitText, WordOf(candidate.Reason.ToString()),
        candidate.Note);

    /// <summary>"NearestEdition" is "nearest-edition".</summary>
    private static string WordOf(string name) => string.Concat(name.Select((c, i) =>
        !char.IsUpper(c) ? c.ToString() : (i > 0 ? "-" : "") + char.ToLowerInvariant(c)));
}
