namespace Celadon.Store.Import;

/// <summary>What a fall of a counter was taken for.</summary>
public enum CounterFall
{
    /// <summary>It passed its last digit and began again at zero.</summary>
    RollOver,

    /// <summary>It was replaced or reset; what passed meanwhile is unknown.</summary>
    Reset,

    /// <summary>It showed zero for a while and came back; the true difference is booked on return.</summary>
    DropOut,
}

/// <summary>
/// The differences of a counter's states. The sum of the steps is the last state less the first plus one
/// modulus a roll-over, to the last digit; across a reset nothing is booked: unknown is not zero.
/// </summary>
public sealed class CounterSteps
{
    private CounterSteps(Int128 sum, List<(int At, CounterFall Fall)> falls, long modulus)
    {
        Sum = sum;
        Falls = falls;
        Modulus = modulus;
    }

    /// <summary>Sum of the known steps, in the counter's smallest digit.</summary>
    public Int128 Sum { get; }

    /// <summary>Where the counter fell: the index of the first state after the fall.</summary>
    public IReadOnlyList<(int At, CounterFall Fall)> Falls { get; }

    /// <summary>
    /// The modulus used for roll-overs: the one given, or the power of ten the counter fell from; 0 for none.
    /// </summary>
    public long Modulus { get; }

    /// <summary>Takes a counter's states in order of time.</summary>
    /// <param name="states">Integers of one scale.</param>
    /// <param name="modulus">Where it starts again at zero, in the same scale; null where it is not
    /// registered.</param>
    public static CounterSteps Of(ReadOnlySpan<long> states, long? modulus)
    {
        Int128 sum = 0;
        var falls = new List<(int, CounterFall)>();
        var used = modulus ?? 0;
        var level = states.Length > 0 ? states[0] : 0;
        for (var i = 1; i < states.Length; i++)
        {
            var step = states[i] - level;
            if (step >= 0)
            {
                sum += step;
                level = states[i];
                continue;
            }
            if (states[i] == 0 && Returns(states, i, level))
            {
                falls.Add((i, CounterFall.DropOut));
                continue;
            }
            var around = modulus ?? PowerAbove(level);
            // Near its end before and near its beginning after: it went round. Anything else is another
            // counter.
            if (level >= around / 10 * 9 && states[i] <= around / 10 && level < around)
            {
                falls.Add((i, CounterFall.RollOver));
                sum += step + (Int128)around;
                used = around;
            }
            else falls.Add((i, CounterFall.Reset));
            level = states[i];
        }
        return new CounterSteps(sum, falls, used);
    }

    /// <summary>A zero from which the counter comes back to where it was.</summary>
    private static bool Returns(ReadOnlySpan<long> states, int at, long level)
    {
        for (var i = at; i < states.Length; i++)
            if (states[i] != 0) return states[i] >= level && states[i] - level <= level / 2 + 1;
        return false;
    }

    private static long PowerAbove(long level)
    {
        var power = 1L;
        while (power <= level && power < 1_000_000_000_000_000_000) power *= 10;
        return power;
    }
}
