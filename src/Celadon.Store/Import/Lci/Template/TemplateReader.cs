using Celadon.Packs.Lci;
using Celadon.Store.Import.Lci.Shared;
using Celadon.Store.Import.Reading;
using Celadon.Text;

namespace Celadon.Store.Import.Lci.Template;

/// <summary>
/// Reads our own template: a workbook, or a table of text a sheet. A row that cannot be placed refuses the
/// whole of it, with the cell.
/// </summary>
public static class TemplateReader
{
    /// <summary>What the format is called in findings.</summary>
    public const string Format = "Celadon template";

    /// <summary>True for a file that may be part of such a database, by its name.</summary>
    public static bool Recognises(string name) =>
        name.EndsWith(".xlsx", StringComparison.OrdinalIgnoreCase)
        || (SheetOf(name) is { } sheet && sheet is "processes" or "exchanges" or "factors");

    /// <summary>Reads all parts together.</summary>
    /// <param name="name">What the database will be called.</param>
    /// <param name="files">Its files.</param>
    /// <param name="limits">The bounds.</param>
    /// <param name="cancel">Stops between two files.</param>
    public static LciReading Read(string name, IEnumerable<LciPart> files, LciLimits? limits = null,
        CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        var notes = new LciNotes(limits ?? LciLimits.Default);
        var tables = new Dictionary<string, TemplateTable>(StringComparer.Ordinal);
        foreach (var part in files.OrderBy(p => p.Name, StringComparer.Ordinal))
        {
            cancel.ThrowIfCancellationRequested();
            try
            {
                Take(part, tables, notes);
            }
            catch (RefusedException problem)
            {
                notes.Say(problem.Finding);
            }
        }
        var sheetsFit = !notes.HasErrors;
        var parts = new TemplateParts(tables, notes);
        var database = parts.Build(name);
        if (database.Processes.IsEmpty && database.Categories.IsEmpty && !notes.HasErrors)
            notes.Say(Finding.Of("formats.nothing", Severity.Error, null, ("format", Format)));
        var counts = LciCounts.Of(database);
        if (counts.WithoutProvider > 0)
            notes.Say(Finding.Of("lci.noCandidate", Severity.Info, null, ("count", counts.WithoutProvider),
                ("of", counts.ProductInputs)));
        return notes.Reading(parts.IsWhole && sheetsFit ? database : null, Format);
    }

    private static void Take(LciPart part, Dictionary<string, TemplateTable> tables, LciNotes notes)
    {
        var isBook = part.Name.EndsWith(".xlsx", StringComparison.OrdinalIgnoreCase);
        var own = SheetOf(part.Name);
        if (!isBook && own is null)
        {
            notes.NotCarried(LciNotes.Shown(part.Name));
            return;
        }
        using var stream = part.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        var content = FileReader.Read(new SourceFile(part.Name, bytes.ToArray()));
        if (!isBook && content.Sheets is [{ RowCount: > 1 } only]
            && IsCut(bytes.ToArray(), (byte)content.Delimiter))
            throw new RefusedException(Finding.Of("lci.template.cut", Severity.Error,
                new Place(part.Name, Row: only.RowNumber(only.RowCount - 1)), ("file", part.Name),
                ("row", only.RowNumber(only.RowCount - 1))));
        foreach (var sheet in content.Sheets)
        {
            var title = isBook ? sheet.Name.Trim().ToLowerInvariant() : own!;
            if (title == TemplateSheets.Columns) continue;
            if (!TemplateSheets.Of.ContainsKey(title)) notes.NotCarried(LciNotes.Shown(sheet.Name));
            else if (!tables.TryAdd(title, new(title, part.Name, sheet, content.Delimiter, notes)))
                throw new RefusedException(Finding.Of("lci.duplicate", Severity.Error, new Place(part.Name),
                    ("id", title), ("name", part.Name)));
        }
    }

    /// <summary>
    /// A file without an end of line, whose last row is shorter than its first, ends in the middle of a row:
    /// its last number may be the beginning of another.
    /// </summary>
    private static bool IsCut(ReadOnlySpan<byte> bytes, byte delimiter)
    {
        var last = bytes[(bytes.LastIndexOfAny("\r\n"u8) + 1)..];
        var head = bytes.IndexOfAny("\r\n"u8) is > 0 and var end ? bytes[..end] : [];
        // Quotes may hold a line's end: what is a row there only the whole file tells.
        return last.Length > 0 && !last.Contains((byte)'"') && !head.Contains((byte)'"')
            && last.Count(delimiter) < head.Count(delimiter);
    }

    /// <summary>The sheet that a text file is, by its name; null for any other file.</summary>
    private static string? SheetOf(string name)
    {
        var file = Path.GetFileName(name).ToLowerInvariant();
        return Path.GetExtension(file) is ".csv" or ".txt" or ".tsv"
            && Path.GetFileNameWithoutExtension(file) is var stem
            && (stem == TemplateSheets.Columns || TemplateSheets.Of.ContainsKey(stem)) ? stem : null;
    }
}
