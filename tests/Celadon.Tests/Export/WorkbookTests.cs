using System.Globalization;
using System.IO.Compression;
using System.Xml.Linq;
using Celadon.Lenses;
using Celadon.Store;
using Celadon.Tests.Example;
using Celadon.Text;

namespace Celadon.Tests.Export;

/// <summary>
/// The workbook of the example's account: formulas, their values, and text that stays text.
/// </summary>
[Collection("example")]
public sealed class WorkbookTests(ExampleWorks works)
{
    private static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    [Fact]
    public void Every_line_is_a_product_and_every_total_a_sum_with_our_value()
    {
        var (asked, bytes) = Make();
        var arithmetic = new WorkbookArithmetic(bytes);
        Assert.Empty(arithmetic.Wrong());
        var lines = asked.Report().Scope1.Lines.Length + asked.Report().Scope2.Location.Lines.Length
            + asked.Report().Scope2.Market.Lines.Length
            + asked.Report().Scope3.Categories.Sum(c => c.Lines.Length);
        Assert.True(arithmetic.Checked > lines, $"{arithmetic.Checked} formulas");
        var summary = Cells(bytes, "sheet1");
        // Scope 1 of the example's account, worked by an independent generator.
        Assert.Equal("500509.66787659", summary["B2"].Value);
        Assert.StartsWith("SUM('Lines'!L2:L", summary["B2"].Formula, StringComparison.Ordinal);
        var first = Cells(bytes, "sheet2");
        Assert.Equal("G2*I2*K2", first["L2"].Formula);
        Assert.Equal(asked.Report().Scope1.Lines[0].Kgco2e.Value.ToString(), first["L2"].Value);
    }

    /// <summary>In double precision, as a spreadsheet computes, the totals are ours to the cent.</summary>
    [Fact]
    public void In_floating_point_the_totals_are_equal_to_the_cent()
    {
        var (asked, bytes) = Make();
        var cells = Cells(bytes, "sheet2");
        double Of(string at) => double.Parse(cells[at].Value, CultureInfo.InvariantCulture);
        var rows = asked.Report().Scope1.Lines.Length;
        var sum = Enumerable.Range(2, rows).Sum(r => Of($"G{r}") * Of($"I{r}") * Of($"K{r}"));
        Assert.Equal(asked.Report().Scope1.Total!.Kgco2e.Value.ToDouble(), sum, 2);
    }

    [Fact]
    public void Text_is_written_as_text_whatever_it_begins_with()
    {
        var bytes = Sheets.Write([new WorkSheet("a", [10],
            [[SheetCell.Of("=1+1"), SheetCell.Of("@cmd"), SheetCell.Of("+1"), SheetCell.Of("<b>&\u0001")]])]);
        using var zip = new ZipArchive(new MemoryStream(bytes));
        using var stream = zip.GetEntry("xl/worksheets/sheet1.xml")!.Open();
        var cells = XDocument.Load(stream).Descendants(Main + "c").ToList();
        Assert.Equal(4, cells.Count);
        Assert.All(cells, c => Assert.Equal("inlineStr", c.Attribute("t")!.Value));
        Assert.Empty(XDocument.Parse(cells[0].ToString()).Descendants(Main + "f"));
        Assert.Equal("<b>&", cells[3].Value);
    }

    [Fact]
    public void Columns_are_named_as_spreadsheets_name_them() =>
        Assert.Equal(["A", "Z", "AA", "AZ", "BA"], ((int[])[0, 25, 26, 51, 52]).Select(Sheets.Column));

    private (Asked Asked, byte[] Bytes) Make()
    {
        var asked = works.Workspace.Ask(Questions.Get("carbon.inventory"), Stoke.YearSpec);
        return (asked, InventoryWorkbook.Write(works.Workspace, asked, Catalogue.English));
    }

    private static Dictionary<string, (string Value, string Formula)> Cells(byte[] bytes, string sheet)
    {
        using var zip = new ZipArchive(new MemoryStream(bytes));
        using var stream = zip.GetEntry($"xl/worksheets/{sheet}.xml")!.Open();
        return XDocument.Load(stream).Descendants(Main + "c").Where(c => c.Element(Main + "v") is not null)
            .ToDictionary(c => c.Attribute("r")!.Value, c => (c.Element(Main + "v")!.Value,
                c.Element(Main + "f")?.Value ?? ""));
    }
}
