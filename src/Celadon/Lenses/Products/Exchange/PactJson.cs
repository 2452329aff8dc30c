using System.Collections.Immutable;
using System.Text.Json;
using Celadon.Quantities;
using NodaTime;
using NodaTime.Text;

namespace Celadon.Lenses.Products;

/// <summary>
/// A statement as PACT v3 has it (technical specification v3.0.3): decimals are texts without exponent, times
/// are UTC, a field that is unknown is left out.
/// </summary>
internal static class PactJson
{
    public static ProductFootprintStatement Read(StatementFields from) => new()
    {
        Id = from.NeededId("id"),
        SpecVersion = from.NeededText("specVersion"),
        Preceding = from.Ids("precedingPfIds"),
        Created = from.NeededTime("created"),
        Status = Status(from),
        ValidStart = from.Time("validityPeriodStart"),
        ValidEnd = from.Time("validityPeriodEnd"),
        Company = from.NeededText("companyName"),
        CompanyIds = from.Texts("companyIds"),
        Description = from.NeededText("productDescription"),
        ProductIds = from.Texts("productIds"),
        Classifications = from.Texts("productClassifications"),
        Product = from.NeededText("productNameCompany"),
        Comment = from.Text("comment"),
        Pcf = ReadPcf(from.Inside("pcf", needed: true)),
        Further = from.Rest(),
    };

    /// <summary>"Active" or "Deprecated".</summary>
    public static StatementStatus Status(StatementFields from)
    {
        var text = from.NeededText("status");
        if (Enum.GetNames<StatementStatus>().Contains(text)) return Enum.Parse<StatementStatus>(text);
        if (text.Length > 0) from.Findings.Add(Text.Finding.Of("footprint.text", Celadon.Text.Severity.Error,
            new Text.Place(Pointer: "/status"), ("field", "/status"), ("value", text)));
        return StatementStatus.Deprecated;
    }

    private static Pcf ReadPcf(StatementFields from) => new()
    {
        Unit = from.NeededText("declaredUnitOfMeasurement"),
        UnitCount = from.NeededDecimal("declaredUnitAmount", numbers: false),
        MassKg = from.NeededDecimal("productMassPerDeclaredUnit", numbers: false),
        ReferenceStart = from.NeededTime("referencePeriodStart"),
        ReferenceEnd = from.NeededTime("referencePeriodEnd"),
        Region = from.Text("geographyRegionOrSubregion"),
        Country = from.Text("geographyCountry"),
        Subdivision = from.Text("geographyCountrySubdivision"),
        Boundary = from.Text("boundaryProcessesDescription"),
        Values = Values(from, f => f.Pact, numbers: false),
        WithPackaging = from.Flag("packagingEmissionsIncluded"),
        WithStorage = from.Flag("ccsTechnologicalCO2CaptureIncluded"),
        Gwp = from.Texts("ipccCharacterizationFactors"),
        Standards = from.Texts("crossSectoralStandards"),
        ExemptedPercent = from.NeededDecimal("exemptedEmissionsPercent", numbers: false),
        Exemptions = from.Text("exemptedEmissionsDescription"),
        Allocation = from.Text("allocationRulesDescription"),
        PrimaryPercent = from.Decimal("primaryDataShare", numbers: false),
        Quality = Quality(from, numbers: false),
        Further = from.Rest(),
    };

    /// <summary>The quantities that a form holds, by the name it has for each.</summary>
    public static ImmutableSortedDictionary<PcfValue, Amount> Values(
        StatementFields from, Func<PcfField, string> name, bool numbers)
    {
        var values = ImmutableSortedDictionary.CreateBuilder<PcfValue, Amount>();
        foreach (var field in PcfField.All.Where(f => name(f).Length > 0))
            if (from.Decimal(name(field), numbers) is { } value) values[field.Value] = value;
        return values.ToImmutable();
    }

    /// <summary>The three ratings; null when the form has none.</summary>
    public static DataQuality? Quality(StatementFields from, bool numbers)
    {
        var dqi = from.Inside("dqi");
        var quality = new DataQuality(dqi.Decimal("technologicalDQR", numbers),
            dqi.Decimal("geographicalDQR", numbers), dqi.Decimal("temporalDQR", numbers));
        foreach (var name in dqi.Rest().Keys) dqi.Lost(name);
        return quality == new DataQuality(null, null, null) ? null : quality;
    }

