using System.Globalization;
using Celadon.Lca.Model;
using Celadon.Packs;
using Celadon.Store.Import.Lci.Shared;
using Celadon.Store.Import.Reading;
using Celadon.Text;

namespace Celadon.Store.Import.Lci.Template;

/// <summary>A sheet of the template: headings in its first filled row, then a thing a row.</summary>
internal sealed class TemplateTable
{
    private readonly Sheet _sheet;
    private readonly int _head;
    private readonly Dictionary<string, int> _columns = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Finds the columns; one of no meaning is counted, one that stands twice is said.</summary>
    public TemplateTable(string name, string file, Sheet sheet, char delimiter, LciNotes notes)
    {
        (Name, File, _sheet, Delimiter) = (name, file, sheet, delimiter);
        while (_head < sheet.RowCount && IsEmpty(_head)) _head++;
        if (_head == sheet.RowCount) return;
        var known = TemplateSheets.Of[name];
        for (var column = 0; column < sheet.Width(_head); column++)
        {
            var heading = sheet.Value(_head, column);
            if (heading.Length == 0) continue;
            if (!known.Contains(heading, StringComparer.OrdinalIgnoreCase))
                notes.NotCarried($"{name}.{LciNotes.Shown(heading)}", sheet.RowCount - _head - 1);
            else if (!_columns.TryAdd(heading, column))
                notes.Say(Finding.Of("lci.template.twice", Severity.Error, Place(_head, heading),
                    ("file", file), ("at", At(_head, column)), ("column", heading)));
        }
    }

    /// <summary>Name of the sheet.</summary>
    public string Name { get; }

    /// <summary>The file it is in.</summary>
    public string File { get; }

    /// <summary>The sign between cells; NUL in a workbook.</summary>
    public char Delimiter { get; }

    /// <summary>The rows that hold something.</summary>
    public IEnumerable<TemplateRow> Rows
    {
        get
        {
            for (var row = _head + 1; row < _sheet.RowCount; row++)
                if (!IsEmpty(row)) yield return new TemplateRow(this, row);
        }
    }

    /// <summary>The text of a cell; empty where the sheet has no such column.</summary>
    public string Text(int row, string column)
    {
        if (!_columns.TryGetValue(column, out var index)) return "";
        var text = _sheet.Value(row, index);
        // An apostrophe that keeps a spreadsheet from taking a text for a formula.
        return Delimiter != '\0' && text is ['\'', '=' or '+' or '-' or '@' or '\'', ..] ? text[1..] : text;
    }

    /// <summary>Where findings about a cell point.</summary>
    public Place Place(int row, string column) =>
        new(File, Delimiter == '\0' ? Name : null, _sheet.RowNumber(row), column);

    /// <summary>The cell as spreadsheets call it: "exchanges!E5".</summary>
    public string At(int row, string column) =>
        At(row, _columns.GetValueOrDefault(column, 0));

    private string At(int row, int column) =>
        $"{Name}!{Sheet.ColumnLetter(column)}{_sheet.RowNumber(row)}";

    private bool IsEmpty(int row)
    {
        for (var column = 0; column < _sheet.Width(row); column++)
            if (!_sheet.Text(row, column).IsWhiteSpace()) return false;
        return true;
    }
}

/// <summary>A row of a sheet of the template.</summary>
internal readonly struct TemplateRow(TemplateTable table, int row)
{
    /// <summary>A text; empty when the cell is.</summary>
    public string Text(string column) => table.Text(row, column);

    /// <summary>A text that must be there.</summary>
    /// <exception cref="UnusableException">It is empty, or holds a sign that nobody can see.</exception>
    public string Filled(string column) => Text(column) is { Length: > 0 } text
        ? LciNotes.Unseen(text) is not { } sign ? text : throw new UnusableException(
            Say("lci.control", Severity.Error, column, ("what", column), ("sign", sign)))
        : throw new UnusableException(Finding.Of("lci.missing", Severity.Error, table.Place(row, column),
            ("file", table.File), ("at", table.At(row, column)), ("what", column)));

    /// <summary>A number, or null. Unless commas part the cells, a decimal comma is read too.</summary>
    public double? Number(string column)
    {
        var text = Text(column);
        if (text.Length == 0) return null;
        if (table.Delimiter != ',' && text.Count(c => c == ',') == 1
            && !text.Contains('.', StringComparison.Ordinal))
            text = text.Replace(',', '.');
        return Doubles.Parse(text) ?? throw Wrong(column);
    }

    /// <summary>A number that must be there.</summary>
    public double Required(string column)
    {
        Filled(column);
        return Number(column)!.Value;
    }

    /// <summary>A whole number above 0, or null.</summary>
    public int? Whole(string column) => Text(column) is not { Length: > 0 } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number : throw Wrong(column);

    /// <summary>Yes or no; no when empty.</summary>
    public bool Flag(string column) => Text(column).ToUpperInvariant() switch
    {
        "" or "NO" or "N" or "FALSE" or "0" or "否" => false,
        "YES" or "Y" or "TRUE" or "X" or "1" or "是" => true,
        _ => throw Wrong(column),
    };

    /// <summary>A word of a vocabulary.</summary>
    public T Word<T>(string column, T? otherwise = null) where T : struct, Enum
    {
        var text = Text(column);
        if (text.Length == 0) return otherwise ?? throw new UnusableException(Finding.Of("lci.missing",
            Severity.Error, table.Place(row, column), ("file", table.File),
            ("at", table.At(row, column)), ("what", column)));
        return Vocabulary.TryParse<T>(text.ToLowerInvariant(), out var value) ? value : throw Wrong(column);
    }

    /// <summary>
    /// An uncertainty; of a lognormal or normal the middle is the amount unless it is stated.
    /// </summary>
    public Uncertainty Spread(double amount)
    {
        var kind = Word<Distribution>("uncertainty", Distribution.None);
        if (kind == Distribution.None) return default;
        var middle = kind is Distribution.Lognormal or Distribution.Normal ? amount : (double?)null;
        var spread = new Uncertainty(kind, Number("a") ?? middle ?? Required("a"), Required("b"),
            Number("c") ?? (kind is Distribution.DiscreteUniform or Distribution.Binomial ? 1 : 0));
        return spread.IsPossible ? spread
            : throw new UnusableException(Say("lci.spread", Severity.Error, "uncertainty",
                ("kind", Vocabulary.Word(kind)), ("a", Doubles.Write(spread.A)),
                ("b", Doubles.Write(spread.B)), ("c", Doubles.Write(spread.C))));
    }

    /// <summary>Texts parted by a bar.</summary>
    public IEnumerable<string> List(string column) =>
        Text(column).Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A cell whose value does not fit.</summary>
    public UnusableException Wrong(string column) => new(Finding.Of("lci.value", Severity.Error,
        table.Place(row, column), ("file", table.File), ("at", table.At(row, column)), ("what", column),
        ("value", LciNotes.Shown(Text(column)))));

    /// <summary>A finding about a cell.</summary>
    public Finding Say(string code, Severity severity, string column, params (string, object)[] args) =>
        Finding.Of(code, severity, table.Place(row, column),
            [("file", table.File), ("at", table.At(row, column)), .. args]);
}
