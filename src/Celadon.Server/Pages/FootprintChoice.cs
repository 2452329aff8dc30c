using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Server.Web;

namespace Celadon.Server.Pages;

/// <summary>What the address asks about footprints: site, rules, key of allocation, view of energy.</summary>
public sealed class FootprintChoice(PageContext at)
{
    /// <summary>Rules a reader can choose.</summary>
    internal static readonly string[] AllRules = ["iso14067", "pas2050"];

    /// <summary>Views of purchased energy.</summary>
    internal static readonly string[] Views = ["location", "market"];

    /// <summary>Keys of allocation.</summary>
    internal static readonly string[] Keys = ["mass", "economic", "stated"];

    /// <summary>Categories that can be taken in, with the word that the answer gives for them.</summary>
    internal static readonly (string Category, string Because)[] Includable =
        [("3.2", "capitalGoods"), ("3.6", "businessTravel"), ("3.7", "commuting"), ("3.8", "leased")];

    /// <summary>What stands before the id of a product in the query, for its price or share.</summary>
    internal const string WeightPrefix = "weight-";

    /// <summary>Parts of the spec that stand in the query as JSON.</summary>
    internal static readonly string[] Parts = ["life", "units", "quality"];

    private static readonly string[] Others =
    [
        "site", "period", "from", "to", "rules", "view", "gwp", "include", "key", "reason", "product", "at",
    ];

    /// <summary>True for what stands in the query beside the parts.</summary>
    public static bool IsAsked(string name) =>
        Others.Contains(name) || name.StartsWith(WeightPrefix, StringComparison.Ordinal);

    /// <summary>The site: the chosen one, else the first of the register; null where there is none.</summary>
    public string? Site { get; } = at.Site ?? at.Books.Registers.Of<Site>().FirstOrDefault()?.Id;

    /// <summary>What the site is called.</summary>
    public string SiteName => Site is null ? "" : new Names(at).OfSite(Site);

    /// <summary>The rules.</summary>
    public string Rules => OneOf(AllRules, at["rules"]);

    /// <summary>Grid or contracts.</summary>
    public string View => OneOf(Views, at["view"]);

    /// <summary>The GWP set.</summary>
    public string Gwp => OneOf(InventoryPage.GwpSets, at["gwp"]);

    /// <summary>The key of allocation, or null when none is stated.</summary>
    public string? Key => Keys.Contains(at["key"]) ? at["key"] : null;

    /// <summary>Categories taken in.</summary>
    public ImmutableArray<string> Included => [.. Includable.Select(i => i.Category).Where(c =>
        (at["include"] ?? "").Split(',').Contains(c))];

    /// <summary>Products for which the address states a price or share.</summary>
    public ImmutableArray<string> Weighed => [.. at.Http.Request.Query.Keys
        .Where(k => k.StartsWith(WeightPrefix, StringComparison.Ordinal))
        .Select(k => k[WeightPrefix.Length..]).Order(StringComparer.Ordinal)];

    /// <summary>The spec: what the reader chose, and nothing assumed about how products share.</summary>
    /// <param name="period">The months.</param>
    /// <param name="withFacts">False to leave out what follows the gate, units and ratings.</param>
    public string Spec(MonthSpan period, bool withFacts = true)
    {
        var spec = new JsonObject
        {
            ["period"] = period.ToString(),
            ["site"] = Site,
            ["rules"] = Rules,
            ["gwp"] = Gwp,
            ["electricity"] = View,
            ["allowNearestEdition"] = true,
            ["allowWiderPlace"] = true,
        };
        if (!Included.IsEmpty) spec["include"] = new JsonArray([.. Included.Select(i => (JsonNode)i)]);
        foreach (var part in Parts)
            if (withFacts && at[part] is { } said) spec[part] = Read(said);
        if (Key is { } key)
            spec["allocation"] = new JsonObject
            {
                ["key"] = key,
                ["reason"] = at["reason"] ?? "",
                ["weights"] = new JsonArray([.. Weights(key)]),
            };
        return spec.ToJsonString();
    }

    /// <summary>What is no JSON stays the words they are, so that the question says what is wrong.</summary>
    private static JsonNode? Read(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (System.Text.Json.JsonException)
        {
            return text;
        }
    }

    private IEnumerable<JsonNode> Weights(string key) => key == "mass" ? [] : Weighed
        .Select(product => (Product: product, Value: at[WeightPrefix + product]))
        .Where(w => Amount.TryParse(w.Value, out _))
        .Select(w => (JsonNode)new JsonObject { ["product"] = w.Product, ["value"] = w.Value });

    private static string OneOf(string[] choices, string? asked) =>
        choices.Contains(asked) ? asked! : choices[0];
}
