using Celadon.Lca.Model;
using Celadon.Lca.Ordering;

namespace Celadon.Lca.Direct;

/// <summary>
/// All that the numerical factorisation can know beforehand: the order, the groups (block upper triangular
/// form), the fronts, where each exchange goes in them and how remainders are added. It depends on the
/// pattern only and serves every matrix that has it.
/// </summary>
internal sealed class FrontPlan
{
    /// <summary>Doubles in a cache line and in the widest vector.</summary>
    public const int Lanes = 8;

    private FrontPlan(PairedMatrix matrix)
    {
        Size = matrix.Size;
        Groups = StrongComponents.Of(Size, matrix.Starts, matrix.RowOf);
        var groupOf = new int[Size];
        for (var b = 0; b < Groups.Count; b++)
            groupOf.AsSpan(Groups.Starts[b], Groups.Starts[b + 1] - Groups.Starts[b]).Fill(b);
        var pattern = SymmetricPattern.Of(matrix.Starts, matrix.RowOf, Groups.Order, groupOf);
        var order = FillReducingOrder(pattern);
        var tree = EliminationTree.Of(pattern.Renumbered(order));
        Order = [.. tree.Order.Select(k => Groups.Order[order[k]])];
        At = new int[Size];
        for (var k = 0; k < Size; k++) At[Order[k]] = k;
        Fronts = Supernodes.Of(tree);
        GroupFronts = new int[Groups.Count + 1];
        var owner = Fronts.Of(Size);
        for (var b = 0; b < Groups.Count; b++) GroupFronts[b] = owner[Groups.Starts[b]];
        GroupFronts[^1] = Fronts.Count;
        Outside = OutsidePlan.Of(this, matrix, groupOf);
        PlaceExchanges(matrix, owner, groupOf);
        MeasureAndLink();
    }

    /// <summary>Processes.</summary>
    public int Size { get; }

    /// <summary>The loops of the system, suppliers first.</summary>
    public StrongComponents Groups { get; }

    /// <summary>The process eliminated at each position.</summary>
    public int[] Order { get; }

    /// <summary>The position of each process.</summary>
    public int[] At { get; }

    /// <summary>The fronts.</summary>
    public Supernodes Fronts { get; }

    /// <summary>First front of each group.</summary>
    public int[] GroupFronts { get; }

    /// <summary>Exchanges between groups.</summary>
    public OutsidePlan Outside { get; }

    /// <summary>Where each front's exchanges begin in the two arrays below.</summary>
    public int[] ExchangeStarts { get; private set; } = [];

    /// <summary>The exchange.</summary>
    public int[] Exchange { get; private set; } = [];

    /// <summary>Its place in the front.</summary>
    public int[] Place { get; private set; } = [];

    /// <summary>For each front, where its remainder's rows lie in the parent.</summary>
    public int[][] ParentRow { get; private set; } = [];

    /// <summary>The same as runs of neighbours: (from, to, length) three by three.</summary>
    public int[][] ParentRuns { get; private set; } = [];

    /// <summary>Where each front's part of the factor begins; one more element than fronts.</summary>
    public long[] PanelStarts { get; private set; } = [];

    /// <summary>Doubles of the largest front.</summary>
    public long LargestFront { get; private set; }

    /// <summary>Doubles of remainders that wait at the same time, at most.</summary>
    public long LargestStack { get; private set; }

    /// <summary>Floating-point operations of one factorisation.</summary>
    public double Flops { get; private set; }

    /// <summary>Analyses a pattern.</summary>
    public static FrontPlan Of(PairedMatrix matrix) => new(matrix);

    /// <summary>Rounds up to whole vectors.</summary>
    public static int Padded(int length) => (length + Lanes - 1) & -Lanes;

    /// <summary>Doubles from one row of a front to the next: tails of vectors may run over a row's
    /// end.</summary>
    public static int Pitch(int rows) => Padded(rows) + Lanes;

    private int[] FillReducingOrder(SymmetricPattern pattern)
    {
        var order = new int[Size];
        for (var b = 0; b < Groups.Count; b++)
        {
            var (begin, end) = (Groups.Starts[b], Groups.Starts[b + 1]);
            if (end - begin < 3)
            {
                for (var k = begin; k < end; k++) order[k] = k;
                continue;
            }
            var part = pattern.Part(begin, end);
            var inside = MinimumDegree.Order(part.Starts, part.Neighbours);
            for (var k = begin; k < end; k++) order[k] = begin + inside[k - begin];
        }
        return order;
    }

