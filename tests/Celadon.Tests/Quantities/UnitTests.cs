using System.Numerics;
using Celadon.Quantities;
using CsCheck;

namespace Celadon.Tests.Quantities;

public class UnitTests
{
    /// <summary>The units this field uses, each with a published or defined size in another.</summary>
    [Theory]
    [InlineData("1", "kJ", "J", "1000")]
    [InlineData("1", "MJ", "J", "1000000")]
    [InlineData("1", "GJ", "MJ", "1000")]
    [InlineData("1", "TJ", "GJ", "1000")]
    [InlineData("1", "kWh", "MJ", "3.6")]
    [InlineData("1", "MWh", "kWh", "1000")]
    [InlineData("1", "万kWh", "kWh", "10000")]
    [InlineData("1", "GWh", "MWh", "1000")]
    [InlineData("1", "TWh", "GWh", "1000")]
    [InlineData("1", "toe", "GJ", "41.868")]
    [InlineData("1", "tce", "GJ", "29.3076")]
    [InlineData("1", "kgce", "MJ", "29.3076")]
    [InlineData("1", "toe", "kcal", "10000000")]
    [InlineData("1", "t", "kg", "1000")]
    [InlineData("1", "Gt", "Mt", "1000")]
    [InlineData("1", "Mt", "kt", "1000")]
    [InlineData("1", "kg", "mg", "1000000")]
    [InlineData("1", "short ton", "kg", "907.18474")]
    [InlineData("2000", "lb", "short ton", "1")]
    [InlineData("1", "lb", "kg", "0.45359237")]
    [InlineData("1", "m3", "L", "1000")]
    [InlineData("1", "UK gal", "L", "4.54609")]
    [InlineData("1", "US gal", "L", "3.785411784")]
    [InlineData("1", "万Nm3", "Nm3", "10000")]
    [InlineData("1", "mile", "km", "1.609344")]
    [InlineData("1", "ha", "m2", "10000")]
    [InlineData("15", "亩", "ha", "1")]
    [InlineData("1", "%", "ppm", "10000")]
    [InlineData("1", "kg/m3", "mg/m3", "1000000")]
    [InlineData("3600", "kg/h", "kg/h", "3600")]
    [InlineData("1", "万CNY", "CNY", "10000")]
    public void One_unit_holds_so_many_of_another(string amount, string from, string to, string expected) =>
        Assert.Equal(expected, Of(amount, from).In(Units.Parse(to)).Amount.ToString());

    [Theory]
    [InlineData("therm", "kWh", 4, "29.3071")]
    [InlineData("US gal", "L", 6, "3.785412")]
    [InlineData("tce", "kWh", 2, "8141")]
    [InlineData("toe", "kWh", 0, "11630")]
    [InlineData("亩", "m2", 2, "666.67")]
    [InlineData("mmBtu", "therm", 4, "10")]
    [InlineData("kWh", "kgce", 6, "0.122835")]
    public void Published_factors_are_met_at_their_printed_digits(string from, string to, int scale,
        string printed) =>
        Assert.Equal(printed, Of("1", from).In(Units.Parse(to), scale).Amount.ToString());

    [Theory]
    [InlineData("J", "kJ", "MJ", "GJ", "TJ", "Wh", "kWh", "MWh", "GWh", "TWh", "therm", "toe", "tce")]
    [InlineData("mg", "g", "kg", "t", "kt", "Mt", "Gt", "short ton", "lb")]
    [InlineData("m3", "L", "UK gal", "US gal")]
    [InlineData("m", "km")]
    [InlineData("m2", "ha", "亩")]
    [InlineData("1", "%", "ppm")]
    [InlineData("Nm3", "万Nm3")]
    [InlineData("mg/m3", "mg/L")]
    public void Each_list_measures_one_kind_of_thing_and_nothing_else_measures_it(params string[] codes)
    {
        var kind = Units.Parse(codes[0]);
        Assert.All(codes, code => Assert.True(kind.ConvertsTo(Units.Parse(code)), code));
        var others = Units.All.Where(unit => !unit.ConvertsTo(kind)).Select(unit => unit.Code).ToArray();
        Assert.Empty(codes.Intersect(others));
        Assert.Contains("GBP", others);
    }

    /// <summary>Distances, tonne-kilometres, passengers, pieces, moneys and flows stand alone.</summary>
    [Theory]
    [InlineData("tkm")]
    [InlineData("pkm")]
    [InlineData("person")]
    [InlineData("kg/h")]
    [InlineData("GBP")]
    [InlineData("EUR")]
    public void These_convert_into_nothing_but_themselves(string code) =>
        Assert.Equal([code], Units.All.Where(Units.Parse(code).ConvertsTo).Select(unit => unit.Code));

