using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Celadon.Store.Import.Lci.Shared;

/// <summary>
/// What goes beside the model, as a JSON object in the words of openLCA's schema version 2.
/// </summary>
internal static class ExtraJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Sets a text unless it is empty.</summary>
    public static JsonObject With(this JsonObject json, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value)) json[name] = value;
        return json;
    }

    /// <summary>Sets a part unless it is empty.</summary>
    public static JsonObject With(this JsonObject json, string name, JsonObject part)
    {
        if (part.Count > 0) json[name] = part;
        return json;
    }

    /// <summary>Sets a list unless it is empty.</summary>
    public static JsonObject With(this JsonObject json, string name, JsonArray list)
    {
        if (list.Count > 0) json[name] = list;
        return json;
    }

    /// <summary>The text of the object; empty for an empty one.</summary>
    public static string Written(this JsonObject json) => json.Count == 0 ? "" : json.ToJsonString(Options);
}
