using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;
using Celadon.Packs.Lci;
using Celadon.Store.Import.Lci.Template;
using Celadon.Text;

namespace Celadon.Store.Export.Lci;

/// <summary>
/// Writes a database in our own template, as a workbook or as a zip of one CSV a sheet. What was read from a
/// template comes back the same; of other databases what the sheets have no column for is named.
/// </summary>
public static class TemplateWriter
{
    private const int Width = 18;

    /// <summary>Writes a database.</summary>
    /// <param name="database">The database.</param>
    /// <param name="asBook">True for a workbook (XLSX), false for a zip of CSV.</param>
    /// <param name="to">Where it goes.</param>
    /// <param name="text">The language that the sheet of columns is in.</param>
    /// <returns>lci.export.notHeld with what the template has no column for.</returns>
    /// <exception cref="RefusedException">lci.export.rows: more rows than a sheet can hold.</exception>
    public static IReadOnlyList<Finding> Write(LciDatabase database, bool asBook, Stream to, Catalogue text)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(to);
        var notes = new LciNotHeld();
        var rows = new TemplateRows(database, notes).All();
        rows.Add((TemplateSheets.Columns, Explained(text)));
        if (asBook) Book(rows, to, notes);
        else Tables(rows, to);
        return notes.IsEmpty ? [] : [Finding.Of("lci.export.notHeld", Severity.Warning, null,
            ("format", TemplateReader.Format), ("count", notes.Count), ("what", notes.ToString()))];
    }

    /// <summary>What each column means, as rows.</summary>
    private static List<object[]> Explained(Catalogue text) =>
    [
        .. TemplateSheets.All.SelectMany(s => s.Columns.Select(column => (object[])
            [s.Sheet, column, text.Text($"template.{s.Sheet}.{column}")])),
    ];

    private static ImmutableArray<string> Head(string sheet) =>
        sheet == TemplateSheets.Columns ? ["sheet", "column", "meaning"] : TemplateSheets.Of[sheet];

    private static void Book(List<(string Sheet, List<object[]> Rows)> sheets, Stream to, LciNotHeld notes)
    {
        foreach (var (sheet, rows) in sheets)
            if (rows.Count >= Sheets.MostRows)
                throw RefusedException.Of("lci.export.rows", ("sheet", sheet), ("rows", rows.Count),
                    ("most", Sheets.MostRows - 1));
        notes.Add("text beyond 32,767 characters", sheets.Sum(s => s.Rows.Sum(r =>
            r.Count(c => c is string { Length: > 32_767 }))));
        to.Write(Sheets.Write([.. sheets.Select(s => new WorkSheet(s.Sheet,
            [.. Head(s.Sheet).Select(_ => Width)],
            [[.. Head(s.Sheet).Select(h => SheetCell.Of(h, Look.Head))],
                .. s.Rows.Select(r => (IReadOnlyList<SheetCell>)[.. r.Select(c => c is double number
                    ? SheetCell.Of(number) : SheetCell.Of((string)c))])]))]));
    }

    private static void Tables(List<(string Sheet, List<object[]> Rows)> sheets, Stream to)
    {
        using var zip = new ZipArchive(to, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var (sheet, rows) in sheets)
        {
            var entry = zip.CreateEntry($"{sheet}.csv", CompressionLevel.Optimal);
            entry.LastWriteTime = Zips.Always;
            // With a mark of its encoding: spreadsheet programs take it for a local one otherwise.
            using var file = new StreamWriter(entry.Open(), new UTF8Encoding(true)) { NewLine = "\n" };
            file.WriteLine(string.Join(',', Head(sheet)));
            foreach (var row in rows)
                file.WriteLine(string.Join(',', row.Select(c => c is double number
                    ? Celadon.Store.Import.Lci.Shared.Doubles.Write(number) : BooksExport.Cell((string)c))));
        }
    }
}
