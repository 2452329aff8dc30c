using Celadon.Packs.Lci;

namespace Celadon.Store.Import.Lci.Shared;

/// <summary>
/// The unit groups and flow properties of a database whose format gives only names of units. Units that
/// convert into one another share a group; its reference is the usual unit of its kind, else the shortest
/// name.
/// </summary>
internal sealed class UnitBook(string format, Func<string, UnitSize>? sizes = null)
{
    private static readonly string[] Usual = ["kg", "MJ", "m3", "m2", "m", "kBq", "h"];

    private readonly Dictionary<string, Entry> _names = new(StringComparer.Ordinal);

    /// <summary>A unit as exchanges name it.</summary>
    /// <param name="Id">Identifier of the unit.</param>
    /// <param name="Property">Identifier of the property that its group measures.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="Measure">What it measures.</param>
    public sealed record Entry(string Id, string Property, string Name, string Measure);

    /// <summary>The unit of a name.</summary>
    public Entry Of(string name)
    {
        if (_names.TryGetValue(name, out var known)) return known;
        var measure = Size(name).Measure;
        return _names[name] = new(NamedId.Of(format, "unit", measure, name),
            NamedId.Of(format, "property", measure), name, measure);
    }

    /// <summary>The groups of all units that were asked for.</summary>
    public IEnumerable<(LciUnitGroup Group, LciFlowProperty Property)> Groups()
    {
        foreach (var group in _names.Values.GroupBy(e => e.Measure, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var units = group.OrderBy(e => !Usual.Contains(e.Name)).ThenBy(e => e.Name.Length)
                .ThenBy(e => e.Name, StringComparer.Ordinal).ToList();
            var id = NamedId.Of(format, "group", group.Key);
            var title = units[0].Name;
            yield return (new LciUnitGroup
            {
                Id = id,
                Name = title,
                DefaultProperty = units[0].Property,
                Units = [.. units.Select(u => new LciUnit(u.Id, u.Name, Factor(u.Name, units[0].Name),
                    u == units[0], []))],
            }, new LciFlowProperty
            {
                Id = units[0].Property,
                Name = title,
                UnitGroup = id,
                IsEconomic = group.Key.Contains("cur:", StringComparison.Ordinal),
            });
        }
    }

    private double Factor(string name, string reference) => Size(name).Over(Size(reference)) ?? 1;

    private UnitSize Size(string name) => sizes?.Invoke(name) ?? UnitSize.Of(name);
}
