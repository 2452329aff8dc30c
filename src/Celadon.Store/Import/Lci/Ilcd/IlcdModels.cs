using System.Text.Json.Nodes;
using Celadon.Lca.Modelling;
using Celadon.Packs.Lci;
using Celadon.Store.Import.Lci.Shared;
using Celadon.Text;

namespace Celadon.Store.Import.Lci.Ilcd;

/// <summary>
/// Reads life cycle models as product systems. A connection that names what is not in the package is cut and
/// said; a model whose reference process is not there is left out and said.
/// </summary>
internal sealed class IlcdModels(IReadOnlyDictionary<string, LciProcess> processes, LciLookup lookup,
    LciNotes notes)
{
    /// <summary>A product system; null where the process that it asks for is not there.</summary>
    /// <exception cref="UnusableException">It says not what it is.</exception>
    public LciProductSystem? Read(XmlItem root)
    {
        var information = root.Needed("lifeCycleModelInformation");
        var data = information.Needed("dataSetInformation");
        var instances = (information.At("technology", "processes")?.All("processInstance") ?? [])
            .Select(i => (Item: i, Number: i.Attribute("dataSetInternalID"),
                Process: i.Ref("referenceToProcess"))).ToList();
        if (instances.GroupBy(i => i.Number).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw twice.Last().Item.Wrong("dataSetInternalID", twice.Key);
        var byNumber = instances.ToDictionary(i => i.Number, i => i.Process, StringComparer.Ordinal);
        var reference = information.Needed("quantitativeReference").TextOf("referenceToReferenceProcess");
        var asked = processes.GetValueOrDefault(byNumber.GetValueOrDefault(reference, ""));
        var exchange = int.TryParse(root.Attribute("exchange"), out var own)
            && asked?.Exchanges.Any(e => e.Id == own) == true ? own : (int?)null;
        var target = asked?.Exchanges.FirstOrDefault(e => e.Id == (exchange ?? asked.Reference));
        if (asked is null || target is null)
        {
            notes.Say(Finding.Of("lci.system", Severity.Warning, root.Place, ("file", root.File),
                ("what", "referenceToReferenceProcess"), ("id", LciNotes.Shown(reference))));
            return null;
        }
        var (unit, property) = (root.Attribute("unit"), root.Attribute("property"));
        if (lookup.ToReference(lookup.Flows[target.Flow], unit, property) is null)
            (unit, property) = (target.Unit, target.Property);
        return new LciProductSystem
        {
            Id = IlcdParts.Id(data),
            Name = data.Title(),
            Category = data.Category(),
            Process = asked.Id,
            Exchange = exchange,
            Amount = Doubles.Parse(root.Attribute("amount")) ?? target.Amount,
            Unit = unit,
            Property = property,
            Links = [.. Links(instances, byNumber)],
            Extra = new JsonObject().With("description", data.TextIn("generalComment"))
                .With("version", root.At("administrativeInformation", "publicationAndOwnership")
                    ?.TextOf("dataSetVersion")).Written(),
        };
    }

    private IEnumerable<LciLink> Links(List<(XmlItem Item, string Number, string Process)> instances,
        Dictionary<string, string> byNumber)
    {
        var links = new List<(int At, LciLink Link)>();
        foreach (var (item, _, gives) in instances)
            foreach (var output in item["connections"]?.All("outputExchange") ?? [])
                foreach (var next in output.All("downstreamProcess"))
                {
                    var takes = byNumber.GetValueOrDefault(next.Attribute("id"), "");
                    var (given, at) = (output.Attribute("flowUUID"), next.Attribute("at"));
                    var flow = next.Attribute("flowUUID") is { Length: > 0 } taken ? taken : given;
                    // A waste is the exchange of who gives it; its treatment provides.
                    var isWaste = lookup.Flows.GetValueOrDefault(flow)?.Kind == FlowKind.Waste;
                    var (process, provider) = isWaste ? (gives, takes) : (takes, gives);
                    var found = Exchanges(process, flow, isWaste, next.Attribute("exchange"));
                    if (found.Count == 0 || !processes.ContainsKey(provider))
                        notes.Say(Finding.Of("lci.link", Severity.Warning, next.Place, ("file", next.File),
                            ("at", $"downstreamProcess:{next.Line}")));
                    else
                        links.AddRange(found.Select(e => (int.TryParse(at, out var order) ? order
                            : links.Count, new LciLink(process, e, provider, flow))));
                }
        return links.OrderBy(l => l.At).Select(l => l.Link);
    }

    /// <summary>The exchange that is named, or else all of the flow on the side that is linked.</summary>
    private List<int> Exchanges(string process, string flow, bool isWaste, string named)
    {
        if (!processes.TryGetValue(process, out var found)) return [];
        var all = found.Exchanges.Where(e => e.Flow == flow && e.IsInput != isWaste && !e.IsAvoided)
            .Select(e => e.Id).ToList();
        return int.TryParse(named, out var one)
            ? found.Exchanges.Any(e => e.Id == one && e.Flow == flow) ? [one] : [] : all;
    }
}
