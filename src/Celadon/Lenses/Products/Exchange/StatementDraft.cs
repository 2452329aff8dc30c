using System.Collections.Immutable;
using System.Text.Json;
using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Text;
using NodaTime;

namespace Celadon.Lenses.Products;

/// <summary>What a statement is made from beside what a person says.</summary>
public sealed record StatementBasis
{
    /// <summary>The answer of products.footprint.</summary>
    public required FootprintReport Report { get; init; }

    /// <summary>The product of it that is stated.</summary>
    public required FootprintProduct Product { get; init; }

    /// <summary>The registers: site, organisation, mass of a piece.</summary>
    public required RegisterSet Registers { get; init; }

    /// <summary>The packs, for what the sources of factors are called.</summary>
    public required FactorLibrary Packs { get; init; }

    /// <summary>The language of the sentences in the statement.</summary>
    public required Catalogue Text { get; init; }

    /// <summary>The id of the statement.</summary>
    public required Guid Id { get; init; }

    /// <summary>When it is made.</summary>
    public required Instant Created { get; init; }

    /// <summary>The own statements that are kept.</summary>
    public required IReadOnlyList<ProductFootprintStatement> Own { get; init; }
}

/// <summary>
/// Makes a statement by PACT v3 of a footprint of the books, to the gate. What the books do not know is asked
/// for by name and never assumed; the sums are those of the specification (v3.0.3,
/// pcfExcludingBiogenicUptake).
/// </summary>
public sealed class StatementDraft
{
    /// <summary>The version of the specification that is written.</summary>
    public const string SpecVersion = "3.0.3";

    /// <summary>Decimals of a share and of a rating.</summary>
    private const int ShareScale = 2;

    private readonly StatementBasis _from;
    private readonly StatementFields _said, _saidOfPcf;
    private readonly List<Finding> _findings = [];
    private readonly StatementSentences _words;

    private StatementDraft(StatementBasis from, JsonElement facts)
    {
        (_from, _words) = (from, new StatementSentences(from));
        (_said, _saidOfPcf) = (new StatementFields(facts, "", _findings),
            new StatementFields(facts, "/pcf", _findings));
        _findings.AddRange(StatementFact.Strange(facts));
    }

    /// <summary>The statement, or what is still to be said.</summary>
    /// <param name="from">The footprint and the books around it.</param>
    /// <param name="facts">
    /// What a person says: an object by the names of <see cref="StatementFact.All"/>.
    /// </param>
    public static StatementRead Of(StatementBasis from, JsonElement facts)
    {
        var draft = new StatementDraft(from, facts);
        var statement = draft.Statement();
        var found = draft._findings;
        // What is asked for or could not be read would only be found missing once more.
        var known = found.Where(f => f.Severity == Severity.Error).Select(f => f.Place?.Pointer).ToHashSet();
        if (statement.Pcf.Unit.Length > 0)
            found.AddRange(StatementChecks.Of(statement).Where(f => !known.Contains(f.Place?.Pointer)));
        return new StatementRead(found.Exists(f => f.Severity == Severity.Error) ? null : statement, "pact",
            [.. found]);
    }

    private ProductFootprintStatement Statement()
    {
        var statement = new ProductFootprintStatement
        {
            Id = _from.Id,
            SpecVersion = SpecVersion,
            Preceding = _said.Ids("precedingPfIds"),
            Created = _from.Created,
            Status = StatementStatus.Active,
            ValidStart = _said.Time("validityPeriodStart"),
            ValidEnd = _said.Time("validityPeriodEnd"),
            Company = _said.Text("companyName") ?? _words.Company ?? Asked("companyName", ""),
            CompanyIds = AskedList("companyIds"),
            Description = _said.Text("productDescription") ?? Asked("productDescription", ""),
            ProductIds = AskedList("productIds"),
            Classifications = _said.Texts("productClassifications"),
            Product = _said.Text("productNameCompany") ?? _words.Product,
            Comment = _said.Text("comment"),
            Further = Further(_said, "extensions"),
            Pcf = Footprint(),
        };
        var earlier = _from.Own.Where(o => o.Status == StatementStatus.Active
            && o.ProductIds.Intersect(statement.ProductIds).Any() && !statement.Preceding.Contains(o.Id));
        foreach (var one in earlier)
            _findings.Add(Finding.Of("footprint.state.earlier", Severity.Warning,
                new Place(Pointer: "/precedingPfIds"), ("id", one.Id)));
        return statement;
    }

