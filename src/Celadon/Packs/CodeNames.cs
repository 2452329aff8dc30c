using System.Collections.Frozen;
using System.Collections.Immutable;
using Celadon.Registers;
using Celadon.Text;

namespace Celadon.Packs;

/// <summary>
/// What the codes of answers are called: places, resources, facts and their values. Answers and findings keep
/// the codes; only what a person reads names them. A code without a name stands as it is.
/// </summary>
/// <param name="library">The packs that name them.</param>
/// <param name="text">The language.</param>
public sealed class CodeNames(FactorLibrary library, Catalogue text)
{
    private readonly FrozenDictionary<string, Name> _facts = library.Packs.SelectMany(p => p.FactNames)
        .DistinctBy(f => f.Name).ToFrozenDictionary(f => f.Name, f => f.Title, StringComparer.Ordinal);

    /// <summary>A place: "CN-ZJ" is Zhejiang.</summary>
    public string OfPlace(string code) =>
        library.Places.Find(code) is { } place ? place.Name.In(text.Language, code) : code;

    /// <summary>A resource by its canonical id.</summary>
    public string OfResource(string id) => library.Resources.Find(id)?.Name.In(text.Language, id) ?? id;

    /// <summary>A fact, or several: "vehicle-class, load".</summary>
    public string OfFacts(string names) => string.Join(text.Text("names.and"),
        names.Split(", ").Select(name => _facts.TryGetValue(name, out var title)
            ? title.In(text.Language, name) : name));

    /// <summary>The values of a variant: "all-hgvs/average-laden".</summary>
    public string OfValues(string variant) => string.Join(text.Text("names.and"),
        variant.Split('/').Select(value => text.Has($"fact.value.{value}")
            ? text.Text($"fact.value.{value}") : value));

    /// <summary>What was wanted and what was taken instead, by the kind of the note.</summary>
    /// <param name="kind">"wider-place", "variant-by-default", "asks"; anything else keeps its codes.</param>
    /// <param name="wanted">The code wanted.</param>
    /// <param name="taken">The code taken.</param>
    public (string Wanted, string Taken) OfChoice(string kind, string wanted, string taken) => kind switch
    {
        "wider-place" or "widerPlace" => (OfPlace(wanted), OfPlace(taken)),
        "variant-by-default" or "variantByDefault" => (OfFacts(wanted), OfValues(taken)),
        "asks" => (OfFacts(wanted), taken),
        _ => (wanted, taken),
    };

    /// <summary>Criteria of eco-design by their ids: "use/energy, durability/repair".</summary>
    public string OfCriteria(string ids) => string.Join(text.Text("names.and"), ids.Split(", ").Select(id =>
        library.Packs.SelectMany(p => p.Criteria).FirstOrDefault(c => c.Id == id)?.Name
            .In(text.Language, id) ?? id));

    /// <summary>
    /// A substance by its CAS number or the id of its group, with the number; as it stands where no pack
    /// knows it.
    /// </summary>
    public string OfSubstance(string id) =>
        (library.Packs.SelectMany(p => p.Substances).FirstOrDefault(s => s.Cas == id)?.Name
            ?? library.Packs.SelectMany(p => p.SubstanceMembers).FirstOrDefault(m => m.Cas == id)?.Name)
            is not { } name ? id : char.IsAsciiDigit(id[0]) ? $"{name.In(text.Language, id)} {id}"
            : name.In(text.Language, id);

    /// <summary>Lists of substances: "eu-rohs, reach-svhc".</summary>
    public string OfLists(string lists) => string.Join(text.Text("names.and"), lists.Split(", ")
        .Select(list => text.Has($"term.{list}") ? text.Text($"term.{list}") : list));

    /// <summary>
    /// What the books call a code, by the name of the argument it stands in: a site, a meter, a flow, a
    /// month. Null where they have no name for it.
    /// </summary>
    public Func<string, string, string?> InBooks { get; init; } = (_, _) => null;

    /// <summary>A value of a pack by its id, with or without the pack: "pef-circular:cff/a/low".</summary>
    public string OfValue(string id) => library.Packs.SelectMany(p => p.Values)
        .FirstOrDefault(v => v.Id == id || $"{v.Pack.Id}:{v.Id}" == id)?.Name.In(text.Language, id) ?? id;

    /// <summary>What an argument of eco-design's findings is called.</summary>
    private string OfDesign(string argument, string code) => argument switch
    {
        "criterion" or "criteria" or "names" => OfCriteria(code),
        "substance" or "substitute" => OfSubstance(code),
        "lists" => OfLists(code),
        _ => code,
    };

    /// <summary>The sentence of a finding, with names for codes.</summary>
    public string Render(Finding finding)
    {
        var isOfPacks = finding.Code.StartsWith("packs.", StringComparison.Ordinal)
            || finding.Code.StartsWith("inventory.", StringComparison.Ordinal);
        var isOfValues = finding.Code.StartsWith("products.value.", StringComparison.Ordinal);
        var isOfDesign = finding.Code.StartsWith("products.ecodesign.", StringComparison.Ordinal);
        var named = finding.Args.ToBuilder();
        foreach (var (name, code) in finding.Args)
        {
            if (isOfDesign) named[name] = OfDesign(name, code);
            else if (isOfValues && name == "id") named[name] = OfValue(code);
            else if (InBooks(name, code) is { } known) named[name] = known;
            else if (!isOfPacks) continue;
            else if (name == "place") named[name] = OfPlace(code);
            else if (name == "resource") named[name] = OfResource(code);
            else if (name == "fact") named[name] = OfFacts(code);
        }
        if (isOfPacks && finding.Args.TryGetValue("wanted", out var wanted)
            && finding.Args.TryGetValue("taken", out var taken))
            (named["wanted"], named["taken"]) =
                OfChoice(finding.Code[(finding.Code.LastIndexOf('.') + 1)..], wanted, taken);
        return text.Render(finding with { Args = named.ToImmutable() });
    }
}
