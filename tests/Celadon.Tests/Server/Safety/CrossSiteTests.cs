using System.Net;
using System.Text;

namespace Celadon.Tests.Server.Safety;

/// <summary>
/// What another site's page can make a browser send, with the session's cookie along: it changes nothing.
/// Every form that is mapped is tried, so that a new one without its check fails.
/// </summary>
public sealed class CrossSiteTests(SafetyServer safety) : IClassFixture<SafetyServer>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IEnumerable<Door> Forms => safety.Doors.Where(d => d.Method is not ("GET" or "HEAD")
        && d.Path.StartsWith("/en/", StringComparison.Ordinal));

    [Fact]
    public async Task Every_form_without_its_token_or_with_another_one_is_refused()
    {
        Assert.True(Forms.Count() >= 6);
        using var guest = await safety.Server.Guest();
        var own = await RunningServer.TokenOf(guest, "/en/today");
        using var other = await safety.Server.Guest();
        var others = await RunningServer.TokenOf(other, "/en/today");
        var before = safety.Sample.Books.Head.Position;
        foreach (var door in Forms)
            foreach (var token in (string?[])[null, "", "forged", own[..^4] + "AAAA", others])
            {
                using var answer = await guest.PostAsync(door.Path, Form(token), Cancel);
                Assert.True(answer.StatusCode == HttpStatusCode.BadRequest,
                    $"{door.Path} with {token}: {answer.StatusCode}");
            }
        Assert.Equal(before, safety.Sample.Books.Head.Position);
    }

    [Fact]
    public async Task Every_form_with_its_token_gets_past_the_check()
    {
        using var guest = await safety.Server.Guest();
        var own = await RunningServer.TokenOf(guest, "/en/today");
        foreach (var door in Forms.Where(d => !d.Path.EndsWith("/reverse", StringComparison.Ordinal)))
        {
            using var answer = await guest.PostAsync(door.Path, Form(own), Cancel);
            Assert.True(answer.StatusCode != HttpStatusCode.BadRequest
                && (int)answer.StatusCode < 500, $"{door.Path}: {answer.StatusCode}");
        }
    }

    public static TheoryData<string, string> Elsewhere => new()
    {
        { "Origin", "http://evil.example" }, { "Origin", "null" }, { "Origin", "http://127.0.0.1" },
        { "Origin", "http://127.0.0.1:1" }, { "Origin", "https://127.0.0.1" }, { "Origin", "file://" },
        { "Sec-Fetch-Site", "cross-site" }, { "Sec-Fetch-Site", "same-site" },
        { "Sec-Fetch-Site", "CROSS-SITE" },
    };

    [Theory, MemberData(nameof(Elsewhere))]
    public async Task No_change_comes_from_elsewhere_even_with_the_right_token(string header, string value)
    {
        using var guest = await safety.Server.Guest();
        var own = await RunningServer.TokenOf(guest, "/en/today");
        foreach (var door in safety.Doors.Where(d => d.Method is not ("GET" or "HEAD")))
        {
            using var request = new HttpRequestMessage(new HttpMethod(door.Method), door.Path)
            { Content = Form(own) };
            request.Headers.TryAddWithoutValidation(header, value);
            using var answer = await guest.SendAsync(request, Cancel);
            Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{door.Path}: {answer.StatusCode}");
        }
    }

    /// <summary>
    /// A form of another site can send these three types without asking first; the API takes none of them.
    /// </summary>
    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("text/plain; charset=application/json")]
    [InlineData(null)]
    public async Task The_API_takes_JSON_that_says_it_is_JSON(string? type)
    {
        using var guest = await safety.Server.Guest();
        foreach (var path in (string[])["/api/ask/carbon.inventory",
            "/api/explain/carbon.inventory?number=/x"])
        {
            using var content = new ByteArrayContent(Encoding.UTF8.GetBytes("{\"period\":\"2026-09\"}"));
            if (type is not null) content.Headers.TryAddWithoutValidation("Content-Type", type);
            using var answer = await guest.PostAsync(path, content, Cancel);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            Assert.Contains("api.notJson", await answer.Content.ReadAsStringAsync(Cancel),
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task No_other_site_is_allowed_to_read()
    {
        using var guest = await safety.Server.Guest();
        foreach (var (method, path) in ((string, string)[])[("GET", "/en/today"),
            ("OPTIONS", "/api/questions"),
            ("GET", "/en/ledger/records.json"), ("POST", "/api/ask/carbon.inventory")])
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            request.Headers.TryAddWithoutValidation("Origin", "http://evil.example");
            request.Headers.TryAddWithoutValidation("Access-Control-Request-Method", "POST");
            using var answer = await guest.SendAsync(request, Cancel);
            Assert.DoesNotContain(answer.Headers, h =>
                h.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
            Assert.Equal("same-origin",
                Assert.Single(answer.Headers.GetValues("Cross-Origin-Resource-Policy")));
        }
    }

    [Fact]
    public async Task Looking_changes_nothing()
    {
        using var guest = await safety.Server.Guest();
        var before = safety.Sample.Books.Head;
        foreach (var door in safety.Doors.Where(d => d.Path.StartsWith("/en/", StringComparison.Ordinal)))
        {
            using var answer = await guest.GetAsync(door.Path, Cancel);
            Assert.NotEqual(HttpStatusCode.SeeOther, answer.StatusCode);
        }
        Assert.Equal((before.Position, before.Hash),
            (safety.Sample.Books.Head.Position, safety.Sample.Books.Head.Hash));
    }

    [Fact]
    public async Task Cookies_are_kept_from_scripts_and_from_other_sites()
    {
        using var guest = await safety.Server.Guest();
        using var opened = await guest.GetAsync($"/?key={safety.Server.Options.Key}", Cancel);
        using var themed = await RunningServer.Post(guest, "/en/today", "/en/theme", ("to", "dark"));
        using var page = await safety.Server.Stranger().SendAsync(new HttpRequestMessage(HttpMethod.Get,
            "/en/today")
        { Headers = { { "Cookie", (await Wire.Cookie(safety.Server))[8..] } } }, Cancel);
        var cookies = ((HttpResponseMessage[])[opened, themed, page]).SelectMany(a =>
            a.Headers.TryGetValues("Set-Cookie", out var set) ? set : []).ToList();
        Assert.True(cookies.Count >= 3, $"{cookies.Count} cookies");
        Assert.All(cookies, cookie =>
        {
            Assert.Contains("; httponly", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("; samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("; path=/", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase);
        });
    }

    private static FormUrlEncodedContent Form(string? token)
    {
        (string Name, string? Value)[] fields = [("form", token), ("reason", "no"), ("to", "light")];
        return new(fields.Where(f => f.Value is not null)
            .Select(f => KeyValuePair.Create(f.Name, f.Value!)));
    }
}
