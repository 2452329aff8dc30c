using System.Diagnostics.CodeAnalysis;
using Celadon.Quantities;

namespace Celadon.Store.Import.Detection;

/// <summary>Reads a unit out of a cell, a unit column, or the brackets of a header.</summary>
internal static class UnitText
{
    /// <summary>
    /// The unit of a text; tolerant of full-width letters, dots and a trailing "gross" or "net".
    /// </summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Unit? unit)
    {
        unit = null;
        if (string.IsNullOrWhiteSpace(text) || text.Length > 40) return false;
        if (Units.TryParse(text, out unit)) return true;
        Span<char> buffer = stackalloc char[text.Length];
        var plain = NumberText.HalfWidth(text, buffer).Trim("[](){}. ").ToString();
        if (plain.EndsWith(" gross", StringComparison.OrdinalIgnoreCase)) plain = plain[..^6];
        else if (plain.EndsWith(" net", StringComparison.OrdinalIgnoreCase)) plain = plain[..^4];
        return Units.TryParse(plain, out unit)
            || Units.TryParse(plain.Replace("·", "", StringComparison.Ordinal), out unit);
    }

    /// <summary>Gross or net, where the text says so.</summary>
    public static CalorificBasis BasisOf(string text) =>
        text.Contains("gross", StringComparison.OrdinalIgnoreCase)
        || text.Contains("高位", StringComparison.Ordinal)
            ? CalorificBasis.Gross
            : text.Contains(" net", StringComparison.OrdinalIgnoreCase)
                || text.Contains("(net", StringComparison.OrdinalIgnoreCase)
                || text.Contains("低位", StringComparison.Ordinal)
                ? CalorificBasis.Net : CalorificBasis.None;

    /// <summary>
    /// Splits a header into its name and the unit it carries: "Usage (kWh)", "电量/万kWh", "Usage_kWh",
    /// "kWh", "CO2(tCO2)" (of which only the mass unit is read).
    /// </summary>
    public static (string Name, Unit? Unit) OfHeader(string header)
    {
        Span<char> buffer = stackalloc char[header.Length];
        var text = NumberText.HalfWidth(header, buffer).ToString();
        var open = text.LastIndexOfAny(['(', '[']);
        if (open > 0)
        {
            var close = text.IndexOfAny([')', ']'], open);
            var inside = text[(open + 1)..(close < 0 ? text.Length : close)];
            if (Candidate(inside) is { } unit) return (text[..open].Trim(), unit);
        }
        if (Candidate(text) is { } whole) return (text, whole);
        // "Wh 1" … "Wh 48", "kWh_01": the unit before the number of an interval.
        if (Candidate(text.TrimEnd([.. "0123456789"]).TrimEnd(' ', '_', '-')) is { } numbered
            && char.IsAsciiDigit(text[^1]))
            return (text, numbered);
        foreach (var sign in (ReadOnlySpan<char>)['/', '_', ',', ':', ' ', '-'])
        {
            var at = text.LastIndexOf(sign);
            if (at > 0 && Candidate(text[(at + 1)..]) is { } unit) return (text[..at].Trim(), unit);
        }
        return (text, null);
    }

    /// <summary>
    /// A unit in a header; a greenhouse gas behind a mass ("tCO2e", "kg CO2") is part of the name.
    /// </summary>
    private static Unit? Candidate(string text)
    {
        text = text.Trim();
        var carbon = text.IndexOf("CO2", StringComparison.OrdinalIgnoreCase);
        if (carbon > 0) text = text[..carbon].Trim();
        // A single letter or a bare number is a name more often than a unit: "a", "d", "1".
        if (text.Length < 2
            && text is not ("t" or "L" or "m" or "£" or "€" or "元" or "度" or "吨" or "升" or "方" or "件" or "人"))
            return null;
        return TryParse(text, out var unit) && unit.Code is not ("1" or "%") ? unit : null;
    }
}
