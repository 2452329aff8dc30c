using System.Collections.Immutable;
using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Registers;
using NodaTime;

namespace Celadon.Lenses;

/// <summary>The meters whose readings a question needs one by one.</summary>
/// <param name="Resource">What flows through them: "electricity".</param>
/// <param name="Meters">Their ids; empty for all of the resource at the request's sites.</param>
public sealed record IntervalRequest(string Resource, ImmutableArray<string> Meters)
{
    /// <summary>The meters of a register that are asked for, in order of id.</summary>
    public IEnumerable<Meter> In(RegisterSet registers, ImmutableArray<string> sites) =>
        registers.Of<Meter>().Where(m => Meters.IsDefaultOrEmpty
            ? m.Resource == Resource && (sites.IsDefaultOrEmpty || sites.Contains(m.Site))
            : Meters.Contains(m.Id));
}

/// <summary>
/// The readings of a meter that count in a period, as columns in order of time: at every instant at most one.
/// What lies across the ends of the period is cut to it in proportion to time.
/// </summary>
public sealed class IntervalSeries
{
    /// <summary>Id of the meter.</summary>
    public required string Meter { get; init; }

    /// <summary>The amounts are integers × 10^-scale of the meter's unit.</summary>
    public required int Scale { get; init; }

    /// <summary>First second of each stretch, since 1970 UTC.</summary>
    public required long[] Start { get; init; }

    /// <summary>Its seconds.</summary>
    public required int[] Length { get; init; }

    /// <summary>Its amount.</summary>
    public required long[] Unscaled { get; init; }

    /// <summary>A <see cref="ReadingQuality"/>.</summary>
    public required byte[] Quality { get; init; }

    /// <summary>True for a share in time of a reading.</summary>
    public required bool[] IsShare { get; init; }

    /// <summary>Index into <see cref="Records"/> for each stretch.</summary>
    public required int[] Record { get; init; }

    /// <summary>Positions of the readings records that the stretches come from.</summary>
    public required long[] Records { get; init; }

    /// <summary>How many stretches.</summary>
    public int Count => Start.Length;

    /// <summary>The amount of a stretch in the meter's unit.</summary>
    public Amount AmountAt(int index) => Amount.From(Unscaled[index], Scale);

    /// <summary>A stretch as a row under a number.</summary>
    public Leaf LeafAt(int index, string unit)
    {
        var amount = AmountAt(index);
        return new Leaf(amount, amount, unit, Records[Record[index]],
            new Period(Instant.FromUnixTimeSeconds(Start[index]),
                Instant.FromUnixTimeSeconds(Start[index] + Length[index])), Meter);
    }
}
