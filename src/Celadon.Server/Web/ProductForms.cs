using System.Text.Json.Nodes;
using Celadon.Lenses;
using Celadon.Server.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Celadon.Server.Web;

/// <summary>
/// The facts of a product as fields. What is sent becomes the spec in the URL: a page that can be kept and
/// handed on. Adding and taking away a row shows the form again without an answer.
/// </summary>
internal static class ProductForms
{
    public static void Map(RouteGroupBuilder forms)
    {
        foreach (var (tab, question) in ProductAnswerPage.WithForms)
            forms.MapPost($"/products/{tab}", (HttpContext http, string lang) =>
                Take(http, lang, tab, question));
    }

    private static async Task<IResult> Take(HttpContext http, string lang, string tab, string question)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var fields = ProductAnswerPage.FormOf(question);
        var spec = fields.Read(form);
        var path = $"/{lang}/products/{tab}?";
        var at = form["at"].ToString() is { Length: > 0 } position
            ? $"&at={Uri.EscapeDataString(position)}" : "";
        return form["do"].ToString().Split(':', 2) switch
        {
            ["add", var list] => Forms.SeeOther(path + Query(SpecForm.Add(spec, list)) + at
                + $"&edit=1#{AnchorOf(list)}"),
            ["drop", var row] => Forms.SeeOther(path + Query(SpecForm.Remove(spec, row)) + at
                + $"&edit=1#{AnchorOf(row[..Math.Max(0, row.LastIndexOf('/'))])}"),
            _ => Forms.SeeOther(path + Query(SpecForm.Said(spec)) + at),
        };
    }

    /// <summary>The id of a group of fields.</summary>
    public static string AnchorOf(string pointer) => "at" + string.Concat(pointer.Select(c =>
        char.IsAsciiLetterOrDigit(c) ? c : '-'));

    private static string Query(JsonNode spec) =>
        "spec=" + Uri.EscapeDataString(spec.ToJsonString(Question.Json));
}
