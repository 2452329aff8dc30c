using Celadon.Quantities;
using Celadon.Store.Import.Detection;
using Celadon.Text;
using NodaTime;

namespace Celadon.Store.Import.Documents;

/// <summary>
/// What a person should know of a series before it is committed. Each check reads the finished columns and
/// adds findings; none changes a value.
/// </summary>
internal static class SeriesChecks
{
    public static void Run(SheetJob job, Series series, ReadingsDraft draft)
    {
        Gaps(job, series, draft);
        Negatives(job, draft);
        if (draft.Kind == Registers.MeterReading.Counter) return;
        LoneZeros(job, draft);
        ZeroRuns(job, draft);
        SummerTimeDays(job, series, draft);
        Estimates(job, draft);
    }

    private static void Gaps(SheetJob job, Series series, ReadingsDraft draft)
    {
        if (series.Axis.Step == 0 || draft.Kind == Registers.MeterReading.Counter) return;
        if (TimeAxis.SecondStep(draft.Start, series.Axis.Step) is > 0 and var second)
            job.Plan.Add("import.step.mixed", Severity.Warning, job.Place, ("minutes", series.Axis.Step / 60),
                ("other", second / 60));
        for (var i = 1; i < draft.Count; i++)
        {
            job.Plan.Pace.Check(i);
            var missing = draft.Start[i] - draft.Start[i - 1] - draft.Length[i - 1];
            if (missing == 0) continue;
            var place = Place(job, draft, i);
            if (missing > 0)
                job.Plan.Add("import.gap", Severity.Warning, place, ("meter", draft.Meter),
                    ("from", Time(draft.Start[i - 1] + draft.Length[i - 1])), ("to", Time(draft.Start[i])),
                    ("count", missing / series.Axis.Step));
            else
                job.Plan.Add("import.overlap.readings", Severity.Warning, place, ("meter", draft.Meter),
                    ("at", Time(draft.Start[i])), ("minutes", -missing / 60));
        }
    }

    private static void Negatives(SheetJob job, ReadingsDraft draft)
    {
        var rows = new List<int>();
        Int128 sum = 0;
        for (var i = 0; i < draft.Count; i++)
        {
            if (draft.Unscaled[i] >= 0) continue;
            rows.Add(draft.Row[i]);
            sum += draft.Unscaled[i];
        }
        if (rows.Count > 0)
            job.Plan.Add("import.negative", Severity.Warning, job.Place with { Row = rows[0] },
                ("meter", draft.Meter),
                ("count", rows.Count), ("rows", TimeAxis.Ranges(rows)),
                ("sum", Amount.From((System.Numerics.BigInteger)sum, draft.Scale)), ("unit", draft.Unit));
    }

    /// <summary>
    /// A zero between two readings above zero: a machine does not stop for one quarter-hour, a logger does.
    /// </summary>
    private static void LoneZeros(SheetJob job, ReadingsDraft draft)
    {
        var rows = new List<int>();
        var zeros = 0;
        for (var i = 0; i < draft.Count; i++)
        {
            if (draft.Unscaled[i] != 0) continue;
            zeros++;
            if (i > 0 && i + 1 < draft.Count && draft.Unscaled[i - 1] > 0 && draft.Unscaled[i + 1] > 0)
                rows.Add(draft.Row[i]);
        }
        // Where zero is common (solar, a press), a lone one says nothing.
        if (rows.Count > 0 && zeros * 100 <= draft.Count)
            job.Plan.Add("import.zero", Severity.Info, job.Place with { Row = rows[0] },
                ("meter", draft.Meter),
                ("count", rows.Count), ("rows", TimeAxis.Ranges(rows)));
    }

    /// <summary>
    /// Two hours or more of exactly zero in a series that is else never zero for long: so loggers fill a gap.
    /// Where zero comes often (nights of a solar roof, weekends of a press), it says nothing.
    /// </summary>
    private static void ZeroRuns(SheetJob job, ReadingsDraft draft)
    {
        var runs = new List<(int First, int Last)>();
        for (var i = 0; i < draft.Count; i++)
        {
            if (draft.Unscaled[i] != 0) continue;
            var first = i;
            while (i + 1 < draft.Count && draft.Unscaled[i + 1] == 0) i++;
            if ((i - first + 1L) * draft.Length[first] >= ShortestZeroRun) runs.Add((first, i));
        }
        if (runs.Count is 0 or > MostZeroRuns
            || runs.Sum(r => r.Last - r.First + 1) * 5 > draft.Count) return;
        foreach (var (first, last) in runs)
            job.Plan.Add("import.zero.run", Severity.Warning, Place(job, draft, first),
                ("meter", draft.Meter), ("count", last - first + 1), ("from", Time(draft.Start[first])),
                ("to", Time(draft.Start[last] + draft.Length[last])));
    }

    private const int ShortestZeroRun = 7_200, MostZeroRuns = 3;

    private static void SummerTimeDays(SheetJob job, Series series, ReadingsDraft draft)
    {
        var zone = series.Zone;
        if (zone is null || series.Axis.Step >= WallTime.Day) return;
        foreach (var interval in zone.GetZoneIntervals(draft.Span.Start, draft.Span.End))
        {
            if (!interval.HasStart || interval.Start <= draft.Span.Start
                || interval.Start >= draft.Span.End) continue;
            var date = interval.Start.InZone(zone).Date;
            var (from, to) = (zone.AtStartOfDay(date).ToInstant().ToUnixTimeSeconds(),
                zone.AtStartOfDay(date.PlusDays(1)).ToInstant().ToUnixTimeSeconds());
            var found = Count(draft.Start, from, to);
            job.Plan.Add("import.dst.day", Severity.Info, job.Place, ("meter", draft.Meter),
                ("date", date.ToString("uuuu-MM-dd", System.Globalization.CultureInfo.InvariantCulture)),
                ("count", found), ("expected", (to - from) / series.Axis.Step));
        }
    }

    private static int Count(long[] starts, long from, long to)
    {
        var first = Array.BinarySearch(starts, from);
        var last = Array.BinarySearch(starts, to);
        return (last < 0 ? ~last : last) - (first < 0 ? ~first : first);
    }

    private static void Estimates(SheetJob job, ReadingsDraft draft)
    {
        var count = draft.Quality.Count(q => q == 2);
        if (count > 0)
            job.Plan.Add("import.estimated", Severity.Info, job.Place, ("meter", draft.Meter),
                ("count", count));
    }

    private static Place Place(SheetJob job, ReadingsDraft draft, int i) =>
        job.Place with { Row = draft.Row[i] };

    internal static string Time(long utc) => Instant.FromUnixTimeSeconds(utc).ToString(
        "uuuu-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>What the falls of a counter were taken for.</summary>
internal static class CounterChecks
{
    public static void Report(SheetJob job, Series series, CounterSteps steps, ReadOnlySpan<int> kept,
        int scale)
    {
        foreach (var (at, fall) in steps.Falls)
        {
            var point = series.Axis.Order[kept[at]];
            var before = series.Amounts.At(series.Axis.Order[kept[at - 1]]);
            var (code, severity) = fall switch
            {
                CounterFall.RollOver => ("import.rollover", Severity.Info),
                CounterFall.Reset => ("import.counter.reset", Severity.Warning),
                _ => ("import.counter.dropout", Severity.Warning),
            };
            job.Find(code, severity, series.Rows[point], series.ColumnOf(point), ("meter", series.Meter.Id),
                ("before", before), ("after", series.Amounts.At(point)),
                ("modulus", Amount.From(steps.Modulus, scale)));
        }
    }
}
