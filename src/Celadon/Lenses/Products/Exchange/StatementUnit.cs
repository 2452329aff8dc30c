using Celadon.Quantities;

namespace Celadon.Lenses.Products;

/// <summary>
/// The unit that a statement is declared in, against the unit in which the books count what was made.
/// </summary>
/// <param name="Unit">One of <see cref="Pcf.Units"/>.</param>
/// <param name="Count">How many of it.</param>
/// <param name="Times">A burden per unit made × this …</param>
/// <param name="By">… ÷ this is the burden of the declared unit.</param>
/// <param name="MassKg">Mass of the declared unit, kg; null where nobody knows it.</param>
internal sealed record StatementUnit(string Unit, Amount Count, Amount Times, Amount By, Amount? MassKg)
{
    /// <summary>Digits of a value in a statement, and the most decimals.</summary>
    private const int Digits = 6, Scale = 24;

    /// <summary>Units of which mass says nothing: PACT wants 0 for energy, carriage, services.</summary>
    private static readonly string[] Weightless =
        ["kilowatt hour", "megajoule", "ton kilometer", "hour", "megabit second"];

    /// <summary>
    /// The unit that a product is declared in when nobody says: that of the output by its kind, mass in
    /// kilograms; null where PACT has none of its kind.
    /// </summary>
    public static string? Usual(string output) =>
        Pcf.Units.FirstOrDefault(u => StatementFactor.UnitOf(u) is { } known && known == output)
            ?? Pcf.Units.FirstOrDefault(u => Ratio(output, u) is not null);

    /// <summary>The declared unit of a product; null where what is counted does not lead to it.</summary>
    /// <param name="unit">One of <see cref="Pcf.Units"/>.</param>
    /// <param name="count">How many; above zero.</param>
    /// <param name="output">Unit in which the books count the product.</param>
    /// <param name="pieceKg">Mass of a piece by the register; null where it has none.</param>
    public static StatementUnit? Of(string unit, Amount count, string output, Amount? pieceKg)
    {
        if (Ratio(output, unit) is { } ratio)
            return new StatementUnit(unit, count, count * ratio.Denominator, ratio.Numerator, unit switch
            {
                "kilogram" => count,
                "piece" => pieceKg * count,
                _ => Weightless.Contains(unit) ? Amount.Zero : null,
            });
        if (pieceKg is not { Sign: > 0 } kg) return null;
        if (unit == "piece" && Ratio(output, "kilogram") is { } mass)
            return new StatementUnit(unit, count, count * kg * mass.Denominator, mass.Numerator, kg * count);
        return unit == "kilogram" && Ratio(output, "piece") is { } pieces
            ? new StatementUnit(unit, count, count * pieces.Denominator, pieces.Numerator * kg, count) : null;
    }

    /// <summary>Of a burden of all that was made, what falls to the declared unit, to six digits.</summary>
    public Amount Of(Amount total, Amount output) => Rounded(total * Times, output * By);

    /// <summary>Of a burden per unit made, what falls to the declared unit, to six digits.</summary>
    public Amount Of(Amount perUnit) => Rounded(perUnit * Times, By);

    /// <summary>Six digits that count: more would say what nobody measured.</summary>
    private static Amount Rounded(Amount dividend, Amount divisor)
    {
        for (var scale = 0; scale < Scale; scale++)
        {
            var rounded = Amount.Divide(dividend, divisor, scale);
            var least = scale < Digits ? Amount.From(Amount.Pow10(Digits - 1 - scale))
                : Amount.From(1L, scale - Digits + 1);
            if (rounded.Abs() >= least) return rounded;
        }
        return Amount.Divide(dividend, divisor, Scale);
    }

    private static (Amount Numerator, Amount Denominator)? Ratio(string output, string declared)
    {
        if (StatementFactor.UnitOf(declared) is not { } known || !Units.TryParse(output, out var from)
            || !Units.TryParse(known, out var to) || !from.ConvertsTo(to)) return null;
        var (numerator, denominator) = from.RatioTo(to);
        return (Amount.From(numerator), Amount.From(denominator));
    }
}
