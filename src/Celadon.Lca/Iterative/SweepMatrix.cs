using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Celadon.Lca.Model;
using Celadon.Lca.Sparse;
using V8 = System.Runtime.Intrinsics.Vector512<double>;

namespace Celadon.Lca.Iterative;

/// <summary>
/// Equations y_k = c_k + Σ z·y_i, one row a process in the order of the sweeps. Gauss-Seidel: a row uses the
/// newest values of all others.
/// </summary>
internal sealed unsafe class SweepMatrix
{
    private const int MostSweeps = 400;

    private readonly int[] _starts;
    private readonly int[] _index;
    private readonly double[] _coefficient;
    private readonly Folds? _folds;

    private SweepMatrix(int[] starts, int[] index, double[] coefficient, Zone[] zones, int[] at,
        Folds? folds = null) => (_starts, _index, _coefficient, Zones, At, _folds)
        = (starts, index, coefficient, zones, at, folds);

    /// <summary>Rows.</summary>
    public int Size => _starts.Length - 1;

    /// <summary>The position of each process.</summary>
    public int[] At { get; }

    /// <summary>Stretches of positions.</summary>
    public Zone[] Zones { get; }

    /// <summary>The loops of which only the core is swept.</summary>
    public IReadOnlyList<Fold> Folds => _folds?.All ?? [];

    /// <summary>Whether a loop is known not to contract.</summary>
    public bool Grows => _folds?.Grows ?? false;

    /// <summary>Entries.</summary>
    public int Count => _index.Length;

    /// <summary>Supply: x_i = f_i/a_ii − Σ a_ij/a_ii · x_j, consumers first.</summary>
    public static SweepMatrix Supply(PairedMatrix matrix, SweepOrder order)
    {
        var n = matrix.Size;
        var starts = new int[n + 1];
        for (var j = 0; j < n; j++)
            for (var p = matrix.Starts[j]; p < matrix.Starts[j + 1]; p++)
                if (matrix.RowOf[p] != j) starts[order.At[matrix.RowOf[p]] + 1]++;
        for (var k = 0; k < n; k++) starts[k + 1] += starts[k];
        var next = starts.AsSpan(0, n).ToArray();
        var (index, coefficient) = (new int[starts[n]], new double[starts[n]]);
        for (var k = 0; k < n; k++)
            for (var p = matrix.Starts[order.Order[k]]; p < matrix.Starts[order.Order[k] + 1]; p++)
            {
                var i = matrix.RowOf[p];
                if (i == order.Order[k]) continue;
                var q = next[order.At[i]]++;
                (index[q], coefficient[q]) = (k, -matrix.Values[p] / matrix.Diagonal[i]);
            }
        return new SweepMatrix(starts, index, coefficient, order.Zones, order.At);
    }

    /// <summary>Intensities: λ_j = g_j/a_jj − Σ a_ij/a_jj · λ_i, suppliers first (positions
    /// reversed).</summary>
    public static SweepMatrix Intensities(PairedMatrix matrix, SweepOrder order)
    {
        var (n, starts) = (matrix.Size, new int[matrix.Size + 1]);
        for (var k = 0; k < n; k++)
        {
            var j = order.Order[n - 1 - k];
            starts[k + 1] = starts[k];
            for (var p = matrix.Starts[j]; p < matrix.Starts[j + 1]; p++)
                if (matrix.RowOf[p] != j) starts[k + 1]++;
        }
        var (index, coefficient) = (new int[starts[n]], new double[starts[n]]);
        for (var (k, q) = (0, 0); k < n; k++)
        {
            var j = order.Order[n - 1 - k];
            for (var p = matrix.Starts[j]; p < matrix.Starts[j + 1]; p++)
                if (matrix.RowOf[p] != j)
                    (index[q], coefficient[q++]) = (n - 1 - order.At[matrix.RowOf[p]],
                        -matrix.Values[p] / matrix.Diagonal[j]);
        }
        var zones = order.Zones.Reverse().Select(z => new Zone(n - z.End, n - z.Begin, z.IsLoop));
        return new SweepMatrix(starts, index, coefficient, [.. zones],
            [.. order.At.Select(k => n - 1 - k)]);
    }

    /// <summary>The same equations condensed: rows by new positions, what they name by old ones.</summary>
    public static SweepMatrix Folded(SweepMatrix whole, List<Term>[] rows, int[] place, Zone[] zones,
        Folds folds)
    {
        var count = rows.Sum(r => r.Count);
        var (starts, index, coefficient) = (new int[rows.Length + 1], new int[count], new double[count]);
        for (var (k, q) = (0, 0); k < rows.Length; k++)
        {
            foreach (var term in rows[k])
                (index[q], coefficient[q++]) = (place[term.Index], term.Coefficient);
            starts[k + 1] = q;
        }
        return new SweepMatrix(starts, index, coefficient, zones, [.. whole.At.Select(k => place[k])], folds);
    }

    /// <summary>Whom a row names.</summary>
    public ReadOnlySpan<int> Named(int k) => _index.AsSpan(_starts[k], _starts[k + 1] - _starts[k]);

    /// <summary>How much of each.</summary>
    public ReadOnlySpan<double> Coefficients(int k) =>
        _coefficient.AsSpan(_starts[k], _starts[k + 1] - _starts[k]);

