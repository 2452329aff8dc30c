using System.Net;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Celadon.Tests.Server.Safety;

/// <summary>What is too much is refused before it is kept, and who sends too slowly is let go.</summary>
public sealed class LimitTests(SafetyServer safety) : IClassFixture<SafetyServer>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Slow_senders_and_long_heads_have_bounds()
    {
        var limits = safety.Server.App.Services.GetRequiredService<IOptions<KestrelServerOptions>>()
            .Value.Limits;
        Assert.True(limits.MaxRequestBodySize <= 1024 * 1024);
        Assert.InRange(limits.MaxRequestHeadersTotalSize, 1, 32 * 1024);
        Assert.InRange(limits.MaxRequestHeaderCount, 1, 100);
        Assert.InRange(limits.MaxRequestLineSize, 1, 32 * 1024);
        Assert.InRange(limits.RequestHeadersTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
        Assert.InRange(limits.KeepAliveTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(3));
        Assert.NotNull(limits.MinRequestBodyDataRate);
        Assert.NotNull(limits.MinResponseDataRate);
        Assert.InRange(limits.MaxConcurrentConnections ?? long.MaxValue, 50, 10_000);
    }

    [Theory]
    [InlineData("/en/theme")]
    [InlineData("/en/sites")]
    [InlineData("/api/ask/carbon.inventory")]
    public async Task A_body_over_a_megabyte_is_refused_with_its_length_and_without(string path)
    {
        using var guest = await safety.Server.Guest();
        foreach (var chunked in (bool[])[false, true])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path)
            {
                Content = new ByteArrayContent(
                    Encoding.ASCII.GetBytes("{\"a\":\"" + new string('x', 1_200_000))),
            };
            request.Content.Headers.TryAddWithoutValidation("Content-Type",
                path.StartsWith("/api", StringComparison.Ordinal) ? "application/json"
                    : "application/x-www-form-urlencoded");
            request.Headers.TransferEncodingChunked = chunked;
            var status = await StatusOf(guest, request);
            Assert.True(status is null or HttpStatusCode.RequestEntityTooLarge
                or HttpStatusCode.UnprocessableEntity, $"{path} {chunked}: {status}");
        }
    }

    /// <summary>Null when the server hung up on what was still being sent.</summary>
    private static async Task<HttpStatusCode?> StatusOf(HttpClient guest, HttpRequestMessage request)
    {
        try
        {
            using var answer = await guest.SendAsync(request, Cancel);
            return answer.StatusCode;
        }
        catch (HttpRequestException cut) when (cut.InnerException is IOException)
        {
            return null;
        }
    }

    [Theory]
    [InlineData(1, 5_000_000)]
    [InlineData(3, 1_500_000)]
    [InlineData(5, 10)]
    public async Task Uploads_beyond_their_bound_are_refused_and_stage_nothing(int files, int bytes)
    {
        using var guest = await safety.Server.Guest();
        using var form = new MultipartFormDataContent
        {
            { new StringContent(await RunningServer.TokenOf(guest, "/en/ledger/import")), "form" },
        };
        for (var i = 0; i < files; i++)
            form.Add(new ByteArrayContent(new byte[bytes]), "files", $"{i}.csv");
        using var answer = await RunningServer.Ended(guest,
            await guest.PostAsync("/en/ledger/import", form, Cancel));
        Assert.True(answer.StatusCode is HttpStatusCode.RequestEntityTooLarge
            or HttpStatusCode.UnprocessableEntity, $"{answer.StatusCode}");
        Assert.Null(answer.Headers.Location);
    }

    [Fact]
    public async Task Forms_of_ten_thousand_fields_and_parts_are_refused()
    {
        using var guest = await safety.Server.Guest();
        var token = await RunningServer.TokenOf(guest, "/en/today");
        using var many = await guest.PostAsync("/en/theme", new FormUrlEncodedContent(
            Enumerable.Range(0, 10_000).Select(i => KeyValuePair.Create($"f{i}", "1"))
                .Prepend(KeyValuePair.Create("form", token))), Cancel);
        Assert.InRange((int)many.StatusCode, 400, 499);
        using var parts = new MultipartFormDataContent();
        for (var i = 0; i < 2_000; i++) parts.Add(new StringContent("1"), $"f{i}");
        using var split = await guest.PostAsync("/en/theme", parts, Cancel);
        Assert.InRange((int)split.StatusCode, 400, 499);
    }

    [Fact]
    public async Task Long_addresses_long_headers_and_many_headers_are_refused()
    {
        var own = $"Host: {safety.Server.Root.Authority}";
        var cookie = await Wire.Cookie(safety.Server);
        Assert.Equal(414, (await Wire.Send(safety.Server.Root, Wire.Head(
            $"GET /en/search?q={new string('x', 20_000)} HTTP/1.1", own, cookie))).Status);
        Assert.Equal(431, (await Wire.Send(safety.Server.Root, Wire.Head(
            "GET /en/today HTTP/1.1", own, cookie, "X: " + new string('x', 40_000)))).Status);
        Assert.Equal(431, (await Wire.Send(safety.Server.Root, Wire.Head([
            "GET /en/today HTTP/1.1", own, cookie, .. Enumerable.Range(0, 150).Select(i => $"X{i}: 1")])))
            .Status);
    }

    /// <summary>What pages read from their address; a new name joins the list.</summary>
    private static readonly string[] Names =
    [
        "period", "from", "to", "site", "before", "skip", "take", "row", "at", "table", "twin", "countries",
        "q", "kind", "pack", "gwp", "view", "number", "spec", "question", "sheet", "resource", "meter",
        "basis",
        "all", "sort", "day", "year", "part", "lang", "product", "unit",
    ];

    private static readonly string[] Nonsense =
    [
        "-1", "9223372036854775807", "99999999999999999999", "0x10", "1e9", "NaN", "2026-13",
        "2026-09/2020-01", "0001-01/9999-12", "9999-12", "%00", "%0d%0aX:y", "%F0%9F%98%80",
        "a%27%22%3E%3Cimg%20src=x%3E", "*",
        "%25", "null", "[]", "{}", "{\"period\":\"9999-12\"}", new string('9', 400), "%ed%a0%80", "",
    ];

    /// <summary>
    /// Values out of all bounds, each in every name at once and each name with some of them alone: refused or
    /// shown, never a fault.
    /// </summary>
    [Fact]
    [Trait(Length.Trait, Length.Long)]
    public async Task Nonsense_in_the_address_is_no_fault()
    {
        using var guest = await safety.Server.Guest();
        var pages = safety.Doors.Where(d => d.Method == "GET"
            && d.Path.StartsWith("/en/", StringComparison.Ordinal)
            && !d.Path.Contains("fails", StringComparison.Ordinal)
            && Path.GetExtension(d.Path) is not (".csv" or ".svg")).Select(d => d.Path).ToList();
        Assert.True(pages.Count > 30);
        var faults = new List<string>();
        for (var p = 0; p < pages.Count; p++)
        {
            foreach (var value in Sample(Nonsense, p))
                await Try(string.Join('&', Names.Select(n => $"{n}={value}")));
            foreach (var n in Sample([.. Enumerable.Range(0, Names.Length)], p))
                await Try($"{Names[n]}={Nonsense[(n + (p * 5)) % Nonsense.Length]}");

            async Task Try(string query)
            {
                using var answer = await guest.GetAsync($"{pages[p]}?{query}", Cancel);
                if ((int)answer.StatusCode >= 500) faults.Add($"{(int)answer.StatusCode} {pages[p]}?{query}");
                else if (answer.Content.Headers.ContentType?.MediaType == "text/html")
                    faults.AddRange(Markup.Wrong(await answer.Content.ReadAsStringAsync(Cancel))
                        .Select(wrong => $"{pages[p]}?{query}: {wrong}"));
            }
        }
        Assert.Empty(faults);

        // Three of each kind for a page, others for the next; all of them for every page in the long run.
        static IEnumerable<T> Sample<T>(IReadOnlyList<T> all, int page) => Length.IsLong ? all
            : Enumerable.Range(page * 3, 3).Select(i => all[i % all.Count]);
    }
}
