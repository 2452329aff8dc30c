using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Celadon.Browser.Tests;

/// <summary>What a person does, in a real browser, to an example works of their own.</summary>
public sealed class WalkTests(App app) : IClassFixture<App>
{
    [Theory]
    [InlineData("en")]
    [InlineData("zh")]
    public async Task A_number_opens_its_reason_beside_the_page_and_closes_it_again_by_keyboard(
        string language)
    {
        await using var window = await app.Open();
        await window.Go($"/{language}/carbon/inventory");
        var number = window.Page.Locator(".figures a.n").First;
        var exact = (await number.GetAttributeAsync("title"))!.Split(' ')[0];
        await number.FocusAsync();
        await window.Page.Keyboard.PressAsync("Enter");
        var drawer = window.Page.Locator("#why");
        await Expect(drawer).ToBeVisibleAsync();
        await Expect(drawer.Locator(".fig")).ToContainTextAsync(exact);
        await Expect(number).ToHaveAttributeAsync("aria-expanded", "true");
        await drawer.Locator(".step a.n").First.ClickAsync();
        await Expect(drawer.Locator("code").First).ToContainTextAsync("/@/0");
        await window.Page.Keyboard.PressAsync("Escape");
        await Expect(drawer).ToBeHiddenAsync();
        await Expect(number).ToBeFocusedAsync();
        Assert.Empty(window.Troubles);
    }

    [Fact]
    public async Task A_chart_turns_into_its_table_and_back()
    {
        await using var window = await app.Open();
        await window.Go("/en/carbon/inventory");
        var chart = window.Page.Locator("#sources-chart");
        var tool = chart.Locator("[data-twin]");
        await tool.ClickAsync();
        await Expect(chart.Locator(".plot")).ToBeHiddenAsync();
        await Expect(chart.Locator("table")).ToBeVisibleAsync();
        await tool.PressAsync(" ");
        await Expect(chart.Locator(".plot")).ToBeVisibleAsync();
        Assert.Empty(window.Troubles);
    }

    [Fact]
    public async Task Files_are_looked_at_recorded_and_taken_back()
    {
        await using var window = await app.Open();
        await window.Go("/en/ledger/import");
        await window.Page.SetInputFilesAsync("input[type=file]", new FilePayload
        {
            Name = "water.csv", MimeType = "text/csv", Buffer = ("From,To,Resource,Amount,Unit,Start,End\n"
                + "grid:water,site:stoke,water-supply,12.5,m3,2026-10-01,2026-11-01\n").Select(c => (byte)c)
                    .ToArray(),
        });
        await Expect(window.Page.Locator("[data-files]")).ToHaveTextAsync("water.csv");
        await window.Page.Locator(".btn.main").ClickAsync();
        await Expect(window.Page.Locator("#effect")).ToContainTextAsync("12.5");
        await window.Page.Locator(".commit .btn.main").ClickAsync();
        await Expect(window.Page.Locator(".toast")).ToBeVisibleAsync();
        await window.Page.Locator(".toast .btn").ClickAsync();
        await Expect(window.Page.Locator(".toast")).ToBeVisibleAsync();
        await Expect(window.Page.Locator(".toast .btn")).ToHaveCountAsync(0);
        Assert.Empty(window.Troubles);
    }

    [Fact]
    public async Task Without_script_the_number_is_a_page_and_the_table_a_link()
    {
        Assert.SkipWhen(app.Browser is null, "No Chromium is installed; CELADON_CHROMIUM names one.");
        await using var context = await app.Browser!.NewContextAsync(new() { JavaScriptEnabled = false });
        var page = await context.NewPageAsync();
        await page.GotoAsync(app.OpenUrl);
        await page.GotoAsync(app.Root + "/en/carbon/inventory");
        await page.Locator("#sources-chart [data-twin]").ClickAsync();
        await Expect(page.Locator("#sources-chart table")).ToBeVisibleAsync();
        await page.Locator(".figures a.n").First.ClickAsync();
        await Expect(page.Locator(".why .fig")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_chosen_theme_stays()
    {
        await using var window = await app.Open();
        await window.Go("/en/today");
        await window.Page.Locator(".theme button[value=dark]").ClickAsync();
        await Expect(window.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await window.Go("/zh/ledger/records");
        await Expect(window.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        Assert.Empty(window.Troubles);
    }
}
