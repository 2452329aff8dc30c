using Microsoft.AspNetCore.Http;

namespace Celadon.Server.Safety;

/// <summary>
/// Headers of every answer: nothing from elsewhere, nothing inline, nothing framed, nothing guessed.
/// </summary>
internal static class SecurityHeaders
{
    /// <summary>The policy of every page.</summary>
    public const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        + "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    /// <summary>For files that other people wrote: not even our own scripts.</summary>
    public const string EvidencePolicy = "default-src 'none'; sandbox; frame-ancestors 'none'";

    public static Task Apply(HttpContext context, RequestDelegate next)
    {
        Set(context.Response);
        return next(context);
    }

    /// <summary>Puts them on an answer that was begun anew.</summary>
    public static void Set(HttpResponse response)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=()";
        headers.CacheControl = "no-store";
    }
}
