using System.Collections.Immutable;
using System.Globalization;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Text;
using NodaTime;
using NodaTime.Text;

namespace Celadon.Packs;

/// <summary>
/// Reads the cells of one table into typed values. Each cell that does not fit becomes a finding with file,
/// row and
/// column; a row with such a cell gives no value.
/// </summary>
internal sealed class TableReader
{
    /// <summary>After so many findings in a table reading stops: the file is wrong as a whole.</summary>
    private const int MostFindings = 100;

    private readonly string _file;
    private readonly ImmutableArray<CsvRecord> _records;
    private readonly Dictionary<string, int> _columns;
    private readonly List<Finding> _findings = [];
    private string[] _cells = [];

    public TableReader(PackHeader pack, string file, ImmutableArray<CsvRecord> records)
    {
        Pack = pack;
        _file = file;
        _records = records;
        _columns = records[0].Cells.Select((name, index) => (name, index))
            .ToDictionary(c => c.name, c => c.index);
    }

    /// <summary>The pack the table belongs to.</summary>
    public PackHeader Pack { get; }

    /// <summary>Row of the file being read, from 1 with the header as row 1.</summary>
    public int Row { get; private set; }

    /// <summary>The file, as findings name it.</summary>
    public string File => _file;

    /// <summary>True while nothing was wrong with the row being read.</summary>
    public bool RowFits { get; private set; }

    /// <summary>What was wrong.</summary>
    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>Every row that fits.</summary>
    public ImmutableArray<T> Read<T>(Func<TableReader, T> row)
    {
        var rows = ImmutableArray.CreateBuilder<T>(_records.Length - 1);
        foreach (var record in _records.AsSpan()[1..])
        {
            Row = record.Number;
            _cells = record.Cells;
            RowFits = true;
            if (_cells.Length != _columns.Count)
                Say("packs.cells", null, ("cells", _cells.Length), ("columns", _columns.Count));
            else
            {
                var value = row(this);
                if (RowFits) rows.Add(value);
            }
            if (_findings.Count < MostFindings) continue;
            Say("packs.more", null, ("count", MostFindings));
            break;
        }
        return rows.ToImmutable();
    }

    /// <summary>The cell of a column.</summary>
    public string Text(string column) => _cells[_columns[column]];

    /// <summary>The cell of a column that must hold something.</summary>
    public string Filled(string column)
    {
        var text = Text(column);
        if (string.IsNullOrWhiteSpace(text)) Say("packs.empty", column);
        return text;
    }

    /// <summary>An id: small letters, digits and - . / only.</summary>
    public string Slug(string column, bool required = true)
    {
        var text = required ? Filled(column) : Text(column);
        if (text.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '.' or '/'))
            || text.Contains("..", StringComparison.Ordinal))
            Wrong(column, "a-z 0-9 - . /");
        return text;
    }

    /// <summary>A name in both languages, from the columns ending in _en and _zh.</summary>
    public Name Name(string prefix = "name") => new(Filled(prefix + "_en"), Filled(prefix + "_zh"));

    /// <summary>A plain decimal, or null when the cell is empty.</summary>
    public Amount? Number(string column)
    {
        var text = Text(column);
        if (text.Length == 0) return null;
        if (Amount.TryParse(text, out var amount)) return amount;
        Wrong(column, "1234.5");
        return null;
    }

    /// <summary>A plain decimal that must be there.</summary>
    public Amount RequiredNumber(string column)
    {
        if (Text(column).Length == 0) Say("packs.empty", column);
        return Number(column) ?? Amount.Zero;
    }

    /// <summary>A whole number, or null when the cell is empty.</summary>
    public int? Whole(string column)
    {
        var text = Text(column);
        if (text.Length == 0) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)) return value;
        Wrong(column, "2026");
        return null;
    }

    /// <summary>A whole number that must be there.</summary>
    public int RequiredWhole(string column)
    {
        if (Text(column).Length == 0) Say("packs.empty", column);
        return Whole(column) ?? 0;
    }

    /// <summary>A word of a closed vocabulary.</summary>
    public T Word<T>(string column) where T : struct, Enum
    {
        if (Vocabulary.TryParse<T>(Text(column), out var value)) return value;
        Wrong(column, string.Join(" | ", Vocabulary.WordsOf<T>()));
        return default;
    }

    /// <summary>A word of a closed vocabulary, or null when the cell is empty.</summary>
    public T? OptionalWord<T>(string column) where T : struct, Enum =>
        Text(column).Length == 0 ? null : Word<T>(column);

    /// <summary>One of the words, given as it stands.</summary>
    public string OneOf(string column, params ReadOnlySpan<string> words)
    {
        var text = Text(column);
        foreach (var word in words)
            if (text == word) return text;
        Wrong(column, string.Join(" | ", words.ToArray().Select(word => word.Length == 0 ? "–" : word)));
        return text;
    }

    /// <summary>A unit by its code.</summary>
    public Unit Unit(string column)
    {
        if (Units.TryParse(Text(column), out var unit)) return unit;
        Say("packs.unit", column, ("value", Text(column)));
        return Units.Parse("1");
    }

    /// <summary>gross, net or empty.</summary>
    public CalorificBasis Calorific(string column) => OneOf(column, "", "gross", "net") switch
    {
        "gross" => CalorificBasis.Gross,
        "net" => CalorificBasis.Net,
        _ => CalorificBasis.None,
    };

    /// <summary>A day (2026-01-01), or null when the cell is empty.</summary>
    public LocalDate? Day(string column)
    {
        var text = Text(column);
        if (text.Length == 0) return null;
        if (LocalDatePattern.Iso.Parse(text) is { Success: true } day) return day.Value;
        Wrong(column, "2026-01-01");
        return null;
    }

    /// <summary>A list parted by "|".</summary>
    public ImmutableArray<string> List(string column) =>
        [.. Text(column).Split('|', StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>A list of words of a closed vocabulary.</summary>
    public ImmutableArray<T> Words<T>(string column, Func<string, T?> parse, string expected) where T : struct
    {
        var words = ImmutableArray.CreateBuilder<T>();
        foreach (var text in List(column))
        {
            if (parse(text) is { } value) words.Add(value);
            else Wrong(column, expected);
        }
        if (words.Count == 0) Say("packs.empty", column);
        return words.ToImmutable();
    }

    /// <summary>Says that a cell does not fit.</summary>
    public void Wrong(string column, string expected) =>
        Say("packs.cell", column, ("value", Text(column)), ("expected", expected));

    /// <summary>Says something about a column of the row.</summary>
    public void Say(string code, string? column, params (string, object)[] args)
    {
        RowFits = false;
        _findings.Add(Finding.Of(code, Severity.Error, new Place(File: _file, Row: Row, Column: column),
            [("file", _file), ("row", Row), ("column", column ?? ""), .. args]));
    }
}
