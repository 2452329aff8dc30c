using System.Text.Json.Nodes;
using Celadon.Packs;
using Celadon.Packs.Lci;
using Celadon.Server.Pages;
using Celadon.Server.Web;
using Celadon.Text;
using Microsoft.AspNetCore.Http;

namespace Celadon.Server.Api;

/// <summary>
/// Life-cycle inventory databases over HTTP. Their numbers are doubles and stand as JSON numbers, the
/// shortest that read back the same.
/// </summary>
internal static class DatabaseApi
{
    public static IResult Databases(HttpContext http, Books books) => ReadApi.Json(new JsonObject
    {
        ["items"] = new JsonArray([.. books.Databases.Select(d =>
            (JsonNode)Node(d, Refusal.LanguageOf(http.Request)))]),
    });

    public static IResult Database(HttpContext http, Books books, string database) =>
        books.Database(database) is { } known
            ? ReadApi.Json(Node(known, Refusal.LanguageOf(http.Request)))
            : ReadApi.Absent(http, "database", database);

    public static IResult Processes(HttpContext http, Books books, string database)
    {
        if (books.Database(database) is not { } known) return ReadApi.Absent(http, "database", database);
        var words = ApiRequest.Text(http, "q") ?? "";
        var take = ApiRequest.Take(http);
        var skip = (int)Math.Min(ApiRequest.Whole(http, "cursor") ?? 0, int.MaxValue - take);
        var found = known.Lookup.Database.Processes
            .Where(p => p.Name.Contains(words, StringComparison.OrdinalIgnoreCase))
            .OrderBy(p => p.Name, StringComparer.Ordinal).ThenBy(p => p.Id, StringComparer.Ordinal).ToList();
        return ReadApi.Page(http, found.Skip(skip).Take(take).Select(p => Brief(p, known.Lookup)),
            skip + take < found.Count ? skip + take : null, found.Count);
    }

    public static IResult Process(HttpContext http, Books books, string database, string process)
    {
        if (books.Database(database) is not { } known) return ReadApi.Absent(http, "database", database);
        return known.Lookup.Processes.TryGetValue(process, out var found)
            ? ReadApi.Json(Node(found, known.Lookup)) : ReadApi.Absent(http, "process", process);
    }

    /// <summary>A database: where it comes from and how much it holds.</summary>
    public static JsonObject Node(KnownDatabase known, Catalogue text)
    {
        var header = known.Pack.Header;
        return new()
        {
            ["id"] = header.Id,
            ["edition"] = header.Edition,
            ["title"] = header.Title.In(text.Language, header.Id),
            ["licence"] = header.Licence.Id,
            ["source"] = header.Source,
            ["sha256"] = known.Pack.Sha256,
            ["counts"] = Node(known.Counts),
        };
    }

    /// <summary>Counts of a database.</summary>
    public static JsonObject Node(LciCounts counts) => new()
    {
        ["processes"] = counts.Processes,
        ["flows"] = counts.Flows,
        ["exchanges"] = counts.Exchanges,
        ["productInputs"] = counts.ProductInputs,
        ["withoutProvider"] = counts.WithoutProvider,
        ["categories"] = counts.Categories,
        ["factors"] = counts.Factors,
    };

    /// <summary>A process with everything that the model holds of it.</summary>
    public static JsonObject Node(LciProcess process, LciLookup lookup)
    {
        var node = Brief(process, lookup);
        node["isResult"] = process.IsResult;
        node["allocation"] = process.Allocation is { } rule ? Vocabulary.Word(rule) : null;
        node["exchanges"] = new JsonArray([.. process.Exchanges.Select(e =>
            (JsonNode)Exchange(e, e.Id == process.Reference, lookup))]);
        node["shares"] = new JsonArray([.. process.AllocationFactors.Select(f => (JsonNode)new JsonObject
        {
            ["rule"] = Vocabulary.Word(f.Rule), ["product"] = f.Product, ["exchange"] = f.Exchange,
            ["share"] = f.Value, ["formula"] = Or(f.Formula),
        })]);
        node["parameters"] = new JsonArray([.. process.Parameters.Select(p => (JsonNode)new JsonObject
        {
            ["name"] = p.Name, ["value"] = p.Value, ["formula"] = Or(p.Formula),
            ["uncertainty"] = Spread(p.Uncertainty),
        })]);
        return node;
    }

    private static JsonObject Brief(LciProcess process, LciLookup lookup)
    {
        var reference = DatabaseWords.Reference(process);
        return new()
        {
            ["id"] = process.Id,
            ["name"] = process.Name,
            ["category"] = Or(process.Category),
            ["place"] = Or(DatabaseWords.Place(lookup, process.Location)),
            ["flow"] = reference is null ? null : lookup.Flows[reference.Flow].Name,
            ["amount"] = reference?.Amount,
            ["unit"] = reference is null ? null : lookup.Unit(reference.Unit)?.Name,
        };
    }

    private static JsonObject Exchange(LciExchange e, bool isReference, LciLookup lookup) => new()
    {
        ["number"] = e.Id,
        ["flow"] = e.Flow,
        ["name"] = lookup.Flows[e.Flow].Name,
        ["kind"] = Vocabulary.Word(lookup.Flows[e.Flow].Kind),
        ["direction"] = e.IsInput ? "input" : "output",
        ["amount"] = e.Amount,
        ["unit"] = lookup.Unit(e.Unit)?.Name,
        ["isReference"] = isReference,
        ["isAvoided"] = e.IsAvoided,
        ["provider"] = Or(e.Provider),
        ["formula"] = Or(e.Formula),
        ["uncertainty"] = Spread(e.Uncertainty),
    };

    private static JsonObject? Spread(Lca.Model.Uncertainty u) => !u.IsUncertain ? null : new()
    {
        ["distribution"] = Vocabulary.Word(u.Kind),
        ["a"] = u.A,
        ["b"] = u.B,
        ["c"] = u.C,
    };

    private static string? Or(string text) => text.Length > 0 ? text : null;
}
