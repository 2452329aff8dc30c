using Celadon.Lenses;
using Celadon.Text;

namespace Celadon.Tests.Lenses;

/// <summary>A spec that does not fit is told in its own words: where, what stands there, what may.</summary>
public class SpecCheckTests
{
    [Theory]
    [InlineData("carbon.inventory", """{"period":"2026-09","gwp":"AR5",}""", "ask.spec.syntax",
        "line 1, column 33")]
    [InlineData("carbon.inventory", "", "ask.spec.syntax", "line 1, column 1")]
    [InlineData("carbon.inventory", "{}", "ask.spec.missing", "lacks at /: period, gwp")]
    [InlineData("carbon.inventory", """{"periodd":"2026-09","gwp":"AR5"}""", "ask.spec.unknown",
        "no periodd at /")]
    [InlineData("carbon.inventory", """{"period":"2026-09","gwp":"AR7"}""", "ask.spec.choice",
        "\"AR7\" at /gwp")]
    [InlineData("carbon.inventory", """{"period":"2026-13","gwp":"AR5"}""", "ask.spec.valueLike",
        "\"2026-13\" at /period")]
    [InlineData("carbon.inventory", """{"period":2026,"gwp":"AR5"}""", "ask.spec.kind",
        "has a whole number at /period, where a text")]
    [InlineData("carbon.inventory", "[]", "ask.spec.kind", "has a list […] at /")]
    [InlineData("carbon.inventory", "null", "ask.spec.kind", "has nothing (null) at /")]
    [InlineData("carbon.emissions", """{"lines":[{"name":"A","activity":"nine kWh"}]}""",
        "ask.spec.valueLike", "at /lines/0/activity")]
    [InlineData("carbon.emissions", """{"lines":[{"name":"A","activity":"9 kWh","gas":"x"}]}""",
        "ask.spec.unknown", "no gas at /lines/0")]
    [InlineData("carbon.category", """{"method":"guess"}""", "ask.spec.choice", "guess at /method")]
    [InlineData("carbon.category", """{"category":"3.1"}""", "ask.spec.missing", "lacks at /: method")]
    [InlineData("products.circularFootprint", "{\"product\":\"x\",\"unit\":\"kg\",\"materials\":[null]}",
        "ask.spec.kind", "has nothing (null) at /materials/0")]
    [InlineData("products.lives", "{\"service\":\"x\",\"designs\":[null,null]}", "ask.spec.kind",
        "at /designs/0")]
    [InlineData("products.ecodesign", "{\"product\":\"x\",\"product\":\"y\"}", "ask.spec.twice",
        "product twice at /")]
    [InlineData("products.ecodesign", "{\"product\":\"\\ud800\"}", "ask.spec.value", "at /product")]
    [InlineData("products.breakEven", "{\"unit\":\"MJ\",\"reusable\":\"1E-2147483648\",\"disposable\":\"1\","
        + "\"return\":\"1\",\"uncertainty\":\"0\"}", "ask.spec.valueLike", "at /reusable")]
    public void A_spec_that_does_not_fit_is_told_in_its_own_words(
        string question, string spec, string code, string says)
    {
        var refused = Assert.Throws<RefusedException>(() => Questions.Get(question).ReadSpec(spec)).Finding;
        Assert.Equal(code, refused.Code);
        Assert.Contains(says, Catalogue.English.Render(refused), StringComparison.Ordinal);
        Assert.NotNull(Catalogue.Chinese.Remedy(refused));
    }

    /// <summary>Named values are read like the rest: nothing in them, or a name twice to the eye.</summary>
    [Theory]
    [InlineData("{\"A1\":null}", "ask.spec.kind", "at /indicators/0/values/A1")]
    [InlineData("{\"A1\":\"1\",\"A1\":\"2\"}", "ask.spec.twice", "A1 twice at /indicators/0/values")]
    [InlineData("{\"A1\":\"1\",\"A\\u00AD1\":\"2\"}", "ask.spec.twice", "twice at /indicators/0/values")]
    public void Named_values_are_checked_too(string values, string code, string says)
    {
        var question = Questions.Get("products.declaration");
        var at = question.Example.IndexOf("\"values\": {", StringComparison.Ordinal) + 10;
        var refused = Assert.Throws<RefusedException>(() => question.ReadSpec(question.Example[..at] + values
            + question.Example[(question.Example.IndexOf('}', at) + 1)..])).Finding;
        Assert.Equal(code, refused.Code);
        Assert.Contains(says, Catalogue.English.Render(refused), StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_shows_the_beginning_of_what_is_long()
    {
        var name = new string('a', 1_000_000);
        var refused = Assert.Throws<RefusedException>(() =>
            Questions.Get("products.ecodesign").ReadSpec($"{{\"{name}\":1}}")).Finding;
        Assert.True(Catalogue.English.Render(refused).Length < 300);
    }

    [Fact]
    public void The_nearest_name_and_the_example_are_offered()
    {
        Assert.StartsWith("What may stand there: period, ", Remedy("""{"periodd":1,"gwp":"AR5"}"""),
            StringComparison.Ordinal);
        Assert.Equal("It is written like \"2025-10/2026-09\".", Remedy("""{"period":"x","gwp":"AR5"}"""));
        Assert.Equal("Choose one of: AR4, AR5, AR6.", Remedy("""{"period":"2026","gwp":"ar5"}"""));

        static string? Remedy(string spec) => Catalogue.English.Remedy(Assert.Throws<RefusedException>(
            () => Questions.Get("carbon.inventory").ReadSpec(spec)).Finding);
    }

    [Fact]
    public void Every_example_fits_its_own_schema() => Assert.All(Questions.All, question =>
        Assert.Equal("ask.spec.value", SpecCheck.Explain(question, question.Example, null).Code[..14]));

    [Fact]
    public void Words_go_with_one_and_with_many()
    {
        var one = Finding.Of("packs.more", Severity.Info, null, ("file", "a.csv"), ("count", 1));
        Assert.Equal("a.csv: reading stopped after 1 finding.", Catalogue.English.Render(one));
        var many = Finding.Of("packs.more", Severity.Info, null, ("file", "a.csv"), ("count", 0));
        Assert.Equal("a.csv: reading stopped after 0 findings.", Catalogue.English.Render(many));
    }
}
