using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Celadon.Registers;
using Celadon.Server.Exchange;

namespace Celadon.Tests.Server.Exchange;

/// <summary>
/// The cases of the PACT conformance service for V3.0, each in our words and over real HTTPS. Source:
/// github.com/wbcsd/pact-conformance-service, src/test-cases/v3-test-cases.ts, src/utils and src/services of
/// 1 May 2026 (cases 1 to 40), and its predecessor github.com/wbcsd/pact-conformance-test-service of 23 May
/// 2025 (1 to 29). Where they differ the test says so.
/// </summary>
public sealed class PactConformanceTests : IAsyncLifetime
{
    private const string Product = "urn:gtin:4712345060514", Company = "urn:company:potters.example:suite",
        Class = "urn:pact:productclassification:un-cpc:37210", Prefix = "org.wbcsd.pact.ProductFootprint.",
        From = "2026-01-01T00:00:00Z", Until = "2027-01-01T00:00:00Z",
        Run = "5f2b1c7e-9a44-4f0e-8f8c-3f3f0a6f2f11";

    private readonly TestNetwork _network = new();
    private ExchangeWorks _works = null!;
    private ScriptedPeer _peer = null!;
    private HttpClient _client = null!;
    private string _secret = "";
    private JsonArray _all = [];

    /// <summary>As the service begins: a token, all footprints, and its filters from the first of them.
    /// </summary>
    public async ValueTask InitializeAsync()
    {
        _works = await ExchangeWorks.Start();
        _peer = await ScriptedPeer.Start(_network);
        foreach (var number in (int[])[6, 7, 8]) _works.Add(ExchangeWorks.Id(number), Product,
            ("companyIds", new JsonArray(Company)), ("productClassifications", new JsonArray(Class)),
            ("validityPeriodStart", From), ("validityPeriodEnd", Until));
        _secret = _works.Footprints.SetCustomer("suite");
        _works.Footprints.Allow("suite", Product, "2026-01-01", null, "conformance");
        _works.Letters.SetPeer("suite", _peer.Address, null, "suite", "theirs");
        _client = _works.Stranger();
        using var token = await ExchangeWorks.Token(_client, "suite", _secret);
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer",
            (string?)(await ExchangeWorks.Json(token))["access_token"]);
        _all = await List("");
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _peer.DisposeAsync();
        await _works.DisposeAsync();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/auth/token")]
    [InlineData(null)]
    public async Task Cases_1_2_18_19_a_token_for_the_right_secret_alone(string? path)
    {
        using var stranger = _works.Stranger();
        if (path is null)
        {
            using var found = await stranger.GetAsync("/.well-known/openid-configuration", Cancel);
            path = (string?)(await ExchangeWorks.Json(found))["token_endpoint"];
            Assert.StartsWith(_works.Root.ToString(), path, StringComparison.Ordinal);
        }
        foreach (var (id, secret, good) in ((string, string, bool)[])[("suite", _secret, true),
            ("suite", "another", false), ("nobody-of-that-name", _secret, false)])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path)
            {
                Content = new StringContent("grant_type=client_credentials", Encoding.UTF8,
                    "application/x-www-form-urlencoded"),
            };
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic",
                Convert.ToBase64String(Encoding.UTF8.GetBytes($"{id}:{secret}")));
            using var answer = await stranger.SendAsync(request, Cancel);
            var body = await ExchangeWorks.Json(answer);
            Assert.Equal(good ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.Equal(good, body["access_token"] is not null);
            Assert.Equal(good ? null : "invalid_client", (string?)body["error"]);
        }
    }

    [Fact]
    public async Task Case_3_one_footprint_by_its_id()
    {
        var id = (string)_all[0]!["id"]!;
        using var answer = await _client.GetAsync("/3/footprints/" + id, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(id, (string?)(await ExchangeWorks.Json(answer))["data"]!["id"]);
    }

    [Fact]
    public async Task Case_4_all_footprints_by_the_schema_and_as_many_again()
    {
        var again = await List("");
        Assert.Equal(3, again.Count);
        Assert.All(again, footprint => Assert.Empty(PactSchema.Faults(footprint!.AsObject())));
    }

    [Fact]
    public async Task Case_5_a_link_leads_to_the_next_page_under_the_same_address()
    {
        using var first = await _client.GetAsync("/3/footprints?limit=1", Cancel);
        var link = first.Headers.GetValues("Link").Single().Split(">; rel=\"next\"")[0].TrimStart('<');
        Assert.StartsWith(_works.Root.ToString(), link, StringComparison.Ordinal);
        for (var time = 0; time < 2; time++)
            Assert.Single(await List(new Uri(link).Query));
    }

    /// <summary>
    /// 400 or 401 and advised BadRequest; the specification 3.0.3 has 401 for a token that is invalid.
    /// </summary>
    [Theory]
    [InlineData("GET", "/3/footprints")] // 6
    [InlineData("GET", "/3/footprints/00000000-0000-4000-8000-000000000006")] // 7
    [InlineData("POST", "/3/events")] // 16
    public async Task Cases_6_7_16_a_token_that_is_none_is_a_bad_request(
        string method, string path)
    {
        using var stranger = _works.Stranger();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer no-token-of-yours");
        if (method == "POST") request.Content = Body(Event("Published", Ids(ExchangeWorks.Id(6))));
        using var answer = await stranger.SendAsync(request, Cancel);
        Assert.Equal((HttpStatusCode.Unauthorized, "BadRequest"),
            (answer.StatusCode, (string?)(await ExchangeWorks.Json(answer))["code"]));
        Assert.Empty(_works.Letters.Received());
    }

    /// <summary>
    /// 404 in every edition. The first wanted the code NoSuchFootprint, which 3.0.3 no longer has; the later
    /// ones want NotFound.
    /// </summary>
    [Theory]
    [InlineData("random-string-as-id-Xy12Xy12Xy12Xy12")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    public async Task Case_8_what_there_is_not_is_not_found(string id) => Assert.Equal(
        (HttpStatusCode.NotFound, "NotFound"), await ExchangeWorks.Refused(_client, "/3/footprints/" + id));

    [Theory]
    [InlineData("POST", "/auth/token")] // 9
    [InlineData("GET", "/3/footprints")] // 10
    [InlineData("GET", "/3/footprints/00000000-0000-4000-8000-000000000006")] // 11
    [InlineData("POST", "/3/events")] // 17
    public async Task Cases_9_10_11_17_plain_http_gives_nothing(string method, string path)
    {
        var address = new UriBuilder(_works.Root) { Scheme = "http" }.Uri;
        using var plain = new HttpClient { BaseAddress = address };
        plain.DefaultRequestHeaders.Authorization = _client.DefaultRequestHeaders.Authorization;
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method == "POST") request.Content = Body(Event("Published", Ids(ExchangeWorks.Id(6))));
        await Assert.ThrowsAsync<HttpRequestException>(() => plain.SendAsync(request, Cancel));
        Assert.Empty(_works.Letters.Received());
    }

    /// <summary>
    /// The service asks by the filter of the specification, its predecessor by the fragment of a footprint
    /// that the second version had; a person answers, and the footprints go to where the request came from,
    /// with the id of the request by which the service knows its run.
    /// </summary>
    [Theory]
    [InlineData("{\"pf\":{\"productIds\":[\"urn:gtin:4712345060514\"]},\"comment\":\"this year\"}")]
    [InlineData("{\"productId\":[\"urn:gtin:4712345060514\"],\"comment\":\"this year\"}")]
    public async Task Cases_12_13_a_request_is_taken_and_fulfilled(string data)
    {
        Assert.Equal(HttpStatusCode.OK, await Send(Event("RequestCreated", data, Run + "/12")));
        var waits = Assert.Single(_works.Letters.Received());
        Assert.Equal((Run + "/12", "this year"), (waits.Event, waits.Comment));
        Assert.Equal([Product], waits.About);
        _works.Letters.Fulfil(waits.Id);
        var said = await Called();
        Assert.Equal((Prefix + "RequestFulfilledEvent.3", Run + "/12"),
            ((string?)said["type"], (string?)said["data"]!["requestEventId"]));
        Assert.All(said["data"]!["pfs"]!.AsArray(), footprint =>
        {
            Assert.Empty(PactSchema.Faults(footprint!.AsObject()));
            Assert.Contains(Product, footprint["productIds"]!.AsArray().Select(p => (string?)p));
        });
    }

    /// <summary>
    /// 14.A and 14.B: the product of no product is rejected with code and message. The predecessor sent it
    /// under the very id of the request before, where it is another event.
    /// </summary>
    [Theory]
    [InlineData("/12", "/14.A", """{"productId":["urn:pact:null"],"comment":"this year"}""")]
    [InlineData("", "", """{"pf":{"productIds":["urn:pact:null"]}}""")]
    public async Task Case_14_a_request_for_nothing_is_rejected(string first, string second, string data)
    {
        Assert.Equal(HttpStatusCode.OK, await Send(Event("RequestCreated",
            $$$"""{"productId":["{{{Product}}}"]}""", Run + first)));
        for (var time = 0; time < 2; time++)
            Assert.Equal(HttpStatusCode.OK, await Send(Event("RequestCreated", data, Run + second)));
        Assert.Equal(2, _works.Letters.Received().Count);
        _works.Letters.Reject(_works.Letters.Received().Single(e => e.About[0] == "urn:pact:null").Id, "");
        var said = await Called();
        Assert.Equal((Prefix + "RequestRejectedEvent.3", Run + second, "NotFound"), ((string?)said["type"],
            (string?)said["data"]!["requestEventId"], (string?)said["data"]!["error"]!["code"]));
        Assert.NotEqual("", (string?)said["data"]!["error"]!["message"]);
        Assert.NotNull(said["data"]!["error"]!["message"]);
    }

    [Fact]
    public async Task Case_15_news_of_footprints_is_taken()
    {
        Assert.Equal(HttpStatusCode.OK,
            await Send(Event("Published", Ids("3a6c14a7-4deb-498a-b5ea-16ce2535b576"))));
        var news = Assert.Single(_works.Letters.Received());
        Assert.Equal((EventState.Waiting, "Published"), (news.State, news.Type));
    }

    /// <summary>The first edition sent a URN for case 15; the specification has UUIDs, and so has case 40.
    /// </summary>
    [Fact]
    public async Task Case_40_news_that_name_no_uuid_are_a_bad_request() => Assert.Equal(
        HttpStatusCode.BadRequest, await Send(Event("Published", Ids("urn:gtin:4712345060507"))));

    [Theory]
    [InlineData("productId=urn:gtin:4712345060514", "productIds", Product)] // 20
    [InlineData("companyId=urn:company:potters.example:suite", "companyIds", Company)] // 21
    [InlineData("geography=GB", "pcf.geographyCountry", "GB")] // 22
    [InlineData("classification=urn:pact:productclassification:un-cpc:37210",
        "productClassifications", Class)] // 23
    [InlineData("validOn=2026-01-01T00:00:00Z", "validityPeriodStart", From)] // 24
    [InlineData("validAfter=2025-12-31T00:00:00.000Z", "validityPeriodStart", From)] // 25
    [InlineData("validBefore=2027-01-02T00:00:00.000Z", "validityPeriodEnd", Until)] // 26
    [InlineData("status=Active", "status", "Active")] // 27
    [InlineData("status=Active&productId=urn:gtin:4712345060514", "productIds", Product)] // 28
    [InlineData("companyId=urn:company:potters.example:suite&companyId=kT0pQzz1&companyId=aB3dE5fG",
        "companyIds", Company)] // 29
    [InlineData("status=Active&status=kT0pQzz1&status=aB3dE5fG", "status", "Active")] // 29, 2025
    public async Task Cases_20_to_29_each_filter_lets_its_own_through(
        string query, string field, string value)
    {
        var found = await List("?" + query);
        Assert.Equal(3, found.Count);
        Assert.All(found, footprint =>
        {
            var at = field.Split('.').Aggregate(footprint, (node, name) => node![name]);
            Assert.Contains(value, at is JsonArray list ? list.Select(v => (string?)v) : [(string?)at]);
        });
    }

    /// <summary>
    /// The same filters with what no footprint has, as the service asks; and at the very edge of the times,
    /// and beside a filter that fits, which it does not ask.
    /// </summary>
    [Theory]
    [InlineData("productId=urn:bogus:product:Xy12Xy12Xy12Xy12")] // 30
    [InlineData("companyId=urn:bogus:company:Xy12Xy12Xy12Xy12")] // 31
    [InlineData("geography=XX")] // 32
    [InlineData("classification=urn:bogus:classification:Xy12Xy12Xy12Xy12")] // 33
    [InlineData("validOn=1900-01-01T00:00:00Z")] // 34
    [InlineData("validAfter=2099-12-31T23:59:59Z")] // 35
    [InlineData("validBefore=1900-01-01T00:00:00Z")] // 36
    [InlineData("status=BogusStatuskT0pQzz1")] // 37
    [InlineData("companyId=urn:bogus:company:kT0pQzz1&productId=urn:bogus:product:Xy12Xy12Xy12Xy12")] // 38
    [InlineData("companyId=urn:bogus:company:a&companyId=urn:bogus:company:b&companyId=urn:bogus:company:c")]
    [InlineData("validOn=2025-12-31T23:59:59Z")]
    [InlineData("validAfter=2026-01-01T00:00:00Z")]
    [InlineData("validBefore=2027-01-01T00:00:00Z")]
    [InlineData("status=Active&productId=urn:bogus:product:1")]
    public async Task Cases_30_to_39_a_filter_that_nothing_passes_gives_an_empty_list(string query) =>
        Assert.Empty(await List("?" + query));

    private async Task<JsonArray> List(string query)
    {
        using var answer = await _client.GetAsync("/3/footprints" + query, Cancel);
        Assert.Equal((HttpStatusCode.OK, "application/json"),
            (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        return (await ExchangeWorks.Json(answer))["data"]!.AsArray();
    }

    private string Event(string type, string data, string id = Run) => new JsonObject
    {
        ["specversion"] = "1.0", ["id"] = id, ["source"] = _peer.Address,
        ["time"] = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'",
            CultureInfo.InvariantCulture),
        ["type"] = $"{Prefix}{type}Event.3", ["data"] = JsonNode.Parse(data),
    }.ToJsonString();

    private static string Ids(string id) => $$"""{"pfIds":["{{id}}"]}""";

    private static StringContent Body(string json)
    {
        var content = new StringContent(json, Encoding.UTF8);
        content.Headers.ContentType =
            MediaTypeHeaderValue.Parse("application/cloudevents+json; charset=UTF-8");
        return content;
    }

    private async Task<HttpStatusCode> Send(string json)
    {
        using var content = Body(json);
        using var answer = await _client.PostAsync("/3/events", content, Cancel);
        return answer.StatusCode;
    }

    /// <summary>What the outbox brings to where the request came from.</summary>
    private async Task<JsonNode> Called()
    {
        using var wire = new PeerWire(_network);
        using var outbox = new Outbox(_works.Letters, wire);
        Assert.Equal(1, await outbox.Once(Cancel));
        return JsonNode.Parse(Assert.Single(_peer.Events).Body)!;
    }
}
