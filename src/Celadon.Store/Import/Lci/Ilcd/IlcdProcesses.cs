using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Celadon.Lca.Modelling;
using Celadon.Packs.Lci;
using Celadon.Store.Import.Lci.Shared;
using Celadon.Text;

namespace Celadon.Store.Import.Lci.Ilcd;

/// <summary>Reads processes. Amounts are in the reference unit of each flow's reference property.</summary>
internal sealed class IlcdProcesses(IlcdParts parts, LciLookup lookup, LciNotes notes)
{
    private int _exchanges;

    /// <summary>
    /// Parameters of processes that our own export says are the database's, with their place there.
    /// </summary>
    public List<(string Process, int At, LciParameter Parameter)> Wider { get; } = [];

    /// <summary>A process.</summary>
    /// <exception cref="UnusableException">An exchange cannot be placed.</exception>
    public LciProcess Read(XmlItem root)
    {
        var information = root.Needed("processInformation");
        var data = information.Needed("dataSetInformation");
        var method = root.At("modellingAndValidation", "LCIMethodAndAllocation");
        var geography = information["geography"];
        var place = geography?["locationOfOperationSupplyOrProduction"];
        var book = new FormulaBook();
        var parameters = Parameters(information["mathematicalRelations"], book, IlcdParts.Id(data));
        var exchanges = ImmutableArray.CreateBuilder<LciExchange>();
        var shares = new List<(XmlItem Item, int Exchange, int Product, double Share)>();
        var taken = new HashSet<int>();
        foreach (var item in root["exchanges"]?.All("exchange") ?? [])
            if (Exchange(item, book, shares) is { } exchange)
            {
                if (!taken.Add(exchange.Id))
                    throw item.Wrong("dataSetInternalID", item.Attribute("dataSetInternalID"));
                exchanges.Add(exchange);
            }
        var process = new LciProcess
        {
            Id = IlcdParts.Id(data),
            Name = data.Title(),
            Category = data.Category(),
            Location = parts.Place(place?.Attribute("location") is { Length: > 0 } code ? code
                : geography?.Attribute("location") ?? ""),
            IsResult = method?.TextOf("typeOfDataSet") == "LCI result",
            Reference = Reference(information, exchanges),
            Exchanges = exchanges.ToImmutable(),
            Allocation = shares.Count > 0 ? AllocationRule.Causal : null,
            AllocationFactors = [.. shares.Select(s => Factor(s, exchanges))],
            Parameters = parameters,
            Extra = Extra(root, information, data),
        };
        if (process.Reference is null)
            notes.Say(Finding.Of("lci.noReference", Severity.Warning, root.Place, ("file", root.File)));
        return process;
    }

    /// <summary>The exchange that the process is named after, by its number in the data set.</summary>
    private static int? Reference(XmlItem information, IEnumerable<LciExchange> exchanges)
    {
        var item = information["quantitativeReference"]?["referenceToReferenceFlow"];
        if (item is null) return null;
        var number = item.Whole("referenceToReferenceFlow", item.Text) + 1;
        // Everything is stated for so much of it.
        if (exchanges.FirstOrDefault(e => e.Id == number) is { Amount: 0, Formula: "" })
            throw item.Wrong("resultingAmount", "0");
        return exchanges.Any(e => e.Id == number) ? number
            : throw item.Dangling("referenceToReferenceFlow", item.Text);
    }

