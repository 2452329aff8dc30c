using System.Globalization;
using System.Text;
using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Store.Import;
using Celadon.Store.Import.Reading;
using Celadon.Tests.Import;

namespace Celadon.Tests.Corpus;

/// <summary>Files as a supplier or logger writes them, and what a person would say they hold.</summary>
/// <param name="Name">"gb-credit-note": country and what is ugly in it; listed in README.md.</param>
/// <param name="Files">The files, dropped together.</param>
/// <param name="Totals">
/// "electricity 1000 kWh" by flow and unit, worked by hand; estimates stand apart: "… kWh estimated".
/// </param>
/// <param name="Faults">What was planted, as "code@row" ("code@" where the finding has no row).</param>
/// <param name="Answers">The questions that are asked and what is answered; at most three.</param>
internal sealed record CorpusCase(
    string Name, SourceFile[] Files, string[] Totals, string[] Faults,
    params (string Question, string Answer)[] Answers)
{
    /// <summary>True for the works at Longquan.</summary>
    public bool IsChinese => Name.StartsWith("cn-", StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>All cases, and what writes them.</summary>
internal static class CorpusFiles
{
    /// <summary>Every case by its name.</summary>
    public static IReadOnlyDictionary<string, CorpusCase> All { get; } =
        BritishBills.All.Concat(BritishMeters.All).Concat(ChineseBills.All).Concat(ChineseMeters.All)
            .ToDictionary(c => c.Name, StringComparer.Ordinal);

    /// <summary>A text file with CR LF, in UTF-8 unless another encoding is given.</summary>
    public static SourceFile File(string name, string text, Encoding? encoding = null) =>
        Ugly.File(name, text.ReplaceLineEndings("\r\n"), encoding);

    /// <summary>Rows of one time and what follows it.</summary>
    public static string Rows(string first, int minutes, int count, Func<int, string> value,
        string format = "dd/MM/yyyy HH:mm") => string.Concat(Enumerable.Range(0, count).Select(i =>
            DateTime.Parse(first, CultureInfo.InvariantCulture).AddMinutes((double)minutes * i)
                .ToString(format, CultureInfo.InvariantCulture) + value(i) + "\n"));

    /// <summary>Columns joined by commas.</summary>
    public static string Join(IEnumerable<string> cells) => string.Join(',', cells);

    /// <summary>The same cell many times.</summary>
    public static string Times(int count, string cell) => Join(Enumerable.Repeat(cell, count));

    /// <summary>00:30 … 23:30, 00:00, or the same from 00:00.</summary>
    public static string Clocks(int minutes, bool end = true) => Join(Enumerable.Range(end ? 1 : 0,
        1440 / minutes).Select(i => $"{i * minutes / 60 % 24:00}:{i * minutes % 60:00}"));

    /// <summary>The totals of a plan as the cases write them.</summary>
    public static string[] TotalsOf(ImportPlan plan) => [.. plan.Totals
        .GroupBy(t => (t.Resource, t.Unit, Estimated: t.Basis == Basis.Estimated))
        .Select(g => (g.Key, Sum: g.Aggregate(Amount.Zero, (sum, t) => sum + t.Amount)))
        .Select(t => $"{t.Key.Resource} {t.Sum} {t.Key.Unit}" + (t.Key.Estimated ? " estimated" : ""))
        .Order(StringComparer.Ordinal)];
}
