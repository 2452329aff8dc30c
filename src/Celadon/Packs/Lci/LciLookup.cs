using System.Collections.Frozen;

namespace Celadon.Packs.Lci;

/// <summary>Finds the things of a database by identifier and converts amounts to reference units.</summary>
public sealed class LciLookup
{
    private readonly FrozenDictionary<string, (LciUnit Unit, LciUnitGroup Group)> _units;

    /// <summary>Indexes a database. Of two things with one identifier the first is kept.</summary>
    public LciLookup(LciDatabase database)
    {
        Database = database;
        _units = database.UnitGroups.SelectMany(g => g.Units.Select(u => (u.Id, (u, g))))
            .DistinctBy(x => x.Id).ToFrozenDictionary(x => x.Id, x => x.Item2, StringComparer.Ordinal);
        Flows = ById(database.Flows);
        Processes = ById(database.Processes);
        Properties = ById(database.FlowProperties);
        Groups = ById(database.UnitGroups);
        Locations = ById(database.Locations);
        Categories = ById(database.Categories);
    }

    /// <summary>The database.</summary>
    public LciDatabase Database { get; }

    /// <summary>Flows by identifier.</summary>
    public FrozenDictionary<string, LciFlow> Flows { get; }

    /// <summary>Processes by identifier.</summary>
    public FrozenDictionary<string, LciProcess> Processes { get; }

    /// <summary>Flow properties by identifier.</summary>
    public FrozenDictionary<string, LciFlowProperty> Properties { get; }

    /// <summary>Unit groups by identifier.</summary>
    public FrozenDictionary<string, LciUnitGroup> Groups { get; }

    /// <summary>Locations by identifier.</summary>
    public FrozenDictionary<string, LciLocation> Locations { get; }

    /// <summary>Impact categories by identifier.</summary>
    public FrozenDictionary<string, LciImpactCategory> Categories { get; }

    /// <summary>A unit, or null.</summary>
    public LciUnit? Unit(string id) => _units.TryGetValue(id, out var found) ? found.Unit : null;

    /// <summary>The name of the unit that reference amounts of a flow are in; empty when unknown.</summary>
    public string ReferenceUnit(LciFlow flow) =>
        flow.Properties is [var first, ..] && Properties.TryGetValue(first.Property, out var property)
            && Groups.TryGetValue(property.UnitGroup, out var group)
            ? group.Units.FirstOrDefault(u => u.IsReference)?.Name ?? "" : "";

    /// <summary>
    /// The name of the unit in which a process states what it makes or takes; the flow's reference unit where
    /// units of that name do not measure the flow.
    /// </summary>
    public string StatedUnit(LciExchange exchange)
    {
        ArgumentNullException.ThrowIfNull(exchange);
        var flow = Flows[exchange.Flow];
        return Unit(exchange.Unit)?.Name is { } name && UnitsOf(flow).ContainsKey(name) ? name
            : ReferenceUnit(flow);
    }

    /// <summary>
    /// What an amount of a flow in a unit and property is multiplied with to be in the reference unit of the
    /// flow's reference property: the unit's factor over the property's. Null when the unit does not measure
    /// that property, or the flow does not have it.
    /// </summary>
    public double? ToReference(LciFlow flow, string unit, string property)
    {
        if (!_units.TryGetValue(unit, out var found)
            || !Properties.TryGetValue(property, out var measured)
            || measured.UnitGroup != found.Group.Id) return null;
        foreach (var factor in flow.Properties)
            if (factor.Property == property) return factor.Factor == 0 ? null
                : found.Unit.Factor / factor.Factor;
        return null;
    }

    /// <summary>
    /// The units that amounts of a flow may be stated in, by name, the reference unit among them, each with
    /// what an amount is multiplied with to be in it.
    /// </summary>
    public SortedDictionary<string, double> UnitsOf(LciFlow flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        var units = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var factor in flow.Properties)
        {
            if (!Properties.TryGetValue(factor.Property, out var property)
                || !Groups.TryGetValue(property.UnitGroup, out var group)) continue;
            foreach (var unit in group.Units)
                if (ToReference(flow, unit.Id, factor.Property) is { } one) units.TryAdd(unit.Name, one);
        }
        return units;
    }

    private static FrozenDictionary<string, T> ById<T>(IEnumerable<T> items)
        where T : LciEntity =>
        items.DistinctBy(i => i.Id).ToFrozenDictionary(i => i.Id, StringComparer.Ordinal);
}
