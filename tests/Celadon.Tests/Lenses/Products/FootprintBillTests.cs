using Celadon.Lenses;
using Celadon.Lenses.Carbon.Inventory;
using Celadon.Lenses.Products;
using Celadon.Packs;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Tests.Lenses.Carbon.Inventory;
using Celadon.Tests.Lenses.Carbon.Inventory.Fixtures;
using Celadon.Tests.Packs;
using Celadon.Text;
using CsCheck;

namespace Celadon.Tests.Lenses.Products;

/// <summary>Bills of materials: level by level, never twice, gaps named, cycles refused.</summary>
public class FootprintBillTests
{
    private static readonly FootprintQuestion Question = new();

    private const string Glass =
        "uk-desnz-2025:material-use/other/glass/primary-material-production/tonnes";

    private const string Spec = """
        {"period":"2026-09","site":"stoke","rules":"iso14067","gwp":"AR5","electricity":"location",
         "allowNearestEdition":true}
        """;

    /// <summary>
    /// 9.8 t of ware, 2 kg of decal a tonne, 0.5 kg of glass in each: 9.8 kg × 1,402.76667 kg CO2e/t.
    /// </summary>
    [Fact]
    public void A_component_counts_through_the_levels_above_it()
    {
        var bare = Report(Ask());
        var report = Report(Ask(Part("ware", "decal", "2"), Part("decal", "glass-frit", "0.5", Glass)));
        var product = report.Products[0];
        Assert.Equal([(1, "decal", "bill"), (2, "glass-frit", "factor")],
            product.Components.Select(c => (c.Level, c.Item, c.Counted)));
        Assert.Equal("13.747113366 kg CO2e", Text(product.Components[1].Emissions!));
        Assert.Equal("13.747113366 kg CO2e", Text(product.Stages.Single(s => s.Stage == "components").Total));
        Assert.Equal(bare.Products[0].Total.Value + Amount.Parse("13.747113366"), product.Total.Value);
        Assert.Equal("13.747113366 kg CO2e", Text(report.Reconciliation.Components!));
        Assert.Equal(bare.Reconciliation.Inventory.Value, report.Reconciliation.Inventory.Value);
        Balanced(report);
    }

    /// <summary>Gas and electricity are lines of the inventory: a bill adds nothing to them.</summary>
    [Theory]
    [InlineData("natural-gas", "m3")]
    [InlineData("electricity", "kWh")]
    public void What_the_books_hold_is_not_counted_again(string item, string unit)
    {
        var answer = Ask(Part("ware", item, "100", Glass, unit));
        var report = Report(answer);
        Assert.Equal("books", Assert.Single(report.Products[0].Components).Counted);
        Assert.Null(report.Reconciliation.Components);
        Assert.Equal(Report(Ask()).Products[0].Total.Value, report.Products[0].Total.Value);
        Assert.Contains(answer.Findings, f => f.Code == "products.footprint.inBooks");
    }

    [Theory]
    [InlineData("glass-frit", null, "kg", "noSource")]
    [InlineData("glass-frit", "uk-desnz-2025:no/such/row", "kg", "noFactor")]
    [InlineData("glass-frit", Glass, "piece", "unit")]
    public void A_component_without_a_figure_is_a_gap_that_makes_the_total_at_least(
        string item, string? factor, string unit, string source)
    {
        var answer = Ask(Part("ware", item, "1", factor, unit));
        var line = Assert.Single(Report(answer).Products[0].Components);
        Assert.Equal(("gap", source), (line.Counted, line.Source));
        Assert.Null(line.Emissions);
        Assert.True(Report(answer).Partial);
        Assert.Contains("glass-frit", answer.Findings.Single(f => f.Code == "products.footprint.atLeast")
            .Args["items"], StringComparison.Ordinal);
        Balanced(Report(answer));
    }

    [Fact]
    public void A_line_counts_only_in_the_months_in_which_it_holds()
    {
        var before = Part("ware", "glass-frit", "1", Glass) with { To = "2026-08" };
        var line = Assert.Single(Report(Ask(before)).Products[0].Components);
        Assert.Equal(("gap", "notInForce"), (line.Counted, line.Source));
        var from = Part("ware", "glass-frit", "1", Glass) with { From = "2026-09" };
        Assert.NotNull(Assert.Single(Report(Ask(from)).Products[0].Components).Emissions);
    }

