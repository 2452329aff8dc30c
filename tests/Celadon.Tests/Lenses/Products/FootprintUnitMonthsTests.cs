using Celadon.Ledger;
using Celadon.Lenses;
using Celadon.Lenses.Products;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Tests.Lenses.Carbon.Inventory.Fixtures;
using Celadon.Text;
using CsCheck;

namespace Celadon.Tests.Lenses.Products;

/// <summary>
/// Where production and energy differ by month. In September the works takes 1,000 kWh, 600 of them the kiln,
/// and makes 9 t of ware in the kiln and 1 t of tiles on the press; in October it takes 2,000 kWh, 200 of
/// them the kiln, and makes 1 t of ware and 4 t of tiles.
/// </summary>
public sealed class FootprintUnitMonthsTests
{
    private const string Spec = """
        "period":"2026-09/2026-10","site":"stoke","rules":"iso14067","gwp":"AR5","electricity":"location",
        "allowNearestEdition":true,"allocation":{"key":"mass","reason":"the same body"},
        "units":[{"unit":"kiln"}]
        """;

    /// <summary>
    /// Ware: 600 + 400 × 9/10 in September and 200 + 1,800 × 1/5 in October, 1,520 of 3,000 kWh. The shares
    /// of both months together would give 800 + 2,200 × 10/15 = 2,266.67 kWh.
    /// </summary>
    [Fact]
    public void Each_months_energy_goes_to_what_was_made_in_it()
    {
        var report = Report(Ask(Two()));
        var power = Line(report, "ware", "electricity");
        Assert.Equal(power.Whole.Value * 1520, power.Part.Value * 3000);
        Assert.Equal(power.Whole.Value, power.Part.Value + Line(report, "tiles", "electricity").Part.Value);
        Assert.Equal(["2026-09 600 1000 60 9000", "2026-10 200 2000 10 1000"], report.Units.Single().Months
            .Select(m => $"{m.Month} {m.Metered.Value} {m.Taken.Value} {m.Share.Value} {m.Made!.Value}"));
        FootprintTests.Balanced(report);
    }

    /// <summary>
    /// Two products on one unit share it by what they made there in the month: of 600 kWh 9/12 to ware and
    /// 3/12 to tiles, of 200 kWh 1/2 each. What no unit took goes by all output: 9/13, 1/6.
    /// </summary>
    [Fact]
    public void What_is_made_on_one_unit_shares_it_by_the_months_output_of_that_unit()
    {
        var month = Two();
        Make(month, "unit:kiln", "tiles", "3", 9);
        Make(month, "unit:kiln", "tiles", "1", 10);
        var power = Line(Report(Ask(month)), "ware", "electricity");
        // 600 × 9/12 + 400 × 9/13 + 200 × 1/2 + 1,800 × 1/6 = 850 + 3,600/13 kWh
        Assert.Equal(Amount.Divide(power.Whole.Value * (850 * 13 + 3600), Amount.Parse("39000"), 8),
            power.Part.Value.Round(8));
    }

    /// <summary>
    /// The kiln is kept warm in October and nothing is made on it: its 200 kWh are its product's.
    /// </summary>
    [Fact]
    public void A_month_without_output_of_a_unit_goes_by_the_whole_period_and_says_so()
    {
        var month = new StokeSeptember();
        Take(month, 9, "1000", "600");
        Take(month, 10, "2000", "200");
        Make(month, "unit:kiln", "ware", "9", 9);
        Make(month, "unit:press", "tiles", "1", 9);
        Make(month, "unit:press", "tiles", "4", 10);
        var answer = Ask(month);
        var power = Line(Report(answer), "ware", "electricity");
        // 600 + 400 × 9/10 + 200 + 1,800 × 0
        Assert.Equal(power.Whole.Value * 1160, power.Part.Value * 3000);
        var idle = Assert.Single(answer.Findings, f => f.Code == "products.footprint.unitIdle");
        Assert.Equal(("kiln", "2026-10"), (idle.Args["plant"], idle.Args["months"]));
        Assert.DoesNotContain(answer.Findings, f => f.Code == "products.footprint.siteIdle");
        FootprintTests.Balanced(Report(answer));
    }

    /// <summary>August is closed for holidays: 300 kWh go by the output of all months, 10 t to 5 t.</summary>
    [Fact]
    public void A_month_in_which_nothing_is_made_goes_by_the_whole_period_and_says_so()
    {
        var month = Two();
        Take(month, 8, "300", null);
        var answer = Ask(month, Spec.Replace("2026-09/", "2026-08/", StringComparison.Ordinal));
        var power = Line(Report(answer), "ware", "electricity");
        Assert.Equal(Amount.Divide(power.Whole.Value * 1720, Amount.Parse("3300"), 8),
            power.Part.Value.Round(8));
        Assert.Equal(["2026-08"], answer.Findings.Where(f => f.Code == "products.footprint.siteIdle")
            .Select(f => (string)f.Args["months"]!));
        Assert.Equal(["2026-08"], answer.Findings.Where(f => f.Code == "products.footprint.unitUnmetered")
            .Select(f => (string)f.Args["months"]!));
    }

