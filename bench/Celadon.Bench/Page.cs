using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace Celadon.Bench;

/// <summary>
/// A results page: a table of what was measured, against what was asked, its peer or its physical limit.
/// </summary>
internal sealed class Page(string title, params string[] columns)
{
    /// <summary>What a page against peers shows: the ratio is peer ÷ ours, so that more is better.</summary>
    private static readonly string[] AgainstPeers = ["What", "Ours", "Peer", "Peer ÷ ours", "Asked", "Limit"];

    private readonly string[] _columns = columns.Length > 0 ? columns : AgainstPeers;
    private readonly StringBuilder _rows = new(), _said = new();

    /// <summary>Adds a row, a cell for each column.</summary>
    public void Add(params string[] cells)
    {
        var row = $"| {string.Join(" | ", cells)} |";
        _rows.AppendLine(row);
        Console.WriteLine(row);
    }

    /// <summary>Adds a paragraph above the table.</summary>
    public void Say(string text)
    {
        _said.AppendLine(text).AppendLine();
        Console.WriteLine(text);
    }

    /// <summary>Seconds with their spread: "1.92 s (1.88–2.10)".</summary>
    public static string Seconds(double[] sorted) => sorted[^1] < 0.95
        ? Invariant(
            $"{Stopwatches.Median(sorted) * 1000:F1} ms ({sorted[0] * 1000:F1}–{sorted[^1] * 1000:F1})")
        : Invariant($"{Stopwatches.Median(sorted):F2} s ({sorted[0]:F2}–{sorted[^1]:F2})");

    /// <summary>Peer's median ÷ our median.</summary>
    public static string Ratio(double[] ours, double[] peer) =>
        Invariant($"{Stopwatches.Median(peer) / Stopwatches.Median(ours):F2} ×");

    /// <summary>The whole page.</summary>
    public string Text(string command)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"# {title}").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture,
            $"{DateTime.UtcNow:yyyy-MM-dd}, {Processor()}, {Environment.ProcessorCount} cores,");
        text.AppendLine(CultureInfo.InvariantCulture,
            $"{RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, " +
            $"AVX-512 {(Avx512F.IsSupported ? "yes" : "no")}.");
        text.AppendLine(CultureInfo.InvariantCulture, $"Command: `{command}`").AppendLine();
        text.Append(_said).AppendLine("| " + string.Join(" | ", _columns) + " |")
            .AppendLine("|" + string.Concat(_columns.Select(_ => "---|")));
        return text.Append(_rows).ToString();
    }

    /// <summary>Text in the invariant culture.</summary>
    public static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private static string Processor()
    {
        const string info = "/proc/cpuinfo";
        return File.Exists(info) ? File.ReadLines(info)
            .First(l => l.StartsWith("model name", StringComparison.Ordinal))
            .Split(':')[1].Trim() : RuntimeInformation.ProcessArchitecture.ToString();
    }
}
