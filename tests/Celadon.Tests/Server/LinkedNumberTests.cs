using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Celadon.Server;
using Celadon.Tests.Example;
using Microsoft.AspNetCore.Builder;

namespace Celadon.Tests.Server;

/// <summary>
/// Numbers in titles of charts, in legends, in drawings and beside meters open their explanation, which says
/// the same number; what a page works out itself names the figures it is worked out from.
/// </summary>
[Collection("example")]
public sealed partial class LinkedNumberTests(ExampleWorks works)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/today?site=stoke")]
    [InlineData("/energy?site=stoke")]
    [InlineData("/energy?site=longquan&period=2026-01/2026-03")]
    [InlineData("/energy/base?site=stoke")]
    [InlineData("/ledger/costs")]
    public async Task No_number_with_a_unit_stands_unlinked_in_a_chart_its_legend_or_the_list_of_meters(
        string path)
    {
        await using var served = await Served.Start(works.Workspace);
        foreach (var language in (string[])["en", "zh"])
        {
            var html = await served.Guest.GetStringAsync($"/{language}{path}", Cancel);
            var seen = Spoken().Matches(html).Select(m => m.Value).ToList();
            Assert.NotEmpty(seen);
            Assert.All(seen, part => Assert.DoesNotMatch(Counted(),
                WebUtility.HtmlDecode(Tag().Replace(Link().Replace(part, ""), ""))));
        }
    }

    [Theory]
    [InlineData("/today?site=stoke", "/why/day?", "/why/cost?", "/why/coverage?")]
    [InlineData("/today?site=stoke&twin=day", "/why/day?", "/why/cost?")]
    [InlineData("/ledger/costs", "/why/cost?")]
    [InlineData("/carbon/reports/site?site=stoke", "/why/coverage?")]
    [InlineData("/energy?site=stoke", "/why/load?")]
    [InlineData("/energy/base?site=stoke&week=123456", "/why/load?")]
    public async Task What_a_page_works_out_is_explained_with_the_same_number(
        string path, params string[] explained)
    {
        await using var served = await Served.Start(works.Workspace);
        var html = await served.Guest.GetStringAsync("/en" + path, Cancel);
        var links = Number().Matches(html).DistinctBy(m => m.Groups[1].Value)
            .Select(m => (Href: WebUtility.HtmlDecode(m.Groups[1].Value),
                Exact: WebUtility.HtmlDecode(m.Groups[2].Value))).ToList();
        foreach (var kind in explained)
        {
            var own = links.Where(l => l.Href.Contains(kind, StringComparison.Ordinal)).ToList();
            Assert.NotEmpty(own);
            foreach (var (href, exact) in own.Take(12))
            {
                var why = WebUtility.HtmlDecode(await served.Guest.GetStringAsync(href, Cancel));
                Assert.Contains($"<h1>Why {exact}?</h1>", why, StringComparison.Ordinal);
                Assert.Contains("class=\"formula\"", why, StringComparison.Ordinal);
                Assert.Matches("class=\"n\"|/ledger/records[/?]", why);
                Assert.DoesNotContain("<html", await served.Guest.GetStringAsync(href + "&part=drawer",
                    Cancel), StringComparison.Ordinal);
            }
        }
    }

    /// <summary>
    /// Every expected record is named once, by its state; what they count for is the percentage.
    /// </summary>
    [Fact]
    public async Task Coverage_is_the_sum_of_what_every_expected_record_counts_for()
    {
        await using var served = await Served.Start(works.Workspace);
        var page = JsonNode.Parse(await served.Guest.GetStringAsync("/en/why/coverage.json", Cancel))!;
        var rows = page["tables"]!["operands"]!.AsArray().Select(r => r!.AsObject()).ToList();
        Assert.Equal(["missing", "in part", "whole"], rows.Select(r => (string)r["state"]!).Distinct());
        decimal Sum(string column) => rows.Sum(r => decimal.Parse((string)r[column]!,
            System.Globalization.CultureInfo.InvariantCulture));
        var (records, counted) = (Sum("records"), Sum("amount"));
        var today = await served.Guest.GetStringAsync("/en/today", Cancel);
        Assert.Contains($"of {records} records whole", today, StringComparison.Ordinal);
        var why = await served.Guest.GetStringAsync("/en/why/coverage", Cancel);
        Assert.Contains(FormattableString.Invariant($"<h1>Why {decimal.Floor(counted * 100 / records)} %?"),
            WebUtility.HtmlDecode(why), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_day_of_today_is_the_day_that_the_load_of_its_month_explains()
    {
        await using var served = await Served.Start(works.Workspace);
        var html = await served.Guest.GetStringAsync("/en/today?site=stoke&twin=day", Cancel);
        var links = Number().Matches(html).Select(m => (Href: WebUtility.HtmlDecode(m.Groups[1].Value),
            Exact: WebUtility.HtmlDecode(m.Groups[2].Value)))
            .Where(l => l.Href.Contains("energy.load", StringComparison.Ordinal)).Distinct().ToList();
        Assert.True(links.Count > 96, $"{links.Count} numbers");
        foreach (var kind in (string[])["/total", "/power/40", "/power/40/@/0"])
        {
            var (href, exact) = links.First(l => Uri.UnescapeDataString(l.Href)
                .EndsWith(kind, StringComparison.Ordinal));
            var why = WebUtility.HtmlDecode(await served.Guest.GetStringAsync(href, Cancel));
            Assert.Contains($"<h1>Why {exact}?</h1>", why, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("energy")]
    [InlineData("materials")]
    public async Task A_place_of_the_flows_is_the_sum_of_its_flows(string of)
    {
        await using var served = await Served.Start(works.Workspace);
        var html = await served.Guest.GetStringAsync($"/en/ledger/flows?of={of}", Cancel);
        var places = Place().Matches(html).Select(m => (Href: WebUtility.HtmlDecode(m.Groups[1].Value),
            Shown: WebUtility.HtmlDecode(m.Groups[2].Value))).Distinct().ToList();
        Assert.True(places.Count > 3, $"{places.Count} places");
        foreach (var (href, shown) in places)
        {
            var why = WebUtility.HtmlDecode(await served.Guest.GetStringAsync(href, Cancel));
            var exact = Question().Match(why).Groups[1].Value.Split(' ');
            Assert.Equal(shown, $"{Celadon.Server.Web.Show.Short(Celadon.Quantities.Amount.Parse(
                exact[0].Replace(",", "", StringComparison.Ordinal)))} {exact[1]}");
            Assert.Contains("class=\"n\"", why, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_place_of_the_flows_is_the_same_place_in_the_other_language()
    {
        await using var served = await Served.Start(works.Workspace);
        var html = await served.Guest.GetStringAsync("/en/ledger/flows", Cancel);
        var places = Place().Matches(html).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value)).Distinct();
        Assert.All(await Task.WhenAll(places.Select(async href => (
            En: await served.Guest.GetStringAsync(href, Cancel),
            Zh: await served.Guest.GetStringAsync("/zh" + href[3..], Cancel)))),
            why => Assert.Equal(Question().Match(WebUtility.HtmlDecode(why.En)).Groups[1].Value.Split(' ')[0],
                Asked().Match(WebUtility.HtmlDecode(why.Zh)).Groups[1].Value));
    }

    [Theory]
    [InlineData("stoke")]
    [InlineData("longquan")]
    public async Task Electricity_of_today_is_that_of_the_chosen_site(string site)
    {
        await using var served = await Served.Start(works.Workspace);
        var all = await Exact("/en/today");
        var one = await Exact($"/en/today?site={site}");
        Assert.InRange(one, 1, all - 1);

        async Task<decimal> Exact(string path) => decimal.Parse(Number().Matches(
            await served.Guest.GetStringAsync(path, Cancel)).First(m => m.Groups[1].Value
                .Contains("carbon.statistics", StringComparison.Ordinal)).Groups[2].Value.Split(' ')[0],
            System.Globalization.CultureInfo.InvariantCulture);
    }

    [Theory]
    [InlineData("/en/why/load?of=below&level=7")]
    [InlineData("/en/why/load?of=part&meter=stoke-m1&sub=nothing")]
    [InlineData("/en/why/load")]
    [InlineData("/en/why/day?slot=9999")]
    [InlineData("/en/why/cost?currency=JPY")]
    [InlineData("/en/why/place?place=nowhere")]
    [InlineData("/en/why/coverage?period=1999-01")]
    public async Task What_nobody_worked_out_is_not_explained(string path)
    {
        await using var served = await Served.Start(works.Workspace);
        using var answer = await served.Guest.GetAsync(path, Cancel);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("/en/carbon/inventory", "Power grid of Great Britain|Grid GB", "the invoice says")]
    [InlineData("/zh/carbon/inventory", "斯托克工厂", "票据为")]
    [InlineData("/en/energy?site=stoke", "Main meter M1: ", "a fault is likely")]
    public async Task A_finding_calls_places_meters_and_months_by_their_names(
        string path, string named, string said)
    {
        await using var served = await Served.Start(works.Workspace);
        var html = WebUtility.HtmlDecode(await served.Guest.GetStringAsync(path, Cancel));
        var findings = Findings().Matches(html).Select(m => m.Value).ToList();
        Assert.Contains(findings, f => Regex.IsMatch(f, named));
        Assert.Contains(findings, f => f.Contains(said, StringComparison.Ordinal));
        Assert.All(findings, f => Assert.DoesNotMatch("(grid|site|unit):[a-zA-Z]|stoke-m1:", f));
    }

    [GeneratedRegex("<li class=\"finding .*?</h3>", RegexOptions.Singleline)]
    private static partial Regex Findings();

    [GeneratedRegex("<figcaption><strong>.*?</strong>|<div class=\"legend\">.*?</div>|"
        + "<ul class=\"tree\">.*?</ul>|<h1>.*?</h1>", RegexOptions.Singleline)]
    private static partial Regex Spoken();

    [GeneratedRegex("<a class=\"n\".*?</a>", RegexOptions.Singleline)]
    private static partial Regex Link();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\d ?(kWh|kW|t|%|GBP|CNY)\b|\d ?%")]
    private static partial Regex Counted();

    [GeneratedRegex("class=\"n\" href=\"([^\"]+)\" title=\"([^\"]+)\"")]
    private static partial Regex Number();

    [GeneratedRegex("<a class=\"n[^\"]*\" href=\"([^\"]*/why/place[^\"]*)\"><text[^>]*>([^<]*)</text>")]
    private static partial Regex Place();

    [GeneratedRegex("<h1>([0-9.,]+)")]
    private static partial Regex Asked();

    [GeneratedRegex("<h1>Why ([^?]*)\\?</h1>")]
    private static partial Regex Question();
}
