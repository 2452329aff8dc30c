using Celadon.Text;

namespace Celadon.Store.Import.Reading;

/// <summary>
/// Reads delimited text (RFC 4180 and what people make of it): quoted cells with doubled quotes and line
/// breaks, lines ended by CRLF, LF or CR, mixed. Cells are slices of the decoded text; nothing is copied
/// unless a quote inside a cell was doubled.
/// </summary>
internal static class DelimitedText
{
    /// <summary>
    /// Reads all rows. A quote that is never closed is a finding, and from its row on quotes are plain signs.
    /// </summary>
    public static Sheet Read(
        string fileName, char[] text, char delimiter, int start, ReadLimits limits, List<Finding> findings,
        ImportPace pace)
    {
        var builder = new SheetBuilder(fileName, "", limits, text);
        var stops = new StopScanner(text, delimiter);
        // Lines, for the count alone: a quoted cell may hold several.
        pace.Begin(ImportStage.Reading, Math.Max(text.AsSpan().Count('\n'), text.AsSpan().Count('\r')));
        var quotes = true;
        var at = start;
        var number = start > 0 ? 2 : 1;
        while (at < text.Length)
        {
            var wasQuoted = quotes && text[at] == '"' && Quoted(builder, text, delimiter, ref at);
            if (!wasQuoted)
            {
                if (quotes && text[at] == '"')
                {
                    findings.Add(Finding.Of("import.quote.open", Severity.Warning,
                        new Place(fileName, null, number, Sheet.ColumnLetter(builder.Column))));
                    quotes = false;
                }
                var end = stops.Next(at);
                builder.AddShared(at, end - at, CellKind.Text);
                at = end;
            }
            if (at < text.Length && text[at] == delimiter)
            {
                at++;
                if (at < text.Length) continue;
            }
            if (at + 1 < text.Length && text[at] == '\r' && text[at + 1] == '\n') at++;
            at++;
            builder.EndRow(number++);
            pace.Step();
        }
        pace.End();
        return builder.Build();
    }

    /// <summary>A cell in quotes; false when the closing quote is missing.</summary>
    private static bool Quoted(SheetBuilder builder, char[] text, char delimiter, ref int at)
    {
        var first = at + 1;
        var doubled = false;
        var close = first;
        while (true)
        {
            var next = text.AsSpan(close).IndexOf('"');
            if (next < 0) return false;
            close += next;
            if (close + 1 >= text.Length || text[close + 1] != '"') break;
            doubled = true;
            close += 2;
        }
        var end = close + 1;
        // What follows the closing quote up to the delimiter belongs to the cell: "12"" pipe.
        while (end < text.Length && text[end] != delimiter && text[end] is not ('\r' or '\n')) end++;
        var tail = text.AsSpan(close + 1, end - close - 1);
        if (!doubled && tail.IsWhiteSpace()) builder.AddShared(first, close - first, CellKind.Text);
        else builder.Add(string.Concat(text.AsSpan(first, close - first).ToString()
            .Replace("\"\"", "\"", StringComparison.Ordinal), tail), CellKind.Text);
        at = end;
        return true;
    }
}
