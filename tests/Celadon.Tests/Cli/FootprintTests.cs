using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Celadon.Cli;
using Celadon.Ledger;
using Celadon.Lenses.Products;
using Celadon.Registers;
using Celadon.Store;
using Celadon.Tests.House;
using Celadon.Tests.Lenses.Products.Exchange;
using Celadon.Tests.Server.Exchange;
using NodaTime;

namespace Celadon.Tests.Cli;

/// <summary>
/// "footprint" with partners, as a person types it. Theirs is at a name that never resolves (RFC 6761), so
/// nothing of this leaves the machine.
/// </summary>
public sealed class FootprintTests : IDisposable
{
    private const string There = "https://peer.invalid/pact", Here = "https://potters.example/pact";
    private readonly string _folder = Directory.CreateTempSubdirectory("celadon-footprint-").FullName;

    private static WorkspaceOptions Options => new(
        SystemClock.Instance, new PackFolder(Repository.At("packs")), "owner", TimeSpan.FromSeconds(5));

    private string Books => Path.Combine(_folder, "books");

    private static readonly Template<long> Supplied = new(folder =>
    {
        using var workspace = Workspace.Create(folder, Options, "works");
        return workspace.Append("register", [new RegisterRecord("supplier", "clay",
            RegisterSet.Write(new Supplier { Id = "clay" }))]).Last;
    });

