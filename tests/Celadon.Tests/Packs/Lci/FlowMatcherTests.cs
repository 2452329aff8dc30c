using Celadon.Lca.Modelling;
using Celadon.Packs;
using Celadon.Packs.Lci;

namespace Celadon.Tests.Packs.Lci;

/// <summary>Names, numbers and compartments as databases of the field write them.</summary>
public class FlowMatcherTests
{
    private static readonly FlowMatcher Matcher = new(PacksUnderTest.Library.Pack("gwp-100-flows")!);

    [Theory]
    [InlineData("Carbon dioxide, fossil ", "", "air/unspecified", "carbon-dioxide/fossil")]
    [InlineData("Carbon dioxide", "000124-38-9", "Elementary Flows/air/unspecified",
        "carbon-dioxide/unstated")]
    [InlineData("Carbon dioxide [Inorganic emissions to air]", "", "NETL Elementary Flows/Emission to air",
        "carbon-dioxide/unstated")]
    [InlineData("Carbon dioxide, in air", "124-38-9", "Elementary flows/Resource/in air",
        "carbon-dioxide/uptake")]
    [InlineData("Carbon dioxide, land transformation", "", "air/unspecified", "carbon-dioxide/land-use")]
    [InlineData("carbon dioxide (biogenic)", "124-38-9", "Emissions/Emissions to air/Emissions to air, "
        + "unspecified", "carbon-dioxide/biogenic")]
    [InlineData("Methane, non-fossil", "74-82-8", "air/urban air close to ground", "methane/biogenic")]
    [InlineData("Lachgas", "10024-97-2", "Emission to air/unspecified", "nitrous-oxide")]
    [InlineData("甲烷（生物源）", "", "大气", "methane/biogenic")]
    [InlineData("Methane, tetrafluoro-, CFC-14", "", "air/unspecified", "pfc-14")]
    [InlineData("Methane, chlorodifluoro-, HCFC-22", "", "air/unspecified", "hcfc-22")]
    [InlineData("Methane, tetrachloro-, CFC-10", "56-23-5", "air/unspecified", "carbon-tetrachloride")]
    [InlineData("R 11", "75-69-4", "air/unspecified", "cfc-11")]
    public void A_flow_is_a_gas(string name, string cas, string path, string row) =>
        Assert.Equal(row, Matcher.Row(Flow(name, cas, path))?.Id);

    /// <summary>Other media, numbers that contradict, numbers that say too little, other gases.</summary>
    [Theory]
    [InlineData("Carbon dioxide, fossil", "", "water/unspecified", false)]
    [InlineData("Kohlendioxid", "124-38-9", "water/unspecified", false)]
    [InlineData("Carbon dioxide, fossil", "74-82-8", "air/unspecified", true)]
    [InlineData("Kohlendioxid", "124-38-9", "air/unspecified", true)]
    [InlineData("Methane, biogenic", "", "Elementary Flows", true)]
    [InlineData("Ethane, trifluoro-, HFC-143", "", "air/unspecified", true)]
    [InlineData("NMVOC, non-methane volatile organic compounds", "", "air/unspecified", false)]
    [InlineData("Sulfur dioxide", "7446-09-5", "air/unspecified", false)]
    [InlineData("Chloroform", "", "water/river", false)]
    public void A_flow_is_none(string name, string cas, string path, bool suspect)
    {
        var flow = Flow(name, cas, path);
        Assert.Null(Matcher.Row(flow));
        Assert.Equal(suspect, Matcher.IsSuspect(flow));
    }

    [Fact]
    public void Every_row_that_counts_has_potentials_in_all_sets_and_its_categories()
    {
        var pack = PacksUnderTest.Library.Pack("gwp-100-flows")!;
        var categories = pack.ImpactCategories.Select(c => c.Id).ToHashSet();
        foreach (var row in pack.Characterisations.Where(r => r.Use == FlowUse.Factor))
        {
            Assert.All(Enum.GetValues<GwpSet>(), set =>
                Assert.NotNull(PacksUnderTest.Library.Gwp.Of(row.Gas, set, row.Origin)));
            Assert.All(row.Categories, c => Assert.Contains(c, categories));
            Assert.All(row.Compartments, c => Assert.Contains(pack.Compartments, x => x.Id == c));
        }
    }

    private static LciFlow Flow(string name, string cas, string path) => new()
    {
        Id = "f", Name = name, Cas = cas, Category = path, Kind = FlowKind.Elementary,
        Properties = [new("m", 1)],
    };
}
