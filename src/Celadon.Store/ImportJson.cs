using System.Text.Json.Nodes;
using Celadon.Store.Import;
using Celadon.Text;

namespace Celadon.Store;

/// <summary>An import as JSON, for CLI and API.</summary>
public static class ImportJson
{
    /// <summary>A plan, or what came of it.</summary>
    /// <param name="plan">How the files were read.</param>
    /// <param name="more">What the books say to it.</param>
    /// <param name="imported">What was recorded; null for a dry run.</param>
    public static JsonObject Write(ImportPlan plan, IEnumerable<Finding> more, Imported? imported) => new()
    {
        ["batch"] = imported?.Appended?.Batch,
        ["position"] = imported?.Appended?.Last,
        ["head"] = imported?.Appended?.Head,
        ["entries"] = imported?.Entries ?? plan.Entries.Length,
        ["readings"] = imported?.Readings ?? plan.Readings.Sum(r => (long)r.Count),
        ["records"] = imported?.Records ?? plan.Records.Length,
        ["names"] = imported?.Names ?? plan.Names.Length,
        ["documents"] = new JsonArray([.. plan.Documents.Select(d => (JsonNode)new JsonObject
        {
            ["file"] = d.File, ["sheet"] = d.Sheet, ["kind"] = d.Kind.ToString(), ["sha256"] = d.Sha256,
            ["rows"] = d.Rows.Total, ["loaded"] = d.Rows.Loaded, ["refused"] = d.Rows.Refused,
            ["held"] = d.Rows.Held, ["repeats"] = d.Rows.Repeats, ["around"] = d.Rows.Around,
            ["checks"] = new JsonArray([.. d.Checks.Select(c => (JsonNode)new JsonObject
            {
                ["column"] = c.Column, ["of"] = c.Of, ["unit"] = c.Unit,
                ["factorLow"] = c.FactorLow.ToString(),
                ["factorHigh"] = c.FactorHigh.ToString(), ["agree"] = c.Agree,
                ["rows"] = new JsonArray([.. c.Rows.Select(r => (JsonNode)r)]), ["sum"] = c.Sum.ToString(),
            })]),
        })]),
        ["totals"] = new JsonArray([.. plan.Totals.Select(t => (JsonNode)new JsonObject
        {
            ["meter"] = t.Meter, ["resource"] = t.Resource,
            ["total"] = new JsonObject { ["value"] = t.Amount.ToString(), ["unit"] = t.Unit },
            ["count"] = t.Count,
        })]),
        ["questions"] = new JsonArray([.. plan.Questions.Select(q => (JsonNode)new JsonObject
        {
            ["id"] = q.Id, ["code"] = q.Code, ["proposed"] = q.Proposed, ["used"] = q.Used,
            ["choices"] = new JsonArray([.. q.Choices.Select(c => (JsonNode)c.Id)]),
        })]),
        ["findings"] =
            new JsonArray([.. plan.Findings.Concat(more).Select(f => JsonNode.Parse(AnswerJson.Write(f)))]),
    };
}
