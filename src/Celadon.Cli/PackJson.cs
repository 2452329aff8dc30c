using System.Text.Json.Nodes;
using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Store;

namespace Celadon.Cli;

/// <summary>Packs and their rows as JSON.</summary>
internal static class PackJson
{
    /// <summary>A pack without its rows.</summary>
    public static JsonObject Of(Pack pack, string language) => new()
    {
        ["id"] = pack.Header.Id,
        ["edition"] = pack.Header.Edition,
        ["title"] = pack.Header.Title.In(language, pack.Header.Id),
        ["publisher"] = pack.Header.Publisher,
        ["licence"] = pack.Header.Licence.Id,
        ["attribution"] = pack.Header.Licence.Attribution,
        ["source"] = pack.Header.Citation,
        ["complete"] = pack.Header.Complete,
        ["completeness"] = pack.Header.Completeness,
        ["sha256"] = pack.Sha256,
        ["tables"] = new JsonArray([.. pack.Header.Tables.Select(t => (JsonNode)new JsonObject
        {
            ["file"] = t.File, ["kind"] = t.Kind, ["rows"] = t.Rows, ["sha256"] = t.Sha256,
        })]),
    };

    /// <summary>A factor with its source.</summary>
    public static JsonObject Of(Factor factor, string language) => new()
    {
        ["id"] = factor.Id,
        ["name"] = factor.Name.In(language, factor.Group),
        ["factor"] = Book(factor.Value, factor.UnitText),
        ["co2"] = Book(factor.Co2, factor.UnitText),
        ["ch4"] = Book(factor.Ch4, factor.UnitText),
        ["n2o"] = Book(factor.N2o, factor.UnitText),
        ["gwp"] = factor.Gwp?.ToString(),
        ["basis"] = factor.Basis.ToString(),
        ["place"] = factor.Place,
        ["variant"] = factor.Variant,
        ["status"] = factor.Status.ToString(),
        ["source"] = factor.Citation,
    };

    /// <summary>What reading a pack gave: its hash, or what was found wrong.</summary>
    public static JsonObject Of(PackReading reading) => new()
    {
        ["id"] = reading.Id,
        ["sha256"] = reading.Pack?.Sha256,
        ["findings"] = new JsonArray([.. reading.Findings.Select(f => JsonNode.Parse(AnswerJson.Write(f)))]),
    };

    private static JsonObject? Book(Amount? amount, string unit) => amount is not { } known ? null
        : new JsonObject { ["value"] = known.ToString(), ["unit"] = unit };
}
