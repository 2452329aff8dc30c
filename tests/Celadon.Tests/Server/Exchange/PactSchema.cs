using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Celadon.Tests.Server.Exchange;

/// <summary>
/// What a ProductFootprint on the wire must be by the PACT technical specification v3.0.3
/// (spec/v3/openapi.yaml of github.com/wbcsd/data-exchange-protocol), written down here apart from the
/// program's own checks.
/// </summary>
internal static partial class PactSchema
{
    private static readonly string[] Needed = ["id", "specVersion", "created", "status", "companyName",
        "companyIds", "productDescription", "productIds", "productNameCompany", "pcf"];

    private static readonly string[] NeededInside = ["declaredUnitOfMeasurement", "declaredUnitAmount",
        "productMassPerDeclaredUnit", "referencePeriodStart", "referencePeriodEnd",
        "pcfExcludingBiogenicUptake", "pcfIncludingBiogenicUptake", "fossilGhgEmissions",
        "fossilCarbonContent", "ipccCharacterizationFactors", "crossSectoralStandards",
        "exemptedEmissionsPercent"];

    private static readonly string[] Units = ["liter", "kilogram", "cubic meter", "kilowatt hour",
        "megajoule", "ton kilometer", "square meter", "piece", "hour", "megabit second"];

    private static readonly string[] Truths =
        ["packagingEmissionsIncluded", "ccsTechnologicalCO2CaptureIncluded"];

    /// <summary>Names of fields that do not fit; empty for a footprint by the schema.</summary>
    public static IEnumerable<string> Faults(JsonObject footprint)
    {
        if (footprint["pcf"] is not JsonObject pcf) return ["pcf"];
        return Needed.Where(name => !footprint.ContainsKey(name))
            .Concat(NeededInside.Where(name => !pcf.ContainsKey(name)))
            .Concat(footprint.Where(f => !Fits(f.Key, f.Value)).Select(f => f.Key))
            .Concat(pcf.Where(f => !Fits(f.Key, f.Value)).Select(f => f.Key));
    }

    private static bool Fits(string name, JsonNode? value) => name switch
    {
        "id" => Guid.TryParseExact((string?)value, "D", out _),
        "specVersion" => Version().IsMatch((string)value!),
        "status" => (string?)value is "Active" or "Deprecated",
        "declaredUnitOfMeasurement" => Units.Contains((string?)value),
        "declaredUnitAmount" => Decimal().IsMatch((string)value!)
            && ((string)value!).Any(c => c is > '0' and <= '9'),
        "geographyCountry" => Country().IsMatch((string)value!),
        "geographyCountrySubdivision" => Subdivision().IsMatch((string)value!),
        "created" or "referencePeriodStart" or "referencePeriodEnd" or "validityPeriodStart"
            or "validityPeriodEnd" => Time().IsMatch((string)value!),
        "companyIds" or "productIds" or "productClassifications" => Each(value, Urn()),
        "precedingPfIds" => value!.AsArray().All(id => Guid.TryParseExact((string?)id, "D", out _)),
        "ipccCharacterizationFactors" => Each(value, Report()),
        "crossSectoralStandards" => value is JsonArray { Count: > 0 },
        "dqi" => value is JsonObject { Count: 3 },
        "pcf" or "extensions" or "productOrSectorSpecificRules" or "secondaryEmissionFactorSources"
            or "verification" => value is JsonObject or JsonArray { Count: > 0 },
        _ when Truths.Contains(name) => value!.GetValueKind() is System.Text.Json.JsonValueKind.True
            or System.Text.Json.JsonValueKind.False,
        _ when name.EndsWith("Emissions", StringComparison.Ordinal) || name.EndsWith("Content",
            StringComparison.Ordinal) || name.EndsWith("Uptake", StringComparison.Ordinal)
            || name.EndsWith("Percent", StringComparison.Ordinal) || name is "primaryDataShare"
            or "productMassPerDeclaredUnit" => Decimal().IsMatch((string)value!),
        _ => ((string?)value)?.Length > 0,
    };

    private static bool Each(JsonNode? list, Regex form) => list is JsonArray { Count: > 0 } some
        && some.All(one => form.IsMatch((string)one!))
        && some.Select(one => (string)one!).Distinct().Count() == some.Count;

    [GeneratedRegex(@"^[+-]?\d+(\.\d+)?$")]
    private static partial Regex Decimal();

    [GeneratedRegex(@"^\d+\.\d+\.\d+(-\d{8})?$")]
    private static partial Regex Version();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")]
    private static partial Regex Time();

    [GeneratedRegex("^[uU][rR][nN]:")]
    private static partial Regex Urn();

    [GeneratedRegex(@"^AR\d+$")]
    private static partial Regex Report();

    [GeneratedRegex("^[A-Z]{2}$")]
    private static partial Regex Country();

    [GeneratedRegex("^[A-Z]{2}-[A-Z0-9]{1,3}$")]
    private static partial Regex Subdivision();
}
