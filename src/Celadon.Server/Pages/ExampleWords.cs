using System.Text.Json;
using System.Text.Json.Nodes;
using Celadon.Lenses;
using Celadon.Text;

namespace Celadon.Server.Pages;

/// <summary>
/// Examples of questions in the language of the page: what they call things, wherever they call it so. Ids,
/// units and choices stay.
/// </summary>
internal static class ExampleWords
{
    private static readonly JsonSerializerOptions Indented = new(Question.Json) { WriteIndented = true };

    private static readonly HashSet<string> Facts = new(
    [
        "product", "name", "evidence", "indicator", "service", "source", "owner", "programme", "cutOff", "text",
        "process", "flow", "reference", "provider", "to", "what",
    ], StringComparer.Ordinal);

    /// <summary>The example as this page shows it.</summary>
    public static string In(Catalogue text, string example)
    {
        if (text.Language == Catalogue.English.Language) return example;
        var spec = JsonNode.Parse(example)!;
        Name(text, spec);
        return spec.ToJsonString(Indented);
    }

    private static void Name(Catalogue text, JsonNode? node)
    {
        if (node is JsonArray array) foreach (var item in array) Name(text, item);
        if (node is not JsonObject facts) return;
        foreach (var (fact, value) in facts.ToList())
            if (value is not JsonValue said) Name(text, value);
            else if (Facts.Contains(fact) && text.Has($"example.{said}"))
                facts[fact] = text.Text($"example.{said}");
    }
}
