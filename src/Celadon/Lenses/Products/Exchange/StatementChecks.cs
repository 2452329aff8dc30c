using System.Text.RegularExpressions;
using Celadon.Quantities;
using Celadon.Text;

namespace Celadon.Lenses.Products;

/// <summary>
/// What a footprint statement must be to be believed: complete, in the field's units, with parts that fit.
/// Names of fields are those of PACT v3, which the other forms are mapped to.
/// </summary>
public static partial class StatementChecks
{
    /// <summary>
    /// How far the footprint with uptake may lie from the sum of the one without and the uptake: half of the
    /// second decimal, in kg CO2e, for statements round each by itself.
    /// </summary>
    private static readonly Amount Rounding = Amount.From(5L, 3);

    /// <summary>Everything that is wrong, errors first to last field.</summary>
    public static IReadOnlyList<Finding> Of(ProductFootprintStatement statement)
    {
        var found = new List<Finding>();
        Identity(statement, found);
        Scope(statement.Pcf, found);
        Numbers(statement.Pcf, found);
        return found;
    }

    private static void Identity(ProductFootprintStatement s, List<Finding> found)
    {
        if (s.Id == Guid.Empty) Say(found, "footprint.uuid", "/id", s.Id);
        if (!Version().IsMatch(s.SpecVersion)) Say(found, "footprint.text", "/specVersion", s.SpecVersion);
        foreach (var (field, text) in ((string, string)[])[("/companyName", s.Company),
            ("/productDescription", s.Description), ("/productNameCompany", s.Product)])
            if (string.IsNullOrWhiteSpace(text)) Missing(found, field);
        Urns(found, "/companyIds", s.CompanyIds, needed: true);
        Urns(found, "/productIds", s.ProductIds, needed: true);
        Urns(found, "/productClassifications", s.Classifications, needed: false);
        if (s.Preceding.Contains(s.Id))
            Say(found, "footprint.itself", "/precedingPfIds", s.Id, Severity.Warning);
        if (s.ValidStart is { } from && s.ValidEnd is { } to && from > to)
            Say(found, "footprint.period", "/validityPeriodEnd", to);
    }

    private static void Scope(Pcf pcf, List<Finding> found)
    {
        if (!Pcf.Units.Contains(pcf.Unit)) found.Add(Finding.Of("footprint.unit", Severity.Error,
            new Place(Pointer: "/pcf/declaredUnitOfMeasurement"), ("value", pcf.Unit),
            ("units", string.Join(", ", Pcf.Units))));
        if (pcf.ReferenceStart >= pcf.ReferenceEnd)
            Say(found, "footprint.period", "/pcf/referencePeriodEnd", pcf.ReferenceEnd);
        if (pcf.Country is { } c && !CountryCode().IsMatch(c))
            Say(found, "footprint.text", "/pcf/geographyCountry", c);
        if (pcf.Subdivision is { } d && !SubdivisionCode().IsMatch(d))
            Say(found, "footprint.text", "/pcf/geographyCountrySubdivision", d);
        var places = ((string?[])[pcf.Country, pcf.Subdivision, pcf.Region]).Where(p => p is not null);
        if (places.Count() > 1) Say(found, "footprint.geography", "/pcf/geographyCountry",
            string.Join(", ", places), Severity.Warning);
        if (pcf.Gwp.Length == 0) Missing(found, "/pcf/ipccCharacterizationFactors");
        foreach (var report in pcf.Gwp.Where(g => !Report().IsMatch(g)))
            Say(found, "footprint.text", "/pcf/ipccCharacterizationFactors", report);
        if (pcf.Standards.Length == 0) Missing(found, "/pcf/crossSectoralStandards");
    }

    private static void Numbers(Pcf pcf, List<Finding> found)
    {
        if (pcf.UnitCount.Sign <= 0) Say(found, "footprint.sign", "/pcf/declaredUnitAmount", pcf.UnitCount);
        if (pcf.MassKg.Sign < 0) Say(found, "footprint.sign", "/pcf/productMassPerDeclaredUnit", pcf.MassKg);
        foreach (var (field, percent) in ((string, Amount?)[])[
            ("/pcf/exemptedEmissionsPercent", pcf.ExemptedPercent),
            ("/pcf/primaryDataShare", pcf.PrimaryPercent)])
            if (percent is { } p && (p.Sign < 0 || p > 100)) Say(found, "footprint.percent", field, p);
        foreach (var field in PcfField.All)
        {
            if (pcf[field.Value] is not { } value)
            {
                if (field.Needed) Missing(found, "/pcf/" + field.Pact);
            }
            else if (value.Sign * field.Sign < 0) Say(found, "footprint.sign", "/pcf/" + field.Pact, value);
        }
        if (pcf.WithPackaging == false && pcf[PcfValue.Packaging] is { } packaging)
            Say(found, "footprint.packaging", "/pcf/packagingGhgEmissions", packaging);
        if (pcf[PcfValue.ExcludingUptake] is { } without && pcf[PcfValue.IncludingUptake] is { } with)
            Sum(found, without, with, pcf[PcfValue.Uptake]);
    }

    /// <summary>With uptake = without + uptake; where no uptake is stated both must be the same.</summary>
    private static void Sum(List<Finding> found, Amount without, Amount with, Amount? uptake)
    {
        var difference = with - without - (uptake ?? Amount.Zero);
        if (difference.Abs() <= Rounding) return;
        found.Add(Finding.Of("footprint.sum", Severity.Error,
            new Place(Pointer: "/pcf/pcfIncludingBiogenicUptake"), ("including", with),
            ("excluding", without), ("uptake", uptake ?? Amount.Zero), ("difference", difference)));
    }

    private static void Urns(List<Finding> found, string field, IReadOnlyList<string> ids, bool needed)
    {
        if (needed && ids.Count == 0) Missing(found, field);
        for (var i = 0; i < ids.Count; i++)
            if (!Urn().IsMatch(ids[i])) Say(found, "footprint.urn", $"{field}/{i}", ids[i]);
        if (ids.Distinct(StringComparer.Ordinal).Count() < ids.Count)
            Say(found, "footprint.twice", field, string.Join(", ", ids));
    }

    private static void Missing(List<Finding> found, string field) =>
        found.Add(Finding.Of("footprint.missing", Severity.Error, new Place(Pointer: field),
            ("field", field)));

    private static void Say(List<Finding> found, string code, string field, object value,
        Severity severity = Severity.Error) => found.Add(Finding.Of(code, severity,
            new Place(Pointer: field), ("field", field), ("value", value)));

    /// <summary>A URN by RFC 8141: "urn:", a namespace of 2 to 32 characters, and a name in it.</summary>
    [GeneratedRegex(@"\A[uU][rR][nN]:[A-Za-z0-9][A-Za-z0-9-]{0,30}[A-Za-z0-9]:[^\s]{1,500}\z")]
    private static partial Regex Urn();

    [GeneratedRegex(@"\A\d{1,9}\.\d{1,9}\.\d{1,9}(-\d{8})?\z")]
    private static partial Regex Version();

    [GeneratedRegex(@"\A[A-Z]{2}\z")]
    private static partial Regex CountryCode();

    [GeneratedRegex(@"\A[A-Z]{2}-[A-Z0-9]{1,3}\z")]
    private static partial Regex SubdivisionCode();

    [GeneratedRegex(@"\AAR[1-9][0-9]?\z")]
    private static partial Regex Report();
}
