using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Celadon.Text;

namespace Celadon.Lenses.Products;

/// <summary>What a field of a statement takes when a person says it.</summary>
public enum StatementFactKind
{
    /// <summary>Words.</summary>
    Text,

    /// <summary>Several words or URNs.</summary>
    List,

    /// <summary>A plain decimal.</summary>
    Decimal,

    /// <summary>A time, "2026-10-01T00:00:00Z".</summary>
    Time,

    /// <summary>"true" or "false".</summary>
    Flag,

    /// <summary>A list or an object, as JSON.</summary>
    Json,
}

/// <summary>
/// A field of a statement that a person may say when one is made of a footprint of the books. What the books
/// know for certain (the footprint itself, period, primary share, ratings) is not among them.
/// </summary>
/// <param name="Name">Its name in PACT v3.</param>
/// <param name="Kind">What it takes.</param>
/// <param name="InPcf">True where it stands inside the footprint.</param>
/// <param name="Group">
/// Where it belongs on a form: "who", "unit", "parts", "scope", "rules", "seldom".
/// </param>
public sealed record StatementFact(string Name, StatementFactKind Kind, bool InPcf, string Group)
{
    /// <summary>Every one, in the order in which a person is asked for them.</summary>
    public static ImmutableArray<StatementFact> All { get; } =
    [
        Of("companyName", "who"), Of("companyIds", "who", StatementFactKind.List),
        Of("productNameCompany", "who"), Of("productDescription", "who"),
        Of("productIds", "who", StatementFactKind.List),
        Of("productClassifications", "who", StatementFactKind.List),
        Of("precedingPfIds", "who", StatementFactKind.List),
        In("declaredUnitOfMeasurement", "unit"), Part("declaredUnitAmount", "unit"),
        Part("productMassPerDeclaredUnit", "unit"),
        Part("fossilCarbonContent", "parts"), Part("biogenicCarbonContent", "parts"),
        Part("recycledCarbonContent", "parts"), Part("biogenicNonCO2Emissions", "parts"),
        Part("landUseChangeGhgEmissions", "parts"), Part("biogenicCO2Uptake", "parts"),
        In("packagingEmissionsIncluded", "scope", StatementFactKind.Flag),
        Part("packagingGhgEmissions", "scope"), Part("packagingBiogenicCarbonContent", "scope"),
        Part("outboundLogisticsGhgEmissions", "scope"), Part("aircraftGhgEmissions", "scope"),
        In("geographyCountry", "scope"), In("geographyCountrySubdivision", "scope"),
        In("geographyRegionOrSubregion", "scope"), In("boundaryProcessesDescription", "scope"),
        Part("exemptedEmissionsPercent", "rules"), In("exemptedEmissionsDescription", "rules"),
        In("allocationRulesDescription", "rules"),
        In("crossSectoralStandards", "rules", StatementFactKind.List),
        In("productOrSectorSpecificRules", "rules", StatementFactKind.Json),
        In("secondaryEmissionFactorSources", "rules", StatementFactKind.Json),
        Part("landManagementFossilGhgEmissions", "seldom"),
        Part("landManagementBiogenicCO2Emissions", "seldom"),
        Part("landManagementBiogenicCO2Removals", "seldom"), Part("landCarbonLeakage", "seldom"),
        Part("landAreaOccupation", "seldom"),
        In("ccsTechnologicalCO2CaptureIncluded", "seldom", StatementFactKind.Flag),
        Part("ccsTechnologicalCO2Capture", "seldom"), Part("technologicalCO2Removals", "seldom"),
        In("technologicalCO2CaptureOrigin", "seldom"), Part("ccuCarbonContent", "seldom"),
        In("ccuCalculationApproach", "seldom"), In("ccuCreditCertification", "seldom"),
        In("verification", "seldom", StatementFactKind.Json),
        Of("extensions", "seldom", StatementFactKind.Json),
        Of("validityPeriodStart", "seldom", StatementFactKind.Time),
        Of("validityPeriodEnd", "seldom", StatementFactKind.Time), Of("comment", "seldom"),
    ];

    /// <summary>Where it stands in a statement: "/pcf/fossilCarbonContent".</summary>
    public string Pointer => (InPcf ? "/pcf/" : "/") + Name;

    /// <summary>The field of a name; null where none may be said.</summary>
    public static StatementFact? Find(string name) => All.FirstOrDefault(f => f.Name == name);

    /// <summary>
    /// Puts what a person wrote into the facts: a list takes more with every call and at every space, what
    /// is no JSON stays the words they are, so that the draft says what is wrong.
    /// </summary>
    public static void Say(JsonObject facts, string name, string value)
    {
        switch (Find(name)?.Kind)
        {
            case StatementFactKind.List:
                var list = facts[name] as JsonArray ?? [];
                foreach (var one in value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
                    list.Add(one);
                facts[name] = list;
                break;
            case StatementFactKind.Flag when value is "true" or "false":
                facts[name] = value == "true";
                break;
            case StatementFactKind.Json:
                facts[name] = Parsed(value);
                break;
            default:
                facts[name] = value;
                break;
        }
    }

    /// <summary>Names that a draft does not take, each as a finding.</summary>
    internal static IEnumerable<Finding> Strange(JsonElement facts) =>
        from name in facts.EnumerateObject().Select(p => p.Name).Distinct()
        where Find(name) is null
        select Finding.Of("footprint.state.name", Severity.Error, new Place(Pointer: "/" + name),
            ("name", name), ("names", string.Join(", ", All.Select(f => f.Name))));

    private static JsonNode? Parsed(string value)
    {
        try
        {
            return JsonNode.Parse(value);
        }
        catch (JsonException)
        {
            return value;
        }
    }

    private static StatementFact Of(
        string name, string group, StatementFactKind kind = StatementFactKind.Text) =>
        new(name, kind, false, group);

    private static StatementFact In(
        string name, string group, StatementFactKind kind = StatementFactKind.Text) =>
        new(name, kind, true, group);

    private static StatementFact Part(string name, string group) =>
        new(name, StatementFactKind.Decimal, true, group);
}
