using System.Net;
using Celadon.Server;
using Celadon.Server.Safety;

namespace Celadon.Tests.Server.Safety;

/// <summary>Nobody gets in without the key, whatever the door; a new door has no other rule.</summary>
public sealed class DoorTests(SafetyServer safety) : IClassFixture<SafetyServer>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>What the page of the refusal itself is made of.</summary>
    private static bool IsOpenToAll(Door door) => door.Method is "GET" or "HEAD"
        && (door.Path.StartsWith("/css/", StringComparison.Ordinal)
            || door.Path.StartsWith("/img/", StringComparison.Ordinal));

    [Fact]
    public async Task Every_route_that_is_mapped_answers_401_to_a_stranger()
    {
        var doors = safety.Doors;
        Assert.True(doors.Count > 60, $"{doors.Count} routes");
        Assert.Contains(doors, d => d.Pattern == "/api/cli");
        Assert.Contains(doors, d => d.Method == "POST" && d.Pattern.Contains("reverse"));
        using var stranger = safety.Server.Stranger();
        var open = new List<string>();
        foreach (var door in doors.Where(d => !IsOpenToAll(d)))
        {
            using var request = new HttpRequestMessage(new HttpMethod(door.Method), door.Path);
            using var answer = await stranger.SendAsync(request, Cancel);
            if (answer.StatusCode != HttpStatusCode.Unauthorized)
                open.Add($"{door.Method} {door.Path}: {(int)answer.StatusCode}");
            Assert.False(answer.Headers.Contains("Set-Cookie"), door.Path);
        }
        Assert.Empty(open);
    }

    [Fact]
    public void What_is_open_to_all_holds_style_and_pictures_of_the_program_alone() =>
        Assert.All(safety.Doors.Where(IsOpenToAll), door =>
            Assert.Contains(Path.GetExtension(door.Path.Split('#')[0]) switch
            {
                ".gz" or ".br" => Path.GetExtension(Path.GetFileNameWithoutExtension(door.Path)),
                var other => other,
            }, (string[])[".css", ".svg", ".png", ".ico", ".woff2"]));

    public static TheoryData<string> WrongKeys
    {
        get
        {
            var wrong = new TheoryData<string>("", "0", new string('0', 64), new string('a', 63),
                new string('a', 65), new string('x', 8000), "%00", "%FF%FE", "undefined", "null");
            return wrong;
        }
    }

    [Theory, MemberData(nameof(WrongKeys))]
    public async Task A_wrong_key_opens_nothing(string key)
    {
        using var stranger = safety.Server.Stranger();
        using var answer = await stranger.GetAsync($"/en/today?key={key}", Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task Half_a_key_another_case_or_the_key_twice_open_nothing()
    {
        var key = safety.Server.Options.Key;
        using var stranger = safety.Server.Stranger();
        foreach (var query in (string[])[$"key={key[..63]}", $"key={key}0", $"key={key}&key={key}",
            $"key=x&key={key}", $"key={key}%00", $"key=%20{key}", $"Key2={key}",
            $"key={key.ToUpperInvariant()}"])
        {
            using var answer = await stranger.GetAsync("/en/today?" + query, Cancel);
            Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, query);
        }
    }

    [Fact]
    public async Task The_key_opens_by_GET_alone()
    {
        using var stranger = safety.Server.Stranger();
        foreach (var method in (HttpMethod[])[HttpMethod.Post, HttpMethod.Put, HttpMethod.Delete,
            HttpMethod.Head, HttpMethod.Options, HttpMethod.Trace, new("PROPFIND")])
        {
            using var request = new HttpRequestMessage(method, $"/en/today?key={safety.Server.Options.Key}");
            using var answer = await stranger.SendAsync(request, Cancel);
            Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, method.Method);
            Assert.False(answer.Headers.Contains("Set-Cookie"), method.Method);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("Bearer ")]
    [InlineData("Bearer 0000")]
    [InlineData("Basic YTph")]
    public async Task A_wrong_token_opens_nothing_even_with_a_session(string authorization)
    {
        using var guest = await safety.Server.Guest();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/cli")
        {
            Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var answer = await guest.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task A_session_runs_no_verbs_and_neither_does_the_key()
    {
        using var guest = await safety.Server.Guest();
        foreach (var token in (string?[])[null, "", safety.Server.Options.Key, new string('0', 64)])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/cli")
            {
                Content = new StringContent("""{"args":["status"],"folder":"/","variables":{},"input":""}""",
                    System.Text.Encoding.UTF8, "application/json"),
            };
            if (token is not null) request.Headers.TryAddWithoutValidation(KeyGate.TokenHeader, token);
            using var answer = await guest.SendAsync(request, Cancel);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_session_of_another_run_opens_nothing()
    {
        await using var other = await RunningServer.Start(empty: true);
        var cookie = (await Wire.Cookie(other)).Split('=')[1];
        using var stranger = safety.Server.Stranger();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/en/today");
        request.Headers.TryAddWithoutValidation("Cookie", $"celadon-{safety.Server.Root.Port}={cookie}");
        using var answer = await stranger.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public void Secrets_are_long_and_new_for_every_run()
    {
        var (one, two) = (new ServeOptions(), new ServeOptions());
        Assert.Equal(4, new HashSet<string> { one.Key, two.Key, one.Token, two.Token }.Count);
        Assert.All((string[])[one.Key, one.Token], secret => Assert.Matches("^[0-9a-f]{64}$", secret));
    }
}
