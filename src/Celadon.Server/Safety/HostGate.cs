using Celadon.Server.Web;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;

namespace Celadon.Server.Safety;

/// <summary>
/// Answers only to the names it was started under, so that a page elsewhere whose name is made to point at
/// this machine (DNS rebinding) gets nothing; and takes changes only from its own pages.
/// </summary>
internal sealed class HostGate(IReadOnlyList<LoopbackAddress> listen, IServer server)
{
    private string[]? _names;

    /// <summary>"http://127.0.0.1:5170", in the order given; known once the server listens.</summary>
    public IReadOnlyList<string> Addresses
    {
        get
        {
            var bound = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
            return [.. bound.Zip(listen, (at, given) => $"http://{given.Host}:{new Uri(at).Port}")];
        }
    }

    public Task Check(HttpContext context, RequestDelegate next)
    {
        _names ??= [.. Addresses.Select(a => new Uri(a).Authority)];
        var request = context.Request;
        var asked = request.Host.Value ?? "";
        if (!_names.Contains(asked, StringComparer.OrdinalIgnoreCase))
        {
            // The refusal itself is a page, and a page is made under a name of ours.
            request.Host = new HostString(_names[0]);
            return Refusal.Write(context, StatusCodes.Status400BadRequest, "serve.wrongHost",
                ("host", asked), ("address", Addresses[0]));
        }
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method)
            && ComesFromElsewhere(request))
            return Refusal.Write(context, StatusCodes.Status403Forbidden, "serve.crossSite");
        return next(context);
    }

    private static bool ComesFromElsewhere(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        if (origin.Length > 0 && origin != $"{request.Scheme}://{request.Host}") return true;
        return request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none");
    }
}
