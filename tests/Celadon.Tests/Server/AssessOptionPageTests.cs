using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Celadon.Tests.Server;

/// <summary>What can be chosen on the page of assessments: samples, limits, orders of rows.</summary>
public sealed partial class AssessOptionPageTests(ServedDatabase served) : IClassFixture<ServedDatabase>
{
    private const string Tile = "/products/assess?process=tile";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Only the carbon dioxide of the glaze is uncertain: it is all of the variance.</summary>
    [Fact]
    public async Task The_samples_say_what_makes_them_differ_and_how_they_settle()
    {
        foreach (var language in (string[])["en", "zh"])
        {
            var html = await Html(language, Tile + "&samples=200&seed=3");
            foreach (var id in (string[])["samples", "settled", "variance", "quantiles"])
                Assert.Contains($"id=\"{id}\"", html, StringComparison.Ordinal);
            Assert.DoesNotMatch(MissingText(), html);
        }
        var tables = (await Json("&samples=200&seed=3"))["tables"]!;
        var variance = Assert.Single(tables["variance"]!.AsArray());
        Assert.Equal(("Carbon dioxide, fossil", "process glaze", "100"), (variance!["amount"]!.ToString(),
            variance["process"]!.ToString(), variance["share"]!.ToString()));
        Assert.Equal(["1", "2", "4", "8", "16", "32", "64", "128", "200"],
            tables["convergence"]!.AsArray().Select(c => c!["samples"]!.ToString()));
        // The last step is the whole: the same numbers as beside the histogram.
        var quantiles = tables["quantiles"]!.AsArray().ToDictionary(q => q!["of"]!.ToString(),
            q => q!["value"]!["value"]!.ToString());
        foreach (var of in (string[])["mean", "low", "median", "high", "standardError"])
            Assert.Equal(quantiles[of], tables["convergence"]![8]![of]!["value"]!.ToString());
        Assert.Contains("class=\"ln c1\"", await Html("en", "/products/assess.svg?process=tile"
            + "&samples=200&table=samples"), StringComparison.Ordinal);
    }

