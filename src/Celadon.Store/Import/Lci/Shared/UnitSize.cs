using System.Globalization;
using System.Numerics;
using Celadon.Quantities;

namespace Celadon.Store.Import.Lci.Shared;

/// <summary>
/// What a unit of an inventory database measures, and its size as an exact fraction of that measure's base.
/// Formats that name units without converting them ("metric ton*km", "kBq", "m2*year") are understood here;
/// a name that means nothing here is a measure of its own and converts into nothing.
/// </summary>
/// <param name="Measure">What it measures; equal for units that convert into one another.</param>
/// <param name="Numerator">Numerator of the size.</param>
/// <param name="Denominator">Denominator of the size.</param>
internal sealed record UnitSize(string Measure, BigInteger Numerator, BigInteger Denominator)
{
    private const string Radioactivity = "Bq";
    private const int Digits = 40;

    /// <summary>Whole numbers below this are doubles without loss.</summary>
    private static readonly BigInteger Exact = BigInteger.One << 53;

    /// <summary>Words of the field for units that the books know by another name.</summary>
    private static readonly Dictionary<string, string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ton"] = "t", ["metric ton"] = "t", ["sh tn"] = "short ton", ["tn.sh"] = "short ton",
        ["litre"] = "L", ["hr"] = "h",
        ["hour"] = "h", ["day"] = "d", ["year"] = "a", ["yr"] = "a", ["sec"] = "s", ["Mtn"] = "Mt",
        ["kton"] = "kt", ["m2a"] = "m2*a", ["m2y"] = "m2*a", ["m2*yr"] = "m2*a", ["m3y"] = "m3*a",
        ["m3a"] = "m3*a", ["m2.year"] = "m2*a", ["m3.year"] = "m3*a", ["tkm"] = "t*km", ["tmi"] = "t*mile",
        ["kgkm"] = "kg*km", ["pkm"] = "person*km", ["personkm"] = "person*km", ["vkm"] = "vehicle*km",
        ["km*year"] = "km*a", ["my"] = "m*a", ["ma"] = "m*a", ["m*year"] = "m*a", ["hectare"] = "ha",
        ["square meter"] = "m2", ["cubic meter"] = "m3", ["kilogram"] = "kg", ["megajoule"] = "MJ",
        ["kilowatt hour"] = "kWh", ["Items"] = "Item(s)", ["Dozen(s)"] = "dozen",
    };

    /// <summary>
    /// Units of radioactivity with their size in becquerel (SI; the curie since 1964 exactly 3.7e10), and
    /// lengths and masses that only databases use.
    /// </summary>
    private static readonly Dictionary<string, (string Measure, long Numerator, long Denominator)> Own =
        new(StringComparer.Ordinal)
        {
            ["Bq"] = (Radioactivity, 1, 1),
            ["kBq"] = (Radioactivity, 1_000, 1),
            ["MBq"] = (Radioactivity, 1_000_000, 1),
            ["GBq"] = (Radioactivity, 1_000_000_000, 1),
            ["mBq"] = (Radioactivity, 1, 1_000),
            ["Ci"] = (Radioactivity, 37_000_000_000, 1),
            ["cm"] = ("L", 1, 100),
            ["dm"] = ("L", 1, 10),
            ["mm"] = ("L", 1, 1_000),
            ["µg"] = ("M", 1, 1_000_000_000),
            ["ug"] = ("M", 1, 1_000_000_000),
            ["ng"] = ("M", 1, 1_000_000_000_000),
            ["cm2"] = ("L2", 1, 10_000),
            ["dm2"] = ("L2", 1, 100),
            ["km2"] = ("L2", 1_000_000, 1),
            ["cm3"] = ("L3", 1, 1_000_000),
            ["dm3"] = ("L3", 1, 1_000),
            ["vehicle"] = ("vehicle", 1, 1),
        };

    /// <summary>What a name means.</summary>
    public static UnitSize Of(string name)
    {
        var text = name.Trim().Replace('²', '2').Replace('³', '3');
        if (Words.TryGetValue(text, out var word)) text = word;
        var parts = text.Split('*', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length is 0 or > 4) return new("unit:" + name.Trim(), 1, 1);
        var found = new List<(Dimension? Dimension, UnitSize Size)>();
        foreach (var part in parts)
        {
            if (Single(part) is not { } single) return new("unit:" + name.Trim(), 1, 1);
            found.Add(single);
        }
        var (numerator, denominator) = found.Aggregate((BigInteger.One, BigInteger.One),
            (product, f) => (product.Item1 * f.Size.Numerator, product.Item2 * f.Size.Denominator));
        var known = found.Where(f => f.Dimension is not null).Select(f => f.Dimension!)
            .DefaultIfEmpty(Dimension.None).Aggregate((a, b) => a * b);
        var strange = found.Where(f => f.Dimension is null).Select(f => f.Size.Measure)
            .Order(StringComparer.Ordinal);
        return new(string.Join(' ', strange.Prepend(known.ToString())).Trim(), numerator, denominator);
    }

    /// <summary>How many of another unit one of this is; null when they measure different things.</summary>
    public double? Over(UnitSize other) => Measure != other.Measure ? null
        : Ratio(Numerator * other.Denominator, Denominator * other.Numerator);

    /// <summary>
    /// The size of so many of this unit; the amount counts as the decimal it is written as.
    /// </summary>
    public UnitSize Times(double amount)
    {
        var parts = amount.ToString("R", CultureInfo.InvariantCulture).Split('E');
        var point = parts[0].IndexOf('.', StringComparison.Ordinal);
        var power = (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0)
            - (point < 0 ? 0 : parts[0].Length - point - 1);
        var whole = BigInteger.Parse(parts[0].Replace(".", "", StringComparison.Ordinal),
            CultureInfo.InvariantCulture);
        return power >= 0 ? this with { Numerator = Numerator * whole * BigInteger.Pow(10, power) }
            : this with
            {
                Numerator = Numerator * whole,
                Denominator = Denominator * BigInteger.Pow(10, -power),
            };
    }

    private static (Dimension? Dimension, UnitSize Size)? Single(string part)
    {
        var text = Words.GetValueOrDefault(part, part);
        if (Own.TryGetValue(text, out var own))
        {
            var dimension = own.Measure is "L" or "L2" or "L3" or "M" ? Dimension.Parse(own.Measure) : null;
            return (dimension, new(own.Measure, own.Numerator, own.Denominator));
        }
        return Units.TryParse(text, out var unit)
            ? (unit.Dimension, new(unit.Dimension.ToString(), unit.Numerator, unit.Denominator)) : null;
    }

    private static double Ratio(BigInteger numerator, BigInteger denominator)
    {
        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator);
        var (above, below) = (numerator / divisor, denominator / divisor);
        if (BigInteger.Max(above, below) < Exact) return (double)above / (double)below;
        // Rounded once: a long fraction becomes decimal digits, and these the nearest number.
        var shift = Math.Max(0, Digits + (int)((below.GetBitLength() - above.GetBitLength()) * 0.302));
        return double.Parse($"{above * BigInteger.Pow(10, shift) / below}E-{shift}",
            CultureInfo.InvariantCulture);
    }
}
