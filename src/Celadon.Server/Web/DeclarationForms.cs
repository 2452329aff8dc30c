using Celadon.Server.Safety;
using Celadon.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Celadon.Server.Web;

/// <summary>
/// An ILCD+EPD file in: what it says becomes the spec in the address, what was found stays beside it.
/// </summary>
internal static class DeclarationForms
{
    /// <summary>Where a file is sent to.</summary>
    public const string Place = "/products/declaration/read";

    public static void Map(RouteGroupBuilder forms, ServeOptions options) => forms.MapForm(Place, Read)
        .WithMetadata(new RequestSizeLimitAttribute(Math.Max(4 * options.UploadBytes, 1024 * 1024)));

    private static async Task<IResult> Read(HttpContext http, string lang, Books books, ServeOptions options)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var files = await ImportForms.FilesOf(form, options, http.RequestAborted);
        if (files.Count != 1)
            throw RefusedException.Of("web.tooManyFiles", ("count", files.Count), ("most", 1));
        var read = books.ReadDeclaration(files[0]);
        return ProductForms.See($"/{lang}/products/declaration?read={read.Token}"
            + (read.Spec is { } spec ? "&" + ProductForms.Query(spec) : ""));
    }
}
