using Celadon.Lenses;
using Celadon.Quantities;

namespace Celadon.Store;

public sealed partial class Workspace
{
    /// <summary>
    /// How many readings are kept at most, some 27 bytes each: a year of quarter-hours of 50 meters.
    /// </summary>
    private const int ReadingsKept = 1_800_000;

    private readonly List<(IntervalKey Key, IntervalSeries Series)> _intervals = [];

    private readonly record struct IntervalKey(string Meter, Period Period, long Position);

    /// <summary>The view with the readings that a question asks for one by one.</summary>
    private View WithIntervals(View view, ViewRequest request, CancellationToken cancel)
    {
        if (request.Intervals is not { } wanted || view.Period is not { } months) return view;
        var found = new Dictionary<string, IntervalSeries>(StringComparer.Ordinal);
        foreach (var meter in wanted.In(view.Registers, request.Sites))
        {
            cancel.ThrowIfCancellationRequested();
            if (Readings.SpanAt(meter.Id, view.Position) is null) continue;
            var reading = ReadingMeterOf(meter, view.Registers);
            var series = SeriesOf(new IntervalKey(meter.Id, months.In(reading.Zone), view.Position), key =>
                Readings.IntervalsAt(reading, key.Period, key.Position));
            if (series.Count > 0) found.Add(meter.Id, series);
        }
        return view.With(found);
    }

    /// <summary>A series, kept while newer ones leave room for it.</summary>
    private IntervalSeries SeriesOf(IntervalKey key, Func<IntervalKey, IntervalSeries> read)
    {
        lock (_caching)
        {
            var known = _intervals.FindIndex(kept => kept.Key == key);
            if (known >= 0) return _intervals[known].Series;
        }
        var series = read(key);
        lock (_caching)
        {
            _intervals.Add((key, series));
            while (_intervals.Count > 1 && _intervals.Sum(kept => (long)kept.Series.Count) > ReadingsKept)
                _intervals.RemoveAt(0);
        }
        return series;
    }
}
