using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Store;
using Celadon.Store.Import;
using Celadon.Store.Import.Reading;
using Celadon.Text;

namespace Celadon.Tests.Import;

/// <summary>A bill as a workbook comes back as it was.</summary>
public sealed class BillWorkbookTests
{
    private static readonly Component[] Bill =
    [
        Part("mug", "body", "0.35", "kg") with { Name = new Name("Body", "坯体"), Factor = "uk:clay" },
        Part("mug", "clay", "0.1", "kg") with { Name = new Name("Glaze"), Process = "lci:clay mining",
            Category = "climate change", Note = "by hand" },
        Part("body", "quartz", "0.000000000000000012", "t"),
        Part("body", "feldspar-9", "12345678901234567.25", "g") with { From = "2026-01", To = "2026-06",
            Id = "body/feldspar-9@2026-01", Name = new Name(Zh: "长石") },
        Part("lid", "knob", "2", "piece"),
    ];

    /// <summary>Both languages, months, notes, many digits, a name that means another resource.</summary>
    [Theory]
    [InlineData("en")]
    [InlineData("zh")]
    public void What_is_written_reads_back_identically(string language)
    {
        var registers = Of(Bill);
        var plan = Read(BillWorkbook.Write(registers, "mug", Catalogue.For(language)), registers);
        Assert.Empty(plan.Findings);
        Assert.Equal(Bill.Where(c => c.Product != "lid").Select(RegisterSet.Write)
            .Order(StringComparer.Ordinal), plan.Registers.Select(r => r.Json).Order(StringComparer.Ordinal));
    }

    /// <summary>An empty one has the heads alone and registers nothing.</summary>
    [Fact]
    public void A_template_has_no_rows()
    {
        var plan = Read(BillWorkbook.Write(RegisterSet.Empty, "plate", Catalogue.English), RegisterSet.Empty);
        Assert.Empty(plan.Registers);
        Assert.Empty(plan.Findings);
        Assert.Empty(BillWorkbook.Rows(RegisterSet.Empty, "plate"));
    }

    [Fact]
    public void The_same_bill_gives_the_same_bytes() => Assert.Equal(
        BillWorkbook.Write(Of(Bill), "mug", Catalogue.English),
        BillWorkbook.Write(Of([.. Bill.Reverse()]), "mug", Catalogue.English));

    private static ImportPlan Read(byte[] book, RegisterSet registers) => Importer.Plan(
        [new SourceFile("bill.xlsx", book)], new ImportContext { Registers = registers });

    private static RegisterSet Of(Component[] parts) => RegisterSet.From([.. parts.Select((p, i) =>
        ((long)i + 1, new RegisterRecord("component", p.Id, RegisterSet.Write(p))))]);

    private static Component Part(string product, string item, string amount, string unit) => new()
    {
        Id = $"{product}/{item}", Product = product, Item = item, Amount = Amount.Parse(amount), Unit = unit,
    };
}
