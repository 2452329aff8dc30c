using Celadon.Quantities;
using Celadon.Registers;
using Celadon.Store.Import.Detection;
using Celadon.Text;
using NodaTime;

namespace Celadon.Store.Import.Documents;

/// <summary>One series on its way from cells to readings.</summary>
internal sealed class Series
{
    /// <summary>A meter that is only proposed may get more decimals when a reading is mended.</summary>
    public required Meter Meter { get; set; }

    public required string Resource { get; init; }
    public required TimeAxis Axis { get; init; }
    public required LabelEnd Labels { get; init; }
    public required AmountColumn Amounts { get; set; }

    /// <summary>Row (index into the sheet) of each point.</summary>
    public required int[] Rows { get; init; }

    /// <summary>Column of each point, or one for all.</summary>
    public required int[] Columns { get; init; }

    /// <summary>The zone whose clock the file follows; null where times are as written.</summary>
    public DateTimeZone? Zone { get; init; }

    /// <summary>Points that the file marks estimated, or null.</summary>
    public bool[]? Estimated { get; init; }

    public string Band { get; init; } = "";

    public int ColumnOf(int point) => Columns[Columns.Length == 1 ? 0 : point];
}

/// <summary>
/// Makes a series into a draft: orders it, settles repeats, checks it, and adds it to the plan.
/// </summary>
internal static class SeriesBuilder
{
    /// <summary>Adds the draft and marks its rows; returns it, or null when nothing could be read.</summary>
    public static ReadingsDraft? Add(SheetJob job, Series series, bool counter)
    {
        if (!counter) Thousandfold.Settle(job, series);
        var kept = Kept(series);
        var starts = new long[kept.Length];
        var shift = series.Labels == LabelEnd.End && !counter ? series.Axis.Step : 0;
        for (var i = 0; i < kept.Length; i++) starts[i] = series.Axis.Utc[kept[i]] - shift;
        Sort(starts, kept);
        var count = Settle(job, series, starts, kept);
        for (var i = 0; i < count; i++) job.Mark(series.Rows[series.Axis.Order[kept[i]]], RowFate.Loaded);
        if (count == 0) return null;
        var draft = Draft(job, series, starts.AsSpan(0, count), kept.AsSpan(0, count), counter);
        SeriesChecks.Run(job, series, draft);
        job.Plan.Readings.Add(draft);
        return draft;
    }

    /// <summary>Positions on the axis whose time and amount were both read.</summary>
    private static int[] Kept(Series series)
    {
        var kept = new int[series.Axis.Order.Length];
        var count = 0;
        for (var i = 0; i < kept.Length; i++)
            if (series.Axis.Utc[i] != WallTime.None
                && series.Amounts.State[series.Axis.Order[i]] == CellState.Read) kept[count++] = i;
        Array.Resize(ref kept, count);
        return kept;
    }

    private static void Sort(long[] starts, int[] kept)
    {
        for (var i = 1; i < starts.Length; i++)
        {
            if (starts[i] >= starts[i - 1]) continue;
            // Ties keep the order of the file, so that the first of two rows is the one kept.
            var keys = new (long Start, int At)[starts.Length];
            for (var k = 0; k < keys.Length; k++) keys[k] = (starts[k], kept[k]);
            Array.Sort(keys);
            for (var k = 0; k < keys.Length; k++) (starts[k], kept[k]) = keys[k];
            return;
        }
    }

