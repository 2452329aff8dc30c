namespace Celadon.Store.Import.Detection;

/// <summary>The order in which a date writes its parts.</summary>
public enum DateOrder : byte
{
    /// <summary>Year, month, day: 2025-10-01, 2025年10月1日, 20251001.</summary>
    YearMonthDay,

    /// <summary>Day, month, year: 01/10/2025.</summary>
    DayMonthYear,

    /// <summary>Month, day, year: 10/01/2025.</summary>
    MonthDayYear,
}

/// <summary>How fine a written date is.</summary>
internal enum DateGrain : byte { Month, Day, Time }

/// <summary>The numbers of a written date, before their order is known.</summary>
/// <param name="A">First number; of a month-only date the year.</param>
/// <param name="B">Second number; of a month-only date the month.</param>
/// <param name="C">Third number, 0 for a month.</param>
/// <param name="Known">The order where the text itself says it: four digits, a month's name, 年月日.</param>
/// <param name="Grain">Month, day or time.</param>
/// <param name="Seconds">Seconds since midnight (86,400 for 24:00).</param>
/// <param name="Offset">Seconds ahead of UTC where stated, else <see cref="DateText.NoOffset"/>.</param>
internal readonly record struct DateParts(
    int A, int B, int C, DateOrder? Known, DateGrain Grain, int Seconds, int Offset)
{
    /// <summary>True when another text names the same day in the same way, at whatever time.</summary>
    public bool IsSameDay(in DateParts other) => A == other.A && B == other.B && C == other.C
        && Known == other.Known && Grain == other.Grain;

    /// <summary>True when the numbers are a date in that order.</summary>
    public bool Fits(DateOrder order) => At(order) != WallTime.None;

    /// <summary>Seconds since 1970 in that order, or None. An order the text states wins.</summary>
    public long At(DateOrder order)
    {
        if (Grain == DateGrain.Month) return Make(A, B, 1);
        return (Known ?? order) switch
        {
            DateOrder.YearMonthDay => Make(A, B, C),
            DateOrder.DayMonthYear => Make(C, B, A),
            _ => Make(C, A, B),
        };
    }

    private long Make(int year, int month, int day)
    {
        if (year < 100) year += year < 70 ? 2000 : 1900;
        if (year is < 1900 or > 2200 || month is < 1 or > 12 || day < 1) return WallTime.None;
        return day > DateTime.DaysInMonth(year, month)
            ? WallTime.None : WallTime.Days(year, month, day) * WallTime.Day + Seconds;
    }
}

/// <summary>
/// Takes a written date or time apart: 2025-10-01T00:15:00Z, 1/10/2025 0:15, 01-Oct-25 12:15 AM, 2025年10月1日
/// 0时15分, 202510010015, 2024年3月, Mar-24, and the day numbers of spreadsheets (45931.0104).
/// </summary>
internal static class DateText
{
    public const int NoOffset = int.MinValue;

    private static readonly string[] Months =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    /// <summary>Reads a date with or without a time.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, out DateParts parts)
    {
        parts = default;
        text = text.Trim();
        if (text.Length is < 4 or > 48) return false;
        if (text.IndexOfAnyExceptInRange('\0', '\u1fff') < 0) return Read(text, out parts);
        Span<char> buffer = stackalloc char[text.Length];
        return Read(NumberText.HalfWidth(text, buffer), out parts);
    }

    private static bool Read(ReadOnlySpan<char> text, out DateParts parts)
    {
        parts = default;
        if (text.IndexOfAnyExceptInRange('0', '9') < 0) return Compact(text, out parts);
        if (Serial(text, out parts)) return true;
        text = SkipWeekday(text);
        var at = 0;
        int a = 0, b = 0, c = 0, monthAt = -1, count = 0;
        int digitsA = 0, digitsC = 0;
        while (count < 3 && at < text.Length)
        {
            int value, digits;
            if (char.IsAsciiLetter(text[at]))
            {
                if (text[at] is 'T' or 't' && count == 2) break;
                if (monthAt >= 0 || !MonthName(text, ref at, out value)) return false;
                (monthAt, digits) = (count, 2);
            }
            else if (!Digits(text, ref at, out value, out digits)) return false;
            if (count == 0) (a, digitsA) = (value, digits);
            else if (count == 1) b = value;
            else (c, digitsC) = (value, digits);
            count++;
            if (at < text.Length && text[at] is '日' or '号')
            {
                at++;
                break;
            }
            if (at >= text.Length || !Separator(text, ref at, count)) break;
        }
        if (count < 2 || count == 2 && at < text.Length && text[at..].Trim().Length > 0) return false;
        if (count == 2) return MonthOnly(a, b, digitsA, monthAt, out parts);
        if (!Time(text[at..], out var seconds, out var offset, out var hasTime)) return false;
        return Ordered(a, b, c, digitsA, digitsC, monthAt, seconds, offset,
            hasTime ? DateGrain.Time : DateGrain.Day, out parts);
    }

    private static bool Ordered(int a, int b, int c, int digitsA, int digitsC, int monthAt, int seconds,
        int offset,
        DateGrain grain, out DateParts parts)
    {
        DateOrder? known = digitsA == 4 ? DateOrder.YearMonthDay
            : monthAt == 0 ? DateOrder.MonthDayYear
            : monthAt == 1 ? DateOrder.DayMonthYear : null;
        parts = new DateParts(a, b, c, known, grain, seconds, offset);
        if (digitsA is 3 or > 4 || digitsC is 3 or > 4 || digitsA == 4 && digitsC > 2) return false;
        return known is { } order ? parts.Fits(order)
            : parts.Fits(DateOrder.DayMonthYear) || parts.Fits(DateOrder.MonthDayYear)
                || digitsC <= 2 && parts.Fits(DateOrder.YearMonthDay);
    }