    /// <summary>
    /// Solves for one vector of constants, which are overwritten: zone by zone, until the error of no value
    /// is estimated above <paramref name="tolerance"/> of itself; returns the most sweeps of a zone, or −1 if
    /// one did not settle.
    /// </summary>
    public int Solve(double[] constants, double[] y, double tolerance)
    {
        if (Grows) return -1;
        _folds?.Apply(constants);
        var most = 0;
        fixed (int* starts = _starts, index = _index)
        fixed (double* coefficient = _coefficient, c = constants, v = y)
            foreach (var zone in Zones)
            {
                if (zone.IsLoop) Array.Copy(constants, zone.Begin, y, zone.Begin, zone.End - zone.Begin);
                var settling = new Settling(tolerance);
                for (var sweep = 1; ; sweep++)
                {
                    var change = Sweep(starts, index, coefficient, c, v, zone);
                    most = Math.Max(most, sweep);
                    if (!zone.IsLoop || settling.IsReached(change)) break;
                    if (sweep == MostSweeps || double.IsNaN(change)) return -1;
                }
            }
        return most;
    }

    /// <summary>One sweep; returns the largest change of a value as a share of itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Sweep(int* starts, int* index, double* coefficient, double* c, double* v, Zone zone)
    {
        var change = 0.0;
        for (var k = zone.Begin; k < zone.End; k++)
        {
            // Four sums, since one would wait for itself at each entry.
            var (a, b, d, e) = (c[k], 0.0, 0.0, 0.0);
            var (q, end) = (starts[k], starts[k + 1]);
            for (; q + 3 < end; q += 4)
            {
                a = Math.FusedMultiplyAdd(coefficient[q], v[index[q]], a);
                b = Math.FusedMultiplyAdd(coefficient[q + 1], v[index[q + 1]], b);
                d = Math.FusedMultiplyAdd(coefficient[q + 2], v[index[q + 2]], d);
                e = Math.FusedMultiplyAdd(coefficient[q + 3], v[index[q + 3]], e);
            }
            for (; q < end; q++) a = Math.FusedMultiplyAdd(coefficient[q], v[index[q]], a);
            a += b + (d + e);
            if (zone.IsLoop && a != v[k]) change = Math.Max(change, Math.Abs((a - v[k]) / a));
            v[k] = a;
        }
        return change;
    }

    /// <summary>The same for eight vectors at once, one in each lane.</summary>
    public int Solve8(AlignedBuffer<double> constants, AlignedBuffer<double> y, double tolerance)
    {
        if (Grows) return -1;
        _folds?.Apply8(constants);
        var most = 0;
        double* c = constants.Pointer, v = y.Pointer;
        fixed (int* starts = _starts, index = _index)
        fixed (double* coefficient = _coefficient)
            foreach (var zone in Zones)
            {
                if (zone.IsLoop)
                    new Span<double>(c + (8L * zone.Begin), 8 * (zone.End - zone.Begin)).CopyTo(
                        new Span<double>(v + (8L * zone.Begin), 8 * (zone.End - zone.Begin)));
                var settling = new Settling(tolerance);
                for (var sweep = 1; ; sweep++)
                {
                    var change = Sweep8(starts, index, coefficient, c, v, zone);
                    most = Math.Max(most, sweep);
                    if (!zone.IsLoop || settling.IsReached(change)) break;
                    if (sweep == MostSweeps || double.IsNaN(change)) return -1;
                }
            }
        return most;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Sweep8(int* starts, int* index, double* coefficient, double* c, double* v,
        Zone zone)
    {
        V8 change = default;
        for (var k = zone.Begin; k < zone.End; k++)
        {
            V8 a = Vector512.LoadAligned(c + (8L * k)), b = default;
            var (q, end) = (starts[k], starts[k + 1]);
            for (; q + 1 < end; q += 2)
            {
                a = Vector512.FusedMultiplyAdd(Vector512.Create(coefficient[q]),
                    Vector512.LoadAligned(v + (8L * index[q])), a);
                b = Vector512.FusedMultiplyAdd(Vector512.Create(coefficient[q + 1]),
                    Vector512.LoadAligned(v + (8L * index[q + 1])), b);
            }
            if (q < end)
                a = Vector512.FusedMultiplyAdd(Vector512.Create(coefficient[q]),
                    Vector512.LoadAligned(v + (8L * index[q])), a);
            a += b;
            if (zone.IsLoop)
            {
                var step = a - Vector512.LoadAligned(v + (8L * k));
                // Zero stays zero: nothing over nothing is no change.
                change = Vector512.Max(change, Vector512.ConditionalSelect(Vector512.Equals(step, V8.Zero),
                    V8.Zero, Vector512.Abs(step / a)));
            }
            Vector512.StoreAligned(a, v + (8L * k));
        }
        var most = 0.0;
        for (var lane = 0; lane < V8.Count; lane++) most = Math.Max(most, change[lane]);
        return most;
    }

    /// <summary>One step of Jacobi's: z·term for every row; the next tier of the supply chain.</summary>
    public void NextTier(double[] term, double[] next)
    {
        for (var k = 0; k < Size; k++)
        {
            var sum = 0.0;
            for (var q = _starts[k]; q < _starts[k + 1]; q++) sum += _coefficient[q] * term[_index[q]];
            next[k] = sum;
        }
    }
}
