using System.Text.Json.Nodes;
using Celadon.Ledger;
using Celadon.Lenses.Carbon;
using Celadon.Lenses.Products;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Server.Exchange;
using Celadon.Store;
using Celadon.Tests.Lenses.Products.Exchange;
using Celadon.Text;

namespace Celadon.Tests.Server.Exchange;

/// <summary>
/// A works fetches from a supplier over real HTTPS: from another Celadon, and from one that a test scripts.
/// </summary>
public sealed class FootprintFetchTests : IAsyncLifetime
{
    private const string Pit = "footprints.pit.example";
    private readonly TestNetwork _network = new();
    private ExchangeWorks _works = null!;
    private ExchangeWorks _pit = null!;
    private ScriptedPeer _peer = null!;
    private PeerWire _wire = null!;

    public async ValueTask InitializeAsync()
    {
        _works = await ExchangeWorks.Start();
        _pit = await ExchangeWorks.Start(Pit);
        _peer = await ScriptedPeer.Start(_network);
        _network.Add(Pit, _pit.Certificate);
        _wire = new PeerWire(_network);
        foreach (var id in (string[])["pit", "scripted"]) _works.Workspace.Append("register",
            [new RegisterRecord("supplier", id, RegisterSet.Write(new Supplier { Id = id }))]);
        _works.Letters.SetPeer("pit", _pit.Root.ToString(), null, "builder", _pit.Secret);
        _works.Letters.SetPeer("scripted", _peer.Address, null, "potters", "secret");
    }

