namespace Celadon.Tests.Packs;

/// <summary>
/// Average CO2 emission factors of electricity in China as they were announced (kg CO2/kWh): regions of 2021
/// to 2023, the extremes of 2022, the provinces of 2023 that are at hand.
/// </summary>
public class ChinaGridTests
{
    [Theory]
    [InlineData("north", "0.712", "0.6776", "0.6361")]
    [InlineData("northeast", "0.6012", "0.5564", null)]
    [InlineData("east", "0.5992", "0.5617", "0.55")]
    [InlineData("central", "0.5354", "0.5395", null)]
    [InlineData("northwest", "0.5951", "0.5857", null)]
    [InlineData("south", "0.4326", "0.3869", "0.4042")]
    [InlineData("southwest", "0.2113", "0.2268", null)]
    public void A_region_has_its_years(string region, string y2021, string y2022, string? y2023)
    {
        Assert.Equal(y2021, Of(region, 2021));
        Assert.Equal(y2022, Of(region, 2022));
        Assert.Equal(y2023, Of(region, 2023));
    }

    [Theory]
    [InlineData("he", 2022, "0.7252")]
    [InlineData("sx", 2022, "0.7096")]
    [InlineData("yn", 2022, "0.1073")]
    [InlineData("sc", 2022, "0.1404")]
    [InlineData("gd", 2023, "0.4419")]
    [InlineData("bj", 2023, "0.5554")]
    [InlineData("sh", 2023, "0.5737")]
    [InlineData("zj", 2023, "0.4974")]
    [InlineData("js", 2023, "0.5827")]
    [InlineData("sc", 2023, "0.1564")]
    [InlineData("ha", 2023, "0.5897")]
    public void A_province_has_its_year(string province, int year, string value) =>
        Assert.Equal(value, Of(province, year));

    private static string? Of(string place, int year) =>
        PacksUnderTest.Library.Factor($"cn-grid:cn-grid/cn-{place}/{year}")?.Value?.ToString();
}
