using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Celadon.Cli;
using Celadon.Ledger;
using Celadon.Lenses;
using Celadon.Quantities;
using Celadon.Store;
using Celadon.Tests.Cli;
using Celadon.Tests.Example;

namespace Celadon.Tests.Crash;

/// <summary>
/// Several processes at one workspace: imports at once, and every verb while a server has it.
/// </summary>
[Collection("processes")]
public sealed class TwoProcessTests(ExampleWorks example) : IDisposable
{
    private const string Diesel = """
        {"method":"supplier-specific","category":"3.1",
         "lines":[{"name":"Clay","quantity":"10 kg","factor":"0.6 kg CO2e/kg"}]}
        """;

    private readonly Works _works = new(Works.Options with
    {
        Shipped = new PackFolder(Path.Combine(AppContext.BaseDirectory, "packs")),
    });

    private string NotePath => Path.Combine(_works.Folder, ServerLink.FileName);

    [Fact]
    public async Task Two_imports_at_once_both_land_and_the_same_file_lands_once()
    {
        var (first, second) = (_works.Deliver(1, 300), _works.Deliver(2, 300));
        var lines = new List<Child>();
        foreach (var delivery in (Delivery[])[first, second, first, second])
            lines.Add(Child.Start(_works.Folder, ["import", .. delivery.Paths, "--yes"]));
        var acknowledged = new List<long?>();
        foreach (var child in lines)
        {
            Assert.True(await child.End() == 0, child.Out + child.Error);
            acknowledged.Add(Landing.Acknowledged(child.Out));
            child.Dispose();
        }
        using var workspace = _works.Open();
        Landing.AssertHolds(workspace, Landing.Sum(first, second));
        Assert.Empty(workspace.Verify().Findings);
        var batches = workspace.State().Batches.Where(b => ((BatchRecord)b.Body).Purpose == "import")
            .Select(b => (long?)b.Position).ToList();
        Assert.Equal(2, batches.Count);
        Assert.Equal(batches, acknowledged.OfType<long?>().Where(b => b is not null).Order());
    }

    [Fact(Skip = Length.Waits, SkipType = typeof(Length), SkipUnless = nameof(Length.IsLong))]
    [Trait(Length.Trait, Length.Long)]
    public async Task Every_verb_works_through_the_server_that_has_the_workspace()
    {
        var delivery = _works.Deliver(1, 300);
        (await Run("import", [.. delivery.Paths, "--yes"])).Ends(0);
        var alone = (await Run("status", "--json")).Ends(0).Out;
        using var server = await Serve();
        Assert.Equal(alone, (await Run("status", "--json")).Ends(0).Out);
        Assert.True(File.Exists(NotePath));
        var more = _works.Deliver(2, 300);
        var imports = await Task.WhenAll(Run("import", [.. more.Paths, "--yes"]),
            Run("import", [.. more.Paths, "--yes"]));
        Assert.Single(imports, ran => Landing.Acknowledged(ran.Ends(0).Out) is not null);
        (await Run("import", [more.Paths[0]])).Ends(3);
        (await Terminal.Run(_works.Folder, Diesel, ["ask", "carbon.category", "--in", "-", "--json"]))
            .Ends(0);
        var padded = Diesel + new string(' ', 3_000_000);
        (await Terminal.Run(_works.Folder, padded, ["ask", "carbon.category", "--in", "-", "--json"]))
            .Ends(0);
        (await Run("explain", "carbon.category", "--in", Diesel, "--number", "/total")).Ends(0);
        (await Run("explain", "carbon.category", "--in", Diesel, "--number", "/nowhere")).Ends(3);
        (await Run("ask", "carbon.nothing")).Ends(3);
        (await Run("ask")).Ends(2);
        (await Run("check", "--json")).Ends(0);
        (await Run("close", "stoke", "2024-06")).Ends(0);
        (await Run("close", "stoke", "2024-06")).Ends(3);
        (await Run("packs", "list", "--json")).Ends(0);
        (await Run("packs", "list")).Ends(0);
        (await Run("questions", "--json")).Ends(0);
        (await Run("export", "entries", "--out", "../entries.csv")).Ends(0);
        Assert.True(new FileInfo(Path.Combine(_works.Root, "entries.csv")).Length > 1000);
        (await Run("backup", "../copy", "--json")).Ends(0);
        (await Run("verify", "--json")).Ends(0);
        (await Run("serve")).Ends(3);
        Assert.False(server.HasEnded, server.Error);
        var target = imports.Select(ran => Landing.Acknowledged(ran.Out)).Single(b => b is not null)!.Value;
        (await Run("reverse", target.ToString(CultureInfo.InvariantCulture), "--reason", "a trial")).Ends(0);
        var totals = (await Run("status", "--json")).Ends(0).Json.GetProperty("meters")[0]
            .GetProperty("total");
        Assert.Equal(delivery.Electricity, Amount.Parse(totals.GetProperty("value").GetString()!));
        using (var copy = Workspace.Open(Path.Combine(_works.Root, "copy"), Works.Options))
            Assert.Empty(copy.Verify().Findings);
        await Stop(server);
        Assert.False(File.Exists(NotePath));
        using var workspace = _works.Open();
        Assert.Equal(1, workspace.GetStatus().Closings);
        Assert.Equal(delivery.Electricity, workspace.Electricity());
    }

