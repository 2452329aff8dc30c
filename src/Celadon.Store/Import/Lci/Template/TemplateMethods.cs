using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Celadon.Packs.Lci;
using Celadon.Store.Import.Lci.Shared;
using Celadon.Text;

namespace Celadon.Store.Import.Lci.Template;

/// <summary>
/// The methods of a template: what the sheet of categories names, and what the sheets of methods, damages and
/// weighting say about them. A method with a row that does not fit is left out whole: a damage or weighted
/// score with a part missing would be too low.
/// </summary>
internal sealed class TemplateMethods(TemplateNames<LciImpactCategory> categories)
{
    private readonly TemplateNames<LciMethod> _methods = new("method");
    private readonly Dictionary<string, Own> _own = new(StringComparer.Ordinal);
    private readonly HashSet<string> _faulty = new(StringComparer.Ordinal);
    private bool _areFaulty;

    /// <summary>What rows say about a method.</summary>
    private sealed class Own
    {
        public List<string> Categories { get; } = [];

        public List<LciDamage> Damages { get; } = [];

        public List<LciWeighting> Sets { get; } = [];
    }

    /// <summary>Takes a row of the sheet of methods.</summary>
    public void Take(TemplateRow row)
    {
        var name = row.Filled("name");
        Add(row, new LciMethod
        {
            Id = row.Text("id") is { Length: > 0 } id ? id : NamedId.Of("template", "method", name),
            Name = name,
            Category = row.Text("category"),
            Categories = [],
            Extra = new JsonObject().With("description", row.Text("description"))
                .With("version", row.Text("version")).Written(),
        });
    }

    private LciMethod Add(TemplateRow row, LciMethod method)
    {
        _methods.Add(row, method);
        _own[method.Id] = new();
        return method;
    }

    /// <summary>Puts a category into a method; one without a row of its own is made.</summary>
    public void Join(TemplateRow row, string name, string category)
    {
        if (_methods.Named(name) is null && _methods.Has(name))
            throw new UnusableException(row.Say("lci.template.several", Severity.Error, "methods",
                ("what", "method"), ("id", LciNotes.Shown(name))));
        var method = _methods.Named(name) ?? Add(row, new LciMethod
        {
            Id = NamedId.Of("template", "method", name), Name = name, Categories = [],
        });
        var members = _own[method.Id].Categories;
        if (!members.Contains(category, StringComparer.Ordinal)) members.Add(category);
    }

    /// <summary>Takes a row of damages: a damage category, and a category that adds to it.</summary>
    public void TakeDamage(TemplateRow row)
    {
        var method = _methods.Find(row, "method");
        var own = _own[method.Id];
        var name = row.Filled("name");
        var id = row.Text("id") is { Length: > 0 } stated ? stated
            : NamedId.Of("template", "damage", method.Id, name);
        var at = own.Damages.FindIndex(d => d.Id == id);
        if (at < 0)
        {
            if (own.Damages.Exists(d => d.Name == name) || own.Categories.Contains(id)) throw row.Wrong("id");
            at = own.Damages.Count;
            own.Damages.Add(new(id, name, row.Text("unit"), []));
        }
        else if (own.Damages[at].Name != name) throw row.Wrong("name");
        else if (own.Damages[at].Unit != row.Text("unit")) throw row.Wrong("unit");
        // A damage category that nothing adds to has one row that names no category.
        if (row.Text("category").Length == 0 && row.Text("factor").Length == 0
            && own.Damages[at].Factors.IsEmpty) return;
        var factor = new LciDamageFactor(Category(row, own), row.Required("factor"));
        if (own.Damages[at].Factors.Any(f => f.Category == factor.Category)) throw row.Wrong("category");
        own.Damages[at] = own.Damages[at] with { Factors = own.Damages[at].Factors.Add(factor) };
    }

    /// <summary>Takes a row of the sheet of weighting: a set, and what it says of a category.</summary>
    public void TakeWeighting(TemplateRow row)
    {
        var method = _methods.Find(row, "method");
        var own = _own[method.Id];
        var name = row.Filled("set");
        var id = row.Text("id") is { Length: > 0 } stated ? stated
            : NamedId.Of("template", "set", method.Id, name);
        var at = own.Sets.FindIndex(s => s.Id == id);
        if (at < 0)
        {
            if (own.Sets.Exists(s => s.Name == name)) throw row.Wrong("id");
            at = own.Sets.Count;
            own.Sets.Add(new(id, name, row.Text("unit"), []));
        }
        else if (own.Sets[at].Name != name) throw row.Wrong("set");
        else if (own.Sets[at].Unit != row.Text("unit")) throw row.Wrong("unit");
        var (normal, weight) = (row.Number("normalisation"), row.Number("weight"));
        if (row.Text("category").Length == 0 && normal is null && weight is null
            && own.Sets[at].Factors.IsEmpty) return;
        var category = own.Damages.Find(d => d.Id == row.Text("category") || d.Name == row.Text("category"))
            ?.Id ?? Category(row, own);
        // Scores are divided by it.
        if (normal == 0) throw row.Wrong("normalisation");
        if (own.Sets[at].Factors.Any(f => f.Category == category)) throw row.Wrong("category");
        own.Sets[at] = own.Sets[at] with
        {
            Factors = own.Sets[at].Factors.Add(new(category, normal, weight)),
        };
    }

    /// <summary>A category of the method, by identifier, or by name where it has one of that name.</summary>
    private string Category(TemplateRow row, Own own)
    {
        var text = row.Filled("category");
        if (own.Categories.Contains(text, StringComparer.Ordinal)) return text;
        var named = categories.All.Where(c => c.Name == text && own.Categories.Contains(c.Id)).ToList();
        return named is [var one] ? one.Id : throw new UnusableException(row.Say(
            named.Count > 1 ? "lci.template.several" : "lci.dangling", Severity.Error, "category",
            ("what", "category"), ("id", LciNotes.Shown(text))));
    }

    /// <summary>
    /// Leaves out what a row that does not fit belongs to; every method where nobody knows which that is.
    /// </summary>
    public void Fault(string method) =>
        _areFaulty |= _faulty.Add(method) && !_methods.Has(method);

    /// <summary>The methods.</summary>
    public ImmutableArray<LciMethod> All() => _areFaulty ? [] :
    [
        .. _methods.All.Where(m => !_faulty.Contains(m.Id) && !_faulty.Contains(m.Name)).Select(m => m with
        {
            Categories = [.. _own[m.Id].Categories],
            Damages = [.. _own[m.Id].Damages],
            Weightings = [.. _own[m.Id].Sets],
        }),
    ];
}
