using System.Net;
using System.Net.Http.Headers;
using Celadon.Ledger;
using Celadon.Text;
using NodaTime;

namespace Celadon.Tests.Server.Exchange;

/// <summary>
/// The reading side of the exchange over HTTPS. Numbers of tests are those of the PACT conformance suite for
/// v3.0.
/// </summary>
public sealed class ExchangeHostTests : IAsyncLifetime
{
    private ExchangeWorks _works = null!;

    public async ValueTask InitializeAsync() => _works = await ExchangeWorks.Start();

    public ValueTask DisposeAsync() => _works.DisposeAsync();

    /// <summary>Suite 1 and 2.</summary>
    [Fact]
    public async Task A_token_is_given_for_the_secret_alone()
    {
        using var good = await _works.Customer("builder");
        using var client = _works.Stranger();
        foreach (var (id, secret) in ((string, string)[])[("builder", "wrong"), ("nobody", _works.Secret),
            ("builder", _works.OtherSecret)])
        {
            using var answer = await ExchangeWorks.Token(client, id, secret);
            Assert.Equal((HttpStatusCode.Unauthorized, "invalid_client"),
                (answer.StatusCode, (string?)(await ExchangeWorks.Json(answer))["error"]));
        }
    }

    /// <summary>Suite 3 and 4.</summary>
    [Fact]
    public async Task A_list_has_what_the_consent_covers_and_one_is_fetched_by_its_id()
    {
        using var client = await _works.Customer("builder");
        Assert.Equal("123", await ExchangeWorks.Ids(client, ""));
        using var answer = await client.GetAsync($"/3/footprints/{ExchangeWorks.Id(2)}",
            TestContext.Current.CancellationToken);
        var data = (await ExchangeWorks.Json(answer))["data"]!;
        Assert.Equal((ExchangeWorks.Id(2), "9.75"),
            ((string?)data["id"], (string?)data["pcf"]!["pcfExcludingBiogenicUptake"]));
    }

    /// <summary>Suite 5: pages under the same address, as often as asked.</summary>
    [Fact]
    public async Task Pages_lead_to_the_next_and_may_be_read_again()
    {
        using var client = await _works.Customer("builder");
        var seen = "";
        var next = "/3/footprints?limit=1&productId=" + Uri.EscapeDataString(ExchangeWorks.Tile);
        while (next.Length > 0)
        {
            for (var time = 0; time < 2; time++) Assert.Single(await ExchangeWorks.Ids(client, Query(next)));
            using var answer = await client.GetAsync(next, TestContext.Current.CancellationToken);
            seen += await ExchangeWorks.Ids(client, Query(next));
            next = answer.Headers.TryGetValues("Link", out var link) ? Linked(link.Single()) : "";
        }
        Assert.Equal("123", seen);
    }

    /// <summary>Suite 6, 7 and 16.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("a.b")]
    [InlineData("eyJVc2UiOiJ0b2tlbiJ9.AAAA")]
    public async Task A_token_that_is_not_ours_is_refused(string token)
    {
        using var client = _works.Stranger();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer " + token);
        Assert.Equal((HttpStatusCode.Unauthorized, "BadRequest"),
            await ExchangeWorks.Refused(client, "/3/footprints"));
    }

    [Fact]
    public async Task A_token_that_was_changed_is_refused_at_every_character()
    {
        using var client = await _works.Customer("builder");
        var token = client.DefaultRequestHeaders.Authorization!.Parameter!;
        // The last character of a base64 text may hold bits that nobody reads.
        for (var at = 0; at < token.Length - 1; at += 7)
        {
            if (token[at] == '.' || token[at + 1] == '.') continue;
            var changed = token[..at] + (token[at] == 'A' ? 'B' : 'A') + token[(at + 1)..];
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", changed);
            // One whose words are whole still says that it is ours; it counts as little.
            Assert.Equal(HttpStatusCode.Unauthorized,
                (await ExchangeWorks.Refused(client, "/3/footprints")).Item1);
        }
    }

