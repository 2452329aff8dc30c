using Celadon.Lenses;
using Celadon.Lenses.Products;
using Celadon.Quantities;
using Celadon.Tests.Lenses.Carbon.Inventory.Fixtures;
using Celadon.Text;

namespace Celadon.Tests.Lenses.Products;

/// <summary>Ratings of the data behind a footprint: stated, from the books, weighted, refused.</summary>
public sealed class FootprintQualityTests
{
    private const string Spec = """
        "period":"2026-09","site":"stoke","rules":"iso14067","gwp":"AR5","electricity":"location",
        "allowNearestEdition":true
        """;

    /// <summary>Nobody asks, nobody rates.</summary>
    [Fact]
    public void No_scheme_is_a_default() => Assert.Null(Product(Ask("")).Quality);

    /// <summary>
    /// All lines of two items rated: the score is Σ rating × emissions ÷ Σ emissions, by hand from the
    /// lines; what is not rated is in no score and said by its share.
    /// </summary>
    [Fact]
    public void A_score_is_weighted_by_contribution_and_says_of_how_much()
    {
        var product = Product(Ask("""
            ,"quality":{"scheme":"pact","ratings":[
              {"item":"natural-gas","technology":"1","geography":"2","time":"3"},
              {"item":"electricity","technology":"3","geography":"2"}]}
            """));
        var quality = product.Quality!;
        var (gas, power) = (Of(product, "natural-gas"), Of(product, "electricity"));
        Assert.Equal(["technology", "geography", "time"], quality.Indicators.Select(i => i.Name));
        Assert.Equal(Amount.Divide(gas + power * 3, gas + power, 4), quality.Indicators[0].Score!.Value);
        Assert.Equal("2", $"{quality.Indicators[1].Score!.Value}");
        Assert.Equal("3", $"{quality.Indicators[2].Score!.Value}");
        Assert.Equal(Amount.Divide((gas + power) * 100, product.Total.Value, 6),
            quality.Indicators[0].Share.Value);
        Assert.Equal(Amount.Divide(gas * 100, product.Total.Value, 6), quality.Share.Value);
        Assert.Equal("2", $"{quality.Score!.Value}");
        Assert.Null(quality.Level);
        Assert.Null(quality.Stated);
    }

    /// <summary>PEF: the mean of four; a level includes its bound (from general knowledge).</summary>
    [Theory]
    [InlineData("1", "1", "2", "2", "1.5", "excellent")]
    [InlineData("2", "2", "2", "2", "2", "veryGood")]
    [InlineData("3", "3", "3", "3", "3", "good")]
    [InlineData("4", "4", "4", "4", "4", "fair")]
    [InlineData("5", "4", "4", "4", "4.25", "poor")]
    public void Pef_is_the_mean_of_four_and_has_a_name(
        string technology, string geography, string time, string precision, string score, string level)
    {
        var lines = Product(Ask("")).Stages.SelectMany(s => s.Lines).Select(l => l.Item).Distinct();
        var ratings = string.Join(',', lines.Select(item => $$"""
            {"item":"{{item}}","technology":"{{technology}}","geography":"{{geography}}",
             "time":"{{time}}","precision":"{{precision}}"}
            """));
        var quality = Product(Ask($$""","quality":{"scheme":"pef","ratings":[{{ratings}}]}""")).Quality!;
        Assert.Equal((score, level, "100"),
            ($"{quality.Score!.Value}", quality.Level, $"{quality.Share.Value}"));
    }

    /// <summary>Where all of the total is rated, a statement takes the three ratings of PACT.</summary>
    [Fact]
    public void What_is_rated_whole_goes_into_a_statement()
    {
        var lines = Product(Ask("")).Stages.SelectMany(s => s.Lines).Select(l => l.Item).Distinct();
        var ratings = string.Join(',', lines.Select(item => $$"""
            {"item":"{{item}}","technology":"1","geography":"2","time":"3"}
            """));
        Assert.Equal(new DataQuality(1, 2, 3), Product(Ask(
            $$""","quality":{"scheme":"pact","ratings":[{{ratings}}]}""")).Quality!.Stated);
    }

