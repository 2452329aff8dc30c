using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Celadon.Server.Exchange;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Celadon.Tests.Server.Exchange;

/// <summary>A network in which names have the addresses a test gives them, and every public address leads to
/// a port on loopback; what was resolved and connected is kept.</summary>
internal sealed class TestNetwork : IPeerNetwork
{
    public const string Outside = "93.184.215.14";

    public X509Certificate2Collection? Roots { get; } = [];

    public Dictionary<string, Queue<string[]>> Names { get; } = [];

    public ConcurrentQueue<string> Connected { get; } = new();

    /// <summary>A name that leads outside, to a test's own server.</summary>
    public void Add(string host, X509Certificate2 certificate)
    {
        Names[host] = new Queue<string[]>([[Outside]]);
        Roots!.Add(certificate);
    }

    public Task<IPAddress[]> Resolve(string host, CancellationToken cancel)
    {
        if (!Names.TryGetValue(host, out var answers)) throw new SocketException(11001);
        var answer = answers.Count > 1 ? answers.Dequeue() : answers.Peek();
        return Task.FromResult(answer.Select(IPAddress.Parse).ToArray());
    }

    public async Task<Stream> Connect(IPAddress address, int port, CancellationToken cancel)
    {
        Connected.Enqueue(address.ToString());
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port, cancel);
        return new NetworkStream(socket, ownsSocket: true);
    }
}

/// <summary>What a scripted peer was asked.</summary>
internal sealed record Asked(string Method, string Path, string Authorization, string? Type, string Body);

/// <summary>Another company's exchange that answers what a test says, over real HTTPS.</summary>
internal sealed class ScriptedPeer : IAsyncDisposable
{
    public const string Host = "footprints.builder.example";
    private readonly WebApplication _app;
    private readonly X509Certificate2 _certificate = ExchangeWorks.Made(Host);

    private ScriptedPeer(TestNetwork network)
    {
        network.Add(Host, _certificate);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(_certificate)));
        _app = builder.Build();
        _app.Run(Answer);
    }

    public ConcurrentQueue<Asked> Seen { get; } = new();

    /// <summary>What it answers: status, body, headers. A token by default, and yes to everything.</summary>
    public Func<Asked, (int Status, string Body, (string, string)[] Headers)> Says { get; set; } = Usual;

    public string Address => $"https://{Host}:{new Uri(_app.Services.GetRequiredService<IServer>().Features
        .Get<IServerAddressesFeature>()!.Addresses.First()).Port}";

    public IEnumerable<Asked> Events => Seen.Where(a => a.Path == "/3/events");

    public static (int, string, (string, string)[]) Usual(Asked asked) => asked.Path switch
    {
        "/auth/token" => (200, """{"access_token":"theirs","token_type":"Bearer","expires_in":3600}""", []),
        "/3/events" => (200, "", []),
        _ => (404, """{"code":"NotFound","message":"no"}""", []),
    };

    public static async Task<ScriptedPeer> Start(TestNetwork network)
    {
        var peer = new ScriptedPeer(network);
        await peer._app.StartAsync(TestContext.Current.CancellationToken);
        return peer;
    }

    private async Task Answer(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        var asked = new Asked(http.Request.Method, http.Request.Path + http.Request.QueryString,
            http.Request.Headers.Authorization.ToString(), http.Request.ContentType,
            await reader.ReadToEndAsync());
        Seen.Enqueue(asked);
        var (status, body, headers) = Says(asked);
        http.Response.StatusCode = status;
        foreach (var (name, value) in headers) http.Response.Headers[name] = value;
        await http.Response.WriteAsync(body);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(TestContext.Current.CancellationToken);
        await _app.DisposeAsync();
        _certificate.Dispose();
    }
}
