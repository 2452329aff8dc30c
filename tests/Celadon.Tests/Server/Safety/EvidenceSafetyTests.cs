using System.Net;
using System.Text;
using Celadon.Store;

namespace Celadon.Tests.Server.Safety;

/// <summary>
/// Files that other people wrote are handed on as files: never a page, never a picture with scripts in it,
/// never under a name that says something else.
/// </summary>
public sealed class EvidenceSafetyTests(SafetyServer safety) : IClassFixture<SafetyServer>
{
    private static readonly string[] Harmless =
    [
        "text/csv", "text/plain", "application/pdf", "image/png", "image/jpeg", "application/zip",
        "application/octet-stream", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Files => new()
    {
        { "page.html", "application/octet-stream" }, { "page.HTM", "application/octet-stream" },
        { "page.xhtml", "application/octet-stream" }, { "page.svg", "application/octet-stream" },
        { "page.xml", "application/octet-stream" }, { "page.xsl", "application/octet-stream" },
        { "page.mht", "application/octet-stream" }, { "page.js", "application/octet-stream" },
        { "page.swf", "application/octet-stream" }, { "page.hta", "application/octet-stream" },
        { "page.html.csv", "text/csv" }, { "page.csv.html", "application/octet-stream" },
        { "page.csv ", "application/octet-stream" }, { "page", "application/octet-stream" },
        { ".html", "application/octet-stream" }, { "读数.csv", "text/csv" },
        { "a\"; filename=\"evil.html", "application/octet-stream" },
        { "a\r\nSet-Cookie: evil=1\r\n.csv", "text/csv" },
        { "a\0.html", "application/octet-stream" }, { "../../etc/passwd", "application/octet-stream" },
        { "\u202efdp.exe", "application/octet-stream" },
        { "100%; filename*=UTF-8''evil.html", "application/octet-stream" },
    };

    [Theory, MemberData(nameof(Files))]
    public async Task A_file_comes_as_a_file_whatever_its_name(string name, string type)
    {
        var bytes = Encoding.UTF8.GetBytes($"<svg onload='alert(1)'/><script>alert(1)</script>{name}");
        var sha = safety.Sample.Workspace.Evidence.Put(bytes);
        safety.Sample.Workspace.Append("import", [], files: [new(name, sha, bytes.Length)]);
        using var guest = await safety.Server.Guest();
        using var answer = await guest.GetAsync($"/evidence/{sha}", Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(bytes, await answer.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Equal(type, answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains(type, Harmless);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Contains("sandbox", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")),
            StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        var disposition = answer.Content.Headers.ContentDisposition!;
        Assert.Equal("attachment", disposition.DispositionType);
        var saved = (disposition.FileNameStar ?? disposition.FileName!).Trim('"');
        Assert.DoesNotMatch("[\\x00-\\x1f\\x7f/\\\\\u202a-\u202e\u2066-\u2069\"]", saved);
        Assert.DoesNotMatch("[\\x00-\\x1f\\x7f/\\\\]", disposition.FileName!.Trim('"'));
    }

    [Theory]
    [InlineData("GET /evidence/..%2f..%2fjournal.db")]
    [InlineData("GET /evidence/../../../etc/passwd")]
    [InlineData("GET /evidence/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("GET /evidence/SHORT")]
    [InlineData("GET /en/ledger/evidence/..%2f..%2f..%2fetc%2fpasswd")]
    [InlineData("GET /en/ledger/evidence/..%5c..%5cetc%5cpasswd")]
    [InlineData("GET /en/ledger/packs/..%2f..%2fetc")]
    [InlineData("GET /en/ledger/packs/%2e%2e")]
    [InlineData("GET /en/ledger/packs/..%2f..%2f..%2f..%2fetc%2fpasswd.csv")]
    [InlineData("GET /en/ledger/packs/uk-desnz-2025%2f..%2f..%2fpack.json")]
    [InlineData("GET /css/../../appsettings.json")]
    [InlineData("GET /css/..%2f..%2fCeladon.Cli.dll")]
    [InlineData("GET /css/%2e%2e%2f%2e%2e%2fCeladon.Server.dll")]
    [InlineData("GET /js/..%5c..%5cCeladon.Server.dll")]
    [InlineData("GET //etc/passwd")]
    [InlineData("GET /en/ledger/factors?pack=../../../etc&row=passwd")]
    [InlineData("GET /en/today.csv?table=../../etc/passwd")]
    [InlineData("GET /en/ledger/import/..%2f..%2f..%2f..%2f..%2f..%2f..%2f..%2f")]
    public async Task No_path_leads_out_of_its_folder(string request)
    {
        var answer = await Wire.Send(safety.Server.Root, Wire.Head($"{request.Replace("SHORT", "a/../b",
            StringComparison.Ordinal)} HTTP/1.1", $"Host: {safety.Server.Root.Authority}",
            await Wire.Cookie(safety.Server), "Connection: close"));
        Assert.InRange(answer.Status, 200, 499);
        Assert.DoesNotContain("root:", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("SQLite format", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("This program cannot", answer.Text, StringComparison.Ordinal);
        if (answer.Status == 200)
            Assert.Contains("<!doctype html>", answer.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("A")]
    [InlineData("g")]
    [InlineData("%00")]
    [InlineData(".")]
    public async Task A_hash_that_is_none_is_not_found(string digit)
    {
        using var guest = await safety.Server.Guest();
        var name = string.Concat(Enumerable.Repeat(digit, 64));
        foreach (var path in (string[])[$"/evidence/{name}", $"/en/ledger/evidence/x{name}"])
        {
            using var answer = await guest.GetAsync(path, Cancel);
            Assert.InRange((int)answer.StatusCode, 400, 404);
        }
    }
}
