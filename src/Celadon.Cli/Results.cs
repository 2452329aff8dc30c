using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Celadon.Store;
using Celadon.Store.Journal;

namespace Celadon.Cli;

/// <summary>Results of verbs as JSON.</summary>
internal static class Results
{
    private static readonly JsonSerializerOptions Indented =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What an append wrote.</summary>
    public static string Appended(Appended appended) => Text(AppendedJson.Write(appended));

    /// <summary>A folder that was made.</summary>
    public static string Folder(string folder) => Text(new JsonObject { ["folder"] = folder });

    /// <summary>JSON as every verb writes it.</summary>
    public static string Text(JsonNode node) => node.ToJsonString(Indented);
}
