using System.Text.Json.Nodes;
using Celadon.Store.Journal;

namespace Celadon.Store;

/// <summary>What an append wrote as JSON, for CLI and API.</summary>
public static class AppendedJson
{
    /// <summary>Batch, position and head; findings where there is something to know.</summary>
    public static JsonObject Write(Appended appended)
    {
        var json = new JsonObject
        {
            ["batch"] = appended.Batch, ["position"] = appended.Last, ["head"] = appended.Head,
        };
        if (!appended.Findings.IsEmpty)
            json["findings"] = new JsonArray([.. appended.Findings
                .Select(f => JsonNode.Parse(AnswerJson.Write(f)))]);
        return json;
    }
}
