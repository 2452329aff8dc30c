using System.Text.Json;

namespace Celadon.Browser.Tests;

/// <summary>
/// Every page at three widths, in both languages and themes: nothing runs out of the window, nothing is
/// refused, nothing is asked of another host, everything has a name. CELADON_SHOTS=1 keeps pictures for
/// people to look at.
/// </summary>
public sealed class LookTests(App app) : IClassFixture<App>
{
    private const string Nameless = """
        [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, [role=img]')]
          .filter(e => !(e.getAttribute('aria-label') || e.textContent.trim() || e.title
            || e.labels?.length && e.labels[0].textContent.trim()))
          .map(e => e.outerHTML.slice(0, 120))
        """;

    private static readonly string[] Paths =
    [
        "/today", "/ledger/records", "/ledger/import", "/ledger/batches", "/ledger/evidence",
        "/ledger/factors",
        "/ledger/packs", "/ledger/packs/uk-desnz-2025", "/energy", "/energy/base",
        "/carbon/inventory", "/carbon/tiers", "/search?q=gas",
        "/ledger/records/20", "/ledger/batches/1", "/ledger/closing", "/ledger/closing/stoke/2026-09",
        "/ledger/reading", "/ledger/reading?meter=longquan-offices", "/ledger/map", "/ledger/export",
        "/ledger/costs", "/ledger/override?from=grid:gas&to=site:stoke&resource=natural-gas&whole=1",
    ];

    /// <summary>Every combination.</summary>
    public static TheoryData<string, int, bool> Looks
    {
        get
        {
            var looks = new TheoryData<string, int, bool>();
            foreach (var language in (string[])["en", "zh"])
                foreach (var width in (int[])[1440, 768, 390])
                    foreach (var dark in (bool[])[false, true]) looks.Add(language, width, dark);
            return looks;
        }
    }

    [Theory, MemberData(nameof(Looks))]
    public async Task Pages_fit_and_ask_nothing_of_others(string language, int width, bool dark)
    {
        await using var window = await app.Open(width, dark);
        foreach (var path in Paths)
        {
            await window.Go($"/{language}{path}");
            var over = await window.Page.EvaluateAsync<int>(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth");
            Assert.True(over <= 0, $"{language}{path} at {width} runs {over} px out of the window");
            var nameless = await window.Page.EvaluateAsync<JsonElement>(Nameless);
            Assert.True(nameless.GetArrayLength() == 0, $"{language}{path}: {nameless}");
            await Keep(window, $"{language}{path}", width, dark);
        }
        Assert.Empty(window.Troubles);
    }

    private static async Task Keep(Window window, string path, int width, bool dark)
    {
        if (Environment.GetEnvironmentVariable("CELADON_SHOTS") != "1") return;
        var name = string.Concat(path.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));
        await window.Page.ScreenshotAsync(new()
        {
            FullPage = true,
            Path = Path.Combine(App.Repository, "artifacts", "shots",
                $"{name}.{width}{(dark ? ".dark" : "")}.png"),
        });
    }
}
