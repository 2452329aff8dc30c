using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Celadon.Bench;

/// <summary>
/// An installed Chromium without a window, driven over its own debugging connection: it opens a page and says
/// when the page was complete.
/// </summary>
internal sealed class Chrome : IDisposable
{
    /// <summary>
    /// Run before every page: notes the largest paint, and the frame in which the page stands whole: the
    /// second one after its load event, when what scripts draw on load is on the screen too.
    /// </summary>
    private const string Notes = """
        new PerformanceObserver(list => {
          for (const e of list.getEntries()) window.paintedAt = e.startTime;
        }).observe({ type: "largest-contentful-paint", buffered: true });
        addEventListener("load", () => requestAnimationFrame(() => requestAnimationFrame(() => {
          window.completeAt = performance.now();
        })));
        """;

    private const string Complete =
        "window.completeAt === undefined ? 0 : Math.max(window.completeAt, window.paintedAt ?? 0)";

    private readonly string _profile;
    private readonly Process _process;
    private readonly ClientWebSocket _socket = new();
    private int _calls;

    private Chrome(string profile, Process process) => (_profile, _process) = (profile, process);

    /// <summary>Starts the browser; null where none is installed.</summary>
    public static async Task<Chrome?> Start()
    {
        if (Server.Reports.Paper.Browser is not { } program) return null;
        var profile = Directory.CreateTempSubdirectory("celadon-chrome-").FullName;
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardError = true, RedirectStandardOutput = true,
        };
        foreach (var word in (string[])["--headless=new", "--no-sandbox", "--disable-gpu",
            "--no-first-run", "--remote-debugging-port=0", "--window-size=1440,900",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            $"--user-data-dir={profile}", "about:blank"]) start.ArgumentList.Add(word);
        var chrome = new Chrome(profile, Process.Start(start)!);
        _ = chrome._process.StandardError.ReadToEndAsync();
        _ = chrome._process.StandardOutput.ReadToEndAsync();
        await chrome.Connect();
        return chrome;
    }

    private async Task Connect()
    {
        var port = Path.Combine(_profile, "DevToolsActivePort");
        for (var i = 0; i < 200 && !File.Exists(port); i++) await Task.Delay(50);
        using var client = new HttpClient();
        var pages = JsonNode.Parse(await client.GetStringAsync(
            new Uri($"http://127.0.0.1:{(await File.ReadAllLinesAsync(port))[0]}/json/list")))!.AsArray();
        var page = pages.First(p => p!["type"]!.GetValue<string>() == "page")!;
        await _socket.ConnectAsync(new Uri(page["webSocketDebuggerUrl"]!.GetValue<string>()), default);
        await Call("Page.enable", []);
        await Call("Page.addScriptToEvaluateOnNewDocument", new JsonObject { ["source"] = Notes });
    }

    /// <summary>Opens a page; the seconds from the start of the navigation until it was complete.</summary>
    /// <exception cref="TimeoutException">It was not within half a minute.</exception>
    public async Task<double> Open(Uri address)
    {
        await Call("Page.navigate", new JsonObject { ["url"] = address.ToString() });
        for (var i = 0; i < 1500; i++)
        {
            var answer = await Call("Runtime.evaluate", new JsonObject
                { ["expression"] = Complete, ["returnByValue"] = true });
            if (answer["result"]?["value"]?.GetValue<double>() is > 0 and var milliseconds)
                return milliseconds / 1000;
            await Task.Delay(20);
        }
        throw new TimeoutException($"{address} was not complete within half a minute.");
    }

    private async Task<JsonNode> Call(string method, JsonObject parameters)
    {
        var id = ++_calls;
        var call = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters };
        await _socket.SendAsync(Encoding.UTF8.GetBytes(call.ToJsonString()), WebSocketMessageType.Text, true,
            default);
        var buffer = new byte[64 * 1024];
        while (true)
        {
            using var message = new MemoryStream();
            WebSocketReceiveResult part;
            do
            {
                part = await _socket.ReceiveAsync(buffer, default);
                message.Write(buffer, 0, part.Count);
            }
            while (!part.EndOfMessage);
            var answer = JsonNode.Parse(message.ToArray())!;
            // Events of the page come in between.
            if (answer["id"]?.GetValue<int>() == id)
                return answer["result"] ?? throw new InvalidOperationException(answer.ToJsonString());
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket.Dispose();
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        try
        {
            Directory.Delete(_profile, recursive: true);
        }
        catch (IOException)
        {
            // A child of the browser may still write as it ends; the folder is temporary.
        }
    }
}
