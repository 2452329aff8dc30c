using Celadon.Lenses;
using Celadon.Lenses.Carbon;
using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Registers;
using NodaTime;

namespace Celadon.Tests.Lenses.Carbon;

/// <summary>September at Stoke in the books: what is energy used, and what is only moved inside.</summary>
public class StatisticsOfTheBooksTests
{
    private static readonly StatisticsQuestion Question = new();
    private static readonly Period September = SiteZone.Get("Europe/London").Month(new YearMonth(2026, 9));

    [Fact]
    public void Fuel_burned_and_power_over_the_fence_count_once()
    {
        var answer = Ask(
            Row("grid:GB", "site:stoke", "electricity", "41250", "kWh"),
            Row("site:stoke", "unit:kiln", "electricity", "24010.2", "kWh"),
            Row("supplier:oil", "stock:stoke/diesel", "diesel", "2000", "L", ("density", "0.8323 kg/L"),
                ("calorificValue", "42.705 GJ/t net")),
            Row("stock:stoke/diesel", "unit:forklifts", "diesel", "2300", "L", ("density", "0.8323 kg/L"),
                ("calorificValue", "42.705 GJ/t net")),
            Row("supplier:clay", "stock:stoke/clay", "clay", "120", "t"));
        Assert.Equal(2, ((StatisticsReport)answer.Report).Rows.Length);
        Assert.Equal("2300 L", Asking.At(answer, "/rows/0/quantity"));
        Assert.Equal("22708.265125 kWh net", Asking.At(answer, "/rows/0/energy"));
        Assert.Equal("41250 kWh", Asking.At(answer, "/rows/1/energy"));
        Assert.Equal("5.069625 tce", Asking.At(answer, "/rows/1/tce"));
        Assert.DoesNotContain(answer.Findings, f => f.Code == "carbon.statistics.bought");
        var leaves = Explainer.Leaves(Explainer.Find(answer.Report, "/rows/1/quantity").Figure).ToList();
        var total = leaves.Aggregate(Amount.Zero, (sum, leaf) => sum + leaf.Contribution);
        Assert.Equal("41250", total.ToString());
    }

    [Fact]
    public void A_fuel_known_only_bought_counts_with_its_purchases_and_says_so()
    {
        var answer = Ask(Row("supplier:oil", "stock:stoke/diesel", "diesel", "2000", "L"));
        Assert.Equal("2000 L", Asking.At(answer, "/rows/0/quantity"));
        Assert.Contains(answer.Findings, f => f.Code == "carbon.statistics.bought");
        Assert.Contains(answer.Findings, f => f.Code == "carbon.statistics.published");
    }

    [Fact]
    public void Only_the_sites_that_are_named_count()
    {
        (FlowShape, Amount)[] rows = [Row("grid:GB", "site:stoke", "electricity", "41250", "kWh"),
            Row("grid:GB", "site:leek", "electricity", "8750", "kWh")];
        Assert.Equal("50000 kWh", Asking.At(Ask(rows), "/energy/0"));
        var one = AskOf("""{ "period": "2026-09", "sites": ["stoke"] }""", rows);
        Assert.Equal("41250 kWh", Asking.At(one, "/energy/0"));
        Assert.Single(((StatisticsReport)one.Report).Rows);
    }

    private static Answer Ask(params (FlowShape Shape, Amount Amount)[] rows) =>
        AskOf("""{ "period": "2026-09" }""", rows);

    private static Answer AskOf(string json, (FlowShape Shape, Amount Amount)[] rows)
    {
        var spec = Question.ReadSpec(json);
        Assert.Equal("2026-09", Question.Needs(spec)!.Period.ToString());
        return Question.Compute(spec, Books(rows), ProjectPacks.Library, CancellationToken.None);
    }

    private static (FlowShape, Amount) Row(
        string from, string to, string resource, string amount, string unit,
        params (string, string?)[] facts) =>
        (new FlowShape(0, Node.Parse(from), Node.Parse(to), resource, unit, CalorificBasis.None,
            Basis.Invoiced, Facts.Of(facts)), Amount.Parse(amount));

    private static View Books((FlowShape Shape, Amount Amount)[] rows)
    {
        var stored = rows.Select(r =>
        {
            Assert.True(r.Amount.TryGetStored(out var unscaled, out var scale));
            return (Unscaled: unscaled, Scale: (byte)scale);
        }).ToArray();
        return new View
        {
            Position = 100,
            Head = "",
            Period = MonthSpan.Parse("2026-09"),
            Registers = RegisterSet.From([(1, new RegisterRecord("site", "stoke",
                """{"id":"stoke","country":"GB","zone":"Europe/London"}""")),
                (2, new RegisterRecord("unit", "kiln", """{"id":"kiln","site":"stoke"}""")),
                (3, new RegisterRecord("unit", "forklifts", """{"id":"forklifts","site":"stoke"}""")),
                (4, new RegisterRecord("site", "leek",
                    """{"id":"leek","country":"GB","zone":"Europe/London"}"""))]),
            Shapes = [.. rows.Select((r, i) => r.Shape with { Id = i })],
            Entries = new EntryColumns
            {
                Position = [.. rows.Select((_, i) => 10L + i)],
                Shape = [.. Enumerable.Range(0, rows.Length)],
                Unscaled = [.. stored.Select(s => s.Unscaled)],
                Scale = [.. stored.Select(s => s.Scale)],
                Start = [.. rows.Select(_ => September.Start.ToUnixTimeSeconds())],
                End = [.. rows.Select(_ => September.End.ToUnixTimeSeconds())],
                Reverses = new long[rows.Length],
            },
            MeterMonths = [],
            Closings = [],
            Overrides = [],
            Details = new NoDetails(),
        };
    }

    private sealed class NoDetails : IViewDetails
    {
        public EntryOrigin OriginOf(long position) => throw new NotSupportedException();

        public IEnumerable<ReadingLeaf> ReadingsOf(string meter, YearMonth month, string band) => [];
    }
}
