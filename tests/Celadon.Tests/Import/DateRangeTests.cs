using Celadon.Store.Import.Detection;

namespace Celadon.Tests.Import;

/// <summary>Two dates in one cell: how they are read, and that their order is proved or asked.</summary>
public sealed class DateRangeTests
{
    [Theory]
    [InlineData("01/04/2026 - 30/04/2026", "2026-04-01/2026-04-30")]
    [InlineData("2026年4月1日至4月30日", "2026-04-01/2026-04-30")]
    [InlineData("2026年4月1日至30日", "2026-04-01/2026-04-30")]
    [InlineData("自2026年12月15日至1月14日止", "2026-12-15/2027-01-14")]
    [InlineData("1-30 Apr 2026", "2026-04-01/2026-04-30")]
    [InlineData("1 Apr - 30 Apr 2026", "2026-04-01/2026-04-30")]
    [InlineData("15 Dec - 14 Jan 2026", "2025-12-15/2026-01-14")]
    [InlineData("April 1-30, 2026", "2026-04-01/2026-04-30")]
    [InlineData("from 1 April 2026 to 30 April 2026", "2026-04-01/2026-04-30")]
    [InlineData("01/04 - 30/04/2026", "2026-04-01/2026-04-30")]
    [InlineData("2026.04.01-04.30", "2026-04-01/2026-04-30")]
    [InlineData("2026/4/1-30", "2026-04-01/2026-04-30")]
    [InlineData("２０２６．４．１～２０２６．４．３０", "2026-04-01/2026-04-30")]
    [InlineData("2026-04-01–2026-04-30", "2026-04-01/2026-04-30")]
    public void A_range_is_read_however_it_is_written(string text, string expected)
    {
        Assert.True(RangeText.TryDates(text, out var range));
        var (from, to) = range.In(DateOrder.DayMonthYear);
        Assert.Equal(expected, $"{WallTime.Format(from)}/{WallTime.Format(to)}");
    }

    [Theory]
    [InlineData("10-20")]
    [InlineData("M1-2")]
    [InlineData("3-4-2026")]
    [InlineData("1-30 of the month")]
    public void What_is_no_range_is_none(string text) => Assert.False(RangeText.TryDates(text, out _));

    [Fact]
    public void A_day_above_twelve_in_one_row_proves_the_order_for_all()
    {
        var plan = Ugly.Plan("bills.csv", """
            Period,Electricity (kWh)
            01/04/2026 - 05/05/2026,41000
            06/05/2026 - 13/06/2026,40000
            """, Ugly.Stoke);
        Assert.Empty(plan.Questions);
        Assert.Equal("2026-03-31T23:00:00Z/2026-05-05T23:00:00Z", plan.Entries[0].Period.ToString());
        Assert.Equal(3, plan.Documents[0].Columns[0].Because!.Place!.Row);
    }

    [Fact]
    public void American_ranges_are_proved_too()
    {
        var plan = Ugly.Plan("bills.csv", """
            Period,Electricity (kWh)
            04/01/2026 - 04/30/2026,41000
            05/01/2026 - 05/31/2026,40000
            """, Ugly.Stoke);
        Assert.Equal("2026-03-31T23:00:00Z/2026-04-30T23:00:00Z", plan.Entries[0].Period.ToString());
    }

    [Fact]
    public void Ranges_that_follow_each_other_in_one_order_only_prove_it()
    {
        var plan = Ugly.Plan("bills.csv", """
            Period,Electricity (kWh)
            04/01/2026 - 05/02/2026,41000
            06/02/2026 - 07/03/2026,40000
            08/03/2026 - 09/04/2026,40500
            """, Ugly.Stoke);
        Assert.Empty(plan.Questions);
        Assert.Equal("import.date.regular", plan.Documents[0].Columns[0].Because!.Code);
        Assert.Equal("2026-01-04T00:00:00Z/2026-02-06T00:00:00Z", plan.Entries[0].Period.ToString());
    }

    [Fact]
    public void An_order_that_nothing_proves_is_asked_and_under_yes_the_rows_wait()
    {
        const string text = "Period,Electricity (kWh)\n01/04/2026 - 04/05/2026,41000\n";
        var asked = Ugly.Plan("bills.csv", text, Ugly.Stoke);
        var question = Assert.Single(asked.Questions);
        Assert.Equal(("import.date-order", "DMY"), (question.Code, question.Proposed));
        var yes = Ugly.Plan("bills.csv", text, Ugly.Stoke, yes: true);
        Assert.Empty(yes.Entries);
        Assert.True(yes.Has("import.todo.date-order"));
        Assert.Equal(1, yes.Documents[0].Rows.Held);
        var american = Ugly.Plan("bills.csv", text, Ugly.Stoke, answers: (question.Id, "MDY"));
        Assert.Equal("2026-01-04T00:00:00Z/2026-04-05T23:00:00Z",
            american.Entries[0].Period.ToString());
    }

    [Fact]
    public void Another_column_of_dates_proposes_the_order_and_is_still_asked()
    {
        var plan = Ugly.Plan("bills.csv", """
            Period,Invoice date,Electricity (kWh),Net (£)
            01/04/2026 - 04/05/2026,05/13/2026,41000,9000
            """, Ugly.Stoke);
        Assert.Equal("MDY", Assert.Single(plan.Questions, q => q.Code == "import.date-order").Proposed);
    }
}
