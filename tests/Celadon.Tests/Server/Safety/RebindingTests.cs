namespace Celadon.Tests.Server.Safety;

/// <summary>
/// A name elsewhere that is made to point at this machine: the server answers to its own names alone, in
/// whatever part of the request the name stands, and believes no header of a proxy.
/// </summary>
public sealed class RebindingTests(SafetyServer safety) : IClassFixture<SafetyServer>
{
    private string Own => safety.Server.Root.Authority;

    public static TheoryData<string> Hosts =>
    [
        "evil.example", "evil.example:PORT", "127.0.0.1", "127.0.0.1:1", "127.0.0.1:PORT.", "localhost:PORT",
        "127.0.0.2:PORT", "0.0.0.0:PORT", "[::1]:PORT", "127.1:PORT", "2130706433:PORT", "0x7f.0.0.1:PORT",
        "127.0.0.1.evil.example:PORT", "127.0.0.1:PORT@evil.example", "evil.example#127.0.0.1:PORT",
        "127.0.0.1:0PORT", "127.0.0.1:PORT/", "",
    ];

    [Theory, MemberData(nameof(Hosts))]
    public async Task Another_name_in_the_host_header_is_refused(string host)
    {
        var named = host.Replace("PORT", $"{safety.Server.Root.Port}", StringComparison.Ordinal);
        var answer = await Wire.Send(safety.Server.Root, Wire.Head("GET /en/today HTTP/1.1",
            "Host: " + named, await Wire.Cookie(safety.Server), "Connection: close"));
        Assert.Equal(400, answer.Status);
        Assert.DoesNotContain("celadon-form", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_own_name_is_answered() => Assert.Equal(200, (await Wire.Send(safety.Server.Root,
        Wire.Head("GET /en/today HTTP/1.1", "Host: " + Own, await Wire.Cookie(safety.Server),
            "Connection: close"))).Status);

    [Theory]
    [InlineData("GET http://evil.example/en/today HTTP/1.1", "OWN")]
    [InlineData("GET http://OWN/en/today HTTP/1.1", "evil.example")]
    [InlineData("GET http://evil.example/en/today HTTP/1.1", "evil.example")]
    [InlineData("GET https://evil.example:443/en/today HTTP/1.1", "OWN")]
    [InlineData("CONNECT evil.example:443 HTTP/1.1", "evil.example:443")]
    [InlineData("CONNECT evil.example:443 HTTP/1.1", "OWN")]
    public async Task Another_name_in_the_request_line_is_refused(string line, string host)
    {
        var answer = await Wire.Send(safety.Server.Root, Wire.Head(
            line.Replace("OWN", Own, StringComparison.Ordinal),
            "Host: " + host.Replace("OWN", Own, StringComparison.Ordinal),
            await Wire.Cookie(safety.Server), "Connection: close"));
        Assert.InRange(answer.Status, 400, 405);
        Assert.DoesNotContain("<nav", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_without_a_host_or_with_two_is_refused()
    {
        var cookie = await Wire.Cookie(safety.Server);
        Assert.Equal(400, (await Wire.Send(safety.Server.Root,
            Wire.Head("GET /en/today HTTP/1.1", cookie, "Connection: close"))).Status);
        Assert.Equal(400, (await Wire.Send(safety.Server.Root, Wire.Head("GET /en/today HTTP/1.1",
            "Host: " + Own, "Host: evil.example", cookie, "Connection: close"))).Status);
        Assert.Equal(400, (await Wire.Send(safety.Server.Root, Wire.Head("GET /en/today HTTP/1.0",
            cookie))).Status);
    }

    [Theory]
    [InlineData("X-Forwarded-Host")]
    [InlineData("X-Host")]
    [InlineData("X-Original-Host")]
    [InlineData("Forwarded")]
    public async Task Headers_of_a_proxy_are_not_believed(string header)
    {
        var cookie = await Wire.Cookie(safety.Server);
        var named = header == "Forwarded" ? $"host={Own}" : Own;
        Assert.Equal(400, (await Wire.Send(safety.Server.Root, Wire.Head("GET /en/today HTTP/1.1",
            "Host: evil.example", $"{header}: {named}", cookie, "Connection: close"))).Status);
        var answer = await Wire.Send(safety.Server.Root, Wire.Head("GET / HTTP/1.1", "Host: " + Own,
            $"{header}: evil.example", "X-Forwarded-Proto: https", "X-Forwarded-Prefix: /evil",
            "X-Original-URL: /evil", "X-Rewrite-URL: /evil", cookie, "Connection: close"));
        Assert.Equal(302, answer.Status);
        Assert.Contains("Location: /en/today\r\n", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", answer.Text, StringComparison.Ordinal);
    }
}