    private void PlaceExchanges(PairedMatrix matrix, int[] owner, int[] groupOf)
    {
        var groupAt = groupOf;
        ExchangeStarts = new int[Fronts.Count + 1];
        void Each(Action<int, int, int> visit)
        {
            for (var k = 0; k < Size; k++)
                for (var p = matrix.Starts[Order[k]]; p < matrix.Starts[Order[k] + 1]; p++)
                {
                    var i = At[matrix.RowOf[p]];
                    if (groupAt[i] == groupAt[k]) visit(p, i, k);
                }
        }
        Each((_, i, k) => ExchangeStarts[owner[Math.Min(i, k)] + 1]++);
        for (var t = 0; t < Fronts.Count; t++) ExchangeStarts[t + 1] += ExchangeStarts[t];
        var next = ExchangeStarts.AsSpan(0, Fronts.Count).ToArray();
        (Exchange, Place) = (new int[ExchangeStarts[^1]], new int[ExchangeStarts[^1]]);
        var (row, column) = (new int[Exchange.Length], new int[Exchange.Length]);
        Each((p, i, k) =>
        {
            var at = next[owner[Math.Min(i, k)]]++;
            (Exchange[at], row[at], column[at]) = (p, i, k);
        });
        var local = new int[Size];
        for (var t = 0; t < Fronts.Count; t++)
        {
            Number(t, local);
            var pitch = Pitch(Fronts.Width[t] + Fronts.Rows[t].Length);
            for (var at = ExchangeStarts[t]; at < ExchangeStarts[t + 1]; at++)
                Place[at] = checked((local[row[at]] * pitch) + local[column[at]]);
        }
    }

    private void Number(int front, int[] local)
    {
        for (var c = 0; c < Fronts.Width[front]; c++) local[Fronts.First[front] + c] = c;
        for (var k = 0; k < Fronts.Rows[front].Length; k++)
            local[Fronts.Rows[front][k]] = Fronts.Width[front] + k;
    }

    private void MeasureAndLink()
    {
        PanelStarts = new long[Fronts.Count + 1];
        (ParentRow, ParentRuns) = (new int[Fronts.Count][], new int[Fronts.Count][]);
        var (local, stack) = (new int[Size], 0L);
        for (var t = 0; t < Fronts.Count; t++)
        {
            var (width, rest) = (Fronts.Width[t], Fronts.Rows[t].Length);
            Number(t, local);
            foreach (var child in Fronts.Children[t])
            {
                ParentRow[child] = [.. Fronts.Rows[child].Select(i => local[i])];
                ParentRuns[child] = Runs(ParentRow[child]);
                stack -= Remainder(child);
            }
            stack += Remainder(t);
            LargestStack = Math.Max(LargestStack, stack);
            LargestFront = Math.Max(LargestFront, (long)(width + rest + Lanes) * Pitch(width + rest));
            PanelStarts[t + 1] = PanelStarts[t] + ((long)width * Padded(width))
                + (2L * width * Padded(rest));
            for (var c = 0; c < width; c++)
            {
                double below = width + rest - c - 1;
                Flops += (2 * below * below) + below;
            }
        }
    }

    private long Remainder(int front) => (long)Fronts.Rows[front].Length * Padded(Fronts.Rows[front].Length);

    private static int[] Runs(int[] rows)
    {
        var runs = new List<int>();
        for (var i = 0; i < rows.Length;)
        {
            var end = i + 1;
            while (end < rows.Length && rows[end] == rows[end - 1] + 1) end++;
            runs.AddRange([i, rows[i], end - i]);
            i = end;
        }
        return [.. runs];
    }
}

/// <summary>Exchanges between groups, column by column in positions of the order.</summary>
internal sealed record OutsidePlan(int[] Starts, int[] Rows, int[] Exchange)
{
    public static OutsidePlan Of(FrontPlan plan, PairedMatrix matrix, int[] groupOf)
    {
        var (starts, rows, exchange) = (new int[plan.Size + 1], new List<int>(), new List<int>());
        for (var k = 0; k < plan.Size; k++)
        {
            for (var p = matrix.Starts[plan.Order[k]]; p < matrix.Starts[plan.Order[k] + 1]; p++)
            {
                var i = plan.At[matrix.RowOf[p]];
                if (groupOf[i] == groupOf[k]) continue;
                rows.Add(i);
                exchange.Add(p);
            }
            starts[k + 1] = rows.Count;
        }
        return new OutsidePlan(starts, [.. rows], [.. exchange]);
    }
}
