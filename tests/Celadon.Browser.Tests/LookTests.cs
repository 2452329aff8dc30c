using System.Net;
using System.Text;
using System.Text.Json;
using Celadon.Tests.Server.Safety;
using Microsoft.Playwright;

namespace Celadon.Browser.Tests;

/// <summary>
/// Every kind of page at three widths in both languages: nothing runs out of the window, everything has a
/// name.
/// CELADON_SHOTS=1 (dotnet run dev.cs shots) keeps pictures in both themes, with a sheet that shows them all,
/// for people to look at.
/// </summary>
public sealed class LookTests(App app)
{
    private const string Nameless = """
        [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, [role=img]')]
          .filter(e => !(e.getAttribute('aria-label') || e.textContent.trim() || e.title
            || e.labels?.length && e.labels[0].textContent.trim()))
          .map(e => e.outerHTML.slice(0, 120))
        """;

    private static readonly string Shots = Path.Combine(App.Repository, "artifacts", "shots");

    private static bool Keeps => Environment.GetEnvironmentVariable("CELADON_SHOTS") == "1";

    /// <summary>Every combination of language and width.</summary>
    public static TheoryData<string, int> Looks
    {
        get
        {
            var looks = new TheoryData<string, int>();
            foreach (var language in (string[])["en", "zh"])
                foreach (var width in (int[])[1440, 768, 390]) looks.Add(language, width);
            return looks;
        }
    }

    [Theory, MemberData(nameof(Looks))]
    public async Task Pages_fit_and_everything_has_a_name(string language, int width)
    {
        await using var window = await app.Open(width);
        var (paths, _) = await Pages.Of(app.Works, language);
        var wrong = new List<string>();
        foreach (var path in paths)
        {
            await window.Go(path);
            if (await window.Over() is > 0 and var over)
                wrong.Add($"{path} at {width} runs {over} px out of the window");
            var nameless = await window.Page.EvaluateAsync<JsonElement>(Nameless);
            if (nameless.GetArrayLength() > 0) wrong.Add($"{path}: {nameless}");
            if (Keeps) await Keep(window, path, width);
        }
        wrong.AddRange(window.Troubles);
        if (Keeps) Sheet();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Distinct()));
    }

    private static async Task Keep(Window window, string path, int width)
    {
        foreach (var dark in (bool[])[false, true])
        {
            await window.Page.EmulateMediaAsync(new()
            { ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light });
            await window.Page.ScreenshotAsync(new()
            {
                FullPage = true,
                Path = Path.Combine(Shots, $"{NameOf(path)}.{width}{(dark ? ".dark" : "")}.png"),
            });
        }
        await window.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
    }

    /// <summary>Language first, then the page: "en-carbon-inventory".</summary>
    private static string NameOf(string path) => string.Concat(Crawl.KindOf(path).TrimStart('/')
        .Replace("#", "one", StringComparison.Ordinal).Replace("*", "one", StringComparison.Ordinal)
        .Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')).TrimEnd('-');

    /// <summary>One page that shows all pictures: a row a page, English beside 中文.</summary>
    private static void Sheet()
    {
        var pictures = Directory.EnumerateFiles(Shots, "*.png").Select(p => Path.GetFileName(p)!)
            .GroupBy(p => p.Split('.')[0][3..]).OrderBy(g => g.Key, StringComparer.Ordinal);
        var sheet = new StringBuilder("<!doctype html><meta charset=\"utf-8\"><title>Celadon</title><style>"
            + "body{font:14px sans-serif;background:#888}figure{display:inline-block;margin:4px;"
            + "vertical-align:top}"
            + "img{height:420px;max-width:640px;object-fit:cover;object-position:top}</style>");
        foreach (var page in pictures)
        {
            sheet.Append("<h2>").Append(WebUtility.HtmlEncode(page.Key)).Append("</h2>");
            foreach (var picture in page.Order(StringComparer.Ordinal))
                sheet.Append(System.Globalization.CultureInfo.InvariantCulture,
                    $"<figure><a href=\"{picture}\"><img loading=\"lazy\" src=\"{picture}\" alt=\"\"></a>")
                    .Append(System.Globalization.CultureInfo.InvariantCulture,
                    $"<figcaption>{picture}</figcaption></figure>");
        }
        File.WriteAllText(Path.Combine(Shots, "index.html"), sheet.ToString());
    }
}
