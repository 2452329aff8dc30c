using Celadon.Quantities;
using Celadon.Store.Import.Reading;

namespace Celadon.Store.Import.Detection;

/// <summary>A column of a table as its file heads it.</summary>
/// <param name="Index">From 0.</param>
/// <param name="Header">The whole header, of one or two rows; the column's letter where there is
/// none.</param>
/// <param name="Name">The header without its unit.</param>
/// <param name="Unit">The unit in the header, or null.</param>
internal sealed record TableColumn(int Index, string Header, string Name, Unit? Unit);

/// <summary>The table found in a sheet: where its header and rows lie and what stands above it.</summary>
internal sealed class Table
{
    public required SourceFile File { get; init; }
    public required Sheet Sheet { get; init; }
    public required char Delimiter { get; init; }

    /// <summary>First row of the header; equal to <see cref="FirstRow"/> where there is no header.</summary>
    public required int HeaderRow { get; init; }

    /// <summary>First row below the header.</summary>
    public required int FirstRow { get; init; }

    public required TableColumn[] Columns { get; init; }

    /// <summary>
    /// "Key: value" pairs above the table, by what the key means ("meter", "unit") or by the key itself.
    /// </summary>
    public required IReadOnlyDictionary<string, string> Preamble { get; init; }

    /// <summary>Everything above the header, for titles.</summary>
    public required string Title { get; init; }

    /// <summary>Counts the rows that are read from it.</summary>
    public ImportPace Pace { get; set; } = ImportPace.Unheard;

    /// <summary>True when there is a header row.</summary>
    public bool HasHeader => FirstRow > HeaderRow;

    /// <summary>The name of the sheet in a place, null for a text file.</summary>
    public string? SheetName => Sheet.Name.Length == 0 ? null : Sheet.Name;

    /// <summary>A place in this table.</summary>
    public Text.Place At(int row, int column = -1) => new(File.Name, SheetName, Sheet.RowNumber(row),
        column < 0 ? null : Columns[column].Header);
}

/// <summary>
/// Finds the table in a sheet: skips titles and notes above it, joins a header of two rows.
/// </summary>
internal static class TableFinder
{
    private const int SearchRows = 80;

    /// <summary>What separates several "key: value" pairs in one cell.</summary>
    private static readonly string[] PairSigns = ["  ", "；", "　", "\t"];

    /// <summary>The table, or null when no row of the sheet looks like data.</summary>
    /// <param name="file">The file.</param>
    /// <param name="sheet">One of its sheets.</param>
    /// <param name="delimiter">Delimiter of a text file.</param>
    /// <param name="headerRow">The header's row number as a map states it, or null.</param>
    public static Table? Find(SourceFile file, Sheet sheet, char delimiter, int? headerRow)
    {
        var rows = Math.Min(sheet.RowCount, SearchRows);
        var shapes = new RowShape[rows];
        var words = new Dictionary<string, (bool Unit, bool Known)>(StringComparer.Ordinal);
        for (var r = 0; r < rows; r++) shapes[r] = RowShape.Of(sheet, r, words);
        var (best, bestScore) = (-1, 2.5);
        for (var r = 0; r < rows; r++)
        {
            if (headerRow is { } stated && sheet.RowNumber(r) == stated)
            {
                best = r;
                break;
            }
            if (headerRow is null && shapes[r].HeaderScore is var score && score > bestScore
                && FollowedByData(shapes, r)) (best, bestScore) = (r, score);
        }
        var firstData = Array.FindIndex(shapes, s => s.IsData);
        if (firstData < 0 && best < 0) return null;
        if (best < 0 || firstData >= 0 && firstData < best && bestScore < 6 && headerRow is null)
            return Make(file, sheet, delimiter, firstData, firstData, firstData);
        var (top, bottom) = Extend(sheet, shapes, best);
        return Make(file, sheet, delimiter, top, bottom + 1, top);
    }

    private static bool FollowedByData(RowShape[] shapes, int row)
    {
        var seen = 0;
        for (var r = row + 1; r < shapes.Length && seen < 4; r++)
        {
            if (shapes[r].NonEmpty == 0) continue;
            if (shapes[r].IsData) return true;
            seen++;
        }
        return false;
    }

    /// <summary>A group row above, or a row of units or second names below, belongs to the header.</summary>
    private static (int Top, int Bottom) Extend(Sheet sheet, RowShape[] shapes, int best)
    {
        var (top, bottom) = (best, best);
        if (best > 0 && shapes[best - 1].IsGroupRow(sheet, best - 1)) top--;
        while (bottom + 1 < shapes.Length && shapes[bottom + 1].IsSubHeader) bottom++;
        return (top, bottom);
    }

    private static Table Make(SourceFile file, Sheet sheet, char delimiter, int top, int first,
        int preambleEnd)
    {
        var columns = new TableColumn[sheet.ColumnCount];
        for (var c = 0; c < columns.Length; c++)
        {
            var header = top == first ? "" : HeaderOf(sheet, top, first, c);
            var (name, unit) = header.Length == 0 ? ("", null) : UnitText.OfHeader(header);
            columns[c] = new TableColumn(c, header.Length == 0 ? Sheet.ColumnLetter(c) : header, name, unit);
        }
        var (preamble, title) = Above(sheet, preambleEnd);
        return new Table
        {
            File = file,
            Sheet = sheet,
            Delimiter = delimiter,
            HeaderRow = top,
            FirstRow = first,
            Columns = columns,
            Preamble = preamble,
            Title = title,
        };
    }

