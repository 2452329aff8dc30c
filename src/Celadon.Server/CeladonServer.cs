using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Celadon.Server.Api;
using Celadon.Server.Safety;
using Celadon.Server.Web;
using Celadon.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.StaticWebAssets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Celadon.Server;

/// <summary>The web pages and the API over one workspace, on loopback.</summary>
public static class CeladonServer
{
    /// <summary>
    /// Builds the server; it listens once it is started. Nothing is read from the environment, the current
    /// folder or a configuration file: what is not in the options cannot open a door.
    /// </summary>
    /// <exception cref="RefusedException">An address is not on loopback.</exception>
    public static WebApplication Build(Books books, ServeOptions options) =>
        Build(services => services.AddSingleton(books), options);

    /// <summary>
    /// Builds the server before its books are open; they are asked for once it is started, and are then its
    /// own to dispose, which may be done twice.
    /// </summary>
    /// <exception cref="RefusedException">An address is not on loopback.</exception>
    internal static WebApplication Build(Func<Books> books, ServeOptions options) =>
        Build(services => services.AddSingleton(_ => books()), options);

    private static WebApplication Build(Action<IServiceCollection> addBooks, ServeOptions options)
    {
        var listen = options.Listen();
        var assets = WebAssets.Find();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = assets.Application,
            ContentRootPath = AppContext.BaseDirectory,
            WebRootPath = assets.Root,
            EnvironmentName = "Production",
        });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 1024 * 1024;
            // The facts of a product stand in the address of its page.
            kestrel.Limits.MaxRequestLineSize = ProductForms.LongestAddress + 1024;
            kestrel.Limits.MaxConcurrentConnections = 2000;
            foreach (var at in listen) kestrel.Listen(at.Address, at.Port);
        });
        StaticWebAssetsLoader.UseStaticWebAssets(builder.Environment, builder.Configuration);
        addBooks(builder.Services);
        AddServices(builder.Services, options);
        var app = builder.Build();
        Map(app, options, assets);
        app.Lifetime.ApplicationStarted.Register(() =>
            _ = app.Services.GetRequiredService<Books>().CheckChain(app.Lifetime.ApplicationStopping));
        return app;
    }

    /// <summary>
    /// Shows a small page to nobody, so that what draws pages is compiled when the first is asked for.
    /// </summary>
    public static async Task Rehearse(WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        http.Request.Scheme = Uri.UriSchemeHttp;
        http.Request.Host = new HostString("localhost");
        http.Request.Path = PageRoutes.Rehearsed;
        await PageRoutes.Rehearsal(http).ExecuteAsync(http);
    }

    /// <summary>The addresses of a started server, "http://127.0.0.1:5170".</summary>
    public static IReadOnlyList<string> Addresses(WebApplication app) =>
        app.Services.GetRequiredService<HostGate>().Addresses;

    /// <summary>The address to open: with the key, which the server exchanges for a session.</summary>
    public static string OpenUrl(WebApplication app) =>
        $"{Addresses(app)[0]}/?key={app.Services.GetRequiredService<ServeOptions>().Key}";

    private static void AddServices(IServiceCollection services, ServeOptions options)
    {
        services.AddSingleton<Jobs>();
        services.AddSingleton(options);
        services.AddSingleton<IHostLifetime, OwnersLifetime>();
        services.AddSingleton<KeyGate>();
        services.AddSingleton(s => new HostGate(options.Listen(), s.GetRequiredService<IServer>()));
        services.AddLogging(log => log.SetMinimumLevel(LogLevel.Error).AddConsole(console =>
            console.LogToStandardErrorThreshold = LogLevel.Trace));
        services.AddRoutingCore();
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddAntiforgery(a =>
        {
            a.Cookie.Name = "celadon-form";
            a.Cookie.SameSite = SameSiteMode.Strict;
            a.Cookie.HttpOnly = true;
            a.FormFieldName = "form";
            a.SuppressXFrameOptionsHeader = true;
        });
        services.AddRazorComponents();
        services.Configure<FormOptions>(form =>
        {
            form.MultipartBodyLengthLimit = options.UploadBytes;
            form.ValueCountLimit = 256;
            form.ValueLengthLimit = 64 * 1024;
        });
        services.Configure<RouteOptions>(route => route.SetParameterPolicy<LanguageConstraint>("lang"));
    }

    private static void Map(WebApplication app, ServeOptions options, WebAssets assets)
    {
        app.Use(next => context => SecurityHeaders.Apply(context, next));
        app.Use(next => context => Failures.Catch(context, next));
        var host = app.Services.GetRequiredService<HostGate>();
        app.Use(next => context => host.Check(context, next));
        var key = app.Services.GetRequiredService<KeyGate>();
        app.Use(next => context => key.Check(context, next));
        app.UseRouting();
        app.MapStaticAssets(assets.Manifest);
        PageRoutes.Map(app, options);
        ExportApi.Map(app);
        ApiRoutes.Map(app, options);
        EvidenceFiles.Map(app);
        app.MapFallback(context => Refusal.Write(context, StatusCodes.Status404NotFound, "web.noPage",
            ("path", context.Request.Path.Value ?? "/")));
    }
}

/// <summary>
/// Signals belong to the program that started the server; it stops the server when it stops itself.
/// </summary>
internal sealed class OwnersLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>
/// Where the web files lie: beside a published program in wwwroot, in a build by the manifest of the program
/// or, where that has none, of this library.
/// </summary>
internal sealed record WebAssets(string Application, string Manifest, string? Root)
{
    public static WebAssets Find()
    {
        var here = AppContext.BaseDirectory;
        var library = typeof(WebAssets).Assembly.GetName().Name!;
        var program = Assembly.GetEntryAssembly()?.GetName().Name;
        var name = program is not null && File.Exists(ManifestOf(program)) ? program : library;
        var root = Path.Combine(here, "wwwroot");
        return new WebAssets(name, ManifestOf(name), Directory.Exists(root) ? root : null);

        string ManifestOf(string application) =>
            Path.Combine(here, $"{application}.staticwebassets.endpoints.json");
    }
}

/// <summary>The first part of a page's path is one of the two languages.</summary>
internal sealed class LanguageConstraint : IRouteConstraint
{
    public bool Match(
        HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values,
        RouteDirection routeDirection) => values.TryGetValue(routeKey, out var value) && value is "en"
            or "zh";
}
