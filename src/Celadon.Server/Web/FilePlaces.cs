using System.Globalization;

namespace Celadon.Server.Web;

/// <summary>
/// A place inside a data set in words: "/exchanges/2/uncertainty" is "exchange 3: uncertainty".
/// </summary>
internal static class FilePlaces
{
    /// <summary>The words; null where the place is none of a data set's.</summary>
    public static string? Of(PageContext at, string pointer)
    {
        if (pointer == "/") return at.L("lci.part.whole");
        var said = new List<string>();
        foreach (var step in pointer.Split('/').Skip(1))
        {
            if (said.Count > 0 && int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture,
                out var row))
                said[^1] = at.L("lci.part.row", ("part", said[^1]), ("n", row + 1));
            else if (at.Text.Has($"lci.part.{step}")) said.Add(at.L($"lci.part.{step}"));
            else if (said.Count > 0) said.Add(step);
            else return null;
        }
        return said.Count == 0 ? null
            : said.Aggregate((group, field) => at.L("web.field.of", ("group", group), ("field", field)));
    }
}
