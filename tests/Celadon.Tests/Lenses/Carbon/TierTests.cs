using Celadon.Lenses.Carbon;

namespace Celadon.Tests.Lenses.Carbon;

/// <summary>The report's bands and the tier list of section 3.1 of the reference (V48).</summary>
public class TierTests
{
    private static readonly TierQuestion Tier = new();
    private static readonly TierHistoryQuestion History = new();

    [Theory]
    [InlineData("0.25", "A", "C", "green")]
    [InlineData("0.29", "A", "C", "green")]
    [InlineData("0.2949", "A", "C", "green")]
    [InlineData("0.295", "B", "B", "blue")]
    [InlineData("0.30", "B", "B", "blue")]
    [InlineData("0.69", "B", "B", "blue")]
    [InlineData("0.6949", "B", "B", "blue")]
    [InlineData("0.695", "C", "A", "red")]
    [InlineData("0.70", "C", "A", "red")]
    public void Classifies_after_rounding_half_to_even(string intensity, string group, string tier,
        string colour)
    {
        var answer = Asking.Ask(Tier, $$"""
            { "items": [ { "name": "x", "intensity": "{{intensity}} kg CO2/kWh" } ] }
            """, ProjectPacks.Library);
        var band = ((TierReport)answer.Report).Items[0].Band;
        Assert.Equal((group, tier, colour), (band.Group, band.Tier, band.Colour));
        Assert.Equal(intensity.Length > 4, answer.Findings.Any(f => f.Code == "carbon.tier.betweenBands"));
    }

    [Fact]
    public void The_report_values_give_UK_A_and_China_B()
    {
        var report = (TierReport)Asking.Ask(Tier, Tier.Example, ProjectPacks.Library).Report;
        Assert.Equal(["A", "B", "A", "B"], report.Items.Select(i => i.Band.Group));
        Assert.Equal("2026", report.Items[2].Edition);
        Assert.Null(report.Items[0].Edition);
    }

    [Theory]
    [InlineData("GBR", 1990, "0.71", "C")]
    [InlineData("GBR", 2000, "0.52", "B")]
    [InlineData("GBR", 2018, "0.29", "A")]
    [InlineData("GBR", 2024, "0.22", "A")]
    [InlineData("CHN", 2000, "0.78", "C")]
    [InlineData("CHN", 2018, "0.64", "B")]
    [InlineData("CHN", 2024, "0.56", "B")]
    [InlineData("FRA", 2024, "0.04", "A")]
    [InlineData("POL", 2018, "0.81", "C")]
    [InlineData("POL", 2024, "0.61", "B")]
    [InlineData("DEU", 2018, null, "B")]
    [InlineData("DEU", 2024, null, "B")]
    [InlineData("IND", 2018, null, "C")]
    [InlineData("IND", 2024, null, "C")]
    [InlineData("ZAF", 2018, null, "C")]
    [InlineData("ZAF", 2024, null, "C")]
    [InlineData("USA", 2024, null, "B")]
    [InlineData("JPN", 2024, null, "B")]
    [InlineData("OWID_EU27", 2018, null, "B")]
    [InlineData("OWID_EU27", 2024, null, "A")]
    [InlineData("OWID_WRL", 2024, null, "B")]
    public void V48_countries(string country, int year, string? rounded, string group)
    {
        var answer = Asking.Ask(Tier, $$"""
            { "items": [ { "country": "{{country}}", "year": {{year}} } ] }
            """, ProjectPacks.Library);
        if (rounded is not null)
            Assert.Equal($"{rounded} kg CO2e/kWh", Asking.At(answer, "/items/0/rounded"));
        Assert.Equal(group, ((TierReport)answer.Report).Items[0].Band.Group);
    }

    /// <summary>How many countries stand in each group, aggregates left out, as printed.</summary>
    [Theory]
    [InlineData(2000, 57, 125, 28)]
    [InlineData(2018, 55, 134, 23)]
    [InlineData(2024, 64, 117, 14)]
    public void V48_countries_by_group(int year, int a, int b, int c)
    {
        var codes = ProjectPacks.Library.Intensity.Rows
            .Where(r => r.IsCountry && r.Year == year && !r.Code.StartsWith("OWID", StringComparison.Ordinal))
            .Select(r => $$"""{ "country": "{{r.Code}}", "year": {{year}} }""");
        var answer = Asking.Ask(Tier, $$"""{ "items": [ {{string.Join(", ", codes)}} ] }""",
            ProjectPacks.Library);
        var groups = ((TierReport)answer.Report).Items.CountBy(i => i.Band.Group).ToDictionary();
        Assert.Equal((a, b, c), (groups["A"], groups["B"], groups["C"]));
    }

    [Fact]
    public void V48_France_stands_in_A_in_every_year() => Assert.All(
        ((TierHistoryReport)Asking.Ask(History, """{ "countries": ["FRA"] }""", ProjectPacks.Library).Report)
            .Countries[0].Years, y => Assert.Equal("A", y.Band.Group));

    [Fact]
    public void Both_countries_moved_to_a_lower_group()
    {
        var report = (TierHistoryReport)Asking.Ask(History, History.Example, ProjectPacks.Library).Report;
        Assert.Equal("2026", report.Edition);
        foreach (var country in report.Countries)
        {
            Assert.Equal(19, country.Years.Length);
            Assert.True(country.Moves[^1].Down);
        }
        Assert.Equal(("C", "B"), (report.Countries[1].Moves[0].From, report.Countries[1].Moves[0].To));
        Assert.Equal("A", report.Countries[0].Years[^1].Band.Group);
    }
}
