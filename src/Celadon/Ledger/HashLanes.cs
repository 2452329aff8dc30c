using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Celadon.Ledger;

/// <summary>
/// SHA-256 (FIPS 180-4) of eight messages side by side, one in each 32-bit lane of a register. For
/// verifying a chain only: the hash before each record stands in the journal, so that eight records can be
/// hashed at once, and calling the system's own hash a million times costs several times what the hashing
/// does. What is found wrong here is hashed again by the system's before anybody is told; what is found
/// right is right, since a mistake could not come out at the stored hash.
/// </summary>
public sealed class HashLanes
{
    /// <summary>How many messages.</summary>
    public const int Count = 8;

    private const int BlockBytes = 64, HashBytes = 32;

    private static readonly uint[] Constants = Fractions(64, 3);
    private static readonly uint[] Start = Fractions(8, 2);

    private readonly byte[][] _messages = new byte[Count][];
    private readonly int[] _blocks = new int[Count], _lengths = new int[Count];
    private readonly byte[] _hashes = new byte[Count * HashBytes];

    /// <summary>Eight empty messages.</summary>
    public HashLanes()
    {
        for (var lane = 0; lane < Count; lane++) Set(lane, [], []);
    }

    /// <summary>Whether this machine has registers for it; else the system's hash is faster.</summary>
    public static bool IsFast => Vector256.IsHardwareAccelerated;

    /// <summary>Takes a message, in two parts, for a lane.</summary>
    public void Set(int lane, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        var length = first.Length + second.Length;
        var blocks = (length + 8) / BlockBytes + 1;
        if (_messages[lane] is not { } message || message.Length < blocks * BlockBytes)
            _messages[lane] = message = new byte[blocks * BlockBytes * 2];
        first.CopyTo(message);
        second.CopyTo(message.AsSpan(first.Length));
        var padding = message.AsSpan(length, blocks * BlockBytes - length);
        padding.Clear();
        padding[0] = 0x80;
        BinaryPrimitives.WriteInt64BigEndian(padding[^8..], length * 8L);
        (_blocks[lane], _lengths[lane]) = (blocks, length);
    }

    /// <summary>The message of a lane.</summary>
    public ReadOnlySpan<byte> Message(int lane) => _messages[lane].AsSpan(0, _lengths[lane]);

    /// <summary>The hash of a lane's message, after <see cref="Compute"/>; 32 bytes.</summary>
    public ReadOnlySpan<byte> Hash(int lane) => _hashes.AsSpan(lane * HashBytes, HashBytes);

    /// <summary>Hashes all messages. Compiled well at once, since most processes verify one time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Compute()
    {
        Span<Vector256<uint>> state = stackalloc Vector256<uint>[8];
        for (var i = 0; i < 8; i++) state[i] = Vector256.Create(Start[i]);
        Span<Vector256<uint>> words = stackalloc Vector256<uint>[16];
        Span<uint> live = stackalloc uint[Count];
        var most = 0;
        foreach (var blocks in _blocks) most = Math.Max(most, blocks);
        for (var block = 0; block < most; block++)
        {
            Load(block, words);
            for (var lane = 0; lane < Count; lane++)
                live[lane] = block < _blocks[lane] ? uint.MaxValue : 0;
            Compress(state, words, Vector256.Create<uint>(live));
        }
        for (var i = 0; i < 8; i++)
            for (var lane = 0; lane < Count; lane++)
                BinaryPrimitives.WriteUInt32BigEndian(
                    _hashes.AsSpan(lane * HashBytes + i * 4), state[i].GetElement(lane));
    }

    /// <summary>The sixteen words of a block of each message; its last where it has ended.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Load(int block, Span<Vector256<uint>> words)
    {
        Span<uint> lanes = stackalloc uint[Count * 16];
        for (var lane = 0; lane < Count; lane++)
        {
            var at = Math.Min(block, _blocks[lane] - 1) * BlockBytes;
            var bytes = _messages[lane].AsSpan(at, BlockBytes);
            for (var word = 0; word < 16; word++)
                lanes[word * Count + lane] = BinaryPrimitives.ReadUInt32BigEndian(bytes[(word * 4)..]);
        }
        for (var word = 0; word < 16; word++)
            words[word] = Vector256.Create<uint>(lanes.Slice(word * Count, Count));
    }

    /// <summary>The compression function of section 6.2.2, in the lanes that are live.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Compress(
        Span<Vector256<uint>> state, Span<Vector256<uint>> words, Vector256<uint> live)
    {
        var (a, b, c, d) = (state[0], state[1], state[2], state[3]);
        var (e, f, g, h) = (state[4], state[5], state[6], state[7]);
        for (var round = 0; round < 64; round++)
        {
            var slot = round & 15;
            var word = words[slot];
            if (round >= 16)
            {
                var (old, late) = (words[(round + 1) & 15], words[(round + 14) & 15]);
                word += (Right(old, 7) ^ Right(old, 18) ^ (old >>> 3)) + words[(round + 9) & 15]
                    + (Right(late, 17) ^ Right(late, 19) ^ (late >>> 10));
                words[slot] = word;
            }
            var one = h + (Right(e, 6) ^ Right(e, 11) ^ Right(e, 25)) + Vector256.ConditionalSelect(e, f, g)
                + Vector256.Create(Constants[round]) + word;
            var two = (Right(a, 2) ^ Right(a, 13) ^ Right(a, 22)) + ((a & b) | (c & (a | b)));
            (h, g, f, e) = (g, f, e, d + one);
            (d, c, b, a) = (c, b, a, one + two);
        }
        ReadOnlySpan<Vector256<uint>> added = [a, b, c, d, e, f, g, h];
        for (var i = 0; i < 8; i++) state[i] += added[i] & live;
    }

    private static Vector256<uint> Right(Vector256<uint> value, int bits) =>
        (value >>> bits) | (value << (32 - bits));

    /// <summary>
    /// The first 32 bits of the fractions of the roots of the first primes, as the standard defines its
    /// constants; by whole numbers, so that nothing is rounded.
    /// </summary>
    private static uint[] Fractions(int count, int root)
    {
        var found = new List<uint>();
        for (var number = 2; found.Count < count; number++)
        {
            if (Enumerable.Range(2, number - 2).Any(divisor => number % divisor == 0)) continue;
            // The root of number × 2^(32 × root) is the root of the number with 32 bits of its fraction.
            var (target, low, high) = ((UInt128)0, (UInt128)0, (UInt128)1 << 36);
            while (high - low > 1)
            {
                target = (low + high) / 2;
                if (Power(target, root) <= (System.Numerics.BigInteger)number << (32 * root)) low = target;
                else high = target;
            }
            found.Add(unchecked((uint)low));
        }
        return [.. found];
    }

    private static System.Numerics.BigInteger Power(UInt128 value, int exponent) =>
        System.Numerics.BigInteger.Pow(value, exponent);
}
