using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Celadon.Store;
using Microsoft.AspNetCore.Http;

namespace Celadon.Server.Web;

/// <summary>The JSON and CSV twins of a page: the same rows in stored form.</summary>
internal static class Twins
{
    public static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private const string Starts = "=+-@＝＋－＠";
    private const string Unseen = "\u200b\u200c\u200d\u2060\ufeff";

    public static IResult Json(Page page)
    {
        var twin = new JsonObject
        {
            ["page"] = page.At.Path,
            ["title"] = page.Title,
            ["site"] = page.At.Site,
            ["period"] = page.IsTimeless ? null : page.At.Period?.ToString(),
            ["position"] = page.At.Books.Head.Position,
            ["head"] = page.At.Books.Head.Hash,
        };
        foreach (var (name, value) in page.Data) twin[name] = value?.DeepClone();
        var tables = new JsonObject();
        foreach (var table in page.AllTables) tables[table.Id] = new JsonArray(
            [.. table.Rows.Select(r => Object(table, r))]);
        if (tables.Count > 0) twin["tables"] = tables;
        return Results.Text(twin.ToJsonString(Indented), "application/json", Encoding.UTF8, page.Status);
    }

    public static IResult? Csv(Page page)
    {
        var asked = page.At["table"];
        var table = page.AllTables.FirstOrDefault(t => asked is null || t.Id == asked);
        if (table is null) return null;
        page.At.Http.Response.Headers.ContentDisposition =
            $"attachment; filename=\"{FileName(page, table.Id)}.csv\"";
        return Results.Text(Csv(table), "text/csv", new UTF8Encoding(true), page.Status);
    }

    /// <summary>The whole answer as a workbook: what it is of, and every table; else null.</summary>
    public static IResult? Workbook(Page page)
    {
        if (page is not IHasWorkbook { About.Count: > 0 } whole) return null;
        var at = page.At;
        List<AnswerSheet> sheets =
        [
            new(at.L("web.sheet.about"), [], [.. whole.About.Where(f => f.Value.Length > 0)
                .Select(f => (IReadOnlyList<AnswerCell>)[new(f.Name), new(f.Value)])]),
            .. page.AllTables.Where(t => t.Id != ResultTable.Id).Select(t => Sheet(at, t)),
        ];
        return Results.File(AnswerWorkbook.Write(sheets), BillFiles.Kind,
            $"{FileName(page, page.Tab ?? page.Section)}.xlsx");
    }

    private static AnswerSheet Sheet(PageContext at, Table table)
    {
        var (file, name) = (new FileTable(table), $"web.sheet.{table.Id}");
        return new AnswerSheet(at.Text.Has(name) ? at.L(name) : table.Caption, [.. file.Heads(at)],
            [.. file.Cells]);
    }

    /// <summary>A chart as a file with its own colours.</summary>
    public static IResult? Drawing(Page page)
    {
        var asked = page.At["table"];
        var chart = page.Charts.FirstOrDefault(c => asked is null || c.Id == asked);
        if (chart is null) return null;
        page.At.Http.Response.Headers.ContentDisposition =
            $"attachment; filename=\"{FileName(page, chart.Id)}.svg\"";
        return Results.Text(chart.Drawing.Draw("d", 960), "image/svg+xml", Encoding.UTF8, page.Status);
    }

    /// <summary>RFC 4180; cells that a spreadsheet would take for a formula are defused.</summary>
    public static string Csv(Table table)
    {
        var (text, file) = (new StringBuilder(), new FileTable(table));
        Line(text, file.Keys.Select(Defused));
        foreach (var line in file.Lines)
            Line(text, line.Select(c => c.IsNumber ? c.Text : Defused(c.Text)));
        return text.ToString();
    }

    /// <summary>
    /// A leading = + - @, also in full width, or one that stands after white space or a character that is not
    /// seen, starts a formula in a spreadsheet; an apostrophe stops it.
    /// </summary>
    internal static string Defused(string text)
    {
        var first = text.AsSpan().TrimStart().TrimStart(Unseen).TrimStart();
        return (first.Length > 0 && Starts.Contains(first[0])) || text is ['\t' or '\r' or '\n', ..]
            ? "'" + text : text;
    }

    private static JsonObject Object(Table table, Row row)
    {
        var item = new JsonObject();
        for (var i = 0; i < table.Columns.Count && i < row.Cells.Count; i++)
        {
            var cell = row.Cells[i];
            item[table.Columns[i].Key] = cell switch
            {
                Unknown => null,
                Number number => new JsonObject { ["value"] = number.Stored, ["unit"] = number.Unit },
                _ => cell.Stored,
            };
        }
        return item;
    }

    private static void Line(StringBuilder text, IEnumerable<string> cells)
    {
        var first = true;
        foreach (var cell in cells)
        {
            if (!first) text.Append(',');
            first = false;
            var quote = cell.AsSpan().IndexOfAny(",\"\r\n") >= 0;
            text.Append(quote ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell);
        }
        text.Append("\r\n");
    }

    private static string FileName(Page page, string part) => string.Concat(
        $"celadon-{page.At.Path.Trim('/').Replace('/', '-')}-{part}".Where(c =>
            char.IsAsciiLetterOrDigit(c) || c == '-'));
}
