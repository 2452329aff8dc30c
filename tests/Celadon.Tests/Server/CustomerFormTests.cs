using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Celadon.Ledger;
using Celadon.Registers;
using Celadon.Server;
using Celadon.Store;

namespace Celadon.Tests.Server;

/// <summary>Customers and partners are made, changed and ended on the page as by command.</summary>
public sealed partial class CustomerFormTests : IAsyncLifetime
{
    private const string Path = "/en/products/customers", Address = "https://pcf.clay-pit.example";
    private RunningServer _server = null!;
    private Footprints _footprints = null!;
    private Uri? _door;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.Start(empty: true, new ServeOptions { Exchange = () => _door });
        _footprints = new Footprints(_server.Sample.Workspace);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Workspace Workspace => _server.Sample.Workspace;

    private IReadOnlyList<Customer> Customers => [.. Workspace.Registers().Of<Customer>()];

    private static Task<HttpResponseMessage> Post(
        HttpClient guest, string what, params (string, string)[] fields) =>
        RunningServer.Post(guest, Path, $"{Path}/{what}", fields);

    private static async Task<string> Read(HttpResponseMessage answer) =>
        WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancel));

    private static string SecretOf(string html) => Assert.Single(Shown().Matches(html)).Groups[1].Value;

    [GeneratedRegex("id=\"secret\">([0-9a-f]{64})<")]
    private static partial Regex Shown();

    /// <summary>The files of the workspace that hold a text; the one that only locks it holds none.</summary>
    private IEnumerable<string> FilesWith(string text) => Directory
        .EnumerateFiles(Workspace.Folder, "*", SearchOption.AllDirectories).Where(f =>
        {
            if (System.IO.Path.GetFileName(f) == "lock") return false;
            using var file = new FileStream(f, FileMode.Open, FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete);
            using var bytes = new MemoryStream();
            file.CopyTo(bytes);
            return bytes.GetBuffer().AsSpan(0, (int)bytes.Length).IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
        }).Select(f => System.IO.Path.GetFileName(f));

    [Theory]
    [InlineData("en", "The customer hotel.1 is made", "This is shown once", "Never in a web address")]
    [InlineData("zh", "已建立客户 hotel.1", "此内容只显示一次", "切勿写入网址")]
    public async Task A_customer_is_made_and_its_secret_shown_once(string language, params string[] words)
    {
        using var guest = await _server.Guest();
        var (page, head) = ($"/{language}/products/customers", Workspace.Journal.Head().Position);
        using var made = await RunningServer.Post(guest, page, page + "/make", ("id", " hotel.1 "));
        Assert.Equal((HttpStatusCode.OK, "no-store"),
            (made.StatusCode, made.Headers.CacheControl?.ToString()));
        Assert.Null(made.Headers.Location);
        var html = await Read(made);
        foreach (var word in words) Assert.Contains(word, html, StringComparison.Ordinal);
        var secret = SecretOf(html);
        Assert.Equal("hotel.1", Assert.Single(Customers).Id);
        Assert.True(_footprints.Knows("hotel.1", secret));
        // The same batch as by command: its head and one version of the register.
        var body = Assert.IsType<RegisterRecord>(Assert.Single(
            Workspace.State().Standing<RegisterRecord>(), r => r.Position > head).Body);
        Assert.Equal(("customer", "hotel.1"), (body.Type, body.Id));
        var byPage = Workspace.Journal.Head().Position - head;
        _footprints.SetCustomer("by-command");
        Assert.Equal(byPage, Workspace.Journal.Head().Position - head - byPage);
        // Once: not on a page, in a twin, in a cookie, in a file.
        foreach (var address in (string[])[page, page + ".json", page + ".csv", $"/{language}/today"])
            Assert.DoesNotContain(secret, await guest.GetStringAsync(address, Cancel),
                StringComparison.Ordinal);
        Assert.DoesNotContain(made.Headers, h => h.Value.Any(v =>
            v.Contains(secret, StringComparison.Ordinal)));
        Assert.NotEmpty(FilesWith("hotel.1"));
        Assert.Empty(FilesWith(secret));
        using var again = await guest.GetAsync(page + "/make", Cancel);
        Assert.False(again.IsSuccessStatusCode);
    }

    [Fact]
    public async Task The_same_id_twice_and_one_that_is_none_are_refused_beside_the_field()
    {
        using var guest = await _server.Guest();
        using var made = await Post(guest, "make", ("id", "hotel"));
        var secret = SecretOf(await Read(made));
        var head = Workspace.Journal.Head().Position;
        foreach (var (id, says) in ((string, string)[])[("hotel", "There is a customer hotel already."),
            ("a b<i>", "a b<i> cannot be the id of a customer."), ("", "cannot be the id of a customer."),
            (new string('x', 65), "cannot be the id of a customer.")])
        {
            using var refused = await Post(guest, "make", ("id", id));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            var raw = await refused.Content.ReadAsStringAsync(Cancel);
            Assert.DoesNotContain("<i>", raw, StringComparison.Ordinal);
            var html = WebUtility.HtmlDecode(raw);
            Assert.Contains("field wrong", html, StringComparison.Ordinal);
            Assert.Contains(says, html, StringComparison.Ordinal);
            Assert.Contains($"value=\"{id}\" aria-invalid=\"true\" autofocus", html,
                StringComparison.Ordinal);
            Assert.DoesNotMatch(Shown(), html);
        }
        Assert.Equal(head, Workspace.Journal.Head().Position);
        Assert.True(_footprints.Knows("hotel", secret));
    }

    [Fact]
    public async Task A_new_secret_ends_the_old_one_and_needs_a_tick()
    {
        var old = _footprints.SetCustomer("hotel");
        _door = new Uri("https://footprints.works.example:8443/");
        using var guest = await _server.Guest();
        using (var unsure = await Post(guest, "renew", ("id", "hotel")))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, unsure.StatusCode);
            Assert.Contains("Nobody said that this is meant", await Read(unsure), StringComparison.Ordinal);
        }
        Assert.True(_footprints.Knows("hotel", old));
        using (var nobody = await Post(guest, "renew", ("id", "nobody"), ("sure", "yes")))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, nobody.StatusCode);
            Assert.Contains("There is no customer nobody.", await Read(nobody), StringComparison.Ordinal);
        }
        Assert.Single(Customers);
        using var renewed = await Post(guest, "renew", ("id", "hotel"), ("sure", "yes"));
        var html = await Read(renewed);
        var secret = SecretOf(html);
        foreach (var words in (string[])["hotel has a new secret", "The old secret",
            "https://footprints.works.example:8443/"])
            Assert.Contains(words, html, StringComparison.Ordinal);
        Assert.True(_footprints.Knows("hotel", secret));
        Assert.False(_footprints.Knows("hotel", old));
        Assert.Empty(FilesWith(secret));
    }

    [Fact]
    public async Task A_customer_is_removed_after_a_tick_with_all_that_hangs_on_it()
    {
        _footprints.SetCustomer("hotel");
        new Correspondence(_footprints).SetPeer("hotel", Address, null, "potters", "their-secret");
        using var guest = await _server.Guest();
        using (var unsure = await Post(guest, "remove", ("id", "hotel")))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, unsure.StatusCode);
            Assert.Contains("Tick the box above the button.", await Read(unsure), StringComparison.Ordinal);
        }
        Assert.Single(Customers);
        using (var removed = await Post(guest, "remove", ("id", "hotel"), ("sure", "yes")))
            Assert.Equal((HttpStatusCode.SeeOther, Path),
                (removed.StatusCode, removed.Headers.Location!.OriginalString));
        Assert.Empty(Customers);
        Assert.Empty(Workspace.Registers().Of<Peer>());
        Assert.Empty(FilesWith("their-secret"));
        Assert.Contains("The customer is removed by batch", await guest.GetStringAsync(Path, Cancel),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_partner_is_registered_changed_and_forgotten_and_its_secret_never_shown()
    {
        _footprints.SetCustomer("clay-pit");
        using var guest = await _server.Guest();
        Assert.Contains("type=\"password\"", await guest.GetStringAsync(Path, Cancel),
            StringComparison.Ordinal);
        using (var done = await Post(guest, "peer", ("id", "clay-pit"), ("address", Address), ("auth", ""),
            ("client", "potters"), ("secret", "s3cret-of-theirs")))
            Assert.Equal(HttpStatusCode.SeeOther, done.StatusCode);
        var letters = new Correspondence(_footprints);
        Assert.Equal((new Peer { Id = "clay-pit", Address = Address, ClientId = "potters" },
            "s3cret-of-theirs"), letters.Known("clay-pit"));
        // The kept secret goes to no other host.
        using (var elsewhere = await Post(guest, "peer", ("id", "clay-pit"), ("address", Address),
            ("auth", "https://login.clay-pit.example"), ("client", "potters"), ("secret", "")))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, elsewhere.StatusCode);
            Assert.Contains("asked for at login.clay-pit.example", await Read(elsewhere),
                StringComparison.Ordinal);
        }
        // Changed without a secret at the same host, the kept one stays.
        using (var done = await Post(guest, "peer", ("id", "clay-pit"), ("address", Address + "/pact"),
            ("auth", Address + "/login"), ("client", "potters"), ("secret", "")))
            Assert.Equal(HttpStatusCode.SeeOther, done.StatusCode);
        var (peer, secret) = letters.Known("clay-pit");
        Assert.Equal((Address + "/pact", Address + "/login", "s3cret-of-theirs"),
            (peer.Address, peer.Auth, secret));
        foreach (var page in (string[])[Path, Path + ".json"])
            Assert.DoesNotContain(secret, await guest.GetStringAsync(page, Cancel), StringComparison.Ordinal);
        Assert.Equal(["peers.secret"], FilesWith(secret));
        using (var unsure = await Post(guest, "forget", ("id", "clay-pit")))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, unsure.StatusCode);
        Assert.Single(Workspace.Registers().Of<Peer>());
        using (var done = await Post(guest, "forget", ("id", "clay-pit"), ("sure", "yes")))
            Assert.Equal(HttpStatusCode.SeeOther, done.StatusCode);
        Assert.Empty(Workspace.Registers().Of<Peer>());
        Assert.Empty(FilesWith(secret));
    }

    /// <summary>What is wrong stands beside its field; what was typed stays, but never a secret.</summary>
    [Theory]
    [InlineData("address", "http://pcf.clay-pit.example", "is no address of another’s exchange")]
    [InlineData("address", "https://10.0.0.1", "is no address of another’s exchange")]
    [InlineData("auth", "https://localhost", "is no address of another’s exchange")]
    [InlineData("client", "a:b", "cannot be shown")]
    [InlineData("secret", "", "cannot be shown")]
    [InlineData("id", "nobody", "nobody is neither a customer nor a supplier.")]
    public async Task A_faulty_partner_is_refused_and_nothing_typed_is_lost(
        string field, string value, string says)
    {
        _footprints.SetCustomer("clay-pit");
        var head = Workspace.Journal.Head().Position;
        using var guest = await _server.Guest();
        Dictionary<string, string> good = new()
        {
            ["id"] = "clay-pit", ["address"] = Address, ["auth"] = "", ["client"] = "potters",
            ["secret"] = "s3cret-of-theirs",
        };
        using var refused = await Post(guest, "peer",
            [.. good.Select(f => (f.Key, f.Key == field ? value : f.Value))]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var html = (await Read(refused)).Replace('\'', '’');
        Assert.Contains(says, html, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", html, StringComparison.Ordinal);
        foreach (var (name, typed) in good.Where(f => f.Key is "address" or "client"))
            Assert.Contains($"name=\"{name}\" value=\"{(name == field ? value : typed)}\"", html,
                StringComparison.Ordinal);
        if (field is not "id" and not "secret") Assert.Contains("It was not kept and is not shown", html,
            StringComparison.Ordinal);
        if (field != "id") Assert.Matches(
            $"class=\"field wrong\"><span>[^<]*</span><(input|select)[^>]*name=\"{field}\"", html);
        Assert.Equal(head, Workspace.Journal.Head().Position);
        Assert.Empty(Workspace.Registers().Of<Peer>());
    }

    [Fact]
    public async Task Nothing_is_made_or_ended_without_the_token_of_a_page_or_by_a_stranger()
    {
        _footprints.SetCustomer("hotel");
        new Correspondence(_footprints).SetPeer("hotel", Address, null, "potters", "x");
        using var guest = await _server.Guest();
        var head = Workspace.Journal.Head().Position;
        foreach (var what in (string[])["make", "renew", "remove", "peer", "forget"])
        {
            KeyValuePair<string, string>[] fields = [new("id", what == "make" ? "new" : "hotel"),
                new("sure", "yes"), new("address", Address), new("client", "potters"), new("secret", "y")];
            using var bare = new FormUrlEncodedContent(fields);
            using var forged = await guest.PostAsync($"{Path}/{what}", bare, Cancel);
            Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
            using var outside = new FormUrlEncodedContent([.. fields,
                new("form", await RunningServer.TokenOf(guest, Path))]);
            using var stranger = _server.Stranger();
            using var shut = await stranger.PostAsync($"{Path}/{what}", outside, Cancel);
            Assert.False(shut.IsSuccessStatusCode || shut.StatusCode == HttpStatusCode.SeeOther);
        }
        Assert.Equal(head, Workspace.Journal.Head().Position);
    }

    [Theory]
    [InlineData("en", "It is shut", "It stands open at")]
    [InlineData("zh", "入口未开放", "入口已在")]
    public async Task How_the_door_for_customers_is_opened_is_said_while_it_is_shut(
        string language, string shut, string open)
    {
        using var guest = await _server.Guest();
        var page = $"/{language}/products/customers";
        var html = await guest.GetStringAsync(page, Cancel);
        Assert.Contains(shut, html, StringComparison.Ordinal);
        Assert.Contains("celadon serve --exchange https://", html, StringComparison.Ordinal);
        _door = new Uri("https://footprints.works.example:8443/");
        html = await guest.GetStringAsync(page, Cancel);
        Assert.Contains(open, html, StringComparison.Ordinal);
        Assert.Contains(_door.ToString(), html, StringComparison.Ordinal);
        Assert.DoesNotContain("celadon serve --exchange", html, StringComparison.Ordinal);
    }
}
