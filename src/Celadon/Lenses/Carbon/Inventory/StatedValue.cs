using Celadon.Ledger;
using Celadon.Quantities;

namespace Celadon.Lenses.Carbon.Inventory;

/// <summary>A value with units as a document states it: "39.5 MJ/m3 gross", "0.835 kg/L", "80 km".</summary>
/// <param name="Value">The number.</param>
/// <param name="Unit">Its unit, or the unit above the stroke.</param>
/// <param name="Per">The unit below the stroke; null when there is none.</param>
/// <param name="Calorific">Gross or net where it is said.</param>
internal sealed record StatedValue(Amount Value, Unit Unit, Unit? Per, CalorificBasis Calorific)
{
    private static readonly Dictionary<string, CalorificBasis> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["gross"] = CalorificBasis.Gross,
        ["higher"] = CalorificBasis.Gross,
        ["net"] = CalorificBasis.Net,
        ["lower"] = CalorificBasis.Net,
    };

    /// <summary>Reads the value, or null when the text is not of that form.</summary>
    public static StatedValue? Parse(string? text)
    {
        if (text is null) return null;
        var parts = text.Trim().Split(' ', 2, StringSplitOptions.TrimEntries);
        if (parts.Length != 2 || !Amount.TryParse(parts[0], out var value) || value.Sign <= 0) return null;
        var unit = parts[1];
        var calorific = CalorificBasis.None;
        var word = unit.LastIndexOf(' ') is > 0 and var space ? unit[(space + 1)..] : "";
        if (Words.TryGetValue(word, out var said)) (calorific, unit) = (said, unit[..^word.Length].Trim());
        var slash = unit.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
            return Units.TryParse(unit, out var whole)
                ? new StatedValue(value, whole, null, calorific) : null;
        return Units.TryParse(unit[..slash], out var over)
            && Units.TryParse(unit[(slash + 1)..], out var under)
            ? new StatedValue(value, over, under, calorific) : null;
    }

    /// <summary>The value of a fact, or null.</summary>
    public static StatedValue? Of(Facts facts, string name) => Parse(facts[name]);
}