    /// <summary>
    /// Two rows for one interval: equal ones are a repeat; an actual reading replaces an estimate; two that
    /// differ are settled by a person, and the later one is held. Returns how many remain, moved to the
    /// front.
    /// </summary>
    private static int Settle(SheetJob job, Series series, long[] starts, int[] kept)
    {
        var count = 0;
        var repeats = new List<int>();
        for (var i = 0; i < kept.Length; i++)
        {
            job.Plan.Pace.Check(i);
            if (count == 0 || starts[i] != starts[count - 1])
            {
                (starts[count], kept[count]) = (starts[i], kept[i]);
                count++;
                continue;
            }
            var (first, second) = (series.Axis.Order[kept[count - 1]], series.Axis.Order[kept[i]]);
            var (a, b) = (Estimated(series, first), Estimated(series, second));
            if (a != b)
            {
                Replaced(job, series, b ? second : first, b ? first : second);
                if (a) kept[count - 1] = kept[i];
            }
            else if (series.Amounts.Unscaled[first] == series.Amounts.Unscaled[second])
            {
                job.Mark(series.Rows[second], RowFate.Repeat);
                repeats.Add(job.Sheet.RowNumber(series.Rows[second]));
            }
            else
            {
                job.Mark(series.Rows[second], RowFate.Held);
                job.Find("import.duplicate.differs", Severity.Error, series.Rows[second],
                    series.ColumnOf(second),
                    ("row", job.Sheet.RowNumber(series.Rows[first])), ("first", series.Amounts.At(first)),
                    ("second", series.Amounts.At(second)));
            }
        }
        if (repeats.Count > 0)
        {
            repeats.Sort();
            job.Plan.Add("import.duplicate", Severity.Info, job.Place with { Row = repeats[0] },
                ("meter", series.Meter.Id), ("count", repeats.Count), ("rows", TimeAxis.Ranges(repeats)));
        }
        return count;
    }

    private static void Replaced(SheetJob job, Series series, int estimate, int actual)
    {
        job.Mark(series.Rows[estimate], RowFate.Repeat);
        job.Find("import.estimate.replaced", Severity.Info, series.Rows[estimate], series.ColumnOf(estimate),
            ("row", job.Sheet.RowNumber(series.Rows[actual])), ("estimate", series.Amounts.At(estimate)),
            ("actual", series.Amounts.At(actual)));
    }

    private static bool Estimated(Series series, int point) =>
        series.Estimated?[point] == true || series.Amounts.Estimated?[point] == true;

    private static ReadingsDraft Draft(
        SheetJob job, Series series, ReadOnlySpan<long> starts, ReadOnlySpan<int> kept, bool counter)
    {
        var length = new int[starts.Length];
        var values = new long[starts.Length];
        var quality = new byte[starts.Length];
        var rows = new int[starts.Length];
        Int128 sum = 0;
        for (var i = 0; i < starts.Length; i++)
        {
            job.Plan.Pace.Check(i);
            var point = series.Axis.Order[kept[i]];
            length[i] = counter ? 0 : Length(series, starts, i);
            values[i] = series.Amounts.Unscaled[point];
            quality[i] = Estimated(series, point) ? (byte)2 : (byte)0;
            rows[i] = job.Sheet.RowNumber(series.Rows[point]);
            sum += values[i];
        }
        var scale = series.Amounts.Scale;
        var total = Amount.From((System.Numerics.BigInteger)sum, scale);
        var end = starts[^1] + length[^1];
        if (counter)
        {
            var steps = CounterSteps.Of(values, Modulus(series.Meter, scale));
            total = Amount.From((System.Numerics.BigInteger)steps.Sum, scale);
            CounterChecks.Report(job, series, steps, kept, scale);
            if (starts.Length < 2) end = starts[0] + 1;
        }
        return new ReadingsDraft
        {
            Meter = series.Meter.Id,
            Resource = series.Resource,
            Unit = series.Meter.Unit,
            Kind = counter ? MeterReading.Counter : MeterReading.Interval,
            Scale = scale,
            Start = starts.ToArray(),
            Length = length,
            Unscaled = values,
            Quality = quality,
            Row = rows,
            Band = series.Band,
            FileSha256 = job.File.Sha256,
            Sheet = job.Sheet.Name,
            Sum = total,
            Span = new Period(Instant.FromUnixTimeSeconds(starts[0]), Instant.FromUnixTimeSeconds(end)),
        };
    }

    /// <summary>The usual step; a day as long as the site's clock makes it.</summary>
    private static int Length(Series series, ReadOnlySpan<long> starts, int i)
    {
        var step = series.Axis.Step;
        if (step < WallTime.Day) return step;
        return i + 1 < starts.Length && Math.Abs(starts[i + 1] - starts[i] - step) <= 7_200
            ? (int)(starts[i + 1] - starts[i]) : step;
    }

    private static long? Modulus(Meter meter, int scale) =>
        meter.Modulus is { } modulus
        && modulus.TryGetUnscaled(scale, out var unscaled) ? (long)unscaled : null;
}
