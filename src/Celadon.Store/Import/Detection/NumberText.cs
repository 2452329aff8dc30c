using System.Globalization;
using Celadon.Quantities;

namespace Celadon.Store.Import.Detection;

/// <summary>How a column writes its numbers.</summary>
/// <param name="Decimal">Decimal mark: '.' or ','.</param>
/// <param name="Proved">False when the other reading would fit every cell as well.</param>
internal readonly record struct NumberStyle(char Decimal, bool Proved)
{
    public static readonly NumberStyle Point = new('.', true);

    /// <summary>The sign that may group thousands beside spaces and apostrophes.</summary>
    public char Group => Decimal == '.' ? ',' : '.';
}

/// <summary>What stands beside a number in its cell.</summary>
/// <param name="Estimated">True for an E, "est", 估; false for an A, "act", 实; null for neither.</param>
/// <param name="Unit">Unit text in the cell: "kWh", "万kWh", "£".</param>
internal readonly record struct NumberMarks(bool? Estimated, string? Unit);

/// <summary>Reads a number as people and loggers write it, exactly.</summary>
internal static class NumberText
{
    private static readonly string[] Missing =
        ["-", "--", "—", "–", "n/a", "na", "null", "nan", "none", "无", "/", "\\", "#n/a", "缺", "missing", ".",
        "no data"];

    private static readonly string[] EstimateWords =
        ["E", "est", "estimate", "estimated", "估", "估计", "估算", "估抄", "估读", "*"];

    private static readonly string[] ActualWords =
        ["A", "act", "actual", "实", "实抄", "实际", "实读", "customer", "C", "smart", "R", "remote", "远抄", "自动"];

