using System.Net;
using System.Text;
using Celadon.Lenses.Products;
using Celadon.Registers;
using Celadon.Store;
using Celadon.Tests.Lenses.Products.Exchange;

namespace Celadon.Tests.Server;

/// <summary>Customers, what they ask and may have, and answers by one click.</summary>
public sealed class CustomersPageTests : IAsyncLifetime
{
    private const string First = "6f0ae1a4-7d86-4c51-9f3e-2a1d5c1f7b10";
    private const string Tile = "urn:gtin:4712345060507", Path = "/en/products/customers";
    private RunningServer _server = null!;
    private Footprints _footprints = null!;
    private Correspondence _letters = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.Start(empty: true);
        _footprints = new Footprints(_server.Sample.Workspace);
        _letters = new Correspondence(_footprints);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private void Asks(string comment)
    {
        var file = Encoding.UTF8.GetBytes(StatementTests.Tile().ToJsonString());
        _footprints.Add(StatementText.Read(file).Statement!, file, "tile.json", null);
        _footprints.SetCustomer("builder");
        _letters.SetPeer("builder", "https://footprints.builder.example", null, "potters", "secret");
        var said = new PactEvent
        {
            Kind = PactEventKind.RequestCreated, Id = "ask-1", Comment = comment,
            Source = "https://footprints.builder.example",
            Asked = new PactEvent { Kind = 0, Id = "", Source = "" }.Asked.Add("productId", [Tile]),
        };
        Assert.Equal("", _letters.Receive("builder", said, said.Write()));
    }

    private async Task<HttpResponseMessage> Post(HttpClient guest, string what, params string[] fields)
    {
        var pairs = fields.Chunk(2).Select(f => KeyValuePair.Create(f[0], f[1]))
            .Append(KeyValuePair.Create("form",
                await RunningServer.TokenOf(guest, Path)));
        using var form = new FormUrlEncodedContent(pairs);
        return await guest.PostAsync($"{Path}/{what}", form, Cancel);
    }

