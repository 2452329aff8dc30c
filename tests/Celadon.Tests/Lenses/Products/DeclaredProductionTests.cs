using System.Text.Json;
using Celadon.Lenses;
using Celadon.Lenses.Products;
using Celadon.Store;
using Celadon.Tests.Example;
using Celadon.Text;

namespace Celadon.Tests.Lenses.Products;

/// <summary>A1-A3 of a declaration from the footprint of the example works, where none is stated.</summary>
[Collection("example")]
public sealed class DeclaredProductionTests(ExampleWorks works)
{
    /// <summary>4,711.42494843592 kg CO2e/t (golden) × 0.35 kg is 1.648998731953 kg.</summary>
    [Fact]
    public void Production_is_the_footprint_of_the_declared_unit()
    {
        var asked = Ask(""" "GWP-luluc": "0.01" """);
        Assert.Equal("1.648998731953 kg CO2 eq", Cell(asked, "GWP-fossil"));
        Assert.Equal("", Cell(asked, "GWP-total"));
        var codes = asked.Answer.Findings.Select(f => f.Code).ToList();
        Assert.Contains("products.declaration.fromFootprint", codes);
        Assert.Contains("products.declaration.atLeast", codes);
        Assert.Contains("products.footprint.atLeast", codes);
    }

    [Fact]
    public void Total_warming_is_given_where_biogenic_and_land_use_are_stated()
    {
        var asked = Ask(""" "GWP-luluc": "0.01", "GWP-biogenic": "-0.2" """);
        Assert.Equal("1.458998731953 kg CO2 eq", Cell(asked, "GWP-total"));
        Assert.All(Explainer.All(asked.Answer.Report), f =>
            Assert.Equal(f.Figure, Explainer.Explain(asked.Answer.Report, f.Pointer).Figure));
    }

    [Fact]
    public void A_number_that_is_stated_stands_and_the_footprint_is_not_taken()
    {
        var asked = Ask(""" "GWP-fossil": "2.0" """);
        Assert.Equal("2 kg CO2 eq", Cell(asked, "GWP-fossil"));
        Assert.Contains(asked.Answer.Findings, f => f.Code == "products.declaration.footprintUnused");
    }

    [Theory]
    [InlineData("\"of\": \"piece\", \"mass\": \"0.35\"", "\"of\": \"piece\"",
        "products.declaration.footprintUnit")]
    [InlineData("\"footprint\"", "\"footprintProduct\": \"plate\", \"footprint\"",
        "products.declaration.footprintProduct")]
    public void What_does_not_fit_the_footprint_is_refused(string there, string instead, string code)
    {
        var refused = Assert.Throws<RefusedException>(() => works.Workspace.Ask(
            Questions.Get("products.declaration"), Spec(""" "GWP-luluc": "0" """).Replace(there, instead,
                StringComparison.Ordinal)));
        Assert.Equal(code, refused.Finding.Code);
        Assert.NotNull(Catalogue.Chinese.Remedy(refused.Finding));
    }

    private Asked Ask(string values) =>
        works.Workspace.Ask(Questions.Get("products.declaration"), Spec(values));

    private static string Spec(string values) => $$"""
        {
          "product": "Mug", "owner": "Stoke", "programme": "none", "pcr": "EN 17160:2019",
          "issued": "2026-11-26", "validUntil": "2031-11-25",
          "unit": { "amount": "1", "of": "piece", "mass": "0.35" },
          "indicators": [{{string.Join(", ", values.Split(", ").Select(v => v.Trim().Split(": ")).Select(v =>
              $$"""{ "indicator": {{v[0]}}, "values": { "A1-A3": {{v[1]}} } }"""))}}],
          "footprint": {{JsonSerializer.Serialize(Questions.Get("products.footprint").Example)}}
        }
        """;

    private static string Cell(Asked asked, string indicator) =>
        ((DeclarationReport)asked.Answer.Report).Indicators.Single(i => i.Id == indicator).Cells
            .Single(c => c.Module == "A1-A3").Value is { } value ? $"{value.Value} {value.Unit}" : "";
}
