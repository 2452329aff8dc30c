namespace Celadon.Lca.Sparse;

/// <summary>
/// A matrix compressed by columns. Two entries may share a cell: each exchange keeps its own entry, so that
/// its uncertainty and its name stay with it, and a cell's value is the sum of its entries.
/// Rows ascend within a column.
/// </summary>
public sealed class SparseMatrix
{
    /// <summary>A matrix over arrays that are already compressed; they are checked once, then
    /// trusted.</summary>
    public SparseMatrix(int rows, int columns, int[] starts, int[] rowOf, double[] values)
    {
        ArgumentNullException.ThrowIfNull(starts);
        ArgumentNullException.ThrowIfNull(rowOf);
        ArgumentNullException.ThrowIfNull(values);
        if (starts.Length != columns + 1 || starts[0] != 0 || starts[^1] != rowOf.Length
            || rowOf.Length != values.Length)
            throw new ArgumentException("The lengths of the compressed arrays do not agree.");
        for (var j = 0; j < columns; j++)
        {
            if (starts[j + 1] < starts[j]) throw new ArgumentException($"Column {j} ends before it begins.");
            for (var p = starts[j]; p < starts[j + 1]; p++)
                if ((uint)rowOf[p] >= (uint)rows || (p > starts[j] && rowOf[p] < rowOf[p - 1]))
                    throw new ArgumentException($"Row {rowOf[p]} in column {j} is out of range or order.");
        }
        (Rows, Columns, Starts, RowOf, Values) = (rows, columns, starts, rowOf, values);
    }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Number of columns.</summary>
    public int Columns { get; }

    /// <summary>Number of entries.</summary>
    public int Count => RowOf.Length;

    /// <summary>Where each column's entries begin; one more element than columns.</summary>
    internal int[] Starts { get; }

    /// <summary>The row of each entry.</summary>
    internal int[] RowOf { get; }

    /// <summary>The value of each entry.</summary>
    internal double[] Values { get; }

    /// <summary>Compresses triplets; <paramref name="places"/> tells where each triplet went.</summary>
    public static SparseMatrix FromTriplets(int rows, int columns, IReadOnlyList<Triplet> triplets,
        out int[] places)
    {
        ArgumentNullException.ThrowIfNull(triplets);
        var keyRows = new int[triplets.Count];
        var keyColumns = new int[triplets.Count];
        for (var k = 0; k < triplets.Count; k++)
        {
            (keyRows[k], keyColumns[k]) = (triplets[k].Row, triplets[k].Column);
            if ((uint)keyRows[k] >= (uint)rows || (uint)keyColumns[k] >= (uint)columns)
                throw new ArgumentException($"Cell ({keyRows[k]}, {keyColumns[k]}) is outside the matrix.");
        }
        var byRow = StableSort(keyRows, rows, null, out _);
        var order = StableSort(keyColumns, columns, byRow, out var starts);
        var (rowOf, values) = (new int[order.Length], new double[order.Length]);
        places = new int[order.Length];
        for (var p = 0; p < order.Length; p++)
        {
            rowOf[p] = keyRows[order[p]];
            values[p] = triplets[order[p]].Value;
            places[order[p]] = p;
        }
        return new SparseMatrix(rows, columns, starts, rowOf, values);
    }

    /// <summary>The same pattern with other values.</summary>
    public SparseMatrix With(double[] values) => new(Rows, Columns, Starts, RowOf, values);

    /// <summary>The sum of a cell's entries.</summary>
    public double this[int row, int column]
    {
        get
        {
            var sum = 0.0;
            for (var p = Starts[column]; p < Starts[column + 1]; p++) if (RowOf[p] == row) sum += Values[p];
            return sum;
        }
    }

    /// <summary>The entries of a column, by row.</summary>
    public IEnumerable<(int Row, double Value)> Column(int column)
    {
        for (var p = Starts[column]; p < Starts[column + 1]; p++) yield return (RowOf[p], Values[p]);
    }

    /// <summary>The matrix times a vector.</summary>
    public double[] Times(ReadOnlySpan<double> x)
    {
        var y = new double[Rows];
        for (var j = 0; j < Columns; j++)
            if (x[j] != 0)
                for (var p = Starts[j]; p < Starts[j + 1]; p++) y[RowOf[p]] += Values[p] * x[j];
        return y;
    }

    /// <summary>A row vector times the matrix.</summary>
    public double[] TransposedTimes(ReadOnlySpan<double> y)
    {
        var x = new double[Columns];
        for (var j = 0; j < Columns; j++)
        {
            var sum = 0.0;
            for (var p = Starts[j]; p < Starts[j + 1]; p++) sum += Values[p] * y[RowOf[p]];
            x[j] = sum;
        }
        return x;
    }

    /// <summary>Where the transpose's rows begin, and which entry stands at each place.</summary>
    internal (int[] Starts, int[] Entries) ByRow()
    {
        var entries = StableSort(RowOf, Rows, null, out var starts);
        return (starts, entries);
    }

    /// <summary>The column of each entry.</summary>
    internal int[] ColumnOf()
    {
        var columns = new int[Count];
        for (var j = 0; j < Columns; j++) columns.AsSpan(Starts[j], Starts[j + 1] - Starts[j]).Fill(j);
        return columns;
    }

    /// <summary>Counting sort that keeps the given order among equal keys.</summary>
    private static int[] StableSort(int[] keys, int range, int[]? given, out int[] starts)
    {
        starts = new int[range + 1];
        foreach (var key in keys) starts[key + 1]++;
        for (var i = 0; i < range; i++) starts[i + 1] += starts[i];
        var next = starts.AsSpan(0, range).ToArray();
        var order = new int[keys.Length];
        for (var k = 0; k < keys.Length; k++)
        {
            var item = given is null ? k : given[k];
            order[next[keys[item]]++] = item;
        }
        return order;
    }
}

/// <summary>A cell and what it adds.</summary>
public readonly record struct Triplet(int Row, int Column, double Value);
