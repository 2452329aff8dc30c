using System.Text;

namespace LongquanStoke;

/// <summary>A fault planted in a file, so that a check can be held to finding it.</summary>
/// <param name="File">Path inside the example.</param>
/// <param name="Row">Row in the file or sheet, from 1; 0 where the whole file is meant.</param>
/// <param name="Column">Column by its header, or empty.</param>
/// <param name="Kind">What kind of fault.</param>
/// <param name="Detail">What exactly, for people.</param>
public sealed record Fault(string File, int Row, string Column, string Kind, string Detail);

/// <summary>The files being written, and what is wrong with them.</summary>
public sealed class Papers
{
    private readonly SortedDictionary<string, byte[]> _files = new(StringComparer.Ordinal);
    private readonly List<Fault> _faults = [];

    /// <summary>The faults in order of file and row.</summary>
    public IEnumerable<Fault> Faults =>
        _faults.OrderBy(f => f.File, StringComparer.Ordinal).ThenBy(f => f.Row).ThenBy(f =>
            f.Kind, StringComparer.Ordinal);

    /// <summary>Adds a file.</summary>
    public void Add(string path, byte[] bytes) => _files.Add(path, bytes);

    /// <summary>Adds a text file in UTF-8.</summary>
    public void Add(string path, string text) => Add(path, Encoding.UTF8.GetBytes(text));

    /// <summary>Notes a planted fault.</summary>
    public void Plant(string file, int row, string column, string kind, string detail) =>
        _faults.Add(new Fault(file, row, column, kind, detail));

    /// <summary>
    /// Writes the files. Folders they stand in are emptied first; inputs/ itself keeps workspace.json, which
    /// people set up by hand.
    /// </summary>
    public void Save(string folder)
    {
        var owned = _files.Keys.Select(path => path[..path.LastIndexOf('/')]).Where(f => f != "inputs");
        foreach (var path in owned.Select(f => Path.Combine(folder, f)).Where(Directory.Exists))
            Directory.Delete(path, recursive: true);
        foreach (var (path, bytes) in _files)
        {
            var file = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, bytes);
        }
    }
}

/// <summary>A text file under construction that knows on which row it is.</summary>
public sealed class TextTable(string newline = "\n")
{
    private readonly StringBuilder _text = new();

    /// <summary>The number of the last row.</summary>
    public int Row { get; private set; }

    /// <summary>Adds a row as it stands and returns its number, from 1.</summary>
    public int Line(string line)
    {
        _text.Append(line).Append(newline);
        return ++Row;
    }

    /// <summary>Adds a row of cells with a separator, quoting where the format asks for it.</summary>
    public int Cells(IEnumerable<string> cells, char separator = ',') =>
        Line(string.Join(separator, cells.Select(
        cell => cell.Contains(separator, StringComparison.Ordinal)
            || cell.Contains('"', StringComparison.Ordinal)
            ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell)));

    /// <summary>The whole text.</summary>
    public override string ToString() => _text.ToString();
}
