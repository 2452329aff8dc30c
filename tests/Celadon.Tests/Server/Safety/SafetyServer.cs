using System.Text.RegularExpressions;
using Celadon.Cli;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace Celadon.Tests.Server.Safety;

/// <summary>A route of the server: a method and a path that matches it.</summary>
internal sealed record Door(string Method, string Pattern, string Path);

/// <summary>
/// One running server for the tests of a class, composed as the program composes it, with a page more that
/// fails.
/// </summary>
public sealed partial class SafetyServer : IAsyncLifetime
{
    /// <summary>A path whose page throws.</summary>
    internal const string Failing = "/en/fails/{what}";

    /// <summary>A page that throws while it is drawn.</summary>
    internal const string FailingInside = "/en/fails-inside";

    internal RunningServer Server { get; private set; } = null!;

    internal SampleWorkspace Sample => Server.Sample;

    public async ValueTask InitializeAsync()
    {
        var options = new Celadon.Server.ServeOptions { UploadBytes = 3 * 1024 * 1024, UploadFiles = 4 };
        Server = await RunningServer.Start(options: options, more: (app, sample) =>
        {
            Forwarding.Map(app, sample.Workspace, options.Token);
            app.MapGet(Failing, Fail);
            app.MapGet(FailingInside, http => new RazorComponentResult<Failed>().ExecuteAsync(http));
        });
    }

    /// <summary>Every route that is mapped, with a path that matches it.</summary>
    internal IReadOnlyList<Door> Doors => [.. Endpoints.SelectMany(e =>
        (e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"]).Select(method =>
            new Door(method, e.RoutePattern.RawText!, PathOf(e.RoutePattern))))];

    internal IEnumerable<RouteEndpoint> Endpoints =>
        Server.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    /// <summary>Throws when it is drawn, after its answer was begun.</summary>
    private sealed class Failed : Microsoft.AspNetCore.Components.ComponentBase
    {
        protected override void BuildRenderTree(
            Microsoft.AspNetCore.Components.Rendering.RenderTreeBuilder builder) =>
            throw new InvalidOperationException("inside");
    }

    /// <summary>A page that fails, and whose fault says what was in its address.</summary>
    internal static Task Fail(HttpContext http) => throw new InvalidOperationException(http.Request.Path);

    /// <summary>A path of a route: languages, positions, hashes and words where it takes them.</summary>
    private string PathOf(RoutePattern pattern)
    {
        var path = Parameter().Replace(pattern.RawText!, match => match.Groups[1].Value switch
        {
            "lang" => "en",
            "position" => Sample.Bills.ToString(System.Globalization.CultureInfo.InvariantCulture),
            "sha256" => Sample.HostileSha,
            "token" or "job" => new string('a', 32),
            "question" => "carbon.inventory",
            "pack" => "uk-desnz-2025",
            _ => "x",
        });
        return path.StartsWith('/') ? path : "/" + path;
    }

    [GeneratedRegex(@"\{\*{0,2}([A-Za-z0-9]+)[^}]*\}")]
    private static partial Regex Parameter();
}
