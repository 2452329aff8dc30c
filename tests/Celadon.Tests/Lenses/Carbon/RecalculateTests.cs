using Celadon.Lenses.Carbon;
using Celadon.Packs;

namespace Celadon.Tests.Lenses.Carbon;

/// <summary>The policy of the Scope 3 Standard, section 9.3, on a base year of 1,000 t.</summary>
public class RecalculateTests
{
    private static readonly RecalculateQuestion Question = new();

    [Fact]
    public void An_acquisition_and_an_error_restate_the_year_and_growth_does_not()
    {
        var answer = Asking.Ask(Question, Question.Example);
        var report = (RecalculateReport)answer.Report;
        Assert.True(report.Recalculate);
        Assert.Equal("44000 kg CO2e", Asking.At(answer, "/cumulative"));
        Assert.Equal("5.5 %", Asking.At(answer, "/cumulativePercent"));
        Assert.Equal("828000 kg CO2e", Asking.At(answer, "/restated"));
        Assert.Equal("28000 kg CO2e", Asking.At(answer, "/difference"));
        Assert.Equal("516000 kg CO2e", Asking.At(answer, "/lines/0/restated"));
        Assert.Equal("-8000 kg CO2e", Asking.At(answer, "/lines/1/difference"));
        Assert.Equal([true, true, false], report.Changes.Select(c => c.Counts));
        Assert.Equal(["carbon.recalculate.organic"], answer.Findings.Select(f => f.Code));
    }

    [Theory]
    [InlineData("\"kind\":\"method\"", "50", true)]
    [InlineData("\"kind\":\"method\"", "49.99", false)]
    [InlineData("\"kind\":\"error\"", "-50", true)]
    [InlineData("\"kind\":\"divestment\",\"existedInBaseYear\":true", "-60", true)]
    [InlineData("\"kind\":\"acquisition\",\"existedInBaseYear\":false", "60", false)]
    [InlineData("\"kind\":\"outsourcing\",\"previouslyReported\":true", "-60", false)]
    [InlineData("\"kind\":\"insourcing\",\"previouslyReported\":false", "60", true)]
    [InlineData("\"kind\":\"organic\"", "400", false)]
    [InlineData("\"kind\":\"realChange\"", "-400", false)]
    [InlineData("\"kind\":\"categoryAdded\"", "60", true)]
    public void Only_the_policy_reasons_trigger_both_up_and_down(string change, string effect,
        bool recalculate)
    {
        var report = (RecalculateReport)Asking.Ask(Question, Spec(change, effect, true)).Report;
        Assert.Equal(recalculate, report.Recalculate);
        Assert.Equal(recalculate, report.Restated is not null);
    }

    [Theory]
    [InlineData("\"kind\":\"outsourcing\",\"previouslyReported\":true", true)]
    [InlineData("\"kind\":\"categoryAdded\"", false)]
    [InlineData("\"kind\":\"activityAdded\"", true)]
    public void Separate_targets_judge_moves_and_additions_otherwise(string change, bool recalculate) =>
        Assert.Equal(recalculate, ((RecalculateReport)Asking.Ask(Question, Spec(change, "60", false)).Report)
            .Recalculate);

    [Fact]
    public void Small_changes_add_up_and_do_not_cancel()
    {
        var answer = Asking.Ask(Question, """
            { "baseYear": "2024", "threshold": "5 %", "singleTarget": true,
              "reported": [ { "name": "Scope 1", "emissions": "1000 t CO2e" } ],
              "changes": [
                { "name": "up", "kind": "method", "line": "Scope 1", "before": "0 t CO2e",
                  "after": "30 t CO2e" },
                { "name": "down", "kind": "error", "line": "Scope 1", "before": "30 t CO2e",
                  "after": "0 t CO2e" } ] }
            """);
        Assert.Equal("6 %", Asking.At(answer, "/cumulativePercent"));
        Assert.Equal("0 kg CO2e", Asking.At(answer, "/difference"));
    }

    [Fact]
    public void The_threshold_may_stand_in_the_register()
    {
        var spec = Question.ReadSpec(Question.Example.Replace("\"threshold\": \"5 %\", ", "",
            StringComparison.Ordinal));
        Assert.NotNull(Question.Needs(spec));
        Assert.Null(Question.Needs(spec)!.Period);
        var refused = Assert.Throws<Celadon.Text.RefusedException>(() =>
            Question.Compute(spec, null, FactorLibrary.Empty, CancellationToken.None));
        Assert.Equal("carbon.recalculate.threshold", refused.Finding.Code);
    }

    private static string Spec(string change, string effect, bool single) => $$"""
        { "baseYear": "2024", "threshold": "5 %", "singleTarget": {{(single ? "true" : "false")}},
          "reported": [ { "name": "Scope 1", "emissions": "1000 t CO2e" } ],
          "changes": [ { "name": "x", "line": "Scope 1", "before": "100 t CO2e",
            "after": "{{Celadon.Quantities.Amount.Parse(effect) + 100}} t CO2e", {{change}} } ] }
        """;
}
