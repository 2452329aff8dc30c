using System.Net;
using Celadon.Tests.Server.Safety;

namespace Celadon.Browser.Tests;

/// <summary>Every kind of page that the app's links lead to, found by following them.</summary>
internal static class Pages
{
    /// <summary>Pages that no link leads to, or that a person meets by what they do.</summary>
    private static readonly string[] More =
        ["/search?q=gas", "/search", "/today?period=1999-01", "/today?twin=day",
            "/ledger/records?q=nothing+like+it"];

    /// <summary>One page of each kind, and what its links answered that was not 200.</summary>
    public static async Task<(IReadOnlyList<string> Paths, IReadOnlyList<string> Broken)> Of(
        Served served, string language, int ofAKind = 1)
    {
        using var guest = await served.Guest();
        var crawl = new Crawl($"/{language}/today", ofAKind, path =>
            (path.StartsWith($"/{language}/", StringComparison.Ordinal)
                || path.StartsWith("/evidence/", StringComparison.Ordinal))
            && Path.GetExtension(path.Split('?')[0]) is not (".pdf" or ".zip" or ".xlsx"));
        var (paths, broken) = (new List<string>(), new List<string>());
        foreach (var path in More) crawl.Add($"<a href=\"/{language}{path}\">");
        while (crawl.Next() is { } path)
        {
            using var answer = await guest.GetAsync(path, TestContext.Current.CancellationToken);
            if (answer.StatusCode is HttpStatusCode.Redirect)
            {
                crawl.Add($"<a href=\"{answer.Headers.Location}\">");
                continue;
            }
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                broken.Add($"{(int)answer.StatusCode} {path}");
                continue;
            }
            if (answer.Content.Headers.ContentType?.MediaType != "text/html"
                || answer.Content.Headers.ContentDisposition is not null) continue;
            paths.Add(path);
            crawl.Add(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }
        Assert.InRange(paths.Count, 15, 200 * ofAKind);
        return (paths, broken);
    }
}
