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
internal static partial class Markup
{
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
