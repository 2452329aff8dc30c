namespace Celadon.Tests.Server.Safety;

/// <summary>
/// Requests that two readers would cut at different places (RFC 9112, 6.3 and 11.2): refused, or the
/// connection ends before what follows is taken for a request of its own.
/// </summary>
public sealed class SmugglingTests(SafetyServer safety) : IClassFixture<SafetyServer>
{
    private const string Hidden = "POST /en/theme HTTP/1.1\r\nHost: OWN\r\nContent-Length: 0\r\n\r\n";

    public static TheoryData<string> Cut => new(
        // Two lengths, or one that is no length.
        "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello" + Hidden,
        "Content-Length: 5, 6\r\n\r\nhello" + Hidden,
        "Content-Length: -1\r\n\r\nhello" + Hidden,
        "Content-Length: 0x5\r\n\r\nhello" + Hidden,
        "Content-Length: 5 5\r\n\r\nhello" + Hidden,
        "Content-Length: 99999999999999999999\r\n\r\nhello" + Hidden,
        // A length and chunks.
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + Hidden,
        "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n" + Hidden,
        // Chunks that are called something else.
        "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + Hidden,
        "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" + Hidden,
        "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" + Hidden,
        "Transfer-Encoding: identity\r\n\r\n" + Hidden,
        " Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + Hidden,
        "X: y\n Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + Hidden,
        // Chunks that are no chunks.
        "Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n" + Hidden,
        "Transfer-Encoding: chunked\r\n\r\n5;\nhello\r\n0\r\n\r\n" + Hidden,
        "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n" + Hidden,
        "Transfer-Encoding: chunked\r\n\r\n5\r\nhelloXX0\r\n\r\n" + Hidden,
        // Header lines that are none.
        "No colon here\r\n\r\n" + Hidden,
        ": no name\r\n\r\n" + Hidden,
        "X\0Y: z\r\n\r\n" + Hidden,
        "X: a\rb\r\n\r\n" + Hidden);

    [Theory, MemberData(nameof(Cut))]
    public async Task What_cannot_be_cut_for_sure_is_not_answered_twice(string rest)
    {
        var own = safety.Server.Root.Authority;
        var answer = await Wire.Send(safety.Server.Root,
            $"POST /api/ask/carbon.inventory HTTP/1.1\r\nHost: {own}\r\n"
            + $"{await Wire.Cookie(safety.Server)}\r\nContent-Type: application/json\r\n"
            + rest.Replace("OWN", own, StringComparison.Ordinal));
        Assert.True(answer.Count <= 1, answer.Text);
        Assert.True(answer.Status is 0 or >= 400, answer.Text);
    }

    [Theory]
    [InlineData("GET /en/today\r\n\r\n")]
    [InlineData("GET  /en/today HTTP/1.1\r\n\r\n")]
    [InlineData("GET /en/today HTTP/9.9\r\n\r\n")]
    [InlineData("GET /en/to\0day HTTP/1.1\r\n\r\n")]
    [InlineData("GET /en/today HTTP/1.1\nHost: OWN\n\n")]
    [InlineData("G=T /en/today HTTP/1.1\r\nHost: OWN\r\n\r\n")]
    [InlineData("\u0016\u0003\u0001\u0002\u0000\u0001\u0000")]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")]
    public async Task What_is_no_request_is_not_answered_as_one(string request)
    {
        var answer = await Wire.Send(safety.Server.Root,
            request.Replace("OWN", safety.Server.Root.Authority, StringComparison.Ordinal));
        Assert.True(answer.Status is 0 or >= 400, answer.Text);
    }

    [Fact]
    public async Task Two_honest_requests_on_one_connection_are_answered_both()
    {
        var own = safety.Server.Root.Authority;
        var cookie = await Wire.Cookie(safety.Server);
        var answer = await Wire.Send(safety.Server.Root,
            Wire.Head("GET / HTTP/1.1", $"Host: {own}", cookie)
            + Wire.Head("GET / HTTP/1.1", $"Host: {own}", cookie, "Connection: close"));
        Assert.Equal(2, answer.Count);
    }
}
