using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Celadon.Store;
using Celadon.Text;

namespace Celadon.Server.Exchange;

/// <summary>The network as the exchange sees it; tests have one of their own.</summary>
internal interface IPeerNetwork
{
    /// <summary>Certificates that are trusted; null for those the system trusts.</summary>
    X509Certificate2Collection? Roots { get; }

    /// <summary>The addresses of a name.</summary>
    Task<IPAddress[]> Resolve(string host, CancellationToken cancel);

    /// <summary>A connection to an address.</summary>
    Task<Stream> Connect(IPAddress address, int port, CancellationToken cancel);
}

/// <summary>A request to another's exchange.</summary>
/// <param name="To">Where.</param>
/// <param name="Authorization">"Basic …", "Bearer …", or null.</param>
/// <param name="Body">What is posted; null to get.</param>
/// <param name="ContentType">Of the body.</param>
/// <param name="Most">The longest answer that is read, in bytes.</param>
internal sealed record PeerRequest(
    Uri To, string? Authorization = null, byte[]? Body = null, string ContentType = "", int Most = 64 * 1024);

/// <summary>What it answered.</summary>
internal sealed record PeerAnswer(int Status, byte[] Body, IReadOnlyList<string> Links);

/// <summary>
/// The only wire that leads outside, used only for what a person asked for. It speaks TLS to public
/// addresses alone: the name is resolved once, every address it has must be public, and the connection goes
/// to the very address that was looked at, so that a name that changes between looking and calling leads
/// nowhere. Redirects, proxies and cookies are not followed, and answers are bounded in size and time.
/// </summary>
internal sealed class PeerWire : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly IPeerNetwork _network;
    private readonly HttpClient _client;

    public PeerWire(IPeerNetwork? network = null)
    {
        _network = network ?? new PublicNetwork();
        var tls = new SslClientAuthenticationOptions();
        if (_network.Roots is { } roots)
        {
            var policy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck,
            };
            policy.CustomTrustStore.AddRange(roots);
            tls.CertificateChainPolicy = policy;
        }
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseProxy = false, UseCookies = false, ConnectCallback = Connect,
            SslOptions = tls, MaxResponseHeadersLength = 64, PooledConnectionLifetime = Patience,
            ConnectTimeout = Patience, PreAuthenticate = false, ActivityHeadersPropagator = null,
        };
        _client = new HttpClient(handler) { Timeout = Patience };
    }

    /// <summary>Asks; any answer is one, whatever its status.</summary>
    /// <exception cref="RefusedException">
    /// exchange.inside: the name leads inside; exchange.unreachable: no connection, no trust, or too slow;
    /// exchange.answerSize: it says more than is read.
    /// </exception>
    public async Task<PeerAnswer> Ask(PeerRequest asked, CancellationToken cancel)
    {
        if (PeerAddress.Read(asked.To.GetLeftPart(UriPartial.Authority)) is null)
            throw RefusedException.Of("exchange.inside", ("host", asked.To.Host));
        using var request = new HttpRequestMessage(
            asked.Body is null ? HttpMethod.Get : HttpMethod.Post, asked.To);
        request.Headers.Accept.ParseAdd("application/json");
        if (asked.Authorization is { } proof) request.Headers.TryAddWithoutValidation("Authorization", proof);
        if (asked.Body is { } body) request.Content = new ByteArrayContent(body)
        { Headers = { ContentType = MediaTypeHeaderValue.Parse(asked.ContentType) } };
        try
        {
            using var answer = await _client.SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, cancel);
            var links = answer.Headers.TryGetValues("Link", out var said) ? said.ToList() : [];
            return new PeerAnswer(
                (int)answer.StatusCode, await Read(answer.Content, asked, cancel), links);
        }
        catch (Exception e) when (e.GetBaseException() is RefusedException refused)
        {
            throw new RefusedException(refused.Finding);
        }
        catch (Exception e) when (e is HttpRequestException or IOException
            || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            throw RefusedException.Of("exchange.unreachable", ("host", asked.To.Authority));
        }
    }

    private static async Task<byte[]> Read(HttpContent content, PeerRequest asked, CancellationToken cancel)
    {
        using var slow = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        slow.CancelAfter(Patience);
        await using var from = await content.ReadAsStreamAsync(slow.Token);
        using var read = new MemoryStream();
        var piece = new byte[16 * 1024];
        while (await from.ReadAsync(piece, slow.Token) is > 0 and var count)
        {
            if (read.Length + count > asked.Most) throw RefusedException.Of("exchange.answerSize",
                ("host", asked.To.Authority), ("most", asked.Most));
            read.Write(piece, 0, count);
        }
        return read.ToArray();
    }

    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var to = context.DnsEndPoint;
        var addresses = await _network.Resolve(to.Host, cancel);
        if (addresses.Length == 0 || !addresses.All(PeerAddress.IsPublic))
            throw RefusedException.Of("exchange.inside", ("host", to.Host));
        for (var i = 0; ; i++)
        {
            try
            {
                return await _network.Connect(addresses[i], to.Port, cancel);
            }
            catch (SocketException) when (i + 1 < addresses.Length)
            {
                // The next address of the name.
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private sealed class PublicNetwork : IPeerNetwork
    {
        public X509Certificate2Collection? Roots => null;

        public Task<IPAddress[]> Resolve(string host, CancellationToken cancel) =>
            Dns.GetHostAddressesAsync(host, cancel);

        public async Task<Stream> Connect(IPAddress address, int port, CancellationToken cancel)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(address, port, cancel);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }
}
