using System.Numerics;

namespace Celadon.Quantities;

/// <summary>
/// A unit of measure: its code in the books, its dimension, and its size as an exact fraction of the
/// dimension's base unit (kg, m, s and their products; so 1 kWh is 3,600,000 / 1 kg m² s⁻²).
/// </summary>
public sealed class Unit : IEquatable<Unit>
{
    internal Unit(string code, Dimension dimension, BigInteger numerator, BigInteger denominator)
    {
        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator);
        Code = code;
        Dimension = dimension;
        Numerator = numerator / divisor;
        Denominator = denominator / divisor;
    }

    /// <summary>The code that the books store and answers print: "kWh", "t", "m3", "GBP".</summary>
    public string Code { get; }

    /// <summary>What kind of thing it measures.</summary>
    public Dimension Dimension { get; }

    /// <summary>Numerator of its size in base units.</summary>
    public BigInteger Numerator { get; }

    /// <summary>Denominator of its size in base units.</summary>
    public BigInteger Denominator { get; }

    /// <summary>True when an amount in this unit can be given in the other.</summary>
    public bool ConvertsTo(Unit other) => Dimension.Equals(other.Dimension);

    /// <summary>
    /// The exact number of <paramref name="other"/> in one of this, as a fraction.
    /// </summary>
    /// <exception cref="UnlikeUnitsException">The units measure different kinds of thing.</exception>
    public (BigInteger Numerator, BigInteger Denominator) RatioTo(Unit other)
    {
        if (!ConvertsTo(other)) throw new UnlikeUnitsException(Code, other.Code);
        var numerator = Numerator * other.Denominator;
        var denominator = Denominator * other.Numerator;
        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator);
        return (numerator / divisor, denominator / divisor);
    }

    /// <inheritdoc/>
    public bool Equals(Unit? other) => other is not null && other.Code == Code;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Unit);

    /// <inheritdoc/>
    public override int GetHashCode() => Code.GetHashCode(StringComparison.Ordinal);

    /// <summary>The code.</summary>
    public override string ToString() => Code;
}

/// <summary>
/// Two units that measure different kinds of thing were to be added, compared or converted.
/// </summary>
public sealed class UnlikeUnitsException(string from, string to)
    : InvalidOperationException($"{from} and {to} measure different kinds of thing.")
{
    /// <summary>Code of the one unit.</summary>
    public string From { get; } = from;

    /// <summary>Code of the other unit.</summary>
    public string To { get; } = to;
}
