using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;

namespace Celadon.Quantities;

/// <summary>
/// What kind of thing a unit measures, as powers of independent bases: M mass, L length, T time, and the
/// bases that this field must not mix with them: a currency each, N person, P piece, Q reactive energy (kVArh
/// is not kWh), V normal volume (a cubic metre at 0 °C and 101.325 kPa is not a cubic metre at the meter).
/// Two units convert into each other only when their dimensions are equal.
/// </summary>
public sealed class Dimension : IEquatable<Dimension>
{
    /// <summary>A bare number: %, ppm.</summary>
    public static readonly Dimension None = new(ImmutableSortedDictionary<string, int>.Empty);

    private static readonly SearchValues<char> PowerSigns = SearchValues.Create("-123456789");

    private readonly ImmutableSortedDictionary<string, int> _powers;

    private Dimension(ImmutableSortedDictionary<string, int> powers) => _powers = powers;

    /// <summary>Reads "M L2 T-2".</summary>
    public static Dimension Parse(string text)
    {
        var powers = ImmutableSortedDictionary.CreateBuilder<string, int>(StringComparer.Ordinal);
        foreach (var part in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var split = part.AsSpan().IndexOfAny(PowerSigns);
            var name = split < 0 ? part : part[..split];
            powers[name] = split < 0 ? 1 : int.Parse(part.AsSpan(split), CultureInfo.InvariantCulture);
        }
        return new Dimension(powers.ToImmutable());
    }

    /// <summary>The dimension of a product.</summary>
    public static Dimension operator *(Dimension a, Dimension b) => Combine(a, b, 1);

    /// <summary>The dimension of a quotient.</summary>
    public static Dimension operator /(Dimension a, Dimension b) => Combine(a, b, -1);

    private static Dimension Combine(Dimension a, Dimension b, int sign)
    {
        var powers = a._powers.ToBuilder();
        foreach (var (name, power) in b._powers)
        {
            var sum = powers.GetValueOrDefault(name) + sign * power;
            if (sum == 0) powers.Remove(name);
            else powers[name] = sum;
        }
        return new Dimension(powers.ToImmutable());
    }

    /// <inheritdoc/>
    public bool Equals(Dimension? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Dimension);

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <summary>"L2 M T-2"; empty for a bare number.</summary>
    public override string ToString() =>
        string.Join(' ', _powers.Select(p => p.Value == 1
            ? p.Key : p.Key + p.Value.ToString(CultureInfo.InvariantCulture)));
}
