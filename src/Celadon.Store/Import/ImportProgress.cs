namespace Celadon.Store.Import;

/// <summary>What is being done to the rows that a progress counts.</summary>
public enum ImportStage
{
    /// <summary>Cells are read from the bytes of a file.</summary>
    Reading,

    /// <summary>Times, amounts and units are made of the cells, and checked.</summary>
    Interpreting,

    /// <summary>What came of it is compared with the books.</summary>
    Comparing,
}

/// <summary>How far an import has come before anything is written.</summary>
/// <param name="Stage">What is being done.</param>
/// <param name="File">Which file, from 1; 0 where it is about all of them.</param>
/// <param name="Files">How many files.</param>
/// <param name="Name">Name of the file; empty where it is about all of them.</param>
/// <param name="Rows">Rows done.</param>
/// <param name="Total">Rows there are; 0 where that is not known before the end.</param>
public readonly record struct ImportProgress(
    ImportStage Stage, int File, int Files, string Name, long Rows, long Total);

/// <summary>
/// Counts rows on behalf of the loops that read them: tells the listener now and then, and ends the work
/// with <see cref="OperationCanceledException"/> once it is no longer wanted. Cheap enough for every row.
/// </summary>
internal sealed class ImportPace(Action<ImportProgress>? listener, CancellationToken cancel)
{
    /// <summary>Rows, or cells, between two looks; a power of two.</summary>
    private const int Every = 4_096;

    private ImportProgress _at;
    private long _cells, _cellsARow = 1;

    /// <summary>Tells nobody and is never cancelled.</summary>
    public static ImportPace Unheard => new(null, CancellationToken.None);

    /// <summary>A file begins.</summary>
    public void Open(int file, int files, string name)
    {
        _at = new ImportProgress(ImportStage.Reading, file, files, name, 0, 0);
        cancel.ThrowIfCancellationRequested();
    }

    /// <summary>A stage begins, over rows that are each looked at in so many cells.</summary>
    public void Begin(ImportStage stage, long rows, int cellsARow = 1)
    {
        _at = _at with { Stage = stage, Rows = 0, Total = rows };
        (_cells, _cellsARow) = (0, Math.Max(1, cellsARow));
        Tell();
    }

    /// <summary>One more row or cell is done.</summary>
    public void Step()
    {
        if ((++_cells & (Every - 1)) != 0) return;
        var rows = _cells / _cellsARow;
        _at = _at with { Rows = _at.Total == 0 ? rows : Math.Min(rows, _at.Total) };
        Tell();
    }

    /// <summary>So many rows are done, one by one or all at once.</summary>
    public void Reach(long rows)
    {
        _cells = rows * _cellsARow;
        _at = _at with { Rows = rows };
        Tell();
    }

    /// <summary>The stage ends with all rows done.</summary>
    public void End()
    {
        var rows = _at.Total == 0 ? _cells / _cellsARow : _at.Total;
        _at = _at with { Rows = rows, Total = rows };
        Tell();
    }

    /// <summary>For a loop that counts nothing of its own.</summary>
    public void Check(int index)
    {
        if ((index & (Every - 1)) == 0) cancel.ThrowIfCancellationRequested();
    }

    private void Tell()
    {
        listener?.Invoke(_at);
        cancel.ThrowIfCancellationRequested();
    }
}
