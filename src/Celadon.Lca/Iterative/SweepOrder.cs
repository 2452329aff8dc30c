using Celadon.Lca.Model;
using Celadon.Lca.Ordering;

namespace Celadon.Lca.Iterative;

/// <summary>
/// Processes with consumers before their suppliers, and loops in an order that minimises feedback. A zone is
/// a stretch of that order: a loop, to be swept until it settles, or processes that one pass does.
/// </summary>
internal sealed record SweepOrder(int[] Order, int[] At, Zone[] Zones)
{
    /// <summary>Orders a system; done once, whatever is asked of it later.</summary>
    public static SweepOrder Of(PairedMatrix matrix)
    {
        var groups = StrongComponents.Of(matrix.Size, matrix.Starts, matrix.RowOf);
        var (order, zones, local) = (new int[matrix.Size], new List<Zone>(), new int[matrix.Size]);
        Array.Fill(local, -1);
        var placed = 0;
        for (var g = groups.Count - 1; g >= 0; g--)
        {
            var members = groups.Order.AsSpan(groups.Starts[g], groups.Starts[g + 1] - groups.Starts[g]);
            var begin = placed;
            if (members.Length <= 2) members.CopyTo(order.AsSpan(placed));
            else Inside(matrix, members, local).CopyTo(order, placed);
            placed += members.Length;
            if (members.Length == 1 && zones.Count > 0 && !zones[^1].IsLoop)
                zones[^1] = zones[^1] with { End = placed };
            else zones.Add(new Zone(begin, placed, members.Length > 1));
        }
        var at = new int[matrix.Size];
        for (var k = 0; k < order.Length; k++) at[order[k]] = k;
        return new SweepOrder(order, at, [.. zones]);
    }

    private static int[] Inside(PairedMatrix matrix, ReadOnlySpan<int> members, int[] local)
    {
        for (var t = 0; t < members.Length; t++) local[members[t]] = t;
        var (from, to, coefficient) = (new List<int>(), new List<int>(), new List<double>());
        for (var t = 0; t < members.Length; t++)
        {
            var j = members[t];
            for (var p = matrix.Starts[j]; p < matrix.Starts[j + 1]; p++)
            {
                var i = matrix.RowOf[p];
                if (i == j || local[i] < 0) continue;
                from.Add(t);
                to.Add(local[i]);
                coefficient.Add(matrix.Values[p] / matrix.Diagonal[i]);
            }
        }
        foreach (var j in members) local[j] = -1;
        var order = FeedbackOrder.Of(members.Length, [.. from], [.. to], [.. coefficient]);
        for (var k = 0; k < order.Length; k++) order[k] = members[order[k]];
        return order;
    }
}

/// <summary>Positions from <see cref="Begin"/> to before <see cref="End"/>.</summary>
internal readonly record struct Zone(int Begin, int End, bool IsLoop)
{
    /// <summary>Whether a position lies in the zone.</summary>
    public bool Contains(int position) => position >= Begin && position < End;
}
