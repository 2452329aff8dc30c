using System.Xml.Linq;
using Celadon.Lca.Modelling;
using Celadon.Packs.Lci;

namespace Celadon.Store.Export.Lci;

/// <summary>
/// What processes refer to, as ILCD data sets: unit groups, flow properties, flows, sources, contacts.
/// </summary>
internal sealed class IlcdPartSets(LciDatabase database, IlcdWords words, LciNotHeld left)
{
    private static readonly XNamespace Common = IlcdWords.Common;
    private static readonly XNamespace Groups = "http://lca.jrc.it/ILCD/UnitGroup";
    private static readonly XNamespace Quantities = "http://lca.jrc.it/ILCD/FlowProperty";
    private static readonly XNamespace Flows = "http://lca.jrc.it/ILCD/Flow";
    private readonly LciLookup _lookup = new(database);

    /// <summary>Every data set with its folder and identifier.</summary>
    /// <param name="idOf">Makes the identifiers of documents fit.</param>
    public IEnumerable<(string Folder, string Id, XElement Root)> All(Func<string, string> idOf)
    {
        foreach (var group in database.UnitGroups) yield return ("unitgroups", group.Id, Group(group));
        foreach (var property in database.FlowProperties)
            yield return ("flowproperties", property.Id, Property(property));
        foreach (var flow in database.Flows) yield return ("flows", flow.Id, Flow(flow));
        foreach (var document in database.Documents)
            if (Document(document, idOf(document.Id)) is { } found) yield return found;
        left.Add("currencies", database.Currencies.Length);
        left.Add("locations", database.Locations.Count(l => l.Latitude is not null || l.Longitude is not null
            || l.Extra.Length > 0 || (l.Code.Length > 0 && l.Name != l.Code)));
    }

    /// <summary>A unit group with its units.</summary>
    public XElement Group(LciUnitGroup group)
    {
        using var beside = new IlcdBeside(group.Extra, "unit_groups", left);
        if (group.DefaultProperty.Length > 0) left.Add("unit_groups.defaultFlowProperty");
        var root = IlcdWords.Root(Groups, "unitGroup");
        var reference = group.Units.TakeWhile(u => !u.IsReference).Count();
        root.Add(new XElement(Groups + "unitGroupInformation",
            new XElement(Groups + "dataSetInformation", new XElement(Common + "UUID", group.Id),
                words.Text(Common + "name", group.Name, IlcdWords.Name),
                words.Classification(Groups, group.Category),
                words.Text(Common + "generalComment", beside.Take("description"))),
            new XElement(Groups + "quantitativeReference",
                new XElement(Groups + "referenceToReferenceUnit", reference))),
            IlcdWords.Administration(Groups, beside,
                beside.Take("lastChange", IlcdWords.IsInstant)),
            new XElement(Groups + "units", group.Units.Select(Unit)));
        return root;
    }

    private XElement Unit(LciUnit unit, int number)
    {
        using var beside = new IlcdBeside(unit.Extra, "units", left);
        left.Add("units.synonyms", unit.Synonyms.Length);
        return new XElement(Groups + "unit", new XAttribute("dataSetInternalID", number),
            new XAttribute(IlcdWords.OpenLca + "unitId", unit.Id),
            words.Plain(Groups + "name", unit.Name, IlcdWords.Name),
            new XElement(Groups + "meanValue", IlcdWords.Number(unit.Factor)),
            words.Text(Groups + "generalComment", beside.Take("description"), IlcdWords.Name));
    }

    /// <summary>A flow property.</summary>
    public XElement Property(LciFlowProperty property)
    {
        using var beside = new IlcdBeside(property.Extra, "flow_properties", left);
        if (property.IsEconomic) left.Add("flow_properties.flowPropertyType");
        var root = IlcdWords.Root(Quantities, "flowProperty");
        root.Add(new XElement(Quantities + "flowPropertiesInformation",
            new XElement(Quantities + "dataSetInformation", new XElement(Common + "UUID", property.Id),
                words.Text(Common + "name", property.Name, IlcdWords.Name),
                words.Classification(Quantities, property.Category),
                words.Text(Common + "generalComment", beside.Take("description"))),
            new XElement(Quantities + "quantitativeReference", words.Reference(
                Quantities + "referenceToReferenceUnitGroup", "unit group data set", "unitgroups",
                property.UnitGroup, _lookup.Groups.GetValueOrDefault(property.UnitGroup)?.Name ?? ""))),
            IlcdWords.Administration(Quantities, beside,
                beside.Take("lastChange", IlcdWords.IsInstant)));
        return root;
    }

