using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using Celadon.Quantities;

namespace Celadon.Store;

/// <summary>How a cell of a workbook looks.</summary>
internal enum Look
{
    /// <summary>As it is.</summary>
    Plain = 0,

    /// <summary>A heading.</summary>
    Head = 1,

    /// <summary>A number with two decimals.</summary>
    TwoDecimals = 2,

    /// <summary>A number with all its decimals.</summary>
    Exact = 3,

    /// <summary>A total.</summary>
    Total = 4,
}

/// <summary>
/// A cell: text, a number, or a formula with the number it gives. Text is always written as text, so that
/// nothing that came from a file can act as a formula.
/// </summary>
/// <param name="Text">Its text, or null.</param>
/// <param name="Value">Its number, or null.</param>
/// <param name="Formula">The formula that gives the number, without "=", or null.</param>
/// <param name="Look">How it looks.</param>
internal readonly record struct SheetCell(string? Text, Amount? Value, string? Formula, Look Look)
{
    /// <summary>A number that is no decimal of the books, as the text of a double; or null.</summary>
    public string? Real { get; init; }

    /// <summary>
    /// A double: a number where a sheet keeps all its digits (15), else its text, so that none is lost.
    /// </summary>
    public static SheetCell Of(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var digits = text.Split('E')[0].Count(char.IsAsciiDigit);
        return digits <= 15 ? new SheetCell(null, null, null, Look.Plain) { Real = text } : Of(text);
    }

    /// <summary>Text.</summary>
    public static SheetCell Of(string? text, Look look = Look.Plain) => new(text ?? "", null, null, look);

    /// <summary>A number.</summary>
    public static SheetCell Of(Amount value, Look look = Look.Exact) => new(null, value, null, look);

    /// <summary>A formula with the number it gives.</summary>
    public static SheetCell Of(string formula, Amount value, Look look) => new(null, value, formula, look);
}

/// <summary>A sheet: its name, the widths of its columns in characters, its rows.</summary>
internal sealed record WorkSheet(string Name, int[] Widths, IEnumerable<IReadOnlyList<SheetCell>> Rows);

