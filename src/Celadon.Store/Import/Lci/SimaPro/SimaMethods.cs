using Celadon.Lca.Modelling;
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
    private int _count;

    private sealed record Factor(string Compartment, string Sub, string Name, UnitBook.Entry Unit,
        double Value, SimaRow Row);

    /// <summary>The methods.</summary>
    public IReadOnlyList<LciMethod> Methods => _methods;

    /// <summary>Takes a method.</summary>
    public void Take(SimaFile file, SimaBlock block)
    {
        var sections = block.Sections(SimaText.Method);
        string Text(string heading) => sections.Find(s => s.Heading == heading)?.Text.Trim() ?? "";
        var name = Text("Name");
        if (name.Length == 0)
            throw new UnusableException(Finding.Of("formats.missing", Severity.Error,
                new Place(block.File, Row: block.Line), ("file", block.File), ("line", block.Line),
                ("what", "Name")));
        var own = new Dictionary<string, string>(StringComparer.Ordinal);
        List<Factor>? factors = null;
        foreach (var section in sections)
        {
            if (section.Heading == "Impact category" && section.Rows is [var row, ..])
            {
                var id = NamedId.Of("simapro", "category", name, row[0]);
                if (!own.TryAdd(row[0], id)) throw row.Wrong("Impact category", row[0]);
                _categories.Add((new LciImpactCategory { Id = id, Name = row[0], Category = name,
                    Unit = row[1], Factors = [] }, factors = []));
            }
            else if (section.Heading == "Substances" && factors is not null)
                foreach (var substance in section.Rows) Substance(file, substance, factors);
            else if (section.Heading == "Damage category") notes.NotCarried("Damage category");
        }
        _methods.Add(new LciMethod
        {
            Id = NamedId.Of("simapro", "method", name),
            Name = name,
            Category = Text("Category"),
            Categories = [.. own.Values],
            Weightings = [.. Sets(file, name, sections, own, Text("Weighting unit"))],
            Extra = SimaText.Described(Text("Comment")),
        });
    }

    /// <summary>compartment; subcompartment; name; CAS number; factor; unit.</summary>
    private void Substance(SimaFile file, SimaRow row, List<Factor> factors)
    {
        if (++_count > notes.Limits.Exchanges)
            throw new UnusableException(Finding.Of("formats.tooMany", Severity.Error, row.Place(),
                ("most", notes.Limits.Exchanges)));
        if (!SimaText.Short.TryGetValue(row[0], out var compartment)
            || file.Number(row[4]) is not { } value || row[5].Length == 0)
        {
            notes.Say(Finding.Of("formats.factor", Severity.Error, row.Place(), ("file", row.File),
                ("line", row.Line)));
            return;
        }
        var unit = units.Of(row[5]);
        flows.Elementary(compartment, row[1], row[2], unit, weight: 1);
        factors.Add(new(compartment, SimaText.Sub(row[1]), row[2], unit, value, row));
    }

    private IEnumerable<LciWeighting> Sets(SimaFile file, string method, List<SimaSection> sections,
        Dictionary<string, string> own, string unit)
    {
        for (var i = 0; i < sections.Count; i++)
        {
            if (sections[i].Heading != "Normalization-Weighting set") continue;
            var title = sections[i].Text.Trim();
            var parts = sections.Skip(i + 1).TakeWhile(s => s.Heading is "Normalization" or "Weighting")
                .ToList();
            Dictionary<string, double> Of(string heading) => parts.Where(p => p.Heading == heading)
                .SelectMany(p => p.Rows).DistinctBy(r => r[0]).Where(r => own.ContainsKey(r[0]))
                .ToDictionary(r => r[0], r => file.Number(r[1]) ?? throw r.Wrong(heading, r[1]),
                    StringComparer.Ordinal);
            var (normal, weight) = (Of("Normalization"), Of("Weighting"));
            notes.NotCarried(title, parts.Sum(p => p.Rows.Count(r => !own.ContainsKey(r[0]))));
            if (normal.Count + weight.Count == 0) continue;
            // The format states what to multiply with, the model what to divide by.
            yield return new LciWeighting(NamedId.Of("simapro", "set", method, title), title, unit,
                [.. own.Where(c => normal.ContainsKey(c.Key) || weight.ContainsKey(c.Key)).Select(c =>
                    new LciWeightingFactor(c.Value,
                        normal.TryGetValue(c.Key, out var n) && n != 0 ? 1 / n : null,
                        weight.TryGetValue(c.Key, out var w) ? w : null))]);
        }
    }

    /// <summary>The categories, once every flow is known and settled.</summary>
    public IEnumerable<LciImpactCategory> Categories() => _categories.Select(c => c.Category with
    {
        Factors = [.. Spread(c.Factors)],
    });

    private IEnumerable<LciImpactFactor> Spread(List<Factor> factors)
    {
        foreach (var substance in factors.GroupBy(f => (f.Compartment, f.Name)))
        {
            var own = substance.DistinctBy(f => f.Sub).ToDictionary(f => f.Sub, StringComparer.Ordinal);
            foreach (var (sub, id) in flows.SubsOf(substance.Key.Compartment, substance.Key.Name))
            {
                if (!own.TryGetValue(sub, out var factor) && !own.TryGetValue("", out factor)) continue;
                if (book.Fault(id, factor.Unit.Property, factor.Row.Place(), factor.Unit.Name) is { } fault)
                    notes.Say(fault);
                else
                    yield return new(id, factor.Unit.Id, factor.Unit.Property, factor.Value, "", "",
                        default);
            }
        }
    }
}
