using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Celadon.Text;

namespace Celadon.Lenses;

/// <summary>
/// Says in the words of the spec why it was not read. The reader of JSON names types of the program and stops
/// at the first thing it cannot place; a person needs the place, what stands there, and what may stand there.
/// </summary>
internal sealed class SpecCheck
{
    private const int LongestShown = 120;

    private readonly string _question;
    private readonly JsonNode _schema;
    private readonly JsonNode? _example;

    private SpecCheck(string question, JsonNode schema, string example)
    {
        _question = question;
        _schema = schema;
        _example = JsonNode.Parse(example);
    }

    /// <summary>The finding for a spec that could not be read.</summary>
    /// <param name="question">The question, for its name, schema and example.</param>
    /// <param name="json">The spec as it was given.</param>
    /// <param name="path">Where the reader stopped, "$.lines[0].activity"; null when it does not say.</param>
    public static Finding Explain(Question question, string json, string? path)
    {
        var check = new SpecCheck(question.Name, question.Schema, question.Example);
        try
        {
            using var document = JsonDocument.Parse(json);
            if (check.Twice(document.RootElement, "") is { } twice) return twice;
            var spec = JsonNode.Parse(json);
            return check.Find(spec, check._schema, "") ?? check.AtPath(spec, path);
        }
        catch (JsonException e)
        {
            return Finding.Of("ask.spec.syntax", Severity.Error, null, ("question", question.Name),
                ("line", (e.LineNumber ?? 0) + 1), ("column", (e.BytePositionInLine ?? 0) + 1));
        }
        catch (InvalidOperationException)
        {
            // Half of a character pair, "\ud800": JSON by its grammar, and no text.
            return check.Of("ask.spec.value", Pointer(Steps(path)), ("value", "\\ud…"));
        }
    }

    /// <summary>
    /// A null that stands in a list or among named values, where the reader of JSON lets it pass though the
    /// spec has no place for it; null when there is none.
    /// </summary>
    /// <param name="question">The question.</param>
    /// <param name="json">A spec that was read.</param>
    public static Finding? Nothing(Question question, string json)
    {
        if (!json.Contains("null", StringComparison.Ordinal)) return null;
        var check = new SpecCheck(question.Name, question.Schema, question.Example);
        return check.Find(JsonNode.Parse(json), check._schema, "") is { Code: "ask.spec.kind" } finding
            && finding.Args["found"] is "json.null" ? finding : null;
    }

    /// <summary>The first name that an object has twice, or in two spellings that look the same.</summary>
    private Finding? Twice(JsonElement node, string pointer)
    {
        if (node.ValueKind == JsonValueKind.Array)
            return node.EnumerateArray().Select((item, i) => Twice(item, $"{pointer}/{i}"))
                .FirstOrDefault(finding => finding is not null);
        if (node.ValueKind != JsonValueKind.Object) return null;
        var seen = new HashSet<string>(StringComparer.InvariantCulture);
        foreach (var member in node.EnumerateObject())
            if (!seen.Add(member.Name)) return Of("ask.spec.twice", pointer, ("name", Short(member.Name)));
            else if (Twice(member.Value, $"{pointer}/{Escape(member.Name)}") is { } inside) return inside;
        return null;
    }

    /// <summary>The first thing at or below a node that its schema does not allow, or null.</summary>
    private Finding? Find(JsonNode? node, JsonNode? schema, string pointer)
    {
        if (Resolve(schema) is not JsonObject rule) return null;
        if (rule["enum"] is JsonArray choices) return Choice(node, choices, pointer);
        if (rule["type"] is { } type && !Fits(KindOf(node), Kinds(type)))
            return Of("ask.spec.kind", pointer, ("found", "json." + KindOf(node)),
                ("expected", "json." + Kinds(type).First(kind => kind != "null")));
        return node switch
        {
            JsonObject members => Members(members, rule, pointer),
            JsonArray items => items.Select((item, i) => Find(item, rule["items"], $"{pointer}/{i}"))
                .FirstOrDefault(finding => finding is not null),
            _ => null,
        };
    }

    private Finding? Members(JsonObject members, JsonObject rule, string pointer)
    {
        if (rule["anyOf"] is JsonArray variants) return Variant(members, rule, variants, pointer);
        if (rule["properties"] is not JsonObject properties)
            return members.Select(m => Find(m.Value, rule["additionalProperties"],
                $"{pointer}/{Escape(m.Key)}")).FirstOrDefault(finding => finding is not null);
        if (rule["additionalProperties"]?.GetValueKind() == JsonValueKind.False
            && members.FirstOrDefault(m => !properties.ContainsKey(m.Key)).Key is { } unknown)
            return Of("ask.spec.unknown", pointer, ("name", Short(unknown)),
                ("names", Join(Nearest(Short(unknown), properties))));
        if (Missing(members, rule) is { Length: > 0 } missing)
            return Of("ask.spec.missing", pointer, ("names", Join(missing)));
        return members.Select(m => Find(m.Value, properties[m.Key], $"{pointer}/{Escape(m.Key)}"))
            .FirstOrDefault(finding => finding is not null);
    }

