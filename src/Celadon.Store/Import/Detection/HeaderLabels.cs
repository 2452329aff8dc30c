using Celadon.Store.Import.Reading;

namespace Celadon.Store.Import.Detection;

/// <summary>What the column headings of a wide table count.</summary>
internal enum LabelKind : byte { Clock, ClockRange, Number, Month }

/// <summary>
/// A heading that is a time of day (seconds), a period number, or a month (year × 12 + month − 1).
/// </summary>
internal readonly record struct HeaderLabel(int Column, LabelKind Kind, int Value, int End = 0);

/// <summary>
/// Finds the run of labels across a header: 00:30 … 00:00, HH1 … HH48, 1 … 48, 2025年1月 … 12月.
/// </summary>
internal static class HeaderLabels
{
    private const int FewestTimes = 12;
    private const int FewestMonths = 3;

    /// <summary>The labels of a row, or none.</summary>
    public static IReadOnlyList<HeaderLabel> Find(Sheet sheet, int row)
    {
        var clocks = new List<HeaderLabel>();
        var numbers = new List<HeaderLabel>();
        var months = new List<HeaderLabel>();
        for (var c = 0; c < sheet.Width(row); c++)
        {
            var text = sheet.Text(row, c).Trim();
            if (text.IsEmpty || text.Length > 32) continue;
            if (ClockText.TryRead(text, out var seconds, out _))
                clocks.Add(new HeaderLabel(c, LabelKind.Clock, seconds));
            else if (RangeText.TryClocks(text, out var start, out var end))
                clocks.Add(new HeaderLabel(c, LabelKind.ClockRange, start, end));
            else if (NumberOf(text) is { } number)
                numbers.Add(new HeaderLabel(c, LabelKind.Number, number));
            else if (MonthOf(sheet, row, c, text) is { } month)
                months.Add(new HeaderLabel(c, LabelKind.Month, month));
        }
        if (clocks.Count >= FewestTimes) return clocks;
        if (numbers.Count >= FewestTimes && Counts(numbers)) return numbers;
        return months.Count >= FewestMonths && Rises(months) ? months : [];
    }

    /// <summary>"HH1", "P01", "HH 48", "1", "kWh_01", "第1点": the number at its end.</summary>
    private static int? NumberOf(ReadOnlySpan<char> text)
    {
        if (text[^1] is '点' or '时') text = text[..^1];
        var digits = 0;
        while (digits < text.Length && char.IsAsciiDigit(text[text.Length - 1 - digits])) digits++;
        if (digits is 0 or > 3) return null;
        var name = text[..^digits].Trim(" _-#");
        return name.IsEmpty || name.Length <= 12 && !char.IsAsciiDigit(name[^1])
            && name[^1] is not ('.' or '/' or ':')
            && name.IndexOfAnyInRange('0', '9') < 0
            ? int.Parse(text[^digits..], System.Globalization.CultureInfo.InvariantCulture) : null;
    }

    private static int? MonthOf(Sheet sheet, int row, int column, ReadOnlySpan<char> text)
    {
        if (DateText.TryRead(text, out var date))
        {
            if (date.Grain == DateGrain.Month)
                return (date.A < 100 ? 2000 + date.A : date.A) * 12 + date.B - 1;
            // A workbook keeps "Jan-25" as its first day.
            if (sheet.Kind(row, column) == CellKind.Date && date is { Grain: DateGrain.Day, C: 1 })
                return date.A * 12 + date.B - 1;
        }
        if (text.Length <= 3 && text[^1] == '月'
            && int.TryParse(text[..^1], System.Globalization.CultureInfo.InvariantCulture, out var month)
            && month is >= 1 and <= 12) return month - 1;
        if (text.Length is >= 3 and <= 9 && char.IsAsciiLetter(text[0]))
        {
            Span<char> probe = stackalloc char[text.Length + 5];
            text.CopyTo(probe);
            " 2001".CopyTo(probe[text.Length..]);
            if (DateText.TryRead(probe, out var named) && named.Grain == DateGrain.Month) return named.B - 1;
        }
        return null;
    }

    private static bool Counts(List<HeaderLabel> labels)
    {
        for (var i = 0; i < labels.Count; i++)
            if (labels[i].Value != labels[0].Value + i) return false;
        return labels[0].Value is 0 or 1;
    }

    private static bool Rises(List<HeaderLabel> labels)
    {
        for (var i = 1; i < labels.Count; i++)
            if (labels[i].Value <= labels[i - 1].Value) return false;
        return true;
    }
}
