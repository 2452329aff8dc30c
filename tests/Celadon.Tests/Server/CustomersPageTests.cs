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
        Assert.Contains("celadon footprint customer", html, StringComparison.Ordinal);
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
        using var answer = await Post(guest, "fulfil", "id", request.Id);
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

    [Fact]
    public async Task The_twin_holds_the_same_rows()
    {
        Asks("for our EPD");
        using var guest = await _server.Guest();
        var csv = await guest.GetStringAsync(Path + ".csv?table=requests", Cancel);
        Assert.Contains("for our EPD", csv, StringComparison.Ordinal);
    }
}
