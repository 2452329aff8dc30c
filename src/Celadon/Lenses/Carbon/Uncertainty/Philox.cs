namespace Celadon.Lenses.Carbon;

/// <summary>
/// Philox4x32 with ten rounds: a counter-based generator (Salmon, Moraes, Dror and Shaw, "Parallel random
/// numbers: as easy as 1, 2, 3", SC 2011). A draw depends on its counter and key alone, so that any number
/// of threads in any order make the same draws.
/// </summary>
internal static class Philox
{
    private const uint Multiplier0 = 0xD2511F53, Multiplier1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9, Weyl1 = 0xBB67AE85;

    /// <summary>The four words of a counter under a key.</summary>
    public static (uint, uint, uint, uint) Block((uint, uint, uint, uint) counter, (uint, uint) key)
    {
        var (c0, c1, c2, c3) = counter;
        var (k0, k1) = key;
        for (var round = 0; round < 10; round++)
        {
            var p0 = (ulong)Multiplier0 * c0;
            var p1 = (ulong)Multiplier1 * c2;
            unchecked
            {
                (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1,
                    (uint)p0);
                k0 += Weyl0;
                k1 += Weyl1;
            }
        }
        return (c0, c1, c2, c3);
    }

    /// <summary>
    /// The uniform number of a sample and an input, in the open interval (0, 1): 53 bits, in the middle of
    /// its step.
    /// </summary>
    public static double Uniform(ulong seed, uint sample, uint input)
    {
        var (w0, w1, _, _) = Block((sample, input, 0, 0), unchecked(((uint)seed, (uint)(seed >> 32))));
        var bits = ((ulong)w0 << 21) | (w1 >> 11);
        return (bits + 0.5) / 9007199254740992.0;
    }
}
