using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Celadon.Lca.Modelling;
using Celadon.Packs.Lci;
using Celadon.Store.Import.Lci.Shared;
using Celadon.Text;

namespace Celadon.Store.Import.Lci.Template;

/// <summary>Puts a database together from the sheets of the template.</summary>
internal sealed class TemplateParts(IReadOnlyDictionary<string, TemplateTable> tables, LciNotes notes)
{
    private readonly TemplateUnits _units = new();
    private readonly Dictionary<string, LciLocation> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LciCurrency> _currencies = new(StringComparer.Ordinal);
    private readonly TemplateNames<LciFlow> _flows = new("flow");
    private readonly TemplateNames<LciProcess> _processes = new("process");
    private readonly TemplateNames<LciImpactCategory> _categories = new("category");
    private readonly HashSet<string> _faulty = new(StringComparer.Ordinal);
    private TemplateMethods? _methods;
    private LciLookup? _lookup;

    private TemplateMethods Methods => _methods ??= new(_categories);

    /// <summary>
    /// False once a unit or a parameter of the whole has an error: nothing that uses it can be told then.
    /// </summary>
    public bool IsWhole { get; private set; } = true;

    /// <summary>The database; what could not be placed is among the notes.</summary>
    public LciDatabase Build(string name)
    {
        Each("units", _units.Define);
        foreach (var sheet in (string[])["flows", "exchanges", "factors"])
            Each(sheet, row => _units.Use(row.Text("unit")));
        Each("flows", row =>
        {
            foreach (var also in row.List("also")) _units.Use(Also(row, also).Unit);
        });
        var errors = notes.HasErrors;
        _units.Make(notes);
        IsWhole &= notes.HasErrors == errors;
        Each("flows", row => _flows.Add(row, Flow(row)));
        _lookup = new LciLookup(new LciDatabase
        {
            Name = name,
            UnitGroups = [.. _units.Groups.Select(g => g.Group)],
            FlowProperties = [.. _units.Groups.Select(g => g.Property)],
            Flows = [.. _flows.All],
        });
        Each("processes", row => _processes.Add(row, Process(row)));
        Each("methods", Methods.Take);
        Each("categories", row => _categories.Add(row, Category(row)));
        var exchanges = new TemplateExchanges(_lookup, _units, _flows, _processes, Place, Currency, notes,
            _faulty);
        Each("exchanges", exchanges.Take);
        Each("allocation", exchanges.TakeShare);
        var parameters = Parameters();
        var factors = Factors();
        Each("damages", Methods.TakeDamage);
        Each("weighting", Methods.TakeWeighting);
        var made = _lookup.Database with
        {
            Flows = [.. _flows.All.Where(f => !IsFaulty(f))],
            Currencies = [.. _currencies.Values],
            Processes = [.. exchanges.Processes(parameters).Where(p => !IsFaulty(p))],
            Categories = [.. _categories.All.Where(c => !IsFaulty(c)).Select(c => c with
            {
                Factors = [.. factors[c.Id]],
                Parameters = [.. parameters[c.Id].Select(p => p.Parameter)],
            })],
            Methods = Methods.All(),
            Parameters = [.. parameters[""].Select(p => p.Parameter)],
            Locations = [.. _places.Values],
        };
        exchanges.CheckFormulas(made);
        return made;
    }

    private void Each(string sheet, Action<TemplateRow> take)
    {
        if (!tables.TryGetValue(sheet, out var table)) return;
        foreach (var row in table.Rows)
        {
            try
            {
                take(row);
            }
            catch (UnusableException problem)
            {
                notes.Say(problem.Finding);
                Fault(sheet, row);
            }
        }
    }

    /// <summary>What a row belongs to is left out with it.</summary>
    private void Fault(string sheet, TemplateRow row)
    {
        if (sheet is "methods" or "damages" or "weighting")
        {
            Methods.Fault(row.Text(sheet == "methods" ? "name" : "method"));
            return;
        }
        var owner = sheet switch
        {
            "exchanges" or "allocation" => row.Text("process"),
            "factors" => row.Text("category"),
            "parameters" => row.Text("owner"),
            // Of two of one name none is chosen.
            "processes" or "categories" or "flows" => row.Text("name"),
            _ => "",
        };
        // What belongs to nothing that is here may be missing anywhere.
        if (sheet is "exchanges" or "allocation" or "factors" or "parameters" && owner.Length > 0
            && !_faulty.Contains(owner) && !_processes.Has(owner) && !_categories.Has(owner)) IsWhole = false;
        if (owner.Length > 0) _faulty.Add(owner);
        else if (sheet is "units" or "parameters") IsWhole = false;
    }

