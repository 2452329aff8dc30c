using Celadon.Lca.Direct;
using Celadon.Lca.Model;

namespace Celadon.Bench.Lca;

/// <summary>The life-cycle engine on the synthetic system of 20,000 processes.</summary>
internal static class LcaBench
{
    public static int Run(string path)
    {
        var system = SystemFile.Read(path);
        var n = system.ProcessCount;
        var page = new Page("The life-cycle engine");
        void Row(string what, double[] times, string limit) => page.Add(what, Page.Seconds(times), "–", "–",
            "–", limit);
        using var solver = DirectSolver.Of(system);
        Row("analyse", Stopwatches.Time(9, () => DirectSolver.Analyse(system).Dispose()), "–");
        Row("factor", Stopwatches.Time(9, solver.Factor), Page.Invariant($"{solver.Flops / 1e9:F2} GFlop"));
        var (b, x, y) = (system.RightHandSide(new Demand(new(n - 1), 1)), new double[n], new double[n]);
        var g = system.DirectScores(new(0));
        Row("solve", Stopwatches.Time(50, () => solver.Solve(b, x)), $"{solver.FactorEntries} entries");
        Row("solve transposed", Stopwatches.Time(50, () => solver.SolveTransposed(g, y)), "–");
        Console.WriteLine(Page.Invariant($"score {g.Zip(x, (a, c) => a * c).Sum():G11}"));
        return 0;
    }
}
