using System.Numerics;
using Celadon.Ledger;
using Celadon.Quantities;

namespace Celadon.Lenses.Carbon.Inventory;

/// <summary>
/// How an amount of the books becomes what a factor multiplies. Exact wherever the units allow; else rounded
/// once, half to even, for each document.
/// </summary>
internal abstract record Conversion
{
    private static readonly Unit M3 = Units.Parse("m3"), Nm3 = Units.Parse("Nm3");

    private Conversion() { }

    /// <summary>The same kind of thing: kg to t, miles to km.</summary>
    public sealed record Plain : Conversion;

    /// <summary>Mass × the distance that the document states.</summary>
    /// <param name="Distance">The distance.</param>
    /// <param name="PieceMass">
    /// kg of one piece from the product register; null when the amount is a mass.
    /// </param>
    public sealed record Carriage(StatedValue Distance, Amount? PieceMass) : Conversion;

    /// <summary>Fuel to energy: amount × volume correction × density × calorific value.</summary>
    /// <param name="Value">The calorific value.</param>
    /// <param name="Published">Where it is published; null when the document states it.</param>
    /// <param name="Correction">Volume correction of the document; null when the volume needs none.</param>
    /// <param name="Density">Density, where a volume meets a value per mass.</param>
    /// <param name="DensityPublished">
    /// Where the density is published; null when the document states it.
    /// </param>
    public sealed record Energy(
        StatedValue Value, Trace? Published, Amount? Correction, StatedValue? Density,
        Trace? DensityPublished)
        : Conversion;

    /// <summary>An amount in the unit of the factor, with its trace.</summary>
    /// <param name="amount">The amount, with its unit.</param>
    /// <param name="to">The factor's unit.</param>
    /// <param name="document">Position of the entry whose facts are used.</param>
    /// <param name="product">
    /// Id of the product whose mass is used, with its position; null where none is.
    /// </param>
    public Figure Apply(Figure amount, Unit to, long document, (string Id, long Position)? product = null)
    {
        var from = Units.Parse(amount.Unit);
        switch (this)
        {
            case Carriage carriage: return Carry(carriage, amount, from, to, document, product);
            case Energy energy: return Burn(energy, amount, from, to, document);
            default:
                if (from.Equals(to)) return amount;
                var (numerator, denominator) = from.RatioTo(to);
                return Make(amount, to, "formula.inventory.unit", [], numerator, denominator, ScaleOf(to));
        }
    }

    /// <summary>True when a result must be rounded, so that documents must be told apart.</summary>
    public bool Rounds(Unit from, Unit to)
    {
        if (this is not Energy energy) return false;
        var (_, denominator) = Ratio(energy, from, to);
        return !Terminates(denominator);
    }

    private static Figure Carry(
        Carriage carriage, Figure amount, Unit from, Unit to, long document,
        (string Id, long Position)? product)
    {
        var operands = new List<Operand>();
        if (carriage.PieceMass is { } mass && product is { } known)
        {
            operands.Add(new Operand("operand.inventory.pieceMass", new Figure(mass, "kg/piece",
                new Trace.Registered("product", known.Id, "massKg", known.Position))));
            from = Units.Parse("kg");
        }
        operands.Add(new Operand("operand.distance", new Figure(carriage.Distance.Value,
            carriage.Distance.Unit.Code, new Trace.Fact(document, FactNames.Distance))));
        var numerator = from.Numerator * carriage.Distance.Unit.Numerator * to.Denominator;
        var denominator = from.Denominator * carriage.Distance.Unit.Denominator * to.Numerator;
        return Make(amount, to, "formula.inventory.massTimesDistance", operands, numerator, denominator,
            scale: 12);
    }

    private static Figure Burn(Energy energy, Figure amount, Unit from, Unit to, long document)
    {
        var operands = new List<Operand>();
        if (energy.Correction is { } correction)
            operands.Add(new Operand("operand.inventory.volumeCorrection",
                new Figure(correction, "", new Trace.Fact(document, FactNames.VolumeCorrection))));
        if (energy.Density is { } density)
            operands.Add(new Operand("operand.inventory.density", new Figure(density.Value, UnitText(density),
                energy.DensityPublished ?? new Trace.Fact(document, FactNames.Density))));
        operands.Add(new Operand("operand.inventory.calorificValue", new Figure(energy.Value.Value,
            UnitText(energy.Value), energy.Published ?? new Trace.Fact(document, FactNames.CalorificValue))));
        var (numerator, denominator) = Ratio(energy, from, to);
        return Make(amount, to, "formula.inventory.energy", operands, numerator, denominator, ScaleOf(to));
    }

