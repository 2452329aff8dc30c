using System.Collections.Immutable;
using System.Text.Json;
using Celadon.Quantities;
using Celadon.Text;

namespace Celadon.Lenses.Products;

/// <summary>
/// A statement as Catena-X has it (aspect model io.catenax.pcf 9.0.0): nested lists of one, decimals are
/// numbers, emissions stand with the stage of the life cycle.
/// </summary>
internal static class CatenaXJson
{
    private const string Version = "urn:io.catenax.pcf:datamodel:version:9.0.0";
    private const string Assessment = "pcfAssessmentAndMethodology";
    private const string Storage = "ccsTechnologicalCO2CaptureIncluded";

    /// <summary>The region of a footprint that stands for the whole world.</summary>
    private const string Everywhere = "Global";

    /// <summary>Version of the PACT specification as which such a statement is kept.</summary>
    private const string ReadAs = "3.0.3";

    /// <summary>Names that both have, in their own spelling.</summary>
    private static readonly (string Pact, string CatenaX)[] Standards =
    [
        ("ISO14067", "ISO 14067"), ("ISO14083", "ISO 14083"), ("ISO14040-44", "ISO 14040-44"),
        ("GHGP-Product", "GHG Protocol"), ("PEF", "PEF"), ("PACT-1.0", "PACT Methodology 1.0"),
        ("PACT-2.0", "PACT Methodology 2.0"), ("PACT-3.0", "PACT Methodology 3.0"), ("PAS2050", "PAS2050"),
    ];

    public static void Write(Utf8JsonWriter to, ProductFootprintStatement s, List<Finding> lost)
    {
        to.WriteStartObject();
        if (s.Comment is { } comment) Nested(to, "general", () => to.WriteString("comment", comment));
        Nested(to, "scopeOfPcfForm", () =>
        {
            PactJson.Texts(to, "specVersion", [Version]);
            to.WriteString("partialFullPcf", "Cradle-to-gate");
        });
        Nested(to, "companyAndProductInformation", () => Who(to, s));
        Nested(to, Assessment, () => How(to, s));
        Nested(to, "productLifeCycleStagesAndEmissions", () => Stages(to, s.Pcf));
        Nested(to, "carbonContent", () =>
        {
            Numbers(to, s.Pcf, "carbonContent/");
            if (s.Pcf[PcfValue.FossilCarbon] is { } fossil && s.Pcf[PcfValue.BiogenicCarbon] is { } biogenic)
                Number(to, "carbonContentTotal", fossil + biogenic);
        });
        to.WriteEndObject();
        Lost(s, lost);
    }

    private static void Who(Utf8JsonWriter to, ProductFootprintStatement s)
    {
        Nested(to, "companyInformation", () =>
        {
            to.WriteString("companyName", s.Company);
            PactJson.Texts(to, "companyIds", s.CompanyIds);
        });
        Nested(to, "productInformation", () =>
        {
            to.WriteString("productNameCompany", s.Product);
            to.WriteString("productDescription", s.Description);
            PactJson.Texts(to, "productIds", s.ProductIds);
            PactJson.Texts(to, "productClassifications", s.Classifications);
            to.WriteString("declaredUnitOfMeasurement", s.Pcf.Unit);
            Number(to, "declaredUnitAmount", s.Pcf.UnitCount);
            Number(to, "productMassPerDeclaredUnit", s.Pcf.MassKg);
        });
    }

