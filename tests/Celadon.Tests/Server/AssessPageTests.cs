using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Celadon.Lca.Model;
using Celadon.Packs.Lci;
using Celadon.Store.Import.Lci;
using static Celadon.Tests.Lenses.Products.AssessDatabases;

namespace Celadon.Tests.Server;

/// <summary>A workspace with a small database: a loop, a credit, an uncertain amount.</summary>
public sealed class ServedDatabase : IAsyncLifetime
{
    internal RunningServer Server { get; private set; } = null!;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        Server = await RunningServer.Start();
        Server.Sample.Workspace.AdoptDatabase(Database, new LciPackWords("small", "CC0-1.0", "Small works",
            "Nobody"));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private static LciDatabase Database
    {
        get
        {
            var glaze = Process("glaze", "out 1 p2", "in 2 p3", "out 2 e1", "in 1 p9");
            glaze = glaze with
            {
                Exchanges = [glaze.Exchanges[0], glaze.Exchanges[1], glaze.Exchanges[2] with
                {
                    Uncertainty = Uncertainty.Uniform(1, 3),
                }, glaze.Exchanges[3]],
            };
            var database = Of(Process("tile", "out 1 p1", "in 1 p2", "out 1 e1", "avoid 0.1 p4", "out 1 e2",
                "out 3 p5"), glaze, Process("power", "out 1 p3", "in 0.1 p2", "out 3 e1"),
                Process("heat", "out 1 p4", "out 5 e1"));
            return database with
            {
                Flows = [.. database.Flows.Select(f => f.Id switch
                {
                    "e1" => f with { Name = "Carbon dioxide, fossil", Category = "air/unspecified" },
                    "e2" => f with { Name = "Ethane, trifluoro-, HFC-143", Category = "air" },
                    _ => f,
                })],
                Categories = [Counting(("e1", 1))],
                Methods = [new LciMethod
                {
                    Id = "m", Name = "Small method", Categories = ["c"],
                    Damages = [new("health", "Human health", "DALY", [new("c", 2)])],
                    Weightings = [new("world", "World 2010", "Pt", [new("c", 2, 4)]),
                        new("people", "People", "", [new("health", 2, null)])],
                }],
            };
        }
    }
}

/// <summary>The page of assessments.</summary>
public sealed partial class AssessPageTests(ServedDatabase served) : IClassFixture<ServedDatabase>
{
    private const string Tile = "/products/assess?process=tile";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/products/assess")]
    [InlineData("/products/assess?words=process+gl")]
    [InlineData("/products/assess?words=nothing+like+this")]
    [InlineData(Tile)]
    [InlineData(Tile + "&samples=200")]
    [InlineData(Tile + "&set=world")]
    [InlineData(Tile + "&set=people")]
    [InlineData(Tile + "&method=pack:gwp-100-flows:AR5&category=fossil&amount=2&unit=t")]
    [InlineData(Tile + "&amount=-1")]
    [InlineData(Tile + "&twin=chain")]
    public async Task It_shows_in_both_languages_and_holds_nothing_inline(string path)
    {
        using var guest = await served.Server.Guest();
        foreach (var language in (string[])["en", "zh"])
        {
            using var answer = await guest.GetAsync($"/{language}{path}", Cancel);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var html = await answer.Content.ReadAsStringAsync(Cancel);
            Assert.DoesNotMatch(MissingText(), html);
            Assert.DoesNotMatch(Inline(), html);
        }
    }

    [Fact]
    public async Task A_process_is_found_by_words_and_leads_to_its_score()
    {
        var html = await Html("/products/assess?words=process+gl");
        Assert.Contains("process=glaze", html, StringComparison.Ordinal);
        Assert.DoesNotContain("process=tile", html, StringComparison.Ordinal);
        // By the flow that it makes, too.
        Assert.Contains("process=heat", await Html("/products/assess?words=p4"), StringComparison.Ordinal);
    }

    /// <summary>With the gases of a pack where the database brings nothing to weigh with.</summary>
    [Fact]
    public async Task Without_a_method_of_its_own_alternatives_are_weighed_with_the_first_there_is()
    {
        await using var server = await RunningServer.Start();
        server.Sample.Workspace.AdoptDatabase(Of(Process("a", "out 1 p1", "out 2 e1"),
            Process("b", "out 1 p1", "out 3 e1")) with { Categories = [] },
            new LciPackWords("bare", "CC0-1.0", "Bare", "Nobody"));
        using var guest = await server.Guest();
        var html = WebUtility.HtmlDecode(await guest.GetStringAsync("/en/products/compare?what=ware&amount=1"
            + "&unit=kg&name1=a&process1=process+a&name2=b&process2=b&database=bare&method=", Cancel));
        Assert.DoesNotContain("class=\"finding error\"", html, StringComparison.Ordinal);
        Assert.Matches("<option value=\"pack:gwp-100-flows:AR6\" selected", html);
        Assert.DoesNotContain("the database's own", html, StringComparison.Ordinal);
        Assert.Matches("href=\"/en/products/assess\\?db=bare&process=a&method=pack(:|%3A)gwp", html);
    }