    /// <summary>
    /// Oil is bought in September and used in both months: no month holds by itself, so the whole does.
    /// </summary>
    [Fact]
    public void Months_that_do_not_hold_are_split_by_the_whole_and_named()
    {
        var month = new StokeSeptember();
        Take(month, 9, "3000", "600");
        Take(month, 10, null, "200");
        Make(month, "unit:kiln", "ware", "10", 9);
        Make(month, "unit:press", "tiles", "5", 10);
        var answer = Ask(month);
        var power = Line(Report(answer), "ware", "electricity");
        // 800 + 2,200 × 10/15
        Assert.Equal(Amount.Divide(power.Whole.Value * 6800, Amount.Parse("9000"), 8),
            power.Part.Value.Round(8));
        var said = Assert.Single(answer.Findings, f => f.Code == "products.footprint.unitWhole");
        Assert.Equal(("electricity", "2026-10"), (said.Args["resource"], said.Args["months"]));
        Assert.NotNull(Catalogue.English.Remedy(said));
        Assert.NotNull(Catalogue.Chinese.Remedy(said));
        Assert.Empty(Report(answer).Units.Single().Months);
        FootprintTests.Balanced(Report(answer));
    }

    /// <summary>Stated shares hold in every month, whatever was made in it.</summary>
    [Fact]
    public void Stated_shares_hold_in_every_month()
    {
        var power = Line(Report(Ask(Two(), Spec.Replace("""{"key":"mass","reason":"the same body"}""", """
            {"key":"stated","reason":"x","weights":[{"product":"ware","value":"0.25"},
             {"product":"tiles","value":"0.75"}]}
            """, StringComparison.Ordinal))), "ware", "electricity");
        // 800 + 2,200 ÷ 4
        Assert.Equal(power.Whole.Value * 1350, power.Part.Value * 3000);
    }

    /// <summary>Whatever the months hold, both views of electricity add up to the last digit.</summary>
    [Fact]
    public void The_books_balance_whatever_the_months_hold()
    {
        Gen.Select(Gen.Int[0, 700], Gen.Int[0, 700], Gen.Int[1, 99], Gen.Int[0, 99], Gen.Bool).Sample(
            (first, second, ware, tiles, market) =>
            {
                var month = new StokeSeptember();
                Take(month, 9, "701.37", $"{first}");
                Take(month, 10, "733.19", $"{second}");
                Make(month, "unit:kiln", "ware", $"{ware}", 9);
                Make(month, "unit:press", "tiles", "7", 9);
                if (tiles > 0) Make(month, "unit:kiln", "tiles", $"{tiles}", 10);
                month.Books.Add(StokeSeptember.Certificate with { Mwh = Amount.Parse("0.8") });
                var answer = Ask(month, market
                    ? Spec.Replace("\"location\"", "\"market\"", StringComparison.Ordinal) : Spec);
                FootprintTests.Balanced(Report(answer));
                Assert.All(Explainer.All(Report(answer)), f => Assert.Equal(f.Figure,
                    Explainer.Explain(Report(answer), f.Pointer).Figure));
            }, iter: 8);
    }

    private static StokeSeptember Two()
    {
        var month = new StokeSeptember();
        Take(month, 9, "1000", "600");
        Take(month, 10, "2000", "200");
        Make(month, "unit:kiln", "ware", "9", 9);
        Make(month, "unit:press", "tiles", "1", 9);
        Make(month, "unit:kiln", "ware", "1", 10);
        Make(month, "unit:press", "tiles", "4", 10);
        return month;
    }

    private static void Take(StokeSeptember month, int of, string? site, string? kiln)
    {
        if (site is not null) Entry(month, "grid:GB", "site:stoke", "electricity", site, "kWh", of);
        if (kiln is not null) Entry(month, "site:stoke", "unit:kiln", "electricity", kiln, "kWh", of);
    }

    private static void Make(StokeSeptember month, string unit, string product, string tonnes, int of) =>
        Entry(month, unit, "stock:ware", product, tonnes, "t", of);

    private static void Entry(StokeSeptember month, string from, string to, string resource, string amount,
        string unit, int of) => month.Books.Entry(from, to, resource, amount, unit, $"2026-{of:00}-01",
            $"2026-{of:00}-{DateTime.DaysInMonth(2026, of)}", Basis.Measured);

    private static Answer Ask(StokeSeptember month, string spec = Spec) => FootprintTests.Ask(month, spec);

    private static FootprintReport Report(Answer answer) => (FootprintReport)answer.Report;

    private static FootprintLine Line(FootprintReport report, string product, string item) => report.Products
        .Single(p => p.Product == product).Stages.SelectMany(s => s.Lines)
        .Single(l => l.Item == item && l.Scope == "2");
}
