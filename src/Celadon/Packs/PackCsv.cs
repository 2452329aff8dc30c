using System.Collections.Immutable;
using System.Text;
using Celadon.Text;

namespace Celadon.Packs;

/// <summary>A record of a CSV file.</summary>
/// <param name="Number">From 1; the header is 1.</param>
/// <param name="Cells">Its cells.</param>
public readonly record struct CsvRecord(int Number, string[] Cells);

/// <summary>
/// Strict RFC 4180: UTF-8, commas, quotes doubled inside quotes, LF or CRLF. Anything else is a finding with
/// its
/// record, never a guess.
/// </summary>
public static class PackCsv
{
    /// <summary>The largest file that is read, in bytes.</summary>
    public const int MostBytes = 64 * 1024 * 1024;

    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>The records of a file, or null with a finding that says what is wrong and where.</summary>
    public static ImmutableArray<CsvRecord>? Parse(byte[] bytes, string file, ICollection<Finding> findings)
    {
        if (bytes.Length > MostBytes)
            return Refuse(findings, file, null, "packs.size", ("bytes", bytes.Length), ("most", MostBytes));
        string text;
        try
        {
            text = Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            return Refuse(findings, file, null, "packs.encoding", ("byte", e.Index));
        }
        if (text.StartsWith('\uFEFF')) text = text[1..];
        return Records(text, file, findings);
    }

    private static ImmutableArray<CsvRecord>? Records(string text, string file, ICollection<Finding> findings)
    {
        var records = ImmutableArray.CreateBuilder<CsvRecord>();
        var cells = new List<string>();
        var at = 0;
        while (at < text.Length)
        {
            var number = records.Count + 1;
            if (Cell(text, ref at, out var cell) is { } reason)
                return Refuse(findings, file, number, "packs.csv", ("reason", reason));
            cells.Add(cell);
            if (at < text.Length && text[at] == ',')
            {
                at++;
                if (at == text.Length) cells.Add("");
                else continue;
            }
            if (at < text.Length && text[at] == '\r') at++;
            if (at < text.Length && text[at] == '\n') at++;
            records.Add(new CsvRecord(number, [.. cells]));
            cells.Clear();
        }
        return records.ToImmutable();
    }

    /// <summary>
    /// Reads one cell and stops at its comma or line end; gives the reason when it is not well formed.
    /// </summary>
    private static string? Cell(string text, ref int at, out string cell)
    {
        cell = "";
        if (at < text.Length && text[at] == '"') return Quoted(text, ref at, out cell);
        var start = at;
        while (at < text.Length && text[at] is not (',' or '\n' or '\r'))
        {
            if (text[at] is '"') return "quote-inside";
            if (text[at] is < ' ' and not '\t' or '\u007F') return "control-character";
            at++;
        }
        if (at < text.Length && text[at] == '\r' && (at + 1 >= text.Length || text[at + 1] != '\n'))
            return "lone-cr";
        cell = text[start..at];
        return null;
    }

    private static string? Quoted(string text, ref int at, out string cell)
    {
        var value = new StringBuilder();
        cell = "";
        for (at++; at < text.Length; at++)
        {
            if (text[at] != '"') value.Append(text[at]);
            else if (at + 1 < text.Length && text[at + 1] == '"') value.Append(text[at++]);
            else
            {
                at++;
                cell = value.ToString();
                return at == text.Length || text[at] is ',' or '\n' or '\r' ? null : "after-quote";
            }
        }
        return "open-quote";
    }

    private static ImmutableArray<CsvRecord>? Refuse(
        ICollection<Finding> findings, string file, int? row, string code, params (string, object)[] args)
    {
        findings.Add(Finding.Of(code, Severity.Error, new Place(File: file, Row: row),
            [("file", file), .. args]));
        return null;
    }
}
