using System.Text;
using System.Text.Json.Nodes;
using Celadon.Server.Web;
using Celadon.Store;
using Celadon.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Celadon.Server.Api;

/// <summary>
/// The questions over HTTP: GET /api/questions, POST /api/ask/{question}, POST /api/explain/{question}.
/// Bodies are specs as JSON; a refusal is problem details with findings.
/// </summary>
internal static class AskApi
{
    private const int MostLeaves = 1000;
    private const int LargestSpec = 1024 * 1024;

    public static void Map(WebApplication app)
    {
        app.MapGet("/api/questions", Questions);
        app.MapPost("/api/ask/{question}", Ask);
        app.MapPost("/api/explain/{question}", Explain);
    }

    private static IResult Questions(HttpContext http)
    {
        var text = Refusal.LanguageOf(http.Request);
        return Json(new JsonArray([.. Lenses.Questions.All.Select(q => new JsonObject
        {
            ["name"] = q.Name, ["title"] = text.Text($"question.{q.Name}.title"),
            ["schema"] = q.Schema, ["example"] = JsonNode.Parse(q.Example),
        })]).ToJsonString(Twins.Indented));
    }

    private static async Task<IResult> Ask(HttpContext http, string question, Books books)
    {
        var asked = books.Ask(question, await Spec(http), At(http), http.RequestAborted);
        return Json(AnswerJson.Write(asked));
    }

    private static async Task<IResult> Explain(HttpContext http, string question, Books books)
    {
        var pointer = http.Request.Query["number"].ToString();
        var asked = books.Ask(question, await Spec(http), At(http), http.RequestAborted);
        var skip = Whole(http, "skip") ?? 0;
        var take = Math.Min(Whole(http, "take") ?? 100, MostLeaves);
        return Json(ExplanationJson.Write(
            books.Explain(asked, pointer, (int)Math.Min(skip, int.MaxValue), (int)take)));
    }

    private static async Task<string> Spec(HttpContext http)
    {
        if (!http.Request.HasJsonContentType()) throw RefusedException.Of("api.notJson");
        if (http.Request.ContentLength > LargestSpec) throw RefusedException.Of("serve.tooLarge");
        using var reader = new StreamReader(http.Request.Body, new UTF8Encoding(false, true));
        try
        {
            var body = await reader.ReadToEndAsync(http.RequestAborted);
            return string.IsNullOrWhiteSpace(body) ? "{}" : body;
        }
        catch (DecoderFallbackException)
        {
            throw RefusedException.Of("api.notJson");
        }
    }

    private static long? At(HttpContext http) => Whole(http, "at");

    private static long? Whole(HttpContext http, string name)
    {
        var value = http.Request.Query[name].ToString();
        if (value.Length == 0) return null;
        return long.TryParse(value, System.Globalization.NumberStyles.None,
            System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? number : throw RefusedException.Of("api.number", ("name", name), ("value", value));
    }

    private static IResult Json(string json) => Results.Text(json, "application/json", Encoding.UTF8);
}
