using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Celadon.Quantities;

namespace Celadon.Tests.Server;

/// <summary>Two periods side by side and the flows of a site: what the twins hold is what is drawn.</summary>
public sealed partial class ChangePageTests
{
    private const string Two = "period=2026-08/2026-09&compare=halves";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_edge_list_of_the_flows_is_exported_whole()
    {
        await using var server = await RunningServer.Start();
        using var guest = await server.Guest();
        var csv = await guest.GetStringAsync("/en/ledger/flows.csv?table=edges", Cancel);
        Assert.StartsWith("from,to,resource,amount,unit,note", csv.TrimStart('\uFEFF'),
            StringComparison.Ordinal);
        Assert.Contains("kWh", csv, StringComparison.Ordinal);
        var svg = await guest.GetStringAsync("/en/ledger/flows.svg?table=flows", Cancel);
        Assert.StartsWith("<svg", svg, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_inventory_shows_months_and_what_it_is_asked_to()
    {
        await using var server = await RunningServer.Start();
        using var guest = await server.Guest();
        var json = JsonDocument.Parse(await guest.GetStringAsync("/en/carbon/inventory.json", Cancel));
        Assert.True(json.RootElement.GetProperty("tables").GetProperty("months").GetArrayLength() > 0);
        var asked = await guest.GetStringAsync("/en/carbon/inventory?uncertainty=1", Cancel);
        Assert.Contains("id=\"uncertain-open\"", asked, StringComparison.Ordinal);
        var refused = await guest.GetStringAsync("/zh/carbon/inventory?consolidation=equity-share", Cancel);
        Assert.Contains("aria-current=\"true\"", refused, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/carbon/change?" + Two, "change-lines")]
    [InlineData("/carbon/change?view=market&" + Two, "change-all")]
    [InlineData("/ledger/flows", "edges")]
    [InlineData("/ledger/flows?of=water", "edges")]
    [InlineData("/carbon/inventory", "sources")]
    public async Task Every_number_of_a_table_opens_its_explanation(string path, string table)
    {
        await using var server = await RunningServer.Start();
        using var guest = await server.Guest();
        var html = await guest.GetStringAsync("/en" + path, Cancel);
        var rows = html[html.IndexOf($"id=\"{table}\"", StringComparison.Ordinal)..];
        rows = rows[..rows.IndexOf("</table>", StringComparison.Ordinal)];
        var cells = NumberCell().Matches(rows).Select(m => m.Groups[1].Value).ToList();
        Assert.NotEmpty(cells);
        Assert.All(cells, c => Assert.Matches("class=\"n\" href=\"|class=\"faint\"", c));
        foreach (var why in cells.SelectMany(c => WhyLink().Matches(c)))
        {
            var href = WebUtility.HtmlDecode(why.Groups[1].Value);
            var exact = WebUtility.HtmlDecode(why.Groups[2].Value);
            Assert.Contains($"<h1>Why {exact}?</h1>", WebUtility.HtmlDecode(
                await guest.GetStringAsync(href, Cancel)), StringComparison.Ordinal);
            Assert.DoesNotContain("<html", await guest.GetStringAsync(href + "&part=drawer", Cancel),
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_difference_names_what_it_is_the_difference_of()
    {
        await using var server = await RunningServer.Start();
        using var guest = await server.Guest();
        var csv = await guest.GetStringAsync("/en/carbon/change.csv?table=change-lines&" + Two, Cancel);
        var html = await guest.GetStringAsync("/en/why/change?" + Two, Cancel);
        Assert.Contains("later, less none earlier", html, StringComparison.Ordinal);
        var operands = JsonDocument.Parse(await guest.GetStringAsync("/en/why/change.json?" + Two, Cancel))
            .RootElement.GetProperty("tables").GetProperty("operands");
        var sum = operands.EnumerateArray().Aggregate(Amount.Zero, (total, row) =>
            total + Amount.Parse(row.GetProperty("amount").GetProperty("value").GetString()!)
                * Amount.Parse(row.GetProperty("sign").GetString() + "1"));
        Assert.EndsWith($",{sum}", csv.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flow_is_the_sum_of_its_records()
    {
        await using var server = await RunningServer.Start();
        using var guest = await server.Guest();
        var html = await guest.GetStringAsync("/zh/ledger/flows?of=water", Cancel);
        var href = WebUtility.HtmlDecode(WhyLink().Match(html).Groups[1].Value);
        var json = await guest.GetStringAsync(href.Replace("/why/flow?", "/why/flow.json?",
            StringComparison.Ordinal), Cancel);
        var rows = JsonDocument.Parse(json).RootElement.GetProperty("tables").GetProperty("operands");
        var sum = rows.EnumerateArray().Aggregate(Amount.Zero,
            (total, row) => total + Amount.Parse(row.GetProperty("amount").GetString()!));
        Assert.Contains($"title=\"{Celadon.Text.Catalogue.Number(sum)} m³\"", html,
            StringComparison.Ordinal);
        Assert.Contains("/ledger/records/", await guest.GetStringAsync(href, Cancel),
            StringComparison.Ordinal);
    }

    [GeneratedRegex("<td class=\"num[^>]*>(.*?)</td>", RegexOptions.Singleline)]
    private static partial Regex NumberCell();

    [GeneratedRegex("class=\"n\" href=\"([^\"]*)\"\\s+title=\"([^\"]*)\"")]
    private static partial Regex WhyLink();
}
