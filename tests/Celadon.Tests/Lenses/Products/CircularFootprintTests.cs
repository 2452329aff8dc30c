using System.Globalization;
using Celadon.Lenses;
using Celadon.Lenses.Products;
using Celadon.Quantities;
using Celadon.Tests.Lenses.Carbon;
using Celadon.Text;
using CsCheck;

namespace Celadon.Tests.Lenses.Products;

/// <summary>The circular footprint formula: published and hand-worked cases, and its properties.</summary>
public class CircularFootprintTests
{
    private static readonly CircularFootprintQuestion Question = new();

    /// <summary>All of it goes to energy recovery.</summary>
    private const string Burned = "\"recycledContent\": \"0\", \"recyclingRate\": \"0\", "
        + "\"energyRecoveryRate\": \"1\", \"energyAllocation\": \"0\", \"energyRecovery\": \"1\", "
        + "\"avoidedHeat\": \"1\", \"avoidedElectricity\": \"1\", ";

    private static readonly Gen<int> Percent = Gen.Int[0, 100];

    /// <summary>
    /// Recycled wool as Ecobalyse publishes it (1.75 kg CO2e), and two worked by hand: nothing recycled, and
    /// a closed loop.
    /// </summary>
    [Theory]
    [InlineData("""
        "mass": "0.207", "recycledContent": "1", "allocation": "0.8", "qualityIn": "0.5", "recycled": "0.5",
        "virgin": "80.3"
        """, "1.74501", 2, "1.75")]
    [InlineData("""
        "mass": "1", "recycledContent": "0", "recyclingRate": "0", "energyRecoveryRate": "0", "virgin": "2",
        "disposal": "0.1"
        """, "2.1", 1, "2.1")]
    [InlineData("""
        "mass": "1", "recycledContent": "1", "recyclingRate": "1", "energyRecoveryRate": "0",
        "allocation": "0.5", "qualityIn": "1", "qualityOut": "1", "virgin": "2", "avoidedVirgin": "2",
        "recycled": "0.5", "recycling": "0.5"
        """, "0.5", 1, "0.5")]
    public void Meets_the_printed_figure(string material, string exact, int digits, string printed)
    {
        var answer = Asking.Ask(Question, Spec(material));
        Assert.Equal(exact + " kg CO2e", Asking.At(answer, "/total"));
        Assert.Equal(printed, Amount.Parse(exact).Round(digits).ToString());
    }

    /// <summary>
    /// PAS 2050, 8.3, of 1 kg with virgin material 2, recycling 0.5, disposal 0.1, of which 40 % comes
    /// recycled and 60 % goes to recycling: recycled content 0.6 × 2 + 0.4 × 0.5 + 0.4 × 0.1, and the closed
    /// loop 0.4 × 2 + 0.6 × 0.5 + 0.4 × 0.1.
    /// </summary>
    [Theory]
    [InlineData("1", "1.44")]
    [InlineData("0", "1.14")]
    public void Its_ends_are_the_two_methods_of_PAS_2050(string allocation, string total) =>
        Assert.Equal(total + " kg CO2e", Asking.At(Asking.Ask(Question, Spec($"""
            "mass": "1", "recycledContent": "0.4", "recyclingRate": "0.6", "energyRecoveryRate": "0",
            "allocation": "{allocation}", "qualityIn": "1", "qualityOut": "1", "virgin": "2",
            "avoidedVirgin": "2", "recycled": "0.5", "recycling": "0.5", "disposal": "0.1"
            """)), "/total"));

    [Fact]
    public void Each_term_stands_apart_and_credits_are_negative()
    {
        var answer = Asking.Ask(Question, Question.Example, ProjectPacks.Library);
        string At(string term) => Asking.At(answer, "/materials/1/terms/" + term);
        // 0.08 kg × the shares × the factors of the board, by hand.
        Assert.Equal("0.0144 kg CO2e", At("virgin"));
        Assert.Equal("0.00896 kg CO2e", At("recycledOwn"));
        Assert.Equal("0.039168 kg CO2e", At("recycledVirgin"));
        Assert.Equal("0.0048 kg CO2e", At("recycling"));
        Assert.Equal("-0.03672 kg CO2e", At("recyclingCredit"));
        Assert.Equal("0.0008 kg CO2e", At("energyRecovery"));
        Assert.Equal("-0.0030528 kg CO2e", At("heatCredit"));
        Assert.Equal("-0.0015264 kg CO2e", At("electricityCredit"));
        Assert.Equal("0.0024 kg CO2e", At("disposal"));
        Assert.Equal("0.21315 kg CO2e", Asking.At(answer, "/materials/0/total"));
        Assert.Contains(answer.Findings, f => f.Code == "products.value.status");
    }

