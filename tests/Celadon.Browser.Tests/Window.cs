using Microsoft.Playwright;

namespace Celadon.Browser.Tests;

/// <summary>A window of the browser, and what went wrong in it.</summary>
public sealed class Window : IAsyncDisposable
{
    /// <summary>The policy's refusals are told to the console, so that one list holds all troubles.</summary>
    private const string Watch = """
        document.addEventListener("securitypolicyviolation", e =>
          console.error(`policy: ${e.violatedDirective} ${e.blockedURI} ${e.sourceFile}:${e.lineNumber}`));
        """;

    private readonly IBrowserContext _context;

    private Window(IBrowserContext context, IPage page, string root)
    {
        _context = context;
        Page = page;
        Root = root;
    }

    /// <summary>The page shown.</summary>
    public IPage Page { get; }

    /// <summary>The server.</summary>
    public string Root { get; }

    /// <summary>Errors, refused resources, and requests to any other host, which are not let out.</summary>
    public List<string> Troubles { get; } = [];

    /// <summary>A window in a context, watched from its first page on.</summary>
    public static async Task<Window> In(IBrowserContext context, string root)
    {
        await context.AddInitScriptAsync(Watch);
        var window = new Window(context, await context.NewPageAsync(), root);
        await context.RouteAsync(url => !url.StartsWith(root + "/", StringComparison.Ordinal)
            && !url.StartsWith("data:", StringComparison.Ordinal), route =>
        {
            window.Troubles.Add($"elsewhere: {route.Request.Url}");
            return route.AbortAsync();
        });
        window.Page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                window.Troubles.Add($"{window.Page.Url}: {message.Text}");
        };
        window.Page.PageError += (_, error) => window.Troubles.Add($"{window.Page.Url}: {error}");
        window.Page.Response += (_, response) =>
        {
            if (response.Status >= 400)
                window.Troubles.Add($"{window.Page.Url}: {response.Status} {response.Url}");
        };
        return window;
    }

    /// <summary>Goes to a page of the app.</summary>
    public Task Go(string path) => Page.GotoAsync(Root + path);

    /// <summary>How far the page runs out of the window at the right, in pixels.</summary>
    public Task<int> Over() => Page.EvaluateAsync<int>(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth");

    public ValueTask DisposeAsync() => _context.DisposeAsync();
}