    public async ValueTask DisposeAsync()
    {
        _wire.Dispose();
        await _peer.DisposeAsync();
        await _pit.DisposeAsync();
        await _works.DisposeAsync();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private FootprintFetch Fetch => new(_works.Footprints, _works.Letters, _wire);

    private List<string> Kept(string supplier) => [.. _works.Workspace.Registers().Of<KeptStatement>()
        .Where(s => s.Supplier == supplier).Select(s => s.Id)];

    private static string New(int number) => $"10000000-0000-4000-8000-00000000000{number}";

    /// <summary>The pit's ids are those of the works' own statements, so it gives others.</summary>
    private void PitHas(params int[] numbers)
    {
        foreach (var number in numbers) _pit.Add(New(number), ExchangeWorks.Tile);
    }

    [Fact]
    public async Task A_list_is_fetched_page_by_page_and_kept_once()
    {
        PitHas(1, 2, 3);
        var filters = new[] { ("validAfter", "2026-05-01T00:00:00Z"), ("limit", "2") };
        var first = await Fetch.List("pit", filters, Cancel);
        Assert.Equal((5, 3), (first.Found, first.New));
        // What has the id of an own statement is none of the supplier's.
        Assert.Equal(2, first.Findings.Count(f => f.Code == "footprint.changed"));
        Assert.Equal([New(1), New(2), New(3)], Kept("pit"));
        var batch = _works.Workspace.State().Batches[^1];
        Assert.Equal([$"{New(1)}.json", $"{New(2)}.json", $"{New(3)}.json"],
            ((BatchRecord)batch.Body).Files.Select(f => f.Name));
        var again = await Fetch.List("pit", filters, Cancel);
        Assert.Equal((5, 0), (again.Found, again.New));
        Assert.Equal(batch.Position, _works.Workspace.State().Batches[^1].Position);
        Assert.Equal(5, _pit.Workspace.State().Standing<StatementSentRecord>().Count());
    }

    [Fact]
    public async Task One_is_fetched_by_its_id_and_is_a_factor()
    {
        _pit.Add(New(1), ExchangeWorks.Tile, ("pcf/declaredUnitAmount", "4"));
        Assert.Equal((1, 1), (await Fetch.One("pit", Guid.Parse(New(1)), Cancel)) is var f
            ? (f.Found, f.New) : default);
        var factor = StatementFactor.Of(_works.Footprints.Find(New(1))!)!;
        Assert.Equal((Amount.Parse("2.4375"), "kg CO2e/m2"), (factor.Value, factor.Unit));
        Assert.Contains(New(1), factor.Source, StringComparison.Ordinal);
        var spec = $$"""
            {"method":"supplier-specific","category":"3.1","lines":
              [{"name":"Tiles","quantity":"200 m2","factor":{{factor.ToSpec()}}}]}
            """;
        var answer = _works.Workspace.Ask(new CategoryQuestion(), spec).Answer;
        Assert.Equal(Amount.Parse("487.5"), ((CategoryReport)answer.Report).Total.Value);
    }

    [Theory]
    [InlineData("00000000-0000-0000-0000-000000000000", "404", "NotFound")]
    [InlineData("00000000-0000-4000-8000-000000000004", "403", "AccessDenied")]
    public async Task What_the_supplier_does_not_give_is_said(string id, string status, string code)
    {
        var refused = await Assert.ThrowsAsync<RefusedException>(() =>
            Fetch.One("pit", Guid.Parse(id), Cancel));
        Assert.Equal(("exchange.status", status, code), (refused.Finding.Code,
            refused.Finding.Args["status"], refused.Finding.Args["code"]));
    }

    private void Gives(params JsonNode[] statements) => _peer.Says = asked =>
        asked.Path.StartsWith("/3/footprints", StringComparison.Ordinal)
            ? (200, new JsonObject { ["data"] = new JsonArray([.. statements.Select(s => s.DeepClone())]) }
                .ToJsonString(), []) : ScriptedPeer.Usual(asked);

    /// <summary>Pages that are short each may be long together; what came of them is not kept.</summary>
    [Fact]
    public async Task A_list_that_never_ends_fills_no_memory()
    {
        var pages = 0;
        _peer.Says = asked => !asked.Path.StartsWith("/3/footprints", StringComparison.Ordinal)
            ? ScriptedPeer.Usual(asked)
            : (200, new JsonObject { ["data"] = new JsonArray(StatementTests.Tile(("id", New(1)))) }
                .ToJsonString(), [("Link", $"<{_peer.Address}/3/footprints?page={++pages}>; rel=\"next\"")]);
        var refused = await Assert.ThrowsAsync<RefusedException>(() => new FootprintFetch(
            _works.Footprints, _works.Letters, _wire, most: 10_000).List("scripted", [], Cancel));
        Assert.Equal("exchange.answerSize", refused.Finding.Code);
        Assert.InRange(pages, 5, 20);
        Assert.Empty(Kept("scripted"));
    }

    [Fact]
    public async Task What_cannot_be_read_is_said_and_the_rest_is_kept()
    {
        Gives(StatementTests.Tile(("id", New(1))), StatementTests.Tile(("id", New(2)), ("status", null)));
        var fetched = await Fetch.List("scripted", [], Cancel);
        Assert.Equal((2, 1), (fetched.Found, fetched.New));
        Assert.Equal("footprint.missing", Assert.Single(fetched.Findings).Code);
        Assert.Equal([New(1)], Kept("scripted"));
    }

    /// <summary>A statement never changes, but it may be deprecated.</summary>
    [Fact]
    public async Task A_statement_that_changed_is_refused_and_one_that_was_deprecated_is_taken()
    {
        Gives(StatementTests.Tile(("id", New(1))));
        await Fetch.List("scripted", [], Cancel);
        Gives(StatementTests.Tile(("id", New(1)), ("pcf/fossilGhgEmissions", "1")));
        Assert.Equal("footprint.changed", Assert.Single((await Fetch.List("scripted", [], Cancel))
            .Findings).Code);
        Assert.Equal(Amount.Parse("9.7"), _works.Footprints.Find(New(1))!.Pcf[PcfValue.Fossil]);
        Gives(StatementTests.Tile(("id", New(1)), ("status", "Deprecated")));
        Assert.Equal(1, (await Fetch.List("scripted", [], Cancel)).New);
        Assert.Equal(StatementStatus.Deprecated, _works.Footprints.Find(New(1))!.Status);
        Gives(StatementTests.Tile(("id", New(1))));
        Assert.Equal(0, (await Fetch.List("scripted", [], Cancel)).New);
    }

    [Theory]
    [InlineData("https://thief.example/3/footprints?page=2", "exchange.link")]
    [InlineData("https://127.0.0.1/3/footprints", "exchange.link")]
    [InlineData("http://footprints.builder.example/3/footprints", "exchange.link")]
    public async Task A_page_elsewhere_is_not_followed_and_nothing_is_kept(string next, string code)
    {
        _peer.Says = asked => asked.Path.StartsWith("/3/footprints", StringComparison.Ordinal)
            ? (200, new JsonObject { ["data"] = new JsonArray(StatementTests.Tile(("id", New(1)))) }
                .ToJsonString(), [("Link", $"<{next}>; rel=\"next\"")]) : ScriptedPeer.Usual(asked);
        Assert.Equal(code, (await Assert.ThrowsAsync<RefusedException>(() =>
            Fetch.List("scripted", [], Cancel))).Finding.Code);
        Assert.Empty(Kept("scripted"));
    }

    [Fact]
    public async Task Pages_that_go_round_end_and_a_list_that_is_not_whole_says_so()
    {
        _peer.Says = asked => asked.Path.StartsWith("/3/footprints", StringComparison.Ordinal)
            ? (202, """{"data":[]}""", [("Link", $"<{_peer.Address}/3/footprints?again>; rel=next")])
            : ScriptedPeer.Usual(asked);
        var fetched = await Fetch.List("scripted", [], Cancel);
        Assert.Equal((0, "exchange.partial"), (fetched.Found, Assert.Single(fetched.Findings).Code));
        Assert.Equal(2, _peer.Seen.Count(a => a.Path.StartsWith("/3/f", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("[]")]
    [InlineData("""{"data":{}}""")]
    public async Task What_is_no_list_is_refused(string body)
    {
        _peer.Says = asked => asked.Path.StartsWith("/3/footprints", StringComparison.Ordinal)
            ? (200, body, []) : ScriptedPeer.Usual(asked);
        Assert.Equal("exchange.answer", (await Assert.ThrowsAsync<RefusedException>(() =>
            Fetch.List("scripted", [], Cancel))).Finding.Code);
    }

    /// <summary>
    /// Two works on one wire: one asks, a person at the other fulfils, and the answer is kept where it was
    /// asked, as the supplier's.
    /// </summary>
    [Fact]
    public async Task Two_works_ask_and_answer()
    {
        PitHas(1);
        // The works answers to localhost in other tests; here it has a name of its own outside.
        await using var builder = await ExchangeWorks.Start("footprints.buyer.example");
        _network.Add("footprints.buyer.example", builder.Certificate);
        using var wire = new PeerWire(_network);
        builder.Workspace.Append("register", [new RegisterRecord("supplier", "other",
            RegisterSet.Write(new Supplier { Id = "other" }))]);
        builder.Letters.SetPeer("other", _pit.Root.ToString(), null, "builder", _pit.Secret);
        _pit.Letters.SetPeer("builder", builder.Root.ToString(), null, "other", builder.OtherSecret);
        builder.Letters.Ask("other", [ExchangeWorks.Tile], builder.Root.ToString(), "for our EPD");
        Assert.Equal(1, await new Outbox(builder.Letters, wire).Once(Cancel));
        var asked = Assert.Single(_pit.Letters.Received());
        _pit.Letters.Fulfil(asked.Id);
        Assert.Equal(1, await new Outbox(_pit.Letters, wire).Once(Cancel));
        var answer = Assert.Single(builder.Letters.Received());
        Assert.Equal(("RequestFulfilled", EventState.Done, asked.Event),
            (answer.Type, answer.State, answer.Answer));
        Assert.Equal("other", builder.Workspace.Registers().Find<KeptStatement>(New(1))!.Supplier);
    }
}
