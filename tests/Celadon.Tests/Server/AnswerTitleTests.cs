using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Celadon.Lenses;

namespace Celadon.Tests.Server;

/// <summary>Pages of products say their answer in their title, in words, and facts by their fields.</summary>
public sealed class AnswerTitleTests(ServedSample served) : IClassFixture<ServedSample>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>14.088 ÷ 0.362 = 38.9: from the 39th use on.</summary>
    [Theory]
    [InlineData("en", "From 39 uses on the reusable one is better; each use saves 0.362")]
    [InlineData("zh", "自第 39 次使用起，可重复使用的更优")]
    public async Task Break_even_says_from_which_use_on(string language, string title) =>
        Assert.Contains(title, await Title(language, "/products/breakEven"), StringComparison.Ordinal);

    [Theory]
    [InlineData("5", "3", "B is lower than A over all lives in climate, by 2")]
    [InlineData("3", "5", "A is lower than B over all lives in climate, by 2")]
    [InlineData("3", "3", "A and B do not differ over all lives")]
    public async Task Lives_say_which_is_lower(string first, string second, string title) =>
        Assert.StartsWith(title, await Title("en", "/products/lives?spec=" + Uri.EscapeDataString(
            Lives(("climate", first, second)))), StringComparison.Ordinal);

    [Fact]
    public async Task Lives_that_differ_to_both_sides_say_where() => Assert.Equal(
        "B is lower over all lives in climate; A in cost", await Title("en", "/products/lives?spec="
            + Uri.EscapeDataString(Lives(("climate", "5", "3"), ("cost", "1", "2")))));

    [Theory]
    [InlineData("en", "38.9 uses")]
    [InlineData("zh", "38.9 次")]
    public async Task Uses_are_counted_in_a_word_of_the_language(string language, string said) =>
        Assert.Contains(said, Regex.Replace(Regex.Replace(await Html(language, "/products/breakEven"),
            "<[^>]*>", " "), "\\s+", " "), StringComparison.Ordinal);

    /// <summary>The digits of a declaration are a statement: 12.40 is not 12.4.</summary>
    [Fact]
    public async Task Declarations_compared_keep_the_digits_they_state()
    {
        var html = Regex.Replace(await Html("en", "/products/comparison"), "<[^>]*>", "|");
        foreach (var number in (string[])["12.40", "8.10", "−4.30", "−0.10"])
            Assert.Contains($"|{number}|", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_declaration_in_Chinese_is_Chinese_throughout()
    {
        var html = await Html("zh", "/products/declaration");
        Assert.Contains("有釉炻质砖", html, StringComparison.Ordinal);
        Assert.Contains("未给出：ODP、AP、", html, StringComparison.Ordinal);
        Assert.DoesNotMatch("Stoneware|Longcheng|Packaging|landfill", html);
    }

    [Theory]
    [InlineData("/products/assess", "炻器碗，出窑")]
    [InlineData("/products/compare", "碎玻璃制瓶")]
    public async Task Examples_in_Chinese_are_Chinese_throughout(string path, string named)
    {
        var html = await Html("zh", path);
        Assert.Contains(named, html, StringComparison.Ordinal);
        Assert.DoesNotMatch("bottle|carton|glass from|power plant|climate change|stoneware|kiln", html);
    }

    /// <summary>A system in other words is drawn alike: samples agree to the digits shown.</summary>
    [Theory]
    [InlineData("/products/assess")]
    [InlineData("/products/compare")]
    public async Task Examples_are_drawn_alike_in_both_languages(string path)
    {
        using var guest = await served.Server.Guest();
        async Task<List<string>> Samples(string language) =>
        [
            .. JsonNode.Parse(await guest.GetStringAsync($"/{language}{path}.json", Cancel))!["answer"]!
                .ToJsonString().Split(['"', ',', '}'])
                .Where(t => decimal.TryParse(t, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
                .Select(t => decimal.Parse(t, NumberStyles.Float, CultureInfo.InvariantCulture)
                    .ToString("0.0000", CultureInfo.InvariantCulture)).Order(StringComparer.Ordinal),
        ];
        var english = await Samples("en");
        Assert.True(english.Count > 100);
        Assert.Equal(english, await Samples("zh"));
    }

    /// <summary>After a change of language the address still says what it said.</summary>
    [Theory]
    [InlineData("zh", "filling+bottles", "filling+cartons")]
    [InlineData("en", "灌装玻璃瓶", "灌装纸盒")]
    public async Task Names_of_the_example_hold_in_either_language(string language, string one,
        string other) =>
        Assert.Contains("56.5", await Html(language, "/products/compare?what=x&amount=1000&unit=l&name1=a"
            + $"&process1={one}&name2=b&process2={other}"), StringComparison.Ordinal);

    /// <summary>A list of sentences to choose from is as wide as two fields; short words are not.</summary>
    [Fact]
    public async Task What_is_chosen_from_long_words_has_room()
    {
        var html = await Html("en", "/products/ecodesign");
        Assert.Matches("class=\"field long\"><span>Criterion", html);
        Assert.Matches("class=\"field\"><span>Verdict", html);
    }

    [Fact]
    public async Task An_eco_design_sheet_says_what_is_met_and_names_its_lists()
    {
        foreach (var (language, list) in ((string, string)[])[("en", "EU RoHS"), ("zh", "欧盟 RoHS")])
        {
            var html = await Html(language, "/products/ecodesign");
            Assert.Contains($">{list}<", html, StringComparison.Ordinal);
            Assert.DoesNotContain(">eu-rohs<", html, StringComparison.Ordinal);
        }
        Assert.Matches("criteria met: [0-9]+, not met: [0-9]+, not yet judged: [0-9]+; ",
            await Title("en", "/products/ecodesign"));
    }

    /// <summary>What a pointer leads to is called as the form calls it.</summary>
    [Fact]
    public async Task A_refused_place_is_named_by_its_field()
    {
        var lives = JsonNode.Parse(Questions.Get("products.lives").Example)!;
        lives["designs"]![1]!["lives"]![0]!["colour"] = "blue";
        var html = await Html("en", "/products/lives?spec=" + Uri.EscapeDataString(lives.ToJsonString()));
        Assert.Contains("has no colour at “Design 2: Life 1”", html, StringComparison.Ordinal);
        Assert.DoesNotContain("at /designs", html, StringComparison.Ordinal);
        var spec = Uri.EscapeDataString("{\"unit\":\"MJ\",\"reusable\":\"5\",\"disposable\":\"1\","
            + "\"return\":\"0\",\"lossRate\":\"2\",\"uncertainty\":\"0\"}");
        foreach (var (language, label) in ((string, string)[])
            [("en", "“Share lost at each use, 0 to 1” is 2"), ("zh", "” 为 2，超出范围")])
            Assert.Contains(label, await Html(language, "/products/breakEven?spec=" + spec),
                StringComparison.Ordinal);
    }

    /// <summary>The same where the facts stand in the address part by part.</summary>
    [Fact]
    public async Task A_refused_fact_of_a_footprint_is_named_by_its_field()
    {
        var html = await Html("en", "/products/footprint?life="
            + Uri.EscapeDataString("""[{"product":"x","colour":"blue"}]"""));
        Assert.Contains("has no colour at “", html, StringComparison.Ordinal);
        Assert.DoesNotContain("at /life", html, StringComparison.Ordinal);
    }

    private static string Lives(params (string Name, string First, string Second)[] indicators)
    {
        string Design(string name, Func<(string Name, string First, string Second), string> amount) =>
            $$"""
            { "name": "{{name}}", "lives": [ { "kind": "use", "service": "1", "burdens": [
              {{string.Join(", ", indicators.Select(i => $$"""
                { "indicator": "{{i.Name}}", "kind": "environment", "amount": "{{amount(i)}}", "unit": "kg" }
                """))}} ] } ] }
            """;
        return $$"""
            { "service": "use", "designs": [ {{Design("A", i => i.First)}}, {{Design("B", i => i.Second)}} ] }
            """;
    }

    private async Task<string> Title(string language, string path) => Regex.Replace(Regex.Replace(
        Regex.Match(await Html(language, path), "<h1>(.*?)</h1>", RegexOptions.Singleline).Groups[1].Value,
        "<[^>]+>", ""), "\\s+", " ").Trim();

    private async Task<string> Html(string language, string path)
    {
        using var guest = await served.Server.Guest();
        return WebUtility.HtmlDecode(await guest.GetStringAsync($"/{language}{path}", Cancel));
    }
}
