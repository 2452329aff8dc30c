using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Celadon.Server;
using Celadon.Store;
using Celadon.Store.Import;
using Celadon.Tests.Import;
using Celadon.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Celadon.Tests.Server;

/// <summary>Work that takes longer than a page: its page, its count, its end.</summary>
public sealed class JobTests(ServedSample served) : IClassFixture<ServedSample>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_shows_its_count_leads_on_when_done_and_says_so_without_script()
    {
        var server = served.Server;
        using var guest = await server.Guest();
        using var gate = new ManualResetEventSlim();
        var job = server.App.Services.GetRequiredService<Jobs>().Start("record", "meters.csv", 100, (j, _) =>
        {
            j.Count = 40;
            gate.Wait(Cancel);
            return new JobGoal("/ledger/batches", "committed", server.Sample.Bills);
        });
        var html = "";
        while (!html.Contains("40 of 100", StringComparison.Ordinal))
            html = await guest.GetStringAsync($"/en/ledger/jobs/{job.Id}", Cancel);
        Assert.Contains("<noscript><meta http-equiv=\"refresh\"", html, StringComparison.Ordinal);
        Assert.Contains($"action=\"/en/ledger/jobs/{job.Id}/cancel\"", html, StringComparison.Ordinal);
        using var twin = JsonDocument.Parse(
            await guest.GetStringAsync($"/en/ledger/jobs/{job.Id}.json", Cancel));
        Assert.Equal("working", twin.RootElement.GetProperty("state").GetString());
        gate.Set();
        await job.Ended;
        using var done = await guest.GetAsync($"/en/ledger/jobs/{job.Id}", Cancel);
        Assert.Equal("/en/ledger/batches", done.Headers.Location!.OriginalString);
    }

    /// <summary>However many come after it, whoever started a job can still stop it.</summary>
    [Fact]
    public async Task A_job_at_work_stays_in_reach()
    {
        using var gate = new ManualResetEventSlim();
        var jobs = new Jobs();
        var first = jobs.Start("import", "a.csv", 0, (_, _) =>
        {
            gate.Wait(Cancel);
            return new JobGoal("/");
        });
        var second = jobs.Start("record", "b.csv", 0, (_, _) => new JobGoal("/"));
        await second.Ended;
        for (var i = 0; i < 100; i++)
            await jobs.Start("record", "c.csv", 0, (_, _) => new JobGoal("/")).Ended;
        Assert.Same(first, jobs.Find(first.Id));
        Assert.Null(jobs.Find(second.Id));
        gate.Set();
        await first.Ended;
    }

    [Fact]
    public async Task A_job_is_stopped_from_its_page()
    {
        var server = served.Server;
        using var guest = await server.Guest();
        var job = server.App.Services.GetRequiredService<Jobs>().Start("read", "meters.csv", 0,
            (_, cancel) =>
            {
                cancel.WaitHandle.WaitOne();
                cancel.ThrowIfCancellationRequested();
                return new JobGoal("/today");
            });
        using var stopped = await RunningServer.Post(guest, $"/en/ledger/jobs/{job.Id}",
            $"/en/ledger/jobs/{job.Id}/cancel");
        Assert.Equal(HttpStatusCode.SeeOther, stopped.StatusCode);
        await job.Ended;
        Assert.Equal(JobState.Cancelled, job.State);
        Assert.Contains("nothing was recorded",
            await guest.GetStringAsync($"/en/ledger/jobs/{job.Id}", Cancel), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "12,400 of 35,040 rows")]
    [InlineData("zh", "12,400 / 35,040 行")]
    public async Task Reading_shows_its_rows(string language, string words)
    {
        var server = served.Server;
        using var guest = await server.Guest();
        using var gate = new ManualResetEventSlim();
        var job = server.App.Services.GetRequiredService<Jobs>().Start("read", "meters.csv", 0, (j, _) =>
        {
            j.Tell(new ImportProgress(ImportStage.Reading, 1, 1, "meters.csv", 12_400, 35_040));
            gate.Wait(Cancel);
            return new JobGoal("/ledger/import");
        });
        while (job.Reading is null) await Task.Yield();
        Assert.Contains(words, WebUtility.HtmlDecode(
            await guest.GetStringAsync($"/{language}/ledger/jobs/{job.Id}", Cancel)),
            StringComparison.Ordinal);
        using var twin = JsonDocument.Parse(
            await guest.GetStringAsync($"/{language}/ledger/jobs/{job.Id}.json", Cancel));
        Assert.Equal(12_400, twin.RootElement.GetProperty("count").GetInt64());
        Assert.Equal(35_040, twin.RootElement.GetProperty("total").GetInt64());
        gate.Set();
        await job.Ended;
    }

    [Fact]
    public async Task A_job_streams_what_moves_and_how_it_ended()
    {
        var server = served.Server;
        using var guest = await server.Guest();
        using var gate = new ManualResetEventSlim();
        var job = server.App.Services.GetRequiredService<Jobs>().Start("record", "meters.csv", 100, (j, _) =>
        {
            j.Count = 40;
            gate.Wait(Cancel);
            j.Count = 100;
            return new JobGoal("/ledger/batches", "committed", 7);
        });
        using var answer = await guest.GetAsync($"/api/jobs/{job.Id}/events?lang=zh",
            HttpCompletionOption.ResponseHeadersRead, Cancel);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        var names = new List<string>();
        await foreach (var item in SseParser.Create(await answer.Content.ReadAsStreamAsync(Cancel))
            .EnumerateAsync(Cancel))
        {
            names.Add(item.EventType);
            using var now = JsonDocument.Parse(item.Data);
            if (now.RootElement.GetProperty("count").GetInt64() == 40) gate.Set();
            if (item.EventType != "done") continue;
            Assert.Equal(7, now.RootElement.GetProperty("batch").GetInt64());
            Assert.Contains("100", now.RootElement.GetProperty("says").GetString(), StringComparison.Ordinal);
        }
        Assert.Equal(("progress", "done"), (names[0], names[^1]));
        Assert.DoesNotContain("done", names[..^1]);
    }

    [Fact]
    public async Task An_import_in_the_background_is_a_job_of_the_api_and_records_one_batch()
    {
        await using var server = await RunningServer.Start();
        using var caller = ApiTests.Program(server);
        using var files = new MultipartFormDataContent
        {
            { new StringContent("From,To,Natural gas (kWh)\n13/07/2026,31/07/2026,1000\n"), "files",
                "gas.csv" },
        };
        using var accepted = await caller.PostAsync("/api/imports?background=true", files, Cancel);
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        var address = accepted.Headers.Location!.OriginalString;
        var stream = await caller.GetStringAsync(address + "/events", Cancel);
        Assert.Contains("event: done", stream, StringComparison.Ordinal);
        using var job = JsonDocument.Parse(await caller.GetStringAsync(address, Cancel));
        Assert.Equal(("done", "import"), (job.RootElement.GetProperty("state").GetString(),
            job.RootElement.GetProperty("kind").GetString()));
        var batch = job.RootElement.GetProperty("batch").GetInt64();
        Assert.IsType<Celadon.Ledger.BatchRecord>(server.Sample.Books.Record(batch)!.Row.Body);
        Assert.True(job.RootElement.GetProperty("answer").TryGetProperty("documents", out _));
    }

    [Fact]
    public async Task A_job_is_stopped_by_the_token_and_not_by_a_session()
    {
        var server = served.Server;
        using var guest = await server.Guest();
        using var caller = ApiTests.Program(server);
        var job = server.App.Services.GetRequiredService<Jobs>().Start("import", "meters.csv", 0,
            (_, cancel) =>
            {
                cancel.WaitHandle.WaitOne();
                cancel.ThrowIfCancellationRequested();
                return new JobGoal("/today");
            });
        using var refused = await guest.PostAsync($"/api/jobs/{job.Id}/cancel", null, Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal(JobState.Working, job.State);
        using var stopped = await caller.PostAsync($"/api/jobs/{job.Id}/cancel", null, Cancel);
        Assert.Equal(HttpStatusCode.OK, stopped.StatusCode);
        await job.Ended;
        Assert.Contains("event: cancelled", await caller.GetStringAsync($"/api/jobs/{job.Id}/events", Cancel),
            StringComparison.Ordinal);
        using var none = await caller.GetAsync($"/api/jobs/{new string('0', 32)}/events", Cancel);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task Stop_ends_the_reading_itself()
    {
        var server = served.Server;
        using var guest = await server.Guest();
        using var gate = new ManualResetEventSlim();
        var books = server.Sample.Books;
        var before = server.Sample.Workspace.Journal.Head().Position;
        var told = 0;
        var job = server.App.Services.GetRequiredService<Jobs>().Start("read", "m9.csv", 0, (j, cancel) =>
            new JobGoal($"/ledger/import/{books.Stage([ProgressTests.Minutes("m9.csv", 300_000)], progress =>
            {
                told++;
                j.Tell(progress);
                if (progress.Rows > 0) gate.Wait(Cancel);
            }, cancel).Token}"));
        while (job.Count == 0) await Task.Yield();
        using var stopped = await RunningServer.Post(guest, $"/en/ledger/jobs/{job.Id}",
            $"/en/ledger/jobs/{job.Id}/cancel");
        gate.Set();
        await job.Ended;
        Assert.Equal(JobState.Cancelled, job.State);
        // The beginning of the rows and the first count of them; none after the stop.
        Assert.Equal(2, told);
        Assert.Equal(before, server.Sample.Workspace.Journal.Head().Position);
        Assert.Contains("nothing was recorded",
            await guest.GetStringAsync($"/en/ledger/jobs/{job.Id}", Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public void A_caller_that_hangs_up_while_files_are_read_records_nothing()
    {
        var (books, journal) = (served.Server.Sample.Books, served.Server.Sample.Workspace.Journal);
        var before = journal.Head().Position;
        Assert.Throws<OperationCanceledException>(() => books.Import([ProgressTests.Minutes("m8.csv", 10)],
            new ImportChoices(), dryRun: false, new CancellationToken(true)));
        Assert.Equal(before, journal.Head().Position);
    }

    [Fact]
    public async Task A_job_that_is_refused_says_why()
    {
        var server = served.Server;
        using var guest = await server.Guest();
        var job = server.App.Services.GetRequiredService<Jobs>().Start("read", "meters.csv", 0,
            (_, _) => throw RefusedException.Of("web.importGone"));
        await job.Ended;
        Assert.Equal(JobState.Failed, job.State);
        Assert.Contains(Catalogue.English.Render(job.Failure!),
            await guest.GetStringAsync($"/en/ledger/jobs/{job.Id}", Cancel), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("entries.csv", "text/csv")]
    [InlineData("readings.csv", "text/csv")]
    [InlineData("registers.csv", "text/csv")]
    [InlineData("journal.txt", "text/plain")]
    [InlineData("entries.json", "application/json")]
    [InlineData("answers.json", "application/json")]
    [InlineData("entries.parquet", "application/vnd.apache.parquet")]
    [InlineData("workbook.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")]
    [InlineData("everything.zip", "application/zip")]
    public async Task The_books_go_out_as_files_to_those_let_in(string file, string type)
    {
        var server = served.Server;
        using var guest = await server.Guest();
        using var answer = await guest.GetAsync($"/export/{file}", Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
        Assert.NotEmpty(await answer.Content.ReadAsByteArrayAsync(Cancel));
        using var stranger = server.Stranger();
        using var refused = await stranger.GetAsync($"/export/{file}", Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [Fact]
    public async Task Numbers_are_shown_in_ten_thousands_only_where_that_was_chosen()
    {
        var server = served.Server;
        using var guest = await server.Guest();
        Assert.Contains(">41,250<", await guest.GetStringAsync("/zh/today?period=2026-09", Cancel),
            StringComparison.Ordinal);
        using var chosen = await RunningServer.Post(guest, "/zh/today", "/zh/options", ("numbers", "wan"),
            ("back", "/zh/today?period=2026-09"));
        Assert.Equal("/zh/today?period=2026-09", chosen.Headers.Location!.OriginalString);
        Assert.Contains("4.12 万", WebUtility.HtmlDecode(
            await guest.GetStringAsync(chosen.Headers.Location, Cancel)), StringComparison.Ordinal);
        Assert.DoesNotContain("万", WebUtility.HtmlDecode(
            await guest.GetStringAsync("/en/today?period=2026-09", Cancel)), StringComparison.Ordinal);
    }
}
