using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Celadon.Lenses.Carbon.Inventory;

/// <summary>
/// Serial numbers of certificates: one, or a range written "LS-2026-000001 to 000020" (also with a dash, "~"
/// or in Chinese). Two share a MWh when their prefixes are equal and their numbers overlap.
/// </summary>
internal sealed partial record SerialRange(string Prefix, BigInteger First, BigInteger Last)
{
    /// <summary>Reads a serial; a text without a number at its end is a range of its own.</summary>
    public static SerialRange Parse(string text)
    {
        var match = Form().Match(text.Trim());
        if (!match.Success) return new SerialRange(text.Trim(), 0, 0);
        var first = Number(match.Groups["first"].Value);
        var last = match.Groups["last"].Success ? Number(match.Groups["last"].Value) : first;
        return new SerialRange(match.Groups["prefix"].Value, BigInteger.Min(first, last),
            BigInteger.Max(first, last));
    }

    /// <summary>True when a number stands in both.</summary>
    public bool Overlaps(SerialRange other) =>
        string.Equals(Prefix, other.Prefix, StringComparison.OrdinalIgnoreCase)
            && First <= other.Last && other.First <= Last;

    private static BigInteger Number(string digits) =>
        BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    // The dashes are en and em; the last sign is the Chinese word for "to".
    [GeneratedRegex(
        @"^(?<prefix>.*?)(?<first>\d+)(\s*(to|[~\u2013\u2014\u81f3]|\.\.)\s*(\k<prefix>)?(?<last>\d+))?$",
        RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Form();
}
