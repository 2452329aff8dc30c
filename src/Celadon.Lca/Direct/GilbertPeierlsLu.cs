using Celadon.Lca.Model;
using Celadon.Lca.Ordering;

namespace Celadon.Lca.Direct;

/// <summary>
/// Column by column LU with threshold pivoting (Gilbert and Peierls, Sparse partial pivoting in time
/// proportional to arithmetic operations, SIAM J. Sci. Stat. Comput. 9, 1988), inside the groups of the block
/// triangular form, with symmetric pruning (Eisenstat and Liu 1993). The exact reference, and the solver for
/// systems whose diagonal is weak. The pivot is the diagonal wherever it has a thousandth of the largest
/// candidate; rows are scaled so that units do not decide.
/// </summary>
internal sealed class GilbertPeierlsLu
{
    private const double Threshold = 1e-3;

    /// <summary>A sum below this share of its largest part is what rounding left.</summary>
    private const double Rounding = 1e-14;

    private readonly FrontPlan _plan;
    private readonly int[] _starts;
    private readonly int[] _rowOf;
    private readonly int _n;
    private readonly int[] _groupOf;
    private readonly int[] _pivotOf;
    private readonly int[] _rowAt;
    private readonly double[] _scale;
    private readonly double[] _mass;
    private readonly double[] _pivot;
    private readonly int[] _lowerStarts;
    private readonly int[] _prunedEnd;
    private readonly int[] _upperStarts;
    private readonly int[] _outsideStarts;
    private readonly Entries _lower = new();
    private readonly Entries _upper = new();
    private readonly Entries _outside = new();
    private readonly double[] _work;
    private readonly int[] _seen;
    private readonly int[] _reach;
    private readonly int[] _path;
    private readonly int[] _next;

    private GilbertPeierlsLu(FrontPlan plan, PairedMatrix matrix)
    {
        _plan = plan;
        _n = plan.Size;
        (_starts, _rowOf) = (matrix.Starts, matrix.RowOf);
        (_groupOf, _pivotOf, _rowAt) = (new int[_n], new int[_n], new int[_n]);
        (_scale, _pivot, _mass) = (new double[_n], new double[_n], new double[_n]);
        (_lowerStarts, _prunedEnd) = (new int[_n + 1], new int[_n]);
        (_upperStarts, _outsideStarts) = (new int[_n + 1], new int[_n + 1]);
        (_work, _seen, _reach) = (new double[_n], new int[_n], new int[_n]);
        (_path, _next) = (new int[_n], new int[_n]);
        Array.Fill(_pivotOf, -1);
        Array.Fill(_seen, -1);
        for (var b = 0; b < plan.Groups.Count; b++)
            _groupOf.AsSpan(plan.Groups.Starts[b], plan.Groups.Starts[b + 1] - plan.Groups.Starts[b]).Fill(b);
    }

    /// <summary>Pivots that are not on the diagonal.</summary>
    public int OffDiagonalPivots { get; private set; }

    /// <summary>Entries of both factors.</summary>
    public int FactorEntries => _lower.Count + _upper.Count + _n;

    /// <summary>
    /// Factors; null when the matrix is singular, and then <paramref name="failedAt"/> is the process whose
    /// column had no pivot left.
    /// </summary>
    public static GilbertPeierlsLu? Factor(FrontPlan plan, PairedMatrix matrix, double[] values,
        out int failedAt)
    {
        var lu = new GilbertPeierlsLu(plan, matrix);
        failedAt = lu.Run(values);
        return failedAt < 0 ? lu : null;
    }

    /// <summary>x = A⁻¹b.</summary>
    public void Solve(ReadOnlySpan<double> b, Span<double> x)
    {
        var z = new double[_n];
        for (var k = 0; k < _n; k++) z[k] = b[_plan.Order[_rowAt[k]]] * _scale[_rowAt[k]];
        for (var g = _plan.Groups.Count - 1; g >= 0; g--)
        {
            var (begin, end) = (_plan.Groups.Starts[g], _plan.Groups.Starts[g + 1]);
            for (var k = begin; k < end; k++) Subtract(_lower, _lowerStarts, k, z);
            for (var k = end - 1; k >= begin; k--)
            {
                z[k] /= _pivot[k];
                Subtract(_upper, _upperStarts, k, z);
            }
            for (var k = begin; k < end; k++) Subtract(_outside, _outsideStarts, k, z);
        }
        for (var k = 0; k < _n; k++) x[_plan.Order[k]] = z[k];
    }

