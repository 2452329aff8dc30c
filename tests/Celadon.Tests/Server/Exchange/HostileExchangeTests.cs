using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Celadon.Ledger;
using Celadon.Registers;
using Celadon.Server.Exchange;
using Celadon.Text;
using NodaTime;

namespace Celadon.Tests.Server.Exchange;

/// <summary>What somebody who means harm might try at the door of the exchange.</summary>
public sealed class HostileExchangeTests : IAsyncLifetime
{
    private ExchangeWorks _works = null!;

    public async ValueTask InitializeAsync() => _works = await ExchangeWorks.Start();

    public ValueTask DisposeAsync() => _works.DisposeAsync();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Guesses_at_once_are_no_more_than_guesses_in_turn()
    {
        using var client = _works.Stranger();
        var answers = await Task.WhenAll(Enumerable.Range(0, 25)
            .Select(i => ExchangeWorks.Token(client, "builder", $"guess {i}")));
        Assert.Equal(10, answers.Count(a => a.StatusCode == HttpStatusCode.Unauthorized));
        Assert.Equal(15, answers.Count(a => a.StatusCode == HttpStatusCode.TooManyRequests));
        foreach (var answer in answers) answer.Dispose();
    }

    /// <summary>Ten guesses under a customer's id are put off where they come from, not the customer.
    /// </summary>
    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7", true)]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7", true)]
    [InlineData("203.0.113.7", "203.0.113.8", false)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    public void Guessing_is_counted_by_where_it_comes_from(string one, string other, bool same) =>
        Assert.Equal(same, Attempts.NameOf(IPAddress.Parse(one)) == Attempts.NameOf(IPAddress.Parse(other)));

    [Fact]
    public void Names_without_end_neither_fill_memory_nor_forget_who_guesses_now()
    {
        var attempts = new Attempts(2, Duration.FromMinutes(15));
        var now = Instant.FromUtc(2026, 10, 12, 9, 0);
        for (var i = 0; i < 12_000; i++) Assert.True(attempts.Take($"name {i}", now.PlusTicks(i)));
        Assert.True(attempts.Take("name 11999", now));
        Assert.False(attempts.Take("name 11999", now));
        attempts.Return("name 11999");
        Assert.False(attempts.Take("name 11999", now));
        Assert.True(attempts.Take("name 11999", now + Duration.FromMinutes(16)));
    }

    [Fact]
    public async Task A_form_that_cannot_be_read_is_a_bad_request_and_files_are_not_taken()
    {
        using var client = _works.Stranger();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"builder:{_works.Secret}")));
        using var large = new StringContent(new string('a', 70_000), Encoding.ASCII,
            "application/x-www-form-urlencoded");
        using var refused = await client.PostAsync("/auth/token", large, Cancel);
        Assert.Equal((HttpStatusCode.BadRequest, "BadRequest"),
            (refused.StatusCode, (string?)(await ExchangeWorks.Json(refused))["code"]));
        using var parts = new MultipartFormDataContent
            { { new StringContent("client_credentials"), "grant_type" } };
        using var multipart = await client.PostAsync("/auth/token", parts, Cancel);
        Assert.Equal("unsupported_grant_type", (string?)(await ExchangeWorks.Json(multipart))["error"]);
    }

    /// <summary>
    /// Somebody who says a little now and then would hold one of few connections for hours: it is cut.
    /// </summary>
    [Fact(Skip = Length.Waits, SkipType = typeof(Length), SkipUnless = nameof(Length.IsLong))]
    [Trait(Length.Trait, Length.Long)]
    public async Task Who_says_a_little_now_and_then_is_cut_off()
    {
        using var socket = new TcpClient("localhost", _works.Root.Port);
        await using var tls = new SslStream(socket.GetStream(), false, (_, shown, _, _) =>
            shown!.GetRawCertData().AsSpan().SequenceEqual(_works.Certificate.RawData));
        await tls.AuthenticateAsClientAsync("localhost");
        await tls.WriteAsync(Encoding.ASCII.GetBytes("POST /auth/token HTTP/1.1\r\nHost: localhost:"
            + $"{_works.Root.Port}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            + "Content-Length: 60000\r\n\r\n"), Cancel);
        var (begun, answer) = (TimeProvider.System.GetTimestamp(), tls.ReadAsync(new byte[1024], Cancel)
            .AsTask());
        while (!answer.IsCompleted && TimeProvider.System.GetElapsedTime(begun).TotalSeconds < 60)
        {
            await Task.Delay(1000, Cancel);
            if (!answer.IsCompleted) await tls.WriteAsync(new byte[400], Cancel);
        }
        Assert.True(answer.IsCompleted);
    }

    /// <summary>Many at once of one customer are answered in turn, and hold up no other.</summary>
    [Fact]
    public async Task Many_at_once_are_all_answered()
    {
        using var client = await _works.Customer("builder");
        using var other = await _works.Customer("other");
        var many = Enumerable.Range(0, 40).Select(_ => ExchangeWorks.Ids(client, "")).ToList();
        Assert.Equal("4", await ExchangeWorks.Ids(other, ""));
        Assert.All(await Task.WhenAll(many), ids => Assert.Equal("123", ids));
    }

    [Fact]
    public async Task A_refusal_says_which_kind_of_proof_is_wanted()
    {
        using var client = _works.Stranger();
        using var secret = await ExchangeWorks.Token(client, "builder", "wrong");
        Assert.Equal("Basic", secret.Headers.WwwAuthenticate.Single().Scheme);
        using var token = await client.GetAsync("/3/footprints", Cancel);
        Assert.Equal("Bearer", token.Headers.WwwAuthenticate.Single().Scheme);
    }

    /// <summary>An id that is given to another company must not open what the first was promised.</summary>
    [Fact]
    public async Task A_customer_of_the_same_id_inherits_nothing()
    {
        using var first = await _works.Customer("builder");
        Assert.Equal("123", await ExchangeWorks.Ids(first, ""));
        _works.Footprints.RemoveCustomer("builder");
        Assert.DoesNotContain(_works.Workspace.Registers().Of<Consent>(), c => c.Customer == "builder");
        using var second = _works.Stranger();
        using var answer = await ExchangeWorks.Token(second, "builder",
            _works.Footprints.SetCustomer("builder"));
        second.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer",
            (string?)(await ExchangeWorks.Json(answer))["access_token"]);
        Assert.Equal("", await ExchangeWorks.Ids(second, ""));
        // Nor does what the first was given stand for what the second is given.
        _works.Footprints.Allow("builder", ExchangeWorks.Tile, "2026-10-01", null, "another contract");
        Assert.Equal("123", await ExchangeWorks.Ids(second, ""));
        Assert.Equal(6, _works.Workspace.State().Standing<StatementSentRecord>().Count());
    }

    /// <summary>Nor may an answer to the next of that name go to where the first one was.</summary>
    [Fact]
    public async Task A_customer_that_is_removed_leaves_no_address_secret_or_request_behind()
    {
        _works.Letters.SetPeer("builder", "https://footprints.builder.example", null, "potters", "x");
        var said = new Celadon.Lenses.Products.PactEvent
            { Kind = 0, Id = "ask-1", Source = "https://footprints.builder.example" };
        said = said with { Asked = said.Asked.Add("productId", [ExchangeWorks.Tile]) };
        Assert.Equal("", _works.Letters.Receive("builder", said, said.Write()));
        var id = Assert.Single(_works.Letters.Received()).Id;
        _works.Footprints.RemoveCustomer("builder");
        _works.Footprints.SetCustomer("builder");
        Assert.Equal(EventState.Stopped, _works.Letters.Received().Single().State);
        Assert.Equal("exchange.noRequest",
            Assert.Throws<RefusedException>(() => _works.Letters.Fulfil(id)).Finding.Code);
        Assert.Equal("exchange.noPeer",
            Assert.Throws<RefusedException>(() => _works.Letters.Known("builder")).Finding.Code);
        Assert.DoesNotContain("builder", await File.ReadAllTextAsync(
            Path.Combine(_works.Workspace.Folder, "peers.secret"), Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cursor_is_good_for_its_filters_alone()
    {
        using var client = await _works.Customer("builder");
        using var first = await client.GetAsync("/3/footprints?limit=1&geography=GB", Cancel);
        var next = first.Headers.GetValues("Link").Single().Split('>')[0].TrimStart('<');
        Assert.Equal("3", await ExchangeWorks.Ids(client, new Uri(next).Query));
        Assert.Equal((HttpStatusCode.BadRequest, "BadRequest"), await ExchangeWorks.Refused(client,
            next.Replace("geography=GB", "geography=CN", StringComparison.Ordinal)));
        Assert.Equal((HttpStatusCode.BadRequest, "BadRequest"), await ExchangeWorks.Refused(client,
            next.Replace("geography=GB&", "", StringComparison.Ordinal)));
    }

    /// <summary>Filters as long as may be lead to a next page that can still be asked for.</summary>
    [Fact]
    public async Task Long_filters_have_a_next_page_and_longer_ones_are_refused()
    {
        using var client = await _works.Customer("builder");
        var tile = "&productId=" + Uri.EscapeDataString(ExchangeWorks.Tile);
        string Many(int length) => "?limit=1" + string.Concat(Enumerable.Range(0, length / 35)
            .Select(i => $"&productId=urn%3Anone%3A{i:0000000000}")) + tile;
        using var first = await client.GetAsync("/3/footprints" + Many(5_900), Cancel);
        var next = first.Headers.GetValues("Link").Single().Split('>')[0].TrimStart('<');
        Assert.Equal("2", await ExchangeWorks.Ids(client, new Uri(next).Query));
        Assert.Equal((HttpStatusCode.BadRequest, "BadRequest"),
            await ExchangeWorks.Refused(client, "/3/footprints" + Many(7_000)));
    }

    /// <summary>What is put in or taken back between two pages moves no other across their border.</summary>
    [Fact]
    public async Task Pages_miss_nothing_and_repeat_nothing_when_the_list_changes()
    {
        using var client = await _works.Customer("builder");
        using var first = await client.GetAsync("/3/footprints?limit=2", Cancel);
        var next = first.Headers.GetValues("Link").Single().Split('>')[0].TrimStart('<');
        _works.Add(ExchangeWorks.Id(0), ExchangeWorks.Tile, ("created", "2020-01-01T00:00:00Z"));
        Assert.Equal("3", await ExchangeWorks.Ids(client, new Uri(next).Query));
    }

    [Fact]
    public async Task A_page_is_bounded_in_bytes_too()
    {
        for (var i = 5; i <= 9; i++) _works.Add(ExchangeWorks.Id(i), ExchangeWorks.Tile,
            ("created", "2026-10-12T09:20:00Z"), ("comment", new string('a', 950_000)));
        using var client = await _works.Customer("builder");
        using var first = await client.GetAsync("/3/footprints", Cancel);
        Assert.InRange(first.Content.Headers.ContentLength!.Value, 1, 4_100_000);
        var next = first.Headers.GetValues("Link").Single().Split('>')[0].TrimStart('<');
        var seen = string.Concat((await ExchangeWorks.Json(first))["data"]!.AsArray()
            .Select(d => ((string)d!["id"]!)[^1]));
        Assert.Equal("12356789", seen + await ExchangeWorks.Ids(client, new Uri(next).Query));
    }

    /// <summary>A filter that is empty, or of the second version, must not widen the list.</summary>
    [Fact]
    public async Task A_filter_that_says_nothing_or_is_not_known_gives_nothing()
    {
        using var client = await _works.Customer("builder");
        foreach (var name in (string[])["productId", "companyId", "geography", "classification", "status"])
            Assert.Equal("", await ExchangeWorks.Ids(client, $"?{name}="));
        Assert.Equal((HttpStatusCode.NotImplemented, "NotImplemented"), await ExchangeWorks.Refused(client,
            "/3/footprints?$filter=created%20ge%202026-01-01T00:00:00Z"));
    }

    [Theory]
    [InlineData("limit=1%0d%0aX-Evil:%201")]
    [InlineData("geography=GB&limit=1&productId=%3C/x%3E%3B%20rel%3D%22next%22%0d%0aSet-Cookie:%20a=b")]
    public async Task What_is_asked_stands_in_no_header(string query)
    {
        using var client = await _works.Customer("builder");
        using var answer = await client.GetAsync("/3/footprints?" + query, Cancel);
        Assert.False(answer.Headers.Contains("X-Evil") || answer.Headers.Contains("Set-Cookie"));
        Assert.DoesNotContain(answer.Headers.SelectMany(h => h.Value),
            v => v.Contains('\n') || v.Contains('\r') || v.Contains("</x>", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_name_of_the_exchange_counts_with_its_port()
    {
        using var client = await _works.Customer("builder");
        foreach (var host in (string[])["localhost", "localhost:1", $"127.0.0.1:{_works.Root.Port}"])
        {
            client.DefaultRequestHeaders.Host = host;
            Assert.Equal((HttpStatusCode.BadRequest, "BadRequest"),
                await ExchangeWorks.Refused(client, "/3/footprints"));
        }
        client.DefaultRequestHeaders.Host = $"LOCALHOST:{_works.Root.Port}";
        Assert.Equal("123", await ExchangeWorks.Ids(client, ""));
    }

    /// <summary>A certificate of another name would only be found out by customers.</summary>
    [Fact]
    public void A_certificate_of_another_name_is_not_served()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=elsewhere.example", key, HashAlgorithmName.SHA256);
        using var other = request.CreateSelfSigned(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1));
        Assert.Equal("exchange.certificateName", Assert.Throws<RefusedException>(() =>
            ExchangeHost.Build(_works.Workspace, "https://localhost:0", other)).Finding.Code);
    }

    /// <summary>The statements of suppliers are theirs, even when a consent names their product.</summary>
    [Fact]
    public async Task What_was_received_is_never_given_on()
    {
        _works.Workspace.Append("register", [new RegisterRecord("supplier", "pit",
            RegisterSet.Write(new Supplier { Id = "pit" }))]);
        _works.Add(ExchangeWorks.Id(6), ExchangeWorks.Tile, "pit");
        using var client = await _works.Customer("builder");
        Assert.Equal("123", await ExchangeWorks.Ids(client, ""));
        Assert.Equal((HttpStatusCode.NotFound, "NotFound"),
            await ExchangeWorks.Refused(client, "/3/footprints/" + ExchangeWorks.Id(6)));
    }
}
