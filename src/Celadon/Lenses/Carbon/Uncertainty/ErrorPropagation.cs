using Celadon.Quantities;

namespace Celadon.Lenses.Carbon;

/// <summary>
/// Approach 1: IPCC 2006 Guidelines, volume 1, chapter 3, equations 3.1 and 3.2, with the contributions of
/// independent numbers. Half widths are those of 95 % intervals.
/// </summary>
internal static class ErrorPropagation
{
    /// <summary>Decimals of half widths and percents.</summary>
    public const int Scale = 6;

    private const string Prefix = "formula.carbon.uncertainty.";

    /// <summary>Emissions that hang on a number × its relative half width.</summary>
    public static Figure Contribution(Figure emissions, Figure halfWidth) => Figure.Product(emissions.Unit,
        Prefix + "contribution", new Operand("operand.emissions", emissions),
        new Operand("operand.uncertainty", halfWidth));

    /// <summary>√Σ(contribution)².</summary>
    public static Figure HalfWidth(string unit, IReadOnlyList<Operand> contributions) => new(
        SquareRoot.Of(contributions.Aggregate(Amount.Zero, (sum, c) => sum + c.Figure.Value * c.Figure.Value),
            Scale), unit, new Trace.Formula(Prefix + "rootSumOfSquares", contributions));

    /// <summary>A part relative to the size of a whole, in percent.</summary>
    public static Figure Relative(Figure part, Figure whole, string label) => new(
        Amount.Divide(part.Value * 100, whole.Value.Abs(), Scale), "%",
        new Trace.Formula(Prefix + "relative", [new(label, part), new("operand.emissions", whole)]));

    /// <summary>The square of a contribution relative to the sum of squares, in percent.</summary>
    public static Figure VarianceShare(Amount square, Amount variance, Figure emissions) => new(
        Amount.Divide(square * 100, variance, Scale), "%",
        new Trace.Formula(Prefix + "varianceShare", [new("operand.emissions", emissions)]));
}
