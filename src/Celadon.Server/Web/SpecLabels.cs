using System.Globalization;

namespace Celadon.Server.Web;

/// <summary>What a form calls a place in a spec.</summary>
internal static class SpecLabels
{
    /// <summary>"/parts/0/name" is "Part 1: Name"; null for a place without a field.</summary>
    /// <param name="at">The page.</param>
    /// <param name="pointer">The place, as a JSON Pointer.</param>
    /// <param name="keyOf">The text key of a fact's label, by its path.</param>
    /// <param name="unit">The unit that facts are stated in.</param>
    public static string? At(PageContext at, string pointer, Func<string, string> keyOf, string unit)
    {
        if (pointer.Length == 0) return null;
        var (said, path) = (new List<string>(), "");
        foreach (var step in pointer.Split('/').Skip(1))
        {
            if (said.Count > 0 && int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture,
                out var row))
            {
                said[^1] = at.Text.Language == "zh" ? $"{said[^1]}{row + 1}" : $"{said[^1]} {row + 1}";
                continue;
            }
            path = path.Length == 0 ? step : $"{path}.{step}";
            // A key of a map, such as a module, is called as it is.
            if (at.Text.Has(keyOf(path))) said.Add(at.L(keyOf(path), ("unit", unit)));
            else if (said.Count > 0) said.Add(step);
            else return null;
        }
        return said.Aggregate((group, field) => at.L("web.field.of", ("group", group), ("field", field)));
    }
}
