using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
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
        var text = new StringBuilder();
        IReadOnlyList<Row> rows = table.Total is null ? table.Rows : [.. table.Rows, table.Total];
        bool[] named = [.. table.Columns.Select((_, i) => table.NamesInFiles
            && rows.Any(r => Cell(r, i) is Words { Key: { } key } words && key != words.Text))];
        bool[] measured = [.. table.Columns.Select((_, i) => table.NamesInFiles
            && rows.Any(r => Cell(r, i) is Number { Unit.Length: > 0 }))];
        Line(text, table.Columns.SelectMany((c, i) => Beside(Defused(c.Key), i, c.Key + "Name",
            c.Key + "Unit")));
        foreach (var row in rows)
            Line(text, row.Cells.SelectMany((c, i) => Beside(c.IsNumber ? c.Stored : Defused(c.Stored), i,
                c is Words words ? Defused(words.Text) : "",
                c is Number number ? Defused(number.Unit) : "")));
        return text.ToString();

        static Cell? Cell(Row row, int i) => i < row.Cells.Count ? row.Cells[i] : null;
        IEnumerable<string> Beside(string stored, int i, string name, string unit) =>
            [stored, .. named[i] ? [name] : Array.Empty<string>(),
                .. measured[i] ? [unit] : Array.Empty<string>()];
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
