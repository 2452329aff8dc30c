using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using V8 = System.Runtime.Intrinsics.Vector512<double>;

namespace Celadon.Lca.Direct;

/// <summary>
/// Dense elimination of the first columns of a front, row after row in memory, with the pivots where they
/// stand. Blocked right-looking LU (Golub and Van Loan, Matrix Computations, 3.2.11). Vectors of 512 bits are
/// one register with AVX-512, two with AVX2, and plain code elsewhere; the operations and their order are
/// the same, so that the results are the same to the last bit.
/// </summary>
internal static unsafe class FrontKernels
{
    private const int Block = 32;

    /// <summary>
    /// Eliminates <paramref name="width"/> columns of a front of so many rows; false when a pivot is zero or
    /// no number. There are eight rows of zeros below the front.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool Eliminate(double* front, int pitch, int rows, int width)
    {
        var inverse = stackalloc double[Block];
        for (var k = 0; k < width; k += Block)
        {
            var block = Math.Min(Block, width - k);
            if (!Diagonal(front + ((long)k * pitch) + k, pitch, block, inverse)) return false;
            var rest = k + block;
            if (rest >= rows) continue;
            Left(front, pitch, rest, rows, k, block, inverse);
            Upper(front, pitch, rest, rows, k, block);
            Update(front, pitch, rest, rows, k, block);
        }
        return true;
    }

    private static bool Diagonal(double* a, int pitch, int block, double* inverse)
    {
        for (var c = 0; c < block; c++)
        {
            var pivotRow = a + ((long)c * pitch);
            inverse[c] = 1 / pivotRow[c];
            if (pivotRow[c] == 0 || !double.IsFinite(inverse[c])) return false;
            for (var i = c + 1; i < block; i++)
            {
                var row = a + ((long)i * pitch);
                var l = row[c] * inverse[c];
                row[c] = l;
                if (l == 0) continue;
                for (var j = c + 1; j < block; j++) row[j] -= l * pivotRow[j];
            }
        }
        return true;
    }

    /// <summary>The multipliers below the diagonal block, four rows at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Left(double* front, int pitch, int from, int rows, int k, int block, double* inverse)
    {
        for (var i = from; i < rows; i += 4)
        {
            var r0 = front + ((long)i * pitch) + k;
            double* r1 = r0 + pitch, r2 = r1 + pitch, r3 = r2 + pitch;
            for (var c = 0; c < block; c++)
            {
                var u = front + ((long)(k + c) * pitch) + k;
                var (l0, l1) = (r0[c] * inverse[c], r1[c] * inverse[c]);
                var (l2, l3) = (r2[c] * inverse[c], r3[c] * inverse[c]);
                var j = c + 1;
                if (block - j >= 8)
                {
                    var (v0, v1) = (Vector512.Create(-l0), Vector512.Create(-l1));
                    var (v2, v3) = (Vector512.Create(-l2), Vector512.Create(-l3));
                    for (; j + 8 <= block; j += 8)
                    {
                        var x = Vector512.Load(u + j);
                        Vector512.Store(Vector512.FusedMultiplyAdd(v0, x, Vector512.Load(r0 + j)), r0 + j);
                        Vector512.Store(Vector512.FusedMultiplyAdd(v1, x, Vector512.Load(r1 + j)), r1 + j);
                        Vector512.Store(Vector512.FusedMultiplyAdd(v2, x, Vector512.Load(r2 + j)), r2 + j);
                        Vector512.Store(Vector512.FusedMultiplyAdd(v3, x, Vector512.Load(r3 + j)), r3 + j);
                    }
                }
                for (; j < block; j++)
                {
                    var x = u[j];
                    r0[j] -= l0 * x;
                    r1[j] -= l1 * x;
                    r2[j] -= l2 * x;
                    r3[j] -= l3 * x;
                }
                (r0[c], r1[c], r2[c], r3[c]) = (l0, l1, l2, l3);
            }
        }
    }

