using System.Net;
using System.Text.RegularExpressions;
using Celadon.Server;
using Microsoft.AspNetCore.Builder;

namespace Celadon.Tests.Server;

/// <summary>A server on loopback with a free port, and clients with and without a session.</summary>
internal sealed partial class RunningServer : IAsyncDisposable
{
    private RunningServer(SampleWorkspace sample, WebApplication app, ServeOptions options)
    {
        Sample = sample;
        App = app;
        Options = options;
        Root = new Uri(CeladonServer.Addresses(app)[0]);
    }

    public SampleWorkspace Sample { get; }

    public WebApplication App { get; }

    public ServeOptions Options { get; }

    public Uri Root { get; }

    public static async Task<RunningServer> Start(
        bool empty = false, ServeOptions? options = null,
        Action<WebApplication, SampleWorkspace>? more = null)
    {
        options ??= new ServeOptions();
        var sample = new SampleWorkspace(empty);
        var app = CeladonServer.Build(sample.Books, options);
        more?.Invoke(app, sample);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new RunningServer(sample, app, options);
    }

    /// <summary>A browser that has never been here.</summary>
    public HttpClient Stranger() => new(
        new HttpClientHandler { AllowAutoRedirect = false })
    { BaseAddress = Root };

    /// <summary>A browser that opened the printed address.</summary>
    public async Task<HttpClient> Guest()
    {
        var client = Stranger();
        using var opened = await client.GetAsync($"/?key={Options.Key}",
            TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, opened.StatusCode);
        return client;
    }

    /// <summary>The antiforgery token of a page.</summary>
    public static async Task<string> TokenOf(HttpClient client, string page)
    {
        var html = await client.GetStringAsync(page, TestContext.Current.CancellationToken);
        return WebUtility.HtmlDecode(Token().Match(html).Groups[1].Value);
    }

    /// <summary>Posts a form of a page with the page's own antiforgery token.</summary>
    public static async Task<HttpResponseMessage> Post(
        HttpClient client, string page, string action, params (string Name, string Value)[] fields)
    {
        var token = await TokenOf(client, page);
        var answer = await client.PostAsync(action, new FormUrlEncodedContent(fields
            .Append(("form", token)).Select(f => KeyValuePair.Create(f.Item1, f.Item2))),
            TestContext.Current.CancellationToken);
        return action.EndsWith("/cancel", StringComparison.Ordinal) ? answer : await Ended(client, answer);
    }

    /// <summary>
    /// The answer, or where it leads to a job that took longer than an answer waits, how that ended: how fast
    /// a machine is decides nothing here.
    /// </summary>
    public static async Task<HttpResponseMessage> Ended(HttpClient client, HttpResponseMessage answer)
    {
        if (answer.Headers.Location?.OriginalString is not { } job
            || !job.Contains("/ledger/jobs/", StringComparison.Ordinal)) return answer;
        answer.Dispose();
        while (true)
        {
            var state = await client.GetAsync(job, TestContext.Current.CancellationToken);
            if (state.StatusCode != HttpStatusCode.OK
                || !(await state.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))
                    .Contains("/cancel\"", StringComparison.Ordinal)) return state;
            state.Dispose();
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync(TestContext.Current.CancellationToken);
        await App.DisposeAsync();
        Sample.Dispose();
    }

    [GeneratedRegex("name=\"form\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}

/// <summary>A served sample for tests that only look.</summary>
public sealed class ServedSample : IAsyncLifetime
{
    internal RunningServer Server { get; private set; } = null!;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => Server = await RunningServer.Start();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
