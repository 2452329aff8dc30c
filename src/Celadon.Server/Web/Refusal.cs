using System.Text.Json.Nodes;
using Celadon.Server.Parts;
using Celadon.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Celadon.Server.Web;

/// <summary>
/// A request that is refused: a page for people, problem details (RFC 9457) for programs, both with the
/// finding that says what, why and what to do.
/// </summary>
internal static class Refusal
{
    public static Task Write(HttpContext context, int status, string code,
        params (string Name, object Value)[] args) =>
        Write(context, status, Finding.Of(code, Severity.Error, null, args));

    public static Task Write(HttpContext context, int status, params Finding[] findings) =>
        Result(context, status, findings).ExecuteAsync(context);

    public static IResult Result(HttpContext context, int status, params Finding[] findings) =>
        IsForPrograms(context.Request) ? Problem(context, status, findings) : Html(context, status, findings);

    /// <summary>A finding as the API writes it: code, place and arguments, and its words.</summary>
    public static JsonObject Json(Finding finding, Catalogue text)
    {
        var json = new JsonObject
        {
            ["code"] = finding.Code,
            ["severity"] = finding.Severity.ToString()
            .ToLowerInvariant()
        };
        var args = new JsonObject();
        foreach (var (name, value) in finding.Args) args[name] = value;
        json["args"] = args;
        if (finding.Place is { } place)
        {
            json["place"] = System.Text.Json.JsonSerializer.SerializeToNode(place, Lenses.Question.Json);
        }
        json["text"] = text.Render(finding);
        if (text.Remedy(finding) is { } remedy) json["remedy"] = remedy;
        return json;
    }

    /// <summary>
    /// The language of a request: of its path, else the first of ours that the browser asks for.
    /// </summary>
    public static Catalogue LanguageOf(HttpRequest request)
    {
        if (request.Path.StartsWithSegments("/zh")) return Catalogue.Chinese;
        if (request.Path.StartsWithSegments("/en")) return Catalogue.English;
        if (request.Query["lang"].ToString() is { Length: > 0 } asked) return Catalogue.For(asked);
        var wanted = request.Headers.AcceptLanguage.ToString().Split(',').Select(l => l.Trim());
        return Catalogue.For(wanted.FirstOrDefault(l =>
            l.StartsWith("zh", StringComparison.OrdinalIgnoreCase)
                || l.StartsWith("en", StringComparison.OrdinalIgnoreCase)));
    }

    private static bool IsForPrograms(HttpRequest request) => request.Path.StartsWithSegments("/api")
        || request.Path.Value?.EndsWith(".json", StringComparison.Ordinal) == true
        || request.Path.Value?.EndsWith(".csv", StringComparison.Ordinal) == true
        || request.Headers.Authorization.Count > 0 || request.Headers.ContainsKey(Safety.KeyGate.TokenHeader);

    private static IResult Problem(HttpContext context, int status, Finding[] findings)
    {
        var text = LanguageOf(context.Request);
        var problem = new JsonObject
        {
            ["type"] = "urn:celadon:" + findings[0].Code,
            ["title"] = text.Text($"web.status.{status}"),
            ["status"] = status,
            ["detail"] = text.Render(findings[0]),
            ["findings"] = new JsonArray([.. findings.Select(f => Json(f, text))]),
        };
        return Results.Text(problem.ToJsonString(Twins.Indented), "application/problem+json", null, status);
    }

    private static RazorComponentResult<RefusalDocument> Html(HttpContext context, int status,
        Finding[] findings) =>
        new(new
        {
            Text = LanguageOf(context.Request),
            Status = status,
            Findings = findings
        })
        { StatusCode = status };
}