    /// <summary>What the address asks and cannot be had is refused; nothing else is answered.</summary>
    [Theory]
    [InlineData(Tile + "&samples=20000", "The number of samples is out of range")]
    [InlineData(Tile + "&samples=1", "The number of samples is out of range")]
    [InlineData(Tile + "&samples=many", "at “Samples”")]
    [InlineData(Tile + "&unit=m3", "m3 is no unit of p1")]
    [InlineData(Tile + "&method=pack:gone:AR6", "The pack gone does not say")]
    [InlineData(Tile + "&method=words", "The pack words does not say")]
    [InlineData("/products/assess?process=gone", "No process has the id or name gone")]
    [InlineData("/products/assess?process=tile&db=gone", "gone")]
    public async Task What_cannot_be_asked_is_refused_and_not_left_out(string path, string says)
    {
        var html = WebUtility.HtmlDecode(await Html(path));
        Assert.Contains("class=\"finding error\"", html, StringComparison.Ordinal);
        Assert.Contains(says, html, StringComparison.Ordinal);
        Assert.DoesNotContain(">Scores<", html, StringComparison.Ordinal);
    }

    /// <summary>From the process to its score, and from a part of the score to its process.</summary>
    [Fact]
    public async Task A_process_and_its_score_lead_to_each_other()
    {
        var process = WebUtility.HtmlDecode(await Html("/ledger/databases/small/process?id=tile"));
        Assert.Contains("href=\"/en/products/assess?db=small&process=tile\"", process,
            StringComparison.Ordinal);
        Assert.Contains("href=\"/en/ledger/databases/small/process?id=glaze\"",
            WebUtility.HtmlDecode(await Html(Tile)), StringComparison.Ordinal);
    }

    /// <summary>By hand as in openLCA's SankeyTest, 11, less 0.1 of heat, 0.5.</summary>
    [Fact]
    public async Task The_score_its_tree_and_its_links_are_on_the_page_and_in_its_twins()
    {
        var html = await Html(Tile);
        Assert.Contains("10.5", html, StringComparison.Ordinal);
        Assert.Contains("number=%2Fcategories%2F0%2Fscore".Replace("%2F", "/", StringComparison.Ordinal),
            html, StringComparison.Ordinal);
        Assert.Contains("<details open", html, StringComparison.Ordinal);
        using var guest = await served.Server.Guest();
        var json = JsonDocument.Parse(await guest.GetStringAsync("/en/products/assess.json?process=tile",
            Cancel)).RootElement;
        Assert.Equal("10.5", json.GetProperty("answer").GetProperty("answer").GetProperty("categories")[0]
            .GetProperty("score").GetProperty("value").GetString());
        var edges = await guest.GetStringAsync("/en/products/assess.csv?process=tile&table=edges", Cancel);
        Assert.Contains("process glaze,process tile,link,8,", edges, StringComparison.Ordinal);
        Assert.Contains(",loop,", edges, StringComparison.Ordinal);
        var tree = await guest.GetStringAsync("/en/products/assess.csv?process=tile&table=tree", Cancel);
        Assert.Contains("true", tree, StringComparison.Ordinal);
        var parts = await guest.GetStringAsync("/en/products/assess.csv?process=tile&table=processes",
            Cancel);
        Assert.Contains("processes,processesName,score,scoreUnit,share", parts, StringComparison.Ordinal);
        Assert.Contains("tile,process tile,1,kg CO2e,", parts, StringComparison.Ordinal);
        Assert.Contains("score,Score,10.5,kg CO2e,", parts, StringComparison.Ordinal);
        var svg = await guest.GetStringAsync("/en/products/assess.svg?process=tile&table=chain", Cancel);
        Assert.StartsWith("<svg", svg, StringComparison.Ordinal);
    }

    /// <summary>Of 10.5: over 2, times 4 points; and 2 DALY each.</summary>
    [Fact]
    public async Task Damages_and_weighted_scores_stand_with_set_unit_year_and_what_they_are_not_for()
    {
        var html = await Html(Tile + "&set=world");
        foreach (var text in (string[])["World 2010", "year 2010", "4.4.5", "Weighted, Pt", "5.25", "DALY",
            "number=/weighting/total"])
            Assert.Contains(text, html, StringComparison.Ordinal);
        using var guest = await served.Server.Guest();
        var csv = await guest.GetStringAsync(
            "/en/products/assess.csv?process=tile&set=world&table=weighting", Cancel);
        Assert.Matches("c,[^,]+,10[.]5,kg CO2e,5[.]25,21", csv);
        Assert.DoesNotContain("4.4.5", await Html(Tile + "&set=people"), StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"weighted\"", await Html(Tile), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_counted_stands_on_the_page()
    {
        var html = await Html(Tile + "&method=pack:gwp-100-flows:AR6");
        Assert.Contains("HFC-143", html, StringComparison.Ordinal);
        Assert.Contains("id=\"suspects\"", html, StringComparison.Ordinal);
        Assert.Contains("id=\"cutOff\"", html, StringComparison.Ordinal);
        Assert.Contains("id=\"coProducts\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_number_leads_to_an_explanation_that_is_there()
    {
        var html = await Html(Tile + "&samples=100");
        using var guest = await served.Server.Guest();
        var links = Why().Matches(html).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value)).Distinct()
            .ToList();
        Assert.True(links.Count > 20);
        foreach (var link in links.Where((_, i) => i % 5 == 0))
        {
            using var answer = await guest.GetAsync(link, Cancel);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    private async Task<string> Html(string path)
    {
        using var guest = await served.Server.Guest();
        return await guest.GetStringAsync("/en" + path, Cancel);
    }

    [GeneratedRegex("href=\"(/en/why\\?[^\"]+)\"")]
    private static partial Regex Why();

    [GeneratedRegex(">web\\.[a-zA-Z.]+<")]
    private static partial Regex MissingText();

    [GeneratedRegex(" style=| on[a-z]+=|<script>|<style>")]
    private static partial Regex Inline();
}
