using System.Globalization;
using System.Xml.Linq;
using Celadon.Lca.Modelling;
using Celadon.Lca.WhatIf;
using Celadon.Packs.Lci;
using Celadon.Store.Import.Lci.Shared;

namespace Celadon.Store.Export.Lci;

/// <summary>Processes as ILCD data sets.</summary>
internal sealed class IlcdProcessSets(LciDatabase database, IlcdWords words, LciNotHeld left,
    LciNotHeld beside)
{
    /// <summary>The greatest number that the format's type of numbers inside a data set holds.</summary>
    private const int MostNumber = 999_999;

    private const int MostOfName = 50;
    private static readonly XNamespace P = "http://lca.jrc.it/ILCD/Process";
    private static readonly XNamespace Common = IlcdWords.Common;
    private readonly LciLookup _lookup = new(database);
    private readonly HashSet<string> _carried = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A process.</summary>
    public XElement Of(LciProcess process)
    {
        using var extra = new IlcdBeside(process.Extra, "processes", left);
        var numbers = Numbers(process);
        var shares = Shares(process, numbers);
        using var documentation = extra.Inner("processDocumentation");
        var wider = Wider(process);
        var parameters = process.Parameters.Concat(wider.Select(w => w.Parameter)).Select(p => p.Name)
            .Where(n => n.Length <= MostOfName).ToHashSet(StringComparer.Ordinal);
        var root = IlcdWords.Root(P, "process");
        root.Add(Information(root, process, numbers, extra, documentation, wider),
            new XElement(P + "modellingAndValidation", new XElement(P + "LCIMethodAndAllocation",
                new XElement(P + "typeOfDataSet", process.IsResult ? "LCI result"
                    : "Unit process, single operation"))),
            IlcdWords.Administration(P, extra, Created(root, documentation),
                extra.Take("lastChange", IlcdWords.IsInstant)),
            new XElement(P + "exchanges", process.Exchanges.Select(e => Exchange(e, numbers[e.Id],
                shares.GetValueOrDefault(e.Id) ?? [], parameters))));
        return root;
    }

    /// <summary>
    /// The only relation that the format has for an amount: a parameter, so many times; no name where a
    /// formula is none.
    /// </summary>
    private static (double Times, string Variable) Relation(string formula, HashSet<string> parameters)
    {
        if (parameters.Contains(formula)) return (1, formula);
        var star = formula.IndexOf('*', StringComparison.Ordinal);
        return star > 0 && parameters.Contains(formula[(star + 1)..])
            && Doubles.Parse(formula.AsSpan(0, star)) is { } times && times != 1
            && IlcdWords.Number(times) == formula[..star] ? (times, formula[(star + 1)..]) : (1, "");
    }

    /// <summary>
    /// The number of each exchange in the data set, from 0; counted anew where they would not fit.
    /// </summary>
    private Dictionary<int, int> Numbers(LciProcess process)
    {
        if (process.Exchanges.All(e => e.Id is >= 1 and <= MostNumber))
            return process.Exchanges.ToDictionary(e => e.Id, e => e.Id - 1);
        left.Add("exchanges.internalId", process.Exchanges.Length);
        return process.Exchanges.Select((e, i) => (e.Id, i)).ToDictionary(x => x.Id, x => x.i);
    }

    /// <summary>
    /// The database's parameters that formulas of a process use, themselves or through others: the format has
    /// parameters of processes alone.
    /// </summary>
    private List<(LciParameter Parameter, int At)> Wider(LciProcess process)
    {
        if (database.Parameters.IsEmpty) return [];
        var own = process.Parameters.Select(p => p.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var all = database.Parameters.Select((p, i) => (Parameter: p, At: i)).Where(p => !own.Contains(
            p.Parameter.Name)).DistinctBy(p => p.Parameter.Name, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(p => p.Parameter.Name, StringComparer.OrdinalIgnoreCase);
        var used = new SortedDictionary<int, LciParameter>();
        var open = new Stack<string>([.. process.Exchanges.Select(e => e.Formula),
            .. process.Parameters.Select(p => p.Formula)]);
        while (open.TryPop(out var formula))
            foreach (var name in NamesIn(formula))
                if (all.TryGetValue(name, out var found) && used.TryAdd(found.At, found.Parameter))
                    open.Push(found.Parameter.Formula);
        _carried.UnionWith(used.Values.Select(p => p.Name));
        return [.. used.Select(u => (u.Value, u.Key))];
    }

    private static IReadOnlyList<string> NamesIn(string formula)
    {
        if (formula.Length == 0) return [];
        try
        {
            return FormulaParser.Parse(formula).Names;
        }
        catch (FormulaException)
        {
            return [];
        }
    }

    /// <summary>Counts the database's parameters, once all processes are written.</summary>
    public void CountParameters()
    {
        beside.Add("parameters", database.Parameters.Count(p => _carried.Contains(p.Name)));
        left.Add("parameters", database.Parameters.Count(p => !_carried.Contains(p.Name)));
    }

    /// <summary>When a process was made; of a day the midnight, and the day beside it.</summary>
    private string Created(XElement root, IlcdBeside documentation)
    {
        var day = documentation.Take("creationDate", d => IlcdWords.IsInstant(d) || DateOnly.TryParseExact(d,
            "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _));
        if (day.Length == 0 || IlcdWords.IsInstant(day)) return day;
        beside.Add("processes.creationDate");
        root.Add(new XAttribute(IlcdWords.Own + "creationDate", day));
        return $"{day}T00:00:00";
    }

    private XElement Information(XElement root, LciProcess process, Dictionary<int, int> numbers,
        IlcdBeside extra, IlcdBeside documentation, List<(LciParameter Parameter, int At)> wider)
    {
        var place = _lookup.Locations.GetValueOrDefault(process.Location);
        var geography = documentation.Take("geographyDescription");
        return new XElement(P + "processInformation",
            new XElement(P + "dataSetInformation", new XElement(Common + "UUID", process.Id),
                new XElement(P + "name", words.Text(P + "baseName", process.Name, IlcdWords.Name)
                    ?? new XElement(P + "baseName")),
                words.Classification(P, process.Category),
                words.Text(Common + "generalComment", extra.Take("description"))),
            process.Reference is { } reference ? new XElement(P + "quantitativeReference",
                new XAttribute("type", "Reference flow(s)"),
                new XElement(P + "referenceToReferenceFlow", numbers[reference])) : null,
            Filled(new XElement(P + "time", Year(root, documentation, "validFrom", "referenceYear"),
                Year(root, documentation, "validUntil", "dataSetValidUntil"),
                words.Text(Common + "timeRepresentativenessDescription",
                    documentation.Take("timeDescription")))),
            place is null && geography.Length == 0 ? null : new XElement(P + "geography",
                new XElement(P + "locationOfOperationSupplyOrProduction",
                    place is null ? null
                        : new XAttribute("location", words.Clean(IlcdPartSets.CodeOf(place))),
                    words.Text(P + "descriptionOfRestrictions", geography))),
            Filled(new XElement(P + "technology", words.Text(P + "technologyDescriptionAndIncludedProcesses",
                documentation.Take("technologyDescription")))),
            Filled(new XElement(P + "mathematicalRelations", process.Parameters.Select(p => Parameter(p))
                .Concat(wider.Select(w => Parameter(w.Parameter, w.At))))));
    }

    private static XElement? Filled(XElement element) => element.IsEmpty ? null : element;

    /// <summary>The year of a date; any other day than its first goes beside the format.</summary>
    private XElement? Year(XElement root, IlcdBeside documentation, string from, string to)
    {
        var day = documentation.Take(from, d => d.Length >= 10 && d.Take(4).All(char.IsAsciiDigit)
            && DateOnly.TryParseExact(d[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture,
                DateTimeStyles.None, out _));
        if (day.Length == 0) return null;
        if (day != $"{day[..4]}-01-01")
        {
            beside.Add($"processes.{from}");
            root.Add(new XAttribute(IlcdWords.Own + from, words.Clean(day)));
        }
        return new XElement(Common + to, day[..4]);
    }

    /// <param name="parameter">A parameter.</param>
    /// <param name="at">Its place among the database's; null for one of the process.</param>
    private XElement? Parameter(LciParameter parameter, int? at = null)
    {
        if (parameter.Name.Length > MostOfName)
        {
            left.Add("processes.parameters");
            return null;
        }
        using var extra = new IlcdBeside(parameter.Extra, "parameters", left);
        return new XElement(P + "variableParameter", new XAttribute("name", parameter.Name),
            parameter.Id.Length > 0 ? new XAttribute(IlcdWords.OpenLca + "uuid", parameter.Id) : null,
            at is { } place ? new XAttribute(IlcdWords.Own + "database", place) : null,
            IlcdWords.Exact(parameter.Uncertainty, beside),
            words.Plain(P + "formula", parameter.Formula),
            new XElement(P + "meanValue", IlcdWords.Number(parameter.Value)),
            IlcdWords.Spread(P, parameter.Uncertainty, "Value"),
            words.Text(P + "comment", extra.Take("description"), IlcdWords.Name));
    }

    /// <summary>
    /// Shares of co-products by exchange. A share of the whole process holds for all that it does not make;
    /// shares under other rules than the process's own, and relations for shares, have no place.
    /// </summary>
    private Dictionary<int, List<(int Product, double Share)>> Shares(LciProcess process,
        Dictionary<int, int> numbers)
    {
        var all = new Dictionary<int, List<(int, double)>>();
        var rule = process.Allocation ?? AllocationRule.Causal;
        var products = process.Exchanges.Where(e => !e.IsInput && !e.IsAvoided
                && _lookup.Flows.GetValueOrDefault(e.Flow)?.Kind == FlowKind.Product
                || e.Id == process.Reference)
            .DistinctBy(e => e.Flow).ToDictionary(e => e.Flow, e => e.Id);
        var made = products.Values.ToHashSet();
        foreach (var factor in process.AllocationFactors)
        {
            if (factor.Rule != rule || !products.TryGetValue(factor.Product, out var product))
            {
                left.Add("allocationFactors");
                continue;
            }
            if (factor.Formula.Length > 0) left.Add("allocationFactors.formula");
            var borne = factor.Exchange is { } one ? [one]
                : process.Exchanges.Select(e => e.Id).Where(e => !made.Contains(e));
            foreach (var exchange in borne)
            {
                if (!all.TryGetValue(exchange, out var own)) all[exchange] = own = [];
                own.Add((numbers[product], factor.Value));
            }
        }
        if (all.Count == 0 && process.Allocation is { } stated)
            left.Add($"allocation {Packs.Vocabulary.Word(stated)}");
        else if (rule != AllocationRule.Causal && all.Count > 0)
            left.Add($"allocation {Packs.Vocabulary.Word(rule)} → causal");
        return all;
    }

    private XElement Exchange(LciExchange e, int number, List<(int Product, double Share)> shares,
        HashSet<string> parameters)
    {
        using var extra = new IlcdBeside(e.Extra, "exchanges", left);
        if (e.Cost is not null) left.Add("exchanges.costValue");
        var flow = _lookup.Flows[e.Flow];
        var factor = _lookup.ToReference(flow, e.Unit, e.Property) ?? 1;
        var place = _lookup.Locations.GetValueOrDefault(e.Location);
        var amount = IlcdWords.Number(e.Amount * factor);
        var (times, variable) = factor == 1 ? Relation(e.Formula, parameters) : (1, "");
        return new XElement(P + "exchange",
            new XAttribute("dataSetInternalID", number.ToString(CultureInfo.InvariantCulture)),
            Extensions(e, factor, variable), ExactShares(shares),
            words.Reference(P + "referenceToFlowDataSet", "flow data set", "flows", e.Flow, flow.Name),
            place is null ? null : words.Plain(P + "location", IlcdPartSets.CodeOf(place), IlcdWords.Name),
            new XElement(P + "exchangeDirection", e.IsInput ? "Input" : "Output"),
            variable.Length == 0 ? null : new XElement(P + "referenceToVariable", variable),
            new XElement(P + "meanAmount", variable.Length == 0 ? amount : IlcdWords.Number(times)),
            new XElement(P + "resultingAmount", amount),
            IlcdWords.Spread(P, e.Uncertainty.Times(factor), "Amount"),
            shares.Count == 0 ? null : new XElement(P + "allocations", shares.Select(s => new XElement(
                P + "allocation", new XAttribute("internalReferenceToCoProduct", s.Product),
                new XAttribute("allocatedFraction", Fraction(s.Share))))),
            words.Text(P + "generalComment", extra.Take("description"), IlcdWords.Name));
    }

    /// <summary>A share in percent, as many digits as the format has.</summary>
    private static string Fraction(double share) =>
        Math.Round(100 * share, 3).ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>The shares with all their digits, where percent with three decimals have fewer.</summary>
    private static XAttribute? ExactShares(List<(int Product, double Share)> shares) =>
        shares.All(s => double.Parse(Fraction(s.Share), CultureInfo.InvariantCulture) / 100 == s.Share)
            ? null : new XAttribute(IlcdWords.Own + "shares", string.Join(' ',
                shares.Select(s => $"{s.Product}:{IlcdWords.Number(s.Share)}")));

    private IEnumerable<XAttribute?> Extensions(LciExchange e, double factor, string variable)
    {
        XAttribute? Beside(string name, string value)
        {
            if (value.Length == 0) return null;
            beside.Add($"exchanges.{name}");
            return new XAttribute(IlcdWords.OpenLca + name, value);
        }
        if (factor != 1 || e.Property != _lookup.Flows[e.Flow].Properties[0].Property
            || _lookup.Unit(e.Unit)?.IsReference != true)
        {
            yield return new XAttribute(IlcdWords.OpenLca + "unitId", e.Unit);
            yield return new XAttribute(IlcdWords.OpenLca + "propertyId", e.Property);
            yield return new XAttribute(IlcdWords.OpenLca + "amount", IlcdWords.Number(e.Amount));
        }
        if (variable.Length == 0) yield return Beside("formula", words.Clean(e.Formula));
        yield return Beside("defaultProvider", e.Provider);
        yield return Beside("avoidedProduct", e.IsAvoided ? "true" : "");
        yield return Beside("pedigreeUncertainty", words.Clean(e.DataQuality));
        yield return Beside("baseUncertainty",
            e.BaseUncertainty is { } uncertainty ? IlcdWords.Number(uncertainty) : "");
        yield return IlcdWords.Exact(e.Uncertainty, beside);
    }
}
