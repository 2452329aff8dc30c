using System.Net;
using System.Text;
using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Registers;
using NodaTime;

namespace Celadon.Tests.Server;

/// <summary>
/// What a person does to records from their pages. The sample's journal: packs in batch 1, registers, then
/// the bills of September; its clock stands at 12 October 2026.
/// </summary>
public sealed class LedgerActionTests(ServedSample served) : IClassFixture<ServedSample>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_record_is_taken_back_with_a_reason_and_brought_back_from_the_notice()
    {
        await using var server = await RunningServer.Start();
        using var guest = await server.Guest();
        var books = server.Sample.Books;
        var gas = server.Sample.Bills + 1;
        var page = $"/en/ledger/records/{gas}";
        using var reversed = await RunningServer.Post(guest, page, page + "/reverse",
            ("reason", "wrong month"));
        Assert.Equal(page, reversed.Headers.Location!.OriginalString);
        var at = books.Record(gas)!.Row.ReversedBy;
        Assert.Equal("wrong month", Assert.IsType<ReversalRecord>(books.Record(at)!.Row.Body).Reason);
        var html = await guest.GetStringAsync(page, Cancel);
        Assert.Contains("wrong month", html, StringComparison.Ordinal);
        Assert.DoesNotContain($"action=\"{page}/reverse\"", html, StringComparison.Ordinal);
        using var undone = await RunningServer.Post(guest, page, $"/en/ledger/batches/{at - 1}/reverse",
            ("reason", "undone"));
        Assert.Equal(HttpStatusCode.SeeOther, undone.StatusCode);
        Assert.Equal(0, books.Record(gas)!.Row.ReversedBy);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    public async Task Without_a_reason_nothing_is_taken_back(string reason)
    {
        var server = served.Server;
        using var guest = await server.Guest();
        var before = server.Sample.Books.Head.Position;
        var page = $"/en/ledger/records/{server.Sample.Bills + 1}";
        using var answer = await RunningServer.Post(guest, page, page + "/reverse", ("reason", reason));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(before, server.Sample.Books.Head.Position);
    }

    [Fact]
    public async Task A_register_or_a_batch_is_not_taken_back_as_a_record()
    {
        var server = served.Server;
        using var guest = await server.Guest();
        var before = server.Sample.Books.Head.Position;
        var page = $"/en/ledger/records/{server.Sample.Bills}";
        using var answer = await RunningServer.Post(guest, "/en/ledger/records/" + (server.Sample.Bills + 1),
            page + "/reverse", ("reason", "no"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(before, server.Sample.Books.Head.Position);
    }

    [Fact]
    public async Task A_category_is_overridden_and_stands_in_the_history_of_the_record()
    {
        await using var server = await RunningServer.Start();
        using var guest = await server.Guest();
        var gas = server.Sample.Bills + 1;
        var page = $"/en/ledger/override?entry={gas}";
        using var answer = await RunningServer.Post(guest, page, "/en/ledger/override", ("entry", $"{gas}"),
            ("what", "category"), ("value", "1.mobile"), ("reason", "fork-lift trucks"),
            ("back", $"/en/ledger/records/{gas}"));
        Assert.Equal($"/en/ledger/records/{gas}", answer.Headers.Location!.OriginalString);
        var one = Assert.Single(server.Sample.Workspace.State().Standing<OverrideRecord>()).Body;
        Assert.Equal(new OverrideRecord("entry", $"{gas}", "category", "1.mobile", "fork-lift trucks"), one);
        var html = await guest.GetStringAsync(answer.Headers.Location, Cancel);
        Assert.Contains("1.mobile", html, StringComparison.Ordinal);
        Assert.Contains("class=\"toast\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_of_the_account_leads_by_its_reason_to_the_override_of_its_flow()
    {
        await using var server = await RunningServer.Start();
        using var guest = await server.Guest();
        const string why = "/en/why?question=carbon.inventory&number=/scope1/lines/0/kgco2e"
            + "&spec=%7B%22period%22:%222026-09%22,%22gwp%22:%22AR5%22,%22allowNearestEdition%22:true%7D";
        const string page = "/en/ledger/override?from=grid%3Agas&to=site%3Astoke"
            + "&resource=natural-gas&whole=1";
        Assert.Contains($"href=\"{WebUtility.HtmlEncode(page)}\"", await guest.GetStringAsync(why, Cancel),
            StringComparison.Ordinal);
        using var answer = await RunningServer.Post(guest, page, "/en/ledger/override",
            ("flow", "grid:gas|site:stoke|natural-gas"), ("what", "category"), ("value", "1.mobile"),
            ("reason", "test"));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal("flow",
            Assert.Single(server.Sample.Workspace.State().Standing<OverrideRecord>()).Body.Subject);
        using var wrong = await RunningServer.Post(guest, page, "/en/ledger/override",
            ("flow", "nowhere|site:stoke|natural-gas"), ("what", "category"), ("value", "1.mobile"),
            ("reason", "test"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
    }

    [Fact]
    public async Task A_fact_is_stated_with_who_said_it_and_the_same_file_again_adds_nothing()
    {
        await using var server = await RunningServer.Start();
        using var guest = await server.Guest();
        var books = server.Sample.Books;
        var file = new Celadon.Store.Import.Reading.SourceFile("board.csv", Encoding.UTF8.GetBytes(
            "From,To,Resource,Amount,Unit,Start,End\n"
            + "supplier:etruria,site:stoke,board,4.5,t,2026-08-03,2026-08-03\n"));
        var staged = books.Stage([file]);
        books.Commit(staged.Token, new Celadon.Store.ImportChoices(), Cancel);
        var board = books.Head.Position;
        using var answer = await RunningServer.Post(guest, $"/en/ledger/records/{board}", "/en/ledger/fact",
            ("entry", $"{board}"), ("fact", "distance"), ("value", "80 km"), ("reason", "measured on a map"));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.True(books.Record(board)!.Row.ReversedBy > 0);
        var entry = Assert.IsType<EntryRecord>(books.Record(books.Head.Position)!.Row.Body).Entry;
        Assert.Equal(("80 km", "owner: distance"), (entry.Facts["distance"], entry.Facts[Entry.StatedBy]));
        Assert.Empty(books.Stage([file]).New.Entries);
    }

    [Fact]
    public async Task A_site_whose_id_has_a_slash_has_a_page_for_closing_and_is_closed_there()
    {
        await using var server = await RunningServer.Start();
        using var guest = await server.Guest();
        var site = new Site
        {
            Id = "north/east", Name = new("North-east"), Country = "GB", Zone = "Europe/London",
        };
        server.Sample.Workspace.Append("register",
            [new RegisterRecord("site", site.Id, RegisterSet.Write(site))]);
        const string page = "/en/ledger/closing/north%2Feast/2026-09";
        Assert.Contains("North-east", await guest.GetStringAsync(page, Cancel), StringComparison.Ordinal);
        Assert.Contains("\"site\"", await guest.GetStringAsync(page + ".json", Cancel),
            StringComparison.Ordinal);
        using var closed = await RunningServer.Post(guest, page, page, ("note", ""));
        Assert.Equal(page, closed.Headers.Location!.OriginalString);
        Assert.Contains(server.Sample.Books.Closings, c => c.Closing.Site == "north/east");
    }

    /// <summary>
    /// A consignment of 5 May by China's calendar, to a stock at Stoke: shown as that day, not as two halves.
    /// </summary>
    [Fact]
    public async Task A_movement_is_shown_in_the_time_whose_days_it_keeps()
    {
        await using var server = await RunningServer.Start();
        using var guest = await server.Guest();
        var works = new Site { Id = "lq", Name = new("Longquan"), Country = "CN", Zone = "Asia/Shanghai" };
        server.Sample.Workspace.Append("register",
            [new RegisterRecord("site", works.Id, RegisterSet.Write(works))]);
        var day = SiteZone.Get("Asia/Shanghai").Day(new LocalDate(2026, 5, 5));
        server.Sample.Workspace.Append("entry", [new EntryRecord(new Entry(Node.Parse("site:lq"),
            Node.Parse("site:stoke"), "board", Amount.From(3), "t", day, Basis.Invoiced,
            new Evidence.StatedBy("test"), Facts.None))]);
        var at = server.Sample.Books.Head.Position;
        var html = await guest.GetStringAsync($"/en/ledger/records/{at}", Cancel);
        Assert.Contains("5 May 2026", html, StringComparison.Ordinal);
        Assert.DoesNotContain("4 May 2026", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("distance", "80")]
    [InlineData("distance", "80 kg")]
    [InlineData("distance", "far")]
    [InlineData("payer", "somebody")]
    [InlineData("no-such-fact", "1")]
    public async Task What_is_no_value_of_a_fact_is_refused(string fact, string value)
    {
        var server = served.Server;
        using var guest = await server.Guest();
        var (gas, before) = (server.Sample.Bills + 1, server.Sample.Books.Head.Position);
        using var answer = await RunningServer.Post(guest, $"/en/ledger/records/{gas}", "/en/ledger/fact",
            ("entry", $"{gas}"), ("fact", fact), ("value", value), ("reason", "why"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(before, server.Sample.Books.Head.Position);
    }

    [Theory]
    [InlineData("category", "9.9")]
    [InlineData("category", "nonsense")]
    [InlineData("factor", "no-pack:no-row")]
    [InlineData("measurement", "invoiced")]
    public async Task What_no_pack_knows_is_no_override(string what, string value)
    {
        var server = served.Server;
        using var guest = await server.Guest();
        var (gas, before) = (server.Sample.Bills + 1, server.Sample.Books.Head.Position);
        using var answer = await RunningServer.Post(guest, $"/en/ledger/override?entry={gas}",
            "/en/ledger/override", ("entry", $"{gas}"), ("what", what), ("value", value), ("reason", "why"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(before, server.Sample.Books.Head.Position);
    }

    [Fact]
    public async Task A_file_is_withdrawn_only_when_the_box_is_ticked_and_its_hash_stays()
    {
        await using var server = await RunningServer.Start();
        using var guest = await server.Guest();
        var sha = server.Sample.HostileSha;
        var page = $"/en/ledger/evidence/{sha}";
        using var unsure = await RunningServer.Post(guest, page, page + "/withdraw",
            ("reason", "names in it"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unsure.StatusCode);
        Assert.NotNull(server.Sample.Books.EvidenceBytes(sha));
        using var sure = await RunningServer.Post(guest, page, page + "/withdraw", ("reason", "names in it"),
            ("sure", "1"));
        Assert.Equal(HttpStatusCode.SeeOther, sure.StatusCode);
        Assert.Null(server.Sample.Books.EvidenceBytes(sha));
        Assert.Equal("names in it", server.Sample.Books.EvidenceOf(sha)!.Withdrawn);
        Assert.Contains("names in it", await guest.GetStringAsync(page, Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_month_is_closed_from_its_page_and_opened_again_with_a_reason()
    {
        await using var server = await RunningServer.Start();
        using var guest = await server.Guest();
        const string page = "/en/ledger/closing/stoke/2026-09";
        Assert.Contains($"action=\"{page}\"", await guest.GetStringAsync(page, Cancel),
            StringComparison.Ordinal);
        using var closed = await RunningServer.Post(guest, page, page, ("note", "all bills in"));
        Assert.Equal(page, closed.Headers.Location!.OriginalString);
        var closing = Assert.Single(server.Sample.Books.Closings);
        Assert.Equal(("stoke", new YearMonth(2026, 9)), (closing.Closing.Site, closing.Closing.Month));
        var html = await guest.GetStringAsync(page, Cancel);
        Assert.Contains(closing.Closing.HeadHash, html, StringComparison.Ordinal);
        using var again = await RunningServer.Post(guest, page, page, ("note", ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.StatusCode);
        using var opened = await RunningServer.Post(guest, page,
            $"/en/ledger/batches/{server.Sample.Books.BatchAt(closing.Position)}/reverse",
            ("reason", "late bill"));
        Assert.Equal(HttpStatusCode.SeeOther, opened.StatusCode);
        Assert.Empty(server.Sample.Books.Closings);
    }

    [Fact]
    public async Task Several_months_are_closed_in_order_as_one_job()
    {
        await using var server = await RunningServer.Start();
        using var guest = await server.Guest();
        using var closed = await RunningServer.Post(guest, "/en/ledger/closing", "/en/ledger/closing",
            ("month", "stoke|2026-08"), ("month", "stoke|2026-09"));
        Assert.Equal(HttpStatusCode.SeeOther, closed.StatusCode);
        while (server.Sample.Books.Closings.Count < 2) await Task.Delay(20, Cancel);
        Assert.Equal([new YearMonth(2026, 8), new YearMonth(2026, 9)],
            server.Sample.Books.Closings.Select(c => c.Closing.Month));
        using var wrong = await RunningServer.Post(guest, "/en/ledger/closing", "/en/ledger/closing",
            ("month", "stoke"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
    }

    [Fact]
    public async Task A_month_that_is_not_over_cannot_be_closed()
    {
        var server = served.Server;
        using var guest = await server.Guest();
        var before = server.Sample.Books.Head.Position;
        const string page = "/en/ledger/closing/stoke/2026-10";
        Assert.DoesNotContain($"action=\"{page}\"", await guest.GetStringAsync(page, Cancel),
            StringComparison.Ordinal);
        using var answer = await RunningServer.Post(guest, "/en/today", page, ("note", ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(before, server.Sample.Books.Head.Position);
    }

    [Fact]
    public async Task Prices_stand_in_their_own_currency_with_the_share_of_the_period()
    {
        var server = served.Server;
        var books = server.Sample.Books;
        var whole = Assert.Single(books.CostsOf(null, MonthSpan.Parse("2026-09")).Totals);
        Assert.Equal(("GBP", Amount.Parse("9900"), 1), whole);
        Assert.Empty(books.CostsOf(null, MonthSpan.Parse("2026-08")).Totals);
        using var guest = await server.Guest();
        var today = await guest.GetStringAsync("/en/today?period=2026-09", Cancel);
        Assert.Contains("title=\"9,900 GBP\"", today, StringComparison.Ordinal);
    }
}
