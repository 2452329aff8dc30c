using Celadon.Lca.Modelling;
using Celadon.Packs.Lci;
using Celadon.Text;

namespace Celadon.Store.Import.Lci.Shared;

/// <summary>
/// The flows of a database whose exchanges describe their flows themselves: one entry a flow, measured as
/// most
/// of its exchanges measure it. Those that measure it otherwise are found afterwards.
/// </summary>
internal sealed class FlowBook
{
    private readonly Dictionary<string, LciFlow> _flows = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, (UnitBook.Entry First, int Uses)>> _uses =
        new(StringComparer.Ordinal);

    /// <summary>All flows, in order of identifier.</summary>
    public IEnumerable<LciFlow> All => _flows.Values.OrderBy(f => f.Id, StringComparer.Ordinal);

    /// <summary>The flow of an identifier, or null.</summary>
    public LciFlow? Find(string id) => _flows.GetValueOrDefault(id);

    /// <summary>Enters a use of a flow, and the flow where there is none of its identifier yet.</summary>
    /// <param name="id">Its identifier.</param>
    /// <param name="unit">The unit of this use.</param>
    /// <param name="weight">How much the use has to say about what the flow is measured in.</param>
    /// <param name="make">Makes the flow; its properties are filled in by <see cref="Settle"/>.</param>
    public LciFlow Enter(string id, UnitBook.Entry unit, int weight, Func<LciFlow> make)
    {
        if (!_flows.TryGetValue(id, out var flow)) _flows[id] = flow = make();
        if (!_uses.TryGetValue(flow.Id, out var uses))
            _uses[flow.Id] = uses = new(1, StringComparer.Ordinal);
        var known = uses.GetValueOrDefault(unit.Property, (unit, 0));
        uses[unit.Property] = (known.Item1, known.Item2 + weight);
        return flow;
    }

    /// <summary>Gives every flow the property that most of its uses measure, the first of equals.</summary>
    public void Settle()
    {
        foreach (var (id, uses) in _uses)
            _flows[id] = _flows[id] with
            {
                Properties = [new LciPropertyFactor(uses.MaxBy(u => u.Value.Uses).Key, 1)],
            };
    }

    /// <summary>What is wrong with the unit of an exchange of a settled flow; null when nothing is.</summary>
    public Finding? Fault(LciExchange exchange, Place place) =>
        Fault(exchange.Flow, exchange.Property, place);

    /// <summary>
    /// What is wrong with the property that a settled flow is measured in; null when nothing is.
    /// </summary>
    /// <param name="id">The flow.</param>
    /// <param name="property">The property.</param>
    /// <param name="place">Where it is measured so.</param>
    /// <param name="unit">The unit there, of a use that was not entered.</param>
    public Finding? Fault(string id, string property, Place place, string unit = "")
    {
        var flow = _flows[id];
        if (flow.Properties[0].Property == property) return null;
        var uses = _uses[id];
        return Finding.Of("formats.unit", Severity.Error, place, ("flow", LciNotes.Shown(flow.Name)),
            ("unit", LciNotes.Shown(uses.TryGetValue(property, out var own) ? own.First.Name : unit)),
            ("other", LciNotes.Shown(uses[flow.Properties[0].Property].First.Name)));
    }

    /// <summary>Makes waste of a flow.</summary>
    public void MakeWaste(string id)
    {
        if (_flows.TryGetValue(id, out var flow)) _flows[id] = flow with { Kind = FlowKind.Waste };
    }
}
