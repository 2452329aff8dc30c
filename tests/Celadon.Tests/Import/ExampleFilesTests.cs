using System.Text.Json;
using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Store.Import;
using Celadon.Store.Import.Reading;

namespace Celadon.Tests.Import;

/// <summary>
/// The papers of the example works, imported together without a question answered, against the truth that
/// their independent generator wrote beside them.
/// </summary>
public sealed class ExampleFilesTests
{
    private static readonly string Folder = Path.Combine(House.Repository.Root, "examples", "longquan-stoke");

    private static readonly Lazy<ImportPlan> Whole = new(() => Importer.Plan(
        [.. Directory.EnumerateFiles(Path.Combine(Folder, "inputs"), "*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).Select(SourceFile.Open)],
        new ImportContext { ProvedOnly = true }));

    private static JsonElement Truth() =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "expected", "truth.json"))).RootElement;

    [Fact]
    public void Every_meter_adds_up_to_what_its_files_say()
    {
        foreach (var meter in Truth().GetProperty("meters").EnumerateArray())
        {
            var (id, year) = (meter.GetProperty("id").GetString(), meter.GetProperty("year"));
            var total =
                Assert.Single(Whole.Value.Totals, t => t.Meter == id && t.Basis == Basis.Measured);
            Assert.Equal((id, Amount.Parse(year.GetProperty("asWritten").GetString()!)), (id, total.Amount));
            Assert.Equal((id, year.GetProperty("held").GetInt32()), (id, total.Count));
        }
        var counter = Truth().GetProperty("counter");
        Assert.Equal(Amount.Parse(counter.GetProperty("kWh").GetString()!),
            Assert.Single(Whole.Value.Totals, t => t.Meter == counter.GetProperty("id").GetString()).Amount);
    }

    [Fact]
    public void Every_bill_is_an_entry_of_its_file_and_row()
    {
        foreach (var bill in Truth().GetProperty("bills").EnumerateArray())
        {
            var (file, row) =
                (Path.GetFileName(bill.GetProperty("file").GetString()), bill.GetProperty("row").GetInt32());
            var entries = Whole.Value.Entries.Where(e => e.Evidence is Evidence.FileRow at
                && at.Name == file && at.Row == row).ToArray();
            var unit = Units.Parse(bill.GetProperty("unit").GetString()!);
            var sum = entries.Aggregate(Amount.Zero, (total, e) =>
                total + new Quantity(e.Amount, Units.Parse(e.Unit)).In(unit).Amount);
            Assert.Equal((file, Amount.Parse(bill.GetProperty("amount").GetString()!)), (file, sum));
        }
    }

    [Theory]
    [InlineData("import.gap", "longquan-m1-2026-02.csv", 1443)]
    [InlineData("import.gap", "stoke-m1-2026-q1.csv", 18)]
    [InlineData("import.gap", "stoke-press.csv", 135)]
    [InlineData("import.thousandfold", "stoke-m1-2026-q1.csv", 18)]
    [InlineData("import.negative", "stoke-compressors.csv", 233)]
    [InlineData("import.duplicate", "longquan-m1-2025-12.csv", 1096)]
    [InlineData("import.duplicate", "stoke-offices.csv", 1589)]
    [InlineData("import.rollover", "longquan-offices.csv", 32)]
    [InlineData("import.duplicate.entry", "longquan-electricity-bills.xlsx", 12)]
    [InlineData("import.row.total", "longquan-electricity-bills.xlsx", 15)]
    [InlineData("import.fact.missing", "longquan-gas-bills.xlsx", 8)]
    [InlineData("import.estimate.replaced", "electricity-2026-02.xlsx", 7)]
    [InlineData("import.gap.bill", "electricity-2026-06.xlsx", 7)]
    [InlineData("import.gap.bill", "gas-2026-01.xlsx", 7)]
    [InlineData("import.counter.unbilled", "gas-2026-01.xlsx", 7)]
    public void A_planted_fault_is_found_at_its_row(string code, string file, int row) =>
        Assert.Contains(Whole.Value.Findings, f => f.Code == code && f.Place?.File == file
        && f.Place.Row == row);

    [Fact]
    public void No_row_is_refused_and_none_is_lost()
    {
        Assert.DoesNotContain(Whole.Value.Findings, f => f.Severity == Celadon.Text.Severity.Error);
        foreach (var document in Whole.Value.Documents)
        {
            var rows = document.Rows;
            Assert.NotEqual(DocumentKind.Unknown, document.Kind);
            Assert.Equal(rows.Total, rows.Loaded + rows.Refused + rows.Held + rows.Repeats + rows.Around);
            Assert.True(rows.Loaded > 0, document.File);
        }
    }

    [Fact]
    public void The_same_files_in_another_order_give_the_same_totals()
    {
        var files = Directory.EnumerateFiles(Path.Combine(Folder, "inputs"), "*", SearchOption.AllDirectories)
            .OrderDescending(StringComparer.Ordinal).Select(SourceFile.Open).ToArray();
        Assert.Equal(Whole.Value.Totals, Importer.Plan(
            files, new ImportContext { ProvedOnly = true }).Totals);
    }
}
