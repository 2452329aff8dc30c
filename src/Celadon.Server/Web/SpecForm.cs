using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Celadon.Server.Web;

/// <summary>What a fact of a spec is.</summary>
public enum FactKind
{
    /// <summary>Words.</summary>
    Words,

    /// <summary>A plain decimal.</summary>
    Number,

    /// <summary>Yes or no.</summary>
    Truth,

    /// <summary>Several words with a comma between.</summary>
    List,
}

/// <summary>A part of a spec in a form.</summary>
/// <param name="Pointer">Where it stands in the spec (JSON Pointer); it names the field.</param>
/// <param name="Path">The same without row numbers, by dots: what its label is called after.</param>
public abstract record SpecItem(string Pointer, string Path);

/// <summary>A fact: one field.</summary>
/// <param name="Pointer">Where it stands.</param>
/// <param name="Path">What it is called after.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Value">What stands there; empty when nothing does.</param>
/// <param name="Required">True when the question cannot do without it.</param>
public sealed record SpecField(string Pointer, string Path, FactKind Kind, string Value, bool Required)
    : SpecItem(Pointer, Path)
{
    /// <summary>The values there are, when they are few and known; empty where anything may stand.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];
}

/// <summary>Facts that belong together.</summary>
/// <param name="Pointer">Where they stand.</param>
/// <param name="Path">What they are called after.</param>
/// <param name="Items">The facts.</param>
public sealed record SpecGroup(string Pointer, string Path, IReadOnlyList<SpecItem> Items)
    : SpecItem(Pointer, Path);

/// <summary>Groups of one kind, of which there may be more.</summary>
/// <param name="Pointer">Where they stand.</param>
/// <param name="Path">What they are called after.</param>
/// <param name="Rows">The groups.</param>
public sealed record SpecRows(string Pointer, string Path, IReadOnlyList<SpecGroup> Rows)
    : SpecItem(Pointer, Path);

/// <summary>A field a key, such as a module of a declaration.</summary>
/// <param name="Pointer">Where they stand.</param>
/// <param name="Path">What they are called after.</param>
/// <param name="Keys">The fields; the last part of the pointer is the key.</param>
public sealed record SpecKeys(string Pointer, string Path, IReadOnlyList<SpecField> Keys)
    : SpecItem(Pointer, Path);

/// <summary>
/// The spec of a question as a form, drawn from the question's own schema, and read back from what a browser
/// sends. A field is named by its JSON Pointer, so that what a refusal points at is a field. What is left
/// empty is left out: unknown is not zero.
/// </summary>
internal sealed class SpecForm
{
    /// <summary>Rows beyond these are not read: nobody types them.</summary>
    private const int MostRows = 200;

    private readonly JsonNode _schema;
    private readonly Func<string, IReadOnlyList<string>> _keys;
    private readonly Func<string, int> _fixed;

    /// <summary>The form of a question.</summary>
    /// <param name="schema">Schema of its spec.</param>
    /// <param name="keys">The keys of a map by its path.</param>
    /// <param name="fixedRows">How many rows a list always has, by its path; 0 for as many as are
    /// given.</param>
    public SpecForm(JsonNode schema, Func<string, IReadOnlyList<string>> keys, Func<string, int> fixedRows) =>
        (_schema, _keys, _fixed) = (schema, keys, fixedRows);

    /// <summary>The fields with what a spec says in them.</summary>
    public IReadOnlyList<SpecItem> Of(JsonObject spec) => Members(_schema, spec, "", "");

    /// <summary>The spec that fields say, by pointer and text.</summary>
    public JsonObject Read(IFormCollection form) =>
        ReadObject(_schema, "", form.Where(f => f.Key.StartsWith('/'))
            .ToDictionary(f => f.Key, f => f.Value.ToString().Trim(), StringComparer.Ordinal)) ?? [];

    /// <summary>A spec with one more row in a list; as it was when the pointer leads to no list.</summary>
    public static JsonObject Add(JsonObject spec, string list)
    {
        var steps = list.Split('/', StringSplitOptions.RemoveEmptyEntries);
        JsonNode at = spec;
        foreach (var (step, i) in steps.Select((step, i) => (step, i)))
        {
            var next = Step(at, step);
            if (next is null && at is JsonObject owner)
                owner[step] = next = i == steps.Length - 1 ? new JsonArray() : new JsonObject();
            if (next is null) return spec;
            at = next;
        }
        if (at is JsonArray rows && rows.Count < MostRows) rows.Add(new JsonObject());
        return spec;
    }

    /// <summary>A spec without a row; as it was when the pointer leads to none.</summary>
    public static JsonObject Remove(JsonObject spec, string row)
    {
        var steps = row.Split('/', StringSplitOptions.RemoveEmptyEntries);
        JsonNode? at = spec;
        foreach (var step in steps[..^1]) at = Step(at, step);
        if (at is JsonArray rows && int.TryParse(steps[^1], NumberStyles.None, CultureInfo.InvariantCulture,
            out var i) && i < rows.Count) rows.RemoveAt(i);
        return spec;
    }

