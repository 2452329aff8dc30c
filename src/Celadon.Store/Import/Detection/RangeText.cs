namespace Celadon.Store.Import.Detection;

/// <summary>Two dates of one cell, before the order of their parts is known.</summary>
/// <param name="Start">The first.</param>
/// <param name="End">The second.</param>
/// <param name="Borrowed">
/// Which of the two wrote no year and took the other's: it may lie in the year beside it ("15 Dec - 14 Jan
/// 2026"). −1 the first, 1 the second, 0 neither.
/// </param>
internal readonly record struct DateRange(DateParts Start, DateParts End, int Borrowed)
{
    /// <summary>Both days in an order, None where one of them is no date in it.</summary>
    public (long From, long To) In(DateOrder order)
    {
        var (from, to) = (Start.At(order), End.At(order));
        if (from == WallTime.None || to == WallTime.None || from <= to || Borrowed == 0) return (from, to);
        return Borrowed < 0 ? (Years(from, -1), to) : (from, Years(to, 1));
    }

    private static long Years(long local, int years) =>
        WallTime.Of(WallTime.DateOf(local).AddYears(years)) + WallTime.Mod(local);
}

/// <summary>
/// Reads "01/09/2025 - 30/09/2025", "2026年4月1日至4月30日", "1-30 Apr 2026", "00:00-00:30". What one side leaves
/// out, the other says.
/// </summary>
internal static class RangeText
{
    private const int Longest = 80;

    private static readonly string[] Between =
        [" - ", " to ", "至", "~", "～", "—", "–", " until ", " through ", "--", "到", "-"];

    /// <summary>Two dates with a sign between them.</summary>
    public static bool TryDates(ReadOnlySpan<char> text, out DateRange range)
    {
        range = default;
        if (text.Length is < 6 or > Longest) return false;
        Span<char> buffer = stackalloc char[text.Length];
        return Read(Bare(NumberText.HalfWidth(text, buffer)), out range);
    }

    private static bool Read(ReadOnlySpan<char> text, out DateRange range)
    {
        foreach (var sign in Between)
        {
            // A dash also separates the parts of a date: every place where it stands is tried.
            for (var at = text.IndexOf(sign); at > 0; at = Next(text, sign, at))
            {
                if (!DateText.TryRead(text[..at], out var start)
                    || !DateText.TryRead(text[(at + sign.Length)..], out var end)
                    || start.Grain != end.Grain) continue;
                range = new DateRange(start, end, 0);
                return true;
            }
        }
        foreach (var sign in Between)
            for (var at = text.IndexOf(sign); at > 0; at = Next(text, sign, at))
                if (Completed(text[..at].Trim(), text[(at + sign.Length)..].Trim(), out range)) return true;
        range = default;
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

    /// <summary>Without "from", 自 and the like before the first date, and 止 behind the second.</summary>
    private static ReadOnlySpan<char> Bare(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        foreach (var word in (ReadOnlySpan<string>)["from ", "自", "从"])
            if (text.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                return text[word.Length..].TrimEnd("止 ").TrimStart();
        return text.EndsWith("止") ? text[..^1] : text;
    }

    private static bool Completed(ReadOnlySpan<char> left, ReadOnlySpan<char> right, out DateRange range)
    {
        range = default;
        if (DateText.TryRead(right, out var end) && end.Grain == DateGrain.Day)
        {
            if (First(left, right) is not { } whole || !DateText.TryRead(whole, out var start)
                || start.Grain != DateGrain.Day) return false;
            range = new DateRange(start, end, -1);
            return true;
        }
        if (DateText.TryRead(left, out var from) && from.Grain == DateGrain.Day
            && Second(left, right) is { } tail && DateText.TryRead(tail, out var to)
            && to.Grain == DateGrain.Day)
        {
            range = new DateRange(from, to, 1);
            return true;
        }
        // "April 1-30, 2026": neither side is whole, but the month before and the year behind serve both.
        if (Around(left, right) is not var (first, last) || !DateText.TryRead(first, out var a)
            || !DateText.TryRead(last, out var b)) return false;
        range = new DateRange(a, b, 0);
        return a.Grain == DateGrain.Day && b.Grain == DateGrain.Day;
    }

    /// <summary>"1" or "1 Apr" or "01/04" before "30 Apr 2026": completed from the second.</summary>
    private static string? First(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        if (left.IsEmpty || !char.IsAsciiDigit(left[0])) return null;
        var digits = Digits(left);
        var year = right.Length - TrailingDigits(right);
        if (digits == left.Length)
            return digits <= 2 && Digits(right) is 1 or 2 ? $"{left}{right[Digits(right)..]}" : null;
        return right.Length - year is 2 or 4 && year > 0 ? $"{left}{right[year - 1]}{right[year..]}" : null;
    }

    /// <summary>
    /// "4月30日", "30日", "04-30" or "30" behind a date that begins with its year: completed from the front.
    /// </summary>
    private static string? Second(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        if (right.IsEmpty || !char.IsAsciiDigit(right[0]) || Digits(left) != 4) return null;
        if (right.IndexOf('月') > 0)
            return left.IndexOf('年') is > 0 and var y ? $"{left[..(y + 1)]}{right}" : null;
        if (right[^1] is '日' or '号')
            return left.IndexOf('月') is > 0 and var m ? $"{left[..(m + 1)]}{right}" : null;
        var sign = left.Length > 4 ? left[4] : ' ';
        if (sign is not ('/' or '-' or '.')) return null;
        var last = left.LastIndexOf(sign);
        return right.IndexOf(sign) > 0 ? $"{left[..5]}{right}"
            : Digits(right) == right.Length && last > 5 ? $"{left[..(last + 1)]}{right}" : null;
    }

    private static (string First, string Second)? Around(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        if (left.IsEmpty || !char.IsAsciiLetter(left[0]) || TrailingDigits(left) is not (1 or 2)) return null;
        var digits = Digits(right);
        var tail = right[digits..].TrimStart(", ");
        if (digits is not (1 or 2) || tail.Length != 4 || Digits(tail) != 4) return null;
        return ($"{left} {tail}", $"{left[..^TrailingDigits(left)]}{right[..digits]} {tail}");
    }

    private static int Digits(ReadOnlySpan<char> text)
    {
        var at = text.IndexOfAnyExceptInRange('0', '9');
        return at < 0 ? text.Length : at;
    }

    private static int TrailingDigits(ReadOnlySpan<char> text)
    {
        var at = text.LastIndexOfAnyExceptInRange('0', '9');
        return text.Length - 1 - at;
    }

    private static int Next(ReadOnlySpan<char> text, string sign, int at)
    {
        var next = text[(at + 1)..].IndexOf(sign);
        return next < 0 ? -1 : at + 1 + next;
    }
}
