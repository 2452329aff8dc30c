using System.Numerics;

namespace Celadon.Quantities;

/// <summary>
/// On which calorific value the energy of a fuel is stated. Gross (higher, 高位) counts the heat of the water
/// vapour, net (lower, 低位) does not; natural gas differs by a tenth. None for everything that is not fuel energy.
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
public readonly record struct Quantity(Amount Amount, Unit Unit, CalorificBasis Calorific = CalorificBasis.None)
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

    /// <summary>
    /// The same quantity in another unit of the same dimension. Exact where the ratio allows; otherwise rounded
    /// once, half to even, at <paramref name="scale"/> decimals. The calorific basis stays.
    /// </summary>
    /// <exception cref="UnlikeUnitsException">The units measure different kinds of thing.</exception>
    public Quantity In(Unit unit, int scale = 12)
    {
        if (unit.Equals(Unit)) return this;
        var (numerator, denominator) = Unit.RatioTo(unit);
        return new Quantity(Times(Amount, numerator, denominator, scale), unit, Calorific);
    }

    /// <summary>amount × numerator ÷ denominator: exact where it terminates within the scale, else rounded once.</summary>
    public static Amount Times(Amount amount, BigInteger numerator, BigInteger denominator, int scale) =>
        Amount.Divide(amount * Amount.From(numerator), Amount.From(denominator), Math.Max(scale, amount.Scale));

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
    : InvalidOperationException($"Energy on {a} and on {b} calorific value cannot be added.");