    private static bool MonthOnly(int a, int b, int digitsA, int monthAt, out DateParts parts)
    {
        var (year, month) = digitsA == 4 ? (a, b) : monthAt == 0 ? (b, a) : (b, a);
        parts = new DateParts(year, month, 0, DateOrder.YearMonthDay, DateGrain.Month, 0, NoOffset);
        // "10/24" without a name is a day and a month as often as a month and a year: not read.
        return (digitsA == 4 || monthAt == 0 || b > 1900) && parts.Fits(DateOrder.YearMonthDay);
    }

    /// <summary>20251001, 202510010015, 20251001001500, 202510, or a spreadsheet's day number.</summary>
    private static bool Compact(ReadOnlySpan<char> text, out DateParts parts)
    {
        parts = default;
        if (text.Length is 8 or 12 or 14)
        {
            var hours = text.Length > 8 ? Two(text, 8) * 3600 + Two(text, 10) * 60 : 0;
            if (text.Length == 14) hours += Two(text, 12);
            if (text.Length > 8 && (Two(text, 8) > 24 || Two(text, 10) > 59)) return false;
            parts = new DateParts(Two(text, 0) * 100 + Two(text, 2), Two(text, 4), Two(text, 6),
                DateOrder.YearMonthDay, text.Length > 8 ? DateGrain.Time : DateGrain.Day, hours, NoOffset);
            return Two(text, 0) is 19 or 20 && parts.Fits(DateOrder.YearMonthDay);
        }
        if (text.Length == 6 && Two(text, 0) is 19 or 20)
        {
            parts = new DateParts(Two(text, 0) * 100 + Two(text, 2), Two(text, 4), 0, DateOrder.YearMonthDay,
                DateGrain.Month, 0, NoOffset);
            return parts.Fits(DateOrder.YearMonthDay);
        }
        return Serial(text, out parts);
    }

    private static int Two(ReadOnlySpan<char> text, int at) => (text[at] - '0') * 10 + (text[at + 1] - '0');

    /// <summary>
    /// A day number between 1955 and 2119, with or without a fraction, as a text file may carry it.
    /// </summary>
    private static bool Serial(ReadOnlySpan<char> text, out DateParts parts)
    {
        parts = default;
        if (text.Length < 5 || text.Length > 5 && text[5] != '.' || text[0] is < '2' or > '7'
            || text[..5].IndexOfAnyExceptInRange('0', '9') >= 0
            || text.Length > 6 && text[6..].IndexOfAnyExceptInRange('0', '9') >= 0) return false;
        Span<char> written = stackalloc char[24];
        return Reading.SerialDates.TryFormat(text, false, false, written, out var length, out _)
            && Read(written[..length], out parts);
    }

    private static bool Digits(ReadOnlySpan<char> text, ref int at, out int value, out int digits)
    {
        (value, digits) = (0, 0);
        while (at < text.Length && char.IsAsciiDigit(text[at]) && digits < 5)
        {
            value = value * 10 + (text[at++] - '0');
            digits++;
        }
        return digits is > 0 and <= 4;
    }

    private static bool MonthName(ReadOnlySpan<char> text, ref int at, out int month)
    {
        month = 0;
        var end = at;
        while (end < text.Length && char.IsAsciiLetter(text[end])) end++;
        if (end - at < 3) return false;
        for (var m = 0; m < 12; m++)
            if (text[at..end].StartsWith(Months[m], StringComparison.OrdinalIgnoreCase)) month = m + 1;
        at = end;
        if (at < text.Length && text[at] == '.') at++;
        return month > 0;
    }

    /// <summary>One separator between the numbers of a date; white space around it is allowed.</summary>
    private static bool Separator(ReadOnlySpan<char> text, ref int at, int count)
    {
        var start = at;
        while (at < text.Length && text[at] == ' ') at++;
        if (at < text.Length && text[at] is '/' or '-' or '.' or ',' or '年' or '\'') at++;
        else if (at < text.Length && text[at] == '月')
        {
            at++;
            if (count == 2 && at == text.Length) return false;
        }
        while (at < text.Length && text[at] == ' ') at++;
        if (count == 3)
        {
            at = start;
            return false;
        }
        return at > start && at < text.Length;
    }

    private static ReadOnlySpan<char> SkipWeekday(ReadOnlySpan<char> text)
    {
        if (!char.IsAsciiLetter(text[0])) return text;
        foreach (var day in (ReadOnlySpan<string>)["mon", "tue", "wed", "thu", "fri", "sat", "sun"])
        {
            if (!text.StartsWith(day, StringComparison.OrdinalIgnoreCase)) continue;
            var end = text.IndexOfAny(' ', ',');
            return end < 0 ? text : text[end..].TrimStart(" ,");
        }
        return text;
    }

    /// <summary>Reads what follows a date: nothing, or a time with a.m., 上午 and an offset.</summary>
    private static bool Time(ReadOnlySpan<char> text, out int seconds, out int offset, out bool present)
    {
        (seconds, offset, present) = (0, NoOffset, false);
        text = text.TrimStart(" T\t,");
        if (text.StartsWith("星期") || text.StartsWith("周"))
            text = text[Math.Min(text.Length, text[0] == '周' ? 2 : 3)..].Trim();
        if (text.IsEmpty) return true;
        present = true;
        return ClockText.TryRead(text, out seconds, out offset, dot: true);
    }
}
