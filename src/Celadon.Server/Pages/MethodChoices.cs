using System.Text.Json.Nodes;
using Celadon.Packs;
using Celadon.Server.Web;

namespace Celadon.Server.Pages;

/// <summary>
/// Ways to weigh an inventory as one word each, which stands in the address: "own" for the database's own
/// methods, "pack:ID:SET" for global warming potentials of a pack, "db:ID" for those of another database.
/// </summary>
internal static class MethodChoices
{
    /// <summary>Those there are for a database, the one to begin with first; at most one is "own".</summary>
    public static IEnumerable<string> Of(PackHeader database, FactorLibrary library)
    {
        if (HasMethods(database)) yield return "own";
        foreach (var pack in library.Packs.Where(p => !p.Characterisations.IsEmpty))
            foreach (var set in Enum.GetValues<GwpSet>().Reverse())
                yield return $"pack:{pack.Header.Id}:{Vocabulary.Word(set)}";
        foreach (var other in library.Packs.Where(p => p.Lci is not null && p.Header.Id != database.Id
            && HasMethods(p.Header))) yield return $"db:{other.Header.Id}";
    }

    /// <summary>
    /// What the spec says for a choice; null for the database's own. A word that is no choice is taken for a
    /// pack, so that the question says which there are.
    /// </summary>
    public static JsonObject? Spec(string choice) => choice.Split(':') switch
    {
        ["own"] => null,
        ["pack", var id, var set] => new() { ["pack"] = id, ["gwp"] = set },
        ["db", var id] => new() { ["database"] = id },
        [var id, var set] => new() { ["pack"] = id, ["gwp"] = set },
        _ => new() { ["pack"] = choice },
    };

    /// <summary>The choice that a spec's method stands for.</summary>
    public static string Of(JsonNode? method) => method is not JsonObject stated ? "own"
        : stated["database"] is { } database ? $"db:{database}" : $"pack:{stated["pack"]}:{stated["gwp"]}";

    /// <summary>Its name for people.</summary>
    public static string Name(PageContext at, string choice) => choice.Split(':') switch
    {
        ["pack", var id, var set] => at.L("web.assess.method.gwp", ("set", set), ("pack", Title(at, id))),
        ["db", var id] => at.L("web.assess.method.other", ("database", Title(at, id))),
        _ => at.L("web.assess.method.own"),
    };

    /// <summary>A pack's title in the page's language; its id where it is not known.</summary>
    public static string Title(PageContext at, string pack) =>
        at.Books.Library.Pack(pack)?.Header.Title.In(at.Text.Language, pack) ?? pack;

    private static bool HasMethods(PackHeader pack) => pack.Tables.Any(t => t.Kind == "lci-factors");
}
