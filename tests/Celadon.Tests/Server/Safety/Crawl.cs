using System.Net;
using System.Text.RegularExpressions;

namespace Celadon.Tests.Server.Safety;

/// <summary>
/// The pages that links lead to, a bounded number of each kind. Two pages are of one kind when their paths
/// differ in numbers, hashes and names alone.
/// </summary>
/// <param name="start">Where to begin.</param>
/// <param name="ofAKind">Most pages of one kind.</param>
/// <param name="inside">Which links to follow; null follows all.</param>
internal sealed partial class Crawl(string start, int ofAKind, Func<string, bool>? inside = null)
{
    private readonly Queue<string> _next = new([start]);
    private readonly HashSet<string> _seen = [start];
    private readonly Dictionary<string, int> _kinds = [];

    /// <summary>The kinds that were met.</summary>
    public IReadOnlyCollection<string> Kinds => _kinds.Keys;

    /// <summary>The next page, or null when all were seen.</summary>
    public string? Next()
    {
        while (_next.TryDequeue(out var path))
        {
            var kind = KindOf(path);
            var met = _kinds.GetValueOrDefault(kind);
            if (met >= ofAKind) continue;
            _kinds[kind] = met + 1;
            return path;
        }
        return null;
    }

    /// <summary>Takes in the links of a page.</summary>
    public void Add(string html)
    {
        foreach (var tag in Markup.Tags(html))
            if (tag.Name == "a" && WebUtility.HtmlDecode(tag["href"] ?? "").Split('#')[0] is
                { Length: > 0 } path && path[0] == '/' && inside?.Invoke(path) != false
                && _seen.Add(path)) _next.Enqueue(path);
    }

    /// <summary>The kind of a page: its path without numbers, hashes and names, and which question.</summary>
    public static string KindOf(string path)
    {
        var parts = path.Split('?', 2);
        var kind = Named().Replace(Counted().Replace(parts[0], "/#"), "$1/*");
        kind = Closed().Replace(kind, "$1/*/*");
        var asks = parts.Length > 1 ? Asked().Match(parts[1]).Value : "";
        return kind + (asks.Length > 0 ? "?" + asks : "");
    }

    [GeneratedRegex("/([0-9]+|[0-9a-f]{32,64})(?=[/.]|$)")]
    private static partial Regex Counted();

    [GeneratedRegex("(/packs)/[^/.]+")]
    private static partial Regex Named();

    [GeneratedRegex("(/closing)/[^/]+/[^/.]+")]
    private static partial Regex Closed();

    [GeneratedRegex("question=[a-zA-Z.]+")]
    private static partial Regex Asked();
}