    private LciExchange? Exchange(XmlItem item, FormulaBook book,
        List<(XmlItem Item, int Exchange, int Product, double Share)> shares)
    {
        if (++_exchanges > notes.Limits.Exchanges)
            throw new UnusableException(Finding.Of("formats.tooMany", Severity.Error, item.Place,
                ("most", notes.Limits.Exchanges)));
        if (item.TextOf("functionType") is { Length: > 0 } function)
        {
            notes.NotCarried(function);
            item.TakeAll();
            return null;
        }
        var number = item.Whole("dataSetInternalID", item.Attribute("dataSetInternalID")) + 1;
        var id = item.Ref("referenceToFlowDataSet");
        if (!lookup.Flows.TryGetValue(id, out var flow)) throw item.Dangling("flow", id);
        var (unit, property) = Measured(item, flow);
        var mean = item.Number("meanAmount");
        var amount = item.Number("resultingAmount") ?? mean ?? throw item.Missing("resultingAmount");
        Shares(item, number, shares);
        var variable = item.TextOf("referenceToVariable");
        var stated = item.Stated(lookup, flow, amount, isPerUnit: false);
        if (stated is var (inUnit, ofProperty, inUnits) && variable.Length == 0)
            (unit, property, amount) = (inUnit, ofProperty, inUnits);
        var exact = item.Exact();
        var native = item.Spread(item.Number("resultingAmount") ?? mean ?? 0, notes);
        var isIn = item.TextOf("exchangeDirection") switch
        {
            "Input" => true,
            "Output" => false,
            "" => throw item.Missing("exchangeDirection"),
            var other => throw item.Wrong("exchangeDirection", other),
        };
        return new LciExchange
        {
            Id = number,
            Flow = id,
            Unit = unit,
            Property = property,
            Amount = amount,
            IsInput = isIn,
            IsAvoided = item.Attribute("avoidedProduct") == "true",
            Provider = item.Attribute("defaultProvider"),
            Formula = Relation(item, variable, mean ?? amount, amount, book),
            Uncertainty = exact ?? native,
            Location = parts.Place(item.TextOf("location")),
            DataQuality = item.Attribute("pedigreeUncertainty"),
            BaseUncertainty = Doubles.Parse(item.Attribute("baseUncertainty")),
            Extra = new JsonObject().With("description", item.TextIn("generalComment")).Written(),
        };
    }

    /// <summary>
    /// What of an exchange each co-product bears; with all digits from the attribute of our own export where
    /// it agrees with the percentages of the format.
    /// </summary>
    private static void Shares(XmlItem item, int number,
        List<(XmlItem Item, int Exchange, int Product, double Share)> shares)
    {
        var exact = item.Attribute("shares").Split(' ').Select(s => s.Split(':'))
            .Where(s => s.Length == 2).GroupBy(s => s[0])
            .ToDictionary(g => g.Key, g => Doubles.Parse(g.First()[1]));
        foreach (var share in item["allocations"]?.All("allocation") ?? [])
        {
            var (product, text) = (share.Attribute("internalReferenceToCoProduct"),
                share.Attribute("allocatedFraction"));
            var fraction = (Doubles.Parse(text) ?? throw share.Wrong("allocatedFraction", text)) / 100;
            if (exact.GetValueOrDefault(product) is { } digits && Math.Abs(digits - fraction) <= 1e-5)
                fraction = digits;
            shares.Add((share, number, share.Whole("internalReferenceToCoProduct", product) + 1, fraction));
        }
    }

    /// <summary>The reference unit of a flow's reference property.</summary>
    private (string Unit, string Property) Measured(XmlItem item, LciFlow flow)
    {
        var property = flow.Properties[0].Property;
        return lookup.Properties.TryGetValue(property, out var measured)
            && lookup.Groups.TryGetValue(measured.UnitGroup, out var group)
            ? (group.Units.First(u => u.IsReference).Id, property)
            : throw item.Dangling("flow property or unit group", property);
    }

    /// <summary>
    /// The formula of an amount: a parameter so many times, or what openLCA keeps beside the amount; empty
    /// where there is none.
    /// </summary>
    private string Relation(XmlItem item, string variable, double mean, double amount, FormulaBook book)
    {
        var formula = item.Attribute("formula");
        if (variable.Length > 0)
            formula = mean == 1 ? variable : $"{Doubles.Write(mean)}*{variable}";
        return formula.Length > 0 && Holds(item, formula, amount, book) ? formula : "";
    }

