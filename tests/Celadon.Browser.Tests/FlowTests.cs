using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Celadon.Browser.Tests;

/// <summary>The weekly work and the year end, as a person does them.</summary>
public sealed class FlowTests(App app) : IClassFixture<App>
{
    [Fact]
    public async Task Keys_lead_to_sections_and_list_themselves()
    {
        await using var window = await app.Open();
        await window.Go("/en/today");
        await window.Page.Keyboard.PressAsync("?");
        await Expect(window.Page.Locator("#keys")).ToBeVisibleAsync();
        await window.Page.Keyboard.PressAsync("Escape");
        await Expect(window.Page.Locator("#keys")).ToBeHiddenAsync();
        await window.Page.Keyboard.PressAsync("/");
        await Expect(window.Page.Locator(".search input")).ToBeFocusedAsync();
        await window.Page.Keyboard.TypeAsync("gas?");
        await Expect(window.Page.Locator("#keys")).ToBeHiddenAsync();
        await window.Page.Locator("h1").ClickAsync();
        await window.Page.Keyboard.PressAsync("g");
        await window.Page.Keyboard.PressAsync("c");
        await Expect(window.Page).ToHaveURLAsync(new Regex("/en/carbon/"));
        Assert.Empty(window.Troubles);
    }

    [Fact]
    public async Task A_question_on_today_is_answered_and_taken_back()
    {
        await using var window = await app.Open();
        await window.Go("/en/today");
        await window.Page.Locator(".todo li", new() { HasText = "who pays" }).First.Locator("p a.nb")
            .ClickAsync();
        await window.Page.Locator(".answers input").First.CheckAsync();
        await window.Page.Locator("main .btn.main").First.ClickAsync();
        var undo = window.Page.Locator(".toast .btn");
        await Expect(undo).ToBeVisibleAsync();
        await undo.ClickAsync();
        await Expect(window.Page.Locator("h1")).ToBeVisibleAsync();
        await Expect(undo).ToHaveCountAsync(0);
        Assert.Empty(window.Troubles);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("zh")]
    public async Task A_month_is_closed_and_opened_again_by_the_notice(string language)
    {
        await using var window = await app.Open();
        await window.Go($"/{language}/ledger/closing/stoke/2025-10");
        await window.Page.Locator("aside .btn.main").ClickAsync();
        await Expect(window.Page.Locator(".chip.pass")).ToBeVisibleAsync();
        await window.Page.Locator(".toast .btn").ClickAsync();
        await window.Go($"/{language}/ledger/closing/stoke/2025-10");
        await Expect(window.Page.Locator("aside .btn.main")).ToBeVisibleAsync();
        Assert.Empty(window.Troubles);
    }

    [Fact]
    public async Task A_meter_is_read_on_a_phone_with_a_photo()
    {
        await using var window = await app.Open(390);
        await window.Go("/en/ledger/reading?meter=longquan-offices");
        await window.Page.Locator("input[name=value]").FillAsync("6300.5");
        await window.Page.Locator("input[name=at]").FillAsync("2026-10-02T09:30");
        await window.Page.SetInputFilesAsync("input[name=photo]", new FilePayload
        {
            Name = "meter.jpg", MimeType = "image/jpeg", Buffer = [0xff, 0xd8, 0xff, 0xe0, 0, 0, 1, 2],
        });
        await window.Page.Locator("main .btn.main").ClickAsync();
        await Expect(window.Page.Locator(".toast")).ToBeVisibleAsync();
        await Expect(window.Page.Locator("dl.facts").First).ToContainTextAsync("6,300.5");
        await window.Page.Locator(".toast .btn").ClickAsync();
        await window.Go("/en/ledger/reading?meter=longquan-offices");
        await Expect(window.Page.Locator("dl.facts").First).ToContainTextAsync("6,241.7");
        Assert.Empty(window.Troubles);
    }
}
