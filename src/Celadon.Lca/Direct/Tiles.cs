using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using V8 = System.Runtime.Intrinsics.Vector512<double>;

namespace Celadon.Lca.Direct;

/// <summary>
/// C − LU of a few rows and columns, the sums in registers. L and U are read where they stand in a front, or
/// from copies in the order in which they are read.
/// </summary>
internal static unsafe class Tiles
{
    /// <summary>Rows of a tile; in a copy of L one step after the other.</summary>
    public const int Rows = 8;

    /// <summary>Columns of a tile; in a copy of U one step after the other.</summary>
    public const int Columns = 16;

    /// <summary>Eight rows by sixteen columns of a front.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sixteen(double* l, double* u, double* c, int pitch, int deep) =>
        Sums(l, pitch, 1, u, pitch, c, pitch, deep);

    /// <summary>Eight rows by sixteen columns from copies.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SixteenPacked(double* l, double* u, double* c, int pitch, int deep)
    {
        if (Sse.IsSupported)
            for (nint r = 0; r < Rows; r++)
            {
                Sse.Prefetch0(c + (r * pitch));
                Sse.Prefetch0(c + (r * pitch) + 8);
            }
        Sums(l, 1, Rows, u, Columns, c, pitch, deep);
    }

    /// <summary>Eight rows by eight columns of a front.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Eight(double* l, double* u, double* c, int pitch, int deep)
    {
        for (nint r = 0; r < Rows; r += 2)
            Pair(l + (r * pitch), pitch, 1, u, pitch, c + (r * pitch), pitch, deep);
    }

    /// <summary>Eight rows by eight columns from copies.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void EightPacked(double* l, double* u, double* c, int pitch, int deep)
    {
        for (nint r = 0; r < Rows; r += 2) Pair(l + r, 1, Rows, u, Columns, c + (r * pitch), pitch, deep);
    }

    /// <summary>Two rows by eight columns of a front.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Two(double* l, double* u, double* c, int pitch, int deep) =>
        Pair(l, pitch, 1, u, pitch, c, pitch, deep);

    /// <summary>
    /// Sixteen sums; rows and steps of L are so far apart, and so far down in U is the next step.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Sums(double* l, nint row, nint step, double* u, nint down, double* c, nint pitch,
        int deep)
    {
        V8 a0 = default, a1 = default, a2 = default, a3 = default;
        V8 a4 = default, a5 = default, a6 = default, a7 = default;
        V8 b0 = default, b1 = default, b2 = default, b3 = default;
        V8 b4 = default, b5 = default, b6 = default, b7 = default;
        for (var q = 0; q < deep; q++, l += step, u += down)
        {
            var (x, y) = (Vector512.Load(u), Vector512.Load(u + 8));
            var z = Vector512.Create(l[0]);
            (a0, b0) = (Vector512.FusedMultiplyAdd(z, x, a0), Vector512.FusedMultiplyAdd(z, y, b0));
            z = Vector512.Create(l[row]);
            (a1, b1) = (Vector512.FusedMultiplyAdd(z, x, a1), Vector512.FusedMultiplyAdd(z, y, b1));
            z = Vector512.Create(l[2 * row]);
            (a2, b2) = (Vector512.FusedMultiplyAdd(z, x, a2), Vector512.FusedMultiplyAdd(z, y, b2));
            z = Vector512.Create(l[3 * row]);
            (a3, b3) = (Vector512.FusedMultiplyAdd(z, x, a3), Vector512.FusedMultiplyAdd(z, y, b3));
            z = Vector512.Create(l[4 * row]);
            (a4, b4) = (Vector512.FusedMultiplyAdd(z, x, a4), Vector512.FusedMultiplyAdd(z, y, b4));
            z = Vector512.Create(l[5 * row]);
            (a5, b5) = (Vector512.FusedMultiplyAdd(z, x, a5), Vector512.FusedMultiplyAdd(z, y, b5));
            z = Vector512.Create(l[6 * row]);
            (a6, b6) = (Vector512.FusedMultiplyAdd(z, x, a6), Vector512.FusedMultiplyAdd(z, y, b6));
            z = Vector512.Create(l[7 * row]);
            (a7, b7) = (Vector512.FusedMultiplyAdd(z, x, a7), Vector512.FusedMultiplyAdd(z, y, b7));
        }
        Subtract(c, a0, b0);
        Subtract(c + pitch, a1, b1);
        Subtract(c + (2 * pitch), a2, b2);
        Subtract(c + (3 * pitch), a3, b3);
        Subtract(c + (4 * pitch), a4, b4);
        Subtract(c + (5 * pitch), a5, b5);
        Subtract(c + (6 * pitch), a6, b6);
        Subtract(c + (7 * pitch), a7, b7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pair(double* l, nint row, nint step, double* u, nint down, double* c, nint pitch,
        int deep)
    {
        V8 a = default, b = default;
        for (var q = 0; q < deep; q++, l += step, u += down)
        {
            var x = Vector512.Load(u);
            a = Vector512.FusedMultiplyAdd(Vector512.Create(l[0]), x, a);
            b = Vector512.FusedMultiplyAdd(Vector512.Create(l[row]), x, b);
        }
        Vector512.Store(Vector512.Load(c) - a, c);
        Vector512.Store(Vector512.Load(c + pitch) - b, c + pitch);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Subtract(double* c, V8 a, V8 b)
    {
        Vector512.Store(Vector512.Load(c) - a, c);
        Vector512.Store(Vector512.Load(c + 8) - b, c + 8);
    }
}
