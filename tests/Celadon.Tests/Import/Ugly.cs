using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;
using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Store.Import;
using Celadon.Store.Import.Reading;
using Celadon.Text;

namespace Celadon.Tests.Import;

/// <summary>
/// Makes files as suppliers and loggers write them, and plans them for a works of one site.
/// </summary>
internal static class Ugly
{
    static Ugly() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>A works at Stoke with one registered half-hourly meter.</summary>
    public static RegisterSet Stoke { get; } = RegisterSet.From(
    [
        Item("site", new Site { Id = "stoke", Country = "GB", Zone = "Europe/London" }),
        Item("meter", new Meter
        {
            Id = "M1", Site = "stoke", From = "grid:GB", To = "site:stoke", Resource = "electricity",
                Unit = "kWh", Scale = 2,
        }),
    ]);

    /// <summary>A works at Longquan.</summary>
    public static RegisterSet Longquan { get; } = RegisterSet.From(
    [
        Item("site", new Site { Id = "longquan", Country = "CN", Zone = "Asia/Shanghai" }),
    ]);

    private static (long, RegisterRecord) Item(string type, RegisterItem item) =>
        (1, new RegisterRecord(type, item.Id, RegisterSet.Write(item)));

    public static ImportPlan Plan(
        string name, string text, RegisterSet? registers = null, Encoding? encoding = null, bool yes = false,
        string? map = null, params (string Id, string Choice)[] answers) =>
        Plan([File(name, text, encoding)], registers, yes, map, answers);

    public static ImportPlan Plan(
        IReadOnlyList<SourceFile> files, RegisterSet? registers = null, bool yes = false, string? map = null,
        params (string Id, string Choice)[] answers) =>
        Importer.Plan(files, new ImportContext
        {
            Registers = registers ?? RegisterSet.Empty,
            ProvedOnly = yes,
            Maps = map is null ? [] : ImportMap.Parse(map),
            Answers = System.Collections.Immutable.ImmutableSortedDictionary.CreateRange(
                answers.Select(a => KeyValuePair.Create(a.Id, a.Choice))),
        });

    public static SourceFile File(string name, string text, Encoding? encoding = null)
    {
        encoding ??= new UTF8Encoding(false);
        return new SourceFile(name, (byte[])[.. encoding.GetPreamble(), .. encoding.GetBytes(text)]);
    }

    public static Encoding Gb18030 => Encoding.GetEncoding("GB18030");
    public static Encoding Windows1252 => Encoding.GetEncoding(1252);

    /// <summary>
    /// A workbook of one sheet. Cells: text as it is, numbers as "=12.5", dates as "@45931.5" (a serial shown
    /// as a date), empty as "". Row n of the array is row n of the sheet.
    /// </summary>
    public static SourceFile Workbook(string name, string[][] rows, params string[] merges) =>
        Packed(name, SheetXml(rows, merges));

    /// <summary>A workbook of several sheets, each perhaps hidden.</summary>
    public static SourceFile Books(
        string name, params (string Name, bool Hidden, string[][] Rows)[] sheets) =>
        Packed(name, [.. sheets.Select(s => (s.Name, s.Hidden, SheetXml(s.Rows)))]);

    private static string SheetXml(string[][] rows, params string[] merges)
    {
        var sheet =
            new StringBuilder("<worksheet><sheetData>");
        for (var r = 0; r < rows.Length; r++)
        {
            sheet.Append(CultureInfo.InvariantCulture, $"<row r=\"{r + 1}\">");
            for (var c = 0; c < rows[r].Length; c++)
            {
                var (cell, at) = (rows[r][c], $"{(char)('A' + c)}{r + 1}");
                if (cell.StartsWith('=')) sheet.Append(CultureInfo.InvariantCulture,
                    $"<c r=\"{at}\"><v>{cell[1..]}</v></c>");
                else if (cell.StartsWith('@')) sheet.Append(CultureInfo.InvariantCulture,
                    $"<c r=\"{at}\" s=\"1\"><v>{cell[1..]}</v></c>");
                else if (cell.Length > 0)
                    sheet.Append(CultureInfo.InvariantCulture,
                        $"<c r=\"{at}\" t=\"inlineStr\"><is><t>{SecurityElement.Escape(cell)}</t></is></c>");
            }
            sheet.Append("</row>");
        }
        sheet.Append("</sheetData>");
        if (merges.Length > 0)
            sheet.Append("<mergeCells>" + string.Concat(
                merges.Select(m => $"<mergeCell ref=\"{m}\"/>")) + "</mergeCells>");
        return sheet.Append("</worksheet>").ToString();
    }

    /// <summary>A workbook around the XML of one worksheet.</summary>
    public static SourceFile Packed(string name, string sheetXml) => Packed(name, ("S1", false, sheetXml));

    private static SourceFile Packed(string name, params (string Name, bool Hidden, string Xml)[] sheets)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Part("xl/workbook.xml", "<workbook xmlns:r=\"r\"><sheets>" + string.Concat(sheets.Select((s, i) =>
                $"<sheet name=\"{s.Name}\" {(s.Hidden ? "state=\"hidden\" " : "")}r:id=\"a{i}\"/>"))
                + "</sheets></workbook>");
            Part("xl/_rels/workbook.xml.rels", "<Relationships>" + string.Concat(sheets.Select((_, i) =>
                $"<Relationship Id=\"a{i}\" Target=\"worksheets/sheet{i + 1}.xml\"/>")) + "</Relationships>");
            Part("xl/styles.xml",
                "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"22\"/></cellXfs></styleSheet>");
            for (var i = 0; i < sheets.Length; i++) Part($"xl/worksheets/sheet{i + 1}.xml", sheets[i].Xml);

            void Part(string path, string text)
            {
                using var writer = new StreamWriter(zip.CreateEntry(path).Open());
                writer.Write(text);
            }
        }
        return new SourceFile(name, stream.ToArray());
    }

    /// <summary>The only finding of a code.</summary>
    public static Finding Only(this ImportPlan plan, string code) =>
        Assert.Single(plan.Findings, finding => finding.Code == code);

    public static bool Has(this ImportPlan plan, string code) =>
        plan.Findings.Any(finding => finding.Code == code);

    /// <summary>The findings that are warnings or errors, as "code@row".</summary>
    public static string[] Problems(this ImportPlan plan) =>
        [.. plan.Findings.Where(f => f.Severity > Severity.Info).Select(f => $"{f.Code}@{f.Place?.Row}")];

    public static Amount Sum(this ImportPlan plan) =>
        plan.Totals.Aggregate(Amount.Zero, (sum, total) => sum + total.Amount);

    /// <summary>The amounts of the entries in their order.</summary>
    public static string[] Amounts(this ImportPlan plan) =>
        [.. plan.Entries.Select(e => $"{e.Amount} {e.Unit}")];
}
