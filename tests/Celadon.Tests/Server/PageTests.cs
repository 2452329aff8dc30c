using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Celadon.Tests.Server;

/// <summary>
/// Every page of the app, in both languages: it shows, it keeps the policy, and its twins say the same.
/// </summary>
public sealed partial class PageTests(ServedSample served) : IClassFixture<ServedSample>
{
    /// <summary>Every page that needs no more than the sample.</summary>
    public static TheoryData<string> Paths =>
    [
        "/today", "/ledger/records", "/ledger/records?all=1", "/ledger/import", "/ledger/batches",
        "/ledger/evidence",
        "/ledger/factors", "/ledger/factors?q=natural+gas&basis=combustion", "/ledger/packs",
        "/ledger/databases", "/ledger/packs/uk-desnz-2025", "/ledger/packs/public-holidays-cn", "/carbon/inventory",
        "/carbon/inventory?gwp=AR6&view=market",
        "/products/footprint", "/products/declaration", "/products/circular", "/products/ecodesign",
        "/products/lives", "/products/comparison", "/products/breakEven", "/products/compare",
        "/products/assess",
        "/products/declaration?spec=%7B%7D", "/carbon/tiers", "/carbon/reports", "/carbon/reports/site", "/carbon/reports/inventory",
        "/carbon/reports/secr", "/carbon/reports/sustainability",
        "/carbon/change", "/carbon/change?compare=halves&view=market", "/ledger/flows",
        "/ledger/flows?of=materials", "/ledger/flows?of=waste", "/ledger/flows?of=water", "/patterns",
        "/patterns?twin=sankey",
        "/search?q=gas", "/today?twin=sources-chart", "/today?period=1999-01",
        "/ledger/records?q=nothing+like+this", "/ledger/closing", "/ledger/closing/stoke/2026-09",
        "/ledger/costs", "/ledger/override?entry=BILL", "/ledger/reading", "/ledger/map", "/ledger/export",
        "/ledger/override?from=grid:gas&to=site:stoke&resource=natural-gas&whole=1",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Paths))]
    public async Task A_page_shows_in_both_languages_and_holds_nothing_inline(string path)
    {
        path = path.Replace("BILL", $"{served.Server.Sample.Bills + 1}", StringComparison.Ordinal);
        using var guest = await served.Server.Guest();
        foreach (var language in (string[])["en", "zh"])
        {
            using var answer = await guest.GetAsync($"/{language}{path}", Cancel);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var html = await answer.Content.ReadAsStringAsync(Cancel);
            HoldsNothingInline(html);
            Assert.DoesNotMatch(MissingText(), html);
            Assert.Contains(language == "en" ? "lang=\"en-GB\"" : "lang=\"zh-CN\"", html,
                StringComparison.Ordinal);
            Assert.Single(Heading().Matches(html));
        }
    }

    [Theory]
    [InlineData("/today")]
    [InlineData("/ledger/records")]
    [InlineData("/ledger/batches")]
    [InlineData("/carbon/inventory")]
    public async Task An_empty_workspace_says_what_to_do(string path)
    {
        await using var server = await RunningServer.Start(empty: true);
        using var guest = await server.Guest();
        var html = await guest.GetStringAsync("/en" + path, Cancel);
        HoldsNothingInline(html);
        if (path is "/today" or "/carbon/inventory") Assert.Contains("action=\"/en/sites\"", html,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_page_of_an_empty_workspace_shows()
    {
        await using var server = await RunningServer.Start(empty: true);
        using var guest = await server.Guest();
        foreach (var path in (string[])["closing", "map", "reading", "costs", "export", "import", "evidence"])
        {
            var html = await guest.GetStringAsync($"/zh/ledger/{path}", Cancel);
            HoldsNothingInline(html);
            Assert.DoesNotMatch(MissingText(), html);
        }
    }

    [Fact]
    public async Task A_site_given_on_the_first_page_is_registered_and_leads_to_the_files()
    {
        await using var server = await RunningServer.Start(empty: true);
        using var guest = await server.Guest();
        using var answer = await RunningServer.Post(guest, "/en/today", "/en/sites",
            ("organisation", "Potters"),
            ("name", "Stoke works"), ("place", "GB|Europe/London"));
        Assert.Equal("/en/ledger/import", answer.Headers.Location!.OriginalString);
        var site = Assert.Single(server.Sample.Books.Registers.Of<Registers.Site>());
        Assert.Equal(("stoke-works", "GB", "Europe/London", "potters"),
            (site.Id, site.Country, site.Zone, site.Organisation));
    }

    [Fact]
    public async Task Every_number_of_the_inventory_leads_to_an_explanation_with_the_same_number()
    {
        using var guest = await served.Server.Guest();
        var html = await guest.GetStringAsync("/en/carbon/inventory?period=2026-09", Cancel);
        var links = NumberLink().Matches(html).DistinctBy(m => m.Groups[1].Value).ToDictionary(
            m => WebUtility.HtmlDecode(m.Groups[1].Value), m => WebUtility.HtmlDecode(m.Groups[2].Value));
        Assert.True(links.Count >= 10, $"{links.Count} numbers");
        // Numbers at the ends of bars are those of the table behind them.
        var drawn = DrawnLink().Matches(html).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value)).ToList();
        Assert.NotEmpty(drawn);
        Assert.Empty(drawn.Except(links.Keys));
        foreach (var (link, exact) in links)
        {
            var why = await guest.GetStringAsync(link, Cancel);
            Assert.Contains(WebUtility.HtmlEncode(exact.Split(' ')[0]), why, StringComparison.Ordinal);
            // A sum that the page makes itself names its figures, which the verb explains.
            Assert.Contains(link.StartsWith("/en/why?", StringComparison.Ordinal)
                ? "celadon explain carbon.inventory" : "each with its own explanation", why,
                StringComparison.Ordinal);
        }
        Assert.Contains(links.Keys, link => link.StartsWith("/en/why/month", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Three_clicks_lead_from_a_total_to_file_and_row()
    {
        using var guest = await served.Server.Guest();
        var inventory = await guest.GetStringAsync("/en/carbon/inventory?period=2026-09", Cancel);
        var total = WebUtility.HtmlDecode(NumberLink().Match(inventory).Groups[1].Value);
        var why = await guest.GetStringAsync(total, Cancel);
        var evidence = WebUtility.HtmlDecode(EvidenceLink().Match(why).Groups[1].Value);
        Assert.Contains("row=3", evidence, StringComparison.Ordinal);
        var file = await guest.GetStringAsync(evidence, Cancel);
        Assert.Contains("<tr class=\"open\">", file, StringComparison.Ordinal);
        Assert.Contains("12000", file, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_drawer_is_the_explanation_without_the_frame()
    {
        using var guest = await served.Server.Guest();
        var inventory = await guest.GetStringAsync("/en/carbon/inventory?period=2026-09", Cancel);
        var link = WebUtility.HtmlDecode(NumberLink().Match(inventory).Groups[1].Value);
        var drawer = await guest.GetStringAsync(link + "&part=drawer", Cancel);
        Assert.DoesNotContain("<html", drawer, StringComparison.Ordinal);
        Assert.Contains("id=\"why-title\"", drawer, StringComparison.Ordinal);
        HoldsNothingInline(drawer);
    }

    [Fact]
    public async Task The_twins_hold_the_rows_of_the_page_in_stored_form()
    {
        using var guest = await served.Server.Guest();
        using var json = JsonDocument.Parse(
            await guest.GetStringAsync("/en/ledger/records.json?kind=entry", Cancel));
        var rows = json.RootElement.GetProperty("tables").GetProperty("records").EnumerateArray().ToList();
        Assert.Equal(["310", "41250", "12000"], rows.Select(r => r.GetProperty("amount").GetString()));
        var csv = await guest.GetStringAsync("/en/ledger/records.csv?kind=entry", Cancel);
        Assert.Equal(4, csv.TrimEnd().Split("\r\n").Length);
        using var account = JsonDocument.Parse(
            await guest.GetStringAsync("/en/carbon/inventory.json?period=2026-09", Cancel));
        Assert.Equal("24547.603956", account.RootElement.GetProperty("answer").GetProperty("answer")
            .GetProperty("scope1").GetProperty("total").GetProperty("kgco2e").GetProperty("value")
                .GetString());
    }

    [Fact]
    public async Task A_name_with_a_script_in_it_is_only_a_name()
    {
        var server = served.Server;
        using var guest = await server.Guest();
        foreach (var path in (string[])["/en/ledger/evidence",
            $"/en/ledger/evidence/{server.Sample.HostileSha}",
            $"/en/ledger/batches/{server.Sample.Bills}"])
        {
            var html = await guest.GetStringAsync(path, Cancel);
            HoldsNothingInline(html);
            Assert.Contains(WebUtility.HtmlEncode(SampleWorkspace.HostileName), html,
                StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task Files_are_shown_before_they_are_recorded_and_can_be_taken_back()
    {
        await using var server = await RunningServer.Start();
        using var guest = await server.Guest();
        var books = server.Sample.Books;
        var before = books.Head.Position;
        using var uploaded = await Upload(guest, ("bills.csv",
            "Supplier,From,To,Resource,Amount,Unit,Start,End\n"
            + "Severn,grid:water,site:stoke,water-supply,12,m3,2026-08-01,2026-09-01\n"));
        Assert.Equal(HttpStatusCode.SeeOther, uploaded.StatusCode);
        var preview = uploaded.Headers.Location!.OriginalString;
        HoldsNothingInline(await guest.GetStringAsync(preview, Cancel));
        Assert.Equal(before, books.Head.Position);
        using var committed = await RunningServer.Post(guest, preview, preview + "/commit");
        var batch = committed.Headers.Location!.OriginalString;
        Assert.StartsWith("/en/ledger/batches/", batch, StringComparison.Ordinal);
        Assert.True(books.Head.Position > before);
        using var undone = await RunningServer.Post(guest, batch, batch + "/reverse", ("reason", "undone"));
        Assert.Equal(HttpStatusCode.SeeOther, undone.StatusCode);
        Assert.NotEqual(0, books.Batches(null, 2)[1].ReversedBy);
    }

    [Fact]
    public async Task Too_many_files_and_too_many_bytes_are_refused()
    {
        await using var server = await RunningServer.Start(
            options: new Celadon.Server.ServeOptions { UploadFiles = 2, UploadBytes = 4096 });
        using var guest = await server.Guest();
        using var many = await Upload(guest, ("a.csv", "a"), ("b.csv", "b"), ("c.csv", "c"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, many.StatusCode);
        using var large = await Upload(guest, ("a.csv", new string('x', 8192)));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
    }

    private static async Task<HttpResponseMessage> Upload(HttpClient guest,
        params (string Name, string Text)[] files)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(await RunningServer.TokenOf(guest, "/en/ledger/import")), "form" },
        };
        foreach (var (name, text) in files)
            form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(text)), "files", name);
        return await RunningServer.Ended(guest, await guest.PostAsync("/en/ledger/import", form, Cancel));
    }

    /// <summary>
    /// No script, no style and no handler in the page: the policy would stop them, and so does this.
    /// </summary>
    private static void HoldsNothingInline(string html)
    {
        Assert.DoesNotMatch(InlineScript(), html);
        Assert.DoesNotMatch(InlineStyle(), html);
        Assert.DoesNotMatch(Handler(), html);
        Assert.DoesNotMatch(Elsewhere(), html);
    }

    [GeneratedRegex("<script(?![^>]*\\ssrc=)[^>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex InlineScript();

    [GeneratedRegex("<style|<[a-z][^>]*\\sstyle\\s*=", RegexOptions.IgnoreCase)]
    private static partial Regex InlineStyle();

    [GeneratedRegex("<[a-z][^>]*\\son[a-z]+\\s*=|href=\"javascript:", RegexOptions.IgnoreCase)]
    private static partial Regex Handler();

    /// <summary>
    /// Nothing is fetched from another host. A source may be linked to, where a person clicks and the host
    /// is not told from where.
    /// </summary>
    [GeneratedRegex("<(?!a [^>]*rel=\"noopener noreferrer\")[a-z][^>]*\\s(src|href|action)=\"(https?:)?//",
        RegexOptions.IgnoreCase)]
    private static partial Regex Elsewhere();

    /// <summary>A key that no catalogue holds shows as the key itself.</summary>
    [GeneratedRegex("[>\"](web|rooms|today|finding|formula|operand|question)\\.[a-z][A-Za-z0-9.-]+[<\"]")]
    private static partial Regex MissingText();

    [GeneratedRegex("<h1")]
    private static partial Regex Heading();

    [GeneratedRegex("<a class=\"n\" href=\"([^\"]+)\"\\s+title=\"([^\"]+)\"")]
    private static partial Regex NumberLink();

    [GeneratedRegex("<a class=\"n\" href=\"([^\"]+)\"><text")]
    private static partial Regex DrawnLink();

    [GeneratedRegex("href=\"(/en/ledger/evidence/[^\"]+row=[^\"]+)\"")]
    private static partial Regex EvidenceLink();
}
