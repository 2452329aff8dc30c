using System.Text.Json.Nodes;
using Celadon.Quantities;

namespace Celadon.Store;

/// <summary>The workspace at a glance as JSON, for CLI and API.</summary>
public static class StatusJson
{
    /// <summary>Position and head, totals by meter and carrier in their units, coverage.</summary>
    public static JsonObject Write(Status status) => new()
    {
        ["position"] = status.Position,
        ["head"] = status.Head,
        ["readOnly"] = status.IsReadOnly,
        ["sites"] = status.Sites,
        ["batches"] = status.Batches,
        ["closings"] = status.Closings,
        ["meters"] = new JsonArray([.. status.Meters.Select(m => (JsonNode)new JsonObject
        {
            ["meter"] = m.Meter,
            ["resource"] = m.Resource,
            ["total"] = Book(m.Sum, m.Unit),
            ["readings"] = m.Count,
            ["period"] = new MonthSpan(m.First, m.Last).ToString(),
            ["coverage"] = Book(m.CoveragePercent, "%"),
        })]),
        ["entries"] = new JsonArray([.. status.Entries.Select(e => (JsonNode)new JsonObject
        {
            ["resource"] = e.Resource, ["total"] = Book(e.Sum, e.Unit), ["count"] = e.Count,
        })]),
    };

    private static JsonObject Book(Amount amount, string unit) => new()
    {
        ["value"] = amount.ToString(),
        ["unit"] = unit,
    };
}
