namespace Celadon.Lca.Ordering;

/// <summary>
/// Which elimination first touches which later one (Liu, The role of elimination trees in sparse
/// factorization, SIAM J. Matrix Anal. 11, 1990), in an order where children come right before their parent.
/// </summary>
internal sealed record EliminationTree(int[] Order, int[] Parent, int[] Heights, SymmetricPattern Pattern)
{
    /// <summary>
    /// Tree, postorder and column heights of a pattern; <see cref="Order"/> holds old numbers,
    /// <see cref="Pattern"/> is renumbered to it.
    /// </summary>
    public static EliminationTree Of(SymmetricPattern pattern)
    {
        var parent = Parents(pattern);
        var order = Postorder(parent);
        var at = new int[order.Length];
        for (var k = 0; k < order.Length; k++) at[order[k]] = k;
        var renumbered = new int[order.Length];
        for (var k = 0; k < order.Length; k++)
            renumbered[k] = parent[order[k]] < 0 ? -1 : at[parent[order[k]]];
        var inOrder = pattern.Renumbered(order);
        return new EliminationTree(order, renumbered, HeightsOf(inOrder, renumbered), inOrder);
    }

    private static int[] Parents(SymmetricPattern pattern)
    {
        var n = pattern.Starts.Length - 1;
        var (parent, ancestor) = (new int[n], new int[n]);
        for (var k = 0; k < n; k++)
        {
            parent[k] = ancestor[k] = -1;
            for (var q = pattern.Starts[k]; q < pattern.Starts[k + 1]; q++)
            {
                var i = pattern.Neighbours[q];
                while (i >= 0 && i < k)
                {
                    var next = ancestor[i];
                    if (next == k) break;
                    ancestor[i] = k;
                    if (next < 0)
                    {
                        parent[i] = k;
                        break;
                    }
                    i = next;
                }
            }
        }
        return parent;
    }

    private static int[] Postorder(int[] parent)
    {
        var n = parent.Length;
        var (child, sibling) = (new int[n], new int[n]);
        Array.Fill(child, -1);
        for (var k = n - 1; k >= 0; k--)
            if (parent[k] >= 0) (sibling[k], child[parent[k]]) = (child[parent[k]], k);
        var (order, placed, open) = (new int[n], 0, new Stack<int>());
        for (var root = 0; root < n; root++)
        {
            if (parent[root] >= 0) continue;
            open.Push(root);
            while (open.Count > 0)
            {
                var v = open.Peek();
                var c = child[v];
                if (c >= 0)
                {
                    child[v] = sibling[c];
                    open.Push(c);
                }
                else order[placed++] = open.Pop();
            }
        }
        return order;
    }

    /// <summary>
    /// Entries of each column of the factor, diagonal included, without looking at the factor: vertices are
    /// in an order where children come right before their parent. A row of the factor is a subtree; each of
    /// its leaves adds one to all columns above it, and where two of their paths meet one is taken off again
    /// (Gilbert, Ng and Peyton, An efficient algorithm to compute row and column counts for sparse Cholesky
    /// factorization, SIAM J. Matrix Anal. 15, 1994).
    /// </summary>
    internal static int[] HeightsOf(SymmetricPattern pattern, int[] parent)
    {
        var n = parent.Length;
        var (heights, first, top) = (new int[n], new int[n], new int[n]);
        var lastLeaf = new int[n];
        for (var j = 0; j < n; j++) (first[j], top[j], lastLeaf[j]) = (j, j, -1);
        for (var j = 0; j < n; j++)
        {
            var (isLeaf, up) = (first[j] == j, parent[j]);
            if (isLeaf) heights[j]++;
            if (up >= 0)
            {
                first[up] = Math.Min(first[up], first[j]);
                heights[up]--;
            }
            for (var q = pattern.Starts[j]; q < pattern.Starts[j + 1]; q++)
            {
                var i = pattern.Neighbours[q];
                // Row i has a leaf here unless it has one below j already.
                if (i < j || first[j] <= lastLeaf[i]) continue;
                heights[j]++;
                if (lastLeaf[i] >= 0) heights[Meeting(top, lastLeaf[i])]--;
                lastLeaf[i] = j;
            }
            if (up >= 0) top[j] = up;
        }
        for (var j = 0; j < n; j++) if (parent[j] >= 0) heights[parent[j]] += heights[j];
        return heights;
    }

    /// <summary>
    /// The highest vertex that an earlier one hangs on by now, which is where its path meets that of the
    /// vertex at hand; the way is shortened for the next.
    /// </summary>
    private static int Meeting(int[] top, int from)
    {
        var end = from;
        while (top[end] != end) end = top[end];
        for (var next = from; next != end; from = next)
        {
            next = top[from];
            top[from] = end;
        }
        return end;
    }
}
