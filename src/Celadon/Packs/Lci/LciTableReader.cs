using System.Collections.Immutable;
using System.Globalization;
using Celadon.Lca.Model;
using Celadon.Lca.Modelling;
using Celadon.Text;

namespace Celadon.Packs.Lci;

/// <summary>
/// Puts a database together from its tables. Rows of parts name the thing they belong to, which must be
/// there; of two things with one identifier neither is chosen, the pack is refused.
/// </summary>
internal sealed class LciTableReader(string name)
{
    private readonly Parts<LciUnitGroup> _groups = new();
    private readonly Parts<LciFlowProperty> _properties = new();
    private readonly Parts<LciCurrency> _currencies = new();
    private readonly Parts<LciLocation> _locations = new();
    private readonly Parts<LciFlow> _flows = new();
    private readonly Parts<LciProcess> _processes = new();
    private readonly Parts<LciImpactCategory> _categories = new();
    private readonly Parts<LciMethod> _methods = new();
    private readonly Parts<LciProductSystem> _systems = new();
    private readonly Owned<LciUnit> _units = new();
    private readonly Owned<LciPropertyFactor> _propertyFactors = new();
    private readonly Owned<LciExchange> _exchanges = new();
    private readonly Owned<LciAllocationFactor> _allocation = new();
    private readonly Owned<LciParameter> _parameters = new();
    private readonly Owned<LciImpactFactor> _factors = new();
    private readonly Owned<(LciDamage Damage, LciDamageFactor Factor)> _damages = new();
    private readonly Owned<(LciWeighting Set, LciWeightingFactor Factor)> _weighting = new();
    private readonly Owned<LciLink> _links = new();
    private readonly List<LciDocument> _documents = [];

    /// <summary>Takes the rows of one table.</summary>
    /// <exception cref="RefusedException">With the first row that does not fit.</exception>
    public void Take(string kind, TableReader table)
    {
        table.Read(row =>
        {
            Row(kind, row);
            return 0;
        });
        if (table.Findings is [var first, ..]) throw new RefusedException(first);
    }

    private void Row(string kind, TableReader row)
    {
        switch (kind)
        {
            case "lci-unit-groups": _groups.Add(row, Group(row)); break;
            case "lci-units": _units.Add(row, "group", Unit(row)); break;
            case "lci-flow-properties": _properties.Add(row, Property(row)); break;
            case "lci-currencies": _currencies.Add(row, Currency(row)); break;
            case "lci-locations": _locations.Add(row, Location(row)); break;
            case "lci-flows": _flows.Add(row, Flow(row)); break;
            case "lci-flow-property-factors":
                _propertyFactors.Add(row, "flow", new(row.Filled("property"), Required(row, "factor")));
                break;
            case "lci-processes": _processes.Add(row, Process(row)); break;
            case "lci-exchanges": _exchanges.Add(row, "process", Exchange(row)); break;
            case "lci-allocation": _allocation.Add(row, "process", Allocation(row)); break;
            case "lci-parameters": _parameters.Add(row, "owner", Parameter(row)); break;
            case "lci-categories": _categories.Add(row, Category(row)); break;
            case "lci-factors": _factors.Add(row, "category", Factor(row)); break;
            case "lci-methods": _methods.Add(row, Method(row)); break;
            case "lci-damages": _damages.Add(row, "method", Damage(row)); break;
            case "lci-weighting": _weighting.Add(row, "method", Weighting(row)); break;
            case "lci-systems": _systems.Add(row, System(row)); break;
            case "lci-links": _links.Add(row, "system", Link(row)); break;
            case "lci-documents":
                _documents.Add(new(row.Filled("kind"), row.Filled("id"), row.Text("name"),
                    row.Text("json")));
                break;
            default: throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of table.");
        }
    }

    /// <summary>The database.</summary>
    /// <exception cref="RefusedException">A row belongs to a thing that is not there.</exception>
    public LciDatabase Build()
    {
        _units.Check(_groups.Has);
        _propertyFactors.Check(_flows.Has);
        _exchanges.Check(_processes.Has);
        _allocation.Check(_processes.Has);
        _parameters.Check(id => id.Length == 0 || _processes.Has(id) || _categories.Has(id));
        _factors.Check(_categories.Has);
        _damages.Check(_methods.Has);
        _weighting.Check(_methods.Has);
        _links.Check(_systems.Has);
        return new LciDatabase
        {
            Name = name,
            UnitGroups = [.. _groups.All.Select(g => g with { Units = _units.Of(g.Id) })],
            FlowProperties = [.. _properties.All],
            Currencies = [.. _currencies.All],
            Locations = [.. _locations.All],
            Flows = [.. _flows.All.Select(f => f with { Properties = _propertyFactors.Of(f.Id) })],
            Processes = [.. _processes.All.Select(p => p with
            {
                Exchanges = _exchanges.Of(p.Id),
                AllocationFactors = _allocation.Of(p.Id),
                Parameters = _parameters.Of(p.Id),
            })],
            Categories = [.. _categories.All.Select(c => c with
            {
                Factors = _factors.Of(c.Id),
                Parameters = _parameters.Of(c.Id),
            })],
            Methods = [.. _methods.All.Select(m => m with
            {
                Damages = Damages(_damages.Of(m.Id)),
                Weightings = Sets(_weighting.Of(m.Id)),
            })],
            Parameters = _parameters.Of(""),
            Systems = [.. _systems.All.Select(s => s with { Links = _links.Of(s.Id) })],
            Documents = [.. _documents],
        };
    }

