using Celadon.Ledger;
using Celadon.Lenses;
using Celadon.Lenses.Carbon;
using Celadon.Tests.Lenses.Carbon.Inventory;
using Celadon.Tests.Lenses.Carbon.Inventory.Fixtures;
using Celadon.Tests.Packs;
using Celadon.Text;

namespace Celadon.Tests.Lenses.Carbon;

/// <summary>Ratios whose numerator is an inventory of the books, wired by whoever asks.</summary>
public class IntensityOfTheBooksTests
{
    private static readonly IntensityQuestion Question = new();

    private const string Inventory =
        """ "inventory":{"period":"2026-09","gwp":"AR5","allowNearestEdition":true} """;

    [Fact]
    public void Scope_1_and_2_over_the_output_of_the_books()
    {
        var answer = Ask(StokeSeptember.Whole(), $$$"""
            {"year":{ {{{Inventory}}},"scopes":["1","2-location"],
              "per":[{"name":"Ware","output":"ware"},{"name":"Staff","amount":"58 person"}]}}
            """);
        var report = (IntensityReport)answer.Report;
        Assert.Equal("43963.814612 kg CO2e", Asking.At(answer, "/emissions"));
        Assert.Equal("175846.2 kWh", Asking.At(answer, "/energy"));
        Assert.Equal("4486.103531836735 kg CO2e/t", Asking.At(answer, "/ratios/0/emissions"));
        Assert.Equal("2026-09", report.Period.ToString());
        Assert.Null(report.PriorEmissions);
        Assert.Contains(answer.Findings, f => f.Code == "carbon.intensity.noPrior");
        Assert.Contains(answer.Findings, f => f.Code == "carbon.intensity.energyPartly"
            && f.Args["carriers"].Contains("diesel", StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_months_a_year_earlier_stand_beside_it_where_the_books_have_them()
    {
        var month = StokeSeptember.Whole();
        month.Books.Entry("grid:gas", "unit:kiln", "natural-gas", "200000", "kWh", "2025-09-01", "2025-09-30",
            Basis.Invoiced, Celadon.Quantities.CalorificBasis.Gross);
        month.Books.Entry("unit:kiln", "stock:ware", "ware", "10", "t", "2025-09-01", "2025-09-30",
            Basis.Measured);
        var answer = Ask(month, $$$"""
            {"year":{ {{{Inventory}}},"scopes":["1"],"per":[{"name":"Ware","output":"ware"}]}}
            """);
        var factor = 0.18296m;
        var report = (IntensityReport)answer.Report;
        Assert.Equal(factor * 200000, decimal.Parse($"{report.PriorEmissions!.Value}",
            System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(factor * 20000, decimal.Parse($"{report.Ratios[0].PriorEmissions!.Value}",
            System.Globalization.CultureInfo.InvariantCulture));
        Assert.NotNull(report.Ratios[0].Change);
    }

    [Theory]
    [InlineData("\"scopes\":[\"1\",\"2-location\",\"2-market\"],\"per\":[]", "carbon.intensity.countedTwice")]
    [InlineData("\"scopes\":[\"3\",\"3.6\"],\"per\":[]", "carbon.intensity.countedTwice")]
    [InlineData("\"scopes\":[\"4\"],\"per\":[]", "carbon.intensity.scopes")]
    [InlineData("\"per\":[]", "carbon.intensity.scopes")]
    [InlineData("\"scopes\":[\"1\"],\"per\":[{\"name\":\"Ware\",\"output\":\"mugs\"}]",
        "carbon.intensity.noOutput")]
    [InlineData("\"scopes\":[\"1\"],\"per\":[{\"name\":\"Ware\",\"output\":\"ware\",\"amount\":\"1 t\"}]",
        "carbon.intensity.denominator")]
    [InlineData("\"emissions\":[{\"name\":\"x\",\"emissions\":\"1 kg CO2e\"}],\"scopes\":[\"1\"],\"per\":[]",
        "carbon.intensity.twoNumerators")]
    public void What_cannot_be_a_ratio_is_refused(string rest, string code)
    {
        var refused = Assert.Throws<RefusedException>(() =>
            Ask(StokeSeptember.Whole(), $$$"""{"year":{ {{{Inventory}}},{{{rest}}} }}"""));
        Assert.Equal(code, refused.Finding.Code);
        Assert.NotNull(Catalogue.Chinese.Remedy(refused.Finding));
    }

    /// <summary>As the store does: the inventories first, then the question with their answers.</summary>
    private static Answer Ask(StokeSeptember month, string json)
    {
        var spec = Question.ReadSpec(json);
        var taken = Question.Takes(spec).Select(t =>
        {
            var inventory = (Celadon.Lenses.Carbon.Inventory.InventorySpec)
                InventoryAsking.Question.ReadSpec(t.SpecJson);
            return InventoryAsking.Question.Compute(inventory, month.Books.View($"{inventory.Period}"),
                PacksUnderTest.Library, CancellationToken.None);
        }).ToList();
        return Question.Compute(spec, month.Books.View($"{Question.Needs(spec)!.Period}"),
            PacksUnderTest.Library, taken, CancellationToken.None);
    }
}
