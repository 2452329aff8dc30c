using System.Text.Json;
using System.Text.Json.Nodes;
using Celadon.Lenses;
using Celadon.Registers;
using Celadon.Server.Web;

namespace Celadon.Server.Pages;

/// <summary>
/// The facts of a footprint that have a field each: what follows the gate, units, ratings. They stand in the
/// address as JSON, a part each.
/// </summary>
internal sealed class FootprintFacts(PageContext at, FootprintChoice choice)
{
    private static readonly string[] Stages =
        ["materials", "components", "upstreamEnergy", "inbound", "manufacture", "waste", "overheads"];

    /// <summary>The form, drawn from the question's own schema.</summary>
    public static SpecForm Form => new(Schema(), _ => [], _ => 0);

    /// <summary>The fields with what the address says in them; null where it is no JSON.</summary>
    public IReadOnlyList<SpecItem>? Fields => Said() is { } said
        ? [.. Form.Of(said).Select(Eased)] : null;

    private static JsonObject Schema()
    {
        var whole = Questions.Get("products.footprint").Schema["properties"]!;
        var parts = new JsonObject();
        foreach (var part in FootprintChoice.Parts) parts[part] = whole[part]!.DeepClone();
        return new JsonObject { ["properties"] = parts };
    }

    /// <summary>A name that stands twice cannot be shown in a field.</summary>
    private static readonly JsonDocumentOptions Once = new() { AllowDuplicateProperties = false };

    private JsonObject? Said()
    {
        var said = new JsonObject();
        foreach (var part in FootprintChoice.Parts)
        {
            if (at[part] is not { } text) continue;
            try
            {
                said[part] = JsonNode.Parse(text, documentOptions: Once);
            }
            catch (JsonException)
            {
                // The answer says where it is no JSON; a form cannot show it.
                return null;
            }
        }
        return said;
    }

    /// <summary>
    /// A group that is left empty needs nothing, and the circular formula, which has a page of its own to
    /// state it on, has fields only where it is stated.
    /// </summary>
    private static SpecItem Eased(SpecItem item) => item switch
    {
        SpecRows rows => rows with
        {
            Rows = [.. rows.Rows.Select(r => r with
            {
                Items = [.. r.Items.Where(i => i.Path != "life.circular" || !IsEmpty(i)).Select(Eased)],
            })],
        },
        SpecGroup group => group with
        {
            Items = [.. group.Items.Select(i => i is SpecField field && IsEmpty(group)
                ? field with { Required = false } : Eased(i))],
        },
        _ => item,
    };

    private static bool IsEmpty(SpecItem item) => item switch
    {
        SpecField field => field.Value.Length == 0,
        SpecGroup group => group.Items.All(IsEmpty),
        SpecRows rows => rows.Rows.All(IsEmpty),
        SpecKeys keys => keys.Keys.All(IsEmpty),
        _ => true,
    };

    /// <summary>The text key of a fact: those of the circular formula are its own page's.</summary>
    public static string KeyOf(string path) =>
        path.StartsWith("life.circular.", StringComparison.Ordinal) ? $"form.{path[5..]}"
            : $"form.footprint.{path}";

    /// <summary>What a field may hold: products made, units of the site, items of lines, words.</summary>
    public IReadOnlyList<(string Value, string Text)> ChoicesOf(SpecField field, IReadOnlyList<string> made,
        Spot report)
    {
        var names = new Names(at);
        return field.Path switch
        {
            "life.product" or "quality.ratings.product" =>
                [.. made.Select(p => (p, names.OfItem(p)))],
            "units.unit" => [.. at.Books.Registers.Of<PlantUnit>().Where(u => u.Site == choice.Site)
                .Select(u => (u.Id, u.Name.In(at.Text.Language, u.Id)))],
            "quality.ratings.item" => [.. report["products"].Items.SelectMany(p => p["stages"].Items)
                .SelectMany(s => s["lines"].Items).Select(l => l["item"].Text!).Distinct()
                .Select(i => (i, names.OfItem(i)))],
            "quality.ratings.stage" => [.. Stages.Select(s => (s, at.L($"web.footprint.stage.{s}")))],
            "quality.scheme" => [.. field.Choices.Where(c => c.Length > 0).Select(c =>
                (c, at.L($"web.footprint.quality.scheme.{c}")))],
            _ when field.Kind == FactKind.Truth => [("true", at.L("form.yes")), ("false", at.L("form.no"))],
            _ => [.. field.Choices.Where(c => c.Length > 0).Select(c => (c, c))],
        };
    }
}