    [Fact]
    public async Task Verbs_and_two_imports_at_once_beside_the_demo()
    {
        using var books = new Works(example.Folder);
        var (first, second) = (books.Deliver(1, 50), books.Deliver(2, 50));
        using var demo = Child.Start(books.Root, ["demo", "--workspace", "books", "--urls",
            "http://127.0.0.1:0"]);
        await demo.Until(() => File.Exists(Path.Combine(books.Folder, ServerLink.FileName)));
        var alone = (await Terminal.Run(books.Folder, "status", "--json")).Ends(0).Json;
        string[] table = [first.Paths[0]], other = [second.Paths[0]];
        using (var one = Child.Start(books.Folder, ["import", .. table, "--yes"]))
        using (var two = Child.Start(books.Folder, ["import", .. other, "--yes"]))
        {
            Assert.True(await one.End() == 0, one.Out + one.Error);
            Assert.True(await two.End() == 0, two.Out + two.Error);
            Assert.NotEqual(Landing.Acknowledged(one.Out), Landing.Acknowledged(two.Out));
        }
        var after = (await Terminal.Run(books.Folder, "status", "--json")).Ends(0).Json;
        // Each brought a batch and its rows.
        Assert.Equal(alone.GetProperty("position").GetInt64() + 2 + first.Entries + second.Entries,
            after.GetProperty("position").GetInt64());
        var spec = Questions.Get("carbon.inventory").Example;
        var asked = await Terminal.Run(books.Folder, "ask", "carbon.inventory", "--in", spec, "--json");
        Assert.Equal(after.GetProperty("position").GetInt64(),
            asked.Json.GetProperty("position").GetInt64());
        // Another demo asks the one that runs.
        (await Terminal.Run(books.Root, "demo", "--workspace", "books")).Ends(0);
        await Stop(demo);
    }

    [Fact]
    public async Task A_note_of_a_killed_server_is_known_as_stale()
    {
        using (var server = await Serve())
        {
            await server.Kill();
            Assert.True(File.Exists(NotePath));
        }
        (await Run("status")).Ends(0);
        Assert.False(File.Exists(NotePath));
        // Stale too while a verb that is no server has the workspace: it is waited for, not asked over the
        // network.
        await File.WriteAllTextAsync(NotePath, JsonSerializer.Serialize(
            new ServerNote("http://127.0.0.1:9", "token", int.MaxValue), ServerLink.Json));
        Task<Ran> waiting;
        using (_works.Open())
        {
            waiting = Run("status");
            await Task.Delay(300);
            Assert.False(waiting.IsCompleted);
        }
        (await waiting).Ends(0);
        await File.WriteAllTextAsync(NotePath, "{\"addr");
        (await Run("status")).Ends(0);
    }

    [Fact]
    public async Task Verbs_are_for_who_can_read_the_note()
    {
        using var server = await Serve();
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(NotePath));
        var note = JsonSerializer.Deserialize<ServerNote>(await File.ReadAllTextAsync(NotePath),
            ServerLink.Json)!;
        Assert.Equal(server.Id, note.ProcessId);
        Assert.Equal(HttpStatusCode.Unauthorized, await Post(note, null, null));
        Assert.Equal(HttpStatusCode.Unauthorized, await Post(note, "wrong", "wrong"));
        Assert.Equal(HttpStatusCode.Unauthorized, await Post(note, note.Token, null));
        Assert.Equal(HttpStatusCode.Unauthorized, await Post(note, note.Token, "wrong"));
        Assert.Equal(HttpStatusCode.OK, await Post(note, note.Token, note.Token));
        // A browser that opened the printed address has a session, and no verbs.
        await server.Until(() => server.Out.Contains("key=", StringComparison.Ordinal));
        var url = server.Out.Split().First(word => word.Contains("key=", StringComparison.Ordinal));
        using var browser = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() });
        using (var page = await browser.GetAsync(new Uri(url))) Assert
            .Equal(HttpStatusCode.OK, page.StatusCode);
        foreach (var token in (string?[])[null, "wrong", ""])
        {
            using var request = Request(note, null, token);
            using var answer = await browser.SendAsync(request);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
        using var got = await browser.GetAsync(new Uri(note.Address + "/api/cli"));
        Assert.False(got.IsSuccessStatusCode);
        await Stop(server);
    }

    private Task<Ran> Run(string verb, params string[] rest) => Terminal.Run(_works.Folder, [verb, .. rest]);

    private async Task<Child> Serve()
    {
        var server = Child.Start(_works.Folder, ["serve"]);
        await server.Until(() => File.Exists(NotePath));
        return server;
    }

    /// <summary>Asks the server to end, as an init system does.</summary>
    private static async Task Stop(Child server)
    {
        using var kill = Process.Start("kill", ["-TERM", server.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, await server.End());
    }

    private static HttpRequestMessage Request(ServerNote note, string? bearer, string? header)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, note.Address + "/api/cli")
        {
            Content = JsonContent
                .Create(new ForwardedLine(["status"], "", new Dictionary<string, string>(), ""),
                options: ServerLink.Json),
        };
        if (bearer is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        if (header is not null) request.Headers.Add(ServerLink.Header, header);
        return request;
    }

    private static async Task<HttpStatusCode> Post(ServerNote note, string? bearer, string? header)
    {
        using var client = new HttpClient();
        using var request = Request(note, bearer, header);
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }

    public void Dispose() => _works.Dispose();
}
