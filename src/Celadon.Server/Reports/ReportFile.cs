using System.Text.Encodings.Web;
using System.Text.Unicode;
using Celadon.Server.Pages;
using Celadon.Server.Web;
using Celadon.Store;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Celadon.Server.Reports;

/// <summary>What a report is made for.</summary>
/// <param name="Report">"site", "inventory", "secr", "sustainability".</param>
/// <param name="Language">"en" or "zh".</param>
/// <param name="Period">Months, or null for the usual ones.</param>
/// <param name="Site">Id of a site, or null for all.</param>
/// <param name="Gwp">GWP set, or null for the usual one.</param>
/// <param name="At">A position, or null for now.</param>
public sealed record ReportOrder(
    string Report, string Language, string? Period = null, string? Site = null, string? Gwp = null,
    long? At = null);

/// <summary>
/// A report as a file of its own. The same books at the same position give the same bytes: no clock, no
/// chance; what it shows links to the appendix that explains it.
/// </summary>
/// <param name="Order">What it was made for.</param>
/// <param name="Page">The report.</param>
/// <param name="Html">The file.</param>
/// <param name="Cited">Every number that it shows: answer and pointer.</param>
public sealed record ReportFile(
    ReportOrder Order, ReportPage Page, string Html, IReadOnlyList<(Asked Asked, string Pointer)> Cited)
{
    private static readonly string[] Sheets = ["tokens", "base", "parts", "rooms", "report"];

    /// <summary>What it is called in records: "site en 2025-10/2026-09 stoke".</summary>
    public string Name => string.Join(' ', new[]
    {
        Page.Name, Page.At.Text.Language, Page.At.Period?.ToString() ?? "", Page.At.Site ?? "",
    }.Where(p => p.Length > 0));

    /// <summary>Its file name without extension: "celadon-site-2025-10-2026-09-en".</summary>
    public string FileName => "celadon-" + string.Join('-', new[]
    {
        Page.Name, Page.At.Site ?? "", Page.At.Period?.ToString().Replace('/', '-') ?? "",
        Page.At.Text.Language,
    }.Where(p => p.Length > 0));

    /// <summary>Writes a report; null when there is no such report.</summary>
    public static async Task<ReportFile?> Write(Books books, ReportOrder order, CancellationToken cancel)
    {
        var at = Context(books, order, cancel);
        var cited = new List<(Asked Asked, string Pointer)>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        ReportPage? page = null;
        at.Explains = (asked, pointer) =>
        {
            var place = page!.Answers.NameOf(asked) + pointer;
            if (seen.Add(place)) cited.Add((asked, pointer));
            return "#" + place;
        };
        page = ReportPage.Make(at, order.Report);
        if (page is null) return null;
        // Whatever shows a number is made before the appendix is written.
        _ = (page.Blocks, page.Lede);
        // A table that was made and is not shown has no place in the appendix.
        var shown = PrintedNumbers.Read(await Render(page, [])).Select(n => n.Answer + n.Pointer).ToHashSet();
        cited.RemoveAll(c => !shown.Contains(page.Answers.NameOf(c.Asked) + c.Pointer));
        return new ReportFile(order, page, await Render(page, cited), cited);
    }

    private static async Task<string> Render(ReportPage page, List<(Asked Asked, string Pointer)> cited)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        await using var provider = services.BuildServiceProvider();
        await using var renderer = new HtmlRenderer(provider,
            provider.GetRequiredService<Microsoft.Extensions.Logging.ILoggerFactory>());
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var output = await renderer.RenderComponentAsync<ReportFileDocument>(ParameterView.FromDictionary(
                new Dictionary<string, object?>
                {
                    ["Page"] = page, ["Cited"] = cited, ["Styles"] = string.Concat(Sheets.Select(Style)),
                }));
            return output.ToHtmlString().ReplaceLineEndings("\n");
        });
    }

    /// <summary>The context of a page that nobody asked for over the wire.</summary>
    private static PageContext Context(Books books, ReportOrder order, CancellationToken cancel)
    {
        var http = new DefaultHttpContext { RequestAborted = cancel };
        http.Request.RouteValues["lang"] = order.Language;
        var query = new (string Name, string? Value)[]
        {
            ("period", order.Period), ("site", order.Site), ("gwp", order.Gwp),
            ("at", order.At?.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        };
        http.Request.QueryString = QueryString.Create(query.Where(q => q.Value is not null)
            .Select(q => KeyValuePair.Create(q.Name, q.Value)));
        return new PageContext(http, books, new ServeOptions(), $"/carbon/reports/{order.Report}");
    }

    private static string Style(string name)
    {
        using var stream = typeof(ReportFile).Assembly.GetManifestResourceStream($"Celadon.Server.css.{name}")
            ?? throw new InvalidOperationException($"The style sheet {name} is not in the program.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