    public static void Write(Utf8JsonWriter to, ProductFootprintStatement s)
    {
        to.WriteStartObject();
        to.WriteString("id", s.Id);
        to.WriteString("specVersion", s.SpecVersion);
        Texts(to, "precedingPfIds", [.. s.Preceding.Select(id => id.ToString())]);
        Time(to, "created", s.Created);
        to.WriteString("status", s.Status.ToString());
        Time(to, "validityPeriodStart", s.ValidStart);
        Time(to, "validityPeriodEnd", s.ValidEnd);
        to.WriteString("companyName", s.Company);
        Texts(to, "companyIds", s.CompanyIds);
        to.WriteString("productDescription", s.Description);
        Texts(to, "productIds", s.ProductIds);
        Texts(to, "productClassifications", s.Classifications);
        to.WriteString("productNameCompany", s.Product);
        Said(to, "comment", s.Comment);
        to.WritePropertyName("pcf");
        WritePcf(to, s.Pcf);
        Rest(to, s.Further);
        to.WriteEndObject();
    }

    private static void WritePcf(Utf8JsonWriter to, Pcf pcf)
    {
        to.WriteStartObject();
        to.WriteString("declaredUnitOfMeasurement", pcf.Unit);
        to.WriteString("declaredUnitAmount", pcf.UnitCount.ToString());
        to.WriteString("productMassPerDeclaredUnit", pcf.MassKg.ToString());
        Time(to, "referencePeriodStart", pcf.ReferenceStart);
        Time(to, "referencePeriodEnd", pcf.ReferenceEnd);
        Said(to, "geographyRegionOrSubregion", pcf.Region);
        Said(to, "geographyCountry", pcf.Country);
        Said(to, "geographyCountrySubdivision", pcf.Subdivision);
        Said(to, "boundaryProcessesDescription", pcf.Boundary);
        foreach (var field in PcfField.All) Said(to, field.Pact, pcf[field.Value]?.ToString());
        if (pcf.WithPackaging is { } packaging) to.WriteBoolean("packagingEmissionsIncluded", packaging);
        if (pcf.WithStorage is { } storage) to.WriteBoolean("ccsTechnologicalCO2CaptureIncluded", storage);
        Texts(to, "ipccCharacterizationFactors", pcf.Gwp);
        Texts(to, "crossSectoralStandards", pcf.Standards);
        to.WriteString("exemptedEmissionsPercent", pcf.ExemptedPercent.ToString());
        Said(to, "exemptedEmissionsDescription", pcf.Exemptions);
        Said(to, "allocationRulesDescription", pcf.Allocation);
        Said(to, "primaryDataShare", pcf.PrimaryPercent?.ToString());
        if (pcf.Quality is { } quality)
        {
            to.WriteStartObject("dqi");
            Said(to, "technologicalDQR", quality.Technology?.ToString());
            Said(to, "geographicalDQR", quality.Geography?.ToString());
            Said(to, "temporalDQR", quality.Time?.ToString());
            to.WriteEndObject();
        }
        Rest(to, pcf.Further);
        to.WriteEndObject();
    }

    /// <summary>A time, left out when it is unknown.</summary>
    public static void Time(Utf8JsonWriter to, string name, Instant? time) =>
        Said(to, name, time is { } t ? InstantPattern.ExtendedIso.Format(t) : null);

    /// <summary>A text, left out when it is unknown.</summary>
    public static void Said(Utf8JsonWriter to, string name, string? text)
    {
        if (text is not null) to.WriteString(name, text);
    }

    /// <summary>A list, left out when it is empty.</summary>
    public static void Texts(Utf8JsonWriter to, string name, IReadOnlyList<string> texts)
    {
        if (texts.Count == 0) return;
        to.WriteStartArray(name);
        foreach (var text in texts) to.WriteStringValue(text);
        to.WriteEndArray();
    }

    private static void Rest(Utf8JsonWriter to, ImmutableSortedDictionary<string, string> further)
    {
        foreach (var (name, json) in further)
        {
            to.WritePropertyName(name);
            using var value = JsonDocument.Parse(json);
            value.RootElement.WriteTo(to);
        }
    }
}
