using System.Globalization;
using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Registers;

namespace Celadon.Store;

/// <summary>
/// The books as plain text: CSV by RFC 4180, plain decimals, times in UTC. A cell that a spreadsheet would
/// take for a formula gets an apostrophe before it.
/// </summary>
public static class BooksExport
{
    private const int Page = 5000;

    /// <summary>
    /// Every entry up to a position (now when null) with its position and whether it was taken back.
    /// </summary>
    public static void Entries(Workspace workspace, TextWriter to, long? at = null,
        CancellationToken cancel = default)
    {
        Csv(EntryRows(workspace, at, cancel), to);
    }

    /// <summary>Every entry as cells, the names of the columns first; nothing is defused.</summary>
    internal static IEnumerable<string[]> EntryRows(Workspace workspace, long? at,
        CancellationToken cancel)
    {
        var state = at is { } position ? workspace.StateAt(position) : workspace.State();
        yield return ["position", "batch", "from", "to", "resource", "amount", "unit", "calorific", "start",
            "end", "basis", "evidence", "file", "sheet", "row", "facts", "reversed_at"];
        foreach (var record in EntriesOf(workspace, state, cancel))
        {
            var e = ((EntryRecord)record.Body).Entry;
            var file = e.Evidence as Evidence.FileRow;
            var evidence = e.Evidence switch
            {
                Evidence.FileRow row => row.Sha256,
                Evidence.MeterReadings meter => "meter " + meter.Meter,
                Evidence.StatedBy by => "stated by " + by.Actor,
                _ => "",
            };
            var reversed = state.ReversedAt(record.Position);
            yield return [Text(record.Position), Text(record.Batch), e.From.ToString(), e.To.ToString(),
                e.Resource, e.Amount.ToString(), e.Unit, e.Calorific.ToString().ToLowerInvariant(),
                Start(e.Period), End(e.Period), ChainFormat.NameOf(e.Basis), evidence, file?.Name ?? "",
                file?.Sheet ?? "", file is null ? "" : Text(file.Row), e.Facts.Text,
                reversed == 0 ? "" : Text(reversed)];
        }
    }

    /// <summary>The records of entries up to a state's position, in order.</summary>
    internal static IEnumerable<PlacedRecord> EntriesOf(Workspace workspace, JournalState state,
        CancellationToken cancel)
    {
        for (long first = 1; first <= state.Position; first += Page)
        {
            cancel.ThrowIfCancellationRequested();
            var last = Math.Min(first + Page - 1, state.Position);
            foreach (var record in workspace.Journal.Range(first, last, Page))
                if (record.Body is EntryRecord) yield return record;
        }
    }

    /// <summary>Every reading that counts now.</summary>
    public static void Readings(Workspace workspace, TextWriter to, CancellationToken cancel = default)
    {
        Csv(ReadingRows(workspace, cancel), to);
    }

    /// <summary>Every reading that counts now as cells, the names of the columns first.</summary>
    internal static IEnumerable<string[]> ReadingRows(Workspace workspace, CancellationToken cancel)
    {
        var registers = Workspace.RegistersOf(workspace.State());
        yield return ["meter", "start", "end", "amount", "unit", "quality", "batch"];
        foreach (var meter in registers.Of<Meter>())
        {
            foreach (var reading in workspace.AllReadings(meter, registers))
            {
                cancel.ThrowIfCancellationRequested();
                yield return [meter.Id, Start(reading.Period), End(reading.Period), reading.Amount.ToString(),
                    meter.Unit, ((ReadingQuality)reading.Quality).ToString().ToLowerInvariant(),
                    Text(reading.Batch)];
            }
        }
    }

    /// <summary>Everything that exists, as JSON.</summary>
    public static void Registers(Workspace workspace, TextWriter to)
    {
        Csv(RegisterRows(workspace), to);
    }

    /// <summary>Everything that exists as cells, the names of the columns first.</summary>
    internal static IEnumerable<string[]> RegisterRows(Workspace workspace)
    {
        yield return ["type", "id", "position", "json"];
        foreach (var (type, item, position) in workspace.Registers().All)
            yield return [type, item.Id, Text(position), RegisterSet.Write(item)];
    }

    /// <summary>
    /// The journal's hashed lines, each with its hash before it: sha256(previous hash ‖ line) can be checked
    /// by anyone. The first line gives the workspace id that the chain starts from.
    /// </summary>
    public static void Journal(Workspace workspace, TextWriter to, long? at = null,
        CancellationToken cancel = default)
    {
        to.Write($"{ChainFormat.Version} {workspace.Journal.WorkspaceId}\n");
        var lines = workspace.Journal.Lines(cancel);
        foreach (var (hash, line) in at is { } position ? lines.Take((int)position) : lines)
            to.Write($"{hash} {line}\n");
    }

    /// <summary>Rows as CSV, every cell safe to open in a spreadsheet.</summary>
    internal static void Csv(IEnumerable<string[]> rows, TextWriter to)
    {
        foreach (var row in rows) Row(to, row);
    }

    private static string Start(Period period) => period.ToString().Split('/')[0];

    private static string End(Period period) => period.ToString().Split('/')[1];

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static void Row(TextWriter to, params ReadOnlySpan<string> cells)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            if (i > 0) to.Write(',');
            to.Write(Cell(cells[i]));
        }
        to.Write('\n');
    }

    /// <summary>A CSV cell, quoted where needed and safe to open in a spreadsheet.</summary>
    public static string Cell(string text)
    {
        if (text.Length > 0 && (text[0] is '=' or '+' or '@' or '\t' or '\r'
            || (text[0] == '-' && !Amount.TryParse(text, out _)))) text = "'" + text;
        return text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text
            : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
