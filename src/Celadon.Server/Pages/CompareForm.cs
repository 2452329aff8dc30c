using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Celadon.Lca.Modelling;
using Celadon.Lenses;
using Celadon.Packs;
using Celadon.Packs.Lci;
using Celadon.Server.Web;
using Celadon.Text;

namespace Celadon.Server.Pages;

/// <summary>What an alternative's fields hold.</summary>
public sealed record CompareFields
{
    /// <summary>Its name.</summary>
    public string Name { get; init; } = "";

    /// <summary>The process.</summary>
    public string Process { get; init; } = "";

    /// <summary>Amount of the reference flow; empty for the functional unit's.</summary>
    public string Amount { get; init; } = "";

    /// <summary>Unit of the reference flow.</summary>
    public string Unit { get; init; } = "";

    /// <summary>What it changes, blank fields to the last.</summary>
    public IReadOnlyList<CompareChange> Changes { get; init; } = [new(), new()];
}

/// <summary>What the fields of a change hold.</summary>
public sealed record CompareChange
{
    /// <summary>Of what kind it is: "", "supplier", "amount" or "parameter".</summary>
    public string Kind { get; init; } = "";

    /// <summary>The process in which something changes.</summary>
    public string Where { get; init; } = "";

    /// <summary>The flow or the parameter.</summary>
    public string What { get; init; } = "";

    /// <summary>The present supplier, where only its part changes.</summary>
    public string From { get; init; } = "";

    /// <summary>The other supplier.</summary>
    public string To { get; init; } = "";

    /// <summary>The amount, the value or the ratio.</summary>
    public string Value { get; init; } = "";

    /// <summary>The unit of an amount.</summary>
    public string Unit { get; init; } = "";
}

/// <summary>
/// What the page of alternatives asks. All of it stands in the URL: either as fields ("what", "amount",
/// "unit", and "name1", "process1", "change1", "where1", … for each alternative, "change1-2", "where1-2", …
/// for its second change and so on) or as one "spec"; with neither it is the question's example. Fields
/// without a database are about the example's small system.
/// </summary>
public sealed class CompareForm
{
    /// <summary>Alternatives that have fields.</summary>
    public const int Rows = 4;

    /// <summary>Changes of an alternative that have fields: as many as the answer tells apart.</summary>
    public const int MostChanges = 12;

    private const int MostNames = 1000;

    private static readonly JsonSerializerOptions Compact = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly JsonNode _asked;

    /// <summary>Reads the URL.</summary>
    public CompareForm(PageContext at)
    {
        var example = ExampleOf(at);
        IsExample = at["spec"] is null && at["what"] is null;
        var written = at["spec"] ?? (IsExample ? example
            : Written(at, JsonNode.Parse(example)!).ToJsonString(Compact));
        _asked = Parsed(written);
        // Without blanks: every number's link carries it.
        Spec = _asked is JsonObject { Count: > 0 } ? _asked.ToJsonString(Compact) : written;
        Library = at.Books.Library;
        Lookup = Text("database") is { Length: > 0 } id ? Library.Database(id) : null;
    }

    /// <summary>The spec that is asked.</summary>
    public string Spec { get; }

    /// <summary>True when nobody asked anything.</summary>
    public bool IsExample { get; }

    /// <summary>What is known about the world.</summary>
    public FactorLibrary Library { get; }

    /// <summary>The chosen database; null for the small system.</summary>
    public LciLookup? Lookup { get; }

    /// <summary>A text of the spec.</summary>
    public string Text(params string[] path) => At(_asked, path);

    /// <summary>The fields of every alternative, blank ones to the last.</summary>
    public IReadOnlyList<CompareFields> Alternatives
    {
        get
        {
            var stated = (_asked["alternatives"] as JsonArray ?? []).OfType<JsonObject>()
                .Select(Read).ToList();
            return [.. stated, .. Enumerable.Repeat(new CompareFields(), Math.Max(0, Rows - stated.Count))];
        }
    }

    /// <summary>The method as its choice in the form.</summary>
    public string Method => MethodChoices.Of(_asked["method"]);

    /// <summary>
    /// Methods to choose from: those of the database. While none is chosen "own" stands for the small
    /// system's, and others wait for the database that may be chosen with them.
    /// </summary>
    public IEnumerable<string> Methods => Lookup is not null && Library.Pack(Text("database")) is { } pack
        ? MethodChoices.Of(pack.Header, Library)
        : Library.Databases.Select(id => Library.Pack(id)!.Header)
            .SelectMany(h => MethodChoices.Of(h, Library)).Prepend("own").Distinct();

