using System.Text.Json;
using Celadon.Quantities;
using Celadon.Text;

namespace Celadon.Lenses.Products;

/// <summary>
/// A statement as a submodel of an Asset Administration Shell: IDTA 02023 Carbon Footprint 1.0, with the
/// corrections of 1.0.2, in an environment with the shell of the product. Names and identifiers are those of
/// the template; coded values have those of ECLASS.
/// </summary>
internal static class AasJson
{
    private const string Idta = "https://admin-shell.io/idta/CarbonFootprint/";
    private const string Eclass = "0173-1#";

    /// <summary>Cradle to gate: what a footprint of PACT covers.</summary>
    private static readonly (string Value, string Id) Gate = ("A1-A3", "07-ABZ789#003");

    private static readonly Dictionary<string, (string Value, string Id)> Methods = new()
    {
        ["ISO14067"] = ("ISO 14067", "07-ABU218#003"),
        ["GHGP-Product"] = ("GHG Protocol", "07-ABU221#003"),
        ["ISO14040-44"] = ("ISO 14040, ISO 14044", "07-ABV505#003"),
        ["PACT-1.0"] = ("PACT v1.0.1", "07-ACC004#001"),
        ["PACT-2.0"] = ("PACT v2.0.0", "07-ACC003#001"),
        ["PACT-3.0"] = ("PACT v3.0.0", "07-ACC012#001"),
        ["PAS2050"] = ("BS PAS 2050", "07-ACC008#001"),
    };

    private static readonly Dictionary<string, (string Value, string Id)> Units = new()
    {
        ["kilogram"] = ("kg", "07-ABZ597#003"), ["liter"] = ("l", "07-ABZ600#003"),
        ["cubic meter"] = ("cbm", "07-ABZ601#003"), ["square meter"] = ("qm", "07-ABZ602#003"),
        ["piece"] = ("piece", "07-ABZ603#003"), ["kilowatt hour"] = ("kWh", "07-ACB997#001"),
    };

    public static void Write(Utf8JsonWriter to, ProductFootprintStatement s, List<Finding> lost)
    {
        to.WriteStartObject();
        to.WriteStartArray("assetAdministrationShells");
        Shell(to, s);
        to.WriteEndArray();
        to.WriteStartArray("submodels");
        Submodel(to, s);
        to.WriteEndArray();
        to.WriteEndObject();
        Lost(s, lost);
    }

    private static string IdOf(ProductFootprintStatement s) => $"urn:uuid:{s.Id}";

    private static void Shell(Utf8JsonWriter to, ProductFootprintStatement s)
    {
        to.WriteStartObject();
        to.WriteString("modelType", "AssetAdministrationShell");
        to.WriteString("id", $"{IdOf(s)}:shell");
        to.WriteStartObject("assetInformation");
        to.WriteString("assetKind", "Type");
        to.WriteString("globalAssetId", s.ProductIds[0]);
        to.WriteStartArray("specificAssetIds");
        foreach (var (name, values) in ((string, IEnumerable<string>)[])[("productId", s.ProductIds),
            ("companyId", s.CompanyIds), ("companyName", [s.Company]), ("productName", [s.Product])])
            foreach (var value in values)
            {
                to.WriteStartObject();
                to.WriteString("name", name);
                to.WriteString("value", value);
                to.WriteEndObject();
            }
        to.WriteEndArray();
        to.WriteEndObject();
        to.WriteStartArray("submodels");
        Reference(to, null, "ModelReference", "Submodel", IdOf(s));
        to.WriteEndArray();
        to.WriteEndObject();
    }

    private static void Submodel(Utf8JsonWriter to, ProductFootprintStatement s)
    {
        to.WriteStartObject();
        to.WriteString("modelType", "Submodel");
        to.WriteString("kind", "Instance");
        to.WriteString("id", IdOf(s));
        to.WriteString("idShort", "CarbonFootprint");
        to.WriteStartObject("administration");
        to.WriteString("version", "1");
        to.WriteString("revision", "0");
        to.WriteString("templateId", "https://admin-shell.io/IDTA02023-1-0");
        to.WriteEndObject();
        Meaning(to, "semanticId", $"{Idta}CarbonFootprint/1/0");
        to.WriteStartArray("submodelElements");
        List(to, "ProductCarbonFootprints", $"{Idta}ProductCarbonFootprint/1/0", null, () =>
        {
            // Inside a list an element has no name of its own (constraint AASd-120).
            to.WriteStartObject();
            to.WriteString("modelType", "SubmodelElementCollection");
            Meaning(to, "semanticId", $"{Idta}ProductCarbonFootprint/1/0");
            to.WriteStartArray("value");
            Footprint(to, s);
            to.WriteEndArray();
            to.WriteEndObject();
        });
        to.WriteEndArray();
        to.WriteEndObject();
    }

