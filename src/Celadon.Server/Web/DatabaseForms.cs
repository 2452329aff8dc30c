using Celadon.Server.Safety;
using Celadon.Store.Import.Lci;
using Celadon.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Celadon.Server.Web;

/// <summary>A database in: read, looked at, taken into use or dropped.</summary>
internal static class DatabaseForms
{
    private const int LongestWords = 500;

    public static void Map(RouteGroupBuilder forms, ServeOptions options)
    {
        forms.MapForm("/ledger/databases", Upload)
            .WithMetadata(new RequestSizeLimitAttribute(Math.Max(4 * options.UploadBytes, 1024 * 1024)));
        forms.MapForm("/ledger/databases/import/{token}/commit", Commit);
        forms.MapForm("/ledger/databases/import/{token}/drop", Drop);
    }

    private static async Task<IResult> Upload(HttpContext http, string lang, Books books, Jobs jobs,
        ServeOptions options)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var files = await ImportForms.FilesOf(form, options, http.RequestAborted);
        if (files.Count != 1)
            throw RefusedException.Of("web.tooManyFiles", ("count", files.Count), ("most", 1));
        return await ImportForms.Result(http, lang, jobs.Start("read", files[0].Name, 0, (_, cancel) =>
            new JobGoal($"/ledger/databases/import/{books.StageDatabase(files[0], cancel).Token}")));
    }

    private static async Task<IResult> Commit(HttpContext http, string lang, string token, Books books,
        Jobs jobs)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (books.DatabaseBy(token) is not { } staged) throw RefusedException.Of("web.importGone");
        string Text(string name) => form[name].ToString().Trim() is { Length: <= LongestWords } text ? text
            : throw RefusedException.Of("web.tooLong", ("name", name), ("most", LongestWords));
        string Or(string name, string otherwise) => Text(name) is { Length: > 0 } text ? text : otherwise;
        var words = new LciPackWords(Text("id"), Text("licence"),
            Or("title", Path.GetFileNameWithoutExtension(staged.File)), Or("source", staged.File),
            Text("edition") is { Length: > 0 } edition ? edition : null,
            LeftOut: staged.Reading.Errors == 0 ? null
                : Catalogue.For(lang).Text("lci.leftOut", ("count", staged.Reading.Errors)));
        var withoutFaulty = form["withoutFaulty"] == "true";
        return await ImportForms.Result(http, lang, jobs.Start("record", staged.File, 0, (_, _) =>
            new JobGoal($"/ledger/databases/{words.Id}", "adopted",
                books.AdoptDatabase(token, words, withoutFaulty).Batch)));
    }

    private static SeeOther Drop(HttpContext http, string lang, string token, Books books)
    {
        books.DropDatabase(token);
        Flash.Set(http, "dropped");
        return Forms.SeeOther($"/{lang}/ledger/databases");
    }
}