    /// <summary>
    /// The books know that a factor is of the site's own country, and that gas was invoiced: 1 and 2 on the
    /// scale of box 7.2. They know nothing of technology, so nothing is wholly rated; a stated rating comes
    /// first.
    /// </summary>
    [Fact]
    public void The_books_rate_what_they_know_and_nothing_else()
    {
        var quality = Product(Ask("""
            ,"quality":{"scheme":"ghgProtocol","fromBooks":true,
              "ratings":[{"item":"natural-gas","stage":"manufacture","geography":"4"}]}
            """)).Quality!;
        var gas = quality.Lines.First(l => l is { Item: "natural-gas", Stage: "manufacture" });
        Assert.Equal([("geography", "4", "stated"), ("reliability", "2", "books")], gas.Ratings
            .Where(r => r.Indicator is "geography" or "reliability")
            .Select(r => (r.Indicator, $"{r.Rating.Value}", r.From)));
        var upstream = quality.Lines.First(l => l is { Item: "natural-gas", Stage: "upstreamEnergy" });
        Assert.Equal(("1", "books"), upstream.Ratings.Where(r => r.Indicator == "geography")
            .Select(r => ($"{r.Rating.Value}", r.From)).Single());
        Assert.DoesNotContain(quality.Lines, l => l.Ratings.Any(r => r.Indicator == "technology"));
        Assert.Null(quality.Score);
        Assert.True(quality.Share.Value.IsZero);
    }

    [Fact]
    public void Every_rating_and_score_explains_itself()
    {
        var answer = Ask("""
            ,"quality":{"scheme":"ghgProtocol","fromBooks":true,"ratings":[{"item":"natural-gas",
              "technology":"1","time":"1","geography":"1","completeness":"1","reliability":"2"}]}
            """);
        var figures = Explainer.All(answer.Report).Where(f =>
            f.Pointer.Contains("/quality/", StringComparison.Ordinal)).ToList();
        Assert.True(figures.Count > 20, $"{figures.Count} figures");
        Assert.All(figures, f => Assert.Equal(f.Figure,
            Explainer.Explain(answer.Report, f.Pointer).Figure));
        Assert.Contains(answer.Findings, f => f.Code == "products.footprint.qualityScale");
    }

    [Theory]
    [InlineData("""{"scheme":"pef","fromBooks":true}""", "products.footprint.fromBooks")]
    [InlineData("""{"scheme":"pact","ratings":[{"item":"natural-gas","precision":"1"}]}""",
        "products.footprint.indicator")]
    [InlineData("""{"scheme":"pef","ratings":[{"item":"natural-gas","time":"6"}]}""",
        "products.footprint.rating")]
    [InlineData("""{"scheme":"pact","ratings":[{"item":"natural-gas","time":"0.9"}]}""",
        "products.footprint.rating")]
    [InlineData("""{"scheme":"pact","ratings":[{"item":"unicorns","time":"1"}]}""",
        "products.footprint.ratingOf")]
    [InlineData("""{"scheme":"pact","ratings":[{"item":"natural-gas","product":"tiles","time":"1"}]}""",
        "products.footprint.ratingOf")]
    [InlineData("""
        {"scheme":"pact","ratings":[{"item":"natural-gas","time":"1"},
         {"item":"natural-gas","stage":"manufacture","time":"2"}]}
        """, "products.footprint.ratedTwice")]
    public void What_cannot_be_a_rating_is_refused(string quality, string code)
    {
        var refused = Assert.Throws<RefusedException>(() => Ask(",\"quality\":" + quality));
        Assert.Equal(code, refused.Finding.Code);
        Assert.NotNull(Catalogue.English.Remedy(refused.Finding));
        Assert.NotNull(Catalogue.Chinese.Remedy(refused.Finding));
    }

    private static Answer Ask(string more) => FootprintTests.Ask(StokeSeptember.Whole(), Spec + more);

    private static FootprintProduct Product(Answer answer) => ((FootprintReport)answer.Report).Products[0];

    private static Amount Of(FootprintProduct product, string item) => product.Stages
        .SelectMany(s => s.Lines).Where(l => l.Item == item)
        .Aggregate(Amount.Zero, (sum, l) => sum + l.Part.Value);
}
