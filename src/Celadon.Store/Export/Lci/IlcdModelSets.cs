using System.Globalization;
using System.Xml.Linq;
using Celadon.Lca.Modelling;
using Celadon.Packs.Lci;

namespace Celadon.Store.Export.Lci;

/// <summary>
/// Product systems as life cycle models of ILCD: an instance of each process, and for what it gives to others
/// a connection. A waste goes from who gives it to its treatment. What is asked for, and which exchange of a
/// process a connection leads to, stand in attributes of our own: the format tells neither.
/// </summary>
internal sealed class IlcdModelSets(LciDatabase database, IlcdWords words, LciNotHeld left, LciNotHeld beside)
{
    private static readonly XNamespace M = "http://eplca.jrc.ec.europa.eu/ILCD/LifeCycleModel/2017";
    private static readonly XNamespace Common = IlcdWords.Common;
    private readonly LciLookup _lookup = new(database);
    private readonly Dictionary<string, string> _names = database.Processes.DistinctBy(p => p.Id)
        .ToDictionary(p => p.Id, p => p.Name, StringComparer.Ordinal);

    /// <summary>Every model with its folder and identifier.</summary>
    public IEnumerable<(string Folder, string Id, XElement Root)> All() =>
        database.Systems.Select(s => ("lifecyclemodels", s.Id, Model(s)));

    private XElement Model(LciProductSystem system)
    {
        using var extra = new IlcdBeside(system.Extra, "product_systems", left);
        var processes = system.ProcessesOf();
        var numbers = processes.Select((p, i) => (p, i)).ToDictionary(x => x.p, x => x.i,
            StringComparer.Ordinal);
        var gives = system.Links.Select((link, at) => (Link: link, At: at)).ToLookup(
            x => IsWaste(x.Link) ? x.Link.Process : x.Link.Provider, StringComparer.Ordinal);
        beside.Add("product_systems.targetAmount");
        beside.Add("product_systems.processLinks.exchange", system.Links.Length);
        var root = IlcdWords.Root(M, "lifeCycleModel");
        root.Add(system.Exchange is { } exchange
                ? new XAttribute(IlcdWords.Own + "exchange", Number(exchange)) : null,
            new XAttribute(IlcdWords.Own + "amount", IlcdWords.Number(system.Amount)),
            new XAttribute(IlcdWords.Own + "unit", system.Unit),
            new XAttribute(IlcdWords.Own + "property", system.Property),
            new XElement(M + "lifeCycleModelInformation",
                new XElement(M + "dataSetInformation", new XElement(Common + "UUID", system.Id),
                    new XElement(M + "name", words.Text(M + "baseName", system.Name, IlcdWords.Name)
                        ?? new XElement(M + "baseName")),
                    words.Classification(M, system.Category),
                    words.Text(Common + "generalComment", extra.Take("description"))),
                new XElement(M + "quantitativeReference",
                    new XElement(M + "referenceToReferenceProcess", Number(numbers[system.Process]))),
                new XElement(M + "technology", new XElement(M + "processes",
                    processes.Select(p => Instance(p, numbers, gives[p]))))),
            IlcdWords.Administration(M, extra));
        return root;
    }

    private XElement Instance(string process, Dictionary<string, int> numbers,
        IEnumerable<(LciLink Link, int At)> gives) => new(M + "processInstance",
            new XAttribute("dataSetInternalID", Number(numbers[process])),
            words.Reference(M + "referenceToProcess", "process data set", "processes", process,
                _names.GetValueOrDefault(process, "")),
            gives.Any() ? new XElement(M + "connections", gives.GroupBy(x => x.Link.Flow).Select(flow =>
                new XElement(M + "outputExchange", new XAttribute("flowUUID", flow.Key),
                    flow.Select(x => new XElement(M + "downstreamProcess",
                        new XAttribute("id", Number(numbers[IsWaste(x.Link) ? x.Link.Provider
                            : x.Link.Process])),
                        new XAttribute("flowUUID", flow.Key),
                        new XAttribute(IlcdWords.Own + "exchange", Number(x.Link.Exchange)),
                        new XAttribute(IlcdWords.Own + "at", Number(x.At))))))) : null);

    private bool IsWaste(LciLink link) =>
        _lookup.Flows.GetValueOrDefault(link.Flow)?.Kind == FlowKind.Waste;

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
