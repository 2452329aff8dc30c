using Celadon.Lca.Ordering;

namespace Celadon.Lca.Model;

/// <summary>Looks for what cannot be solved, and describes how a system hangs together.</summary>
public static class SystemCheck
{
    /// <summary>Faults that can be seen without solving.</summary>
    internal static List<ModelFault> Faults(ProductSystem system)
    {
        var faults = new List<ModelFault>();
        var a = system.Technosphere.Matrix;
        if (a.Rows != a.Columns)
            faults.Add(new ModelFault(FaultKind.NotSquare, null, null,
                $"{a.Columns} processes, {a.Rows} products"));
        var seen = new bool[a.Rows];
        for (var j = 0; j < a.Columns; j++)
        {
            if (a.Starts[j] == a.Starts[j + 1]) faults.Add(OfProcess(FaultKind.EmptyProcess, system, j));
            for (var p = a.Starts[j]; p < a.Starts[j + 1]; p++) seen[a.RowOf[p]] = true;
        }
        for (var i = 0; i < a.Rows; i++)
            if (!seen[i])
                faults.Add(new ModelFault(FaultKind.EmptyProduct, null, new(i),
                    system.Names.Product(new(i))));
        Amounts(faults, system, system.Technosphere);
        Amounts(faults, system, system.Biosphere);
        var c = system.Factors;
        for (var e = 0; e < c.Matrix.Columns; e++)
            for (var p = c.Matrix.Starts[e]; p < c.Matrix.Starts[e + 1]; p++)
            {
                var name = () => system.Names.ElementaryFlow(new(e));
                if (!double.IsFinite(c.Matrix.Values[p])) faults.Add(new(FaultKind.NotFinite, null, null,
                    name()));
                if (!c.Of(p).IsPossible) faults.Add(new(FaultKind.ImpossibleUncertainty, null, null, name()));
            }
        return faults;
    }

    /// <summary>How a system hangs together: its separate parts and its loops.</summary>
    public static SystemShape Shape(ProductSystem system)
    {
        ArgumentNullException.ThrowIfNull(system);
        var matrix = system.Paired;
        var blocks = StrongComponents.Of(matrix.Size, matrix.Starts, matrix.RowOf);
        var loops = new List<IReadOnlyList<ProcessIndex>>();
        for (var b = 0; b < blocks.Count; b++)
            if (blocks.Starts[b + 1] - blocks.Starts[b] > 1)
                loops.Add([.. blocks.Order[blocks.Starts[b]..blocks.Starts[b + 1]].Select(j
                    => new ProcessIndex(j))]);
        var part = Parts(matrix);
        var parts = part.Select((root, j) => (root, j)).GroupBy(x => x.root)
            .Select(g => (IReadOnlyList<ProcessIndex>)[.. g.Select(x => new ProcessIndex(x.j))])
            .OrderByDescending(g => g.Count).ThenBy(g => g[0].Value).ToList();
        return new SystemShape(parts, [.. loops.OrderByDescending(l => l.Count)], system.RepairedDiagonals);
    }

    private static void Amounts(List<ModelFault> faults, ProductSystem system, UncertainMatrix part)
    {
        var m = part.Matrix;
        for (var j = 0; j < m.Columns; j++)
            for (var p = m.Starts[j]; p < m.Starts[j + 1]; p++)
            {
                if (!double.IsFinite(m.Values[p])) faults.Add(OfProcess(FaultKind.NotFinite, system, j));
                if (!part.Of(p).IsPossible)
                    faults.Add(OfProcess(FaultKind.ImpossibleUncertainty, system, j));
            }
    }

    private static ModelFault OfProcess(FaultKind kind, ProductSystem system, int j) =>
        new(kind, new(j), null, system.Names.Process(new(j)));

    /// <summary>Union and find (Tarjan 1975) over who trades with whom.</summary>
    private static int[] Parts(PairedMatrix matrix)
    {
        var root = Enumerable.Range(0, matrix.Size).ToArray();
        int Find(int i)
        {
            while (root[i] != i) i = root[i] = root[root[i]];
            return i;
        }
        for (var j = 0; j < matrix.Size; j++)
            for (var p = matrix.Starts[j]; p < matrix.Starts[j + 1]; p++)
            {
                var (x, y) = (Find(j), Find(matrix.RowOf[p]));
                if (x != y) root[Math.Max(x, y)] = Math.Min(x, y);
            }
        return [.. root.Select((_, i) => Find(i))];
    }
}

/// <summary>
/// How a system hangs together. More than one part means that some processes have nothing to do with others:
/// a demand in one part never reaches them.
/// </summary>
public sealed record SystemShape(IReadOnlyList<IReadOnlyList<ProcessIndex>> Parts,
    IReadOnlyList<IReadOnlyList<ProcessIndex>> Loops, IReadOnlyList<ProcessIndex> RepairedDiagonals);
