using Celadon.Quantities;
using Celadon.Store.Import.Detection;
using Celadon.Store.Import.Reading;
using Celadon.Text;

namespace Celadon.Store.Import.Documents;

/// <summary>
/// Parts the rows below a header into data, totals and notes. Totals and notes are reported, and a total is
/// compared with the rows it claims to sum; nothing is dropped silently.
/// </summary>
internal static class RowFilter
{
    /// <summary>Rows of data, and rows that state a total.</summary>
    public static (int[] Data, List<int> Totals) Split(SheetJob job, Column key)
    {
        var sheet = job.Sheet;
        var words = new TotalWords();
        var data = new List<int>(sheet.RowCount - job.Table.FirstRow);
        var totals = new List<int>();
        for (var r = job.Table.FirstRow; r < sheet.RowCount; r++)
        {
            job.Plan.Pace.Check(r);
            var text = sheet.Text(r, key.Index).TrimStart();
            if (text.Length > 0 && (char.IsAsciiDigit(text[0]) || text[0] is >= '０' and <= '９')
                && !StatesTotal(sheet, r, key, words))
            {
                data.Add(r);
                continue;
            }
            if (IsBlank(sheet, r) || IsHeaderAgain(job.Table, r)) continue;
            if (StatesTotal(sheet, r, null, words))
            {
                totals.Add(r);
                job.Find("import.row.total", Severity.Info, r, -1, ("text", Words(sheet, r)));
            }
            else if (IsNote(sheet, r, job.Columns))
                job.Find("import.row.note", Severity.Info, r, -1, ("text", Words(sheet, r)));
            else data.Add(r);
        }
        return ([.. data], totals);
    }

    private static bool IsBlank(Sheet sheet, int row)
    {
        for (var c = 0; c < sheet.Width(row); c++)
            if (!sheet.Text(row, c).IsWhiteSpace()) return false;
        return true;
    }

    private static bool IsHeaderAgain(Table table, int row)
    {
        if (!table.HasHeader) return false;
        var same = 0;
        for (var c = 0; c < table.Sheet.Width(row); c++)
        {
            var text = table.Sheet.Text(row, c).Trim();
            if (text.IsEmpty) continue;
            if (!text.SequenceEqual(table.Sheet.Text(table.FirstRow - 1, c).Trim())) return false;
            same++;
        }
        return same >= 2;
    }

    /// <summary>
    /// A word for a total in one of the first cells; beside a readable key only in a cell of its own.
    /// </summary>
    private static bool StatesTotal(Sheet sheet, int row, Column? key, TotalWords words)
    {
        var cells = Math.Min(sheet.Width(row), 6);
        for (var c = 0; c < cells; c++)
        {
            if (key is not null && c == key.Index) continue;
            var text = sheet.Text(row, c).Trim();
            if (text.Length > 0 && !char.IsAsciiDigit(text[0])
                && words.IsTotal(text)) return true;
        }
        return false;
    }

    /// <summary>A row that says something and measures nothing.</summary>
    private static bool IsNote(Sheet sheet, int row, Column[] columns)
    {
        var amounts = columns.Any(c => c.Role is "amount" or "reading" or "present");
        foreach (var column in columns)
            if ((amounts ? column.Role is "amount" or "reading" or "present" : column.Profile.MostlyNumbers)
                && CellClasses.Of(sheet, row, column.Index) == CellClass.Number) return false;
        return true;
    }

    private static string Words(Sheet sheet, int row)
    {
        for (var c = 0; c < sheet.Width(row); c++)
            if (CellClasses.Of(sheet, row, c) == CellClass.Text) return sheet.Value(row,
                c) is { Length: > 120 } text
                ? text[..120] + "…" : sheet.Value(row, c);
        return "";
    }

    /// <summary>
    /// Compares what total rows state with the rows above them: all of them, or those since the last total.
    /// </summary>
    public static void CheckTotals(SheetJob job, List<int> totals, Column column, ReadOnlySpan<int> rows,
        Func<int, Amount> at)
    {
        var next = 0;
        Amount all = Amount.Zero, since = Amount.Zero;
        foreach (var total in totals)
        {
            for (; next < rows.Length && rows[next] < total; next++)
            {
                all += at(next);
                since += at(next);
            }
            if (NumberText.TryRead(job.Sheet.Text(total, column.Index), column.Style, out var stated, out _)
                && stated != all && stated != since)
                job.Find("import.total.differs", Severity.Warning, total, column.Index, ("stated", stated),
                    ("sum", since == all ? all : since), ("difference", stated - since));
            since = Amount.Zero;
        }
    }

    /// <summary>
    /// Remembers the few texts that a column repeats ("A", "Weekday"), so that each is judged once.
    /// </summary>
    private sealed class TotalWords
    {
        private const int Most = 256;

        private readonly Dictionary<string, bool> _judged = new(StringComparer.Ordinal);

        public bool IsTotal(ReadOnlySpan<char> text)
        {
            var lookup = _judged.GetAlternateLookup<ReadOnlySpan<char>>();
            if (lookup.TryGetValue(text, out var total)) return total;
            total = Vocabulary.Shared.IsTotal(text);
            if (_judged.Count < Most) lookup[text] = total;
            return total;
        }
    }
}