    /// <summary>y = A⁻ᵀg.</summary>
    public void SolveTransposed(ReadOnlySpan<double> g, Span<double> y)
    {
        var z = new double[_n];
        for (var k = 0; k < _n; k++) z[k] = g[_plan.Order[k]];
        for (var b = 0; b < _plan.Groups.Count; b++)
        {
            var (begin, end) = (_plan.Groups.Starts[b], _plan.Groups.Starts[b + 1]);
            for (var k = begin; k < end; k++)
                z[k] = (z[k] - Dot(_outside, _outsideStarts, k, z) - Dot(_upper, _upperStarts, k, z))
                    / _pivot[k];
            for (var k = end - 1; k >= begin; k--) z[k] -= Dot(_lower, _lowerStarts, k, z);
        }
        for (var k = 0; k < _n; k++) y[_plan.Order[_rowAt[k]]] = z[k] * _scale[_rowAt[k]];
    }

    private int Run(double[] values)
    {
        for (var k = 0; k < _n; k++)
            for (var p = _starts[_plan.Order[k]]; p < _starts[_plan.Order[k] + 1]; p++)
                _scale[_plan.At[_rowOf[p]]] = Math.Max(_scale[_plan.At[_rowOf[p]]], Math.Abs(values[p]));
        for (var i = 0; i < _n; i++) _scale[i] = _scale[i] > 0 ? Math.Min(1 / _scale[i], double.MaxValue) : 1;
        for (var g = 0; g < _plan.Groups.Count; g++)
        {
            var (begin, end) = (_plan.Groups.Starts[g], _plan.Groups.Starts[g + 1]);
            for (var k = begin; k < end; k++)
            {
                var top = Reach(k, g, values);
                Eliminate(top);
                if (!ChoosePivot(k, top)) return _plan.Order[k];
                Prune(k);
            }
            for (var q = _lowerStarts[begin]; q < _lowerStarts[end]; q++)
                _lower.Row[q] = _pivotOf[_lower.Row[q]];
        }
        for (var q = 0; q < _outside.Count; q++) _outside.Row[q] = _pivotOf[_outside.Row[q]];
        return -1;
    }

    /// <summary>
    /// The rows that column k will fill: what its own rows reach through finished columns, depth first; in
    /// topological order from the returned place. Scatters the column's amounts.
    /// </summary>
    private int Reach(int k, int group, double[] values)
    {
        var (column, top) = (_plan.Order[k], _n);
        (_outsideStarts[k], _upperStarts[k], _lowerStarts[k]) = (_outside.Count, _upper.Count, _lower.Count);
        for (var p = _starts[column]; p < _starts[column + 1]; p++)
        {
            var i = _plan.At[_rowOf[p]];
            if (_groupOf[i] != group) _outside.Add(i, values[p] * _scale[i]);
            else if (_seen[i] != k) top = Search(i, k, top);
        }
        for (var p = _starts[column]; p < _starts[column + 1]; p++)
        {
            var i = _plan.At[_rowOf[p]];
            if (_groupOf[i] != group) continue;
            _work[i] += values[p] * _scale[i];
            _mass[i] = Math.Max(_mass[i], Math.Abs(values[p] * _scale[i]));
        }
        _outsideStarts[k + 1] = _outside.Count;
        return top;
    }

    private int Search(int first, int k, int top)
    {
        var depth = 0;
        _seen[_path[0] = first] = k;
        _next[0] = Begin(first);
        while (depth >= 0)
        {
            var (i, down) = (_path[depth], false);
            var end = _pivotOf[i] < 0 ? 0 : _prunedEnd[_pivotOf[i]];
            for (var q = _next[depth]; q < end; q++)
            {
                var r = _lower.Row[q];
                if (_seen[r] == k) continue;
                _seen[r] = k;
                _next[depth] = q + 1;
                _path[++depth] = r;
                _next[depth] = Begin(r);
                down = true;
                break;
            }
            if (down) continue;
            depth--;
            _reach[--top] = i;
        }
        return top;
    }

