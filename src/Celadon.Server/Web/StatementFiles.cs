using Celadon.Lenses.Products;
using Celadon.Store;
using Celadon.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Celadon.Server.Web;

/// <summary>An own statement as the file that customers get: PACT v3, deprecated when it was replaced.
/// </summary>
internal static class StatementFiles
{
    /// <summary>Where they are, without the language.</summary>
    public const string Place = "/products/customers/statements";

    public static void Map(IEndpointRouteBuilder app, string language) =>
        app.MapDoor("GET", language + Place + "/{id:guid}.json", (HttpContext http, Guid id, Books books) =>
            new Footprints(books.Whole).Own().FirstOrDefault(s => s.Id == id) is { } own
                ? Results.File(StatementText.Write(own, "pact", indented: true).Utf8, "application/json",
                    $"footprint-{id}.json")
                : Refusal.Result(http, StatusCodes.Status404NotFound, Finding.Of("footprint.unknown",
                    Severity.Error, null, ("id", id))));
}
