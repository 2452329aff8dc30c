using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Celadon.Server.Web;

/// <summary>Says after a change, on the next page and once, what was done and how to undo it.</summary>
/// <param name="Code">What was done.</param>
/// <param name="Batch">Position of the batch it made.</param>
public sealed record Flash(string Code, long Batch)
{
    private static readonly string[] Undoable =
        ["committed", "recordReversed", "overridden", "closed", "answered", "read"];

    private static readonly string[] Codes = [.. Undoable, "reversed", "dropped", "withdrawn", "adopted",
        "fulfilled", "rejected", "dismissed", "allowed", "limited", "revoked",
        "stated", "removed", "peered", "forgotten"];

    /// <summary>True when the batch can be taken back from the notice.</summary>
    public bool CanUndo => Undoable.Contains(Code);

    internal static void Set(HttpContext context, string code, long batch = 0) =>
        context.Response.Cookies.Append(
        Name(context), string.Create(CultureInfo.InvariantCulture, $"{code}.{batch}"),
        new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Path = "/",
            MaxAge = TimeSpan.FromMinutes(1)
        });

    internal static Flash? Take(HttpContext context)
    {
        if (!context.Request.Cookies.TryGetValue(Name(context), out var value)) return null;
        context.Response.Cookies.Delete(Name(context),
            new CookieOptions { Path = "/", SameSite = SameSiteMode.Strict });
        var parts = value.Split('.');
        return parts.Length == 2 && Codes.Contains(parts[0])
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var batch)
            ? new Flash(parts[0], batch) : null;
    }

    private static string Name(HttpContext context) => $"celadon-flash-{context.Request.Host.Port ?? 80}";
}
