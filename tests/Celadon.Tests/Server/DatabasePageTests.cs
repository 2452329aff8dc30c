using System.IO.Compression;
using System.Net;
using System.Text.Json.Nodes;
using Celadon.Store.Import.Lci.Shared;
using Celadon.Tests.Import.Lci;

namespace Celadon.Tests.Server;

/// <summary>A database through the pages: looked at, taken into use, found, shown, exported.</summary>
public sealed class DatabasePageTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static byte[] Zip(IEnumerable<LciPart> parts)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var part in parts)
            {
                using var to = zip.CreateEntry(part.Name).Open();
                using var from = part.Open();
                from.CopyTo(to);
            }
        return bytes.ToArray();
    }

    /// <summary>Uploads a file; the address of what was read.</summary>
    private static async Task<string> Upload(HttpClient guest, byte[] bytes)
    {
        using var content = new MultipartFormDataContent
        {
            { new StringContent(await RunningServer.TokenOf(guest, "/en/ledger/databases")), "form" },
            { new ByteArrayContent(bytes), "files", "Kiln works 2026.zip" },
        };
        using var answer = await RunningServer.Ended(guest,
            await guest.PostAsync("/en/ledger/databases", content, Cancel));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        var path = answer.Headers.Location!.ToString();
        for (var i = 0; path.Contains("/jobs/", StringComparison.Ordinal) && i < 100; i++)
        {
            await Task.Delay(100, Cancel);
            using var job = await guest.GetAsync(path, Cancel);
            if (job.Headers.Location is { } goal) path = goal.ToString();
        }
        return path;
    }

    /// <summary>The kiln works taken into use under the id "kiln".</summary>
    private static async Task Adopt(HttpClient guest)
    {
        var staged = await Upload(guest, Zip(JsonLdFiles.Parts(JsonLdFiles.Two)));
        using var taken = await RunningServer.Post(guest, staged, staged + "/commit", ("id", "kiln"),
            ("licence", "MIT"), ("title", "Kiln works"), ("source", "Made for the test"), ("edition", "1"));
        Assert.Equal("/en/ledger/databases/kiln", taken.Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_database_is_looked_at_before_it_is_taken()
    {
        await using var server = await RunningServer.Start();
        using var guest = await server.Guest();
        var staged = await Upload(guest, Zip(JsonLdFiles.Parts(JsonLdFiles.Two)));
        var html = await guest.GetStringAsync(staged, Cancel);
        Assert.Contains("Kiln works 2026.zip holds 2 processes; nothing is recorded yet", html,
            StringComparison.Ordinal);
        Assert.Contains("value=\"kiln-works-2026\"", html, StringComparison.Ordinal);
        Assert.Contains("Rows 1–2 of 2", html, StringComparison.Ordinal);
        Assert.Contains("Rows 2–2 of 2", await guest.GetStringAsync(staged + "?skip=1", Cancel),
            StringComparison.Ordinal);
        var json = JsonNode.Parse(await guest.GetStringAsync(staged + ".json", Cancel))!;
        Assert.Equal(2, (int)json["counts"]!["processes"]!);
        Assert.Empty(server.Sample.Books.Databases);
        // Whoever left the page finds it again, until it is dropped.
        Assert.Contains($"href=\"{staged}\"", await guest.GetStringAsync("/en/ledger/databases", Cancel),
            StringComparison.Ordinal);
        using var dropped = await RunningServer.Post(guest, staged, staged + "/drop");
        Assert.Equal("/en/ledger/databases", dropped.Headers.Location!.ToString());
        Assert.DoesNotContain(staged, await guest.GetStringAsync("/en/ledger/databases", Cancel),
            StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await guest.GetAsync(staged, Cancel)).StatusCode);
    }

    [Fact]
    public async Task A_database_without_licence_or_with_errors_is_not_taken()
    {
        await using var server = await RunningServer.Start();
        using var guest = await server.Guest();
        var staged = await Upload(guest, Zip(JsonLdFiles.Parts(JsonLdFiles.Two)));
        using var refused = await RunningServer.Post(guest, staged, staged + "/commit", ("id", "kiln"),
            ("licence", ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var broken = await Upload(guest, Zip(JsonLdFiles.With("processes/kiln.json",
            "\"unit\":{\"@id\":\"MJ\"}", "\"unit\":{\"@id\":\"none\"}")));
        var html = await guest.GetStringAsync(broken, Cancel);
        Assert.Matches("type=\"checkbox\" name=\"withoutFaulty\"[^>]* required", html);
        // Where a fault stands is said in words, not in the notation of the file.
        Assert.Matches("“exchange [0-9]+(: unit)?”", WebUtility.HtmlDecode(html));
        Assert.DoesNotContain(", /exchanges/", html, StringComparison.Ordinal);
        Assert.Matches("“第 [0-9]+ 个交换(：单位)?”", WebUtility.HtmlDecode(await guest.GetStringAsync(
            broken.Replace("/en/", "/zh/", StringComparison.Ordinal), Cancel)));
        using var forced = await RunningServer.Post(guest, broken, broken + "/commit", ("id", "kiln"),
            ("licence", "MIT"));
        Assert.NotEqual(HttpStatusCode.SeeOther, forced.StatusCode);
        Assert.Empty(server.Sample.Books.Databases);
        using var sound = await RunningServer.Post(guest, broken, broken + "/commit", ("id", "kiln"),
            ("licence", "MIT"), ("withoutFaulty", "true"));
        Assert.Equal(HttpStatusCode.SeeOther, sound.StatusCode);
        Assert.Single(server.Sample.Books.Databases);
        Assert.Contains("is left out", await guest.GetStringAsync("/en/ledger/databases/kiln", Cancel),
            StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Pages_show_the_database_and_its_processes_in_both_languages()
    {
        await using var server = await RunningServer.Start();
        using var guest = await server.Guest();
        await Adopt(guest);
        foreach (var language in (string[])["en", "zh"])
            foreach (var (path, says) in ((string, string)[])[
                ("/ledger/databases", "Made for the test"), ("/ledger/databases/kiln?q=ceram", "Kiln"),
                ("/ledger/databases/kiln?q=nothing+like+it", "name=\"q\""),
                ("/ledger/databases/kiln?as=xlsx", "/export/databases/kiln.xlsx"),
                ("/ledger/databases/kiln/process?id=kiln", "process?id=grid")])
            {
                var html = await guest.GetStringAsync($"/{language}{path}", Cancel);
                Assert.Contains(says, html, StringComparison.Ordinal);
                Assert.DoesNotContain("style=", html, StringComparison.Ordinal);
            }
        var listed = JsonNode.Parse(await guest.GetStringAsync("/en/ledger/databases.json", Cancel))!;
        Assert.Equal("0", (string)listed["tables"]!["databases"]![0]!["unlinked"]!.ToString());
        Assert.Equal(HttpStatusCode.NotFound,
            (await guest.GetAsync("/en/ledger/databases/kiln/process?id=none", Cancel)).StatusCode);
    }

    [Theory]
    [InlineData("jsonld", "celadon-kiln.zip")]
    [InlineData("xlsx", "celadon-kiln.xlsx")]
    [InlineData("csv", "celadon-kiln-csv.zip")]
    public async Task A_database_is_exported(string form, string name)
    {
        await using var server = await RunningServer.Start();
        using var guest = await server.Guest();
        await Adopt(guest);
        using var answer = await guest.GetAsync($"/export/databases/kiln.{form}?lang=en", Cancel);
        Assert.Equal((HttpStatusCode.OK, name), (answer.StatusCode,
            answer.Content.Headers.ContentDisposition!.FileName));
        using var package = LciPackage.Of(name, await answer.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Equal(2, Assembled.Clean(Celadon.Store.Import.Lci.LciFormats.Read("again", package))
            .Processes.Length);
        Assert.Equal(HttpStatusCode.NotFound,
            (await guest.GetAsync($"/export/databases/none.{form}", Cancel)).StatusCode);
    }

    [Fact]
    public async Task The_api_tells_databases_and_processes()
    {
        await using var server = await RunningServer.Start();
        using (var guest = await server.Guest()) await Adopt(guest);
        using var program = ApiTests.Program(server);
        async Task<JsonNode> Get(string path) => JsonNode.Parse(await program.GetStringAsync(path, Cancel))!;
        var listed = Assert.Single((await Get("/api/databases"))["items"]!.AsArray())!;
        Assert.Equal(("kiln", "MIT", 8), ((string)listed["id"]!, (string)listed["licence"]!,
            (int)listed["counts"]!["exchanges"]!));
        Assert.True(JsonNode.DeepEquals(listed, await Get("/api/databases/kiln")));
        var first = await Get("/api/databases/kiln/processes?take=1");
        Assert.Equal(("Grid", 2, "1"), ((string)first["items"]![0]!["name"]!, (int)first["total"]!,
            (string)first["next"]!));
        var next = await Get("/api/databases/kiln/processes?take=1&cursor=1");
        Assert.Equal("Kiln", (string)Assert.Single(next["items"]!.AsArray())!["name"]!);
        Assert.Null(next["next"]);
        var kiln = await Get("/api/databases/kiln/processes/kiln");
        var power = kiln["exchanges"]!.AsArray().Single(e => (int)e!["number"]! == 6)!;
        Assert.Equal((7.2, "MJ", "grid", "lognormal"), ((double)power["amount"]!, (string)power["unit"]!,
            (string)power["provider"]!, (string)power["uncertainty"]!["distribution"]!));
        Assert.Equal(3, kiln["shares"]!.AsArray().Count);
        Assert.Equal(HttpStatusCode.NotFound,
            (await program.GetAsync("/api/databases/none/processes", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound,
            (await program.GetAsync("/api/databases/kiln/processes/none", Cancel)).StatusCode);
    }
}