    public FootprintTests()
    {
        Supplied.CopyTo(Books);
        File.WriteAllText(Path.Combine(_folder, "secret.txt"), "theirs\n");
        File.WriteAllText(Path.Combine(_folder, "tile.json"), StatementTests.Tile(
            ("id", ExchangeWorks.Id(1)), ("productIds", new JsonArray(ExchangeWorks.Tile))).ToJsonString());
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<Ran> Run(params string[] args) =>
        Terminal.Run(_folder, ["footprint", .. args, "--workspace", Books]);

    private async Task Partners()
    {
        (await Run("add", "tile.json")).Ends(0);
        (await Run("customer", "builder")).Ends(0);
        foreach (var partner in (string[])["builder", "clay"])
            (await Run("peer", partner, "--address", There, "--client", "potters", "--secret-file",
                "secret.txt")).Ends(0);
    }

    private async Task<JsonElement[]> Letters(string box) =>
        [.. (await Run("requests", "--json")).Ends(0).Json.GetProperty(box).EnumerateArray()];

    private static string? Of(JsonElement letter, string property) =>
        letter.TryGetProperty(property, out var value) ? value.ToString() : null;

    /// <summary>A request of the builder's, as its exchange would post it.</summary>
    private string Asked(string id)
    {
        var bytes = Encoding.UTF8.GetBytes(new JsonObject
        {
            ["type"] = "org.wbcsd.pact.ProductFootprint.RequestCreatedEvent.3", ["specversion"] = "1.0",
            ["id"] = id, ["source"] = There, ["time"] = "2026-10-12T09:00:00Z",
            ["data"] = new JsonObject { ["productId"] = new JsonArray(ExchangeWorks.Tile) },
        }.ToJsonString());
        using var workspace = Workspace.Open(Books, Options);
        var letters = new Correspondence(new Footprints(workspace));
        Assert.Empty(letters.Receive("builder", PactEvent.Read(bytes).Event!, bytes));
        return letters.Received().Single(e => e.Event == id).Id;
    }

    [Fact]
    public async Task What_others_wrote_commands_no_terminal()
    {
        await Partners();
        await File.WriteAllTextAsync(Path.Combine(_folder, "clay.json"), StatementTests.Tile(
            ("id", "6f0ae1a4-7d86-4c51-9f3e-2a1d5c1f7b99"), ("productNameCompany", "Clay\u001b[2J\u0007"))
            .ToJsonString(), TestContext.Current.CancellationToken);
        foreach (var ran in (Ran[])[await Run("add", "clay.json", "--supplier", "clay"), await Run("list")])
        {
            Assert.Contains("Clay [2J", ran.Ends(0).Out, StringComparison.Ordinal);
            Assert.DoesNotContain(ran.Out, c => char.IsControl(c) && c is not '\n' and not '\r');
        }
    }

    [Fact]
    public async Task What_is_asked_and_published_waits_until_it_arrives()
    {
        await Partners();
        (await Run("ask", "clay", "urn:gtin:1111111111116", "--source", Here, "--comment", "2026")).Ends(0);
        Assert.Equal("footprint.noProduct",
            (await Run("publish", "builder", ExchangeWorks.Tile, "--json")).Ends(3).Refused);
        (await Run("consent", "builder", ExchangeWorks.Tile, "--from", "2026-01-01",
            "--ground", "contract 7")).Ends(0);
        var consent = (await Run("list", "--json")).Ends(0).Json.GetProperty("consents").EnumerateArray()
            .Single();
        (await Run("limit", Of(consent, "id")!, "--until", "2999-12-31")).Ends(0);
        Assert.Matches($@"Consent +Customer[^\n]+\n{Of(consent, "id")} +builder",
            (await Run("list")).Ends(0).Out.Replace("\r", "", StringComparison.Ordinal));
        Assert.Equal("2999-12-31", Of((await Run("list", "--json")).Ends(0).Json.GetProperty("consents")
            .EnumerateArray().Single(), "to"));
        Assert.Equal("footprint.consent",
            (await Run("limit", Of(consent, "id")!, "--until", "1999-12-31", "--json")).Ends(3).Refused);
        (await Run("publish", "builder", ExchangeWorks.Tile)).Ends(0);
        var sent = (await Run("send", "--json")).Ends(0).Json.GetProperty("sent").EnumerateArray()
            .OrderBy(s => Of(s, "to")).ToArray();
        Assert.Equal([("builder", "Published"), ("clay", "RequestCreated")],
            sent.Select(s => (Of(s, "to"), Of(s, "type"))));
        Assert.All(sent, s => Assert.Equal(("waiting", "1", "exchange.unreachable"),
            (Of(s, "state")?.ToLowerInvariant() ?? "waiting", Of(s, "tries"), Of(s, "failure"))));
        using var workspace = Workspace.Open(Books, Options);
        Assert.Empty(workspace.State().Standing<StatementSentRecord>());
    }

    [Fact]
    public async Task Requests_are_fulfilled_rejected_and_dismissed_once()
    {
        await Partners();
        var (yes, no, noted) = (Asked("1"), Asked("2"), Asked("3"));
        (await Run("fulfil", yes)).Ends(0);
        (await Run("reject", no, "--reason", "no contract")).Ends(0);
        (await Run("dismiss", noted)).Ends(0);
        var received = await Letters("received");
        Assert.Equal([(yes, "done"), (no, "refused"), (noted, "done")], received.OrderBy(e => Of(e, "event"))
            .Select(e => (Of(e, "id")!, Of(e, "state")!.ToLowerInvariant())));
        Assert.Equal(["RequestFulfilled", "RequestRejected"],
            (await Letters("sent")).Select(e => Of(e, "type")).Order());
        foreach (var verb in (string[])["fulfil", "reject", "dismiss"])
            Assert.Equal("exchange.noRequest", (await Run(verb, yes, "--json")).Ends(3).Refused);
        Assert.Contains(yes, (await Run("requests")).Ends(0).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kept_statement_is_a_factor()
    {
        await Partners();
        var factor = (await Run("factor", ExchangeWorks.Id(1))).Ends(0).Json;
        Assert.Equal(JsonValueKind.Object, factor.ValueKind);
        Assert.Equal("footprint.unknown",
            (await Run("factor", ExchangeWorks.Id(2), "--json")).Ends(3).Refused);
    }

    [Theory]
    [InlineData("exchange.peerAddress", "peer", "clay", "--address", "https://10.0.0.1", "--client", "c")]
    [InlineData("exchange.peerAddress", "peer", "clay", "--address", "http://peer.invalid", "--client", "c")]
    [InlineData("exchange.noParty", "peer", "nobody", "--address", There, "--client", "c")]
    [InlineData("footprint.supplier", "ask", "builder", "urn:gtin:1", "--source", Here)]
    [InlineData("exchange.peerAddress", "ask", "clay", "urn:gtin:1", "--source", "https://localhost")]
    [InlineData("footprint.filter", "fetch", "--supplier", "clay", "--filter", "colour=blue")]
    [InlineData("footprint.uuid", "fetch", "--supplier", "clay", "--statement", "7")]
    [InlineData("exchange.unreachable", "fetch", "--supplier", "clay")]
    public async Task Nonsense_is_refused_and_changes_nothing(string code, params string[] args)
    {
        await Partners();
        Assert.Equal(code, (await Run([.. args, "--json"])).Ends(3).Refused);
        Assert.Empty(await Letters("sent"));
    }
}
