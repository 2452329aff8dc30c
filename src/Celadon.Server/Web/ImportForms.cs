using System.Globalization;
using Celadon.Server.Safety;
using Celadon.Store;
using Celadon.Store.Import.Reading;
using Celadon.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Celadon.Server.Web;

/// <summary>
/// Files in, answers, commit, drop. Reading and recording are jobs: what ends within a second answers at
/// once, what takes longer answers with the job's page.
/// </summary>
internal static class ImportForms
{
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(1);

    public static void Map(RouteGroupBuilder forms, ServeOptions options)
    {
        // What is somewhat too large is read and refused with a page that says so; a connection that is cut
        // while a browser still sends shows no page at all.
        forms.MapForm("/ledger/import", Upload)
            .WithMetadata(new RequestSizeLimitAttribute(Math.Max(4 * options.UploadBytes, 1024 * 1024)));
        forms.MapForm("/ledger/import/{token}/answer", Answer);
        forms.MapForm("/ledger/import/{token}/commit", Commit);
        forms.MapForm("/ledger/import/{token}/drop", Drop);
        forms.MapForm("/ledger/jobs/{job:length(32)}/cancel", Cancel);
    }

    private static async Task<IResult> Upload(HttpContext http, string lang, Books books, Jobs jobs,
        ServeOptions options)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var files = await FilesOf(form, options, http.RequestAborted);
        return await Result(http, lang, jobs.Start("read", SubjectOf(files), 0, (job, cancel) =>
            new JobGoal($"/ledger/import/{books.Stage(files, job.Tell, cancel).Token}")));
    }

    /// <summary>The files of a form.</summary>
    /// <exception cref="RefusedException">There are none, or more than one import takes.</exception>
    internal static async Task<List<SourceFile>> FilesOf(IFormCollection form, ServeOptions options,
        CancellationToken cancel)
    {
        if (form.Files.Count == 0) throw RefusedException.Of("web.noFiles");
        if (form.Files.Count > options.UploadFiles)
            throw RefusedException.Of("web.tooManyFiles", ("count", form.Files.Count),
                ("most", options.UploadFiles));
        if (form.Files.Sum(file => file.Length) > options.UploadBytes)
            throw new BadHttpRequestException("", StatusCodes.Status413PayloadTooLarge);
        var files = new List<SourceFile>();
        foreach (var file in form.Files)
        {
            using var bytes = new MemoryStream((int)file.Length);
            await file.CopyToAsync(bytes, cancel);
            files.Add(new SourceFile(FileNames.Plain(file.FileName), bytes.ToArray()));
        }
        return files;
    }

    private static async Task<IResult> Answer(
        HttpContext http, string lang, string token, Books books, Jobs jobs)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var answers = form.Where(f => f.Key.StartsWith("q.", StringComparison.Ordinal)
            && f.Value.ToString().Length > 0)
            .Select(f => KeyValuePair.Create(f.Key[2..], f.Value.ToString())).ToList();
        if (books.StagedBy(token) is not { } staged) throw RefusedException.Of("web.importGone");
        return await Result(http, lang, jobs.Start("read", SubjectOf(staged.Files), 0, (job, cancel) =>
            books.Answer(token, answers, job.Tell, cancel) is { } read
                ? new JobGoal($"/ledger/import/{read.Token}") : throw RefusedException.Of("web.importGone")));
    }

    private static async Task<IResult> Commit(
        HttpContext http, string lang, string token, Books books, Jobs jobs)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var choices = new ImportChoices(form["again"] == "1", form["correct"] == "1");
        if (books.StagedBy(token) is not { } staged) throw RefusedException.Of("web.importGone");
        // The header of the batch is a record too.
        var total = 1 + staged.New.Entries.Length + staged.New.Registers.Length + staged.New.Readings.Length;
        // Not tied to the request: a browser that closes does not stop what was agreed to half way.
        return await Result(http, lang, jobs.Start("record", SubjectOf(staged.Files), total, (job, cancel) =>
            books.Commit(token, choices, cancel, count => job.Count = Math.Min(count, total))
                .Appended is { } appended
                ? new JobGoal("/ledger/batches/" + appended.Batch.ToString(CultureInfo.InvariantCulture),
                    "committed", appended.Batch)
                : new JobGoal("/ledger/batches")));
    }

    private static SeeOther Drop(HttpContext http, string lang, string token, Books books)
    {
        books.Drop(token);
        Flash.Set(http, "dropped");
        return Forms.SeeOther($"/{lang}/ledger/import");
    }

    private static SeeOther Cancel(string lang, string job, Jobs jobs)
    {
        jobs.Find(job)?.Cancel();
        return Forms.SeeOther($"/{lang}/ledger/jobs/{job}");
    }

    /// <summary>The job's result when it comes at once, else its page.</summary>
    internal static async Task<IResult> Result(HttpContext http, string lang, Job job)
    {
        await Task.WhenAny(job.Ended, Task.Delay(AtOnce, http.RequestAborted));
        if (job.Failure is { } failure) throw new RefusedException(failure);
        if (job is not { State: JobState.Done, Goal: { } goal })
            return Forms.SeeOther($"/{lang}/ledger/jobs/{job.Id}");
        if (goal.Flash is { } flash) Flash.Set(http, flash, goal.Batch);
        return Forms.SeeOther($"/{lang}{goal.Path}");
    }

    internal static string SubjectOf(IReadOnlyList<SourceFile> files) => files.Count == 1 ? files[0].Name
        : string.Create(CultureInfo.InvariantCulture, $"{files[0].Name} + {files.Count - 1}");
}
