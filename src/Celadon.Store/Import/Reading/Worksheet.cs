using System.Text;
using System.Xml;
using Celadon.Quantities;
using Celadon.Text;

namespace Celadon.Store.Import.Reading;

/// <summary>Reads one worksheet into a <see cref="Sheet"/>.</summary>
internal sealed class Worksheet(
    string fileName, string name, ReadLimits limits, string[] strings, NumberFormats formats, bool from1904,
    List<Finding> findings)
{
    private const int SignificantDigits = 15;

    private readonly record struct Value(string Text, CellKind Kind);

    private readonly SortedDictionary<int, SortedDictionary<int, Value>> _spreadRows = [];
    private readonly List<(int Row, List<(int Column, Value Value)> Cells)> _rows = [];
    private int _rounded;
    private Place? _firstRounded;
    private int _cells;

    /// <summary>All rows. Merged ranges repeat their value, marked as spread.</summary>
    public Sheet Read(XmlReader xml, bool hidden, ImportPace pace)
    {
        pace.Begin(ImportStage.Reading, 0);
        var merges = new List<string>();
        var row = 0;
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element) continue;
            if (xml.LocalName == "row")
            {
                row = Workbook.Number(xml.GetAttribute("r")) is > 0 and var stated ? stated : row + 1;
                if (row > limits.Rows) throw Refuse("import.sheet.large", row, row);
                _rows.Add((row, []));
                pace.Step();
            }
            // How far the sheet reaches, as its author says: for the count alone.
            else if (xml.LocalName == "dimension" && xml.GetAttribute("ref") is { } reach)
                pace.Begin(ImportStage.Reading, Math.Clamp(LastRowOf(reach), 0, limits.Rows));
            else if (xml.LocalName == "c" && _rows.Count > 0) ReadCell(xml);
            else if (xml.LocalName == "mergeCell") merges.Add(xml.GetAttribute("ref") ?? "");
        }
        pace.End();
        foreach (var range in merges.Take(limits.Columns * 10)) Spread(range);
        if (_rounded > 0)
            findings.Add(
                Finding.Of("import.number.artefact", Severity.Info, _firstRounded, ("count", _rounded)));
        return Build(hidden);
    }

    private void ReadCell(XmlReader xml)
    {
        var (row, cells) = _rows[^1];
        var reference = xml.GetAttribute("r");
        var column = reference is null ? cells.Count == 0 ? 0 : cells[^1].Column + 1 : ColumnOf(reference);
        var type = xml.GetAttribute("t");
        var style = Workbook.Number(xml.GetAttribute("s"));
        if (column < 0 || column >= limits.Columns) throw Refuse("import.sheet.wide", row, column + 1);
        if (++_cells > limits.Cells) throw Refuse("import.sheet.large", row, _cells);
        if (xml.IsEmptyElement) return;
        var (raw, inline, formula) = Content(xml);
        if (raw is null && inline is null)
        {
            if (formula)
                findings.Add(Finding.Of("import.formula.empty", Severity.Error,
                    new Place(fileName, name, row, Sheet.ColumnLetter(column))));
            return;
        }
        var value = Interpret(type, style, raw ?? "", inline, row, column);
        if (value.Text.Length > limits.CellCharacters) throw Refuse("import.cell.long", row,
            value.Text.Length);
        if (value.Text.Length > 0) cells.Add((column, value));
    }

    /// <summary>The stored value, the inline text, and whether a formula stands in the cell.</summary>
    private static (string? Raw, string? Inline, bool Formula) Content(XmlReader xml)
    {
        string? raw = null;
        StringBuilder? inline = null;
        var formula = false;
        var depth = xml.Depth;
        string element = "";
        var phonetic = false;
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml.LocalName == "rPh") phonetic = xml.NodeType == XmlNodeType.Element && !xml.IsEmptyElement;
            if (xml.NodeType == XmlNodeType.Element)
            {
                element = xml.LocalName;
                formula |= element == "f";
            }
            else if (xml.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace
                or XmlNodeType.CDATA)
            {
                if (element == "v") raw += xml.Value;
                else if (element == "t" && !phonetic) (inline ??= new StringBuilder()).Append(xml.Value);
            }
        }
        return (raw, inline?.ToString(), formula);
    }

    private Value Interpret(string? type, int style, string raw, string? inline, int row, int column)
    {
        switch (type)
        {
            case "s":
                var index = Workbook.Number(raw);
                return new Value(index >= 0 && index < strings.Length ? strings[index] : "", CellKind.Text);
            case "inlineStr":
                return new Value(inline ?? "", CellKind.Text);
            case "str":
                return new Value(raw, CellKind.Text);
            case "b":
                return new Value(raw == "1" ? "TRUE" : "FALSE", CellKind.Text);
            case "e":
                return new Value(raw, CellKind.Error);
            case "d":
                return new Value(raw.Replace('T', ' '), CellKind.Date);
        }
        var shown = formats.Of(style);
        if (shown != NumberFormats.Shown.Number)
        {
            Span<char> text = stackalloc char[32];
            if (SerialDates.TryFormat(raw, from1904, shown == NumberFormats.Shown.Time, text, out var length,
                out var kind))
                return new Value(text[..length].ToString(), kind);
        }
        return new Value(Plain(raw, row, column), CellKind.Number);
    }

    /// <summary>
    /// Spreadsheets keep numbers in binary and write what is nearest: 12.1 may be stored as
    /// 12.100000000000001. They promise 15 significant digits; what stands behind is an artefact, and is
    /// rounded half to even there.
    /// </summary>
    private string Plain(string raw, int row, int column)
    {
        if (raw.Length <= SignificantDigits || !Amount.TryParse(raw, out var stored)) return raw;
        var digits = Amount.From(System.Numerics.BigInteger.Abs(stored.Unscaled)).ToString().Length;
        if (digits <= SignificantDigits || stored.Scale == 0) return stored.ToString();
        var rounded = stored.Round(Math.Max(0, stored.Scale - (digits - SignificantDigits)));
        if (rounded != stored && _rounded++ == 0)
            _firstRounded = new Place(fileName, name, row, Sheet.ColumnLetter(column));
        return rounded.ToString();
    }

    private static int ColumnOf(string reference)
    {
        var column = 0;
        foreach (var c in reference)
        {
            if (c is < 'A' or > 'Z' || column > 100_000) break;
            column = column * 26 + (c - 'A' + 1);
        }
        return column - 1;
    }

    private void Spread(string range)
    {
        var colon = range.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0) return;
        var (top, left) = (RowOf(range[..colon]), ColumnOf(range[..colon]));
        var (bottom, right) = (RowOf(range[(colon + 1)..]), ColumnOf(range[(colon + 1)..]));
        var first = _rows.FindIndex(r => r.Row == top);
        if (first < 0 || left < 0 || right >= limits.Columns) return;
        var cell = _rows[first].Cells.Find(c => c.Column == left);
        if (cell.Value.Text is null) return;
        for (var i = first; i < _rows.Count && _rows[i].Row <= bottom; i++)
        {
            if (!_spreadRows.TryGetValue(_rows[i].Row, out var spread)) _spreadRows[_rows[i].Row] = spread =
                [];
            for (var column = left; column <= right; column++)
                if (i > first || column > left) spread[column] = cell.Value;
        }
    }

    private static int LastRowOf(string range) =>
        RowOf(range[(range.IndexOf(':', StringComparison.Ordinal) + 1)..]);

    private static int RowOf(string reference) =>
        Workbook.Number(reference.TrimStart([.. "ABCDEFGHIJKLMNOPQRSTUVWXYZ$"]));

    private Sheet Build(bool hidden)
    {
        var builder = new SheetBuilder(fileName, name, limits);
        foreach (var (row, cells) in _rows)
        {
            _spreadRows.TryGetValue(row, out var spread);
            foreach (var (column, value) in cells)
            {
                FillSpread(builder, spread, column);
                builder.SkipTo(column);
                builder.Add(value.Text, value.Kind);
            }
            FillSpread(builder, spread, int.MaxValue);
            builder.EndRow(row);
        }
        return builder.Build(hidden);
    }

    private static void FillSpread(SheetBuilder builder, SortedDictionary<int, Value>? spread, int before)
    {
        if (spread is null) return;
        foreach (var (column, value) in spread)
        {
            if (column < builder.Column) continue;
            if (column >= before) break;
            builder.SkipTo(column);
            builder.Add(value.Text, value.Kind, spread: true);
        }
    }

    private RefusedException Refuse(string code, int row, int count) =>
        new(Finding.Of(code, Severity.Error, new Place(fileName, name, row), ("count", count)));
}
