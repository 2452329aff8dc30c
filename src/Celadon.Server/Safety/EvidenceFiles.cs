using System.Net.Mime;
using Celadon.Server.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Celadon.Server.Safety;

/// <summary>
/// Evidence as it was received. Other people wrote it, so it is never shown by the browser: always an
/// attachment, with a type from a short list or as bytes, never sniffed, in a sandbox.
/// </summary>
internal static class EvidenceFiles
{
    private static readonly Dictionary<string, string> SafeTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        [".csv"] = "text/csv",
        [".txt"] = "text/plain",
        [".tsv"] = "text/plain",
        [".pdf"] = "application/pdf",
        [".xlsx"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        [".zip"] = "application/zip",
    };

    public static void Map(WebApplication app) => app.MapDoor("GET",
        "/evidence/{sha256:length(64)}",
        (HttpContext http, string sha256, Books books) =>
        {
            if (books.EvidenceOf(sha256) is not { } file || books.EvidenceBytes(sha256) is not { } bytes)
                return Web.Refusal.Result(http, StatusCodes.Status404NotFound, Text.Finding.Of(
                    "web.noEvidence", Text.Severity.Error, null, ("sha256", sha256)));
            http.Response.Headers.ContentSecurityPolicy = SecurityHeaders.EvidencePolicy;
            var disposition = new ContentDispositionHeaderValue("attachment");
            disposition.SetHttpFileName(FileNames.Plain(file.Name));
            http.Response.Headers.ContentDisposition = disposition.ToString();
            return Results.Bytes(bytes, ImageType(bytes) ?? TypeOf(file.Name));
        });

    /// <summary>
    /// The type of a picture by how its bytes begin, or null. Only these are shown inside a page, as a
    /// picture, which runs nothing.
    /// </summary>
    internal static string? ImageType(ReadOnlySpan<byte> bytes) =>
        bytes is [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] ? "image/png"
        : bytes is [0xff, 0xd8, 0xff, ..] ? MediaTypeNames.Image.Jpeg
        : null;

    internal static string TypeOf(string name) =>
        SafeTypes.GetValueOrDefault(Path.GetExtension(name), MediaTypeNames.Application.Octet);
}
