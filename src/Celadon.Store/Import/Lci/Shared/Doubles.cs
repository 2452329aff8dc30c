using System.Globalization;

namespace Celadon.Store.Import.Lci.Shared;

/// <summary>Numbers as the formats of the field write them.</summary>
internal static class Doubles
{
    /// <summary>
    /// A finite number with a decimal point, or null. "NaN", "INF" and what overflows are none.
    /// </summary>
    public static double? Parse(ReadOnlySpan<char> text) =>
        // The parser passes over NULs at the end.
        !text.Contains('\0') && double.TryParse(text.Trim(), NumberStyles.AllowLeadingSign
            | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture,
            out var value) && double.IsFinite(value) ? value : null;

    /// <summary>The shortest text that reads back to the number.</summary>
    public static string Write(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>True when two numbers agree as well as files print them.</summary>
    public static bool Agree(double a, double b) =>
        Math.Abs(a - b) <= 1e-6 * Math.Max(Math.Abs(a), Math.Abs(b)) + 1e-300;
}
