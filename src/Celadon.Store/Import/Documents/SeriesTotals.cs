using System.Numerics;
using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Text;

namespace Celadon.Store.Import.Documents;

/// <summary>
/// The total of a meter over several files: an interval that two files state counts once, measured before
/// estimated. Where they differ it is said, and the file given first counts in the preview; the store settles
/// it by revision.
/// </summary>
internal static class SeriesTotals
{
    public static (Amount Sum, int Count) Of(PlanBuilder plan, ReadingsDraft[] drafts)
    {
        if (drafts.Length == 1 || !Overlap(drafts))
            return (drafts.Aggregate(Amount.Zero, (sum, d) => sum + d.Sum), drafts.Sum(d => d.Count));
        var seen = new Dictionary<(long, string), (Amount Value, byte Quality)>();
        var sum = Amount.Zero;
        foreach (var draft in drafts)
        {
            int repeats = 0, differ = 0;
            for (var i = 0; i < draft.Count; i++)
            {
                plan.Pace.Check(i);
                var (key, value) =
                    ((draft.Start[i], draft.Band), Amount.From(draft.Unscaled[i], draft.Scale));
                if (!seen.TryGetValue(key, out var known)) seen[key] = (value, draft.Quality[i]);
                else if (known.Value == value) repeats++;
                else
                {
                    differ++;
                    if (draft.Quality[i] < known.Quality) seen[key] = (value, draft.Quality[i]);
                }
            }
            if (repeats + differ > 0)
                plan.Add("import.overlap.files", differ > 0 ? Severity.Warning : Severity.Info,
                    plan.PlaceOf(draft), ("meter", draft.Meter), ("count", repeats), ("differ", differ));
        }
        if (drafts[0].Kind == MeterReading.Interval)
            sum = seen.Values.Aggregate(Amount.Zero, (total, reading) => total + reading.Value);
        else
        {
            var states = seen.OrderBy(s => s.Key.Item1).Select(s => s.Value.Value).ToArray();
            var scale = states.Max(s => s.Scale);
            var steps =
                CounterSteps.Of([.. states.Select(s => s.TryGetUnscaled(scale, out var u) ? (long)u : 0)],
                null);
            sum = Amount.From((BigInteger)steps.Sum, scale);
        }
        return (sum, seen.Count);
    }

    private static bool Overlap(ReadingsDraft[] drafts)
    {
        var spans = drafts.OrderBy(d => d.Span.Start).ToArray();
        for (var i = 1; i < spans.Length; i++)
            if (spans[i].Span.Start < spans[i - 1].Span.End) return true;
        return drafts[0].Kind == MeterReading.Counter;
    }
}
