using System.Text.Json;
using Celadon.Lca.Model;
using Celadon.Packs;
using Celadon.Packs.Lci;
using Celadon.Store.Import.Lci.Shared;
using Celadon.Store.Import.Lci.Template;

namespace Celadon.Store.Export.Lci;

/// <summary>The rows of a database in the sheets of our own template.</summary>
internal sealed class TemplateRows
{
    private readonly LciDatabase _database;
    private readonly LciNotHeld _notes;
    private readonly LciLookup _lookup;
    private readonly Dictionary<string, string> _units = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _currencies;
    private readonly ILookup<string, string> _methods;
    private readonly Dictionary<string, string> _named;

    /// <summary>Gives every unit a name of its own.</summary>
    public TemplateRows(LciDatabase database, LciNotHeld notes)
    {
        (_database, _notes, _lookup) = (database, notes, new LciLookup(database));
        _currencies = database.Currencies.DistinctBy(c => c.Id).ToDictionary(c => c.Id,
            c => c.Code.Length > 0 ? c.Code : c.Name, StringComparer.Ordinal);
        // By name, which people read, where nothing else has it and it can stand in a list.
        var names = database.Methods.ToLookup(m => m.Name, StringComparer.Ordinal);
        _named = database.Methods.DistinctBy(m => m.Id).ToDictionary(m => m.Id,
            m => names[m.Name].Count() == 1 && m.Name.Length > 0 && m.Name.Trim() == m.Name
                && !m.Name.Contains('|', StringComparison.Ordinal) ? m.Name : m.Id, StringComparer.Ordinal);
        _methods = database.Methods.SelectMany(m => m.Categories.Select(c => (c, _named[m.Id])))
            .ToLookup(x => x.c, x => x.Item2, StringComparer.Ordinal);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var group in database.UnitGroups)
            foreach (var unit in group.Units)
            {
                var name = unit.Name.Trim();
                if (!taken.Add(name))
                {
                    name = $"{name} [{group.Name}]";
                    for (var i = 2; !taken.Add(name); i++) name = $"{unit.Name.Trim()} [{group.Name} {i}]";
                    notes.Add("units of one name");
                }
                _units.TryAdd(unit.Id, name);
            }
    }

    /// <summary>All sheets with their rows.</summary>
    public List<(string Sheet, List<object[]> Rows)> All()
    {
        _notes.Add("documents", _database.Documents.Length);
        _notes.Add("product systems", _database.Systems.Length);
        _notes.Add("currencies.factor", _database.Currencies.Count(c => c.Factor != 1));
        _notes.Add("locations.name and coordinates", _database.Locations.Count(l => l.Latitude is not null
            || (l.Code.Length > 0 && l.Name != l.Code)));
        foreach (var beside in _database.UnitGroups
            .SelectMany(g => g.Units.Select(u => u.Extra).Append(g.Extra))
            .Concat(_database.FlowProperties.Select(p => p.Extra))
            .Concat(_database.Currencies.Select(c => c.Extra))
            .Concat(_database.Locations.Select(l => l.Extra)))
            _notes.Add("description", Description(beside).Length > 0 ? 1 : 0);
        return
        [
            ("units", Units()),
            ("flows", [.. _database.Flows.Select(Flow)]),
            ("processes", [.. _database.Processes.Select(p => (object[])[p.Id, p.Name, p.Category,
                Place(p.Location), p.IsResult ? "result" : "unit",
                p.Allocation is { } rule ? Vocabulary.Word(rule) : "", Description(p.Extra)])]),
            ("exchanges", [.. _database.Processes.SelectMany(p => p.Exchanges.Select(e => Exchange(p, e)))]),
            ("allocation", [.. _database.Processes.SelectMany(p => p.AllocationFactors.Select(f => (object[])
                [p.Id, Vocabulary.Word(f.Rule), f.Product, Whole(f.Exchange), f.Value, f.Formula]))]),
            ("parameters", [.. _database.Parameters.Select(p => Parameter("", p)),
                .. _database.Processes.SelectMany(o => o.Parameters.Select(p => Parameter(o.Id, p))),
                .. _database.Categories.SelectMany(o => o.Parameters.Select(p => Parameter(o.Id, p)))]),
            ("categories", [.. _database.Categories.Select(c => (object[])[c.Id, c.Name, c.Category, c.Unit,
                Vocabulary.Word(c.Direction), string.Join('|', _methods[c.Id]), Description(c.Extra)])]),
            ("factors", [.. _database.Categories.SelectMany(c => c.Factors.Select(f => Factor(c, f)))]),
            ("methods", [.. _database.Methods.Select(Method)]),
            ("damages", [.. _database.Methods.SelectMany(m => m.Damages.SelectMany(d => Damage(m, d)))]),
            ("weighting", [.. _database.Methods.SelectMany(m => m.Weightings.SelectMany(w => Set(m, w)))]),
        ];
    }

    private List<object[]> Units() =>
    [
        .. _database.UnitGroups.SelectMany(g => g.Units.Select(u => u.IsReference
            ? [_units[u.Id], "", "", ""]
            : Unit(_units[u.Id], u.Factor, _units[g.Units.First(r => r.IsReference).Id]))),
    ];

    /// <summary>A unit by another; said where its size is not what its name means.</summary>
    private static object[] Unit(string name, double factor, string of) => [name, factor, of,
        TemplateUnits.Off(name, UnitSize.Of(of).Times(factor)) is null ? "" : "yes"];

    private object[] Flow(LciFlow flow)
    {
        var also = new List<string>();
        var measures = new HashSet<string>(StringComparer.Ordinal);
        foreach (var factor in flow.Properties)
        {
            var group = GroupOf(factor.Property);
            if (!measures.Add(group?.Id ?? "")) _notes.Add("flows.second property of one measure");
            else if (measures.Count > 1)
                also.Add($"{Doubles.Write(factor.Factor)} {Reference(group)}");
        }
        return [flow.Id, flow.Name, Vocabulary.Word(flow.Kind), Reference(GroupOf(First(flow))),
            string.Join('|', also), flow.Category, flow.Cas, flow.Formula, Place(flow.Location),
            string.Join('|', flow.Synonyms), Description(flow.Extra)];
    }

    private object[] Exchange(LciProcess p, LciExchange e)
    {
        var (factor, unit) = Measured(e.Flow, e.Unit, e.Property);
        return [p.Id, Whole(e.Id), e.Flow, e.IsInput ? "input" : "output", Scaled(e.Amount, factor), unit,
            e.Id == p.Reference ? "yes" : "", e.IsAvoided ? "yes" : "", e.Provider,
            Scaled(e.Formula, factor), .. Spread(factor == 1 ? e.Uncertainty : e.Uncertainty.Times(factor)),
            Place(e.Location), e.Cost is { } cost ? cost : "", _currencies.GetValueOrDefault(e.Currency, ""),
            e.DataQuality, e.BaseUncertainty is { } basic ? basic : "", Description(e.Extra)];
    }

    private object[] Factor(LciImpactCategory c, LciImpactFactor f)
    {
        var (factor, unit) = Measured(f.Flow, f.Unit, f.Property);
        var per = 1 / factor;
        return [c.Id, f.Flow, Scaled(f.Value, per), unit, Scaled(f.Formula, per), Place(f.Location),
            .. Spread(factor == 1 ? f.Uncertainty : f.Uncertainty.Times(per))];
    }

    private object[] Method(LciMethod m)
    {
        var beside = Beside(m.Extra, "description", "version");
        return [m.Id, m.Name, m.Category, beside["version"], beside["description"]];
    }

    /// <summary>A row a factor; one without a category where there is none.</summary>
    private IEnumerable<object[]> Damage(LciMethod m, LciDamage d) => d.Factors.IsEmpty
        ? [[_named[m.Id], d.Id, d.Name, d.Unit, "", ""]]
        : d.Factors.Select(f => (object[])[_named[m.Id], d.Id, d.Name, d.Unit, f.Category, f.Factor]);

    private IEnumerable<object[]> Set(LciMethod m, LciWeighting w) => w.Factors.IsEmpty
        ? [[_named[m.Id], w.Id, w.Name, w.Unit, "", "", ""]]
        : w.Factors.Select(f => (object[])[_named[m.Id], w.Id, w.Name, w.Unit, f.Category,
            f.Normalisation is { } normal ? normal : "", f.Weight is { } weight ? weight : ""]);

    private object[] Parameter(string owner, LciParameter p) =>
        [owner, p.Name, p.Value, p.Formula, .. Spread(p.Uncertainty), Description(p.Extra)];

    /// <summary>
    /// The unit of an amount, and what to multiply it with: 1, but for a second property of one measure,
    /// whose amounts are written in the flow's first.
    /// </summary>
    private (double Factor, string Unit) Measured(string id, string unit, string property)
    {
        var flow = _lookup.Flows[id];
        var group = GroupOf(property)?.Id;
        var first = flow.Properties.First(p => GroupOf(p.Property)?.Id == group).Property;
        if (first == property) return (1, _units[unit]);
        return (_lookup.ToReference(flow, unit, property)!.Value, Reference(GroupOf(First(flow))));
    }

    private static double Scaled(double amount, double factor) => factor == 1 ? amount : amount * factor;

    private static string Scaled(string formula, double factor) => factor == 1 || formula.Length == 0
        ? formula : $"({formula})*{Doubles.Write(factor)}";

    private static string First(LciFlow flow) => flow.Properties is [var first, ..] ? first.Property : "";

    private LciUnitGroup? GroupOf(string property) =>
        _lookup.Properties.TryGetValue(property, out var found)
            ? _lookup.Groups.GetValueOrDefault(found.UnitGroup) : null;

    private string Reference(LciUnitGroup? group) =>
        group?.Units.FirstOrDefault(u => u.IsReference) is { } unit ? _units[unit.Id] : "";

    private string Place(string id) => _lookup.Locations.TryGetValue(id, out var place)
        ? place.Code.Length > 0 ? place.Code : place.Name : "";

    private static object Whole(int? number) => number is { } value ? (double)value : "";

    private static object[] Spread(Uncertainty u) => !u.IsUncertain ? ["", "", "", ""]
        : [Vocabulary.Word(u.Kind), u.A, u.B, u.C == 0 ? "" : u.C];

    /// <summary>The description among what stands beside the model; the rest is named.</summary>
    private string Description(string extra) => Beside(extra, "description")["description"];

    /// <summary>Texts among what stands beside the model; the rest is named.</summary>
    private Dictionary<string, string> Beside(string extra, params string[] wanted)
    {
        var found = wanted.ToDictionary(w => w, _ => "", StringComparer.Ordinal);
        if (extra.Length == 0) return found;
        try
        {
            using var json = JsonDocument.Parse(extra);
            foreach (var property in json.RootElement.EnumerateObject())
            {
                if (property.Value.ValueKind == JsonValueKind.String && found.ContainsKey(property.Name))
                    found[property.Name] = property.Value.GetString()!;
                else _notes.Add(property.Name);
            }
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            _notes.Add("extra");
        }
        return found;
    }
}
