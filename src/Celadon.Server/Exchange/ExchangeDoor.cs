using System.Globalization;
using System.Text;
using System.Text.Json;
using Celadon.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using NodaTime;

namespace Celadon.Server.Exchange;

/// <summary>
/// What a customer can do: show its secret for a token, list the statements it may have, fetch one. Errors
/// carry the codes of the PACT technical specification v3 and say nothing about what a customer may not see.
/// </summary>
internal sealed class ExchangeDoor(Footprints footprints, byte[] key, Func<Uri> address)
{
    private const int MostOfAPage = 100;
    private const long TokenSeconds = 3600, CursorSeconds = 900;
    private const string List = "/3/footprints";
    private static readonly Duration Window = Duration.FromMinutes(15);
    private readonly SignedText _signed = new(key);
    private readonly Attempts _failures = new(10, Window);
    private readonly Attempts _requests = new(3000, Window);

    public async Task Answer(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        try
        {
            await Route(context);
        }
        catch (Exception) when (!context.RequestAborted.IsCancellationRequested
            && !context.Response.HasStarted)
        {
            // What went wrong inside is nobody's business outside.
            await Refuse(context, StatusCodes.Status500InternalServerError, "InternalError");
        }
    }

    private Task Route(HttpContext context)
    {
        var request = context.Request;
        if (!string.Equals(request.Host.Value, address().Authority, StringComparison.OrdinalIgnoreCase))
            return Refuse(context, StatusCodes.Status400BadRequest, "BadRequest");
        var path = request.Path.Value ?? "";
        if (path == "/auth/token" && HttpMethods.IsPost(request.Method)) return Token(context);
        if (!path.StartsWith("/3/", StringComparison.Ordinal) || !HttpMethods.IsGet(request.Method))
            return Refuse(context, StatusCodes.Status404NotFound, "NotFound");
        var header = request.Headers.Authorization.ToString();
        var token = header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            ? _signed.Read(header[7..].Trim()) : null;
        if (token is not { Use: "token" } || token.Audience != Audience
            || token.Query != SecretOf(token.Customer))
            return Refuse(context, StatusCodes.Status401Unauthorized, "BadRequest");
        if (token.Until <= Now.ToUnixTimeSeconds())
            return Refuse(context, StatusCodes.Status401Unauthorized, "TokenExpired");
        if (!_requests.May(token.Customer, Now)) return TooMany(context);
        _requests.Add(token.Customer, Now);
        if (path == List) return Page(context, token.Customer);
        return path.StartsWith(List + "/", StringComparison.Ordinal)
            ? One(context, token.Customer, path[(List.Length + 1)..])
            : Refuse(context, StatusCodes.Status404NotFound, "NotFound");
    }

    private Instant Now => footprints.Workspace.Now;

    private string Audience => footprints.Workspace.Journal.WorkspaceId;

    /// <summary>Which secret a token was given for: it ends with its customer and with its secret.</summary>
    private string? SecretOf(string customer) =>
        footprints.Workspace.Registers().Find<Registers.Customer>(customer)?.SecretHash.Split('.')[1];

    private async Task Token(HttpContext context)
    {
        var request = context.Request;
        var from = context.Connection.RemoteIpAddress?.ToString() ?? "";
        var (id, secret) = Shown(request.Headers.Authorization.ToString());
        if (!_failures.May("at " + from, Now) || !_failures.May("of " + id, Now))
        {
            await TooMany(context);
            return;
        }
        var form = request.HasFormContentType ? await request.ReadFormAsync(context.RequestAborted) : null;
        if (form?["grant_type"].ToString() != "client_credentials")
        {
            await Error(context, "unsupported_grant_type", StatusCodes.Status400BadRequest);
            return;
        }
        if (id.Length == 0 || !footprints.Knows(id, secret))
        {
            _failures.Add("at " + from, Now);
            _failures.Add("of " + id, Now);
            await Error(context, "invalid_client", StatusCodes.Status401Unauthorized);
            return;
        }
        _failures.Clear("of " + id);
        var token = _signed.Write(new Ticket("token", Audience, id, Now.ToUnixTimeSeconds() + TokenSeconds,
            SecretOf(id) ?? ""));
        await Json(context, StatusCodes.Status200OK, JsonSerializer.SerializeToUtf8Bytes(
            new { access_token = token, token_type = "Bearer", expires_in = TokenSeconds }));
    }

