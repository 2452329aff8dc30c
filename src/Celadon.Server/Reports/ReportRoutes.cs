using System.Globalization;
using System.Net.Mime;
using Celadon.Text;
using Celadon.Server.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Celadon.Server.Reports;

/// <summary>Reports as files over HTTP, and the form that records what was sent.</summary>
internal static class ReportRoutes
{
    /// <summary>GET /{lang}/carbon/reports/{report}/file.{kind}: html, pdf.</summary>
    public static void Map(IEndpointRouteBuilder app, string language)
    {
        app.MapDoor("GET", language + "/carbon/reports/{report}/file.{kind}", File);
        app.MapDoor("GET", "/statements/{sha256:length(64)}", Statement);
    }

    /// <summary>POST /{lang}/carbon/reports/{report}/send.</summary>
    public static void MapForms(RouteGroupBuilder forms) =>
        forms.MapForm("/carbon/reports/{report}/send", Send);

    private static async Task<IResult> File(HttpContext http, string lang, string report, string kind,
        Books books)
    {
        var query = http.Request.Query;
        string? Of(string name) => query[name].ToString() is { Length: > 0 } value ? value : null;
        var order = new ReportOrder(report, lang, Of("period"), Of("site"), Of("gwp"),
            long.TryParse(Of("at"), NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? at : null);
        if (!ReportOutput.Types.TryGetValue(kind, out var type)
            || await ReportFile.Write(books, order, http.RequestAborted) is not { } file)
            return NotFound(http);
        var bytes = await ReportOutput.Bytes(file, kind, books, http.RequestAborted);
        return Results.File(bytes, type, $"{file.FileName}.{kind}");
    }

    /// <summary>The very bytes that were sent.</summary>
    private static IResult Statement(HttpContext http, string sha256, Books books)
    {
        if (books.SentBytes(sha256) is not { } bytes) return NotFound(http);
        http.Response.Headers.ContentSecurityPolicy = Safety.SecurityHeaders.EvidencePolicy;
        var name = sha256[..12] + (bytes is [(byte)'P', (byte)'K', ..] ? ".zip" : ".html");
        return Results.File(bytes, MediaTypeNames.Application.Octet, "celadon-statement-" + name);
    }

    private static async Task<IResult> Send(HttpContext http, string lang, string report, Books books)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var back = form["back"].ToString();
        var asked = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(
            back.Contains('?', StringComparison.Ordinal) ? back[back.IndexOf('?', StringComparison.Ordinal)..]
                : "");
        string? Of(string name) => asked.TryGetValue(name, out var value) ? value.ToString() : null;
        var order = new ReportOrder(report, lang, Of("period"), Of("site"), Of("gwp"));
        var kind = ReportOutput.Types.ContainsKey(form["what"].ToString()) ? form["what"].ToString() : "html";
        if (await ReportFile.Write(books, order, http.RequestAborted) is not { } file) return NotFound(http);
        var bytes = await ReportOutput.Bytes(file, kind, books, http.RequestAborted);
        books.Send(file.Name, bytes, form["to"].ToString(), form["consent"].ToString());
        return Forms.Back(back, lang);
    }

    private static IResult NotFound(HttpContext http) => Refusal.Result(http, StatusCodes.Status404NotFound,
        Finding.Of("web.noPage", Severity.Error, null, ("path", http.Request.Path.Value ?? "/")));
}
