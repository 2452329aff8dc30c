using System.Numerics;

namespace Celadon.Quantities;

/// <summary>
/// On which calorific value the energy of a fuel is stated. Gross (higher, 高位) counts the heat of the water
/// vapour, net (lower, 低位) does not; natural gas differs by a tenth. None for everything that is not fuel
/// energy.
/// </summary>
public enum CalorificBasis
{
    /// <summary>Not fuel energy.</summary>
    None = 0,

    /// <summary>Gross, higher calorific value.</summary>
    Gross = 1,

    /// <summary>Net, lower calorific value.</summary>
    Net = 2,
}

/// <summary>An exact amount of a unit, with the calorific basis where it is fuel energy.</summary>
/// <param name="Amount">How many.</param>
/// <param name="Unit">Of what.</param>
/// <param name="Calorific">The basis of fuel energy; None otherwise.</param>
public readonly record struct Quantity(Amount Amount, Unit Unit,
    CalorificBasis Calorific = CalorificBasis.None)
{
    /// <summary>
    /// Adds two quantities of one unit and one calorific basis.
    /// </summary>
    /// <exception cref="UnlikeUnitsException">The units are different: convert first, by name.</exception>
    /// <exception cref="UnlikeBasisException">One is gross and the other net.</exception>
    public static Quantity operator +(Quantity a, Quantity b)
    {
        if (!a.Unit.Equals(b.Unit)) throw new UnlikeUnitsException(a.Unit.Code, b.Unit.Code);
        if (a.Calorific != b.Calorific) throw new UnlikeBasisException(a.Calorific, b.Calorific);
        return a with { Amount = a.Amount + b.Amount };
    }

    /// <summary>Takes away a quantity of the same unit and calorific basis.</summary>
    /// <exception cref="UnlikeUnitsException">The units are different: convert first, by name.</exception>
    /// <exception cref="UnlikeBasisException">One is gross and the other net.</exception>
    public static Quantity operator -(Quantity a, Quantity b) => a + -b;

    /// <summary>The same quantity the other way.</summary>
    public static Quantity operator -(Quantity a) => a with { Amount = -a.Amount };

    /// <summary>
    /// The same quantity in another unit of the same dimension; the calorific basis stays. Without a scale
    /// the result is exact where its decimal ends, and otherwise rounded once, half to even, at 12 decimals
    /// or 20 significant digits, whichever is finer. With a scale it has no more decimals than that.
    /// </summary>
    /// <exception cref="UnlikeUnitsException">The units measure different kinds of thing.</exception>
    public Quantity In(Unit unit, int? scale = null)
    {
        if (unit.Equals(Unit)) return this;
        var (numerator, denominator) = Unit.RatioTo(unit);
        var amount = scale is { } decimals
            ? Times(Amount, numerator, denominator, decimals)
            : Times(Amount, numerator, denominator);
        return new Quantity(amount, unit, Calorific);
    }

    /// <summary>
    /// amount × numerator ÷ denominator: exact where it ends within the scale, else rounded once.
    /// </summary>
    public static Amount Times(Amount amount, BigInteger numerator, BigInteger denominator, int scale) =>
        Amount.Divide(amount * Amount.From(numerator), Amount.From(denominator), scale);

    private static Amount Times(Amount amount, BigInteger numerator, BigInteger denominator)
    {
        var (dividend, divisor) = (amount * Amount.From(numerator), Amount.From(denominator));
        if (Amount.TryDivide(dividend, divisor, out var exact)) return exact;
        return Amount.Divide(dividend, divisor, Math.Max(12, 20 - Amount.WholeDigits(dividend, divisor)));
    }

    /// <summary>"1200.5 kWh gross".</summary>
    public override string ToString() => Calorific switch
    {
        CalorificBasis.Gross => $"{Amount} {Unit} gross",
        CalorificBasis.Net => $"{Amount} {Unit} net",
        _ => $"{Amount} {Unit}",
    };
}

/// <summary>Energy on gross and on net calorific value were to be added.</summary>
public sealed class UnlikeBasisException(CalorificBasis a, CalorificBasis b)
    : InvalidOperationException($"Energy on {a} and on {b} calorific value cannot be added.")
{
    /// <summary>The one basis.</summary>
    public CalorificBasis First { get; } = a;

    /// <summary>The other basis.</summary>
    public CalorificBasis Second { get; } = b;
}
