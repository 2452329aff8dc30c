using System.Collections.Immutable;
using Celadon.Quantities;

namespace Celadon.Lenses.Carbon;

/// <summary>Checks on what a spec states.</summary>
internal static class Stated
{
    /// <summary>The items with the JSON Pointer of each; refused when there are none.</summary>
    public static IEnumerable<(T Item, string At)> Numbered<T>(ImmutableArray<T> items, string at) =>
        items.IsDefault ? [] : items.Select((item, i) => (item, FormattableString.Invariant($"{at}/{i}")));

    /// <summary>A share as a fraction of one.</summary>
    /// <exception cref="Celadon.Text.RefusedException">
    /// It has a unit that is no ratio, or lies outside 0 to 100 %.
    /// </exception>
    public static Amount Fraction(Measure share, string at)
    {
        var fraction = new Multiplication("formula.share", at).Times("operand.share", share.At(at)).In("")
            .Value;
        return fraction.Sign >= 0 && fraction <= Amount.One ? fraction
            : throw Refuse.At("carbon.share", at, ("given", share));
    }

    /// <summary>Refuses shares that do not add up to 100 %.</summary>
    public static void WholeOf(IEnumerable<Measure> shares, string at)
    {
        var sum = shares.Aggregate(Amount.Zero, (total, share) => total + Fraction(share, at));
        if (sum != Amount.One) throw Refuse.At("carbon.shares", at, ("percent", sum * 100));
    }
}