    /// <summary>The size of [from] × [density] × [calorific value] in the target unit.</summary>
    private static (BigInteger Numerator, BigInteger Denominator) Ratio(Energy energy, Unit from, Unit to)
    {
        var value = energy.Value;
        var given = Metered(from).Dimension * value.Unit.Dimension / Metered(value.Per!).Dimension;
        if (energy.Density is { Per: { } per } known)
            given = given * known.Unit.Dimension / Metered(per).Dimension;
        if (!given.Equals(to.Dimension)) throw new UnlikeUnitsException(from.Code, to.Code);
        var numerator = from.Numerator * value.Unit.Numerator * value.Per!.Denominator * to.Denominator;
        var denominator = from.Denominator * value.Unit.Denominator * value.Per.Numerator * to.Numerator;
        if (energy.Density is { } density)
        {
            numerator *= density.Unit.Numerator * density.Per!.Denominator;
            denominator *= density.Unit.Denominator * density.Per.Numerator;
        }
        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator);
        return (numerator / divisor, denominator / divisor);
    }

    /// <summary>
    /// A normal cubic metre counts as a cubic metre where a stated calorific value or density says per which.
    /// </summary>
    private static Unit Metered(Unit unit) => unit.ConvertsTo(Nm3) ? M3 : unit;

    private static Figure Make(
        Figure amount, Unit to, string formula, List<Operand> by, BigInteger numerator,
        BigInteger denominator, int scale)
    {
        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator);
        (numerator, denominator) = (numerator / divisor, denominator / divisor);
        var factor = by.Aggregate(Amount.One, (product, operand) => product * operand.Figure.Value);
        var quantity = new Operand("operand.inventory.amount", amount);
        if (Terminates(denominator))
        {
            var ratio = Amount.Divide(Amount.From(numerator), Amount.From(denominator),
                DigitsOf(denominator));
            if (ratio != Amount.One || by.Count == 0) by.Add(UnitRatio(ratio, amount.Unit, to));
            return Figure.Product(to.Code, formula, [quantity, .. by]);
        }
        var value = Amount.Divide(amount.Value * factor * Amount.From(numerator), Amount.From(denominator),
            scale);
        by.Add(UnitDivisor(numerator, denominator, amount.Unit, to));
        return new Figure(value, to.Code, new Trace.Converted(formula, quantity, by, scale));
    }

    /// <summary>MJ in a kWh, 3.6, where that comes out even; else the ratio to twelve decimals.</summary>
    private static Operand UnitDivisor(BigInteger numerator, BigInteger denominator, string from, Unit to) =>
        Terminates(numerator)
            ? new Operand("operand.inventory.unitDivisor", new Figure(
                Amount.Divide(Amount.From(denominator), Amount.From(numerator), DigitsOf(numerator)), "",
                new Trace.Constant($"{from} → {to.Code}")))
            : UnitRatio(Amount.Divide(Amount.From(numerator), Amount.From(denominator), 12), from, to);

    private static Operand UnitRatio(Amount ratio, string from, Unit to) => new("operand.inventory.unitRatio",
        new Figure(ratio, "", new Trace.Constant($"{from} → {to.Code}")));

    private static string UnitText(StatedValue value)
    {
        var unit = value.Per is null ? value.Unit.Code : $"{value.Unit.Code}/{value.Per.Code}";
        return value.Calorific == CalorificBasis.None
            ? unit : $"{unit} {value.Calorific.ToString().ToLowerInvariant()}";
    }

    /// <summary>
    /// Decimals kept where energy does not come out even: hundredths of a kWh, or as fine in other units.
    /// </summary>
    private static int ScaleOf(Unit unit) => unit.Code switch
    {
        "kWh" or "MJ" => 2,
        "MWh" or "GJ" => 5,
        "GWh" or "TJ" => 8,
        _ => 12,
    };

    private static bool Terminates(BigInteger denominator)
    {
        while (denominator % 2 == 0) denominator /= 2;
        while (denominator % 5 == 0) denominator /= 5;
        return denominator.IsOne;
    }

    private static int DigitsOf(BigInteger denominator)
    {
        int twos = 0, fives = 0;
        for (; denominator % 2 == 0; denominator /= 2) twos++;
        for (; denominator % 5 == 0; denominator /= 5) fives++;
        return Math.Max(twos, fives);
    }
}
