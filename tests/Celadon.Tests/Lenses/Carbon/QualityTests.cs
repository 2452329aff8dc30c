using Celadon.Lenses.Carbon;

namespace Celadon.Tests.Lenses.Carbon;

/// <summary>Box 7.2 of the Scope 3 Standard on four levels; scores worked by hand.</summary>
public class QualityTests
{
    private static readonly QualityQuestion Question = new();

    [Fact]
    public void Scores_are_means_weighted_by_emissions()
    {
        var answer = Asking.Ask(Question, Question.Example, ProjectPacks.Library);
        var report = (QualityReport)answer.Report;
        Assert.Equal("1.2", Asking.At(answer, "/lines/0/score"));
        Assert.Equal("2.4", Asking.At(answer, "/lines/1/score"));
        Assert.Equal("1.3829", Asking.At(answer, "/score"));
        Assert.Equal((QualityLevel.VeryGood, QualityLevel.Good), (report.Grade, report.Lines[1].Grade));
        Assert.Equal("100 %", Asking.At(answer, "/assessedShare"));
        Assert.Equal("2.1524", Asking.At(answer, "/indicators/4/score"));
    }

    [Fact]
    public void What_was_not_assessed_stays_open()
    {
        var answer = Asking.Ask(Question, """
            { "lines": [
              { "name": "known", "emissions": "30 kg CO2e", "technology": "poor", "time": "poor",
                "geography": "poor",
                "completeness": "poor", "reliability": "fair" },
              { "name": "half known", "emissions": "70 kg CO2e", "technology": "good",
                "pact": { "technological": "1.5", "geographical": "2", "temporal": "1" } } ] }
            """);
        var report = (QualityReport)answer.Report;
        Assert.Equal("3.8", Asking.At(answer, "/score"));
        Assert.Equal("30 %", Asking.At(answer, "/assessedShare"));
        Assert.Equal(["time", "geography", "completeness", "reliability"], report.Lines[1].Missing);
        Assert.Null(report.Lines[1].Score);
        Assert.Equal("2.6", Asking.At(answer, "/indicators/0/score"));
        Assert.Equal("1.5", Asking.At(answer, "/pact/technological"));
        Assert.Equal("70 %", Asking.At(answer, "/pact/share"));
        Assert.Equal(["carbon.quality.missing"], answer.Findings.Select(f => f.Code));
    }

    [Theory]
    [InlineData("veryGood", "good", QualityLevel.Good)]
    [InlineData("fair", "poor", QualityLevel.Poor)]
    public void A_half_goes_to_the_poorer_level(string one, string two, QualityLevel grade)
    {
        var report = (QualityReport)Asking.Ask(Question, $$"""
            { "lines": [ {{Line("a", one)}}, {{Line("b", two)}} ] }
            """).Report;
        Assert.Equal(grade, report.Grade);
    }

    /// <summary>
    /// exp √(ln² 1.5 + ln² 1.02 + ln² 1.1 + ln² 1.2) = 1.57634; with 1.1 for the gas, by shares: 1.11236.
    /// </summary>
    [Fact]
    public void Levels_give_a_spread_by_the_table_of_the_GHG_Protocol()
    {
        var answer = Asking.Ask(Question, Question.Example, ProjectPacks.Library);
        Assert.Equal(1.1, Number(answer, "/lines/0/spread/factor"), 1e-9);
        Assert.Equal(1.5763366686015439, Number(answer, "/lines/1/spread/factor"), 1e-9);
        Assert.Equal(2801.051379409417, Number(answer, "/lines/1/spread/low"), 1e-6);
        Assert.Equal(6960.156926543256, Number(answer, "/lines/1/spread/high"), 1e-6);
        Assert.Equal(1.1123613428442705, Number(answer, "/spread/factor"), 1e-9);
        Assert.Equal(26037.406048238405, Number(answer, "/spread/low"), 1e-5);
        Assert.Equal("100 %", Asking.At(answer, "/spread/share"));
        Assert.False(((QualityReport)answer.Report).Spread!.Basic);
        var codes = answer.Findings.Select(f => f.Code).Distinct();
        Assert.Equal(["carbon.factor.general", "carbon.quality.noBasic"], codes);
    }

    /// <summary>1.1, 1.02, 1.03, 1.02, 1.2 and a basic 1.05: 1.24026.</summary>
    [Fact]
    public void Scores_of_the_pedigree_matrix_and_a_basic_uncertainty_give_a_spread()
    {
        var answer = Asking.Ask(Question, Pedigree(3, "1.05"), ProjectPacks.Library);
        Assert.Equal(1.2402615071523009, Number(answer, "/lines/0/spread/factor"), 1e-9);
        Assert.Equal("50 %", Asking.At(answer, "/spread/share"));
        var report = (QualityReport)answer.Report;
        Assert.True(report.Spread!.Basic);
        Assert.Null(report.Lines[1].Spread);
        Assert.Contains("carbon.factor.oneTranscription", answer.Findings.Select(f => f.Code));
        Assert.Equal("b", answer.Findings.Single(f => f.Code == "carbon.quality.noSpread").Args["lines"]);
    }

    [Theory]
    [InlineData(6, "1.05", "carbon.quality.pedigree", "/lines/0/pedigree/reliability")]
    [InlineData(0, "1.05", "carbon.quality.pedigree", "/lines/0/pedigree/reliability")]
    [InlineData(3, "0.9", "carbon.quality.basic", "/lines/0/basic")]
    public void A_score_or_a_spread_that_is_none_is_refused(int score, string basic, string code, string at)
    {
        var refused = Assert.Throws<Celadon.Text.RefusedException>(() =>
            Asking.Ask(Question, Pedigree(score, basic), ProjectPacks.Library)).Finding;
        Assert.Equal((code, at), (refused.Code, refused.Place!.Pointer));
    }

    [Fact]
    public void Without_a_table_chosen_there_is_no_spread() => Assert.Null(((QualityReport)Asking.Ask(
        Question, $"{{ \"lines\": [ {Line("a", "good")} ] }}", ProjectPacks.Library).Report).Spread);

    private static string Pedigree(int reliability, string basic) => $$"""
        { "spread": "ecoinvent", "lines": [
          { "name": "a", "emissions": "10 kg CO2e", "basic": "{{basic}}",
            "pedigree": { "reliability": {{reliability}}, "completeness": 2, "time": 2, "geography": 3, "technology": 3 } },
          { "name": "b", "emissions": "10 kg CO2e", "reliability": "good" } ] }
        """;

    private static double Number(Celadon.Lenses.Answer answer, string pointer) => double.Parse(
        Asking.At(answer, pointer).Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);

    private static string Line(string name, string level) => $$"""
        { "name": "{{name}}", "emissions": "1 kg CO2e", "technology": "{{level}}", "time": "{{level}}",
          "geography": "{{level}}", "completeness": "{{level}}", "reliability": "{{level}}" }
        """;
}
