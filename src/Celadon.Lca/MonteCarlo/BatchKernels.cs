using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
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

    /// <summary>What is known of each residual at the nominal supply.</summary>
    public double* Start;
}

/// <summary>The loops that take the time.</summary>
internal static unsafe class BatchKernels
{
    public const int Half = 16;

    /// <summary>
    /// Draws every coefficient; one block of random bits gives both halves of the batch. On the way the
    /// residuals at the nominal supply: r = c − 1 + Σz.
    /// </summary>
    public static void Sample(DrawTable table, in Sampling.Threefry.Key key, in BatchRows rows, int count,
        float* first, float* second, double* r0, double* r1)
    {
        if (table.IsLognormal) Sample<LognormalDraws>(table, key, rows, count, first, second, r0, r1);
        else Sample<AnyDraws>(table, key, rows, count, first, second, r0, r1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sample<T>(DrawTable table, in Sampling.Threefry.Key key, in BatchRows rows, int count,
        float* first, float* second, double* r0, double* r1) where T : struct, IDraws
    {
        var (local, m) = (key, rows);
        for (long i = 0, q = 0; i < count; i++)
        {
            D a = Vector512.Create(m.Start[i]), b = a, c = a, d = a;
            for (; q < m.UncertainStarts[i + 1]; q++)
            {
                T.Draw(table, local, q, out var x, out var y);
                Vector512.StoreAligned(x, first + (Half * q));
                Vector512.StoreAligned(y, second + (Half * q));
                a += Vector512.WidenLower(x);
                b += Vector512.WidenUpper(x);
                c += Vector512.WidenLower(y);
                d += Vector512.WidenUpper(y);
            }
            Vector512.StoreAligned(a, r0 + (Half * i));
            Vector512.StoreAligned(b, r0 + (Half * i) + 8);
            Vector512.StoreAligned(c, r1 + (Half * i));
            Vector512.StoreAligned(d, r1 + (Half * i) + 8);
        }
    }

    /// <summary>The residuals at the nominal supply of coefficients as they are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Start(in BatchRows rows, int count, float* z, double* r)
    {
        var m = rows;
        for (long i = 0; i < count; i++)
        {
            D a = Vector512.Create(m.Start[i]), b = a;
            for (var q = m.UncertainStarts[i]; q < m.UncertainStarts[i + 1]; q++, z += Half)
            {
                a += Vector512.WidenLower(Vector512.LoadAligned(z));
                b += Vector512.WidenUpper(Vector512.LoadAligned(z));
            }
            Vector512.StoreAligned(a, r + (Half * i));
            Vector512.StoreAligned(b, r + (Half * i) + 8);
        }
    }

    /// <summary>Σ w|r| of each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static F Weighted(in BatchRows rows, int count, double* r)
    {
        F error = default;
        for (long i = 0; i < count; i++)
            error = Vector512.FusedMultiplyAdd(Vector512.Create(rows.Weight[i]),
                Vector512.Abs(Single(r + (Half * i))), error);
        return error;
    }

    /// <summary>Eight lanes in double precision.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static D Wide(float* x)
    {
        var narrow = Vector256.LoadAligned(x);
        return Avx512F.IsSupported ? Avx512F.ConvertToVector512Double(narrow)
            : Vector512.Create(Vector256.WidenLower(narrow), Vector256.WidenUpper(narrow));
    }

    /// <summary>Sixteen lanes in single precision.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F Single(double* r) =>
        Vector512.Narrow(Vector512.LoadAligned(r), Vector512.LoadAligned(r + 8));

    /// <summary>
    /// r − e + Ze: the residuals once the supply has been corrected by e. Draws and corrections are
    /// numbers of single precision, so that their products are exact and only sums round, in double:
    /// this is the true residual. Returns Σ w|r| of each lane, the bound on what the score may be wrong by
    /// (the dual-weighted residual of Becker and Rannacher, Acta Numerica 10, 2001).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static F Residual(in BatchRows rows, int count, float* z, float* e, double* r)
    {
        var m = rows;
        F error = default;
        int* column = m.UncertainColumn, known = m.FixedColumn;
        for (long i = 0; i < count; i++, r += Half)
        {
            var own = Vector512.LoadAligned(e + (Half * i));
            D a = Vector512.LoadAligned(r) - Vector512.WidenLower(own), c = default;
            D b = Vector512.LoadAligned(r + 8) - Vector512.WidenUpper(own), d = default;
            for (var end = m.UncertainColumn + m.UncertainStarts[i + 1]; column < end; column++, z += Half)
            {
                var x = e + *column;
                a = Vector512.FusedMultiplyAdd(Wide(z), Wide(x), a);
                b = Vector512.FusedMultiplyAdd(Wide(z + 8), Wide(x + 8), b);
            }
            for (var end = m.FixedColumn + m.FixedStarts[i + 1]; known < end; known++)
            {
                var (f, x) = (Vector512.Create(m.Fixed[known - m.FixedColumn]), (nint)(e + *known));
                c = Vector512.FusedMultiplyAdd(f, Wide((float*)x), c);
                d = Vector512.FusedMultiplyAdd(f, Wide((float*)x + 8), d);
            }
            (a, b) = (a + c, b + d);
            error = Vector512.FusedMultiplyAdd(Vector512.Create(m.Weight[i]),
                Vector512.Abs(Vector512.Narrow(a, b)), error);
            Vector512.StoreAligned(a, r);
            Vector512.StoreAligned(b, r + 8);
        }
        return error;
    }

    /// <summary>
    /// e = r + Ze over processes that one pass does, in single precision; what a process takes of itself
    /// divides. Lanes in which that is all it makes, or more, are lost.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pass(in BatchRows rows, Stretch stretch, float* z, double* r, float* e, ref F lost)
    {
        var m = rows;
        int* column = m.UncertainColumn + m.UncertainStarts[stretch.Begin];
        int* known = m.FixedColumn + m.FixedStarts[stretch.Begin];
        z += (long)Half * m.UncertainStarts[stretch.Begin];
        for (var i = stretch.Begin; i < stretch.End; i++)
        {
            var own = Half * i;
            F a = Single(r + own), b = F.One;
            var end = m.UncertainColumn + m.UncertainStarts[i + 1];
            for (; column < end; column++, z += Half)
                if (*column == own) b -= Vector512.LoadAligned(z);
                else
                    a = Vector512.FusedMultiplyAdd(Vector512.LoadAligned(z),
                        Vector512.LoadAligned(e + *column), a);
            for (end = m.FixedColumn + m.FixedStarts[i + 1]; known < end; known++)
            {
                var much = Vector512.Create(m.FixedSingle[known - m.FixedColumn]);
                if (*known == own) b -= much;
                else a = Vector512.FusedMultiplyAdd(much, Vector512.LoadAligned(e + *known), a);
            }
            lost |= ~Vector512.GreaterThan(b, F.Zero);
            Vector512.StoreAligned(a / b, e + own);
        }
    }

    /// <summary>y = 1 + e.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Begin(double* y, float* e, long count)
    {
        var one = Vector512.Create(1.0);
        for (long i = 0; i < count * Half; i += Half)
        {
            var c = Vector512.LoadAligned(e + i);
            Vector512.StoreAligned(one + Vector512.WidenLower(c), y + i);
            Vector512.StoreAligned(one + Vector512.WidenUpper(c), y + i + 8);
        }
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
