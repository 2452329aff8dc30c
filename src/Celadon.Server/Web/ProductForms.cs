using System.Text.Json.Nodes;
using Celadon.Lenses;
using Celadon.Server.Pages;
using Celadon.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Routing;

namespace Celadon.Server.Web;

/// <summary>
/// The facts of a product as fields. What is sent becomes the spec in the URL: a page that can be kept and
/// handed on. Adding and taking away a row shows the form again without an answer.
/// </summary>
internal static class ProductForms
{
    /// <summary>Characters of the longest address that facts are put into.</summary>
    public const int LongestAddress = 15 * 1024;

    public static void Map(RouteGroupBuilder forms)
    {
        foreach (var (tab, question) in ProductAnswerPage.WithForms)
            forms.MapForm($"/products/{tab}", (HttpContext http, string lang) =>
                Take(http, lang, tab, question));
        forms.MapForm("/products/footprint", (HttpContext http, string lang) => TakeFacts(http, lang));
    }

    /// <summary>
    /// The facts of a footprint into its address, a part each; all else that was asked stays in it.
    /// </summary>
    private static async Task<IResult> TakeFacts(HttpContext http, string lang)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var spec = FootprintFacts.Form.Read(form);
        var (said, edit, anchor) = form["do"].ToString().Split(':', 2) switch
        {
            ["add", var list] => (SpecForm.Add(spec, list), true, AnchorOf(list)),
            ["drop", var row] => (SpecForm.Remove(spec, row), true,
                AnchorOf(row[..Math.Max(0, row.LastIndexOf('/'))])),
            _ => ((JsonObject)SpecForm.Said(spec), false, ""),
        };
        var query = new QueryBuilder(form.Where(f => FootprintChoice.IsAsked(f.Key))
            .SelectMany(f => f.Value.OfType<string>().Where(v => v.Length > 0)
                .Select(v => KeyValuePair.Create(f.Key, v))));
        foreach (var (part, value) in said)
            if (value is not null) query.Add(part, value.ToJsonString(Question.Json));
        if (edit) query.Add("edit", "1");
        return See($"/{lang}/products/footprint{query.ToQueryString()}"
            + (anchor.Length > 0 ? "#" + anchor : ""));
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
            ["add", var list] => See(path + Query(SpecForm.Add(spec, list)) + at
                + $"&edit=1#{AnchorOf(list)}"),
            ["drop", var row] => See(path + Query(SpecForm.Remove(spec, row)) + at
                + $"&edit=1#{AnchorOf(row[..Math.Max(0, row.LastIndexOf('/'))])}"),
            _ => See(path + Query(SpecForm.Said(spec)) + at),
        };
    }

    internal static SeeOther See(string address) => address.Length <= LongestAddress ? Forms.SeeOther(address)
        : throw RefusedException.Of("web.specTooLong", ("size", address.Length), ("limit", LongestAddress));

    /// <summary>The id of a group of fields.</summary>
    public static string AnchorOf(string pointer) => "at" + string.Concat(pointer.Select(c =>
        char.IsAsciiLetterOrDigit(c) ? c : '-'));

    private static string Query(JsonNode spec) => Query(spec.ToJsonString(Question.Json));

    /// <summary>A spec as a part of an address.</summary>
    internal static string Query(string spec) => "spec=" + Uri.EscapeDataString(SpecAddress.Packed(spec));
}
