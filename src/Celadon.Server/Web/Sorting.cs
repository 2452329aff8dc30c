using System.Globalization;
using Celadon.Quantities;

namespace Celadon.Server.Web;

/// <summary>
/// Rows by a column, as the address asks: "sort-TABLE=COLUMN", with a minus from the largest down. What
/// cannot be told from one another (numbers of several units) has no order and no link.
/// </summary>
internal static class Sorting
{
    private const string Down = "-";

    /// <summary>The table with links in its heads, its rows in the order that is asked for.</summary>
    public static Table By(PageContext at, Table table)
    {
        var rows = table.Rows.Where(r => !r.IsRest).ToList();
        if (at.IsFile || rows.Count < 2) return table;
        var asked = at["sort-" + table.Id] ?? "";
        var (key, down) = asked.StartsWith(Down, StringComparison.Ordinal) ? (asked[1..], true)
            : (asked, false);
        var found = table.Columns.ToList().FindIndex(c => c.Key == key);
        var sorts = found >= 0 && HasOrder(table, rows, found);
        return table with
        {
            Columns = [.. table.Columns.Select((c, i) => !HasOrder(table, rows, i) ? c : c with
            {
                Sort = at.Here(("sort-" + table.Id, Next(c, sorts && i == found ? down : null)))
                    + "#" + table.Id,
                Sorted = !sorts || i != found ? null : down ? "descending" : "ascending",
            })],
            Rows = !sorts ? table.Rows
                : [.. Sorted(rows, table.Columns[found], found, down, at.Text.Culture),
                    .. table.Rows.Where(r => r.IsRest)],
        };
    }

    /// <summary>Numbers from the largest, words from the first; then the other way; then as it was.</summary>
    private static string? Next(Column column, bool? down) => (column.Align, down) switch
    {
        (Align.Number, null) or (Align.Text, false) => Down + column.Key,
        (Align.Number, true) or (Align.Text, null) => column.Key,
        _ => null,
    };

    private static IEnumerable<Row> Sorted(List<Row> rows, Column column, int i, bool down,
        CultureInfo culture)
    {
        var words = StringComparer.Create(culture, ignoreCase: true);
        var filled = rows.Where(r => !IsBlank(column, r.Cells[i]));
        var sorted = column.Align == Align.Number
            ? down ? filled.OrderByDescending(r => Number(r.Cells[i])!.Value)
                : filled.OrderBy(r => Number(r.Cells[i])!.Value)
            : down ? filled.OrderByDescending(r => Text(r.Cells[i]), words)
                : filled.OrderBy(r => Text(r.Cells[i]), words);
        return sorted.Concat(rows.Where(r => IsBlank(column, r.Cells[i])));
    }

    private static bool HasOrder(Table table, List<Row> rows, int i)
    {
        var column = table.Columns[i];
        var cells = rows.Where(r => i < r.Cells.Count).Select(r => r.Cells[i])
            .Where(c => !IsBlank(column, c)).ToList();
        if (cells.Count < 2 || rows.Exists(r => r.Cells.Count <= i)) return false;
        // A number among words would be sorted by its first digit.
        return column.Align == Align.Text ? !cells.Exists(c => c.IsNumber)
            : cells.Select(UnitOf).Distinct().Count() == 1;
    }

    private static bool IsBlank(Column column, Cell cell) => column.Align == Align.Number
        ? Number(cell) is null : Text(cell).Length == 0;

    private static Amount? Number(Cell cell) =>
        Amount.TryParse(cell.Stored, out var value) ? value : null;

    private static string Text(Cell cell) => cell is Words words ? words.Text : cell.Stored;

    private static string UnitOf(Cell cell) => cell switch
    {
        Number number => number.Unit,
        Plain plain => plain.Unit ?? "",
        _ => "",
    };
}
