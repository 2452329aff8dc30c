using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Celadon.Lenses;
using Celadon.Server.Api;
using Celadon.Text;

namespace Celadon.Tests.Server;

/// <summary>The API: reading by pages, writing once, and the document that says so.</summary>
public sealed class ApiTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_of_records_add_up_to_the_journal()
    {
        await using var server = await RunningServer.Start();
        using var program = Program(server);
        var positions = new List<long>();
        var path = "/api/records?take=3";
        while (path is not null)
        {
            using var answer = await program.GetAsync(path, Cancel);
            var page = await Read(answer);
            positions.AddRange(page["items"]!.AsArray().Select(i => (long)i!["position"]!));
            var link = answer.Headers.TryGetValues("Link", out var links) ? links.Single() : null;
            Assert.Equal(page["next"] is not null, link is not null);
            path = link?[1..link.IndexOf('>', StringComparison.Ordinal)];
        }
        var head = server.Sample.Books.Head.Position;
        Assert.Equal(positions.Distinct().OrderDescending(), positions);
        Assert.Equal(Enumerable.Range(1, (int)head).Select(p => (long)p), positions.Order());
    }

    [Fact]
    public async Task A_record_is_told_whole_with_its_amount_as_text()
    {
        await using var server = await RunningServer.Start();
        using var program = Program(server);
        var entries = await Read(await program.GetAsync("/api/records?kind=entry&take=1", Cancel));
        var listed = entries["items"]![0]!;
        var record = await Read(await program.GetAsync($"/api/records/{listed["position"]}", Cancel));
        Assert.True(JsonNode.DeepEquals(listed["body"], record["body"]));
        Assert.Equal(64, ((string)record["hash"]!).Length);
        Assert.IsType<string>(record["body"]!["amount"]!["value"]!.GetValue<string>(), exactMatch: true);
        using var absent = await program.GetAsync("/api/records/999999", Cancel);
        Assert.Equal(HttpStatusCode.NotFound, absent.StatusCode);
        Assert.Equal("application/problem+json", absent.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("/api/records?basis=guessed", "api.choice")]
    [InlineData("/api/records?period=next", "api.period")]
    [InlineData("/api/records?take=-1", "api.number")]
    [InlineData("/api/registers?type=ship", "api.choice")]
    public async Task What_cannot_be_read_is_refused_with_the_choices(string path, string code)
    {
        await using var server = await RunningServer.Start();
        using var program = Program(server);
        using var answer = await program.GetAsync(path, Cancel);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal("urn:celadon:" + code, (string)(await Read(answer))["type"]!);
    }

    [Fact]
    public async Task A_change_sent_twice_with_one_key_is_made_once()
    {
        await using var server = await RunningServer.Start();
        using var program = Program(server);
        var first = await Reverse(program, server.Sample.Bills, "wrong month", "key-1");
        var head = server.Sample.Books.Head.Position;
        var second = await Reverse(program, server.Sample.Bills, "wrong month", "key-1");
        Assert.Equal(await first.Content.ReadAsStringAsync(Cancel),
            await second.Content.ReadAsStringAsync(Cancel));
        Assert.Equal("true", second.Headers.GetValues("Idempotency-Replayed").Single());
        Assert.Equal(head, server.Sample.Books.Head.Position);
        var other = await Reverse(program, server.Sample.Bills, "another reason", "key-1");
        Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
        var again = await Reverse(program, server.Sample.Bills, "wrong month", "key-2");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.StatusCode);
        Assert.Equal(head, server.Sample.Books.Head.Position);
    }

    [Fact]
    public async Task A_browsers_session_cannot_change_the_books_through_the_api()
    {
        await using var server = await RunningServer.Start();
        using var guest = await server.Guest();
        var head = server.Sample.Books.Head.Position;
        using var answer = await guest.PostAsync("/api/reversals",
            new StringContent($$"""{"position":{{server.Sample.Bills}},"reason":"x"}""", Encoding.UTF8,
                "application/json"), Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal(head, server.Sample.Books.Head.Position);
    }

    [Fact]
    public async Task An_import_is_read_dry_then_recorded_and_a_second_time_brings_nothing()
    {
        await using var server = await RunningServer.Start();
        using var program = Program(server);
        const string table = "start,end,from,to,resource,amount,unit,basis\n"
            + "2026-09-01,2026-09-30,supplier:fuels,site:stoke,diesel,12.5,litre,invoiced\n";
        var head = server.Sample.Books.Head.Position;
        var dry = await Read(await program.PostAsync("/api/imports?dryRun=true", Files(table), Cancel));
        Assert.Null(dry["batch"]);
        Assert.Equal("12.5", (string)dry["totals"]![0]!["total"]!["value"]!);
        Assert.Equal(head, server.Sample.Books.Head.Position);
        var done = await Read(await program.PostAsync("/api/imports", Files(table), Cancel));
        Assert.Equal(head + 1, (long)done["batch"]!);
        Assert.Equal(1, (int)done["entries"]!);
        var again = await Read(await program.PostAsync("/api/imports", Files(table), Cancel));
        Assert.Null(again["batch"]);
    }

    [Fact]
    public async Task A_month_is_closed_once_and_what_was_written_is_said()
    {
        await using var server = await RunningServer.Start();
        using var program = Program(server);
        const string month = """{"site":"stoke","month":"2026-09"}""";
        var before = server.Sample.Books.Head.Position;
        var done = await Read(await program.PostAsync("/api/closings",
            new StringContent(month, Encoding.UTF8, "application/json"), Cancel));
        Assert.Equal(before + 1, (long)done["batch"]!);
        Assert.Equal(server.Sample.Books.Head.Position, (long)done["position"]!);
        Assert.Equal(server.Sample.Books.Head.Hash, (string)done["head"]!);
        Assert.Single(server.Sample.Books.Closings, c => c.Closing.Site == "stoke");
        using var again = await program.PostAsync("/api/closings",
            new StringContent(month, Encoding.UTF8, "application/json"), Cancel);
        Assert.Equal("urn:celadon:close.closed", (string)(await Read(again))["type"]!);
    }

    [Theory]
    [InlineData("{}", "api.field")]
    [InlineData("""{"position":"2","reason":"x"}""", "api.field")]
    [InlineData("[1]", "api.notJson")]
    [InlineData("{", "api.notJson")]
    public async Task A_body_that_does_not_fit_is_refused(string body, string code)
    {
        await using var server = await RunningServer.Start();
        using var program = Program(server);
        using var answer = await program.PostAsync("/api/reversals",
            new StringContent(body, Encoding.UTF8, "application/json"), Cancel);
        Assert.Equal("urn:celadon:" + code, (string)(await Read(answer))["type"]!);
    }

    [Fact]
    public async Task The_document_names_every_door_and_every_reference_in_it_leads_somewhere()
    {
        await using var server = await RunningServer.Start();
        using var program = Program(server);
        var document = await Read(await program.GetAsync("/api/openapi.json", Cancel));
        var paths = document["paths"]!.AsObject();
        foreach (var route in ApiRoutes.All)
            foreach (var name in route.Path.Contains("{question}", StringComparison.Ordinal)
                ? Questions.All.Select(q => route.Path.Replace("{question}", q.Name,
                    StringComparison.Ordinal)) : [route.Path])
                Assert.NotNull(paths[name]![route.Method.ToLowerInvariant()]);
        Assert.All(References(document), reference => Assert.NotNull(
            reference.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries)
                .Select(step => step.Replace("~1", "/", StringComparison.Ordinal))
                .Aggregate((JsonNode?)document, (at, step) => at is JsonArray list
                    ? list[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)]
                    : at?[step])));
        Assert.DoesNotContain(OpenApi.Write(Catalogue.Chinese).ToJsonString(), "api.parameter.",
            StringComparison.Ordinal);
    }

    internal static HttpClient Program(RunningServer server)
    {
        var program = server.Stranger();
        program.DefaultRequestHeaders.Authorization = new("Bearer", server.Options.Token);
        return program;
    }

    private static async Task<JsonNode> Read(HttpResponseMessage answer) =>
        JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!;

    private static async Task<HttpResponseMessage> Reverse(HttpClient program, long position, string reason,
        string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/reversals")
        {
            Content = new StringContent($$"""{"position":{{position}},"reason":"{{reason}}"}""",
                Encoding.UTF8, "application/json"),
            Headers = { { "Idempotency-Key", key } },
        };
        return await program.SendAsync(request, Cancel);
    }

    private static MultipartFormDataContent Files(string text) => new()
    {
        { new StringContent(text) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } },
            "files", "diesel.csv" },
    };

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(m => m.Key == "$ref" && m.Value is JsonValue value
            ? [value.GetValue<string>()] : References(m.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };
}
