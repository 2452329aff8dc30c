using Microsoft.AspNetCore.Http;

namespace Celadon.Server.Api;

/// <summary>
/// One door of the API. The table of these is what is mapped and what the OpenAPI document is written from,
/// so that neither can say what the other does not do.
/// </summary>
/// <param name="Method">"GET" or "POST".</param>
/// <param name="Path">"/api/records/{position}".</param>
/// <param name="Name">Its operation id; its words stand under "api.NAME" in the catalogues.</param>
/// <param name="Handler">What answers.</param>
internal sealed record ApiRoute(string Method, string Path, string Name, Delegate Handler)
{
    /// <summary>Parameters of path and query.</summary>
    public ApiParameter[] Parameters { get; init; } = [];

    /// <summary>Fields of the JSON body, or null when it has none.</summary>
    public ApiParameter[]? Body { get; init; }

    /// <summary>True when the body is files.</summary>
    public bool TakesFiles { get; init; }

    /// <summary>True when it changes the books: it then takes the token and an Idempotency-Key.</summary>
    public bool Writes => Body is not null || TakesFiles;

    /// <summary>True when the answer is a stream of server-sent events.</summary>
    public bool IsStream { get; init; }

    /// <summary>True when the answer is a page of items with a cursor.</summary>
    public bool IsListing { get; init; }
}

/// <summary>A value that a caller gives.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">"string", "integer" or "boolean".</param>
/// <param name="Required">True when it cannot be left out.</param>
/// <param name="Choices">The values it may have; empty where any fits.</param>
internal sealed record ApiParameter(string Name, string Type = "string", bool Required = false,
    params string[] Choices)
{
    /// <summary>True when its path names it in braces.</summary>
    public bool IsIn(string path) => path.Contains($"{{{Name}}}", StringComparison.Ordinal);
}

/// <summary>What handlers read from a request.</summary>
internal static class ApiRequest
{
    /// <summary>Most items of one page.</summary>
    public const int MostItems = 1000;

    /// <summary>A value of the query, or null where it is absent.</summary>
    public static string? Text(HttpContext http, string name) =>
        http.Request.Query[name].ToString() is { Length: > 0 } value ? value : null;

    /// <summary>A whole number of the query, or null where it is absent.</summary>
    /// <exception cref="Celadon.Text.RefusedException">It is none.</exception>
    public static long? Whole(HttpContext http, string name)
    {
        if (Text(http, name) is not { } value) return null;
        return long.TryParse(value, System.Globalization.NumberStyles.None,
            System.Globalization.CultureInfo.InvariantCulture, out var number) ? number
            : throw Celadon.Text.RefusedException.Of("api.number", ("name", name), ("value", value));
    }

    /// <summary>How many items a page shall have.</summary>
    public static int Take(HttpContext http) => (int)Math.Clamp(Whole(http, "take") ?? 100, 1, MostItems);
}
