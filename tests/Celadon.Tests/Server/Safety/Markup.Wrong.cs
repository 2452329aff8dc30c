using System.Net;
using Celadon.Tests.Packs;

namespace Celadon.Tests.Server.Safety;

internal static partial class Markup
{
    private static readonly Lazy<HashSet<string>> Sources = new(() =>
        [.. PacksUnderTest.Library.Packs.SelectMany(p => p.Substitutes).SelectMany(s => s.Links)]);

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
}
