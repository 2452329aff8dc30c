using System.Text;
using System.Text.Json.Nodes;
using Celadon.Server.Web;
using Celadon.Store;
using Celadon.Text;
using Microsoft.AspNetCore.Http;

namespace Celadon.Server.Api;

/// <summary>
/// The questions over HTTP. Bodies are specs as JSON; a refusal is problem details with findings.
/// </summary>
internal static class AskApi
{
    private const int LargestSpec = 1024 * 1024;

    public static IResult Questions(HttpContext http)
    {
        var text = Refusal.LanguageOf(http.Request);
        return Json(new JsonArray([.. Lenses.Questions.All.Select(q => new JsonObject
        {
            ["name"] = q.Name, ["title"] = text.Text($"question.{q.Name}.title"),
            ["schema"] = q.Schema, ["example"] = JsonNode.Parse(q.Example),
        })]).ToJsonString(Twins.Indented));
    }

    public static async Task<IResult> Ask(HttpContext http, string question, Books books)
    {
        var asked = books.Ask(question, await Spec(http), At(http), http.RequestAborted);
        return Json(AnswerJson.Write(asked));
    }

    public static async Task<IResult> Explain(HttpContext http, string question, Books books)
    {
        var pointer = http.Request.Query["number"].ToString();
        var asked = books.Ask(question, await Spec(http), At(http), http.RequestAborted);
        var skip = ApiRequest.Whole(http, "skip") ?? 0;
        var take = ApiRequest.Take(http);
        return Json(ExplanationJson.Write(
            books.Explain(asked, pointer, (int)Math.Min(skip, int.MaxValue), take)));
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

    private static long? At(HttpContext http) => ApiRequest.Whole(http, "at");

    private static IResult Json(string json) => Results.Text(json, "application/json", Encoding.UTF8);
}
