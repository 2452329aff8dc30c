using System.Net;
using System.Security.Cryptography;
using Celadon.Ledger;
using Celadon.Server.Reports;
using Celadon.Store;
using Celadon.Tests.Server;
using Celadon.Text;

namespace Celadon.Tests.Reports;

/// <summary>What was sent to whom, on which consent: a record, the very bytes, and where it shows.</summary>
public sealed class SentTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_report_that_was_sent_is_a_record_with_the_bytes_that_were_sent()
    {
        await using var server = await RunningServer.Start();
        using var guest = await server.Guest();
        using var answer = await RunningServer.Post(guest, "/en/carbon/reports/site?period=2026-09",
            "/en/carbon/reports/site/send", ("to", "Museum Shops Ltd"),
            ("consent", "contract 2026-4, clause 9"),
            ("what", "html"), ("back", "/en/carbon/reports/site?period=2026-09"));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        var (position, _, sent) = Assert.Single(server.Sample.Books.Sent());
        Assert.Equal(("site en 2026-09", "Museum Shops Ltd", "contract 2026-4, clause 9"),
            (sent.What, sent.To, sent.Consent));
        var bytes = await guest.GetByteArrayAsync($"/statements/{sent.Sha256}", Cancel);
        Assert.Equal(sent.Sha256, Convert.ToHexStringLower(SHA256.HashData(bytes)));

        var list = await guest.GetStringAsync("/en/carbon/reports", Cancel);
        Assert.Contains("Museum Shops Ltd", list, StringComparison.Ordinal);
        var record = await guest.GetStringAsync($"/zh/ledger/records/{position}", Cancel);
        Assert.Contains(sent.Sha256, record, StringComparison.Ordinal);
        Assert.Contains("contract 2026-4", record, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "consent")]
    [InlineData("somebody", " ")]
    public void To_whom_and_on_which_consent_are_both_needed(string to, string consent)
    {
        using var sample = new SampleWorkspace();
        var refused = Assert.Throws<RefusedException>(() =>
            StatementSending.Record(sample.Workspace, "site en 2026-09", [1], to, consent));
        Assert.Equal("report.sentIncomplete", refused.Finding.Code);
        Assert.Empty(sample.Workspace.State().Standing<StatementSentRecord>());
    }

    [Fact]
    public async Task Files_of_every_report_are_given_out_and_nothing_else_is()
    {
        await using var server = await RunningServer.Start();
        using var guest = await server.Guest();
        foreach (var (name, _) in ReportPage.Kinds)
        {
            using var file = await guest.GetAsync($"/en/carbon/reports/{name}/file.html?period=2026-09",
                Cancel);
            Assert.Equal(HttpStatusCode.OK, file.StatusCode);
            Assert.Equal("attachment", file.Content.Headers.ContentDisposition!.DispositionType);
        }
        foreach (var path in (string[])["/en/carbon/reports/none", "/en/carbon/reports/site/file.exe",
            $"/statements/{new string('0', 64)}"])
        {
            using var none = await guest.GetAsync(path, Cancel);
            Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        }
    }
}
