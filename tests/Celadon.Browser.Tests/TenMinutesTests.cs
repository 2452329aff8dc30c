using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Celadon.Browser.Tests;

/// <summary>
/// The first ten minutes of a person who has never seen Celadon, by keyboard alone and without a network:
/// from an empty workspace to a number that explains itself, and back.
/// </summary>
public sealed class TenMinutesTests(App app)
{
    private const int MostQuestions = 3;

    private static readonly string Steel =
        Path.GetFullPath(Path.Combine(App.Repository, "..", "shared", "data", "steel-energy.csv"));

    [Theory]
    [InlineData("en")]
    [InlineData("zh")]
    public async Task From_nothing_to_an_explained_number_with_a_meter_file_and_a_bill(string language) =>
        await Walk(language, "GB|Europe/London",
        [
            Path.Combine(App.Inputs, "stoke", "electricity", "stoke-m1-2025-q4.csv"),
            Path.Combine(App.Inputs, "stoke", "bills", "gas-2025-10.xlsx"),
        ]);

    [Theory]
    [InlineData("en")]
    [InlineData("zh")]
    public async Task From_nothing_to_an_explained_number_with_the_year_of_a_steel_works(string language)
    {
        Assert.SkipUnless(File.Exists(Steel), "The steel file (UCI 851) is not beside the repository.");
        await Walk(language, "KR|Asia/Seoul", [Steel]);
    }

    private async Task Walk(string language, string place, string[] files)
    {
        await using var served = await Served.Start();
        await using var window = await app.Open(app.Browser is null ? null : served);
        await window.Go($"/{language}/today");
        var (page, keys) = (window.Page, new Keyboard(window.Page));

        await keys.Type(page.Locator("input[name=organisation]"), "Potters", "organisation");
        await keys.Type(page.Locator("input[name=name]"), "Works", "name of the site");
        await keys.To(page.Locator("select[name=place]"), "place of the site");
        await ChoosePlace(page, place);
        await keys.Follow(page.Locator("main form button.main"), "make the site");

        await keys.Choose(page.Locator("input[type=file]"), files, "files");
        await keys.Follow(page.Locator("main form button.main"), "look at the files");
        await Answer(page, keys);
        await Expect(page.Locator("#effect")).ToBeVisibleAsync();
        await keys.Follow(page.Locator(".commit .btn.main"), "record");
        var batch = page.Url;
        await Expect(page.Locator(".toast")).ToBeVisibleAsync();

        await keys.Follow(page.Locator($"nav.sections a[href^='/{language}/today']"), "Today");
        var number = page.Locator("main a.n").First;
        var exact = (await number.GetAttributeAsync("title"))!.Split(' ')[0];
        await keys.Enter(number, "the first number");
        var drawer = page.Locator("#why");
        await Expect(drawer).ToBeVisibleAsync();
        await Expect(drawer.Locator(".fig").First).ToContainTextAsync(exact);
        await page.Keyboard.PressAsync("Escape");
        await Expect(number).ToBeFocusedAsync();

        await window.Go(batch[window.Root.Length..]);
        await keys.Type(page.Locator("form[action$='/reverse'] input[name=reason]"), "wrong file", "reason");
        await keys.Follow(page.Locator("form[action$='/reverse'] .btn.risk"), "take back");
        await keys.Follow(page.Locator($"nav.sections a[href^='/{language}/today']"), "Today");
        await Expect(page.Locator("main a.n")).ToHaveCountAsync(0);
        Assert.True(window.Troubles.Count == 0, string.Join('\n', window.Troubles));
    }

    /// <summary>Arrow keys move a list without its being opened.</summary>
    private static async Task ChoosePlace(IPage page, string place)
    {
        var list = page.Locator("select[name=place]");
        await page.Keyboard.PressAsync("Home");
        for (var i = 0; i < 400 && await list.InputValueAsync() != place; i++)
            await page.Keyboard.PressAsync("ArrowDown");
        Assert.Equal(place, await list.InputValueAsync());
    }

    /// <summary>Takes what is proposed, at most three questions in all.</summary>
    private static async Task Answer(IPage page, Keyboard keys)
    {
        var questions = page.Locator(".questions fieldset");
        var asked = await questions.CountAsync();
        Assert.True(asked <= MostQuestions, $"{asked} questions");
        for (var i = 0; i < asked; i++)
        {
            var choices = questions.Nth(i).Locator("input[type=radio]");
            if (await choices.CountAsync() == 0
                || await questions.Nth(i).Locator("input[type=radio][checked]").CountAsync() > 0) continue;
            await keys.To(choices, $"question {i + 1}");
            await page.Keyboard.PressAsync("Space");
        }
        if (asked > 0) await keys.Follow(page.Locator("form[action$='/answer'] button"), "answer");
    }
}
