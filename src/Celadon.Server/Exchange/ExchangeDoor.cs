using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Celadon.Lenses.Products;
using Celadon.Server.Web;
using Celadon.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using NodaTime;
using NodaTime.Text;

namespace Celadon.Server.Exchange;

/// <summary>
/// What a customer can do: show its secret for a token, list the statements it may have, fetch one. Errors
/// carry the codes of the PACT technical specification v3 and say nothing about what a customer may not see.
/// </summary>
internal sealed class ExchangeDoor(Footprints footprints, byte[] key, Func<Uri> address, ILogger log)
{
    private const int MostOfAPage = 100, MostQuery = 6 * 1024, MostAtOnce = 8;
    private const long MostBytesOfAPage = 4_000_000;
    private const long TokenSeconds = 3600, CursorSeconds = 900;
    private const string List = "/3/footprints", Events = "/3/events", TokenPath = "/auth/token";
    private readonly EventDoor _events = new(new Correspondence(footprints));
    private static readonly Duration Window = Duration.FromMinutes(15);
    private static readonly InstantPattern Sorted =
        InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss.fffffffff'Z'");
    private readonly SignedText _signed = new(key);
    private readonly Attempts _failures = new(10, Window);
    private readonly Attempts _requests = new(3000, Window);
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _turns = new();

    /// <summary>A secret takes a processor for a while; so many at once, the others wait.</summary>
    private static readonly SemaphoreSlim Proving = new(2);

    /// <summary>A form has three short fields.</summary>
    private static readonly FormOptions FormLimits = new()
    {
        KeyLengthLimit = 256, ValueLengthLimit = 8 * 1024, ValueCountLimit = 16,
    };

    public async Task Answer(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        try
        {
            await Route(context);
        }
        catch (Exception e) when (e is BadHttpRequestException or InvalidDataException
            && !context.Response.HasStarted)
        {
            await Refuse(context, StatusCodes.Status400BadRequest, "BadRequest");
        }
        catch (Exception e) when (!context.RequestAborted.IsCancellationRequested
            && !context.Response.HasStarted)
        {
            // What went wrong inside is nobody's business outside; who runs the exchange reads it.
            Failed(log, e);
            await Refuse(context, StatusCodes.Status500InternalServerError, "InternalError");
        }
    }

    private Task Route(HttpContext context)
    {
        var request = context.Request;
        if (!IsOurs(request.Host)) return Refuse(context, StatusCodes.Status400BadRequest, "BadRequest");
        var path = request.Path.Value ?? "";
        if (path == TokenPath && HttpMethods.IsPost(request.Method)) return Token(context);
        if (path == "/.well-known/openid-configuration" && HttpMethods.IsGet(request.Method))
            return Configuration(context);
        var isEvent = path == Events && HttpMethods.IsPost(request.Method);
        if (!isEvent && (!path.StartsWith("/3/", StringComparison.Ordinal)
            || !HttpMethods.IsGet(request.Method)))
            return Refuse(context, StatusCodes.Status404NotFound, "NotFound");
        var header = request.Headers.Authorization.ToString();
        var shown = header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            ? header[7..].Trim() : "";
        var token = _signed.Read(shown);
        if (token is not { Use: "token" } || token.Audience != Audience
            || token.Query != SecretOf(token.Customer) || token.Until <= Now.ToUnixTimeSeconds())
            return NoToken(context, shown);
        return _requests.Take(token.Customer, Now) ? InTurn(context, token.Customer, isEvent, path)
            : TooMany(context);
    }

