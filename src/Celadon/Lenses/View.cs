using System.Collections.Concurrent;
using System.Collections.Immutable;
using Celadon.Ledger;
using Celadon.Quantities;
using Celadon.Registers;
using NodaTime;

namespace Celadon.Lenses;

/// <summary>What a question needs from the books.</summary>
/// <param name="Period">Entries and readings that touch this period; null for registers only.</param>
/// <param name="Sites">Ids of the sites; empty for all.</param>
public sealed record ViewRequest(MonthSpan? Period, ImmutableArray<string> Sites)
{
    /// <summary>The meters whose readings are needed one by one; null for none.</summary>
    public IntervalRequest? Intervals { get; init; }
}

/// <summary>
/// The entries of a view as columns, in order of position. A reversed entry is followed by a row of its
/// reversal with the amount negated, at the reversal's position; rows that cancel inside open periods are
/// both left out.
/// </summary>
public sealed class EntryColumns
{
    /// <summary>Position in the journal; for a reversal's row, the reversal's.</summary>
    public required long[] Position { get; init; }

    /// <summary>Index into <see cref="View.Shapes"/>.</summary>
    public required int[] Shape { get; init; }

    /// <summary>Amount as an integer …</summary>
    public required long[] Unscaled { get; init; }

    /// <summary>… times 10^-scale.</summary>
    public required byte[] Scale { get; init; }

    /// <summary>Start of the period, seconds since 1970 UTC.</summary>
    public required long[] Start { get; init; }

    /// <summary>End of the period, seconds since 1970 UTC.</summary>
    public required long[] End { get; init; }

    /// <summary>For a reversal's row the position of the entry it takes back, else 0.</summary>
    public required long[] Reverses { get; init; }

    /// <summary>How many rows.</summary>
    public int Count => Position.Length;

    /// <summary>The amount of a row.</summary>
    public Amount AmountAt(int row) => Amount.From(Unscaled[row], Scale[row]);

    /// <summary>The period of a row.</summary>
    public Period PeriodAt(int row) =>
        new(Instant.FromUnixTimeSeconds(Start[row]), Instant.FromUnixTimeSeconds(End[row]));
}

/// <summary>
/// What a view can look up when a number is explained; the store answers at the view's position.
/// </summary>
public interface IViewDetails
{
    /// <summary>Where an entry came from.</summary>
    EntryOrigin OriginOf(long position);

    /// <summary>The readings of a meter's month that count at this position, in order of time.</summary>
    IEnumerable<ReadingLeaf> ReadingsOf(string meter, YearMonth month, string band);
}

/// <summary>The books at one position, scoped by period: all that a lens sees.</summary>
public sealed class View
{
    /// <summary>The position it was taken at.</summary>
    public required long Position { get; init; }

    /// <summary>Head hash at that position, lower-case hex.</summary>
    public required string Head { get; init; }

    /// <summary>The period it covers, or null when it holds registers only.</summary>
    public required MonthSpan? Period { get; init; }

    /// <summary>What exists.</summary>
    public required RegisterSet Registers { get; init; }

    /// <summary>Shapes of entries by id.</summary>
    public required FlowShape[] Shapes { get; init; }

    /// <summary>The entries.</summary>
    public required EntryColumns Entries { get; init; }

    /// <summary>Meter months from readings. Months that are closed hold what the readings say now.</summary>
    public required IReadOnlyList<MeterMonth> MeterMonths { get; init; }

    /// <summary>Closings in force, one a site and month.</summary>
    public required IReadOnlyList<ClosingInForce> Closings { get; init; }

    /// <summary>Overrides in force with their positions.</summary>
    public required IReadOnlyList<(long Position, OverrideRecord Override)> Overrides { get; init; }

    /// <summary>
    /// What counts in this view, by the sites asked for, once it was computed: a view never changes.
    /// </summary>
    internal ConcurrentDictionary<string, Measurements> Measured { get; private init; } =
        new(StringComparer.Ordinal);

    /// <summary>The readings asked for one by one, by meter; a meter without readings is absent.</summary>
    public IReadOnlyDictionary<string, IntervalSeries> Intervals { get; private init; } =
        ImmutableDictionary<string, IntervalSeries>.Empty;

    /// <summary>This view with readings one by one beside it.</summary>
    public View With(IReadOnlyDictionary<string, IntervalSeries> intervals) => new()
    {
        Position = Position,
        Head = Head,
        Period = Period,
        Registers = Registers,
        Shapes = Shapes,
        Entries = Entries,
        MeterMonths = MeterMonths,
        Closings = Closings,
        Overrides = Overrides,
        Details = Details,
        Measured = Measured,
        Intervals = intervals,
    };

    /// <summary>Look-ups for explanations.</summary>
    public required IViewDetails Details { get; init; }

    /// <summary>The closing of a site's month, or null while it is open.</summary>
    public ClosingInForce? ClosingOf(string site, YearMonth month) =>
        Closings.LastOrDefault(c => c.Closing.Site == site && c.Closing.Month == month);
}