    /// <summary>Of several forms the one whose constant the object states.</summary>
    private Finding? Variant(JsonObject members, JsonObject rule, JsonArray variants, string pointer)
    {
        if (Missing(members, rule) is { Length: > 0 } missing)
            return Of("ask.spec.missing", pointer, ("names", Join(missing)));
        var forms = variants.Select(Resolve).OfType<JsonObject>().ToList();
        var tag = forms.SelectMany(form => form["properties"] as JsonObject ?? [])
            .FirstOrDefault(p => p.Value is JsonObject value && value.ContainsKey("const")).Key;
        if (tag is null) return null;
        var stated = Constant(members[tag]);
        var chosen = forms.Find(form => Constant(form["properties"]?[tag]?["const"]) == stated);
        return chosen is not null ? Members(members, chosen, pointer)
            : Of("ask.spec.choice", $"{pointer}/{tag}", ("value", Short(stated ?? "null")),
                ("choices", Join(forms.Select(form => Constant(form["properties"]?[tag]?["const"]) ?? ""))));
    }

    private Finding? Choice(JsonNode? node, JsonArray choices, string pointer) =>
        choices.Any(choice => JsonNode.DeepEquals(choice, node)) ? null
            : Of("ask.spec.choice", pointer, ("value", Short(node?.ToJsonString() ?? "null")),
                ("choices", Join(choices.OfType<JsonNode>().Select(choice => choice.ToString()))));

    /// <summary>A value whose text did not fit: what stands there and what the example has there.</summary>
    private Finding AtPath(JsonNode? spec, string? path)
    {
        var steps = Steps(path);
        var (value, example) = (spec, _example);
        foreach (var step in steps)
            (value, example) = (Step(value, step, step), Step(example, step, "0"));
        var pointer = Pointer(steps);
        var text = Short(value?.ToJsonString(Question.Json) ?? "null");
        return example is null ? Of("ask.spec.value", pointer, ("value", text))
            : Of("ask.spec.valueLike", pointer, ("value", text),
                ("example", example.ToJsonString(Question.Json)));
    }

    private Finding Of(string code, string pointer, params (string Name, object Value)[] args) =>
        Finding.Of(code, Severity.Error, new Place(Pointer: pointer.Length == 0 ? "/" : pointer),
            [.. args, ("question", _question), ("at", pointer.Length == 0 ? "/" : pointer)]);

    private static string[] Missing(JsonObject members, JsonObject rule) =>
        [.. (rule["required"] as JsonArray ?? []).Select(name => name!.GetValue<string>())
            .Where(name => !members.ContainsKey(name))];

    private JsonNode? Resolve(JsonNode? schema)
    {
        if (schema is not JsonObject rule || rule["$ref"] is not { } reference) return schema;
        JsonNode? at = _schema;
        foreach (var step in reference.GetValue<string>().TrimStart('#').Split('/').Skip(1))
            at = Step(at, step, step);
        return at;
    }

    private static JsonNode? Step(JsonNode? node, string name, string index) => node switch
    {
        JsonObject members => members[name.Replace("~1", "/", StringComparison.Ordinal)],
        JsonArray items when int.TryParse(index, CultureInfo.InvariantCulture, out var i)
            && i < items.Count => items[i],
        _ => null,
    };

    /// <summary>"$.lines[0].activity" as lines, 0, activity.</summary>
    private static string[] Steps(string? path) => (path ?? "$").TrimStart('$')
        .Split(['.', '[', ']', '\''], StringSplitOptions.RemoveEmptyEntries);

    private static ImmutableArray<string> Kinds(JsonNode type) => type is JsonArray several
        ? [.. several.Select(kind => kind!.GetValue<string>())] : [type.GetValue<string>()];

    private static string KindOf(JsonNode? node) => node?.GetValueKind() switch
    {
        null or JsonValueKind.Null => "null",
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => node.ToJsonString().All(char.IsAsciiDigit) ? "integer" : "number",
        _ => "boolean",
    };

    private static bool Fits(string kind, ImmutableArray<string> allowed) =>
        allowed.Contains(kind) || (kind == "integer" && allowed.Contains("number"));

    private static string? Constant(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) ? text : node?.ToJsonString();

    private static string Pointer(IEnumerable<string> steps) =>
        string.Concat(steps.Select(step => "/" + Escape(step)));

    /// <summary>What stands there may be a whole file: a message shows its beginning.</summary>
    private static string Short(string text) =>
        text.Length <= LongestShown ? text : text[..LongestShown] + "…";

    private static string Join(IEnumerable<string> names) => string.Join(", ", names);

    private static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal)
        .Replace("/", "~1", StringComparison.Ordinal);

    /// <summary>The names there are, the most alike first.</summary>
    private static IEnumerable<string> Nearest(string name, JsonObject properties) =>
        properties.Select(p => p.Key).OrderBy(known => Distance(name, known));

    /// <summary>Edit distance without regard to case (Levenshtein 1966).</summary>
    internal static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var (corner, left) = (row[0], row[0] = i);
            for (var j = 1; j <= b.Length; j++)
            {
                var same = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]);
                left = Math.Min(Math.Min(row[j], left) + 1, corner + (same ? 0 : 1));
                (corner, row[j]) = (row[j], left);
            }
        }
        return row[^1];
    }
}