    [Theory]
    [InlineData("en", "Nobody fetches footprints yet")]
    [InlineData("zh", "尚无客户获取足迹")]
    public async Task Without_customers_the_page_says_how_to_begin(string language, string title)
    {
        using var guest = await _server.Guest();
        var html = WebUtility.HtmlDecode(
            await guest.GetStringAsync($"/{language}/products/customers", Cancel));
        Assert.Contains(title, html, StringComparison.Ordinal);
        Assert.Contains($"action=\"/{language}/products/customers/make\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_is_shown_with_what_it_would_give_and_fulfilled_by_one_click()
    {
        Asks("<script>alert(1)</script>");
        using var guest = await _server.Guest();
        var html = await guest.GetStringAsync(Path, Cancel);
        foreach (var text in (string[])["Celadon tile", "not allowed so far", Tile,
            "&lt;script&gt;alert(1)&lt;/script&gt;"])
            Assert.Contains(text, html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
        var request = Assert.Single(_letters.Received());
        using var blind = await Post(guest, "fulfil", "id", request.Id);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, blind.StatusCode);
        Assert.Contains($"name=\"seen\" value=\"{First}\"", html, StringComparison.Ordinal);
        using var answer = await Post(guest, "fulfil", "id", request.Id, "seen", First);
        Assert.Equal((HttpStatusCode.SeeOther, Path),
            (answer.StatusCode, answer.Headers.Location!.OriginalString));
        Assert.Equal((EventState.Done, "RequestFulfilled"),
            (_letters.Received().Single().State, _letters.Sent().Single().Type));
        var consent = _server.Sample.Workspace.Registers().Of<Consent>().Single();
        using var undone = await Post(guest, "revoke", "id", consent.Id);
        Assert.Empty(_server.Sample.Workspace.Registers().Of<Consent>());
        Assert.Empty(_footprints.For("builder"));
    }

    [Fact]
    public async Task A_request_is_rejected_with_a_reason_or_only_noted()
    {
        Asks("for our EPD");
        using var guest = await _server.Guest();
        var id = _letters.Received().Single().Id;
        using var stranger = _server.Stranger();
        using var nothing = new FormUrlEncodedContent([KeyValuePair.Create("id", id)]);
        using var refused = await stranger.PostAsync(Path + "/fulfil", nothing, Cancel);
        using var forged = await guest.PostAsync(Path + "/fulfil", nothing, Cancel);
        Assert.False(refused.IsSuccessStatusCode || forged.IsSuccessStatusCode);
        Assert.Empty(_letters.Sent());
        using var answer = await Post(guest, "reject", "id", id, "reason", "not ours");
        Assert.Equal(EventState.Refused, _letters.Received().Single().State);
        var said = PactEvent.Read(_server.Sample.Workspace.Kept.Get(_letters.Sent().Single().Sha256)).Event!;
        Assert.Equal("not ours", said.Comment);
        using var late = await Post(guest, "dismiss", "id", id);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.StatusCode);
    }

    /// <summary>What is kept stands there with its file, who may have it and who has it.</summary>
    [Theory]
    [InlineData("en", "in force", "replaced", "Oct 2025", "nobody")]
    [InlineData("zh", "有效", "已被取代", "2025年10月", "无")]
    public async Task Own_statements_are_listed_with_their_file(string language, params string[] words)
    {
        Asks("for our EPD");
        var next = Encoding.UTF8.GetBytes(StatementTests.Tile(
            ("id", "6f0ae1a4-7d86-4c51-9f3e-2a1d5c1f7b11"), ("created", "2026-10-13T09:14:00Z"),
            ("precedingPfIds", new System.Text.Json.Nodes.JsonArray(First))).ToJsonString());
        _footprints.Add(StatementText.Read(next).Statement!, next, "tile-2.json", null);
        _footprints.Allow("builder", Tile, "2026-01-01", null, "contract 7");
        _footprints.Disclose("builder", [.. _footprints.For("builder").Take(1)]);
        using var guest = await _server.Guest();
        var page = Path.Replace("/en/", $"/{language}/", StringComparison.Ordinal);
        var html = WebUtility.HtmlDecode(await guest.GetStringAsync(page, Cancel));
        foreach (var word in (string[])[.. words, "Celadon tile", Tile, "9.75"])
            Assert.Contains(word, html, StringComparison.Ordinal);
        var csv = (await guest.GetStringAsync(page + ".csv?table=statements", Cancel)).Split("\r\n");
        Assert.Equal(["6f0ae1a4-7d86-4c51-9f3e-2a1d5c1f7b11", First],
            csv.Skip(1).Take(2).Select(l => l.Split(',')[0]));
        Assert.Contains("builder", csv[2].Split(',')[^1], StringComparison.Ordinal);
        using var file = await guest.GetAsync($"{page}/statements/{First}.json", Cancel);
        Assert.Equal(("application/json", $"footprint-{First}.json"), (
            file.Content.Headers.ContentType?.MediaType, file.Content.Headers.ContentDisposition?.FileName));
        var read = StatementText.Read(await file.Content.ReadAsByteArrayAsync(Cancel)).Statement!;
        Assert.Equal((First, StatementStatus.Deprecated), (read.Id.ToString(), read.Status));
        using var none = await guest.GetAsync($"{page}/statements/{Guid.Empty}.json", Cancel);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        using var stranger = _server.Stranger();
        using var shut = await stranger.GetAsync($"{page}/statements/{First}.json", Cancel);
        Assert.False(shut.IsSuccessStatusCode);
    }

    /// <summary>The page writes what the command writes: the same register items, one batch each.</summary>
    [Fact]
    public async Task Consent_is_given_limited_and_taken_back_as_by_command()
    {
        Asks("for our EPD");
        using var guest = await _server.Guest();
        var html = WebUtility.HtmlDecode(await guest.GetStringAsync(Path, Cancel));
        Assert.Contains($"<option value=\"{Tile}\">Celadon tile</option>", html, StringComparison.Ordinal);
        (string, string)[] fields = [("customer", "builder"), ("product", Tile), ("from", "2026-01-01"),
            ("until", ""), ("ground", " contract 7 ")];
        var head = _server.Sample.Workspace.Journal.Head().Position;
        using (var given = await RunningServer.Post(guest, Path, Path + "/allow", fields))
            Assert.Equal((HttpStatusCode.SeeOther, Path),
                (given.StatusCode, given.Headers.Location!.OriginalString));
        var consent = Assert.Single(_server.Sample.Workspace.Registers().Of<Consent>());
        Assert.Equal(new Consent { Id = $"builder-{head}", Customer = "builder", Product = Tile,
            From = "2026-01-01", Ground = "contract 7" }, consent);
        Assert.Contains("The consent stands by batch", await guest.GetStringAsync(Path, Cancel),
            StringComparison.Ordinal);
        // Sent twice, it is one.
        using (var again = await RunningServer.Post(guest, Path, Path + "/allow", fields))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, again.StatusCode);
        using (var limited = await RunningServer.Post(guest, Path, Path + "/limit", ("id", consent.Id),
            ("until", "2026-01-31"))) Assert.Equal(HttpStatusCode.SeeOther, limited.StatusCode);
        Assert.Equal(consent with { To = "2026-01-31" },
            Assert.Single(_server.Sample.Workspace.Registers().Of<Consent>()));
        Assert.Contains("not in force today", await guest.GetStringAsync(Path, Cancel),
            StringComparison.Ordinal);
        Assert.Empty(_footprints.For("builder"));
        using (var ended = await RunningServer.Post(guest, Path, Path + "/revoke", ("id", consent.Id)))
            Assert.Equal(HttpStatusCode.SeeOther, ended.StatusCode);
        Assert.Empty(_server.Sample.Workspace.Registers().Of<Consent>());
    }