    private static ImmutableArray<LciDamage> Damages(
        IEnumerable<(LciDamage Damage, LciDamageFactor Factor)> rows) =>
        [.. rows.GroupBy(r => r.Damage.Id, StringComparer.Ordinal).Select(g => g.First().Damage with
        {
            Factors = [.. g.Select(r => r.Factor).Where(f => f.Category.Length > 0)],
        })];

    private static ImmutableArray<LciWeighting> Sets(
        IEnumerable<(LciWeighting Set, LciWeightingFactor Factor)> rows) =>
        [.. rows.GroupBy(r => r.Set.Id, StringComparer.Ordinal).Select(g => g.First().Set with
        {
            Factors = [.. g.Select(r => r.Factor).Where(f => f.Category.Length > 0)],
        })];

    private static LciUnitGroup Group(TableReader row) => new()
    {
        Id = row.Filled("id"),
        Name = row.Text("name"),
        Category = row.Text("category"),
        DefaultProperty = row.Text("default_property"),
        Units = [],
        Extra = row.Text("extra"),
    };

    private static LciUnit Unit(TableReader row) => new(row.Filled("id"), row.Text("name"),
        Required(row, "factor"), Flag(row, "is_reference"), List(row, "synonyms"))
    { Extra = row.Text("extra") };

    private static LciFlowProperty Property(TableReader row) => new()
    {
        Id = row.Filled("id"),
        Name = row.Text("name"),
        Category = row.Text("category"),
        UnitGroup = row.Text("unit_group"),
        IsEconomic = Flag(row, "is_economic"),
        Extra = row.Text("extra"),
    };

    private static LciCurrency Currency(TableReader row) => new()
    {
        Id = row.Filled("id"),
        Name = row.Text("name"),
        Category = row.Text("category"),
        Code = row.Text("code"),
        Factor = Required(row, "factor"),
        Reference = row.Text("reference"),
        Extra = row.Text("extra"),
    };

    private static LciLocation Location(TableReader row) => new()
    {
        Id = row.Filled("id"),
        Name = row.Text("name"),
        Category = row.Text("category"),
        Code = row.Text("code"),
        Latitude = Number(row, "latitude"),
        Longitude = Number(row, "longitude"),
        Extra = row.Text("extra"),
    };

    private static LciFlow Flow(TableReader row) => new()
    {
        Id = row.Filled("id"),
        Name = row.Text("name"),
        Category = row.Text("category"),
        Kind = row.Word<FlowKind>("kind"),
        Properties = [],
        Cas = row.Text("cas"),
        Formula = row.Text("formula"),
        Location = row.Text("location"),
        Synonyms = List(row, "synonyms"),
        Extra = row.Text("extra"),
    };

    private static LciProcess Process(TableReader row) => new()
    {
        Id = row.Filled("id"),
        Name = row.Text("name"),
        Category = row.Text("category"),
        Location = row.Text("location"),
        IsResult = Flag(row, "is_result"),
        Reference = row.Whole("reference"),
        Allocation = row.OptionalWord<AllocationRule>("allocation"),
        Exchanges = [],
        Extra = row.Text("extra"),
    };

    private static LciExchange Exchange(TableReader row) => new()
    {
        Id = row.RequiredWhole("id"),
        Flow = row.Filled("flow"),
        Unit = row.Filled("unit"),
        Property = row.Filled("property"),
        Amount = Required(row, "amount"),
        IsInput = Flag(row, "is_input"),
        IsAvoided = Flag(row, "is_avoided"),
        Provider = row.Text("provider"),
        Formula = row.Text("formula"),
        Uncertainty = Spread(row),
        Location = row.Text("location"),
        Cost = Number(row, "cost"),
        Currency = row.Text("currency"),
        DataQuality = row.Text("data_quality"),
        BaseUncertainty = Number(row, "base_uncertainty"),
        Extra = row.Text("extra"),
    };

    private static LciAllocationFactor Allocation(TableReader row) => new(row.Word<AllocationRule>("rule"),
        row.Filled("product"), row.Whole("exchange"), Required(row, "value"), row.Text("formula"));

    private static LciParameter Parameter(TableReader row) => new(row.Text("id"), row.Filled("name"),
        Required(row, "value"), row.Text("formula"), Spread(row), row.Text("extra"));

