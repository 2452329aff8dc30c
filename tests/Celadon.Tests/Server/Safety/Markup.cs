using System.Net;
using Celadon.Tests.Packs;

namespace Celadon.Tests.Server.Safety;

/// <summary>A start tag with its attributes as a browser would take them, values still encoded.</summary>
internal sealed record Tag(string Name, IReadOnlyList<(string Name, string Value)> Attributes)
{
    /// <summary>The value of an attribute, or null.</summary>
    public string? this[string name] => Attributes.Where(a => a.Name == name).Select(a => (string?)a.Value)
        .FirstOrDefault();
}

/// <summary>
/// Splits a page into its start tags as a browser does (HTML Standard, 13.2.5): a value that was not encoded
/// shows as a tag or an attribute that nobody wrote.
/// </summary>
internal static class Markup
{
    private static readonly Lazy<HashSet<string>> Sources = new(() =>
        [.. PacksUnderTest.Library.Packs.SelectMany(p => p.Substitutes).SelectMany(s => s.Links)]);

    /// <summary>The start tags, in order.</summary>
    public static IEnumerable<Tag> Tags(string html)
    {
        for (var at = html.IndexOf('<', StringComparison.Ordinal); at >= 0;)
        {
            var next = at + 1;
            if (html.AsSpan(at).StartsWith("<!--")) next = After(html, "-->", at + 4);
            else if (next < html.Length && char.IsAsciiLetter(html[next]))
            {
                (var tag, next) = Read(html, next);
                yield return tag;
                if (tag.Name is "script" or "style" or "textarea" or "title")
                    next = After(html, "</" + tag.Name, next);
            }
            at = next >= html.Length ? -1 : html.IndexOf('<', next);
        }
    }

    /// <summary>Why a page is unsafe, or nothing.</summary>
    public static IEnumerable<string> Wrong(string html)
    {
        foreach (var tag in Tags(html))
        {
            if (tag.Name is "base" or "iframe" or "object" or "embed" or "frame" or "applet"
                or "xss-probe") yield return tag.ToString();
            if (tag.Name == "meta" && tag["http-equiv"] is not null) yield return "meta http-equiv";
            if (tag.Name == "script" && tag["src"]?.StartsWith('/') != true)
                yield return "script without src";
            if (tag.Name == "style") yield return "style";
            foreach (var (name, value) in tag.Attributes)
            {
                if (name.StartsWith("on", StringComparison.Ordinal) || name is "style" or "srcdoc" or "ping")
                    yield return $"{tag.Name} {name}";
                if (name is "href" or "src" or "action" or "formaction" or "data" or "poster" or "xlink:href"
                    && !LeadsHome(value) && !LeadsToASource(tag, value))
                    yield return $"{tag.Name} {name}={value}";
            }
        }
    }

    /// <summary>A path of this server, a place in the page, or the page with another query.</summary>
    private static bool LeadsHome(string value) => value.Length == 0 || value[0] is '#' or '?'
        || (value[0] == '/' && !value.StartsWith("//", StringComparison.Ordinal)
            && !value.StartsWith("/\\", StringComparison.Ordinal))
        || value.StartsWith("data:image/png;base64,", StringComparison.Ordinal);

    /// <summary>
    /// A source that one of our own packs names, as it stands there; its host is not told who asks.
    /// </summary>
    private static bool LeadsToASource(Tag tag, string value) => tag is { Name: "a" }
        && tag["rel"] == "noopener noreferrer" && Sources.Value.Contains(WebUtility.HtmlDecode(value));

    private static (Tag Tag, int Next) Read(string html, int at)
    {
        var start = at;
        while (at < html.Length && !IsSpace(html[at]) && html[at] is not ('/' or '>')) at++;
        var name = html[start..at].ToLowerInvariant();
        var attributes = new List<(string, string)>();
        while (at < html.Length && html[at] != '>')
        {
            if (IsSpace(html[at]) || html[at] == '/')
            {
                at++;
                continue;
            }
            start = at++;
            while (at < html.Length && !IsSpace(html[at]) && html[at] is not ('/' or '>' or '=')) at++;
            var attribute = html[start..at].ToLowerInvariant();
            (var value, at) = Value(html, at);
            attributes.Add((attribute, value));
        }
        return (new Tag(name, attributes), at + 1);
    }

    private static (string Value, int Next) Value(string html, int at)
    {
        var equals = at;
        while (equals < html.Length && IsSpace(html[equals])) equals++;
        if (equals >= html.Length || html[equals] != '=') return ("", at);
        at = equals + 1;
        while (at < html.Length && IsSpace(html[at])) at++;
        if (at < html.Length && html[at] is '"' or '\'')
        {
            var end = html.IndexOf(html[at], at + 1);
            if (end < 0) end = html.Length;
            return (html[(at + 1)..end], Math.Min(end + 1, html.Length));
        }
        var start = at;
        while (at < html.Length && !IsSpace(html[at]) && html[at] != '>') at++;
        return (html[start..at], at);
    }

    private static int After(string html, string mark, int from)
    {
        var at = from >= html.Length ? -1 : html.IndexOf(mark, from, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? html.Length : at + mark.Length;
    }

    private static bool IsSpace(char c) => c is ' ' or '\t' or '\n' or '\r' or '\f';
}
