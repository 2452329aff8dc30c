namespace Celadon.Store.Import.Detection;

/// <summary>
/// Reads a time of day: 00:15, 0:15:00, 12:15 AM, 上午0:15, 0时15分, 24:00, 0015, with an offset behind it.
/// </summary>
internal static class ClockText
{
    private static readonly (string Word, int Hours)[] Halves =
        [("AM", 0), ("PM", 12), ("a.m.", 0), ("p.m.", 12)];

    /// <summary>Seconds since midnight, 86,400 for 24:00, and the offset where stated.</summary>
    /// <param name="text">The time alone.</param>
    /// <param name="seconds">Seconds since midnight.</param>
    /// <param name="offset">Seconds ahead of UTC, or <see cref="DateText.NoOffset"/>.</param>
    /// <param name="dot">True behind a date, where 14.30 is a time; alone it is a number.</param>
    public static bool TryRead(ReadOnlySpan<char> text, out int seconds, out int offset, bool dot = false)
    {
        (seconds, offset) = (0, DateText.NoOffset);
        text = text.Trim();
        var half = -1;
        if (text.StartsWith("上午") || text.StartsWith("凌晨") || text.StartsWith("早上")) half = 0;
        else if (text.StartsWith("下午") || text.StartsWith("晚上")) half = 12;
        if (half >= 0) text = text[2..].TrimStart();
        var at = 0;
        if (!Number(text, ref at, out var hours) || at > 2) return false;
        int minutes = 0, secs = 0;
        if (at < text.Length && (text[at] is ':' or '时' or '点' || dot && text[at] == '.'))
        {
            at++;
            if (!Number(text, ref at, out minutes) && text[at - 1] == ':') return false;
            if (at < text.Length && text[at] is ':' or '分')
            {
                at++;
                Number(text, ref at, out secs);
                if (at < text.Length && text[at] is '秒') at++;
                else if (at < text.Length && text[at] == '.')
                {
                    at++;
                    if (!Number(text, ref at, out var fraction) || fraction != 0) return false;
                }
            }
        }
        else return false;
        if (!Behind(text[at..].Trim(), ref half, out offset)) return false;
        if (half >= 0)
        {
            if (hours > 12) return half == 12 && Valid(hours, minutes, secs, out seconds);
            hours = hours % 12 + half;
        }
        return Valid(hours, minutes, secs, out seconds);
    }

    private static bool Valid(int hours, int minutes, int secs, out int seconds)
    {
        seconds = hours * 3600 + minutes * 60 + secs;
        return hours <= 24 && minutes < 60 && secs < 60 && seconds <= WallTime.Day;
    }

    private static bool Behind(ReadOnlySpan<char> text, ref int half, out int offset)
    {
        offset = DateText.NoOffset;
        foreach (var (word, hours) in Halves)
        {
            if (!text.StartsWith(word, StringComparison.OrdinalIgnoreCase)) continue;
            half = hours;
            text = text[word.Length..].Trim();
            break;
        }
        if (text.IsEmpty) return true;
        if (text is "Z" or "z" or "UTC" or "GMT") offset = 0;
        else if (text is "BST") offset = 3600;
        else if (text[0] is '+' or '-' or '−')
        {
            var at = 1;
            if (!Number(text, ref at, out var first)) return false;
            var minutes = 0;
            if (at < text.Length && text[at] == ':')
            {
                at++;
                if (!Number(text, ref at, out minutes)) return false;
            }
            else if (at == 5) (first, minutes) = (first / 100, first % 100);
            if (at != text.Length || first > 18 || minutes > 59) return false;
            offset = (first * 3600 + minutes * 60) * (text[0] == '+' ? 1 : -1);
        }
        else return false;
        return true;
    }

    private static bool Number(ReadOnlySpan<char> text, ref int at, out int value)
    {
        value = 0;
        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]) && at - start < 7) value =
            value * 10 + (text[at++] - '0');
        return at > start;
    }
}
