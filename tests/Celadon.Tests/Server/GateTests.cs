using System.Net;
using System.Text;
using Celadon.Server;
using Celadon.Server.Safety;
using Celadon.Text;

namespace Celadon.Tests.Server;

/// <summary>Who is let in, and from where.</summary>
public sealed class GateTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/")]
    [InlineData("/en/ledger/records")]
    [InlineData("/zh/carbon/inventory.json")]
    [InlineData("/api/questions")]
    [InlineData("/en/today?key=wrong")]
    public async Task Without_the_key_every_page_answers_401(string path)
    {
        await using var server = await RunningServer.Start();
        using var stranger = server.Stranger();
        using var answer = await stranger.GetAsync(path, Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task The_key_is_exchanged_for_a_strict_cookie_and_leaves_the_address()
    {
        await using var server = await RunningServer.Start();
        using var browser = server.Stranger();
        using var opened = await browser.GetAsync($"/en/ledger/records?kind=entry&key={server.Options.Key}",
            Cancel);
        Assert.Equal("/en/ledger/records?kind=entry", opened.Headers.Location!.OriginalString);
        var cookie = Assert.Single(opened.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(server.Options.Key, cookie, StringComparison.Ordinal);
        using var page = await browser.GetAsync(opened.Headers.Location, Cancel);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Fact]
    public async Task The_token_of_the_lock_file_opens_the_api()
    {
        await using var server = await RunningServer.Start();
        using var program = server.Stranger();
        program.DefaultRequestHeaders.Authorization = new("Bearer", server.Options.Token);
        using var asked = await program.PostAsync("/api/ask/carbon.inventory",
            new StringContent("{\"period\":\"2026-09\",\"gwp\":\"AR5\"}", Encoding.UTF8, "application/json"),
            Cancel);
        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
        program.DefaultRequestHeaders.Authorization = new("Bearer", server.Options.Key);
        using var wrong = await program.GetAsync("/api/questions", Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.Equal("application/problem+json", wrong.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("127.0.0.1")]
    [InlineData("localhost:1")]
    public async Task Another_host_name_is_refused(string host)
    {
        await using var server = await RunningServer.Start();
        using var guest = await server.Guest();
        using var request = new HttpRequestMessage(HttpMethod.Get,
            "/en/ledger/records")
        { Headers = { Host = host } };
        using var answer = await guest.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_form_without_its_token_changes_nothing()
    {
        await using var server = await RunningServer.Start();
        using var guest = await server.Guest();
        var before = server.Sample.Books.Head.Position;
        using var answer = await guest.PostAsync($"/en/ledger/batches/{server.Sample.Bills}/reverse",
            new FormUrlEncodedContent([KeyValuePair.Create("reason", "no")]), Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(before, server.Sample.Books.Head.Position);
    }

    [Theory]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    public async Task A_change_from_another_site_is_refused(string header, string value)
    {
        await using var server = await RunningServer.Start();
        using var guest = await server.Guest();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/ask/carbon.inventory")
        {
            Content = new StringContent("{}", Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation(header, value);
        using var answer = await guest.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task A_form_with_its_token_reverses_the_batch_and_says_so_once()
    {
        await using var server = await RunningServer.Start();
        using var guest = await server.Guest();
        var batch = server.Sample.Bills;
        using var answer = await RunningServer.Post(guest, $"/en/ledger/batches/{batch}",
            $"/en/ledger/batches/{batch}/reverse", ("reason", "wrong month"));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal(server.Sample.Workspace.State()
            .BatchOf(server.Sample.Workspace.State().ReversedAt(batch)).Position,
            server.Sample.Books.Batch(batch)!.ReversedBy);
        var first = await guest.GetStringAsync(answer.Headers.Location, Cancel);
        Assert.Contains("class=\"toast\"", first, StringComparison.Ordinal);
        var second = await guest.GetStringAsync(answer.Headers.Location, Cancel);
        Assert.DoesNotContain("class=\"toast\"", second, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://0.0.0.0:5000", "serve.notLoopback")]
    [InlineData("http://192.168.1.2:5000", "serve.notLoopback")]
    [InlineData("http://example.org:5000", "serve.notLoopback")]
    [InlineData("http://*:5000", "serve.address")]
    [InlineData("https://127.0.0.1:5000", "serve.address")]
    [InlineData("http://127.0.0.1:5000/path", "serve.address")]
    public void Anything_but_loopback_does_not_start(string url, string code)
    {
        using var sample = new SampleWorkspace(empty: true);
        var refused = Assert.Throws<RefusedException>(() =>
            CeladonServer.Build(sample.Books, new ServeOptions { Urls = [url] }));
        Assert.Equal(code, refused.Finding.Code);
    }

    [Fact]
    public async Task Every_answer_carries_the_policy()
    {
        await using var server = await RunningServer.Start();
        using var guest = await server.Guest();
        foreach (var path in (string[])["/en/ledger/records", "/css/tokens.css", "/en/nowhere",
            "/api/questions"])
        {
            using var answer = await guest.GetAsync(path, Cancel);
            Assert.Equal(SecurityHeaders.Policy,
                Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        }
    }

    [Fact]
    public async Task Evidence_that_is_a_web_page_is_never_shown_as_one()
    {
        await using var server = await RunningServer.Start();
        using var guest = await server.Guest();
        using var answer = await guest.GetAsync($"/evidence/{server.Sample.HostileSha}", Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("application/octet-stream", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Contains("sandbox", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")),
            StringComparison.Ordinal);
    }
}