    private Pcf Footprint()
    {
        var product = _from.Product;
        var declared = Declared();
        var site = _from.Registers.Find<Site>(_from.Report.Site);
        var zone = SiteZone.Get(site?.Zone ?? "Etc/UTC");
        var period = _from.Report.Period.In(zone);
        var (country, part, region) = (_saidOfPcf.Text("geographyCountry"),
            _saidOfPcf.Text("geographyCountrySubdivision"), _saidOfPcf.Text("geographyRegionOrSubregion"));
        var quality = product.Quality?.Stated;
        if (quality is null) Say("footprint.state.notRated", "/pcf/dqi");
        return new Pcf
        {
            Unit = declared?.Unit ?? "",
            UnitCount = declared?.Count ?? Amount.One,
            MassKg = Said("productMassPerDeclaredUnit") ?? declared?.MassKg
                ?? (declared is null ? Amount.Zero : Asked("productMassPerDeclaredUnit", Amount.Zero)),
            ReferenceStart = period.Start,
            ReferenceEnd = period.End,
            Country = country ?? (part is null && region is null ? site?.Country : null),
            Subdivision = part,
            Region = region,
            Values = Values(declared),
            Boundary = _saidOfPcf.Text("boundaryProcessesDescription") ?? _words.Boundary,
            Allocation = _saidOfPcf.Text("allocationRulesDescription") ?? _words.Allocation,
            WithPackaging = Should("packagingEmissionsIncluded"),
            WithStorage = Should("ccsTechnologicalCO2CaptureIncluded"),
            ExemptedPercent = Exempted(),
            Exemptions = _saidOfPcf.Text("exemptedEmissionsDescription") ?? _words.Exempted,
            Gwp = [_from.Report.Gwp.ToString().ToUpperInvariant()],
            Standards = [.. new[] { _from.Report.Rules == FootprintRules.Iso14067 ? "ISO14067" : "PAS2050" }
                .Concat(_saidOfPcf.Texts("crossSectoralStandards")).Distinct(StringComparer.Ordinal)],
            PrimaryPercent = product.Measured.Value.Round(ShareScale),
            Quality = quality is null ? null : new DataQuality(quality.Technology?.Round(ShareScale),
                quality.Geography?.Round(ShareScale), quality.Time?.Round(ShareScale)),
            Further = PcfFurther(),
        };
    }

    private StatementUnit? Declared()
    {
        var made = _from.Product.Output.Unit;
        var unit = _saidOfPcf.Text("declaredUnitOfMeasurement") ?? StatementUnit.Usual(made);
        var count = Said("declaredUnitAmount") ?? Amount.One;
        if (unit is null) return Asked<StatementUnit?>("declaredUnitOfMeasurement", null);
        if (count.Sign > 0 && StatementUnit.Of(unit, count, made, PieceKg) is { } declared) return declared;
        if (count.Sign <= 0)
            Say("footprint.sign", "/pcf/declaredUnitAmount", Severity.Error, ("value", count));
        else Say("footprint.state.unit", "/pcf/declaredUnitOfMeasurement", Severity.Error, ("unit", unit),
            ("made", made), ("units", string.Join(", ", Pcf.Units)));
        return null;
    }

    private Amount? PieceKg => _from.Registers.Find<Product>(_from.Product.Product)?.MassKg;

