using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Celadon.Store.Import.Reading;

/// <summary>
/// Finds where cells and lines end, sixteen characters at a time: cells are short, so that a search begun
/// anew at each of them costs more than what it finds.
/// </summary>
internal ref struct StopScanner(ReadOnlySpan<char> text, char delimiter)
{
    private const int Width = 16;

    private readonly ReadOnlySpan<char> _text = text;
    private int _block = -Width;
    private uint _stops;

    /// <summary>The first delimiter, CR or LF at or behind a position; the length where there is
    /// none.</summary>
    public int Next(int at)
    {
        if (at - _block is >= 0 and < Width)
        {
            var rest = _stops >> (at - _block);
            if (rest != 0) return at + BitOperations.TrailingZeroCount(rest);
            at = _block + Width;
        }
        for (; at + Width <= _text.Length; at += Width)
        {
            if (Stops(at) is not (> 0 and var stops)) continue;
            (_block, _stops) = (at, stops);
            return at + BitOperations.TrailingZeroCount(stops);
        }
        while (at < _text.Length && _text[at] != delimiter && _text[at] is not ('\r' or '\n')) at++;
        return at;
    }

    private readonly uint Stops(int at)
    {
        var block = Vector256.Create<ushort>(MemoryMarshal.Cast<char, ushort>(_text.Slice(at, Width)));
        return (Vector256.Equals(block, Vector256.Create((ushort)delimiter))
            | Vector256.Equals(block, Vector256.Create((ushort)'\r'))
            | Vector256.Equals(block, Vector256.Create((ushort)'\n'))).ExtractMostSignificantBits();
    }
}
