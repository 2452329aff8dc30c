using System.IO.Compression;
using System.Xml.Linq;
using Celadon.Quantities;
using Celadon.Store;

namespace Celadon.Tests.Export;

/// <summary>Answers as workbooks: names that sheets may have, text that stays text, numbers whole.</summary>
public class AnswerWorkbookTests
{
    private static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    /// <summary>At most 31 characters, none of []:*?/\, no two alike whatever their case.</summary>
    [Fact]
    public void Sheets_have_names_that_a_workbook_takes()
    {
        var name = new string('x', 40);
        var names = Part(AnswerWorkbook.Write([Sheet("A/B:[1]?*\\"), Sheet(name),
            Sheet(name.ToUpperInvariant()), Sheet(""), Sheet("'q'")]), "xl/workbook.xml")
            .Descendants(Main + "sheet").Select(s => s.Attribute("name")!.Value).ToList();
        Assert.Equal(["AB1", new string('x', 31), new string('X', 29) + " 2", "1", "q"], names);
    }

    [Fact]
    public void Words_that_look_like_a_formula_are_text_and_numbers_keep_every_digit()
    {
        var sheet = Part(AnswerWorkbook.Write([new AnswerSheet("s", ["=head()"],
        [
            [new("=1+1"), new(null, Amount.Parse("0.1234567890123456789"))],
            [new("@SUM(A1)"), new("-2+3")],
        ])]), "xl/worksheets/sheet1.xml");
        Assert.Empty(sheet.Descendants(Main + "f"));
        Assert.Equal(["=head()", "=1+1", "@SUM(A1)", "-2+3"],
            sheet.Descendants(Main + "c").Where(c => (string?)c.Attribute("t") == "inlineStr")
                .Select(c => c.Value));
        Assert.Equal("0.1234567890123456789", Assert.Single(sheet.Descendants(Main + "v")).Value);
    }

    private static AnswerSheet Sheet(string name) => new(name, [], [[new("fact"), new("value")]]);

    private static XDocument Part(byte[] workbook, string name)
    {
        using var zip = new ZipArchive(new MemoryStream(workbook));
        using var part = zip.GetEntry(name)!.Open();
        return XDocument.Load(part);
    }
}
