using System.Globalization;
using System.Security;
using System.Text;

namespace LongquanStoke;

/// <summary>
/// A workbook of one sheet in minimal Office Open XML. A cell is a text, a decimal, a day (a serial number
/// shown as a date, as spreadsheets keep them) or nothing.
/// </summary>
public sealed class Workbook(string sheet)
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006";
    private const string Declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

    private readonly List<object?[]> _rows = [];
    private readonly List<string> _texts = [];

    /// <summary>The number of the last row.</summary>
    public int Row => _rows.Count;

    /// <summary>Adds a row and returns its number, from 1.</summary>
    public int Add(params object?[] cells)
    {
        _rows.Add(cells);
        return _rows.Count;
    }

    /// <summary>The bytes of the file.</summary>
    public byte[] Write()
    {
        var rows = new StringBuilder();
        for (var i = 0; i < _rows.Count; i++) AddRow(rows, i + 1, _rows[i]);
        var strings = string.Concat(_texts.Select(t =>
            $"<si><t xml:space=\"preserve\">{SecurityElement.Escape(t)}</t></si>"));
        var count = _texts.Count.ToString(CultureInfo.InvariantCulture);
        return Zip.Write(
        [
            ("[Content_Types].xml", Declaration + ContentTypes()),
            ("_rels/.rels", Declaration + Relations(("officeDocument", "xl/workbook.xml"))),
            ("xl/workbook.xml", $"{Declaration}<workbook xmlns=\"{Main}\" xmlns:r=\"{Office}\"><sheets>"
                + $"<sheet name=\"{SecurityElement.Escape(sheet)}\" sheetId=\"1\" r:id=\"rId1\"/>"
                + "</sheets></workbook>"),
            ("xl/_rels/workbook.xml.rels", Declaration + Relations(
                ("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml"),
                ("sharedStrings", "sharedStrings.xml"))),
            ("xl/styles.xml", $"{Declaration}<styleSheet xmlns=\"{Main}\">"
                + "<fonts count=\"1\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>"
                + "<fills count=\"1\"><fill><patternFill patternType=\"none\"/></fill></fills>"
                + "<borders count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs>"
                + "<cellXfs count=\"2\"><xf xfId=\"0\"/>"
                + "<xf numFmtId=\"14\" xfId=\"0\" applyNumberFormat=\"1\"/></cellXfs>"
                + "</styleSheet>"),
            ("xl/sharedStrings.xml",
                $"{Declaration}<sst xmlns=\"{Main}\" count=\"{count}\" uniqueCount=\"{count}\">"
                + $"{strings}</sst>"),
            ("xl/worksheets/sheet1.xml",
                $"{Declaration}<worksheet xmlns=\"{Main}\"><sheetData>{rows}</sheetData></worksheet>"),
        ]);
    }

    private void AddRow(StringBuilder rows, int number, object?[] cells)
    {
        rows.Append(CultureInfo.InvariantCulture, $"<row r=\"{number}\">");
        for (var i = 0; i < cells.Length; i++)
        {
            if (cells[i] is not { } cell) continue;
            var (kind, value) = cell switch
            {
                decimal amount => ("", Numbers.Text(amount)),
                DateOnly day => (" s=\"1\"", Serial(day)),
                _ => (" t=\"s\"", Shared((string)cell)),
            };
            rows.Append(CultureInfo.InvariantCulture,
                $"<c r=\"{(char)('A' + i)}{number}\"{kind}><v>{value}</v></c>");
        }
        rows.Append("</row>");
    }

    /// <summary>Days since 30 December 1899: the 1900 date system after its imaginary 29 February.</summary>
    private static string Serial(DateOnly day) =>
        (day.DayNumber - new DateOnly(1899, 12, 30).DayNumber).ToString(CultureInfo.InvariantCulture);

    private string Shared(string text)
    {
        var index = _texts.IndexOf(text);
        if (index < 0) _texts.Add(text);
        return (index < 0 ? _texts.Count - 1 : index).ToString(CultureInfo.InvariantCulture);
    }

    private static string Relations(params (string Type, string Target)[] relations) =>
        $"<Relationships xmlns=\"{Package}/relationships\">" + string.Concat(relations.Select((r, i) =>
            $"<Relationship Id=\"rId{(i + 1).ToString(CultureInfo.InvariantCulture)}\" "
            + $"Type=\"{Office}/{r.Type}\" Target=\"{r.Target}\"/>")) + "</Relationships>";

    private static string ContentTypes()
    {
        const string kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
        return $"<Types xmlns=\"{Package}/content-types\">"
            + "<Default Extension=\"rels\" "
            + "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
            + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
            + $"<Override PartName=\"/xl/workbook.xml\" ContentType=\"{kind}sheet.main+xml\"/>"
            + $"<Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"{kind}worksheet+xml\"/>"
            + $"<Override PartName=\"/xl/styles.xml\" ContentType=\"{kind}styles+xml\"/>"
            + $"<Override PartName=\"/xl/sharedStrings.xml\" ContentType=\"{kind}sharedStrings+xml\"/>"
            + "</Types>";
    }
}
