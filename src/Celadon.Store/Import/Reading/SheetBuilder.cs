namespace Celadon.Store.Import.Reading;

/// <summary>Collects cells row by row into a <see cref="Sheet"/>, within the limits.</summary>
internal sealed class SheetBuilder(string fileName, string sheetName, ReadLimits limits,
    char[]? shared = null)
{
    // Filled in place and handed on: a year of quarter-hours is some hundred thousand cells.
    private Cell[] _cells = GC.AllocateUninitializedArray<Cell>(
        shared is null ? 1024 : Math.Max(16, shared.Length / 6));
    private int _count;
    private readonly List<int> _rowStart = [0];
    private readonly List<int> _rowNumber = [];
    private char[] _text = shared ?? new char[4096];
    private int _used = shared?.Length ?? 0;
    private int _columns;

    /// <summary>Cells in the row that is being built.</summary>
    public int Column => _count - _rowStart[^1];

    /// <summary>Rows finished so far.</summary>
    public int Rows => _rowNumber.Count;

    /// <summary>Adds a cell whose characters lie in the shared buffer.</summary>
    public void AddShared(int start, int length, CellKind kind, bool spread = false)
    {
        if (length > limits.CellCharacters) throw Refuse("import.cell.long", length);
        if (_count == _cells.Length) Array.Resize(ref _cells, _count * 2);
        _cells[_count++] = new Cell(start, length, length == 0 ? CellKind.Empty : kind, spread);
        if (_count > limits.Cells) throw Refuse("import.sheet.large", _count);
    }

    /// <summary>Adds a cell with characters of its own.</summary>
    public void Add(ReadOnlySpan<char> text, CellKind kind, bool spread = false)
    {
        if (text.Length > _text.Length - _used)
            Array.Resize(ref _text, Math.Max(_text.Length * 2, _used + text.Length));
        text.CopyTo(_text.AsSpan(_used));
        AddShared(_used, text.Length, kind, spread);
        _used += text.Length;
    }

    /// <summary>Adds empty cells up to a column.</summary>
    public void SkipTo(int column)
    {
        if (column > limits.Columns) throw Refuse("import.sheet.wide", column);
        while (Column < column) AddShared(0, 0, CellKind.Empty);
    }

    /// <summary>Ends the row; cells that are empty at its end are dropped.</summary>
    public void EndRow(int number)
    {
        var first = _rowStart[^1];
        var last = _count;
        while (last > first && _cells[last - 1].Kind == CellKind.Empty) last--;
        _count = last;
        if (last - first > limits.Columns) throw Refuse("import.sheet.wide", last - first);
        _columns = Math.Max(_columns, last - first);
        _rowStart.Add(last);
        _rowNumber.Add(number);
        if (_rowNumber.Count > limits.Rows) throw Refuse("import.sheet.large", _rowNumber.Count);
    }

    /// <summary>The finished sheet.</summary>
    public Sheet Build(bool hidden = false)
    {
        var rows = _rowNumber.Count;
        while (rows > 0 && _rowStart[rows] == _rowStart[rows - 1]) rows--;
        return new Sheet(sheetName, _text, _cells, [.. _rowStart[..(rows + 1)]], [.. _rowNumber[..rows]],
            _columns)
        { Hidden = hidden };
    }

    private Text.RefusedException Refuse(string code, int count) => new(Text.Finding.Of(
        code, Text.Severity.Error, new Text.Place(fileName, sheetName.Length == 0 ? null : sheetName,
            _rowNumber.Count + 1), ("count", count)));
}
