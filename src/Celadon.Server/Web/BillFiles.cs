using Celadon.Store;
using Celadon.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Celadon.Server.Web;

/// <summary>Bills of materials as workbooks, to correct or fill in and read in again.</summary>
internal static class BillFiles
{
    /// <summary>Where they are, without the language.</summary>
    public const string Path = "/products/footprint/bill.xlsx";

    /// <summary>What a workbook is.</summary>
    public const string Kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static void Map(IEndpointRouteBuilder app, string language) =>
        app.MapDoor("GET", language + Path, (string lang, string? product, Books books) => Results.File(
            BillWorkbook.Write(books.Registers, product ?? "", Catalogue.For(lang)), Kind,
            $"celadon-bill-{FileName(product)}.xlsx"));

    private static string FileName(string? product) => string.Concat((product ?? "").Where(c =>
        char.IsAsciiLetterOrDigit(c) || c == '-').Take(60)) is { Length: > 0 } name ? name : "empty";
}