    /// <summary>
    /// The quantities. The total of the books holds fossil gases and those of biomass other than carbon
    /// dioxide; land use change, removals and storage stand beside it, and carbon dioxide of burnt biomass is
    /// in no sum of the specification.
    /// </summary>
    private ImmutableSortedDictionary<PcfValue, Amount> Values(StatementUnit? declared)
    {
        var (product, life) = (_from.Product, _from.Product.Grave);
        var values = ImmutableSortedDictionary.CreateBuilder<PcfValue, Amount>();
        foreach (var field in PcfField.All.Where(f => StatementFact.Find(f.Pact) is not null))
            if (Said(field.Pact) is { } said) values[field.Value] = said;
        Amount Needed(PcfValue value, Figure? known)
        {
            if (values.TryGetValue(value, out var said)) return said;
            return values[value] = known is not null && declared is not null ? declared.Of(known.Value)
                : Asked(PcfField.All.First(f => f.Value == value).Pact, Amount.Zero);
        }
        Needed(PcfValue.FossilCarbon, null);
        var other = Needed(PcfValue.BiogenicOther, null);
        var land = Needed(PcfValue.LandUseChange, life?.LandUseChange);
        var uptake = Needed(PcfValue.Uptake, life?.Uptake);
        if (declared is null) return values.ToImmutable();
        var books = declared.Of(product.Total.Value, product.Output.Value);
        values[PcfValue.Fossil] = books - other;
        var whole = books + land;
        foreach (var beside in (PcfValue[])[PcfValue.LandBiogenic, PcfValue.LandRemovals, PcfValue.Captured,
            PcfValue.Removed])
            whole += values.GetValueOrDefault(beside, Amount.Zero);
        values[PcfValue.ExcludingUptake] = whole;
        values[PcfValue.IncludingUptake] = whole + uptake;
        if (product.Biogenic is { Value.Sign: > 0 } burnt) Say("footprint.state.biogenic",
            "/pcf/pcfExcludingBiogenicUptake", Severity.Info,
            ("value", declared.Of(burnt.Value, product.Output.Value)));
        return values.ToImmutable();
    }

    /// <summary>Nothing is left out where everything has a figure; else how much is for a person to say.
    /// </summary>
    private Amount Exempted()
    {
        if (Said("exemptedEmissionsPercent") is { } said) return said;
        if (!_from.Report.Partial && _from.Report.Unknown.IsEmpty) return Amount.Zero;
        Say("footprint.state.unknown", "/pcf/exemptedEmissionsPercent", Severity.Error,
            ("count", _from.Report.Unknown.Length), ("items", _words.Unknown));
        return Amount.Zero;
    }

    /// <summary>What is true or false, and should be said although a statement does without.</summary>
    private bool? Should(string name)
    {
        var said = _saidOfPcf.Flag(name);
        if (said is null) Say("footprint.state.should", "/pcf/" + name, Severity.Warning,
            ("what", "statement." + name), ("name", name));
        return said;
    }

    private ImmutableSortedDictionary<string, string> PcfFurther()
    {
        var further = Further(_saidOfPcf, "productOrSectorSpecificRules", "secondaryEmissionFactorSources",
            "verification");
        foreach (var name in (string[])["technologicalCO2CaptureOrigin", "ccuCalculationApproach",
            "ccuCreditCertification"])
            if (_saidOfPcf.Text(name) is { } text)
                further = further.Add(name, JsonSerializer.Serialize(text));
        return further.ContainsKey("secondaryEmissionFactorSources") || _words.Sources is not { } sources
            ? further : further.Add("secondaryEmissionFactorSources", sources);
    }

    private static ImmutableSortedDictionary<string, string> Further(
        StatementFields said, params string[] names)
    {
        var further = ImmutableSortedDictionary<string, string>.Empty;
        foreach (var name in names)
            if (said.Structure(name) is { } json) further = further.Add(name, json);
        return further;
    }

    private Amount? Said(string name) => _saidOfPcf.Decimal(name, numbers: true);

    private ImmutableArray<string> AskedList(string name)
    {
        var said = _said.Texts(name);
        return said.IsEmpty && !_findings.Exists(f => f.Place?.Pointer == "/" + name)
            ? Asked<ImmutableArray<string>>(name, []) : said;
    }

    /// <summary>Asks for what nobody said, once, and goes on with a stand-in that is never given out.
    /// </summary>
    private T Asked<T>(string name, T standIn)
    {
        var fact = StatementFact.Find(name)!;
        if (!_findings.Exists(f => f.Place?.Pointer == fact.Pointer))
            Say("footprint.state.ask", fact.Pointer, Severity.Error, ("what", "statement." + name),
                ("name", name), ("hint", "statement.hint." + name));
        return standIn;
    }

    private void Say(string code, string pointer, Severity severity = Severity.Warning,
        params (string, object)[] args) => _findings.Add(Finding.Of(code, severity,
            new Place(Pointer: pointer), [("field", pointer), .. args]));
}
