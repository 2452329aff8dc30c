using System.Globalization;
using Celadon.Quantities;

namespace Celadon.Tests.Import;

/// <summary>A slipped unit is a question with a proposed answer, and under --yes a to-do.</summary>
public sealed class ThousandfoldTests
{
    private static readonly string Readings = "Date,kWh\n" + string.Concat(Enumerable.Range(0, 96).Select(
        i => new DateTime(2025, 11, 3).AddMinutes(30 * i)
            .ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)
        + (i is 40 or 41 ? ",20000" : ",20") + "\n"));

    [Fact]
    public void Readings_are_proposed_to_be_divided_and_stand_as_written_under_yes()
    {
        var plan = Ugly.Plan("M1.csv", Readings, Ugly.Stoke);
        var question = Assert.Single(plan.Questions);
        Assert.Equal(("import.thousandfold", "mend", "mend", 42),
            (question.Code, question.Proposed, question.Used, question.Place.Row));
        Assert.Equal(Amount.Parse("1920"), Assert.Single(plan.Readings).Sum);
        Assert.Equal("42-43", plan.Only("import.thousandfold.mended").Args["rows"]);
        var yes = Ugly.Plan("M1.csv", Readings, Ugly.Stoke, yes: true);
        Assert.Equal(Amount.Parse("41880"), Assert.Single(yes.Readings).Sum);
        Assert.Equal("keep", yes.Only("import.todo.thousandfold").Args["used"]);
    }

    [Fact]
    public void What_waits_is_a_gap_and_no_zero()
    {
        var id = Ugly.Plan("M1.csv", Readings, Ugly.Stoke).Questions[0].Id;
        var plan = Ugly.Plan("M1.csv", Readings, Ugly.Stoke, answers: (id, "wait"));
        Assert.Equal((Amount.Parse("1880"), 94),
            (Assert.Single(plan.Readings).Sum, Assert.Single(plan.Readings).Count));
        Assert.Equal("2", plan.Only("import.gap").Args["count"]);
        Assert.Equal(2, plan.Documents[0].Rows.Held);
    }

    [Fact]
    public void The_plan_of_the_batch_reads_the_file_the_same_way_again()
    {
        var plan = Ugly.Plan("M1.csv", Readings, Ugly.Stoke);
        var again = Ugly.Plan("M1.csv", Readings, Ugly.Stoke, yes: true, map: plan.Map);
        Assert.Equal(Assert.Single(plan.Readings).Unscaled, Assert.Single(again.Readings).Unscaled);
    }

    [Fact]
    public void A_spike_that_is_no_thousandfold_is_proposed_to_wait()
    {
        var plan = Ugly.Plan("M1.csv", Readings.Replace(",20000", ",9999999", StringComparison.Ordinal),
            Ugly.Stoke);
        Assert.Equal("wait", Assert.Single(plan.Questions).Proposed);
    }

    [Theory]
    [InlineData("4050000", "4050")]
    [InlineData("4.05", "4050")]
    public void A_bill_keeps_what_its_paper_says_beside_what_was_answered(string written, string meant)
    {
        var plan = Ugly.Plan("gas.csv", $"""
            From,To,Volume (m3)
            01/01/2025,31/01/2025,3960
            01/02/2025,28/02/2025,4390
            01/03/2025,31/03/2025,3870
            01/04/2025,30/04/2025,{written}
            01/05/2025,31/05/2025,3900
            """, Ugly.Stoke);
        var question = Assert.Single(plan.Questions);
        Assert.Equal(("import.thousandfold.bill", "mend"), (question.Code, question.Proposed));
        Assert.Equal(meant + " m3", plan.Amounts()[3]);
        Assert.Equal(written + " m3", plan.Entries[3].Facts["asWritten"]);
    }

    [Fact]
    public void It_is_asked_before_what_changes_less()
    {
        var plan = Ugly.Plan("gas.csv", """
            From,To,Gas (kWh)
            01/01/2025,31/01/2025,3960
            01/02/2025,28/02/2025,4390
            01/03/2025,31/03/2025,3870
            01/04/2025,30/04/2025,4050000
            25/04/2025,31/05/2025,3900
            """, Ugly.Stoke);
        Assert.Equal(["import.thousandfold.bill", "import.overlap", "import.calorific"],
            plan.Questions.Select(q => q.Code));
    }
}
