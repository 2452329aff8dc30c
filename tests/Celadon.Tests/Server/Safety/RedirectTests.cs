using System.Net;

namespace Celadon.Tests.Server.Safety;

/// <summary>Wherever a page sends a reader on, it is to a page of this server.</summary>
public sealed class RedirectTests(SafetyServer safety) : IClassFixture<SafetyServer>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("/en/\\evil.example")]
    [InlineData("http://evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("\t//evil.example")]
    [InlineData("/en")]
    [InlineData("")]
    [InlineData("/zh/today")]
    [InlineData("/en/today\r\nX-Evil: 1")]
    [InlineData("/en/今日")]
    [InlineData("/en/\u0085today")]
    [InlineData("/en/../../evil")]
    [InlineData("/en/..//evil.example")]
    public async Task The_way_back_leads_to_a_page_of_ours(string back)
    {
        using var guest = await safety.Server.Guest();
        using var answer = await RunningServer.Post(guest, "/en/today", "/en/theme", ("to", "light"),
            ("back", back));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        LeadsHome(answer);
        Assert.False(answer.Headers.Contains("X-Evil"));
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("//evil.example/%2f..")]
    [InlineData("/%2fevil.example/")]
    [InlineData("/%5cevil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("/%09/evil.example/")]
    [InlineData("/.//evil.example/")]
    [InlineData("http://evil.example/")]
    [InlineData("/en/%E4%BB%8A%E6%97%A5")]
    [InlineData("/en/%0d%0aX-Evil:1")]
    public async Task The_key_leads_on_to_a_page_of_ours(string path)
    {
        var answer = await Wire.Send(safety.Server.Root, Wire.Head(
            $"GET {path}?key={safety.Server.Options.Key}&next=//evil.example HTTP/1.1",
            $"Host: {safety.Server.Root.Authority}", "Connection: close"));
        Assert.InRange(answer.Status, 302, 404);
        var location = answer.Text.Split("\r\n").FirstOrDefault(l =>
            l.StartsWith("Location: ", StringComparison.Ordinal))?[10..];
        if (location is null) return;
        Assert.Matches("^/($|[^/\\\\])", location);
        Assert.DoesNotContain(safety.Server.Options.Key, location, StringComparison.Ordinal);
        Assert.DoesNotContain("\r\nX-Evil", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/en/ledger/packs/%E4%BB%8A")]
    [InlineData("/en/ledger/packs/%5cevil")]
    [InlineData("/en/ledger/evidence/%0d%0aX-Evil:1")]
    [InlineData("/en/today")]
    public async Task The_period_picker_leads_to_the_same_page(string path)
    {
        using var guest = await safety.Server.Guest();
        foreach (var more in (string[])["", "&site=//evil.example", "&%0d%0aX-Evil=1", "&//evil=1",
            "&next=http://evil.example"])
        {
            using var answer = await guest.GetAsync($"{path}?from=2026-01&to=2026-03{more}", Cancel);
            Assert.InRange((int)answer.StatusCode, 302, 404);
            LeadsHome(answer);
            Assert.False(answer.Headers.Contains("X-Evil"));
        }
    }

    [Theory]
    [InlineData("next")]
    [InlineData("returnTo")]
    [InlineData("return")]
    [InlineData("back")]
    [InlineData("url")]
    [InlineData("redirect")]
    [InlineData("lang")]
    public async Task No_value_of_the_address_becomes_a_way_out(string name)
    {
        using var guest = await safety.Server.Guest();
        foreach (var door in safety.Doors.Where(d => d.Method == "GET"
            && d.Pattern.StartsWith("/{lang", StringComparison.Ordinal)).Append(new Door("GET", "/", "/")))
        {
            using var answer = await guest.GetAsync($"{door.Path}?{name}=//evil.example", Cancel);
            LeadsHome(answer);
        }
    }

    private static void LeadsHome(HttpResponseMessage answer)
    {
        if (!answer.Headers.TryGetValues("Location", out var to)) return;
        Assert.Matches("^/(en|zh)/[^/\\\\]", Assert.Single(to));
    }
}
