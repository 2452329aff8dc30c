using System.Text;
using Celadon.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Celadon.Server.Api;

/// <summary>The books as files: GET /export/entries.csv, readings.csv, registers.csv, journal.txt.</summary>
internal static class ExportApi
{
    /// <summary>The files: name and what of the books it holds.</summary>
    public static readonly (string File, string What)[] Files =
        [("entries.csv", "entries"), ("readings.csv", "readings"), ("registers.csv", "registers"),
            ("journal.txt", "journal")];

    public static void Map(WebApplication app)
    {
        foreach (var (file, what) in Files)
            app.MapGet($"/export/{file}", (HttpContext http, Books books) => Send(http, books, file, what));
    }

    /// <summary>
    /// Written to a file first, which goes when it was sent: a listing of millions never stands in memory.
    /// </summary>
    private static IResult Send(HttpContext http, Books books, string file, string what)
    {
        var how = new FileStreamOptions
        { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose };
        if (!OperatingSystem.IsWindows()) how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var bytes = new FileStream(Path.Combine(Path.GetTempPath(), $"celadon-{Guid.NewGuid():N}.out"), how);
        try
        {
            using (var text = new StreamWriter(bytes, new UTF8Encoding(file.EndsWith(".csv",
                StringComparison.Ordinal)), leaveOpen: true))
                books.Export(what, text, http.RequestAborted);
            bytes.Position = 0;
            return Results.Stream(bytes, file.EndsWith(".csv", StringComparison.Ordinal) ? "text/csv"
                : "text/plain; charset=utf-8", $"celadon-{file}");
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }
}
