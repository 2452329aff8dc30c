using Celadon.Quantities;

namespace Celadon.Tests.Quantities;

public class StandardCoalTests
{
    private static readonly Quantity Electricity = new(100_000, Units.Parse("kWh"));

    [Fact]
    public void Electricity_by_equivalent_value_takes_the_published_coefficient()
    {
        var coal = CoalConversion.ElectricityEquivalentValue.Of(Electricity);
        Assert.Equal(new StandardCoal(Amount.Parse("12.29"), CoalBasis.EquivalentValue), coal);
        Assert.Equal(coal, CoalConversion.ElectricityEquivalentValue.Of(Electricity.In(Units.Parse("万kWh"))));
    }

    /// <summary>
    /// The unit's ratio and the published coefficient differ in the fourth digit; neither is the other.
    /// </summary>
    [Fact]
    public void The_ratio_of_the_units_is_not_the_published_coefficient()
    {
        var ratio = Electricity.In(Units.Parse("tce"), 4).Amount;
        Assert.Equal("12.2835", ratio.ToString());
        Assert.NotEqual(ratio, CoalConversion.ElectricityEquivalentValue.Of(Electricity).Tonnes);
    }

    [Fact]
    public void Equal_value_and_equivalent_value_are_never_added()
    {
        var year = CoalConversion.ElectricityEqualValue(Amount.Parse("0.404"), "an old coefficient sheet");
        var (equal, equivalent) = (year.Of(Electricity),
            CoalConversion.ElectricityEquivalentValue.Of(Electricity));
        Assert.Equal("40.4", equal.Tonnes.ToString());
        var refused = Assert.Throws<UnlikeCoalBasisException>(() => equal + equivalent);
        Assert.Equal((CoalBasis.EqualValue, CoalBasis.EquivalentValue), (refused.First, refused.Second));
        Assert.Equal("24.58", (equivalent + equivalent).Tonnes.ToString());
    }

    [Fact]
    public void Only_electricity_goes_through_its_coefficient()
    {
        var gas = new Quantity(1, Units.Parse("kWh"), CalorificBasis.Gross);
        Assert.Throws<UnlikeBasisException>(() => CoalConversion.ElectricityEquivalentValue.Of(gas));
        var coal = new Quantity(1, Units.Parse("t"));
        Assert.Throws<UnlikeUnitsException>(() => CoalConversion.ElectricityEquivalentValue.Of(coal));
    }
}
