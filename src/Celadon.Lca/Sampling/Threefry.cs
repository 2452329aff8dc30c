using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using UL = System.Runtime.Intrinsics.Vector512<ulong>;

namespace Celadon.Lca.Sampling;

/// <summary>
/// Threefry-2x64 with 13 rounds (Salmon, Moraes, Dror and Shaw, Parallel random numbers: as easy as 1, 2, 3,
/// SC11, 2011): random bits are a function of a key and a counter. With the seed in the key and (sample,
/// exchange) in the counter, a draw depends on nothing else: not on threads, order or what else is drawn.
/// </summary>
internal static class Threefry
{
    private const ulong Parity = 0x1BD11BDAA9FC1A22;

    /// <summary>One block, plainly.</summary>
    public static (ulong, ulong) Block(ulong key0, ulong key1, ulong counter0, ulong counter1)
    {
        ReadOnlySpan<int> rotations = [16, 42, 12, 31, 16, 32, 24, 21];
        ReadOnlySpan<ulong> key = [key0, key1, Parity ^ key0 ^ key1];
        var (x, y) = (counter0 + key0, counter1 + key1);
        for (var round = 0; round < 13; round++)
        {
            x += y;
            y = ulong.RotateLeft(y, rotations[round % 8]) ^ x;
            if (round % 4 != 3) continue;
            var injection = (round / 4) + 1;
            x += key[injection % 3];
            y += key[(injection + 1) % 3] + (ulong)injection;
        }
        return (x, y);
    }

    /// <summary>The key of eight neighbouring counters.</summary>
    public readonly struct Key
    {
        /// <summary>Counters <paramref name="first"/> to first + 7 under a seed and a stream.</summary>
        public Key(ulong seed, ulong stream, ulong first)
        {
            Counter = Vector512.Create(0UL, 1, 2, 3, 4, 5, 6, 7) + Vector512.Create(first + seed);
            (Key0, Key1) = (Vector512.Create(seed), Vector512.Create(stream));
            Key2 = Vector512.Create(Parity ^ seed ^ stream);
            (First, Second, Third) = (Key2 + Vector512.Create(1UL), Key0 + Vector512.Create(2UL),
                Key1 + Vector512.Create(3UL));
        }

        internal readonly UL Counter;
        internal readonly UL Key0;
        internal readonly UL Key1;
        internal readonly UL Key2;

        /// <summary>What goes into the second word after rounds 4, 8 and 12.</summary>
        internal readonly UL First, Second, Third;
    }

    /// <summary>Eight blocks at once; the second word of the counter is the same for all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Blocks(in Key key, ulong id, out UL a, out UL b)
    {
        UL x = key.Counter, y = Vector512.Create(id) + key.Key1;
        x += y;
        y = Rotate(y, 16) ^ x;
        x += y;
        y = Rotate(y, 42) ^ x;
        x += y;
        y = Rotate(y, 12) ^ x;
        x += y;
        y = Rotate(y, 31) ^ x;
        x += key.Key1;
        y += key.First;
        x += y;
        y = Rotate(y, 16) ^ x;
        x += y;
        y = Rotate(y, 32) ^ x;
        x += y;
        y = Rotate(y, 24) ^ x;
        x += y;
        y = Rotate(y, 21) ^ x;
        x += key.Key2;
        y += key.Second;
        x += y;
        y = Rotate(y, 16) ^ x;
        x += y;
        y = Rotate(y, 42) ^ x;
        x += y;
        y = Rotate(y, 12) ^ x;
        x += y;
        y = Rotate(y, 31) ^ x;
        x += key.Key0;
        y += key.Third;
        x += y;
        y = Rotate(y, 16) ^ x;
        (a, b) = (x, y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static UL Rotate(UL x, [ConstantExpected] byte r) => Avx512F.IsSupported ? Avx512F.RotateLeft(x,
        r)
        : Vector512.ShiftLeft(x, r) | Vector512.ShiftRightLogical(x, 64 - r);
}
