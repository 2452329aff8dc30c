using Celadon.Packs;
using Celadon.Text;
using static Celadon.Tests.Packs.PacksUnderTest;

namespace Celadon.Tests.Packs;

/// <summary>People read names, answers keep codes.</summary>
public sealed class CodeNamesTests
{
    [Theory]
    [InlineData("en", "wider-place", "CN-ZJ", "WORLD", "Zhejiang", "World")]
    [InlineData("zh", "wider-place", "CN-ZJ", "WORLD", "浙江", "世界")]
    [InlineData("en", "wider-place", "GB-STE", "GB", "GB-STE", "United Kingdom")]
    [InlineData("en", "variant-by-default", "blend", "100-mineral", "Biofuel blend of a road fuel",
        "100 % mineral")]
    [InlineData("zh", "variant-by-default", "vehicle-class, load", "all-hgvs/average-laden",
        "车辆或船舶类别、载荷", "全部重型货车、平均载荷")]
    [InlineData("zh", "asks", "payer", "", "运费由谁支付", "")]
    [InlineData("en", "nearest-edition", "2027", "2026", "2027", "2026")]
    public void A_choice_is_told_by_names(
        string language, string kind, string wanted, string taken, string named, string instead) =>
        Assert.Equal((named, instead),
            new CodeNames(Library, Catalogue.For(language)).OfChoice(kind, wanted, taken));

    [Fact]
    public void A_finding_keeps_its_codes_and_reads_as_names()
    {
        var finding = new SelectionFlag(SelectionFlagKind.WiderPlace, "CN-ZJ", "WORLD")
            .ToFinding(Library.Factor("uk-desnz-2026:fuels/gaseous-fuels/natural-gas/kwh-gross-cv")!);
        Assert.Equal("CN-ZJ", finding.Args["wanted"]);
        Assert.EndsWith("：以世界的因子代替浙江。", new CodeNames(Library, Catalogue.Chinese).Render(finding),
            StringComparison.Ordinal);
        Assert.Equal("No combustion factor for Clay covers Zhejiang.",
            new CodeNames(Library, Catalogue.English).Render(Finding.Of("packs.refused.place", Severity.Error,
                null, ("basis", "combustion"), ("resource", "clay"), ("place", "CN-ZJ"))));
    }

    [Fact]
    public void A_value_of_a_pack_reads_as_its_name() => Assert.StartsWith("A：再生料供应少、需求大 给出 0.2，",
        new CodeNames(Library, Catalogue.Chinese).Render(Finding.Of("products.value.status", Severity.Info,
            null, ("id", "pef-circular:cff/a/low"), ("value", "0.2"), ("source", "x"))),
        StringComparison.Ordinal);

    [Fact]
    public void Every_value_that_stands_in_for_one_not_stated_has_a_name()
    {
        var values = Library.Packs.SelectMany(p => p.Resources).SelectMany(r => r.Variants.Split('/'))
            .Where(part => part.Contains(':', StringComparison.Ordinal))
            .Select(part => part.TrimEnd('}').Split(':')[1]).Distinct().ToList();
        Assert.Contains("average-laden", values);
        foreach (var text in (Catalogue[])[Catalogue.English, Catalogue.Chinese])
            Assert.All(values, value => Assert.True(text.Has($"fact.value.{value}"), value));
    }
}
