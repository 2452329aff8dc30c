using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Celadon.Server.Web;

/// <summary>
/// Everything a page can change. Each form carries the antiforgery token, and answers with a redirect, unless
/// it shows a secret that no address may lead to, or itself again with what is wrong.
/// </summary>
internal static class Forms
{
    public static void Map(WebApplication app, string language, ServeOptions options)
    {
        var forms = app.MapGroup(language);
        forms.MapForm("/theme", Theme);
        forms.MapForm("/options", Options);
        forms.MapForm("/ledger/batches/{position:long}/reverse", Reverse);
        forms.MapForm("/sites", AddSite);
        ImportForms.Map(forms, options);
        DatabaseForms.Map(forms, options);
        LedgerForms.Map(forms);
        ReadingForms.Map(forms);
        CustomerForms.Map(forms, options);
        ProductForms.Map(forms);
        DeclarationForms.Map(forms, options);
        StatementForms.Map(forms, options);
        Reports.ReportRoutes.MapForms(forms);
    }

    /// <summary>Refuses what no page of ours sent.</summary>
    internal static async ValueTask<object?> Checked(
        EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var http = invocation.HttpContext;
        await http.RequestServices.GetRequiredService<IAntiforgery>().ValidateRequestAsync(http);
        return await next(invocation);
    }

    private static async Task<IResult> Theme(HttpContext http, string lang)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var to = form["to"].ToString();
        var cookie = new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/" };
        if (to is "light" or "dark")
        {
            cookie.MaxAge = TimeSpan.FromDays(365);
            http.Response.Cookies.Append("celadon-theme", to, cookie);
        }
        else
        {
            http.Response.Cookies.Delete("celadon-theme", cookie);
        }
        return Back(form["back"], lang);
    }

    /// <summary>How numbers are shown; what is stored does not change by it.</summary>
    private static async Task<IResult> Options(HttpContext http, string lang)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        foreach (var (name, value) in PageContext.Choices)
        {
            if (form[name].ToString() is not { Length: > 0 } to) continue;
            var cookie = new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/" };
            if (to == value)
            {
                cookie.MaxAge = TimeSpan.FromDays(365);
                http.Response.Cookies.Append($"celadon-{name}", to, cookie);
            }
            else
            {
                http.Response.Cookies.Delete($"celadon-{name}", cookie);
            }
        }
        return Back(form["back"], lang);
    }

    private static async Task<IResult> Reverse(HttpContext http, string lang, long position, Books books)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var reason = form["reason"].ToString().Trim();
        if (reason.Length is 0 or > 500) throw Text.RefusedException.Of("web.reasonMissing");
        if (books.Batch(position) is null)
            throw Text.RefusedException.Of("reverse.nothing", ("position", position));
        var batch = books.Reverse(position, reason).Batch;
        Flash.Set(http, "reversed", position);
        return SeeOther($"/{lang}/ledger/batches/{batch.ToString(CultureInfo.InvariantCulture)}");
    }

    private static async Task<IResult> AddSite(HttpContext http, string lang, Books books)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var place = form["place"].ToString().Split('|');
        var name = form["name"].ToString().Trim();
        if (name.Length is 0 or > 120
            || place.Length != 2) throw Text.RefusedException.Of("web.siteIncomplete");
        books.AddSite(form["organisation"].ToString().Trim(), name, lang, place[0], place[1]);
        return SeeOther($"/{lang}/ledger/import");
    }

    /// <summary>Back to a page of ours, never elsewhere.</summary>
    internal static SeeOther Back(string? path, string lang) => SeeOther(
        path is not null && path.StartsWith($"/{lang}/", StringComparison.Ordinal)
        && path.All(c => c is > ' ' and < '\x7f' and not '\\') ? path : $"/{lang}/today");

    internal static SeeOther SeeOther(string path) => new(path);
}

/// <summary>303: after a change, look here.</summary>
internal sealed class SeeOther(string path) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = path;
        return Task.CompletedTask;
    }
}
