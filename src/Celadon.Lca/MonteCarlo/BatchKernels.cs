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
    public int* UncertainColumn;
    public int* FixedStarts;
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
        for (var i = 0; i < count; i++)
        {
            D a = Vector512.Create(constants[i]), b = a, c = default, d = default;
            var (q, end) = (m.UncertainStarts[i], m.UncertainStarts[i + 1]);
            for (; q + 1 < end; q += 2)
            {
                var z0 = Vector512.LoadAligned(z + ((long)Half * q));
                var z1 = Vector512.LoadAligned(z + ((long)Half * q) + Half);
                double* x = y + ((long)Half * m.UncertainColumn[q]), v = y
                    + ((long)Half * m.UncertainColumn[q + 1]);
                a = Vector512.FusedMultiplyAdd(Vector512.WidenLower(z0), Vector512.LoadAligned(x), a);
                b = Vector512.FusedMultiplyAdd(Vector512.WidenUpper(z0), Vector512.LoadAligned(x + 8), b);
                c = Vector512.FusedMultiplyAdd(Vector512.WidenLower(z1), Vector512.LoadAligned(v), c);
                d = Vector512.FusedMultiplyAdd(Vector512.WidenUpper(z1), Vector512.LoadAligned(v + 8), d);
            }
            if (q < end)
            {
                var z0 = Vector512.LoadAligned(z + ((long)Half * q));
                var x = y + ((long)Half * m.UncertainColumn[q]);
                a = Vector512.FusedMultiplyAdd(Vector512.WidenLower(z0), Vector512.LoadAligned(x), a);
                b = Vector512.FusedMultiplyAdd(Vector512.WidenUpper(z0), Vector512.LoadAligned(x + 8), b);
            }
            for (q = m.FixedStarts[i], end = m.FixedStarts[i + 1]; q < end; q++)
            {
                var f = Vector512.Create(m.Fixed[q]);
                var x = y + ((long)Half * m.FixedColumn[q]);
                c = Vector512.FusedMultiplyAdd(f, Vector512.LoadAligned(x), c);
                d = Vector512.FusedMultiplyAdd(f, Vector512.LoadAligned(x + 8), d);
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
        for (var i = zone.Begin; i < zone.End; i++)
        {
            F a = Vector512.LoadAligned(r + ((long)Half * i)), b = default;
            var (q, end) = (m.UncertainStarts[i], m.UncertainStarts[i + 1]);
            for (; q + 1 < end; q += 2)
            {
                a = Vector512.FusedMultiplyAdd(Vector512.LoadAligned(z + ((long)Half * q)),
                    Vector512.LoadAligned(e + ((long)Half * m.UncertainColumn[q])), a);
                b = Vector512.FusedMultiplyAdd(Vector512.LoadAligned(z + ((long)Half * q) + Half),
                    Vector512.LoadAligned(e + ((long)Half * m.UncertainColumn[q + 1])), b);
            }
            if (q < end)
                a = Vector512.FusedMultiplyAdd(Vector512.LoadAligned(z + ((long)Half * q)),
                    Vector512.LoadAligned(e + ((long)Half * m.UncertainColumn[q])), a);
            for (q = m.FixedStarts[i], end = m.FixedStarts[i + 1]; q < end; q++)
                b = Vector512.FusedMultiplyAdd(Vector512.Create(m.FixedSingle[q]),
                    Vector512.LoadAligned(e + ((long)Half * m.FixedColumn[q])), b);
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
