using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Celadon.Lca.Direct;

/// <summary>
/// The update of what is left of a large front, from copies that lie in memory as they are read: columns
/// sixteen abreast in the first cache, rows eight abreast in the second (Goto and van de Geijn, Anatomy of
/// high-performance matrix multiplication, ACM TOMS 34, 2008).
/// </summary>
internal static unsafe class Packed
{
    /// <summary>Below so many rows the copies cost more than they save.</summary>
    public const int Least = 48;

    private const int Strip = Tiles.Rows, Tile = Tiles.Columns;

    /// <summary>Rows whose copies stay in the second cache.</summary>
    private const int Chunk = 96;

    /// <summary>Doubles of room that fronts of so many rows need.</summary>
    public static long Room(int rows) => FrontKernels.Deep * (long)(rows + Tile + Chunk);

    /// <summary>Rows and columns from a place on, less the product of those that were eliminated.</summary>
    public static void Update(double* front, int pitch, int from, int rows, int k, int deep, double* room)
    {
        double* upper = room + (FrontKernels.Deep * (long)Chunk), columns = front + ((long)k * pitch);
        for (var j = from; j < rows; j += Tile)
            Columns(columns + j, pitch, deep, j + Strip < rows, upper + ((long)(j - from) * deep));
        for (var i = from; i < rows; i += Chunk)
        {
            var end = Math.Min(rows, i + Chunk);
            for (var r = i; r < end; r += Strip)
                Rows(front + ((long)r * pitch) + k, pitch, deep, room + ((r - i) * deep));
            for (var j = from; j < rows; j += Tile)
            {
                var u = upper + ((long)(j - from) * deep);
                for (var r = i; r < end; r += Strip)
                {
                    double* l = room + ((r - i) * deep), c = front + ((long)r * pitch) + j;
                    if (j + Strip < rows) Tiles.SixteenPacked(l, u, c, pitch, deep);
                    else Tiles.EightPacked(l, u, c, pitch, deep);
                }
            }
        }
    }

    /// <summary>Sixteen columns of the pivot rows, or eight where that is all there is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Columns(double* from, int pitch, int deep, bool isWhole, double* to)
    {
        for (var q = 0; q < deep; q++, from += pitch, to += Tile)
        {
            Vector512.StoreAligned(Vector512.Load(from), to);
            if (isWhole) Vector512.StoreAligned(Vector512.Load(from + Strip), to + Strip);
        }
    }

    /// <summary>Eight rows of multipliers, side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows(double* from, int pitch, int deep, double* to)
    {
        var p = (nint)pitch;
        for (var q = 0; q < deep; q++, from++, to += Strip)
        {
            (to[0], to[1], to[2], to[3]) = (from[0], from[p], from[2 * p], from[3 * p]);
            var next = from + (4 * p);
            (to[4], to[5], to[6], to[7]) = (next[0], next[p], next[2 * p], next[3 * p]);
        }
    }
}
