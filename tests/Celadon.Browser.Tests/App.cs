using Celadon.Server;
using Celadon.Store;
using Celadon.Store.Import.Reading;
using Microsoft.AspNetCore.Builder;
using Microsoft.Playwright;
using NodaTime;

namespace Celadon.Browser.Tests;

/// <summary>
/// The example works served on a free port, and the system's Chromium to look at it; made once for all tests.
/// </summary>
public class App : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("celadon-browser-").FullName;
    private Workspace? _workspace;
    private Books? _books;
    private WebApplication? _server;
    private IPlaywright? _playwright;

    /// <summary>The folder that holds the solution.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>The browser; null when none is installed.</summary>
    public IBrowser? Browser { get; private set; }

    /// <summary>The address with its key.</summary>
    public string OpenUrl => CeladonServer.OpenUrl(_server!);

    /// <summary>The address.</summary>
    public string Root => CeladonServer.Addresses(_server!)[0];

    public async ValueTask InitializeAsync()
    {
        var program = Environment.GetEnvironmentVariable("CELADON_CHROMIUM") is { Length: > 0 } named ? named
            : new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }
                .FirstOrDefault(File.Exists);
        if (program is null) return;
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = program, Args = ["--no-sandbox", "--disable-gpu"],
        });
        _workspace = Filled();
        _books = Books.Of(_workspace);
        _server = CeladonServer.Build(_books, new ServeOptions());
        await _server.StartAsync();
    }

    /// <summary>A window that was let in; errors of the page and requests elsewhere are collected.</summary>
    public async Task<Window> Open(int width = 1440, bool dark = false)
    {
        Assert.SkipWhen(Browser is null, "No Chromium is installed; CELADON_CHROMIUM names one.");
        var context = await Browser!.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 900 },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce,
        });
        var window = new Window(context, await context.NewPageAsync(), Root);
        await window.Page.GotoAsync(OpenUrl);
        return window;
    }

    public async ValueTask DisposeAsync()
    {
        if (Browser is not null) await Browser.DisposeAsync();
        _playwright?.Dispose();
        if (_server is not null) await _server.DisposeAsync();
        _books?.Dispose();
        _workspace?.Dispose();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Fills a new workspace: with the files of the example works.</summary>
    protected virtual void Fill(Workspace workspace)
    {
        var inputs = Path.Combine(Repository, "examples", "longquan-stoke", "inputs");
        Load(workspace, [Path.Combine(inputs, "workspace.json")]);
        foreach (var part in Directory.EnumerateDirectories(inputs).Order(StringComparer.Ordinal))
            Load(workspace, Directory.EnumerateFiles(part, "*", SearchOption.AllDirectories));
        Load(workspace, Directory.EnumerateFiles(inputs, "*.csv"));
    }

    private Workspace Filled()
    {
        var options = new WorkspaceOptions(SystemClock.Instance,
            new PackFolder(Path.Combine(Repository, "packs")),
            "owner", TimeSpan.FromSeconds(5));
        var workspace = Workspace.Create(Path.Combine(_folder, "books"), options, "browser");
        Fill(workspace);
        return workspace;
    }

    private static void Load(Workspace workspace, IEnumerable<string> paths)
    {
        var files = paths.Order(StringComparer.Ordinal).Select(SourceFile.Open).ToList();
        if (files.Count > 0)
            workspace.Commit(files, workspace.Plan(files, [], provedOnly: true), new ImportChoices());
    }

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Celadon.slnx")))
            folder = folder.Parent;
        return folder?.FullName
            ?? throw new InvalidOperationException("Celadon.slnx was not found above the tests.");
    }
}

/// <summary>A workspace in which nothing is recorded yet.</summary>
public sealed class EmptyApp : App
{
    /// <inheritdoc/>
    protected override void Fill(Workspace workspace)
    {
        // The first person to come fills it.
    }
}

/// <summary>A window of the browser, and what went wrong in it.</summary>
public sealed class Window : IAsyncDisposable
{
    private readonly IBrowserContext _context;

    internal Window(IBrowserContext context, IPage page, string root)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") Troubles.Add($"{page.Url}: {message.Text}");
        };
        page.PageError += (_, error) => Troubles.Add($"{page.Url}: {error}");
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(root, StringComparison.Ordinal)
                && !request.Url.StartsWith("data:", StringComparison.Ordinal)) Troubles
                .Add($"elsewhere: {request.Url}");
        };
        Root = root;
    }

    /// <summary>The page shown.</summary>
    public IPage Page { get; }

    /// <summary>The server.</summary>
    public string Root { get; }

    /// <summary>Errors, refused resources, and requests to any other host.</summary>
    public List<string> Troubles { get; } = [];

    /// <summary>Goes to a page of the app.</summary>
    public Task Go(string path) => Page.GotoAsync(Root + path);

    public ValueTask DisposeAsync() => _context.DisposeAsync();
}
