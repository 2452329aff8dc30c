using Celadon.Server;
using Celadon.Store;
using Celadon.Store.Import.Reading;
using Microsoft.AspNetCore.Builder;
using Microsoft.Playwright;
using NodaTime;

[assembly: AssemblyFixture(typeof(Celadon.Browser.Tests.App))]

namespace Celadon.Browser.Tests;

/// <summary>
/// The example works served on a free port, and the system's Chromium to look at it; made once for all tests.
/// The browser resolves no name: whatever is not this machine does not exist.
/// </summary>
public sealed class App : IAsyncLifetime
{
    private Served? _works;
    private IPlaywright? _playwright;

    /// <summary>The folder that holds the solution.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>The inputs of the example works, as its people have them.</summary>
    public static string Inputs { get; } = Path.Combine(Repository, "examples", "longquan-stoke", "inputs");

    /// <summary>The browser; null when none is installed.</summary>
    public IBrowser? Browser { get; private set; }

    /// <summary>The example works.</summary>
    public Served Works => _works!;

    /// <summary>The address with its key.</summary>
    public string OpenUrl => Works.OpenUrl;

    /// <summary>The address.</summary>
    public string Root => Works.Root;

    public async ValueTask InitializeAsync()
    {
        var program = Environment.GetEnvironmentVariable("CELADON_CHROMIUM") is { Length: > 0 } named ? named
            : new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }
                .FirstOrDefault(File.Exists);
        if (program is null) return;
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = program,
            Args = ["--no-sandbox", "--disable-gpu",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
        });
        _works = await Served.Start(Fill);
    }

    /// <summary>A window on the example works.</summary>
    public Task<Window> Open(int width = 1440, bool dark = false) => Open(_works, width, dark);

    /// <summary>
    /// A window that was let in; errors of the page and requests elsewhere are collected.
    /// </summary>
    public async Task<Window> Open(Served? served, int width = 1440, bool dark = false)
    {
        Assert.SkipWhen(Browser is null, "No Chromium is installed; CELADON_CHROMIUM names one.");
        var context = await Browser!.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 900 },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce,
        });
        var window = await Window.In(context, served!.Root);
        await window.Page.GotoAsync(served.OpenUrl);
        return window;
    }

    public async ValueTask DisposeAsync()
    {
        if (Browser is not null) await Browser.DisposeAsync();
        _playwright?.Dispose();
        if (_works is not null) await _works.DisposeAsync();
    }

    private static void Fill(Workspace workspace)
    {
        Load(workspace, [Path.Combine(Inputs, "workspace.json")]);
        foreach (var part in Directory.EnumerateDirectories(Inputs).Order(StringComparer.Ordinal))
            Load(workspace, Directory.EnumerateFiles(part, "*", SearchOption.AllDirectories));
        Load(workspace, Directory.EnumerateFiles(Inputs, "*.csv"));
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

/// <summary>A workspace in a folder of its own, served on a free port.</summary>
public sealed class Served : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("celadon-browser-").FullName;
    private readonly Workspace _workspace;
    private readonly Books _books;
    private readonly WebApplication _server;

    private Served(Action<Workspace> fill)
    {
        var options = new WorkspaceOptions(SystemClock.Instance,
            new PackFolder(Path.Combine(App.Repository, "packs")), "owner", TimeSpan.FromSeconds(5));
        _workspace = Workspace.Create(Path.Combine(_folder, "books"), options, "browser");
        fill(_workspace);
        _books = Books.Of(_workspace);
        _server = CeladonServer.Build(_books, new ServeOptions());
    }

    /// <summary>The books behind the pages.</summary>
    public Books Books => _books;

    /// <summary>The address.</summary>
    public string Root => CeladonServer.Addresses(_server)[0];

    /// <summary>The address with its key.</summary>
    public string OpenUrl => CeladonServer.OpenUrl(_server);

    /// <summary>Serves a workspace that was filled, or an empty one.</summary>
    public static async Task<Served> Start(Action<Workspace>? fill = null)
    {
        var served = new Served(fill ?? (_ => { }));
        await served._server.StartAsync();
        return served;
    }

    /// <summary>A client that was let in.</summary>
    public async Task<HttpClient> Guest()
    {
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false })
        { BaseAddress = new Uri(Root) };
        using var opened = await client.GetAsync(OpenUrl, TestContext.Current.CancellationToken);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _books.Dispose();
        _workspace.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
