using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace Celadon.Store.Import.Detection;

/// <summary>
/// Reads dates one below the other. A logger writes the same day many times with another time of day behind
/// it, so that only the time need be read again; a table of bills writes few days in any order, which are
/// kept. What it gives is what <see cref="DateText"/> gives.
/// </summary>
internal ref struct DateRun
{
    private const int Short = 16;
    private const int Slots = 512;

    private Kept[]? _kept;
    private ReadOnlySpan<char> _day;
    private DateParts _parts;
    private int _clock;

    /// <summary>Reads the next date of the column.</summary>
    public bool TryRead(ReadOnlySpan<char> text, out DateParts parts)
    {
        if (_clock > 0 && text.Length == _day.Length + _clock && text.StartsWith(_day)
            && Seconds(text[_day.Length..]) is >= 0 and var seconds)
        {
            parts = _parts with { Seconds = seconds };
            return true;
        }
        Span<byte> key = stackalloc byte[Short];
        key.Clear();
        if (text.IsEmpty || text.Length > Short || Ascii.FromUtf16(text, key, out _) != OperationStatus.Done)
            return Parse(text, out parts);
        ref var kept = ref Slot(MemoryMarshal.Read<ulong>(key), MemoryMarshal.Read<ulong>(key[8..]),
            text.Length, out var isSame);
        if (!isSame)
        {
            if (!Parse(text, out parts))
            {
                kept = default;
                return false;
            }
            kept.Parts = parts;
        }
        parts = kept.Parts;
        return true;
    }

    private bool Parse(ReadOnlySpan<char> text, out DateParts parts)
    {
        if (!DateText.TryRead(text, out parts)) return false;
        Remember(text, parts);
        return true;
    }

    /// <summary>The place of a text among those kept, taken over from another text if need be.</summary>
    private ref Kept Slot(ulong low, ulong high, int length, out bool isSame)
    {
        _kept ??= new Kept[Slots];
        var hash = unchecked((low * 0x9E3779B97F4A7C15) ^ (high * 0xC2B2AE3D27D4EB4F)) >> 55;
        ref var kept = ref _kept[(int)hash];
        isSame = kept.Low == low && kept.High == high && kept.Length == length;
        if (!isSame) kept = new Kept { Low = low, High = high, Length = length };
        return ref kept;
    }

    private struct Kept
    {
        public ulong Low;
        public ulong High;
        public int Length;
        public DateParts Parts;
    }

    /// <summary>
    /// A day is remembered where plain digits behind a space or T are its whole time: no 下午, no offset, and
    /// the same seconds either way of reading.
    /// </summary>
    private void Remember(ReadOnlySpan<char> text, DateParts parts)
    {
        _clock = 0;
        if (parts.Grain != DateGrain.Time || parts.Offset != DateText.NoOffset
            || text.ContainsAnyExceptInRange(' ', '~')) return;
        foreach (var clock in (ReadOnlySpan<int>)[5, 8])
        {
            if (text.Length <= clock + 4 || text[^(clock + 1)] is not (' ' or 'T')
                || Seconds(text[^clock..]) != parts.Seconds) continue;
            _day = text[..^clock];
            (_parts, _clock) = (parts, clock);
        }
    }

    /// <summary>Seconds of "HH:mm" or "HH:mm:ss", or −1.</summary>
    private static int Seconds(ReadOnlySpan<char> text)
    {
        if (text[2] != ':' || text.Length == 8 && text[5] != ':') return -1;
        var (hours, minutes) = (Two(text, 0), Two(text, 3));
        var seconds = text.Length == 8 ? Two(text, 6) : 0;
        return hours is < 0 or > 23 || minutes is < 0 or > 59 || seconds is < 0 or > 59 ? -1
            : hours * 3600 + minutes * 60 + seconds;
    }

    private static int Two(ReadOnlySpan<char> text, int at) =>
        char.IsAsciiDigit(text[at]) && char.IsAsciiDigit(text[at + 1])
            ? (text[at] - '0') * 10 + (text[at + 1] - '0') : -1;
}
