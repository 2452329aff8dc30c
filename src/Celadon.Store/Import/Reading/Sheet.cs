namespace Celadon.Store.Import.Reading;

/// <summary>What a cell holds. A text file has only text; a workbook says what it means.</summary>
public enum CellKind : byte
{
    /// <summary>Nothing.</summary>
    Empty,

    /// <summary>Characters.</summary>
    Text,

    /// <summary>A number, as the decimal text the file stores.</summary>
    Number,

    /// <summary>A date or an instant, as "2025-10-01" or "2025-10-01 00:15:00".</summary>
    Date,

    /// <summary>A time of day or a duration, as "00:15:00" or "24:00:00".</summary>
    Time,

    /// <summary>A formula that failed: "#REF!".</summary>
    Error,
}

/// <summary>Where a cell's characters lie.</summary>
internal readonly record struct Cell(int Start, int Length, CellKind Kind, bool Spread);

/// <summary>
/// A table of cells with their places: one text file, or one sheet of a workbook. Rows and columns are
/// addressed from 0 here; <see cref="RowNumber"/> and <see cref="ColumnLetter"/> give the places a person
/// sees. Cells of all rows share one buffer of characters, so that a year of quarter-hours costs three
/// arrays.
/// </summary>
public sealed class Sheet
{
    private readonly char[] _text;
    private readonly Cell[] _cells;
    private readonly int[] _rowStart;
    private readonly int[] _rowNumber;

    internal Sheet(string name, char[] text, Cell[] cells, int[] rowStart, int[] rowNumber, int columns)
    {
        Name = name;
        _text = text;
        _cells = cells;
        _rowStart = rowStart;
        _rowNumber = rowNumber;
        ColumnCount = columns;
    }

    /// <summary>Name of the sheet; empty for a text file.</summary>
    public string Name { get; }

    /// <summary>How many rows were stored; wholly empty rows at the end are not.</summary>
    public int RowCount => _rowNumber.Length;

    /// <summary>The longest row.</summary>
    public int ColumnCount { get; }

    /// <summary>True for a sheet its author had hidden.</summary>
    public bool Hidden { get; internal init; }

    /// <summary>
    /// The row as a person sees it, from 1: the row of the worksheet; in a text file the record, which is the
    /// line unless a quoted cell holds a line break (spreadsheet programs count the same way).
    /// </summary>
    public int RowNumber(int row) => _rowNumber[row];

    /// <summary>How many cells the row has.</summary>
    public int Width(int row) => _rowStart[row + 1] - _rowStart[row];

    /// <summary>The characters of a cell; empty outside the row.</summary>
    public ReadOnlySpan<char> Text(int row, int column)
    {
        var index = _rowStart[row] + column;
        if (index >= _rowStart[row + 1]) return default;
        ref readonly var cell = ref _cells[index];
        return new ReadOnlySpan<char>(_text, cell.Start, cell.Length);
    }

    /// <summary>What a cell holds; Empty outside the row.</summary>
    public CellKind Kind(int row, int column)
    {
        var index = _rowStart[row] + column;
        return index >= _rowStart[row + 1] ? CellKind.Empty : _cells[index].Kind;
    }

    /// <summary>
    /// True for a cell that repeats the value of a merged range. Labels and dates may be read from it, an
    /// amount never: it was written once.
    /// </summary>
    public bool IsSpread(int row, int column)
    {
        var index = _rowStart[row] + column;
        return index < _rowStart[row + 1] && _cells[index].Spread;
    }

    /// <summary>The characters of a cell as a string, without white space around them.</summary>
    public string Value(int row, int column) => Text(row, column).Trim().ToString();

    /// <summary>The letters a spreadsheet shows above a column: 0 is A, 26 is AA.</summary>
    public static string ColumnLetter(int column)
    {
        Span<char> letters = stackalloc char[8];
        var at = letters.Length;
        for (var n = column + 1; n > 0; n = (n - 1) / 26) letters[--at] = (char)('A' + (n - 1) % 26);
        return letters[at..].ToString();
    }
}
