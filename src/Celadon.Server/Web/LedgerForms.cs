using System.Globalization;
using Celadon.Quantities;
using Celadon.Server.Pages;
using Celadon.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Celadon.Server.Web;

/// <summary>What is done to single records: taken back, overridden, closed, withdrawn.</summary>
internal static class LedgerForms
{
    private const int LongestReason = 500;
    private const int MostMonths = 240;

    public static void Map(RouteGroupBuilder forms)
    {
        forms.MapForm("/ledger/records/{position:long}/reverse", Reverse);
        forms.MapForm("/ledger/override", Override);
        forms.MapForm("/ledger/fact", StateFact);
        forms.MapForm("/ledger/evidence/{sha256:length(64)}/withdraw", Withdraw);
        forms.MapForm("/ledger/closing/{site}/{month}", Close);
        forms.MapForm("/ledger/closing", CloseAll);
    }

    private static async Task<IResult> Reverse(HttpContext http, string lang, long position, Books books)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        // The page of a batch says what goes with it; a record's does not.
        if (books.Batch(position) is not null)
            throw RefusedException.Of("reverse.nothing", ("position", position));
        Flash.Set(http, "recordReversed", books.Reverse(position, ReasonOf(form)).Batch);
        return Forms.SeeOther(string.Create(CultureInfo.InvariantCulture,
            $"/{lang}/ledger/records/{position}"));
    }

    private static async Task<IResult> Override(HttpContext http, string lang, Books books)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var entries = EntriesOf(form);
        // An answer to a question carries its own reason: "3.4;payer=us".
        var answer = form["value"].ToString().Trim().Split(';', 2);
        var reason = answer is [_, { Length: > 0 and <= LongestReason } said] ? said : ReasonOf(form);
        var batch = form["flow"].ToString() is { Length: > 0 } flow
            ? books.OverrideFlow(flow, form["what"].ToString(), answer[0], reason)
            : books.Override(entries, form["what"].ToString(), answer[0], reason);
        Flash.Set(http, "overridden", batch);
        return Forms.Back(form["back"], lang);
    }

    private static async Task<IResult> StateFact(HttpContext http, string lang, Books books)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var batch = books.StateFact(EntriesOf(form), form["fact"].ToString(), form["value"].ToString().Trim(),
            ReasonOf(form));
        Flash.Set(http, "overridden", batch);
        return Forms.Back(form["back"], lang);
    }

    private static List<long> EntriesOf(IFormCollection form) => [.. form["entry"].Select(e =>
        long.TryParse(e, NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : 0)];

    private static async Task<IResult> Withdraw(HttpContext http, string lang, string sha256, Books books)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var reason = ReasonOf(form);
        if (form["sure"] != "1") throw RefusedException.Of("web.withdrawSure");
        Flash.Set(http, "withdrawn", books.Withdraw(sha256, reason));
        return Forms.SeeOther($"/{lang}/ledger/evidence/{sha256}");
    }

    private static async Task<IResult> Close(
        HttpContext http, string lang, string site, string month, Books books)
    {
        site = ClosingPage.SiteIn(site);
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (!MonthSpan.TryParse(month, out var span) || span.Count != 1)
            throw RefusedException.Of("close.month", ("month", month));
        var note = form["note"].ToString().Trim();
        if (note.Length > LongestReason) throw RefusedException.Of("web.reasonMissing");
        // Not tied to the request: a browser that closes does not stop what was agreed to half way.
        var batch = await Task.Run(() => books.Close(site, span.First, note, CancellationToken.None).Batch,
            CancellationToken.None);
        Flash.Set(http, "closed", batch);
        return Forms.SeeOther($"/{lang}{ClosingPage.PathOf(site, month)}");
    }

    /// <summary>
    /// Closes several months as one job, in the order given; stopped between two, those closed stay closed.
    /// </summary>
    private static async Task<IResult> CloseAll(HttpContext http, string lang, Books books, Jobs jobs)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var months = new List<(string Site, NodaTime.YearMonth Month)>();
        foreach (var given in form["month"])
        {
            if (given?.Split('|') is not [var site, var month] || !MonthSpan.TryParse(month, out var span)
                || span.Count != 1) throw RefusedException.Of("close.month", ("month", given ?? ""));
            months.Add((site, span.First));
        }
        if (months.Count is 0 or > MostMonths)
            throw RefusedException.Of("close.month", ("month", months.Count));
        var subject = string.Create(CultureInfo.InvariantCulture, $"{months.Count}");
        return await ImportForms.Result(http, lang, jobs.Start("close", subject, months.Count,
            (job, cancel) =>
        {
            long batch = 0;
            foreach (var (site, month) in months.TakeWhile(_ => !cancel.IsCancellationRequested))
            {
                batch = books.Close(site, month, "", CancellationToken.None).Batch;
                job.Count++;
            }
            return new JobGoal("/ledger/closing", batch > 0 ? "closed" : null, batch);
        }));
    }

    private static string ReasonOf(IFormCollection form) =>
        form["reason"].ToString().Trim() is { Length: > 0 and <= LongestReason } reason ? reason
            : throw RefusedException.Of("web.reasonMissing");
}
