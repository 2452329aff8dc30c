using Celadon.Packs.Lci;
using Celadon.Store.Import.Lci.Shared;
using Celadon.Text;

namespace Celadon.Store.Import.Lci.Template;

/// <summary>
/// The units of a template: those that are known by name, and those that the sheet of units defines by
/// others. Units that convert into one another make a group; its reference is the usual one of its kind.
/// </summary>
internal sealed class TemplateUnits
{
    /// <summary>How far a defined unit may be from what its name means: tables are rounded.</summary>
    private const double Tolerance = 0.01;

    private static readonly string[] Usual = ["kg", "MJ", "m3", "m2", "m", "kBq", "h"];

    private readonly Dictionary<string, (string Of, double Amount, TemplateRow Row)> _defined =
        new(StringComparer.Ordinal);
    private readonly Dictionary<string, UnitSize> _sizes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (LciUnit Unit, string Property)> _made = new(StringComparer.Ordinal);
    private readonly List<(LciUnitGroup Group, LciFlowProperty Property)> _groups = [];

    /// <summary>Groups and properties, once they are made.</summary>
    public IReadOnlyList<(LciUnitGroup Group, LciFlowProperty Property)> Groups => _groups;

    /// <summary>Takes a row of the sheet of units.</summary>
    public void Define(TemplateRow row)
    {
        var name = row.Filled("unit");
        var of = row.Text("of");
        if (of.Length == 0 || of == name)
        {
            if (row.Number("amount") is not (null or 1)) throw row.Wrong("amount");
            _defined.TryAdd(name, (name, 1, row));
            return;
        }
        var amount = row.Required("amount");
        if (amount <= 0) throw row.Wrong("amount");
        if (!_defined.TryAdd(name, (of, amount, row)))
            throw new UnusableException(row.Say("lci.template.unitTwice", Severity.Error, "unit",
                ("unit", LciNotes.Shown(name))));
    }

    /// <summary>Notes that a unit is used.</summary>
    public void Use(string name)
    {
        if (name.Length > 0) _sizes.TryAdd(name, UnitSize.Of(name));
    }

    /// <summary>Makes the groups of all units that are defined or used.</summary>
    public void Make(LciNotes notes)
    {
        foreach (var (name, (_, _, row)) in _defined.ToList())
        {
            try
            {
                _sizes[name] = Size(name, []);
            }
            catch (UnusableException problem)
            {
                notes.Say(problem.Finding);
                _sizes[name] = UnitSize.Of(name);
            }
        }
        foreach (var group in _sizes.GroupBy(s => s.Value.Measure, StringComparer.Ordinal)
            .Select(g => g.OrderBy(s => !Usual.Contains(s.Key)).ThenBy(s => s.Key.Length)
                .ThenBy(s => s.Key, StringComparer.Ordinal).ToList())
            .OrderBy(g => g[0].Key, StringComparer.Ordinal)) Make(group);
    }

    private void Make(List<KeyValuePair<string, UnitSize>> units)
    {
        var (name, reference) = units[0];
        var group = NamedId.Of("template", "group", name);
        var property = NamedId.Of("template", "property", name);
        foreach (var (unit, size) in units)
            _made[unit] = (new LciUnit(NamedId.Of("template", "unit", unit), unit,
                size.Over(reference)!.Value, unit == name, []), property);
        _groups.Add((new LciUnitGroup
        {
            Id = group,
            Name = name,
            DefaultProperty = property,
            Units = [.. units.Select(u => _made[u.Key].Unit)],
        }, new LciFlowProperty
        {
            Id = property,
            Name = name,
            UnitGroup = group,
            IsEconomic = reference.Measure.Contains("cur:", StringComparison.Ordinal),
        }));
    }

    /// <summary>A unit of a cell with the property that it measures.</summary>
    public (LciUnit Unit, string Property) Of(string name) => _made[name];

    /// <summary>
    /// What a unit of a known name is over the size that is stated for it, where that is not what the name
    /// means; else null.
    /// </summary>
    public static double? Off(string name, UnitSize stated) => UnitSize.Of(name).Over(stated) is { } ratio
        && Math.Abs(ratio - 1) > Tolerance ? ratio : null;

    private UnitSize Size(string name, HashSet<string> above)
    {
        if (!_defined.TryGetValue(name, out var defined) || defined.Of == name) return UnitSize.Of(name);
        if (!above.Add(name))
            throw new UnusableException(defined.Row.Say("lci.template.cycle", Severity.Error, "of",
                ("unit", LciNotes.Shown(name))));
        var size = Size(defined.Of, above).Times(defined.Amount);
        // Databases carry units that are off from what their name means; who says so is believed.
        if (Off(name, size) is { } ratio && !defined.Row.Flag("differs"))
            throw new UnusableException(defined.Row.Say("lci.unitDiffers", Severity.Error, "amount",
                ("unit", LciNotes.Shown(name)), ("factor", Doubles.Write(ratio))));
        return size;
    }
}
