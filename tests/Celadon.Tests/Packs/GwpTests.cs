using Celadon.Packs;
using Celadon.Quantities;
using static Celadon.Tests.Packs.PacksUnderTest;

namespace Celadon.Tests.Packs;

/// <summary>GWP sets, blends by composition, and what a factor is worth under a set.</summary>
public sealed class GwpTests
{
    [Theory]
    [InlineData("hfc-134a", "1430", "1300", "1530")]
    [InlineData("hfc-32", "675", "677", "771")]
    [InlineData("sulphur-hexafluoride", "22800", "23500", "24300")]
    [InlineData("nitrous-oxide", "298", "265", "273")]
    [InlineData("carbon-dioxide", "1", "1", "1")]
    [InlineData("r-410a", "2087.5", "1923.5", "2255.5")]
    [InlineData("r-404a", "3921.6", "3942.8", "4728")]
    [InlineData("r-407c", "1773.85", "1624.21", "1907.93")]
    [InlineData("r-422d", "2728.95", "2473.17", "2916.69")]
    [InlineData("r-507a", "3985", "3985", "4775")]
    public void Gases_and_blends_under_each_set(string resource, string ar4, string ar5, string ar6) =>
        Assert.Equal((ar4, ar5, ar6),
        (Of(resource, GwpSet.Ar4), Of(resource, GwpSet.Ar5), Of(resource, GwpSet.Ar6)));

    [Theory]
    [InlineData(MethaneOrigin.Fossil, "25", "30", "29.8")]
    [InlineData(MethaneOrigin.NonFossil, "25", "28", "27")]
    public void Methane_has_two_values(MethaneOrigin origin, string ar4, string ar5, string ar6)
    {
        Assert.Equal((ar4, ar5, ar6), (Of("methane", GwpSet.Ar4, origin), Of("methane", GwpSet.Ar5, origin),
            Of("methane", GwpSet.Ar6, origin)));
        Assert.Null(Library.Gwp.ValueOf("methane", GwpSet.Ar5));
    }

    /// <summary>
    /// Every blend gives the UK 2025 factor for its Kyoto gases, which is printed to the kilogram.
    /// </summary>
    [Fact]
    public void Blends_reproduce_the_published_factors()
    {
        var blends = Library.Gwp.Blends.Select(row => row.Blend).Distinct().ToList();
        Assert.Equal(29, blends.Count);
        Assert.All(blends, blend =>
        {
            var rows = Library.FactorsOf(blend, FactorBasis.Fugitive);
            var published = Assert.Single(rows, f => f.Variant == "kyoto").Value!.Value;
            var computed = Library.Gwp.ValueOf(blend, GwpSet.Ar5)!.Value;
            Assert.True((computed - published).Abs() <= Amount.Parse("0.5"),
                $"{blend}: {computed}, published {published}");
        });
    }

    [Fact]
    public void A_component_that_is_no_Kyoto_gas_is_named_and_not_counted()
    {
        var value = Library.Gwp.ValueOf("r-422d", GwpSet.Ar5)!;
        Assert.True(value.LeavesOut);
        Assert.Equal("r-600a", Assert.Single(value.Parts, part => part.Row is null).Component);
        Assert.False(Library.Gwp.ValueOf("r-410a", GwpSet.Ar5)!.LeavesOut);
    }

    [Fact]
    public void A_blend_of_unknown_composition_has_no_GWP() =>
        Assert.Null(Library.Gwp.ValueOf("r-999z", GwpSet.Ar5));

