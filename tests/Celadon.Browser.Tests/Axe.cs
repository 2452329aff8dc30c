using System.Text.Json;

namespace Celadon.Browser.Tests;

/// <summary>
/// The accessibility checker. It is handed to the page by the browser's own tools, not by the page, so the
/// policy of the pages needs no exception.
/// </summary>
internal static class Axe
{
    /// <summary>Looks for colours that are hard to read.</summary>
    public static readonly string[] Colours = ["color-contrast", "link-in-text-block"];

    private static readonly string Source = File.ReadAllText(
        Path.Combine(App.Repository, "tests", "Celadon.Browser.Tests", "vendor", "axe-core", "axe.min.js"));

    private const string Run = """
        async rules => {
          const only = rules.length ? { type: "rule", values: rules } : { type: "tag", values: ["wcag2a",
            "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] };
          const found = await axe.run(document,
            { runOnly: only, resultTypes: ["violations"], preload: false });
          return found.violations.filter(v => v.impact === "serious" || v.impact === "critical").map(v =>
            `${v.impact} ${v.id}: ${v.help}: ` + v.nodes.slice(0, 3).map(n =>
              n.target.join(" ") + " " + n.html.slice(0, 140)
              + " " + (n.any[0]?.message ?? n.all[0]?.message ?? n.none[0]?.message ?? "")).join(" | "));
        }
        """;

    /// <summary>What is serious or critical on the page shown; all rules when none are named.</summary>
    public static async Task<IReadOnlyList<string>> Check(Window window, params string[] rules)
    {
        if (!await window.Page.EvaluateAsync<bool>("typeof axe === 'object'"))
            await window.Page.EvaluateAsync(Source);
        var found = await window.Page.EvaluateAsync<JsonElement>(Run, rules);
        return [.. found.EnumerateArray().Select(v => $"{window.Page.Url} {v.GetString()}")];
    }
}
