using Celadon.Lca.Sparse;

namespace Celadon.Lca.Ordering;

/// <summary>
/// Pairs each product with a process that exchanges it (a maximum transversal: Duff, On algorithms for
/// obtaining a maximum transversal, ACM TOMS 7, 1981). The diagonal is kept wherever it is not zero.
/// </summary>
internal static class Transversal
{
    /// <summary>The process of each product, or −1 where there is none.</summary>
    public static int[] Find(SparseMatrix a, out List<int> zeroDiagonals)
    {
        var producerOf = new int[a.Rows];
        Array.Fill(producerOf, -1);
        zeroDiagonals = [];
        for (var j = 0; j < a.Columns; j++)
        {
            if (j < a.Rows && a[j, j] != 0) producerOf[j] = j;
            else zeroDiagonals.Add(j);
        }
        if (zeroDiagonals.Count == 0) return producerOf;
        var seenBy = new int[a.Columns];
        Array.Fill(seenBy, -1);
        foreach (var j in zeroDiagonals) Augment(a, j, producerOf, seenBy);
        return producerOf;
    }

    /// <summary>
    /// Finds a free product for a process by moving others along a path, depth first without recursion.
    /// </summary>
    private static void Augment(SparseMatrix a, int start, int[] producerOf, int[] seenBy)
    {
        var path = new Stack<(int Process, int Next)>();
        path.Push((start, a.Starts[start]));
        seenBy[start] = start;
        while (path.Count > 0)
        {
            var (j, next) = path.Pop();
            var moved = false;
            for (var p = next; p < a.Starts[j + 1]; p++)
            {
                var i = a.RowOf[p];
                if (a[i, j] == 0) continue;
                var holder = producerOf[i];
                if (holder < 0)
                {
                    path.Push((j, p));
                    foreach (var (process, at) in path) producerOf[a.RowOf[at]] = process;
                    return;
                }
                if (seenBy[holder] == start) continue;
                seenBy[holder] = start;
                path.Push((j, p));
                path.Push((holder, a.Starts[holder]));
                moved = true;
                break;
            }
            if (!moved && path.Count > 0)
            {
                var (parent, at) = path.Pop();
                path.Push((parent, at + 1));
            }
        }
    }
}