    /// <summary>
    /// 1,000 kWh of gas: 182.31 published; 182.33 with the fossil methane value of AR5 (30 for 28).
    /// </summary>
    [Fact]
    public void Gas_columns_are_never_multiplied_by_a_GWP_again()
    {
        var gas = Library.Factor("uk-desnz-2026:fuels/gaseous-fuels/natural-gas/kwh-gross-cv")!;
        var published = Library.ValueOf(gas, GwpSet.Ar5)!;
        Assert.Equal(("0.18231", "0.18194", "0.00028", "0.00009", ValueOrigin.Published),
            (published.Total.ToString(), published.Co2.ToString(), published.Ch4.ToString(),
                published.N2o.ToString(), published.Origin));
        var fossil = Library.ValueOf(gas, GwpSet.Ar5, MethaneOrigin.Fossil)!;
        Assert.Equal(("0.18233", "0.0003", ValueOrigin.Reweighted),
            (fossil.Total.ToString(), fossil.Ch4.ToString(), fossil.Origin));
        var ar6 = Library.ValueOf(gas, GwpSet.Ar6)!;
        Assert.Equal(("0.00027", "0.000092716981132075"), (ar6.Ch4.ToString(), ar6.N2o.ToString()));
        Assert.Equal(ar6.Co2!.Value + ar6.Ch4!.Value + ar6.N2o!.Value, ar6.Total);
    }

    [Fact]
    public void Masses_take_the_set_when_they_are_used()
    {
        var gas = Library.Factor("ipcc-2006-fuels:ipcc-2006/manufacturing/natural-gas")!;
        Assert.Equal(("56154.5", "56154.8", "56154.3", "56156.5"), (
            Library.ValueOf(gas, GwpSet.Ar5)!.Total.ToString(),
            Library.ValueOf(gas, GwpSet.Ar4)!.Total.ToString(),
            Library.ValueOf(gas, GwpSet.Ar6)!.Total.ToString(),
            Library.ValueOf(gas, GwpSet.Ar5, MethaneOrigin.Fossil)!.Total.ToString()));
    }

    [Fact]
    public void Without_a_split_another_set_is_left_out()
    {
        var water = Library.Factor("uk-desnz-2026:water-supply/water-supply/water-supply/cubic-metres")!;
        Assert.Equal("0.1913", Library.ValueOf(water, GwpSet.Ar5)!.Total.ToString());
        Assert.False(Library.ValueOf(water, GwpSet.Ar5)!.IsSplit);
        Assert.Null(Library.ValueOf(water, GwpSet.Ar6));
        var logs = Library.FactorsOf("wood-logs", FactorBasis.Combustion).First();
        Assert.Equal((true, false),
            (Library.ValueOf(logs, GwpSet.Ar4) is not null, Library.ValueOf(logs, GwpSet.Ar5) is not null));
        var hotel = Library.FactorsOf("travel/hotel", FactorBasis.Travel).First();
        Assert.All(Enum.GetValues<GwpSet>(), set => Assert.Null(Library.ValueOf(hotel, set)));
    }

    [Fact]
    public void CO2_and_kWh_are_the_same_under_every_set() => Assert.All(Enum.GetValues<GwpSet>(), set =>
    {
        Assert.Equal("0.4974",
            Library.ValueOf(Library.Factor("cn-grid:cn-grid/cn-zj/2023")!, set)!.Total.ToString());
        var secr = Library.FactorsOf("travel/car", FactorBasis.EnergyContent).First();
        Assert.Equal(secr.Value, Library.ValueOf(secr, set)!.Total);
    });

    /// <summary>
    /// The gas columns of the 2026 edition were restored from masses; together they give the published total.
    /// </summary>
    [Fact]
    public void Splits_add_up_to_the_published_totals() => Assert.All(
        Library.Packs.SelectMany(pack => pack.Factors).Where(f => f.Gases == GasColumns.Co2e),
        f =>
        {
            var difference = f.Co2!.Value + f.Ch4!.Value + f.N2o!.Value - f.Value!.Value;
            Assert.True(difference.Abs() <= Amount.Parse("0.0001"), f.Key);
        });

    private static string? Of(string resource, GwpSet set, MethaneOrigin? origin = null) =>
        Library.Gwp.ValueOf(resource, set, origin)?.Value.ToString();
}
