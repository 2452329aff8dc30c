using System.Net;

namespace Celadon.Tests.Server.Safety;

/// <summary>
/// Every form of every page, with nonsense in every field: refused with words or recorded, never a fault.
/// </summary>
public sealed class NonsenseTests
{
    private static readonly string[] Nonsense =
    [
        "", " ", "-1", "1e999", "99999999999999999999999999", "NaN", "yesterday", "2026-02-30T25:61",
        "0001-01-01",
        "9999-12-31T23:59", "a|b|c", "|", "x\0y", "\ud83c\udfed 今日", "=1+1", new string('x', 5000),
        HostileWorkspace.Harm,
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Trait(Length.Trait, Length.Long)]
    public async Task Nonsense_in_a_form_is_no_fault()
    {
        await using var server = await RunningServer.Start();
        using var guest = await server.Guest();
        var crawl = new Crawl("/en/today", 1, path => !path.StartsWith("/zh", StringComparison.Ordinal));
        var (forms, faults) = (new HashSet<string>(), new List<string>());
        while (crawl.Next() is { } path)
        {
            using var page = await guest.GetAsync(path, Cancel);
            if (page.Content.Headers.ContentType?.MediaType != "text/html") continue;
            var html = await page.Content.ReadAsStringAsync(Cancel);
            crawl.Add(html);
            foreach (var (action, token, fields) in Forms(html))
            {
                if (!forms.Add(Crawl.KindOf(action) + string.Concat(fields))) continue;
                // Two values for a form, others for the next; all of them in the long run.
                foreach (var value in Length.IsLong ? Nonsense
                    : Enumerable.Range(forms.Count * 2, 2).Select(i => Nonsense[i % Nonsense.Length]))
                    faults.AddRange(await Try(guest, action, token, fields, value));
            }
        }
        Assert.True(forms.Count > 5, $"{forms.Count} forms");
        Assert.Empty(faults);
    }

    private static async Task<IEnumerable<string>> Try(
        HttpClient guest, string action, string token, IReadOnlyList<string> fields, string value)
    {
        using var answer = await guest.PostAsync(action, new FormUrlEncodedContent(fields
            .Select(f => KeyValuePair.Create(f, value)).Append(KeyValuePair.Create("form", token))), Cancel);
        var what = $"{(int)answer.StatusCode} {action} {value[..Math.Min(20, value.Length)]}";
        if ((int)answer.StatusCode >= 500) return [what];
        return Markup.Wrong(await answer.Content.ReadAsStringAsync(Cancel)).Select(w => $"{what}: {w}");
    }

    /// <summary>Forms that change something: where they go, their token, the names of their fields.</summary>
    private static IEnumerable<(string Action, string Token, IReadOnlyList<string> Fields)> Forms(string html)
    {
        (string Action, string Token, List<string> Fields)? form = null;
        foreach (var tag in Markup.Tags(html))
            if (tag.Name == "form")
            {
                if (form is { } ended) yield return ended;
                form = tag["method"] == "post" ? (WebUtility.HtmlDecode(tag["action"] ?? ""), "", []) : null;
            }
            else if (form is { } open && tag.Name is "input" or "select" or "textarea" or "button"
                && tag["name"] is { Length: > 0 } name)
            {
                if (name == "form")
                    form = open with { Token = WebUtility.HtmlDecode(tag["value"] ?? "") };
                else if (!open.Fields.Contains(name)) open.Fields.Add(name);
            }
        if (form is { } last) yield return last;
    }
}