/// <summary>
/// Writes a workbook (ECMA-376, the few parts that a sheet of numbers needs). The same sheets give the same
/// bytes: no clock, no chance.
/// </summary>
internal static class Sheets
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006/";
    private const string Kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
    private const int LongestText = 32_767;

    /// <summary>The most rows that a sheet holds.</summary>
    public const int MostRows = 1_048_576;

    /// <summary>Writes the workbook.</summary>
    public static byte[] Write(IReadOnlyList<WorkSheet> sheets)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Part(zip, "[Content_Types].xml", xml => Types(xml, sheets.Count));
            Part(zip, "_rels/.rels", xml => Relations(xml, [("officeDocument", "xl/workbook.xml")]));
            Part(zip, "xl/workbook.xml", xml => Book(xml, sheets));
            Part(zip, "xl/_rels/workbook.xml.rels", xml => Relations(xml,
                [.. sheets.Select((_, i) => ("worksheet", $"worksheets/sheet{Digits(i + 1)}.xml")),
                    ("styles", "styles.xml")]));
            Part(zip, "xl/styles.xml", Styles);
            foreach (var (sheet, i) in sheets.Select((s, i) => (s, i)))
                Part(zip, $"xl/worksheets/sheet{Digits(i + 1)}.xml", xml => Sheet(xml, sheet));
        }
        return bytes.ToArray();
    }

    /// <summary>The name of a column: 0 is A, 26 is AA.</summary>
    public static string Column(int index) => index < 26 ? ((char)('A' + index)).ToString()
        : Column(index / 26 - 1) + (char)('A' + index % 26);

    private static void Part(ZipArchive zip, string name, Action<XmlWriter> write)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = Zips.Always;
        using var stream = entry.Open();
        using var xml = XmlWriter.Create(stream,
            new XmlWriterSettings { Encoding = new UTF8Encoding(false), CheckCharacters = true });
        xml.WriteStartDocument();
        write(xml);
        xml.WriteEndDocument();
    }

    private static void Types(XmlWriter xml, int sheets)
    {
        xml.WriteStartElement("Types", Package + "content-types");
        Type(xml, "Default", "Extension", "rels", "application/vnd.openxmlformats-package.relationships+xml");
        Type(xml, "Default", "Extension", "xml", "application/xml");
        Type(xml, "Override", "PartName", "/xl/workbook.xml", Kind + "sheet.main+xml");
        Type(xml, "Override", "PartName", "/xl/styles.xml", Kind + "styles+xml");
        for (var i = 1; i <= sheets; i++)
            Type(xml, "Override", "PartName", $"/xl/worksheets/sheet{Digits(i)}.xml",
                Kind + "worksheet+xml");
    }

    private static void Type(XmlWriter xml, string element, string attribute, string name, string type)
    {
        xml.WriteStartElement(element);
        xml.WriteAttributeString(attribute, name);
        xml.WriteAttributeString("ContentType", type);
        xml.WriteEndElement();
    }

    private static void Relations(XmlWriter xml, IReadOnlyList<(string Kind, string Target)> links)
    {
        xml.WriteStartElement("Relationships", Package + "relationships");
        foreach (var ((kind, target), i) in links.Select((l, i) => (l, i)))
        {
            xml.WriteStartElement("Relationship");
            xml.WriteAttributeString("Id", $"rId{Digits(i + 1)}");
            xml.WriteAttributeString("Type", $"{Links}/{kind}");
            xml.WriteAttributeString("Target", target);
            xml.WriteEndElement();
        }
    }

    private static void Book(XmlWriter xml, IReadOnlyList<WorkSheet> sheets)
    {
        xml.WriteStartElement("workbook", Main);
        xml.WriteAttributeString("xmlns", "r", null, Links);
        xml.WriteStartElement("sheets");
        foreach (var (sheet, i) in sheets.Select((s, i) => (s, i)))
        {
            xml.WriteStartElement("sheet");
            xml.WriteAttributeString("name", sheet.Name);
            xml.WriteAttributeString("sheetId", Digits(i + 1));
            xml.WriteAttributeString("r", "id", Links, $"rId{Digits(i + 1)}");
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
        xml.WriteStartElement("calcPr");
        xml.WriteAttributeString("fullCalcOnLoad", "1");
        xml.WriteEndElement();
    }

    private static void Styles(XmlWriter xml)
    {
        xml.WriteStartElement("styleSheet", Main);
        xml.WriteRaw(StyleParts.ReplaceLineEndings(""));
    }

    private const string StyleParts =
        """
        <numFmts count="1"><numFmt numFmtId="164" formatCode="#,##0.############"/>
        </numFmts><fonts count="2"><font><sz val="10"/><name val="Arial"/></font><font><b/><sz val="10"/>
        <name val="Arial"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill>
        <fill><patternFill patternType="gray125"/></fill></fills><borders count="2"><border/>
        <border><top style="thin"/></border></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>
        <cellXfs count="5"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/>
        <xf xfId="0" numFmtId="4" applyNumberFormat="1"/><xf xfId="0" numFmtId="164" applyNumberFormat="1"/>
        <xf xfId="0" numFmtId="4" fontId="1" borderId="1" applyNumberFormat="1" applyFont="1" applyBorder="1"/>
        </cellXfs>
        """;

    private static void Sheet(XmlWriter xml, WorkSheet sheet)
    {
        xml.WriteStartElement("worksheet", Main);
        xml.WriteRaw("""<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" """
            + """activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>""");
        xml.WriteStartElement("cols");
        foreach (var (width, i) in sheet.Widths.Select((w, i) => (w, i)))
        {
            xml.WriteStartElement("col");
            foreach (var side in (string[])["min", "max"]) xml.WriteAttributeString(side, Digits(i + 1));
            xml.WriteAttributeString("width", Digits(width));
            xml.WriteAttributeString("customWidth", "1");
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
        xml.WriteStartElement("sheetData");
        var row = 0;
        foreach (var cells in sheet.Rows) Row(xml, ++row, cells);
        xml.WriteEndElement();
    }

    private static void Row(XmlWriter xml, int row, IReadOnlyList<SheetCell> cells)
    {
        xml.WriteStartElement("row");
        xml.WriteAttributeString("r", Digits(row));
        for (var i = 0; i < cells.Count; i++)
        {
            var cell = cells[i];
            if (cell is { Text: "" } or { Text: null, Value: null, Real: null }) continue;
            xml.WriteStartElement("c");
            xml.WriteAttributeString("r", Column(i) + Digits(row));
            if (cell.Look != Look.Plain) xml.WriteAttributeString("s", Digits((int)cell.Look));
            if (cell.Value is { } value)
            {
                if (cell.Formula is { } formula) xml.WriteElementString("f", formula);
                xml.WriteElementString("v", value.ToString());
            }
            else if (cell.Real is { } real) xml.WriteElementString("v", real);
            else
            {
                xml.WriteAttributeString("t", "inlineStr");
                xml.WriteStartElement("is");
                xml.WriteStartElement("t");
                xml.WriteAttributeString("xml", "space", null, "preserve");
                xml.WriteString(Clean(cell.Text!));
                xml.WriteEndElement();
                xml.WriteEndElement();
            }
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    /// <summary>What XML 1.0 cannot hold is left out, and what a cell cannot is cut.</summary>
    private static string Clean(string text)
    {
        var clean = text.All(XmlConvert.IsXmlChar) ? text
            : string.Concat(text.EnumerateRunes().Where(r => r.Value != 0xFFFD
                && (r.Value > 0xFFFF || XmlConvert.IsXmlChar((char)r.Value))));
        return clean.Length > LongestText ? clean[..LongestText] : clean;
    }

    private static string Digits(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What every zip that is written has in common.</summary>
internal static class Zips
{
    /// <summary>
    /// The time of every entry, so that equal contents are equal bytes: the first that a zip can hold.
    /// </summary>
    public static readonly DateTimeOffset Always = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
}
