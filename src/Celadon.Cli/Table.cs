using System.Text;

namespace Celadon.Cli;

/// <summary>A table for a terminal; Han characters take two columns.</summary>
internal static class Table
{
    /// <summary>Writes rows under a header; nothing when there is only the header.</summary>
    /// <param name="to">Where.</param>
    /// <param name="rows">The header first.</param>
    /// <param name="sides">A letter a column: l left, r right.</param>
    public static void Write(TextWriter to, IReadOnlyList<string[]> rows, string sides)
    {
        if (rows.Count < 2) return;
        rows = [.. rows.Select(r => Array.ConvertAll(r, Plain))];
        var widths = Enumerable.Range(0, sides.Length).Select(c => rows.Max(r => Width(r[c]))).ToArray();
        foreach (var row in rows)
        {
            var line = new StringBuilder();
            for (var c = 0; c < sides.Length; c++)
            {
                var pad = new string(' ', widths[c] - Width(row[c]));
                line.Append(c == 0 ? "" : "  ").Append(sides[c] == 'r' ? pad + row[c] : row[c] + pad);
            }
            to.WriteLine(line.ToString().TrimEnd());
        }
        to.WriteLine();
    }

    /// <summary>A text without what a terminal would obey: others wrote some of what is shown.</summary>
    public static string Plain(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)) : text;

    private static int Width(string text) => text.EnumerateRunes().Sum(rune => IsWide(rune.Value) ? 2 : 1);

    private static bool IsWide(int rune) =>
        rune is >= 0x1100 and <= 0x115F or >= 0x2E80 and <= 0xA4CF or >= 0xAC00 and <= 0xD7A3 or >= 0xF900
            and <= 0xFAFF
            or >= 0xFE30 and <= 0xFE6F or >= 0xFF00 and <= 0xFF60 or >= 0xFFE0 and <= 0xFFE6 or >= 0x20000
                and <= 0x3FFFD;
}
