using System.Diagnostics;
using System.Globalization;

namespace Celadon.Bench.Lca;

/// <summary>What a peer measured; seconds, NaN where it has no such step.</summary>
internal sealed record PeerFigures(string Name, double Analyse, double Factor, double Refactor, double Solve,
    double Transposed, string Score, string Entries, double Flops);

/// <summary>
/// The peers, each a program of its own over the same file: SuiteSparse through a small C driver that is
/// compiled here, SciPy through a script. Where a compiler, a library or an interpreter is not to be had, the
/// page says so.
/// </summary>
internal static class Peers
{
    private const string Libraries =
        "-lumfpack -lklu -lbtf -lamd -lcolamd -lsuitesparseconfig -lm";

    /// <summary>Runs all peers; notes say what could not be run.</summary>
    public static (IReadOnlyList<PeerFigures> Figures, IReadOnlyList<string> Notes) Run(string system)
    {
        var (figures, notes) = (new List<PeerFigures>(), new List<string>());
        var folder = Directory.CreateTempSubdirectory("celadon-peers-").FullName;
        try
        {
            var driver = Path.Combine(folder, "peers");
            var compiled = Output("gcc", ["-O3", "-march=native", "bench/peers/lca/peers.c", "-o", driver,
                "-I/usr/include/suitesparse", .. Libraries.Split(' ')]);
            if (compiled is null) notes.Add("KLU and UMFPACK: no compiler or no SuiteSparse here.");
            else figures.AddRange(Parse(Output(driver, [system]) ?? ""));
            var scipy = Python("bench/peers/lca/scipy_peer.py", system);
            if (scipy is null) notes.Add("SuperLU: no SciPy here.");
            else figures.AddRange(Parse(scipy));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        return (figures, notes);
    }

    /// <summary>What a script writes, with whichever Python has what it needs.</summary>
    public static string? Python(params string[] words) =>
        Output("python3", words) ?? Output("/usr/bin/python3", words);

    /// <summary>What a program writes; null when it is not there or fails.</summary>
    public static string? Output(string program, IReadOnlyList<string> words,
        params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo(program, words)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        start.Environment["OPENBLAS_NUM_THREADS"] = "1";
        foreach (var (name, value) in settings) start.Environment[name] = value;
        try
        {
            using var process = Process.Start(start);
            if (process is null) return null;
            var text = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? text : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static IEnumerable<PeerFigures> Parse(string text) =>
        from line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        let w = line.Split(' ')
        where w.Length == 9
        select new PeerFigures(w[0], Number(w[1]), Number(w[2]), Number(w[3]), Number(w[4]), Number(w[5]),
            w[6],
            w[7], Number(w[8]));

    private static double Number(string word) =>
        double.TryParse(word, CultureInfo.InvariantCulture, out var value) ? value : double.NaN;
}