    private static JsonNode? Step(JsonNode? at, string step) => at switch
    {
        JsonObject members => members[step],
        JsonArray rows when int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var i)
            && i < rows.Count => rows[i],
        _ => null,
    };

    private List<SpecItem> Members(JsonNode rule, JsonObject? spec, string pointer, string path)
    {
        var required = (rule["required"] as JsonArray ?? []).Select(r => r!.GetValue<string>()).ToHashSet();
        return [.. Properties(rule).Select(p => ItemOf(Real(p.Value!), spec?[p.Key], $"{pointer}/{p.Key}",
            path.Length == 0 ? p.Key : $"{path}.{p.Key}", required.Contains(p.Key)))];
    }

    private SpecItem ItemOf(JsonNode rule, JsonNode? value, string pointer, string path, bool required)
    {
        if (Rows(rule) is { } row)
        {
            var given = value as JsonArray ?? [];
            var least = Math.Max(_fixed(path), required ? 1 : 0);
            return new SpecRows(pointer, path, [.. Enumerable.Range(0, Math.Max(given.Count, least))
                .Select(i => new SpecGroup($"{pointer}/{i}", path, Members(row,
                    i < given.Count ? given[i] as JsonObject : null, $"{pointer}/{i}", path)))]);
        }
        if (IsMap(rule)) return new SpecKeys(pointer, path, [.. _keys(path).Select(key => new SpecField(
            $"{pointer}/{key}", path, FactKind.Words, Text((value as JsonObject)?[key]), false))]);
        if (rule["properties"] is not null)
            return new SpecGroup(pointer, path, Members(rule, value as JsonObject, pointer, path));
        return new SpecField(pointer, path, KindOf(rule), Text(value), required)
        {
            Choices = [.. (rule["enum"] as JsonArray ?? []).Select(c => c?.ToString() ?? "")],
        };
    }

    private JsonObject? ReadObject(JsonNode rule, string pointer, Dictionary<string, string> given)
    {
        var read = new JsonObject();
        foreach (var (name, of) in Properties(rule))
            if (ReadItem(Real(of!), $"{pointer}/{name}", given) is { } value) read[name] = value;
        return read.Count == 0 ? null : read;
    }

    private JsonNode? ReadItem(JsonNode rule, string pointer, Dictionary<string, string> given)
    {
        if (Rows(rule) is { } row)
        {
            var numbers = given.Keys.Where(k => k.StartsWith(pointer + "/", StringComparison.Ordinal))
                .Select(k => k[(pointer.Length + 1)..].Split('/')[0])
                .Select(k => int.TryParse(k, NumberStyles.None, CultureInfo.InvariantCulture, out var i) ? i
                    : MostRows).Where(i => i < MostRows).Distinct().Order();
            // A row that was left empty keeps its place: what is added or taken away counts rows.
            var rows = new JsonArray([.. numbers.Select(i =>
                (JsonNode)(ReadObject(row, $"{pointer}/{i}", given) ?? []))]);
            return rows.Count == 0 ? null : rows;
        }
        if (IsMap(rule))
        {
            var map = given.Where(g => g.Value.Length > 0
                && g.Key.StartsWith(pointer + "/", StringComparison.Ordinal))
                .Select(g => KeyValuePair.Create(g.Key[(pointer.Length + 1)..], (JsonNode?)g.Value)).ToList();
            return map.Count == 0 ? null : new JsonObject(map);
        }
        if (rule["properties"] is not null) return ReadObject(rule, pointer, given);
        if (given.GetValueOrDefault(pointer) is not { Length: > 0 } text) return null;
        return KindOf(rule) switch
        {
            FactKind.List => new JsonArray([.. text.Split([',', '，', '、'],
                StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(word => (JsonNode)word)]),
            FactKind.Truth when text is "true" or "false" => text == "true",
            // Full-width digits are digits.
            FactKind.Number => NumberOf(rule, text.Normalize(NormalizationForm.FormKC)),
            _ => text,
        };
    }

    /// <summary>Without the rows that were left empty: they say nothing.</summary>
    public static JsonNode Said(JsonNode spec)
    {
        if (spec is JsonObject members)
            foreach (var (name, value) in members.ToList())
                if (value is not null && Said(value) is JsonArray { Count: 0 }) members.Remove(name);
        if (spec is not JsonArray rows) return spec;
        foreach (var row in rows.ToList())
            if (row is not null && Said(row) is JsonObject { Count: 0 }) rows.Remove(row);
        return rows;
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Properties(JsonNode rule) =>
        rule["properties"] as JsonObject ?? [];

    private JsonNode? Rows(JsonNode rule) =>
        rule["items"] is { } items && Real(items) is var row && row["properties"] is not null ? row : null;

    /// <summary>The rule that a rule refers to: "#/properties/first".</summary>
    private JsonNode Real(JsonNode rule)
    {
        if (rule["$ref"]?.ToString() is not ['#', .. var pointer]) return rule;
        JsonNode? at = _schema;
        foreach (var step in pointer.Split('/', StringSplitOptions.RemoveEmptyEntries))
            at = at is JsonArray list ? list[int.Parse(step, CultureInfo.InvariantCulture)] : at?[step];
        return at ?? rule;
    }

    private static bool IsMap(JsonNode rule) => rule["additionalProperties"] is JsonObject;

    /// <summary>A number of the books as it is written; a count, which is no such number, as one.</summary>
    private static JsonValue NumberOf(JsonNode rule, string text) =>
        Kinds(rule) is var kinds && kinds.Contains("integer") && !kinds.Contains("string")
            && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
            ? JsonValue.Create(whole) : JsonValue.Create(text);

    private static string[] Kinds(JsonNode rule) => rule["type"] is JsonArray several
        ? [.. several.Select(k => k!.ToString())] : [rule["type"]?.ToString() ?? ""];

    private static FactKind KindOf(JsonNode rule)
    {
        var kinds = Kinds(rule);
        return kinds.Contains("boolean") ? FactKind.Truth : kinds.Contains("array") ? FactKind.List
            : kinds.Contains("number") || kinds.Contains("integer") ? FactKind.Number : FactKind.Words;
    }

    private static string Text(JsonNode? value) => value switch
    {
        JsonValue => value.ToString(),
        JsonArray words => string.Join(", ", words.OfType<JsonValue>()),
        _ => "",
    };
}