    private XElement Flow(LciFlow flow)
    {
        using var beside = new IlcdBeside(flow.Extra, "flows", left);
        var synonyms = flow.Synonyms.Where(s => !s.Contains(';', StringComparison.Ordinal)
            && s.Length > 0 && s.Trim().Length == s.Length).ToList();
        left.Add("flows.synonyms", flow.Synonyms.Length - synonyms.Count);
        var root = IlcdWords.Root(Flows, "flow");
        var place = _lookup.Locations.GetValueOrDefault(flow.Location);
        root.Add(new XElement(Flows + "flowInformation",
            new XElement(Flows + "dataSetInformation", new XElement(Common + "UUID", flow.Id),
                new XElement(Flows + "name", words.Text(Flows + "baseName", flow.Name, IlcdWords.Name)
                    ?? new XElement(Flows + "baseName")),
                words.Text(Common + "synonyms", string.Join("; ", synonyms)),
                words.Classification(Flows, flow.Category, flow.Kind == FlowKind.Elementary),
                Cas(flow.Cas), words.Plain(Flows + "sumFormula", flow.Formula, IlcdWords.Name),
                words.Text(Common + "generalComment", beside.Take("description"))),
            new XElement(Flows + "quantitativeReference",
                new XElement(Flows + "referenceToReferenceFlowProperty", "0")),
            place is null ? null : new XElement(Flows + "geography",
                words.Text(Flows + "locationOfSupply", CodeOf(place), IlcdWords.Name))),
            new XElement(Flows + "modellingAndValidation", new XElement(Flows + "LCIMethod",
                new XElement(Flows + "typeOfDataSet", flow.Kind switch
                {
                    FlowKind.Product => "Product flow",
                    FlowKind.Waste => "Waste flow",
                    _ => "Elementary flow",
                }))),
            IlcdWords.Administration(Flows, beside,
                beside.Take("lastChange", IlcdWords.IsInstant)),
            new XElement(Flows + "flowProperties", flow.Properties.Select((factor, i) => new XElement(
                Flows + "flowProperty", new XAttribute("dataSetInternalID", i),
                words.Reference(Flows + "referenceToFlowPropertyDataSet", "flow property data set",
                    "flowproperties", factor.Property,
                    _lookup.Properties.GetValueOrDefault(factor.Property)?.Name ?? ""),
                new XElement(Flows + "meanValue", IlcdWords.Number(factor.Factor))))));
        return root;
    }

    /// <summary>What places are called in data sets: their code, else their name.</summary>
    public static string CodeOf(LciLocation place) => place.Code.Length > 0 ? place.Code : place.Name;

    /// <summary>A CAS number with six digits before the first dash, as the format has it.</summary>
    private XElement? Cas(string cas)
    {
        var parts = cas.Split('-');
        if (parts is [{ Length: > 0 and <= 6 } first, { Length: 2 } second, { Length: 1 } third]
            && (first + second + third).All(char.IsAsciiDigit))
            return new XElement(Flows + "CASNumber", $"{first.PadLeft(6, '0')}-{second}-{third}");
        if (cas.Length > 0) left.Add("flows.cas");
        return null;
    }

    /// <summary>A source or an actor; null, and counted, for what the format has no data set for.</summary>
    private (string, string, XElement)? Document(LciDocument document, string id)
    {
        var (folder, kind, name) = document.Kind switch
        {
            "sources" => ("sources", "source", "Source"),
            "actors" => ("contacts", "contact", "Contact"),
            _ => ("", "", ""),
        };
        if (folder.Length == 0)
        {
            left.Add($"documents/{document.Kind}");
            return null;
        }
        using var beside = new IlcdBeside(document.Json, document.Kind, left);
        XNamespace space = $"http://lca.jrc.it/ILCD/{name}";
        foreach (var known in (string[])["@type", "@id", "name"]) beside.Take(known);
        var title = document.Name;
        var category = beside.Take("category");
        var comment = beside.Take("description");
        var root = IlcdWords.Root(space, kind);
        root.Add(new XElement(space + $"{kind}Information",
            new XElement(space + "dataSetInformation", new XElement(Common + "UUID", id),
                words.Text(Common + "shortName", title, IlcdWords.Name),
                kind == "contact" ? words.Text(Common + "name", title, IlcdWords.Name) : null,
                words.Classification(space, category),
                kind == "source"
                    ? [words.Plain(space + "sourceCitation", beside.Take("textReference"), IlcdWords.Short),
                        words.Text(space + "sourceDescriptionOrComment", comment)]
                    : new[]
                    {
                        words.Plain(space + "email", beside.Take("email"), IlcdWords.Name),
                        words.Plain(space + "WWWAddress", beside.Take("website"), IlcdWords.Short),
                        words.Text(space + "contactDescriptionOrComment", comment, IlcdWords.Short),
                    })),
            IlcdWords.Administration(space, beside));
        return (folder, id, root);
    }
}
