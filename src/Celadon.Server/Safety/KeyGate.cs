using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Celadon.Server.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Features;

namespace Celadon.Server.Safety;

/// <summary>
/// Lets in who holds the key of the printed address (exchanged for a session cookie, then out of the URL), or
/// the token of the lock file. Everybody else gets 401. Keys are compared in fixed time; sessions are kept as
/// hashes and end with the process.
/// </summary>
internal sealed class KeyGate(ServeOptions options)
{
    /// <summary>The header in which other verbs of the program show the token of the lock file.</summary>
    public const string TokenHeader = "X-Celadon-Token";

    private const int MostSessions = 10_000;
    private readonly ConcurrentDictionary<string, byte> _sessions = new(StringComparer.Ordinal);

    public Task Check(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (HttpMethods.IsGet(request.Method) && request.Query.TryGetValue("key", out var key)
            && Same(key, options.Key))
            return Open(context);
        if (TokenOf(request) is { } token)
        {
            if (!Same(token, options.Token)) return Refuse(context);
            // Programs of the same person send files and long input; browsers have the limit of each form.
            if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
                size.MaxRequestBodySize = options.UploadBytes * 2;
            return next(context);
        }
        return IsPublic(request) || HasSession(request) ? next(context) : Refuse(context);
    }

    /// <summary>
    /// The style of the refusal page itself; the program's own files hold nothing of the books.
    /// </summary>
    private static bool IsPublic(HttpRequest request) => HttpMethods.IsGet(request.Method)
        && (request.Path.StartsWithSegments("/css") || request.Path.StartsWithSegments("/img"));

    private Task Open(HttpContext context)
    {
        if (_sessions.Count >= MostSessions) _sessions.Clear();
        var session = ServeOptions.NewSecret();
        _sessions[Hash(session)] = 0;
        context.Response.Cookies.Append(CookieName(context.Request), session, new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Path = "/",
            IsEssential = true,
        });
        var rest = new QueryBuilder(context.Request.Query.Where(q => q.Key != "key"));
        // One slash: a browser takes "//name" for the address of another host.
        var path = new PathString("/" + context.Request.Path.Value!.TrimStart('/', '\\'));
        context.Response.Redirect(path.ToUriComponent() + rest.ToQueryString());
        return Task.CompletedTask;
    }

    private bool HasSession(HttpRequest request) =>
        request.Cookies.TryGetValue(CookieName(request), out var session) && session.Length == 64
        && _sessions.ContainsKey(Hash(session));

    /// <summary>Cookies do not know ports: two servers on one machine must not take each other's.</summary>
    private static string CookieName(HttpRequest request) => $"celadon-{request.Host.Port ?? 80}";

    /// <summary>
    /// True when the request came in by the token: the gate let it pass, so the token it shows is right.
    /// </summary>
    public static bool ShowsToken(HttpRequest request) => TokenOf(request) is not null;

    private static string? TokenOf(HttpRequest request)
    {
        if (request.Headers.TryGetValue(TokenHeader, out var token)) return token.ToString();
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header[7..].Trim() : null;
    }

    private static Task Refuse(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Refusal.Write(context, StatusCodes.Status401Unauthorized, "serve.noKey");
    }

    private static bool Same(string? a, string b) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(a ?? ""), Encoding.UTF8.GetBytes(b));

    private static string Hash(string session) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(session)));
}
