using System.Text.Json.Nodes;
using Celadon.Ledger;
using Celadon.Quantities;
using NodaTime.Text;

namespace Celadon.Server.Api;

/// <summary>Records and batches as the API writes them.</summary>
internal static class RecordNodes
{
    public static JsonObject Book(Amount amount, string unit) =>
        new() { ["value"] = amount.ToString(), ["unit"] = unit };

    public static JsonObject Write(RecordRow row) => new()
    {
        ["position"] = row.Position,
        ["kind"] = ChainFormat.NameOf(row.Body.Kind),
        ["batch"] = row.Batch,
        ["reversedBy"] = row.ReversedBy == 0 ? null : row.ReversedBy,
        ["body"] = row.Body is EntryRecord entry ? Write(entry.Entry)
            : JsonNode.Parse(RecordJson.Write(row.Body)),
    };

    public static JsonObject Write(BatchInfo batch) => new()
    {
        ["position"] = batch.Position,
        ["last"] = batch.Last,
        ["at"] = InstantPattern.ExtendedIso.Format(batch.Header.At),
        ["actor"] = batch.Header.Actor,
        ["purpose"] = batch.Header.Purpose,
        ["note"] = batch.Header.Note,
        ["entries"] = batch.Entries,
        ["readings"] = batch.Readings,
        ["reversedBy"] = batch.ReversedBy == 0 ? null : batch.ReversedBy,
        ["files"] = new JsonArray([.. batch.Header.Files.Select(f => (JsonNode)new JsonObject
            { ["name"] = f.Name, ["sha256"] = f.Sha256, ["bytes"] = f.Bytes })]),
    };

    private static JsonObject Write(Entry entry)
    {
        var facts = new JsonObject();
        foreach (var (name, value) in entry.Facts.Values) facts[name] = value;
        return new JsonObject
        {
            ["from"] = entry.From.ToString(),
            ["to"] = entry.To.ToString(),
            ["resource"] = entry.Resource,
            ["amount"] = Book(entry.Amount, entry.Unit),
            ["calorific"] = entry.Calorific == CalorificBasis.None ? null
                : entry.Calorific.ToString().ToLowerInvariant(),
            ["start"] = InstantPattern.ExtendedIso.Format(entry.Period.Start),
            ["end"] = InstantPattern.ExtendedIso.Format(entry.Period.End),
            ["basis"] = ChainFormat.NameOf(entry.Basis),
            ["facts"] = facts,
            ["evidence"] = Write(entry.Evidence),
        };
    }

    private static JsonObject Write(Evidence evidence) => evidence switch
    {
        Evidence.FileRow file => new JsonObject
        {
            ["kind"] = "file", ["sha256"] = file.Sha256, ["name"] = file.Name, ["sheet"] = file.Sheet,
            ["row"] = file.Row,
        },
        Evidence.MeterReadings meter => new JsonObject
            { ["kind"] = "meter", ["meter"] = meter.Meter, ["through"] = meter.Through },
        Evidence.StatedBy stated => new JsonObject { ["kind"] = "stated", ["actor"] = stated.Actor },
        _ => [],
    };
}
