using System.Collections.Immutable;
using Celadon.Lca.Model;
using Celadon.Lca.Modelling;
using Celadon.Packs.Lci;
using Celadon.Store.Import.Lci.Shared;
using Celadon.Text;

namespace Celadon.Store.Import.Lci.JsonLd;

/// <summary>Reads what processes refer to: units, flow properties, places, flows, parameters.</summary>
/// <param name="paths">Paths of category entities by identifier (schema version 1).</param>
internal sealed class JsonParts(IReadOnlyDictionary<string, string> paths)
{
    /// <summary>The path of a thing's category.</summary>
    public string Category(JsonThing thing)
    {
        if (thing["category"] is not { } category) return "";
        if (category.ValueKind == System.Text.Json.JsonValueKind.String) return category.GetString()!;
        var named = thing.Inner("category")!;
        return paths.TryGetValue(named.Id, out var path) ? path : named.Name();
    }

    public LciUnitGroup UnitGroup(JsonThing thing, JsonOutcome outcome)
    {
        var units = thing.Items("units").Select(u => new LciUnit(u.Filled("@id"), u.Name(),
            Size(u, u.Flag("isRefUnit")), u.Flag("isRefUnit"), [.. u.Texts("synonyms")])
        { Extra = u.Extra() }).ToImmutableArray();
        if (units.Count(u => u.IsReference) != 1) throw thing.Missing("isRefUnit");
        return new LciUnitGroup
        {
            Id = thing.Filled("@id"),
            Name = thing.Name(),
            Category = Category(thing),
            DefaultProperty = thing.Ref("defaultFlowProperty"),
            Units = units,
            Extra = thing.Extra(),
        };
    }

    /// <summary>
    /// How many of the reference one is. The reference is 1 of itself; another that does not say, or says 0
    /// or less, would count for nothing or the wrong way round without anybody noticing.
    /// </summary>
    private static double Size(JsonThing thing, bool isReference)
    {
        const string Name = "conversionFactor";
        var size = thing.Number(Name) ?? (isReference ? 1 : throw thing.Missing(Name));
        return size > 0 && (size == 1 || !isReference) ? size : throw thing.Wrong(Name, thing[Name]!.Value);
    }

    public LciFlowProperty Property(JsonThing thing, JsonOutcome outcome) => new()
    {
        Id = thing.Filled("@id"),
        Name = thing.Name(),
        Category = Category(thing),
        UnitGroup = thing.Ref("unitGroup") is { Length: > 0 } id ? id : throw thing.Missing("unitGroup"),
        IsEconomic = thing.Text("flowPropertyType") == "ECONOMIC_QUANTITY",
        Extra = thing.Extra(),
    };

    public LciCurrency Currency(JsonThing thing, JsonOutcome outcome) => new()
    {
        Id = thing.Filled("@id"),
        Name = thing.Name(),
        Category = Category(thing),
        Code = thing.Text("code"),
        Factor = thing.Number("conversionFactor") ?? 1,
        Reference = thing.Ref("refCurrency"),
        Extra = thing.Extra(),
    };

    public LciLocation Location(JsonThing thing, JsonOutcome outcome) => new()
    {
        Id = thing.Filled("@id"),
        Name = thing.Name(),
        Category = Category(thing),
        Code = thing.Text("code"),
        Latitude = thing.Number("latitude"),
        Longitude = thing.Number("longitude"),
        Extra = thing.Extra(),
    };

    public LciFlow Flow(JsonThing thing, JsonOutcome outcome)
    {
        var factors = new List<(LciPropertyFactor Factor, bool IsReference)>();
        var items = thing.Items("flowProperties").ToList();
        // One property is the reference whether it says so or not.
        if (items.Count > 1 && items.Count(i => i.Flag("isRefFlowProperty")) != 1)
            throw thing.Missing("isRefFlowProperty");
        foreach (var item in items)
        {
            var property = item.Ref("flowProperty");
            if (property.Length == 0) throw item.Missing("flowProperty");
            var isReference = item.Flag("isRefFlowProperty") || items.Count == 1;
            var size = Size(item, isReference);
            // The US LCI has properties twice; of two sizes nobody could say which counts.
            if (factors.Exists(f => f.Factor.Property == property && f.Factor.Factor != size))
                throw item.Wrong("flowProperty", item["flowProperty"]!.Value);
            factors.Add((new(property, size), isReference));
            outcome.CountLeft("flowProperties", item);
        }
        return new LciFlow
        {
            Id = thing.Filled("@id"),
            Name = thing.Name(),
            Category = Category(thing),
            Kind = thing.Word<FlowKind>("flowType", ("PRODUCT_FLOW", FlowKind.Product),
                ("WASTE_FLOW", FlowKind.Waste), ("ELEMENTARY_FLOW", FlowKind.Elementary)),
            Properties = [.. factors.OrderByDescending(f => f.IsReference).Select(f => f.Factor)],
            Cas = thing.Text("cas"),
            Formula = thing.Text("formula"),
            Location = thing.Ref("location"),
            Synonyms = [.. thing.Texts("synonyms")],
            Extra = thing.Extra(),
        };
    }

    /// <summary>A parameter; one without identifier gets one from its owner's and its name.</summary>
    public static LciParameter Parameter(JsonThing thing, string owner, JsonOutcome outcome)
    {
        var name = thing.Filled("name");
        var id = thing.Id is { Length: > 0 } own ? own : NamedId.Of("openlca", "parameter", owner, name);
        var isFormula = !thing.Flag("isInputParameter") && thing.Text("formula").Length > 0;
        var formula = isFormula ? thing.Text("formula") : "";
        var value = thing.Number("value") ?? (isFormula ? 0 : throw thing.Missing("value"));
        var spread = Spread(thing, outcome);
        // Where a parameter stands says what it holds for.
        thing.Text("parameterScope");
        return new LciParameter(id, name, value, formula, spread, thing.Extra());
    }

    /// <summary>
    /// The uncertainty of a thing. One that is no distribution leaves the amount certain, is said, and stays
    /// beside the model as it came.
    /// </summary>
    public static Uncertainty Spread(JsonThing thing, JsonOutcome outcome)
    {
        if (thing.Inner("uncertainty") is not { } given) return default;
        var kind = given.Text("distributionType");
        double Of(string name) => given.Number(name) ?? double.NaN;
        Uncertainty? read = kind switch
        {
            "" or "NO_DISTRIBUTION" => default(Uncertainty),
            "LOG_NORMAL_DISTRIBUTION" => Uncertainty.Lognormal(Of("geomMean"), Math.Log(Of("geomSd"))),
            "NORMAL_DISTRIBUTION" => Uncertainty.Normal(Of("mean"), Of("sd")),
            "UNIFORM_DISTRIBUTION" => Uncertainty.Uniform(Of("minimum"), Of("maximum")),
            "TRIANGLE_DISTRIBUTION" => Uncertainty.Triangular(Of("minimum"), Of("mode"), Of("maximum")),
            _ => null,
        };
        if (read is { IsPossible: true } spread)
        {
            // Formulas for its parameters have no place in the model.
            if (given.Left.Any()) thing.Keep("uncertainty");
            return spread;
        }
        thing.Keep("uncertainty");
        outcome.Findings.Add(given.Say("lci.uncertainty", Severity.Warning, ("kind", kind)));
        return default;
    }
}
