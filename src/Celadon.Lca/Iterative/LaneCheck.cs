using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Celadon.Lca.Model;
using Celadon.Lca.Sparse;
using V8 = System.Runtime.Intrinsics.Vector512<double>;

namespace Celadon.Lca.Iterative;

/// <summary>How far eight vectors at once are from solving the transposed system itself.</summary>
internal static unsafe class LaneCheck
{
    /// <summary>
    /// The largest componentwise backward error (Oettli and Prager 1964) of the solutions in the lanes of
    /// <paramref name="y"/>, process j at <paramref name="at"/>[j]; NaN if one is not finite.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double TransposedBackwardError(PairedMatrix matrix, AlignedBuffer<double> y, int[] at,
        double[][] g)
    {
        var own = stackalloc double[V8.Count];
        V8 worst = default;
        var v = y.Pointer;
        fixed (int* starts = matrix.Starts, rows = matrix.RowOf, place = at)
        fixed (double* values = matrix.Values)
            for (var j = 0; j < at.Length; j++)
            {
                for (var lane = 0; lane < g.Length; lane++) own[lane] = g[lane][j];
                var residual = Vector512.Load(own);
                var scale = Vector512.Abs(residual);
                for (var p = starts[j]; p < starts[j + 1]; p++)
                {
                    var part = Vector512.LoadAligned(v + (8L * place[rows[p]])) * values[p];
                    residual -= part;
                    scale += Vector512.Abs(part);
                }
                // Nothing over nothing is no error; anything over infinity is not a number.
                worst = Vector512.Max(worst, Vector512.ConditionalSelect(Vector512.Equals(scale, V8.Zero),
                    V8.Zero, Vector512.Abs(residual) / scale));
            }
        var most = 0.0;
        for (var lane = 0; lane < V8.Count; lane++) most = Math.Max(most, worst[lane]);
        return most;
    }
}
