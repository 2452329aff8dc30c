using System.Text.Json;
using System.Text.Json.Nodes;
using Celadon.Lenses;
using Celadon.Quantities;
using Celadon.Server.Web;
using Celadon.Store;
using Celadon.Store.Import;
using Celadon.Store.Import.Reading;
using Celadon.Store.Journal;
using Celadon.Text;
using Microsoft.AspNetCore.Http;

namespace Celadon.Server.Api;

/// <summary>Writing to the books over HTTP: what the verbs of the same names do.</summary>
internal static class WriteApi
{
    public static async Task<IResult> Import(HttpContext http, Books books, Jobs jobs, ServeOptions options)
    {
        if (!http.Request.HasFormContentType) throw RefusedException.Of("api.notFiles");
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var files = await ImportForms.FilesOf(form, options, http.RequestAborted);
        var choices = new ImportChoices(Flag(http, "again"), Flag(http, "correct"));
        // What is not proved is left as a to-do, as with --yes: nobody is there to be asked.
        var dryRun = Flag(http, "dryRun");
        if (Flag(http, "background")) return Started(http, jobs.Start("import",
            ImportForms.SubjectOf(files), 0, (job, cancel) =>
            {
                var (read, rest, done) = books.Import(files, choices, dryRun, cancel, job.Tell);
                return new JobGoal(done?.Appended is { } batch ? FormattableString.Invariant(
                    $"/ledger/batches/{batch.Batch}") : "/ledger/batches", null, done?.Appended?.Batch ?? 0,
                    ImportJson.Write(read, rest, done));
            }));
        var (plan, more, imported) = await Task.Run(() => books.Import(files, choices, dryRun,
            http.RequestAborted), CancellationToken.None);
        return ReadApi.Json(ImportJson.Write(plan, more, imported));
    }

    /// <summary>The work goes on; its address is the answer.</summary>
    private static IResult Started(HttpContext http, Job job) => Results.Accepted($"/api/jobs/{job.Id}",
        new JsonObject
        {
            ["job"] = job.Id, ["events"] = $"/api/jobs/{job.Id}/events",
            ["says"] = JobEvents.Says(job, Refusal.LanguageOf(http.Request)),
        });

    public static async Task<IResult> Reverse(HttpContext http, Books books)
    {
        var body = await Body(http);
        return ReadApi.Json(Write(books.Reverse(Number(body, "position"), Words(body, "reason"))));
    }

    public static async Task<IResult> Close(HttpContext http, Books books)
    {
        var body = await Body(http);
        var month = Words(body, "month");
        if (!MonthSpan.TryParse(month, out var span) || span.Count != 1)
            throw RefusedException.Of("api.month", ("value", month));
        var note = body["note"] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
        var appended = await Task.Run(() => books.Close(Words(body, "site"), span.First, note,
            CancellationToken.None), CancellationToken.None);
        return ReadApi.Json(Write(appended));
    }

    private static JsonObject Write(Appended appended) => AppendedJson.Write(appended);

    private static async Task<JsonObject> Body(HttpContext http)
    {
        if (!http.Request.HasJsonContentType()) throw RefusedException.Of("api.notJson");
        try
        {
            return await JsonNode.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted)
                as JsonObject ?? throw RefusedException.Of("api.notJson");
        }
        catch (JsonException)
        {
            throw RefusedException.Of("api.notJson");
        }
    }

    private static string Words(JsonObject body, string name) =>
        body[name] is JsonValue value && value.TryGetValue<string>(out var text)
            && !string.IsNullOrWhiteSpace(text) ? text.Trim()
            : throw RefusedException.Of("api.field", ("name", name), ("kind", "json.string"));

    private static long Number(JsonObject body, string name) =>
        body[name] is JsonValue value && value.TryGetValue<long>(out var number) ? number
            : throw RefusedException.Of("api.field", ("name", name), ("kind", "json.integer"));

    private static bool Flag(HttpContext http, string name) => ApiRequest.Text(http, name) switch
    {
        null or "false" or "0" => false,
        "true" or "1" => true,
        var other => throw RefusedException.Of("api.choice", ("name", name), ("value", other),
            ("choices", "true, false")),
    };
}
