using Celadon.Ledger;
using Celadon.Lenses;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Tests.Lenses.Carbon.Inventory.Fixtures;

namespace Celadon.Tests.Lenses;

/// <summary>An override of a flow's measurement chooses which of what is known counts.</summary>
public sealed class MeasurementOverrideTests
{
    private const string Flow = "grid:GB|site:stoke|electricity";

    private static Books Works()
    {
        var books = new Books().Add(
            new Site { Id = "stoke", Country = "GB", Zone = "Europe/London" },
            new Meter
            {
                Id = "M1", Site = "stoke", From = "grid:GB", To = "site:stoke", Resource = "electricity",
                Unit = "kWh", Scale = 2,
            });
        books.Readings("M1", "2026-03", "1000");
        books.Entry("grid:GB", "site:stoke", "electricity", "1200", "kWh", "2026-03-01", "2026-03-31",
            Basis.Invoiced);
        return books;
    }

    private static string Counts(Books books) => string.Join(", ", Measurements.Of(books.View("2026-03"),
        TestContext.Current.CancellationToken).Activities.Select(a => a.Quantity.Value.ToString()));

    [Fact]
    public void The_meter_counts_before_the_bill_unless_a_person_says_otherwise()
    {
        var books = Works();
        Assert.Equal("1000", Counts(books));
        books.Override("flow", Flow, "measurement", "invoiced", "The meter was out of order");
        Assert.Equal("1200", Counts(books));
        var said = Assert.Single(Measurements.Of(books.View("2026-03"),
            TestContext.Current.CancellationToken).Findings, f => f.Code == "flow.overridden");
        Assert.Equal(("invoiced", "The meter was out of order"), (said.Args["source"], said.Args["reason"]));
        books.Override("flow", Flow, "measurement", "meter", "It was not");
        Assert.Equal("1000", Counts(books));
    }

    [Fact]
    public void A_source_that_the_month_does_not_have_changes_nothing()
    {
        var books = Works();
        books.Override("flow", Flow, "measurement", "estimated");
        Assert.Equal("1000", Counts(books));
    }
}
