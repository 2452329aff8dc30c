using System.Text.Json;

namespace Celadon.Tests.Server;

/// <summary>Two periods side by side and the flows of a site: what the twins hold is what is drawn.</summary>
public sealed class ChangePageTests
{
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
}
