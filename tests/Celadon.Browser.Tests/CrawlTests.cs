using System.Net;
using Celadon.Tests.Server.Safety;
using Microsoft.Playwright;

namespace Celadon.Browser.Tests;

/// <summary>
/// Every kind of page of the example works, in both languages: the accessibility checker finds nothing
/// serious in light, in dark and on a phone; nothing is asked of another host; nothing is refused by the
/// policy; nothing runs out of the window; every link leads somewhere and every number to its reason.
/// </summary>
public sealed class CrawlTests(App app)
{
    private const int NumbersOfAPage = 12;
    private const int LinksOfAKind = 3;

    /// <summary>Facts of products as a form: empty, with rows added, and with what is wrong marked.</summary>
    private static readonly (string Name, string Spec)[] Forms =
    [
        ("circular", "spec={}&edit=1"), ("lives", "spec={}&edit=1"), ("ecodesign", "spec={}&edit=1"),
        ("declaration", "spec={}&edit=1"), ("breakEven", "spec={\"unit\":\"MJ\",\"reusable\":\"0,5\"}"),
        ("circular", "spec={\"product\":\"x\",\"unit\":\"kg\",\"materials\":[{\"name\":\"a\"}]}"),
    ];

    [Theory]
    [InlineData("en")]
    [InlineData("zh")]
    public async Task Every_page_is_accessible_and_keeps_to_itself(string language)
    {
        await using var window = await app.Open();
        var (paths, _) = await Pages.Of(app.Works, language);
        var wrong = new List<string>();
        foreach (var path in paths)
        {
            await window.Go(path);
            await Look(window, path, wrong);
        }
        await window.Go($"/{language}/no/such/page");
        window.Troubles.RemoveAll(t => t.Contains("404", StringComparison.Ordinal));
        await Look(window, "no page", wrong);
        wrong.AddRange(window.Troubles);
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Distinct()));
    }

    [Theory]
    [InlineData("en")]
    [InlineData("zh")]
    public async Task What_opens_beside_a_page_and_before_there_is_anything_is_accessible_too(string language)
    {
        Assert.SkipWhen(app.Browser is null, "No Chromium is installed; CELADON_CHROMIUM names one.");
        var wrong = new List<string>();
        await using (var empty = await Served.Start())
        await using (var window = await app.Open(empty))
        {
            foreach (var path in (await Pages.Of(empty, language)).Paths)
            {
                await window.Go(path);
                await Look(window, "empty " + path, wrong);
            }
            wrong.AddRange(window.Troubles);
        }
        await using (var window = await app.Open())
        {
            await window.Go($"/{language}/carbon/inventory");
            await window.Page.Locator("a.n").First.ClickAsync();
            await window.Page.Locator("#why h2").WaitForAsync();
            await Look(window, "drawer", wrong);
            await window.Go($"/{language}/today");
            foreach (var menu in await window.Page.Locator("details.menu > summary").AllAsync())
            {
                await menu.ClickAsync();
                // What lies under an open menu is not meant to be hit.
                wrong.AddRange((await Axe.Check(window)).Where(w =>
                    !w.Contains("partially obscured", StringComparison.Ordinal)));
            }
            await window.Go($"/{language}/ledger/import");
            await window.Page.SetInputFilesAsync("input[type=file]",
                [Example("stoke/electricity/stoke-press.csv"), Example("stoke/bills/gas-2026-09.xlsx")]);
            await window.Page.Locator(".btn.main").First.ClickAsync();
            await window.Page.Locator(".commit").WaitForAsync();
            await Look(window, "plan", wrong);
            foreach (var (name, spec) in Forms)
            {
                await window.Go($"/{language}/products/{name}?{spec}");
                await Look(window, $"{name} as a form", wrong);
            }
            wrong.AddRange(window.Troubles);
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Distinct()));
    }

    [Fact]
    public async Task A_page_that_is_refused_without_the_key_is_accessible()
    {
        Assert.SkipWhen(app.Browser is null, "No Chromium is installed; CELADON_CHROMIUM names one.");
        await using var window = await Window.In(await app.Browser!.NewContextAsync(), app.Root);
        await window.Go("/en/today");
        window.Troubles.RemoveAll(t => t.Contains("401", StringComparison.Ordinal));
        var wrong = new List<string>();
        await Look(window, "401", wrong);
        wrong.AddRange(window.Troubles);
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Distinct()));
    }

    [Theory]
    [InlineData("en")]
    [InlineData("zh")]
    public async Task Every_link_answers_and_every_number_has_its_reason(string language)
    {
        Assert.SkipWhen(app.Browser is null, "No Chromium is installed; CELADON_CHROMIUM names one.");
        var (paths, broken) = await Pages.Of(app.Works, language, LinksOfAKind);
        var wrong = broken.ToList();
        using var guest = await app.Works.Guest();
        var asked = new HashSet<string>();
        foreach (var path in paths.Where(p => Crawl.KindOf(p) is var kind
            && !kind.Contains("/why", StringComparison.Ordinal)).DistinctBy(Crawl.KindOf))
        {
            var html = await guest.GetStringAsync(path, TestContext.Current.CancellationToken);
            var numbers = Markup.Tags(html).Where(t => t.Name == "a"
                    && t["class"]?.Split(' ').Contains("n") == true)
                .Select(t => WebUtility.HtmlDecode(t["href"] ?? "")).Distinct().ToList();
            var step = Math.Max(1, numbers.Count / NumbersOfAPage);
            foreach (var number in numbers.Where((_, i) => i % step == 0).Where(asked.Add))
            {
                using var why = await guest.GetAsync(number, TestContext.Current.CancellationToken);
                if (why.StatusCode != HttpStatusCode.OK) wrong.Add($"{path}: {(int)why.StatusCode} {number}");
                else if (!IsReason(await why.Content
                    .ReadAsStringAsync(TestContext.Current.CancellationToken)))
                    wrong.Add($"{path}: {number}");
            }
        }
        Assert.True(asked.Count > 60, $"{asked.Count} numbers");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Distinct()));
    }

    /// <summary>
    /// The command that says the same; or, for a number that a page puts together, the parts it is made of.
    /// </summary>
    private static bool IsReason(string html) => html.Contains("celadon explain", StringComparison.Ordinal)
        || (html.Contains("class=\"formula\"", StringComparison.Ordinal)
            && Markup.Tags(html).Any(t => t.Name == "a" && (t["class"]?.Split(' ').Contains("n") == true
                || t["href"]?.Contains("/ledger/records/", StringComparison.Ordinal) == true)));

    private static string Example(string path) => Path.Combine(App.Inputs, path);

    /// <summary>Wide and light by every rule, dark by the rules on colours, a phone by every rule.</summary>
    private static async Task Look(Window window, string name, List<string> wrong)
    {
        wrong.AddRange(await Axe.Check(window));
        await window.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        wrong.AddRange((await Axe.Check(window, Axe.Colours)).Select(w => "dark " + w));
        await window.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await window.Page.SetViewportSizeAsync(390, 844);
        wrong.AddRange((await Axe.Check(window)).Select(w => "390 " + w));
        if (await window.Over() is > 0 and var over)
            wrong.Add($"{name} at 390 runs {over} px out of the window");
        await window.Page.SetViewportSizeAsync(1440, 900);
    }
}
