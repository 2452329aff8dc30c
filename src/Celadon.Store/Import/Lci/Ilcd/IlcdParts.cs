using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Celadon.Lca.Modelling;
using Celadon.Packs.Lci;
using Celadon.Store.Import.Lci.Shared;

namespace Celadon.Store.Import.Lci.Ilcd;

/// <summary>Reads what processes refer to: unit groups, flow properties, flows, places, sources.</summary>
internal sealed class IlcdParts(LciNotes notes)
{
    private readonly SortedDictionary<string, LciLocation> _places = new(StringComparer.Ordinal);

    /// <summary>The places that data sets name.</summary>
    public IEnumerable<LciLocation> Places => _places.Values;

    /// <summary>The identifier of a place by its code; empty when none.</summary>
    public string Place(string code)
    {
        if (code.Length == 0) return "";
        var id = NamedId.Of("ilcd", "place", code);
        _places.TryAdd(code, new LciLocation { Id = id, Name = code, Code = code });
        return id;
    }

    public static LciUnitGroup UnitGroup(XmlItem root)
    {
        var information = root.Needed("unitGroupInformation");
        var data = information.Needed("dataSetInformation");
        var id = Id(data);
        var reference = information.Needed("quantitativeReference");
        var number = reference.TextOf("referenceToReferenceUnit");
        var units = new List<LciUnit>();
        foreach (var item in root.Needed("units").All("unit"))
        {
            var name = item.TextIn("name");
            if (name.Length == 0) throw item.Missing("name");
            var factor = item.Number("meanValue") ?? throw item.Missing("meanValue");
            var isReference = item.Attribute("dataSetInternalID") == number;
            if (factor <= 0 || (isReference && factor != 1))
                throw item.Wrong("meanValue", Doubles.Write(factor));
            units.Add(new(item.Attribute("unitId") is { Length: > 0 } own ? own
                : NamedId.Of("ilcd", "unit", id, name), name, factor, isReference, [])
            {
                Extra = new JsonObject().With("description", item.TextIn("generalComment")).Written(),
            });
        }
        if (units.Count(u => u.IsReference) != 1) throw reference.Missing("referenceToReferenceUnit");
        return new LciUnitGroup
        {
            Id = id,
            Name = data.Title(),
            Category = data.Category(),
            Units = [.. units],
            Extra = root.Beside(data).Written(),
        };
    }

    public static LciFlowProperty Property(XmlItem root)
    {
        var information = root.Needed("flowPropertiesInformation");
        var data = information.Needed("dataSetInformation");
        return new LciFlowProperty
        {
            Id = Id(data),
            Name = data.Title(),
            Category = data.Category(),
            UnitGroup = information.Needed("quantitativeReference").Ref("referenceToReferenceUnitGroup"),
            Extra = root.Beside(data).Written(),
        };
    }

    public LciFlow Flow(XmlItem root)
    {
        var information = root.Needed("flowInformation");
        var data = information.Needed("dataSetInformation");
        var method = root.At("modellingAndValidation", "LCIMethod")
            ?? root.At("modellingAndValidation", "LCIMethodAndAllocation");
        var type = method?.TextOf("typeOfDataSet") ?? "";
        if (type == "Other flow") notes.NotCarried("Other flow");
        return new LciFlow
        {
            Id = Id(data),
            Name = data.Title(),
            Category = data.Category(),
            Kind = type switch
            {
                "Elementary flow" => FlowKind.Elementary,
                "Waste flow" => FlowKind.Waste,
                "Product flow" or "Other flow" => FlowKind.Product,
                _ => throw (type.Length == 0 ? root.Missing("typeOfDataSet")
                    : root.Wrong("typeOfDataSet", type)),
            },
            Properties = Properties(root, information),
            Cas = data.TextOf("CASNumber").TrimStart('0'),
            Formula = data.TextOf("sumFormula"),
            Location = Place(information.At("geography")?.TextOf("locationOfSupply") ?? ""),
            Synonyms = [.. data.TextIn("synonyms").Split(';', StringSplitOptions.TrimEntries
                | StringSplitOptions.RemoveEmptyEntries)],
            Extra = root.Beside(data).Written(),
        };
    }

    /// <summary>The reference property first.</summary>
    private static ImmutableArray<LciPropertyFactor> Properties(XmlItem root, XmlItem information)
    {
        var reference = information.Needed("quantitativeReference")
            .TextOf("referenceToReferenceFlowProperty");
        var factors = new List<(bool IsReference, LciPropertyFactor Factor)>();
        foreach (var item in root.Needed("flowProperties").All("flowProperty"))
        {
            var value = item.Number("meanValue") ?? throw item.Missing("meanValue");
            if (value == 0) throw item.Wrong("meanValue", "0");
            var property = item.Ref("referenceToFlowPropertyDataSet");
            if (factors.Exists(f => f.Factor.Property == property && f.Factor.Factor != value))
                throw item.Wrong("referenceToFlowPropertyDataSet", property);
            factors.Add((item.Attribute("dataSetInternalID") == reference, new(property, value)));
        }
        if (factors.Count(f => f.IsReference) != 1) throw root.Missing("referenceToReferenceFlowProperty");
        return [.. factors.OrderByDescending(f => f.IsReference).Select(f => f.Factor)];
    }

    /// <summary>A source or contact, as openLCA calls it.</summary>
    public static LciDocument Document(XmlItem root, string information, string kind, string type)
    {
        var data = root.Needed(information).Needed("dataSetInformation");
        var (id, name) = (Id(data), data.TextIn("shortName") is { Length: > 0 } text ? text : data.Title());
        // A contact has a name beside its short one, and the model one name.
        data["name"]?.TakeAll();
        var json = new JsonObject().With("@type", type).With("@id", id).With("name", name)
            .With("category", data.Category()).With("textReference", data.TextOf("sourceCitation"))
            .With("description", data.TextIn("sourceDescriptionOrComment")
                + data.TextIn("contactDescriptionOrComment"))
            .With("email", data.TextOf("email")).With("website", data.TextOf("WWWAddress"));
        return new LciDocument(kind, id, name, json.Written());
    }

    /// <summary>The identifier of a data set.</summary>
    public static string Id(XmlItem data) =>
        data.TextOf("UUID") is { Length: > 0 } id ? id : throw data.Missing("UUID");
}
