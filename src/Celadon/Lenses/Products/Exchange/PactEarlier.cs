using System.Collections.Immutable;
using Celadon.Quantities;
using Celadon.Text;

namespace Celadon.Lenses.Products;

/// <summary>
/// A file of PACT v2 (deprecated since April 2026) that somebody still sends. Read, never written. What v2
/// calls the footprint without biogenic carbon leaves out more than uptake alone, so it is not taken over:
/// the footprint without uptake is the one with it less the uptake.
/// </summary>
internal static class PactEarlier
{
    /// <summary>Version of the specification as which such a statement is kept.</summary>
    private const string ReadAs = "3.0.0";

    public static ProductFootprintStatement Read(StatementFields from)
    {
        from.NeededText("specVersion");
        var statement = new ProductFootprintStatement
        {
            Id = from.NeededId("id"),
            SpecVersion = ReadAs,
            Preceding = from.Ids("precedingPfIds"),
            Created = from.NeededTime("created"),
            Status = PactJson.Status(from),
            ValidStart = from.Time("validityPeriodStart"),
            ValidEnd = from.Time("validityPeriodEnd"),
            Company = from.NeededText("companyName"),
            CompanyIds = from.Texts("companyIds"),
            Description = from.NeededText("productDescription"),
            ProductIds = from.Texts("productIds"),
            Product = from.NeededText("productNameCompany"),
            Comment = from.Text("comment"),
            Pcf = Footprint(from.Inside("pcf", needed: true)),
        };
        foreach (var name in from.Rest().Keys) from.Lost(name);
        return statement;
    }

    private static Pcf Footprint(StatementFields from)
    {
        var unit = from.NeededText("declaredUnit");
        var count = from.NeededDecimal("unitaryProductAmount", numbers: true);
        var pcf = new Pcf
        {
            Unit = unit,
            UnitCount = count,
            MassKg = Mass(from, unit, count),
            ReferenceStart = from.NeededTime("referencePeriodStart"),
            ReferenceEnd = from.NeededTime("referencePeriodEnd"),
            Region = from.Text("geographyRegionOrSubregion"),
            Country = from.Text("geographyCountry"),
            Subdivision = from.Text("geographyCountrySubdivision"),
            Boundary = from.Text("boundaryProcessesDescription"),
            Values = Values(from),
            WithPackaging = from.Flag("packagingEmissionsIncluded"),
            Gwp = Reports(from),
            Standards = Standards(from),
            ExemptedPercent = from.NeededDecimal("exemptedEmissionsPercent", numbers: true),
            Exemptions = from.Text("exemptedEmissionsDescription"),
            Allocation = from.Text("allocationRulesDescription"),
            PrimaryPercent = from.Decimal("primaryDataShare", numbers: true),
            Quality = PactJson.Quality(from, numbers: true),
        };
        foreach (var name in from.Rest().Keys) from.Lost(name);
        return pcf;
    }

    /// <summary>Before v2.3 the mass was not asked for; a product declared by the kilogram has it.</summary>
    private static Amount Mass(StatementFields from, string unit, Amount count)
    {
        if (from.Decimal("productMassPerDeclaredUnit", numbers: true) is { } mass) return mass;
        if (unit == "kilogram") return count;
        from.Missing("productMassPerDeclaredUnit");
        return Amount.Zero;
    }

    private static ImmutableSortedDictionary<PcfValue, Amount> Values(StatementFields from)
    {
        var values = PactJson.Values(from, f => f.Earlier, numbers: true);
        if (!values.TryGetValue(PcfValue.IncludingUptake, out var with)) return values;
        var uptake = values.TryGetValue(PcfValue.Uptake, out var taken) ? taken : Amount.Zero;
        from.Findings.Add(Finding.Of("footprint.derived", Severity.Warning,
            new Place(Pointer: "/pcf/pcfExcludingBiogenicUptake"), ("value", with - uptake),
            ("including", with), ("uptake", uptake)));
        return values.Add(PcfValue.ExcludingUptake, with - uptake);
    }

    private static ImmutableArray<string> Reports(StatementFields from)
    {
        var one = from.Text("characterizationFactors");
        var several = from.Texts("ipccCharacterizationFactorsSources");
        return [.. (several.Length > 0 ? several : one is null ? [] : [one])
            .Select(r => r.Split('v')[0]).Distinct()];
    }

    private static ImmutableArray<string> Standards(StatementFields from)
    {
        var one = from.Texts("crossSectoralStandardsUsed");
        var several = from.Texts("crossSectoralStandards");
        return [.. several.Concat(one).Select(Named).Distinct()];
    }

    /// <summary>v2 wrote the names of standards in words.</summary>
    private static string Named(string standard) => standard switch
    {
        "GHG Protocol Product standard" => "GHGP-Product",
        "ISO Standard 14067" => "ISO14067",
        "ISO Standard 14044" => "ISO14040-44",
        _ => standard,
    };
}
