using System.Collections.Immutable;
using Celadon.Lenses.Products;
using Celadon.Server.Web;
using Celadon.Store;
using Celadon.Store.Declarations;
using Celadon.Store.Export.Lci;
using Celadon.Text;
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
            app.MapDoor("GET", $"/export/{file}",
                (HttpContext http, Books books) => Send(http, books, file));
        app.MapDoor("GET", "/export/databases/{database}.{form}", Database);
        app.MapDoor("GET", "/export/declaration.xml", Declaration);
    }

    /// <summary>
    /// The declaration of a spec ("spec") as an ILCD+EPD data set, with what its footprint gives; refused
    /// while it has an error.
    /// </summary>
    private static IResult Declaration(HttpContext http, Books books)
    {
        var text = SpecAddress.Read(http.Request.Query["spec"].ToString());
        var asked = books.Ask("products.declaration", text, null, http.RequestAborted);
        if (asked.Answer.Findings.Any(f => f.Severity == Severity.Error))
            throw RefusedException.Of("declaration.write.faulty");
        var spec = (DeclarationSpec)asked.Question.ReadSpec(text);
        var report = (DeclarationReport)asked.Answer.Report;
        if (spec.Footprint is not null)
            spec = spec with { Indicators = [.. report.Indicators.Select(Printed)] };
        return Results.Bytes(EpdXml.Write(spec, books.Library), "application/xml", "celadon-declaration.xml");
    }

    /// <summary>What an indicator says, module by module, as it is printed.</summary>
    private static DeclaredValues Printed(DeclaredIndicator indicator) => new()
    {
        Indicator = indicator.Id,
        Values = indicator.Cells.ToImmutableSortedDictionary(c => c.Module, c => c.Printed ?? c.Status),
    };

    /// <summary>A life-cycle inventory database in one of the forms that are written.</summary>
    private static IResult Database(HttpContext http, Books books, string database, string form)
    {
        if (books.Database(database) is not { } found || !LciExports.Forms.Contains(form))
            return ReadApi.Absent(http, "database", database);
        var (type, ending) = form == "xlsx" ? (Types[".xlsx"], ".xlsx")
            : ("application/zip", form == "jsonld" ? ".zip" : $"-{form}.zip");
        return Sent(to => LciExports.Write(found.Lookup.Database, form, to, Refusal.LanguageOf(http.Request),
            http.RequestAborted), type, $"celadon-{database}{ending}");
    }

    /// <summary>
    /// Written to a file first, which goes when it was sent: a listing of millions never stands in memory.
    /// </summary>
    private static IResult Send(HttpContext http, Books books, string file) =>
        Sent(to => books.Export(file, Refusal.LanguageOf(http.Request), to, http.RequestAborted),
            Types[Path.GetExtension(file)], $"celadon-{file}");

    private static IResult Sent(Action<Stream> write, string type, string name)
    {
        var how = new FileStreamOptions
        { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose };
        if (!OperatingSystem.IsWindows()) how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var bytes = new FileStream(Path.Combine(Path.GetTempPath(), $"celadon-{Guid.NewGuid():N}.out"), how);
        try
        {
            write(bytes);
            bytes.Position = 0;
            return Results.Stream(bytes, type, name);
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }
}
