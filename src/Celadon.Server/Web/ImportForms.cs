using System.Globalization;
using Celadon.Store;
using Celadon.Store.Import.Reading;
using Celadon.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Celadon.Server.Web;

/// <summary>Files in, answers, commit, drop.</summary>
internal static class ImportForms
{
    private const int LongestName = 200;

    public static void Map(RouteGroupBuilder forms, ServeOptions options)
    {
        forms.MapPost("/ledger/import", Upload)
            .WithMetadata(new RequestSizeLimitAttribute(options.UploadBytes + 1024 * 1024));
        forms.MapPost("/ledger/import/{token}/answer", Answer);
        forms.MapPost("/ledger/import/{token}/commit", Commit);
        forms.MapPost("/ledger/import/{token}/drop", Drop);
    }

    private static async Task<IResult> Upload(HttpContext http, string lang, Books books,
        ServeOptions options)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (form.Files.Count == 0) throw RefusedException.Of("web.noFiles");
        if (form.Files.Count > options.UploadFiles)
            throw RefusedException.Of("web.tooManyFiles", ("count", form.Files.Count),
                ("most", options.UploadFiles));
        var files = new List<SourceFile>();
        foreach (var file in form.Files)
        {
            using var bytes = new MemoryStream((int)file.Length);
            await file.CopyToAsync(bytes, http.RequestAborted);
            files.Add(new SourceFile(NameOf(file.FileName), bytes.ToArray()));
        }
        var staged = await Task.Run(() => books.Stage(files), http.RequestAborted);
        return Forms.SeeOther($"/{lang}/ledger/import/{staged.Token}");
    }

    private static async Task<IResult> Answer(HttpContext http, string lang, string token, Books books)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var answers = form.Where(f => f.Key.StartsWith("q.", StringComparison.Ordinal)
            && f.Value.ToString().Length > 0)
            .Select(f => KeyValuePair.Create(f.Key[2..], f.Value.ToString()));
        var staged = await Task.Run(() => books.Answer(token, answers), http.RequestAborted)
            ?? throw RefusedException.Of("web.importGone");
        return Forms.SeeOther($"/{lang}/ledger/import/{staged.Token}");
    }

    private static async Task<IResult> Commit(HttpContext http, string lang, string token, Books books)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var choices = new ImportChoices(form["again"] == "1", form["correct"] == "1");
        // Not tied to the request: a browser that closes does not stop what was agreed to half way.
        var imported = await Task.Run(() => books.Commit(token, choices, CancellationToken.None),
            CancellationToken.None);
        if (imported.Appended is not { } appended) return Forms.SeeOther($"/{lang}/ledger/batches");
        Flash.Set(http, "committed", appended.Batch);
        return Forms.SeeOther(string.Create(CultureInfo.InvariantCulture,
            $"/{lang}/ledger/batches/{appended.Batch}"));
    }

    private static SeeOther Drop(HttpContext http, string lang, string token, Books books)
    {
        books.Drop(token);
        Flash.Set(http, "dropped");
        return Forms.SeeOther($"/{lang}/ledger/import");
    }

    /// <summary>
    /// The name without folders and without characters that a terminal or a path would take for commands.
    /// </summary>
    internal static string NameOf(string given)
    {
        var name = given[(given.LastIndexOfAny(['/', '\\']) + 1)..];
        var clean = string.Concat(name.Where(c => !char.IsControl(c))).Trim();
        return clean.Length == 0 ? "file" : clean.Length > LongestName ? clean[^LongestName..] : clean;
    }
}
