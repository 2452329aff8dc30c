using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Celadon.Lenses;
using Celadon.Server;
using Celadon.Server.Reports;
using Celadon.Store;
using Celadon.Tests.Example;

namespace Celadon.Tests.Reports;

/// <summary>Reports of the example works, written as files in both languages.</summary>
[Collection("example")]
public sealed partial class ReportFileTests(ExampleWorks works) : IDisposable
{
    private readonly Books _books = Books.Of(works.Workspace);

    public static TheoryData<string, string> Files => new(ReportPage.Kinds
        .SelectMany(k => ((string[])["en", "zh"]).Select(l => (k.Name, l))));

    public void Dispose() => _books.Dispose();

    [Theory, MemberData(nameof(Files))]
    public async Task Every_number_that_is_printed_is_the_one_that_ask_gives(string report, string language)
    {
        var file = await Write(report, language);
        var printed = PrintedNumbers.Read(file.Html).ToList();
        Assert.True(printed.Count >= 15, $"{printed.Count} numbers");
        Assert.Equal(file.Cited.Count, printed.Select(p => (p.Answer, p.Pointer)).Distinct().Count());
        var answers = file.Page.Answers.All.ToDictionary(file.Page.Answers.NameOf,
            a => Json(works.Workspace.Ask(a.Question, a.SpecJson, a.Position).Answer.Report));
        Assert.All(printed, p => Assert.True(PrintedNumbers.Holds(p, answers[p.Answer]), $"{p}"));
    }

    [Theory, MemberData(nameof(Files))]
    public async Task A_file_needs_nothing_else_and_says_every_text(string report, string language)
    {
        var html = (await Write(report, language)).Html;
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("http://", html, StringComparison.Ordinal);
        Assert.DoesNotMatch(MissingText(), html[html.IndexOf("</style>", StringComparison.Ordinal)..]);
        Assert.Single(Heading().Matches(html));
        var links = Href().Matches(html).Select(m => m.Groups[1].Value).Distinct().ToList();
        Assert.All(links, link => Assert.True(link.StartsWith("#i-", StringComparison.Ordinal)
            || html.Contains($"id=\"{link[1..]}\"", StringComparison.Ordinal), link));
    }

    [Fact]
    public async Task The_same_books_give_the_same_bytes()
    {
        var once = await Write("inventory", "zh");
        using var other = Books.Of(works.Workspace);
        Assert.Equal(once.Html, (await ReportFile.Write(other, Order("inventory", "zh"), Cancel))!.Html);
        Assert.Equal(("inventory zh 2025-10/2026-09", "celadon-inventory-2025-10-2026-09-zh"),
            (once.Name, once.FileName));
    }

    [Fact]
    public async Task A_number_that_was_changed_by_hand_is_found()
    {
        var file = await Write("site", "en");
        var answers = file.Page.Answers.All.ToDictionary(file.Page.Answers.NameOf, a =>
            Json(a.Answer.Report));
        var changed = PrintedNumbers.Read(file.Html.Replace(">727.50</a>", ">627.50</a>",
            StringComparison.Ordinal)).Where(p => !PrintedNumbers.Holds(p, answers[p.Answer])).ToList();
        Assert.NotEmpty(changed);
        Assert.All(changed, p => Assert.Equal("627.50", p.Shown));
    }

    [Fact]
    public async Task What_the_books_do_not_hold_is_blank_and_not_zero()
    {
        var file = await Write("secr", "en");
        Assert.Contains("The books do not reach back to the year before.", file.Html,
            StringComparison.Ordinal);
        Assert.Contains("<span class=\"unk\">blank</span>", file.Html, StringComparison.Ordinal);
        // 498,042.1 kWh at Stoke, the only site in the United Kingdom.
        Assert.Contains(">498,042</a>", file.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_one_page_report_is_one_page_of_paper()
    {
        Assert.SkipWhen(Paper.Browser is null, "skipped: no Chromium is installed that sets paper");
        foreach (var language in (string[])["en", "zh"])
        {
            var pdf = await Paper.Print((await Write("site", language)).Html, Cancel);
            Assert.Equal("%PDF-", System.Text.Encoding.Latin1.GetString(pdf, 0, 5));
            Assert.Single(PaperPage().Matches(System.Text.Encoding.Latin1.GetString(pdf)));
        }
    }

    private static JsonNode? Json(object report) =>
        JsonSerializer.SerializeToNode(report, report.GetType(), Question.Json);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static ReportOrder Order(string report, string language) =>
        new(report, language, "2025-10/2026-09");

    private async Task<ReportFile> Write(string report, string language) =>
        (await ReportFile.Write(_books, Order(report, language), Cancel))!;

    [GeneratedRegex(
        @">[^<]*\b(report|web|finding|term|formula|question)\.[a-z][A-Za-z]+(\.[A-Za-z0-9-]+)*[^<]*<")]
    private static partial Regex MissingText();

    [GeneratedRegex("<h1")]
    private static partial Regex Heading();

    [GeneratedRegex("href=\"([^\"]*)\"")]
    private static partial Regex Href();

    [GeneratedRegex(@"/Type\s*/Page\b")]
    private static partial Regex PaperPage();
}