    private static LciImpactCategory Category(TableReader row) => new()
    {
        Id = row.Filled("id"),
        Name = row.Text("name"),
        Category = row.Text("category"),
        Unit = row.Text("unit"),
        Direction = row.Word<Direction>("direction"),
        Factors = [],
        Extra = row.Text("extra"),
    };

    private static LciImpactFactor Factor(TableReader row) => new(row.Filled("flow"), row.Filled("unit"),
        row.Filled("property"), Required(row, "value"), row.Text("formula"), row.Text("location"),
        Spread(row));

    private static LciMethod Method(TableReader row) => new()
    {
        Id = row.Filled("id"),
        Name = row.Text("name"),
        Category = row.Text("category"),
        Categories = List(row, "categories"),
        Extra = row.Text("extra"),
    };

    private static (LciDamage, LciDamageFactor) Damage(TableReader row) => (
        new LciDamage(row.Filled("id"), row.Text("name"), row.Text("unit"), []),
        new LciDamageFactor(row.Text("category"), Required(row, "factor")));

    private static (LciWeighting, LciWeightingFactor) Weighting(TableReader row) => (
        new LciWeighting(row.Filled("id"), row.Text("name"), row.Text("unit"), []),
        new LciWeightingFactor(row.Text("category"), Number(row, "normalisation"), Number(row, "weight")));

    private static LciProductSystem System(TableReader row) => new()
    {
        Id = row.Filled("id"),
        Name = row.Text("name"),
        Category = row.Text("category"),
        Process = row.Filled("process"),
        Exchange = row.Whole("exchange"),
        Amount = Required(row, "amount"),
        Unit = row.Text("unit"),
        Property = row.Text("property"),
        Extra = row.Text("extra"),
    };

    private static LciLink Link(TableReader row) => new(row.Filled("process"), row.RequiredWhole("exchange"),
        row.Filled("provider"), row.Text("flow"));

    private static Uncertainty Spread(TableReader row)
    {
        if (row.OptionalWord<Distribution>("distribution") is not { } kind) return default;
        var spread = new Uncertainty(kind, Required(row, "a"), Required(row, "b"), Required(row, "c"));
        if (!spread.IsPossible) row.Wrong("distribution", "A, B, C");
        return spread;
    }

    private static bool Flag(TableReader row, string column) => row.OneOf(column, "yes", "no") == "yes";

    private static double Required(TableReader row, string column)
    {
        if (row.Text(column).Length == 0) row.Say("packs.empty", column);
        return Number(row, column) ?? 0;
    }

    private static double? Number(TableReader row, string column)
    {
        var text = row.Text(column);
        if (text.Length == 0) return null;
        if (double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint
            | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value)
            && double.IsFinite(value)) return value;
        row.Wrong(column, "1234.5");
        return null;
    }

    private static ImmutableArray<string> List(TableReader row, string column)
    {
        var text = row.Text(column);
        if (text.Length == 0) return [];
        var (items, item) = (ImmutableArray.CreateBuilder<string>(), new global::System.Text.StringBuilder());
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '|')
            {
                items.Add(item.ToString());
                item.Clear();
            }
            else item.Append(text[i] == '\\' && i + 1 < text.Length ? text[++i] : text[i]);
        }
        items.Add(item.ToString());
        return items.ToImmutable();
    }

    /// <summary>Things by identifier, in the order of their rows.</summary>
    private sealed class Parts<T> where T : LciEntity
    {
        private readonly Dictionary<string, int> _rows = new(StringComparer.Ordinal);

        public List<T> All { get; } = [];

        public bool Has(string id) => _rows.ContainsKey(id);

        public void Add(TableReader row, T item)
        {
            if (_rows.TryAdd(item.Id, row.Row)) All.Add(item);
            else row.Say("packs.duplicateId", "id", ("id", item.Id), ("first", _rows[item.Id]));
        }
    }

    /// <summary>Rows by what they belong to, with where its first stands.</summary>
    private sealed class Owned<T>
    {
        private readonly Dictionary<string, List<T>> _items = new(StringComparer.Ordinal);
        private readonly Dictionary<string, Func<Finding>> _first = new(StringComparer.Ordinal);

        public void Add(TableReader row, string column, T item)
        {
            var owner = row.Text(column);
            if (!_items.TryGetValue(owner, out var items))
            {
                _items[owner] = items = [];
                var number = row.Row;
                _first[owner] = () => Finding.Of("packs.cell", Severity.Error,
                    new Place(File: row.File, Row: number, Column: column), ("file", row.File),
                    ("row", number), ("column", column), ("value", owner), ("expected", "id"));
            }
            items.Add(item);
        }

        public void Check(Func<string, bool> has)
        {
            foreach (var owner in _items.Keys)
                if (!has(owner)) throw new RefusedException(_first[owner]());
        }

        public ImmutableArray<T> Of(string owner) => _items.TryGetValue(owner, out var items)
            ? [.. items] : [];
    }
}
