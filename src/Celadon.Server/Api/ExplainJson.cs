using System.Text.Json.Nodes;
using Celadon.Ledger;
using Celadon.Lenses;
using Celadon.Text;

namespace Celadon.Server.Api;

/// <summary>An explanation as the API writes it; the page shows the same.</summary>
internal static class ExplainJson
{
    public static JsonObject Of(Books books, Asked asked, Explanation explanation, Catalogue text, int skip, int take)
    {
        var figure = explanation.Figure;
        var json = new JsonObject
        {
            ["question"] = asked.Question, ["spec"] = JsonNode.Parse(asked.Spec), ["position"] = asked.Position,
            ["number"] = explanation.Pointer, ["value"] = figure.Value.ToString(), ["unit"] = figure.Unit,
            ["formula"] = explanation.Formula, ["formulaText"] = text.Text(explanation.Formula),
            ["operands"] = new JsonArray([.. explanation.Operands.Select(o => new JsonObject
            {
                ["label"] = text.Text(o.Label), ["value"] = o.Figure.Value.ToString(), ["unit"] = o.Figure.Unit,
                ["number"] = o.Pointer,
            })]),
        };
        if (Source(figure.Trace) is { } source) json["source"] = source;
        if (!explanation.IsSummed) return json;
        json["leafCount"] = explanation.LeafCount;
        var leaves = Explainer.Leaves(figure).Skip(skip).Take(take).ToList();
        json["leaves"] = new JsonArray([.. books.OriginsOf(leaves).Select(Leaf)]);
        return json;
    }

    private static JsonObject? Source(Trace trace) => trace switch
    {
        Trace.PackRow p => new JsonObject
            { ["pack"] = p.Pack, ["row"] = p.Row, ["column"] = p.Column, ["citation"] = p.Citation },
        Trace.Given g => new JsonObject { ["spec"] = g.Pointer },
        Trace.Fact f => new JsonObject { ["record"] = f.Position, ["fact"] = f.Name },
        Trace.Registered r => new JsonObject
            { ["register"] = r.Type, ["id"] = r.Id, ["field"] = r.Field, ["record"] = r.Position },
        Trace.Constant c => new JsonObject { ["source"] = c.Source },
        _ => null,
    };

    private static JsonNode Leaf(LeafOrigin origin)
    {
        var leaf = origin.Leaf;
        var json = new JsonObject
        {
            ["contribution"] = leaf.Contribution.ToString(), ["amount"] = leaf.Amount.ToString(), ["unit"] = leaf.Unit,
            ["record"] = leaf.Position, ["period"] = leaf.Period.ToString(), ["batch"] = origin.Batch,
        };
        if (leaf.Meter is not null) json["meter"] = leaf.Meter;
        if (origin.Evidence is Evidence.FileRow file)
        {
            json["file"] = file.Name;
            json["sha256"] = file.Sha256;
            if (file.Sheet.Length > 0) json["sheet"] = file.Sheet;
            if (file.Row > 0) json["row"] = file.Row;
        }
        if (origin.Evidence is Evidence.StatedBy stated) json["statedBy"] = stated.Actor;
        if (origin.Withdrawn) json["withdrawn"] = true;
        return json;
    }
}
