using Celadon.Quantities;
using Celadon.Text;
using NodaTime;

namespace Celadon.Store.Readings;

/// <summary>What a counter did other than rise.</summary>
public enum CounterEventKind
{
    /// <summary>It passed its modulus and began again near zero: the step is known.</summary>
    RollOver,

    /// <summary>
    /// It fell without an explanation (reset or replaced): what passed in the step is unknown.
    /// </summary>
    Reset,

    /// <summary>It showed zero for a while and came back: the step is taken over the whole gap.</summary>
    DropOut,
}

/// <summary>Something a counter did other than rise.</summary>
/// <param name="Kind">What.</param>
/// <param name="Period">From the reading before to the reading after.</param>
/// <param name="Before">The counter before.</param>
/// <param name="After">The counter after.</param>
public sealed record CounterEvent(CounterEventKind Kind, Period Period, Amount Before, Amount After)
{
    /// <summary>
    /// As a finding about a meter: a warning where something is unknown, else worth knowing.
    /// </summary>
    public Finding ToFinding(string meter) => Finding.Of(
        Kind switch
        {
            CounterEventKind.RollOver => "readings.roll-over",
            CounterEventKind.Reset => "readings.reset",
            _ => "readings.drop-out",
        },
        Kind == CounterEventKind.Reset ? Severity.Warning : Severity.Info, null, ("meter", meter),
        ("start", Period.Start), ("end", Period.End), ("before", Before), ("after", After));
}

/// <summary>One counter reading that counts.</summary>
internal readonly record struct CounterState(
    long At, long Value, byte Quality, short Band, CountingLoad Load);

/// <summary>
/// Turns counter readings into steps. The steps of a segment add up to its last reading less its first, plus
/// the modulus for every roll-over, to the last digit. A fall counts as a roll-over when the counter stood in
/// the last tenth below its modulus and begins in the first tenth; any other fall opens a new segment and the
/// step stays unknown. Zeros between two readings of which the later is not smaller are a drop-out of the
/// instrument.
/// </summary>
internal static class CounterSteps
{
    /// <summary>
    /// The states that count, one an instant, in order of time: as <see cref="Candidate.Prefer"/>.
    /// </summary>
    public static List<CounterState> Counting(List<CounterState> states)
    {
        states.Sort(static (a, b) =>
        {
            var order = a.At.CompareTo(b.At);
            if (order == 0) order = b.Load.Revision.CompareTo(a.Load.Revision);
            if (order == 0) order = a.Quality.CompareTo(b.Quality);
            return order == 0 ? string.CompareOrdinal(b.Load.Sha256, a.Load.Sha256) : order;
        });
        var counting = new List<CounterState>(states.Count);
        foreach (var state in states)
            if (counting.Count == 0 || counting[^1].At != state.At) counting.Add(state);
        return counting;
    }

    /// <summary>
    /// Adds the steps between counting states to the intervals; says what was not a plain rise.
    /// </summary>
    public static void AddTo(
        List<Candidate> intervals, List<CounterState> counting, Amount? modulus,
        List<CounterEvent>? events = null)
    {
        for (var i = 0; i + 1 < counting.Count;)
        {
            var next = AfterDropOut(counting, i);
            var (before, after) = (counting[i], counting[next]);
            var scale = Math.Max(Math.Max(before.Load.Scale, after.Load.Scale), modulus?.Scale ?? 0);
            var (low, high) = (Scaled(before, scale), Scaled(after, scale));
            CounterEventKind? kind = next > i + 1 ? CounterEventKind.DropOut : null;
            if (high < low)
            {
                var wrap = modulus is { } m ? (Int128)(m.Unscaled * Amount.Pow10(scale - m.Scale)) : 0;
                var rolled = wrap > 0 && low <= wrap && low * 10 >= wrap * 9 && high >= 0
                    && high * 10 <= wrap;
                kind = rolled ? CounterEventKind.RollOver : CounterEventKind.Reset;
                if (rolled) high += wrap;
            }
            if (kind != CounterEventKind.Reset)
                intervals.Add(new Candidate(
                    before.At, after.At, high - low, (byte)scale, Math.Max(before.Quality, after.Quality),
                    after.Band,
                    Math.Max(before.Load.Revision, after.Load.Revision), after.Load));
            if (kind is { } what && events is not null) events.Add(Event(what, before, after));
            i = next;
        }
    }

    /// <summary>
    /// The index of the reading after this one, past zeros from which the counter came back.
    /// </summary>
    private static int AfterDropOut(List<CounterState> counting, int index)
    {
        var next = index + 1;
        if (counting[index].Value <= 0 || counting[next].Value != 0) return next;
        var back = next;
        while (back < counting.Count && counting[back].Value == 0) back++;
        if (back == counting.Count) return next;
        var scale = Math.Max(counting[index].Load.Scale, counting[back].Load.Scale);
        return Scaled(counting[back], scale) >= Scaled(counting[index], scale) ? back : next;
    }

    private static Int128 Scaled(CounterState state, int scale) =>
        state.Value * (Int128)Amount.Pow10(scale - state.Load.Scale);

    private static CounterEvent Event(CounterEventKind kind, CounterState before, CounterState after) => new(
        kind, new Period(Instant.FromUnixTimeSeconds(before.At), Instant.FromUnixTimeSeconds(after.At)),
        Amount.From(before.Value, before.Load.Scale), Amount.From(after.Value, after.Load.Scale));
}