    /// <summary>The number of each line stands in the legend and in the label of the drawing.</summary>
    [Fact]
    public async Task The_marks_of_the_histogram_are_told_in_words()
    {
        var html = await Html("en", Tile + "&samples=200");
        foreach (var mark in (string[])["mean", "median", "2.5th percentile", "97.5th percentile"])
            Assert.Matches($"aria-label=\"[^\"]*{Regex.Escape(mark)} [0-9.]+ kg CO", html);
        Assert.Equal(4, html.Split("class=\"ln c").Length - 1 - 4);
        Assert.Contains("<i class=\"key c3\">", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shares_of_markets_are_kept_where_the_address_says_so()
    {
        // What is asked stands in the address of every number's reason.
        Assert.Contains("\"seed\":7,\"keepShares\":true", WebUtility.UrlDecode(await Html("en",
            Tile + "&samples=100&seed=7&keepShares=1")), StringComparison.Ordinal);
        Assert.Contains("name=\"keepShares\" value=\"1\" checked", await Html("en",
            Tile + "&samples=100&keepShares=1"), StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"1\" checked", await Html("en", Tile + "&samples=100"),
            StringComparison.Ordinal);
        Assert.Contains("Keep the shares of markets", await Html("en", Tile + "&samples=9&keepShares=maybe"),
            StringComparison.Ordinal);
    }

    /// <summary>Tile takes glaze and gives heat; what glaze takes lies deeper.</summary>
    [Fact]
    public async Task Cut_off_and_depth_stand_in_the_address()
    {
        Assert.Equal(["tile", "glaze", "heat"],
            Names((await Json("&depth=1"))["tables"]!["tree"]!));
        // Heat is 0.5 of 11.5: less than a twentieth.
        Assert.Equal(["tile", "glaze"],
            Names((await Json("&depth=1&cutOff=5"))["tables"]!["tree"]!));
        var html = await Html("en", Tile + "&depth=1&cutOff=5");
        Assert.Contains("Branches below 5 % of burdens", html, StringComparison.Ordinal);
        Assert.Contains("name=\"depth\" inputmode=\"numeric\" maxlength=\"4\" size=\"6\" value=\"1\"", html,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("&cutOff=100", "A cut-off of 1 of burdens and credits is out of range")]
    [InlineData("&cutOff=-1", "A cut-off of -0.01 of burdens and credits is out of range")]
    [InlineData("&cutOff=some", "“Cut-off, %”")]
    [InlineData("&depth=0", "0 at “Depth, tiers” is out of range")]
    [InlineData("&depth=deep", "Correct the field “Depth, tiers”")]
    [InlineData("&branches=501", "Choose a whole number from 1 to 500")]
    [InlineData("&samples=many", "Correct the field “Samples”")]
    public async Task What_is_no_limit_is_refused_in_the_words_of_the_field(string query, string says)
    {
        var html = await Html("en", Tile + query);
        Assert.Contains("class=\"finding error\"", html, StringComparison.Ordinal);
        Assert.Contains(says, html, StringComparison.Ordinal);
        Assert.DoesNotContain("/upstream", html, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"tree\"", html, StringComparison.Ordinal);
    }

    /// <summary>From the largest, from the smallest, and back to the order of the answer.</summary>
    [Fact]
    public async Task Rows_are_sorted_by_the_address_with_links_that_lead_on()
    {
        var plain = await Html("en", Tile);
        Assert.Matches("<th scope=\"col\" class=\"num\"><a href=\"[^\"]*sort-processes=-score#processes\"",
            Compact(plain));
        var down = await Html("en", Tile + "&sort-processes=-score");
        Assert.Contains("aria-sort=\"descending\"", down, StringComparison.Ordinal);
        Assert.Matches("aria-sort=\"descending\"><a href=\"[^\"]*sort-processes=score#processes\"",
            Compact(down));
        Assert.Matches("aria-sort=\"ascending\"><a href=\"/en/products/assess\\?process=tile#processes\"",
            Compact(await Html("en", Tile + "&sort-processes=score")));
        async Task<IEnumerable<decimal>> Scores(string sort) =>
            (await Json("&sort-processes=" + sort))["tables"]!["processes"]!.AsArray().Select(r =>
                decimal.Parse(r!["score"]!["value"]!.ToString(),
                    System.Globalization.CultureInfo.InvariantCulture));
        var (falling, rising) = (await Scores("-score"), await Scores("score"));
        Assert.Equal(falling.OrderDescending(), falling);
        Assert.Equal(rising.Order(), rising);
        Assert.NotEqual(falling, rising);
        // A column that is not there changes nothing, and says so by no arrow.
        Assert.DoesNotContain("aria-sort=", await Html("en", Tile + "&sort-processes=gone"),
            StringComparison.Ordinal);
    }

    /// <summary>Scores in kg CO2e and in kg CO2 have no order; what is left out stands last in any.</summary>
    [Fact]
    public async Task Numbers_of_several_units_have_no_order_and_rests_stand_last()
    {
        var html = await Html("en", Tile + "&method=pack:gwp-100-flows:AR6");
        Assert.Contains("sort-scores=category", html, StringComparison.Ordinal);
        Assert.DoesNotContain("sort-scores=-score", html, StringComparison.Ordinal);
        foreach (var order in (string[])["-score", "score", "kind", "-kind"])
        {
            var kinds = (await Json("&sort-edges=" + order))["tables"]!["edges"]!.AsArray()
                .Select(e => e!["kind"]!.ToString()).ToList();
            Assert.Equal(["leftOutBurdens", "leftOutCredits"], kinds[^2..]);
            Assert.Equal(2, kinds.Count(k => k.StartsWith("leftOut", StringComparison.Ordinal)));
        }
    }

    private static IEnumerable<string> Names(JsonNode tree) => tree.AsArray()
        .Select(r => r!["process"]!.ToString());

    private static string Compact(string html) => Blanks().Replace(html, "<");

    private async Task<JsonNode> Json(string query)
    {
        using var guest = await served.Server.Guest();
        return JsonNode.Parse(await guest.GetStringAsync("/en/products/assess.json?process=tile" + query,
            Cancel))!;
    }

    private async Task<string> Html(string language, string path)
    {
        using var guest = await served.Server.Guest();
        return WebUtility.HtmlDecode(await guest.GetStringAsync($"/{language}{path}", Cancel));
    }

    [GeneratedRegex(">web\\.[a-zA-Z.]+<")]
    private static partial Regex MissingText();

    [GeneratedRegex("\\s+<")]
    private static partial Regex Blanks();
}
