using System.Globalization;
using System.Runtime.Intrinsics.X86;
using Celadon.Lca.Direct;
using Celadon.Lca.Iterative;
using Celadon.Lca.Model;
using Celadon.Lca.MonteCarlo;
using Celadon.Lca.Results;
using Celadon.Lca.Sparse;
using Celadon.Lca.WhatIf;

namespace Celadon.Bench.Lca;

/// <summary>
/// The life-cycle engine on the synthetic system of 20,000 processes, against SuiteSparse and SciPy on the
/// same
/// file in the same run.
/// </summary>
internal sealed class LcaBench : IDisposable
{
    private const double Expected = 7.7491419554;
    private const int Exact = 256;

    private readonly LcaOptions _options;
    private readonly ProductSystem _system;
    private readonly Assessment _assessment;
    private readonly LcaResult _result;
    private readonly Page _page = new("The life-cycle engine");
    private readonly List<string> _notes = [];
    private IReadOnlyList<PeerFigures> _peers = [];
    private PrototypeFigures _prototypes = PrototypeFigures.None;
    private double _bandwidth;
    private double _flops;

    private LcaBench(LcaOptions options)
    {
        _options = options;
        _system = SystemFile.Read(options.System);
        _assessment = new Assessment(_system);
        _result = _assessment.Solve(Last(_system));
    }