    private int Begin(int row) => _pivotOf[row] < 0 ? 0 : _lowerStarts[_pivotOf[row]];

    private void Eliminate(int top)
    {
        for (var t = top; t < _n; t++)
        {
            var pivot = _pivotOf[_reach[t]];
            if (pivot < 0) continue;
            var value = _work[_reach[t]];
            (_work[_reach[t]], _mass[_reach[t]]) = (0, 0);
            _upper.Add(pivot, value);
            if (value == 0) continue;
            var (rows, amounts) = (_lower.Row, _lower.Value);
            for (var q = _lowerStarts[pivot]; q < _lowerStarts[pivot + 1]; q++)
            {
                _work[rows[q]] -= amounts[q] * value;
                _mass[rows[q]] = Math.Max(_mass[rows[q]], Math.Abs(amounts[q] * value));
            }
        }
    }

    private bool ChoosePivot(int k, int top)
    {
        var (largest, row, diagonal) = (0.0, -1, 0.0);
        for (var t = top; t < _n; t++)
        {
            var i = _reach[t];
            if (_pivotOf[i] >= 0) continue;
            if (double.IsNaN(_work[i])) return false;
            // What is left of a singular column is the rounding of what was added up in it, however large.
            if (Math.Abs(_work[i]) < Rounding * _mass[i]) continue;
            if (Math.Abs(_work[i]) > largest) (largest, row) = (Math.Abs(_work[i]), i);
            if (i == k) diagonal = _work[i];
        }
        if (row < 0) return false;
        if (Math.Abs(diagonal) >= Threshold * largest) row = k;
        else OffDiagonalPivots++;
        var pivot = _work[row];
        for (var t = top; t < _n; t++)
        {
            var i = _reach[t];
            if (_pivotOf[i] >= 0) continue;
            if (i != row) _lower.Add(i, _work[i] / pivot);
            (_work[i], _mass[i]) = (0, 0);
        }
        (_pivot[k], _pivotOf[row], _rowAt[k]) = (pivot, k, row);
        (_lowerStarts[k + 1], _upperStarts[k + 1], _prunedEnd[k]) = (_lower.Count, _upper.Count,
            _lower.Count);
        return true;
    }

    /// <summary>
    /// Where the pivot row occurs in an earlier column that this one used, later searches need only that
    /// column's rows which are pivots by now.
    /// </summary>
    private void Prune(int k)
    {
        for (var u = _upperStarts[k]; u < _upperStarts[k + 1]; u++)
        {
            var earlier = _upper.Row[u];
            var (begin, end) = (_lowerStarts[earlier], _lowerStarts[earlier + 1]);
            if (_prunedEnd[earlier] != end) continue;
            if (!_lower.Row.AsSpan(begin, end - begin).Contains(_rowAt[k])) continue;
            var (front, back) = (begin, end - 1);
            while (front <= back)
            {
                if (_pivotOf[_lower.Row[front]] >= 0) front++;
                else _lower.Swap(front, back--);
            }
            _prunedEnd[earlier] = front;
        }
    }

    private static void Subtract(Entries part, int[] starts, int k, double[] z)
    {
        var value = z[k];
        if (value == 0) return;
        for (var q = starts[k]; q < starts[k + 1]; q++) z[part.Row[q]] -= part.Value[q] * value;
    }

    private static double Dot(Entries part, int[] starts, int k, double[] z)
    {
        var sum = 0.0;
        for (var q = starts[k]; q < starts[k + 1]; q++) sum += part.Value[q] * z[part.Row[q]];
        return sum;
    }

    /// <summary>A growing list of rows and values.</summary>
    private sealed class Entries
    {
        public int[] Row = new int[1024];
        public double[] Value = new double[1024];

        public int Count { get; private set; }

        public void Add(int row, double value)
        {
            if (Count == Row.Length)
            {
                Array.Resize(ref Row, checked(2 * Count));
                Array.Resize(ref Value, Row.Length);
            }
            (Row[Count], Value[Count++]) = (row, value);
        }

        public void Swap(int a, int b)
        {
            (Row[a], Row[b]) = (Row[b], Row[a]);
            (Value[a], Value[b]) = (Value[b], Value[a]);
        }
    }
}
