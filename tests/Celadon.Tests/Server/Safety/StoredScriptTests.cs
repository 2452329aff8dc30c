using System.Net;
using System.Text;
using System.Text.Json;

namespace Celadon.Tests.Server.Safety;

/// <summary>
/// A workspace whose every text would run if it were let: every page, drawer and preview is read as a browser
/// reads it, and holds no tag, attribute or address that the program did not write.
/// </summary>
public sealed class StoredScriptTests
{
    /// <summary>Most pages of one kind.</summary>
    private const int OfAKind = 4;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [Trait(Length.Trait, Length.Long)]
    [InlineData("en")]
    [InlineData("zh")]
    public async Task Harm_in_the_books_is_only_text_on_every_page(string language)
    {
        Assert.SkipUnless(Length.IsLong || language == "zh", "The other language: set CELADON_LONG=1.");
        await using var server = await RunningServer.Start(empty: true, more: (_, s) =>
            HostileWorkspace.Fill(s.Workspace));
        using var guest = await server.Guest();
        var crawl = new Crawl($"/{language}/today", OfAKind, path =>
            !path.StartsWith(language == "en" ? "/zh" : "/en", StringComparison.Ordinal)
            && Path.GetExtension(path.Split('?')[0]) is not (".pdf" or ".zip" or ".xlsx"));
        var (wrong, shown) = (new List<string>(), 0);
        for (var pages = 0; crawl.Next() is { } path; pages++)
        {
            Assert.True(pages < 1500, string.Join(' ', crawl.Kinds));
            using var answer = await guest.GetAsync(path, Cancel);
            // An id with a slash in it stands in no path; any other page is there.
            if ((int)answer.StatusCode >= (path.Contains("xss-probe", StringComparison.Ordinal) ? 500 : 400))
                wrong.Add($"{(int)answer.StatusCode} {path}");
            if (answer.Content.Headers.ContentType?.MediaType != "text/html") continue;
            var html = await answer.Content.ReadAsStringAsync(Cancel);
            // A report that is kept as a file carries its style and policy along, and is never shown here.
            var isFile = path.Contains("/file.html", StringComparison.Ordinal);
            if (isFile) Assert.Equal("attachment",
                answer.Content.Headers.ContentDisposition?.DispositionType);
            wrong.AddRange(Markup.Wrong(html).Where(w => !isFile || w is not ("style" or "meta http-equiv"))
                .Select(w => $"{path}: {w}"));
            if (html.Contains("&lt;xss-probe", StringComparison.Ordinal)) shown++;
            crawl.Add(html);
        }
        Assert.Empty(wrong);
        Assert.True(shown > 20, $"harm was shown on {shown} pages only");
    }

    [Fact]
    public async Task Harm_in_a_file_is_only_text_before_and_after_it_is_recorded()
    {
        await using var server = await RunningServer.Start(empty: true, more: (_, s) =>
            HostileWorkspace.Fill(s.Workspace));
        using var guest = await server.Guest();
        foreach (var (name, text) in HostileWorkspace.Uploads)
        {
            using var form = new MultipartFormDataContent
            {
                { new StringContent(await RunningServer.TokenOf(guest, "/en/ledger/import")), "form" },
            };
            var file = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
            file.Headers.TryAddWithoutValidation("Content-Disposition",
                "form-data; name=\"files\"; filename=\""
                + name.Replace("\"", "%22", StringComparison.Ordinal) + "\"");
            form.Add(file);
            using var uploaded = await RunningServer.Ended(guest,
                await guest.PostAsync("/en/ledger/import", form, Cancel));
            var path = uploaded.Headers.Location?.OriginalString;
            var html = path is null ? await uploaded.Content.ReadAsStringAsync(Cancel)
                : await guest.GetStringAsync(path, Cancel);
            Assert.Empty(Markup.Wrong(html));
            Assert.Contains("xss-probe", html, StringComparison.Ordinal);
            if (path is null) continue;
            using var committed = await RunningServer.Post(guest, path, path + "/commit");
            if (committed.Headers.Location is not { } batch) continue;
            Assert.Empty(Markup.Wrong(await guest.GetStringAsync(batch, Cancel)));
        }
    }

