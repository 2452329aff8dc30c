using Celadon.Ledger;
using Celadon.Lenses;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Server;
using Celadon.Store;
using NodaTime;

namespace Celadon.Tests.Server;

/// <summary>
/// One truth about what is there: whole, in part, estimated and missing add up to what is expected, and the
/// months that the inventory calls partial or missing are the same.
/// </summary>
public sealed class CoverageTests
{
    private static readonly MonthSpan Quarter = new(new YearMonth(2026, 6), new YearMonth(2026, 9));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whole_in_part_estimated_and_missing_add_up_and_agree_with_the_inventory()
    {
        await using var server = await RunningServer.Start(more: (_, sample) => Fill(sample.Workspace));
        var coverage = server.Sample.Books.CoverageOf(null, Quarter);
        Assert.Equal(coverage.Expected,
            coverage.Whole + coverage.Partial + coverage.Estimated + coverage.Missing);
        var power = Assert.Single(coverage.Sources, s => s.Resource == "electricity");
        Assert.Equal([CoverageState.Estimated, CoverageState.Partial, CoverageState.Partial,
            CoverageState.Present], power.Months.Select(m => m.State));
        Assert.Equal([(0, 100), (0, 32), (48, 0), (100, 0)],
            power.Months.Select(m => (m.KnownPercent, m.EstimatedPercent)));
        Assert.Equal((1, 2, 1, 0, 4), (power.Whole, power.Partial, power.Estimated, power.Missing,
            power.Expected));
        // Electricity 280 of 400; gas and water only September, 100 of 400 each: 480 of 1,200.
        Assert.Equal(40, coverage.Percent);
        var asked = server.Sample.Books.Ask("carbon.inventory", """
            {"period":"2026-06/2026-09","gwp":"AR5","allowNearestEdition":true,"allowWiderPlace":true}
            """, null, Cancel);
        var items = System.Text.Json.Nodes.JsonNode.Parse(AnswerJson.Write(asked))!["answer"]!["coverage"]!;
        var item = Assert.Single(items.AsArray(), i => (string?)i!["resource"] == "electricity")!;
        Assert.Equal(["2026-07", "2026-08"], item["incomplete"]!.AsArray().Select(m => (string?)m));
        Assert.Empty(item["missing"]!.AsArray());
        var gas = Assert.Single(items.AsArray(), i => (string?)i!["resource"] == "natural-gas")!;
        var supply = Assert.Single(coverage.Sources, s => s.Resource == "natural-gas");
        Assert.Equal(supply.Missing, gas["missing"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("en", "3 of 12 records whole · 2 in part · 1 estimated · 6 missing",
        "1 / 4 · 2 in part · 1 estimated", "6 missing and 2 in part")]
    [InlineData("zh", "应有 12 份，完整 3 份 · 不完整 2 份 · 估算 1 份 · 缺 6 份",
        "1 / 4 · 不完整 2 份 · 估算 1 份", "缺 6 份，不完整 2 份")]
    public async Task The_ruler_the_table_and_the_title_say_the_same(string lang, params string[] says)
    {
        await using var server = await RunningServer.Start(more: (_, sample) => Fill(sample.Workspace));
        using var guest = await server.Guest();
        var html = System.Net.WebUtility.HtmlDecode(
            await guest.GetStringAsync($"/{lang}/today?period=2026-06/2026-09", Cancel));
        Assert.All(says, words => Assert.Contains(words, html, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_map_shows_who_fills_a_stock_and_who_draws_from_it()
    {
        await using var server = await RunningServer.Start(more: (_, sample) => sample.Workspace.Append(
            "register",
        [
            Item("unit", new PlantUnit { Id = "kiln", Site = "stoke", Name = new Name("Kiln") }),
            Item("unit", new PlantUnit { Id = "packing", Site = "stoke", Name = new Name("Packing") }),
            Item("stock", new Stock
            {
                Id = "ware", Site = "stoke", Name = new Name("Fired ware"), Resource = "ware",
                Producer = "unit:kiln", Consumer = "unit:packing",
            }),
        ]));
        using var guest = await server.Guest();
        var html = await guest.GetStringAsync("/en/ledger/map", Cancel);
        Assert.Contains("filled by Kiln, drawn by Packing", html, StringComparison.Ordinal);
        var csv = await guest.GetStringAsync("/en/ledger/map.csv?table=flows-stoke", Cancel);
        Assert.Contains("unit:kiln,stock:ware,ware,", csv, StringComparison.Ordinal);
        Assert.Contains("stock:ware,unit:packing,ware,", csv, StringComparison.Ordinal);
    }

    /// <summary>June estimated whole, ten days of July estimated, half of August invoiced.</summary>
    private static void Fill(Workspace workspace) => workspace.Append("import",
    [
        Power("2026-06-01", "2026-07-01", Basis.Estimated), Power("2026-07-01", "2026-07-11",
            Basis.Estimated), Power("2026-08-01", "2026-08-16", Basis.Invoiced),
    ]);

    private static EntryRecord Power(string from, string to, Basis basis) => new(new Entry(
        Node.Parse("grid:GB"), Node.Parse("site:stoke"), "electricity", Amount.Parse("1000"), "kWh",
        new Period(At(from), At(to)), basis, new Evidence.StatedBy("owner"), Facts.None));

    private static Instant At(string day) => NodaTime.Text.LocalDatePattern.Iso.Parse(day).Value
        .AtStartOfDayInZone(DateTimeZoneProviders.Tzdb["Europe/London"]).ToInstant();

    private static RegisterRecord Item(string type, RegisterItem item) =>
        new(type, item.Id, RegisterSet.Write(item));
}
