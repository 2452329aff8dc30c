using Celadon.Store;

namespace Celadon.Server.Web;

/// <summary>
/// A table as a file has it: stored forms, and where it asks for them words beside their key and a unit
/// beside its number, each in a column of its own; the total last.
/// </summary>
internal sealed class FileTable
{
    private readonly Table _table;
    private readonly IReadOnlyList<Row> _rows;
    private readonly bool[] _named;
    private readonly bool[] _measured;

    public FileTable(Table table)
    {
        _table = table;
        _rows = table.Total is null ? table.Rows : [.. table.Rows, table.Total];
        _named = [.. table.Columns.Select((_, i) => table.NamesInFiles
            && _rows.Any(r => At(r, i) is Words { Key: { } key } words && key != words.Text))];
        _measured = [.. table.Columns.Select((_, i) => table.NamesInFiles
            && _rows.Any(r => At(r, i) is Number { Unit.Length: > 0 }))];
    }

    /// <summary>Keys of the columns: "score", "scoreUnit".</summary>
    public IEnumerable<string> Keys => _table.Columns.SelectMany((c, i) =>
        Beside(c.Key, i, c.Key + "Name", c.Key + "Unit"));

    /// <summary>Heads of the columns for people, in their language; words come before their key.</summary>
    public IEnumerable<string> Heads(PageContext at) => _table.Columns.SelectMany((c, i) => _named[i]
        ? [c.Head, at.L("web.file.key", ("head", c.Head))]
        : Beside(c.Head, i, "", at.L("web.file.unit", ("head", c.Head))));

    /// <summary>Its cells as text in stored form, with whether each is a number of ours.</summary>
    public IEnumerable<IEnumerable<(string Text, bool IsNumber)>> Lines => _rows.Select(row =>
        row.Cells.SelectMany((c, i) => Beside((c.Stored, c.IsNumber), i,
            (c is Words words ? words.Text : "", false), (c is Number number ? number.Unit : "", false))));

    /// <summary>The same as cells of a sheet.</summary>
    public IEnumerable<IReadOnlyList<AnswerCell>> Cells => _rows.Select(row =>
        (IReadOnlyList<AnswerCell>)[.. row.Cells.SelectMany((c, i) => _named[i] && c is Words words
            ? [new(words.Text), new(words.Key)]
            : Beside(Of(c), i, new AnswerCell(""),
                new AnswerCell(c is Number number ? number.Unit : "")))]);

    private static AnswerCell Of(Cell cell) => cell switch
    {
        Number number => new(null, number.Value),
        Plain plain => new(null, plain.Value),
        Share share => new(null, share.Percent),
        Words words => new(words.Text),
        _ => new(cell.Stored),
    };

    private IEnumerable<T> Beside<T>(T stored, int i, T name, T unit) =>
        [stored, .. _named[i] ? [name] : Array.Empty<T>(), .. _measured[i] ? [unit] : Array.Empty<T>()];

    private static Cell? At(Row row, int i) => i < row.Cells.Count ? row.Cells[i] : null;
}
