using Celadon.Registers;
using Celadon.Server.Exchange;
using Celadon.Text;

namespace Celadon.Tests.Server.Exchange;

/// <summary>What others might do to make the exchange call where it must not, or swallow too much.</summary>
public sealed class PeerWireTests : IAsyncLifetime
{
    private readonly TestNetwork _network = new();
    private ScriptedPeer _peer = null!;
    private PeerWire _wire = null!;

    public async ValueTask InitializeAsync()
    {
        _peer = await ScriptedPeer.Start(_network);
        _wire = new PeerWire(_network);
    }

    public async ValueTask DisposeAsync()
    {
        _wire.Dispose();
        await _peer.DisposeAsync();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private PeerClient Client => new(_wire,
        new Peer { Id = "builder", Address = _peer.Address, ClientId = "potters" }, "secret");

    private static async Task<string> Refused(Func<Task> what) =>
        (await Assert.ThrowsAsync<RefusedException>(what)).Finding.Code;

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("10.0.0.8")]
    [InlineData("192.168.1.1")]
    [InlineData("169.254.169.254")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fe80::1")]
    [InlineData("::ffff:10.0.0.8")]
    [InlineData("93.184.215.14 127.0.0.1")]
    public async Task A_name_that_leads_inside_is_not_called(string addresses)
    {
        _network.Names[ScriptedPeer.Host] = new Queue<string[]>([addresses.Split(' ')]);
        Assert.Equal("exchange.inside", await Refused(() => Client.Post(_peer.Address, [], Cancel)));
        Assert.Empty(_network.Connected);
        Assert.Empty(_peer.Seen);
    }

    /// <summary>The address that was looked at is the one that is called, with no second look.</summary>
    [Fact]
    public async Task A_name_that_changes_between_looking_and_calling_leads_nowhere()
    {
        _network.Names[ScriptedPeer.Host] = new Queue<string[]>([[TestNetwork.Outside], ["127.0.0.1"]]);
        await Client.Post(_peer.Address, [], Cancel);
        Assert.All(_network.Connected, address => Assert.Equal(TestNetwork.Outside, address));
        using var later = new PeerWire(_network);
        Assert.Equal("exchange.inside", await Refused(() =>
            later.Ask(new PeerRequest(new Uri(_peer.Address)), Cancel)));
    }

    [Theory]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://localhost/")]
    [InlineData("http://footprints.builder.example/")]
    public async Task The_wire_itself_calls_no_such_address(string address) => Assert.Equal(
        "exchange.inside", await Refused(() => _wire.Ask(new PeerRequest(new Uri(address)), Cancel)));

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        _peer.Says = asked => asked.Path == "/3/events"
            ? (307, "", [("Location", "https://127.0.0.1/inside")]) : ScriptedPeer.Usual(asked);
        Assert.Equal("exchange.status", await Refused(() => Client.Post(_peer.Address, [], Cancel)));
        Assert.All(_network.Connected, address => Assert.Equal(TestNetwork.Outside, address));
        Assert.Single(_peer.Events);
    }

    [Fact]
    public async Task A_certificate_of_nobody_we_know_or_of_another_name_is_not_trusted()
    {
        _network.Names["footprints.elsewhere.example"] = new Queue<string[]>([[TestNetwork.Outside]]);
        var port = new Uri(_peer.Address).Port;
        Assert.Equal("exchange.unreachable", await Refused(() => _wire.Ask(new PeerRequest(
            new UriBuilder("https", "footprints.elsewhere.example", port).Uri), Cancel)));
        _network.Roots!.Clear();
        using var stranger = new PeerWire(_network);
        Assert.Equal("exchange.unreachable", await Refused(() =>
            stranger.Ask(new PeerRequest(new Uri(_peer.Address)), Cancel)));
        Assert.Empty(_peer.Seen);
    }

    [Fact]
    public async Task An_answer_without_end_is_cut_off()
    {
        _peer.Says = _ => (200, new string('a', 100_000), []);
        Assert.Equal("exchange.answerSize", await Refused(() =>
            _wire.Ask(new PeerRequest(new Uri(_peer.Address)), Cancel)));
    }

    /// <summary>The place for tokens is the one the host names, on a registered host.</summary>
    [Fact]
    public async Task Tokens_come_from_where_the_configuration_says_and_else_from_the_usual_place()
    {
        await Client.Post(_peer.Address, [], Cancel);
        Assert.Equal(["/.well-known/openid-configuration", "/auth/token", "/3/events"],
            _peer.Seen.Select(a => a.Path));
        _peer.Seen.Clear();
        _peer.Says = asked => asked.Path switch
        {
            "/.well-known/openid-configuration" =>
                (200, $$"""{"token_endpoint":"{{_peer.Address}}/oauth2/v2"}""", []),
            "/oauth2/v2" => (200, """{"access_token":"named"}""", []),
            _ => ScriptedPeer.Usual(asked),
        };
        await Client.Post(_peer.Address, [], Cancel);
        Assert.Equal(("/3/events", "Bearer named"), (_peer.Seen.Last().Path,
            _peer.Seen.Last().Authorization));
        Assert.DoesNotContain(_peer.Seen, a => a.Path == "/auth/token");
    }

    /// <summary>Our secret goes to no host that nobody registered.</summary>
    [Theory]
    [InlineData("https://thief.example/token")]
    [InlineData("https://169.254.169.254/token")]
    [InlineData("http://footprints.builder.example/token")]
    public async Task A_configuration_that_sends_our_secret_elsewhere_is_refused(string named)
    {
        _peer.Says = asked => (200, $$"""{"token_endpoint":"{{named}}"}""", []);
        Assert.Equal("exchange.tokenElsewhere", await Refused(() => Client.Post(_peer.Address, [], Cancel)));
        Assert.DoesNotContain(_peer.Seen, a => a.Authorization.Length > 0);
    }

    [Theory]
    [InlineData("""{"access_token":"a\r\nX-Evil: 1"}""")]
    [InlineData("""{"access_token":""}""")]
    [InlineData("""{"access_token":7}""")]
    [InlineData("[]")]
    [InlineData("x")]
    public async Task A_token_that_fits_in_no_header_is_none(string body)
    {
        _peer.Says = asked => asked.Path == "/auth/token" ? (200, body, []) : ScriptedPeer.Usual(asked);
        Assert.Equal("exchange.token", await Refused(() => Client.Post(_peer.Address, [], Cancel)));
        Assert.Empty(_peer.Events);
    }

    [Fact]
    public async Task A_token_that_has_ended_is_fetched_anew_once()
    {
        var client = Client;
        await client.Post(_peer.Address, [], Cancel);
        _peer.Seen.Clear();
        _peer.Says = asked => asked.Path == "/3/events" && _peer.Events.Count() == 1
            ? (401, """{"code":"TokenExpired","message":"x"}""", []) : ScriptedPeer.Usual(asked);
        await client.Post(_peer.Address, [], Cancel);
        Assert.Equal(2, _peer.Events.Count());
        _peer.Says = asked => asked.Path == "/3/events" ? (401, "", []) : ScriptedPeer.Usual(asked);
        Assert.Equal("exchange.status", await Refused(() => client.Post(_peer.Address, [], Cancel)));
    }
}
