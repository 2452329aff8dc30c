using System.Globalization;
using Celadon.Quantities;

namespace Celadon.Lenses.Products;

/// <summary>A number as a declaration prints it, with what its rounding leaves open.</summary>
/// <param name="Value">The number.</param>
/// <param name="HalfStep">Half a unit of its last printed digit.</param>
internal readonly record struct PrintedNumber(Amount Value, Amount HalfStep)
{
    private const int MostExponent = 30;

    /// <summary>Reads "1.20E+01" or "-0.4"; null when it is no number.</summary>
    public static PrintedNumber? Read(string text)
    {
        var parts = text.Trim().Split('E', 'e');
        var exponent = 0;
        if (parts.Length > 2 || !Amount.TryParse(parts[0], out var mantissa)
            || (parts.Length == 2 && (!int.TryParse(parts[1], NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture, out exponent)
                || exponent is < -MostExponent or > MostExponent)))
            return null;
        var point = parts[0].IndexOf('.', StringComparison.Ordinal);
        var decimals = point < 0 ? 0 : parts[0].Length - point - 1;
        return new PrintedNumber(Shift(mantissa, exponent), Shift(Amount.From(5, 1), exponent - decimals));
    }

    private static Amount Shift(Amount value, int exponent) => exponent < 0
        ? value * Amount.From(1, -exponent) : value * Amount.From(Amount.Pow10(exponent));
}
