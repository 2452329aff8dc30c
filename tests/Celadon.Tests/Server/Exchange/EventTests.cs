using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Celadon.Ledger;
using Celadon.Registers;
using Celadon.Server.Exchange;
using Celadon.Store;
using Celadon.Text;
using NodaTime;

namespace Celadon.Tests.Server.Exchange;

/// <summary>
/// Events both ways over real HTTPS: a customer asks, a person answers, the outbox sends. Numbers of tests
/// are those of the PACT conformance suite for v3.0.
/// </summary>
public sealed class EventTests : IAsyncLifetime
{
    private const string Prefix = "org.wbcsd.pact.ProductFootprint.";
    private readonly TestNetwork _network = new();
    private ExchangeWorks _works = null!;
    private ScriptedPeer _peer = null!;
    private PeerWire _wire = null!;

    public async ValueTask InitializeAsync()
    {
        _works = await ExchangeWorks.Start();
        _peer = await ScriptedPeer.Start(_network);
        _wire = new PeerWire(_network);
        _works.Letters.SetPeer("builder", _peer.Address, null, "potters", "our secret");
    }

    public async ValueTask DisposeAsync()
    {
        _wire.Dispose();
        await _peer.DisposeAsync();
        await _works.DisposeAsync();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Outbox Outbox => new(_works.Letters, _wire);

    private ReceivedEvent Only => Assert.Single(_works.Letters.Received());

    private SentEvent Going => Assert.Single(_works.Letters.Sent());

    private static string Event(string type, string data, string id = "ask-1", string? source = null) =>
        new JsonObject
        {
            ["type"] = $"{Prefix}{type}Event.3", ["specversion"] = "1.0", ["id"] = id,
            ["source"] = source, ["time"] = "2026-10-12T09:00:00Z", ["data"] = JsonNode.Parse(data),
        }.ToJsonString();

    private string Request(string product, string id = "ask-1") => Event("RequestCreated",
        $$"""{"productId":["{{product}}"],"comment":"for our EPD"}""", id, _peer.Address);

    private async Task<(HttpStatusCode, string?)> Post(
        string customer, string body, string type = "application/cloudevents+json")
    {
        using var client = await _works.Customer(customer);
        client.DefaultRequestHeaders.ExpectContinue = body.Length > 1_000_000;
        using var content = new StringContent(body, Encoding.UTF8);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var answer = await client.PostAsync("/3/events", content, Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        return (answer.StatusCode, text.Length == 0 ? "" : (string?)JsonNode.Parse(text)!["code"]);
    }

    /// <summary>Suite 12: a request for a known product is answered when a person says so.</summary>
    [Fact]
    public async Task A_request_waits_for_a_person_and_is_fulfilled_once()
    {
        Assert.Equal((HttpStatusCode.OK, ""), await Post("builder", Request(ExchangeWorks.Tile)));
        Assert.Equal(("builder", "ask-1", "RequestCreated", "for our EPD", EventState.Waiting),
            (Only.Peer, Only.Event, Only.Type, Only.Comment, Only.State));
        Assert.Equal(0, await Outbox.Once(Cancel));
        Assert.Empty(_peer.Seen);
        _works.Letters.Fulfil(Only.Id);
        Assert.Equal(1, await Outbox.Once(Cancel));
        Assert.Equal(0, await Outbox.Once(Cancel));
        var sent = Assert.Single(_peer.Events);
        Assert.Equal(("Bearer theirs", "application/cloudevents+json; charset=UTF-8"),
            (sent.Authorization, sent.Type));
        Assert.Contains(_peer.Seen, a => a.Path == "/auth/token" && a.Body == "grant_type=client_credentials"
            && a.Authorization == "Basic " + Convert.ToBase64String("potters:our secret"u8));
        var said = JsonNode.Parse(sent.Body)!;
        Assert.Equal((Prefix + "RequestFulfilledEvent.3", "1.0", "ask-1"), ((string?)said["type"],
            (string?)said["specversion"], (string?)said["data"]!["requestEventId"]));
        Assert.Equal([ExchangeWorks.Id(2), ExchangeWorks.Id(3)],
            said["data"]!["pfs"]!.AsArray().Select(p => (string)p!["id"]!));
        Assert.Equal((EventState.Done, EventState.Done, (string?)said["id"]),
            (Only.State, Going.State, Only.Answer));
        Assert.Equal(2, _works.Workspace.State().Standing<StatementSentRecord>()
            .Count(s => s.Body.To == "builder"));
    }

    /// <summary>What no consent covered yet is allowed by the answer, and only that.</summary>
    [Fact]
    public async Task To_fulfil_is_to_allow()
    {
        await Post("builder", Request(ExchangeWorks.Brick));
        using var client = await _works.Customer("builder");
        Assert.Equal("123", await ExchangeWorks.Ids(client, ""));
        _works.Letters.Fulfil(Only.Id);
        Assert.Equal("1234", await ExchangeWorks.Ids(client, ""));
        var consent = _works.Workspace.Registers().Of<Consent>()
            .Single(c => c.Customer == "builder" && c.Product == ExchangeWorks.Brick);
        Assert.Equal((Only.Id, "2026-10-12"), (consent.Ground, consent.From));
        Assert.Equal("exchange.noRequest", Refused(() => _works.Letters.Fulfil(Only.Id)));
    }

    /// <summary>Suite 13: what there is not is refused, with no word about what there is.</summary>
    [Fact]
    public async Task A_request_is_rejected_by_a_person()
    {
        await Post("builder", Request("urn:pact:null"));
        Assert.Equal("exchange.nothing", Refused(() => _works.Letters.Fulfil(Only.Id)));
        _works.Letters.Reject(Only.Id, "not ours");
        Assert.Equal(1, await Outbox.Once(Cancel));
        var said = JsonNode.Parse(Assert.Single(_peer.Events).Body)!;
        Assert.Equal((Prefix + "RequestRejectedEvent.3", "ask-1", "NotFound", "not ours"),
            ((string?)said["type"], (string?)said["data"]!["requestEventId"],
            (string?)said["data"]!["error"]!["code"], (string?)said["data"]!["error"]!["message"]));
    }

    /// <summary>A request that names no product asks for everything; it can only be refused.</summary>
    [Fact]
    public async Task A_request_for_everything_gives_nothing()
    {
        await Post("builder", Event("RequestCreated", "{}", source: _peer.Address));
        Assert.Equal("exchange.nothing", Refused(() => _works.Letters.Fulfil(Only.Id)));
    }

    [Fact]
    public async Task The_same_event_again_is_taken_once()
    {
        for (var i = 0; i < 3; i++)
            Assert.Equal((HttpStatusCode.OK, ""), await Post("builder", Request(ExchangeWorks.Tile)));
        _works.Letters.Fulfil(Only.Id);
        Assert.Equal((HttpStatusCode.OK, ""), await Post("builder", Request(ExchangeWorks.Tile)));
        Assert.Equal(EventState.Done, Only.State);
        // Another customer's event of the same id is another event.
        Assert.Equal((HttpStatusCode.OK, ""), await Post("other", Request(ExchangeWorks.Brick)));
        Assert.Equal(2, _works.Letters.Received().Count);
    }

    /// <summary>What was not taken is sent again, later and later, over a restart too, and never changes.
    /// </summary>
    [Fact]
    public async Task The_outbox_goes_on_after_a_restart_with_the_same_event()
    {
        await Post("builder", Request(ExchangeWorks.Tile));
        _works.Letters.Fulfil(Only.Id);
        _peer.Says = asked => asked.Path == "/3/events" ? (503, "", []) : ScriptedPeer.Usual(asked);
        Assert.Equal(0, await Outbox.Once(Cancel));
        Assert.Equal((1, "exchange.status", "2026-10-12T09:15:00Z"),
            (Going.Tries, Going.Failure, Going.Next));
        Assert.Equal(0, await Outbox.Once(Cancel));
        Assert.Single(_peer.Events);
        _works.Clock.Now += Duration.FromMinutes(1);
        await Outbox.Once(Cancel);
        Assert.Equal((2, "2026-10-12T09:17:00Z"), (Going.Tries, Going.Next));
        _works.Clock.Now += Duration.FromMinutes(2);
        _peer.Says = ScriptedPeer.Usual;
        using (var copy = _works.Reopened())
        {
            var outbox = new Outbox(new Correspondence(new Footprints(copy)), _wire);
            Assert.Equal(1, await outbox.Once(Cancel));
            Assert.Equal(0, await outbox.Once(Cancel));
        }
        Assert.Equal(3, _peer.Events.Count());
        Assert.Single(_peer.Events.Select(e => e.Body).Distinct());
    }

    [Fact]
    public async Task After_three_days_it_is_given_up()
    {
        await Post("builder", Request(ExchangeWorks.Tile));
        _works.Letters.Fulfil(Only.Id);
        _peer.Says = asked => (500, "", []);
        while (Going.State == EventState.Waiting)
        {
            await Outbox.Once(Cancel);
            _works.Clock.Now += Duration.FromHours(6);
        }
        Assert.Equal((EventState.Refused, null), (Going.State, Going.Next));
        // Nobody was reached, so nothing was given.
        Assert.Empty(_works.Workspace.State().Standing<StatementSentRecord>());
        Assert.InRange(_works.Clock.Now, Instant.FromUtc(2026, 10, 15, 0, 0),
            Instant.FromUtc(2026, 10, 16, 0, 0));
    }

    /// <summary>A consent that is taken back before the answer is out holds it back.</summary>
    [Fact]
    public async Task What_is_no_longer_allowed_is_not_sent()
    {
        await Post("builder", Request(ExchangeWorks.Tile));
        _works.Letters.Fulfil(Only.Id);
        _works.Footprints.Revoke(_works.Workspace.Registers().Of<Consent>()
            .Single(c => c.Customer == "builder").Id);
        Assert.Equal(0, await Outbox.Once(Cancel));
        Assert.Equal(EventState.Stopped, Going.State);
        Assert.Empty(_peer.Events);
        Assert.Empty(_works.Workspace.State().Standing<StatementSentRecord>());
    }

    [Fact]
    public async Task A_publication_names_what_a_customer_may_have()
    {
        Assert.Equal("footprint.noProduct",
            Refused(() => _works.Letters.Publish("builder", ExchangeWorks.Brick)));
        _works.Letters.Publish("builder", ExchangeWorks.Tile);
        Assert.Equal(1, await Outbox.Once(Cancel));
        var said = JsonNode.Parse(Assert.Single(_peer.Events).Body)!;
        Assert.Equal(Prefix + "PublishedEvent.3", (string?)said["type"]);
        Assert.Equal([ExchangeWorks.Id(2), ExchangeWorks.Id(3)],
            said["data"]!["pfIds"]!.AsArray().Select(p => (string)p!));
    }

    /// <summary>Suite 15 and 40.</summary>
    [Theory]
    [InlineData("Published", """{"pfIds":["00000000-0000-4000-8000-000000000009"]}""", 200, "")]
    [InlineData("Published", """{"pfIds":["tile"]}""", 400, "BadRequest")]
    [InlineData("Published", """{"pfIds":[]}""", 400, "BadRequest")]
    [InlineData("Published", """{"pfIds":"00000000-0000-0000-0000-000000000000"}""", 400, "BadRequest")]
    [InlineData("Published", "{}", 400, "BadRequest")]
    [InlineData("Invented", "{}", 501, "NotImplemented")]
    [InlineData("RequestCreated", """{"productId":[1]}""", 400, "BadRequest")]
    [InlineData("RequestCreated", """{"validOn":["yesterday"]}""", 400, "BadRequest")]
    [InlineData("RequestFulfilled", """{"requestEventId":"x","pfs":[{}]}""", 400, "BadRequest")]
    [InlineData("RequestRejected", """{"requestEventId":"x","error":{"code":"X"}}""", 400, "BadRequest")]
    public async Task Events_are_taken_or_refused_by_the_codes(
        string type, string data, int status, string code)
    {
        Assert.Equal(((HttpStatusCode)status, code),
            await Post("builder", Event(type, data, source: _peer.Address)));
        Assert.Equal(status == 200 ? 1 : 0, _works.Letters.Received().Count);
        Assert.Empty(_peer.Seen);
    }

    /// <summary>What brings no footprints needs no megabytes of evidence.</summary>
    [Fact]
    public async Task Words_without_end_are_not_kept()
    {
        foreach (var (length, status) in ((int, HttpStatusCode)[])[(200_000, HttpStatusCode.OK),
            (300_000, HttpStatusCode.BadRequest)])
            Assert.Equal(status, (await Post("builder", Event("RequestCreated", new JsonObject
            {
                ["productId"] = ExchangeWorks.Tile, ["comment"] = new string('a', length),
            }.ToJsonString(), $"ask-{length}", _peer.Address))).Item1);
        Assert.Equal("ask-200000", Only.Event);
    }

    /// <summary>Answers are done when they come, so what waits does not bound them.</summary>
    [Fact]
    public void Answers_to_one_request_have_an_end()
    {
        _works.Workspace.Append("register", [new RegisterRecord("supplier", "builder",
            RegisterSet.Write(new Supplier { Id = "builder" }))]);
        _works.Letters.Ask("builder", ["urn:gtin:1"], "https://footprints.works.example", null);
        string Come(int number)
        {
            var said = Answer(number);
            return _works.Letters.Receive("builder", Lenses.Read(said), Encoding.UTF8.GetBytes(said));
        }
        string Answer(int number) => Event("RequestRejected", new JsonObject
        {
            ["requestEventId"] = Going.Id,
            ["error"] = new JsonObject { ["code"] = "NotFound", ["message"] = "no" },
        }.ToJsonString(), $"no-{number}", _peer.Address);
        for (var i = 0; i < 100; i++) Assert.Equal("", Come(i));
        Assert.Equal(("TooMany", ""), (Come(100), Come(99)));
        Assert.Equal(100, _works.Letters.Received().Count);
    }

    [Fact]
    public async Task What_is_no_event_is_a_bad_request()
    {
        var deep = new string('[', 100);
        foreach (var body in (string[])["", "x", "[]", "{}", deep, "{\"specversion\":\"1.0\"}",
            Request(ExchangeWorks.Tile).Replace("\"1.0\"", "\"0.3\"", StringComparison.Ordinal),
            Request(ExchangeWorks.Tile, new string('i', 201))])
            Assert.Equal((HttpStatusCode.BadRequest, "BadRequest"), await Post("builder", body));
        Assert.Equal((HttpStatusCode.BadRequest, "BadRequest"),
            await Post("builder", Request(ExchangeWorks.Tile), "application/json"));
        Assert.Equal((HttpStatusCode.BadRequest, "BadRequest"),
            await Post("builder", new string(' ', 5_000_000)));
        using var stranger = _works.Stranger();
        using var nothing = new StringContent("");
        using var answer = await stranger.PostAsync("/3/events", nothing, Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Empty(_works.Letters.Received());
    }

    /// <summary>Where a customer might want our answer to go.</summary>
    [Theory]
    [InlineData("http://footprints.builder.example")]
    [InlineData("https://footprints.builder.example:1")]
    [InlineData("https://elsewhere.example")]
    [InlineData("https://footprints.builder.example.elsewhere.example")]
    [InlineData("https://localhost:7060")]
    [InlineData("https://127.0.0.1")]
    [InlineData("https://[::1]")]
    [InlineData("https://169.254.169.254/latest")]
    [InlineData("https://footprints.builder.example@169.254.169.254")]
    [InlineData("urn:somewhere")]
    public async Task An_answer_goes_to_the_registered_host_alone(string source)
    {
        Assert.Equal((HttpStatusCode.BadRequest, "BadRequest"), await Post("builder", Event("RequestCreated",
            $$"""{"productId":["{{ExchangeWorks.Tile}}"]}""", source: source)));
        Assert.Empty(_works.Letters.Received());
    }

    /// <summary>As in the examples of the specification; the answer goes to the same door once.</summary>
    [Fact]
    public async Task An_answer_goes_to_the_source_as_the_examples_write_it()
    {
        Assert.Equal((HttpStatusCode.OK, ""), await Post("builder", Event("RequestCreated",
            $$"""{"productId":["{{ExchangeWorks.Tile}}"]}""",
            source: _peer.Address.Replace("https:", "", StringComparison.Ordinal) + "/3/events")));
        _works.Letters.Fulfil(Only.Id);
        Assert.Equal(_peer.Address, Going.Address);
        Assert.Equal(1, await Outbox.Once(Cancel));
        Assert.Equal("/3/events", Assert.Single(_peer.Events).Path);
    }

    /// <summary>What a person saw is what is given: a statement that came since is not among it.</summary>
    [Fact]
    public async Task What_was_not_seen_is_not_given()
    {
        Assert.Equal((HttpStatusCode.OK, ""), await Post("builder", Request(ExchangeWorks.Tile)));
        var seen = _works.Letters.Wanted(Only).Select(s => s.Id.ToString()).ToList();
        _works.Add(ExchangeWorks.Id(7), ExchangeWorks.Tile);
        Assert.Equal("exchange.changed", Refused(() => _works.Letters.Fulfil(Only.Id, seen)));
        Assert.Empty(_works.Letters.Sent());
        _works.Letters.Fulfil(Only.Id, [.. seen, ExchangeWorks.Id(7)]);
        Assert.Contains(ExchangeWorks.Id(7), Going.About);
    }

    /// <summary>A host that is registered later must still be the one that the request named.</summary>
    [Fact]
    public async Task A_request_from_before_the_host_was_registered_is_checked_again()
    {
        Assert.Equal((HttpStatusCode.OK, ""), await Post("other", Event("RequestCreated",
            $$"""{"productId":["{{ExchangeWorks.Brick}}"]}""", source: "https://elsewhere.example")));
        Assert.Equal("exchange.noPeer", Refused(() => _works.Letters.Fulfil(Only.Id)));
        _works.Letters.SetPeer("other", _peer.Address, null, "potters", "x");
        Assert.Equal("exchange.source", Refused(() => _works.Letters.Fulfil(Only.Id)));
        Assert.Empty(_works.Letters.Sent());
    }

    [Fact(Skip = Length.Waits, SkipType = typeof(Length), SkipUnless = nameof(Length.IsLong))]
    [Trait(Length.Trait, Length.Long)]
    public async Task Events_without_end_are_put_off()
    {
        for (var i = 0; i < 500; i++) Assert.Equal("", _works.Letters.Receive("builder",
            Lenses.Read(Request(ExchangeWorks.Tile, $"ask-{i}")), [1]));
        Assert.Equal((HttpStatusCode.TooManyRequests, "BadRequest"),
            await Post("builder", Request(ExchangeWorks.Tile, "one more")));
    }

    /// <summary>What we show to others stands in no record, and nobody else can read it.</summary>
    [Fact]
    public void A_secret_for_others_is_in_no_record()
    {
        Assert.DoesNotContain(_works.Workspace.State().Records, r => r.Body is RegisterRecord said
            && said.Json.Contains("our secret", StringComparison.Ordinal));
        var file = Path.Combine(_works.Workspace.Folder, "peers.secret");
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        _works.Letters.RemovePeer("builder");
        Assert.DoesNotContain("our secret", File.ReadAllText(file), StringComparison.Ordinal);
    }

    private static string Refused(Func<object> what) =>
        Assert.Throws<RefusedException>(what).Finding.Code;

    private static class Lenses
    {
        public static Celadon.Lenses.Products.PactEvent Read(string json) =>
            Celadon.Lenses.Products.PactEvent.Read(Encoding.UTF8.GetBytes(json)).Event!;
    }
}