    private bool Holds(XmlItem item, string formula, double value, FormulaBook book)
    {
        var (reason, detail) = book.Check(formula, value);
        if (reason.Length == 0) return true;
        notes.Say(Finding.Of("formats.formula.unused", Severity.Info, item.Place, ("file", item.File),
            ("line", item.Line), ("formula", LciNotes.Shown(formula)), ("reason", LciNotes.Shown(detail))));
        return false;
    }

    private ImmutableArray<LciParameter> Parameters(XmlItem? relations, FormulaBook book, string process)
    {
        if (relations is null) return [];
        var all = relations.All("variableParameter").Select(item => (Item: item,
            Name: item.Attribute("name"), Value: item.Number("meanValue"))).ToList();
        foreach (var (item, name, value) in all)
            if (!book.Enter(name, value ?? throw item.Missing("meanValue"))) throw item.Wrong("name", name);
        return [.. all.Select(p =>
        {
            var formula = p.Item.TextOf("formula");
            var isFormula = formula.Length > 0 && Doubles.Parse(formula) is null
                && Holds(p.Item, formula, p.Value!.Value, book);
            var native = p.Item.Spread(p.Value!.Value, notes);
            var at = int.TryParse(p.Item.Attribute("database"), NumberStyles.None,
                CultureInfo.InvariantCulture, out var place) ? place : (int?)null;
            var made = new LciParameter(p.Item.Attribute("uuid") is { Length: > 0 } own ? own
                : NamedId.Of("ilcd", "parameter", at is null ? p.Item.File : "", p.Name), p.Name,
                p.Value!.Value, isFormula ? formula : "", p.Item.Exact() ?? native,
                new JsonObject().With("description", p.Item.TextIn("comment")).Written());
            if (at is { } found) Wider.Add((process, found, made));
            return made;
        })];
    }

    private static LciAllocationFactor Factor((XmlItem Item, int Exchange, int Product, double Share) share,
        IEnumerable<LciExchange> exchanges) =>
        exchanges.FirstOrDefault(e => e.Id == share.Product) is { } product
            ? new(AllocationRule.Causal, product.Flow, share.Exchange, share.Share, "")
            : throw share.Item.Dangling("internalReferenceToCoProduct",
                share.Item.Attribute("internalReferenceToCoProduct"));

    private static string Extra(XmlItem root, XmlItem information, XmlItem data)
    {
        var time = information["time"];
        var technology = information["technology"];
        var place = information["geography"]?["locationOfOperationSupplyOrProduction"];
        var documentation = new JsonObject()
            .With("validFrom", Day(root, "validFrom", time?.TextOf("referenceYear")))
            .With("validUntil", Day(root, "validUntil", time?.TextOf("dataSetValidUntil")))
            .With("creationDate", Created(root))
            .With("timeDescription", time?.TextIn("timeRepresentativenessDescription"))
            .With("geographyDescription", place?.TextIn("descriptionOfRestrictions"))
            .With("technologyDescription", technology?.TextIn("technologyDescriptionAndIncludedProcesses"));
        return root.Beside(data).With("processDocumentation", documentation).Written();
    }

    /// <summary>When a process was entered; the day alone where our own export says so beside it.</summary>
    private static string Created(XmlItem root)
    {
        var (stamp, day) = (root.At("administrativeInformation", "dataEntryBy")?.TextOf("timeStamp") ?? "",
            root.Attribute("creationDate"));
        return day.Length > 0 && stamp == $"{day}T00:00:00" ? day : stamp;
    }

    /// <summary>
    /// A day: the format has years, and our own export the day beside them, which counts while it is of that
    /// year.
    /// </summary>
    private static string Day(XmlItem root, string name, string? year)
    {
        var day = root.Attribute(name);
        if (string.IsNullOrEmpty(year)) return "";
        return day.StartsWith(year + "-", StringComparison.Ordinal) && DateOnly.TryParseExact(day[..Math.Min(
                10, day.Length)], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? day : $"{year}-01-01";
    }
}