    [Fact]
    public async Task A_token_ends_after_an_hour_and_with_its_secret_and_its_customer()
    {
        using var client = await _works.Customer("builder");
        using var other = await _works.Customer("other");
        _works.Clock.Now += Duration.FromMinutes(61);
        Assert.Equal((HttpStatusCode.Unauthorized, "TokenExpired"),
            await ExchangeWorks.Refused(client, "/3/footprints"));
        _works.Clock.Now -= Duration.FromMinutes(61);
        _works.Footprints.SetCustomer("builder");
        Assert.Equal((HttpStatusCode.Unauthorized, "TokenExpired"),
            await ExchangeWorks.Refused(client, "/3/footprints"));
        _works.Footprints.RemoveCustomer("other");
        Assert.Equal((HttpStatusCode.Unauthorized, "TokenExpired"),
            await ExchangeWorks.Refused(other, "/3/footprints"));
    }

    /// <summary>
    /// The key is of a run: a token from before a restart says that it is of these books, but nobody can tell
    /// whether it is. Its client hears that it has ended, and fetches another; of other books it is no token.
    /// </summary>
    [Fact]
    public async Task A_token_from_before_a_restart_has_ended()
    {
        using var client = _works.Stranger();
        var before = new Celadon.Server.Exchange.SignedText(new byte[32]);
        foreach (var (use, books, code) in ((string, string, string)[])[
            ("token", _works.Workspace.Journal.WorkspaceId, "TokenExpired"),
            ("cursor", _works.Workspace.Journal.WorkspaceId, "BadRequest"), ("token", "x", "BadRequest")])
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer",
                before.Write(new(use, books, "builder", long.MaxValue)));
            using var answer = await client.GetAsync("/3/footprints", TestContext.Current.CancellationToken);
            var said = await ExchangeWorks.Json(answer);
            Assert.Equal((HttpStatusCode.Unauthorized, code), (answer.StatusCode, (string?)said["code"]));
            Assert.Contains("invalid_token", answer.Headers.WwwAuthenticate.Single().Parameter,
                StringComparison.Ordinal);
            Assert.Equal(Catalogue.English.Text("exchange.wire." + code), (string?)said["message"]);
        }
    }

    /// <summary>Suite 8; and 403 for a footprint that this customer may not have, as 3.0.3 asks.</summary>
    [Theory]
    [InlineData("00000000-0000-0000-0000-000000000000", 404, "NotFound")]
    [InlineData("00000000-0000-4000-8000-000000000004", 403, "AccessDenied")]
    [InlineData("tile", 404, "NotFound")]
    public async Task What_is_not_there_and_what_is_anothers_are_told_apart(
        string id, int status, string code)
    {
        using var client = await _works.Customer("builder");
        Assert.Equal(((HttpStatusCode)status, code),
            await ExchangeWorks.Refused(client, "/3/footprints/" + id));
        Assert.Equal("", await ExchangeWorks.Ids(client,
            "?productId=" + Uri.EscapeDataString(ExchangeWorks.Brick)));
    }

    /// <summary>Suite 9 to 11 and 17.</summary>
    [Fact]
    public async Task Plain_http_does_not_work()
    {
        var address = new UriBuilder(_works.Root) { Scheme = "http" }.Uri;
        using var plain = new HttpClient { BaseAddress = address };
        await Assert.ThrowsAsync<HttpRequestException>(() =>
            plain.GetAsync("/3/footprints", TestContext.Current.CancellationToken));
    }

    /// <summary>Suite 20 to 39: every filter, alternatives, both at once, and what nothing has.</summary>
    [Theory]
    [InlineData("?productId=urn:gtin:4712345060507", "123")]
    [InlineData("?productId=urn:none:1&productId=urn:gtin:4712345060507", "123")]
    [InlineData("?companyId=urn:company:potters.example:jingdezhen", "3")]
    [InlineData("?geography=GB", "13")]
    [InlineData("?geography=Eastern%20Asia", "2")]
    [InlineData("?geography=GB&geography=Eastern%20Asia", "123")]
    [InlineData("?classification=urn:pact:productclassification:un-cpc:3731", "2")]
    [InlineData("?status=Deprecated", "1")]
    [InlineData("?status=Active&geography=GB", "3")]
    [InlineData("?validOn=2026-06-01T00:00:00Z", "1")]
    [InlineData("?validOn=2026-10-01T00:00:00Z", "123")]
    [InlineData("?validAfter=2026-05-01T00:00:00Z", "23")]
    [InlineData("?validBefore=2027-01-01T00:00:00%2B00:00", "1")]
    [InlineData("?productId=urn:none:1", "")]
    [InlineData("?companyId=urn:none:1", "")]
    [InlineData("?geography=XX", "")]
    [InlineData("?classification=urn:none:1", "")]
    [InlineData("?status=Unknown", "")]
    [InlineData("?validOn=1999-01-01T00:00:00Z", "")]
    [InlineData("?validAfter=2999-01-01T00:00:00Z", "")]
    [InlineData("?validBefore=1999-01-01T00:00:00Z", "")]
    [InlineData("?productId=urn:gtin:4712345060507&geography=XX", "")]
    [InlineData("?status=Active&companyId=urn:none:1", "")]
    [InlineData("?status=deprecated", "1")]
    [InlineData("/?status=Deprecated", "1")]
    [InlineData("?productid=urn:none:1", "")]
    [InlineData("?productId=urn:none:1&PRODUCTID=urn:gtin:4712345060507", "123")]
    [InlineData("?validon=2026-06-01T00:00Z", "1")]
    public async Task Filters_are_alternatives_within_and_narrow_each_other(string query, string ids)
    {
        using var client = await _works.Customer("builder");
        Assert.Equal(ids, await ExchangeWorks.Ids(client, query));
    }

    [Theory]
    [InlineData("?limit=-1")]
    [InlineData("?limit=many")]
    [InlineData("?validOn=yesterday")]
    [InlineData("?cursor=x")]
    public async Task What_cannot_be_read_is_a_bad_request(string query)
    {
        using var client = await _works.Customer("builder");
        Assert.Equal((HttpStatusCode.BadRequest, "BadRequest"),
            await ExchangeWorks.Refused(client, "/3/footprints" + query));
    }

    /// <summary>The schema of 3.0.3 begins at none; what there is besides is still linked to.</summary>
    [Fact]
    public async Task A_page_of_none_leads_on()
    {
        using var client = await _works.Customer("builder");
        using var answer = await client.GetAsync("/3/footprints?limit=0",
            TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty((await ExchangeWorks.Json(answer))["data"]!.AsArray());
        Assert.Equal("", await ExchangeWorks.Ids(client, Query(Linked(answer.Headers.GetValues("Link")
            .Single()))));
        Assert.Empty(Sent());
    }

    [Fact]
    public async Task A_cursor_serves_its_customer_for_a_while_and_is_no_token()
    {
        using var client = await _works.Customer("builder");
        using var other = await _works.Customer("other");
        using var first = await client.GetAsync("/3/footprints?limit=1",
            TestContext.Current.CancellationToken);
        var next = Linked(first.Headers.GetValues("Link").Single());
        Assert.StartsWith(_works.Root.ToString(), next, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.BadRequest, "BadRequest"), await ExchangeWorks.Refused(other, next));
        _works.Clock.Now += Duration.FromSeconds(180);
        Assert.Equal("2", await ExchangeWorks.Ids(client, Query(next)));
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer",
            System.Web.HttpUtility.ParseQueryString(Query(next))["cursor"]);
        Assert.Equal((HttpStatusCode.Unauthorized, "BadRequest"),
            await ExchangeWorks.Refused(client, "/3/footprints"));
    }

    [Fact]
    public async Task The_first_giving_of_a_version_is_in_the_journal_and_no_other()
    {
        using var client = await _works.Customer("builder");
        await ExchangeWorks.Ids(client, "?limit=1");
        await ExchangeWorks.Ids(client, "?limit=1");
        Assert.Equal([1], Sent());
        await ExchangeWorks.Ids(client, "");
        Assert.Equal([1, 2, 3], Sent());
        var record = _works.Workspace.State().Standing<StatementSentRecord>().First().Body;
        Assert.Equal(("builder", true), (record.To, _works.Workspace.Kept.Has(record.Sha256)));
        // A version that was replaced since is given as deprecated: other bytes, and so another record.
        _works.Add(ExchangeWorks.Id(5), ExchangeWorks.Tile,
            ("precedingPfIds", new System.Text.Json.Nodes.JsonArray(ExchangeWorks.Id(2))));
        await ExchangeWorks.Ids(client, "");
        Assert.Equal([1, 2, 3, 2, 5], Sent());
    }

    [Fact]
    public async Task A_consent_begins_ends_and_is_taken_back()
    {
        using var other = await _works.Customer("other");
        Assert.Equal("4", await ExchangeWorks.Ids(other, ""));
        _works.Footprints.Revoke(_works.Workspace.Registers().Of<Celadon.Registers.Consent>()
            .Single(c => c.Customer == "other").Id);
        Assert.Equal("", await ExchangeWorks.Ids(other, ""));
        _works.Footprints.Allow("other", ExchangeWorks.Brick, "2026-10-13", "2026-10-13", "one day");
        Assert.Equal("", await ExchangeWorks.Ids(other, ""));
        _works.Clock.Now = Instant.FromUtc(2026, 10, 13, 0, 0);
        using var next = await _works.Customer("other");
        Assert.Equal("4", await ExchangeWorks.Ids(next, ""));
        _works.Clock.Now = Instant.FromUtc(2026, 10, 14, 0, 0);
        using var after = await _works.Customer("other");
        Assert.Equal("", await ExchangeWorks.Ids(after, ""));
    }

    /// <summary>A last day that is set later counts as one that was given at first.</summary>
    [Fact]
    public async Task A_consent_is_limited_and_the_very_same_is_given_once()
    {
        var consent = _works.Workspace.Registers().Of<Celadon.Registers.Consent>()
            .Single(c => c.Customer == "builder");
        foreach (var wrong in (string[])["", "2026-09-30", "13 October"])
            Assert.Equal("footprint.consent", Assert.Throws<RefusedException>(() =>
                _works.Footprints.Limit(consent.Id, wrong)).Finding.Code);
        Assert.Equal("footprint.noConsent", Assert.Throws<RefusedException>(() =>
            _works.Footprints.Limit("builder-none", "2026-10-12")).Finding.Code);
        _works.Footprints.Limit(consent.Id, "2026-10-12");
        Assert.Equal(consent with { To = "2026-10-12" },
            _works.Workspace.Registers().Find<Celadon.Registers.Consent>(consent.Id));
        using var client = await _works.Customer("builder");
        Assert.Equal("123", await ExchangeWorks.Ids(client, ""));
        _works.Clock.Now = Instant.FromUtc(2026, 10, 13, 0, 0);
        using var after = await _works.Customer("builder");
        Assert.Equal("", await ExchangeWorks.Ids(after, ""));
        var head = _works.Workspace.Journal.Head().Position;
        Assert.Equal("footprint.consentKnown", Assert.Throws<RefusedException>(() => _works.Footprints.Allow(
            "builder", ExchangeWorks.Tile, "2026-10-01", "2026-10-12", " contract 7 ")).Finding.Code);
        Assert.Equal(head, _works.Workspace.Journal.Head().Position);
    }

    [Fact]
    public async Task Guessing_is_put_off_even_with_the_right_secret()
    {
        using var client = _works.Stranger();
        for (var i = 0; i < 10; i++) (await ExchangeWorks.Token(client, "builder", $"guess {i}")).Dispose();
        using var late = await ExchangeWorks.Token(client, "builder", _works.Secret);
        Assert.Equal((HttpStatusCode.TooManyRequests, "temporarily_unavailable"),
            (late.StatusCode, (string?)(await ExchangeWorks.Json(late))["error"]));
        Assert.NotNull(late.Headers.RetryAfter?.Delta);
        _works.Clock.Now += Duration.FromMinutes(15);
        using var good = await _works.Customer("builder");
    }

    [Fact]
    public async Task Another_host_name_is_refused()
    {
        using var client = await _works.Customer("builder");
        client.DefaultRequestHeaders.Host = "inside.example";
        Assert.Equal((HttpStatusCode.BadRequest, "BadRequest"),
            await ExchangeWorks.Refused(client, "/3/footprints"));
    }

    [Theory]
    [InlineData("http://localhost:0", "exchange.address")]
    [InlineData("https://localhost:0/sub", "exchange.address")]
    [InlineData("https://user@localhost:0", "exchange.address")]
    public void Only_https_and_a_bare_address_are_served(string url, string code) => Assert.Equal(code,
        Assert.Throws<RefusedException>(() => Celadon.Server.Exchange.ExchangeHost
            .Build(_works.Workspace, url, null!)).Finding.Code);

    private IEnumerable<int> Sent() => _works.Workspace.State().Standing<StatementSentRecord>()
        .Select(s => s.Body.What[^1] - '0');

    private static string Query(string address) => address[address.IndexOf('?', StringComparison.Ordinal)..];

    private static string Linked(string header) => header.Split('>')[0].TrimStart('<');
}
