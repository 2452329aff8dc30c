using System.Collections.Immutable;
using Celadon.Store.Import.Detection;
using Celadon.Text;

namespace Celadon.Store.Import.Documents;

/// <summary>Which end of its interval a time names.</summary>
internal enum LabelEnd : byte { Begin, End }

/// <summary>
/// The times of a series made into intervals: direction, the midnight label's day, the usual step, begin or
/// end, and the site's clock, each decided by what the rows themselves prove.
/// </summary>
internal sealed class TimeAxis
{
    /// <summary>
    /// Points in order of the file's time (the file's rows, reversed where it runs backwards).
    /// </summary>
    public required int[] Order { get; init; }

    /// <summary>
    /// UTC seconds of the label of each entry of <see cref="Order"/>; None where it cannot be told.
    /// </summary>
    public required long[] Utc { get; init; }

    /// <summary>Usual step in seconds; 0 when there are fewer than two times.</summary>
    public required int Step { get; init; }

    /// <summary>Local seconds in the same order, midnight mended.</summary>
    public required long[] Local { get; init; }

    /// <summary>Points in order of time and their local times, with midnight labels mended.</summary>
    public static (int[] Order, long[] Local, int Mended) Arrange(long[] local)
    {
        int forward = 0, backward = 0;
        var previous = WallTime.None;
        foreach (var time in local)
        {
            if (time == WallTime.None) continue;
            if (previous != WallTime.None && time != previous) _ = time > previous ? forward++ : backward++;
            previous = time;
        }
        var order = new int[local.Length];
        var count = 0;
        for (var i = 0; i < local.Length; i++)
        {
            var at = backward > forward ? local.Length - 1 - i : i;
            if (local[at] != WallTime.None) order[count++] = at;
        }
        Array.Resize(ref order, count);
        var sorted = new long[count];
        for (var i = 0; i < count; i++) sorted[i] = local[order[i]];
        return (order, sorted, MendMidnight(sorted));
    }

    /// <summary>
    /// The midnight defect: an interval that ends at 24:00 is written 00:00 with the date of the day it ends,
    /// so that time steps back a day there. Mended only where it explains every backward step.
    /// </summary>
    private static int MendMidnight(long[] local)
    {
        var step = UsualStep(local);
        if (step is <= 0 or >= (int)WallTime.Day || local.Length < 3) return 0;
        var found = 0;
        var backward = 0;
        for (var i = 1; i < local.Length; i++)
        {
            if (local[i] >= local[i - 1]) continue;
            backward++;
            if (IsDefect(local, i, step)) found++;
        }
        if (found == 0 || found < backward) return 0;
        for (var i = 1; i < local.Length; i++)
            if (local[i] < local[i - 1] && WallTime.Mod(local[i]) == 0) local[i] += WallTime.Day;
        return found;
    }

    private static bool IsDefect(long[] local, int i, int step) =>
        WallTime.Mod(local[i]) == 0 && local[i] + WallTime.Day > local[i - 1]
        && local[i] + WallTime.Day - local[i - 1] <= Math.Max(step, 3_600)
        && (i + 1 >= local.Length || local[i + 1] > local[i] + WallTime.Day);

    /// <summary>The most frequent forward step in seconds.</summary>
    public static int UsualStep(ReadOnlySpan<long> times)
    {
        var counts = new Dictionary<long, int>();
        for (var i = 1; i < times.Length; i++)
        {
            var step = times[i] - times[i - 1];
            if (step > 0) counts[step] = counts.GetValueOrDefault(step) + 1;
        }
        return counts.Count == 0 ? 0 : (int)counts.MaxBy(pair => (pair.Value, -pair.Key)).Key;
    }

    /// <summary>
    /// A step beside the usual one that a twentieth of the rows follow, or 0: two loggers in one file.
    /// </summary>
    public static int SecondStep(ReadOnlySpan<long> times, int usual)
    {
        var counts = new Dictionary<long, int>();
        for (var i = 1; i < times.Length; i++)
        {
            var step = times[i] - times[i - 1];
            if (step > 0 && step != usual) counts[step] = counts.GetValueOrDefault(step) + 1;
        }
        return counts.Count > 0 && counts.MaxBy(pair => pair.Value) is var most
            && most.Value * 20 >= times.Length
            && times.Length >= 40 ? (int)most.Key : 0;
    }

    /// <summary>
    /// Begin or end, from the first and last time of whole days; null where neither is shown.
    /// </summary>
    public static LabelEnd? Prove(long first, long last, int step)
    {
        if (step >= WallTime.Day) return LabelEnd.Begin;
        if (WallTime.Mod(first) == step && WallTime.Mod(last) == 0) return LabelEnd.End;
        return WallTime.Mod(first) == 0 && WallTime.Mod(last) == WallTime.Day - step ? LabelEnd.Begin : null;
    }

    /// <summary>Rows of the points that a finding may list: "130-147, 150-179".</summary>
    public static string Ranges(IReadOnlyList<int> rows)
    {
        var parts = new List<string>();
        for (var i = 0; i < rows.Count;)
        {
            var j = i;
            while (j + 1 < rows.Count && rows[j + 1] == rows[j] + 1) j++;
            parts.Add(j == i ? Text(rows[i]) : $"{Text(rows[i])}-{Text(rows[j])}");
            i = j + 1;
            if (parts.Count == 40 && i < rows.Count)
            {
                parts.Add("…");
                break;
            }
        }
        return string.Join(", ", parts);

        static string Text(int row) => row.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Makes an axis of arranged times.</summary>
    public static TimeAxis Of(int[] order, long[] local, int[]? offsets, SiteClock clock, int step)
    {
        long[] utc;
        if (offsets is null) utc = clock.ToUtc(local, step);
        else
        {
            utc = new long[local.Length];
            for (var i = 0; i < utc.Length; i++)
                utc[i] = offsets[order[i]] == DateText.NoOffset
                    ? clock.One(local[i], i > 0 ? utc[i - 1] : WallTime.None, step)
                    : local[i] - offsets[order[i]];
        }
        return new TimeAxis { Order = order, Local = local, Utc = utc, Step = step };
    }
}
