using System.Diagnostics;
using System.Net;
using System.Text.Json;

namespace Celadon.Bench;

/// <summary>One page that was opened.</summary>
/// <param name="Seconds">From the request's first byte to the answer's last.</param>
/// <param name="Status">What it answered.</param>
/// <param name="Bytes">How much.</param>
internal readonly record struct Opened(double Seconds, HttpStatusCode Status, long Bytes)
{
    /// <summary>True for a page.</summary>
    public bool IsPage => Status == HttpStatusCode.OK && Bytes > 1000;
}

/// <summary>`celadon serve` in a process of its own, and a browser's way into it.</summary>
internal sealed class Served : IDisposable
{
    private readonly Process _process;
    private readonly HttpClient _client;

    private Served(Process process, Uri address, Stopwatch sinceStart)
    {
        _process = process;
        SinceStart = sinceStart;
        _client = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() })
        {
            BaseAddress = address,
            Timeout = TimeSpan.FromSeconds(60),
        };
        Address = address;
    }

    /// <summary>Runs since just before the process was started.</summary>
    public Stopwatch SinceStart { get; }

    /// <summary>The printed address, with its key.</summary>
    public Uri Address { get; }

    /// <summary>Starts serving a workspace and waits for the address it prints.</summary>
    public static Served Start(string workspace)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var word in (string[])[Path.Combine(AppContext.BaseDirectory, "Celadon.Cli.dll"), "serve",
            "--workspace", workspace, "--json"]) start.ArgumentList.Add(word);
        var clock = Stopwatch.StartNew();
        var process = Process.Start(start)!;
        var text = "";
        // The one JSON object that it prints ends with a brace of its own line.
        while (process.StandardOutput.ReadLine() is { } line && (text += line) is not null)
            if (line is "}" || (line.StartsWith('{') && line.EndsWith('}'))) break;
        var url = JsonDocument.Parse(text).RootElement.GetProperty("url").GetString()!;
        return new Served(process, new Uri(url), clock);
    }

    /// <summary>Opens a page as a browser does that has the session.</summary>
    public async Task<Opened> Open(string path)
    {
        var clock = Stopwatch.StartNew();
        using var answer = await _client.GetAsync(new Uri(path, UriKind.RelativeOrAbsolute));
        var body = await answer.Content.ReadAsByteArrayAsync();
        return new Opened(clock.Elapsed.TotalSeconds, answer.StatusCode, body.Length);
    }

    /// <summary>The text of a page.</summary>
    public Task<string> Text(string path) =>
        _client.GetStringAsync(new Uri(path, UriKind.RelativeOrAbsolute));

    /// <summary>The first visit: the printed address, which leads on without its key.</summary>
    public Task<Opened> Enter() => Open(Address.ToString());

    /// <summary>What the process holds in memory, in megabytes.</summary>
    public double Megabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1e6;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _client.Dispose();
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