    /// <summary>Measures everything; writes the page if asked to.</summary>
    public static int Run(string[] words)
    {
        var folder = Directory.CreateTempSubdirectory("celadon-lca-").FullName;
        try
        {
            if (LcaOptions.Of(words, folder) is { } options) return Measure(options);
            Console.Error.WriteLine(LcaOptions.Usage);
            return 2;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static int Measure(LcaOptions options)
    {
        using var bench = new LcaBench(options);
        var score = bench._result.Score(new(0));
        if (Math.Abs((score / Expected) - 1) > 1e-9)
            bench._notes.Add(Page.Invariant($"The reference's score is {Expected:G11}, not this file's."));
        (bench._bandwidth, bench._flops) = (MachineLimits.Bandwidth(25), MachineLimits.Flops());
        if (options.Peers)
        {
            (bench._peers, var notes) = Peers.Run(options.System);
            bench._notes.AddRange(notes);
            (bench._prototypes, notes) = Prototypes.Run(options.System, bench._system.ProcessCount,
                options.Prototype);
            bench._notes.AddRange(notes);
            if (bench._prototypes.Direct is { } direct) bench._peers = [.. bench._peers, direct];
        }
        bench.Direct();
        bench.Intensities();
        var rate = bench.MonteCarlo();
        bench.Cold();
        bench.Swaps();
        if (UsLciImport.Measure(bench._page) is { } missing) bench._notes.Add(missing);
        if (options.Large is not null) bench.Large(options.Large);
        bench.Write(score, rate);
        return 0;
    }

    public void Dispose() => _assessment.Dispose();

    private static Demand Last(ProductSystem system) => new(new(system.ProcessCount - 1), 1);

    private static string Milliseconds(double seconds) => double.IsNaN(seconds) ? "–"
        : Page.Invariant($"{seconds * 1000:G3} ms");

    private void Row(string what, double[] times, Func<PeerFigures, double>? peer, string asked, string limit,
        double prototype = double.NaN)
    {
        var known = _peers.Select(p => (p.Name, Time: peer?.Invoke(p) ?? double.NaN))
            .Append((Name: "C# prototype", Time: prototype))
            .Where(p => !double.IsNaN(p.Time)).OrderBy(p => p.Time).ToList();
        var text = known.Count == 0 ? "–"
            : string.Join(", ", known.Select(p => $"{p.Name} {Milliseconds(p.Time)}"));
        var ratio = known.Count == 0 ? "–"
            : Page.Invariant($"{known[0].Time / Stopwatches.Median(times):F2} × the best");
        _page.Add(what, Page.Seconds(times), text, ratio, asked, limit);
    }

    private void Direct()
    {
        var solver = _assessment.Direct;
        var (n, nnz) = (_system.ProcessCount, _system.Technosphere.Matrix.Count);
        var (b, x) = (_system.RightHandSide(Last(_system)), new double[n]);
        var g = _system.DirectScores(new(0));
        for (var k = 0; k < 3; k++) solver.Factor();
        Row("analyse", Stopwatches.Time(11, () => DirectSolver.Analyse(_system).Dispose()), p => p.Analyse,
            "≤ 60 ms; stretch 40", Page.Invariant($"{n:N0} processes, {nnz:N0} exchanges of products"));
        Row("factor, refactor, and the probe that checks it", Stopwatches.Time(11, solver.Factor),
            p => double.IsNaN(p.Refactor) ? p.Factor : Math.Min(p.Factor, p.Refactor),
            "≤ 120 ms, never slower than KLU; stretch 65",
            Page.Invariant($"{solver.Flops / 1e9:F2} GFlop at {_flops / 1e9:F0} GFlop/s: ")
            + Milliseconds(solver.Flops / _flops));
        var stream = solver.FactorEntries * 8 / _bandwidth;
        var limit = Page.Invariant($"{solver.FactorEntries:N0} entries of L and U with padding, ")
            + Page.Invariant($"{solver.FactorEntries * 8 / 1e6:F0} MB at {_bandwidth / 1e9:F0} GB/s: ")
            + Milliseconds(stream);
        Row("solve", Stopwatches.Time(101, () => solver.Solve(b, x)), p => p.Solve, "≤ 3 ms; stretch 1.7",
            limit);
        Row("solve transposed", Stopwatches.Time(101, () => solver.SolveTransposed(g, x)), p => p.Transposed,
            "≤ 4 ms; stretch 2", limit);
    }

    private void Intensities()
    {
        var sweeps = GaussSeidelSolver.Of(_system);
        var g = _system.DirectScores(new(0));
        double[][] eight = [.. Enumerable.Range(0, 8)
            .Select(c => g.Select((v, j) => v * (1 + (0.1 * c * (j * 7919L % 13)))).ToArray())];
        var (one, choice) = sweeps.SolveTransposed(g)!.Value;
        for (var k = 0; k < 20; k++) sweeps.SolveTransposed(g);
        var (core, entries) = sweeps.Core;
        var limit = Page.Invariant($"{choice.Iterations} sweeps over a core of {core:N0} processes and ")
            + Page.Invariant($"{entries:N0} entries, {_system.Technosphere.Matrix.Count:N0} once; ");
        Row("scores of all processes, 1 category, checked by the residual",
            Stopwatches.Time(51, () => sweeps.SolveTransposed(g)), null, "≤ 3 ms; stretch 1.0",
            limit + WorstScore([one], [g]), _prototypes.Scores);
        var all = sweeps.SolveTransposed(eight)!.Value.Intensities;
        for (var k = 0; k < 20; k++) sweeps.SolveTransposed(eight);
        Row("scores of all processes, 8 categories, checked by the residual",
            Stopwatches.Time(51, () => sweeps.SolveTransposed(eight)), null, "≤ 5 ms; stretch 1.5",
            limit + WorstScore(all, eight));
        using var constants = new AlignedBuffer<double>(8L * _system.ProcessCount);
        using var y = new AlignedBuffer<double>(8L * _system.ProcessCount);
        var alone = new double[51];
        for (var k = 0; k < alone.Length; k++)
        {
            sweeps.Load8(eight, constants);
            alone[k] = Stopwatches.Time(1, () => sweeps.Sweeps8(constants, y))[0];
        }
        Array.Sort(alone);
        Row("the same, sweeps alone", alone, null, "–", "–", _prototypes.Scores8);
        Row("order of the sweeps, once a system",
            Stopwatches.Time(5, () => SweepOrder.Of(_system.Paired)), null, "–", "–");
        Row("condensing the loops, once a system",
            Stopwatches.Time(5, () => Condensation.Of(SweepMatrix.Intensities(_system.Paired, sweeps.Order))),
            null, "–", "–");
    }

    /// <summary>The largest relative error of any score of any process against the factor.</summary>
    private string WorstScore(double[][] scores, double[][] g)
    {
        var (exact, worst) = (new double[_system.ProcessCount], 0.0);
        for (var c = 0; c < g.Length; c++)
        {
            _assessment.Direct.SolveTransposed(g[c], exact);
            for (var j = 0; j < exact.Length; j++)
                if (exact[j] != scores[c][j])
                    worst = Math.Max(worst, Math.Abs((scores[c][j] / exact[j]) - 1));
        }
        return Page.Invariant($"worst relative error against the factor {worst:E1} (≤ 1e-9)");
    }

    private double MonteCarlo()
    {
        var settings = new MonteCarloSettings { Samples = 3200 };
        Simulation.Run(_result, settings with { Samples = 640 });
        var one = Stopwatches.Time(7, () => Simulation.Run(_result, settings));
        var cores = Environment.ProcessorCount;
        var all = Stopwatches.Time(5, () => Simulation.Run(_result, settings with { Threads = cores }));
        var rate = settings.Samples / Stopwatches.Median(one);
        var run = Simulation.Run(_result, settings);
        var summary = run.Summary(new(0));
        using var plan = MonteCarloPlan.Of(_result, settings);
        var halves = 2.0 * settings.Samples / 32;
        var limit = Page.Invariant($"{plan.Reached.Processes.Length:N0} processes reached; ")
            + Page.Invariant($"{plan.Technosphere.Count:N0} + {plan.Scores[0].Count:N0} draws, ")
            + Page.Invariant($"{run.Tally.Sweeps / halves / 2:F1} sweeps and {run.Tally.Rounds / halves:F1} ")
            + Page.Invariant($"residuals a sample; mean {summary.Mean:G6}, median {summary.Median:G6}");
        var (peer, ratio) = SamplesOfPrototypes(rate);
        _page.Add("Monte Carlo, one core, 3,200 samples", Rate(settings.Samples, one), peer, ratio,
            "≥ 1,500 samples/s; stretch 3,000", limit);
        _page.Add(Page.Invariant($"Monte Carlo, {cores} cores"), Rate(settings.Samples, all), "–",
            Page.Invariant($"{Stopwatches.Median(one) / Stopwatches.Median(all):F2} × one core"), "–", "–");
        _page.Add(Page.Invariant($"worst score error of {Exact} samples, each factored and solved"),
            WorstError(plan).ToString("E1", CultureInfo.InvariantCulture), "–", "–", "≤ 1e-9", "–");
        return rate;
    }

    /// <summary>Samples a second of the prototypes, and how many times the best of them we are.</summary>
    private (string Text, string Ratio) SamplesOfPrototypes(double rate)
    {
        (string Name, double Rate)[] all = [("C# prototype", _prototypes.Rate),
            ("C prototype", _prototypes.CRate)];
        var known = all.Where(p => !double.IsNaN(p.Rate)).OrderByDescending(p => p.Rate).ToList();
        return known.Count == 0 ? ("–", "–")
            : (string.Join(", ", known.Select(p => Page.Invariant($"{p.Name} {p.Rate:N0} samples/s"))),
                Page.Invariant($"{rate / known[0].Rate:F2} × the best"));
    }

    private static string Rate(int samples, double[] times)
    {
        var (middle, least, most) = (samples / Stopwatches.Median(times), samples / times[^1],
            samples / times[0]);
        return Page.Invariant($"{middle:N0} samples/s ({least:N0}–{most:N0})");
    }

    /// <summary>Each sample's technosphere factored and solved; scores with nominal emissions
    /// compared.</summary>
    private double WorstError(MonteCarloPlan plan)
    {
        using var batch = new Batch(plan);
        using var exact = DirectSolver.Analyse(_system);
        var (b, g) = (_system.RightHandSide(Last(_system)), _system.DirectScores(new(0)));
        var (x, worst) = (new double[g.Length], 0.0);
        for (var number = 0; number < Exact / 8; number++)
        {
            batch.Run(number);
            for (var lane = 0; lane < 32; lane += 4)
            {
                exact.Factor(batch.Amounts(lane));
                exact.Solve(b, x);
                var (expected, actual, supply) = (0.0, 0.0, batch.Supply(lane));
                for (var j = 0; j < g.Length; j++)
                    (expected, actual) = (expected + (g[j] * x[j]), actual + (g[j] * supply[j]));
                worst = Math.Max(worst, Math.Abs((actual / expected) - 1));
            }
        }
        return worst;
    }

    private void Cold()
    {
        var cold = LcaChild.Figures("cold", _options.System, []);
        _page.Add("10,000 samples, all cores, from a cold start: read, factor, solve, prepare, sample",
            Page.Invariant($"{cold["total"]:F2} s"), "–", "–", "≤ 8 s; stretch 3",
            string.Join(", ", cold.Where(f => f.Key.StartsWith("t-", StringComparison.Ordinal))
                .Select(f => $"{f.Key[2..]} {Milliseconds(f.Value)}")));
        _page.Add("working set: static, and Monte Carlo a thread", Page.Invariant(
            $"{cold["static"] / 1e6:F0} MB, + {cold["batch"] / 1e6:F0} MB"), "–", "–",
            "≤ 150, + 25 MB; stretch 100, + 20",
                Page.Invariant($"empty process {cold["empty"] / 1e6:F0} MB; ")
            + Page.Invariant($"factor {_assessment.Direct.NativeBytes / 1e6:F0} MB"));
        if (!Avx512F.IsSupported) return;
        var narrow = LcaChild.Figures("rate", _options.System, [("DOTNET_EnableAVX512", "0")]);
        _page.Add("Monte Carlo, one core, AVX-512 switched off",
            Page.Invariant($"{narrow["rate"]:N0} samples/s"),
            "–", "–", "≥ 600 samples/s; stretch 1,500", "–");
    }

    private void Swaps()
    {
        var nominal = _result.Supply.ToArray();
        var g = _system.DirectScores(new(0));
        foreach (var (inputs, asked) in new[] { (1, "≤ 5 ms; stretch 1.7"), (5, "≤ 20 ms; stretch 5") })
        {
            var changes = Changes(inputs);
            var score = 0.0;
            void Go() => score = Scenario.Of(_assessment, changes).Score(nominal, g);
            for (var k = 0; k < 5; k++) Go();
            Row(Page.Invariant($"swap the supplier of {inputs} inputs"), Stopwatches.Time(31, Go), null,
                asked,
                Page.Invariant($"score {score:G11}; {inputs} solves"),
                inputs == 1 ? _prototypes.Swap1 : _prototypes.Swap5);
        }
    }

    /// <summary>The largest input of some processes, taken of another supplier at a thousandth.</summary>
    private ExchangeChange[] Changes(int inputs)
    {
        var (a, changes, random) = (_system.Technosphere.Matrix, new List<ExchangeChange>(),
            new Random(inputs));
        while (changes.Count < 2 * inputs)
        {
            var j = random.Next(a.Columns);
            if (a.Starts[j + 1] - a.Starts[j] < 5 || _result.Supply[j] < 1e-12) continue;
            var largest = Enumerable.Range(a.Starts[j], a.Starts[j + 1] - a.Starts[j])
                .Where(p => a.RowOf[p] != j).MaxBy(p => Math.Abs(a.Values[p]));
            changes.AddRange(ExchangeChange.Swap(_system, new(j), new(a.RowOf[largest]),
                new(random.Next(a.Columns)), 1e-3));
        }
        return [.. changes];
    }

    private void Large(string path)
    {
        var large = LcaChild.Figures("large", path, []);
        _page.Add(Page.Invariant($"n = {large["n"]:N0}: scores of all processes, no factor"),
            Milliseconds(large["scores"]), "–", "–", "–",
            Page.Invariant($"{large["nnz"]:N0} exchanges; score {large["score"]:G11}"));
        _page.Add(Page.Invariant($"n = {large["n"]:N0}: Monte Carlo, one core, 3,200 samples"),
            Page.Invariant($"{large["rate"]:N0} samples/s"), "–", "–", "≥ 200 samples/s; stretch 300",
            Page.Invariant($"largest working set {large["peak"] / 1e9:F2} GB, < 2 GB asked"));
        var factor = LcaChild.Figures("large-factor", path, []);
        var size = Page.Invariant($"{factor["flops"] / 1e9:N0} GFlop, {factor["entries"]:N0} entries, ")
            + Page.Invariant($"{factor["bytes"] / 1e9:F2} GB with fronts by the symbolic count ")
            + $"(analysed in {Milliseconds(factor["analyse"])}); ";
        var limit = Milliseconds(factor["flops"] / _flops);
        _page.Add(Page.Invariant($"n = {large["n"]:N0}: factor, and the probe that checks it"),
            factor.TryGetValue("factor", out var seconds) ? Page.Invariant($"{seconds:F1} s")
                : "not tried: more than 2 GB", "–", "–", "optional, < 2 GB",
            size + (factor.TryGetValue("peak", out var peak)
                ? Page.Invariant($"at {_flops / 1e9:F0} GFlop/s {limit}; ")
                    + Page.Invariant($"solve {factor["solve"] * 1000:F0} ms; score {factor["score"]:G11}; ")
                    + Page.Invariant($"largest working set {peak / 1e9:F2} GB")
                : "the sweeps answer instead"));
    }

    private void Write(double score, double rate)
    {
        var lines = new List<string>
        {
            "", Page.Invariant($"Score: {score:G11}"), "",
            Page.Invariant($"Monte Carlo: {rate:N0} samples/s per core"), "",
            $"AVX-512: {(Avx512F.IsSupported ? "yes" : "no")}", "",
            "The system is that of bench/peers/lca/system.py, made by Python and read here: "
                + Page.Invariant($"{_system.ProcessCount:N0} processes, seed 1."),
            "The prototypes are early programs of our own: one loop only, and nothing is checked.",
        };
        lines.AddRange(_peers.Select(p => $"{p.Name}: score {p.Score}, {p.Entries} entries of L and U."));
        lines.AddRange(_notes);
        foreach (var line in lines) Console.WriteLine(line);
        if (_options.Results is null) return;
        const string command = "dotnet run -c Release --project bench/Celadon.Bench -- lca --large";
        var table = _page.Text(command).Replace("peers in the same run, in the same process",
            "peers in the same run, each a program of its own", StringComparison.Ordinal);
        File.WriteAllText(_options.Results, table + string.Join('\n', lines) + "\n");
    }
}

/// <summary>What to measure on.</summary>
internal sealed record LcaOptions(string System, string? Results, string? Large, string? Prototype,
    bool Peers)
{
    public const string Usage = """
        lca [SYSTEM] [--results PAGE] [--large [SYSTEM]] [--prototype PROGRAM] [--no-peers]
          SYSTEM       a file of bench/peers/lca/system.py; without it the script is run (Python with NumPy)
          --large      the same with 100,000 processes
          --prototype  a program that prints "N it/s" for SYSTEM, instead of our prototype in C
          --no-peers   neither SuiteSparse and SciPy nor our prototypes in C# and C, which are built and run
                       where their sources lie beside the repository
        """;

    /// <summary>Reads the words; makes what files are not given. Null when that cannot be done.</summary>
    public static LcaOptions? Of(string[] words, string folder)
    {
        string? After(string name) => Array.IndexOf(words, name) is var at and >= 0 && at + 1 < words.Length
            && !words[at + 1].StartsWith('-') ? words[at + 1] : null;
        var system = words.Length > 0 && !words[0].StartsWith('-') ? words[0] : Made(folder, 20_000);
        var large = !words.Contains("--large") ? null : After("--large") ?? Made(folder, 100_000);
        if (system is null || !File.Exists(system)) return null;
        return new LcaOptions(system, After("--results"), large, After("--prototype"),
            !words.Contains("--no-peers"));
    }

    private static string? Made(string folder, int processes)
    {
        var path = Path.Combine(folder, $"lca{processes}.bin");
        return Lca.Peers.Python("bench/peers/lca/system.py", path, $"{processes}") is null ? null : path;
    }
}
