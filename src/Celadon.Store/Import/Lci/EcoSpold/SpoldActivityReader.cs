using System.Text.Json.Nodes;
using Celadon.Lca.Modelling;
using Celadon.Packs.Lci;
using Celadon.Store.Import.Lci.Shared;
using Celadon.Text;

namespace Celadon.Store.Import.Lci.EcoSpold;

/// <summary>
/// Reads an activity dataset: what it is, and its exchanges with side, unit, amount and uncertainty. A
/// dataset with an exchange that cannot be read is refused whole.
/// </summary>
internal sealed class SpoldActivityReader(
    UnitBook units, FlowBook flows, SpoldMaster master, LciNotes notes)
{
    private static readonly string[] Documentation =
    [
        "generalComment", "includedActivitiesStart", "includedActivitiesEnd", "allocationComment",
    ];

    private readonly SortedSet<string> _currencies = new(StringComparer.Ordinal);
    private int _exchanges;

    /// <summary>Currencies that prices are stated in.</summary>
    public IEnumerable<LciCurrency> Currencies => _currencies.Select(code => new LciCurrency
    {
        Id = NamedId.Of("ecospold", "currency", code),
        Name = code,
        Code = code,
    });

    /// <summary>The activity of a dataset.</summary>
    /// <exception cref="UnusableException">With what stands in the way.</exception>
    public SpoldActivity Read(XmlItem dataset)
    {
        var description = dataset["activityDescription"];
        var activity = description?["activity"];
        var id = activity?.Attribute("id") ?? "";
        if (activity is null || id.Length == 0) throw Missing(dataset, "activity@id");
        if (dataset["flowData"] is not { } data) throw Missing(dataset, "flowData");
        var exchanges = new List<SpoldExchange>();
        var variables = new List<LciParameter>();
        foreach (var item in data.Children)
        {
            if (item.Name is not ("intermediateExchange" or "elementaryExchange")) continue;
            item.Take();
            if (Exchange(item, exchanges.Count + 1, variables) is { } exchange) exchanges.Add(exchange);
        }
        // Parameters come before variables of exchanges, the last first.
        var parameters = data.All("parameter").Select(Parameter).OfType<LciParameter>().Reverse().ToList();
        return new SpoldActivity
        {
            Id = id,
            Name = activity.TextIn("activityName") is { Length: > 0 } name ? name : id,
            File = dataset.File,
            Location = master.Place(description!["geography"]),
            IsResult = activity.Attribute("type") == "2",
            Category = Category(description),
            Extra = Extra(dataset, description, activity),
            Exchanges = exchanges,
            Variables = [.. parameters, .. variables],
        };
    }

    private SpoldExchange? Exchange(XmlItem item, int number, List<LciParameter> variables)
    {
        if (++_exchanges > notes.Limits.Exchanges)
            throw new UnusableException(Finding.Of("formats.tooMany", Severity.Error, item.Place,
                ("most", notes.Limits.Exchanges)));
        var (input, output) = (item.TextOf("inputGroup"), item.TextOf("outputGroup"));
        if (output == "5")
        {
            notes.NotCarried("outputGroup 5");
            item.TakeAll();
            return null;
        }
        var isElementary = item.Name == "elementaryExchange";
        var amount = Doubles.Parse(item.Attribute("amount")) ?? throw Wrong(item, "amount",
            item.Attribute("amount"));
        var role = (isElementary, input, output) switch
        {
            (true, "4", "") or (true, "", "4") => SpoldRole.Elementary,
            (false, "1" or "2" or "3" or "5", "") => SpoldRole.Input,
            (false, "", "0") => SpoldRole.Reference,
            (false, "", "1" or "2") => SpoldRole.ByProduct,
            (false, "", "3") => SpoldRole.ForTreatment,
            _ => throw Wrong(item, "inputGroup, outputGroup", $"{input}, {output}"),
        };
        var unit = Unit(item);
        var flow = Flow(item, unit, isElementary, role);
        Variables(item, variables);
        var (cost, currency) = Price(item, amount);
        return new SpoldExchange(new LciExchange
        {
            Id = number,
            Flow = flow.Id,
            Unit = unit.Id,
            Property = unit.Property,
            Amount = amount,
            IsInput = input.Length > 0,
            Provider = item.Attribute("activityLinkId"),
            Uncertainty = SpoldUncertainty.Of(item, amount, notes),
            DataQuality = SpoldUncertainty.DataQuality(item),
            BaseUncertainty = SpoldUncertainty.Basic(item),
            Cost = cost,
            Currency = currency,
            Extra = ExchangeExtra(item),
        }, role, item.Line)
        {
            Relation = item.Attribute("mathematicalRelation"),
            Variable = item.Attribute("variableName"),
        };
    }

    private UnitBook.Entry Unit(XmlItem item)
    {
        var name = item.TextIn("unitName");
        if (name.Length == 0) name = master.Unit(item.Attribute("unitId"));
        else item.Attribute("unitId");
        return name.Length > 0 ? units.Of(name) : throw Missing(item, "unitName");
    }

    private LciFlow Flow(XmlItem item, UnitBook.Entry unit, bool isElementary, SpoldRole role)
    {
        var id = item.Attribute(isElementary ? "elementaryExchangeId" : "intermediateExchangeId");
        if (id.Length == 0)
            throw Missing(item, isElementary ? "elementaryExchangeId" : "intermediateExchangeId");
        var name = item.TextIn("name");
        var compartment = item["compartment"];
        var path = new[] { compartment?.TextIn("compartment"), compartment?.TextIn("subcompartment") };
        compartment?.Attribute("subcompartmentId");
        var (cas, formula) = (item.Attribute("casNumber"), item.Attribute("formula"));
        var synonyms = item.All("synonym").Select(s => s.Text).Where(s => s.Length > 0).ToList();
        return flows.Enter(id, unit, 1000, () =>
        {
            var known = master.Flow(id);
            return new LciFlow
            {
                Id = id,
                Name = name.Length > 0 ? name : id,
                Category = string.Join('/', path.Where(p => !string.IsNullOrEmpty(p))),
                Kind = isElementary ? FlowKind.Elementary
                    : role == SpoldRole.ForTreatment ? FlowKind.Waste : FlowKind.Product,
                Properties = [],
                Cas = cas.Length > 0 ? cas : known.Cas,
                Formula = formula.Length > 0 ? formula : known.Formula,
                Synonyms = [.. synonyms.Concat(known.Synonyms).Distinct(StringComparer.Ordinal)],
            };
        });
    }

    /// <summary>
    /// A stated price of one unit times the amount; the currency's year is part of its code.
    /// </summary>
    private (double? Cost, string Currency) Price(XmlItem item, double amount)
    {
        foreach (var property in item.All("property"))
        {
            var unit = property.TextIn("unitName");
            if (!property.TextIn("name").Equals("price", StringComparison.OrdinalIgnoreCase)
                || !unit.StartsWith("EUR", StringComparison.Ordinal)) continue;
            if (Doubles.Parse(property.Attribute("amount")) is not { } price
                || !double.IsFinite(price * amount)) continue;
            _currencies.Add(unit);
            return (price * amount, NamedId.Of("ecospold", "currency", unit));
        }
        return (null, "");
    }

    /// <summary>The names that relations may use: of the exchange and of its properties.</summary>
    private static void Variables(XmlItem item, List<LciParameter> variables)
    {
        void Enter(XmlItem from, string name, string amount, string relation)
        {
            var variable = from.Attribute(name);
            var formula = relation.Length == 0 ? "" : from.Attribute(relation);
            if (variable.Length > 0 && Doubles.Parse(from.Attribute(amount)) is { } value)
                variables.Add(new LciParameter(NamedId.Of("ecospold", "variable", item.Attribute("id"),
                    variable), variable, value, formula, default));
        }
        Enter(item, "variableName", "amount", "mathematicalRelation");
        Enter(item, "productionVolumeVariableName", "productionVolumeAmount",
            "productionVolumeMathematicalRelation");
        foreach (var property in item.All("property"))
            Enter(property, "variableName", "amount", "mathematicalRelation");
    }

    private LciParameter? Parameter(XmlItem item)
    {
        var name = item.Attribute("variableName");
        var title = item.TextIn("name");
        var value = Doubles.Parse(item.Attribute("amount")) ?? throw Wrong(item, "amount",
            item.Attribute("amount"));
        if (name.Length == 0)
        {
            notes.NotCarried("parameter without variableName");
            item.TakeAll();
            return null;
        }
        return new LciParameter(item.Attribute("parameterId"), name, value,
            item.Attribute("mathematicalRelation"), SpoldUncertainty.Of(item, value, notes),
            new JsonObject().With("description", string.Join(" · ",
                new[] { title, item.TextIn("unitName"), item.TextIn("comment") }
                    .Where(t => t.Length > 0))).Written());
    }

    private static string ExchangeExtra(XmlItem item)
    {
        var properties = new JsonArray();
        foreach (var property in item.All("property"))
            properties.Add(new JsonObject().With("name", property.TextIn("name"))
                .With("amount", property.Attribute("amount")).With("unit", property.TextIn("unitName")));
        return new JsonObject().With("description", item.TextIn("comment"))
            .With("otherProperties", new JsonObject().With("ecospold.properties", properties)
                .With("ecospold.productionVolume", item.Attribute("productionVolumeAmount"))).Written();
    }

    private static string Category(XmlItem description)
    {
        var all = description.All("classification").Select(c =>
            (System: c.TextIn("classificationSystem"), Value: c.TextIn("classificationValue"))).ToList();
        var chosen = all.Find(c => c.System.Contains("ISIC", StringComparison.OrdinalIgnoreCase)
            || c.System.Contains("Categor", StringComparison.OrdinalIgnoreCase));
        return (chosen.Value ?? all.FirstOrDefault().Value ?? "").Replace('\\', '/');
    }

    private static string Extra(XmlItem dataset, XmlItem description, XmlItem activity)
    {
        var period = description["timePeriod"];
        var technology = description["technology"];
        string Comment(XmlItem? at) => at?["comment"]?.TextIn("text") ?? "";
        var documentation = new JsonObject()
            .With("validFrom", period?.Attribute("startDate"))
            .With("validUntil", period?.Attribute("endDate"))
            .With("timeDescription", Comment(period)).With("technologyDescription", Comment(technology))
            .With("geographyDescription", Comment(description["geography"]));
        var model = dataset.At("modellingAndValidation", "representativeness")?.TextIn("systemModelName");
        var text = string.Join("\n\n", Documentation.SelectMany(name => activity.All(name))
            .SelectMany(c => c.All("text").Select(t => t.Text).Append(c.Text)).Where(t => t.Length > 0));
        return new JsonObject().With("description", text)
            .With("version", string.Join('.', new[] { "majorRelease", "minorRelease" }
                .Select(n => dataset.At("administrativeInformation", "fileAttributes")?.Attribute(n))
                .Where(n => !string.IsNullOrEmpty(n))))
            .With("processDocumentation", documentation)
            .With("otherProperties", new JsonObject().With("ecospold.systemModel", model)
                .With("ecospold.activityType", activity.Attribute("specialActivityType"))).Written();
    }

    private static UnusableException Missing(XmlItem at, string what) => new(Finding.Of("formats.missing",
        Severity.Error, at.Place, ("file", at.File), ("line", at.Line), ("what", what)));

    private static UnusableException Wrong(XmlItem at, string what, string value) => new(Finding.Of(
        "formats.value", Severity.Error, at.Place, ("file", at.File), ("line", at.Line), ("what", what),
        ("value", LciNotes.Shown(value))));
}