    /// <summary>
    /// Processes to choose from, the first of a large database: what the field takes, and what it stands for
    /// where that is an identifier, since several have the name.
    /// </summary>
    public IEnumerable<(string Value, string Label)> Processes => (Lookup is not { } lookup
        ? Names("processes").Distinct().Order(StringComparer.Ordinal).Select(n => (n, ""))
        : lookup.Processes.Values.GroupBy(p => p.Name).OrderBy(g => g.Key, StringComparer.Ordinal)
            .SelectMany(g => g.Count() == 1 ? [(g.Key, DatabaseWords.Place(lookup, g.First().Location))]
                : g.OrderBy(p => p.Id, StringComparer.Ordinal).Select(p =>
                    (p.Id, $"{p.Name} {DatabaseWords.Place(lookup, p.Location)}".TrimEnd()))))
        .Take(MostNames);

    /// <summary>Names of flows to choose from, products first; the first of a large database.</summary>
    public IEnumerable<string> FlowNames => (Lookup is not null
        ? Lookup.Flows.Values.OrderBy(f => f.Kind == FlowKind.Elementary)
            .ThenBy(f => f.Name, StringComparer.Ordinal).Select(f => f.Name)
        : Names("flows").Order(StringComparer.Ordinal)).Distinct().Take(MostNames);

    private IEnumerable<string> Names(string list) => (_asked["system"]?[list] as JsonArray ?? [])
        .OfType<JsonObject>().Select(x => At(x, "name"));

    private static JsonNode Parsed(string spec)
    {
        try
        {
            return JsonNode.Parse(spec) as JsonObject ?? [];
        }
        catch (JsonException)
        {
            // The question itself says what is wrong with it.
            return new JsonObject();
        }
    }

    private static string At(JsonNode? node, params string[] path)
    {
        foreach (var name in path) node = (node as JsonObject)?[name];
        return node is JsonValue value ? value.ToString() : "";
    }

    private static CompareFields Read(JsonObject a)
    {
        var fields = new CompareFields
        {
            Name = At(a, "name"), Process = At(a, "process"), Amount = At(a, "referenceFlow", "amount"),
            Unit = At(a, "referenceFlow", "unit"),
        };
        IEnumerable<JsonObject> All(string list) => (a[list] as JsonArray ?? []).OfType<JsonObject>();
        List<CompareChange> changes =
        [
            .. All("suppliers").Select(c => new CompareChange
            {
                Kind = "supplier", Where = At(c, "process"), What = At(c, "flow"), From = At(c, "from"),
                To = At(c, "to"), Value = At(c, "ratio"),
            }),
            .. All("amounts").Select(c => new CompareChange
            {
                Kind = "amount", Where = At(c, "process"), What = At(c, "flow"), From = At(c, "from"),
                Value = At(c, "amount"), Unit = At(c, "unit"),
            }),
            .. All("parameters").Select(c => new CompareChange
            {
                Kind = "parameter", Where = At(c, "process"), What = At(c, "name"), Value = At(c, "value"),
            }),
        ];
        // Always room for one more, and for two to begin with.
        return fields with
        {
            Changes = [.. changes, .. Enumerable.Repeat(new CompareChange(), changes.Count == 0 ? 2
                : Math.Min(1, Math.Max(0, MostChanges - changes.Count)))],
        };
    }

    /// <summary>
    /// The example in the words of the page; where the address names a process as another language calls it,
    /// as after a change of language, in that one.
    /// </summary>
    private static string ExampleOf(PageContext at)
    {
        var plain = Questions.Get(ComparePage.Question).Example;
        List<string> said = [.. new[] { at.Text, Catalogue.English, Catalogue.Chinese }
            .Select(text => ExampleWords.In(text, plain))];
        return at["process1"] is not { } named ? said[0]
            : said.Find(e => e.Contains($"\"{named}\"", StringComparison.Ordinal)) ?? said[0];
    }

    private static JsonObject Written(PageContext at, JsonNode example)
    {
        var spec = new JsonObject
        {
            ["functionalUnit"] = Object(("what", at["what"]), ("amount", at["amount"]), ("unit", at["unit"])),
        };
        if (at["database"] is { } database) spec["database"] = database;
        else spec["system"] = example["system"]!.DeepClone();
        // A database without methods of its own begins with the first that can weigh it.
        var choice = at["method"] ?? (at["database"] is { } chosen
            && at.Books.Library.Pack(chosen)?.Header is { } header
            ? MethodChoices.Of(header, at.Books.Library).FirstOrDefault() : null);
        if (choice is not null && MethodChoices.Spec(choice) is { } method) spec["method"] = method;
        if (at["linking"] is { } linking) spec["linking"] = linking;
        var alternatives = new JsonArray();
        for (var i = 1; i <= 2 * Rows; i++)
            if (Alternative(at, i.ToString(CultureInfo.InvariantCulture)) is { } one) alternatives.Add(one);
        spec["alternatives"] = alternatives;
        if (at["samples"] is { } samples && samples != "0")
            spec["monteCarlo"] = Draws(at, samples);
        return spec;
    }