    /// <summary>No consent without the token of a page of ours, and none of nonsense.</summary>
    [Fact]
    public async Task A_forged_or_faulty_consent_is_refused_and_nothing_is_written()
    {
        Asks("for our EPD");
        using var guest = await _server.Guest();
        var head = _server.Sample.Workspace.Journal.Head().Position;
        Dictionary<string, string> good = new()
        {
            ["customer"] = "builder", ["product"] = Tile, ["from"] = "2026-01-01", ["ground"] = "contract",
        };
        foreach (var what in (string[])["allow", "limit", "revoke"])
        {
            using var bare = new FormUrlEncodedContent(good);
            using var forged = await guest.PostAsync($"{Path}/{what}", bare, Cancel);
            Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
            using var outside = new FormUrlEncodedContent([.. good, KeyValuePair.Create("form",
                await RunningServer.TokenOf(guest, Path))]);
            using var stranger = _server.Stranger();
            using var shut = await stranger.PostAsync($"{Path}/{what}", outside, Cancel);
            Assert.False(shut.IsSuccessStatusCode || shut.StatusCode == HttpStatusCode.SeeOther);
        }
        foreach (var (name, value) in ((string, string)[])[("customer", "nobody"), ("product", "urn:none:1"),
            ("from", "tomorrow"), ("until", "2025-12-31"), ("ground", " "), ("ground", new string('x', 201))])
        {
            using var faulty = await RunningServer.Post(guest, Path, Path + "/allow",
                [.. good.Where(f => f.Key != name).Select(f => (f.Key, f.Value)), (name, value)]);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, faulty.StatusCode);
        }
        Assert.Equal(head, _server.Sample.Workspace.Journal.Head().Position);
    }

    /// <summary>Where no address is registered the page says so and what to do.</summary>
    [Theory]
    [InlineData("en", "Not registered: no event can go there", "Register it</a>")]
    [InlineData("zh", "未登记，无法向其发送事件", "去登记</a>")]
    public async Task A_customer_without_an_address_is_told_in_words(
        string language, string says, string remedy)
    {
        _footprints.SetCustomer("hotel-group");
        using var guest = await _server.Guest();
        var html = WebUtility.HtmlDecode(
            await guest.GetStringAsync($"/{language}/products/customers", Cancel));
        Assert.Contains(says, html, StringComparison.Ordinal);
        Assert.Contains(remedy, html, StringComparison.Ordinal);
        Assert.Contains("<option value=\"hotel-group\">", html, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"unk\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_twin_holds_the_same_rows()
    {
        Asks("for our EPD");
        using var guest = await _server.Guest();
        var csv = await guest.GetStringAsync(Path + ".csv?table=requests", Cancel);
        Assert.Contains("for our EPD", csv, StringComparison.Ordinal);
    }
}
