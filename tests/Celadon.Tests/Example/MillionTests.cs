using Celadon.Ledger;
using Celadon.Lenses;
using Celadon.Quantities;
using NodaTime;

namespace Celadon.Tests.Example;

/// <summary>
/// A million generated entries beside the example's: every summed number of the account is carried by its
/// rows to the last digit. Runs when CELADON_LONG=1.
/// </summary>
[Collection("example")]
public sealed class MillionTests(ExampleWorks works)
{
    private const int Count = 1_000_000;
    private const string Waste = "waste/commercial-and-industrial";

    /// <summary>Movements by each way of converting: none, unit, distance, calorific value.</summary>
    private static readonly (string From, string To, string Resource, string Unit, string Facts)[] Flows =
    [
        ("site:stoke", "waste-handler:etruria-recovery", Waste, "t", "route=landfill"),
        ("site:stoke", "waste-handler:etruria-recovery", Waste, "kg", "route=landfill"),
        ("employee-travel", "site:stoke", "travel/car", "km", "purpose=commuting"),
        ("employee-travel", "site:stoke", "travel/rail", "pkm", "purpose=business;service=national"),
        ("stock:ware", "customer:harbour-hotels", "ware", "t", "payer=us;distance=200 km;vehicle=HGV"),
        ("stock:ware", "customer:museum-shops", "ware", "kg", "payer=customer;distance=150 km;vehicle=HGV"),
        ("stock:longquan-lpg", "unit:longquan-test-kiln", "lpg", "kg", ""),
        ("supplier:bottled", "unit:kiln", "natural-gas", "m3",
            "calorificValue=39.7 MJ/m3 gross;volumeCorrection=1.02264"),
        ("unit:chiller", "atmosphere", "r-410a", "kg", ""),
    ];

    [Fact(Skip = Length.Waits, SkipType = typeof(Length), SkipUnless = nameof(Length.IsLong))]
    [Trait(Length.Trait, Length.Long)]
    public void The_leaves_of_every_summed_number_add_up()
    {
        using var books = works.Copy();
        var before = books.Head;
        books.Workspace.Append("import", Drawn().Select(e => (RecordBody)new EntryRecord(e)));
        Assert.Equal(before + 1 + Count, books.Head);
        var asked = books.Ask(Stoke.YearSpec);
        var most = 0L;
        Assert.All(Explainer.All(asked.Answer.Report).Where(f => Explainer.IsSummed(f.Figure.Trace)), f =>
        {
            var (sum, count) = (Amount.Zero, 0L);
            foreach (var leaf in Explainer.Leaves(f.Figure))
                (sum, count) = (sum + leaf.Contribution, count + 1);
            Assert.Equal((f.Pointer, f.Figure.Value), (f.Pointer, sum));
            most = Math.Max(most, count);
        });
        Assert.True(most > Count / 2, $"The longest sum has {most} rows.");
    }

    /// <summary>Entries drawn from the flows, in days of the year, with up to three decimals.</summary>
    private static IEnumerable<Entry> Drawn()
    {
        var draw = new Random(1);
        var first = Instant.FromUtc(2025, 10, 1, 0, 0);
        var facts = Flows.Select(f => Facts.From(f.Facts.Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(p => KeyValuePair.Create(p.Split('=')[0], p.Split('=')[1])))).ToArray();
        for (var i = 0; i < Count; i++)
        {
            // Gas is rounded document by document and costs more: one entry in a hundred.
            var kind = draw.Next(100) == 0 ? 7 : draw.Next(Flows.Length - 2) is var k && k == 7 ? 8 : k;
            var flow = Flows[kind];
            var day = first + NodaTime.Duration.FromHours(24 * draw.Next(1, 363) + 2);
            yield return new Entry(Node.Parse(flow.From), Node.Parse(flow.To), flow.Resource,
                Amount.From(draw.Next(1, 1_000_000), draw.Next(4)), flow.Unit,
                new Period(day, day + NodaTime.Duration.FromHours(6)), Basis.Invoiced,
                new Evidence.StatedBy("tester"), facts[kind],
                CalorificBasis.None);
        }
    }
}
