using Celadon.Quantities;

namespace Celadon.Store.Readings;

/// <summary>
/// A content that counts at a position: the stored rows, and the record that makes them count.
/// </summary>
/// <param name="Id">Number of the load in the store.</param>
/// <param name="Sha256">Its content hash.</param>
/// <param name="Scale">Its amounts are integers × 10^-scale.</param>
/// <param name="Revision">Highest revision of the records that name it.</param>
/// <param name="Batch">Position of the first record with that revision.</param>
internal sealed record CountingLoad(int Id, string Sha256, byte Scale, int Revision, long Batch);

/// <summary>
/// One interval that may count: an interval reading, or the step between two counter readings.
/// </summary>
/// <param name="Start">Seconds since 1970 UTC.</param>
/// <param name="End">Seconds since 1970 UTC; after the start.</param>
/// <param name="Amount">Integer × 10^-scale.</param>
/// <param name="Scale">See amount.</param>
/// <param name="Quality">0 measured, 1 substituted, 2 estimated.</param>
/// <param name="Band">Number of the tariff band.</param>
/// <param name="Revision">Revision of its record.</param>
/// <param name="Load">Where it came from.</param>
internal readonly record struct Candidate(
    long Start, long End, Int128 Amount, byte Scale, byte Quality, short Band, int Revision,
    CountingLoad Load)
{
    /// <summary>The share of the amount that falls into [from, to), in proportion to time.</summary>
    public Int128 Share(long from, long to) =>
        TimeShare.UpTo(Amount, to - Start, End - Start) - TimeShare.UpTo(Amount, from - Start, End - Start);

    /// <summary>
    /// Which of two intervals counts where they overlap; negative when a does. Higher revision, then better
    /// quality, then the shorter interval, then the greater content hash, then the earlier start.
    /// </summary>
    public static int Prefer(in Candidate a, in Candidate b)
    {
        var order = b.Revision.CompareTo(a.Revision);
        if (order == 0) order = a.Quality.CompareTo(b.Quality);
        if (order == 0) order = (a.End - a.Start).CompareTo(b.End - b.Start);
        if (order == 0) order = string.CompareOrdinal(b.Load.Sha256, a.Load.Sha256);
        return order == 0 ? a.Start.CompareTo(b.Start) : order;
    }
}

/// <summary>A stretch in which one interval counts.</summary>
/// <param name="Of">The interval.</param>
/// <param name="From">First second.</param>
/// <param name="To">First second after.</param>
internal readonly record struct CountedPart(Candidate Of, long From, long To)
{
    /// <summary>Its amount.</summary>
    public Int128 Amount => IsShare ? Of.Share(From, To) : Of.Amount;

    /// <summary>True when it is not the whole interval.</summary>
    public bool IsShare => From != Of.Start || To != Of.End;

    /// <summary>The part inside [from, to), or null.</summary>
    public CountedPart? Within(long from, long to) =>
        To > from && From < to ? this with { From = Math.Max(From, from), To = Math.Min(To, to) } : null;
}

/// <summary>
/// Decides which readings count: at every instant the one interval that is preferred among those that cover
/// it. The outcome depends on the set of intervals only, never on the order in which they came.
/// </summary>
internal static class CountedReadings
{
    /// <summary>The parts that count, in order of time. Sorts the candidates.</summary>
    public static List<CountedPart> Of(List<Candidate> candidates)
    {
        candidates.Sort(static (a, b) =>
        {
            var order = a.Start.CompareTo(b.Start);
            if (order == 0) order = a.End.CompareTo(b.End);
            return order == 0 ? Candidate.Prefer(a, b) : order;
        });
        var parts = new List<CountedPart>(candidates.Count);
        var cluster = new List<Candidate>();
        var end = long.MinValue;
        foreach (var candidate in candidates)
        {
            // Of several with one start and end only the preferred one, which comes first, can count.
            if (cluster.Count > 0 && cluster[^1].Start == candidate.Start && cluster[^1].End == candidate.End)
                continue;
            if (candidate.Start >= end) Flush(cluster, parts);
            cluster.Add(candidate);
            end = Math.Max(end, candidate.End);
        }
        Flush(cluster, parts);
        return parts;
    }

    private static void Flush(List<Candidate> cluster, List<CountedPart> parts)
    {
        if (cluster.Count == 1) parts.Add(new CountedPart(cluster[0], cluster[0].Start, cluster[0].End));
        else if (cluster.Count > 1) Sweep(cluster, parts);
        cluster.Clear();
    }

    /// <summary>Goes through the instants at which an overlapping interval begins or ends.</summary>
    private static void Sweep(List<Candidate> cluster, List<CountedPart> parts)
    {
        var instants = new SortedSet<long>();
        foreach (var candidate in cluster)
        {
            instants.Add(candidate.Start);
            instants.Add(candidate.End);
        }
        var active = new PriorityQueue<int, int>(
            Comparer<int>.Create((a, b) => Candidate.Prefer(cluster[a], cluster[b])));
        var (next, from, last) = (0, long.MinValue, -1);
        foreach (var to in instants)
        {
            // An ended interval matters only once it has come to the top.
            while (active.TryPeek(out var ended, out _) && cluster[ended].End <= from) active.Dequeue();
            if (active.TryPeek(out var best, out _))
            {
                if (best == last && parts[^1].To == from) parts[^1] = parts[^1] with { To = to };
                else parts.Add(new CountedPart(cluster[best], from, to));
                last = best;
            }
            for (; next < cluster.Count && cluster[next].Start == to; next++) active.Enqueue(next, next);
            from = to;
        }
    }
}
