using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Celadon.Quantities;

/// <summary>
/// An exact decimal number: an integer times 10^-scale, normalised so that equal numbers have equal parts
/// (1.50 and 1.5 are both 15 × 10^-1). Addition, subtraction and multiplication are exact and unbounded;
/// division is exact only through <see cref="Divide"/>, which states its scale and rounds half to even.
/// A number that is stored in the books must fit <see cref="TryGetStored"/>.
/// </summary>
[JsonConverter(typeof(AmountJson))]
public readonly struct Amount : IEquatable<Amount>, IComparable<Amount>
{
    /// <summary>The largest scale a stored amount may have (10^-18).</summary>
    public const int MaxStoredScale = 18;

    private readonly BigInteger _unscaled;
    private readonly int _scale;

    private Amount(BigInteger unscaled, int scale)
    {
        _unscaled = unscaled;
        _scale = scale;
    }

    /// <summary>Zero, which is also the default value.</summary>
    public static Amount Zero => default;

    /// <summary>One.</summary>
    public static Amount One => new(BigInteger.One, 0);

    /// <summary>The integer part of the pair: the number is Unscaled × 10^-Scale.</summary>
    public BigInteger Unscaled => _unscaled;

    /// <summary>How many decimals the number has; never negative.</summary>
    public int Scale => _scale;

    /// <summary>−1, 0 or 1.</summary>
    public int Sign => _unscaled.Sign;

    /// <summary>True for zero.</summary>
    public bool IsZero => _unscaled.IsZero;

    /// <summary>The number unscaled × 10^-scale. A negative scale multiplies.</summary>
    public static Amount From(BigInteger unscaled, int scale = 0)
    {
        if (unscaled.IsZero) return default;
        if (scale < 0) return new Amount(unscaled * Pow10(-scale), 0);
        while (scale > 0)
        {
            var quotient = BigInteger.DivRem(unscaled, 10, out var remainder);
            if (!remainder.IsZero) break;
            unscaled = quotient;
            scale--;
        }
        return new Amount(unscaled, scale);
    }

    /// <summary>The number unscaled × 10^-scale, from the form the store keeps.</summary>
    public static Amount From(long unscaled, int scale = 0)
    {
        if (unscaled == 0) return default;
        while (scale > 0 && unscaled % 10 == 0)
        {
            unscaled /= 10;
            scale--;
        }
        return scale < 0 ? From((BigInteger)unscaled, scale) : new Amount(unscaled, scale);
    }

    /// <summary>A whole number.</summary>
    public static implicit operator Amount(int value) => From((long)value);

    /// <summary>A whole number.</summary>
    public static implicit operator Amount(long value) => From(value);

    /// <summary>
    /// Reads a plain invariant decimal: optional sign, digits, optional point and digits, optional exponent.
    /// No grouping, no spaces: cleaning what a supplier typed belongs to the import.
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Amount amount) =>
        TryParse(text.AsSpan(), out amount);

    /// <inheritdoc cref="TryParse(string?, out Amount)"/>
    public static bool TryParse(ReadOnlySpan<char> text, out Amount amount)
    {
        amount = default;
        if (text.Length is 0 or > 400) return false;
        var exponent = 0;
        var e = text.IndexOfAny('e', 'E');
        if (e >= 0)
        {
            if (!int.TryParse(text[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
                    out exponent) || exponent is < -400 or > 400) return false;
            text = text[..e];
        }
        var negative = text.Length > 0 && text[0] == '-';
        if (text.Length > 0 && text[0] is '-' or '+') text = text[1..];
        if (text.Length == 0) return false;
        var unscaled = BigInteger.Zero;
        long small = 0;
        int digits = 0, scale = 0;
        var point = false;
        foreach (var c in text)
        {
            if (c == '.')
            {
                if (point) return false;
                point = true;
                continue;
            }
            if (c is < '0' or > '9') return false;
            if (digits < 18) small = small * 10 + (c - '0');
            else unscaled = (digits == 18 ? small : unscaled) * 10 + (c - '0');
            digits++;
            if (point) scale++;
        }
        if (digits == 0) return false;
        if (digits <= 18) amount = From(negative ? -small : small, scale - exponent);
        else amount = From(negative ? -unscaled : unscaled, scale - exponent);
        return true;
    }

    /// <summary>Reads a plain invariant decimal.</summary>
    /// <exception cref="FormatException">The text is not a plain decimal.</exception>
    public static Amount Parse(string text) =>
        TryParse(text, out var amount) ? amount
            : throw new FormatException($"'{text}' is not a plain decimal.");

    /// <summary>
    /// The pair the books store: a 64-bit integer and a scale of at most <see cref="MaxStoredScale"/>.
    /// False when the number does not fit; it is then refused, never rounded.
    /// </summary>
    public bool TryGetStored(out long unscaled, out int scale)
    {
        scale = _scale;
        var fits = _scale <= MaxStoredScale && _unscaled >= long.MinValue && _unscaled <= long.MaxValue;
        unscaled = fits ? (long)_unscaled : 0;
        return fits;
    }

    /// <summary>The integer count of 10^-scale, when the number has no more decimals than that.</summary>
    public bool TryGetUnscaled(int scale, out BigInteger unscaled)
    {
        unscaled = scale >= _scale ? _unscaled * Pow10(scale - _scale) : default;
        return scale >= _scale;
    }

    /// <summary>
    /// The quotient rounded half to even at the given scale (the one rounding rule of the books).
    /// </summary>
    /// <exception cref="DivideByZeroException">The divisor is zero.</exception>
    public static Amount Divide(Amount dividend, Amount divisor, int scale)
    {
        if (divisor.IsZero) throw new DivideByZeroException();
        var numerator = dividend._unscaled;
        var denominator = divisor._unscaled;
        var shift = scale + divisor._scale - dividend._scale;
        if (shift >= 0) numerator *= Pow10(shift);
        else denominator *= Pow10(-shift);
        return From(RoundedQuotient(numerator, denominator), scale);
    }

    /// <summary>The exact quotient, when its decimal ends (1 ÷ 8, not 1 ÷ 3).</summary>
    /// <exception cref="DivideByZeroException">The divisor is zero.</exception>
    public static bool TryDivide(Amount dividend, Amount divisor, out Amount quotient)
    {
        if (divisor.IsZero) throw new DivideByZeroException();
        var common = BigInteger.GreatestCommonDivisor(dividend._unscaled, divisor._unscaled);
        var rest = BigInteger.Abs(divisor._unscaled / common);
        int twos = 0, fives = 0;
        for (; rest.IsEven; rest >>= 1) twos++;
        for (; (rest % 5).IsZero; rest /= 5) fives++;
        var scale = Math.Max(0, dividend._scale - divisor._scale + Math.Max(twos, fives));
        quotient = rest.IsOne ? Divide(dividend, divisor, scale) : default;
        return rest.IsOne;
    }

    /// <summary>
    /// About how many digits a quotient has before its point; negative when it begins that far behind it. At
    /// most one too many.
    /// </summary>
    internal static int WholeDigits(Amount dividend, Amount divisor) =>
        Digits(dividend._unscaled) - dividend._scale - (Digits(divisor._unscaled) - divisor._scale) + 1;

    private static int Digits(BigInteger value) =>
        BigInteger.Abs(value).ToString(CultureInfo.InvariantCulture).Length;

    /// <summary>
    /// The number rounded half to even at the given scale; unchanged when it has no more decimals.
    /// </summary>
    public Amount Round(int scale) => scale >= _scale ? this : Divide(this, One, scale);

    /// <summary>The quotient of two integers rounded half to even.</summary>
    public static BigInteger RoundedQuotient(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.Sign < 0) (numerator, denominator) = (-numerator, -denominator);
        var quotient = BigInteger.DivRem(numerator, denominator, out var remainder);
        var twice = BigInteger.Abs(remainder) * 2;
        var compare = twice.CompareTo(denominator);
        if (compare > 0 || (compare == 0 && !quotient.IsEven)) quotient += numerator.Sign;
        return quotient;
    }

    /// <summary>The absolute value.</summary>
    public Amount Abs() => Sign < 0 ? -this : this;

    /// <summary>The nearest double, for numeric kernels and drawings only; never for a book figure.</summary>
    public double ToDouble() => double.Parse(ToString(), NumberStyles.Float, CultureInfo.InvariantCulture);

    public static Amount operator +(Amount a, Amount b)
    {
        if (a._scale == b._scale) return From(a._unscaled + b._unscaled, a._scale);
        return a._scale > b._scale
            ? From(a._unscaled + b._unscaled * Pow10(a._scale - b._scale), a._scale)
            : From(a._unscaled * Pow10(b._scale - a._scale) + b._unscaled, b._scale);
    }

    public static Amount operator -(Amount a) => new(-a._unscaled, a._scale);
    public static Amount operator -(Amount a, Amount b) => a + -b;
    public static Amount operator *(Amount a, Amount b) =>
        From(a._unscaled * b._unscaled, a._scale + b._scale);
    public static bool operator ==(Amount a, Amount b) => a.Equals(b);
    public static bool operator !=(Amount a, Amount b) => !a.Equals(b);
    public static bool operator <(Amount a, Amount b) => a.CompareTo(b) < 0;
    public static bool operator >(Amount a, Amount b) => a.CompareTo(b) > 0;
    public static bool operator <=(Amount a, Amount b) => a.CompareTo(b) <= 0;
    public static bool operator >=(Amount a, Amount b) => a.CompareTo(b) >= 0;

    /// <inheritdoc/>
    public bool Equals(Amount other) => _scale == other._scale && _unscaled == other._unscaled;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Amount other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_unscaled, _scale);

    /// <inheritdoc/>
    public int CompareTo(Amount other) => (this - other).Sign;

    /// <summary>The plain decimal, without exponent, grouping or trailing zeros: "959636.71".</summary>
    public override string ToString()
    {
        var digits = BigInteger.Abs(_unscaled).ToString(CultureInfo.InvariantCulture);
        if (_scale > 0)
        {
            digits = digits.PadLeft(_scale + 1, '0');
            digits = $"{digits[..^_scale]}.{digits[^_scale..]}";
        }
        return _unscaled.Sign < 0 ? "-" + digits : digits;
    }

    /// <summary>10 to a power of zero or more.</summary>
    public static BigInteger Pow10(int power) =>
        power < Powers.Length ? Powers[power] : BigInteger.Pow(10, power);

    private static readonly BigInteger[] Powers =
        [.. Enumerable.Range(0, 64).Select(power => BigInteger.Pow(10, power))];
}

/// <summary>
/// In JSON a book amount is a plain decimal string; a JSON number is read as it is written.
/// </summary>
public sealed class AmountJson : JsonConverter<Amount>
{
    /// <inheritdoc/>
    public override Amount Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType == JsonTokenType.String
            ? reader.GetString()
            : System.Text.Encoding.ASCII.GetString(reader.ValueSpan);
        return Amount.TryParse(text, out var amount) ? amount
            : throw new JsonException($"'{text}' is not a decimal.");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Amount value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