    /// <summary>Each term is called by its formula, its operands by their symbols.</summary>
    [Fact]
    public void Terms_and_operands_are_named_apart()
    {
        var report = (CircularFootprintReport)Asking.Ask(Question, Question.Example, ProjectPacks.Library)
            .Report;
        var sum = (Trace.Sum)report.Materials[1].Total.Trace;
        foreach (var text in (Catalogue[])[Catalogue.English, Catalogue.Chinese])
            Assert.All(sum.Parts, part => Assert.True(text.Has(part.Label), part.Label));
        Assert.Equal("virgin material, (1 − R1) E_V", Catalogue.English.Text(sum.Parts[0].Label));
    }

    /// <summary>Values of A in the pack run from 0.2 to 0.8; recyclate is seldom the better.</summary>
    [Theory]
    [InlineData("0.1", "1", "products.circular.allocation")]
    [InlineData("0.9", "1", "products.circular.allocation")]
    [InlineData("0.5", "1.01", "products.circular.quality")]
    [InlineData("0.2", "1", null)]
    [InlineData("0.8", "0", null)]
    public void What_is_unusual_is_counted_and_said(string a, string quality, string? code)
    {
        var answer = Asking.Ask(Question, Spec($$"""
            "mass": "1", "recycledContent": "0.5", "allocation": "{{a}}", "qualityIn": "{{quality}}",
            "virgin": "2", "recycled": "1", "recyclingRate": "0", "energyRecoveryRate": "0", "disposal": "0"
            """), ProjectPacks.Library);
        Assert.Equal(code is null ? [] : [code], answer.Findings.Select(f => f.Code));
    }

    [Fact]
    public void What_is_missing_is_named_as_the_method_names_it() => Assert.Equal(
        "m: R3, energy recovery rate is not stated, and a term needs it.",
        Catalogue.English.Render(Assert.Throws<RefusedException>(() => Asking.Ask(Question, Spec("""
            "mass": "1", "recycledContent": "0", "virgin": "2", "recyclingRate": "0"
            """))).Finding));

    [Fact]
    public void Without_an_end_of_life_the_answer_says_so() =>
        Assert.Contains(Asking.Ask(Question, Spec("""
            "mass": "1", "recycledContent": "0", "virgin": "2"
            """)).Findings, f => f.Code == "products.circular.noEndOfLife");

    [Theory]
    [InlineData("\"recycledContent\": \"1.1\"", "products.circular.share")]
    [InlineData("\"recycledContent\": \"0.5\"", "products.circular.missing")]
    [InlineData("\"recycledContent\": \"0.5\", \"allocation\": \"1\", \"allocationFrom\": \"cff/a/low\"",
        "products.circular.twoAllocations")]
    [InlineData("\"recycledContent\": \"0.5\", \"allocationFrom\": \"cff/a/none\"",
        "products.value.unknown")]
    [InlineData("\"recycledContent\": \"0\", \"recyclingRate\": \"0.6\", \"energyRecoveryRate\": \"0.6\", "
        + "\"allocation\": \"0.5\", \"disposal\": \"0\"", "products.circular.rates")]
    [InlineData("\"recycledContent\": \"0\", \"recyclingRate\": \"0\"", "products.circular.missing")]
    [InlineData(Burned + "\"heatingValue\": \"10\", \"heatEfficiency\": \"0.9\", "
        + "\"electricityEfficiency\": \"0.2\"", "products.circular.efficiencies")]
    [InlineData(Burned + "\"heatingValue\": \"-10\", \"heatEfficiency\": \"0.5\", "
        + "\"electricityEfficiency\": \"0.2\"", "products.circular.share")]
    public void Refuses_what_it_cannot_know(string parameters, string code) => Assert.Equal(code,
        Asking.Refused(Question, Spec("\"mass\": \"1\", \"virgin\": \"2\", " + parameters),
            ProjectPacks.Library));

    [Fact]
    public void A_cancels_in_a_closed_loop() => Gen.Select(Percent, Percent, Percent).Sample((a, r, mass) =>
        Assert.Equal(Total(Loop(a, r, mass)), Total(Loop(100 - a, r, mass))));

