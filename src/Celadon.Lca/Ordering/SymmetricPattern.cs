namespace Celadon.Lca.Ordering;

/// <summary>
/// Who is a neighbour of whom inside the groups of an order: the pattern of A + Aᵀ without its diagonal,
/// group by group, in positions of that order.
/// </summary>
internal sealed record SymmetricPattern(int[] Starts, int[] Neighbours)
{
    /// <summary>The pattern over all positions; entries between groups are left out.</summary>
    public static SymmetricPattern Of(int[] starts, int[] rowOf, int[] order, int[] groupOf)
    {
        var n = order.Length;
        var at = new int[n];
        for (var k = 0; k < n; k++) at[order[k]] = k;
        var first = new int[n + 1];
        for (var k = 0; k < n; k++)
            for (var p = starts[order[k]]; p < starts[order[k] + 1]; p++)
            {
                var i = at[rowOf[p]];
                if (i == k || groupOf[i] != groupOf[k]) continue;
                first[i + 1]++;
                first[k + 1]++;
            }
        for (var k = 0; k < n; k++) first[k + 1] += first[k];
        var (next, both) = (first.AsSpan(0, n).ToArray(), new int[first[n]]);
        for (var k = 0; k < n; k++)
            for (var p = starts[order[k]]; p < starts[order[k] + 1]; p++)
            {
                var i = at[rowOf[p]];
                if (i == k || groupOf[i] != groupOf[k]) continue;
                both[next[i]++] = k;
                both[next[k]++] = i;
            }
        return Once(first, both);
    }

    /// <summary>The pattern of one group, numbered from zero.</summary>
    public SymmetricPattern Part(int begin, int end)
    {
        var starts = new int[end - begin + 1];
        for (var k = begin; k <= end; k++) starts[k - begin] = Starts[k] - Starts[begin];
        var neighbours = Neighbours.AsSpan(Starts[begin], starts[^1]).ToArray();
        for (var q = 0; q < neighbours.Length; q++) neighbours[q] -= begin;
        return new SymmetricPattern(starts, neighbours);
    }

    /// <summary>The pattern with its vertices in another order: order[k] is the old number of vertex
    /// k.</summary>
    public SymmetricPattern Renumbered(int[] order)
    {
        var at = new int[order.Length];
        for (var k = 0; k < order.Length; k++) at[order[k]] = k;
        var (starts, neighbours, to) = (new int[order.Length + 1], new int[Neighbours.Length], 0);
        for (var k = 0; k < order.Length; k++)
        {
            for (var q = Starts[order[k]]; q < Starts[order[k]
                + 1]; q++) neighbours[to++] = at[Neighbours[q]];
            starts[k + 1] = to;
        }
        return new SymmetricPattern(starts, neighbours);
    }

    private static SymmetricPattern Once(int[] first, int[] both)
    {
        var n = first.Length - 1;
        var (seen, starts, to) = (new int[n], new int[n + 1], 0);
        Array.Fill(seen, -1);
        for (var k = 0; k < n; k++)
        {
            for (var q = first[k]; q < first[k + 1]; q++)
            {
                if (seen[both[q]] == k) continue;
                seen[both[q]] = k;
                both[to++] = both[q];
            }
            starts[k + 1] = to;
        }
        return new SymmetricPattern(starts, both[..to]);
    }
}
