using Celadon.Lenses;
using Celadon.Lenses.Products;
using Celadon.Tests.Lenses.Carbon;
using Celadon.Text;

namespace Celadon.Tests.Lenses.Products;

/// <summary>Declarations after EN 15804+A2: order, sums, checks and refusals.</summary>
public class DeclarationTests
{
    private const string Everywhere =
        "\"A1-A3\": \"1.0\", \"C1\": \"0.1\", \"C2\": \"0.1\", \"C3\": \"0.1\", \"C4\": \"0.1\", \"D\": \"-0.5\"";

    private static readonly DeclarationQuestion Question = new();

    [Fact]
    public void D_is_never_added_and_what_is_not_declared_is_never_zero()
    {
        var report = Report(Ask(Question.Example));
        Assert.Equal("A1-A3 A4 A5 B1 B2 B3 B4 B5 B6 B7 C1 C2 C3 C4 D",
            string.Join(' ', report.Modules.Select(m => m.Id)));
        Assert.Equal("X ND ND MNR ND ND ND ND MNR MNR X X X X X",
            string.Join(' ', report.Modules.Select(m => m.Status)));
        Assert.All(report.Indicators, row => Assert.Null(row.LifeCycle));
        Assert.Equal("12.40", report.Indicators[0].Cells[0].Printed);
        Assert.All(report.Indicators.SelectMany(row => row.Cells), cell =>
            Assert.Equal(cell.Status == "X", cell.Value is not null));
    }

    /// <summary>1.0 + 4 × 0.1 = 1.4; the −0.5 of D stays apart.</summary>
    [Fact]
    public void A_to_C_is_added_up_where_every_module_is_declared_or_not_relevant()
    {
        var answer = Ask(Spec(Everywhere, modules: """
            "A4": "MNR", "A5": "MNR", "B1": "MNR", "B2": "MNR", "B3": "MNR", "B4": "MNR", "B5": "MNR",
            "B6": "MNR", "B7": "MNR"
            """));
        Assert.Equal("1.4 kg CO2 eq", Asking.At(answer, "/indicators/0/lifeCycle"));
        Assert.Equal("-0.5 kg CO2 eq", Asking.At(answer, "/indicators/0/cells/14/value"));
    }

    [Fact]
    public void Production_in_parts_is_their_sum()
    {
        var answer = Ask(Spec(Everywhere.Replace("\"A1-A3\": \"1.0\"",
            "\"A1\": \"0.6\", \"A2\": \"0.1\", \"A3\": \"0.25\"", StringComparison.Ordinal)));
        Assert.Equal("0.95 kg CO2 eq", Asking.At(answer, "/indicators/0/production"));
        Assert.Equal("A1", Report(answer).Modules[0].Id);
    }

    /// <summary>Four numbers at two decimals leave 4 × 0.005: 0.02 apart is rounding, 0.03 is not.</summary>
    [Theory]
    [InlineData("12.42", false)]
    [InlineData("12.43", true)]
    [InlineData("1.24E+01", false)]
    [InlineData("1.25E+01", true)]
    public void Warming_is_the_sum_of_its_parts_within_rounding(string total, bool found)
    {
        var answer = Ask(Question.Example.Replace("12.40", total, StringComparison.Ordinal));
        Assert.Equal(found, Codes(answer).Contains("products.declaration.warming"));
    }

    [Fact]
    public void Both_figures_of_a_mismatch_are_told()
    {
        var finding = Ask(Question.Example.Replace("12.40", "13.40", StringComparison.Ordinal)).Findings
            .Single(f => f.Code == "products.declaration.warming");
        Assert.Equal("A1-A3: GWP-total is 13.4 kg CO₂ eq, fossil, biogenic and luluc add up to 12.4.",
            Catalogue.English.Render(finding));
    }

    [Fact]
    public void Uptake_that_does_not_come_out_again_is_found()
    {
        Assert.Contains("products.declaration.uptake", Codes(Ask(Question.Example)));
        var returned = Question.Example.Replace("\"C3\": \"0.00\", \"C4\": \"0.00\", \"D\": \"0.00\"",
            "\"C3\": \"0.21\", \"C4\": \"0.00\", \"D\": \"0.00\"", StringComparison.Ordinal);
        Assert.DoesNotContain("products.declaration.uptake", Codes(Ask(returned)));
        var packaging = Question.Example.Replace("\"-0.21\", \"C1\"", "\"-0.21\", \"A5\": \"0.21\", \"C1\"",
            StringComparison.Ordinal);
        Assert.DoesNotContain("products.declaration.uptake", Codes(Ask(packaging)));
    }

