using System.Net;
using System.Text;
using Celadon.Server.Safety;

namespace Celadon.Tests.Server.Safety;

/// <summary>
/// The headers that keep a page to itself stand on every answer: pages, files, refusals, faults.
/// </summary>
public sealed class HeaderTests(SafetyServer safety) : IClassFixture<SafetyServer>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void The_policy_lets_in_nothing_from_elsewhere_and_nothing_inline()
    {
        var rules = SecurityHeaders.Policy.Split(';', StringSplitOptions.TrimEntries)
            .ToDictionary(r => r.Split(' ')[0], r => r.Split(' ')[1..]);
        Assert.Equal(["'none'"], rules["default-src"]);
        Assert.Equal(["'none'"], rules["frame-ancestors"]);
        Assert.Equal(["'none'"], rules["base-uri"]);
        Assert.Equal(["'self'"], rules["script-src"]);
        Assert.Equal(["'self'"], rules["style-src"]);
        Assert.Equal(["'self'"], rules["form-action"]);
        Assert.Equal(["'self'"], rules["connect-src"]);
        Assert.DoesNotContain("unsafe", SecurityHeaders.Policy, StringComparison.Ordinal);
        Assert.DoesNotContain("*", SecurityHeaders.Policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", SecurityHeaders.Policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_route_carries_the_headers()
    {
        using var guest = await safety.Server.Guest();
        foreach (var door in safety.Doors)
        {
            using var request = new HttpRequestMessage(new HttpMethod(door.Method), door.Path);
            using var answer = await guest.SendAsync(request, Cancel);
            Carries(answer, $"{door.Method} {door.Path}");
        }
    }

    [Fact]
    public async Task Every_kind_of_refusal_carries_the_headers()
    {
        using var guest = await safety.Server.Guest();
        using var stranger = safety.Server.Stranger();
        var token = await RunningServer.TokenOf(guest, "/en/today");
        Dictionary<HttpStatusCode, Func<Task<HttpResponseMessage>>> refusals = new()
        {
            [HttpStatusCode.Unauthorized] = () => stranger.GetAsync("/en/today", Cancel),
            [HttpStatusCode.NotFound] = () => guest.GetAsync("/en/nowhere", Cancel),
            [HttpStatusCode.BadRequest] = () => guest.PostAsync("/en/theme", Fields(("to", "dark")), Cancel),
            [HttpStatusCode.UnprocessableEntity] = () => guest.PostAsync("/en/sites",
                Fields(("form", token)), Cancel),
            [HttpStatusCode.InternalServerError] = () => guest.GetAsync(
                SafetyServer.Failing.Replace("{what}", "x", StringComparison.Ordinal), Cancel),
            [HttpStatusCode.Redirect] = () => guest.GetAsync("/", Cancel),
            [HttpStatusCode.SeeOther] = () => guest.PostAsync("/en/theme",
                Fields(("form", token), ("to", "dark")), Cancel),
        };
        foreach (var (status, ask) in refusals)
        {
            using var answer = await ask();
            Assert.Equal(status, answer.StatusCode);
            Carries(answer, status.ToString());
        }
    }

    /// <summary>Refused by its stated length, before any of it is sent.</summary>
    [Fact]
    public async Task A_body_that_is_too_large_is_refused_with_the_headers()
    {
        var answer = await Wire.Send(safety.Server.Root, Wire.Head("POST /en/theme HTTP/1.1",
            $"Host: {safety.Server.Root.Authority}", await Wire.Cookie(safety.Server),
            "Content-Type: application/x-www-form-urlencoded", "Content-Length: 2097152"));
        Assert.Equal(413, answer.Status);
        Assert.Contains($"Content-Security-Policy: {SecurityHeaders.Policy}\r\n", answer.Text,
            StringComparison.Ordinal);
        Assert.Contains("X-Content-Type-Options: nosniff\r\n", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_shows_no_inside()
    {
        using var guest = await safety.Server.Guest();
        foreach (var accept in (string[])["text/html", "application/json"])
        {
            guest.DefaultRequestHeaders.Remove("Accept");
            guest.DefaultRequestHeaders.Add("Accept", accept);
            using var answer = await guest.GetAsync("/en/fails/secret-of-the-inside", Cancel);
            var text = await answer.Content.ReadAsStringAsync(Cancel);
            Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
            Assert.DoesNotContain("secret-of-the-inside", text, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
            Assert.DoesNotContain(".cs:line", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_page_that_fails_while_it_is_drawn_says_so_as_a_page()
    {
        using var guest = await safety.Server.Guest();
        using var answer = await guest.GetAsync(SafetyServer.FailingInside, Cancel);
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Contains("<h1>", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Carries(answer, "fails inside");
    }

    [Fact]
    public async Task What_is_of_the_books_is_kept_by_no_cache()
    {
        using var guest = await safety.Server.Guest();
        foreach (var path in (string[])["/en/today", "/en/ledger/records.json", "/en/ledger/records.csv",
            $"/evidence/{safety.Sample.HostileSha}", "/api/questions", "/en/nowhere"])
        {
            using var answer = await guest.GetAsync(path, Cancel);
            Assert.True(answer.Headers.CacheControl?.NoStore == true, path);
        }
    }

    [Fact]
    public async Task The_server_does_not_say_what_it_is()
    {
        using var guest = await safety.Server.Guest();
        using var answer = await guest.GetAsync("/en/today", Cancel);
        Assert.False(answer.Headers.Contains("Server"));
        Assert.False(answer.Headers.Contains("X-Powered-By"));
    }

    private static FormUrlEncodedContent Fields(params (string Name, string Value)[] fields) =>
        new(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));

    private static void Carries(HttpResponseMessage answer, string what)
    {
        string Of(string name) => answer.Headers.TryGetValues(name, out var values)
            ? string.Join(" | ", values) : answer.Content.Headers.TryGetValues(name, out values)
                ? string.Join(" | ", values) : "";
        Assert.True(Of("Content-Security-Policy") is SecurityHeaders.Policy or SecurityHeaders.EvidencePolicy,
            $"{what}: {Of("Content-Security-Policy")}");
        Assert.True(Of("X-Content-Type-Options") == "nosniff", what);
        Assert.True(Of("X-Frame-Options") == "DENY", what);
        Assert.True(Of("Referrer-Policy") == "same-origin", what);
        Assert.True(Of("Cross-Origin-Opener-Policy") == "same-origin", what);
        Assert.True(Of("Cross-Origin-Resource-Policy") == "same-origin", what);
        Assert.Contains("camera=()", Of("Permissions-Policy"), StringComparison.Ordinal);
        if (answer.Content.Headers.ContentLength is > 0)
            Assert.True(answer.Content.Headers.ContentType is not null, what + " says no type");
        if (answer.Content.Headers.ContentType is { } type && type.MediaType!.StartsWith("text/",
            StringComparison.Ordinal)) Assert.True(
                type.CharSet is "utf-8" or "\"utf-8\"" || type.MediaType is "text/css" or "text/javascript",
                $"{what}: {type}");
    }
}