    /// <summary>So many of a customer at once, its others wait: none fills memory with what it sends or has
    /// sent to it, and one that is slow is slow for itself.</summary>
    private async Task InTurn(HttpContext context, string customer, bool isEvent, string path)
    {
        var turn = _turns.GetOrAdd(customer, _ => new SemaphoreSlim(MostAtOnce));
        await turn.WaitAsync(context.RequestAborted);
        try
        {
            await (isEvent ? Event(context, customer) : path is List or List + "/" ? Page(context, customer)
                : path.StartsWith(List + "/", StringComparison.Ordinal)
                    ? One(context, customer, path[(List.Length + 1)..])
                    : Refuse(context, StatusCodes.Status404NotFound, "NotFound"));
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>The name under which the exchange was started, and its port where it is not 443.</summary>
    private bool IsOurs(HostString host)
    {
        var at = address();
        return (host.Port ?? 443) == at.Port
            && string.Equals(host.Host, at.Host, StringComparison.OrdinalIgnoreCase);
    }

    private Instant Now => footprints.Workspace.Now;

    private string Audience => footprints.Workspace.Journal.WorkspaceId;

    /// <summary>Which secret a token was given for: it ends with its customer and with its secret.</summary>
    private string? SecretOf(string customer) =>
        footprints.Workspace.Registers().Find<Registers.Customer>(customer)?.SecretHash.Split('.')[1];

    /// <summary>Where tokens are given, for clients that look for it (PACT v3, authentication).</summary>
    private Task Configuration(HttpContext context)
    {
        var root = new UriBuilder(address()) { Path = "" }.Uri.ToString().TrimEnd('/');
        return Json(context, StatusCodes.Status200OK, JsonSerializer.SerializeToUtf8Bytes(new
        {
            issuer = root, token_endpoint = root + TokenPath,
            grant_types_supported = (string[])["client_credentials"],
            token_endpoint_auth_methods_supported = (string[])["client_secret_basic"],
        }));
    }

    private async Task Token(HttpContext context)
    {
        var request = context.Request;
        // By where it comes from alone: who counted by client could shut a customer out with ten guesses.
        var from = Attempts.NameOf(context.Connection.RemoteIpAddress);
        var (id, secret) = Shown(request.Headers.Authorization.ToString());
        if (!_failures.Take(from, Now))
        {
            await TooMany(context, isToken: true);
            return;
        }
        var form = IsForm(request.ContentType) ? await request.ReadFormAsync(FormLimits,
            context.RequestAborted) : null;
        if (form?["grant_type"].ToString() != "client_credentials")
        {
            _failures.Return(from);
            await Error(context, "unsupported_grant_type", StatusCodes.Status400BadRequest);
            return;
        }
        if (id.Length == 0 || !await Knows(id, secret, context.RequestAborted))
        {
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"footprints\", charset=\"UTF-8\"";
            await Error(context, "invalid_client", StatusCodes.Status401Unauthorized);
            return;
        }
        _failures.Return(from);
        var token = _signed.Write(new Ticket("token", Audience, id, Now.ToUnixTimeSeconds() + TokenSeconds,
            SecretOf(id) ?? ""));
        await Json(context, StatusCodes.Status200OK, JsonSerializer.SerializeToUtf8Bytes(
            new { access_token = token, token_type = "Bearer", expires_in = TokenSeconds }));
    }

    private async Task<bool> Knows(string id, string secret, CancellationToken cancel)
    {
        await Proving.WaitAsync(cancel);
        try
        {
            return footprints.Knows(id, secret);
        }
        finally
        {
            Proving.Release();
        }
    }

    /// <summary>A form in the address's own encoding; forms with files are not taken.</summary>
    private static bool IsForm(string? type) => MediaTypeHeaderValue.TryParse(type, out var read)
        && read.MediaType.Equals("application/x-www-form-urlencoded",
            StringComparison.OrdinalIgnoreCase);

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
        // Names in any case, as the specification's own example writes them: one that is taken for no filter
        // would widen the list.
        var filters = new Dictionary<string, StringValues>(
            QueryHelpers.ParseQuery(context.Request.QueryString.Value), StringComparer.OrdinalIgnoreCase);
        filters.Remove("cursor", out var shown);
        var asked = QueryString.Create(filters).Value ?? "";
        if (filters.Keys.Any(name => name.StartsWith('$')))
        {
            await NotImplemented(context);
            return;
        }
        var after = shown.Count == 0 ? "" : After(shown, customer, asked);
        var limit = LimitOf(filters);
        var filter = new StatementFilter(
            name => filters.TryGetValue(name, out var values) ? values : StringValues.Empty);
        if (after is null || limit is null || !filter.IsReadable || asked.Length > MostQuery)
        {
            await Refuse(context, StatusCodes.Status400BadRequest, "BadRequest");
            return;
        }
        var found = footprints.For(customer).Where(o => filter.Lets(o.Statement))
            .Where(o => string.CompareOrdinal(PlaceOf(o), after) > 0).ToList();
        var bytes = 0L;
        var page = found.Take(limit.Value)
            .TakeWhile((o, i) => (bytes += o.Utf8.Length) <= MostBytesOfAPage || i == 0).ToList();
        if (found.Count > page.Count)
            context.Response.Headers.Link = Next(
                customer, filters, asked, page.Count == 0 ? after : PlaceOf(page[^1]));
        await Give(context, customer, page, isList: true);
    }

    /// <summary>How many a page may have, none at all too; null when what was asked is no number.</summary>
    private static int? LimitOf(Dictionary<string, StringValues> filters) =>
        !filters.TryGetValue("limit", out var asked) ? MostOfAPage
            : int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
                ? Math.Min(limit, MostOfAPage) : null;

    /// <summary>
    /// Where a statement stands in the order of the list, as a text that sorts like it. A page goes on
    /// behind the last one given, not behind a count: what comes or goes meanwhile moves no other.
    /// </summary>
    private static string PlaceOf(Offered offered) =>
        $"{Sorted.Format(offered.Statement.Created)} {offered.Statement.Id}";

    /// <summary>The place that a cursor of this customer and of these filters names; null for another.
    /// </summary>
    private string? After(string? cursor, string customer, string asked) =>
        _signed.Read(cursor) is { Use: "cursor" } known && known.Audience == Audience
            && known.Customer == customer && known.Until > Now.ToUnixTimeSeconds()
            && known.Query == Sha256(asked) ? known.After : null;

    private static string Sha256(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>
    /// The address of the next page: absolute, on this host, good for 15 minutes. It says the filters again,
    /// and the cursor is good for these alone.
    /// </summary>
    private string Next(
        string customer, Dictionary<string, StringValues> filters, string asked, string after)
    {
        var cursor = _signed.Write(new Ticket("cursor", Audience, customer,
            Now.ToUnixTimeSeconds() + CursorSeconds, Sha256(asked), after));
        var query = QueryString.Create([.. filters, new("cursor", cursor)]);
        return $"<{new UriBuilder(address()) { Path = List, Query = query.Value }.Uri}>; rel=\"next\"";
    }

    /// <summary>
    /// One by its id. For an own one that no consent lets this customer have the specification has 403; ids
    /// are random, so nobody finds out by guessing which there are. What suppliers gave us is not there.
    /// </summary>
    private Task One(HttpContext context, string customer, string id)
    {
        if (!Guid.TryParseExact(id, "D", out var guid) || !footprints.Own().Any(s => s.Id == guid))
            return Refuse(context, StatusCodes.Status404NotFound, "NotFound");
        return footprints.For(customer).FirstOrDefault(o => o.Statement.Id == guid) is { } found
            ? Give(context, customer, [found], isList: false)
            : Refuse(context, StatusCodes.Status403Forbidden, "AccessDenied");
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

    private async Task Event(HttpContext context, string customer)
    {
        var code = await _events.Take(context, customer);
        if (code == "TooMany") await TooMany(context);
        else if (code == "NotImplemented") await NotImplemented(context);
        else if (code.Length > 0) await Refuse(context, StatusCodes.Status400BadRequest, code);
        else context.Response.ContentLength = 0;
    }

    /// <summary>
    /// The specification has no code for it: BadRequest is its code for all other refusals, the status says
    /// what it is and Retry-After until when. The door of tokens answers in the form of OAuth (RFC 6749).
    /// </summary>
    private static Task TooMany(HttpContext context, bool isToken = false)
    {
        context.Response.Headers.RetryAfter =
            Window.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        const int status = StatusCodes.Status429TooManyRequests;
        return isToken ? Error(context, "temporarily_unavailable", status)
            : Refuse(context, status, "BadRequest", "TooMany");
    }

    /// <summary>
    /// 401 for every token that does not count. One that says it is ours has ended: with its hour, its
    /// secret, its customer or the run it was given in; its client is to fetch another. Anything else is a
    /// bad request, as the conformance service has it.
    /// </summary>
    private Task NoToken(HttpContext context, string shown)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer realm=\"footprints\""
            + (shown.Length > 0 ? ", error=\"invalid_token\"" : "");
        return Refuse(context, StatusCodes.Status401Unauthorized, SignedText.Claimed(shown) is
            { Use: "token" } said && said.Audience == Audience ? "TokenExpired" : "BadRequest");
    }

    private static Task NotImplemented(HttpContext context) =>
        Refuse(context, StatusCodes.Status501NotImplemented, "NotImplemented");

    /// <param name="context">The request.</param>
    /// <param name="status">The status that the specification has for the code.</param>
    /// <param name="code">A code of the specification.</param>
    /// <param name="says">What the message says, where it is more than the code.</param>
    private static Task Refuse(HttpContext context, int status, string code, string? says = null) =>
        Json(context, status, JsonSerializer.SerializeToUtf8Bytes(new
        {
            code, message = Refusal.LanguageOf(context.Request).Text($"exchange.wire.{says ?? code}"),
        }));

    private static Task Error(HttpContext context, string error, int status) =>
        Json(context, status, JsonSerializer.SerializeToUtf8Bytes(new { error }));

    private static async Task Json(HttpContext context, int status, byte[] body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private static readonly Action<ILogger, Exception?> Failed = LoggerMessage.Define(
        LogLevel.Error, new EventId(1, "exchange"), "exchange");
}