    private static void Footprint(Utf8JsonWriter to, ProductFootprintStatement s)
    {
        const string method = Eclass + "02-ABG854#003", phase = Eclass + "02-ABG858#003";
        List(to, "PcfCalculationMethods", method, "xs:string", () =>
        {
            foreach (var standard in s.Pcf.Standards)
                Coded(to, null, method, Methods.GetValueOrDefault(standard, (standard, "")));
        });
        Property(to, "PcfCO2eq", Eclass + "02-ABG855#003", "xs:decimal",
            s.Pcf[PcfValue.ExcludingUptake]!.Value.ToString());
        Coded(to, "ReferenceImpactUnitForCalculation", Eclass + "02-ABG856#003",
            Units.GetValueOrDefault(s.Pcf.Unit, (s.Pcf.Unit, "")));
        Property(to, "QuantityOfMeasureForCalculation", Eclass + "02-ABG857#003", "xs:double",
            s.Pcf.UnitCount.ToString());
        List(to, "LifeCyclePhases", phase, "xs:string", () => Coded(to, null, phase, Gate));
        Property(to, "PublicationDate", $"{Idta}PublicationDate/1/0", "xs:dateTime", $"{s.Created}");
        Property(to, "ExpirationDate", $"{Idta}ExpirationDate/1/0", "xs:dateTime", $"{s.CountsUntil}");
    }

    private static void List(Utf8JsonWriter to, string name, string of, string? type, Action write)
    {
        to.WriteStartObject();
        to.WriteString("modelType", "SubmodelElementList");
        to.WriteString("idShort", name);
        Meaning(to, "semanticId", $"{Idta}{name}/1/0");
        Meaning(to, "semanticIdListElement", of);
        to.WriteString("typeValueListElement", type is null ? "SubmodelElementCollection" : "Property");
        PactJson.Said(to, "valueTypeListElement", type);
        to.WriteStartArray("value");
        write();
        to.WriteEndArray();
        to.WriteEndObject();
    }

    private static void Coded(Utf8JsonWriter to, string? name, string means, (string Value, string Id) coded)
        => Property(to, name, means, "xs:string", coded.Value, coded.Id);

    private static void Property(Utf8JsonWriter to, string? name, string means, string type, string value,
        string code = "")
    {
        to.WriteStartObject();
        to.WriteString("modelType", "Property");
        PactJson.Said(to, "idShort", name);
        Meaning(to, "semanticId", means);
        to.WriteString("valueType", type);
        to.WriteString("value", value);
        if (code.Length > 0) Meaning(to, "valueId", Eclass + code);
        to.WriteEndObject();
    }

    private static void Meaning(Utf8JsonWriter to, string name, string id) =>
        Reference(to, name, "ExternalReference", "GlobalReference", id);

    private static void Reference(Utf8JsonWriter to, string? name, string type, string key, string id)
    {
        if (name is not null) to.WritePropertyName(name);
        to.WriteStartObject();
        to.WriteString("type", type);
        to.WriteStartArray("keys");
        to.WriteStartObject();
        to.WriteString("type", key);
        to.WriteString("value", id);
        to.WriteEndObject();
        to.WriteEndArray();
        to.WriteEndObject();
    }

    /// <summary>The template holds one number and what it is for; everything else is named.</summary>
    private static void Lost(ProductFootprintStatement s, List<Finding> lost)
    {
        var pcf = s.Pcf;
        (string Name, bool Is)[] fields =
        [
            ("/precedingPfIds", s.Preceding.Length > 0), ("/status", s.Status != StatementStatus.Active),
            ("/validityPeriodStart", s.ValidStart is not null), ("/productDescription", true),
            ("/productClassifications", s.Classifications.Length > 0), ("/comment", s.Comment is not null),
            ("/pcf/productMassPerDeclaredUnit", true), ("/pcf/referencePeriodStart", true),
            ("/pcf/referencePeriodEnd", true),
            ("/pcf/geographyRegionOrSubregion", pcf.Region is not null),
            ("/pcf/geographyCountry", pcf.Country is not null),
            ("/pcf/geographyCountrySubdivision", pcf.Subdivision is not null),
            ("/pcf/boundaryProcessesDescription", pcf.Boundary is not null),
            ("/pcf/packagingEmissionsIncluded", pcf.WithPackaging is not null),
            ("/pcf/ccsTechnologicalCO2CaptureIncluded", pcf.WithStorage is not null),
            ("/pcf/ipccCharacterizationFactors", true), ("/pcf/exemptedEmissionsPercent", true),
            ("/pcf/exemptedEmissionsDescription", pcf.Exemptions is not null),
            ("/pcf/allocationRulesDescription", pcf.Allocation is not null),
            ("/pcf/primaryDataShare", pcf.PrimaryPercent is not null), ("/pcf/dqi", pcf.Quality is not null),
            .. PcfField.All.Where(f => f.Value != PcfValue.ExcludingUptake)
                .Select(f => ("/pcf/" + f.Pact, pcf[f.Value] is not null)),
            .. s.Further.Keys.Select(k => ("/" + k, true)),
            .. pcf.Further.Keys.Select(k => ("/pcf/" + k, true)),
        ];
        lost.AddRange(fields.Where(f => f.Is).Select(f => Finding.Of("footprint.lost", Severity.Warning,
            new Place(Pointer: f.Name), ("field", f.Name))));
        lost.AddRange(pcf.Standards.Where(m => !Methods.ContainsKey(m)).Select(m => Uncoded(
            "/pcf/crossSectoralStandards", m)));
        if (!Units.ContainsKey(pcf.Unit))
            lost.Add(Uncoded("/pcf/declaredUnitOfMeasurement", pcf.Unit));
    }

    private static Finding Uncoded(string field, string value) => Finding.Of("footprint.uncoded",
        Severity.Warning, new Place(Pointer: field), ("field", field), ("value", value));
}