    /// <summary>The samples that an address asks for: how many, from which seed, markets kept.</summary>
    internal static JsonObject Draws(PageContext at, string samples)
    {
        var draws = new JsonObject { ["samples"] = Whole(samples), ["seed"] = Whole(at["seed"] ?? "1") };
        if (at["keepShares"] is { } keep) draws["keepShares"] = keep == "1" ? true : keep;
        return draws;
    }

    /// <summary>What the page calls the field that a place of the spec comes from, or null.</summary>
    internal static string? LabelOf(PageContext at, string pointer)
    {
        if (LabelOfDraws(at, pointer) is { } drawn) return drawn;
        var parts = pointer.Split('/');
        if (parts is not ["", "alternatives", var number, .. var rest]
            || !int.TryParse(number, CultureInfo.InvariantCulture, out var i))
            return pointer switch
            {
                "/functionalUnit/what" => at.L("web.compare.what"),
                "/functionalUnit/amount" => at.L("web.compare.amount"),
                "/functionalUnit/unit" => at.L("web.products.unit"),
                "/database" => at.L("web.compare.database"),
                "/method" or "/method/pack" or "/method/gwp" => at.L("web.compare.method"),
                "/linking" => at.L("web.compare.linking"),
                _ => null,
            };
        var label = rest switch
        {
            ["name"] => "name", ["process"] => "process", ["referenceFlow", "amount"] => "flowAmount",
            [_, _, "process"] => "where", [_, _, "flow" or "name"] => "part", [_, _, "from"] => "from.only",
            [_, _, "to"] => "supplier", [_, _, "ratio" or "amount" or "value"] => "value", _ => null,
        };
        var alternative = at.L("web.compare.alternative", ("n", i + 1));
        return label is null ? alternative
            : at.L("web.field.of", ("group", alternative), ("field", at.L($"web.compare.{label}")));
    }

    /// <summary>What pages call the field of samples that a place of the spec comes from.</summary>
    internal static string? LabelOfDraws(PageContext at, string pointer) => pointer switch
    {
        "/monteCarlo/samples" => at.L("web.assess.samples"),
        "/monteCarlo/seed" => at.L("web.assess.seed"),
        "/monteCarlo/keepShares" => at.L("web.assess.keepShares"),
        _ => null,
    };

    private static JsonObject? Alternative(PageContext at, string i)
    {
        string? Field(string name) => at[name + i]?.Trim();
        if (Field("name") is null && Field("process") is null) return null;
        var one = Object(("name", Field("name")), ("process", Field("process")));
        if (Field("amount") is not null)
            one["referenceFlow"] = Object(("amount", Field("amount")), ("unit", Field("unit")));
        for (var k = 1; k <= MostChanges; k++)
        {
            var suffix = k == 1 ? i : string.Create(CultureInfo.InvariantCulture, $"{i}-{k}");
            if (Change(name => at[name + suffix]?.Trim()) is not { } change) continue;
            if (one[change.List] is not JsonArray list) one[change.List] = list = [];
            list.Add(change.Stated);
        }
        return one;
    }

    private static (string List, JsonObject Stated)? Change(Func<string, string?> field) =>
        field("change") switch
        {
            "supplier" => ("suppliers", Object(("process", field("where")), ("flow", field("part")),
                ("from", field("from")), ("to", field("to")), ("ratio", field("value")))),
            "amount" => ("amounts", Object(("process", field("where")), ("flow", field("part")),
                ("from", field("from")), ("amount", field("value")), ("unit", field("valueUnit")))),
            "parameter" => ("parameters", Object(("process", field("where")), ("name", field("part")),
                ("value", field("value")))),
            _ => null,
        };

    private static JsonObject Object(params (string Name, string? Value)[] fields)
    {
        var made = new JsonObject();
        foreach (var (name, value) in fields)
            if (!string.IsNullOrWhiteSpace(value)) made[name] = value;
        return made;
    }

    /// <summary>A whole number; anything else stays text, which the question refuses.</summary>
    internal static JsonNode Whole(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : text;
}