    private static void How(Utf8JsonWriter to, ProductFootprintStatement s)
    {
        Nested(to, "pcfAssessmentInformation", () =>
        {
            Nested(to, "idAndVersion", () =>
            {
                to.WriteString("id", s.Id);
                to.WriteNumber("version", 0);
                to.WriteString("status", s.Status.ToString());
                to.WriteString("retroOrProspectivePcfType", "Retrospective PCF");
            });
            Nested(to, "time", () =>
            {
                PactJson.Time(to, "created", s.Created);
                PactJson.Time(to, "referencePeriodStart", s.Pcf.ReferenceStart);
                PactJson.Time(to, "referencePeriodEnd", s.Pcf.ReferenceEnd);
                PactJson.Time(to, "validityPeriodStart", s.ValidStart);
                PactJson.Time(to, "validityPeriodEnd", s.CountsUntil);
            });
            Nested(to, "geography", () =>
            {
                PactJson.Said(to, "geographyRegionOrSubregion", s.Pcf.Region
                    ?? ((s.Pcf.Country ?? s.Pcf.Subdivision) is null ? Everywhere : null));
                PactJson.Said(to, "geographyCountry", s.Pcf.Country);
                PactJson.Said(to, "geographyCountrySubdivision", s.Pcf.Subdivision);
            });
            Nested(to, "technology", () =>
            {
                if (s.Pcf.WithStorage is { } storage) to.WriteBoolean(Storage, storage);
                PactJson.Said(to, "boundaryProcessesDescription", s.Pcf.Boundary);
            });
            Nested(to, "boundarySpecifications", () =>
            {
                Number(to, "exemptedEmissionsPercent", s.Pcf.ExemptedPercent);
                PactJson.Said(to, "exemptedEmissionsDescription", s.Pcf.Exemptions);
            });
        });
        Nested(to, "pcfMethodology", () =>
        {
            Nested(to, "standards", () =>
            {
                PactJson.Texts(to, "crossSectoralStandards", [.. s.Pcf.Standards.Select(ToCatenaX)]);
                to.WriteStartArray("productOrSectorSpecificRules");
                to.WriteEndArray();
            });
            Nested(to, "gwpCharacterizationFactorDetails", () =>
                PactJson.Said(to, "ipccCharacterizationFactors", s.Pcf.Gwp.FirstOrDefault()));
            Nested(to, "allocationInForeground", () =>
                PactJson.Said(to, "allocationRulesDescription", s.Pcf.Allocation));
        });
        Nested(to, "dataSourcesAndQuality", () =>
        {
            Number(to, "primaryDataShare", s.Pcf.PrimaryPercent);
            Number(to, "technologicalDQR", s.Pcf.Quality?.Technology);
            Number(to, "geographicalDQR", s.Pcf.Quality?.Geography);
            Number(to, "temporalDQR", s.Pcf.Quality?.Time);
        });
    }

    private static void Stages(Utf8JsonWriter to, Pcf pcf)
    {
        const string stages = "productLifeCycleStagesAndEmissions/";
        Nested(to, "productionStage", () => Numbers(to, pcf, stages + "productionStage/"));
        Nested(to, "packagingStage", () =>
        {
            if (pcf.WithPackaging is { } with) to.WriteBoolean("packagingEmissionsIncluded", with);
            Numbers(to, pcf, stages + "packagingStage/");
        });
        Nested(to, "distributionStage", () =>
        {
            to.WriteBoolean("distributionStageIncluded", pcf[PcfValue.Outbound] is not null);
            Numbers(to, pcf, stages + "distributionStage/");
        });
    }

    private static void Lost(ProductFootprintStatement s, List<Finding> lost)
    {
        var names = s.Further.Keys.Select(k => "/" + k)
            .Concat(s.Pcf.Further.Keys.Select(k => "/pcf/" + k))
            .Concat(PcfField.All.Where(f => f.CatenaX.Length == 0 && s.Pcf[f.Value] is not null)
                .Select(f => "/pcf/" + f.Pact))
            .Concat(s.Pcf.Gwp.Length > 1 ? ["/pcf/ipccCharacterizationFactors/1"] : [])
            .Concat(s.Preceding.Length > 0 ? ["/precedingPfIds"] : []);
        lost.AddRange(names.Select(name => Finding.Of("footprint.lost", Severity.Warning,
            new Place(Pointer: name), ("field", name))));
        lost.AddRange(Needs(s.Pcf).Select(name => Finding.Of("footprint.needs", Severity.Warning,
            new Place(Pointer: name), ("field", name))));
    }

    /// <summary>What the aspect model requires and no statement of PACT says, or this one does not.</summary>
    private static IEnumerable<string> Needs(Pcf pcf)
    {
        if (pcf.Region is null && (pcf.Country ?? pcf.Subdivision) is not null)
            yield return "/geographyRegionOrSubregion";
        if (pcf.WithStorage is null) yield return "/" + Storage;
        if (pcf.WithPackaging is null) yield return "/packagingEmissionsIncluded";
        yield return "/allocationWasteIncineration";
        yield return "/massBalancingInformation";
    }

    private static void Numbers(Utf8JsonWriter to, Pcf pcf, string place)
    {
        foreach (var field in PcfField.All)
            if (field.CatenaX.StartsWith(place, StringComparison.Ordinal))
                Number(to, field.CatenaX[place.Length..], pcf[field.Value]);
    }

    /// <summary>A number with exactly the digits of the amount, left out when it is unknown.</summary>
    private static void Number(Utf8JsonWriter to, string name, Amount? value)
    {
        if (value is not { } known) return;
        to.WritePropertyName(name);
        to.WriteRawValue(known.ToString());
    }

