using Celadon.Quantities;
using CsCheck;

namespace Celadon.Tests.Quantities;

public class QuantityTests
{
    [Theory]
    [InlineData("kWh", "kg")]
    [InlineData("kWh", "kVArh")]
    [InlineData("m3", "Nm3")]
    [InlineData("tkm", "pkm")]
    [InlineData("GBP", "CNY")]
    [InlineData("person", "piece")]
    [InlineData("mg/m3", "ppm")]
    [InlineData("kg", "kg/h")]
    public void Unlike_units_are_refused_and_both_are_named(string a, string b)
    {
        var sum = Assert.Throws<UnlikeUnitsException>(() => Of("1", a) + Of("1", b));
        Assert.Equal((a, b), (sum.From, sum.To));
        Assert.Equal($"{a} and {b} measure different kinds of thing.", sum.Message);
        var conversion = Assert.Throws<UnlikeUnitsException>(() => Of("1", a).In(Units.Parse(b)));
        Assert.Equal((a, b), (conversion.From, conversion.To));
    }

    [Fact]
    public void Units_of_one_kind_are_added_only_after_a_conversion()
    {
        Assert.Throws<UnlikeUnitsException>(() => Of("1", "MWh") + Of("1", "kWh"));
        Assert.Equal("1001 kWh", (Of("1", "MWh").In(Units.Parse("kWh")) + Of("1", "kWh")).ToString());
    }

    [Theory]
    [InlineData(CalorificBasis.Gross, CalorificBasis.Net)]
    [InlineData(CalorificBasis.Net, CalorificBasis.Gross)]
    [InlineData(CalorificBasis.Gross, CalorificBasis.None)]
    [InlineData(CalorificBasis.None, CalorificBasis.Net)]
    public void Gross_and_net_energy_are_never_added(CalorificBasis a, CalorificBasis b)
    {
        var kwh = Units.Parse("kWh");
        var refused = Assert.Throws<UnlikeBasisException>(() =>
            new Quantity(1, kwh, a) + new Quantity(1, kwh, b));
        Assert.Equal((a, b), (refused.First, refused.Second));
        Assert.Contains($"{a}", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"{b}", refused.Message, StringComparison.Ordinal);
        Assert.Throws<UnlikeBasisException>(() => new Quantity(1, kwh, a) - new Quantity(1, kwh, b));
    }

    [Fact]
    public void The_calorific_basis_survives_a_conversion()
    {
        var gas = new Quantity(Amount.Parse("3.6"), Units.Parse("MJ"), CalorificBasis.Gross);
        Assert.Equal("1 kWh gross", gas.In(Units.Parse("kWh")).ToString());
        Assert.Equal("2 kWh gross", (gas.In(Units.Parse("kWh")) + gas.In(Units.Parse("kWh"))).ToString());
    }

    /// <summary>Metered gas: volume, correction and calorific value of the bill, over 3.6 MJ/kWh.</summary>
    [Theory]
    [InlineData("12000", "134647.6")]
    [InlineData("11200", "125671.09")]
    public void Gas_on_a_bill_becomes_energy_with_one_rounding(string cubicMetres, string kilowattHours)
    {
        var megajoules = Amount.Parse(cubicMetres) * Amount.Parse("1.02264") * Amount.Parse("39.5");
        var energy = new Quantity(megajoules, Units.Parse("MJ"), CalorificBasis.Gross)
            .In(Units.Parse("kWh"), 2);
        Assert.Equal(kilowattHours, energy.Amount.ToString());
    }

    [Fact]
    public void Sums_do_not_depend_on_the_order_and_a_difference_takes_back_exactly() =>
        Gen.Select(AnyAmount, AnyAmount, AnyAmount).Sample((a, b, c) =>
        {
            var kg = Units.Parse("kg");
            var (x, y, z) = (new Quantity(a, kg), new Quantity(b, kg), new Quantity(c, kg));
            return (x + y) + z == (z + y) + x && (x + y) - y == x && x + -x == new Quantity(0, kg);
        });

    [Fact]
    public void Converting_a_sum_is_the_sum_of_the_converted_where_the_decimals_end() =>
        Gen.Select(AnyAmount, AnyAmount).Sample((a, b) =>
        {
            var (therm, kwh) = (Units.Parse("therm"), Units.Parse("kWh"));
            var (x, y) = (new Quantity(a, therm), new Quantity(b, therm));
            return (x + y).In(kwh) == x.In(kwh) + y.In(kwh);
        });

    private static readonly Gen<Amount> AnyAmount =
        Gen.Select(Gen.Long[-1_000_000_000_000, 1_000_000_000_000], Gen.Int[0, 9], (u, s) =>
            Amount.From(u, s));

    private static Quantity Of(string amount, string unit) => new(Amount.Parse(amount), Units.Parse(unit));
}