    /// <summary>3 kg CO2e a kilogram by the process, 2 kg in each of 9.8 t: 58.8 kg.</summary>
    [Fact]
    public void A_process_of_a_database_counts_through_the_answer_that_assesses_it()
    {
        var part = Part("ware", "glass-frit", "2") with { Process = "small:process a", Category = "effect" };
        var report = Report(Ask(part));
        Assert.Equal("58.8 kg CO2e", Text(report.Products[0].Components[0].Emissions!));
        Assert.Equal("process", report.Products[0].Components[0].Counted);
        Balanced(report);
    }

    [Fact]
    public void A_bill_that_leads_back_to_itself_is_refused_with_the_path()
    {
        var refused = Assert.Throws<RefusedException>(() => Ask(Part("ware", "a", "1"), Part("a", "b", "1"),
            Part("b", "a", "1")));
        Assert.Equal(("products.footprint.cycle", "ware → a → b → a"),
            (refused.Finding.Code, refused.Finding.Args["chain"]));
        Assert.Equal("ware → a → ware", Assert.Throws<RefusedException>(() => Ask(Part("ware", "a", "1"),
            Part("a", "ware", "1"))).Finding.Args["chain"]);
        Assert.NotNull(Catalogue.Chinese.Remedy(refused.Finding));
    }

    /// <summary>Two ways down at each of fifteen levels are 65,534 lines: refused, not computed.</summary>
    [Fact]
    public void A_bill_that_grows_without_measure_is_refused()
    {
        var parts = Enumerable.Range(0, 15).SelectMany(i => (Component[])[
            Part(i == 0 ? "ware" : $"a{i}", $"a{i + 1}", "1") with { Id = $"{i}x" },
            Part(i == 0 ? "ware" : $"a{i}", $"a{i + 1}", "1") with { Id = $"{i}y" }]).ToArray();
        Assert.Equal("products.footprint.bill", Assert.Throws<RefusedException>(() => Ask(parts))
            .Finding.Code);
    }

    /// <summary>Twice the amount weighs twice as much, and the books balance for any bill.</summary>
    [Fact]
    public void Components_are_linear_and_the_books_balance()
    {
        Gen.Select(Gen.Int[1, 1_000_000], Gen.Int[1, 4]).Sample((n, deep) =>
        {
            Component[] Bill(int times) => [.. Enumerable.Range(0, deep).Select(i => i < deep - 1
                ? Part(i == 0 ? "ware" : $"a{i}", $"a{i + 1}", "0.5")
                : Part(i == 0 ? "ware" : $"a{i}", "glass-frit", $"{Amount.From(n, 3) * times}", Glass))];
            var (once, twice) = (Report(Ask(Bill(1))), Report(Ask(Bill(2))));
            Assert.Equal(once.Reconciliation.Components!.Value * 2, twice.Reconciliation.Components!.Value);
            Balanced(once);
        }, iter: 8);
    }

    private static void Balanced(FootprintReport report)
    {
        Assert.True(report.Reconciliation.Difference.Value.IsZero);
        Assert.All(report.Products, p => Assert.Equal(p.Total.Value, p.Stages.Aggregate(Amount.Zero,
            (sum, s) => sum + s.Total.Value)));
    }

    private static Component Part(string into, string item, string amount, string? factor = null,
        string unit = "") => new()
        {
            Id = $"{into}/{item}", Product = into, Item = item, Amount = Amount.Parse(amount),
            Unit = unit.Length > 0 ? unit : "kg", Factor = factor,
        };

    private static FootprintReport Report(Answer answer) => (FootprintReport)answer.Report;

    private static string Text(Figure figure) => $"{figure.Value} {figure.Unit}";

    private static Answer Ask(params Component[] parts)
    {
        var month = StokeSeptember.Whole();
        month.Books.Add(new Product { Id = "ware", Unit = "t" });
        month.Books.Add([.. parts]);
        var library = FactorLibrary.From([.. PacksUnderTest.Library.Packs, .. AssessDatabases.Library(
            AssessDatabases.Of(AssessDatabases.Process("a", "out 1 p", "out 3 e"))).Packs]);
        var read = Question.ReadSpec(Spec);
        var view = month.Books.View($"{Question.Needs(read)!.Period}");
        var assess = new AssessQuestion();
        var taken = Question.Takes(read, view).Select((t, i) => i == 0
            ? InventoryAsking.Question.Compute((InventorySpec)InventoryAsking.Question.ReadSpec(t.SpecJson),
                month.Books.View("2026-09"), library, CancellationToken.None)
            : assess.Compute(assess.ReadSpec(t.SpecJson), null, library, CancellationToken.None)).ToList();
        return Question.Compute(read, view, library, taken, CancellationToken.None);
    }
}