    private bool IsFaulty(LciEntity thing) => _faulty.Contains(thing.Id) || _faulty.Contains(thing.Name);

    private LciFlow Flow(TemplateRow row)
    {
        var name = row.Filled("name");
        var (unit, property) = _units.Of(row.Filled("unit"));
        var properties = ImmutableArray.CreateBuilder<LciPropertyFactor>();
        properties.Add(new(property, 1));
        foreach (var text in row.List("also"))
        {
            var (amount, other) = Also(row, text);
            var (measured, second) = _units.Of(other);
            if (properties.Any(p => p.Property == second)) throw row.Wrong("also");
            properties.Add(new(second, amount * measured.Factor / unit.Factor));
        }
        return new LciFlow
        {
            Id = row.Text("id") is { Length: > 0 } id ? id
                : NamedId.Of("template", "flow", name, row.Text("category")),
            Name = name,
            Category = row.Text("category"),
            Kind = row.Word("kind", (FlowKind?)FlowKind.Product),
            Properties = properties.ToImmutable(),
            Cas = row.Text("cas"),
            Formula = row.Text("formula"),
            Location = Place(row),
            Synonyms = [.. row.List("synonyms")],
            Extra = Description(row),
        };
    }

    /// <summary>"0.72 kg": what one unit of the flow is in another measure.</summary>
    private static (double Amount, string Unit) Also(TemplateRow row, string text)
    {
        var at = text.IndexOf(' ', StringComparison.Ordinal);
        return at > 0 && Doubles.Parse(text.AsSpan(0, at)) is > 0 and var amount
            ? (amount, text[(at + 1)..].Trim()) : throw row.Wrong("also");
    }

    private LciProcess Process(TemplateRow row)
    {
        var (name, place) = (row.Filled("name"), row.Text("location"));
        var kind = row.Text("kind").ToUpperInvariant();
        return new LciProcess
        {
            Id = row.Text("id") is { Length: > 0 } id ? id : NamedId.Of("template", "process", name, place),
            Name = name,
            Category = row.Text("category"),
            Location = Place(row),
            IsResult = kind is "RESULT" || (kind is "" or "UNIT" ? false : throw row.Wrong("kind")),
            Allocation = row.Text("allocation").Length == 0 ? null : row.Word<AllocationRule>("allocation"),
            Exchanges = [],
            Extra = Description(row),
        };
    }

    private LciImpactCategory Category(TemplateRow row)
    {
        var name = row.Filled("name");
        var id = row.Text("id") is { Length: > 0 } own ? own
            : NamedId.Of("template", "category", name, row.Text("methods"));
        foreach (var method in row.List("methods")) Methods.Join(row, method, id);
        return new LciImpactCategory
        {
            Id = id,
            Name = name,
            Category = row.Text("category"),
            Unit = row.Text("unit"),
            Direction = row.Word("direction", (Direction?)Direction.None),
            Factors = [],
            Extra = Description(row),
        };
    }

    private ILookup<string, LciImpactFactor> Factors()
    {
        var factors = new List<(string Category, LciImpactFactor Factor)>();
        var books = new Dictionary<string, FactorBook>(StringComparer.Ordinal);
        Each("factors", row =>
        {
            var category = _categories.Find(row, "category");
            var (flow, unit, property) = TemplateExchanges.Measured(row, _flows.Find(row, "flow"), _lookup!,
                _units);
            var value = row.Required("value");
            var factor = new LciImpactFactor(flow.Id, unit, property, value, row.Text("formula"), Place(row),
                row.Spread(value));
            if (!books.TryGetValue(category.Id, out var book)) books[category.Id] = book = new(_lookup!);
            if (!book.Enter(factor))
                throw new UnusableException(row.Say("lci.factorTwice", Severity.Error, "flow",
                    ("flow", LciNotes.Shown(flow.Name))));
            factors.Add((category.Id, factor));
        });
        return factors.ToLookup(f => f.Category, f => f.Factor, StringComparer.Ordinal);
    }