    /// <summary>True for the ways of writing "nothing here": a missing value is a gap, never zero.</summary>
    public static bool IsMissing(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text.IsEmpty) return true;
        if (text.Length > 8 || char.IsAsciiDigit(text[0])) return false;
        foreach (var word in Missing)
            if (text.Equals(word, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    /// <summary>
    /// The plain case without allocation: sign, at most 18 digits, one decimal mark, nothing else. The value
    /// is unscaled × 10^-scale, not normalised.
    /// </summary>
    public static bool TryPlain(ReadOnlySpan<char> text, char mark, out long unscaled, out int scale)
    {
        (unscaled, scale) = (0, 0);
        var i = 0;
        var negative = false;
        if (text.Length > 0 && text[0] is '-' or '+')
        {
            negative = text[0] == '-';
            i = 1;
        }
        if (text.Length - i is 0 or > 19) return false;
        var point = -1;
        var digits = 0;
        for (; i < text.Length; i++)
        {
            var digit = unchecked((uint)(text[i] - '0'));
            if (digit <= 9)
            {
                if (++digits > 18) return false;
                unscaled = unscaled * 10 + digit;
            }
            else if (text[i] == mark && point < 0) point = i;
            else return false;
        }
        if (digits == 0) return false;
        scale = point < 0 ? 0 : text.Length - 1 - point;
        if (negative) unscaled = -unscaled;
        return true;
    }

    /// <summary>
    /// A number in any of the ways people write it: grouped thousands (comma, point, space, apostrophe),
    /// full-width digits, a unit or currency before or behind, 万 and 亿, accounting brackets, a trailing
    /// minus, CR for credit, an estimate mark.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<char> cell, NumberStyle style, out Amount amount,
        out NumberMarks marks)
    {
        marks = default;
        amount = default;
        scoped var text = cell.Trim();
        if (TryPlain(text, style.Decimal, out var unscaled, out var scale))
        {
            amount = Amount.From(unscaled, scale);
            return true;
        }
        if (text.Length is 0 or > 80) return false;
        Span<char> buffer = stackalloc char[text.Length];
        text = HalfWidth(text, buffer);
        var negative = false;
        if (text is ['(', .., ')'])
        {
            negative = true;
            text = text[1..^1].Trim();
        }
        if (!Split(text, style, out var before, out var number, out var behind)) return false;
        if (before is "-" or "−" or "–" || before.EndsWith("-") || before.StartsWith("-")
            || before.EndsWith("−"))
        {
            negative = !negative;
            before = before.Trim("-−– ");
        }
        if (behind.StartsWith("-") || behind.Equals("CR", StringComparison.OrdinalIgnoreCase)
            || before is "CR" or "cr")
        {
            negative = !negative;
            behind = behind.StartsWith("-") ? behind[1..].Trim() : default;
            before = default;
        }
        if (!Digits(number, style, out amount)) return false;
        if (!Marks(before, behind, ref amount, out marks)) return false;
        if (negative) amount = -amount;
        return true;
    }

    /// <summary>
    /// Full-width forms become the ASCII ones; other minus signs and spaces become the plain ones.
    /// </summary>
    internal static ReadOnlySpan<char> HalfWidth(ReadOnlySpan<char> text, Span<char> buffer)
    {
        for (var i = 0; i < text.Length; i++)
        {
            buffer[i] = text[i] switch
            {
                >= '！' and <= '～' and var c => (char)(c - '！' + '!'),
                '\u3000' or '\u00A0' or '\u202F' or '\u2009' => ' ',
                '−' or '﹣' => '-',
                var c => c,
            };
        }
        return ((ReadOnlySpan<char>)buffer[..text.Length]).Trim();
    }

    /// <summary>The run of digits with its marks, and what stands before and behind it.</summary>
    private static bool Split(ReadOnlySpan<char> text, NumberStyle style, out ReadOnlySpan<char> before,
        out ReadOnlySpan<char> number, out ReadOnlySpan<char> behind)
    {
        before = number = behind = default;
        var first = text.IndexOfAnyInRange('0', '9');
        if (first < 0) return false;
        if (first > 0 && text[first - 1] == style.Decimal) first--;
        var end = first;
        while (end < text.Length && IsNumberSign(text, end)) end++;
        // An exponent belongs to the number ("1.5E-3"); a lone E behind it is an estimate mark.
        if (end + 1 < text.Length && text[end] is 'e' or 'E'
            && (char.IsAsciiDigit(text[end + 1]) || end + 2 < text.Length && text[end + 1] is '+' or '-'
                && char.IsAsciiDigit(text[end + 2])))
        {
            end += 2;
            while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
        }
        before = text[..first].Trim();
        number = text[first..end];
        behind = text[end..].Trim();
        return behind.IndexOfAnyInRange('0', '9') < 0 || behind.Length <= 4 || behind.Contains('^');
    }

    private static bool IsNumberSign(ReadOnlySpan<char> text, int at) =>
        char.IsAsciiDigit(text[at]) || text[at] is '.' or ','
        || text[at] is ' ' or '\'' or '’' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]);

    /// <summary>
    /// Groups must have three digits (or four before 万), otherwise the number is something else.
    /// </summary>
    private static bool Digits(ReadOnlySpan<char> number, NumberStyle style, out Amount amount)
    {
        Span<char> plain = stackalloc char[number.Length];
        int length = 0, sinceGroup = -1;
        var point = false;
        foreach (var c in number)
        {
            if (c == style.Decimal)
            {
                if (point || sinceGroup is >= 0 and not 3) return Fail(out amount);
                point = true;
                plain[length++] = '.';
            }
            else if (c == style.Group || c is ' ' or '\'' or '’')
            {
                if (point || sinceGroup is >= 0 and not 3 || length == 0) return Fail(out amount);
                sinceGroup = 0;
            }
            else
            {
                if (sinceGroup >= 0 && !point) sinceGroup++;
                plain[length++] = c;
            }
        }
        if (!point && sinceGroup is >= 0 and not 3) return Fail(out amount);
        return Amount.TryParse(plain[..length].TrimEnd('.'), out amount);

        static bool Fail(out Amount amount)
        {
            amount = default;
            return false;
        }
    }

    /// <summary>Reads what stands beside the digits; false when it is neither unit nor mark.</summary>
    private static bool Marks(
        ReadOnlySpan<char> before, ReadOnlySpan<char> behind, ref Amount amount, out NumberMarks marks)
    {
        marks = default;
        var estimated = EstimateMark(before);
        if (estimated is not null) before = default;
        if (behind.Length > 0)
        {
            var open = behind.LastIndexOfAny('(', ' ');
            var last = behind[(open + 1)..].TrimEnd(')');
            if (EstimateMark(last) is { } mark)
            {
                estimated = mark;
                behind = open < 0 ? default : behind[..open].Trim();
            }
        }
        string? unit = null;
        if (behind.Length > 0)
        {
            unit = behind.ToString();
            if (!UnitText.TryParse(unit, out _))
            {
                var power = behind[0] switch { '万' => 4, '亿' => 8, _ => 0 };
                if (power == 0) return false;
                amount *= Amount.From(1, -power);
                unit = behind.Length == 1 ? null : behind[1..].Trim().ToString();
                if (unit is not null && !UnitText.TryParse(unit, out _)) return false;
            }
        }
        if (before.Length > 0)
        {
            // Only money stands before its number: "m3" is a unit and no three metres.
            if (unit is not null || !UnitText.TryParse(before.ToString(), out var money)
                || !money.Dimension.ToString().StartsWith("cur:", StringComparison.Ordinal)) return false;
            unit = before.ToString();
        }
        marks = new NumberMarks(estimated, unit);
        return true;
    }

    /// <summary>Reads an estimate or actual mark, in a cell of its own or beside a number.</summary>
    public static bool? EstimateMark(ReadOnlySpan<char> text)
    {
        text = text.Trim().TrimEnd('.').Trim("()（）");
        if (text.Length is 0 or > 16) return null;
        foreach (var word in EstimateWords)
            if (text.Equals(word, StringComparison.OrdinalIgnoreCase)) return true;
        foreach (var word in ActualWords)
            if (text.Equals(word, StringComparison.OrdinalIgnoreCase)) return false;
        return null;
    }

    /// <summary>
    /// The decimal mark of a column, proved by a cell that has both marks, or one mark followed by other than
    /// three digits, or one mark twice. Where every cell reads either way ("1,234", "1.234"), not proved.
    /// </summary>
    public static NumberStyle StyleOf(IEnumerable<string> cells, char delimiter)
    {
        int point = 0, comma = 0, pointOrGroup = 0, commaOrGroup = 0;
        foreach (var cell in cells)
        {
            var text = cell.AsSpan();
            var (p, c) = (text.LastIndexOf('.'), text.LastIndexOf(','));
            if (p < 0 && c < 0) continue;
            if (p >= 0 && c >= 0) _ = p > c ? point++ : comma++;
            else
            {
                var at = Math.Max(p, c);
                var repeated = text[..at].Contains(text[at]);
                var run = 0;
                while (at + 1 + run < text.Length && char.IsAsciiDigit(text[at + 1 + run])) run++;
                if (repeated) _ = p >= 0 ? comma++ : point++;
                else if (run != 3 || at > 3 || text[..at].IndexOfAnyInRange('1', '9') < 0)
                    _ = p >= 0 ? point++ : comma++;
                else _ = p >= 0 ? pointOrGroup++ : commaOrGroup++;
            }
        }
        if (point == 0 && comma == 0)
            return new NumberStyle(delimiter == ';' && pointOrGroup + commaOrGroup > 0 ? ',' : '.',
                pointOrGroup + commaOrGroup == 0);
        return comma > point ? new NumberStyle(',', point == 0) : new NumberStyle('.', comma == 0);
    }
}
