using Celadon.Lenses.Carbon;

namespace Celadon.Tests.Lenses.Carbon;

/// <summary>Box 7.2 of the Scope 3 Standard on four levels; scores worked by hand.</summary>
public class QualityTests
{
    private static readonly QualityQuestion Question = new();

    [Fact]
    public void Scores_are_means_weighted_by_emissions()
    {
        var answer = Asking.Ask(Question, Question.Example);
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

    private static string Line(string name, string level) => $$"""
        { "name": "{{name}}", "emissions": "1 kg CO2e", "technology": "{{level}}", "time": "{{level}}",
          "geography": "{{level}}", "completeness": "{{level}}", "reliability": "{{level}}" }
        """;
}
