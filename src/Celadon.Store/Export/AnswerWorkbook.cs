using System.Collections.Immutable;
using Celadon.Quantities;

namespace Celadon.Store;

/// <summary>
/// A cell of a sheet: words, or a number. Words are written as text, whatever they begin with.
/// </summary>
/// <param name="Text">The words, or null.</param>
/// <param name="Value">The number, or null.</param>
public readonly record struct AnswerCell(string? Text, Amount? Value = null);

/// <summary>A sheet of an answer.</summary>
/// <param name="Name">Its name; what a workbook does not take is left out, and no two are alike.</param>
/// <param name="Heads">Heads of its columns; none for a sheet of facts, whose first column heads the rows.
/// </param>
/// <param name="Rows">Its rows.</param>
public sealed record AnswerSheet(string Name, ImmutableArray<string> Heads,
    IReadOnlyList<IReadOnlyList<AnswerCell>> Rows);

/// <summary>
/// An answer as a workbook: a sheet of facts, then a sheet a table, numbers to the last digit.
/// </summary>
public static class AnswerWorkbook
{
    private const int LongestName = 31;
    private const int Narrowest = 10;
    private const int Widest = 60;
    private const string NotInNames = "[]:*?/\\";

    /// <summary>Writes the sheets.</summary>
    public static byte[] Write(IReadOnlyList<AnswerSheet> sheets)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return Sheets.Write([.. sheets.Select(s => new WorkSheet(NameOf(s.Name, names), Widths(s),
            [
                .. s.Heads.IsEmpty ? [] : new[] { Heads(s) },
                .. s.Rows.Select(r => Row(r, s.Heads.IsEmpty)),
            ]))]);
    }

    private static IReadOnlyList<SheetCell> Heads(AnswerSheet sheet) =>
        [.. sheet.Heads.Select(h => SheetCell.Of(h, Look.Head))];

    private static IReadOnlyList<SheetCell> Row(IReadOnlyList<AnswerCell> cells, bool isFact) =>
        [.. cells.Select((c, i) => c.Value is { } value ? SheetCell.Of(value)
            : SheetCell.Of(c.Text, isFact && i == 0 ? Look.Head : Look.Plain))];

    /// <summary>As wide as the longest in the column, within bounds.</summary>
    private static int[] Widths(AnswerSheet sheet) => [.. Enumerable.Range(0,
        sheet.Rows.Select(r => r.Count).Append(sheet.Heads.Length).Max()).Select(i => Math.Clamp(2 +
            sheet.Rows.Where(r => i < r.Count).Select(r => Letters(r[i].Text ?? $"{r[i].Value}"))
                .Append(i < sheet.Heads.Length ? Letters(sheet.Heads[i]) : 0).Max(), Narrowest, Widest))];

    private static int Letters(string text) => text.Sum(c => c >= 0x2E80 ? 2 : 1);

    private static string NameOf(string name, HashSet<string> taken)
    {
        var plain = string.Concat(name.Where(c => !NotInNames.Contains(c, StringComparison.Ordinal)
            && !char.IsControl(c))).Trim().Trim('\'');
        if (plain.Length == 0) plain = "1";
        for (var n = 1; ; n++)
        {
            var end = n == 1 ? "" : FormattableString.Invariant($" {n}");
            var made = plain[..Math.Min(plain.Length, LongestName - end.Length)] + end;
            if (taken.Add(made)) return made;
        }
    }
}