    [Fact]
    public async Task Harm_in_the_address_is_only_text()
    {
        await using var server = await RunningServer.Start();
        using var guest = await server.Guest();
        var harm = Uri.EscapeDataString(HostileWorkspace.Harm);
        foreach (var path in (string[])[$"/en/search?q={harm}", $"/zh/ledger/records?q={harm}&kind={harm}",
            $"/en/ledger/factors?q={harm}&pack={harm}&row={harm}", $"/en/carbon/tiers?countries={harm}",
            $"/en/carbon/inventory?gwp={harm}&view={harm}", $"/en/{harm}", $"/en/ledger/packs/{harm}",
            $"/en/ledger/evidence/{harm}", $"/en/today?{harm}={harm}",
            $"/en/why?question={harm}&number={harm}",
            $"/en/why?question=carbon.inventory&number={harm}",
            $"/en/why?question=carbon.inventory&spec={harm}&number=/x&part=drawer",
            $"/en/today?period={harm}&site={harm}&twin={harm}"])
        {
            using var answer = await guest.GetAsync(path, Cancel);
            Assert.True((int)answer.StatusCode < 500, path);
            Assert.Empty(Markup.Wrong(await answer.Content.ReadAsStringAsync(Cancel)));
        }
    }

    [Fact]
    public async Task Harm_in_the_twins_is_data_that_no_browser_shows_as_a_page()
    {
        await using var server = await RunningServer.Start(empty: true, more: (_, s) =>
            HostileWorkspace.Fill(s.Workspace));
        using var guest = await server.Guest();
        foreach (var page in (string[])["/en/today", "/en/ledger/records", "/en/ledger/batches",
            "/en/ledger/evidence", "/en/carbon/inventory"])
        {
            using var json = await guest.GetAsync(page + ".json", Cancel);
            Assert.Equal("application/json", json.Content.Headers.ContentType!.MediaType);
            using var _ = JsonDocument.Parse(await json.Content.ReadAsStringAsync(Cancel));
            using var csv = await guest.GetAsync(page + ".csv", Cancel);
            if (csv.StatusCode != HttpStatusCode.OK) continue;
            Assert.Equal("text/csv", csv.Content.Headers.ContentType!.MediaType);
            Assert.Equal("attachment", csv.Content.Headers.ContentDisposition!.DispositionType);
        }
        using var drawing = await guest.GetAsync("/en/carbon/inventory.svg", Cancel);
        Assert.Equal("attachment", drawing.Content.Headers.ContentDisposition!.DispositionType);
        var svg = await drawing.Content.ReadAsStringAsync(Cancel);
        Assert.DoesNotContain("<xss-probe", svg, StringComparison.Ordinal);
        Assert.NotNull(System.Xml.Linq.XDocument.Parse(svg).Root);
    }

    [Fact]
    public void The_reader_of_pages_sees_what_a_browser_would_run()
    {
        Assert.Empty(Markup.Wrong(
            "<a href=\"/x?y=&lt;\">a</a><p title='<b onclick=1>'>&lt;img onerror=1&gt;</p>"));
        Assert.Equal(["img onerror"], Markup.Wrong("<p><img src=/x onerror=alert(1)>"));
        Assert.Equal(["p onclick"], Markup.Wrong("<p title=\"a\"onclick=\"b\">"));
        Assert.Equal(["a href=javascript:x"], Markup.Wrong("<a href=javascript:x>"));
        Assert.Equal(["a href=//evil"], Markup.Wrong("<A HREF = '//evil'>"));
        Assert.Equal(["script without src"], Markup.Wrong("<script>'<img onerror=1>'</script>"));
        Assert.Empty(Markup.Wrong("<!-- <img onerror=1> --><title><img onerror=1></title>"));
    }
}