    /// <summary>Client id and secret of an Authorization header of the kind Basic.</summary>
    private static (string Id, string Secret) Shown(string header)
    {
        if (header.Length > 1024 || !header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
            return ("", "");
        var bytes = new byte[1024];
        return Convert.TryFromBase64String(header[6..].Trim(), bytes, out var length)
            && Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [var id, var secret]
            && id.Length <= 64 ? (id, secret) : ("", "");
    }

    private async Task Page(HttpContext context, string customer)
    {
        var after = 0;
        var asking = context.Request.QueryString.Value;
        if (context.Request.Query.TryGetValue("cursor", out var text))
        {
            if (_signed.Read(text) is not { Use: "cursor" } cursor || cursor.Audience != Audience
                || cursor.Customer != customer || cursor.Until <= Now.ToUnixTimeSeconds())
            {
                await Refuse(context, StatusCodes.Status400BadRequest, "BadRequest");
                return;
            }
            (after, asking) = (cursor.After, cursor.Query);
        }
        var filters = new QueryCollection(QueryHelpers.ParseQuery(asking));
        var limit = MostOfAPage;
        var filter = new FootprintFilter(filters);
        if (!filter.IsReadable || (filters.TryGetValue("limit", out var asked)
            && (!int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out limit)
                || limit < 1)))
        {
            await Refuse(context, StatusCodes.Status400BadRequest, "BadRequest");
            return;
        }
        limit = Math.Min(limit, MostOfAPage);
        var found = footprints.For(customer).Where(o => filter.Lets(o.Statement)).Skip(after).ToList();
        var page = found.Take(limit).ToList();
        if (found.Count > page.Count) context.Response.Headers.Link = Next(customer, filters, after + limit);
        await Give(context, customer, page, isList: true);
    }

    /// <summary>The address of the next page: absolute, on this host, good for 15 minutes.</summary>
    private string Next(string customer, QueryCollection filters, int after)
    {
        var cursor = _signed.Write(new Ticket("cursor", Audience, customer,
            Now.ToUnixTimeSeconds() + CursorSeconds, QueryString.Create(filters).Value ?? "", after));
        var next = new UriBuilder(address()) { Path = List, Query = "cursor=" + cursor };
        return $"<{next.Uri}>; rel=\"next\"";
    }

    private Task One(HttpContext context, string customer, string id)
    {
        var found = Guid.TryParseExact(id, "D", out var guid)
            ? footprints.For(customer).FirstOrDefault(o => o.Statement.Id == guid) : null;
        return found is null ? Refuse(context, StatusCodes.Status404NotFound, "NotFound")
            : Give(context, customer, [found], isList: false);
    }

    /// <summary>First the journal, then the wire: nothing leaves that is not written.</summary>
    private async Task Give(HttpContext context, string customer, List<Offered> given, bool isList)
    {
        footprints.Disclose(customer, given);
        var body = new MemoryStream();
        body.Write(isList ? "{\"data\":["u8 : "{\"data\":"u8);
        for (var i = 0; i < given.Count; i++)
        {
            if (i > 0) body.Write(","u8);
            body.Write(given[i].Utf8);
        }
        body.Write(isList ? "]}"u8 : "}"u8);
        await Json(context, StatusCodes.Status200OK, body.ToArray());
    }

    private static Task TooMany(HttpContext context)
    {
        context.Response.Headers.RetryAfter =
            Window.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        return Refuse(context, StatusCodes.Status429TooManyRequests, "AccessDenied");
    }

    private static Task Refuse(HttpContext context, int status, string code) => Json(context, status,
        JsonSerializer.SerializeToUtf8Bytes(new { code, message = code }));

    private static Task Error(HttpContext context, string error, int status) =>
        Json(context, status, JsonSerializer.SerializeToUtf8Bytes(new { error }));

    private static async Task Json(HttpContext context, int status, byte[] body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
