using Celadon.Server.Web;
using Celadon.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Celadon.Server.Api;

/// <summary>The books as files: GET /export/entries.csv and the others of <see cref="BooksFiles"/>.</summary>
internal static class ExportApi
{
    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        [".csv"] = "text/csv; charset=utf-8",
        [".json"] = "application/json", [".txt"] = "text/plain; charset=utf-8",
        [".xlsx"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        [".parquet"] = "application/vnd.apache.parquet", [".zip"] = "application/zip",
    };

    public static void Map(WebApplication app)
    {
        foreach (var (file, _) in BooksFiles.All)
            app.MapGet($"/export/{file}", (HttpContext http, Books books) => Send(http, books, file));
    }

    /// <summary>
    /// Written to a file first, which goes when it was sent: a listing of millions never stands in memory.
    /// </summary>
    private static IResult Send(HttpContext http, Books books, string file)
    {
        var how = new FileStreamOptions
        { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose };
        if (!OperatingSystem.IsWindows()) how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var bytes = new FileStream(Path.Combine(Path.GetTempPath(), $"celadon-{Guid.NewGuid():N}.out"), how);
        try
        {
            books.Export(file, Refusal.LanguageOf(http.Request), bytes, http.RequestAborted);
            bytes.Position = 0;
            return Results.Stream(bytes, Types[Path.GetExtension(file)], $"celadon-{file}");
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }
}
