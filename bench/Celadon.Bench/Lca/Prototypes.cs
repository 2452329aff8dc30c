using System.Globalization;
using System.Text.RegularExpressions;

namespace Celadon.Bench.Lca;

/// <summary>
/// What our own early prototypes do with the same file: one in C#, of one loop only and without any check,
/// and one in C for samples. Seconds and samples a second; NaN where there is no such step or program.
/// </summary>
internal sealed record PrototypeFigures(PeerFigures? Direct, double Scores, double Scores8, double Swap1,
    double Swap5, double Rate, double CRate)
{
    /// <summary>Nothing measured.</summary>
    public static PrototypeFigures None { get; } =
        new(null, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
}

/// <summary>
/// Builds and runs the prototypes where their sources lie beside the repository; they are ours, not part of
/// the product, and the page says when they are not to be had.
/// </summary>
internal static class Prototypes
{
    private const string Libraries = "-lklu -lbtf -lamd -lcolamd -lsuitesparseconfig -lm";

    /// <summary>Runs both; notes say what could not be run.</summary>
    /// <param name="system">The system file.</param>
    /// <param name="processes">Processes in it; the last one is demanded.</param>
    /// <param name="program">A program that prints "N it/s" instead of the prototype in C; or null.</param>
    public static (PrototypeFigures Figures, IReadOnlyList<string> Notes) Run(string system, int processes,
        string? program)
    {
        var (figures, notes) = (PrototypeFigures.None, new List<string>());
        var folder = Directory.CreateTempSubdirectory("celadon-prototypes-").FullName;
        try
        {
            if (Managed(folder, system) is { } managed) figures = managed;
            else notes.Add("C# prototype: its sources are not here, or were not built.");
            var sampler = program ?? Compiled(folder);
            var text = sampler is null ? null
                : Peers.Output(sampler, [system, $"{processes - 1}", "0", "20"]);
            figures = figures with { CRate = Number(text, @"([\d.]+) it/s") };
            if (double.IsNaN(figures.CRate))
                notes.Add("C prototype: its source is not here, or was not built.");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        return (figures, notes);
    }

    private static string? Compiled(string folder)
    {
        if (Works.Shared("bench/batchgs.c") is not { } source) return null;
        var program = Path.Combine(folder, "batchgs");
        return Peers.Output("gcc", ["-O3", "-march=native", "-fno-math-errno", source, "-o", program,
            "-I/usr/include/suitesparse", .. Libraries.Split(' ')]) is null ? null : program;
    }

    /// <summary>The prototype in C#, built from a copy: its own folder may be read-only.</summary>
    private static PrototypeFigures? Managed(string folder, string system)
    {
        if (Works.Shared("bench/csharp-spike") is not { } source) return null;
        var (sources, built) = (Path.Combine(folder, "sources"), Path.Combine(folder, "built"));
        Directory.CreateDirectory(sources);
        foreach (var file in Directory.EnumerateFiles(source))
            File.WriteAllBytes(Path.Combine(sources, Path.GetFileName(file)), File.ReadAllBytes(file));
        // No server of the compiler's may stay behind: it would hold the end of our pipe.
        if (Peers.Output("dotnet", ["build", "-v", "q", "-c", "Release", "-o", built, "-nodeReuse:false",
            "-p:UseSharedCompilation=false", Path.Combine(sources, "lca.csproj")]) is null) return null;
        string? Say(params string[] words) => Peers.Output("dotnet",
            [Path.Combine(built, "lca.dll"), words[0], system, .. words[1..]]);
        var direct = Say("mf");
        if (direct is null) return null;
        var (scores, swaps, samples) = (Say("adj"), Say("swap"), Say("mc", "fassift"));
        return new PrototypeFigures(
            new PeerFigures("C# prototype", Milliseconds(direct, @"analyse ([\d.]+)"),
                Milliseconds(direct, @"factor ([\d.]+)"), double.NaN,
                Milliseconds(direct, @" solve ([\d.]+)"), Milliseconds(direct, @"tsolve ([\d.]+)"),
                Regex.Match(direct, @"score (\S+)").Groups[1].Value,
                Regex.Match(direct, @"panel entries (\d+)").Groups[1].Value, double.NaN),
            Milliseconds(scores, @"fassift tol 1E-012: \d+ sweeps ([\d.]+) ms"),
            Milliseconds(scores, @"fassift, 8 categories[^:]*: \d+ sweeps ([\d.]+) ms"),
            Milliseconds(swaps, @"swap rank 1: ([\d.]+) ms"),
            Milliseconds(swaps, @"swap rank 5: ([\d.]+) ms"),
            Number(samples, @"([\d.]+) samples/s/core"), double.NaN);
    }

    private static double Milliseconds(string? text, string pattern) => Number(text, pattern) / 1000;

    private static double Number(string? text, string pattern) =>
        text is not null && Regex.Match(text, pattern) is { Success: true } match
            ? double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : double.NaN;
}
