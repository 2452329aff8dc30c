using System.Text;
using System.Text.Unicode;

namespace Celadon.Store.Import.Reading;

/// <summary>
/// Finds the encoding of a text file by proof, not by the machine's locale: a byte order mark states it;
/// bytes that are valid UTF-8 are UTF-8 (other encodings almost never are by chance); else GB18030 where
/// every byte decodes and the pairs look like Chinese writing; else Windows-1252, in which every byte means
/// something, and which therefore is never proved.
/// </summary>
internal static class TextDecoding
{
    private static readonly Encoding Gb18030;
    private static readonly Encoding Windows1252;

    static TextDecoding()
    {
        var provider = CodePagesEncodingProvider.Instance;
        Gb18030 =
            provider.GetEncoding("GB18030", EncoderFallback.ExceptionFallback,
            DecoderFallback.ExceptionFallback)!;
        Windows1252 = provider.GetEncoding(1252)!;
    }

    /// <summary>GB18030 that never fails: names of zip entries, not data.</summary>
    public static Encoding Chinese { get; } = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    /// <summary>The characters, the name of the encoding, and whether it was proved.</summary>
    public static (char[] Text, string Name, bool Proved) Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("\uFEFF"u8)) return (Utf8(bytes[3..]), "UTF-8 BOM", true);
        if (bytes is [0xFF, 0xFE, ..]) return (Chars(Encoding.Unicode, bytes[2..]), "UTF-16LE", true);
        if (bytes is [0xFE, 0xFF, ..]) return (Chars(Encoding.BigEndianUnicode, bytes[2..]), "UTF-16BE",
            true);
        if (ZeroHalf(bytes) is { } utf16)
            return (Chars(utf16, bytes), utf16 == Encoding.Unicode ? "UTF-16LE" : "UTF-16BE", true);
        if (Utf8IsValid(bytes)) return (Utf8(bytes), "UTF-8", true);
        if (LooksChinese(bytes))
        {
            try
            {
                return (Chars(Gb18030, bytes), "GB18030", true);
            }
            catch (DecoderFallbackException)
            {
                // Some byte does not decode: the file is not GB18030 after all.
            }
        }
        return (Chars(Windows1252, bytes), "Windows-1252", false);
    }

    private static bool Utf8IsValid(ReadOnlySpan<byte> bytes) => System.Text.Unicode.Utf8.IsValid(bytes);

    private static char[] Utf8(ReadOnlySpan<byte> bytes)
    {
        // ASCII, the common case of a logger, widens without counting first.
        var text = GC.AllocateUninitializedArray<char>(bytes.Length);
        System.Text.Unicode.Utf8.ToUtf16(bytes, text, out _, out var written);
        return written == text.Length ? text : text[..written];
    }

    private static char[] Chars(Encoding encoding, ReadOnlySpan<byte> bytes)
    {
        var text = new char[encoding.GetCharCount(bytes)];
        encoding.GetChars(bytes, text);
        return text;
    }

    /// <summary>UTF-16 without a mark: Latin text then has a zero in every other byte.</summary>
    private static Encoding? ZeroHalf(ReadOnlySpan<byte> bytes)
    {
        var sample = bytes[..Math.Min(bytes.Length & ~1, 512)];
        if (sample.Length < 8) return null;
        int even = 0, odd = 0;
        for (var i = 0; i < sample.Length; i += 2)
        {
            if (sample[i] == 0) even++;
            if (sample[i + 1] == 0) odd++;
        }
        var half = sample.Length / 2;
        if (odd > half * 6 / 10 && even == 0) return Encoding.Unicode;
        return even > half * 6 / 10 && odd == 0 ? Encoding.BigEndianUnicode : null;
    }

    /// <summary>
    /// In Chinese text nearly every pair has both bytes above A0 (GB 2312's area); an accented letter or a
    /// sign of Windows-1252 is followed by an ASCII letter, a digit or a space.
    /// </summary>
    private static bool LooksChinese(ReadOnlySpan<byte> bytes)
    {
        int pairs = 0, common = 0;
        for (var i = 0; i + 1 < bytes.Length; i++)
        {
            if (bytes[i] < 0x80) continue;
            pairs++;
            if (bytes[i] is >= 0xA1 and <= 0xF7 && bytes[i + 1] >= 0xA1) common++;
            i++;
        }
        return pairs > 0 && common * 10 >= pairs * 9;
    }
}
