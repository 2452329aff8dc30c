using Celadon.Store.Import.Reading;

namespace Celadon.Store.Import.Detection;

/// <summary>What the characters of a cell look like, before its column's meaning is known.</summary>
internal enum CellClass : byte { Empty, Text, Number, Date, Clock, Range }

internal static class CellClasses
{
    /// <summary>Looks at one cell. A number that could be a compact date counts as a number.</summary>
    public static CellClass Of(Sheet sheet, int row, int column)
    {
        switch (sheet.Kind(row, column))
        {
            case CellKind.Empty: return CellClass.Empty;
            case CellKind.Number: return CellClass.Number;
            case CellKind.Date: return CellClass.Date;
            case CellKind.Time: return CellClass.Clock;
            case CellKind.Error: return CellClass.Text;
        }
        var text = sheet.Text(row, column).Trim();
        if (text.IsEmpty) return CellClass.Empty;
        if (NumberText.TryPlain(text, '.', out _, out _)) return CellClass.Number;
        if (text.Length > 60 || text.IndexOfAnyInRange('0', '9') < 0 && text.IndexOfAnyInRange('０', '９') < 0)
            return CellClass.Text;
        if (ClockText.TryRead(text, out _, out _)
            || RangeText.TryClocks(text, out _, out _)) return CellClass.Clock;
        if (DateText.TryRead(text, out _)) return CellClass.Date;
        if (RangeText.TryDates(text, out _, out _)) return CellClass.Range;
        return NumberText.TryRead(text, NumberStyle.Point, out _, out _)
            || NumberText.TryRead(text, new NumberStyle(',', true), out _, out _) ? CellClass.Number
            : CellClass.Text;
    }
}

/// <summary>Reads "01/09/2025 - 30/09/2025", "2025.09.01至2025.09.30", "00:00-00:30".</summary>
internal static class RangeText
{
    private static readonly string[] Between =
        [" - ", " to ", "至", "~", "～", "—", "–", " until ", "--", "到", "-"];

    /// <summary>Two dates with a sign between them.</summary>
    public static bool TryDates(ReadOnlySpan<char> text, out DateParts start, out DateParts end)
    {
        (start, end) = (default, default);
        foreach (var sign in Between)
        {
            // A dash also separates the parts of a date: every place where it stands is tried.
            for (var at = text.IndexOf(sign); at > 0; at = Next(text, sign, at))
                if (DateText.TryRead(text[..at], out start)
                    && DateText.TryRead(text[(at + sign.Length)..], out end)
                    && start.Grain == end.Grain) return true;
        }
        return false;
    }

    /// <summary>Two times of day with a sign between them, in seconds.</summary>
    public static bool TryClocks(ReadOnlySpan<char> text, out int start, out int end)
    {
        (start, end) = (0, 0);
        foreach (var sign in Between)
        {
            var at = text.IndexOf(sign);
            if (at > 0 && ClockText.TryRead(text[..at], out start, out _)
                && ClockText.TryRead(text[(at + sign.Length)..], out end, out _)) return true;
        }
        return false;
    }

    private static int Next(ReadOnlySpan<char> text, string sign, int at)
    {
        var next = text[(at + 1)..].IndexOf(sign);
        return next < 0 ? -1 : at + 1 + next;
    }
}
