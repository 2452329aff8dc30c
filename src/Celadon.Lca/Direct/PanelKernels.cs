using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using V8 = System.Runtime.Intrinsics.Vector512<double>;

namespace Celadon.Lca.Direct;

/// <summary>
/// Triangular solves with one front's part of the factor. The diagonal block is stored row after row with a
/// unit lower and an upper triangle; the parts beside and below it are stored along their long side, so that
/// both directions stream through memory. Large blocks work on an aligned copy of the vector.
/// </summary>
internal static unsafe class PanelKernels
{
    /// <summary>Below this width plain loops are quicker than copying to and fro.</summary>
    private const int Small = 12;

    /// <summary>x becomes L⁻¹x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Lower(double* d, int width, int pitch, double* x, double* room)
    {
        if (width < Small)
        {
            for (var r = 1; r < width; r++)
                for (var c = 0; c < r; c++) x[r] -= d[(r * pitch) + c] * x[c];
            return;
        }
        var z = Enter(x, room, width, pitch);
        for (var r = 1; r < width; r++)
        {
            var row = d + ((long)r * pitch);
            var whole = r & -8;
            var sum = z[r] - Dot(row, z, 0, whole);
            for (var i = whole; i < r; i++) sum -= row[i] * z[i];
            z[r] = sum;
        }
        Leave(z, x, width);
    }

    /// <summary>x becomes U⁻¹x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Upper(double* d, int width, int pitch, double* x, double* room)
    {
        if (width < Small)
        {
            for (var c = width - 1; c >= 0; c--)
            {
                var sum = x[c];
                for (var r = c + 1; r < width; r++) sum -= d[(c * pitch) + r] * x[r];
                x[c] = sum / d[(c * pitch) + c];
            }
            return;
        }
        var z = Enter(x, room, width, pitch);
        for (var r = width - 1; r >= 0; r--)
        {
            var row = d + ((long)r * pitch);
            var whole = FrontPlan.Padded(r + 1);
            var sum = z[r] - Dot(row, z, whole, pitch);
            for (var i = r + 1; i < whole && i < width; i++) sum -= row[i] * z[i];
            z[r] = sum / row[r];
        }
        Leave(z, x, width);
    }

    /// <summary>x becomes U⁻ᵀx.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void UpperTransposed(double* d, int width, int pitch, double* x, double* room)
    {
        if (width < Small)
        {
            for (var c = 0; c < width; c++)
            {
                x[c] /= d[(c * pitch) + c];
                for (var r = c + 1; r < width; r++) x[r] -= d[(c * pitch) + r] * x[c];
            }
            return;
        }
        var z = Enter(x, room, width, pitch);
        for (var first = 0; first < width; first += 4)
        {
            var end = Math.Min(width, first + 4);
            var whole = FrontPlan.Padded(end);
            for (var c = first; c < end; c++)
            {
                var row = d + ((long)c * pitch);
                z[c] /= row[c];
                for (var r = c + 1; r < whole && r < width; r++) z[r] -= row[r] * z[c];
            }
            if (end - first == 4) Axpy4(d + ((long)first * pitch), pitch, z, first, whole, pitch);
            else
                for (var c = first; c < end; c++)
                    Axpy(-z[c], d + ((long)c * pitch), z, whole, pitch);
        }
        Leave(z, x, width);
    }

    /// <summary>x becomes L⁻ᵀx.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void LowerTransposed(double* d, int width, int pitch, double* x, double* room)
    {
        if (width < Small)
        {
            for (var c = width - 1; c >= 0; c--)
                for (var r = c + 1; r < width; r++) x[c] -= d[(r * pitch) + c] * x[r];
            return;
        }
        var z = Enter(x, room, width, pitch);
        for (var r = width - 1; r > 0; r--)
        {
            var row = d + ((long)r * pitch);
            var whole = r & -8;
            for (var i = whole; i < r; i++) z[i] -= row[i] * z[r];
            Axpy(-z[r], row, z, 0, whole);
        }
        Leave(z, x, width);
    }

