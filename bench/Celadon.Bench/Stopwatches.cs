using System.Diagnostics;

namespace Celadon.Bench;

/// <summary>
/// Timing by the monotonic clock: runs in turn, the median quoted, least and most beside it.
/// </summary>
internal static class Stopwatches
{
    /// <summary>Seconds of each run, in order of size.</summary>
    public static double[] Time(int runs, Action action)
    {
        var times = new double[runs];
        for (var i = 0; i < runs; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            var clock = Stopwatch.StartNew();
            action();
            times[i] = clock.Elapsed.TotalSeconds;
        }
        Array.Sort(times);
        return times;
    }

    /// <summary>The middle of sorted times.</summary>
    public static double Median(double[] sorted) => sorted[sorted.Length / 2];
}