    /// <summary>The pivot rows right of the diagonal block, sixteen columns at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Upper(double* front, int pitch, int from, int rows, int k, int block)
    {
        for (var j = from; j < rows; j += 16)
        {
            for (var c = 1; c < block; c++)
            {
                var row = front + ((long)(k + c) * pitch);
                var (a, b) = (Vector512.Load(row + j), Vector512.Load(row + j + 8));
                var l = row + k;
                for (var q = 0; q < c; q++)
                {
                    var u = front + ((long)(k + q) * pitch) + j;
                    var x = Vector512.Create(-l[q]);
                    a = Vector512.FusedMultiplyAdd(x, Vector512.Load(u), a);
                    b = Vector512.FusedMultiplyAdd(x, Vector512.Load(u + 8), b);
                }
                Vector512.Store(a, row + j);
                if (j + 8 < rows) Vector512.Store(b, row + j + 8);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Update(double* front, int pitch, int from, int rows, int k, int block)
    {
        for (var i = from; i < rows; i += 8)
        {
            var left = front + ((long)i * pitch) + k;
            var upper = front + ((long)k * pitch);
            if (rows - i < 5)
            {
                for (var r = 0; r < rows - i; r += 2)
                    for (var j = from; j < rows; j += 8)
                        Tile2(left + ((long)r * pitch), upper + j, left + ((long)r * pitch) - k + j, pitch,
                            block);
                continue;
            }
            var column = from;
            for (; column + 8 < rows; column += 16)
                Tile16(left, upper + column, left - k + column, pitch, block);
            if (column < rows) Tile8(left, upper + column, left - k + column, pitch, block);
        }
    }

    /// <summary>Eight rows by sixteen columns: sixteen sums in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile16(double* l, double* u, double* c, int pitch, int block)
    {
        V8 a0 = default, a1 = default, a2 = default, a3 = default;
        V8 a4 = default, a5 = default, a6 = default, a7 = default;
        V8 b0 = default, b1 = default, b2 = default, b3 = default;
        V8 b4 = default, b5 = default, b6 = default, b7 = default;
        var p = (nint)pitch;
        for (var q = 0; q < block; q++)
        {
            var (x, y) = (Vector512.Load(u), Vector512.Load(u + 8));
            var z = Vector512.Create(l[0]);
            (a0, b0) = (Vector512.FusedMultiplyAdd(z, x, a0), Vector512.FusedMultiplyAdd(z, y, b0));
            z = Vector512.Create(l[p]);
            (a1, b1) = (Vector512.FusedMultiplyAdd(z, x, a1), Vector512.FusedMultiplyAdd(z, y, b1));
            z = Vector512.Create(l[2 * p]);
            (a2, b2) = (Vector512.FusedMultiplyAdd(z, x, a2), Vector512.FusedMultiplyAdd(z, y, b2));
            z = Vector512.Create(l[3 * p]);
            (a3, b3) = (Vector512.FusedMultiplyAdd(z, x, a3), Vector512.FusedMultiplyAdd(z, y, b3));
            z = Vector512.Create(l[4 * p]);
            (a4, b4) = (Vector512.FusedMultiplyAdd(z, x, a4), Vector512.FusedMultiplyAdd(z, y, b4));
            z = Vector512.Create(l[5 * p]);
            (a5, b5) = (Vector512.FusedMultiplyAdd(z, x, a5), Vector512.FusedMultiplyAdd(z, y, b5));
            z = Vector512.Create(l[6 * p]);
            (a6, b6) = (Vector512.FusedMultiplyAdd(z, x, a6), Vector512.FusedMultiplyAdd(z, y, b6));
            z = Vector512.Create(l[7 * p]);
            (a7, b7) = (Vector512.FusedMultiplyAdd(z, x, a7), Vector512.FusedMultiplyAdd(z, y, b7));
            u += pitch;
            l++;
        }
        Subtract(c, a0, b0);
        Subtract(c + p, a1, b1);
        Subtract(c + (2 * p), a2, b2);
        Subtract(c + (3 * p), a3, b3);
        Subtract(c + (4 * p), a4, b4);
        Subtract(c + (5 * p), a5, b5);
        Subtract(c + (6 * p), a6, b6);
        Subtract(c + (7 * p), a7, b7);
    }

    private static void Tile8(double* l, double* u, double* c, int pitch, int block)
    {
        for (var r = 0; r < 8; r += 2)
            Tile2(l + ((long)r * pitch), u, c + ((long)r * pitch), pitch, block);
    }

    /// <summary>Two rows by eight columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Tile2(double* l, double* u, double* c, int pitch, int block)
    {
        V8 a = default, b = default;
        for (var q = 0; q < block; q++)
        {
            var x = Vector512.Load(u);
            a = Vector512.FusedMultiplyAdd(Vector512.Create(l[q]), x, a);
            b = Vector512.FusedMultiplyAdd(Vector512.Create(l[pitch + q]), x, b);
            u += pitch;
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
