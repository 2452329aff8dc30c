using Celadon.Lca.Sparse;

namespace Celadon.Lca.Model;

/// <summary>
/// The technosphere with its rows renumbered by the process that makes each product: row i and column i
/// belong to one process. Entries keep the places they have in the technosphere, so that new amounts can be
/// put in without building anything anew.
/// </summary>
internal sealed class PairedMatrix
{
    private PairedMatrix(int[] starts, int[] rowOf, double[] values)
    {
        (Starts, RowOf, Values) = (starts, rowOf, values);
        Diagonal = DiagonalOf(values);
    }

    /// <summary>Processes.</summary>
    public int Size => Starts.Length - 1;

    /// <summary>Where each column's entries begin.</summary>
    public int[] Starts { get; }

    /// <summary>The row of each entry; in no particular order within a column.</summary>
    public int[] RowOf { get; }

    /// <summary>The amount of each entry.</summary>
    public double[] Values { get; }

    /// <summary>What each process gives out of its own product, net of what it takes of it.</summary>
    public double[] Diagonal { get; }

    /// <summary>Renumbers the rows.</summary>
    public static PairedMatrix Of(SparseMatrix a, int[] producerOf)
    {
        var same = true;
        for (var i = 0; i < producerOf.Length && same; i++) same = producerOf[i] == i;
        var rowOf = same ? a.RowOf : [.. a.RowOf.Select(i => producerOf[i])];
        return new PairedMatrix(a.Starts, rowOf, a.Values);
    }

    /// <summary>Rows and amounts of a column's entries.</summary>
    public ColumnEntries Column(int j) => new(RowOf.AsSpan(Starts[j]..Starts[j + 1]),
        Values.AsSpan(Starts[j]..Starts[j + 1]));

    /// <summary>The same pattern with other amounts.</summary>
    public PairedMatrix With(double[] values) => new(Starts, RowOf, values);

    /// <summary>The diagonal that other amounts would give.</summary>
    public double[] DiagonalOf(double[] values)
    {
        var diagonal = new double[Starts.Length - 1];
        for (var j = 0; j < diagonal.Length; j++)
            for (var p = Starts[j]; p < Starts[j + 1]; p++)
                if (RowOf[p] == j) diagonal[j] += values[p];
        return diagonal;
    }

    /// <summary>
    /// The componentwise backward error of a solution (Oettli and Prager 1964): the largest relative change
    /// of amounts and demand that would make it exact.
    /// </summary>
    public double BackwardError(ReadOnlySpan<double> x, ReadOnlySpan<double> b)
    {
        var (residual, scale) = (new double[Size], new double[Size]);
        for (var i = 0; i < Size; i++) (residual[i], scale[i]) = (b[i], Math.Abs(b[i]));
        for (var j = 0; j < Size; j++)
        {
            if (x[j] == 0) continue;
            for (var p = Starts[j]; p < Starts[j + 1]; p++)
            {
                var part = Values[p] * x[j];
                residual[RowOf[p]] -= part;
                scale[RowOf[p]] += Math.Abs(part);
            }
        }
        return Worst(residual, scale);
    }

    /// <summary>r = b − Ax.</summary>
    public void Residual(ReadOnlySpan<double> x, ReadOnlySpan<double> b, Span<double> r)
    {
        b.CopyTo(r);
        for (var j = 0; j < Size; j++)
            if (x[j] != 0)
                for (var p = Starts[j]; p < Starts[j + 1]; p++) r[RowOf[p]] -= Values[p] * x[j];
    }

    /// <summary>The componentwise backward error of a solution of the transposed system.</summary>
    public double TransposedBackwardError(ReadOnlySpan<double> y, ReadOnlySpan<double> g)
    {
        var (worst, values, rows) = (0.0, Values, RowOf);
        for (var j = 0; j < Size; j++)
        {
            var (residual, scale) = (g[j], Math.Abs(g[j]));
            for (var p = Starts[j]; p < Starts[j + 1]; p++)
            {
                var part = values[p] * y[rows[p]];
                residual -= part;
                scale += Math.Abs(part);
            }
            if (double.IsNaN(residual) || double.IsInfinity(scale)) return double.NaN;
            if (scale > 0) worst = Math.Max(worst, Math.Abs(residual) / scale);
        }
        return worst;
    }

    /// <summary>r = g − Aᵀy.</summary>
    public void TransposedResidual(ReadOnlySpan<double> y, ReadOnlySpan<double> g, Span<double> r)
    {
        for (var j = 0; j < Size; j++)
        {
            var sum = g[j];
            for (var p = Starts[j]; p < Starts[j + 1]; p++) sum -= Values[p] * y[RowOf[p]];
            r[j] = sum;
        }
    }

    /// <summary>
    /// |A||x| + |b|: the sizes of what is added up in each equation, exchange by exchange, so that two
    /// exchanges that cancel in one cell count both.
    /// </summary>
    public double[] Sizes(ReadOnlySpan<double> x, ReadOnlySpan<double> b)
    {
        var sizes = new double[Size];
        for (var i = 0; i < Size; i++) sizes[i] = Math.Abs(b[i]);
        for (var j = 0; j < Size; j++)
            if (x[j] != 0)
                for (var p = Starts[j]; p < Starts[j + 1]; p++) sizes[RowOf[p]] += Math.Abs(Values[p] * x[j]);
        return sizes;
    }

    private static double Worst(double[] residual, double[] scale)
    {
        var worst = 0.0;
        for (var i = 0; i < residual.Length; i++)
        {
            if (double.IsNaN(residual[i]) || double.IsInfinity(scale[i])) return double.NaN;
            if (scale[i] > 0) worst = Math.Max(worst, Math.Abs(residual[i]) / scale[i]);
        }
        return worst;
    }
}

/// <summary>Rows and amounts of a column's entries, in one order.</summary>
internal readonly ref struct ColumnEntries(ReadOnlySpan<int> rows, ReadOnlySpan<double> values)
{
    /// <summary>The row of each.</summary>
    public ReadOnlySpan<int> Rows { get; } = rows;

    /// <summary>The amount of each.</summary>
    public ReadOnlySpan<double> Values { get; } = values;
}