    private static string HeaderOf(Sheet sheet, int top, int first, int column)
    {
        var parts = new List<string>();
        for (var r = top; r < first; r++)
        {
            var text = OneLine(sheet.Value(r, column));
            // A group name stands in the first cell of its columns only, merged or not.
            if (text.Length == 0 && r == top && first - top > 1)
                for (var c = column - 1; c >= 0 && text.Length == 0; c--)
                {
                    if (sheet.Value(first - 1, c).Length == 0) break;
                    text = OneLine(sheet.Value(r, c));
                }
            if (text.Length > 0 && !parts.Contains(text)) parts.Add(text);
        }
        return string.Join(' ', parts);
    }

    private static string OneLine(string text) => text.AsSpan().IndexOfAny('\r', '\n') < 0
        ? text : text.Replace("\r\n", " ", StringComparison.Ordinal).Replace('\n', ' ').Replace('\r', ' ')
        .Trim();

    private static (Dictionary<string, string> Pairs, string Title) Above(Sheet sheet, int end)
    {
        var pairs = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var title = new List<string>();
        for (var r = 0; r < end; r++)
        {
            for (var c = 0; c < sheet.Width(r); c++)
            {
                var cell = sheet.Value(r, c);
                if (cell.Length == 0 || sheet.IsSpread(r, c)) continue;
                title.Add(cell);
                foreach (var part in cell.Split(PairSigns, StringSplitOptions.RemoveEmptyEntries))
                {
                    var colon = part.IndexOfAny([':', '：']);
                    var key = colon > 0 ? part[..colon] : part;
                    var value = colon > 0 ? part[(colon + 1)..].Trim() : "";
                    if (value.Length == 0) value = sheet.Value(r, c + 1);
                    if (value.Length > 0 && key.Length is > 0 and < 40) AddPair(pairs, key.Trim(), value);
                }
            }
        }
        return (pairs, string.Join(' ', title));
    }

    private static void AddPair(Dictionary<string, string> pairs, string key, string value)
    {
        pairs.TryAdd(key, value);
        if (Vocabulary.Shared.RoleOf(key).Role is { } role) pairs.TryAdd(role, value);
    }
}

/// <summary>What the cells of a row look like, for telling headers from data.</summary>
internal readonly record struct RowShape(
    int NonEmpty, int Text, int Numbers, int Dates, int Known, int Units, bool Run, bool Pairs)
{
    /// <summary>A row with something measured in it.</summary>
    public bool IsData => !Run && NonEmpty >= 2 && Numbers + Dates >= 1 && (Numbers + Dates) * 4 >= NonEmpty;

    /// <summary>How much the row looks like a header.</summary>
    public double HeaderScore => Pairs || NonEmpty < 2 && !Run ? 0
        : Known * 3 + Text + (Run ? 10 : 0) - (Run ? 0 : 4 * (Numbers + Dates));

    /// <summary>A row of units or of second names below the header.</summary>
    public bool IsSubHeader => Numbers + Dates == 0 && Text >= 2 && !Pairs
        && (Units * 2 >= Text || Known * 2 >= Text);

    /// <summary>
    /// A row of group names above the header: several different texts, no values, no "key: value".
    /// </summary>
    public bool IsGroupRow(Sheet sheet, int row)
    {
        if (Pairs || Numbers + Dates > 0 || Text < 2) return false;
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var c = 0; c < sheet.Width(row); c++)
            if (sheet.Value(row, c) is { Length: > 0 } text) names.Add(text);
        return names.Count >= 2;
    }

    /// <summary>The shape of a row; what a text means is judged once for all rows.</summary>
    public static RowShape Of(Sheet sheet, int row, Dictionary<string, (bool Unit, bool Known)> judged)
    {
        int nonEmpty = 0, text = 0, numbers = 0, dates = 0, known = 0, units = 0, clocks = 0;
        var pairs = false;
        for (var c = 0; c < sheet.Width(row); c++)
        {
            var kind = CellClasses.Of(sheet, row, c);
            // A title merged over the sheet is one text, not one in each column.
            if (kind == CellClass.Empty || sheet.IsSpread(row, c)) continue;
            nonEmpty++;
            if (kind == CellClass.Number) numbers++;
            else if (kind is CellClass.Date or CellClass.Range) dates++;
            else if (kind == CellClass.Clock) clocks++;
            if (kind != CellClass.Text) continue;
            text++;
            var value = sheet.Value(row, c);
            if (value[^1] is ':' or '：' || value.Contains('：', StringComparison.Ordinal)) pairs = true;
            if (value.Length > 60) continue;
            if (!judged.TryGetValue(value, out var word)) judged[value] = word = Judge(value);
            if (word.Unit) units++;
            if (word.Known) known++;
        }
        var run = clocks >= 12 || HeaderLabels.Find(sheet, row).Count >= 3;
        return new RowShape(nonEmpty, text, numbers, dates, known, units, run, pairs && nonEmpty <= 4);
    }

    private static (bool Unit, bool Known) Judge(string value)
    {
        var words = Vocabulary.Shared;
        var isUnit = UnitText.TryParse(value, out _);
        var name = UnitText.OfHeader(value);
        return (isUnit, isUnit || name.Unit is not null || words.RoleOf(name.Name).Strength > 0
            || words.BandOf(name.Name) is not null || words.ResourceOf(name.Name) is not null);
    }
}