    [Fact]
    public void There_and_back_is_exactly_one_for_every_pair_of_units_of_a_kind()
    {
        var pairs = from a in Units.All from b in Units.All where a.ConvertsTo(b) select (a, b);
        var count = 0;
        foreach (var (a, b) in pairs)
        {
            var (there, back) = (a.RatioTo(b), b.RatioTo(a));
            Assert.Equal(there.Denominator * back.Denominator, there.Numerator * back.Numerator);
            count++;
        }
        Assert.True(count > Units.All.Count);
    }

    [Fact]
    public void Amounts_come_back_to_the_last_digit_from_every_unit_of_their_kind() =>
        Gen.Select(Gen.OneOf(Units.All.ToArray()), Gen.Int[0, 1000], Gen.Long[-1_000_000_000, 1_000_000_000],
                Gen.Int[0, 6])
            .Sample((from, pick, unscaled, scale) =>
            {
                var kin = Units.All.Where(from.ConvertsTo).ToArray();
                var amount = Amount.From(unscaled, scale);
                var there = new Quantity(amount, from).In(kin[pick % kin.Length]);
                return there.In(from, scale).Amount == amount;
            });

    [Theory]
    [InlineData("5", "mg", "Gt", "0.000000000000000005")]
    [InlineData("0.000005", "mg", "Gt", "0.000000000000000000000005")]
    [InlineData("12.34", "mg", "kt", "0.00000000001234")]
    public void A_conversion_whose_decimal_ends_is_never_rounded(string amount, string from, string to,
        string all) =>
        Assert.Equal(all, Of(amount, from).In(Units.Parse(to)).Amount.ToString());

    [Fact]
    public void A_conversion_whose_decimal_does_not_end_keeps_twenty_digits() =>
        Assert.Equal("0.00000000002388458966274959396",
            Of("1", "J").In(Units.Parse("toe")).Amount.ToString());

    [Theory]
    [InlineData("千瓦时", "kWh")]
    [InlineData("度", "kWh")]
    [InlineData("KWH", "kWh")]
    [InlineData("万度", "万kWh")]
    [InlineData("吨标准煤", "tce")]
    [InlineData("litres", "L")]
    [InlineData("m³", "m3")]
    [InlineData("标方", "Nm3")]
    [InlineData("吨公里", "tkm")]
    [InlineData("passenger.km", "pkm")]
    [InlineData("％", "%")]
    [InlineData("元", "CNY")]
    [InlineData(" t ", "t")]
    public void Names_that_people_write_are_read(string name, string code) =>
        Assert.Equal(code, Units.Parse(name).Code);

    /// <summary>
    /// A gallon, a ton and a pound are two things each; a wrong case makes milligrams of megagrams.
    /// </summary>
    [Theory]
    [InlineData("gallons")]
    [InlineData("ton")]
    [InlineData("pounds")]
    [InlineData("Mg")]
    [InlineData("MT")]
    [InlineData("mw")]
    [InlineData("ML")]
    [InlineData("A")]
    [InlineData("")]
    [InlineData("furlong")]
    public void Names_that_could_mean_two_things_are_refused(string name)
    {
        Assert.False(Units.TryParse(name, out _));
        Assert.Throws<FormatException>(() => Units.Parse(name));
    }

    [Fact]
    public void Sizes_are_positive_fractions_in_lowest_terms() => Assert.All(Units.All, unit =>
    {
        Assert.True(unit.Numerator.Sign > 0 && unit.Denominator.Sign > 0, unit.Code);
        Assert.Equal(BigInteger.One, BigInteger.GreatestCommonDivisor(unit.Numerator, unit.Denominator));
    });

    [Fact]
    public void Dimensions_multiply_and_divide()
    {
        static Dimension D(string unit) => Units.Parse(unit).Dimension;
        Assert.Equal(D("kWh"), D("kW") * D("h"));
        Assert.Equal(D("tkm"), D("t") * D("km"));
        Assert.Equal(D("pkm"), D("person") * D("km"));
        Assert.Equal(D("kg/h"), D("kg") / D("h"));
        Assert.Equal(D("mg/m3"), D("mg") / D("m3"));
        Assert.NotEqual(D("mg/m3"), D("mg") / D("Nm3"));
        Assert.Equal(Dimension.None, D("kWh") / D("MJ"));
    }

    private static Quantity Of(string amount, string unit) => new(Amount.Parse(amount), Units.Parse(unit));
}
