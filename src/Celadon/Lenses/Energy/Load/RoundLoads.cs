using Celadon.Quantities;

namespace Celadon.Lenses.Energy.Load;

/// <summary>Round loads to read a duration curve at.</summary>
internal static class RoundLoads
{
    private const int Most = 12;
    private const int LeastPower = -12;
    private const int Powers = 30;

    /// <summary>
    /// The highest twelve of 1, 2, 3 and 5 times the powers of ten above the least and not above the
    /// greatest; of the greatest's own power every whole multiple, since there the steps are wide.
    /// </summary>
    public static IEnumerable<Amount> Between(Amount least, Amount greatest)
    {
        var powers = Enumerable.Range(LeastPower, Powers).Where(power => Of(1, power) <= greatest).ToList();
        return powers.SelectMany(power => Enumerable.Range(1, 9)
                .Where(step => step is 1 or 2 or 3 or 5 || power == powers[^1])
                .Select(step => Of(step, power)))
            .Where(load => load > least && load <= greatest).TakeLast(Most);
    }

    private static Amount Of(int step, int power) =>
        power < 0 ? Amount.From(step, -power) : Amount.From(Amount.Pow10(power) * step);
}