    /// <summary>room = panelᵀx: the sum over the columns of the panel, each times its x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Combine(double* panel, int width, int pitch, double* x, double* room)
    {
        var i = 0;
        for (; i + 16 <= pitch; i += 16)
        {
            V8 a = default, b = default;
            var column = panel + i;
            for (var c = 0; c < width; c++)
            {
                var v = Vector512.Create(x[c]);
                a = Vector512.FusedMultiplyAdd(v, Vector512.LoadAligned(column), a);
                b = Vector512.FusedMultiplyAdd(v, Vector512.LoadAligned(column + 8), b);
                column += pitch;
            }
            Vector512.StoreAligned(a, room + i);
            Vector512.StoreAligned(b, room + i + 8);
        }
        if (i >= pitch) return;
        V8 last = default;
        for (var c = 0; c < width; c++)
            last = Vector512.FusedMultiplyAdd(Vector512.Create(x[c]),
                Vector512.LoadAligned(panel + ((long)c * pitch) + i), last);
        Vector512.StoreAligned(last, room + i);
    }

    /// <summary>x -= panel · gathered: one dot product for each column of the panel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Project(double* panel, int width, int pitch, double* gathered, double* x)
    {
        for (var c = 0; c < width; c++) x[c] -= Dot(panel + ((long)c * pitch), gathered, 0, pitch);
    }

    /// <summary>Dot product over whole vectors; four running sums, added in a fixed order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Dot(double* a, double* b, int from, int to)
    {
        V8 s0 = default, s1 = default, s2 = default, s3 = default;
        var i = from;
        for (; i + 32 <= to; i += 32)
        {
            s0 = Vector512.FusedMultiplyAdd(Vector512.LoadAligned(a + i), Vector512.LoadAligned(b + i), s0);
            s1 = Vector512.FusedMultiplyAdd(Vector512.LoadAligned(a + i + 8), Vector512.LoadAligned(b + i
                + 8),
                s1);
            s2 = Vector512.FusedMultiplyAdd(Vector512.LoadAligned(a + i + 16),
                Vector512.LoadAligned(b + i + 16), s2);
            s3 = Vector512.FusedMultiplyAdd(Vector512.LoadAligned(a + i + 24),
                Vector512.LoadAligned(b + i + 24), s3);
        }
        for (; i < to; i += 8)
            s0 = Vector512.FusedMultiplyAdd(Vector512.LoadAligned(a + i), Vector512.LoadAligned(b + i), s0);
        return Sum(s0 + s1 + (s2 + s3));
    }

    /// <summary>The sum of eight lanes, in the same order whatever the width of the registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(V8 v)
    {
        var four = v.GetLower() + v.GetUpper();
        var two = four.GetLower() + four.GetUpper();
        return two.GetElement(0) + two.GetElement(1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Axpy(double factor, double* a, double* y, int from, int to)
    {
        var f = Vector512.Create(factor);
        for (var i = from; i < to; i += 8)
            Vector512.StoreAligned(
                Vector512.FusedMultiplyAdd(f, Vector512.LoadAligned(a + i), Vector512.LoadAligned(y + i)), y
                    + i);
    }

    /// <summary>Four rows at once: y is read and written once instead of four times.</summary>
    private static void Axpy4(double* a, int pitch, double* z, int first, int from, int to)
    {
        var (f0, f1) = (Vector512.Create(-z[first]), Vector512.Create(-z[first + 1]));
        var (f2, f3) = (Vector512.Create(-z[first + 2]), Vector512.Create(-z[first + 3]));
        double* b = a + pitch, c = b + pitch, d = c + pitch;
        for (var i = from; i < to; i += 8)
        {
            var y = Vector512.LoadAligned(z + i);
            y = Vector512.FusedMultiplyAdd(f0, Vector512.LoadAligned(a + i), y);
            y = Vector512.FusedMultiplyAdd(f1, Vector512.LoadAligned(b + i), y);
            y = Vector512.FusedMultiplyAdd(f2, Vector512.LoadAligned(c + i), y);
            y = Vector512.FusedMultiplyAdd(f3, Vector512.LoadAligned(d + i), y);
            Vector512.StoreAligned(y, z + i);
        }
    }

    private static double* Enter(double* x, double* room, int width, int pitch)
    {
        for (var i = 0; i < width; i++) room[i] = x[i];
        for (var i = width; i < pitch; i++) room[i] = 0;
        return room;
    }

    private static void Leave(double* z, double* x, int width)
    {
        for (var i = 0; i < width; i++) x[i] = z[i];
    }
}
