namespace LongquanStoke;

/// <summary>
/// Seeded dice: SplitMix64 (Steele, Lea and Flood, 2014). Every stream has a label of its own, so that a new
/// one never shifts the numbers of the others.
/// </summary>
public sealed class Dice
{
    private const ulong Seed = 20251001;
    private ulong _state;

    /// <summary>Dice for one purpose: "stoke-press/2026-02".</summary>
    public Dice(string label)
    {
        // FNV-1a over the label: string.GetHashCode differs from run to run.
        var hash = 14695981039346656037UL;
        foreach (var letter in label) hash = unchecked((hash ^ letter) * 1099511628211UL);
        _state = hash ^ Seed;
    }

    /// <summary>
    /// A whole number from <paramref name="low"/> to <paramref name="high"/>, both included.
    /// </summary>
    public int Between(int low, int high) => low + (int)(Next() % (ulong)(high - low + 1));

    private ulong Next()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15UL;
            var z = _state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }
}