    /// <summary>Parameters by the process or category that owns them; by "" for the database's.</summary>
    private ILookup<string, (LciParameter Parameter, TemplateRow Row)> Parameters()
    {
        var all = new List<(string Owner, LciParameter Parameter, TemplateRow Row)>();
        var seen = new HashSet<(string, string)>();
        Each("parameters", row =>
        {
            var owner = row.Text("owner").Length == 0 ? ""
                : _processes.Has(row.Text("owner")) ? _processes.Find(row, "owner").Id
                : _categories.Find(row, "owner").Id;
            var (name, formula) = (row.Filled("name"), row.Text("formula"));
            if (!FormulaBook.IsName(name)) throw row.Wrong("name");
            if (!seen.Add((owner, name.ToUpperInvariant())))
                throw new UnusableException(Finding.Of("lci.duplicate", Severity.Error,
                    row.Say("lci.duplicate", Severity.Error, "name").Place, ("id", name), ("name", owner)));
            var value = formula.Length > 0 ? row.Number("value") ?? 0 : row.Required("value");
            all.Add((owner, new(NamedId.Of("template", "parameter", owner, name), name, value, formula,
                row.Spread(value), Description(row)), row));
        });
        return all.ToLookup(p => p.Owner, p => (p.Parameter, p.Row), StringComparer.Ordinal);
    }

    private string Place(TemplateRow row)
    {
        var code = row.Text("location");
        if (code.Length == 0) return "";
        var id = NamedId.Of("template", "place", code);
        _places.TryAdd(code, new LciLocation { Id = id, Name = code, Code = code });
        return id;
    }

    private string Currency(string code)
    {
        if (code.Length == 0) return "";
        var id = NamedId.Of("template", "currency", code);
        _currencies.TryAdd(code, new LciCurrency { Id = id, Name = code, Code = code });
        return id;
    }

    /// <summary>The description of a row as what stands beside the model.</summary>
    public static string Description(TemplateRow row) =>
        new JsonObject().With("description", row.Text("description")).Written();
}

/// <summary>Things that rows name by identifier, or by name where only one has it.</summary>
internal sealed class TemplateNames<T>(string what) where T : LciEntity
{
    private readonly Dictionary<string, T> _ids = new(StringComparer.Ordinal);

    /// <summary>By name, however its accents are written.</summary>
    private readonly Dictionary<string, T?> _names = new(StringComparer.Ordinal);
    private readonly List<T> _all = [];

    /// <summary>All of them, in the order of their rows.</summary>
    public IReadOnlyList<T> All => _all;

    /// <summary>Adds one; a second of the same identifier is refused.</summary>
    public void Add(TemplateRow row, T thing)
    {
        if (!_ids.TryAdd(thing.Id, thing))
            throw new UnusableException(Finding.Of("lci.duplicate", Severity.Error,
                row.Say("lci.duplicate", Severity.Error, "name").Place, ("id", LciNotes.Shown(thing.Id)),
                ("name", LciNotes.Shown(thing.Name))));
        _all.Add(thing);
        var name = NamedId.Same(thing.Name);
        _names[name] = _names.ContainsKey(name) ? null : thing;
    }

    /// <summary>True where something has that identifier or name.</summary>
    public bool Has(string text) => _ids.ContainsKey(text)
        || _names.ContainsKey(NamedId.Same(text));

    /// <summary>What a cell names; null when nothing does, or more than one.</summary>
    public T? Named(string text) => _ids.GetValueOrDefault(text)
        ?? _names.GetValueOrDefault(NamedId.Same(text));

    /// <summary>What a cell names.</summary>
    /// <exception cref="UnusableException">Nothing has that name, or several have.</exception>
    public T Find(TemplateRow row, string column)
    {
        var text = row.Filled(column);
        if (Named(text) is { } found) return found;
        throw new UnusableException(row.Say(Has(text) ? "lci.template.several" : "lci.dangling",
            Severity.Error, column, ("what", what), ("id", LciNotes.Shown(text))));
    }
}
