using System.Diagnostics;
using System.Globalization;
using Celadon.Lca.Direct;
using Celadon.Lca.Model;
using Celadon.Lca.MonteCarlo;
using Celadon.Lca.Results;

namespace Celadon.Bench.Lca;

/// <summary>
/// What must be measured in a process of its own: a cold start, memory, other registers, a large system.
/// </summary>
internal static class LcaChild
{
    /// <summary>Memory that a factorisation of the large system may take.</summary>
    private const long MostBytes = 2_000_000_000;

    /// <summary>Starts this program again and reads its figures, "name value" a line.</summary>
    public static Dictionary<string, double> Figures(string what, string path, (string, string)[] settings)
    {
        var clock = Stopwatch.StartNew();
        var text = Peers.Output("dotnet", ["exec", typeof(LcaChild).Assembly.Location, "lca-child", what,
            path],
            settings) ?? throw new InvalidOperationException($"The measurement \"{what}\" failed.");
        var figures = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(' '))
            .ToDictionary(w => w[0], w => double.Parse(w[1], CultureInfo.InvariantCulture));
        figures["total"] = clock.Elapsed.TotalSeconds;
        return figures;
    }

    /// <summary>The measurement itself.</summary>
    public static int Run(string what, string path)
    {
        switch (what)
        {
            case "cold":
                Cold(path);
                return 0;
            case "rate":
                var (assessment, result) = Prepared(path);
                using (assessment) Say("rate", Rate(result, 1280, 3));
                return 0;
            case "large":
                Large(path);
                return 0;
            case "large-factor":
                LargeFactor(path);
                return 0;
            default:
                return 2;
        }
    }

    private static void Cold(string path)
    {
        Say("empty", Environment.WorkingSet);
        var clock = Stopwatch.StartNew();
        void Lap(string name)
        {
            Say("t-" + name, clock.Elapsed.TotalSeconds);
            clock.Restart();
        }
        var system = SystemFile.Read(path);
        Lap("read");
        using var assessment = new Assessment(system);
        _ = assessment.Direct;
        Lap("factor");
        var result = assessment.Solve(new Demand(new(system.ProcessCount - 1), 1));
        assessment.Intensities(new(0));
        Lap("solve");
        var bytes = Environment.WorkingSet;
        clock.Restart();
        var settings = new MonteCarloSettings { Samples = 10_000, Threads = Environment.ProcessorCount };
        Simulation.Run(result, settings);
        Lap("sample");
        Say("static", bytes);
        using var plan = MonteCarloPlan.Of(result, settings);
        using var batch = new Batch(plan);
        Say("batch", batch.Bytes);
    }

    private static void Large(string path)
    {
        var (assessment, result) = Prepared(path);
        using (assessment)
        {
            Say("n", result.System.ProcessCount);
            Say("nnz", result.System.Technosphere.Matrix.Count);
            Say("score", result.Score(new(0)));
            var sweeps = Celadon.Lca.Iterative.GaussSeidelSolver.Of(result.System);
            var g = result.System.DirectScores(new(0));
            sweeps.SolveTransposed(g);
            Say("scores", Stopwatches.Median(Stopwatches.Time(5, () => sweeps.SolveTransposed(g))));
            Say("rate", Rate(result, 3200, 3));
            Say("peak", Process.GetCurrentProcess().PeakWorkingSet64);
        }
    }

    /// <summary>
    /// Analyses, counts, and factors only if all of it stays in the memory asked for: no machine is driven
    /// into swapping to find out.
    /// </summary>
    private static void LargeFactor(string path)
    {
        var system = SystemFile.Read(path);
        var clock = Stopwatch.StartNew();
        using var solver = DirectSolver.Analyse(system);
        Say("analyse", clock.Elapsed.TotalSeconds);
        Say("flops", solver.Flops);
        Say("entries", solver.FactorEntries);
        Say("bytes", solver.Plan.Bytes);
        if (Environment.WorkingSet + solver.Plan.Bytes > MostBytes) return;
        clock.Restart();
        solver.Factor();
        Say("factor", clock.Elapsed.TotalSeconds);
        var (b, x) = (system.RightHandSide(new Demand(new(system.ProcessCount - 1), 1)),
            new double[system.ProcessCount]);
        Say("solve", Stopwatches.Median(Stopwatches.Time(5, () => solver.Solve(b, x))));
        Say("score", system.DirectScores(new(0)).Zip(x, (g, s) => g * s).Sum());
        Say("peak", Process.GetCurrentProcess().PeakWorkingSet64);
    }

    private static (Assessment, LcaResult) Prepared(string path)
    {
        var system = SystemFile.Read(path);
        var assessment = new Assessment(system);
        var result = assessment.Solve(new Demand(new(system.ProcessCount - 1), 1));
        return (assessment, result);
    }

    private static double Rate(LcaResult result, int samples, int runs)
    {
        var settings = new MonteCarloSettings { Samples = samples };
        Simulation.Run(result, settings);
        return samples / Stopwatches.Median(Stopwatches.Time(runs, () => Simulation.Run(result, settings)));
    }

    private static void Say(string name, double value) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {value:R}"));
}
