using System.Text;
using System.Text.Json;
using Celadon.Registers;
using Celadon.Store;
using Celadon.Text;

namespace Celadon.Server.Exchange;

/// <summary>
/// A client of another's exchange (PACT technical specification v3): a token for our secret, then requests
/// with it; a token that has ended is fetched anew once.
/// </summary>
internal sealed class PeerClient(PeerWire wire, Peer peer, string secret)
{
    private const int MostOfList = 32 * 1024 * 1024;
    private string? _token;

    private Uri Address => PeerAddress.Read(peer.Address)
        ?? throw RefusedException.Of("exchange.peerAddress", ("address", peer.Address));

    private Uri Auth => peer.Auth is null ? Address : PeerAddress.Read(peer.Auth)
        ?? throw RefusedException.Of("exchange.peerAddress", ("address", peer.Auth));

    /// <summary>Gets something below the registered address, or a page that leads on from there.</summary>
    /// <exception cref="RefusedException">
    /// exchange.link: the page is on another host; exchange.status: it was refused; and those of the wire.
    /// </exception>
    public Task<PeerAnswer> Get(Uri at, CancellationToken cancel) => PeerAddress.IsSame(at, Address)
        ? WithToken(proof => new PeerRequest(at, proof, Most: MostOfList), cancel)
        : throw RefusedException.Of("exchange.link", ("host", at.Authority), ("address", peer.Address));

    /// <summary>The address of something below the registered one.</summary>
    public Uri At(string path) => PeerAddress.Below(Address, path);

    /// <summary>Fetches a token now: whoever gives none is sent nothing.</summary>
    /// <exception cref="RefusedException">exchange.token, exchange.tokenElsewhere; and those of the wire.
    /// </exception>
    public async Task Ready(CancellationToken cancel) => _token ??= await Token(cancel);

    /// <summary>Posts an event to an address of the registered host.</summary>
    /// <exception cref="RefusedException">
    /// exchange.source: it is on another host; exchange.status: it was refused; and those of the wire.
    /// </exception>
    public async Task Post(string address, byte[] utf8, CancellationToken cancel)
    {
        if (PeerAddress.Read(address) is not { } to || !PeerAddress.IsSame(to, Address))
            throw RefusedException.Of("exchange.source", ("source", address), ("address", peer.Address));
        await WithToken(proof => new PeerRequest(PeerAddress.Below(to, "/3/events"), proof, utf8,
            "application/cloudevents+json; charset=UTF-8"), cancel);
    }

    private async Task<PeerAnswer> WithToken(Func<string, PeerRequest> request, CancellationToken cancel)
    {
        for (var isFresh = _token is null; ; isFresh = true)
        {
            _token ??= await Token(cancel);
            var asked = request("Bearer " + _token);
            var answer = await wire.Ask(asked, cancel);
            if (answer.Status == 401 && !isFresh)
            {
                _token = null;
                continue;
            }
            return answer.Status is >= 200 and < 300 ? answer : throw RefusedException.Of("exchange.status",
                ("host", asked.To.Authority), ("status", answer.Status),
                ("code", CodeOf(answer.Body, "code")));
        }
    }

    /// <summary>
    /// A token from the place that the configuration of the host names, or from /auth/token, which every
    /// host has.
    /// </summary>
    private async Task<string> Token(CancellationToken cancel)
    {
        var usual = PeerAddress.Below(Auth, "/auth/token");
        var named = await Named(cancel) ?? usual;
        var answer = await wire.Ask(TokenRequest(named), cancel);
        if (answer.Status is 404 or 405 && named != usual)
            answer = await wire.Ask(TokenRequest(usual), cancel);
        if (answer.Status == 200 && Json(answer.Body) is { } json && Said(json, "access_token") is
            { Length: > 0 and <= 16_000 } token && token.All(c => c is > ' ' and <= '~')) return token;
        throw RefusedException.Of("exchange.token", ("host", named.Authority), ("status", answer.Status),
            ("code", CodeOf(answer.Body, "error")));
    }

    private PeerRequest TokenRequest(Uri at) => new(at, "Basic " + Convert.ToBase64String(
            Encoding.UTF8.GetBytes($"{peer.ClientId}:{secret}")),
        "grant_type=client_credentials"u8.ToArray(), "application/x-www-form-urlencoded");

    /// <summary>
    /// The token endpoint of the host's OpenID configuration; null when it has none. Our secret goes to the
    /// registered hosts alone, whatever a configuration says.
    /// </summary>
    private async Task<Uri?> Named(CancellationToken cancel)
    {
        var answer = await wire.Ask(
            new PeerRequest(PeerAddress.Below(Auth, "/.well-known/openid-configuration")), cancel);
        if (answer.Status != 200 || Json(answer.Body) is not { } json
            || Said(json, "token_endpoint") is not { } named) return null;
        return PeerAddress.Read(named) is { } at
            && (PeerAddress.IsSame(at, Auth) || PeerAddress.IsSame(at, Address)) ? at
            : throw RefusedException.Of("exchange.tokenElsewhere", ("named", Short(named)),
                ("address", peer.Auth ?? peer.Address));
    }

    private static JsonElement? Json(byte[] utf8)
    {
        try
        {
            using var json = JsonDocument.Parse(utf8);
            return json.RootElement.ValueKind == JsonValueKind.Object ? json.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Said(JsonElement json, string name) =>
        json.TryGetProperty(name, out var said) && said.ValueKind == JsonValueKind.String
            ? said.GetString() : null;

    private static string CodeOf(byte[] body, string name) =>
        Json(body) is { } json && Said(json, name) is { } code ? Short(code) : "";

    private static string Short(string text) =>
        new([.. text.Where(c => !char.IsControl(c)).Take(100)]);
}
