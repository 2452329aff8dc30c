using System.Numerics;
using Celadon.Quantities;

namespace Celadon.Lenses.Carbon;

/// <summary>
/// A product of stated quantities and a factor with its units checked. The number is exact; where a division
/// or a change of unit does not end it is rounded once, half to even, at <see cref="Scale"/> decimals.
/// </summary>
/// <param name="formula">Text key of the formula.</param>
/// <param name="pointer">Where in the spec the line stands, for refusals.</param>
internal sealed class Multiplication(string formula, string pointer)
{
    /// <summary>Decimals of a result that does not end.</summary>
    public const int Scale = 12;

    private readonly List<(Operand Operand, CompoundUnit Unit, bool Divides)> _terms = [];

    /// <summary>Multiplies by a figure; nothing happens when there is none.</summary>
    public Multiplication Times(string label, Figure? figure) => Add(label, figure, false);

    /// <summary>Divides by a figure; nothing happens when there is none.</summary>
    public Multiplication Over(string label, Figure? figure)
    {
        if (figure?.Value.IsZero == true) throw Refuse.At("carbon.zeroDivisor", pointer, ("name", label));
        return Add(label, figure, true);
    }

    /// <summary>Multiplies by a number of the formula itself ("there and back").</summary>
    public Multiplication Constant(string label, Amount value, string source) =>
        Add(label, new Figure(value, "", new Trace.Constant(source)), false);

    /// <summary>The mass of the gas that the factor names, in a unit of mass: "kg CO2e".</summary>
    /// <exception cref="Celadon.Text.RefusedException">
    /// The units do not give a mass, the factor names no gas, or gross and net meet.
    /// </exception>
    public Figure Emissions(string mass = "kg")
    {
        var gases = _terms.Where(t => t.Unit.Gas is not null).Select(t => t.Unit.Gas!).ToList();
        if (gases is not [var gas]) throw Refuse.At("carbon.noGas", pointer, ("given", Written()));
        return In($"{mass} {gas}");
    }

    /// <summary>True when the units of the terms give the unit.</summary>
    public bool Gives(string unit) => DimensionOf().Equals(CompoundUnit.Parse(unit).Dimension);

    /// <summary>The product in a unit.</summary>
    public Figure In(string unit)
    {
        var target = CompoundUnit.Parse(unit);
        CheckBasis();
        if (target.Gas is not null && _terms.Exists(t => t.Unit.Gas is { } gas && gas != target.Gas))
            throw Refuse.At("carbon.unlikeGases", pointer, ("units", $"{Written()}, {unit}"));
        BigInteger numerator = target.Denominator, denominator = target.Numerator;
        BigInteger above = BigInteger.One, below = BigInteger.One;
        int aboveScale = 0, belowScale = 0;
        foreach (var (operand, part, divides) in _terms)
        {
            numerator *= divides ? part.Denominator : part.Numerator;
            denominator *= divides ? part.Numerator : part.Denominator;
            var value = operand.Figure.Value;
            if (divides) (below, belowScale) = (below * value.Unscaled, belowScale + value.Scale);
            else (above, aboveScale) = (above * value.Unscaled, aboveScale + value.Scale);
        }
        if (!DimensionOf().Equals(target.Dimension))
            throw Refuse.At("carbon.units", pointer, ("given", Written()), ("wanted", unit));
        var (dividend, divisor) = (Amount.From(above, aboveScale), Amount.From(below, belowScale));
        return Result(unit, dividend, divisor, numerator, denominator);
    }

    private Dimension DimensionOf() => _terms.Aggregate(Dimension.None, (dimension, term) =>
        term.Divides ? dimension / term.Unit.Dimension : dimension * term.Unit.Dimension);

    private Figure Result(string unit, Amount dividend, Amount divisor, BigInteger numerator,
        BigInteger denominator)
    {
        var common = BigInteger.GreatestCommonDivisor(numerator, denominator);
        (numerator, denominator) = (numerator / common, denominator / common);
        var operands = _terms.Select(t => t.Operand).ToList();
        var plain = _terms.TrueForAll(t => !t.Divides) && Ends(denominator, out var places);
        if (plain)
        {
            Ends(denominator, out places);
            var ratio = Amount.Divide(Amount.From(numerator), Amount.From(denominator), places);
            if (ratio != Amount.One) operands.Add(Conversion(ratio));
            return new Figure(dividend * ratio, unit, new Trace.Product(formula, operands));
        }
        if (numerator != denominator)
            operands.Add(Conversion(Amount.Divide(Amount.From(numerator), Amount.From(denominator), 18)));
        var top = dividend * Amount.From(numerator);
        var bottom = divisor * Amount.From(denominator);
        return new Figure(Quotient(top, bottom), unit, new Trace.Formula(formula, operands));
    }

    /// <summary>
    /// The quotient: exact where it ends, else rounded once at <see cref="Scale"/> decimals.
    /// </summary>
    public static Amount Quotient(Amount dividend, Amount divisor)
    {
        var scale = Math.Max(dividend.Scale, divisor.Scale);
        dividend.TryGetUnscaled(scale, out var top);
        divisor.TryGetUnscaled(scale, out var bottom);
        var reduced = BigInteger.Abs(bottom / BigInteger.GreatestCommonDivisor(top, bottom));
        return Amount.Divide(dividend, divisor, Ends(reduced, out var places) ? places : Scale);
    }

    /// <summary>True when 1/denominator is a finite decimal; then how many decimals it has.</summary>
    private static bool Ends(BigInteger denominator, out int places)
    {
        int twos = 0, fives = 0;
        for (; denominator % 2 == 0; denominator /= 2) twos++;
        for (; denominator % 5 == 0; denominator /= 5) fives++;
        places = Math.Max(twos, fives);
        return denominator.IsOne;
    }

    private static Operand Conversion(Amount ratio) =>
        new("operand.unitConversion",
            new Figure(ratio, "", new Trace.Constant("BIPM SI Brochure, 9th edition; docs/units")));

    private Multiplication Add(string label, Figure? figure, bool divides)
    {
        if (figure is not null) _terms.Add((new Operand(label, figure), CompoundUnit.Parse(figure.Unit),
            divides));
        return this;
    }

    /// <summary>Gross meets only gross; where one part names a basis every energy must name it.</summary>
    private void CheckBasis()
    {
        var named = _terms.Select(t => t.Unit.Calorific).Where(c => c != CalorificBasis.None).Distinct()
            .ToList();
        if (named.Count == 0) return;
        var silent = _terms.Find(t => t.Unit.HoldsEnergy && t.Unit.Calorific == CalorificBasis.None);
        if (named.Count > 1 || silent.Unit is not null)
            throw Refuse.At("carbon.calorificBasis", pointer, ("given", Written()));
    }

    private string Written() => string.Join(" ", _terms.Select((t, i) =>
        (i == 0 ? "" : t.Divides ? "÷ " : "× ") + (t.Unit.ToString() is { Length: > 0 } text ? text : "1")));
}
