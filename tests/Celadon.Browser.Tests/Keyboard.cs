using Microsoft.Playwright;

namespace Celadon.Browser.Tests;

/// <summary>A person at a keyboard, without a mouse.</summary>
internal sealed class Keyboard
{
    private const int Patience = 200;
    private readonly IPage page;
    private TaskCompletionSource<IFileChooser> chooser = new();

    /// <summary>
    /// Listens for file choosers from the start: a chooser that opens before anybody listens stays open
    /// unseen, and its field then ignores every further key.
    /// </summary>
    public Keyboard(IPage page)
    {
        this.page = page;
        page.FileChooser += (_, opened) => chooser.TrySetResult(opened);
    }

    /// <summary>Tabs on until the thing has the focus, and sees that the focus can be seen.</summary>
    public async Task To(ILocator thing, string what)
    {
        var handle = await thing.First.ElementHandleAsync();
        for (var i = 0; i < Patience; i++)
        {
            if (await page.EvaluateAsync<bool>("e => e === document.activeElement", handle))
            {
                Assert.True(await page.EvaluateAsync<bool>(Seen, handle), $"{what}: the focus is not seen");
                return;
            }
            await page.Keyboard.PressAsync("Tab");
        }
        Assert.Fail($"{what} is not reached with Tab on {page.Url}");
    }

    /// <summary>Tabs to a thing and presses Enter.</summary>
    public async Task Enter(ILocator thing, string what)
    {
        await To(thing, what);
        await page.Keyboard.PressAsync("Enter");
    }

    /// <summary>Tabs to a button or link, presses Enter and waits for the page it leads to.</summary>
    public async Task Follow(ILocator thing, string what)
    {
        await page.EvaluateAsync("window.left = true");
        await Enter(thing, what);
        await page.WaitForFunctionAsync("() => !window.left && document.readyState === 'complete'");
    }

    /// <summary>Tabs to a field and types into it.</summary>
    public async Task Type(ILocator field, string text, string what)
    {
        await To(field, what);
        await page.Keyboard.TypeAsync(text);
    }

    /// <summary>Tabs to a file field, opens its chooser and picks files.</summary>
    public async Task Choose(ILocator field, IEnumerable<string> files, string what)
    {
        // A browser that is busy drawing may drop the key; a person presses it again.
        for (var tries = 3; ; tries--)
            try
            {
                await To(field, what);
                chooser = new();
                await page.Keyboard.PressAsync("Enter");
                var opened = await chooser.Task.WaitAsync(TimeSpan.FromSeconds(20));
                await opened.SetFilesAsync(files);
                return;
            }
            catch (TimeoutException) when (tries > 1)
            {
                await page.Keyboard.PressAsync("Shift+Tab");
            }
    }

    /// <summary>
    /// An outline or shadow on the thing itself, or on what stands around it and shows its focus.
    /// </summary>
    private const string Seen = """
        e => { for (let at = e, up = 0; at && up < 3; at = at.parentElement, up++) {
          const s = getComputedStyle(at);
          if (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0 || s.boxShadow !== "none")
            return true;
        } return false; }
        """;
}
