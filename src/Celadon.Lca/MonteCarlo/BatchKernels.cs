using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Celadon.Lca.Iterative;
using D = System.Runtime.Intrinsics.Vector512<double>;
using F = System.Runtime.Intrinsics.Vector512<float>;

namespace Celadon.Lca.MonteCarlo;

/// <summary>
/// The rows of a batch: for each, coefficients that differ from sample to sample (sixteen lanes each) and
/// coefficients that are the same in all. Lanes never mix, so that a sample is the same whatever the width of
/// the machine's registers.
/// </summary>
internal unsafe struct BatchRows
{
    public int* UncertainStarts;

    /// <summary>Columns times sixteen: where the column's lanes begin.</summary>
    public int* UncertainColumn;
    public int* FixedStarts;

    /// <summary>Columns times sixteen.</summary>
    public int* FixedColumn;
    public double* Fixed;
    public float* FixedSingle;
    public float* Weight;
}

/// <summary>The loops that take the time.</summary>
internal static unsafe class BatchKernels
{
    public const int Half = 16;

    /// <summary>Draws every coefficient; one block of random bits gives both halves of the batch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sample(DrawTable table, in Sampling.Threefry.Key key, float* first, float* second)
    {
        var local = key;
        for (long q = 0; q < table.Count; q++)
        {
            table.Draw(local, q, out var a, out var b);
            Vector512.StoreAligned(a, first + (Half * q));
            Vector512.StoreAligned(b, second + (Half * q));
        }
    }

    /// <summary>
    /// r = c − y + Zy in double precision, kept in single; returns Σ w|r| of each lane, the bound on what the
    /// score may be wrong by (the dual-weighted residual of Becker and Rannacher, Acta Numerica 10, 2001).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static F Residual(in BatchRows rows, int count, float* z, double* constants, double* y, float* r)
    {
        var m = rows;
        F error = default;
        int* column = m.UncertainColumn, known = m.FixedColumn;
        for (var i = 0; i < count; i++)
        {
            D a = Vector512.Create(constants[i]), b = a, c = default, d = default;
            for (var end = m.UncertainColumn + m.UncertainStarts[i + 1]; column < end; column++, z += Half)
            {
                var (z0, x) = (Vector512.LoadAligned(z), (nint)(y + *column));
                a = Vector512.FusedMultiplyAdd(Vector512.WidenLower(z0), Vector512.LoadAligned((double*)x),
                    a);
                b = Vector512.FusedMultiplyAdd(Vector512.WidenUpper(z0), Vector512.LoadAligned((double*)x
                    + 8),
                    b);
            }
            for (var end = m.FixedColumn + m.FixedStarts[i + 1]; known < end; known++)
            {
                var (f, x) = (Vector512.Create(m.Fixed[known - m.FixedColumn]), (nint)(y + *known));
                c = Vector512.FusedMultiplyAdd(f, Vector512.LoadAligned((double*)x), c);
                d = Vector512.FusedMultiplyAdd(f, Vector512.LoadAligned((double*)x + 8), d);
            }
            var own = y + ((long)Half * i);
            var residual = Vector512.Narrow(a + c - Vector512.LoadAligned(own),
                b + d - Vector512.LoadAligned(own + 8));
            error = Vector512.FusedMultiplyAdd(Vector512.Create(m.Weight[i]), Vector512.Abs(residual), error);
            Vector512.StoreAligned(residual, r + ((long)Half * i));
        }
        return error;
    }

    /// <summary>
    /// One Gauss-Seidel sweep e = r + Ze over a zone in single precision; returns Σ w|change| of each lane.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static F Sweep(in BatchRows rows, Zone zone, float* z, float* r, float* e)
    {
        var m = rows;
        F change = default;
        int* column = m.UncertainColumn + m.UncertainStarts[zone.Begin];
        int* known = m.FixedColumn + m.FixedStarts[zone.Begin];
        z += (long)Half * m.UncertainStarts[zone.Begin];
        for (var i = zone.Begin; i < zone.End; i++)
        {
            F a = Vector512.LoadAligned(r + ((long)Half * i)), b = default;
            var end = m.UncertainColumn + m.UncertainStarts[i + 1];
            for (; column + 1 < end; column += 2, z += 2 * Half)
            {
                a = Vector512.FusedMultiplyAdd(Vector512.LoadAligned(z), Vector512.LoadAligned(e + column[0]),
                    a);
                b = Vector512.FusedMultiplyAdd(Vector512.LoadAligned(z + Half),
                    Vector512.LoadAligned(e + column[1]), b);
            }
            if (column < end)
            {
                a = Vector512.FusedMultiplyAdd(Vector512.LoadAligned(z), Vector512.LoadAligned(e + *column),
                    a);
                column++;
                z += Half;
            }
            for (end = m.FixedColumn + m.FixedStarts[i + 1]; known < end; known++)
                b = Vector512.FusedMultiplyAdd(Vector512.Create(m.FixedSingle[known - m.FixedColumn]),
                    Vector512.LoadAligned(e + *known), b);
            a += b;
            var own = e + ((long)Half * i);
            change = Vector512.FusedMultiplyAdd(Vector512.Create(m.Weight[i]),
                Vector512.Abs(a - Vector512.LoadAligned(own)), change);
            Vector512.StoreAligned(a, own);
        }
        return change;
    }

    /// <summary>y += e.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Correct(double* y, float* e, long count)
    {
        for (long i = 0; i < count * Half; i += Half)
        {
            var c = Vector512.LoadAligned(e + i);
            Vector512.StoreAligned(Vector512.LoadAligned(y + i) + Vector512.WidenLower(c), y + i);
            Vector512.StoreAligned(Vector512.LoadAligned(y + i + 8) + Vector512.WidenUpper(c), y + i + 8);
        }
    }
}
