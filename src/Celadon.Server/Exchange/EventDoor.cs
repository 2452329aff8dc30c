using Celadon.Lenses.Products;
using Celadon.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Celadon.Server.Exchange;

/// <summary>
/// Where events of customers and suppliers come in, POST /3/events. An event is written down before it is
/// said to be taken; nothing is sent, fetched or changed because of it.
/// </summary>
internal sealed class EventDoor(Correspondence letters)
{
    private const int MostBytes = 4 * 1024 * 1024;

    /// <summary>Of an event that brings no footprints.</summary>
    private const int MostOfWords = 256 * 1024;

    /// <summary>Takes an event; returns the code of the specification for why not, or "".</summary>
    public async Task<string> Take(HttpContext context, string from)
    {
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type)
            || !type.MediaType.Equals("application/cloudevents+json", StringComparison.OrdinalIgnoreCase)
            || context.Request.ContentLength > MostBytes) return "BadRequest";
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MostBytes;
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var utf8 = body.ToArray();
        var (said, code) = PactEvent.Read(utf8);
        return said is null ? code : said.Statements.IsEmpty && utf8.Length > MostOfWords ? "BadRequest"
            : letters.Receive(from, said, utf8);
    }
}
