using System.Buffers.Binary;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Celadon.Lenses;
using Celadon.Lenses.Energy.Load;
using Celadon.Server;
using Celadon.Tests.Example;
using Microsoft.AspNetCore.Builder;

namespace Celadon.Tests.Server;

/// <summary>The energy pages over the example works, as a browser asks for them.</summary>
[Collection("example")]
public sealed partial class EnergyPageTests(ExampleWorks works)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/energy")]
    [InlineData("/energy?period=2026-01&site=stoke")]
    [InlineData("/energy?meter=longquan-m1&period=2026-02")]
    [InlineData("/energy?period=2026-03&site=stoke&day=2026-03-29&slot=2&twin=day")]
    [InlineData("/energy?week=67&shut=2026-09-31")]
    [InlineData("/energy/base")]
    [InlineData("/energy/base?site=stoke&week=1&week=2&shut=2025-12-24/2026-01-02")]
    [InlineData("/energy/base?meter=stoke-kiln&twin=months")]
    public async Task A_page_shows_in_both_languages_and_holds_nothing_inline(string path)
    {
        await using var served = await Served.Start(works.Workspace);
        foreach (var language in (string[])["en", "zh"])
        {
            var html = await served.Guest.GetStringAsync($"/{language}{path}", Cancel);
            Assert.DoesNotMatch(Inline(), html);
            Assert.DoesNotMatch(MissingText(), html);
            Assert.Single(Heading().Matches(html));
        }
    }

    [Fact]
    public async Task Public_holidays_are_taken_where_they_are_chosen_and_said()
    {
        await using var served = await Served.Start(works.Workspace);
        const string path = "/en/energy/base?site=stoke";
        var plain = await served.Guest.GetStringAsync(path, Cancel);
        Assert.Contains("<option value=\"GB-EAW\">England and Wales", plain, StringComparison.Ordinal);
        Assert.DoesNotContain("count as not worked", plain, StringComparison.Ordinal);
        // October 2025 to September 2026: Christmas, Boxing Day, New Year, Easter twice, May twice, August.
        Assert.Contains("8 public holidays of GB-EAW count as not worked",
            await served.Guest.GetStringAsync(path + "&holidays=GB-EAW", Cancel), StringComparison.Ordinal);
        Assert.Contains("No pack in use holds the public holidays", WebUtility.HtmlDecode(
            await served.Guest.GetStringAsync(path + "&holidays=XX", Cancel)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/en/energy?site=stoke")]
    [InlineData("/en/energy/base?site=stoke")]
    public async Task Every_number_leads_to_an_explanation_with_the_same_number(string path)
    {
        await using var served = await Served.Start(works.Workspace);
        var html = await served.Guest.GetStringAsync(path, Cancel);
        var links = Number().Matches(html).DistinctBy(m => m.Groups[1].Value).ToList();
        Assert.True(links.Count > 20, $"{links.Count} numbers");
        // One of each kind: the pointer without its indexes tells kinds apart.
        foreach (var link in links.DistinctBy(m => Digits().Replace(m.Groups[1].Value, "")))
        {
            var exact = WebUtility.HtmlDecode(link.Groups[2].Value);
            var why = await served.Guest.GetStringAsync(WebUtility.HtmlDecode(link.Groups[1].Value), Cancel);
            Assert.Contains(exact.Split(' ')[0], WebUtility.HtmlDecode(why), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_base_of_the_day_is_the_basic_load_of_its_meter_and_explains_itself()
    {
        await using var served = await Served.Start(works.Workspace);
        var html = await served.Guest.GetStringAsync("/en/today?site=stoke", Cancel);
        var why = Number().Matches(html).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value)).Distinct()
            .Single(href => href.Contains("energy.basic", StringComparison.Ordinal));
        Assert.Matches("number=/meters/0/(working|nonWorking)/load", Uri.UnescapeDataString(why));
        using var json = JsonDocument.Parse(await served.Guest.GetStringAsync("/en/today.json?site=stoke",
            Cancel));
        var load = json.RootElement.GetProperty("base");
        Assert.Equal("kW", load.GetProperty("unit").GetString());
        Assert.Contains($"<h1>Why {load.GetProperty("value").GetString()} kW?</h1>",
            await served.Guest.GetStringAsync(why, Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_calendar_holds_every_interval_of_the_answer()
    {
        await using var served = await Served.Start(works.Workspace);
        var html = await served.Guest.GetStringAsync("/en/energy?site=stoke&period=2026-03", Cancel);
        using var data = JsonDocument.Parse(WebUtility.HtmlDecode(Cells().Match(html).Groups[1].Value));
        var report = (LoadReport)works.Workspace.Ask(Questions.Get("energy.load"),
            """{"period":"2026-03","meters":["stoke-m1"]}""").Answer.Report;
        var bytes = Convert.FromBase64String(data.RootElement.GetProperty("cells").GetString()!);
        var scale = data.RootElement.GetProperty("scale").GetInt32();
        Assert.Equal((2, 1 + 31 * 48 * 2), (bytes[0], bytes.Length));
        short At(int day, int slot) =>
            BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(1 + (day * 48 + slot) * 2));
        for (var day = 0; day < 31; day++)
            for (var i = 0; i < report.Days[day].Power.Count; i++)
                Assert.Equal(report.Days[day].Power.ValueAt(i),
                    Celadon.Quantities.Amount.From(At(day, report.Days[day].Slots?[i] ?? i), scale));
        // The hour that the clocks leave out on 29 March is not there, which is not the same as unknown.
        Assert.Equal([short.MinValue + 1, short.MinValue + 1], [At(28, 2), At(28, 3)]);
    }

    [Fact]
    public async Task The_day_under_the_cursor_comes_alone()
    {
        await using var served = await Served.Start(works.Workspace);
        var part = await served.Guest.GetStringAsync("/en/energy?site=stoke&part=day&day=2026-09-15", Cancel);
        Assert.StartsWith("<figure", part.TrimStart(), StringComparison.Ordinal);
        Assert.Contains("15 Sep", part, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Twins_hold_the_same_rows()
    {
        await using var served = await Served.Start(works.Workspace);
        var csv = await served.Guest.GetStringAsync("/en/energy.csv?site=stoke&table=duration", Cancel);
        Assert.StartsWith("load,hours,percent", csv.TrimStart('\uFEFF'), StringComparison.Ordinal);
        var svg = await served.Guest.GetStringAsync("/en/energy.svg?site=stoke&table=calendar", Cancel);
        Assert.Contains("data:image/png;base64,", svg, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(
            await served.Guest.GetStringAsync("/en/energy/base.json?site=stoke", Cancel));
        Assert.Equal("36.07", json.RootElement.GetProperty("tables").GetProperty("meters")[0]
            .GetProperty("working").GetProperty("value").GetString());
    }

    [Fact]
    public async Task Without_interval_readings_the_page_says_what_to_do()
    {
        await using var server = await RunningServer.Start();
        using var guest = await server.Guest();
        foreach (var path in (string[])["/en/energy", "/zh/energy/base"])
            Assert.Contains("/ledger/import", await guest.GetStringAsync(path, Cancel),
                StringComparison.Ordinal);
    }

    [GeneratedRegex("<script(?![^>]*\\ssrc=)[^>]*>|<style|<[a-z][^>]*\\s(style|on[a-z]+)\\s*=")]
    private static partial Regex Inline();

    [GeneratedRegex(">web\\.[a-z]")]
    private static partial Regex MissingText();

    [GeneratedRegex("<h1")]
    private static partial Regex Heading();

    [GeneratedRegex("class=\"n\" href=\"([^\"]+)\" title=\"([^\"]+)\"")]
    private static partial Regex Number();

    [GeneratedRegex("%2F\\d+|/\\d+")]
    private static partial Regex Digits();

    [GeneratedRegex("data-cells=\"([^\"]+)\"")]
    private static partial Regex Cells();
}
