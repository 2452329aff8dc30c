using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Celadon.Lenses.Products;
using Celadon.Packs;
using Celadon.Text;

namespace Celadon.Store.Declarations;

/// <summary>
/// Writes a declaration as an ILCD process data set with the EPD extension (InData format 1.2). What the
/// format has no field for (mass and kind of the unit, last day, service life, why a number is missing) goes
/// into elements of our own namespace, so that reading gives back the whole.
/// </summary>
public static class EpdXml
{
    /// <summary>Our namespace.</summary>
    public const string Own = "urn:celadon:declaration:1";

    private static readonly XNamespace P = "http://lca.jrc.it/ILCD/Process";
    private static readonly XNamespace C = "http://lca.jrc.it/ILCD/Common";
    private static readonly XNamespace E = "http://www.iai.kit.edu/EPD/2013";
    private static readonly XNamespace E2 = "http://www.indata.network/EPD/2019";
    private static readonly XNamespace O = Own;

    /// <summary>The file's bytes, UTF-8.</summary>
    /// <param name="spec">The declaration, as the question would read it.</param>
    /// <param name="packs">Holds the indicators with their identifiers.</param>
    /// <exception cref="RefusedException">declaration.write.sign: a text holds what XML cannot.</exception>
    public static byte[] Write(DeclarationSpec spec, FactorLibrary packs)
    {
        var known = packs.Packs.SelectMany(p => p.Indicators).ToDictionary(i => i.Id);
        var document = new XDocument(new XElement(P + "processDataSet", new XAttribute("version", "1.1"),
            new XAttribute(E2 + "epd-version", "1.2"), Prefix("common", C), Prefix("epd", E),
            Prefix("epd2", E2), Prefix("own", O),
            Information(spec), Modelling(spec), Administration(spec),
            new XElement(P + "exchanges", Product(spec), Rows(spec, known, core: false)),
            new XElement(P + "LCIAResults", Rows(spec, known, core: true))));
        CheckSigns(document);
        using var stream = new MemoryStream();
        using (var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true))
            document.Save(writer);
        return stream.ToArray();
    }

    private static void CheckSigns(XDocument document)
    {
        foreach (var element in document.Descendants())
            foreach (var text in element.Attributes().Select(a => a.Value)
                .Concat(element.Nodes().OfType<XText>().Select(t => t.Value)))
                if (text.Any(c => !XmlConvert.IsXmlChar(c) && !char.IsSurrogate(c)))
                    throw RefusedException.Of("declaration.write.sign", ("name", element.Name.LocalName));
    }

    private static XAttribute Prefix(string name, XNamespace space) =>
        new(XNamespace.Xmlns + name, space.NamespaceName);

    private static XElement Information(DeclarationSpec spec) => new(P + "processInformation",
        new XElement(P + "dataSetInformation", new XElement(C + "UUID", IdOf(spec)),
            new XElement(P + "name", Text(P + "baseName", spec.Product)),
            new XElement(C + "other",
                new XElement(E + "scenarios", spec.Scenarios.Select(s => new XElement(E + "scenario",
                    new XAttribute(E + "name", s.Module), Text(E + "description", s.Text)))),
                Unit(spec), Life(spec), new XElement(O + "lastDay", spec.ValidUntil),
                spec.Modules.Select(m => new XElement(O + "module", new XAttribute("id", m.Key),
                    new XAttribute("status", m.Value))),
                from row in spec.Indicators
                from cell in row.Values
                where IsWord(cell.Value)
                select new XElement(O + "cell", new XAttribute("indicator", row.Indicator),
                    new XAttribute("module", cell.Key), new XAttribute("status", cell.Value)))),
        new XElement(P + "quantitativeReference", new XAttribute("type", "Reference flow(s)"),
            new XElement(P + "referenceToReferenceFlow", "0")),
        new XElement(P + "time", new XElement(C + "referenceYear", spec.Issued.Split('-')[0]),
            new XElement(C + "dataSetValidUntil", spec.ValidUntil.Split('-')[0]),
            new XElement(C + "other", new XElement(E2 + "publicationDateOfEPD", spec.Issued))));

    private static XElement Unit(DeclarationSpec spec) => new(O + "unit",
        new XAttribute("amount", spec.Unit.Amount), new XAttribute("of", spec.Unit.Of),
        spec.Unit.Mass is { } mass ? new XAttribute("mass", mass) : null,
        new XAttribute("functional", spec.Unit.Functional ? "true" : "false"),
        spec.Unit.Function is { } function ? new XElement(O + "function", function) : null);

    private static XElement? Life(DeclarationSpec spec) =>
        spec.ServiceLife is { } life ? new XElement(O + "serviceLife", life) : null;

    private static XElement Modelling(DeclarationSpec spec) => new(P + "modellingAndValidation",
        new XElement(P + "LCIMethodAndAllocation", new XElement(P + "typeOfDataSet", "EPD"),
            Reference(P + "referenceToLCAMethodDetails", "source data set", spec.Pcr)),
        spec.CutOff is null ? null : new XElement(P + "dataSourcesTreatmentAndRepresentativeness",
            Text(P + "dataCutOffAndCompletenessPrinciples", spec.CutOff)),
        spec.Verifier is null ? null : new XElement(P + "validation", new XElement(P + "review",
            new XAttribute("type", "Independent external review"),
            Reference(C + "referenceToNameOfReviewerAndInstitution", "contact data set", spec.Verifier))));

    private static XElement Administration(DeclarationSpec spec) => new(P + "administrativeInformation",
        new XElement(P + "publicationAndOwnership", new XElement(C + "dataSetVersion", "01.00.000"),
            Reference(P + "referenceToRegistrationAuthority", "contact data set", spec.Programme),
            spec.Number is null ? null : new XElement(P + "registrationNumber", spec.Number),
            Reference(C + "referenceToOwnershipOfDataSet", "contact data set", spec.Owner)));

    private static XElement Product(DeclarationSpec spec) => new(P + "exchange",
        new XAttribute("dataSetInternalID", "0"),
        Reference(P + "referenceToFlowDataSet", "flow data set", spec.Product),
        new XElement(P + "exchangeDirection", "Output"), new XElement(P + "meanAmount", spec.Unit.Amount));

    private static IEnumerable<XElement> Rows(DeclarationSpec spec,
        Dictionary<string, IndicatorRow> known, bool core) =>
        from row in spec.Indicators
        let indicator = known[row.Indicator]
        where indicator.Group == "core" == core
        select new XElement(P + (core ? "LCIAResult" : "exchange"),
            Reference(P + (core ? "referenceToLCIAMethodDataSet" : "referenceToFlowDataSet"),
                core ? "LCIA method data set" : "flow data set",
                $"{indicator.Name.En} ({indicator.Alias})", indicator.Identifier),
            core ? null : new XElement(P + "exchangeDirection",
                indicator.Group == "resources" ? "Input" : "Output"),
            new XElement(C + "other",
                row.Values.Where(v => !IsWord(v.Value)).Select(v => new XElement(E + "amount",
                    new XAttribute(E + "module", v.Key), v.Value)),
                Reference(E + "referenceToUnitGroupDataSet", "unit group data set", indicator.Unit,
                    indicator.UnitGroup)));

    private static XElement Reference(XName name, string type, string text, string? id = null) => new(name,
        new XAttribute("type", type), id is null ? null : new XAttribute("refObjectId", id),
        Text(C + "shortDescription", text));

    private static XElement Text(XName name, string text) =>
        new(name, new XAttribute(XNamespace.Xml + "lang", "en"), text);

    private static bool IsWord(string value) => value is "ND" or "MNR";

    /// <summary>The same declaration has the same id: the first half of its hash.</summary>
    private static Guid IdOf(DeclarationSpec spec) => new(SHA256.HashData(Encoding.UTF8.GetBytes(
        $"{spec.Owner}\n{spec.Programme}\n{spec.Number}\n{spec.Product}\n{spec.Issued}")).AsSpan()[..16]);
}
