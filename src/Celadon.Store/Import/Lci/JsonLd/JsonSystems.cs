using System.Collections.Immutable;
using Celadon.Lca.Modelling;
using Celadon.Packs.Lci;
using Celadon.Store.Import.Lci.Shared;
using Celadon.Text;

namespace Celadon.Store.Import.Lci.JsonLd;

/// <summary>
/// What needs every process to be read: providers of exchanges and product systems. A provider that is not
/// there, or does not provide the flow, is cut and said.
/// </summary>
internal sealed class JsonSystems(JsonParts parts, IReadOnlyDictionary<string, ReadProcess> processes,
    LciLookup lookup)
{
    /// <summary>The process without the providers that cannot be.</summary>
    public LciProcess WithProviders(ReadProcess read, LciNotes notes)
    {
        if (!read.Process.Exchanges.Any(e => e.Provider.Length > 0)) return read.Process;
        return read.Process with
        {
            Exchanges = [.. read.Process.Exchanges.Select((e, i) => e.Provider.Length == 0
                || Provides(e.Provider, e.Flow, new Place(read.File, Pointer: $"/exchanges/{i}"), notes)
                ? e : e with { Provider = "" })],
        };
    }

    private bool Provides(string provider, string flow, Place place, LciNotes notes)
    {
        var found = processes.TryGetValue(provider, out var process);
        var kind = lookup.Flows[flow].Kind;
        if (found && process!.Process.Exchanges.Any(e => e.Flow == flow && !e.IsAvoided
            && e.IsInput == (kind == FlowKind.Waste))) return true;
        notes.Say(Finding.Of(found ? "lci.provider.other" : "lci.provider.none", Severity.Warning, place,
            ("file", place.File!), ("at", place.Pointer!), ("provider", LciNotes.Shown(provider)),
            ("flow", LciNotes.Shown(lookup.Flows[flow].Name))));
        return false;
    }

    /// <summary>
    /// A product system; null where the process that it asks for is not there, with a finding.
    /// </summary>
    public LciProductSystem? System(JsonThing thing, JsonOutcome outcome)
    {
        var id = thing.Ref("refProcess");
        if (!processes.TryGetValue(id, out var asked)) return NotUsed(thing, "refProcess", id, outcome);
        var exchange = thing.Inner("refExchange") is { } named
            ? JsonProcesses.Number(named, asked.Process.Exchanges, asked.ById) : null;
        var target = asked.Process.Exchanges.FirstOrDefault(e => e.Id == (exchange
            ?? asked.Process.Reference));
        if (target is null) return NotUsed(thing, "refExchange", "", outcome);
        var unit = thing.Ref("targetUnit") is { Length: > 0 } stated ? stated : target.Unit;
        var property = thing.Ref("targetFlowProperty") is { Length: > 0 } own ? own : target.Property;
        if (lookup.ToReference(lookup.Flows[target.Flow], unit, property) is null)
            return NotUsed(thing, "targetUnit", unit, outcome);
        var links = Links(thing, outcome);
        var made = new LciProductSystem
        {
            Id = thing.Filled("@id"),
            Name = thing.Name(),
            Category = parts.Category(thing),
            Process = id,
            Exchange = exchange,
            Amount = thing.Number("targetAmount") ?? target.Amount,
            Unit = unit,
            Property = property,
            Links = links,
        };
        // The list of its processes says something only where links do not lead to all of them.
        if (!thing.Items("processes").Select(p => p.Id).ToHashSet(StringComparer.Ordinal)
            .SetEquals(made.ProcessesOf())) thing.Keep("processes");
        return made with { Extra = thing.Extra() };
    }

    private ImmutableArray<LciLink> Links(JsonThing thing, JsonOutcome outcome)
    {
        var links = ImmutableArray.CreateBuilder<LciLink>();
        foreach (var item in thing.Items("processLinks"))
        {
            var (provider, process, flow) = (item.Ref("provider"), item.Ref("process"), item.Ref("flow"));
            var number = processes.TryGetValue(process, out var taker)
                && item.Inner("exchange") is { } named
                ? JsonProcesses.Number(named, taker.Process.Exchanges, taker.ById) : null;
            if (number is null || !processes.ContainsKey(provider) || !lookup.Flows.ContainsKey(flow))
                outcome.Findings.Add(item.Say("lci.link", Severity.Warning));
            else links.Add(new(process, number.Value, provider, flow));
            outcome.CountLeft("processLinks", item);
        }
        return links.ToImmutable();
    }

    private static LciProductSystem? NotUsed(JsonThing thing, string what, string id, JsonOutcome outcome)
    {
        outcome.Findings.Add(thing.Say("lci.system", Severity.Warning, ("what", what),
            ("id", LciNotes.Shown(id))));
        return null;
    }
}