    private static void Nested(Utf8JsonWriter to, string name, Action write)
    {
        to.WriteStartArray(name);
        to.WriteStartObject();
        write();
        to.WriteEndObject();
        to.WriteEndArray();
    }

    public static ProductFootprintStatement Read(StatementFields from)
    {
        var names = from.First("companyAndProductInformation");
        var (company, product) = (names.First("companyInformation"), names.First("productInformation"));
        var assessment = from.First(Assessment);
        var information = assessment.First("pcfAssessmentInformation");
        var (id, time) = (information.First("idAndVersion"), information.First("time"));
        var statement = new ProductFootprintStatement
        {
            Id = id.NeededId("id"),
            SpecVersion = ReadAs,
            Created = time.NeededTime("created"),
            Status = PactJson.Status(id),
            ValidStart = time.Time("validityPeriodStart"),
            ValidEnd = time.Time("validityPeriodEnd"),
            Company = company.NeededText("companyName"),
            CompanyIds = company.Texts("companyIds"),
            Description = product.NeededText("productDescription"),
            ProductIds = product.Texts("productIds"),
            Classifications = product.Texts("productClassifications"),
            Product = product.NeededText("productNameCompany"),
            Comment = from.First("general").Text("comment"),
            Pcf = Footprint(from, product, assessment, information, time),
        };
        return statement;
    }

    private static Pcf Footprint(StatementFields from, StatementFields product, StatementFields assessment,
        StatementFields information, StatementFields time)
    {
        var method = assessment.First("pcfMethodology");
        var sources = assessment.First("dataSourcesAndQuality");
        var place = information.First("geography");
        var bounds = information.First("boundarySpecifications");
        var quality = new DataQuality(sources.Decimal("technologicalDQR", true),
            sources.Decimal("geographicalDQR", true), sources.Decimal("temporalDQR", true));
        var report = method.First("gwpCharacterizationFactorDetails").Text("ipccCharacterizationFactors");
        return new Pcf
        {
            Unit = product.NeededText("declaredUnitOfMeasurement"),
            UnitCount = product.NeededDecimal("declaredUnitAmount", numbers: true),
            MassKg = product.NeededDecimal("productMassPerDeclaredUnit", numbers: true),
            ReferenceStart = time.NeededTime("referencePeriodStart"),
            ReferenceEnd = time.NeededTime("referencePeriodEnd"),
            Region = place.Text("geographyRegionOrSubregion") is { } region && region != Everywhere
                ? region : null,
            WithStorage = information.First("technology").Flag(Storage),
            Country = place.Text("geographyCountry"),
            Subdivision = place.Text("geographyCountrySubdivision"),
            Boundary = information.First("technology").Text("boundaryProcessesDescription"),
            Values = Values(from),
            WithPackaging = from.First("productLifeCycleStagesAndEmissions").First("packagingStage")
                .Flag("packagingEmissionsIncluded"),
            Gwp = report is null ? [] : [report],
            Standards = [.. method.First("standards").Texts("crossSectoralStandards").Select(ToPact)],
            ExemptedPercent = bounds.NeededDecimal("exemptedEmissionsPercent", numbers: true),
            Exemptions = bounds.Text("exemptedEmissionsDescription"),
            Allocation = method.First("allocationInForeground").Text("allocationRulesDescription"),
            PrimaryPercent = sources.Decimal("primaryDataShare", numbers: true),
            Quality = quality == new DataQuality(null, null, null) ? null : quality,
        };
    }

    private static ImmutableSortedDictionary<PcfValue, Amount> Values(StatementFields from)
    {
        var values = ImmutableSortedDictionary.CreateBuilder<PcfValue, Amount>();
        foreach (var stage in PcfField.All.Where(f => f.CatenaX.Length > 0)
            .GroupBy(f => f.CatenaX[..f.CatenaX.LastIndexOf('/')]))
        {
            var place = from;
            foreach (var part in stage.Key.Split('/')) place = place.First(part);
            foreach (var field in stage)
                if (place.Decimal(field.CatenaX[(stage.Key.Length + 1)..], numbers: true) is { } value)
                    values[field.Value] = value;
        }
        return values.ToImmutable();
    }

    private static string ToCatenaX(string standard) =>
        Standards.FirstOrDefault(s => s.Pact == standard).CatenaX ?? standard;

    private static string ToPact(string standard) =>
        Standards.FirstOrDefault(s => s.CatenaX == standard).Pact ?? standard;
}
