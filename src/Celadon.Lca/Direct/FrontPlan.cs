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
        Fronts = Supernodes.Of(tree);
        Order = [.. Fronts.Moved.Select(k => Groups.Order[order[tree.Order[k]]])];
        At = new int[Size];
        for (var k = 0; k < Size; k++) At[Order[k]] = k;
        GroupFronts = new int[Groups.Count + 1];
        var owner = Fronts.Of(Size);
        for (var b = 0; b < Groups.Count; b++) GroupFronts[b] = owner[Groups.Starts[b]];
        GroupFronts[^1] = Fronts.Count;
        Outside = OutsidePlan.Of(this, matrix, groupOf);
        PlaceExchanges(matrix, owner, groupOf);
        Sequence = Fronts.Sequence();
        Largest = Enumerable.Range(0, Fronts.Count).MaxBy(t => Fronts.Width[t] + Fronts.Rows[t].Length);
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

    /// <summary>The order in which fronts are eliminated.</summary>
    public int[] Sequence { get; }

    /// <summary>
    /// The largest front: thousands of small ones end in it (the hubs), and are added as they come instead of
    /// waiting on the stack.
    /// </summary>
    public int Largest { get; }

    /// <summary>The parent of each front, −1 at a root.</summary>
    public int[] Parent { get; private set; } = [];

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

    /// <summary>
    /// The same as runs of neighbours, (from, to, length) three by three; none where most rows stand alone.
    /// </summary>
    public int[][] ParentRuns { get; private set; } = [];

    /// <summary>Where each front's part of the factor begins; one more element than fronts.</summary>
    public long[] PanelStarts { get; private set; } = [];

    /// <summary>Doubles of the largest front.</summary>
    public long LargestRoom { get; private set; }

    /// <summary>Doubles of the largest front but that one.</summary>
    public long OtherRoom { get; private set; }

    /// <summary>Doubles of remainders that wait at the same time, at most.</summary>
    public long LargestStack { get; private set; }

    /// <summary>Rows of the largest front.</summary>
    public int MostRows => Fronts.Width[Largest] + Fronts.Rows[Largest].Length;

    /// <summary>Bytes of the factor, and of the fronts while it is made.</summary>
    public long Bytes => sizeof(double) * (PanelStarts[^1] + LargestRoom + OtherRoom + LargestStack
        + Packed.Room(MostRows));

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
        ExchangeStarts = new int[Fronts.Count + 1];
        var (row, ownerOf) = (new int[matrix.RowOf.Length], new int[matrix.RowOf.Length]);
        for (var k = 0; k < Size; k++)
            for (var p = matrix.Starts[Order[k]]; p < matrix.Starts[Order[k] + 1]; p++)
            {
                var i = At[matrix.RowOf[p]];
                row[p] = i;
                ownerOf[p] = groupOf[i] == groupOf[k] ? owner[Math.Min(i, k)] : -1;
                if (ownerOf[p] >= 0) ExchangeStarts[ownerOf[p] + 1]++;
            }
        for (var t = 0; t < Fronts.Count; t++) ExchangeStarts[t + 1] += ExchangeStarts[t];
        var next = ExchangeStarts.AsSpan(0, Fronts.Count).ToArray();
        (Exchange, Place) = (new int[ExchangeStarts[^1]], new int[ExchangeStarts[^1]]);
        var column = new int[Exchange.Length];
        for (var k = 0; k < Size; k++)
            for (var p = matrix.Starts[Order[k]]; p < matrix.Starts[Order[k] + 1]; p++)
            {
                if (ownerOf[p] < 0) continue;
                var at = next[ownerOf[p]]++;
                (Exchange[at], column[at]) = (p, k);
            }
        var local = new int[Size];
        for (var t = 0; t < Fronts.Count; t++)
        {
            Number(t, local);
            var pitch = Pitch(Fronts.Width[t] + Fronts.Rows[t].Length);
            for (var at = ExchangeStarts[t]; at < ExchangeStarts[t + 1]; at++)
                Place[at] = checked((local[row[Exchange[at]]] * pitch) + local[column[at]]);
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
        Parent = new int[Fronts.Count];
        Array.Fill(Parent, -1);
        var endsInLargest = new bool[Fronts.Count];
        foreach (var child in Fronts.Children[Largest]) endsInLargest[child] = true;
        foreach (var t in Sequence)
        {
            var (width, rest) = (Fronts.Width[t], Fronts.Rows[t].Length);
            Number(t, local);
            foreach (var child in Fronts.Children[t])
            {
                var rows = Fronts.Rows[child];
                var places = new int[rows.Length];
                for (var k = 0; k < rows.Length; k++) places[k] = local[rows[k]];
                (ParentRow[child], ParentRuns[child]) = (places, Runs(places));
                Parent[child] = t;
                if (t != Largest) stack -= Remainder(child);
            }
            if (!endsInLargest[t]) stack += Remainder(t);
            LargestStack = Math.Max(LargestStack, stack);
            var room = (long)(width + rest + Lanes) * Pitch(width + rest);
            if (t == Largest) LargestRoom = room;
            else OtherRoom = Math.Max(OtherRoom, room);
            for (var c = 0; c < width; c++)
            {
                double below = width + rest - c - 1;
                Flops += (2 * below * below) + below;
            }
        }
        for (var t = 0; t < Fronts.Count; t++)
            PanelStarts[t + 1] = PanelStarts[t] + ((long)Fronts.Width[t] * Padded(Fronts.Width[t]))
                + (2L * Fronts.Width[t] * Padded(Fronts.Rows[t].Length));
    }

    private long Remainder(int front) => (long)Fronts.Rows[front].Length * Padded(Fronts.Rows[front].Length);

    private static int[] Runs(int[] rows)
    {
        var count = 0;
        for (var i = 0; i < rows.Length; i++) if (i == 0 || rows[i] != rows[i - 1] + 1) count++;
        if (3 * count > rows.Length) return [];
        var (runs, at) = (new int[3 * count], -3);
        for (var i = 0; i < rows.Length; i++)
        {
            if (i == 0 || rows[i] != rows[i - 1] + 1)
            {
                at += 3;
                (runs[at], runs[at + 1]) = (i, rows[i]);
            }
            runs[at + 2]++;
        }
        return runs;
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
