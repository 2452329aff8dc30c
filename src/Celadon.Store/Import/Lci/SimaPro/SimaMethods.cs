using System.Text.Json.Nodes;
using Celadon.Packs.Lci;
using Celadon.Store.Import.Lci.Shared;
using Celadon.Text;

namespace Celadon.Store.Import.Lci.SimaPro;

/// <summary>
/// Reads methods. A factor of a compartment without subcompartment holds for every subcompartment that has
/// none of its own, as the program applies it.
/// </summary>
internal sealed class SimaMethods(UnitBook units, SimaFlows flows, FlowBook book, LciNotes notes)
{
    private readonly List<(LciImpactCategory Category, List<Factor> Factors)> _categories = [];
    private readonly List<LciMethod> _methods = [];
    private readonly Dictionary<string, SimaBlock> _blocks = new(StringComparer.Ordinal);
    private readonly HashSet<string> _faulty = new(StringComparer.Ordinal);
    private int _count;

    private sealed record Factor(string Compartment, string Sub, string Name, UnitBook.Entry Unit,
        double Value, SimaRow Row);

    /// <summary>The methods.</summary>
    public IReadOnlyList<LciMethod> Methods => _methods;

    /// <summary>Takes a method.</summary>
    public void Take(SimaFile file, SimaBlock block)
    {
        var sections = block.Known(SimaText.Method);
        string Text(string heading) => sections.Find(s => s.Heading == heading)?.Text.Trim() ?? "";
        var name = Text("Name");
        if (name.Length == 0)
            throw new UnusableException(Finding.Of("formats.missing", Severity.Error,
                new Place(block.File, Row: block.Line), ("file", block.File), ("line", block.Line),
                ("what", "Name")));
        if (!_blocks.TryAdd(name, block)) throw Twice(name, block);
        var own = Categories(file, name, sections);
        var sets = new SimaSets(file, name, sections, own, notes);
        var damages = sets.Damages();
        if (Text("Use Addition") == "No") notes.NotCarried("Use Addition: No");
        _methods.Add(new LciMethod
        {
            Id = NamedId.Of("simapro", "method", name),
            Name = name,
            Category = Text("Category"),
            Categories = [.. own.Values],
            Damages = damages,
            Weightings = sets.Sets(damages, Text("Weighting unit")),
            Extra = new JsonObject().With("description", Text("Comment"))
                .With("version", Text("Version").Replace(' ', '.')).Written(),
        });
    }

    /// <summary>Of two methods of one name none is chosen.</summary>
    private UnusableException Twice(string name, SimaBlock block)
    {
        notes.Twice.UnionWith(_categories.Where(c => c.Category.Category == name).Select(c => c.Category.Id));
        return new UnusableException(Finding.Of("formats.duplicate", Severity.Error,
            new Place(block.File, Row: block.Line), ("file", block.File), ("id", LciNotes.Shown(name)),
            ("first", $"{_blocks[name].File}:{_blocks[name].Line}")));
    }

    /// <summary>The impact categories of a method by name, each followed by its substances.</summary>
    private Dictionary<string, string> Categories(SimaFile file, string name, List<SimaSection> sections)
    {
        var own = new Dictionary<string, string>(StringComparer.Ordinal);
        (string Id, List<Factor> Factors)? open = null;
        foreach (var section in sections)
        {
            if (section.Heading == "Impact category" && section.Rows is [var row, ..])
            {
                var id = NamedId.Of("simapro", "category", name, row.Name());
                if (!own.TryAdd(row[0], id)) throw row.Wrong("Impact category", row[0]);
                open = (id, []);
                _categories.Add((new LciImpactCategory { Id = id, Name = row[0], Category = name,
                    Unit = row[1], Factors = [] }, open.Value.Factors));
            }
            else if (section.Heading == "Substances" && open is null && section.Rows is [var first, ..])
                throw first.Wrong("Substances", first[2]);
            else if (section.Heading == "Substances" && open is var (category, factors))
                foreach (var substance in section.Rows) Substance(file, substance, category, factors);
        }
        return own;
    }

    /// <summary>
    /// One substance. A category with a factor that cannot be read is left out whole: it would score too low.
    /// </summary>
    private void Substance(SimaFile file, SimaRow row, string category, List<Factor> factors)
    {
        try
        {
            Substance(file, row, factors);
        }
        catch (UnusableException problem)
        {
            notes.Say(problem.Finding);
            _faulty.Add(category);
        }
    }

    /// <summary>compartment; subcompartment; name; CAS number; factor; unit.</summary>
    private void Substance(SimaFile file, SimaRow row, List<Factor> factors)
    {
        if (++_count > notes.Limits.Exchanges)
            throw new UnusableException(Finding.Of("formats.tooMany", Severity.Error, row.Place(),
                ("most", notes.Limits.Exchanges)));
        if (!SimaText.Short.TryGetValue(row[0], out var compartment)
            || file.Number(row[4]) is not { } value || row[5].Length == 0)
            throw new UnusableException(Finding.Of("formats.factor", Severity.Error, row.Place(),
                ("file", row.File), ("line", row.Line)));
        var unit = units.Of(row[5]);
        flows.Elementary(compartment, row[1], row.Name(2), unit, weight: 1);
        factors.Add(new(compartment, SimaText.Sub(row[1]), row[2], unit, value, row));
    }

    /// <summary>The categories, once every flow is known and settled.</summary>
    public IEnumerable<LciImpactCategory> Categories()
    {
        foreach (var (category, factors) in _categories)
        {
            var spread = _faulty.Contains(category.Id) ? null : Spread(factors);
            if (spread is not null) yield return category with { Factors = [.. spread] };
        }
    }

    /// <summary>The factors of a category over all subcompartments; null where one does not fit.</summary>
    private List<LciImpactFactor>? Spread(List<Factor> factors)
    {
        var (all, isSound) = (new List<LciImpactFactor>(), true);
        void Fault(Finding fault)
        {
            notes.Say(fault);
            isSound = false;
        }
        foreach (var substance in factors.GroupBy(f => (f.Compartment, f.Name)))
        {
            var own = substance.GroupBy(f => f.Sub).ToDictionary(g => g.Key, g => g.ToList(),
                StringComparer.Ordinal);
            foreach (var twice in own.Values.SelectMany(f => f.Where(o => o.Value != f[0].Value
                || o.Unit.Id != f[0].Unit.Id)))
                Fault(Finding.Of("formats.factor", Severity.Error, twice.Row.Place(),
                    ("file", twice.Row.File), ("line", twice.Row.Line)));
            foreach (var (sub, id) in flows.SubsOf(substance.Key.Compartment, substance.Key.Name))
            {
                if (!own.TryGetValue(sub, out var found) && !own.TryGetValue("", out found)) continue;
                var factor = found[0];
                if (book.Fault(id, factor.Unit.Property, factor.Row.Place(), factor.Unit.Name) is { } fault)
                    Fault(fault);
                else all.Add(new(id, factor.Unit.Id, factor.Unit.Property, factor.Value, "", "", default));
            }
        }
        return isSound ? all : null;
    }
}
