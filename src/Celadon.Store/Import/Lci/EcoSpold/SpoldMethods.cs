using Celadon.Lca.Modelling;
using Celadon.Packs.Lci;
using Celadon.Store.Import.Lci.Shared;
using Celadon.Text;

namespace Celadon.Store.Import.Lci.EcoSpold;

/// <summary>
/// Reads impact methods of EcoSpold 2. A factor counts for the amount as it stands, on whichever side: the
/// format states no direction.
/// </summary>
internal sealed class SpoldMethods(UnitBook units, FlowBook flows, LciNotes notes)
{
    private readonly List<LciImpactCategory> _categories = [];
    private readonly List<LciMethod> _methods = [];
    private readonly Dictionary<(string Category, string Flow), Place> _places = [];
    private readonly Dictionary<string, Place> _taken = new(StringComparer.Ordinal);
    private int _factors;

    /// <summary>The categories, of settled flows; a factor in a unit of something else is left out.</summary>
    public IEnumerable<LciImpactCategory> Categories => _categories.DistinctBy(c => c.Id)
        .OrderBy(c => c.Id, StringComparer.Ordinal).Select(c => c with
        {
            Factors = [.. c.Factors.Where(f => IsSound(f, c))],
        });

    /// <summary>The methods.</summary>
    public IEnumerable<LciMethod> Methods =>
        _methods.DistinctBy(c => c.Id).OrderBy(c => c.Id, StringComparer.Ordinal);

    private bool IsSound(LciImpactFactor factor, LciImpactCategory category)
    {
        if (flows.Fault(factor.Flow, factor.Property, _places[(category.Id, factor.Flow)])
            is not { } fault) return true;
        notes.Say(fault);
        notes.Twice.Add(category.Id);
        return false;
    }

    /// <summary>Takes a method.</summary>
    public void Take(XmlItem method)
    {
        var id = method.Attribute("id");
        var title = method.TextIn("name");
        if (id.Length == 0) id = NamedId.Of("ecospold", "method", title);
        if (!_taken.TryAdd(id, method.Place))
        {
            // Of two methods of one identifier none is chosen.
            notes.Twice.UnionWith(_methods.Where(m => m.Id == id).SelectMany(m => m.Categories));
            throw new UnusableException(Finding.Of("formats.duplicate", Severity.Error, method.Place,
                ("file", method.File), ("id", LciNotes.Shown(title)),
                ("first", $"{_taken[id].File}:{_taken[id].Row}")));
        }
        var own = new List<string>();
        foreach (var category in method.All("category").Concat(method.All("impactCategory")))
            foreach (var indicator in category.All("indicator").Concat(category.All("impactIndicator")))
            {
                var (group, name) = (category.TextIn("name"), indicator.TextIn("name"));
                var key = NamedId.Of("ecospold", "category", id, category.Attribute("id"), group,
                    indicator.Attribute("id"), name);
                own.Add(key);
                _categories.Add(new LciImpactCategory
                {
                    Id = key,
                    Name = string.Join(" - ", new[] { group, name }.Where(n => n.Length > 0)),
                    Category = title,
                    Unit = indicator.TextIn("unitName"),
                    Direction = Direction.None,
                    Factors = [.. Factors(indicator, key)],
                });
            }
        _methods.Add(new LciMethod { Id = id, Name = title, Categories = [.. own] });
    }

    /// <summary>
    /// The factors of a category. One of them missing, it would score too low: it is no part of what may be
    /// taken.
    /// </summary>
    private IEnumerable<LciImpactFactor> Factors(XmlItem indicator, string category)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in indicator.All("factor").Concat(indicator.All("impactFactor")))
        {
            if (++_factors > notes.Limits.Exchanges)
                throw new UnusableException(Finding.Of("formats.tooMany", Severity.Error, item.Place,
                    ("most", notes.Limits.Exchanges)));
            var (id, name) = (item.Attribute("elementaryExchangeId"), item.TextIn("unitName"));
            if (Doubles.Parse(item.Attribute("amount")) is not { } value || id.Length == 0
                || name.Length == 0 || !seen.Add(id))
            {
                notes.Say(Finding.Of("formats.factor", Severity.Error, item.Place, ("file", item.File),
                    ("line", item.Line)));
                notes.Twice.Add(category);
                continue;
            }
            var unit = units.Of(name);
            var compartment = item["compartment"];
            var path = new[] { compartment?.TextIn("compartment"), compartment?.TextIn("subcompartment") };
            var title = item.TextIn("exchangeName") is { Length: > 0 } given ? given : item.TextIn("name");
            var flow = flows.Enter(id, unit, 1, () => new LciFlow
            {
                Id = id,
                Name = title.Length > 0 ? title : id,
                Category = string.Join('/', path.Where(p => !string.IsNullOrEmpty(p))),
                Kind = FlowKind.Elementary,
                Properties = [],
            });
            _places[(category, flow.Id)] = item.Place;
            yield return new LciImpactFactor(flow.Id, unit.Id, unit.Property, value, "", "", default);
        }
    }
}
