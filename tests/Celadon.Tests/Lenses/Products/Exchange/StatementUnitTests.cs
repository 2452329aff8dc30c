using Celadon.Lenses.Products;
using Celadon.Quantities;
using CsCheck;

namespace Celadon.Tests.Lenses.Products.Exchange;

/// <summary>From the unit in which the books count a product to the one a statement is declared in.</summary>
public sealed class StatementUnitTests
{
    /// <summary>540,400.4415856 kg CO2e of 114.7 t are 4.71142 a kilogram; the rest by hand.</summary>
    [Theory]
    [InlineData("t", "kilogram", "1", null, "540400.4415856", "114.7", "4.71142", "1")]
    [InlineData("t", "kilogram", "12.5", null, "540400.4415856", "114.7", "58.8928", "12.5")]
    [InlineData("t", "piece", "1", "0.4", "540400.4415856", "114.7", "1.88457", "0.4")]
    [InlineData("piece", "piece", "2", "0.4", "300", "1000", "0.6", "0.8")]
    [InlineData("piece", "kilogram", "1", "0.4", "300", "1000", "0.75", "1")]
    [InlineData("m2", "square meter", "1", null, "9750", "1000", "9.75", null)]
    [InlineData("m3", "liter", "1", null, "500", "2", "0.25", null)]
    [InlineData("MWh", "kilowatt hour", "1", null, "123.456789", "1", "0.123457", "0")]
    [InlineData("kWh", "megajoule", "1", null, "3.6", "10", "0.1", "0")]
    [InlineData("tkm", "ton kilometer", "100", null, "7", "1000", "0.7", "0")]
    public void A_burden_falls_to_the_declared_unit(string output, string unit, string count,
        string? pieceKg, string total, string made, string value, string? mass)
    {
        var declared = StatementUnit.Of(unit, Amount.Parse(count), output,
            pieceKg is null ? null : Amount.Parse(pieceKg))!;
        Assert.Equal(Amount.Parse(value), declared.Of(Amount.Parse(total), Amount.Parse(made)));
        Assert.Equal(mass is null ? (Amount?)null : Amount.Parse(mass), declared.MassKg);
    }

    [Theory]
    [InlineData("t", "square meter", null)]
    [InlineData("t", "piece", null)]
    [InlineData("piece", "kilogram", "0")]
    [InlineData("piece", "liter", "0.4")]
    [InlineData("t", "furlong", "0.4")]
    [InlineData("no unit", "kilogram", "0.4")]
    public void What_does_not_lead_there_is_none(string output, string unit, string? pieceKg) =>
        Assert.Null(StatementUnit.Of(unit, Amount.One, output,
            pieceKg is null ? null : Amount.Parse(pieceKg)));

    [Theory]
    [InlineData("t", "kilogram")]
    [InlineData("kg", "kilogram")]
    [InlineData("m3", "cubic meter")]
    [InlineData("L", "liter")]
    [InlineData("kWh", "kilowatt hour")]
    [InlineData("MJ", "megajoule")]
    [InlineData("GJ", "kilowatt hour")]
    [InlineData("piece", "piece")]
    [InlineData("m2", "square meter")]
    [InlineData("GBP", null)]
    public void Nobody_says_and_it_is_the_outputs_own_kind(string output, string? unit) =>
        Assert.Equal(unit, StatementUnit.Usual(output));

    /// <summary>Six digits: never further off than half of the sixth.</summary>
    [Fact]
    public void A_value_keeps_six_digits() => Gen.Select(
            Gen.Long[1, 1_000_000_000_000L], Gen.Long[1, 1_000_000L])
        .Sample((total, made) =>
        {
            var exact = (double)total / made / 1000;
            var stated = StatementUnit.Of("kilogram", Amount.One, "t", null)!
                .Of(Amount.From(total), Amount.From(made)).ToDouble();
            return Math.Abs(stated - exact) <= exact * 5.0000001e-6;
        });
}
