namespace Celadon.Packs;

/// <summary>CAS registry numbers.</summary>
internal static class CasNumber
{
    /// <summary>
    /// As registries write it: no blanks around it, no zeros before it, hyphens for the dashes that word
    /// processors make of them.
    /// </summary>
    public static string Plain(string text)
    {
        var plain = string.Concat(text.Trim()
            .Select(c => c is (>= '\u2010' and <= '\u2015') or '\u2212' ? '-' : c));
        return IsMeant(plain) ? plain.TrimStart('0') : plain;
    }

    /// <summary>True for text that can mean nothing but a number: digits and hyphens.</summary>
    public static bool IsMeant(string text) =>
        text.Length > 0 && text.All(c => char.IsAsciiDigit(c) || c == '-');

    /// <summary>True for text that is written as a CAS number: "117-81-7".</summary>
    public static bool IsWritten(string text) => text.Split('-') is [{ Length: >= 2 and <= 7 } a,
        { Length: 2 } b, { Length: 1 } c] && (a + b + c).All(char.IsAsciiDigit);

    /// <summary>
    /// True when the last digit is the sum of the others, each times its place from the right, modulo 10.
    /// </summary>
    public static bool Checks(string cas)
    {
        var digits = cas.Where(char.IsAsciiDigit).Select(c => c - '0').Reverse().ToArray();
        return digits.Skip(1).Select((digit, i) => digit * (i + 1)).Sum() % 10 == digits[0];
    }
}
