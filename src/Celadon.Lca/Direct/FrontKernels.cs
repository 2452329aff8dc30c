using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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

    /// <summary>Columns after which the rest of the front is read and written once.</summary>
    public const int Deep = 4 * Block;

    /// <summary>
    /// Eliminates <paramref name="width"/> columns of a front of so many rows; false when a pivot is zero or
    /// no number. There are eight rows of zeros below the front; the room is that of
    /// <see cref="Packed.Room"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool Eliminate(double* front, int pitch, int rows, int width, double* room)
    {
        // Only the last tile of a front may be broken: what it runs over into is nobody's.
        var deep = width == rows || width % Block == 0 ? Deep : width % Block;
        for (var k = 0; k < width; k += deep, deep = Deep)
        {
            deep = Math.Min(deep, width - k);
            if (!Columns(front, pitch, rows, k, k + deep)) return false;
            if (k + deep >= rows) continue;
            Rows(front, pitch, rows, k, k + deep);
            if (deep < Block || rows - k - deep < Packed.Least)
                Update(front, pitch, k + deep, rows, k + deep, rows, k, deep);
            else Packed.Update(front, pitch, k + deep, rows, k, deep, room);
        }
        return true;
    }

    /// <summary>Eliminates columns in all rows, block by block; columns right of them wait.</summary>
    private static bool Columns(double* front, int pitch, int rows, int first, int end)
    {
        var inverse = stackalloc double[Block];
        for (var k = first; k < end; k += Block)
        {
            var block = Math.Min(Block, end - k);
            if (!Diagonal(front + ((long)k * pitch) + k, pitch, block, inverse)) return false;
            var rest = k + block;
            if (rest >= rows) continue;
            Left(front, pitch, rest, rows, k, block, inverse);
            if (rest >= end) continue;
            Upper(front, pitch, rest, end, k, block);
            Update(front, pitch, rest, rows, rest, end, k, block);
        }
        return true;
    }

    /// <summary>The pivot rows of eliminated columns, right of them.</summary>
    private static void Rows(double* front, int pitch, int rows, int first, int end)
    {
        for (var k = first; k < end; k += Block)
        {
            var block = Math.Min(Block, end - k);
            Upper(front, pitch, end, rows, k, block);
            if (k + block < end) Update(front, pitch, k + block, end, end, rows, k, block);
        }
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
    private static void Update(double* front, int pitch, int from, int rows, int first, int end, int k,
        int block)
    {
        for (var i = from; i < rows; i += 8)
        {
            var left = front + ((long)i * pitch) + k;
            var upper = front + ((long)k * pitch);
            if (rows - i < 5)
            {
                for (var r = 0; r < rows - i; r += 2)
                    for (var j = first; j < end; j += 8)
                        Tiles.Two(left + ((long)r * pitch), upper + j, left + ((long)r * pitch) - k + j,
                            pitch, block);
                continue;
            }
            var column = first;
            for (; column + 8 < end; column += 16)
                Tiles.Sixteen(left, upper + column, left - k + column, pitch, block);
            if (column < end) Tiles.Eight(left, upper + column, left - k + column, pitch, block);
        }
    }
}