    [Fact]
    public void Missing_obligatory_modules_are_named()
    {
        var finding = Ask(Spec("\"A1\": \"1\", \"A3\": \"1\", \"C1\": \"0\", \"C2\": \"0\"")).Findings
            .Single(f => f.Code == "products.declaration.obligatory");
        Assert.Equal("A2, C3, C4, D", finding.Args["modules"]);
    }

    [Theory]
    [InlineData("\"A9\": \"1\"", "products.declaration.module")]
    [InlineData("\"A1\": \"about 1\"", "products.declaration.number")]
    [InlineData("\"A1\": \"1E999999999\"", "products.declaration.number")]
    [InlineData("\"A1\": \"1E-2147483648\"", "products.declaration.number")]
    [InlineData("\"B1\": \"1\"", "products.declaration.status")]
    public void Refuses(string values, string code) => Assert.Equal(code, Asking.Refused(Question,
        Spec(values, "\"B1\": \"MNR\""), ProjectPacks.Library));

    [Theory]
    [InlineData("GWP-total", "GWP", "products.declaration.indicator")]
    [InlineData("GWP-fossil", "GWP-total", "products.declaration.twice")]
    [InlineData("2031-11-25", "2026-11-26", "products.declaration.validity")]
    [InlineData("2031-11-25", "soon", "products.declaration.day")]
    [InlineData("19.5", "0", "products.declaration.unit")]
    [InlineData("m2", " ", "products.declaration.unit")]
    [InlineData("50", "-50", "products.declaration.life")]
    public void Refuses_a_changed_example(string old, string changed, string code) => Assert.Equal(code,
        Asking.Refused(Question, Question.Example.Replace($"\"{old}\"", $"\"{changed}\"",
            StringComparison.Ordinal), ProjectPacks.Library));

    [Fact]
    public void Like_declarations_are_compared_number_by_number()
    {
        var question = new DeclarationComparisonQuestion();
        var answer = Asking.Ask(question, question.Example, ProjectPacks.Library);
        Assert.Equal("-4.3 kg CO2 eq", Asking.At(answer, "/differences/0/difference"));
        Assert.Equal("0.05 kg CO2 eq", Asking.At(answer, "/differences/5/difference"));
    }

    [Theory]
    [InlineData("\"of\": \"m2\"", "\"of\": \"t\"", "products.declaration.compare.unit")]
    [InlineData("EN 17160:2019", "EN 16485:2014", "products.declaration.compare.pcr")]
    [InlineData("\"C1\": \"0.05\",", "\"A4\": \"0.05\",", "products.declaration.compare.modules")]
    public void Unlike_declarations_are_not_compared(string old, string changed, string code)
    {
        var question = new DeclarationComparisonQuestion();
        var at = question.Example.LastIndexOf(old, StringComparison.Ordinal);
        Assert.Equal(code, Asking.Refused(question,
            question.Example[..at] + changed + question.Example[(at + old.Length)..], ProjectPacks.Library));
    }

    [Fact]
    public void Refuses_a_scenario_of_no_module() => Assert.Equal("products.declaration.module",
        Asking.Refused(Question, Question.Example.Replace("\"module\": \"C4\"", "\"module\": \"Z9\"",
            StringComparison.Ordinal), ProjectPacks.Library));

    /// <summary>Two that both say nothing are not by the same rules.</summary>
    [Fact]
    public void Declarations_without_rules_are_not_compared()
    {
        var question = new DeclarationComparisonQuestion();
        var silent = question.Example.Replace("EN 17160:2019", " ", StringComparison.Ordinal);
        Assert.Equal("products.declaration.compare.noPcr",
            Asking.Refused(question, silent, ProjectPacks.Library));
        Assert.Contains("products.declaration.pcr", Codes(Ask(Question.Example.Replace("EN 17160:2019", "",
            StringComparison.Ordinal))));
    }

    private static Answer Ask(string spec) => Asking.Ask(Question, spec, ProjectPacks.Library);

    private static DeclarationReport Report(Answer answer) => (DeclarationReport)answer.Report;

    private static List<string> Codes(Answer answer) => [.. answer.Findings.Select(f => f.Code)];

    private static string Spec(string values, string modules = "") => $$"""
        { "product": "x", "owner": "y", "programme": "p", "pcr": "r", "issued": "2026-01-01",
          "validUntil": "2030-12-31", "unit": { "amount": "1", "of": "t", "mass": "1000" },
          "modules": { {{modules}} },
          "indicators": [ { "indicator": "GWP-total", "values": { {{values}} } } ] }
        """;
}
