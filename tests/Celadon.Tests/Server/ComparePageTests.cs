using System.Text.Json.Nodes;

namespace Celadon.Tests.Server;

/// <summary>The page of alternatives: fields in the URL make the question, twins hold the rest.</summary>
public sealed class ComparePageTests(ServedSample served) : IClassFixture<ServedSample>
{
    private const string Two = "what=milk&amount=10&unit=l&name1=glass&process1=filling+bottles"
        + "&name2=carton&process2=filling+cartons&amount2=20&unit2=l";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>10 l at 0.0565, against 20 l at 0.04725.</summary>
    [Fact]
    public async Task Fields_make_the_question()
    {
        var scores = (await Json(Two))["tables"]!["side-by-side"]!.AsArray();
        Assert.Equal(["0.565", "0.945"], scores.Select(r => r!["score"]!["value"]!.ToString()));
    }

    /// <summary>Glass from cullet: 0.825 a kg in place of 1.38; half the glass; and a ratio of 2.</summary>
    [Theory]
    [InlineData("supplier", "to2=glass+from+cullet", "0.42625")]
    [InlineData("supplier", "to2=glass+from+cullet&value2=2", "0.6325")]
    [InlineData("amount", "value2=0.0125&valueUnit2=kg", "0.3925")]
    public async Task A_change_stands_in_fields(string change, string fields, string score)
    {
        var json = await Json("what=milk&amount=10&unit=l&name1=a&process1=filling+bottles&name2=b"
            + $"&process2=filling+bottles&change2={change}&where2=filling+bottles&part2=glass&{fields}");
        Assert.Equal(score, json["tables"]!["side-by-side"]![1]!["score"]!["value"]!.ToString());
    }

    private const string Several = "what=milk&amount=10&unit=l&name1=a&process1=filling+bottles&name2=b"
        + "&process2=filling+bottles&change2=supplier&where2=filling+bottles&part2=glass"
        + "&to2=glass+from+cullet&change2-2=amount&where2-2=filling+bottles&part2-2=glass"
        + "&value2-2=0.0125&valueUnit2-2=kg";

    /// <summary>
    /// 0.25 kg of glass at 1.38 and, from cullet, at 0.825; half of it: −0.13875, −0.1725, together
    /// −0.241875, so that they take 0.069375 from each other.
    /// </summary>
    [Fact]
    public async Task Several_changes_stand_in_fields_and_each_says_what_it_gives()
    {
        var json = await Json(Several);
        Assert.Equal("0.323125", json["tables"]!["side-by-side"]![1]!["score"]!["value"]!.ToString());
        Assert.Equal(["-0.13875", "-0.1725", "0.069375"], json["tables"]!["changes"]!.AsArray().Take(3)
            .Select(r => r!["alone"]!["value"]!.ToString()));
    }

    /// <summary>What was asked stands in the fields again, with room for one change more.</summary>
    [Fact]
    public async Task Fields_hold_every_change_and_room_for_one_more()
    {
        using var guest = await served.Server.Guest();
        foreach (var (language, says) in ((string, string)[])
            [("en", "glass from glass from cullet"), ("zh", "glass改由 glass from cullet 供应")])
        {
            var html = await guest.GetStringAsync($"/{language}/products/compare?" + Several, Cancel);
            Assert.Contains(says, html, StringComparison.Ordinal);
            Assert.Contains("name=\"value2-2\" value=\"0.0125\"", html, StringComparison.Ordinal);
            Assert.Contains("name=\"change2-3\"", html, StringComparison.Ordinal);
            Assert.DoesNotContain("name=\"change2-4\"", html, StringComparison.Ordinal);
            Assert.StartsWith("<svg", await guest.GetStringAsync(
                $"/{language}/products/compare.svg?table=changes-chart&" + Several, Cancel),
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Samples_are_drawn_where_they_are_asked_for()
    {
        Assert.Null((await Json(Two))["tables"]!["histogram"]);
        var json = await Json(Two + "&samples=200&seed=4");
        Assert.Equal(200, json["tables"]!["histogram"]!.AsArray()
            .Sum(b => int.Parse(b!["count"]!.ToString(), System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task What_is_refused_leaves_the_fields_as_they_were()
    {
        using var guest = await served.Server.Guest();
        foreach (var (language, says) in ((string, string)[])
            [("en", "No process has the id or name bottling"), ("zh", "名称为 bottling 的过程")])
        {
            var html = await guest.GetStringAsync($"/{language}/products/compare?"
                + Two.Replace("filling+cartons", "bottling", StringComparison.Ordinal), Cancel);
            Assert.Contains(says, html, StringComparison.Ordinal);
            Assert.Contains("value=\"bottling\"", html, StringComparison.Ordinal);
            Assert.Contains("value=\"20\"", html, StringComparison.Ordinal);
        }
        // Words in place of a spec are refused by the question, not by the page.
        var words = await guest.GetStringAsync("/en/products/compare?spec=words", Cancel);
        Assert.Contains("class=\"finding error\"", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_example_shows_each_against_the_first_and_its_drawings_are_files()
    {
        using var guest = await served.Server.Guest();
        var html = await guest.GetStringAsync("/en/products/compare?against=2", Cancel);
        Assert.Contains("bottle is lower than bottle of cullet in", html, StringComparison.Ordinal);
        foreach (var chart in (string[])["scores-chart", "steps-chart", "histogram-chart"])
            Assert.StartsWith("<svg", await guest.GetStringAsync(
                $"/zh/products/compare.svg?table={chart}", Cancel), StringComparison.Ordinal);
        Assert.StartsWith("process,first,second,difference", (await guest.GetStringAsync(
            "/en/products/compare.csv?table=differences", Cancel)).TrimStart('\uFEFF'),
            StringComparison.Ordinal);
    }

    private async Task<JsonNode> Json(string query)
    {
        using var guest = await served.Server.Guest();
        return JsonNode.Parse(await guest.GetStringAsync("/en/products/compare.json?" + query, Cancel))!;
    }
}