    /// <summary>
    /// A kilogram recycled once: maker of E_V 2 and user with disposal 0.5 share recycling 0.4 by A and the
    /// virgin material by 1 − A. Together they bear 2 + 0.4 + 0.5 whatever A and the quality are: what one is
    /// credited the other carries.
    /// </summary>
    [Fact]
    public void What_the_maker_is_credited_the_user_carries() => Gen.Select(Percent, Percent).Sample(
        (a, quality) => Assert.Equal(Amount.Parse("2.9"),
            Total(string.Create(CultureInfo.InvariantCulture, $"""
                "mass": "1", "recycledContent": "0", "recyclingRate": "1", "energyRecoveryRate": "0",
                "allocation": "{a / 100m}", "qualityOut": "{quality / 100m}", "virgin": "2",
                "avoidedVirgin": "2", "recycling": "0.4"
                """)) + Total(string.Create(CultureInfo.InvariantCulture, $"""
                "mass": "1", "recycledContent": "1", "recyclingRate": "0", "energyRecoveryRate": "0",
                "allocation": "{a / 100m}", "qualityIn": "{quality / 100m}", "virgin": "2",
                "recycled": "0.4", "disposal": "0.5"
                """))));

    /// <summary>
    /// 0.25 of 1 kg burned at 16 MJ/kg, 30 % heat at 0.06 and 20 % electricity at 0.1 a MJ:
    /// (1 − B) × 0.25 × (0.5 − 0.288 − 0.32), and 0.75 × 0.4 to disposal, which B does not touch.
    /// </summary>
    [Theory]
    [InlineData("0", "2.273")]
    [InlineData("0.5", "2.2865")]
    [InlineData("1", "2.3")]
    public void B_shares_energy_recovery_alone(string b, string total) => Assert.Equal(Amount.Parse(total),
        Total($"""
            "mass": "1", "recycledContent": "0", "recyclingRate": "0", "energyRecoveryRate": "0.25",
            "energyAllocation": "{b}", "energyRecovery": "0.5", "heatingValue": "16",
            "heatEfficiency": "0.3", "electricityEfficiency": "0.2", "avoidedHeat": "0.06",
            "avoidedElectricity": "0.1", "virgin": "2", "disposal": "0.4"
            """));

    [Fact]
    public void Is_linear_in_mass() => Gen.Select(Percent, Percent, Percent, Gen.Int[1, 9]).Sample(
        (a, r, mass, by) => Assert.Equal(Total(Open(a, r, mass)) * by, Total(Open(a, r, mass * by))));

    [Fact]
    public void With_nothing_recycled_it_is_virgin_and_disposal() => Percent.Sample(a =>
        Assert.Equal(Amount.Parse("2.5"), Total(Open(a, 0, 100))));

    [Fact]
    public void Terms_add_up() => Gen.Select(Percent, Percent, Percent).Sample((a, r, mass) =>
    {
        var report = Report(Spec(Open(a, r, mass)));
        var materials = report.Materials.Aggregate(Amount.Zero, (sum, m) => sum + m.Total.Value);
        var terms = report.Terms.Stated.Aggregate(Amount.Zero, (sum, t) => sum + t.Figure.Value);
        Assert.Equal((report.Total.Value, report.Total.Value), (materials, terms));
    });

    private static string Loop(int a, int r, int mass) => Material(a, r, mass, "0.4", "1", "0.4");

    private static string Open(int a, int r, int mass) => Material(a, r, mass, "0.7", "0.9", "0.3");

    /// <summary>Recycled content equals the recycling rate; a closed loop has equal factors too.</summary>
    private static string Material(int a, int r, int mass, string recycled, string quality,
        string recycling) => string.Create(CultureInfo.InvariantCulture, $"""
        "mass": "{mass / 100m}", "recycledContent": "{r / 100m}", "recyclingRate": "{r / 100m}",
        "energyRecoveryRate": "0", "allocation": "{a / 100m}", "qualityIn": "{quality}",
        "qualityOut": "{quality}", "virgin": "2", "avoidedVirgin": "2", "recycled": "{recycled}",
        "recycling": "{recycling}", "disposal": "0.5"
        """);

    private static Amount Total(string material) => Report(Spec(material)).Total.Value;

    private static CircularFootprintReport Report(string spec) =>
        (CircularFootprintReport)Asking.Ask(Question, spec).Report;

    private static string Spec(string material) =>
        $$"""{ "product": "x", "unit": "kg CO2e", "materials": [ { "name": "m", {{material}} } ] }""";
}
